"""The house has wings, and one rule: a wing imports those below it, never one above or beside it."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

import pytest

BOARD = Path(__file__).resolve().parent.parent / "board"

# What each wing may import, besides itself. `app` puts everything together; nothing imports it but the command that serves it.
ALLOWED = {
    "process": set(),
    "model": set(),
    "server": set(),
    "data": {"model", "process"},
    "actions": {"model", "data"},
    "transfer": {"model", "data"},
    "live": {"model", "data", "process"},
    "web": {"model", "data", "actions", "transfer", "live", "process", "server"},
    "app": {"model", "data", "transfer", "live", "web", "process", "server"},
    "command": {"model", "data", "actions", "transfer", "web", "process", "server"},
    "__main__": {"command"},
    "__init__": set(),
}


def module_of(source: Path) -> str:
    """As `live.hub`, or `live` for the file of the package itself."""
    parts = source.relative_to(BOARD).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


SOURCES = {module_of(source): source for source in BOARD.rglob("*.py") if "versions" not in source.parts}


def imported(source: Path) -> set[str]:
    """The modules of `board` that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.removeprefix("board.") for alias in node.names if alias.name.startswith("board.")}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{source.name}: relative imports hide what is imported"
            if node.module and node.module.split(".")[0] == "board":
                package = node.module.removeprefix("board").removeprefix(".")
                for alias in node.names:
                    name = f"{package}.{alias.name}".removeprefix(".")
                    found.add(name if name in SOURCES else package)
    return found - {""}


IMPORTED = {module: imported(source) - {module} for module, source in SOURCES.items()}


def wing(module: str) -> str:
    return module.split(".")[0]


# Outside `data` nothing speaks to the database, nor knows its tables: the SQL of the board is read in one folder, and a command
# cannot pass by the transaction that stamps, tells and undoes.
LOOKS_LIKE_SQL = {
    # DATABASE_URL is read as SQLAlchemy will read it, so that a wrong one stops the start. Nothing is opened.
    "process.settings": {"sqlalchemy", "sqlalchemy.exc"},
    # Redis's own.
    "live.bus": {".connection", ".execute"},
}
RUNS_SQL = {"execute", "executemany", "executescript", "exec_driver_sql", "scalar", "scalars", "connection"}
DRIVERS = {"sqlalchemy", "sqlite3", "psycopg", "alembic"}


def sql_in(source: Path) -> list[str]:
    """What of a file is for `data` alone: a driver, the tables, a statement that is run, the connection of a transaction."""
    found: list[str] = []
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names if alias.name.split(".")[0] in DRIVERS]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [node.module] if node.module.split(".")[0] in DRIVERS else []
            found += [alias.name for alias in node.names if f"{node.module}.{alias.name}" == "board.data.schema"]
        elif isinstance(node, ast.Attribute) and node.attr in RUNS_SQL:
            found.append(f".{node.attr}")
    return found


@pytest.mark.parametrize("module", sorted(module for module in SOURCES if wing(module) != "data"))
def test_sql_is_only_in_data(module: str) -> None:
    assert set(sql_in(SOURCES[module])) == LOOKS_LIKE_SQL.get(module, set())


@pytest.mark.parametrize("module", sorted(SOURCES))
def test_a_wing_imports_only_those_below_it(module: str) -> None:
    wings = {wing(other) for other in IMPORTED[module]} - {wing(module)}
    assert wings <= ALLOWED[wing(module)], f"{module} imports {IMPORTED[module]}"


def test_nothing_imports_in_a_circle() -> None:
    left = {module: set(found) for module, found in IMPORTED.items()}
    while free := [module for module, found in left.items() if not found & left.keys()]:
        for module in free:
            del left[module]
    assert left == {}


def test_wings_do_not_import_in_a_circle() -> None:
    left = {name: set(below) for name, below in ALLOWED.items()}
    while free := [name for name, below in left.items() if not below & left.keys()]:
        for name in free:
            del left[name]
    assert left == {}


def test_git_ignores_no_source_file() -> None:
    """A folder that `.gitignore` names by a word alone is ignored wherever it is: then ruff looks at none of its files, a wheel
    has none, and a new file is not committed."""
    root = BOARD.parent
    if not (root / ".git").exists():
        pytest.skip("not a clone")
    command = [
        "git",
        "ls-files",
        "--cached",
        "--others",
        "--ignored",
        "--exclude-standard",
        "board",
        "static",
        "templates",
        "tests",
    ]
    ignored = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout.splitlines()
    assert [name for name in ignored if not name.endswith(".pyc")] == []

"""A reader holds a class, a file, a function in the head at once. So each has a limit, and the limits only go down."""

from __future__ import annotations

import ast
import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sorted((ROOT / "board").rglob("*.py"))
SCRIPTS = sorted((ROOT / "static" / "js").rglob("*.js"))
NODE = Path(sys.executable).with_name("node")

FILE_LINES = 400
CLASS_LINES = 250
FUNCTION_LINES = 60
MEDIAN_LINES = 6
NINE_OF_TEN_LINES = 20
CLOSURE_LINES = 150  # of what a create…() holds together, as a class does


def defined(*kinds: type[ast.AST]) -> Iterator[tuple[str, int]]:
    for file in PYTHON:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, kinds):
                yield f"{file.relative_to(ROOT)}:{node.name}", node.end_lineno - node.lineno + 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("file", PYTHON, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_python_file_is_short(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= FILE_LINES


def test_classes_are_short() -> None:
    assert {name: lines for name, lines in defined(ast.ClassDef) if lines > CLASS_LINES} == {}


def test_functions_are_short_and_most_are_very_short() -> None:
    functions = dict(defined(ast.FunctionDef, ast.AsyncFunctionDef))
    assert {name: lines for name, lines in functions.items() if lines > FUNCTION_LINES} == {}
    assert statistics.median(functions.values()) <= MEDIAN_LINES
    assert statistics.quantiles(functions.values(), n=10)[-1] <= NINE_OF_TEN_LINES


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_script_is_short(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= FILE_LINES


@cache
def scripts() -> dict[str, Any]:
    """As the parser of TypeScript finds it (tests/sizes.mjs)."""
    output = subprocess.run(
        [NODE, ROOT / "tests/sizes.mjs", ROOT / ".venv/js"],
        input=json.dumps([str(file.relative_to(ROOT)) for file in SCRIPTS]),
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    found: dict[str, Any] = json.loads(output.stdout)
    return found


def test_closures_are_short() -> None:
    lines = scripts()["functions"]
    assert "static/js/screen/screen.js:createScreen" in lines
    assert {name: n for name, n in lines.items() if n > CLOSURE_LINES} == {}


def test_no_script_keeps_state_at_module_level() -> None:
    """It would be shared by all that is made there, and a test could not begin anew."""
    assert scripts()["kept"] == []

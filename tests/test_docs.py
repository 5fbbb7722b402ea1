"""README and docs/ against the code: what they name exists, and their tables are the code's."""

from __future__ import annotations

import argparse
import json
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from board import __version__
from board.command import cli
from board.data import import_files, schema, undos
from board.data import retention as stored_retention
from board.model import models, retention
from board.model.models import BoardError, Close
from board.process.settings import SETTINGS
from board.transfer.imports.aliases import FIELDS
from board.web import access, limits, metrics
from tests.bench import scale
from tests.test_contract_schemas import ASYNCAPI, OPENAPI, family, hold, operations, payload

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
TEXTS = {page.relative_to(ROOT).as_posix(): page.read_text(encoding="utf-8") for page in PAGES}
SOURCES = sorted((ROOT / "board").rglob("*.py"))
MODULES = {part.removesuffix(".py") for source in SOURCES for part in source.relative_to(ROOT / "board").parts}

Row = list[str]


def tables(text: str) -> Iterator[tuple[Row, list[Row]]]:
    """Head and rows of each table."""
    for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        head, _rule, *rows = [[cell.strip() for cell in line.strip("|\n").split("|")] for line in block.splitlines()]
        yield head, rows


def table(page: str, *head: str) -> list[Row]:
    found = [rows for its, rows in tables(TEXTS[page]) if its[: len(head)] == list(head)]
    assert len(found) == 1, f"{page} has {len(found)} tables with the head {head}"
    return found[0]


def words(cell: str) -> list[str]:
    """The parts of a cell that stand in backticks."""
    return re.findall(r"`([^`]+)`", cell)


def code_blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


# -- architecture --------------------------------------------------------------------------------------------------


def test_the_tables_of_modules_name_them_all_once() -> None:
    for wing in sorted(path.name for path in (ROOT / "board").iterdir() if (path / "__init__.py").exists()):
        rows = table("docs/architecture.md", f"module of `{wing}`", "job")
        named = [words(row[0])[0] for row in rows]
        place = ROOT / "board" / wing
        modules = {str(source.relative_to(place).with_suffix("")) for source in place.rglob("[!_]*.py")}
        modules = {module.split("/")[0] if module.startswith("migrations/") else module for module in modules}
        assert sorted(named) == sorted(modules), f"each module needs one row in the table of `{wing}` in docs/architecture.md"


def test_the_table_of_front_end_files_names_them_all() -> None:
    rows = table("docs/architecture.md", "file of `static/js/`", "job")
    named = [words(row[0])[0] for row in rows]
    files = (file.relative_to(ROOT / "static/js") for file in (ROOT / "static/js").rglob("*.[jt]s"))
    shown = sorted(str(file) for file in files if file.parent.name != "gallery")
    assert sorted(named) == shown, "each script needs one row in the table “In the browser” of docs/architecture.md"


def test_sections_that_the_code_refers_to_are_there() -> None:
    referred = 0
    for source in SOURCES:
        for page, heading in re.findall(r'(docs/\w+\.md), "([^"]+)"', source.read_text(encoding="utf-8")):
            assert re.search(rf"^#+ {re.escape(heading)}$", TEXTS[page], re.MULTILINE), f"{source.name}: {page}, {heading}"
            referred += 1
    assert referred


# -- settings, command line, make ----------------------------------------------------------------------------------


def test_the_table_of_settings_is_that_of_the_code() -> None:
    rows = table("docs/settings.md", "setting", "default", "what it is")
    documented = [(words(name)[0], "".join(words(default)), help) for name, default, help in rows]
    written = [(setting.name, setting.default, setting.help) for setting in SETTINGS]
    assert documented == written, "docs/settings.md needs the rows of SETTINGS, in its order and with its sentences"


@pytest.mark.parametrize("page", TEXTS)
def test_settings_that_a_page_names_exist(page: str) -> None:
    known = {setting.name for setting in SETTINGS}
    assert set(re.findall(r"\bBOARD_[A-Z_]+\b", TEXTS[page])) <= known
    assert set(re.findall(r"\b([A-Z]+_[A-Z_]+)=", TEXTS[page])) <= known
    if page == "README.md":
        assert {words(row[0])[0] for row in table(page, "setting", "default")} <= known


def subcommands() -> dict[str, argparse.ArgumentParser]:
    parsers = next(action for action in cli._parser()._actions if isinstance(action, argparse._SubParsersAction))
    return dict(parsers.choices)


def test_the_table_of_commands_is_the_command_line() -> None:
    rows = table("docs/running.md", "command", "options", "does")
    documented = {words(row[0])[0]: set(words(row[1])) for row in rows}
    real = {
        name: {option for action in parser._actions for option in action.option_strings if option.startswith("--")} - {"--help"}
        for name, parser in subcommands().items()
    }
    assert documented == real


def command_lines() -> Iterator[tuple[str, list[str]]]:
    """Every `brilliance-board …` of the pages, without the settings before it and the comment behind it."""
    for page, text in TEXTS.items():
        lines = [line for block in code_blocks(text, "sh") for line in block.splitlines()]
        lines += [line for line in text.splitlines() if line.startswith("ExecStart=")]
        lines += re.findall(r"`((?:\S+/)?brilliance-board [^`]+)`", text)
        for line in lines:
            _, found, arguments = line.partition("brilliance-board ")
            if found:
                yield page, shlex.split(arguments, comments=True)


def test_every_documented_command_line_is_valid() -> None:
    lines = list(command_lines())
    assert {"create", "serve", "link", "purge", "export", "import-agenda"} <= {arguments[0] for _, arguments in lines}
    for page, arguments in lines:
        try:
            cli._parser().parse_args(arguments)
        except SystemExit:
            pytest.fail(f"{page}: brilliance-board {shlex.join(arguments)} is wrong usage")


def test_options_named_in_passing_exist() -> None:
    known = {option for parser in subcommands().values() for action in parser._actions for option in action.option_strings}
    elsewhere = {"--require-hashes", "--no-deps"}  # pip's
    for page, text in TEXTS.items():
        assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text)) <= known | elsewhere, page


def test_make_targets_that_pages_name_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {target for text in TEXTS.values() for target in re.findall(r"(?:`|^)make ([a-z]+)", text, re.MULTILINE)}
    assert {"run", "test"} <= named <= targets


def test_fields_that_the_guide_names_are_those_of_the_importer() -> None:
    section = TEXTS["docs/running.md"].split("The fields of an agenda are")[1].split("\n\n")[0]
    agenda, roster = section.split("Those of a roster are")
    assert set(words(agenda)) == set(FIELDS["agenda"]) | set(models.Questions)
    assert set(words(roster)) == set(FIELDS["people"])


def test_the_table_of_metrics_is_what_is_exposed() -> None:
    rows = table("docs/running.md", "metric", "what it is")
    assert {words(row[0])[0] for row in rows} == {family.name for family in metrics.registry.collect()}


# -- protocol ------------------------------------------------------------------------------------------------------


def test_the_table_of_calls_is_the_documented_api() -> None:
    rows = table("docs/protocol.md", "call", "who", "does")
    calls = [words(row[0])[0].replace('""', "").split(" ") for row in rows]
    documented = {(method.lower(), "/api/b/{code}" + path) for method, path in calls}
    of_server = table("docs/protocol.md", "call of the server", "who", "does")
    documented |= {(method.lower(), path) for method, path in (words(row[0])[0].split(" ") for row in of_server)}
    assert documented == {(method, path) for path, method, _ in operations() if path.startswith("/api/")}


def test_the_table_of_pages_is_the_documented_addresses() -> None:
    named = {address for row in table("docs/protocol.md", "address", "what it is") for address in words(row[0])}
    addresses = {path.replace("{code}", "CODE").replace("{token}", "TOKEN") for path, _, _ in operations()}
    not_for_people = {"/favicon.ico", "/static/{version}/{path}"}
    assert named == {address for address in addresses if not address.startswith("/api/")} - not_for_people


def test_the_table_of_refusals_is_the_family_of_the_code() -> None:
    rows = table("docs/protocol.md", "status", "type", "when")
    assert [(int(status), words(slug)[0]) for status, slug, _ in rows] == sorted((e.status, e.slug) for e in family(BoardError))


def test_the_table_of_close_codes_is_that_of_the_code() -> None:
    rows = table("docs/protocol.md", "code", "meaning", "come back?")
    assert {int(row[0]) for row in rows} == {code for name, code in vars(Close).items() if not name.startswith("_")}
    x_codes = ASYNCAPI["channels"]["live"]["x-close-codes"]
    assert {row[0]: row[2] == "yes" for row in rows} == {code: its["comeBack"] for code, its in x_codes.items()}


def test_the_table_of_limits_is_that_of_the_code() -> None:
    def span(limits: tuple[int, int]) -> str:
        return f"{limits[0]}–{limits[1]}"

    assert dict(table("docs/protocol.md", "what", "limit")) == {
        "text of a card": span(models.CARD_TEXT_GRAPHEMES),
        "text of a question": span(models.QUESTION_TEXT_GRAPHEMES),
        "name, team": span(models.NAME_GRAPHEMES),
        "reason": span(models.REASON_GRAPHEMES),
        "answer": span(models.ANSWER_GRAPHEMES),
        "recipients of a card": span((1, models.MAX_RECIPIENTS)),
        "posts in one bulk request": span((1, models.MAX_BULK)),
        "a request's body": f"{models.BODY_BYTES // 1024} KiB",
    }


def test_the_table_of_rates_is_that_of_the_code() -> None:
    rates = (limits.PARTICIPANT_POSTS, limits.PARTICIPANT_MARKS, limits.PARTICIPANT_LOOKUPS)
    rates += (limits.BOARD_POSTS, limits.BOARD_MARKS, limits.BOARD_LOOKUPS)
    rates += (limits.ORDINARY_COOKIES, limits.CROWD_POSTS, limits.CROWD_MARKS, limits.CROWD_LOOKUPS)
    rates += (limits.STRANGERS_LOOKUPS, limits.NEW_PHONES_VOTES, limits.WRONG_CODES)
    rates += (limits.ADDRESS_BOARDS, limits.SERVER_BOARDS, limits.HOST_BOARDS, limits.LINK_FILES)
    rows = table("docs/protocol.md", "what", "at once", "then, a second")
    assert [(float(burst), float(each)) for _, burst, each in rows] == [(rate.burst, rate.per_second) for rate in rates]


def test_examples_of_frames_and_requests_are_as_the_schemas_say() -> None:
    text = TEXTS["docs/protocol.md"]
    for block in code_blocks(text, "json frame"):
        frame = json.loads(block)
        hold(payload(frame["type"]), frame, ASYNCAPI)
    for block in code_blocks(text, "json frame moderators"):
        frame = json.loads(block)
        hold(payload(f"{frame['type']}ForModerators"), frame, ASYNCAPI)
    kinds = {message["name"] for message in ASYNCAPI["components"]["messages"].values()}
    assert {json.loads(block)["type"] for block in code_blocks(text, "json[^\n]*")} == kinds - {"applied"}
    (request,) = code_blocks(text, "http")
    hold(OPENAPI["components"]["schemas"]["NewCard"], json.loads(request.split("\n\n", 1)[1]))


# -- privacy -------------------------------------------------------------------------------------------------------


def test_the_table_of_what_is_stored_is_the_schema() -> None:
    rows = table("docs/privacy.md", "table", "columns", "of whom")
    documented = {words(name)[0]: words(columns) for name, columns, _ in rows}
    assert documented == {name: list(its.columns.keys()) for name, its in schema.metadata.tables.items()}


def test_the_table_of_cookies_is_that_of_the_code() -> None:
    rows = table("docs/privacy.md", "cookie", "what it is", "how long")
    names = [f"{access.DEVICE_COOKIE}-KEY", f"{access.STAFF_COOKIE}-CODE-ROLE-KEY", f"{access.HOST_COOKIE}-KEY"]
    assert [words(row[0])[0] for row in rows] == names
    assert {row[2] for row in rows} == {f"{access.COOKIE_SECONDS // 86400} days"}


def test_the_numbers_of_the_privacy_page_are_those_of_the_code() -> None:
    least, most = retention.RETENTION_DAYS
    text = " ".join(TEXTS["docs/privacy.md"].split())
    for sentence in (
        f"A board is kept for {retention.DEFAULT_DAYS} days, or for as many as its organiser chooses, from {least} to {most}.",
        f"Organisers are warned {retention.FIRST_WARNING_DAYS} days and {retention.LAST_WARNING_DAYS} day before",
        f"The text of a post that its author took back goes after {retention.WITHDRAWN_DAYS} days",
        f"its rows go in slices of {stored_retention.ROWS_A_SLICE}",
        f"An author changes a post for {models.EDIT_SECONDS // 60} minutes",
    ):
        assert sentence in text
    assert (undos.KEPT_SECONDS, import_files.KEPT_SECONDS) == (600, 3600), "ten minutes, an hour"
    assert len(table("docs/privacy.md", "principle", "what the board does")) == 10


# -- what pages point at -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", TEXTS)
def test_links_and_pictures_of_a_page_lead_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", TEXTS[page]):
        if target.startswith("https://"):
            continue
        path, _, anchor = target.partition("#")
        file = ((ROOT / page).parent / path).resolve() if path else ROOT / page
        assert file.exists(), f"{page}: {target}"
        assert file.is_relative_to(ROOT), f"{page}: {target}"
        assert not anchor or anchor in anchors(file.read_text(encoding="utf-8")), f"{page}: {target}"


@pytest.mark.parametrize("page", TEXTS)
def test_files_that_a_page_names_exist(page: str) -> None:
    made_by_use = {"data/board.db", "data/secret-key"}
    named = set(re.findall(r"(?<![\w/.-])(?:board|static|templates|tests|docs|data)/[\w./-]*\w", TEXTS[page])) - made_by_use
    assert {name for name in named if not (ROOT / name).exists()} == set()
    modules = {name for name in re.findall(r"`(\w+)\.py`", TEXTS[page]) if name not in MODULES}
    assert modules == set()


def test_the_readme_has_all_required_parts() -> None:
    text = TEXTS["README.md"]
    assert "redis.asyncio" in text
    assert "aioredis" in text
    assert "psycopg, is LGPL-3.0" in text
    assert "make run" in text
    assert "make test" in text
    assert re.search(r"!\[[^\]]+\]\(docs/images/screen\.png\)", text)
    assert all(page in text for page in TEXTS if page.startswith("docs/"))
    assert len(text.splitlines()) <= 100  # more is one link away


def test_readme_and_architecture_describe_the_same_path_of_a_post() -> None:
    walk = re.compile(r"^    phone → .+$", re.MULTILINE)
    (in_readme,), (in_docs,) = walk.findall(TEXTS["README.md"]), walk.findall(TEXTS["docs/architecture.md"])
    assert in_readme == in_docs
    named = set(re.findall(r"[\w.]+", in_readme)) - {"phone", "screen", "seq"}
    files = {name for name in named if name.endswith(".js")}
    assert named - files <= MODULES
    assert all(any((ROOT / "static/js").rglob(name)) for name in files)


def test_the_changelog_has_this_version() -> None:
    headings = re.findall(r"^## \[([^\]]+)\]", TEXTS["CHANGELOG.md"], re.MULTILINE)
    assert headings[:2] == ["Unreleased", __version__]


def test_no_page_contains_a_private_path() -> None:
    for name in [*TEXTS, "docs/openapi.yaml", "docs/asyncapi.yaml"]:
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not re.search(r"(?<![\w.])/(?:work|home|root|tmp)/", text), name


def test_the_pages_on_https_are_few_and_public() -> None:
    """A page about privacy that sends people elsewhere had better mean it."""
    hosts = {host for text in TEXTS.values() for host in re.findall(r"https?://([\w.-]+)", text)}
    assert hosts <= {"keepachangelog.com", "semver.org", "board.example.org", "LAPTOP", "192.168.1.10", "127.0.0.1"}


def test_yaml_documents_name_the_licence_and_tests_that_exist() -> None:
    for name in ("openapi.yaml", "asyncapi.yaml"):
        text = (ROOT / "docs" / name).read_text(encoding="utf-8")
        assert yaml.safe_load(text)["info"]["license"]["name"] == "MIT"
        for test in re.findall(r"tests/test_\w+\.py", text):
            assert (ROOT / test).exists()


def test_the_table_of_large_gatherings_matches_the_calculation() -> None:
    assert "\n".join(scale.table()) in TEXTS["docs/scaling.md"]


def test_tests_that_a_page_names_exist() -> None:
    """A promise is worth what its test is."""
    there = {
        name for source in (ROOT / "tests").rglob("test_*.py") for name in re.findall(r"def (test_\w+)", source.read_text())
    }
    for page, text in TEXTS.items():
        assert {name for name in words(text) if re.fullmatch(r"test_[a-z_0-9]+", name)} <= there, page


def test_no_library_may_be_older_than_the_page_on_security_says() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    from_here = dict(re.findall(r"^([a-z0-9-]+)(?:\[\w+\])?>=([\d.]+)", "\n".join(project["dependencies"]), re.MULTILINE))
    for library, oldest, _why in table("docs/security.md", "library", "from", "because of"):
        assert from_here[words(library)[0]] == oldest


def test_every_promise_has_a_figure_or_a_test() -> None:
    promises = [row[0] for row in table("docs/reliability.md", "", "promise")]
    assert promises == [f"G{number}" for number in range(1, 15)]
    measured = {row[0] for row in table("docs/reliability.md", "Promise", "Measured")}
    tested = {row[0] for row in table("docs/reliability.md", "", "test")}
    assert measured | tested == set(promises)

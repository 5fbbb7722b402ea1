"""Every command as its users type it: what it prints, what it leaves behind, and how it says no."""

from __future__ import annotations

import json
import os
import re
import socket
import sqlite3
import subprocess
import zipfile
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from board.actions import staff_links
from board.command import cli, prepare
from board.model.models import Role
from board.process.settings import SETTINGS
from board.web import reach
from tests import boards, servers
from tests.servers import clean_environment, prepared

SECRET_TEXT = "Written by somebody who trusts us"


class Here:
    """A directory of data, and the commands on it."""

    def __init__(self, directory: Path, **environment: str) -> None:
        self.directory = directory
        self.environment = clean_environment() | {"BOARD_DATA_DIR": str(directory)} | environment
        self.url = environment.get("DATABASE_URL") or f"sqlite:///{directory / 'board.db'}"

    def attempt(self, *arguments: str, input: str | None = None, **environment: str) -> CompletedProcess[str]:
        return prepared(*arguments, environment=self.environment | environment, check=False, input=input)

    def run(self, *arguments: str, input: str | None = None, **environment: str) -> str:
        """The output of a command that succeeds without a warning."""
        done = self.attempt(*arguments, input=input, **environment)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    def refused(self, *arguments: str, input: str | None = None, **environment: str) -> str:
        """The sentence in which a command says that it failed."""
        done = self.attempt(*arguments, input=input, **environment)
        assert done.returncode == 1, done.stdout
        name, _, sentence = done.stderr.partition(": ")
        assert name == "brilliance-board"
        assert sentence.count("\n") == 1, "one sentence, and never a traceback"
        assert sentence.endswith("\n")
        return sentence.strip()

    def create(self, title: str = "Innovation Lab", *arguments: str, **environment: str) -> dict[str, str]:
        made: dict[str, str] = json.loads(self.run("create", title, "--json", *arguments, **environment))
        return made

    def exported(self, code: str) -> dict[str, object]:
        whole: dict[str, object] = json.loads(self.run("export", code))
        return whole

    async def role_of(self, link: str) -> Role | None:
        """What a link opens."""
        async with boards.opened(self.url) as store:
            token = link.rsplit("/", 1)[1]
            found = await store.read(lambda connection: staff_links.find_link(connection, token))
            return found[1].role if found else None

    def on_disk(self) -> bytes:
        return b"".join(file.read_bytes() for file in self.directory.glob("board.db*"))

    async def ask(self, code: str, text: str) -> None:
        async with boards.opened(self.url) as store:
            await boards.submit(store, await store.board_id(code), boards.question(text))


@pytest.fixture
def here(tmp_path: Path) -> Here:
    return Here(tmp_path / "data")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Here:
    """With the board LAB, for what changes nothing."""
    here = Here(tmp_path_factory.mktemp("shared"))
    here.create("Innovation Lab", "--code", "LAB-26")
    return here


# -- a board from beginning to end ---------------------------------------------------------------------------------


async def test_a_board_is_made_filled_exported_and_erased(empty_database_url: str, tmp_path: Path) -> None:
    here = Here(tmp_path, DATABASE_URL=empty_database_url.replace("+psycopg", ""), SECRET_KEY="k" * 40)
    here.url = empty_database_url
    made = here.create()
    code = made["code"]
    assert list(made) == ["code", "join_url", "screen_url", "moderate_url", "organise_url"]
    assert re.fullmatch("[2-9A-HJKMNP-Z]{6}", code), "no look-alikes"
    assert made["join_url"] == f"http://localhost:8000/b/{code}"
    assert [await here.role_of(made[f"{name}_url"]) for name in ("screen", "moderate", "organise")] == [
        Role.SCREEN,
        Role.MODERATOR,
        Role.ORGANISER,
    ]
    agenda, people, export = tmp_path / "agenda.csv", tmp_path / "people.csv", tmp_path / "lab.csv"
    agenda.write_text("title,starts_at\nHeat,2026-05-04T09:00\n")
    people.write_text("name,team\nNadia Rahman,Jordan\nZoë,\n", encoding="utf-8-sig")
    assert here.run("import-agenda", code.lower(), str(agenda)) == (
        f"Times are those of {prepare.own_zone()}, the board's time zone.\n"
        "line 2: added: Heat\n1 added, 0 changed, 0 as they were, 0 refused.\n"
    )
    assert here.run("import-people", code, str(people)).splitlines() == [
        "line 2: added: Nadia Rahman",
        "line 3: added: Zoë",
        "2 added, 0 changed, 0 as they were, 0 refused.",
    ]
    await here.ask(code, SECRET_TEXT)
    assert here.run("export", code.lower(), "--format", "csv", "-o", str(export)) == ""
    assert SECRET_TEXT in export.read_text(encoding="utf-8-sig")
    assert export.stat().st_mode & 0o777 == 0o600, "it has everybody's names"
    assert not (tmp_path / "lab.csv.part").exists()
    assert (SECRET_TEXT.encode() in here.on_disk()) is empty_database_url.startswith("sqlite")
    assert here.run("purge", code, "--yes") == f"The board {code} is erased.\n"
    assert "There is no board with this code" in here.refused("export", code)
    assert await here.role_of(made["organise_url"]) is None
    assert SECRET_TEXT.encode() not in here.on_disk()
    assert b"Nadia Rahman" not in here.on_disk()


# -- create --------------------------------------------------------------------------------------------------------


def test_the_create_command_applies_its_options(here: Here) -> None:
    made = here.create(
        " Innovation Lab ",
        *("--code", "heat-26", "--subtitle", "Safe and healthy", "--time-zone", "Asia/Bangkok"),
        *("--starts-on", "2026-05-04", "--ends-on", "2026-05-06"),
        *("--theme", "OSH", "--theme", "Mental health", "--team", "Jordan", "--team", "Viet Nam"),
        PUBLIC_URL="https://board.example.org/",
    )
    assert made["code"] == "HEAT-26"
    assert made["join_url"] == "https://board.example.org/b/HEAT-26"
    assert made["moderate_url"].startswith("https://board.example.org/l/")
    whole = here.exported("HEAT-26")
    board = whole["board"]
    assert isinstance(board, dict)
    wanted = {"title": "Innovation Lab", "subtitle": "Safe and healthy", "time_zone": "Asia/Bangkok"}
    assert wanted | {"starts_on": "2026-05-04", "ends_on": "2026-05-06"} == {
        name: board[name] for name in (*wanted, "starts_on", "ends_on")
    }
    assert whole["themes"] == [
        {"id": "theme-1", "name": "OSH", "short": "OSH", "colour": 1},
        {"id": "theme-2", "name": "Mental health", "short": "Mental health", "colour": 2},
    ]
    assert whole["teams"] == [{"name": "Jordan"}, {"name": "Viet Nam"}]


def test_the_create_command_prints_the_links_as_a_list(here: Here) -> None:
    printed = here.run("create", "Zoë’s Lab", "--code", "LAB-26", PORT="9000")
    assert printed.startswith("The board “Zoë’s Lab” has the code LAB-26.\n")
    links = re.findall(r"^  (\w+) +(http://\S+)$", printed, re.MULTILINE)
    assert [name for name, _ in links] == ["join", "screen", "moderate", "organise"]
    assert len({link for _, link in links}) == 4
    assert printed.count("for the computer at the projector") == 1, "and which device each is for"
    assert str(here.directory / "board.db") in printed, "another directory would be another database"


def test_printed_links_use_the_network_address_and_not_localhost(here: Here) -> None:
    """`localhost` on a phone is the phone."""
    own = reach.own_address()
    printed = here.run("create", "Lab", "--code", "LAB-26", PORT="9000")
    if own is None:
        assert "This computer is in no network" in printed
    else:
        assert "localhost" not in printed
        assert f"http://{own}:9000/b/LAB-26" in printed
        assert here.run("link", "LAB-26", "screen", PORT="9000").startswith(f"http://{own}:9000/l/")


def test_a_new_board_has_this_computers_time_zone(here: Here) -> None:
    here.create("Lab", "--code", "LAB-26", TZ="Asia/Dhaka")
    board = here.exported("LAB-26")["board"]
    assert isinstance(board, dict)
    assert board["time_zone"] == "Asia/Dhaka"
    assert "Its time zone is Asia/Amman." in here.run("create", "Lab", TZ="Asia/Amman")
    for nonsense in ("Nowhere/Here", "/etc/passwd"):
        assert "Its time zone is UTC." in here.run("create", "Lab", TZ=nonsense)


def test_serve_says_which_database_it_opened_and_that_there_is_no_board(here: Here) -> None:
    server = servers.Server(here.directory.parent, BOARD_DATA_DIR=str(here.directory))
    server.start()
    server.stop()
    said = server.log.read_text()
    assert f"Database: {here.directory / 'board.db'}, no board yet." in said
    assert "brilliance-board create" in said


def test_a_terminal_that_knows_only_ascii_still_shows_the_links(here: Here) -> None:
    """They are shown this once; a board whose links are lost is of no use."""
    printed = here.run("create", "Zoe", PYTHONIOENCODING="ascii")
    assert "\\u201cZoe\\u201d" in printed
    assert printed.count("/l/") == 3


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["Again", "--code", "lab-26"], "There is already a board with the code LAB-26."),
        (["Lab", "--code", "L B"], "A code has 4 to 12 of"),
        ([" "], "Please write something first."),
        (["Lab", "--time-zone", "Dhaka"], "There is no time zone “Dhaka”. Write it as Asia/Bangkok."),
        (["Lab", *["--theme", "Care"] * 9], "At most 8 themes"),
    ],
)
def test_an_invalid_board_is_refused_in_words(shared: Here, arguments: list[str], words: str) -> None:
    assert words in shared.refused("create", *arguments)


# -- link ----------------------------------------------------------------------------------------------------------


async def test_a_link_is_created_for_a_person_and_revoked(shared: Here) -> None:
    tom, ann = (shared.run("link", "lab-26", "moderator", "--name", name).strip() for name in ("Tom", "Ann"))
    assert re.fullmatch(r"http://[^/]+:8000/l/[\w-]+", tom)
    assert [await shared.role_of(link) for link in (tom, ann)] == [Role.MODERATOR, Role.MODERATOR]
    assert shared.run("link", "LAB-26", "moderator", "--name", "Tom", "--revoke") == (
        "The moderator link “Tom” no longer opens anything.\n"
    )
    assert [await shared.role_of(link) for link in (tom, ann)] == [None, Role.MODERATOR]
    for role in ("moderator", "screen"):  # gone already; never was
        refusal = shared.refused("link", "LAB-26", role, "--name", "Tom", "--revoke")
        assert refusal == f"There is no {role} link named “Tom”."


# -- import --------------------------------------------------------------------------------------------------------


def test_lines_that_are_refused_are_named_and_the_command_says_that_it_failed(here: Here, tmp_path: Path) -> None:
    here.create("Lab", "--code", "LAB-26")
    file = tmp_path / "people.csv"
    file.write_text(f"name,team\nNadia,Jordan\n{'x' * 61},\nMai, Lin,Viet Nam\n")
    done = here.attempt("import-people", "LAB-26", str(file))
    assert done.returncode == 1
    assert done.stderr == "brilliance-board: 2 lines were refused; the others are in.\n"
    lines = done.stdout.splitlines()
    assert lines[0] == "line 2: added: Nadia"
    assert [line.split(": ")[:2] for line in lines[1:3]] == [["line 3", "refused"], ["line 4", "refused"]]
    assert lines[3] == "1 added, 0 changed, 0 as they were, 2 refused."
    assert here.exported("LAB-26")["people"] == [{"id": "nadia-jordan", "name": "Nadia", "team": "Jordan"}]


@pytest.mark.parametrize(
    ("command", "content", "words"),
    [
        ("import-agenda", None, "No such file or directory"),
        ("import-people", b'name\n"Zoe\n', "Line 2 is not CSV"),
        (
            "import-agenda",
            b"Nadia\n",
            "There are no sessions in this file. Which column is which? Say it with --map title=COLUMN.",
        ),
    ],
)
def test_an_unusable_file_is_refused_in_words(
    shared: Here, tmp_path: Path, command: str, content: bytes | None, words: str
) -> None:
    file = tmp_path / "file.csv"
    if content is not None:
        file.write_bytes(content)
    assert words in shared.refused(command, "LAB-26", str(file))


# -- export --------------------------------------------------------------------------------------------------------


def test_an_export_goes_to_a_file_or_to_another_program(shared: Here, tmp_path: Path) -> None:
    shared.run("export", "LAB-26", "--format", "xlsx", "-o", str(tmp_path / "lab.xlsx"))
    with zipfile.ZipFile(tmp_path / "lab.xlsx") as book:
        assert "xl/workbook.xml" in book.namelist()
    assert shared.run("export", "LAB-26", "--format", "csv").startswith('\ufeff"id","kind","state"')
    assert "No such file or directory" in shared.refused("export", "LAB-26", "-o", str(tmp_path / "missing" / "lab.json"))


def test_a_folder_to_take_home_is_written_whole_and_for_its_owner_alone(shared: Here, tmp_path: Path) -> None:
    folder, archive = tmp_path / "keepsake", tmp_path / "lab.zip"
    assert shared.run("export", "LAB-26", "--format", "html", "-o", str(folder)) == "", "and no bar where there is no terminal"
    assert "<h1" in (folder / "index.html").read_text(encoding="utf-8")
    assert {path.stat().st_mode & 0o077 for path in (folder, *folder.rglob("*"))} == {0}
    assert "is there already" in shared.refused("export", "LAB-26", "--format", "html", "-o", str(folder))
    shared.run("export", "lab-26", "--format", "html", "-o", str(archive))
    with zipfile.ZipFile(archive) as found:
        written = {f"LAB-26/{path.relative_to(folder)}" for path in folder.rglob("*") if path.is_file()}
        assert set(found.namelist()) == written
    assert archive.stat().st_mode & 0o777 == 0o600
    assert {path.name for path in tmp_path.iterdir()} == {"keepsake", "lab.zip"}, "nothing unfinished is left"


def test_a_workbook_is_not_written_to_a_terminal(shared: Here) -> None:
    terminal, screen = os.openpty()
    command = [*servers.COMMAND, "export", "LAB-26", "--format", "xlsx"]
    try:
        done = subprocess.run(command, env=shared.environment, stdout=screen, stderr=subprocess.PIPE, text=True, timeout=60)
    finally:
        os.close(screen)
        os.close(terminal)
    assert done.returncode == 1
    assert done.stderr == "brilliance-board: An XLSX file is no text. Name a file: -o board.xlsx\n"


@pytest.mark.parametrize("command", [["settings"], ["export", "LAB-26"]])
def test_a_command_that_cannot_write_its_output_fails(shared: Here, command: list[str]) -> None:
    environment = {name: value for name, value in shared.environment.items() if name != "PYTHONUNBUFFERED"}
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*servers.COMMAND, *command], env=environment, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60
        )
    assert (done.returncode, done.stderr) == (1, "brilliance-board: No space left on device\n")


# -- purge ---------------------------------------------------------------------------------------------------------


def test_erasing_asks_for_the_code_and_does_nothing_without_it(here: Here) -> None:
    here.create("Lab", "--code", "LAB-26")
    for typed, words in (("y\n", "Nothing was erased."), ("", "Use --yes.")):
        done = here.attempt("purge", "LAB-26", input=typed)
        assert done.returncode == 1
        assert done.stdout.startswith("This erases the board LAB-26 with all its cards, questions and names.")
        assert done.stderr.startswith("brilliance-board: Nothing was erased")
        assert words in done.stderr
    here.exported("LAB-26")
    assert here.run("purge", "lab-26", input=" lab-26 \n").endswith("The board LAB-26 is erased.\n")
    assert here.refused("purge", "LAB-26", input="").startswith("There is no board"), "which it says before it asks"


# -- migrate, settings ---------------------------------------------------------------------------------------------


def test_migrate_can_run_any_number_of_times(here: Here) -> None:
    for _ in range(2):
        assert here.run("migrate") == "The database is up to date.\n"
    assert {file.name for file in here.directory.iterdir()} == {"board.db", "secret-key"}


def test_the_settings_command_hides_secrets(here: Here) -> None:
    printed = here.run("settings", SECRET_KEY="dont-tell" * 5, REDIS_URL="redis://:dont-tell@cache.example:6379")
    assert "dont-tell" not in printed
    lines = printed.splitlines()
    assert lines[1::2] == [f"    {setting.help}" for setting in SETTINGS]
    shown = dict(line.split("=", 1) for line in lines[::2])
    assert shown["REDIS_URL"] == "redis://…@cache.example:6379  (environment)"
    assert shown["PORT"] == "8000  (default)"
    assert shown["BOARD_DATA_DIR"] == f"{here.directory}  (environment)"
    assert not here.directory.exists(), "looking changes nothing"


# -- serve ---------------------------------------------------------------------------------------------------------


def test_several_workers_do_not_start_without_redis(here: Here) -> None:
    wanted = "2 workers need REDIS_URL: without Redis they cannot tell each other what was posted."
    assert wanted in here.refused("serve", "--workers", "2")
    assert wanted in here.refused("serve", WEB_CONCURRENCY="2")


def test_a_port_in_use_is_named_with_what_to_do(here: Here) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        sentence = here.refused("serve", "--port", str(port))
    assert sentence == f"Port {port} on 127.0.0.1 cannot be used (Address already in use). Choose another one with --port."


def test_the_start_message_says_that_limits_are_off(server: servers.Server) -> None:
    assert "Warning: BOARD_LIMITS=off" in server.log.read_text()


# -- whatever the command ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["serve", "demo", "create Lab"])
def test_an_unknown_setting_stops_every_command(here: Here, command: str) -> None:
    assert here.refused(*command.split(), BOARD_LIMIT="off").startswith("There is no setting BOARD_LIMIT.")


def test_the_error_about_an_unreachable_database_hides_its_password(here: Here) -> None:
    address = f"postgresql://board:dont-tell@127.0.0.1:{servers.free_port()}/board"
    sentence = here.refused("create", "Lab", DATABASE_URL=address, SECRET_KEY="k" * 40)
    assert sentence.startswith("The database does not answer: ")
    assert "dont-tell" not in sentence


def test_a_database_of_a_later_version_is_not_changed(here: Here) -> None:
    here.run("migrate")
    with closing(sqlite3.connect(here.directory / "board.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "another version" in here.refused("serve")


@pytest.mark.parametrize("command", ["link LAB-99 screen", "import-people LAB-99 /dev/null"])
def test_a_code_without_a_board_gets_an_error(shared: Here, command: str) -> None:
    assert shared.refused(*command.split()).startswith("There is no board with this code.")


@pytest.mark.parametrize(
    "usage",
    [
        "",
        "dance",
        "create",
        "create Lab --starts-on 04/05/2026",
        "create Lab --colour red",
        "link LAB-26",
        "link LAB-26 king",
        "import-agenda LAB-26",
        "export",
        "export LAB-26 --format pdf",
        "purge",
        "serve --port 65536",
        "serve --port ٨٠٠٠",
        "serve --workers two",
        "demo --workers 2",
    ],
)
def test_wrong_usage_is_status_2(usage: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli._parser().parse_args(usage.split())
    assert ended.value.code == 2
    assert re.search(r"^brilliance-board.*: error: ", capsys.readouterr().err, re.MULTILINE)


@pytest.mark.parametrize("arguments", [["dance"], [b"create", b"Zo\xeb"]])
def test_wrong_usage_is_explained_and_changes_nothing(here: Here, arguments: list[Any]) -> None:
    done = subprocess.run([*servers.COMMAND, *arguments], env=here.environment, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("usage: brilliance-board")
    assert "Traceback" not in done.stderr
    assert not here.directory.exists()

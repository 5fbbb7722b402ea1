"""The command line: `brilliance-board`. Exit status 0 done, 1 failed with one sentence, 2 wrong usage."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from board import __version__
from board.command import demo, hosting, importing, moving, prepare, sentences, serve, upkeep, whole
from board.model.models import BoardError, Role
from board.process.settings import SettingsError
from board.transfer.imports import aliases


def main() -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):  # a terminal without “ shall still show the links
        sys.stdout.reconfigure(errors="backslashreplace")
    parser = _parser()
    arguments = parser.parse_args()
    if any("\ud800" <= char <= "\udfff" for char in "".join(sys.argv)):  # that is how other bytes arrive
        parser.error("the arguments are not UTF-8")
    try:
        arguments.run(arguments)
        sys.stdout.flush()
    except (BoardError, SettingsError) as error:
        words = sentences.refusal(error) if isinstance(error, BoardError) else error
        print(f"brilliance-board: {words}", file=sys.stderr)
        sys.exit(1)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        print(f"brilliance-board: {place}{error.strerror or error}", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or Python tries at its end, too, to write what could not be written
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


Add = Callable[[str, Callable[[argparse.Namespace], None], str], argparse.ArgumentParser]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="brilliance-board", description="Recognition cards and session questions, live.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], None], help: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help, description=help)
        added.set_defaults(run=run)
        return added

    _servers(command)
    _create(command)
    _one_board(command)
    _database(command)
    return parser


def _servers(command: Add) -> None:
    serving = command("serve", serve.run, "Run the server.")
    showing = command("demo", demo.command, "Run the server with a filled example board and simulated attendees.")
    for server in (serving, showing):
        server.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
        server.add_argument("--port", type=_port, help="port to listen on (default: $PORT or 8000)")
    serving.add_argument("--workers", type=int, help="worker processes (default: 1; more need REDIS_URL)")
    showing.add_argument("--no-traffic", action="store_true", help="without simulated attendees")


def _create(command: Add) -> None:
    create = command("create", prepare.create, "Make a board and print its code and links.")
    create.add_argument("title")
    create.add_argument("--code", help="4 to 12 of A-Z, 0-9 and - (default: six that are easy to read)")
    create.add_argument("--subtitle", default="")
    create.add_argument(
        "--time-zone", default=prepare.own_zone(), help="as Asia/Bangkok (default: this computer's, %(default)s)"
    )
    create.add_argument("--starts-on", type=_day, metavar="YYYY-MM-DD")
    create.add_argument("--ends-on", type=_day, metavar="YYYY-MM-DD")
    create.add_argument("--theme", action="append", default=[], metavar="NAME", help="a field of expertise; repeat for up to 8")
    create.add_argument("--team", action="append", default=[], metavar="NAME", help="a team; repeat")
    create.add_argument("--json", action="store_true", help="print one JSON object")


def _one_board(command: Add) -> None:
    link = command("link", prepare.link, "Make a fresh staff link, or take the named one back.")
    link.add_argument("code")
    link.add_argument("role", choices=[role.value for role in Role])
    link.add_argument("--name", help="whose link it is (default: the role)")
    link.add_argument("--revoke", action="store_true")

    host = command(
        "host-link", hosting.host_link, "Make a host's link, which allows making boards in the browser, or take it back."
    )
    host.add_argument("--name", default=hosting.DEFAULT_NAME, help="whose link it is (default: %(default)s)")
    host.add_argument("--revoke", action="store_true")

    _imports(command)

    export = command("export", prepare.export, "Write everything of a board.")
    export.add_argument("code")
    export.add_argument("--format", choices=("json", "csv", "xlsx", "html"), default="json")
    export.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="with html: a new folder, or an archive if it ends with .zip"
    )

    bringing = command("import", moving.bring, "Make a board from its own JSON export, of this or another server.")
    bringing.add_argument("file", type=Path)
    bringing.add_argument("--code", help="another code than it had")

    purge = command("purge", prepare.purge, "Erase a board and all personal data in it.")
    purge.add_argument("code")
    purge.add_argument("--yes", action="store_true", help="do not ask")
    purge.add_argument("--export", type=Path, metavar="FILE", help="first write everything into this file, as JSON")

    erasing = command("erase", whole.erase, "Erase one person: name, roster entry, cards by and to them become “somebody”.")
    erasing.add_argument("code")
    erasing.add_argument("person", help="the name, or the id on the roster")
    erasing.add_argument("--texts", action="store_true", help="also what they wrote, and their name in texts of others")

    duplicate = command("duplicate", whole.duplicate, "Copy a board's settings, agenda and roster, without posts.")
    duplicate.add_argument("code")
    duplicate.add_argument("--code", dest="new_code", help="of the copy (default: six characters that are easy to read)")
    duplicate.add_argument("--rehearsal", action="store_true", help="the copy is a rehearsal of the board")

    archiving = command("archive", whole.archive, "Make a board read-only from now on.")
    archiving.add_argument("code")
    archiving.add_argument("--reopen", action="store_true", help="take writes again")


def _imports(command: Add) -> None:
    for kind, run, text in (
        ("agenda", importing.agenda, "Add sessions from CSV, XLSX, a calendar (.ics), JSON or XML, as they come."),
        ("people", importing.people, "Add people from CSV or XLSX, as they come."),
    ):
        added = command(f"import-{kind}", run, text)
        added.add_argument("code")
        added.add_argument("file", type=Path)
        added.add_argument("--dry-run", action="store_true", help="say what would be done, and change nothing")
        added.add_argument("--json", action="store_true", help="print one JSON object")
        fields = ", ".join(aliases.FIELDS[kind])
        mapping = f"which column is which; repeat. Fields: {fields}. A column is named, or numbered from 1"
        added.add_argument("--map", action="append", default=[], type=importing.pair, metavar="FIELD=COLUMN", help=mapping)
        added.add_argument("--day", type=_day, metavar="YYYY-MM-DD", help="the day of times that have no date")
        added.add_argument("--encoding", default="", help="instead of the one that is recognised, as windows-1252")
        answering = "the answer to a question that the report asks; repeat"
        added.add_argument("--answer", action="append", default=[], type=importing.pair, metavar="KEY=CHOICE", help=answering)


def _database(command: Add) -> None:
    copying = command("backup", upkeep.backup, "Copy the whole database into a file, while the server runs.")
    copying.add_argument("file", type=Path)

    restoring = command("restore", upkeep.restore, "Put a backup in the place of all boards.")
    restoring.add_argument("file", type=Path)
    restoring.add_argument("--replace", action="store_true", help="although there are boards")

    examining = command("doctor", upkeep.doctor, "Look whether the database is sound, and say what is wrong.")
    examining.add_argument("--repair", action="store_true", help="first count totals again where they are wrong")
    command("migrate", upkeep.migrate, "Bring the database up to date.")
    command("settings", upkeep.settings, "Print every setting, its value and where it came from.")


def _port(value: str) -> int:
    if not (value.isascii() and value.isdigit() and int(value) <= 65535):
        raise argparse.ArgumentTypeError("a port is a whole number from 0 to 65535")
    return int(value)


def _day(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{value}” is no day; write 2026-05-04") from None

"""The command line: `brilliance-board`. Exit status 0 done, 1 failed with one sentence, 2 wrong usage."""

from __future__ import annotations

import argparse
import asyncio
import io
import logging
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import tzlocal
import uvicorn
from sqlalchemy.exc import OperationalError

from board import __version__, actions, backup, doctor, exports, imports, messages, reach
from board import settings as settings_module
from board.descriptors import raise_descriptor_limit
from board.files import private
from board.listening import listening, protocols, serve
from board.models import BoardError, NotFound, Role, StorageDown, Team, Theme
from board.settings import Settings, SettingsError
from board.store import Store
from board.text import clean
from board.transaction import Transaction

T = TypeVar("T")

# Clients send next to nothing over the socket; posts are HTTP.
SOCKET_MESSAGE_BYTES = 4096
PING_SECONDS = 20.0
# SIGTERM: what is under way may finish for so long.
GRACE_SECONDS = 3
# `serve` waits for its database for so long, and asks again so often.
DATABASE_WAIT_SECONDS = 60.0
DATABASE_PAUSE_SECONDS = 1.0
SUBTITLE_GRAPHEMES = (0, 120)


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
        print(f"brilliance-board: {error}", file=sys.stderr)
        sys.exit(1)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        print(f"brilliance-board: {place}{error.strerror or error}", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or Python tries at its end, too, to write what could not be written
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="brilliance-board", description="Recognition cards and session questions, live.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], None], help: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help, description=help)
        added.set_defaults(run=run)
        return added

    for name, run, text in (
        ("serve", _serve, "Run the server."),
        ("demo", _demo, "Run the server with a filled example board and simulated attendees."),
    ):
        server = command(name, run, text)
        server.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
        server.add_argument("--port", type=_port, help="port to listen on (default: $PORT or 8000)")
    commands.choices["serve"].add_argument("--workers", type=int, help="worker processes (default: 1; more need REDIS_URL)")
    commands.choices["demo"].add_argument("--no-traffic", action="store_true", help="without simulated attendees")

    create = command("create", _create, "Make a board and print its code and links.")
    create.add_argument("title")
    create.add_argument("--code", help="4 to 12 of A-Z, 0-9 and - (default: six that are easy to read)")
    create.add_argument("--subtitle", default="")
    create.add_argument("--time-zone", default=own_zone(), help="as Asia/Bangkok (default: this computer's, %(default)s)")
    create.add_argument("--starts-on", type=_day, metavar="YYYY-MM-DD")
    create.add_argument("--ends-on", type=_day, metavar="YYYY-MM-DD")
    create.add_argument("--theme", action="append", default=[], metavar="NAME", help="a field of expertise; repeat for up to 8")
    create.add_argument("--team", action="append", default=[], metavar="NAME", help="a team; repeat")
    create.add_argument("--json", action="store_true", help="print one JSON object")

    link = command("link", _link, "Make a fresh staff link, or take the named one back.")
    link.add_argument("code")
    link.add_argument("role", choices=[role.value for role in Role])
    link.add_argument("--name", help="whose link it is (default: the role)")
    link.add_argument("--revoke", action="store_true")

    for name, run, text in (
        ("import-agenda", _import_agenda, f"Add sessions from CSV. Columns: {', '.join(imports.AGENDA_COLUMNS)}."),
        ("import-people", _import_people, f"Add people from CSV. Columns: {', '.join(imports.PEOPLE_COLUMNS)}."),
    ):
        added = command(name, run, text)
        added.add_argument("code")
        added.add_argument("file", type=Path)

    export = command("export", _export, "Write everything of a board.")
    export.add_argument("code")
    export.add_argument("--format", choices=("json", "csv", "xlsx"), default="json")
    export.add_argument("-o", "--output", type=Path, metavar="FILE")

    purge = command("purge", _purge, "Erase a board and all personal data in it.")
    purge.add_argument("code")
    purge.add_argument("--yes", action="store_true", help="do not ask")

    copying = command("backup", _backup, "Copy the whole database into a file, while the server runs.")
    copying.add_argument("file", type=Path)

    restoring = command("restore", _restore, "Put a backup in the place of all boards.")
    restoring.add_argument("file", type=Path)
    restoring.add_argument("--replace", action="store_true", help="although there are boards")

    command("doctor", _doctor, "Look whether the database is sound, and say what is wrong.")
    command("migrate", _migrate, "Bring the database up to date.")
    command("settings", _settings, "Print every setting, its value and where it came from.")
    return parser


def own_zone() -> str:
    """This computer's time zone: a board in UTC shows every session at a wrong hour, and nobody knows why."""
    try:
        name = tzlocal.get_localzone_name()
    except (LookupError, ValueError, OSError):
        return "UTC"
    return name if name and is_zone(name) and name not in ("Etc/UTC", "Zulu", "Etc/Zulu") else "UTC"


def is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, LookupError, OSError):
        return False
    return True


def _port(value: str) -> int:
    if not (value.isascii() and value.isdigit() and int(value) <= 65535):
        raise argparse.ArgumentTypeError("a port is a whole number from 0 to 65535")
    return int(value)


def _day(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{value}” is no day; write 2026-05-04") from None


# -- serving -------------------------------------------------------------------------------------------------------


def _serve(arguments: argparse.Namespace) -> None:
    settings = settings_module.load(workers=arguments.workers)
    port = settings.port if arguments.port is None else arguments.port
    _say_what_is_unusual(settings)
    _migrate_when_it_answers(settings)
    run_server(settings, arguments.host, port, lambda: _say_which_database(settings))


def run_server(settings: Settings, host: str, port: int, on_ready: Callable[[], None] | None = None) -> None:
    """Serves until told to stop. The workers read their settings from the environment again."""
    sockets = listening(host, port)
    http, ws = protocols()
    raise_descriptor_limit()
    os.environ["WEB_CONCURRENCY"] = str(settings.workers)
    os.environ["PORT"] = str(port)
    os.environ[reach.LISTENS_ON] = host
    # uvicorn stops in peace on SIGTERM, then raises it again; as an exit, so that what follows is still tidied up.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with tempfile.TemporaryDirectory(prefix="board-metrics-") if settings.workers > 1 else nullcontext() as metrics:
        if metrics:
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = metrics
        print(f"Brilliance Board {__version__} listens on http://{reach.reachable(host)}:{port}", file=sys.stderr)
        if on_ready is not None:
            on_ready()
        config = uvicorn.Config(
            "board.app:from_environment",
            factory=True,
            host=host,
            port=port,
            workers=settings.workers,
            loop="asyncio",  # uvloop keeps what is written until the end of its turn; frames written past it would overtake
            http=http,
            ws=ws,
            ws_max_size=SOCKET_MESSAGE_BYTES,
            ws_ping_interval=PING_SECONDS,
            timeout_graceful_shutdown=GRACE_SECONDS,
            forwarded_allow_ips=settings.forwarded_allow_ips,
            server_header=False,
            access_log=False,
            log_config=_log_config(settings.log_level),
        )
        serve(config, sockets)


def _say_which_database(settings: Settings) -> None:
    """Started in another directory, `serve` would open another database than `create`, and show no board."""
    boards = _with_store(settings, lambda store: store.read(backup.count))
    none = " Make one with: brilliance-board create TITLE" if boards == 0 else ""
    print(f"Database: {settings.database_place}, {_boards(boards) if boards else 'no board yet.'}{none}", file=sys.stderr)


def _say_what_is_unusual(settings: Settings) -> None:
    if not settings.limits:
        print("Warning: BOARD_LIMITS=off, nothing slows anybody down. Not for a real gathering.", file=sys.stderr)


def _log_config(level: str) -> dict[str, Any]:
    """To stderr, a line each. uvicorn's own word on every socket is left out: it costs more than the socket."""
    quiet = "INFO" if level == "debug" else "WARNING"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "board": {"level": level.upper()},
            "uvicorn.error": {"level": quiet},
            "uvicorn.access": {"level": quiet},
        },
    }


def _demo(arguments: argparse.Namespace) -> None:
    from board import demo  # its texts are only wanted here

    demo.run(arguments.host, arguments.port, traffic=not arguments.no_traffic)


# -- boards --------------------------------------------------------------------------------------------------------


def _create(arguments: argparse.Namespace) -> None:
    settings = settings_module.load(workers=1)
    if not is_zone(arguments.time_zone):
        raise SettingsError(f"There is no time zone “{arguments.time_zone}”. Write it as Asia/Bangkok.")
    if arguments.starts_on and arguments.ends_on and arguments.ends_on < arguments.starts_on:
        raise SettingsError("The gathering ends before it starts. Please check --starts-on and --ends-on.")
    fields: dict[str, Any] = {
        "subtitle": clean(arguments.subtitle, "subtitle", SUBTITLE_GRAPHEMES),
        "time_zone": arguments.time_zone,
        "starts_on": arguments.starts_on,
        "ends_on": arguments.ends_on,
        "teams": [Team(messages.name(team, "team")) for team in arguments.team],
    }
    if arguments.theme:
        fields["themes"] = _themes(arguments.theme)

    async def make(store: Store) -> dict[str, str]:
        now = store.now()
        board_id, code = await store.write_any(
            lambda connection: actions.new_board(connection, now, arguments.title, arguments.code, **fields)
        )
        links = await store.write(board_id, actions.new_links)
        base = settings.public_url or reach.address_for_programs(settings.port) if arguments.json else _base_url(settings)
        return addresses(base, code, links)

    made = _with_store(settings, make)
    if arguments.json:
        print(messages.encode(made).decode())
        return
    print(f"The board “{arguments.title}” has the code {made['code']}.")
    print(f"Its time zone is {arguments.time_zone}. It is in the database {settings.database_place}.")
    print("These links are shown this once. Everybody who has a staff link can use it.\n")
    for name, device in DEVICES.items():
        print(f"  {name:<9} {made[f'{name}_url']}\n  {'':<9} {device}")
    print(f"\n{_how_to_serve(settings)}")


# Which link goes on which device.
DEVICES = {
    "join": "for everybody's phone; the large screen shows it as a QR code",
    "screen": "for the computer at the projector",
    "moderate": "for the moderators' phones or laptops",
    "organise": "for yourself",
}


def _how_to_serve(settings: Settings) -> str:
    if settings.public_url:
        return "Start the server with: brilliance-board serve"
    if reach.own_address() is None:
        return (
            "This computer is in no network, so the links work on itself alone. Join the venue's Wi-Fi, then set PUBLIC_URL, "
            "or make fresh links with: brilliance-board link CODE ROLE"
        )
    return (
        "Start the server so that phones on the same network reach it: brilliance-board serve --host 0.0.0.0\n"
        "The links hold for as long as this computer keeps its address; PUBLIC_URL gives it a lasting one."
    )


def _themes(names: list[str]) -> list[Theme]:
    if len(names) > 8:
        raise SettingsError("At most 8 themes: more cannot be told apart by their colour.")
    clean = [messages.name(name, "theme") for name in names]
    return [Theme(f"theme-{number}", name, name, number) for number, name in enumerate(clean, 1)]


def _base_url(settings: Settings) -> str:
    """What phones can reach. `localhost` would lead each phone to itself."""
    return settings.public_url or reach.address_for_people(settings.port)


def addresses(base: str, code: str, links: dict[Role, str]) -> dict[str, str]:
    """A board's links, as they are given to people."""
    return {
        "code": code,
        "join_url": f"{base}/b/{code}",
        "screen_url": f"{base}/l/{links[Role.SCREEN]}",
        "moderate_url": f"{base}/l/{links[Role.MODERATOR]}",
        "organise_url": f"{base}/l/{links[Role.ORGANISER]}",
    }


def _link(arguments: argparse.Namespace) -> None:
    settings = settings_module.load(workers=1)
    role, name = Role(arguments.role), arguments.name or arguments.role

    def revoke(transaction: Transaction) -> str:
        if not actions.revoke_link(transaction, role, name):
            raise NotFound(f"There is no {role} link named “{name}”.")
        return f"The {role} link “{name}” no longer opens anything."

    def make(transaction: Transaction) -> str:
        return f"{_base_url(settings)}/l/{actions.new_link(transaction, role, name)}"

    print(_on_board(settings, arguments.code, revoke if arguments.revoke else make))


def _import_agenda(arguments: argparse.Namespace) -> None:
    report = _imported(arguments, imports.read_agenda, imports.add_agenda)
    print(f"Times are those of {report.time_zone}, the board's time zone.")
    _print_report(report)


def _import_people(arguments: argparse.Namespace) -> None:
    _print_report(_imported(arguments, imports.read_people, imports.add_people))


def _imported(
    arguments: argparse.Namespace, read: Callable[[bytes], T], add: Callable[[Transaction, T], imports.Report]
) -> imports.Report:
    """Reads the file before the database is locked: other boards' posts wait for the lock."""
    data = arguments.file.read_bytes()

    async def work(store: Store) -> imports.Report:
        board_id = await store.board_id(arguments.code.upper())
        found = read(data)
        return await store.write(board_id, lambda transaction: add(transaction, found))

    report: imports.Report = _with_store(settings_module.load(workers=1), work)
    return report


def _print_report(report: imports.Report) -> None:
    for line in report.lines:
        print(line)
    doubts = f" {report.doubts} to check." if report.doubts else ""
    print(f"{report.added} added, {report.changed} changed, {report.same} as they were, {report.refused} refused.{doubts}")
    if report.refused:
        refused = "1 line was" if report.refused == 1 else f"{report.refused} lines were"
        raise SettingsError(f"{refused} refused; the others are in.")


def _export(arguments: argparse.Namespace) -> None:
    async def read(store: Store) -> bytes:
        board_id = await store.board_id(arguments.code.upper())
        return await store.read(lambda connection: exports.export(connection, board_id, arguments.format))

    data = _with_store(settings_module.load(workers=1), read)
    if arguments.output:
        with private(arguments.output) as part:
            part.write_bytes(data)
    elif arguments.format == "xlsx" and sys.stdout.isatty():
        raise SettingsError("An XLSX file is no text. Name a file: -o board.xlsx")
    else:
        sys.stdout.buffer.write(data)


def _purge(arguments: argparse.Namespace) -> None:
    settings, code = settings_module.load(workers=1), arguments.code.upper()

    async def erase(store: Store) -> None:
        board_id = await store.board_id(code)
        await store.write_any(lambda connection: actions.purge(connection, board_id))

    _with_store(settings, lambda store: store.board_id(code))  # says so if there is no such board, before it asks
    if not arguments.yes:
        _confirm(code)
    _with_store(settings, erase)
    print(f"The board {code} is erased.")


def _confirm(code: str) -> None:
    print(f"This erases the board {code} with all its cards, questions and names. It cannot be undone.")
    try:
        typed = input(f"Type {code} to go on: ")
    except EOFError:
        raise SettingsError("Nothing was erased: there is nobody to ask. Use --yes.") from None
    if typed.strip().upper() != code:
        raise SettingsError("Nothing was erased.")


def _backup(arguments: argparse.Namespace) -> None:
    settings, file = settings_module.load(workers=1), arguments.file
    boards = _with_store(settings, lambda store: store.read(lambda connection: backup.save(connection, file)))
    print(f"{file} has {_boards(boards)}. Keep the secret key, too ({_where_the_key_is(settings)}): it says who is who.")


def _restore(arguments: argparse.Namespace) -> None:
    settings, file = settings_module.load(workers=1), arguments.file
    with file.open("rb"):
        pass  # if that fails, it fails here
    restore = partial(backup.restore, file=file, replace=arguments.replace)
    done: backup.Restored = _with_store(settings, lambda store: store.write_any(restore))
    print(f"{_boards(done.boards)} restored. Pages that are open begin again by themselves.")
    if done.lost:
        print(f"Erased, as the backup does not have them: {done.lost}.")
    if done.replaced:
        print(f"Put back to what they were in the backup: {done.replaced}.")


def _boards(number: int) -> str:
    return f"{number} board{'' if number == 1 else 's'}"


def _where_the_key_is(settings: Settings) -> str:
    return "SECRET_KEY" if os.environ.get("SECRET_KEY") else str(settings.data_dir / "secret-key")


def _doctor(arguments: argparse.Namespace) -> None:
    wrong = _with_store(settings_module.load(workers=1), lambda store: store.read(doctor.examine))
    for line in wrong:
        print(line)
    if wrong:
        raise SettingsError("The database is not sound. Restore a backup, or ask who knows it.")
    print("The database is sound.")


def _migrate(arguments: argparse.Namespace) -> None:
    _migrate_now(settings_module.load(workers=1))
    print("The database is up to date.")


def _settings(arguments: argparse.Namespace) -> None:
    for setting, value, source in settings_module.described():
        print(f"{setting.name}={value}  ({source})\n    {setting.help}")


# -- the store, for one command ------------------------------------------------------------------------------------


def _migrate_when_it_answers(settings: Settings) -> None:
    """After a reboot the database may come later than we do; a server that gave up would have to be started by hand."""
    until = time.monotonic() + DATABASE_WAIT_SECONDS
    told = False
    while True:
        try:
            return _migrate_now(settings)
        except StorageDown as error:
            if not isinstance(error.__cause__, OperationalError) or time.monotonic() > until:
                raise
            if not told:
                print(f"{error} Trying again for {DATABASE_WAIT_SECONDS:.0f} s …", file=sys.stderr)
            told = True
        time.sleep(DATABASE_PAUSE_SECONDS)


def _migrate_now(settings: Settings) -> None:
    logging.getLogger("alembic").setLevel(logging.WARNING)
    store = Store(settings.database_url)
    try:
        store.migrate()
    finally:
        store.close()


def _with_store(settings: Settings, work: Callable[[Store], Any]) -> Any:
    _migrate_now(settings)

    async def run() -> Any:
        store = Store(settings.database_url)
        store.start()
        try:
            return await work(store)
        finally:
            await store.stop()

    return asyncio.run(run())


def _on_board(settings: Settings, code: str, command: Callable[[Transaction], T]) -> T:
    async def work(store: Store) -> T:
        return await store.write(await store.board_id(code.upper()), command)

    result: T = _with_store(settings, work)
    return result

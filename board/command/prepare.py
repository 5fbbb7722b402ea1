"""Commands about one board: make it, its links, files in and out, erase it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

import tzlocal

from board.actions import lifecycle, staff_links
from board.command import folder
from board.command.opened import on_board, with_store
from board.command.sentences import english
from board.data.store import Store
from board.data.transaction import Transaction
from board.model import preparing, requests, views
from board.model.models import NotFound, Role, Team, Theme
from board.model.text import clean
from board.process import settings as settings_module
from board.process.files import private
from board.process.settings import Settings, SettingsError
from board.transfer import exports
from board.web import reach

T = TypeVar("T")

# Which link goes on which device.
DEVICES = {
    "join": "for everybody's phone; the large screen shows it as a QR code",
    "screen": "for the computer at the projector",
    "moderate": "for the moderators' phones or laptops",
    "organise": "for yourself",
}


def own_zone() -> str:
    """This computer's time zone: a board in UTC shows every session at a wrong hour, and nobody knows why."""
    try:
        name = tzlocal.get_localzone_name()
    except (LookupError, ValueError, OSError):
        return "UTC"
    return name if name and preparing.is_zone(name) and name not in ("Etc/UTC", "Zulu", "Etc/Zulu") else "UTC"


def create(arguments: argparse.Namespace) -> None:
    settings = settings_module.load(workers=1)
    if not preparing.is_zone(arguments.time_zone):
        raise SettingsError(f"There is no time zone “{arguments.time_zone}”. Write it as Asia/Bangkok.")
    if arguments.starts_on and arguments.ends_on and arguments.ends_on < arguments.starts_on:
        raise SettingsError("The gathering ends before it starts. Please check --starts-on and --ends-on.")
    fields: dict[str, Any] = {
        "subtitle": clean(arguments.subtitle, "subtitle", preparing.SUBTITLE_GRAPHEMES),
        "time_zone": arguments.time_zone,
        "starts_on": arguments.starts_on,
        "ends_on": arguments.ends_on,
        "teams": [Team(requests.name(team, "team")) for team in arguments.team],
    }
    if arguments.theme:
        fields["themes"] = _themes(arguments.theme)

    async def make(store: Store) -> dict[str, str]:
        now = store.now()
        made, links = await store.write_any(
            lambda connection: lifecycle.new_prepared_board(
                connection, now, arguments.title, arguments.code, staff_links.COMMAND_LINE, **fields
            )
        )
        base = settings.public_url or reach.address_for_programs(settings.port) if arguments.json else base_url(settings)
        return {"code": made.code} | views.addresses_view(base, made.code, links)

    made = with_store(settings, make)
    if arguments.json:
        print(views.encode(made).decode())
        return
    print(f"The board “{arguments.title}” has the code {made['code']}.")
    tell(settings, made, arguments.time_zone)


def tell(settings: Settings, made: Mapping[str, str], time_zone: str) -> None:
    """Prints the address of a new board, its links, and how to serve it."""
    print(f"Its time zone is {time_zone}. It is in the database {settings.database_place}.")
    print("These links are shown only now. Everybody who has a staff link can use it.\n")
    for name, device in DEVICES.items():
        print(f"  {name:<9} {made[f'{name}_url']}\n  {'':<9} {device}")
    print(f"\n{_how_to_serve(settings)}")


def _themes(names: list[str]) -> list[Theme]:
    if len(names) > preparing.MOST_THEMES:
        raise SettingsError(f"At most {preparing.MOST_THEMES} themes: more colours would look alike.")
    return preparing.themes(names)


def base_url(settings: Settings) -> str:
    """What phones can reach. `localhost` would lead each phone to itself."""
    return settings.public_url or reach.address_for_people(settings.port)


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


def link(arguments: argparse.Namespace) -> None:
    settings = settings_module.load(workers=1)
    role, name = Role(arguments.role), arguments.name or arguments.role

    def revoke(transaction: Transaction) -> str:
        if not staff_links.revoke_link(transaction, role, name):
            raise NotFound("staff-link-unknown", role=role.value, name=name)
        return f"The {role} link “{name}” no longer opens anything."

    def make(transaction: Transaction) -> str:
        return f"{base_url(settings)}/l/{staff_links.new_link(transaction, role, name)}"

    print(on_board(settings, arguments.code, revoke if arguments.revoke else make))


def export(arguments: argparse.Namespace) -> None:
    if arguments.format == "html":
        folder.export(settings_module.load(workers=1), arguments.code.upper(), arguments.output)
        return
    data = with_store(settings_module.load(workers=1), _exported(arguments.code.upper(), arguments.format))
    if arguments.output:
        with private(arguments.output) as part:
            part.write_bytes(data)
    elif arguments.format == "xlsx" and sys.stdout.isatty():
        raise SettingsError("An XLSX file is no text. Name a file: -o board.xlsx")
    else:
        sys.stdout.buffer.write(data)


def _exported(code: str, shape: str) -> Callable[[Store], Awaitable[bytes]]:
    async def read(store: Store) -> bytes:
        board_id = await store.board_id(code)
        return await store.read(lambda connection: exports.export(connection, board_id, shape, english().say("erased-person")))

    return read


def purge(arguments: argparse.Namespace) -> None:
    settings, code = settings_module.load(workers=1), arguments.code.upper()

    async def erase(store: Store) -> None:
        board_id = await store.board_id(code)
        await store.write_any(lambda connection: lifecycle.purge(connection, board_id))

    with_store(settings, lambda store: store.board_id(code))  # says so if there is no such board, before it asks
    if not arguments.yes:
        _confirm(code)
    if arguments.export:  # where this fails, nothing is erased
        data = with_store(settings, _exported(code, "json"))
        with private(arguments.export) as part:
            part.write_bytes(data)
        print(f"Everything of it is in {arguments.export}.")
    with_store(settings, erase)
    print(f"The board {code} is erased.")


def _confirm(code: str) -> None:
    print(f"This erases the board {code} with all its cards, questions and names. It cannot be undone.")
    try:
        typed = input(f"Type {code} to go on: ")
    except EOFError:
        raise SettingsError("Nothing was erased: there is nobody to ask. Use --yes.") from None
    if typed.strip().upper() != code:
        raise SettingsError("Nothing was erased.")

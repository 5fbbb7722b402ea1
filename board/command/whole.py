"""Commands that copy a board, or make it read-only."""

from __future__ import annotations

import argparse

from board.actions import forgetting, whole
from board.actions.staff_links import COMMAND_LINE
from board.command.opened import with_store
from board.command.prepare import DEVICES, base_url
from board.data import rows
from board.data.store import Store
from board.model import views
from board.model.forgetting import Erased
from board.model.languages import Languages
from board.process import locales
from board.process import settings as settings_module


def duplicate(arguments: argparse.Namespace) -> None:
    settings, code = settings_module.load(workers=1), arguments.code.upper()

    async def make(store: Store) -> whole.Made:
        now = store.now()
        return await store.write_any(
            lambda connection: whole.copied(
                connection, now, code, arguments.new_code, COMMAND_LINE, rehearsal=arguments.rehearsal
            )
        )

    board, links = with_store(settings, make)
    shown = views.addresses_view(base_url(settings), board.code, links)
    kind = "rehearsal" if arguments.rehearsal else "copy"
    print(f"The {kind} of {code} has the code {board.code}. It has no posts.")
    print("These links are shown only now. Everybody who has a staff link can use it.\n")
    for name, device in DEVICES.items():
        print(f"  {name:<9} {shown[f'{name}_url']}\n  {'':<9} {device}")


def erase(arguments: argparse.Namespace) -> None:
    code = arguments.code.upper()

    async def forget(store: Store) -> Erased:
        board_id = await store.board_id(code)
        board = await store.read(lambda connection: rows.read_board(connection, board_id))
        word = Languages(locales.read()).somebody(board.languages if board else [])
        return await forgetting.erase_person(store, board_id, COMMAND_LINE, arguments.person, word, texts=arguments.texts)

    done: Erased = with_store(settings_module.load(workers=1), forget)
    print(f"Erased from {code}. Posts that changed: {done.posts}.")
    if done.mentions:
        print(f"Texts that still have the name: {done.mentions}. With --texts it is taken out of them.")


def archive(arguments: argparse.Namespace) -> None:
    code = arguments.code.upper()

    async def change(store: Store) -> None:
        await whole.archive(store, await store.board_id(code), COMMAND_LINE, not arguments.reopen)

    with_store(settings_module.load(workers=1), change)
    if arguments.reopen:
        print(f"The board {code} takes writes again.")
    else:
        print(f"The board {code} is read-only from now on. An organiser can open it again, and so does --reopen.")

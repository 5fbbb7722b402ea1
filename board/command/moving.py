"""A board from its own export, on this or another server."""

from __future__ import annotations

import argparse

from board.actions import lifecycle, staff_links
from board.command import prepare
from board.command.opened import with_store
from board.data import moving
from board.data.store import Connection, Store
from board.model import views
from board.model.models import Board, Role
from board.process import settings as settings_module
from board.transfer import moved


def bring(arguments: argparse.Namespace) -> None:
    settings = settings_module.load(workers=1)
    with arguments.file.open("rb") as file:
        found = moved.read(file.read(moved.MAX_FILE_BYTES + 1))
    by, code = staff_links.COMMAND_LINE, arguments.code or found.code or None

    async def put(store: Store) -> tuple[Board, dict[Role, str]]:
        now = store.now()

        def whole(connection: Connection) -> tuple[Board, dict[Role, str]]:
            """All of it in one transaction: there is no half of a board."""
            made, links = lifecycle.new_prepared_board(connection, now, found.title, code, by, **found.settings)
            moving.fill(connection, made.id, found.arrived, now, by)
            return made, links

        return await store.write_any(whole)

    made, links = with_store(settings, put)
    posts, people = len(found.arrived.posts), len(found.arrived.people)
    print(f"The board “{made.title}” is here, with the code {made.code}, {posts} posts and {people} people of its list.")
    if posts or people:
        print("Phones are new phones here: each name is free again, and badges are to be printed again.")
    prepare.tell(settings, views.addresses_view(prepare.base_url(settings), made.code, links), made.time_zone)

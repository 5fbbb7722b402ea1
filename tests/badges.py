"""The address of somebody's badge, made with a server's own key and seal."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from board.web.badges import signed
from tests.servers import Server


def address_of(server: Server, board: dict[str, str], person: str) -> str:
    """The address of a badge, made with the server's own key: tests compare printed badges with it."""
    key = (server.directory / "secret-key").read_text(encoding="utf-8").strip()
    wanted = "SELECT boards.id, badge FROM people JOIN boards ON boards.id = board_id WHERE code = ? AND people.id = ?"
    with closing(sqlite3.connect(server.directory / "board.db")) as database:
        board_id, seal = database.execute(wanted, (board["code"], person)).fetchone()
    return f"/b/{board['code']}/badge/{signed(key, board_id, person, seal)}"

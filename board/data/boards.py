"""Boards as a whole: their codes, a new one, one that is erased."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, select

from board.data import rows, schema
from board.model.codes import bare
from board.model.models import RESTORED_EPOCH, Board


def find_board(connection: Connection, code: str) -> int | None:
    """The id of the board with this code (upper case)."""
    return connection.execute(select(schema.boards.c.id).where(schema.boards.c.code == code)).scalar_one_or_none()


def find_code(connection: Connection, meant: Sequence[str]) -> str | None:
    """The first of these codes that a board has; else the one code that differs from them in its dashes alone."""
    table = schema.boards
    there = set(connection.execute(select(table.c.code).where(table.c.code.in_(meant))).scalars())
    for code in meant:
        if code in there:
            return code
    dashless = func.replace(table.c.code, "-", "")
    alike = list(
        connection.execute(select(table.c.code).where(dashless.in_([bare(code) for code in meant])).limit(2)).scalars()
    )
    return alike[0] if len(alike) == 1 else None


def count(connection: Connection) -> int:
    """How many boards there are."""
    return int(connection.execute(select(func.count()).select_from(schema.boards)).scalar_one())


def add(connection: Connection, board: Board, now: int) -> int:
    """Stores a new board, and gives its id. `now`: microseconds since 1970."""
    names = [column.name for column in schema.boards.columns if column.name in Board.__struct_fields__ and column.name != "id"]
    values = rows.board_values(**{name: getattr(board, name) for name in names})
    values |= {"sessions_seq": 0, "last_post_at": 0, "created_at": now}
    result = connection.execute(insert(schema.boards).values(**values).returning(schema.boards.c.id))
    return int(result.scalar_one())


def new_epoch(*, restored: bool = False) -> str:
    """A history's name: readers of another one start again from a snapshot."""
    return f"{RESTORED_EPOCH if restored else ''}{secrets.token_hex(8)}"


def erase(connection: Connection, board_id: int) -> None:
    """Erases a board and everything in it."""
    for table in reversed(schema.metadata.sorted_tables):
        column = table.c.id if table is schema.boards else table.c.board_id
        connection.execute(delete(table).where(column == board_id))

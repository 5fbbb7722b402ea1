"""Boards as a whole: their codes, a new one, one that is erased."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, select

from board.data import rows, schema
from board.data.transaction import Transaction
from board.model.codes import bare
from board.model.epochs import RESTORED_EPOCH
from board.model.models import Board, Kind, State
from board.model.organising import Listed


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
    table = schema.boards
    return int(connection.execute(select(func.count()).select_from(table).where(table.c.erased_at.is_(None))).scalar_one())


def created_at(connection: Connection, board_id: int) -> int:
    """In microseconds since 1970."""
    return int(connection.execute(select(schema.boards.c.created_at).where(schema.boards.c.id == board_id)).scalar_one())


def born(transaction: Transaction) -> int:
    """`created_at`, inside a transaction."""
    return created_at(transaction.connection, transaction.board.id)


def is_archived(connection: Connection, board_id: int) -> bool:
    """Whether the board is read-only."""
    table = schema.boards
    return connection.execute(select(table.c.archived_at).where(table.c.id == board_id)).scalar_one_or_none() is not None


def add(connection: Connection, board: Board, now: int) -> int:
    """Stores a new board, and gives its id. `now`: microseconds since 1970."""
    names = [column.name for column in schema.boards.columns if column.name in Board.__struct_fields__ and column.name != "id"]
    values = rows.board_values(**{name: getattr(board, name) for name in names})
    values |= {"sessions_seq": 0, "last_post_at": 0, "created_at": now, "tallied_seq": board.seq}
    result = connection.execute(insert(schema.boards).values(**values).returning(schema.boards.c.id))
    return int(result.scalar_one())


def new_epoch(*, restored: bool = False) -> str:
    """A history's name: readers of another one start again from a snapshot."""
    return f"{RESTORED_EPOCH if restored else ''}{secrets.token_hex(8)}"


def erase(connection: Connection, board_id: int) -> None:
    """Erases a board and everything in it."""
    for table in reversed(schema.metadata.sorted_tables):
        if table is schema.boards or "board_id" in table.c:  # the others are the server's
            column = table.c.id if table is schema.boards else table.c.board_id
            connection.execute(delete(table).where(column == board_id))


def listed(connection: Connection, at_most: int) -> list[Listed]:
    """The newest boards of the server, and how many cards and questions all see on each. No texts, no names of people."""
    table, posts = schema.boards, schema.posts
    ordered = rows.select_boards.order_by(table.c.created_at.desc(), table.c.id.desc())
    newest = connection.execute(ordered.limit(at_most)).all()
    wanted = select(posts.c.board_id, posts.c.kind, func.count()).group_by(posts.c.board_id, posts.c.kind)
    wanted = wanted.where(posts.c.board_id.in_([row.id for row in newest]), posts.c.state == State.VISIBLE)
    counts = {(board_id, kind): number for board_id, kind, number in connection.execute(wanted)}
    return [
        Listed(
            row.code,
            row.title,
            row.starts_on,
            row.ends_on,
            row.created_at,
            row.archived_at is not None,
            row.rehearsal_of is not None,
            counts.get((row.id, Kind.CARD), 0),
            counts.get((row.id, Kind.QUESTION), 0),
        )
        for row in newest
    ]

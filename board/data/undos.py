"""Stored records that undo a change of organisers. They stay ten minutes, for every worker, also a new one."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, exists, insert, select, update

from board.data import schema
from board.data.store import Store
from board.data.transaction import Transaction
from board.model import undoing
from board.model.models import StorageDown

KEPT_SECONDS = 600
SWEEP_SECONDS = 300.0
# Of one board; the oldest goes. One has 1 MiB at the most, and hardly ever more than some KiB.
MOST_KEPT = 20
_table = schema.undos


class Kept(NamedTuple):
    """Times in microseconds since 1970."""

    id: str
    done: str
    created_at: int
    undone_at: int | None


def keep(transaction: Transaction, undo_id: str, undo: undoing.Undo) -> str | None:
    """Gives its id. None: too much to keep."""
    done = undoing.encode(undo)
    if done is None:
        return None
    _add(transaction, undo_id, done)
    return undo_id


def _add(transaction: Transaction, undo_id: str, done: str) -> None:
    mine = _table.c.board_id == transaction.board.id
    transaction.connection.execute(delete(_table).where(mine, _table.c.created_at <= _oldest(transaction.now)))
    newest = select(_table.c.id).where(mine).order_by(_table.c.created_at.desc(), _table.c.id)
    if over := list(transaction.connection.scalars(newest))[MOST_KEPT - 1 :]:
        transaction.connection.execute(delete(_table).where(mine, _table.c.id.in_(over)))
    values = {"board_id": transaction.board.id, "id": undo_id, "done": done, "created_at": transaction.now}
    transaction.connection.execute(insert(_table).values(**values))


def find(connection: Connection, board_id: int, undo_id: str, now: int) -> Kept | None:
    """`now` in microseconds since 1970."""
    fresh = select(_table).where(_one(board_id, undo_id), _table.c.created_at > _oldest(now))
    row = connection.execute(fresh).one_or_none()
    return Kept(row.id, row.done, row.created_at, row.undone_at) if row else None


def of_board(transaction: Transaction, undo_id: str) -> Kept | None:
    """As `find`, within a transaction."""
    return find(transaction.connection, transaction.board.id, undo_id, transaction.now)


def mark_undone(transaction: Transaction, undo_id: str) -> None:
    this = _one(transaction.board.id, undo_id)
    transaction.connection.execute(update(_table).where(this).values(undone_at=transaction.now))


async def sweep(store: Store) -> None:
    """Erases what has been kept for ten minutes, on all boards."""
    now = store.now()
    if await store.read(lambda connection: _has_old(connection, now)):
        await store.write_any(lambda connection: _sweep(connection, now))


async def sweep_for_ever(store: Store) -> None:
    """Another part reports a database that does not answer."""
    while True:
        with suppress(StorageDown):
            await sweep(store)
        await asyncio.sleep(SWEEP_SECONDS)


def _sweep(connection: Connection, now: int) -> None:
    connection.execute(delete(_table).where(_table.c.created_at <= _oldest(now)))


def _has_old(connection: Connection, now: int) -> bool:
    return bool(connection.scalar(select(exists().where(_table.c.created_at <= _oldest(now)))))


def _one(board_id: int, undo_id: str) -> ColumnElement[bool]:
    return (_table.c.board_id == board_id) & (_table.c.id == undo_id)


def _oldest(now: int) -> int:
    return now - KEPT_SECONDS * 1_000_000

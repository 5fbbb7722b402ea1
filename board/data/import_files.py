"""Files that organisers brought, kept for an hour: so long any worker, also a new one, can look again, apply and undo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, exists, insert, select, update

from board.data import schema
from board.data.transaction import Transaction

KEPT_SECONDS = 3_600
# Of one board; the oldest goes. A file has 5 MiB at the most.
MOST_KEPT = 5
_table = schema.imports


@dataclass(frozen=True)
class Kept:
    """`data` is gone once it was applied: what undoes it is kept then. Times in microseconds since 1970."""

    id: str
    kind: str
    name: str
    data: bytes | None
    answers: str
    done: str | None
    applied_at: int | None
    undone_at: int | None


def add(transaction: Transaction, import_id: str, kind: str, name: str, data: bytes, answers: str) -> None:
    """The same once more is there once."""
    sweep(transaction.connection, transaction.now)
    mine = _table.c.board_id == transaction.board.id
    newest = select(_table.c.id).where(mine).order_by(_table.c.created_at.desc(), _table.c.id)
    ids = list(transaction.connection.scalars(newest))
    if import_id in ids:
        return
    if over := ids[MOST_KEPT - 1 :]:
        transaction.connection.execute(delete(_table).where(mine, _table.c.id.in_(over)))
    values: dict[str, Any] = {"id": import_id, "kind": kind, "name": name, "data": data, "answers": answers}
    values |= {"board_id": transaction.board.id, "created_at": transaction.now}
    transaction.connection.execute(insert(_table).values(values))


def find(connection: Connection, board_id: int, import_id: str, now: int) -> Kept | None:
    row = connection.execute(select(_table).where(_one(board_id, import_id), _table.c.created_at > _oldest(now))).one_or_none()
    if row is None:
        return None
    return Kept(row.id, row.kind, row.name, row.data, row.answers, row.done, row.applied_at, row.undone_at)


def answer(transaction: Transaction, import_id: str, answers: str) -> None:
    _change(transaction, import_id, answers=answers)


def is_open(transaction: Transaction, import_id: str) -> bool:
    return _is(transaction, import_id, _table.c.applied_at.is_(None))


def is_applied(transaction: Transaction, import_id: str) -> bool:
    return _is(transaction, import_id, _table.c.applied_at.is_not(None) & _table.c.undone_at.is_(None))


def apply(transaction: Transaction, import_id: str, done: str) -> None:
    """Of the file itself nothing is kept any more."""
    _change(transaction, import_id, done=done, data=None, applied_at=transaction.now)


def undo(transaction: Transaction, import_id: str) -> None:
    _change(transaction, import_id, undone_at=transaction.now)


def sweep(connection: Connection, now: int) -> None:
    """Removes what has been kept for an hour, on all boards."""
    connection.execute(delete(_table).where(_table.c.created_at <= _oldest(now)))


def has_old(connection: Connection, now: int) -> bool:
    return bool(connection.scalar(select(exists().where(_table.c.created_at <= _oldest(now)))))


def _is(transaction: Transaction, import_id: str, so: Any) -> bool:
    wanted = select(exists().where(_one(transaction.board.id, import_id), so))
    return bool(transaction.connection.scalar(wanted))


def _change(transaction: Transaction, import_id: str, **values: Any) -> None:
    transaction.connection.execute(update(_table).where(_one(transaction.board.id, import_id)).values(values))


def _one(board_id: int, import_id: str) -> Any:
    return (_table.c.board_id == board_id) & (_table.c.id == import_id)


def _oldest(now: int) -> int:
    return now - KEPT_SECONDS * 1_000_000

"""Prepared questions as they are stored, apart from posts: what reads posts cannot come upon one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, func, insert, select, update

from board.data import schema
from board.data.transaction import Transaction
from board.model.prepared import Checked, Prepared

_table = schema.prepared
_ORDER = _table.c.position, _table.c.created_at, _table.c.id


def listed(connection: Connection, board_id: int, session: str | None = None) -> list[Prepared]:
    """All of a board, or of one session, in their order."""
    of = [_table.c.board_id == board_id, *([_table.c.session == session] if session is not None else [])]
    return [_from(row) for row in connection.execute(select(_table).where(*of).order_by(_table.c.session, *_ORDER))]


def of_session(transaction: Transaction, session: str | None) -> list[Prepared]:
    """In their order. None: those of no session."""
    found = transaction.connection.execute(select(_table).where(*_of(transaction, session)).order_by(*_ORDER))
    return [_from(row) for row in found]


def find(transaction: Transaction, prepared_id: str) -> Prepared | None:
    row = transaction.connection.execute(select(_table).where(*_one(transaction, prepared_id))).one_or_none()
    return _from(row) if row else None


def add(transaction: Transaction, session: str | None, new: Sequence[Checked]) -> int:
    """At the end of that session's list, those left out that are there already. Gives how many of it then are not added yet."""
    connection, board_id, of = transaction.connection, transaction.board.id, _of(transaction, session)
    there = set(connection.execute(select(_table.c.id).where(_table.c.board_id == board_id)).scalars())
    last = _last(transaction, session)
    rows = [
        {"board_id": board_id, "session": session, "position": last + at, "created_at": transaction.now}
        | {"id": one.id, "text": one.text, "author_name": one.author_name}
        for at, one in enumerate((one for one in new if one.id not in there), 1)
    ]
    if rows:
        connection.execute(insert(_table), rows)
    waiting = select(func.count()).select_from(_table).where(*of, _table.c.added_at.is_(None))
    return int(connection.execute(waiting).scalar_one())


def mark_added(transaction: Transaction, prepared_id: str) -> None:
    transaction.connection.execute(update(_table).where(*_one(transaction, prepared_id)).values(added_at=transaction.now))


def reword(transaction: Transaction, one: Prepared) -> None:
    transaction.connection.execute(update(_table).where(*_one(transaction, one.id)).values(text=one.text))


def number(transaction: Transaction, those: Sequence[Prepared]) -> None:
    """All of a session stand in this order from now on."""
    this = update(_table).where(_table.c.board_id == transaction.board.id, _table.c.id == bindparam("this"))
    moved = [{"this": one.id, "at": at} for at, one in enumerate(those, 1) if one.position != at]
    if moved:
        transaction.connection.execute(this.values(position=bindparam("at")), moved)


def remove(transaction: Transaction, prepared_id: str) -> bool:
    return transaction.connection.execute(delete(_table).where(*_one(transaction, prepared_id))).rowcount > 0


def move(transaction: Transaction, session: str, target: str | None) -> None:
    """To another session, or to none, behind what is there: the one that they were for is removed."""
    last = _last(transaction, target)
    theirs = update(_table).where(*_of(transaction, session))
    transaction.connection.execute(theirs.values(session=target, position=_table.c.position + last))


def _last(transaction: Transaction, session: str | None) -> int:
    last = select(func.coalesce(func.max(_table.c.position), 0)).where(*_of(transaction, session))
    return int(transaction.connection.execute(last).scalar_one())


def _of(transaction: Transaction, session: str | None) -> list[ColumnElement[bool]]:
    """None: of no session."""
    theirs = _table.c.session == session if session is not None else _table.c.session.is_(None)
    return [_table.c.board_id == transaction.board.id, theirs]


def _one(transaction: Transaction, prepared_id: str) -> list[Any]:
    return [_table.c.board_id == transaction.board.id, _table.c.id == prepared_id]


def _from(row: Row[Any]) -> Prepared:
    return Prepared(row.id, row.session, row.position, row.text, row.author_name, row.created_at, row.added_at)

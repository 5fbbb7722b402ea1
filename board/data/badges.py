"""Badges as the roster knows them: a value for each person that goes into the signature of the badge's address."""

from __future__ import annotations

from secrets import token_hex
from typing import NamedTuple

from sqlalchemy import Connection, select, update

from board.data import schema
from board.data.transaction import Transaction


class Named(NamedTuple):
    """Somebody of the roster, as a badge shows them. `seal` is no secret by itself: the secret key makes a signature of it."""

    id: str
    name: str
    team: str | None
    seal: str


def everybody(connection: Connection, board_id: int) -> list[Named]:
    """The roster, in no order."""
    return _read(connection, board_id)


def one(connection: Connection, board_id: int, person_id: str) -> Named | None:
    """Somebody of the roster. None: nobody has this id."""
    return next(iter(_read(connection, board_id, person_id)), None)


def seal_of(transaction: Transaction, person_id: str) -> str | None:
    """As it is at the moment of use. None: nobody has this id."""
    found = one(transaction.connection, transaction.board.id, person_id)
    return found.seal if found else None


def renew(transaction: Transaction, person_id: str) -> None:
    """Badges that were printed for this person before open nothing from now on."""
    table = schema.people
    this = (table.c.board_id == transaction.board.id, table.c.id == person_id)
    transaction.connection.execute(update(table).where(*this).values(badge=token_hex(schema.BADGE_BYTES)))


def _read(connection: Connection, board_id: int, *ids: str) -> list[Named]:
    table = schema.people
    wanted = select(table.c.id, table.c.name, table.c.team, table.c.badge).where(table.c.board_id == board_id)
    return [Named(*row) for row in connection.execute(wanted.where(table.c.id.in_(ids)) if ids else wanted)]

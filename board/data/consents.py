"""Decisions about consent as they are stored, and the receipts of them."""

from __future__ import annotations

from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from board.data import schema
from board.data.transaction import Transaction
from board.model.consent import UNDECIDED, Consent, Decided, Decisions

RECEIPT_DAYS = 3 * 365
"""As long as somebody may ask what was agreed to."""
RECEIPTS_OF_ONE = 20
_DAY_MICROSECONDS = 24 * 3600 * 1_000_000
_table = schema.consents


class Receipt(NamedTuple):
    """`board` and `subject` are keyed digests. `at`: microseconds since 1970."""

    board: str
    subject: str
    at: int
    consent: Consent


def decisions(connection: Connection, board_id: int) -> Decisions:
    """All that stands now. To be read in the transaction that reads the posts which it is about."""
    phones = schema.participants
    same = (phones.c.board_id == _table.c.board_id) & (phones.c.id == _table.c.participant)
    wanted = select(_table, phones.c.name, phones.c.team, phones.c.person.label("holds"))
    found = connection.execute(wanted.join_from(_table, phones, same, isouter=True).where(_table.c.board_id == board_id))
    return Decisions(
        Decided(row.participant, Consent(row.recap, row.outside, row.directory), row.person, row.name, row.team, row.holds)
        for row in found
    )


def one(connection: Connection, board_id: int, participant: str) -> Consent:
    """What this phone decided."""
    wanted = select(_table.c.recap, _table.c.outside, _table.c.directory)
    row = connection.execute(wanted.where(_table.c.board_id == board_id, _table.c.participant == participant)).one_or_none()
    return Consent(*row) if row else UNDECIDED


def of_phone(transaction: Transaction, participant: str) -> Consent:
    """As `one`, inside a transaction."""
    return one(transaction.connection, transaction.board.id, participant)


def put(transaction: Transaction, participant: str, person: str | None, consent: Consent) -> None:
    """The decision of a phone takes the place of its last one, and of all others that were made for the same person."""
    mine = _table.c.board_id == transaction.board.id
    connection = transaction.connection
    if person is not None:
        connection.execute(update(_table).where(mine, _table.c.person == person).values(person=None))
    connection.execute(delete(_table).where(mine, _table.c.participant == participant))
    values = {"board_id": transaction.board.id, "participant": participant, "person": person}
    connection.execute(insert(_table).values(**values, **msgspec.structs.asdict(consent)))


def move(transaction: Transaction, person: str, into: str | None) -> None:
    """Decisions made for an entry of the roster follow it into another one."""
    mine = (_table.c.board_id == transaction.board.id, _table.c.person == person)
    transaction.connection.execute(update(_table).where(*mine).values(person=into))


def testify(transaction: Transaction, receipt: Receipt) -> None:
    """As `keep`, in the same transaction as the decision."""
    keep(transaction.connection, receipt)


def keep(connection: Connection, receipt: Receipt) -> None:
    """The newest of one phone stay, and what is too old goes."""
    table = schema.receipts
    connection.execute(delete(table).where(table.c.at < receipt.at - RECEIPT_DAYS * _DAY_MICROSECONDS))
    same = (table.c.board == receipt.board, table.c.subject == receipt.subject)
    newest = connection.execute(select(table.c.id).where(*same).order_by(table.c.id.desc())).scalars()
    if over := list(newest)[RECEIPTS_OF_ONE - 1 :]:
        connection.execute(delete(table).where(table.c.id.in_(over)))
    layers = msgspec.json.encode(receipt.consent).decode()
    connection.execute(insert(table).values(board=receipt.board, subject=receipt.subject, at=receipt.at, layers=layers))


def receipts(connection: Connection, board: str, subject: str) -> list[Receipt]:
    """The receipts of one phone on one board, the oldest first; also after the board was erased."""
    table = schema.receipts
    found = connection.execute(select(table).where(table.c.board == board, table.c.subject == subject).order_by(table.c.id))
    return [Receipt(row.board, row.subject, row.at, msgspec.json.decode(row.layers, type=Consent)) for row in found]

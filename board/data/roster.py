"""The roster as it is stored: entries one by one, the posts of one of them, and the cards that count for people."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, case, delete, func, insert, select, update

from board.data import rows, schema
from board.data.transaction import Transaction
from board.model.models import Kind, Person, Recipient, State


class Card(NamedTuple):
    """What counts of a card: its recipients, and its author if shown. `author`: None for an anonymous card."""

    to: Sequence[Recipient]
    participant: str
    author: str | None
    team: str | None


def count(transaction: Transaction) -> int:
    table = schema.people
    counted = select(func.count()).where(table.c.board_id == transaction.board.id)
    return int(transaction.connection.execute(counted).scalar_one())


def namesakes(transaction: Transaction, names: Collection[str], hints: Collection[str]) -> list[Person]:
    """People with exactly these names, and people with these ids, each with the phone that holds the name."""
    table = schema.people
    named = select(table.c.id).where(table.c.board_id == transaction.board.id, table.c.name.in_(names))
    return transaction.people(*hints, *transaction.connection.execute(named).scalars())


def add(transaction: Transaction, person: Person, badge: str | None = None) -> None:
    """`badge`: the seal that badges of this person were printed with; without one a new one is made."""
    values = {"board_id": transaction.board.id, "id": person.id, "name": person.name, "team": person.team}
    values |= {"badge": badge} if badge is not None else {}
    transaction.connection.execute(insert(schema.people).values(**values))


def change(transaction: Transaction, person: Person) -> None:
    table = schema.people
    this = (table.c.board_id == transaction.board.id, table.c.id == person.id)
    transaction.connection.execute(update(table).where(*this).values(name=person.name, team=person.team))


def remove(transaction: Transaction, person_id: str) -> None:
    table = schema.people
    this = (table.c.board_id == transaction.board.id, table.c.id == person_id)
    transaction.connection.execute(delete(table).where(*this))


def cards(connection: Connection, board_id: int) -> Iterator[Card]:
    """All that everybody sees."""
    table = schema.posts
    shown = (table.c.board_id == board_id, table.c.kind == Kind.CARD, table.c.state == State.VISIBLE)
    wanted = select(table.c.to, table.c.participant, table.c.author_name, table.c.author_team).where(*shown)
    for row in connection.execute(wanted):
        yield Card(rows.recipients_from(row.to), row.participant, row.author_name, row.author_team)


def asked_by_team(connection: Connection, board_id: int) -> dict[str | None, tuple[int, int]]:
    """Of each team whose name stands on questions that everybody sees: how many, and how many of them are answered."""
    table = schema.posts
    answered = func.sum(case((table.c.answered.is_(True), 1), else_=0))
    shown = (table.c.board_id == board_id, table.c.kind == Kind.QUESTION, table.c.state == State.VISIBLE)
    wanted = select(table.c.author_team, func.count(), answered).where(*shown, table.c.author_name.is_not(None))
    found = connection.execute(wanted.group_by(table.c.author_team))
    return {team: (int(asked), int(done or 0)) for team, asked, done in found}


def heard_by_team(connection: Connection, board_id: int) -> dict[str | None, int]:
    """Of each team, how many questions somebody asked at the microphone, with a name, and got an answer to."""
    table = schema.posts
    shown = (table.c.board_id == board_id, table.c.kind == Kind.QUESTION, table.c.state == State.VISIBLE)
    spoken = (table.c.voice.is_(True), table.c.answered.is_(True), table.c.author_name.is_not(None))
    found = connection.execute(select(table.c.author_team, func.count()).where(*shown, *spoken).group_by(table.c.author_team))
    return {team: int(times) for team, times in found}

"""Many rows at once, by few statements: an agenda and a roster, as files bring them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, bindparam, insert, select, update

from board.data import rows, schema
from board.data.transaction import Transaction
from board.model.models import Session

# A person of the roster as files know one: the name, and the team.
Named = tuple[str, str | None]


def agenda(transaction: Transaction) -> list[Session]:
    """The sessions in their order."""
    return rows.read_sessions(transaction.connection, transaction.board.id)


def write_agenda(transaction: Transaction, ordered: Sequence[Session], known: Collection[str] = ()) -> None:
    """All sessions, in their order. `known`: the ids of those that are stored already."""
    board_id = transaction.board.id
    write_sessions(transaction.connection, board_id, ordered, known)


def write_sessions(connection: Connection, board_id: int, ordered: Sequence[Session], known: Collection[str] = ()) -> None:
    """As `write_agenda`, of a board that nobody has seen yet."""
    values = [rows.session_values(board_id, position, session) for position, session in enumerate(ordered)]
    _write(connection, schema.sessions, values, known)


def roster(transaction: Transaction) -> dict[str, Named]:
    """The people of the board, by their ids."""
    found = transaction.connection.execute(select(schema.people).where(schema.people.c.board_id == transaction.board.id))
    return {row.id: (row.name, row.team) for row in found}


def write_roster(transaction: Transaction, people: Mapping[str, Named], known: Collection[str] = ()) -> None:
    """These people, new or changed. `known`: the ids of those that are stored already."""
    write_people(transaction.connection, transaction.board.id, people, known)


def write_people(connection: Connection, board_id: int, people: Mapping[str, Named], known: Collection[str] = ()) -> None:
    """As `write_roster`, of a board that nobody has seen yet."""
    values = [{"board_id": board_id, "id": person, "name": name, "team": team} for person, (name, team) in people.items()]
    _write(connection, schema.people, values, known)


def _write(connection: Connection, table: Table, values: Iterable[dict[str, Any]], known: Collection[str]) -> None:
    new, old = list[dict[str, Any]](), list[dict[str, Any]]()
    for row in values:
        (old if row["id"] in known else new).append(row)
    if new:
        connection.execute(insert(table), new)
    if old:
        names = [name for name in old[0] if name not in ("board_id", "id")]
        where = (table.c.board_id == bindparam("b_board_id"), table.c.id == bindparam("b_id"))
        statement = update(table).where(*where).values({name: bindparam(f"b_{name}") for name in names})
        connection.execute(statement, [{f"b_{name}": value for name, value in row.items()} for row in old])

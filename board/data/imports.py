"""Many rows at once, by few statements: an agenda and a roster, as files bring them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, update

from board.data import rows, schema
from board.data.transaction import Transaction
from board.model.models import Board, NotFound, Session
from board.model.showing import sessions_shown

# A person of the roster as files know one: the name, and the team.
Named = tuple[str, str | None]


@dataclass(frozen=True)
class State:
    """What a file is compared with. `asked`: how many questions each session has; `needed`: sessions that a screen shows,
    people by whose name a phone goes or whom a card is for."""

    board: Board
    sessions: list[Session] = field(default_factory=list)
    people: dict[str, Named] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)
    needed: frozenset[str] = frozenset()


def read_state(connection: Connection, board_id: int) -> State:
    """All that an import of either kind has to know. Raises `NotFound`."""
    board = rows.read_board(connection, board_id)
    if board is None:
        raise NotFound("board-gone")
    needed = frozenset(_people_in_use(connection, board_id) | sessions_shown(board))
    sessions = rows.read_sessions(connection, board_id)
    return State(board, sessions, _people(connection, board_id), _questions(connection, board_id), needed)


def state(transaction: Transaction) -> State:
    """As `read_state`, within a transaction."""
    return read_state(transaction.connection, transaction.board.id)


def _questions(connection: Connection, board_id: int) -> dict[str, int]:
    table = schema.posts
    counted = select(table.c.session, func.count()).where(table.c.board_id == board_id, table.c.session.is_not(None))
    return {row[0]: row[1] for row in connection.execute(counted.group_by(table.c.session))}


def _people_in_use(connection: Connection, board_id: int) -> set[str]:
    held = schema.participants.c
    used = {
        one for one in connection.scalars(select(held.person).where(held.board_id == board_id, held.person.is_not(None))) if one
    }
    posts = schema.posts.c
    for to in connection.scalars(select(posts.to).where(posts.board_id == board_id, posts.to.like('%"person"%'))):
        used |= {recipient.person for recipient in rows.recipients_from(to) if recipient.person}
    return used


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
    return _people(transaction.connection, transaction.board.id)


def _people(connection: Connection, board_id: int) -> dict[str, Named]:
    found = connection.execute(select(schema.people).where(schema.people.c.board_id == board_id))
    return {row.id: (row.name, row.team) for row in found}


def write_roster(transaction: Transaction, people: Mapping[str, Named], known: Collection[str] = ()) -> None:
    """These people, new or changed. `known`: the ids of those that are stored already."""
    write_people(transaction.connection, transaction.board.id, people, known)


def write_people(connection: Connection, board_id: int, people: Mapping[str, Named], known: Collection[str] = ()) -> None:
    """As `write_roster`, of a board that nobody has seen yet."""
    values = [{"board_id": board_id, "id": person, "name": name, "team": team} for person, (name, team) in people.items()]
    _write(connection, schema.people, values, known)


def remove_sessions(transaction: Transaction, ids: Collection[str]) -> None:
    _remove(transaction, schema.sessions, ids)


def remove_people(transaction: Transaction, ids: Collection[str]) -> None:
    _remove(transaction, schema.people, ids)


def _remove(transaction: Transaction, table: Table, ids: Collection[str]) -> None:
    statement = delete(table).where(table.c.board_id == bindparam("b_board_id"), table.c.id == bindparam("b_id"))
    if ids:
        transaction.connection.execute(statement, [{"b_board_id": transaction.board.id, "b_id": one} for one in ids])


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

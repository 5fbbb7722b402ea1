"""Simulated attendees of rehearsals, as they are stored: until when they act, and which worker acts for them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select, update

from board.data import rows, schema
from board.data.transaction import Transaction
from board.model.models import Board, Kind, NotFound, State
from board.model.simulated import HELD_MICROSECONDS, MOST_ACTS, MOST_BOARDS, NEWEST_POSTS, PLAYED_MICROSECONDS, SOME_PEOPLE

_table = schema.simulations


@dataclass(frozen=True)
class Room:
    """What simulated attendees know of their board. `people`: ids of the roster; `cards`, `questions`: ids of the newest."""

    board: Board
    people: list[str]
    cards: list[str]
    questions: list[str]


def start(connection: Connection, board_id: int, now: int) -> int:
    """From now on, for an hour; returns the end. Times in microseconds since 1970."""
    stop(connection, board_id)
    until = now + PLAYED_MICROSECONDS
    values = {"board_id": board_id, "until": until, "acts": 0, "holder": "", "held_until": 0}
    connection.execute(insert(_table).values(values))
    return until


def stop(connection: Connection, board_id: int) -> None:
    connection.execute(delete(_table).where(_table.c.board_id == board_id))


def until(connection: Connection, board_id: int, now: int) -> int | None:
    """Until when they act there; None: they do not."""
    wanted = select(_table.c.until).where(_table.c.board_id == board_id, _goes_on(now))
    found: int | None = connection.execute(wanted).scalar_one_or_none()
    return found


def boards_for(connection: Connection, worker: str, now: int) -> list[int]:
    """The boards whose simulated attendees this worker runs or may start: no other worker holds their lock."""
    wanted = select(_table.c.board_id).where(_goes_on(now), _free_for(worker, now)).order_by(_table.c.board_id)
    return list(connection.scalars(wanted.limit(MOST_BOARDS)))


def hold(transaction: Transaction, worker: str) -> None:
    """Before each act, in its transaction: the board is a rehearsal, the hour is not over or stopped, and no other worker
    holds the board. Raises `NotFound` otherwise. The worker holds it for some seconds more. A refused act takes this back."""
    board, now = transaction.board, transaction.now
    mine = and_(_table.c.board_id == board.id, _goes_on(now), _free_for(worker, now))
    values = {"holder": worker, "held_until": now + HELD_MICROSECONDS, "acts": _table.c.acts + 1}
    if board.rehearsal_of is None or not transaction.connection.execute(update(_table).where(mine).values(values)).rowcount:
        raise NotFound("board-gone")


def _goes_on(now: int) -> ColumnElement[bool]:
    return and_(_table.c.until > now, _table.c.acts < MOST_ACTS)


def _free_for(worker: str, now: int) -> ColumnElement[bool]:
    return or_(_table.c.holder == worker, _table.c.held_until <= now)


def room(connection: Connection, board_id: int) -> Room | None:
    """None: the board is gone."""
    board = rows.read_board(connection, board_id)
    if board is None:
        return None
    people = select(schema.people.c.id).where(schema.people.c.board_id == board_id).limit(SOME_PEOPLE)
    cards, questions = (_newest(connection, board_id, kind) for kind in (Kind.CARD, Kind.QUESTION))
    return Room(board, list(connection.scalars(people)), cards, questions)


def _newest(connection: Connection, board_id: int, kind: Kind) -> list[str]:
    table = schema.posts
    public = and_(table.c.board_id == board_id, table.c.kind == kind, table.c.state == State.VISIBLE)
    return list(connection.scalars(select(table.c.id).where(public).order_by(table.c.created_at.desc()).limit(NEWEST_POSTS)))

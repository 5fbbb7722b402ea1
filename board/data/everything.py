"""Everything of one board at once, and its audit trail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from board.data import consents, prepared, rows, schema
from board.model.consent import Decisions
from board.model.models import Board, Post, Session
from board.model.prepared import Prepared


class Line(NamedTuple):
    """A line of the audit trail. `at`: microseconds since 1970; `post`: a post's id."""

    at: int
    actor: str
    action: str
    post: str | None
    detail: str | None


class Logo(NamedTuple):
    """The board's picture. `digest`: the name of its content."""

    digest: str
    media_type: str
    data: bytes


@dataclass(frozen=True)
class Everything:
    """All of a board, as an export needs it."""

    board: Board
    posts: list[Post]
    sessions: list[Session]
    people: list[dict[str, Any]]
    audit: list[Line]
    logo: Logo | None
    decisions: Decisions
    merged: dict[str, int]
    """By the id of a question that was joined with another one: so many votes went there with it."""
    prepared: list[Prepared]


def everything(connection: Connection, board_id: int) -> Everything | None:
    """Posts the oldest first, people by their names. None: there is no such board."""
    board = rows.read_board(connection, board_id)
    if board is None:
        return None
    posts, people = schema.posts, schema.people
    mine = (posts.c.board_id == board_id, posts.c.text != "")  # of a text that is gone a shell is left
    found = connection.execute(rows.select_posts.where(*mine).order_by(posts.c.created_at))
    named = select(people.c.id, people.c.name, people.c.team).where(people.c.board_id == board_id).order_by(people.c.name)
    return Everything(
        board=board,
        posts=[rows.post_from(row) for row in found],
        sessions=rows.read_sessions(connection, board_id),
        people=[dict(row._mapping) for row in connection.execute(named)],
        audit=audit(connection, board_id),
        logo=_logo(connection, board_id),
        decisions=consents.decisions(connection, board_id),
        merged=_merged(connection, board_id),
        prepared=prepared.listed(connection, board_id),
    )


def _merged(connection: Connection, board_id: int) -> dict[str, int]:
    table = schema.votes.c
    wanted = select(table.merged_from, func.count()).where(table.board_id == board_id, table.merged_from.is_not(None))
    return {goes: int(votes) for goes, votes in connection.execute(wanted.group_by(table.merged_from))}


def _logo(connection: Connection, board_id: int) -> Logo | None:
    table = schema.logos
    wanted = select(table.c.digest, table.c.media_type, table.c.bytes).where(table.c.board_id == board_id)
    row = connection.execute(wanted).one_or_none()
    return Logo(*row) if row else None


def audit(connection: Connection, board_id: int, newest: int | None = None) -> list[Line]:
    """The audit trail, the oldest entry first. With a number: so many of the newest entries, the newest first."""
    table = schema.audit
    wanted = select(table.c.at, table.c.actor, table.c.action, table.c.post_id, table.c.detail)
    wanted = wanted.where(table.c.board_id == board_id)
    wanted = wanted.order_by(table.c.id) if newest is None else wanted.order_by(table.c.id.desc()).limit(newest)
    return [Line(*row) for row in connection.execute(wanted)]

"""Questions and what became of them, as the public ledger, its calendar and the morning's sheet show them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, not_

from board.data import rows, schema
from board.data.queries import page
from board.model.models import Kind, Post, State
from board.model.totals import Fate

DUE_LISTED = 500
OPEN_LISTED = 300


@dataclass(frozen=True)
class Wanted:
    """Which questions: of one fate, of one session (its id; "": of none). None: any."""

    fate: Fate | None = None
    session: str | None = None


def listed(connection: Connection, board_id: int, limit: int, before: str | None, wanted: Wanted) -> list[Post]:
    """The newest, from the one before `before` (a post's id) on. Raises `NotFound` where there is no such question."""
    table = schema.posts
    conditions = _asked()
    if wanted.fate is not None:
        conditions.append(has_fate(wanted.fate))
    if wanted.session is not None:
        conditions.append(table.c.session == wanted.session if wanted.session else table.c.session.is_(None))
    return page(connection, board_id, limit, before, *conditions, known=and_(*_asked()))


def due(connection: Connection, board_id: int) -> list[Post]:
    """Those that somebody owns until a day, the next day first."""
    table = schema.posts
    wanted = rows.select_posts.where(table.c.board_id == board_id, *_asked(), has_fate(Fate.OWNED), table.c.due.is_not(None))
    found = connection.execute(wanted.order_by(table.c.due, table.c.created_at).limit(DUE_LISTED))
    return [rows.post_from(row) for row in found]


def left_open(connection: Connection, board_id: int, before: int | None) -> list[Post]:
    """Those without an answer, open or owned, asked before this time (microseconds since 1970); the most wanted first."""
    table = schema.posts
    conditions = [*_asked(), not_(has_fate(Fate.ANSWERED)), not_(has_fate(Fate.SET_ASIDE))]
    if before is not None:
        conditions.append(table.c.created_at < before)
    wanted = rows.select_posts.where(table.c.board_id == board_id, *conditions)
    found = connection.execute(wanted.order_by(table.c.votes.desc(), table.c.created_at).limit(OPEN_LISTED))
    return [rows.post_from(row) for row in found]


def has_fate(fate: Fate) -> ColumnElement[bool]:
    """The rule of `model.totals.fate` for the database."""
    table = schema.posts
    answered, aside, owned = table.c.answered, table.c.set_aside.is_not(None), table.c.owner.is_not(None)
    return {
        Fate.ANSWERED: answered.is_(True),
        Fate.SET_ASIDE: and_(answered.is_(False), aside),
        Fate.OWNED: and_(answered.is_(False), not_(aside), owned),
        Fate.OPEN: and_(answered.is_(False), not_(aside), not_(owned)),
    }[fate]


def _asked() -> list[ColumnElement[bool]]:
    table = schema.posts
    return [table.c.state == State.VISIBLE, table.c.kind == Kind.QUESTION]

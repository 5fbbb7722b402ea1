"""What is read of a board: all that a feed begins with, what changed since, pages of posts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, literal_column, select, true

from board.data import rows, schema, tallies
from board.model import showing
from board.model.models import Board, Changes, Kind, NotFound, Post, Session, State
from board.model.totals import Totals

# What a feed is given to begin with. A snapshot has 200 cards; the rest is slack, so that hiding some of them uncovers older
# ones without reading again.
CARDS_LOADED = 300
PINNED_LOADED = 130
ANSWERED_LOADED = 150
HELD_LOADED = 250
WITHDRAWN_LOADED = 150
WAITING_LOADED = 600
QUESTIONS_LOADED = 600
VOTED_LOADED = 100
# A client that was away for no more changes than these is brought up to date without a snapshot, also after a restart.
RECENT_LOADED = 500
MAX_CHANGES = 2_000


Rank = tuple[int, int, str]
"""A question's place among others by votes: votes, time, id. The empty tuple is below each."""


class Group(StrEnum):
    """Posts of one sort; a snapshot has the newest of each, and of the older open questions those with the most votes."""

    CARDS = "cards"
    PINNED = "pinned"
    OPEN = "open"
    VOTED = "voted"
    ANSWERED = "answered"
    WAITING = "waiting"
    HELD = "held"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Loaded:
    """One board as read in one transaction: the start of a feed.

    `floor`: the changes after this seq are all among `posts`. `since`: of a group, all posts made at this time (microseconds)
    or later are among them; 0 where there are no others. `voted_above`: all open questions ranked above it are among them.
    """

    board: Board
    sessions: list[Session]
    sessions_seq: int
    posts: list[Post]
    totals: Totals
    floor: int
    since: dict[Group, int]
    voted_above: Rank | tuple[()]


def heads(connection: Connection, board_ids: Sequence[int]) -> dict[int, tuple[str, int]]:
    """Epoch and seq of each of these boards that is still there."""
    table = schema.boards
    wanted = select(table.c.id, table.c.epoch, table.c.seq).where(table.c.id.in_(board_ids), table.c.erased_at.is_(None))
    found = connection.execute(wanted)
    return {row.id: (row.epoch, row.seq) for row in found}


def load(connection: Connection, board_id: int) -> Loaded | None:
    """The board with all that a feed begins with. None: there is no such board."""
    board = rows.read_board(connection, board_id)
    if board is None:
        return None
    sessions_seq = connection.execute(select(schema.boards.c.sessions_seq).where(schema.boards.c.id == board_id)).scalar_one()
    floor = max(0, board.seq - RECENT_LOADED)
    table = schema.posts
    groups = {group: _newest_of(connection, board_id, limit, alternatives) for group, limit, alternatives in _groups()}
    since = {group: groups[group][-1].created_at if len(groups[group]) == limit else 0 for group, limit, _ in _groups()}
    voted, voted_above = _most_voted(connection, board_id, since[Group.OPEN])
    posts = [*voted, *(post for members in groups.values() for post in members)]
    recent = rows.select_posts.where(table.c.board_id == board_id, table.c.seq > floor).order_by(table.c.seq)
    posts += [rows.post_from(row) for row in connection.execute(recent.limit(RECENT_LOADED))]
    if spotlit := showing.spotlit(board):
        posts += by_ids(connection, board_id, spotlit)
    unique = {post.id: post for post in posts}
    return Loaded(
        board=board,
        sessions=rows.read_sessions(connection, board_id),
        sessions_seq=sessions_seq,
        posts=sorted(unique.values(), key=lambda post: post.seq),
        totals=Totals(tallies.shown(connection, board_id)),
        floor=floor,
        since=since | {Group.VOTED: 0},
        voted_above=voted_above,
    )


def _groups() -> list[tuple[Group, int, list[list[ColumnElement[bool]]]]]:
    """Each group with how many of it are loaded, and its conditions; for more than one state, those of each: an index gives the
    newest of one state, and would have to sort those of several."""
    table = schema.posts
    card = [table.c.state == State.VISIBLE, table.c.kind == Kind.CARD]
    question = [table.c.state == State.VISIBLE, table.c.kind == Kind.QUESTION]
    return [
        (Group.CARDS, CARDS_LOADED, [card]),
        (Group.PINNED, PINNED_LOADED, [[*card, table.c.pinned]]),
        (Group.OPEN, QUESTIONS_LOADED, [_open()]),
        (Group.ANSWERED, ANSWERED_LOADED, [[*question, table.c.answered]]),
        (Group.WAITING, WAITING_LOADED, [[table.c.state == State.PENDING]]),
        (Group.HELD, HELD_LOADED, [[table.c.state == state] for state in (State.HIDDEN, State.REJECTED)]),
        (Group.WITHDRAWN, WITHDRAWN_LOADED, [[table.c.state == State.WITHDRAWN]]),
    ]


def _newest_of(connection: Connection, board_id: int, limit: int, alternatives: list[list[ColumnElement[bool]]]) -> list[Post]:
    """The newest posts that meet the conditions of one of these lists."""
    found = [post for conditions in alternatives for post in _newest(connection, board_id, limit, *conditions)]
    return sorted(found, key=lambda post: post.created_at, reverse=True)[:limit]


def _open() -> list[ColumnElement[bool]]:
    table = schema.posts
    return [table.c.state == State.VISIBLE, table.c.kind == Kind.QUESTION, table.c.answered.is_(False)]


def _most_voted(connection: Connection, board_id: int, before: int) -> tuple[list[Post], Rank | tuple[()]]:
    """The open questions with the most votes of those made before this time (microseconds since 1970; 0: no such
    questions), and the rank: every question with a higher rank is among them."""
    if not before:
        return [], ()
    table = schema.posts
    found = connection.execute(
        rows.select_posts.where(table.c.board_id == board_id, schema.OPEN, literal_column("+created_at") < before)
        .order_by(table.c.votes.desc(), table.c.created_at.desc(), table.c.id.desc())
        .limit(VOTED_LOADED)
    )
    voted = [rows.post_from(row) for row in found]
    return voted, (rank(voted[-1]) if len(voted) == VOTED_LOADED else ())


def rank(post: Post) -> Rank:
    """Its place among questions by votes."""
    return post.votes, post.created_at, post.id


def changes_after(connection: Connection, board_id: int, after: int) -> Changes | None:
    """All that differs since seq `after`, as it is now. None: too many changes, or no such board; load it again."""
    head = connection.execute(rows.select_boards.where(schema.boards.c.id == board_id)).one_or_none()
    if head is None or head.seq - after > MAX_CHANGES:
        return None
    table = schema.posts
    found = connection.execute(rows.select_posts.where(table.c.board_id == board_id, table.c.seq > after).order_by(table.c.seq))
    posts = {row.id: rows.post_from(row) for row in found}
    board = rows.read_board(connection, board_id) if head.settings_seq > after else None
    if board and (unseen := [post_id for post_id in showing.spotlit(board) if post_id not in posts]):
        posts |= {post.id: post for post in by_ids(connection, board_id, unseen)}
    return Changes(
        board_id=board_id,
        epoch=head.epoch,
        after=after,
        to=head.seq,
        posts=sorted(posts.values(), key=lambda post: post.seq),
        board=board,
        sessions=rows.read_sessions(connection, board_id) if head.sessions_seq > after else None,
        tallies=[(list(key), count) for key, count in tallies.shown(connection, board_id).items()],
        recounted=True,
    )


def page(
    connection: Connection,
    board_id: int,
    limit: int,
    before: str | None,
    *conditions: Any,
    known: ColumnElement[bool] | None = None,
) -> list[Post]:
    """The newest posts that meet the conditions, from the one before `before` (a post's id) on. Raises `NotFound` where there
    is no such post, or none that the reader may know of."""
    if before is not None:
        conditions = (*conditions, schema.posts.c.created_at < time_of(connection, board_id, before, known))
    return _newest(connection, board_id, limit, *conditions)


def time_of(connection: Connection, board_id: int, post_id: str, known: ColumnElement[bool] | None) -> int:
    """When this post was made, in microseconds since 1970. Raises as `page` does."""
    table = schema.posts
    this = (table.c.board_id == board_id, table.c.id == post_id, true() if known is None else known)
    row = connection.execute(select(table.c.created_at).where(*this)).one_or_none()
    if row is None:
        raise NotFound("anchor-unknown")
    return int(row.created_at)


def by_ids(connection: Connection, board_id: int, ids: Sequence[str]) -> list[Post]:
    """These posts, in no order: if it is asked for the newest first, SQLite reads the whole board in that order."""
    table = schema.posts
    if not ids:
        return []
    found = connection.execute(rows.select_posts.where(table.c.board_id == board_id, table.c.id.in_(ids)))
    return [rows.post_from(row) for row in found]


def _newest(connection: Connection, board_id: int, limit: int, *conditions: Any) -> list[Post]:
    found = connection.execute(newest(board_id, limit, *conditions))
    return [rows.post_from(row) for row in found]


def newest(board_id: int, limit: int, *conditions: Any) -> Select[Any]:
    """The statement for the newest posts that meet the conditions."""
    table = schema.posts
    return rows.select_posts.where(table.c.board_id == board_id, *conditions).order_by(table.c.created_at.desc()).limit(limit)

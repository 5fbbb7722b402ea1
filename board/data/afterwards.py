"""What pages of afterwards are made of: visible posts, the roster, typed names and decisions, as they stand at one moment."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, select

from board.data import consents, rows, schema
from board.model.consent import Decisions
from board.model.keepsakes import Names
from board.model.models import Board, NotFound, Post, State

POSTS_MOST = 20_000
"""A board beyond this is shown by its newest ones."""


class Version(NamedTuple):
    """While it is the same, so are the posts."""

    board_id: int
    epoch: str
    seq: int


class Gathered(NamedTuple):
    """Posts stand the oldest first."""

    version: Version
    board: Board
    posts: list[Post]
    names: Names
    decisions: Decisions


def gathered(connection: Connection, board_id: int, kept: Gathered | None = None) -> Gathered:
    """`kept`: what was read before; its posts are taken where nothing has changed. Decisions and names are always read, in the
    same transaction: somebody who refuses is on no page from then on. Raises `NotFound`."""
    board = rows.read_board(connection, board_id)
    if board is None:
        raise NotFound("board-gone")
    version = Version(board.id, board.epoch, board.seq)
    posts = kept.posts if kept and kept.version == version else _posts(connection, board_id)
    return Gathered(version, board, posts, _names(connection, board_id), consents.decisions(connection, board_id))


def _posts(connection: Connection, board_id: int) -> list[Post]:
    table = schema.posts
    wanted = rows.select_posts.where(table.c.board_id == board_id, table.c.state == State.VISIBLE)
    newest = connection.execute(wanted.order_by(table.c.created_at.desc(), table.c.id).limit(POSTS_MOST))
    return [rows.post_from(row) for row in newest][::-1]


def _names(connection: Connection, board_id: int) -> Names:
    table = schema.participants
    named = select(table).where(table.c.board_id == board_id, table.c.name.is_not(None))
    phones = [rows.participant_from(row) for row in connection.execute(named)]
    return Names(rows.roster(connection, board_id), phones)

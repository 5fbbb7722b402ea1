"""The votes of two questions that become one: one a phone, and apart again as they were."""

from __future__ import annotations

from sqlalchemy import ColumnElement, delete, exists, func, insert, literal, select

from board.data import schema
from board.data.transaction import Transaction
from board.model.models import Post


def unite(transaction: Transaction, goes: Post, stays: Post) -> int:
    """Adds the votes of the question `goes` to the question `stays`, of phones without a vote there. Returns how many."""
    votes, there = schema.votes, schema.votes.alias()
    board_id = transaction.board.id
    voted = exists().where(
        there.c.board_id == board_id, there.c.post_id == stays.id, there.c.participant == votes.c.participant
    )
    wanted = select(
        votes.c.board_id, literal(stays.id).label("post_id"), votes.c.participant, votes.c.came_at, literal(goes.id)
    ).where(votes.c.board_id == board_id, votes.c.post_id == goes.id, ~voted)
    columns = ["board_id", "post_id", "participant", "came_at", "merged_from"]
    transaction.connection.execute(insert(votes).from_select(columns, wanted))
    return _theirs(transaction, goes, stays)


def part(transaction: Transaction, goes: Post, stays: Post) -> int:
    """Takes these votes back again, as far as their phones have not done so. Returns how many."""
    count = _theirs(transaction, goes, stays)
    transaction.connection.execute(delete(schema.votes).where(*_came_with(transaction, goes, stays)))
    return count


def _theirs(transaction: Transaction, goes: Post, stays: Post) -> int:
    counted = select(func.count()).select_from(schema.votes).where(*_came_with(transaction, goes, stays))
    return int(transaction.connection.execute(counted).scalar_one())


def _came_with(transaction: Transaction, goes: Post, stays: Post) -> list[ColumnElement[bool]]:
    votes = schema.votes.c
    return [votes.board_id == transaction.board.id, votes.post_id == stays.id, votes.merged_from == goes.id]


def joined_with(transaction: Transaction, post: Post) -> list[Post]:
    """The questions that were joined with this one, as this transaction sees them."""
    table = schema.posts.c
    wanted = select(table.id).where(table.board_id == transaction.board.id, table.merged_into == post.id)
    ids = transaction.connection.execute(wanted.order_by(table.created_at)).scalars().all()
    posts = [transaction.post(post_id) for post_id in ids]
    return [one for one in posts if one is not None and one.merged_into == post.id]

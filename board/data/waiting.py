"""Questions of one session that wait for the microphone, and the one that is being answered: read by an index of few posts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from board.data import schema
from board.data.transaction import Transaction
from board.model.models import Post, State


def waiting(transaction: Transaction, session_id: str, at_most: int) -> list[Post]:
    """Those that wait for the microphone, public or still to be approved."""
    table = schema.posts
    undecided = (table.c.answered.is_(False), table.c.owner.is_(None), table.c.set_aside.is_(None))
    open_ones = (table.c.voice, *undecided, table.c.state.in_((State.VISIBLE, State.PENDING)))
    return _found(transaction, table.c.session == session_id, *open_ones, at_most=at_most)


def taken(transaction: Transaction, session_id: str) -> list[Post]:
    """The one that is being answered; several, where two were taken up in one batch."""
    table = schema.posts
    return _found(transaction, table.c.session == session_id, table.c.taken_at.is_not(None), at_most=100)


def _found(transaction: Transaction, *conditions: Any, at_most: int) -> list[Post]:
    table = schema.posts
    wanted = select(table.c.id).where(table.c.board_id == transaction.board.id, *conditions).limit(at_most)
    ids = transaction.connection.execute(wanted).scalars().all()
    return [post for post_id in ids if (post := transaction.post(post_id)) is not None]

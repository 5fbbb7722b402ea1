"""Rules that several actions share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from board.data.transaction import Transaction
from board.model import blocking, scenes
from board.model.models import Board, Closed, Invalid, NotFound, Post, State
from board.model.showing import redrawn


def refuse_muted(transaction: Transaction, participants: Sequence[str]) -> None:
    """Muted is the phone, under both of its ids. Moderators see the one that they muted: only the phone itself has both."""
    if any(transaction.participant(participant).muted for participant in participants):
        raise Closed("posting-muted")


def known_theme(board: Board, wanted: str | None) -> str | None:
    if wanted is None:
        return None
    theme = board.theme(wanted)
    if theme is None:
        raise Invalid("theme-unknown", field="theme")
    return theme.id


def known_post(transaction: Transaction, post_id: str) -> Post:
    post = transaction.post(post_id)
    if post is None:
        raise NotFound("post-unknown")
    return post


def public_post(transaction: Transaction, post_id: str) -> Post:
    post = known_post(transaction, post_id)
    if post.state is not State.VISIBLE:
        raise NotFound("post-unknown")
    return post


def blocked_words(board: Board, post: Post) -> list[str]:
    """Those in what its author wrote: its text, and names that are typed freely."""
    return blocking.found(board.blocked_words, (post.text, post.author_name, *(to.name for to in post.to)))


def waiting_for(transaction: Transaction, post: Post) -> Post:
    """A new post, `pending` where a moderator is to see it first. Whom a moderator trusts waits for no approval; everybody
    waits for a blocked word, and while the board is frozen. Trust is of the id under which the post is made: else it would tell
    which posts without a name are of the same phone."""
    board = transaction.board
    blocked = blocked_words(board, post)
    unapproved = board.premoderates(post.kind) and not transaction.participant(post.participant).trusted
    state = State.PENDING if board.frozen or blocked or unapproved else State.VISIBLE
    return msgspec.structs.replace(post, state=state, published=state is State.VISIBLE, blocked=blocked)


def off_stage(post: Post) -> dict[str, Any]:
    """What else changes of a question that is answered, or leaves the board or its session: nobody answers it now."""
    return {} if post.taken_at is None else {"taken_at": None}


def clear_spotlight(transaction: Transaction, post: Post) -> None:
    """A post that leaves the board, or is answered, leaves every screen in the same transaction."""
    changes = redrawn(transaction.settings, lambda screen: scenes.resumed(screen) if screen.post == post.id else screen)
    if changes:
        transaction.change_board(**changes)

"""Rules that several actions share."""

from __future__ import annotations

from collections.abc import Sequence

from board.data.transaction import Transaction
from board.model import scenes
from board.model.blocking import is_blocked
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


def holds_blocked_word(board: Board, post: Post) -> bool:
    """In what its author wrote: its text, and names that are typed freely."""
    return is_blocked(board.blocked_words, (post.text, post.author_name, *(to.name for to in post.to)))


def clear_spotlight(transaction: Transaction, post: Post) -> None:
    """A post that leaves the board, or is answered, leaves every screen in the same transaction."""
    changes = redrawn(transaction.settings, lambda screen: scenes.resumed(screen) if screen.post == post.id else screen)
    if changes:
        transaction.change_board(**changes)

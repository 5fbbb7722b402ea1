"""Undoing an approval: the one way from the board back to those who wait. Pure: the time is passed in."""

from __future__ import annotations

from collections.abc import Callable

from board.model.models import UNDO_SECONDS, Actor, Conflict, Post, State


def is_undo(post: Post, state: State) -> bool:
    return post.state is State.VISIBLE and state is State.PENDING


def may_undo(post: Post, actor: Actor, seconds_since: Callable[[int], float]) -> bool:
    """Whether this moderator has just approved the post, and nobody else has acted on it since.

    `seconds_since` a time in microseconds, whatever the system's clock did meanwhile. `approved_at` is in the database, so any
    worker can tell.
    """
    if post.approved_at is None or post.moderated_by != actor.name:
        return False
    return seconds_since(post.approved_at) <= UNDO_SECONDS


def kept(post: Post, actor: Actor) -> dict[str, int | None]:
    """What a change by this moderator leaves of the approval: own acts (a pin, taken off again) do not end it."""
    return {"approved_at": post.approved_at if post.moderated_by == actor.name else None}


def refusal(post: Post, state: State) -> Conflict:
    """Why the post cannot go there, for the moderator."""
    if post.merged_into is not None:
        return Conflict("post-joined", post=post)
    if is_undo(post, state):
        return Conflict("undo-too-late", post=post, seconds=UNDO_SECONDS)
    return Conflict("state-not-reachable", post=post, now=post.state.value, wanted=state.value)

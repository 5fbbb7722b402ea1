"""How much of a commit the workers send each other. Pure."""

from __future__ import annotations

from board.model.models import Changes

# A batch of the store has no more commands, so it takes one command that changes many.
POSTS_A_MESSAGE = 512


def announced(changes: Changes) -> Changes:
    """What workers send each other about a commit: all its rows. A commit that would hold up the event loop is announced only
    as a gap: each worker reads it from the store and applies it to a fork of its feed, in a thread."""
    if len(changes.posts) <= POSTS_A_MESSAGE:
        return changes
    return Changes(changes.board_id, changes.epoch, after=changes.to, to=changes.to)

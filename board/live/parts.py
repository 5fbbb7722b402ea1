"""Large changes in parts, one after the other: what others wait for is never further away than one of them. Pure."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from board.model.models import Changes

# A batch of the store has no more commands, so it takes one command that changes many.
POSTS_TOLD = 512


def announced(changes: Changes) -> Changes:
    """What workers send each other about a commit: all its rows. A commit that would hold up the event loop is announced only
    as a gap: each worker reads it from the store, in a thread, and applies it step by step."""
    if len(changes.posts) <= POSTS_TOLD:
        return changes
    return Changes(changes.board_id, changes.epoch, after=changes.to, to=changes.to)


def parted(changes: Changes, most: int) -> Iterator[Changes]:
    """The same changes, each part going on where the last one ended, with at most so many posts. Applied in turn, they come to
    the same; settings and agenda are in the last part, because their own seqs are not sent."""
    posts, after, told = changes.posts, changes.after, 0
    while len(posts) - told > most:
        part = posts[told : told + most]
        yield Changes(changes.board_id, changes.epoch, after, part[-1].seq, part)
        after, told = part[-1].seq, told + most
    yield msgspec.structs.replace(changes, after=after, posts=posts[told:])

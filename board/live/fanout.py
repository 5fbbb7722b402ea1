"""One message to many: the same bytes to everyone who has all that went before, a catch-up of one's own to the others.

A shard is a part of one board's viewers on this worker, small enough to be written to in one go. A viewer that takes all that
is written is in `direct`, as a file descriptor and nothing else: writing to it costs little more than the system call. A viewer
that does not take it at once, or that has no descriptor (Server-Sent Events), is in `others`, with its own cursor, and gets
fewer, larger, newer frames. So there is no queue a viewer, and a slow phone costs nobody anything.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from board.live.feed import Cursor, Feed
from board.live.frames import Frame
from board.model.models import Audience

# Writing to so many takes some 5 ms; posts and other requests come in between two shards.
SHARD_VIEWERS = 1_000
# More than this in user space and a viewer that queues by itself is skipped, to be given one newer frame later.
BUFFER_BYTES = 64 * 1024
STUCK_SECONDS = 10.0


class ViewerKind(StrEnum):
    PHONE = "phone"
    SCREEN = "screen"
    STAGE = "stage"
    MODERATOR = "moderator"


class Viewer(Protocol):
    """A connection: its viewer, and a way to write."""

    kind: ViewerKind
    audience: Audience
    participants: tuple[str, ...]
    link_id: str | None
    name: str
    screen: str
    """The id of the large screen whose scene it draws; "": the first one's, as phones have it. Of a stage: see
    `showing.stage_of`."""
    place: str
    """Its network address, as `access` groups addresses."""
    cursor: Cursor | None
    """What the viewer had when it came."""
    applied: int
    shard: Shard | None

    @property
    def descriptor(self) -> int | None:
        """Where raw frames may be written while nothing is buffered."""

    @property
    def buffered(self) -> int:
        """Bytes that wait in user space."""

    def push(self, frame: Frame) -> None: ...

    def push_rest(self, raw: bytes) -> None:
        """The part of a raw frame that the descriptor did not take."""

    def close(self, code: int, reason: str) -> None: ...


# No feed knows this cursor: what comes after it is a snapshot.
NOWHERE = Cursor("", -1)


@dataclass
class Other:
    """A viewer that cannot be written to directly just now."""

    cursor: Cursor
    since: float | None = None
    """When it was first seen not to take what it was given."""


class Shard:
    def __init__(self, feed: Feed, audience: Audience, screen: str = "") -> None:
        """`screen`: as of its viewers."""
        self._feed = feed
        self.audience, self.screen = audience, screen
        self.sent = feed.cursor
        self._afresh_from = feed.afresh_from(audience)
        self.direct: dict[Viewer, int] = {}
        self.others: dict[Viewer, Other] = {}

    def __len__(self) -> int:
        return len(self.direct) + len(self.others)

    def __iter__(self) -> Iterator[Viewer]:
        yield from self.direct
        yield from self.others

    def join(self, viewer: Viewer) -> None:
        """Brings a viewer up to date and keeps it so, in one step: nothing can happen in between."""
        viewer.shard = self
        viewer.push(self.frame_after(None if self.audience in self._feed.short else viewer.cursor))
        self._place(viewer, Other(self._feed.cursor))

    def leave(self, viewer: Viewer) -> None:
        viewer.shard = None
        self.direct.pop(viewer, None)
        self.others.pop(viewer, None)

    def stalled(self, viewer: Viewer, now: float) -> None:
        """Something waits in user space: writing to the descriptor now would overtake it."""
        if self.direct.pop(viewer, None) is not None:
            self.others[viewer] = Other(self.sent, since=now)

    def flush(self, now: float) -> None:
        """Sends all viewers what is new."""
        before, self.sent = self.sent, self._feed.cursor
        # Posts ran out and were read again. Viewers that have the present seq got it when posts were missing.
        afresh = self._feed.afresh_from(self.audience) > self._afresh_from
        self._afresh_from = self._feed.afresh_from(self.audience)
        if afresh:
            for other in self.others.values():
                other.cursor = NOWHERE
        if self.direct and (afresh or before != self.sent):
            self._write(self.frame_after(before), now)
        self.catch_up()

    def send(self, frame: Frame, now: float) -> None:
        """A frame without contents of the board: it may be lost without harm."""
        others = list(self.others)
        self._write(frame, now)
        for viewer in others:
            if viewer.buffered <= BUFFER_BYTES:
                viewer.push(frame)

    def _write(self, frame: Frame, now: float) -> None:
        raw, size, write = frame.raw, len(frame.raw), os.write
        short: list[tuple[Viewer, int]] = []
        for viewer, descriptor in self.direct.items():
            try:
                written = write(descriptor, raw)
            except OSError:  # full, or gone: then its transport will find out
                written = 0
            if written != size:
                short.append((viewer, written))
        for viewer, written in short:
            del self.direct[viewer]
            self.others[viewer] = Other(self.sent, since=now)
            viewer.push_rest(raw[written:])

    def catch_up(self) -> None:
        """Gives those who can take it again all that they missed, as one frame."""
        for viewer, other in list(self.others.items()):
            if viewer.buffered > (BUFFER_BYTES if viewer.descriptor is None else 0):
                continue
            if not viewer.buffered:
                other.since = None
            if self._is_behind(other.cursor):
                viewer.push(self.frame_after(other.cursor))
                other.cursor = self._feed.cursor
            self._place(viewer, other)

    def _is_behind(self, cursor: Cursor) -> bool:
        """Whether it is behind the other viewers. What was not sent to anybody yet does not count: it is still being
        gathered."""
        return cursor != self._feed.cursor and (cursor.epoch != self.sent.epoch or cursor.seq < self.sent.seq)

    def _place(self, viewer: Viewer, other: Other) -> None:
        if viewer.descriptor is not None and not viewer.buffered and other.cursor == self.sent:
            self.others.pop(viewer, None)
            self.direct[viewer] = viewer.descriptor
        else:
            self.others[viewer] = other

    def stuck(self, now: float) -> list[Viewer]:
        """The viewers that have not taken what was written for too long."""
        stuck = []
        for viewer, other in self.others.items():
            if not viewer.buffered:
                other.since = None
            elif other.since is None:
                other.since = now
            elif now - other.since > STUCK_SECONDS:
                stuck.append(viewer)
        return stuck

    def frame_after(self, cursor: Cursor | None) -> Frame:
        seq, epoch = self._feed.board.seq, self._feed.epoch_for(self.audience)
        return Frame(self._feed.after(cursor, self.audience, self.screen), seq, epoch)

"""Connections to a hub as the server has them, and the people behind them, who follow, stop reading, leave and come back."""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
from collections.abc import Callable
from typing import Any

from board.live.channel import Channel
from board.live.fanout import Shard, ViewerKind
from board.live.feed import Cursor
from board.live.frames import Frame
from board.live.hub import Hub
from board.model.models import Audience, Close, NotFound, StorageDown
from tests.law.acts import HALL
from tests.law.truth import Client, Json

# The smallest that Linux gives, so that it is full after a few frames.
PIPE_BYTES = 4096


class LawViewer:
    """What sockets and event streams have in common."""

    descriptor: int | None = None
    buffered = 0

    def __init__(self, kind: ViewerKind, cursor: Cursor | None, participants: tuple[str, ...], link_id: str | None) -> None:
        self.kind, self.cursor, self.participants, self.link_id = kind, cursor, participants, link_id
        self.audience = Audience.MODERATORS if kind is ViewerKind.MODERATOR else Audience.PUBLIC
        self.name, self.place, self.screen = link_id or "", "1.2.3.4", ""
        self.applied = -1
        self.shard: Shard | None = None
        self.closed: int | None = None

    def close(self, code: int, reason: str) -> None:
        self.closed = code

    def push(self, frame: Frame) -> None:
        raise NotImplementedError

    def push_rest(self, raw: bytes) -> None:
        raise NotImplementedError

    def taken(self) -> list[bytes]:
        """The frames that have come: JSON."""
        raise NotImplementedError

    def end(self) -> None:
        """The connection is over."""


class StreamViewer(LawViewer):
    """As Server-Sent Events."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._waiting: list[bytes] = []

    def push(self, frame: Frame) -> None:
        self._waiting.append(frame.json)
        self.buffered += len(frame.json)

    def taken(self) -> list[bytes]:
        taken, self._waiting, self.buffered = self._waiting, [], 0
        return taken


class PipeViewer(LawViewer):
    """As a socket: raw frames are written to a descriptor, and what it does not take waits in user space."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._read, self._write = os.pipe()
        for end in (self._read, self._write):
            os.set_blocking(end, False)
        fcntl.fcntl(self._write, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        self._buffer = self._came = b""
        self.channel: Channel | None = None

    @property
    def descriptor(self) -> int:  # type: ignore[override]
        return self._write

    @property
    def buffered(self) -> int:  # type: ignore[override]
        return len(self._buffer)

    def push(self, frame: Frame) -> None:
        self.push_rest(frame.raw)

    def push_rest(self, raw: bytes) -> None:
        waited = bool(self._buffer)
        self._buffer += raw
        self._drain()
        if self._buffer and not waited and self.channel is not None:
            self.channel.stalled(self)

    def _drain(self) -> None:
        while self._buffer:
            try:
                self._buffer = self._buffer[os.write(self._write, self._buffer[:PIPE_BYTES]) :]
            except BlockingIOError:
                return

    def taken(self) -> list[bytes]:
        while self._came_more():
            self._drain()
        frames = []
        while (frame := self._first()) is not None:
            frames.append(frame)
        return frames

    def _came_more(self) -> bool:
        try:
            came = os.read(self._read, 2 * PIPE_BYTES)
        except BlockingIOError:
            return False
        self._came += came
        return True

    def _first(self) -> bytes | None:
        """The next text frame (RFC 6455, 5.2), if all of it is there."""
        data = self._came
        if len(data) < 2:
            return None
        assert data[0] == 0x81, "no text frame: something was written in the middle of another"
        start, size = 2, data[1]
        if size >= 126:
            start = 4 if size == 126 else 10
            size = int.from_bytes(data[2:start], "big")
        if len(data) < start + size:
            return None
        self._came = data[start + size :]
        return data[start : start + size]

    def end(self) -> None:
        os.close(self._read)
        os.close(self._write)


class Person:
    """A page: it has one connection at a time, and comes back when the close code says so."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        kind: ViewerKind,
        shape: type[LawViewer],
        participants: tuple[str, ...],
        link_id: str | None,
        mine: Callable[[tuple[str, ...]], Json],
    ) -> None:
        """`mine` reads the own posts, as a page does at each connection."""
        self._loop = loop
        self.kind, self.shape, self.participants, self.link_id = kind, shape, participants, link_id
        self.screen = HALL.id if kind is ViewerKind.SCREEN else ""
        self.client = Client(Audience.MODERATORS if kind is ViewerKind.MODERATOR else Audience.PUBLIC, screen=self.screen)
        self.slow = False
        self.refused: int | None = None
        """Why it may not come back."""
        self.viewer: LawViewer | None = None
        self.channel: Channel | None = None
        self.mine: Json = {}
        self.online: int | None = None
        self._read_mine = mine
        self.coming: asyncio.Task[None] | None = None

    @property
    def connected(self) -> bool:
        return self.viewer is not None and self.viewer.closed is None

    def come(self, hub: Hub, board_id: int, pause_seconds: float = 0.0, afresh: bool = False) -> None:
        """Connects, from where it is. `pause_seconds`: the handshake."""
        if self.coming is None and self.viewer is None and self.refused is None:
            if afresh:
                self.client = Client(self.client.audience, screen=self.screen)
            self.coming = self._loop.create_task(self._come(hub, board_id, pause_seconds))

    async def _come(self, hub: Hub, board_id: int, pause_seconds: float) -> None:
        try:
            channel = await hub.reaching(await hub.open(board_id), self.client.cursor)
            viewer = self.shape(self.kind, self.client.cursor, self.participants, self.link_id)
            viewer.screen = self.screen
            await asyncio.sleep(pause_seconds)
            if isinstance(viewer, PipeViewer):
                viewer.channel = channel
            channel.join(viewer)
            self.viewer, self.channel = viewer, channel
            self.mine = self._read_mine(self.participants)
        except NotFound:
            self.refused = Close.NO_BOARD
        except StorageDown:
            pass  # it tries again
        finally:
            self.coming = None

    def go(self) -> None:
        if self.viewer is not None:
            assert self.channel is not None
            self.channel.leave(self.viewer)
            self.viewer.end()
            self.viewer = self.channel = None

    def hear(self, check: Callable[[Person, bytes, Cursor | None], None]) -> None:
        """Takes what has come. `check` is called after each frame about the board, with where the page was before it."""
        if self.viewer is None:
            return
        for raw in self.viewer.taken():
            frame = json.loads(raw)
            if frame["type"] in ("snapshot", "changes"):
                before = self.client.cursor
                if frame["type"] == "changes":
                    assert before is not None
                    assert frame["after"] == before.seq, "changes that do not begin where the client is"
                self.client = self.client.after(frame)
                if frame["type"] == "snapshot":  # what was said to the author alone may be missing
                    self.mine = self._read_mine(self.participants)
                check(self, raw, before)
            elif frame["type"] == "mine":
                self.mine |= {post["id"]: post for post in frame["posts"]}
            elif frame["type"] == "presence":
                self.online = frame["online"]
        if self.viewer.closed is not None:
            code = self.viewer.closed
            self.go()
            if code in (Close.NOT_ALLOWED, Close.NO_BOARD):
                self.refused = code

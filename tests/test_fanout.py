"""A shard and real descriptors: who reads gets the same bytes at once, who does not is caught up later, and nothing is torn."""

from __future__ import annotations

import fcntl
import json
import socket
import struct
import termios
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from itertools import pairwise

import pytest

from board.data.queries import Loaded, load
from board.data.store import Store
from board.live.fanout import BUFFER_BYTES, STUCK_SECONDS, Shard, ViewerKind
from board.live.feed import Cursor, Feed
from board.live.frames import Frame
from board.model.models import Audience
from tests import boards
from tests.people import Json

# So little that one long frame is more than the kernel takes.
KERNEL_BYTES = 4096
LONG_TEXT = "You got managers and workers of four factories round one table. " * 4


class Phone:
    """Two ends of a socket: the server's, handled as its transport does, and the phone's, which the test may leave unread."""

    kind = ViewerKind.PHONE
    audience = Audience.PUBLIC
    participants: tuple[str, ...] = ()
    link_id = None
    name = ""
    applied = -1

    def __init__(self, shard: Shard, cursor: Cursor | None = None) -> None:
        self.cursor, self.shard = cursor, None
        self._shard = shard
        self._server, self.client = tcp_pair()
        self._waiting = bytearray()
        self._read = bytearray()

    @property
    def descriptor(self) -> int:
        return self._server.fileno()

    @property
    def buffered(self) -> int:
        return len(self._waiting)

    def push(self, frame: Frame) -> None:
        self.push_rest(frame.raw)

    def push_rest(self, raw: bytes) -> None:
        self._waiting += raw
        self.send_waiting()
        if self._waiting:
            self._shard.stalled(self, 0.0)

    def send_waiting(self) -> None:
        try:
            while self._waiting:
                del self._waiting[: self._server.send(self._waiting)]
        except BlockingIOError:
            pass

    def close(self, code: int, reason: str) -> None:
        raise AssertionError("nobody asked for that")

    def read(self) -> list[Json]:
        """Whole frames only: what was torn would not be JSON."""
        quiet = False
        while not quiet:
            try:
                self._read += self.client.recv(65_536)
            except BlockingIOError:
                quiet = not self._waiting and not self._on_the_way()
                self.send_waiting()
        frames = []
        while self._read:
            assert self._read[0] == 0x81, "a text frame, whole"
            bytes_of_size = {126: 2, 127: 8}.get(self._read[1], 0)
            begin = 2 + bytes_of_size
            size = int.from_bytes(self._read[2:begin], "big") if bytes_of_size else self._read[1]
            frames.append(json.loads(self._read[begin : begin + size]))
            del self._read[: begin + size]
        return frames

    def _on_the_way(self) -> int:
        """Bytes in the kernel that have not arrived yet: after a full buffer TCP waits a moment before it sends again."""
        return struct.unpack("i", fcntl.ioctl(self._server, termios.TIOCOUTQ, b"\0" * 4))[0]

    def received(self, part: bytes) -> None:
        self._read += part

    def hang_up(self) -> None:
        self._server.close()
        self.client.close()


def tcp_pair() -> tuple[socket.socket, socket.socket]:
    """Two ends of a connection whose buffers are small: only TCP takes a part of what is written."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, KERNEL_BYTES)
        client.connect(listener.getsockname())
        server, _ = listener.accept()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BYTES)
    for end in (server, client):
        end.setblocking(False)
    return server, client


class Board:
    """A board in a real store, its feed, and one shard."""

    def __init__(self, store: Store, board_id: int, feed: Feed) -> None:
        self._store, self._board_id = store, board_id
        self.feed = feed
        self.shard = Shard(feed, Audience.PUBLIC)
        store.listeners[:] = [lambda changes: self._apply(feed.apply(changes))]

    @staticmethod
    def _apply(applied: bool) -> None:
        assert applied

    def loaded(self) -> Loaded:
        loaded = self._store.read_now(lambda connection: load(connection, self._board_id))
        assert loaded is not None
        return loaded

    async def post(self, text: str = "You taught me to listen.") -> str:
        return (await boards.submit(self._store, self._board_id, boards.card(text))).id


@pytest.fixture
async def board(sqlite_url: str) -> AsyncIterator[Board]:
    async with boards.opened(sqlite_url) as store:
        board_id = await boards.new_board(store)
        loaded = await store.read(lambda connection: load(connection, board_id))
        assert loaded
        yield Board(store, board_id, Feed(loaded))


@pytest.fixture
def hall() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def enter(hall: ExitStack, board: Board, cursor: Cursor | None = None) -> Phone:
    phone = Phone(board.shard, cursor)
    hall.callback(phone.hang_up)
    board.shard.join(phone)
    return phone


async def test_all_viewers_get_the_same_frames_in_order(board: Board, hall: ExitStack) -> None:
    phones = [enter(hall, board) for _ in range(5)]
    assert all([frame["type"] for frame in phone.read()] == ["snapshot"] for phone in phones)
    assert board.shard.direct.keys() == set(phones)
    for _ in range(3):
        await board.post()
        board.shard.flush(0.0)
    delivered = [phone.read() for phone in phones]
    assert [(frame["after"], frame["to"]) for frame in delivered[0]] == [(0, 1), (1, 2), (2, 3)]
    assert all(one == delivered[0] for one in delivered)


async def test_a_viewer_that_left_gets_no_more_frames(board: Board, hall: ExitStack) -> None:
    stays, leaves = enter(hall, board), enter(hall, board)
    leaves.read()
    board.shard.leave(leaves)
    await board.post()
    board.shard.flush(0.0)
    assert [frame["type"] for frame in stays.read()] == ["snapshot", "changes"]
    assert leaves.read() == []
    assert len(board.shard) == 1


async def test_a_viewer_that_joins_between_two_flushes_gets_each_change_once(board: Board, hall: ExitStack) -> None:
    first = enter(hall, board)
    await board.post()
    second = enter(hall, board)
    assert second in board.shard.others
    await board.post()
    board.shard.flush(0.0)
    assert [(frame.get("after"), frame.get("to")) for frame in first.read()] == [(None, None), (0, 2)]
    snapshot, changes = second.read()
    assert (snapshot["seq"], changes["after"], changes["to"]) == (1, 1, 2)
    assert board.shard.direct.keys() == {first, second}


async def test_after_a_refill_each_viewer_gets_one_snapshot_even_without_a_new_number(board: Board, hall: ExitStack) -> None:
    direct, aside = enter(hall, board), enter(hall, board)
    board.shard.stalled(aside, 0.0)
    delivered = [(phone, phone.read()) for phone in (direct, aside)]
    board.feed.start_afresh(Audience.PUBLIC)
    board.feed.reset(board.loaded())  # and again, before any frame was sent
    for _ in range(2):
        board.shard.flush(0.0)
    for phone, before in delivered:
        assert [frame["seq"] for frame in phone.read() if frame["type"] == "snapshot"] == [before[-1]["seq"]]
    assert board.shard.direct.keys() == {direct, aside}


async def test_a_viewer_that_does_not_read_later_gets_one_newer_frame(board: Board, hall: ExitStack) -> None:
    reads, sleeps = enter(hall, board), enter(hall, board)
    delivered = reads.read()
    for _ in range(40):
        await board.post(LONG_TEXT)
        board.shard.flush(1.0)
        delivered += reads.read()
    assert sleeps in board.shard.others
    assert reads in board.shard.direct
    assert [frame["to"] for frame in delivered[1:]] == list(range(1, 41)), "nobody waits for a sleeper"
    waiting = sleeps.buffered
    await board.post(LONG_TEXT)
    board.shard.flush(1.0)
    assert sleeps.buffered == waiting, "nothing is queued for it"

    caught_up = sleeps.read()
    board.shard.catch_up()
    caught_up += sleeps.read()
    assert all(earlier["to"] == later["after"] for earlier, later in pairwise(caught_up[1:]))
    assert caught_up[-1]["to"] == board.feed.board.seq
    assert len(caught_up) < len(delivered), "fewer, larger, newer"
    board.shard.catch_up()
    assert sleeps in board.shard.direct
    await board.post()
    board.shard.flush(1.0)
    assert [(frame["after"], frame["to"]) for frame in sleeps.read()] == [(41, 42)]


async def test_the_rest_of_a_partly_sent_frame_follows(board: Board, hall: ExitStack) -> None:
    phone = enter(hall, board)
    phone.read()
    for _ in range(200):
        await board.post(LONG_TEXT)
    board.shard.flush(0.0)
    assert phone in board.shard.others
    assert 0 < phone.buffered < len(board.shard.frame_after(Cursor(board.feed.board.epoch, 0)).raw), "a part of it"
    assert [(frame["after"], frame["to"]) for frame in phone.read()] == [(0, 200)]


async def test_no_frame_overtakes_one_that_waits_in_user_space(board: Board, hall: ExitStack) -> None:
    phone = enter(hall, board)
    aside = Frame(json.dumps({"type": "mine", "posts": [], "padding": "x" * 3_000}).encode())
    while not phone.buffered:
        phone.push(aside)
    part = phone.client.recv(5_000)  # now the kernel has room again, and the rest of a frame still waits
    await board.post()
    board.shard.flush(0.0)
    phone.received(part)
    frames = phone.read()
    board.shard.catch_up()
    frames += phone.read()
    assert frames[0]["type"] == "snapshot"
    assert {frame["type"] for frame in frames[1:-1]} == {"mine"}
    assert frames[-1]["to"] == 1


async def test_a_presence_frame_reaches_each_viewer_once_and_skips_viewers_far_behind(board: Board, hall: ExitStack) -> None:
    reads, part, sleeps = enter(hall, board), enter(hall, board), enter(hall, board)
    aside = Frame(json.dumps({"type": "presence", "online": 3, "padding": "x" * 3_000}).encode())
    sent = 0
    while part in board.shard.direct:  # until the kernel has taken a part only
        board.shard.send(aside, 0.0)
        reads.read()
        sent += 1
    assert [frame["type"] for frame in part.read()] == ["snapshot", *["presence"] * sent]
    while sleeps.buffered <= BUFFER_BYTES:
        sleeps.push(aside)
    waiting = sleeps.buffered
    board.shard.send(aside, 0.0)
    assert sleeps.buffered == waiting, "nothing is queued for one who has enough to read"
    assert [frame["type"] for frame in reads.read()] == ["presence"]
    await board.post()
    board.shard.flush(0.0)
    assert [(frame["after"], frame["to"]) for frame in reads.read()] == [(0, 1)], "cursors have not moved"


async def test_a_viewer_that_reads_nothing_for_ten_seconds_counts_as_stuck(board: Board, hall: ExitStack) -> None:
    reads, sleeps = enter(hall, board), enter(hall, board)
    for _ in range(40):
        await board.post(LONG_TEXT)
        board.shard.flush(100.0)
        reads.read()
    assert board.shard.stuck(100.0 + STUCK_SECONDS / 2) == []
    assert board.shard.stuck(100.1 + STUCK_SECONDS) == [sleeps]
    sleeps.read()
    board.shard.catch_up()
    assert board.shard.stuck(101.0 + 2 * STUCK_SECONDS) == []


async def test_a_closed_descriptor_does_not_affect_other_viewers(board: Board, hall: ExitStack) -> None:
    gone, here = enter(hall, board), enter(hall, board)
    here.read()
    gone.client.close()
    gone.push_rest = lambda raw: None  # type: ignore[method-assign]  # a transport that notices drops what it is given
    await board.post()
    board.shard.flush(0.0)
    assert [frame["to"] for frame in here.read()] == [1]
    board.shard.leave(gone)
    await board.post()
    board.shard.flush(0.0)
    assert [frame["to"] for frame in here.read()] == [2]

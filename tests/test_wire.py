"""Our WebSocket class, under the real server: frames to the byte, clients that do not read, clients that talk, and the end."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.client import ClientProtocol
from websockets.frames import Frame as WebSocketFrame
from websockets.frames import Opcode
from websockets.uri import parse_uri

from board.live.frames import text_frame
from board.model.models import Close
from tests import servers
from tests.conftest import People
from tests.people import Attendee, Json, Moderator
from tests.room import closed, shows
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]

LONG_TEXT = "🎉" * 280
SILENT = 30
MEGABYTE = 1_000_000
QUIET_SECONDS = 3


class Raw:
    """A client of bytes, with as small a buffer in the kernel as there is."""

    def __init__(self, server: Server, path: str) -> None:
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
        self.socket.settimeout(30)
        self.socket.connect(("127.0.0.1", server.port))
        key = base64.b64encode(os.urandom(16)).decode()
        headers = ["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {key}"]
        lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{server.port}", *headers, "", ""]
        self.socket.sendall("\r\n".join(lines).encode())
        self.rest = b""
        while b"\r\n\r\n" not in self.rest:
            self.rest += self.socket.recv(1)
        head, self.rest = self.rest.split(b"\r\n\r\n", 1)
        assert head.startswith(b"HTTP/1.1 101 ")
        assert b"sec-websocket-extensions" not in head.lower()  # frames are made once for all, so nothing is negotiated

    def _read(self, size: int) -> bytes:
        while len(self.rest) < size:
            data = self.socket.recv(65_536)
            if not data:
                raise ConnectionResetError("the end, in the middle of a frame" if self.rest else "the end")
            self.rest += data
        taken, self.rest = self.rest[:size], self.rest[size:]
        return taken

    def frame(self) -> tuple[int, int, bytes]:
        """First byte, bytes of the header, payload (RFC 6455, 5.2)."""
        first, second = self._read(2)
        assert not second & 0x80, "a server does not mask"
        size, header = second, 2
        if second == 126:
            size, header = int.from_bytes(self._read(2), "big"), 4
        elif second == 127:
            size, header = int.from_bytes(self._read(8), "big"), 10
        return first, header, self._read(size)

    def is_open_there(self) -> bool:
        """Whether the server has this connection open still; what the kernel has left of one that is closed does not count."""
        rows = [line.split()[1:4] for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
        here, there = (address[1] for address in (self.socket.getsockname(), self.socket.getpeername()))
        ends = ((int(local.split(":")[1], 16), int(remote.split(":")[1], 16), state) for local, remote, state in rows)
        return (there, here, "01") in ends

    def read_all(self) -> tuple[list[Json], int | None]:
        """All frames until it is quiet for a while or the connection ends, and the close code, if there was one."""
        frames: list[Json] = []
        self.socket.settimeout(QUIET_SECONDS)
        with suppress(TimeoutError):
            while True:
                first, _, payload = self.frame()
                if first & 0x0F == Opcode.CLOSE:
                    return frames, int.from_bytes(payload[:2], "big")
                if first == 0x81:
                    frames.append(json.loads(payload))
        return frames, None


@pytest.fixture(scope="module")
def board(server: Server) -> dict[str, str]:
    """Shared by tests that look at their own posts alone."""
    return server.create()


@pytest.fixture
def crowd(server: Server) -> Iterator[Callable[[str], Raw]]:
    raws: list[Raw] = []

    def enter(path: str) -> Raw:
        raws.append(Raw(server, path))
        return raws[-1]

    yield enter
    for raw in raws:
        raw.socket.close()


async def fill(server: Server, people: People, posts: int = 200) -> Moderator:
    """So many cards that a snapshot is longer than what kernels hold."""
    author, moderator = await people.attendee("Asha"), await people.moderator()
    await asyncio.gather(*(author.celebrate(LONG_TEXT) for _ in range(posts)))
    return moderator


# -- frames to the byte --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536, 2_000_000])
def test_text_frames_match_those_of_a_websocket_library(size: int) -> None:
    payload = b"x" * size
    library = WebSocketFrame(Opcode.TEXT, payload)
    assert text_frame(payload) == library.serialize(mask=False)
    client = ClientProtocol(parse_uri("ws://localhost/"), state=1, max_size=None)
    client.receive_data(text_frame(payload))
    assert client.parser_exc is None
    assert [(event.opcode, event.fin, bytes(event.data)) for event in client.events_received()] == [
        (Opcode.TEXT, True, payload)
    ]


async def test_frames_of_every_length_have_the_shortest_header(server: Server, people: Of, crowd: Callable[[str], Raw]) -> None:
    board = server.create()
    here = people(server, board)
    path = f"/api/b/{board['code']}/live"
    lengths: dict[int, list[int]] = {2: [], 4: [], 10: []}

    def look() -> None:
        viewer = crowd(path)
        kinds: set[str] = set()
        while not kinds >= {"snapshot", "presence"}:
            first, header, payload = viewer.frame()
            assert first == 0x81, "a text frame, whole, without extensions"
            kinds.add(json.loads(payload)["type"])
            lengths[header].append(len(payload))

    await asyncio.to_thread(look)
    await fill(server, here)
    await asyncio.to_thread(look)
    assert all(size <= 125 for size in lengths[2])
    assert all(126 <= size <= 65_535 for size in lengths[4])
    assert all(size >= 65_536 for size in lengths[10])
    assert all(lengths.values()), "and there was one of each"


async def test_a_client_library_reads_long_and_short_frames_one_after_the_other(server: Server, people: Of) -> None:
    here = people(server, server.create())
    author, moderator = await here.attendee("Asha"), await here.moderator()
    live = await (await here.attendee()).live()
    await live.next()
    cards = await asyncio.gather(*(author.celebrate(LONG_TEXT) for _ in range(100)))
    ids = [post["id"] for post in cards]
    for state in ("hidden", "visible", "hidden", "visible"):
        assert (await moderator.send("POST", "/posts/bulk", {"ids": ids, "state": state})).status_code == 200
    last = await author.ask("Is this the last?")
    await live.until(shows(last))
    shown: Json = {}
    for frame in live.frames:
        shown |= {post["id"]: post for post in frame.get("posts", [])}
        shown = {post_id: post for post_id, post in shown.items() if post_id not in frame.get("gone", [])}
    assert shown.keys() == {*ids, last["id"]}
    assert {post["text"] for post in shown.values()} == {LONG_TEXT, "Is this the last?"}


# -- clients that do not read --------------------------------------------------------------------------------------


def resident_bytes(server: Server) -> int:
    status = Path(f"/proc/{server.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) * 1024


async def flood(moderator: Moderator, reader: Any, ids: list[str], rounds: int) -> int:
    """Hides all posts and shows them again. Returns the bytes that a reading client got meanwhile."""
    received = 0
    for round in range(rounds):
        state = "hidden" if round % 2 == 0 else "visible"
        assert (await moderator.send("POST", "/posts/bulk", {"ids": ids, "state": state})).status_code == 200
        key = "gone" if state == "hidden" else "posts"
        frame = await reader.until(lambda frame, key=key: len(frame.get(key, [])) == len(ids))
        received += len(json.dumps(frame, ensure_ascii=False).encode())
    return received


def viewers(server: Server) -> float:
    """How many phones the server counts."""
    text = httpx.get(f"{server.url}/metrics", timeout=servers.ANSWER_SECONDS).text
    return float(next(line for line in text.splitlines() if line.startswith('board_viewers{kind="phone"}')).split()[-1])


async def test_a_client_that_reads_again_in_time_stays_and_gets_fewer_larger_newer_frames(
    server: Server, people: Of, crowd: Callable[[str], Raw]
) -> None:
    board = server.create()
    here = people(server, board)
    moderator = await fill(server, here)
    ids = [post["id"] for post in (await moderator.snapshot())["posts"]]
    reader = await (await here.attendee()).live()
    await reader.next()
    silent = [crowd(f"/api/b/{board['code']}/live") for _ in range(2)]
    await flood(moderator, reader, ids, 16)
    for frames, code in await asyncio.gather(*(asyncio.to_thread(raw.read_all) for raw in silent)):
        assert code is None
        assert frames
        assert len([frame for frame in frames if "posts" in frame]) < 10


async def test_clients_that_do_not_read_are_closed_cost_little_memory_and_slow_no_others(
    server: Server, people: Of, crowd: Callable[[str], Raw]
) -> None:
    board = server.create()
    here = people(server, board)
    moderator = await fill(server, here)
    ids = [post["id"] for post in (await moderator.snapshot())["posts"]]
    reader = await (await here.attendee()).live()
    size = len(json.dumps(await reader.next(), ensure_ascii=False).encode())
    before = resident_bytes(server)
    silent = [crowd(f"/api/b/{board['code']}/live") for _ in range(SILENT)]
    received = await flood(moderator, reader, ids, 40)
    assert received > 10 * size
    assert SILENT * received > 100 * MEGABYTE, "what it would cost to keep everything for everybody"
    assert resident_bytes(server) - before < SILENT * 2 * size + 40 * MEGABYTE

    for raw in silent:
        await asyncio.to_thread(servers.wait_until, lambda raw=raw: not raw.is_open_there(), "it is given up")
    with pytest.raises(ConnectionResetError):  # without another word
        await asyncio.to_thread(silent[-1].read_all)
    assert reader.socket.close_code is None
    last = await (await here.attendee()).ask("Is anybody left?")
    await reader.until(shows(last))


PATIENT = """
from board.command import cli
from board.live import fanout
from board.server import wire
fanout.STUCK_SECONDS, wire.ABORT_AFTER_SECONDS = 2.0, 60.0
cli.main()
"""
"""A server that gives slow clients up sooner, and then waits for a minute until they have read why: a second is too short for a
client on a busy machine."""


async def test_a_closed_client_that_reads_again_in_time_gets_the_reason(people: Of, tmp_path: Path) -> None:
    server = Server(tmp_path, BOARD_LIMITS="off")
    server.program = [sys.executable, "-c", PATIENT]
    server.start()
    board = server.create()
    here = people(server, board)
    moderator = await fill(server, here)
    ids = [post["id"] for post in (await moderator.snapshot())["posts"]]
    reader = await (await here.attendee()).live()
    await reader.next()
    raw = Raw(server, f"/api/b/{board['code']}/live")
    try:
        whole = await asyncio.to_thread(viewers, server)
        await flood(moderator, reader, ids, 30)
        await asyncio.to_thread(servers.wait_until, lambda: viewers(server) < whole, "it is given up")
        _, code = await asyncio.to_thread(raw.read_all)
        assert code == Close.TOO_SLOW
    finally:
        raw.socket.close()
        server.stop()


# -- clients that talk ---------------------------------------------------------------------------------------------

TALK: dict[str, str | bytes] = {
    "a word": "hello",
    "nothing": "",
    "no object": "[1]",
    "another type": '{"type":"post","seq":1}',
    "no type": '{"seq":1}',
    "no number": '{"type":"applied","seq":"1"}',
    "more than that": '{"type":"applied","seq":1,"text":"hello"}',
    "bytes": b"hello",
    "the right thing, as bytes": b'{"type":"applied","seq":1}',
    "half a pair": '{"type":"applied","seq":1,"\\ud800":1}',
    "deep": "[" * 4000,
}


@pytest.mark.parametrize("what", TALK)
async def test_a_client_with_an_invalid_frame_is_closed_and_others_are_not(
    server: Server, board: dict[str, str], people: Of, what: str
) -> None:
    here = people(server, board)
    async with Moderator(server.url, board["code"], board["screen_url"]) as screen:
        talks, listens = await screen.live(feed="screen"), await screen.live(feed="screen")
        await talks.next()
        await listens.next()
        await talks.socket.send(TALK[what])
        assert await closed(talks) == Close.BAD_REQUEST
        card = await (await here.attendee()).celebrate()
        await listens.until(shows(card))


async def test_only_a_screen_can_report_what_it_has_drawn(server: Server, people: Of) -> None:
    board = server.create()
    here = people(server, board)
    phone, moderator = await (await here.attendee()).live(), await (await here.moderator()).live(feed="moderate")
    async with Moderator(server.url, board["code"], board["screen_url"]) as browser:
        screen = await browser.live(feed="screen")
        seq = (await screen.next())["seq"]
        for number in (0, seq, 10**12, seq):
            await screen.socket.send(json.dumps({"type": "applied", "seq": number}))
        await moderator.until(lambda frame: frame.get("screens") and frame["screens"][0]["seq"] == 10**12)
        await phone.next()
        await phone.socket.send(json.dumps({"type": "applied", "seq": seq}))
        assert await closed(phone) == Close.BAD_REQUEST
        card = await (await here.attendee()).celebrate()
        await screen.until(shows(card))


async def test_a_too_long_message_is_closed_before_it_is_read(server: Server, board: dict[str, str], people: Of) -> None:
    live = await (await people(server, board).attendee()).live()
    await live.next()
    await live.socket.send("x" * 5_000)
    assert await closed(live) == 1009


async def test_a_client_that_pings_gets_a_pong_and_stays(server: Server, board: dict[str, str], people: Of) -> None:
    here = people(server, board)
    live = await (await here.attendee()).live()
    await live.next()
    await asyncio.wait_for(await live.socket.ping(b"still there?"), 10)
    card = await (await here.attendee()).celebrate()
    await live.until(shows(card))


# -- under a server that lends nothing -----------------------------------------------------------------------------

PLAIN = """
import uvicorn
run = uvicorn.run
uvicorn.run = lambda *arguments, **options: run(*arguments, **options | {"ws": "websockets-sansio"})
from board.command.cli import main
main()
"""


@pytest.fixture
def plain_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Our own serve, with uvicorn's own WebSocket class."""
    monkeypatch.setattr(servers, "COMMAND", [sys.executable, "-c", PLAIN])
    with servers.serving(BOARD_LIMITS="off") as server:
        yield server


async def test_the_standard_websocket_class_sends_the_same_frames_and_close_codes(plain_server: Server, people: Of) -> None:
    board = plain_server.create()
    here = people(plain_server, board)
    author, other, moderator = await here.attendee("Asha"), await here.attendee("Leo"), await here.moderator()
    await author.ask("Was this before?")
    first, second, desk = await author.live(), await other.live(), await moderator.live(feed="moderate")
    for live in (first, second, desk):
        assert (await live.next())["type"] == "snapshot"
    posted = await author.celebrate()
    frames = [await live.until(shows(posted)) for live in (first, second, desk)]
    assert frames[0] == frames[1]
    assert (await moderator.moderate(posted, state="hidden")).status_code == 200
    received = await first.until(lambda frame: frame["type"] == "mine" and frame["posts"][0]["state"] == "hidden")
    assert received["posts"] == [{"id": posted["id"], "state": "hidden"}]
    last = await author.ask("Is this the last?")
    await second.until(shows(last))
    assert not any(frame["type"] == "mine" for frame in second.frames)
    resumed = await other.live(after=frames[0]["after"], epoch=second.frames[0]["epoch"])
    assert (await resumed.next())["gone"] == [posted["id"]]
    assert await closed(await other.live(feed="moderate")) == Close.NOT_ALLOWED
    await second.socket.send("hello")
    assert await closed(second) == Close.BAD_REQUEST
    plain_server.run("link", board["code"], "moderator", "--revoke")
    assert await closed(desk) == Close.NOT_ALLOWED
    assert await asyncio.to_thread(plain_server.stop) == 0
    assert await closed(first) == Close.RESTART
    assert "Traceback" not in plain_server.log.read_text()


# -- the end -------------------------------------------------------------------------------------------------------


async def test_the_server_stops_despite_clients_that_do_not_read_and_closes_others_properly() -> None:
    with servers.serving(BOARD_LIMITS="off") as server:
        board = server.create()
        async with Attendee(server.url, board["code"]) as attendee:
            await asyncio.gather(*(attendee.celebrate(LONG_TEXT) for _ in range(200)))
            live = await attendee.live()
            await live.next()
            silent = [Raw(server, f"/api/b/{board['code']}/live") for _ in range(5)]
            assert await asyncio.to_thread(server.stop) == 0
            assert await closed(live) == Close.RESTART
            for raw in silent:
                raw.socket.close()
        assert "Traceback" not in server.log.read_text()

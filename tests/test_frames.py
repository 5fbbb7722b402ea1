"""Frames that no browser sends, at our WebSocket class: each gets its close code, and nobody else notices."""

from __future__ import annotations

import asyncio
import os
import socket
import struct
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing, contextmanager, suppress

import httpx
import pytest
from websockets.frames import Frame as WebSocketFrame
from websockets.frames import Opcode

from tests import servers
from tests.conftest import People
from tests.inprocess import ServerByClock, by_clock
from tests.people import Moderator
from tests.room import shows
from tests.servers import ANSWER_SECONDS, Server
from tests.test_wire import Raw

Of = Callable[[Server, dict[str, str]], People]

END_SECONDS = 10


def masked(opcode: Opcode, payload: bytes = b"", fin: bool = True) -> bytes:
    return WebSocketFrame(opcode, payload, fin).serialize(mask=True)


def header(first: int, size: int, of: int) -> bytes:
    """The header of a masked frame that says so long a payload follows, its length in so many bytes."""
    return bytes((first, 0x80 | {2: 126, 8: 127}[of])) + size.to_bytes(of, "big") + bytes(4)


HOSTILE: dict[str, tuple[bytes, int]] = {
    "a text of 64 KiB and one byte": (masked(Opcode.TEXT, b"x" * 65_537), 1009),
    "a text of 5,000 bytes": (masked(Opcode.TEXT, b"x" * 5_000), 1009),
    "fragments that are too much together": (
        masked(Opcode.TEXT, b"x" * 3_000, fin=False) + masked(Opcode.CONT, b"x" * 3_000),
        1009,
    ),
    "a length of four exabytes": (header(0x81, 2**62, 8), 1009),
    "a length of all ones": (header(0x81, 2**64 - 1, 8), 1009),
    "no mask": (WebSocketFrame(Opcode.TEXT, b"hello").serialize(mask=False), 1002),
    "an overlong slash": (masked(Opcode.TEXT, b"\xc0\xaf"), 1007),
    "half a surrogate pair": (masked(Opcode.TEXT, b"\xed\xa0\x80"), 1007),
    "a character cut off": (masked(Opcode.TEXT, b"\xe2\x82"), 1007),
    "an opcode that nobody has": (bytes((0x83, 0x80)) + bytes(4), 1002),
    "a ping of 126 bytes": (header(0x89, 126, 2) + bytes(126), 1002),
    "a ping in pieces": (bytes((0x09, 0x80)) + bytes(4), 1002),
    "a close of one byte": (bytes((0x88, 0x81)) + bytes(4) + b"x", 1002),
    "a close code that may not be sent": (masked(Opcode.CLOSE, struct.pack("!H", 1005)), 1002),
    "a continuation of nothing": (masked(Opcode.CONT, b"x"), 1002),
    "a bit that was not negotiated": (bytes((0xC1, 0x80)) + bytes(4), 1002),
    "a text within a text": (masked(Opcode.TEXT, b"x", fin=False) + masked(Opcode.TEXT, b"x"), 1002),
    "a close within a text": (masked(Opcode.TEXT, b"x", fin=False) + masked(Opcode.CLOSE, struct.pack("!H", 1000)), 1000),
    "10,000 pieces of nothing": (masked(Opcode.TEXT, fin=False) + masked(Opcode.CONT, fin=False) * 10_000, 1009),
    "20,000 pings": (masked(Opcode.PING) * 20_000, 1008),
    "20,000 pongs": (masked(Opcode.PONG) * 20_000, 1008),
    "what only a screen may say": (masked(Opcode.TEXT, b'{"type":"applied","seq":1}'), 4400),
    "bytes": (masked(Opcode.BINARY, b"x"), 4400),
    "a character in two pieces": (masked(Opcode.TEXT, b"\xe2\x82", fin=False) + masked(Opcode.CONT, b"\xac"), 4400),
    "no JSON, many times": (masked(Opcode.TEXT, b"x") * 1_000, 4400),
}


@pytest.fixture(scope="module")
def board(server: Server) -> dict[str, str]:
    """Shared by tests that look at their own posts alone."""
    return server.create()


def ended(raw: Raw) -> list[tuple[int, bytes]]:
    """All frames until the server closes the connection."""
    frames, until = [], time.monotonic() + END_SECONDS
    with suppress(ConnectionResetError):
        while time.monotonic() < until:
            first, _, payload = raw.frame()
            frames.append((first & 0x0F, payload))
        raise AssertionError(f"the server goes on and on: {frames[-3:]}")
    return frames


@contextmanager
def entered(server: Server, board: dict[str, str]) -> Iterator[Raw]:
    raw = Raw(server, f"/api/b/{board['code']}/live")
    with closing(raw.socket):
        raw.socket.settimeout(END_SECONDS)
        raw.frame()  # the snapshot
        yield raw


@pytest.mark.parametrize("what", HOSTILE)
async def test_each_hostile_client_gets_its_close_code_and_other_clients_do_not_notice(
    server: Server, board: dict[str, str], people: Of, what: str
) -> None:
    data, code = HOSTILE[what]
    here = people(server, board)
    neighbour = await (await here.attendee()).live()
    await neighbour.next()

    def send() -> list[tuple[int, bytes]]:
        with entered(server, board) as raw:
            with suppress(ConnectionError):  # it may hang up before it has read everything
                raw.socket.sendall(data)
            return ended(raw)

    frames = await asyncio.to_thread(send)
    assert frames, "a goodbye comes before the end"
    assert frames[-1][0] == Opcode.CLOSE
    assert int.from_bytes(frames[-1][1][:2], "big") == code
    await neighbour.until(shows(await (await here.attendee()).celebrate()))


async def test_a_ping_between_two_pieces_gets_a_pong_at_once_and_the_message_stays_complete(server: Server, people: Of) -> None:
    board = server.create()
    moderator = await (await people(server, board).moderator()).live(feed="moderate")
    async with Moderator(server.url, board["code"], board["screen_url"]) as browser:
        screen = await browser.live(feed="screen")
        await screen.next()

        async def pieces() -> AsyncIterator[str]:
            yield '{"type":"applied",'
            pong = await screen.socket.ping(b"still there?")
            await asyncio.wait_for(pong, END_SECONDS)
            yield '"seq":4711}'

        await screen.socket.send(pieces())
        await moderator.until(lambda frame: frame.get("screens") and frame["screens"][0]["seq"] == 4711)


@pytest.mark.parametrize("payload", [b"", struct.pack("!H", 1000), struct.pack("!H", 1001) + "tschüß".encode()])
def test_the_server_echoes_a_close_frame(server: Server, board: dict[str, str], payload: bytes) -> None:
    with entered(server, board) as raw:
        raw.socket.sendall(masked(Opcode.CLOSE, payload) + masked(Opcode.TEXT, b"one more thing"))
        assert [frame for frame in ended(raw) if frame[0] == Opcode.CLOSE] == [(Opcode.CLOSE, payload)]


async def test_a_client_that_disconnects_without_a_close_frame_leaves_the_count(server: Server, people: Of) -> None:
    board = server.create()
    watch = await (await people(server, board).attendee()).live()
    await watch.next()
    with entered(server, board) as half, entered(server, board) as reset:
        await watch.until(lambda frame: frame.get("online") == 3)
        half.socket.shutdown(socket.SHUT_WR)
        reset.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        reset.socket.close()
        await watch.until(lambda frame: frame.get("online") == 1)


HANDSHAKES: dict[str, tuple[list[bytes], set[int]]] = {
    "an old version": ([b"Sec-WebSocket-Version: 8", b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="], {400}),
    "no key": ([b"Sec-WebSocket-Version: 13"], {400}),
    "a short key": ([b"Sec-WebSocket-Version: 13", b"Sec-WebSocket-Key: AAAA"], {400}),
    "two keys": ([b"Sec-WebSocket-Version: 13", *[b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="] * 2], {400}),
    "two upgrades": (
        [b"Sec-WebSocket-Version: 13", b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", b"Upgrade: websocket"],
        {400, 426},
    ),
    "200 headers": (
        [b"Sec-WebSocket-Version: 13", b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", *[b"X-Many: 1"] * 200],
        {400, 431},
    ),
    "a header of 9 KB": (
        [b"Sec-WebSocket-Version: 13", b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", b"X-Long: " + b"x" * 9_000],
        {400, 431},
    ),
    "an origin that is not ours": (
        [b"Sec-WebSocket-Version: 13", b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", b"Origin: http://evil.example"],
        {403},
    ),
    "bytes that are no text": (
        [b"Sec-WebSocket-Version: 13", b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", b"Cookie: bb-device=\xff\xfe\x80"],
        {101},
    ),
}
PATHS = {
    "no such page": (b"/nothing", {403, 404}),
    "U+0000": (b"/api/b/%00/live", {101}),
    "letters that are not ASCII": ("/api/b/ÄÖÜ/live".encode(), {101, 400}),
    "half an escape": (b"/api/b/%E2%82/live", {101}),
    "a space": (b"/api/b/A B/live", {400}),
}


def answer(server: Server, request: bytes, more: bytes = b"") -> int:
    """The status of the answer; 0: hung up without one."""
    with socket.create_connection(("127.0.0.1", server.port), END_SECONDS) as client:
        client.sendall(request + more)
        data = client.recv(4_096)
        return int(data.split(b" ")[1]) if data else 0


def request(path: bytes, lines: list[bytes], version: bytes = b"1.1") -> bytes:
    first = [b"GET %s HTTP/%s" % (path, version), b"Host: 127.0.0.1", b"Upgrade: websocket", b"Connection: Upgrade"]
    return b"\r\n".join([*first, *lines, b"", b""])


GOOD = [b"Sec-WebSocket-Version: 13", b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="]


def test_an_invalid_handshake_is_refused_in_http() -> None:
    """On a server of its own: its log is read afterwards."""
    with servers.serving(BOARD_LIMITS="off") as server:
        code = server.create()["code"].encode()
        live = b"/api/b/" + code + b"/live"
        for what, (lines, expected) in HANDSHAKES.items():
            assert answer(server, request(live, lines)) in expected, what
        for what, (path, expected) in PATHS.items():
            assert answer(server, request(path, GOOD)) in expected, what
        assert answer(server, request(live, GOOD, b"1.0")) in {101, 400, 505}  # uvicorn writes it down as 1.1
        assert answer(server, request(live, GOOD), masked(Opcode.TEXT, b"too early") * 10) in {0, 101}
        assert answer(server, request(live, GOOD)) == 101
        assert httpx.get(f"{server.url}/healthz", timeout=ANSWER_SECONDS).status_code == 200
        log = server.log.read_text()
        assert "Traceback" not in log
        assert log.count("refused what comes from the Origin 'http://evil.example'") == 1, "said once to the operator"


def test_clients_that_come_and_go_leave_no_descriptors(server: Server, board: dict[str, str]) -> None:
    descriptors = f"/proc/{server.pid}/fd"
    live = request(f"/api/b/{board['code']}/live".encode(), GOOD)

    def knock() -> None:
        with socket.create_connection(("127.0.0.1", server.port), END_SECONDS) as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            client.sendall(live)

    knock()
    before = len(os.listdir(descriptors))
    for _ in range(200):
        knock()
    servers.wait_until(lambda: len(os.listdir(descriptors)) <= before + 2, "the descriptors to be given back")


async def test_a_client_that_leaves_before_the_board_opens_is_not_counted(server: Server, people: Of) -> None:
    """Opening a board reads the store; meanwhile the client hangs up."""
    boards = [server.create() for _ in range(5)]
    for board in boards:
        with socket.create_connection(("127.0.0.1", server.port), END_SECONDS) as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            client.sendall(request(f"/api/b/{board['code']}/live".encode(), GOOD))
    watches = [await (await people(server, board).attendee()).live() for board in boards]
    await asyncio.sleep(2.5)  # presence is counted every second
    for watch in watches:
        await watch.until(lambda frame: frame.get("online") == 1)
        assert max(frame["online"] for frame in watch.frames if "online" in frame) == 1


# -- is anybody there? ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def asking() -> Iterator[ServerByClock]:
    """Sends pings when the test says so, not every twenty seconds."""
    with by_clock(BOARD_LIMITS="off") as server:
        yield server


def next_of(raw: Raw, wanted: Opcode) -> bytes:
    """The next frame of this kind; skips other frames."""
    while True:
        first, _, payload = raw.frame()
        if first & 0x0F == wanted:
            return payload
        assert first & 0x0F != Opcode.CLOSE, payload


def test_a_client_that_does_not_answer_a_ping_is_closed(asking: ServerByClock) -> None:
    with entered(asking, asking.create()) as raw:
        asking.ask_everybody()
        next_of(raw, Opcode.PING)
        asking.ask_everybody()
        assert ended(raw)[-1] == (Opcode.CLOSE, struct.pack("!H", 1011) + b"no answer")


@pytest.mark.parametrize("word", [Opcode.PONG, Opcode.PING])
def test_any_frame_of_a_client_proves_that_it_is_alive(asking: ServerByClock, word: Opcode) -> None:
    with entered(asking, asking.create()) as raw:
        for _ in range(5):
            asking.ask_everybody()
            raw.socket.sendall(masked(word, next_of(raw, Opcode.PING)))
            servers.wait_until(asking.heard_everybody, "the server to hear it")
        asking.ask_everybody()
        next_of(raw, Opcode.PING)
        asking.ask_everybody()
        assert ended(raw)[-1] == (Opcode.CLOSE, struct.pack("!H", 1011) + b"no answer")

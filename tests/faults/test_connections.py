"""Clients that do not read, do not speak, speak half, vanish without a word, or come all at once."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path

import httpx
import pytest

from board.server.descriptors import fitting
from board.server.guard import REQUEST_SECONDS
from tests import servers
from tests.faults.test_workers import deaf_viewer
from tests.people import Attendee, Live, card
from tests.relay import relay
from tests.room import Room, room, until
from tests.servers import ANSWER_SECONDS, Server

Figure = Callable[[str, str, str], None]


@pytest.fixture
def server() -> Iterator[Server]:
    """Its own, for what is counted here."""
    with servers.serving(BOARD_LIMITS="off") as server:
        yield server


def open_sockets(server: Server) -> int:
    found = 0
    for entry in Path(f"/proc/{server.pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed meanwhile
            found += os.readlink(entry).startswith("socket:")
    return found


def waiting(server: Server) -> int:
    """Connections that the server has not taken yet."""
    rows = [line.split()[1:5] for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    place, listens = f":{server.port:04X}", "0A"
    return sum(int(queues.split(":")[1], 16) for here, _, state, queues in rows if here.endswith(place) and state == listens)


def memory_kib(server: Server) -> int:
    status = Path(f"/proc/{server.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0])


# -- who does not read ---------------------------------------------------------------------------------------------

DEAF = 50
FILLED = 150
"""After so many nothing more fits for the deaf: what is left is to wait, and there are always more cards."""
LONG = "សូមអរគុណ " * 30
"""In three bytes for each character: what waits for the deaf grows as fast with a third of the cards."""


async def test_viewers_that_do_not_read_are_disconnected_and_do_not_slow_others(
    server: Server, long: bool, figure: Figure
) -> None:
    others = 200 if long else 50
    async with room(server, followers=0) as gathered:
        for _ in range(others // 50):
            await asyncio.gather(*[follow(gathered) for _ in range(50)])
        author = await gathered.here.attendee("Asha")
        await cards_reach_everybody(gathered, author, cards=30 if long else 5)  # the first ones are slow
        before = await cards_reach_everybody(gathered, author, cards=60 if long else 10)
        rss, sockets = memory_kib(server), open_sockets(server)
        with ExitStack() as stack:
            for _ in range(DEAF):
                stack.enter_context(closing(deaf_viewer(server, gathered.here.code)))
            await until(lambda: open_sockets(server) == sockets + DEAF, 10, "they are not let in")
            largest, during, began = 0, [], time.monotonic()
            while open_sockets(server) > sockets:
                during += await cards_reach_everybody(gathered, author, cards=10, text=LONG)
                largest = max(largest, memory_kib(server) - rss)
                assert time.monotonic() - began < 60, "deaf viewers are kept"
                if not long and len(during) > FILLED:
                    await asyncio.sleep(0.5)
            gone = time.monotonic() - began
        await gathered.verify()
        assert all(follower.connections == 1 for follower in gathered.followers)
        assert largest < DEAF * 256 + 20 * 1024
        ratio = percentile(during) / percentile(before)
        figure(
            "G7",
            f"{DEAF} viewers that do not read, {others} that do: the {DEAF} are disconnected after",
            f"{gone:.0f} s of writing",
        )
        figure("G7", f"{DEAF} viewers that do not read: memory of the server for all of them", f"{largest / 1024:.0f} MiB")
        what = f"{DEAF} viewers that do not read: p99 from post to all other viewers, compared with before"
        figure("G7", what, f"{ratio:.2f} ×")


async def follow(gathered: Room) -> None:
    await gathered.follow(await gathered.here.attendee())


async def cards_reach_everybody(gathered: Room, author: Attendee, cards: int = 30, text: str = "Thank you.") -> list[float]:
    """Seconds until all followers had each card."""
    seconds = []
    for _ in range(cards):
        body = card(text)
        began = time.monotonic()
        assert (await author.send("POST", "/posts", body)).status_code == 201
        seconds.append(await last_sight(gathered, body["id"]) - began)
    return seconds


async def last_sight(gathered: Room, post_id: str) -> float:
    seen = [follower.seen_at for follower in gathered.followers]
    await until(lambda: all(post_id in times for times in seen), 30, "somebody does not see it")
    return max(times[post_id] for times in seen)


def percentile(values: list[float]) -> float:
    return statistics.quantiles(values, n=100)[98]


# -- who says nothing, or half -------------------------------------------------------------------------------------

HALVES = {
    "nothing": b"",
    "a letter": b"G",
    "half a head": b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ",
    "half a body": b"POST /api/b/CODE/join HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    b"Content-Length: 500\r\n\r\n{",
    "half a chunk": b"POST /api/b/CODE/join HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n5\r\n{",
    "half a handshake": b"GET /api/b/CODE/live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebS",
}


async def test_the_server_gives_up_an_incomplete_request(server: Server, figure: Figure) -> None:
    """Slow-loris, six ways at once, each with a drop now and then that keeps no door open."""
    code = server.create()["code"].encode()
    before = open_sockets(server)
    seconds = dict(
        zip(HALVES, await asyncio.gather(*(half(server, said.replace(b"CODE", code)) for said in HALVES.values())), strict=True)
    )
    for name, (answer, after) in seconds.items():
        assert after < REQUEST_SECONDS + 5, name
        # What drips may be plainly wrong; and who drips when it is hung up on may lose the answer.
        assert answer.startswith((b"HTTP/1.1 408 ", b"HTTP/1.1 400 ")) or not answer, name
    assert sum(answer.startswith(b"HTTP/1.1 408 ") for answer, _ in seconds.values()) >= 2
    await until(lambda: open_sockets(server) <= before, 2, "descriptors are kept")
    figure(
        "G7", "incomplete requests of six kinds: refused (408) after", f"{max(after for _, after in seconds.values()):.0f} s"
    )


async def half(server: Server, said: bytes) -> tuple[bytes, float]:
    began = time.monotonic()
    reader, writer = await asyncio.open_connection(server.host, server.port)
    writer.write(said)

    async def drip() -> None:
        with suppress(OSError):
            while True:
                await asyncio.sleep(2)
                if said:
                    writer.write(b"a")

    dripping = asyncio.create_task(drip())
    answer = b""
    try:
        async with asyncio.timeout(REQUEST_SECONDS + 10):
            while data := await reader.read(1000):
                answer += data
    except ConnectionResetError:
        pass  # hung up on while it dripped
    finally:
        dripping.cancel()
        writer.close()
    return answer, time.monotonic() - began


async def test_a_request_after_a_long_pause_on_a_kept_connection_is_answered(server: Server) -> None:
    """The end comes to requests that do not become whole, not to connections that rest between two of them."""
    async with httpx.AsyncClient(base_url=server.url) as client:
        for _ in range(3):
            assert (await client.get("/healthz")).status_code == 200
            await asyncio.sleep(1.5)


# -- who vanishes --------------------------------------------------------------------------------------------------


IMPATIENT = """
import uvicorn
config = uvicorn.Config
uvicorn.Config = lambda *arguments, **options: config(*arguments, **options | {"ws_ping_interval": 0.5})
from board.command.cli import main
main()
"""


@pytest.fixture
def asking(long: bool) -> Iterator[Server]:
    """In short it asks its viewers each half second whether they are there, not every twenty."""
    with pytest.MonkeyPatch.context() as patch:
        if not long:
            patch.setattr(servers, "COMMAND", [sys.executable, "-c", IMPATIENT])
        with servers.serving(BOARD_LIMITS="off") as server:
            yield server


async def test_half_open_connections_are_detected_and_closed(asking: Server, long: bool, figure: Figure) -> None:
    """The phone is gone and nobody says so: the network takes everything and answers nothing."""
    many = 1000 if long else 100
    async with relay(asking.port) as between, room(asking, followers=1) as gathered:
        away = await gathered.here.attendee()
        before = open_sockets(asking)
        sockets: list[Live] = []
        for _ in range(many // 50):
            sockets += await asyncio.gather(*(away.live(f"http://127.0.0.1:{between.port}") for _ in range(50)))
        assert open_sockets(asking) >= before + many
        between.black_hole = True
        async with gathered.writing(authors=2):
            gone = await until(lambda: open_sockets(asking) < before + 10, 70, "half-open connections are kept", 0.2)
        await gathered.verify()
        for live in sockets:
            live.socket.transport.abort()
    figure("G14", f"{many} half-open connections: all are closed after", f"{gone:.0f} s")


# -- all at once ---------------------------------------------------------------------------------------------------


async def test_all_viewers_can_reconnect_at_once(server: Server, long: bool, figure: Figure) -> None:
    """The access point restarts, three times."""
    many = 200 if long else 100  # and 2,000, by a client in C, in docs/performance.md
    async with relay(server.port) as between, room(server, followers=1) as gathered:
        phone = await gathered.here.attendee()
        address = f"http://127.0.0.1:{between.port}"
        await asyncio.gather(*(gathered.follow(phone, address) for _ in range(many)))
        longest = 0.0
        async with gathered.writing():
            for _ in range(3):
                await asyncio.sleep(1)
                connections = [follower.connections for follower in gathered.followers[1:]]
                between.cut()
                began = time.monotonic()
                await until(
                    lambda connections=connections: all(  # type: ignore[misc]
                        follower.connections > before
                        for follower, before in zip(gathered.followers[1:], connections, strict=True)
                    ),
                    25,
                    "somebody does not come back",
                )
                longest = max(longest, time.monotonic() - began)
        await gathered.verify()
        assert gathered.followers[0].connections == 1, "who was not cut off did not notice"
        figure("G8", f"{many} viewers disconnected at once, three times: all are back after", f"{longest:.1f} s")


# -- more than fit -------------------------------------------------------------------------------------------------

DESCRIPTORS = 256
CROWD = 350


async def test_a_full_server_refuses_new_connections_and_keeps_open_ones(figure: Figure) -> None:
    with servers.directory() as path:
        server = Server(path, BOARD_LIMITS="off")
        server.prefix = ["prlimit", f"--nofile={DESCRIPTORS}"]
        await asyncio.to_thread(server.start)
        try:
            await too_many(server, figure)
        finally:
            await asyncio.to_thread(server.stop)


async def too_many(server: Server, figure: Figure) -> None:
    async with room(server, followers=3) as gathered:
        with ExitStack() as stack:
            address, most = (server.host, server.port), fitting(DESCRIPTORS) + 20
            idle = []
            for number in range(CROWD):
                idle.append(stack.enter_context(closing(socket.create_connection(address))))
                if number % 20 == 0:  # all that wait are taken in one go, before the first can be refused
                    await until(lambda: waiting(server) == 0 and open_sockets(server) <= most, 30, "nobody is refused")
            await asyncio.sleep(0.5)
            refused = 0
            for connection in idle:
                connection.settimeout(0.01)
                with suppress(TimeoutError, ConnectionResetError):
                    refused += connection.recv(64).startswith(b"HTTP/1.1 503 ")
            assert refused >= CROWD - fitting(DESCRIPTORS)
            async with httpx.AsyncClient(base_url=server.url) as late:
                answer = await late.get("/healthz")
            assert answer.status_code == 503
            assert int(answer.headers["retry-after"]) > 0
            assert "no room" in answer.text
        await until(lambda: open_sockets(server) < 100, 5, "descriptors are kept")
        async with gathered.writing(authors=2):
            await asyncio.sleep(1)
        await gathered.verify()
        assert all(follower.connections == 1 for follower in gathered.followers)
        assert "Too many open files" not in server.log.read_text()
    figure("G7", f"{CROWD} idle connections, {DESCRIPTORS} descriptors: refused with 503, open ones stay", f"{refused}")


# -- nothing is left -----------------------------------------------------------------------------------------------


async def test_viewers_that_come_and_go_leave_no_memory_or_descriptors(server: Server, long: bool, figure: Figure) -> None:
    rounds = 100 if long else 6
    async with room(server, followers=1) as gathered:
        person = await gathered.here.attendee()

        async def come_and_go() -> None:
            live = await person.live()
            await live.next()
            live.socket.transport.abort()

        for _ in range(4):
            await asyncio.gather(*(come_and_go() for _ in range(50)))
        await until(lambda: open_sockets(server) < 40, 5, "sockets are kept")
        before, sockets = memory_kib(server), open_sockets(server)
        for _ in range(rounds):
            await asyncio.gather(*(come_and_go() for _ in range(50)))
        await until(lambda: open_sockets(server) <= sockets + 2, 5, "sockets are kept")
        grown = memory_kib(server) - before
        assert grown < 8 * 1024
        figure("G14", f"{rounds * 50} viewers come and go: growth of memory", f"{grown} KiB")
        figure(
            "G14", f"{rounds * 50} viewers come and go: descriptors that stay open", f"{max(0, open_sockets(server) - sockets)}"
        )


def test_the_watchdog_does_not_end_a_server_whose_machine_was_stopped(server: Server) -> None:
    """A laptop that was closed for a while: the watchdog must not take it for a loop that stands still."""
    os.kill(server.pid, signal.SIGSTOP)
    time.sleep(3)
    os.kill(server.pid, signal.SIGCONT)
    assert httpx.get(f"{server.url}/healthz", timeout=ANSWER_SECONDS).status_code == 200

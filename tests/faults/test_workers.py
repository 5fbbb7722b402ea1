"""A worker is killed, stopped by a signal, restarted, or hangs: no post is lost and no page waits long."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import time
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from pathlib import Path

import httpx
import pytest

from board.live.groups import OPEN_SHOWN
from tests import servers
from tests.people import Attendee
from tests.room import at, room, until, whole
from tests.servers import ANSWER_SECONDS, Server, wait_until

Figure = Callable[[str, str, str], None]

STOP_SECONDS = 5.0


async def test_killed_workers_lose_no_acknowledged_post(own_workers: Server, long: bool, figure: Figure) -> None:
    kills = 40 if long else 2
    async with room(own_workers, followers=0) as gathered:
        for number in range(4):
            with at(own_workers, number % 2):
                await gathered.follow(await gathered.here.attendee())
        async with gathered.writing(authors=6):
            for kill in range(kills):
                victim = sorted(own_workers.worker_pids())[kill % 2]
                # A share for each: on a slow machine all would be written before the second is killed.
                gathered.most = OPEN_SHOWN * (kill + 1) // kills
                enough = len(gathered.acknowledged) + (5 if long else 10)
                await until(lambda enough=enough: len(gathered.acknowledged) >= enough, 30, "nobody can write")
                os.kill(victim, signal.SIGKILL)
                await asyncio.to_thread(wait_until, lambda victim=victim: whole(own_workers, victim), "a new worker")
        await gathered.verify()
        assert max(follower.connections for follower in gathered.followers) > 1, "somebody was cut off"
        figure("G1", f"`kill -9` of a worker, {kills} times: acknowledged posts lost", f"0 of {len(gathered.acknowledged)}")
        figure(
            "G8",
            "`kill -9` of a worker: longest time of its viewers without a connection",
            f"{max(follower.longest_alone for follower in gathered.followers):.1f} s",
        )


async def test_a_killed_worker_does_not_disturb_viewers_of_the_other_worker(own_workers: Server) -> None:
    async with room(own_workers, followers=0) as gathered:
        for number in (0, 1):
            with at(own_workers, number):
                await gathered.follow(await gathered.here.attendee())
        victim = min(own_workers.worker_pids())  # number 0
        async with gathered.writing():
            await asyncio.sleep(0.5)
            os.kill(victim, signal.SIGKILL)
            await asyncio.to_thread(wait_until, lambda: whole(own_workers, victim), "a new worker")
        await gathered.verify()
        assert gathered.followers[0].connections > 1
        assert gathered.followers[1].connections == 1


async def test_a_power_cut_loses_no_acknowledged_post(long: bool, figure: Figure) -> None:
    """All processes at once, in the middle of writing, again and again; SQLite."""
    times = 20 if long else 2
    with servers.serving(BOARD_LIMITS="off") as server:
        async with room(server) as gathered, gathered.writing(authors=6):
            for _ in range(times):
                await asyncio.sleep(0.5)
                server.kill()
                await asyncio.to_thread(server.start)
        # `writing` has ended and `room` closed; ask once more, as a visitor
        async with Attendee(server.url, gathered.here.code) as visitor:
            texts = [post["text"] for post in (await visitor.snapshot())["posts"]]
        assert sorted(texts) == sorted(gathered.wanted)
        figure(
            "G1",
            f"`kill -9` of all processes, {times} times, SQLite: acknowledged posts lost",
            f"0 of {len(gathered.acknowledged)}",
        )


@pytest.mark.parametrize("workers", [1, 2])
async def test_a_stop_does_not_wait_for_clients_that_do_not_read(
    workers: int, request: pytest.FixtureRequest, figure: Figure, tmp_path: Path
) -> None:
    settings = {"BOARD_LIMITS": "off", "SECRET_KEY": "k" * 40}
    if workers > 1:
        settings |= {
            "REDIS_URL": request.getfixturevalue("redis_server").url,
            "DATABASE_URL": request.getfixturevalue("postgres_server").new_board_database(),
        }
    with servers.serving(workers, **settings) as server:
        async with room(server, followers=3) as gathered:
            deaf = [deaf_viewer(server, gathered.here.code) for _ in range(4)]
            stream = await gathered.here.attendee()
            events = await stream.http.send(stream.http.build_request("GET", f"{stream.api}/events"), stream=True)
            async with gathered.writing():
                await asyncio.sleep(1)
            await gathered.verify()
            began = time.monotonic()
            status = await asyncio.to_thread(server.stop)
            seconds = time.monotonic() - began
            with suppress(httpx.TransportError):
                await events.aread()
            await events.aclose()
            for connection in deaf:
                connection.close()
        assert status == 0
        assert seconds < STOP_SECONDS
        what = f"SIGTERM with 4 viewers that do not read and a stream, {workers} worker(s): the server ends after"
        figure("G9", what, f"{seconds:.1f} s")
        log = server.log.read_text()
        assert "Traceback" not in log
        assert "ERROR" not in log


def deaf_viewer(server: Server, code: str) -> socket.socket:
    """A socket that asks for the board and reads nothing of it."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.connect((server.host, server.port))
    head = (
        f"GET /api/b/{code}/live HTTP/1.1\r\nHost: {server.host}:{server.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    connection.sendall(head.encode())
    return connection


async def test_a_rolling_restart_loses_no_post(spawned_workers: Server, long: bool, figure: Figure) -> None:
    """SIGHUP, as for a new setting or a new version, at 50 posts a second."""
    async with room(spawned_workers, followers=4) as gathered:
        async with gathered.writing(authors=10):
            for _ in range(6 if long else 1):
                before = spawned_workers.worker_pids()
                await asyncio.sleep(0.5)
                os.kill(spawned_workers.pid, signal.SIGHUP)
                await asyncio.to_thread(wait_until, lambda before=before: whole(spawned_workers, *before), "two new workers")
        await gathered.verify()
        gap = max(follower.longest_alone for follower in gathered.followers)
        figure("G9", "rolling restart by SIGHUP at 50 posts/s: longest time of a viewer without a connection", f"{gap:.1f} s")
        figure("G9", "rolling restart by SIGHUP at 50 posts/s: posts lost", f"0 of {len(gathered.acknowledged)}")


async def test_a_blocked_worker_is_replaced(
    redis_server: servers.Redis, postgres_server: servers.Postgres, tmp_path: Path, long: bool, figure: Figure
) -> None:
    """The event loop is blocked by a signal handler that sleeps, which `sitecustomize` puts into the process."""
    if not long:
        pytest.skip("takes half a minute: make faults; in short, tests/test_watchdog.py")
    handler = "import signal, time\nsignal.signal(signal.SIGUSR1, lambda *_: time.sleep(60))\n"
    (tmp_path / "sitecustomize.py").write_text(handler)
    settings = {"DATABASE_URL": postgres_server.new_database(), "REDIS_URL": redis_server.url, "SECRET_KEY": "k" * 40}
    with servers.serving(workers=2, BOARD_LIMITS="off", PYTHONPATH=str(tmp_path), **settings) as server:
        async with room(server, followers=4) as gathered:
            victim = min(server.worker_pids())
            async with gathered.writing():
                began = time.monotonic()
                os.kill(victim, signal.SIGUSR1)
                await asyncio.to_thread(wait_until, lambda: victim not in server.worker_pids(), "the end of the worker")
                seconds = time.monotonic() - began
                await asyncio.to_thread(wait_until, lambda: whole(server, victim), "a new worker")
            await gathered.verify()
        assert "the event loop has stood still" in server.log.read_text()
        figure("G9", "a worker whose event loop is blocked for 60 s is ended after", f"{seconds:.0f} s")


async def test_the_metrics_drop_viewers_and_failures_of_a_killed_worker(own_workers: Server) -> None:
    board = own_workers.create()
    async with AsyncExitStack() as exits:
        for worker in (0, 1):
            attendee = await exits.enter_async_context(Attendee(own_workers.url, board["code"]))
            await attendee.get("/mine")
            with at(own_workers, worker):
                await attendee.live()
        await asyncio.to_thread(wait_until, lambda: gauges(own_workers)['board_viewers{kind="phone"}'] == 2, "both viewers")
        victim = min(own_workers.worker_pids())
        os.kill(victim, signal.SIGKILL)
        one = {'board_viewers{kind="phone"}': 1, "board_bus_up": 1}
        await asyncio.to_thread(wait_until, lambda: one.items() <= gauges(own_workers).items(), "the one that is left")
        await asyncio.to_thread(wait_until, lambda: victim not in own_workers.worker_pids(), "another worker in its place")
        assert one.items() <= gauges(own_workers).items()


def gauges(server: Server) -> dict[str, float]:
    """What `/metrics` says now; nothing while no worker answers."""
    with suppress(httpx.HTTPError):
        lines = httpx.get(f"{server.url}/metrics", timeout=ANSWER_SECONDS).text.splitlines()
        return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines if not line.startswith("#"))}
    return {}

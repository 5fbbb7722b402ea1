"""The database is locked, paused, cut off or slow, and clocks jump: people wait or see a message, no post is lost or double."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import psycopg
import pytest

from tests import servers
from tests.people import Attendee, question
from tests.room import SECRET, room, until
from tests.servers import Server

Figure = Callable[[str, str, str], None]


@contextmanager
def locked(server: Server) -> Iterator[None]:
    """Another program writes to the SQLite file, and takes its time."""
    with closing(sqlite3.connect(server.directory / "board.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


async def beats_go_on(server: Server, seconds: float) -> float:
    """The longest that the server took for an answer that needs no database."""
    longest, end = 0.0, time.monotonic() + seconds
    async with httpx.AsyncClient(base_url=server.url) as client:
        while time.monotonic() < end:
            began = time.monotonic()
            assert (await client.get("/healthz")).status_code == 200
            longest = max(longest, time.monotonic() - began)
            await asyncio.sleep(0.05)
    return longest


async def test_a_short_database_lock_only_delays_posts(figure: Figure) -> None:
    with servers.serving(BOARD_LIMITS="off") as server:
        async with room(server) as gathered:
            author = await gathered.here.attendee("Asha")
            with locked(server):
                waiting = asyncio.create_task(author.send("POST", "/posts", question("Who holds the lock?")))
                longest = await beats_go_on(server, 3)
                assert not waiting.done(), "no word of success before it is saved"
            assert (await waiting).status_code == 201
            await gathered.verify()
            assert all(follower.connections == 1 for follower in gathered.followers)
        figure(
            "G1",
            "SQLite locked for 3 s, a post waits and is saved: slowest other answer meanwhile",
            f"≤ {longest * 1000:.0f} ms",
        )


async def test_a_long_database_lock_refuses_posts_and_no_threads_pile_up(long: bool, figure: Figure) -> None:
    seconds = 30 if long else 8
    with servers.serving(BOARD_LIMITS="off") as server:
        async with room(server) as gathered:
            author = await gathered.here.attendee("Asha")
            threads = thread_count(server)
            with locked(server):
                began = time.monotonic()
                refusals = [
                    asyncio.create_task(author.send("POST", "/posts", question(f"Is it number {n}?"))) for n in range(30)
                ]
                longest = await beats_go_on(server, seconds)
                assert thread_count(server) <= threads + 2
            answers = await asyncio.gather(*refusals)
            waited = time.monotonic() - began
            assert {answer.status_code for answer in answers} <= {201, 503}
            assert 503 in {answer.status_code for answer in answers}
            async with gathered.writing(authors=2):
                await asyncio.sleep(1)
            async with Attendee(server.url, author.code) as visitor:
                texts = {post["text"] for post in (await visitor.snapshot())["posts"]}
            saved = {n for n, answer in enumerate(answers) if answer.status_code == 201}
            assert texts - set(gathered.wanted) == {f"Is it number {n}?" for n in saved}
            assert all(follower.connections == 1 for follower in gathered.followers)
        figure("G1", f"SQLite locked for {seconds} s: all 30 writers get an answer within", f"{waited:.0f} s")
        figure("G7", f"SQLite locked for {seconds} s: slowest other answer meanwhile", f"≤ {longest * 1000:.0f} ms")


def thread_count(server: Server) -> int:
    return len(list(Path(f"/proc/{server.pid}/task").iterdir()))


# -- PostgreSQL ----------------------------------------------------------------------------------------------------


@pytest.fixture
def beside_postgres(postgres: servers.Postgres) -> Iterator[Server]:
    with servers.serving(DATABASE_URL=postgres.new_board_database(), BOARD_LIMITS="off", **SECRET) as server:
        yield server


async def test_postgresql_connections_that_end_all_the_time_lose_and_double_no_post(
    postgres: servers.Postgres, beside_postgres: Server, long: bool, figure: Figure
) -> None:
    times = 60 if long else 8
    ended = 0
    async with room(beside_postgres) as gathered:
        async with gathered.writing(authors=6):
            for _ in range(times):
                await asyncio.sleep(0.5)
                ended += await asyncio.to_thread(end_all_connections, beside_postgres)
        await gathered.verify()
    assert ended >= times // 2
    figure(
        "G2",
        f"`pg_terminate_backend` ends all connections, {times} times: posts lost or doubled",
        f"0 of {len(gathered.acknowledged)}",
    )


def end_all_connections(server: Server) -> int:
    with psycopg.connect(server.environment["DATABASE_URL"], autocommit=True) as connection:
        return len(
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            ).fetchall()
        )


async def test_a_paused_postgresql_delays_only_writers(
    postgres: servers.Postgres, beside_postgres: Server, long: bool, figure: Figure
) -> None:
    seconds = 30.0 if long else 6.0
    async with room(beside_postgres) as gathered:
        async with gathered.writing():
            await asyncio.sleep(1)
            pids = postgres.pids()
            for pid in pids:
                os.kill(pid, signal.SIGSTOP)
            try:
                longest = await beats_go_on(beside_postgres, seconds)
            finally:
                for pid in pids:
                    os.kill(pid, signal.SIGCONT)
            written = len(gathered.acknowledged) + 4
            again = await until(lambda: len(gathered.acknowledged) >= written, 30, "nobody can write again")
        await gathered.verify()
        assert all(follower.connections == 1 for follower in gathered.followers)
    figure("G1", f"PostgreSQL paused for {seconds:.0f} s: posts lost or doubled", f"0 of {len(gathered.acknowledged)}")
    figure("G1", "PostgreSQL paused: seconds from its return to the next saved post", f"{again:.1f} s")
    figure("G7", f"PostgreSQL paused for {seconds:.0f} s: slowest other answer meanwhile", f"≤ {longest * 1000:.0f} ms")


# -- a slow disk, a jumping clock ----------------------------------------------------------------------------------

SLOW_FSYNC = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <unistd.h>
static int slowly(const char *name, int fd) {
    int (*real)(int) = dlsym(RTLD_NEXT, name);
    if (access(SLOW, F_OK) == 0) sleep(2);
    return real(fd);
}
int fsync(int fd) { return slowly("fsync", fd); }
int fdatasync(int fd) { return slowly("fdatasync", fd); }
"""


@pytest.fixture
def slow_fsync(tmp_path: Path) -> Path:
    """A library that makes each fsync take two seconds while the file `slow` is beside it."""
    if shutil.which("cc") is None:
        pytest.skip("needs a C compiler: apt install gcc libc6-dev")
    source, library = tmp_path / "slow.c", tmp_path / "slow.so"
    source.write_text(SLOW_FSYNC)
    definition = f'-DSLOW="{tmp_path / "slow"}"'
    subprocess.run(["cc", "-shared", "-fPIC", definition, "-o", str(library), str(source)], check=True)
    return library


@pytest.fixture
def faketime() -> Path:
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
    if not found:
        pytest.skip("needs libfaketime: apt install libfaketime")
    return found[0]


async def test_a_post_on_a_slow_disk_is_acknowledged_only_after_it_is_saved(slow_fsync: Path, figure: Figure) -> None:
    slow = slow_fsync.with_name("slow")
    with servers.serving(BOARD_LIMITS="off", LD_PRELOAD=str(slow_fsync)) as server:
        async with room(server) as gathered:
            author = await gathered.here.attendee("Asha")
            await author.ask("How fast is this disk?")
            slow.touch()
            began = time.monotonic()
            waiting = asyncio.create_task(author.send("POST", "/posts", question("And now?")))
            longest = await beats_go_on(server, 1.5)
            assert not waiting.done()
            assert (await waiting).status_code == 201
            assert time.monotonic() - began > 2
            slow.unlink()
            await gathered.verify()
    what = "each fsync takes 2 s, posts are acknowledged only after it: slowest other answer meanwhile"
    figure("G1", what, f"≤ {longest * 1000:.0f} ms")


async def test_clock_jumps_do_not_change_order_or_leases(tmp_path: Path, faketime: Path, long: bool, figure: Figure) -> None:
    """An hour and a day, forth and back, while people write."""
    clock = tmp_path / "clock"
    clock.write_text("+0")
    settings = {
        "LD_PRELOAD": str(faketime),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    with servers.serving(**settings) as server:  # with limits: they must not be measured by this clock
        async with room(server) as gathered:
            async with gathered.writing(authors=2, each_second=0.4):
                for jump in ("+1h", "-1h", "+1d", "-1d", "+0") if long else ("+1d", "-1h"):
                    await asyncio.sleep(2.6)
                    clock.write_text(jump)
                await asyncio.sleep(2.6)
            await gathered.verify()
            assert all(follower.connections == 1 for follower in gathered.followers)
            async with Attendee(server.url, gathered.here.code) as visitor:
                posts = (await visitor.snapshot())["posts"]
            by_seq = [post["text"] for post in sorted(posts, key=lambda post: post["seq"])]
            by_time = [post["text"] for post in sorted(posts, key=lambda post: post["created_at"])]
            assert by_seq == by_time, "times on a board never go back"
    figure("G3", "the clock jumps by ± 1 h, ± 1 day: order of posts, leases, limits", "unchanged")

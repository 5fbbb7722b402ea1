"""A room full of phones at once: joining, coming back after a restart, coming and going all day."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from sqlalchemy import create_engine, text

from tests import servers
from tests.bench.peers import Peer, board, posting
from tests.bench.rig import SERVER_CORE, Address, Http, Processes, mark, on_core
from tests.bench.walk import opened

AT_ONCE = 64


async def joining(work: Path, quick: bool) -> list[str]:
    """Everybody scans the code at the same moment: page, snapshot, own posts, socket."""
    phones = 200 if quick else 1000
    with board(work) as peer:
        code = code_of(peer)
        for number in range(200):
            await peer.publish(mark(number))
        http, cookies = Http(peer.address.port), [""] * phones

        async def page(number: int) -> None:
            answer = await http.request("GET", f"/b/{code}")
            assert answer.status == 200
            cookies[number] = f"Cookie: {answer.cookies}"

        async def snapshot(number: int) -> None:
            answer = await http.request("GET", f"/api/b/{code}", header=f"{cookies[number]}\r\nAccept-Encoding: gzip")
            assert answer.status == 200

        async def mine(number: int) -> None:
            answer = await http.request("GET", f"/api/b/{code}/mine", header=cookies[number])
            assert answer.status == 200

        rates = []
        cpu = peer.processes.cpu_us()
        for step in (page, snapshot, mine):
            rates.append(phones / await _by_all(phones, step))
        client = await opened(work, peer.address, phones)
        cpu = (peer.processes.cpu_us() - cpu) / phones / 1000
        counted = await client.close()
        rates.append(phones / counted.opening_seconds)
    return [
        "| phones at once | pages/s | snapshots/s (200 cards) | own posts/s | sockets/s | CPU per phone for all of these, ms |",
        "|---|---|---|---|---|---|",
        f"| {phones:,} | " + " | ".join(f"{rate:,.0f}" for rate in rates) + f" | {cpu:.1f} |",
    ]


async def _by_all(phones: int, step: Callable[[int], Awaitable[None]]) -> float:
    """Every phone does this, so many at a time. Gives the seconds it took."""
    numbers = iter(range(phones))

    async def some() -> None:
        for number in numbers:
            await step(number)

    began = time.perf_counter()
    await asyncio.gather(*(some() for _ in range(AT_ONCE)))
    return time.perf_counter() - began


async def reconnecting(work: Path, quick: bool) -> list[str]:
    """The server restarts; everybody comes back at once with what they had, and it reads the store once for all of them."""
    phones = 500 if quick else 2000
    with servers.directory() as path:
        postgres = servers.Postgres(path)
        postgres.start()
        try:
            url = postgres.new_database()
            with on_core(SERVER_CORE):
                server = servers.Server(path, BOARD_LIMITS="off", DATABASE_URL=url, SECRET_KEY="k" * 40)
                server.start()
            made = server.create("Bench")
            publish = posting(server.port, made["code"])
            for number in range(200):
                await publish(mark(number))
            snapshot = json.loads((await Http(server.port).request("GET", f"/api/b/{made['code']}")).body)
            server.stop()
            with on_core(SERVER_CORE):
                server.start()
            transactions = _transactions(url)
            cpu, began = Processes([server.pid]).cpu_us(), time.monotonic()
            where = f"/api/b/{made['code']}/live?after={snapshot['seq'] - 10}&epoch={snapshot['epoch']}"
            client = await opened(work, Address(server.port, where), phones)
            cpu = (Processes([server.pid]).cpu_us() - cpu) / phones
            posted = posting(server.port, made["code"])
            await posted(mark(777))
            await client.all_have(777)
            took = time.monotonic() - began
            await asyncio.sleep(1.5)  # the database tells its numbers a second late
            transactions = _transactions(url) - transactions
            await client.close()
            server.stop()
        finally:
            postgres.stop()
    return [
        "| phones that reconnect at once | all have a new post after | CPU per phone, µs | database transactions meanwhile |",
        "|---|---|---|---|",
        f"| {phones:,} | {took:.2f} s | {cpu:.0f} | {transactions} |",
        "",
        "The transactions include one poll per second, some eight for one attendee who joins and posts, and those of the "
        "measurement itself.",
    ]


def _transactions(url: str) -> int:
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    try:
        with engine.connect() as connection:
            found = connection.execute(text("SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()"))
            return int(found.scalar_one())
    finally:
        engine.dispose()


async def churn(work: Path, quick: bool) -> list[str]:
    """As many come and go as in a day, and post: what stays in memory?"""
    rounds, phones, posts = (6, 300, 50) if quick else (40, 1000, 250)
    with board(work) as peer:
        number = 0
        sizes = []
        for _round in range(rounds):
            client = await opened(work, peer.address, phones)
            for _ in range(posts):
                number += 1
                await peer.publish(mark(number))
            await client.close()
            await asyncio.sleep(0.3)
            sizes.append(peer.processes.memory_kib())
    half = rounds // 2
    return [
        "| connections opened and closed | posts | memory after the first round, MiB | half way, MiB | at the end, MiB |",
        "|---|---|---|---|---|",
        f"| {rounds * phones:,} | {number:,} | {sizes[0] / 1024:.1f} | {sizes[half] / 1024:.1f} | {sizes[-1] / 1024:.1f} |",
    ]


def code_of(peer: Peer) -> str:
    return peer.address.path.split("/")[3]

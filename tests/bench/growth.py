"""More viewers, more posts, more boards, more workers: what stays as it was?"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import httpx

from board.actions import lifecycle
from board.data.store import Store
from tests import servers
from tests.bench.crowd import code_of
from tests.bench.fanout import SETTLE_SECONDS
from tests.bench.peers import Peer, board, posting
from tests.bench.rig import SERVER_CORE, Address, Processes, Publish, at_rate, latencies_ms, mark, on_core
from tests.bench.walk import opened

# Our own server, with a look at the clock every 2 ms; when it stops, it tells when its event loop came later than 5 ms.
PROBED = """
import asyncio, json, os, time
from board.live import hub
from board.command.cli import main

start, stop, late = hub.Hub.start, hub.Hub.stop, []

async def start_watched(self):
    loop = asyncio.get_running_loop()
    def look(due):
        now = time.monotonic()
        if now - due > 0.003:
            late.append((due, now - due))
        loop.call_later(0.002, look, now + 0.002)
    await start(self)
    look(time.monotonic())

async def stop_watched(self):
    await stop(self)
    with open(os.environ["LATE_FILE"], "w") as file:
        json.dump(late, file)

hub.Hub.start, hub.Hub.stop = start_watched, stop_watched
main()
"""


async def viewers(work: Path, quick: bool) -> list[str]:
    rows = [
        "| viewers | CPU per delivery, µs | KiB per socket | new sockets/s | p50, ms | p99, ms |",
        "|---|---|---|---|---|---|",
    ]
    for many in (100, 1000) if quick else (100, 1000, 4000, 10_000):
        with board(work) as peer:
            memory = peer.processes.memory_kib()
            client = await opened(work, peer.address, many)
            await asyncio.sleep(SETTLE_SECONDS)
            each = (peer.processes.memory_kib() - memory) / many
            numbers, rate = range(40), 5
            cpu = peer.processes.cpu_us()
            sent = await at_rate(peer.publish, numbers, rate)
            await peer.processes.quiet()
            cpu = (peer.processes.cpu_us() - cpu) / (len(numbers) * many)
            counted = await client.close()
            p50, p99 = latencies_ms(sent, counted)
            speed = many / counted.opening_seconds
            rows.append(f"| {many:,} | {cpu:.1f} | {each:.1f} | {speed:,.0f} | {p50:.0f} | {p99:.0f} |")
    return [*rows, "", "Five posts per second. A post has a fixed cost, so a delivery costs more when there are few viewers."]


async def pauses(work: Path, quick: bool) -> list[str]:
    """How long the event loop does nothing else, while frames go to very many."""
    rows = ["| viewers | posts/s | delay of the event loop, p99 of all checks | longest |", "|---|---|---|---|"]
    for many in (1000,) if quick else (1000, 10_000):
        with servers.directory() as path, _probed():
            late_file = path / "late.json"
            server = servers.Server(path, BOARD_LIMITS="off", LATE_FILE=str(late_file))
            with on_core(SERVER_CORE):
                server.start()
            code = server.create("Bench")["code"]
            client = await opened(work, Address(server.port, f"/api/b/{code}/live"), many)
            await asyncio.sleep(SETTLE_SECONDS)
            numbers, rate, began = range(50), 10, time.monotonic()
            await at_rate(posting(server.port, code), numbers, rate)
            took = time.monotonic() - began
            await asyncio.sleep(SETTLE_SECONDS)
            await client.close()
            server.stop()
            late = sorted(late * 1000 for at, late in json.loads(late_file.read_text()) if began <= at <= began + took)
            looks = int(took / 0.002)
            late = [0.0] * max(0, looks - len(late)) + late
            rows.append(f"| {many:,} | {rate} | {late[int(len(late) * 0.99)]:.0f} ms | {late[-1]:.0f} ms |")
    return rows


@contextmanager
def _probed() -> Iterator[None]:
    before = servers.COMMAND
    servers.COMMAND = [sys.executable, "-c", PROBED]
    try:
        yield
    finally:
        servers.COMMAND = before


async def posts(work: Path, quick: bool) -> list[str]:
    rows = [
        "| posts on the board | snapshot, KiB (compressed) | fresh snapshot, ms | answer to a post, ms "
        "| joining by socket, ms |",
        "|---|---|---|---|---|",
    ]
    for many in (100, 2000) if quick else (100, 1000, 10_000, 100_000):
        with board(work) as peer:
            await _fill(peer, many)
            async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{peer.address.port}") as reader:
                answers, snapshots, joins, size = [], [], [], 0
                for number in range(20):
                    began = time.perf_counter()
                    await peer.publish(mark(900_000 + number))
                    answers.append(time.perf_counter() - began)
                    began = time.perf_counter()
                    response = await reader.get(f"/api/b/{code_of(peer)}")
                    snapshots.append(time.perf_counter() - began)
                    size = int(response.headers["content-length"])
                    joined = await (await opened(work, peer.address, 1)).close()
                    joins.append(joined.opening_seconds)
            times = " | ".join(f"{median(column) * 1000:.1f}" for column in (snapshots, answers, joins))
            rows.append(f"| {many:,} | {size / 1024:.1f} | {times} |")
    return [
        *rows,
        "",
        "A snapshot has the newest 200 cards and at most 500 open questions; clients request older posts page by page.",
    ]


async def _fill(peer: Peer, many: int) -> None:
    numbers = iter(range(many))

    async def fill() -> None:
        for number in numbers:
            await peer.publish(mark(number))

    await asyncio.gather(*(fill() for _ in range(100)))


async def boards(work: Path, quick: bool) -> list[str]:
    """A thousand viewers, spread over more and more boards."""
    viewers = 200 if quick else 1000
    rows = [
        "| boards | viewers in all | CPU per post, ms | idle CPU per second, ms | KiB per board | new sockets/s | p99, ms |",
        "|---|---|---|---|---|---|---|",
    ]
    for many in (1, 20) if quick else (1, 50, 500):
        with servers.directory() as path:
            url = f"sqlite:///{path / 'many.db'}"
            codes = await _new_boards(url, many)
            server = servers.Server(path, BOARD_LIMITS="off", DATABASE_URL=url)
            with on_core(SERVER_CORE):
                server.start()
            processes = Processes([server.pid])
            memory = processes.memory_kib()
            client = await opened(work, Address(server.port, ",".join(f"/api/b/{code}/live" for code in codes)), viewers)
            await asyncio.sleep(SETTLE_SECONDS)
            each = (processes.memory_kib() - memory) / many
            idle = processes.cpu_us()
            await asyncio.sleep(4)
            idle = (processes.cpu_us() - idle) / 4
            doors: list[Publish] = [posting(server.port, code) for code in codes[:50]]
            turns = itertools.cycle(doors)
            numbers = range(100)
            cpu = processes.cpu_us()
            sent = await at_rate(lambda mark, turns=turns: next(turns)(mark), numbers, 20)  # type: ignore[misc]
            cpu = (processes.cpu_us() - cpu - idle * len(numbers) / 20) / len(numbers)
            await asyncio.sleep(SETTLE_SECONDS)
            counted = await client.close()
            _, p99 = latencies_ms(sent, counted)
            rows.append(
                f"| {many} | {viewers:,} | {cpu / 1000:.1f} | {idle / 1000:.1f} | {each:.0f} "
                f"| {viewers / counted.opening_seconds:,.0f} | {p99:.0f} |"
            )
            server.stop()
    return rows


async def _new_boards(url: str, many: int) -> list[str]:
    store = Store(url)
    store.migrate()
    store.start()
    made = [await store.write_any(lambda connection: lifecycle.new_board(connection, 0, "Bench")) for _ in range(many)]
    await store.stop()
    return [code for _board_id, code in made]


async def workers(work: Path, quick: bool) -> list[str]:
    """A thousand viewers, spread over more and more workers, all on the server's one core."""
    viewers = 200 if quick else 1000
    rows = [
        "| workers | CPU per delivery, µs | of this idle, µs | most and fewest viewers per worker | new sockets/s "
        "| p50, ms | p99, ms |",
        "|---|---|---|---|---|---|---|",
    ]
    with servers.directory() as path:
        redis = servers.Redis(path)
        redis.start()
        try:
            for many in (1, 2) if quick else (1, 2, 4, 8):
                with board(work, workers=many, **({"REDIS_URL": redis.url} if many > 1 else {})) as peer:
                    before = [_descriptors(pid) for pid in peer.processes.pids]
                    client = await opened(work, peer.address, viewers)
                    await asyncio.sleep(SETTLE_SECONDS)
                    shares = [_descriptors(pid) - old for pid, old in zip(peer.processes.pids, before, strict=True)]
                    idle = peer.processes.cpu_us()
                    await asyncio.sleep(3)
                    idle = (peer.processes.cpu_us() - idle) / 3 / (20 * viewers)
                    numbers = range(60)
                    cpu = peer.processes.cpu_us()
                    sent = await at_rate(peer.publish, numbers, 20)
                    await asyncio.sleep(0.2)
                    cpu = (peer.processes.cpu_us() - cpu) / (len(numbers) * viewers)
                    counted = await client.close()
                    p50, p99 = latencies_ms(sent, counted)
                    rows.append(
                        f"| {many} | {cpu:.1f} | {idle:.1f} | {max(shares)} · {min(shares)} "
                        f"| {viewers / counted.opening_seconds:,.0f} | {p50:.1f} | {p99:.1f} |"
                    )
        finally:
            redis.stop()
    return rows


def _descriptors(pid: int) -> int:
    return len(os.listdir(f"/proc/{pid}/fd"))

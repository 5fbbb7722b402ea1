"""Posts a second, each acknowledged after its commit; and what a page weighs."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from sqlalchemy import text

from board.actions import attendees, lifecycle
from board.app import collect_seldom
from board.data.store import Store
from board.model import requests, views
from tests import servers, weights
from tests.bench.peers import board, posting
from tests.bench.rig import mark
from tests.people import card


async def store(_work: Path, quick: bool) -> list[str]:
    """The store alone: group commit against one commit a post."""
    rows = [
        "| store alone | one at a time, posts/s | 50 at once, posts/s | 500 at once, posts/s | ratio |",
        "|---|---|---|---|---|",
    ]
    total = 2_000 if quick else 10_000
    collect_seldom()  # as the server does: this process holds more by now, and would look through it again and again
    with servers.directory() as path:
        one, fifty, many = [
            await _writes(f"sqlite:///{path / f'{n}.db'}", n, total // (10 if n == 1 else 1)) for n in (1, 50, 500)
        ]
        rows.append(f"| SQLite, synchronous=FULL | {one:,.0f} | {fifty:,.0f} | {many:,.0f} | {many / one:.1f} × |")
        postgres = servers.Postgres(path)
        postgres.start()
        try:
            urls = [postgres.new_database().replace("postgresql:", "postgresql+psycopg:") for _ in range(3)]
            one, fifty, many = [
                await _writes(url, n, total // (10 if n == 1 else 1)) for url, n in zip(urls, (1, 50, 500), strict=True)
            ]
            rows.append(f"| PostgreSQL | {one:,.0f} | {fifty:,.0f} | {many:,.0f} | {many / one:.1f} × |")
        finally:
            postgres.stop()
    return rows


async def _writes(url: str, at_once: int, total: int) -> float:
    opened = Store(url)
    opened.migrate()
    opened.start()
    board_id, _ = await opened.write_any(lambda connection: lifecycle.new_board(connection, 0, "Bench"))
    wanted = iter([requests.parse_post(views.encode(card())) for _ in range(total)])

    async def writer() -> None:
        for post in wanted:
            await attendees.submit(opened, board_id, "0" * 32, "1" * 32, post)

    began = time.perf_counter()
    await asyncio.gather(*(writer() for _ in range(at_once)))
    seconds = time.perf_counter() - began
    stored = await opened.read(lambda connection: connection.execute(text("SELECT count(*) FROM posts")).scalar_one())
    assert stored == total
    await opened.stop()
    return total / seconds


async def http(_work: Path, quick: bool) -> list[str]:
    """The whole way in, on one core, 50 attendees at once."""
    rows = ["| through HTTP, one core, 50 at once | posts/s |", "|---|---|"]
    seconds = 2.0 if quick else 6.0
    with servers.directory() as path, board(path) as peer:
        rows.append(f"| SQLite, synchronous=FULL | {await _posts(peer.address.port, peer.address.path, seconds):,.0f} |")
    with servers.directory() as path:
        postgres = servers.Postgres(path)
        postgres.start()
        try:
            with board(path, DATABASE_URL=postgres.new_database(), SECRET_KEY="k" * 40) as peer:
                rows.append(f"| PostgreSQL | {await _posts(peer.address.port, peer.address.path, seconds):,.0f} |")
        finally:
            postgres.stop()
    return rows


async def _posts(port: int, path: str, seconds: float) -> float:
    publish, number, until = posting(port, path.split("/")[3]), 0, time.monotonic() + seconds

    async def attendee() -> None:
        nonlocal number
        while time.monotonic() < until:
            number += 1
            await publish(mark(number))

    await asyncio.gather(*(attendee() for _ in range(50)))
    return number / seconds


async def first_load(_work: Path, _quick: bool) -> list[str]:
    """Page, scripts and styles as they come over the wire, without fonts, against what each may weigh."""
    rows = ["| page | KiB compressed, without fonts | budget | |", "|---|---|---|---|"]
    with servers.serving() as server:
        for name, kib in (await weights.first_loads_kib(server)).items():
            budget = weights.BUDGETS_KIB[name]
            rows.append(f"| {name} | {kib:.1f} | {budget} | {'kept' if kib <= budget else 'BROKEN'} |")
    return rows

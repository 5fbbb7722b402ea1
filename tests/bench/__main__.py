"""`make bench`: what the walk costs, measured on the real application. Ratios count; absolute values are this machine's."""

from __future__ import annotations

import asyncio
import gzip
import re
import statistics
import time
from collections.abc import Awaitable, Callable

import httpx
from sqlalchemy import text

from board import actions, messages
from board.store import Store
from tests import servers
from tests.people import Attendee, card

VIEWERS = 200
POSTS = 200
POSTS_PER_SECOND = 20
WRITES = 2_000


async def main() -> None:
    print(f"Store, SQLite FULL, {WRITES} cards: ", end="", flush=True)
    alone, together = await _writes(1), await _writes(50)
    print(f"{alone:,.0f}/s one by one, {together:,.0f}/s with 50 at once: {together / alone:.1f} x")
    for workers in (1, 2):
        latencies = await _walk(workers)
        median, worst = statistics.median(latencies), statistics.quantiles(latencies, n=100)[98]
        print(
            f"Post to the last of {VIEWERS} viewers, {POSTS_PER_SECOND} posts/s, {workers} worker(s): "
            f"p50 {median * 1000:.1f} ms, p99 {worst * 1000:.1f} ms"
        )
    await _first_load()


async def _writes(at_once: int) -> float:
    """Cards a second through the store, each acknowledged after its commit."""
    with servers.directory() as path:
        store = Store(f"sqlite:///{path / 'bench.db'}")
        store.migrate()
        store.start()
        board_id, _ = await store.write_any(lambda connection: actions.new_board(connection, 0, "Bench"))

        async def writer(count: int) -> None:
            for _ in range(count):
                wanted = messages.parse_post(messages.encode(card()))
                await actions.submit(store, board_id, "0" * 32, "1" * 32, wanted)

        began = time.perf_counter()
        await asyncio.gather(*(writer(WRITES // at_once) for _ in range(at_once)))
        seconds = time.perf_counter() - began
        stored = await store.read(lambda connection: connection.execute(text("SELECT count(*) FROM posts")).scalar_one())
        assert stored == WRITES // at_once * at_once
        await store.stop()
        return WRITES / seconds


async def _walk(workers: int) -> list[float]:
    """Seconds from sending a post to the last viewer's having it."""
    with servers.directory() as path:
        redis = servers.Redis(path)
        redis.start()
        try:
            settings = {"REDIS_URL": redis.url} if workers > 1 else {}
            with servers.serving(workers, BOARD_LIMITS="off", **settings) as server:
                return await _measure(server)
        finally:
            redis.stop()


async def _measure(server: servers.Server) -> list[float]:
    board = server.create("Bench")
    async with Attendee(server.url, board["code"]) as author:
        viewers = [await author.live() for _ in range(VIEWERS)]
        arrived: dict[str, list[float]] = {}

        async def watch(live: object) -> None:
            while True:
                frame = await live.next(60)  # type: ignore[attr-defined]
                for post in frame.get("posts", ()):
                    arrived.setdefault(post["id"], []).append(time.perf_counter())

        watching = [asyncio.create_task(watch(live)) for live in viewers]
        sent: dict[str, float] = {}

        async def post() -> None:
            body = card()
            sent[str(body["id"])] = time.perf_counter()
            response = await author.send("POST", "/posts", body)
            assert response.status_code == 201, response.text

        await _paced(post)
        await asyncio.sleep(1)
        for task in watching:
            task.cancel()
        assert all(len(arrived[post_id]) == VIEWERS for post_id in sent)
        return [max(arrived[post_id]) - at for post_id, at in sent.items()]


async def _paced(act: Callable[[], Awaitable[None]]) -> None:
    began = time.perf_counter()
    tasks = []
    for number in range(POSTS):
        await asyncio.sleep(max(0.0, began + number / POSTS_PER_SECOND - time.perf_counter()))
        tasks.append(asyncio.ensure_future(act()))
    await asyncio.gather(*tasks)


async def _first_load() -> None:
    with servers.serving() as server:
        board = server.create("Bench")
        async with httpx.AsyncClient(base_url=server.url, follow_redirects=True) as browser:
            for name in ("join_url", "screen_url", "moderate_url"):
                page = await browser.get(board[name].replace("localhost", "127.0.0.1"))
                paths = set(re.findall(r'(?:src|href)="(/static/[^"]+\.(?:js|css|svg))"', page.text))
                whole = len(gzip.compress(page.content, 9))
                for path in sorted(paths):
                    response = await browser.get(path, headers={"Accept-Encoding": "gzip"})
                    whole += int(response.headers["content-length"])
                print(f"First load of {name.removesuffix('_url')}: {whole / 1024:.1f} KiB compressed, no fonts")


if __name__ == "__main__":
    asyncio.run(main())

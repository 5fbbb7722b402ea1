"""The walk under load: latency with one and two workers, a storm of votes, clients that do not read."""

from __future__ import annotations

import asyncio
import random
import time
from pathlib import Path

import httpx

from tests import servers
from tests.bench.fanout import PER_SECOND, SETTLE_SECONDS
from tests.bench.peers import HERE, board, posting
from tests.bench.rig import Address, Client, Http, Processes, at_rate, built, latencies_ms

CLIENT = HERE.parent / "client.c"
STORM_SECONDS = 5.0


async def latencies(work: Path, quick: bool) -> list[str]:
    lines = ["| viewers | workers | p50, ms | p99, ms |", "|---|---|---|---|"]
    seconds = 3.0 if quick else 10.0
    for viewers in (200,) if quick else (200, 1000):
        for workers in (1, 2):
            p50, p99 = await _latency(work, viewers, workers, seconds)
            lines.append(f"| {viewers} | {workers}{' + Redis' if workers > 1 else ''} | {p50:.1f} | {p99:.1f} |")
    return [
        *lines,
        "",
        f"{PER_SECOND} posts per second; the latency is from sending the request until the last viewer has the frame.",
    ]


async def _latency(work: Path, viewers: int, workers: int, seconds: float) -> tuple[float, float]:
    with servers.directory() as path:
        redis = servers.Redis(path)
        redis.start()
        try:
            environment = {"REDIS_URL": redis.url} if workers > 1 else {}
            with board(work, workers=workers, **environment) as peer:
                client = await opened(work, peer.address, viewers)
                sent = await at_rate(peer.publish, range(int(PER_SECOND * seconds)), PER_SECOND)
                await asyncio.sleep(SETTLE_SECONDS)
                return latencies_ms(sent, await client.close())
        finally:
            redis.stop()


async def vote_storm(work: Path, quick: bool) -> list[str]:
    """Every viewer votes for one question within five seconds, while cards are still posted."""
    voters = 200 if quick else 1000
    with servers.serving(BOARD_LIMITS="off") as server:
        code = server.create("Storm")["code"]
        client = await opened(work, Address(server.port, f"/api/b/{code}/live"), voters)
        question = "11111111-1111-4111-8111-111111111111"
        async with httpx.AsyncClient(base_url=f"{server.url}/api/b/{code}") as asker:
            body = {"id": question, "kind": "question", "text": "Who pays?"}
            await asker.get("/mine")
            (await asker.post("/posts", json=body)).raise_for_status()
        cookies = [await _cookie(server.port, code) for _ in range(voters)]
        http = Http(server.port)
        random.shuffle(cookies)
        processes = Processes(server.worker_pids())
        cpu, began = processes.cpu_us(), time.monotonic()

        async def vote(number: int, cookie: str) -> int:
            await asyncio.sleep(STORM_SECONDS * number / voters)
            return (await http.request("PUT", f"/api/b/{code}/posts/{question}/vote", b"", header=f"Cookie: {cookie}")).status

        posting_too = asyncio.create_task(at_rate(posting(server.port, code), range(int(STORM_SECONDS * 4)), 4))
        answers = await asyncio.gather(*(vote(number, cookie) for number, cookie in enumerate(cookies)))
        took = time.monotonic() - began
        sent = await posting_too
        async with httpx.AsyncClient(base_url=server.url) as reader:
            while True:
                posts = (await reader.get(f"/api/b/{code}")).json()["posts"]
                votes = next(post["votes"] for post in posts if post["id"] == question)
                if votes == voters or time.monotonic() - began > 30:
                    break
        await asyncio.sleep(SETTLE_SECONDS)
        cpu = processes.cpu_us() - cpu
        counted = await client.close()
        _, p99 = latencies_ms(sent, counted)
    frames = counted.most_frames / (took + SETTLE_SECONDS)
    return [
        f"{voters} viewers vote for one question within {STORM_SECONDS:.0f} s, and an attendee posts four cards per second. "
        f"The server acknowledges {answers.count(200)} votes and counts {votes}. It sends each viewer at most "
        f"{frames:.1f} frames per second, for votes and cards together, and uses {cpu / 1e6:.2f} s of CPU. "
        f"A card reaches the last viewer within {p99:.0f} ms (p99)."
    ]


async def _cookie(port: int, code: str) -> str:
    async with httpx.AsyncClient() as phone:
        page = await phone.get(f"http://127.0.0.1:{port}/b/{code}")
        return "; ".join(f"{name}={value}" for name, value in page.cookies.items())


async def deaf_clients(work: Path, quick: bool) -> list[str]:
    """Some clients never read. The others must not notice, and those must be gone after ten seconds."""
    viewers, deaf = (200, 20) if quick else (1000, 50)
    rows = [
        "| viewers | of these do not read | p50, ms | p99, ms | extra KiB for each that does not read |",
        "|---|---|---|---|---|",
    ]
    for count in (0, deaf):
        with board(work) as peer:
            client = await opened(work, peer.address, viewers, count)
            # The kernel takes some; then frames wait in user space, and the others must still get theirs.
            filling = await at_rate(peer.publish, range(500_000, 500_400), 200)
            before = peer.processes.memory_kib()
            sent = await at_rate(peer.publish, range(int(PER_SECOND * 5)), PER_SECOND)
            more = (peer.processes.memory_kib() - before) / max(count, 1)
            await asyncio.sleep(SETTLE_SECONDS)
            p50, p99 = latencies_ms(sent, await client.close())
            assert filling
            rows.append(f"| {viewers} | {count} | {p50:.1f} | {p99:.1f} | {f'{more:.0f}' if count else '–'} |")
    return rows


async def opened(work: Path, address: Address, sockets: int, deaf: int = 0) -> Client:
    client = Client(built(work, CLIENT), address, sockets, deaf)
    await client.open()
    return client

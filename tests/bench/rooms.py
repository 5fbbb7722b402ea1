"""From a moderator's click to the screens of many rooms: each has a scene, and so a frame, of its own."""

from __future__ import annotations

import asyncio
import time
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

from tests import servers
from tests.people import Json, Live, Moderator

ROOMS, CLICKS, FEW_CLICKS = 20, 300, 60
LIMIT_MS = 100.0
SCENES = ("join", "map")
PAUSE_SECONDS = 0.02


async def screens(_work: Path, quick: bool) -> list[str]:
    """A row for one screen and one for those of all rooms, and how much more the rooms cost."""
    clicks = FEW_CLICKS if quick else CLICKS
    with servers.directory() as path:
        server = servers.Server(path, BOARD_LIMITS="off")
        server.start()
        board = server.create("Rooms")
        async with AsyncExitStack() as stack:

            async def by_link(link: str) -> Moderator:
                return await stack.enter_async_context(Moderator(server.url, board["code"], link))

            organiser = await by_link(board["organise_url"])
            lines = [await (await by_link(board["screen_url"])).live(feed="screen")]
            one = await _clicked(organiser, lines, clicks)
            for number in range(1, ROOMS):
                made = await organiser.send("POST", "/screens", {"name": f"Screen {number}", "room": f"Room {number}"})
                lines.append(await (await by_link(made.json()["url"])).live(feed="screen"))
            several = await _clicked(organiser, lines, clicks)
        server.stop()
    rows = [f"| from a click until the last screen has it, {clicks} clicks | p50, ms | p99, ms |", "|---|---|---|"]
    for name, took in (("one screen", one), (f"{ROOMS} screens, each in its own room", several)):
        rows.append(f"| {name} | {_at(took, 0.5):.1f} | {_at(took, 0.99):.1f} |")
    ratio = _at(several, 0.5) / _at(one, 0.5)
    return [*rows, "", f"{ROOMS} rooms take {ratio:.1f} times as long as one screen; the limit is {LIMIT_MS:.0f} ms."]


async def _clicked(organiser: Moderator, lines: list[Live], clicks: int) -> list[float]:
    """Milliseconds from each click until the last screen has its frame, sorted."""
    took = []
    for number in range(clicks):
        scene = SCENES[number % len(SCENES)]
        began = time.perf_counter()
        heard = [asyncio.create_task(line.until(partial(_shows, scene))) for line in lines]
        answer = await organiser.send("PUT", "/screens", {"all": True, "scene": scene})
        assert answer.status_code == 200, answer.text
        await asyncio.gather(*heard)
        took.append((time.perf_counter() - began) * 1000)
        await asyncio.sleep(PAUSE_SECONDS)
    return sorted(took)


def _shows(scene: str, frame: Json) -> bool:
    return bool(frame.get("screen", {}).get("scene") == scene)


def _at(took: list[float], share: float) -> float:
    return took[min(len(took) - 1, int(len(took) * share))]

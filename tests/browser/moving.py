"""The moving picture of the README: a card goes from a phone to the large screen, and the room applauds.

python -m tests.browser.moving [--to FILE]

Both pages run as people see them, side by side. Chromium hands over each frame that it draws, with its time; a frame of the
picture shows the newest of both.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import io
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.async_api import Browser, Page, async_playwright

from tests import servers
from tests.browser import scenery
from tests.browser.conftest import PHONE
from tests.browser.scenery import HOST, Board, Demo
from tests.browser.test_phone import say_who
from tests.people import Attendee

FILE = Path(__file__).parents[2] / "docs" / "images" / "live.webp"
MOST_BYTES = 2_000_000
SCREEN = {"width": 1280, "height": 720}
SCREEN_SHOWN, PHONE_SHOWN, EDGE = (800, 450), (208, 450), 12
GROUND = "#0b0c22"
FRAMES_A_SECOND = 10
SENTENCE = "You waited a full minute before you answered him. Now our whole team listens like that."
ARRIVAL_SECONDS, APPLAUSE_SECONDS, REST_SECONDS = 7.0, 5.0, 1.5


@dataclass
class Camera:
    """What one page showed, and when."""

    size: tuple[int, int]
    shots: list[tuple[float, bytes]] = field(default_factory=list)
    on: bool = True

    async def film(self, page: Page) -> None:
        session = await page.context.new_cdp_session(page)

        async def keep(frame: dict[str, object]) -> None:
            metadata = frame["metadata"]
            assert isinstance(metadata, dict)
            self.shots.append((metadata["timestamp"], base64.b64decode(str(frame["data"]))))
            if self.on:
                await session.send("Page.screencastFrameAck", {"sessionId": frame["sessionId"]})

        session.on("Page.screencastFrame", keep)
        await session.send("Page.startScreencast", {"format": "jpeg", "quality": 92, "everyNthFrame": 4})

    def at(self, second: float) -> Image.Image:
        before = [shot for when, shot in self.shots if when <= second]
        found = before[-1] if before else self.shots[0][1]
        return Image.open(io.BytesIO(found)).convert("RGB").resize(self.size, Image.Resampling.LANCZOS)


async def act(phone: Page, room: list[Attendee], screen: Page) -> None:
    """A card is written as people write, comes to the wall, and the room claps."""
    await phone.get_by_role("button", name="Celebrate someone").click()
    await phone.locator("#to").press_sequentially("Nadia", delay=90)
    await phone.keyboard.press("Enter")
    await phone.locator(".chips .chip").first.click()
    await phone.locator("#text").press_sequentially(SENTENCE, delay=22)
    await phone.wait_for_timeout(400)
    await phone.get_by_role("button", name="Send to the board").click()
    await say_who(phone)
    await screen.wait_for_timeout(ARRIVAL_SECONDS * 1_000)
    newest = (await room[0].snapshot())["posts"][0]["id"]
    for one in room:
        await one.send("PUT", f"/posts/{newest}/reactions/clap")
        await asyncio.sleep(APPLAUSE_SECONDS / len(room))
    await screen.wait_for_timeout(REST_SECONDS * 1_000)


async def filmed(browser: Browser, board: Board, act: Callable[[Page, Page], Awaitable[None]]) -> list[Image.Image]:
    screen, phone = Camera(SCREEN_SHOWN), Camera(PHONE_SHOWN)
    pages = []
    for url, size, camera in ((board.screen, SCREEN, screen), (board.phone, PHONE, phone)):
        page = await (await browser.new_context(viewport=size)).new_page()  # type: ignore[arg-type]
        await page.goto(url)
        await page.locator("[data-id]").first.wait_for()
        pages.append(page)
        await camera.film(page)
    await pages[0].wait_for_timeout(1_000)
    await act(pages[1], pages[0])
    screen.on = phone.on = False  # no further frame is asked for
    await pages[0].wait_for_timeout(500)
    begun, ended = max(camera.shots[0][0] for camera in (screen, phone)), max(camera.shots[-1][0] for camera in (screen, phone))
    count = int((ended - begun) * FRAMES_A_SECOND)
    return [side_by_side(screen, phone, begun + number / FRAMES_A_SECOND) for number in range(count)]


def side_by_side(screen: Camera, phone: Camera, second: float) -> Image.Image:
    width, height = SCREEN_SHOWN[0] + PHONE_SHOWN[0] + 3 * EDGE, SCREEN_SHOWN[1] + 2 * EDGE
    frame = Image.new("RGB", (width, height), GROUND)
    for camera, left in ((screen, EDGE), (phone, SCREEN_SHOWN[0] + 2 * EDGE)):
        corners = Image.new("L", camera.size)
        ImageDraw.Draw(corners).rounded_rectangle((0, 0, camera.size[0] - 1, camera.size[1] - 1), EDGE, fill=255)
        frame.paste(camera.at(second), (left, EDGE), corners)
    return frame


def write(frames: list[Image.Image], file: Path) -> int:
    """The best of some qualities that keeps to the bound."""
    for quality in (70, 55, 40, 30, 20):
        frames[0].save(
            file, save_all=True, append_images=frames[1:], duration=1_000 // FRAMES_A_SECOND, loop=0, quality=quality, method=4
        )
        if file.stat().st_size <= MOST_BYTES:
            break
    return file.stat().st_size


async def main(file: Path) -> None:
    with scenery.demo() as server:
        frames = await _filmed_on(server)
    print(f"{len(frames)} frames, {write(frames, file):,} bytes: {file}")


async def _filmed_on(server: Demo) -> list[Image.Image]:
    board = server.board()
    async with AsyncExitStack() as stack, async_playwright() as playwright:
        room = await scenery.live_room(server.url, board.code, stack)
        browser = await playwright.chromium.launch(
            executable_path=servers.tool("chromium-headless-shell", "chromium-headless-shell"),
            args=[f"--host-resolver-rules=MAP {HOST} 127.0.0.1:{server.port}"],
        )
        try:
            return await filmed(browser, board, lambda phone, screen: act(phone, room, screen))
        finally:
            await browser.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--to", type=Path, default=FILE)
    asyncio.run(main(parser.parse_args().to))

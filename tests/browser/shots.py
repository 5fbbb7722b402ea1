"""All pages in their states, sizes and lights on one sheet, to be looked at; and the pictures of the README.

python -m tests.browser.shots [--to DIRECTORY] [--readme] [--morning]
"""

from __future__ import annotations

import argparse
import asyncio
import html
import tempfile
import time
import uuid
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from tests import servers
from tests.browser import scenery
from tests.browser.conftest import LAPTOP, PHONE, SMALL_PHONE, STAGE, launched, watched
from tests.browser.film import Film
from tests.browser.lending import Contexts
from tests.browser.morning import Morning
from tests.browser.scenery import HOST, SCRIPTS, Board, Boards
from tests.browser.test_accessibility import composer_of_a_question, name_step
from tests.browser.test_phone import lane, say_who
from tests.inprocess import by_clock

README = Path(__file__).parents[2] / "docs" / "images"
PROJECTOR = {"width": 1024, "height": 768}
PILLAR = {"width": 1080, "height": 1920}
WALL = {"width": 3840, "height": 2160}
LIGHTS = ("light", "dark")
SCENES = ("join", "cards", "questions", "spotlight", "map", "recap", "blank")  # on the keys 1 to 7
# What comes with the page has taken its place; a screen also lays its wall anew when a script's letters arrive.
SETTLE_MS = 350
SETTLE_SCREEN_MS = 1_500
SETTLE_README_MS = 9_000

POST = """([path, body]) => fetch(location.pathname.replace("/b/", "/api/b/") + path,
    { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) })"""

Size = dict[str, int]


@dataclass
class Sheet:
    """The pictures taken so far, by the place on the sheet where they belong."""

    browser: Browser
    directory: Path
    places: dict[str, list[str]] = field(default_factory=dict)
    began: float = field(default_factory=time.monotonic)

    async def open(self, url: str, size: Size, scale: int = 1, light: str = "light") -> Page:
        context = await self.browser.new_context(
            viewport=size,  # type: ignore[arg-type]
            device_scale_factor=scale,
            color_scheme=light,  # type: ignore[arg-type]
            reduced_motion="reduce",
        )
        context.set_default_timeout(20_000)
        page = await context.new_page()
        await page.goto(url)
        return page

    async def take(self, page: Page, place: str, name: str, sizes: Sequence[Size], lights: Sequence[str] = ("",)) -> None:
        for size in sizes:
            await page.set_viewport_size(size)  # type: ignore[arg-type]
            for light in lights:
                if light:
                    await page.emulate_media(color_scheme=light)  # type: ignore[arg-type]
                await page.evaluate("document.fonts.ready")
                await page.evaluate(
                    "document.activeElement.closest('dialog') && document.activeElement.scrollIntoView({ block: 'center' })"
                )
                await page.wait_for_timeout(SETTLE_MS)
                await self._keep(page, place, " ".join(filter(None, (name, f"{size['width']}×{size['height']}", light))))

    async def _keep(self, page: Page, place: str, name: str) -> None:
        file = f"{place} {name}.png".replace(" ", "-").replace("×", "x")
        await page.screenshot(path=self.directory / file, animations="disabled")
        self.places.setdefault(place, []).append(file)
        print(f"  {time.monotonic() - self.began:4.0f} s  {place}: {name}", flush=True)

    def write(self) -> Path:
        sections = "".join(
            f"<h2>{html.escape(place)}</h2><div>"
            + "".join(
                f'<figure><a href="{file}"><img src="{file}" loading="lazy" alt=""></a>'
                f"<figcaption>{html.escape(file.removesuffix('.png'))}</figcaption></figure>"
                for file in files
            )
            + "</div>"
            for place, files in sorted(self.places.items())
        )
        sheet = self.directory / "index.html"
        sheet.write_text(PAGE.format(sections=sections), encoding="utf-8")
        return sheet


PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>All pages</title>
<style>
body {{ margin: 24px; background: #888; color: #fff; font: 13px/1.4 system-ui, sans-serif; }}
div {{ display: flex; flex-wrap: wrap; gap: 20px; align-items: start; }}
figure {{ margin: 0; }}
img {{ display: block; max-inline-size: 640px; max-block-size: 560px; }}
</style>
{sections}
</html>
"""


# -- the phone -----------------------------------------------------------------------------------------------------


async def write_card(page: Page) -> None:
    await page.get_by_role("button", name="Celebrate someone").click()
    for name in ("Nadia", "سنا"):
        await page.locator("#to").fill(name)
        await page.keyboard.press("Enter")
    await page.locator(".chips .chip").first.click()


async def card_with_an_error(page: Page) -> None:
    await write_card(page)
    await page.get_by_role("button", name="Send to the board").click()
    await page.locator(".error").first.wait_for()


async def card_too_long(page: Page) -> None:
    await write_card(page)
    await page.locator("#text").fill("You waited a full minute of silence. " * 9)


async def own_posts(page: Page) -> None:
    """What this phone has sent, and what became of it."""
    await page.evaluate(POST, ["/join", {"name": "Nadia Rahman", "team": "Bangladesh"}])
    for text in (SCRIPTS[1][1], "You showed me how to read a payslip aloud."):
        card = {"id": str(uuid.uuid4()), "kind": "card", "to": [{"name": "Omar Haddad", "team": "Jordan"}], "text": text}
        await page.evaluate(POST, ["/posts", card])
    await page.reload()
    await lane(page, "Me")
    await page.locator(".mine-post").first.wait_for()


async def offline(page: Page) -> None:
    """Chromium keeps a socket open that was there before, so there is none."""
    await page.route_web_socket("**/live?*", lambda socket: socket.close())
    await page.route("**/events?*", lambda route: route.abort())
    await page.reload()
    await as_it_comes(page)
    await write_card(page)
    await page.locator("#text").fill("You came in spite of the rain.")
    await page.context.set_offline(True)
    await page.get_by_role("button", name="Send to the board").click()
    await say_who(page, "Sokha Chan", "Cambodia")
    await page.locator(".top-live.is-offline").wait_for()


async def right_to_left(page: Page) -> None:
    await page.evaluate("document.documentElement.dir = 'rtl'")


async def as_it_comes(page: Page) -> None:
    await page.locator("[data-id], .empty").first.wait_for()


def on_ask(then: Callable[[Page], Awaitable[None]] = as_it_comes) -> Callable[[Page], Awaitable[None]]:
    async def go(page: Page) -> None:
        await lane(page, "Ask")
        await then(page)

    return go


async def phones(sheet: Sheet, boards: Boards) -> None:
    states: list[tuple[str, Board, Callable[[Page], Awaitable[None]]]] = [
        ("celebrate", boards.demo, as_it_comes),
        ("ask", boards.demo, on_ask()),
        ("me", boards.busy, own_posts),
        ("card with an error", boards.demo, card_with_an_error),
        ("card too long", boards.demo, card_too_long),
        ("question with similar", boards.busy, composer_of_a_question),
        ("name", boards.demo, name_step),
        ("empty celebrate", boards.empty, as_it_comes),
        ("empty ask", boards.empty, on_ask()),
        ("offline", boards.word, offline),
        ("closed celebrate", boards.closed, as_it_comes),
        ("closed ask", boards.closed, on_ask()),
        ("every script", boards.scripts, as_it_comes),
        ("every script ask", boards.scripts, on_ask()),
        ("one word", boards.word, as_it_comes),
    ]
    for name, board, reach in states:
        page = await sheet.open(board.phone, PHONE)
        await reach(page)
        await sheet.take(page, "phone", name, (PHONE, SMALL_PHONE), LIGHTS)
        if name in ("celebrate", "ask", "me", "card with an error", "question with similar", "every script"):
            await right_to_left(page)
            await sheet.take(page, "phone", f"{name} rtl", (PHONE,), ("light",))
        await page.context.close()


# -- pages without a board -----------------------------------------------------------------------------------------


async def lobbies(sheet: Sheet, boards: Boards) -> None:
    for name, path in (("join", "/"), ("join wrong", "/?code=NOBODY-9"), ("problem", "/b/NOBODY-9"), ("link", "/l/wrong")):
        page = await sheet.open(f"http://{HOST}{path}", PHONE)
        await sheet.take(page, "lobby", name, (PHONE, SMALL_PHONE, LAPTOP))
        await page.context.close()


# -- the large screen ----------------------------------------------------------------------------------------------


async def screens(sheet: Sheet, boards: Boards, size: Size, stages: Sequence[str]) -> None:
    every = {name: str(key) for key, name in enumerate(SCENES, 1)}
    some = {name: every[name] for name in ("cards", "questions", "spotlight")}
    for kind, board, scenes in (
        ("full", boards.demo, every),
        ("empty", boards.empty, {name: every[name] for name in ("cards", "questions")}),
        ("every script", boards.scripts, some),
        ("one word", boards.word, some),
    ):
        page = await sheet.open(board.screen, size)
        await page.locator('html[data-lease="live"]:not([data-seq="0"])').wait_for()
        for stage in stages:
            if stage != await page.locator("html").get_attribute("data-stage"):
                await page.keyboard.press("l")
            for scene, key in scenes.items():
                await page.keyboard.press(key)
                await page.wait_for_timeout(SETTLE_SCREEN_MS)
                await sheet.take(page, f"screen {size['width']}", f"{kind} {scene} {stage}", (size,))
        await page.context.close()


async def leases(sheet: Sheet, boards: Boards) -> None:
    """Cut off: the picture it had, then only what is pinned."""
    page = await sheet.open(boards.busy.screen, STAGE)
    await page.locator('html[data-lease="live"]:not([data-seq="0"])').wait_for()
    await page.context.set_offline(True)
    for lease in ("stale", "safe"):
        await page.locator(f'html[data-lease="{lease}"]').wait_for(timeout=60_000)
        await sheet.take(page, "screen 1920", f"{lease} cards dark", (STAGE,))
    await page.context.close()


# -- the desk ------------------------------------------------------------------------------------------------------


async def desks(sheet: Sheet, boards: Boards) -> None:
    for size in (LAPTOP, PHONE):
        page = await sheet.open(boards.busy.desk, size)
        for tab in ("waiting", "board", "held"):
            await page.locator(f'[data-tab="{tab}"]:visible').first.click()
            await page.locator(".row").first.wait_for()
            await sheet.take(page, "desk", tab, (size,), LIGHTS)
        await page.locator('[data-tab="waiting"]:visible').first.click()
        for pick in (await page.locator(".pick input").all())[:2]:
            await pick.check()
        await sheet.take(page, "desk", "selection", (size,), LIGHTS)
        await page.locator('.row [data-act="reason"]').first.click()
        await sheet.take(page, "desk", "reason", (size,), LIGHTS)
        await page.keyboard.press("Escape")
        if size is PHONE:
            await page.locator('[data-tab="room"]').click()
            await sheet.take(page, "desk", "room", (size,), LIGHTS)
        await page.context.close()
    page = await sheet.open(boards.empty.desk, LAPTOP)
    await page.locator(".empty").wait_for()
    await sheet.take(page, "desk", "empty", (LAPTOP, PHONE), ("light",))
    await page.context.close()


# -- a morning in two rooms ---------------------------------------------------------------------------------------


async def morning(sheet: Sheet) -> None:
    """All faces at each step, on a server of its own whose clock the script moves."""
    film = Film(sheet.directory)
    with by_clock(BOARD_LIMITS="off") as server:
        async with watched(Contexts(sheet.browser)) as pages:
            await Morning(pages, server, film.take).run()
    sheet.places["morning"] = film.steps


# -- the README ----------------------------------------------------------------------------------------------------


async def readme(sheet: Sheet, url: str, demo: Board) -> None:
    """Of the demo board as everybody finds it, with people in the room."""
    async with AsyncExitStack() as stack:
        await scenery.live_room(url, demo.code, stack)
        await _readme(sheet, demo)


async def _readme(sheet: Sheet, demo: Board) -> None:
    screen = await sheet.open(demo.screen, STAGE)
    phone = await sheet.open(demo.phone, PHONE, scale=2)
    await phone.wait_for_selector("[data-id]")
    moderator = await sheet.open(demo.desk, LAPTOP)
    await moderator.locator(".tab", has_text="On the board").click()
    await moderator.mouse.move(0, 0)
    await screen.wait_for_timeout(SETTLE_README_MS)
    await screen.screenshot(path=README / "screen.png")
    await phone.screenshot(path=README / "phone-celebrate.png")
    await lane(phone, "Ask")
    await phone.wait_for_timeout(500)
    await phone.screenshot(path=README / "phone-ask.png")
    await moderator.screenshot(path=README / "moderate.png")


async def only_morning(directory: Path) -> None:
    async with launched("chromium") as browser:
        sheet = Sheet(browser, directory)
        await morning(sheet)
    print(sheet.write())


async def main(directory: Path, wanted: bool) -> None:
    with scenery.demo() as server:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=servers.tool("chromium", "chromium"),
                args=[f"--host-resolver-rules=MAP {HOST} 127.0.0.1:{server.port}"],
            )
            sheet = Sheet(browser, directory)
            if wanted:
                await readme(sheet, server.url, server.board())
            boards = await scenery.set_up(server)
            await asyncio.gather(
                phones(sheet, boards),
                lobbies(sheet, boards),
                desks(sheet, boards),
                leases(sheet, boards),
                screens(sheet, boards, STAGE, ("dark", "light")),
                screens(sheet, boards, PROJECTOR, ("dark", "light")),
                screens(sheet, boards, PILLAR, ("dark", "light")),
                screens(sheet, boards, WALL, ("dark",)),
            )
            await morning(sheet)
            await browser.close()
    print(f"\n{sum(map(len, sheet.places.values()))} pictures: {sheet.write()}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--to", type=Path, default=Path(tempfile.gettempdir()) / "board-shots")
    parser.add_argument("--readme", action="store_true", help="take the pictures of the README anew, too")
    parser.add_argument("--morning", action="store_true", help="only the morning in two rooms, step by step")
    given = parser.parse_args()
    given.to.mkdir(parents=True, exist_ok=True)
    asyncio.run(only_morning(given.to) if given.morning else main(given.to, given.readme))

"""The large screen from the last row of a hall: contrast of 7:1 and letters of 2.2 % of the height, in every scene."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from PIL import Image
from playwright.async_api import Page, expect

from tests.browser.cases import all_of_them
from tests.browser.conftest import Pages
from tests.browser.pictures import in_sight
from tests.conftest import People
from tests.people import Moderator
from tests.servers import Server
from tests.test_colours import contrast

Of = Callable[[Server, dict[str, str]], People]
SMALLEST_SHARE = 0.022
CONTRAST = 7.0
# Of the board; None: the product's own. What stands in a block of it has to be read on the light stage, too.
ACCENTS = {(1920, 1080): None, (1024, 768): "#1582e6", (1080, 1920): "#ffff00"}
# Of each scene, what shows that its content has come.
DRAWN = {
    "join": ".slide",
    "cards": ".cell .card",
    "questions": ".row",
    "spotlight": ".spotlight .card",
    "map": ".map-team",
    "recap": ".recap-number",
}
SIZES = [(1920, 1080), (1024, 768), (1080, 1920)]

# Every line of text that is seen: its words, colour, size and place. The operator's help is for the operator.
LINES = """() => {
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const words = node.data.trim();
    if (!words || element.closest(".ruler, .help, script")) continue;
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    const { color, fontSize } = getComputedStyle(element);
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const { left, top, width, height } of range.getClientRects()) {
      if (width < 1 || height < 1) continue;
      lines.push({ words, color, size: parseFloat(fontSize), box: [left, top, width, height] });
    }
  }
  return lines;
}"""


SETTLED = """async () => {
  const { fonts, documentElement } = document;
  const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const moving = () => documentElement.getAnimations({ subtree: true }).filter((one) =>
    one.playState === "running" && one.effect.getComputedTiming().endTime !== Infinity);
  do {
    for (const one of moving()) one.finish();
    await fonts.ready;
    await painted();
  } while (moving().length || document.querySelector("[data-counted]"));
}"""


async def lines_of(page: Page) -> list[dict[str, Any]]:
    await page.evaluate("() => document.fonts.ready")
    return await page.evaluate(LINES)  # type: ignore[no-any-return]


async def behind_text(page: Page) -> Image.Image:
    """The page as it is painted, without its letters."""
    style = await page.add_style_tag(
        content="*, *::before { color: transparent !important; animation-play-state: paused !important; }"
    )
    picture = await in_sight(page)
    await style.evaluate("(element) => element.remove()")
    return picture


def worst(line: dict[str, Any], ground: Image.Image) -> float:
    colour = tuple(int(float(part)) for part in line["color"].removeprefix("rgb(").rstrip(")").split(","))
    left, top, width, height = line["box"]
    found = set()
    for across in range(1, 12):
        for down in (0.15, 0.5, 0.85):
            x, y = left + width * across / 12, top + height * down
            if 0 <= x < ground.width and 0 <= y < ground.height:
                found.add(ground.getpixel((int(x), int(y))))
    return min((between(colour, pixel) for pixel in found), default=99.0)


@functools.cache
def between(*colours: object) -> float:
    """Their contrast, of colours as (red, green, blue)."""
    one, other = ("#{:02x}{:02x}{:02x}".format(*colour) for colour in colours)  # type: ignore[misc]
    return contrast(one, other)


async def settled(page: Page) -> None:
    """What moves has come to its end: on a busy machine that takes long, and each picture on the way has to be drawn."""
    await page.evaluate(SETTLED)


async def test_all_text_is_legible_from_the_last_row(pages: Pages, server: Server, people: Of) -> None:
    board = server.create("Innovation Lab", "--team", "Jordan", "--team", "Cambodia", "--team", "Bangladesh")
    here = people(server, board)
    moderator, organiser = await here.moderator(), await here.organiser()
    post = await filled(here)
    page = await pages.open(board["screen_url"], {"width": 1920, "height": 1080}, bypass_csp=True)
    with all_of_them() as case:
        for width, height in SIZES:
            await wear(page, organiser, None)
            await page.set_viewport_size({"width": width, "height": height})
            await page.reload()  # a window that changes is laid out a little later
            for stage in ("dark", "light"):
                if stage == "light":
                    await wear(page, organiser, ACCENTS[width, height])
                    await page.keyboard.press("l")
                await expect(page.locator("html")).to_have_attribute("data-stage", stage)
                for scene, drawn in DRAWN.items():
                    with case(f"{scene}, {stage}, {width} × {height}"):
                        wanted = {"scene": scene} | ({"post": post} if scene == "spotlight" else {})
                        assert (await moderator.send("PUT", "/screen", wanted)).status_code == 200
                        await expect(page.locator("html")).to_have_attribute("data-scene", scene)
                        await expect(page.locator(drawn).first).to_be_visible()
                        await settled(page)
                        await legible(page, height)


async def filled(here: People) -> str:
    """Something for every scene; a card that some have applauded."""
    omar = await here.attendee("Omar", "Jordan")
    themes = ("expertise", "teamwork", "training", "ideas", "courage", "care", None)
    cards = [
        await omar.celebrate(f"You waited a full minute, {number}.", theme=theme, to=[{"name": "Nadia", "team": "Cambodia"}])
        for number, theme in enumerate(themes)
    ]
    await omar.send("PUT", f"/posts/{cards[0]['id']}/reactions/clap", {})
    for number in range(4):
        await omar.ask(f"Who pays for the training of delegates, number {number}?")
    return str(cards[0]["id"])


async def wear(page: Page, organiser: Moderator, accent: str | None) -> None:
    board = (await organiser.send("PATCH", "", {"accent": accent})).json()["board"]
    worn = "(accent) => document.documentElement.style.getPropertyValue('--accent') === accent"
    await page.wait_for_function(worn, arg=board.get("accent") or "")


async def legible(page: Page, height: int) -> None:
    lines, ground = await lines_of(page), await behind_text(page)
    assert len(lines) > 5
    pale = {line["words"]: round(found, 1) for line in lines if (found := worst(line, ground)) < CONTRAST}
    small = {line["words"]: line["size"] for line in lines if line["size"] < height * SMALLEST_SHARE - 0.01}
    assert (pale, small) == ({}, {})

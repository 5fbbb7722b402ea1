"""The large screen from the last row of a hall: contrast of 7:1 and letters of 2.2 % of the height, in every scene."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from playwright.async_api import Page, expect

from tests.browser.conftest import Pages
from tests.browser.pictures import in_sight
from tests.conftest import People
from tests.servers import Server
from tests.test_colours import contrast

Of = Callable[[Server, dict[str, str]], People]
SMALLEST_SHARE = 0.022
CONTRAST = 7.0
# Of the board; None: the product's own. What stands in a block of it has to be read on the light stage, too.
ACCENTS = {(1920, 1080): None, (1024, 768): "#1582e6", (1080, 1920): "#ffff00"}
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


@pytest.mark.parametrize("stage", ["dark", "light"])
@pytest.mark.parametrize("size", SIZES, ids=["wide", "4-3", "portrait"])
async def test_all_text_is_legible_from_the_last_row(
    pages: Pages, server: Server, people: Of, size: tuple[int, int], stage: str
) -> None:
    board = server.create("Innovation Lab", "--team", "Jordan", "--team", "Cambodia", "--team", "Bangladesh")
    here = people(server, board)
    omar, moderator = await here.attendee("Omar", "Jordan"), await here.moderator()
    themes = ("expertise", "teamwork", "training", "ideas", "courage", "care", None)
    cards = [
        await omar.celebrate(f"You waited a full minute, {number}.", theme=theme, to=[{"name": "Nadia", "team": "Cambodia"}])
        for number, theme in enumerate(themes)
    ]
    await omar.send("PUT", f"/posts/{cards[0]['id']}/reactions/clap", {})
    for number in range(4):
        await omar.ask(f"Who pays for the training of delegates, number {number}?")
    page = await pages.open(board["screen_url"], {"width": size[0], "height": size[1]}, bypass_csp=True)
    if stage == "light":
        await page.keyboard.press("l")
        await (await here.organiser()).send("PATCH", "", {"accent": ACCENTS[size]})
    for scene in ("join", "cards", "questions", "spotlight", "map", "recap"):
        wanted = {"scene": scene} | ({"post": cards[0]["id"]} if scene == "spotlight" else {})
        assert (await moderator.send("PUT", "/screen", wanted)).status_code == 200
        await expect(page.locator("html")).to_have_attribute("data-scene", scene)
        await page.wait_for_timeout(1200)
        lines, ground = await lines_of(page), await behind_text(page)
        assert len(lines) > 5
        pale = {line["words"]: round(worst(line, ground), 1) for line in lines if worst(line, ground) < CONTRAST}
        small = {line["words"]: line["size"] for line in lines if line["size"] < size[1] * SMALLEST_SHARE - 0.01}
        assert (scene, pale, small) == (scene, {}, {})

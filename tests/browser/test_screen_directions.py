"""The large screen in longer languages, and in those that run from right to left: nothing covers anything in any scene."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.async_api import Page, ViewportSize, expect

from tests.browser.cases import all_of_them
from tests.browser.conftest import Pages
from tests.browser.test_legibility import DRAWN, settled
from tests.conftest import People
from tests.servers import Server, serving

Of = Callable[[Server, dict[str, str]], People]
SIZES = [(1920, 1080), (1024, 768), (1080, 1920)]
SCENES = ("cards", "questions", "map", "recap")

# What of one scene stands on something else. A card's own content is measured elsewhere.
COVERED = """() => {
  const seen = [...document.querySelectorAll(
    ".corner-in, .cell, .foot > *, .head > *, .top, .row, .strip .fit > *, .recap-number dt, .beside > *, .map-team"
  )].filter((one) => one.checkVisibility({ visibilityProperty: true })).map((one) => {
    const range = document.createRange();
    range.selectNodeContents(one);
    const box = one.matches("dt, p, span") ? range.getBoundingClientRect() : one.getBoundingClientRect();
    return { name: one.className || one.localName, box };
  }).filter(({ box }) => box.width && box.height);
  const apart = (a, b) => a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
  const out = seen.filter(({ box }) => box.left < -1 || box.right > innerWidth + 1).map(({ name }) => `${name} is cut off`);
  return [...out, ...seen.flatMap((one, index) =>
    seen.slice(index + 1).filter((other) => !apart(one.box, other.box)).map((other) => `${one.name} and ${other.name}`))];
}"""


@pytest.fixture(scope="module")
def translated() -> Iterator[Server]:
    with serving(BOARD_LIMITS="off", BOARD_PSEUDO_LOCALES="on") as server:
        yield server


@pytest.fixture
async def busy(translated: Server, people: Of) -> dict[str, str]:
    """A board with something for every scene."""
    board = translated.create("Innovation Lab", "--team", "Jordan", "--team", "Cambodia")
    omar = await people(translated, board).attendee("Omar", "Jordan")
    for number in range(9):
        text = f"You waited a full minute, {number}. " * (1 + number % 3)
        await omar.celebrate(text, to=[{"name": "Nadia", "team": "Cambodia"}])
        await omar.ask(f"Who pays for the training of delegates, number {number}?")
    return board


@pytest.fixture
async def page(pages: Pages, busy: dict[str, str]) -> Page:
    return await pages.open(busy["screen_url"], size_of(SIZES[0]), reduced_motion="reduce")


def size_of(size: tuple[int, int]) -> ViewportSize:
    return ViewportSize(width=size[0], height=size[1])


async def speaks(page: Page, language: str) -> None:
    await page.goto(f"{page.url.partition('?')[0]}?lang={language}")
    await expect(page.locator("html")).to_have_attribute("data-lease", "live")
    await page.evaluate("() => document.fonts.ready")


async def to_scene(page: Page, scene: str) -> None:
    await page.keyboard.press({"cards": "2", "questions": "3", "map": "5", "recap": "6"}[scene])
    await expect(page.locator("html")).to_have_attribute("data-scene", scene)
    await expect(page.locator(DRAWN[scene]).first).to_be_visible()


async def test_parts_of_the_screen_do_not_overlap_in_any_language(page: Page) -> None:
    with all_of_them() as case:
        for size in SIZES:
            await page.set_viewport_size(size_of(size))
            for language in ("en", "en-XA", "ar-XB"):
                await speaks(page, language)
                for scene in SCENES:
                    with case(f"{scene}, {language}, {size}"):
                        await to_scene(page, scene)
                        await settled(page)
                        assert await page.evaluate(COVERED) == []


async def test_the_arrow_between_two_teams_follows_the_reading_direction(page: Page) -> None:
    for language, turned in (("en", False), ("ar-XB", True)):
        await speaks(page, language)
        await to_scene(page, "map")
        from_, to = page.locator(".beside-head bdi").first, page.locator(".beside-head bdi").last
        await expect(from_).to_have_text("Jordan")
        boxes = [await one.bounding_box() for one in (from_, to)]
        assert boxes[0]
        assert boxes[1]
        assert (boxes[0]["x"] > boxes[1]["x"]) is turned
        scale = await page.locator(".beside-head .arrow").evaluate("(arrow) => getComputedStyle(arrow).scale")
        assert (scale == "-1 1") is turned

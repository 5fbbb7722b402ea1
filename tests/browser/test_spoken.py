"""In which language a voice, a translator and a font take what people wrote: never by mistake in that of the page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE, STAGE, Pages
from tests.browser.test_phone import lane
from tests.browser.test_screen import scene
from tests.conftest import People
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]

KHMER = "អរគុណដែលបានបង្រៀនខ្ញុំឱ្យស្តាប់។"
FRENCH = "Tu m’as appris à écouter."
ARABIC = "علّمتني كيف أستمع قبل أن أنصح."
SPOKEN = """(texts) => {
  const all = [...document.querySelectorAll("body *")];
  const says = (one, text) => [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() === text);
  const spoken = (text) => all.filter((one) => says(one, text)).map((one) => one.closest("[lang]").lang);
  return Object.fromEntries(texts.map((text) => [text, [...new Set(spoken(text))]]));
}"""
HONEST = {KHMER: ["km"], FRENCH: [""], ARABIC: [""]}


@pytest.fixture
async def here(server: Server, board: dict[str, str], people: Of) -> People:
    here = people(server, board)
    author = await here.attendee("Omar", "Jordan")
    for text in HONEST:
        await author.celebrate(text)
        await author.ask(text)
    return here


async def spoken(page: Page) -> dict[str, list[str]]:
    assert await page.evaluate("document.documentElement.lang") == "en"
    found: dict[str, list[str]] = await page.evaluate(SPOKEN, list(HONEST))
    return found


async def test_the_phone_marks_no_text_with_the_pages_language(pages: Pages, here: People, board: dict[str, str]) -> None:
    phone = await pages.open(board["join_url"], PHONE)
    await expect(phone.locator(".card")).to_have_count(3)
    assert await spoken(phone) == HONEST
    await lane(phone, "Ask")
    await expect(phone.locator(".question")).to_have_count(3)
    assert await spoken(phone) == HONEST


async def test_large_screen_and_desk_mark_no_text_with_the_pages_language(
    pages: Pages, here: People, board: dict[str, str]
) -> None:
    screen = await pages.open(board["screen_url"], STAGE)
    await scene(screen, "cards")
    await expect(screen.locator(".wall .card")).to_have_count(3)
    assert await spoken(screen) == HONEST
    desk = await pages.open(board["moderate_url"], LAPTOP)
    await desk.locator('[data-tab="board"]').click()
    await expect(desk.locator(".row")).to_have_count(6)
    assert await spoken(desk) == HONEST


async def test_pages_without_a_script_mark_no_text_with_the_pages_language(
    pages: Pages, server: Server, here: People, board: dict[str, str]
) -> None:
    moderator = await here.moderator()
    posts = (await moderator.snapshot())["posts"]
    for post in posts:
        if post["kind"] == "question":
            await moderator.moderate(post, answered=True, answer=post["text"])
    page = await pages.open(board["organise_url"], LAPTOP)
    for path in ("recap", "answers"):
        await page.goto(f"{server.url}/b/{board['code']}/{path}")
        assert await spoken(page) == HONEST, path

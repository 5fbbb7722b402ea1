"""Pages of organisers and of afterwards in two languages that nobody speaks, looked at as in `test_pseudo_locales.py`."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.async_api import Page

from tests.browser.conftest import LAPTOP, PHONE, Pages
from tests.browser.test_pseudo_locales import (  # noqa: F401 (fixtures)
    LANGUAGES,
    ON_BOARD,
    THEMES,
    faults,
    posts,
    pseudo,
    reads,
    room,
)
from tests.conftest import People
from tests.people import Json
from tests.servers import Server

SHEETS = ["poster", "tables", "badges", "paper", "fallback", "morning", "keepsakes", "team-posters", "ending"]
PUBLIC = ["answers", "recap", "who", "privacy", "me", "stage", "kiosk"]
PAPERS = ["A4", "US Letter"]
SHAPES = ["%A, %-d %B %Y", "%A, %B %-d, %Y", "%A, %B %-d", "%A, %-d %B", "%a %-d %b", "%-d %B %Y", "%-d %b %Y", "%B %-d, %Y"]
KEEPS_DAYS = 180


def dates() -> list[str]:
    """As the libraries of both sides write them; they have no pseudo-locale."""
    today = datetime.now(UTC).date()
    around: list[date] = [today + timedelta(days) for days in (-1, 0, 1, KEEPS_DAYS - 1, KEEPS_DAYS, KEEPS_DAYS + 1)]
    return [day.strftime(shape) for day in around for shape in SHAPES]


@pytest.mark.lengthy
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("window", [LAPTOP, PHONE])
async def test_pages_of_organisers_and_of_afterwards_have_a_correct_layout(
    pages: Pages,
    pseudo: Server,  # noqa: F811
    room: dict[str, str],  # noqa: F811
    posts: tuple[People, list[Json]],  # noqa: F811
    language: str,
    window: dict[str, int],
) -> None:
    data = [*ON_BOARD, *THEMES, *PAPERS, *dates(), room["code"]]
    page = await reads(pages, pseudo, language, window, room["organise_url"])
    await page.locator("main h2").first.wait_for()
    found = [fault for place in await sections(page) for fault in await in_section(page, place, data)]
    for path in [*(f"print/{sheet}" for sheet in SHEETS), *PUBLIC]:
        answer = await page.goto(f"{pseudo.url}/b/{room['code']}/{path}")
        assert answer is not None
        assert answer.status == 200, path
        found += [f"{path}: {fault}" for fault in await faults(page, data)]
    assert not found, "\n".join(found)


async def sections(page: Page) -> list[str]:
    found: list[str] = await page.evaluate(
        "[...new Set([...document.querySelectorAll('a[href^=\"#\"]')].map((link) => link.hash))]"
    )
    assert len(found) > 5
    return found


async def in_section(page: Page, place: str, data: list[str]) -> list[str]:
    await page.evaluate("(place) => { location.hash = place; }", place)
    await page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    return [f"{place}: {fault}" for fault in await faults(page, data)]


async def test_the_phone_leads_to_pages_in_the_language_of_its_address(
    pages: Pages,
    pseudo: Server,  # noqa: F811
    room: dict[str, str],  # noqa: F811
) -> None:
    phone = await pages.open(f"{room['join_url']}?lang=ar-XB")
    await phone.locator("nav button").last.click()
    links = phone.locator(".me-data a")
    await links.first.wait_for()
    ways = await links.evaluate_all("all => all.map((one) => one.getAttribute('href'))")
    assert ways == [f"/b/{room['code']}/{name}?lang=ar-XB" for name in ("me", "privacy")]


HANDED_OUT = "/l/"
"""Staff links begin so: they open on another person's device, in the language of that device."""
WAYS = """() => [...document.querySelectorAll("a[href], iframe[src]")].map((one) => one.getAttribute("href") ?? one.src)
  .map((address) => new URL(address, location.href)).filter(({ href, pathname, origin }) => origin === location.origin
    && !pathname.startsWith("/api/") && pathname !== location.pathname).map(({ href }) => href)"""


async def test_links_within_pages_of_staff_keep_the_language_of_the_address(
    pages: Pages,
    pseudo: Server,  # noqa: F811
    room: dict[str, str],  # noqa: F811
) -> None:
    """An organiser opened a link with `?lang=`: the desk, the sheets and the phone's page open in that language, too. A link
    for somebody else names no language."""
    page = await pages.open(f"{room['organise_url']}?lang=ar-XB", LAPTOP)
    await page.locator("main h2").first.wait_for()
    seen: set[str] = set()
    for place in ("#overview", "#screens", "#print", "#after"):
        await page.evaluate("(place) => { location.hash = place; }", place)
        await page.locator(f"[aria-current=page][href='{place}']:visible").first.wait_for()
        seen.update(await page.evaluate(WAYS))
    await page.goto(f"{pseudo.url}/b/{room['code']}/print/ending?lang=ar-XB")
    seen.update(await page.evaluate(WAYS))
    await page.goto(f"{pseudo.url}/b/{room['code']}/moderate?lang=ar-XB")
    await page.locator(".tabs [data-tab]").first.wait_for()
    seen.update(await page.evaluate(WAYS))
    reached = {address.partition("?")[0].removeprefix(f"{pseudo.url}/b/{room['code']}") for address in seen}
    wanted = {"", "/moderate", "/organise", "/recap", "/who", "/screen", *(f"/print/{sheet}" for sheet in SHEETS)}
    assert wanted <= reached
    for address in seen:
        assert ("lang=ar-XB" in address) is (HANDED_OUT not in address), address

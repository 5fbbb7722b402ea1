"""The organiser's page as tests open it: a board with an agenda and people, and the way to a section."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE, Pages
from tests.conftest import People
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]
SIZES = pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
WIDER = "document.documentElement.scrollWidth - innerWidth"


async def opened(pages: Pages, board: dict[str, str], section: str, size: dict[str, int] = LAPTOP) -> Page:
    page = await pages.open(board["organise_url"], size, bypass_csp=True)
    await go(page, section)
    return page


async def go(page: Page, section: str) -> None:
    """By the bar; on a phone some sections stand under More."""
    nav = page.get_by_role("navigation", name="Sections").filter(visible=True)
    await nav.get_by_role("link").first.wait_for()
    if not await nav.get_by_role("link", name=section).count():
        await nav.get_by_role("link", name="More").click()
        await page.locator(".more").get_by_role("link", name=section).click()
    else:
        await nav.get_by_role("link", name=section).click()
    await page.wait_for_function("name => location.hash === `#${name}`", arg=section.lower())
    await expect(page.locator("#heading")).to_be_visible()

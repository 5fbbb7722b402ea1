"""The logo of a board on a large screen that runs."""

from __future__ import annotations

from playwright.async_api import expect

from tests.browser.conftest import STAGE, Pages
from tests.servers import Server
from tests.test_organise import data_url, organiser, png
from tests.visitors import Visitors


async def test_a_running_screen_shows_replaces_and_removes_a_logo(
    pages: Pages, server: Server, prepared: dict[str, str], visit: Visitors
) -> None:
    here = organiser(visit, server, prepared)
    page = await pages.open(prepared["screen_url"], STAGE)
    slide, head = page.locator(".slide-logo"), page.locator(".head-logo")
    await expect(page.locator("html")).to_have_attribute("data-link", "live")
    await expect(slide).to_be_hidden()
    for width, height in ((600, 100), (2000, 20), (20, 2000)):
        here.change(logo=data_url(png(width, height)))
        address = here.snapshot["board"]["logo"]
        await expect(slide).to_have_attribute("src", address)
        await expect(slide).to_be_visible()
        await expect(head).to_have_attribute("src", address)
        box = await slide.bounding_box()
        assert box is not None
        assert box["width"] <= STAGE["width"] / 2, "the code stands beside it"
        assert 20 <= box["height"] <= STAGE["height"] / 4, "however wide or tall the picture is"
    await page.route("**/logo/*", lambda route: route.abort())
    here.change(logo=data_url(png(7, 7)))
    await expect(slide).to_be_hidden()  # no frame of a picture that cannot come
    await page.unroute("**/logo/*")
    here.change(logo=data_url(png(6, 6)))
    await expect(slide).to_be_visible()
    here.change(logo=None)
    await expect(slide).to_be_hidden()
    assert await slide.get_attribute("src") is None

"""A new board, made in the browser by somebody who opened a host's link."""

from __future__ import annotations

from playwright.async_api import expect

from tests.browser.conftest import Pages
from tests.browser.organising import SIZES, WIDER
from tests.browser.test_accessibility import check
from tests.servers import Server


@SIZES
async def test_a_host_makes_a_board_in_the_browser(pages: Pages, server: Server, size: dict[str, int]) -> None:
    link = server.run("host-link").stdout.strip().replace("//localhost:", "//127.0.0.1:")
    page = await pages.open(link, size, timezone_id="Asia/Bangkok", bypass_csp=True)
    await expect(page.get_by_label("Time zone")).to_have_value("Asia/Bangkok")
    await page.get_by_role("button", name="Make the board").click()
    await expect(page.get_by_label("Title")).to_be_focused()
    await expect(page.locator("#title-error")).to_be_visible()
    await check(page, "the form says what is missing")
    await page.get_by_label("Title").fill("Innovation Lab 2026")
    await expect(page.locator(".code-shown")).to_have_text("LAB-26")
    await page.get_by_label("First day").fill("2026-11-30")
    await expect(page.get_by_label("Last day")).to_have_value("2026-11-30")
    code = f"NEW-{size['width']}"
    await page.get_by_label("Code").fill(code)
    await page.reload()  # nothing typed is lost
    await expect(page.get_by_label("Title")).to_have_value("Innovation Lab 2026")
    await page.get_by_role("button", name="Make the board").click()
    await expect(page.get_by_role("heading", name="Innovation Lab 2026 is ready")).to_be_focused()
    assert [await page.locator(f"#{name}_url").input_value() != "" for name in ("organise", "moderate", "screen", "join")] == [
        True
    ] * 4
    await check(page, "four links, once")
    assert await page.evaluate(WIDER) <= 0
    await page.get_by_role("link", name="Open the board").click()
    await expect(page).to_have_url(f"{server.url}/b/{code}/organise")
    await expect(page.locator("#heading")).to_be_visible()

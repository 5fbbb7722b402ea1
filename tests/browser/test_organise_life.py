"""A board's life in the browser: rehearsal, archive, and its end."""

from __future__ import annotations

from playwright.async_api import expect

from tests.browser.conftest import LAPTOP, Pages
from tests.browser.organising import opened
from tests.browser.test_accessibility import check


async def test_an_organiser_makes_and_wipes_a_rehearsal_beside_the_live_board(pages: Pages, board: dict[str, str]) -> None:
    page = await opened(pages, board, "Overview")
    await page.get_by_label("With simulated attendees").check()
    await page.get_by_role("button", name="Start a rehearsal").click()
    await expect(page.locator(".toast")).to_contain_text("The rehearsal is ready")
    twin = await page.locator(".addresses").get_by_role("link", name="Organiser's page").get_attribute("href")
    assert twin
    rehearsal = await pages.open(twin, LAPTOP)
    await expect(rehearsal.locator(".notice")).to_contain_text("This is a rehearsal")
    await rehearsal.get_by_role("button", name="Stop simulated attendees").click()
    await expect(rehearsal.locator(".toast")).to_contain_text("have stopped")
    await expect(rehearsal.get_by_role("button", name="Start simulated attendees")).to_be_visible()
    await check(rehearsal, "rehearsal")
    await page.get_by_role("button", name="End it and wipe it").click()
    await expect(page.locator(".toast")).to_contain_text("The rehearsal is over")


async def test_a_board_is_archived_and_opened_again(pages: Pages, board: dict[str, str]) -> None:
    page = await opened(pages, board, "After")
    await page.get_by_role("button", name="Archive the board").click()
    await expect(page.locator(".notice")).to_contain_text("archived")
    await check(page, "archived")
    await page.get_by_role("button", name="Open it again").click()
    await expect(page.locator(".notice")).to_have_count(0)


async def test_a_board_is_erased_after_its_code_was_typed_and_an_export_offered(pages: Pages, board: dict[str, str]) -> None:
    page = await opened(pages, board, "After")
    await page.get_by_role("button", name="Erase …").click()
    await expect(page.get_by_role("link", name="Export everything first")).to_be_visible()
    erase = page.get_by_role("button", name="Erase for ever")
    await expect(erase).to_have_attribute("aria-disabled", "true")
    await check(page, "purge")
    await page.locator("#purge-code").fill(board["code"].lower())
    await erase.click()
    await expect(page.get_by_role("heading", name="This board no longer exists")).to_be_visible()
    assert (await page.context.request.get(board["join_url"])).status == 404

"""The roster in the browser, and the list of those who have not been celebrated yet."""

from __future__ import annotations

from playwright.async_api import expect

from tests.browser.conftest import Pages
from tests.browser.organising import SIZES, WIDER, Of, opened
from tests.browser.test_accessibility import check
from tests.servers import Server


@SIZES
async def test_people_are_found_added_corrected_merged_and_removed(
    pages: Pages, server: Server, prepared: dict[str, str], people: Of, size: dict[str, int]
) -> None:
    here = people(server, prepared)
    asha = await here.attendee("Asha", "Bangladesh")
    page = await opened(pages, prepared, "People", size)
    rows = page.locator(".person")
    await expect(rows).to_have_count(4)
    await page.get_by_label("Search a name or a team").fill("omar")
    await expect(rows).to_have_count(2)
    await rows.filter(has_text="Omar Hadad").get_by_role("button", name="Edit").click()
    await page.get_by_role("button", name="Merge with another entry of this person").click()
    await check(page, "merge")
    await page.get_by_label("The entry that stays").fill("Haddad")
    await page.locator(".pick-list").get_by_role("button", name="Omar Haddad").click()
    await expect(page.locator(".toast")).to_contain_text("one person now")
    await expect(rows).to_have_count(1)
    await page.get_by_role("button", name="Undo").click()
    await expect(rows).to_have_count(2)
    await rows.filter(has_text="Omar Hadad").get_by_role("button", name="Edit").click()
    await page.get_by_role("button", name="Merge with another entry of this person").click()
    await page.get_by_label("The entry that stays").fill("Haddad")
    await page.locator(".pick-list").get_by_role("button", name="Omar Haddad").click()
    await expect(rows).to_have_count(1)
    found = (await asha.get("/people", q="omar")).json()["people"]
    await asha.celebrate("You taught me how to measure heat.", to=[{"person": found[0]["id"]}])
    await rows.first.get_by_role("button", name="Edit").click()
    await page.locator("#field-name").fill("Omar Al-Haddad")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.locator(".toast")).to_contain_text("Saved: Omar Al-Haddad")
    assert (await asha.snapshot())["posts"][0]["to"][0]["name"] == "Omar Al-Haddad"
    await page.get_by_label("Search a name or a team").fill("")
    await page.get_by_role("button", name="Add a person").click()
    await page.locator("#field-name").fill("Đỗ Ngọc Lan")
    await page.locator("dialog").get_by_role("button", name="Add a person").click()
    await expect(rows).to_have_count(4)
    await rows.filter(has_text="Đỗ Ngọc Lan").get_by_role("button", name="Edit").click()
    await page.get_by_role("button", name="Remove from the roster").click()
    await page.locator("dialog").get_by_role("button", name="Remove from the roster").click()
    await expect(rows).to_have_count(3)
    await page.get_by_role("button", name="Undo").click()
    await expect(rows.filter(has_text="Đỗ Ngọc Lan")).to_have_count(1)
    assert await page.evaluate(WIDER) <= 0


async def test_the_quiet_list_names_people_without_cards_and_shows_no_small_number(
    pages: Pages, prepared: dict[str, str]
) -> None:
    page = await opened(pages, prepared, "People")
    await page.get_by_role("button", name="Not celebrated yet").click()
    await expect(page.locator(".private")).to_contain_text("Only organisers see this list")
    await expect(page.locator(".quiet").first).to_contain_text("Sokha Chan")
    await expect(page.locator(".quiet").last).to_contain_text("fewer than 5")
    await check(page, "quiet")

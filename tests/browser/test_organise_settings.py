"""The board's settings in the browser: live everywhere, two organisers at once, colours that are repaired."""

from __future__ import annotations

from playwright.async_api import expect

from board.model.images import LOGO_BYTES
from tests.browser.conftest import LAPTOP, PHONE, Pages
from tests.browser.organising import SIZES, WIDER, Of, opened
from tests.browser.test_accessibility import check
from tests.servers import Server


@SIZES
async def test_settings_are_changed_live_on_all_pages_and_undone(
    pages: Pages, prepared: dict[str, str], size: dict[str, int]
) -> None:
    page = await opened(pages, prepared, "Board", size)
    phone = await pages.open(prepared["join_url"], PHONE)
    await page.locator("#field-title").fill("Innovation Lab, renamed")
    await page.locator("#field-starts_on").fill("2026-11-30")
    await page.get_by_label("New theme").fill("Heat")
    await page.keyboard.press("Enter")
    await page.get_by_label("Name of team 1").fill("Kampuchea")
    await expect(page.get_by_text("Not saved yet")).to_be_visible()
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.locator(".toast")).to_contain_text("Saved")
    await expect(phone.get_by_text("Innovation Lab, renamed").first).to_be_visible()
    await expect(page.get_by_label("Name of team 1")).to_have_value("Kampuchea")
    await page.get_by_role("button", name="Undo").click()
    await expect(page.locator("#field-title")).to_have_value("Innovation Lab")
    await expect(page.get_by_label("Name of team 1")).to_have_value("Cambodia")
    await expect(phone.get_by_text("Innovation Lab, renamed")).to_have_count(0)


@SIZES
async def test_the_message_after_a_change_covers_no_button(
    pages: Pages, prepared: dict[str, str], size: dict[str, int]
) -> None:
    """The toast with Undo stays until it is closed; it had lain over Save."""
    page = await opened(pages, prepared, "Board", size)
    for title in ("Innovation Lab, renamed", "Innovation Lab, once more"):
        await page.locator("#field-title").fill(title)
        await page.get_by_role("button", name="Save", exact=True).click()
        await expect(page.locator(".toast")).to_contain_text("Saved")
        await expect(page.get_by_text("Not saved yet")).to_have_count(0)
    await page.locator("#field-title").fill("A third")
    await expect(page.locator(".toast")).to_be_visible()
    save, toast = [await page.locator(name).bounding_box() for name in (".save.is-on", ".toast")]
    assert save is not None
    assert toast is not None
    assert toast["y"] + toast["height"] <= save["y"]


async def test_settings_that_two_organisers_change_at_once_stand_side_by_side(pages: Pages, prepared: dict[str, str]) -> None:
    one, other = await opened(pages, prepared, "Board"), await opened(pages, prepared, "Board")
    await one.locator("#field-title").fill("Mine")
    await one.locator("#field-subtitle").fill("typed by me")
    await other.locator("#field-title").fill("Theirs")
    await other.get_by_role("button", name="Save", exact=True).click()
    await expect(one.locator(".conflict")).to_contain_text("Theirs")
    await expect(one.locator("#field-title")).to_have_value("Mine")
    await one.get_by_role("button", name="Take theirs").click()
    await expect(one.locator("#field-title")).to_have_value("Theirs")
    await expect(one.locator("#field-subtitle")).to_have_value("typed by me")
    await one.get_by_role("button", name="Save", exact=True).click()
    await expect(one.locator(".toast")).to_contain_text("Saved")
    await expect(other.locator("#field-subtitle")).to_have_value("typed by me")


async def test_a_save_that_the_server_refuses_as_too_old_shows_both_versions(
    pages: Pages, server: Server, prepared: dict[str, str], people: Of
) -> None:
    """The page has not heard of the other change yet: the refusal itself says what is there."""
    page = await opened(pages, prepared, "Board")
    await page.locator("#field-title").fill("Mine")
    await page.route("**/api/b/*/settings", lambda route: route.abort())
    organiser = await people(server, prepared).organiser()
    assert (await organiser.send("PATCH", "", {"title": "Theirs"})).status_code == 200
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.locator(".conflict")).to_contain_text("Theirs")
    await expect(page.locator("#field-title")).to_have_value("Mine")


async def test_an_illegible_colour_is_corrected_with_a_note(pages: Pages, prepared: dict[str, str]) -> None:
    page = await opened(pages, prepared, "Board")
    await page.locator("#field-accent").fill("#ffffff")
    await page.locator("#field-accent").dispatch_event("change")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.locator(".toast")).to_contain_text("#ffffff is hard to read")


async def test_a_wrong_setting_shows_its_error_beside_its_field(pages: Pages, prepared: dict[str, str]) -> None:
    page = await opened(pages, prepared, "Board")
    await page.locator("#field-time_zone").fill("Mars/Olympus")
    await page.locator("#field-subtitle").fill("kept")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.locator("#field-time_zone-error")).to_be_visible()
    await expect(page.locator("#field-subtitle")).to_have_value("kept")
    await check(page, "a wrong zone")
    picture = {"name": "logo.png", "mimeType": "image/png", "buffer": bytes(LOGO_BYTES + 1)}
    await page.locator("#field-logo").set_input_files(picture)  # type: ignore[arg-type]
    await expect(page.locator(".toast")).to_contain_text(f"at most {LOGO_BYTES // 1024} KiB")


async def test_a_page_error_gets_a_message_and_a_refusal_keeps_its_own(pages: Pages, prepared: dict[str, str]) -> None:
    page = await opened(pages, prepared, "Board")
    caught = """async () => {
      const { Problem, problemOf } = await import("/static/now/js/shared/api.js");
      console.error = () => {};
      const caught = [new TypeError("undefined is not a function"), undefined, new Problem({ detail: "Too fast." })];
      return caught.map((one) => problemOf(one).detail);
    }"""
    could_not = "The board could not do that. Please try again."
    assert await page.evaluate(caught) == [could_not, could_not, "Too fast."]


ROOM = """() => [...document.querySelectorAll("#themes .entry")].map((row) => {
  const [name, ...others] = [...row.children].filter((one) => one.matches("input, select, button"));
  const middle = (one) => { const { top, height } = one.getBoundingClientRect(); return top + height / 2; };
  const beside = others.filter((one) => Math.abs(middle(one) - middle(name)) < 20).length;
  const ends = others.map((one) => one.getBoundingClientRect().right);
  return { whole: name.scrollWidth <= name.clientWidth, width: name.clientWidth, beside,
    small: others.map((one) => one.clientWidth), end: Math.max(...ends), shown: name.value };
})"""
LONG = "Occupational safety, health"


@SIZES
async def test_the_name_of_a_theme_has_room_beside_its_colour(
    pages: Pages, prepared: dict[str, str], size: dict[str, int]
) -> None:
    """The field of a colour has once taken the whole row."""
    page = await opened(pages, prepared, "Board", size)
    await page.get_by_label("Name of theme 1", exact=True).fill(LONG)
    rows = await page.evaluate(ROOM)
    assert rows[0]["shown"] == LONG
    assert rows[0]["whole"]
    assert {row["beside"] for row in rows} == ({3} if size == LAPTOP else {0})
    assert min(row["width"] for row in rows) >= 200
    assert min(width for row in rows for width in row["small"]) >= 44
    assert max(row["end"] for row in rows) <= size["width"]
    assert await page.evaluate(WIDER) <= 0

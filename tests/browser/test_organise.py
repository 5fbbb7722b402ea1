"""The organiser's agenda, links and sections, as organisers use them: at a desk, on a phone, by keyboard, two at once."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE, Pages
from tests.browser.organising import SIZES, WIDER, Of, go, opened
from tests.browser.test_accessibility import WITHOUT_LINE, check, violations_in_both_lights
from tests.servers import Server


@SIZES
async def test_a_session_is_added_edited_and_each_step_undone(
    pages: Pages, prepared: dict[str, str], size: dict[str, int]
) -> None:
    page = await opened(pages, prepared, "Agenda", size)
    rows = page.locator(".session")
    await expect(rows).to_have_count(4)
    await page.get_by_role("button", name="Add a session").click()
    await page.get_by_label("Title").fill("Evening walk")
    await expect(page.locator("#field-day")).to_have_value("2026-11-30")  # after the last one
    await page.get_by_label("Starts").fill("17:00")
    await page.get_by_label("Ends").fill("17:45")
    await page.locator("#field-room").fill("Garden")
    await page.locator("dialog").get_by_role("button", name="Add a session").click()
    walk = page.locator(".session", has_text="Evening walk")
    await expect(walk).to_contain_text("17:00–17:45")
    await walk.get_by_role("button", name="Edit").click()
    await page.get_by_label("Title").fill("Evening walk: three factories")
    await page.get_by_role("button", name="Save").click()
    await expect(page.locator(".toast")).to_contain_text("Saved: Evening walk: three factories")
    await page.get_by_role("button", name="Undo").click()
    await expect(page.locator(".toast")).to_contain_text("Undone")
    await expect(walk.locator("h3")).to_have_text("Evening walk")
    assert await page.evaluate(WIDER) <= 0


async def test_simultaneous_sessions_stand_side_by_side(pages: Pages, prepared: dict[str, str]) -> None:
    page = await opened(pages, prepared, "Agenda")
    heat, staff = page.locator(".session", has_text="heat"), page.locator(".session", has_text="Staff")
    one, other = await heat.bounding_box(), await staff.bounding_box()
    assert one
    assert other
    assert abs(one["y"] - other["y"]) < 2
    assert abs(one["x"] - other["x"]) > 100
    await put_in_order(page)
    await page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    one, other = await heat.bounding_box(), await staff.bounding_box()
    assert one
    assert other
    assert abs(one["x"] - other["x"]) < 2


async def put_in_order(page: Page) -> None:
    """By keyboard; the focus stays with the session that moves."""
    titles, heat = page.locator(".is-parallel h3"), page.locator(".session", has_text="heat")
    first, second = await titles.all_text_contents()
    await heat.get_by_role("button", name="Move down" if "heat" in first else "Move up").press("Enter")
    await expect(titles).to_have_text([second, first])
    await expect(page.locator(".order:focus")).to_have_count(1)
    await expect(heat.locator(".order:focus")).to_have_attribute("aria-disabled", "true")
    await check(page, "the order")
    await page.reload()
    await expect(titles).to_have_text([second, first])
    await heat.locator(".order:not([aria-disabled=true])").click()
    await expect(titles).to_have_text([first, second])
    await page.get_by_role("button", name="Undo").click()
    await expect(titles).to_have_text([second, first])


@SIZES
async def test_the_rest_of_the_agenda_moves_later_and_back(
    pages: Pages, prepared: dict[str, str], size: dict[str, int]
) -> None:
    page = await opened(pages, prepared, "Agenda", size)
    heat = page.locator(".session", has_text="heat")
    await heat.get_by_role("button", name="Move this and what follows").click()
    await page.get_by_role("button", name="15 min later").click()
    await expect(page.locator(".toast")).to_contain_text("3 sessions are 15 minutes later")
    await expect(heat).to_contain_text("10:45–12:15")
    await expect(page.locator(".session", has_text="Lunch")).to_contain_text("12:45")
    await expect(page.locator(".session", has_text="Opening")).to_contain_text("09:00–10:00")
    await page.get_by_role("button", name="Undo").click()
    await expect(heat).to_contain_text("10:30–12:00")
    await expect(page.locator(".session", has_text="Lunch")).to_contain_text("12:30")


async def test_removing_a_session_asks_where_its_questions_go_and_the_undo_returns_them(
    pages: Pages, server: Server, prepared: dict[str, str], people: Of
) -> None:
    here = people(server, prepared)
    omar = await here.attendee("Omar", "Jordan")
    question = await omar.ask("Who pays for the water?", session="heat")
    page = await opened(pages, prepared, "Agenda")
    heat = page.locator(".session", has_text="heat")
    await expect(heat).to_contain_text("1 question")
    await heat.get_by_role("button", name="Edit").click()
    await page.get_by_role("button", name="Remove the session").click()
    await page.get_by_label("It has 1 question").select_option(label="Staff interviews")
    await page.locator("dialog").get_by_role("button", name="Remove the session").click()
    await expect(heat).to_have_count(0)
    await expect(page.locator(".session", has_text="Staff")).to_contain_text("1 question")
    await page.get_by_role("button", name="Undo").click()
    await expect(heat).to_contain_text("1 question")
    posts = (await omar.snapshot())["posts"]
    assert [post["id"] for post in posts] == [question["id"]]
    assert posts[0]["session"] not in ("heat", "staff")


async def test_two_organisers_see_each_others_changes_and_lose_no_text(pages: Pages, prepared: dict[str, str]) -> None:
    one, other = await opened(pages, prepared, "Agenda"), await opened(pages, prepared, "Agenda")
    await one.locator(".session", has_text="heat").get_by_role("button", name="Edit").click()
    await one.get_by_label("Title").fill("Heat: mine")
    await other.locator(".session", has_text="heat").get_by_role("button", name="Edit").click()
    await other.get_by_label("Title").fill("Heat: theirs")
    await other.get_by_role("button", name="Save").click()
    await expect(other.locator(".session", has_text="Heat: theirs")).to_be_visible()
    conflict = one.locator(".conflict")
    await expect(conflict).to_contain_text("Somebody else changed this meanwhile")
    await expect(conflict).to_contain_text("Heat: theirs")
    await expect(one.get_by_label("Title")).to_have_value("Heat: mine")
    await check(one, "a conflict")
    await one.get_by_role("button", name="Use mine").click()
    await one.get_by_role("button", name="Save").click()
    await expect(other.locator(".session", has_text="Heat: mine")).to_be_visible()


async def test_a_typed_session_survives_bad_input_a_closed_sheet_a_reload_and_a_lost_network(
    pages: Pages, prepared: dict[str, str]
) -> None:
    page = await opened(pages, prepared, "Agenda")
    await page.locator(".session", has_text="Opening").get_by_role("button", name="Edit").click()
    await page.get_by_label("Title").fill("")
    await page.locator("#field-room").fill("Garden")
    await page.get_by_role("button", name="Save").click()
    await expect(page.locator("#field-title-error")).to_be_visible()
    await expect(page.locator("#field-room")).to_have_value("Garden")
    await check(page, "the form says what is wrong")
    await page.get_by_label("Title").fill("Opening, in the garden")
    await page.keyboard.press("Escape")
    await expect(page.locator(".session", has_text="Opening").get_by_role("button", name="Edit")).to_be_focused()
    await page.reload()
    await page.locator(".session", has_text="Opening").get_by_role("button", name="Edit").click()
    await expect(page.get_by_label("Title")).to_have_value("Opening, in the garden")
    await page.route("**/api/b/*/sessions/*", lambda route: route.abort())
    await page.get_by_role("button", name="Save").click()
    await expect(page.locator("dialog .problem")).to_contain_text("What you typed is kept here")
    await expect(page.get_by_label("Title")).to_have_value("Opening, in the garden")
    await page.unroute("**/api/b/*/sessions/*")  # the live line was there all the time: nothing else says that it works again
    await expect(page.locator(".session", has_text="Opening, in the garden")).to_contain_text("Garden")
    await expect(page.locator("dialog")).not_to_be_visible()


async def test_a_session_can_be_entered_with_the_keyboard_alone(pages: Pages, prepared: dict[str, str]) -> None:
    page = await opened(pages, prepared, "Agenda")
    await tab_to(page, "Add a session")
    await page.keyboard.press("Enter")
    await expect(page.locator("dialog")).to_be_visible()
    await tab_to_id(page, "field-title")
    await page.keyboard.type("By keys alone")
    await page.keyboard.press("Enter")
    await expect(page.locator(".session", has_text="By keys alone")).to_be_visible()
    assert await page.evaluate("document.activeElement !== document.body")


async def tab_to(page: Page, words: str) -> None:
    for _ in range(60):
        if await page.evaluate("document.activeElement.textContent.trim()") == words:
            return
        await page.keyboard.press("Tab")
    raise AssertionError(words)


async def tab_to_id(page: Page, name: str) -> None:
    for _ in range(30):
        if await page.evaluate("document.activeElement.id") == name:
            return
        await page.keyboard.press("Tab")
    raise AssertionError(name)


@SIZES
async def test_a_link_is_created_shown_once_handed_over_and_revoked(
    pages: Pages, prepared: dict[str, str], size: dict[str, int]
) -> None:
    page = await opened(pages, prepared, "Links", size)
    await page.get_by_role("button", name="New link").click()
    await page.get_by_label("Name").fill("Malee, morning shift")
    await page.get_by_role("button", name="Make the link").click()
    url = await page.locator("#fresh-url").input_value()
    await page.get_by_role("img", name="QR code of the link").wait_for()
    await check(page, "a fresh link")
    await page.get_by_role("button", name="I have it").click()
    row = page.locator(".link-row", has_text="Malee")
    await expect(row).to_contain_text("never opened")
    assert url.rsplit("/", 1)[1] not in await page.content()
    desk = await pages.open(url, LAPTOP)
    await desk.locator("[data-tab]").first.wait_for()
    await row.get_by_role("button", name="Hand over").click()
    await page.locator("dialog").get_by_role("button", name="Hand over").click()
    assert await page.locator("#fresh-url").input_value() != url
    await page.get_by_role("button", name="I have it").click()
    await expect(desk.locator(".refused")).to_be_visible()
    await row.get_by_role("button", name="Take back").click()
    await page.locator("dialog").get_by_role("button", name="Take back").click()
    await expect(row).to_have_count(0)
    await page.get_by_role("button", name="Undo").click()
    await expect(row).to_have_count(1)


@SIZES
async def test_a_webhook_is_made_its_secret_shown_once_and_it_is_removed(
    pages: Pages, prepared: dict[str, str], size: dict[str, int]
) -> None:
    page = await opened(pages, prepared, "Links", size)
    await page.get_by_role("button", name="Send messages to an address").click()
    await page.locator("#hook-url").fill("http://192.168.1.5/hook")
    await page.get_by_role("button", name="Send messages there").click()
    await expect(page.locator("dialog")).to_contain_text("BOARD_WEBHOOK_NETWORKS")
    await page.locator("#hook-url").fill("https://chat.example.org/hook/s3cret")
    await page.get_by_label("a post leaves the board").uncheck()
    await check(page, "a new webhook")
    assert await page.evaluate(WIDER) <= 0
    await page.get_by_role("button", name="Send messages there").click()
    secret = await page.locator("#fresh-secret").input_value()
    assert secret.startswith("whsec_")
    await check(page, "a fresh secret")
    await page.get_by_role("button", name="I have it").click()
    row = page.locator(".link-row", has_text="chat.example.org")
    await expect(row).to_contain_text("nothing sent yet")
    await expect(row).not_to_contain_text("leaves the board")
    assert "s3cret" not in await page.content(), "the path may be a secret of the receiver"
    await check(page, "webhooks")
    await row.get_by_role("button", name="Remove").click()
    await page.locator("dialog").get_by_role("button", name="Remove").click()
    await expect(page.locator(".toast")).to_contain_text("gets no more messages")
    await expect(row).to_have_count(0)


SECTIONS = ["Overview", "Board", "Agenda", "People", "Links", "Print", "After"]


async def test_every_section_is_accessible_and_in_forced_colours_its_buttons_have_an_edge(
    pages: Pages, prepared: dict[str, str]
) -> None:
    """And a mark where they are chosen. One page, whose window changes: a section takes longer to open than to look at."""
    page = await pages.open(prepared["organise_url"], LAPTOP, bypass_csp=True)
    found: list[object] = []
    for section in SECTIONS:
        await page.set_viewport_size(LAPTOP)  # type: ignore[arg-type]
        await go(page, section)
        await page.wait_for_load_state("networkidle")
        for size in (LAPTOP, PHONE):
            await page.set_viewport_size(size)  # type: ignore[arg-type]
            where = f"{section} {size}"
            found += await violations_in_both_lights(page, where)
            if await page.evaluate(WIDER) > 0:
                found.append(f"{where} is too wide")
            await page.emulate_media(forced_colors="active")
            if (without := await page.evaluate(WITHOUT_LINE)) != [[], []]:
                found.append((where, "in forced colours", without))
            await page.emulate_media(forced_colors="none")
    assert not found, "\n".join(map(str, found))


async def test_right_to_left_pages_cut_nothing_off(pages: Pages, prepared: dict[str, str]) -> None:
    page = await pages.open(prepared["organise_url"], PHONE)
    await page.evaluate("document.documentElement.dir = 'rtl'")
    for section in SECTIONS:
        await page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        await go(page, section)
        await page.wait_for_load_state("networkidle")
        for size in (PHONE, LAPTOP):
            await page.set_viewport_size(size)  # type: ignore[arg-type]
            cut = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert cut <= 0, f"{section} {size}"


async def test_each_open_task_links_to_its_place(pages: Pages, prepared: dict[str, str]) -> None:
    page = await opened(pages, prepared, "Overview", PHONE)
    await page.locator(".todo").get_by_role("link", name="Start a rehearsal").click()
    await expect(page.locator("#rehearsal")).to_be_in_viewport()
    await page.locator(".todo").get_by_role("link", name="Add themes").click()
    await expect(page.locator("fieldset#themes")).to_be_in_viewport()

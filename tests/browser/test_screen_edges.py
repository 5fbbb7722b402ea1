"""The large screen at the edges of devices and networks: keyboards of other scripts, captive portals, sleeping computers."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Route, expect

from tests.browser.cases import all_of_them
from tests.browser.conftest import STAGE, Pages

PORTAL = "<!doctype html><title>Welcome to the hotel</title>Please log in"

COMMANDS = """async (events) => {
  const { command } = await import("/static/now/js/screen/keys.js");
  return events.map((event) => { const wish = command(event, "cards"); return wish && (wish.scene ?? wish.by ?? wish.do); });
}"""

AWAKE = """async () => {
  const { createAwake } = await import("/static/now/js/shared/awake.js");
  const calls = [], held = [];
  const lock = { request: async () => { held.push(new EventTarget()); return held.at(-1); } };
  const later = window.setTimeout;
  const timers = [];
  window.setTimeout = (act) => timers.push(act);
  const awake = createAwake({ lock, isHidden: () => false, onChange: (is) => calls.push(is) });
  await awake.ask();
  held[0].dispatchEvent(new Event("release"));
  await timers.at(-1)();
  const none = createAwake({ lock: undefined, isHidden: () => false, onChange: (is) => calls.push(is) });
  await none.ask();
  window.setTimeout = later;
  return [held.length, ...calls];
}"""


async def test_the_operators_keys_work_on_every_keyboard(pages: Pages, board: dict[str, str]) -> None:
    page = await pages.open(board["screen_url"], STAGE)
    cases: list[tuple[dict[str, Any], object]] = [
        ({"key": "b", "code": "KeyB"}, "blank"),
        ({"key": "B", "code": "KeyB"}, "blank"),
        ({"key": "и", "code": "KeyB"}, "blank"),  # Russian
        ({"key": "لا", "code": "KeyB"}, "blank"),  # Arabic: two letters at once
        ({"key": "Process", "code": "KeyB"}, None),  # an input method's
        ({"key": "!", "code": "Digit1", "shiftKey": True}, None),
        ({"key": "ض", "code": "KeyQ"}, "join"),  # Arabic
        ({"key": "ឆ", "code": "KeyQ"}, "join"),  # Khmer
        ({"key": "a", "code": "KeyQ"}, None),  # AZERTY: an A is no Q
        ({"key": "q", "code": "KeyA"}, "join"),
        ({"key": "é", "code": "Digit2"}, "cards"),  # AZERTY
        ({"key": "٣", "code": "Digit3"}, "questions"),
        ({"key": "៣", "code": "Digit3"}, "questions"),
        ({"key": ",", "code": "Slash", "shiftKey": True}, "help"),
        ({"key": "и", "code": "KeyB", "isComposing": True}, None),
        ({"key": "b", "code": "KeyB", "keyCode": 229}, None),
        ({"key": "и", "code": "KeyB", "ctrlKey": True}, None),
    ]
    assert await page.evaluate(COMMANDS, [event for event, _ in cases]) == [wish for _, wish in cases]


async def test_a_captive_portal_does_not_replace_the_screen_after_an_error(pages: Pages, board: dict[str, str]) -> None:
    page = await pages.open(board["screen_url"], STAGE)
    await expect(page.locator("html")).to_have_attribute("data-lease", "live")

    async def portal(route: Route) -> None:
        await route.fulfill(status=200, content_type="text/html", body=PORTAL)

    await page.evaluate("window.before = true")
    await page.route("**/*", portal)
    async with page.expect_request("**/api/**", timeout=20_000):
        await page.evaluate("dispatchEvent(new Event('error'))")
    await page.wait_for_timeout(1000)
    assert await page.evaluate("window.before === true")
    await page.unroute("**/*")
    await page.evaluate("sessionStorage.removeItem('fresh')")
    async with page.expect_event("load", timeout=20_000):
        await page.evaluate("dispatchEvent(new Event('error'))")
    assert await page.evaluate("window.before") is None


async def test_the_screen_does_not_run_a_captive_portals_page_as_its_script(pages: Pages, board: dict[str, str]) -> None:
    context = await pages.context(STAGE)
    answers = 0

    async def once_away(route: Route) -> None:
        nonlocal answers
        answers += 1
        if answers <= 2:
            await route.fulfill(status=200, content_type="text/html", body=PORTAL)
        else:
            await route.continue_()

    await context.route("**/js/screen/screen.js*", once_away)
    page = await context.new_page()
    await page.goto(board["screen_url"])
    await expect(page.locator("html")).to_have_attribute("data-lease", "live", timeout=20_000)


async def test_a_released_wake_lock_is_requested_again_and_a_missing_one_is_reported(
    pages: Pages, board: dict[str, str]
) -> None:
    page = await pages.open(board["screen_url"], STAGE)
    assert await page.evaluate(AWAKE) == [2, True, True, False]


async def test_a_screen_at_an_address_of_its_own_computer_says_so(pages: Pages, board: dict[str, str]) -> None:
    page = await pages.open(board["screen_url"], STAGE)
    await expect(page.locator("html")).to_have_attribute("data-lease", "live")
    await page.mouse.move(100, 100)
    await expect(page.locator(".advice")).to_contain_text("Phones cannot use this QR code")
    await page.keyboard.press("?")
    advice, keys = [await page.locator(part).bounding_box() for part in (".advice", "dl.help")]
    assert advice
    assert keys
    assert advice["y"] + advice["height"] < keys["y"]  # both are read


async def test_a_browser_without_modules_shows_a_message(pages: Pages, board: dict[str, str]) -> None:
    context = await pages.context(STAGE)

    async def aged(route: Route) -> None:
        answer = await route.fetch()
        page = (await answer.text()).replace('type="module"', 'type="text/unknown"').replace("<script nomodule ", "<script ")
        await route.fulfill(response=answer, body=page)

    await context.route(lambda url: "/static/" not in url and "/api/" not in url, aged)
    page = await context.new_page()
    with all_of_them() as case:
        for link in ("join_url", "screen_url", "moderate_url", "organise_url"):
            with case(link):
                await page.goto(board[link])
                await expect(page.get_by_role("alert")).to_contain_text("too old")


async def test_a_browser_with_modules_does_not_load_the_message_for_old_browsers(pages: Pages, board: dict[str, str]) -> None:
    page = await pages.open(board["screen_url"], STAGE)
    await expect(page.locator("html")).to_have_attribute("data-lease", "live")
    fetched = await page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    assert any("/js/screen/screen.js" in name for name in fetched)
    assert not any("/js/shared/old.js" in name for name in fetched)
    await expect(page.locator("#too-old")).to_be_hidden()


async def test_a_browser_that_cannot_run_the_page_shows_a_message(pages: Pages, board: dict[str, str]) -> None:
    context = await pages.context(STAGE)

    async def unreadable(route: Route) -> None:
        await route.fulfill(status=200, content_type="text/javascript", body="const words = ??;")

    await context.route("**/js/phone/phone.js*", unreadable)
    page = await context.new_page()
    await page.goto(board["join_url"])
    await expect(page.get_by_role("alert")).to_contain_text("too old", timeout=20_000)

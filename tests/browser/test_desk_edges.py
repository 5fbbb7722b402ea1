"""The desk and the phone at the edges of devices: keyboards of other scripts, phones that are elsewhere, captive portals."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Route, expect

from tests.browser.conftest import LAPTOP, PHONE, Pages
from tests.browser.test_phone import lane, say_who, write_card
from tests.conftest import People
from tests.people import Json
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]

NOT_LOOKED_AT = {"width": 640, "height": 360}
"""A large screen that only has to be there: a large one takes longer to draw."""
PORTAL = "<!doctype html><title>Welcome to the hotel</title>Please log in"

COMMANDS = """async (events) => {
  const { command } = await import("/static/now/js/desk/queue.js");
  return events.map(command);
}"""

TIMES = """async () => {
  const { timeAgo } = await import("/static/now/js/shared/text.js");
  const then = "2026-03-05T23:05:00Z", later = Date.parse("2026-03-07T00:00:00Z");
  return ["Asia/Phnom_Penh", "America/Los_Angeles", "Mars/Olympus"].map((zone) => timeAgo(then, later, zone));
}"""

ENTERED = """async ([shown, entering, order]) => {
  const { withEntering } = await import("/static/now/js/desk/order.js");
  return withEntering(shown, entering, order);
}"""

# Every height at which a switch has stood since.
HEIGHTS = """() => {
  const heights = (window.heights = new Set());
  const look = () => {
    const box = document.querySelector('[data-switch="question"]')?.getBoundingClientRect();
    if (box) heights.add(Math.round(box.top));
    requestAnimationFrame(look);
  };
  look();
}"""

NOTHING_KEPT = "() => !Object.keys(localStorage).some((key) => key.endsWith('drafts:desk-reason'))"


@pytest.mark.parametrize(
    ("shown", "entering", "becomes"),
    [
        ("ade", "bc", "abcde"),  # neighbours: the place of the first hangs on the second
        ("ade", "cb", "abcde"),
        ("ae", "bcd", "abcde"),
        ("bd", "ace", "abcde"),
        ("dba", "c", "cdba"),  # what stands is not put in order
        ("", "ca", "ac"),
    ],
)
async def test_new_posts_in_a_list_do_not_reorder_the_others(
    pages: Pages, board: dict[str, str], shown: str, entering: str, becomes: str
) -> None:
    page = await pages.open(board["moderate_url"], LAPTOP)
    assert "".join(await page.evaluate(ENTERED, [list(shown), list(entering), list("abcde")])) == becomes


async def test_the_moderators_keys_work_on_every_keyboard(pages: Pages, board: dict[str, str]) -> None:
    page = await pages.open(board["moderate_url"], LAPTOP)
    cases: list[tuple[dict[str, Any], str]] = [
        ({"key": "a", "code": "KeyA"}, "approve"),
        ({"key": "ф", "code": "KeyA"}, "approve"),  # Russian
        ({"key": "ش", "code": "KeyA"}, "approve"),  # Arabic
        ({"key": "ា", "code": "KeyA"}, "approve"),  # Khmer
        ({"key": "a", "code": "KeyQ"}, "approve"),  # AZERTY
        ({"key": "q", "code": "KeyA"}, ""),
        ({"key": "H", "code": "KeyH", "shiftKey": True}, "reason"),
        ({"key": "Р", "code": "KeyH", "shiftKey": True}, "reason"),
        ({"key": "&", "code": "Digit1"}, "tab:waiting"),  # AZERTY
        ({"key": "٢", "code": "Digit2"}, "tab:board"),
        ({"key": "3", "code": "Digit3", "shiftKey": True}, "tab:held"),  # AZERTY writes digits with Shift
        ({"key": "!", "code": "Digit1", "shiftKey": True}, ""),
        ({"key": ".", "code": "Slash"}, "search"),  # Russian
        ({"key": "؟", "code": "Slash", "shiftKey": True}, "help"),
        ({"key": "/", "code": "Digit7", "shiftKey": True}, "search"),  # German
        ({"key": "?", "code": "Minus", "shiftKey": True}, "help"),
        ({"key": "Escape", "code": "Escape"}, "escape"),
        ({"key": "Process", "code": "KeyA"}, ""),  # an input method's
        ({"key": "ф", "code": "KeyA", "ctrlKey": True}, ""),
    ]
    assert await page.evaluate(COMMANDS, [event for event, _ in cases]) == [command for _, command in cases]


async def test_times_of_posts_are_in_the_zone_of_the_board_whatever_zone_the_phone_has(
    pages: Pages, board: dict[str, str]
) -> None:
    page = await pages.open(board["join_url"], PHONE, timezone_id="UTC", locale="en-GB")
    assert await page.evaluate(TIMES) == ["Fri 06:05", "Thu 15:05", "Thu 23:05"]


async def test_own_cards_show_the_time_of_the_board(pages: Pages, server: Server) -> None:
    board = server.create("Innovation Lab", "--team", "Cambodia", "--time-zone", "Asia/Phnom_Penh")
    elsewhere = {"timezone_id": "America/Los_Angeles", "locale": "en-GB"}
    phone = await pages.open(board["join_url"], PHONE, **elsewhere)
    zone = ZoneInfo("Asia/Phnom_Penh")
    before = datetime.now(zone)
    await write_card(phone, "You stayed late for us.")
    await say_who(phone)
    await expect(phone.get_by_role("main")).to_contain_text("You stayed late for us.")
    after = datetime.now(zone)
    times = re.compile("|".join({before.strftime("%a %H:%M"), after.strftime("%a %H:%M")}))
    await lane(phone, "Me")
    await phone.clock.set_system_time(after + timedelta(days=2))
    await lane(phone, "Celebrate")
    await lane(phone, "Me")
    await expect(phone.locator(".mine-when")).to_have_text(times)


async def test_a_phone_does_not_run_a_captive_portals_page_as_its_second_script(pages: Pages, board: dict[str, str]) -> None:
    context = await pages.context(PHONE)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.resource_type) if "/js/phone/later.js" in request.url else None)

    async def once_away(route: Route) -> None:
        if len(asked) == 1:
            await route.fulfill(status=200, content_type="text/html", body=PORTAL)
        else:
            await route.continue_()

    await context.route("**/js/phone/later.js*", once_away)
    phone = await pages.open_in(context, board["join_url"])
    await lane(phone, "Me")  # asked for before its script is there
    await expect(phone.get_by_text("You have not given your name yet.")).to_be_visible()
    assert asked == ["fetch", "fetch", "script"]


async def test_a_panel_opened_before_its_script_loads_opens_by_itself_later(
    pages: Pages, server: Server, board: dict[str, str], people: Of
) -> None:
    author = await people(server, board).attendee("Omar", "Jordan")
    post = await author.celebrate("To the wrong Omar.")
    await (await people(server, board).moderator()).send("PATCH", "", {"frozen": True})
    context = await pages.context(LAPTOP)
    let = asyncio.Event()

    async def late(route: Route) -> None:
        await let.wait()
        await route.continue_()

    await context.route("**/js/desk/later.js*", late)
    desk = await pages.open_in(context, board["moderate_url"])
    for title in ("Kiosk", "Prepared questions", "Recent activity"):
        await desk.locator("summary", has_text=title).click()
    await desk.locator('[data-tab="board"]').click()
    await desk.locator(f'.row[data-id="{post["id"]}"] [data-act="menu"]').click()
    await desk.locator('[data-menu="correct"]').click()
    await expect(desk.locator("#pop")).to_contain_text("Loading")
    await expect(desk.locator('[data-panel="kiosk"]')).to_contain_text("Loading")
    let.set()
    await expect(desk.locator("#pop")).to_contain_text("To the wrong Omar.")
    await expect(desk.locator("#pop form")).to_be_visible()
    await desk.keyboard.press("Escape")
    await expect(desk.locator('[data-panel="kiosk"] form')).to_be_visible()
    await expect(desk.locator('[data-panel="lately"] li').first).to_contain_text("froze the board")
    await expect(desk.locator('[data-panel="prepared"] textarea')).to_be_visible()


async def test_an_own_reason_to_hold_is_kept_until_the_server_has_it(
    pages: Pages, server: Server, board: dict[str, str], people: Of
) -> None:
    here = people(server, board)
    author = await here.attendee("Omar", "Jordan")
    post, other = await author.celebrate("Names a patient."), await author.celebrate("Names nobody.")
    desk = await pages.open(board["moderate_url"], LAPTOP)
    reason = desk.get_by_label("In your own words")

    async def open_reason(post: Json) -> None:
        await desk.locator('[data-tab="board"]').click()
        await desk.locator(f'.row[data-id="{post["id"]}"] [data-act="reason"]').click()

    await open_reason(post)
    await reason.fill("Please leave the name out.")
    await desk.keyboard.press("Escape")
    await desk.reload()
    await open_reason(other)
    await expect(reason).to_have_value("")
    await desk.keyboard.press("Escape")
    await open_reason(post)
    await expect(reason).to_have_value("Please leave the name out.")
    await desk.context.set_offline(True)
    await reason.press("Enter")
    await expect(desk.get_by_role("alert").last).to_contain_text("failed")
    await desk.context.set_offline(False)
    await open_reason(post)
    await expect(reason).to_have_value("Please leave the name out.")
    async with desk.expect_response(lambda response: response.request.method == "PATCH") as sent:
        await reason.press("Enter")
    assert (await (await sent.value).json())["post"]["reason"] == "Please leave the name out."
    await desk.wait_for_function(NOTHING_KEPT)


async def test_an_own_reason_for_several_posts_is_kept_and_can_be_deleted(
    pages: Pages, server: Server, board: dict[str, str], people: Of
) -> None:
    author = await people(server, board).attendee("Omar", "Jordan")
    posts = [await author.celebrate(f"Said twice, {count}.") for count in ("one", "two")]
    desk = await pages.open(board["moderate_url"], LAPTOP)
    reason = desk.get_by_label("In your own words")

    async def open_reason() -> None:
        await desk.locator('[data-tab="board"]').click()
        for post in posts:
            await desk.locator(f'.row[data-id="{post["id"]}"] input[type="checkbox"]').check()
        await desk.locator('[data-bulk-act="reason"]').click()

    await open_reason()
    await reason.fill("Once is enough.")
    await desk.reload()
    await open_reason()
    await expect(reason).to_have_value("Once is enough.")
    await reason.fill("")
    await desk.reload()
    await open_reason()
    await expect(reason).to_have_value("")


async def test_no_button_of_the_desk_moves_when_the_screen_opens_is_lost_or_comes_back(
    pages: Pages, board: dict[str, str]
) -> None:
    desk = await pages.open(board["moderate_url"], LAPTOP)
    screens, note = desk.locator(".screens"), desk.locator(".shot-note")
    await expect(note).to_have_text("No computer shows this screen")
    await desk.evaluate(HEIGHTS)
    screen = await pages.open(board["screen_url"], NOT_LOOKED_AT)
    await expect(screens).to_have_text("1 screen live")
    await screen.close()
    await expect(screens).to_have_text("1 screen without connection")
    await expect(note).to_contain_text("May still be read until")
    await pages.open(board["screen_url"], NOT_LOOKED_AT)
    await expect(screens).to_have_text("1 screen live")
    assert await desk.evaluate("heights.size") == 1

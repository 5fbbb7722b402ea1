"""A text stays until it is sent: on a full phone, after broken answers, through reloads. (The store of drafts:
`tests/scripts/keeping.test.mjs`.)"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from playwright.async_api import Page, Route, expect

from tests.browser.cases import all_of_them
from tests.browser.conftest import PHONE, Pages
from tests.browser.test_phone import lane, say_who, write_card, write_question
from tests.conftest import People
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]

GOES_OUT_MS = 40_000
# The storage takes nothing more, as that of a phone that is full, but what is there can be read.
FULL = """() => { Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }; }"""
REMEMBER = "() => { window.setItem = Storage.prototype.setItem; }"
ROOM_AGAIN = "() => { Storage.prototype.setItem = window.setItem; }"
# A browser that neither sends nor takes cookies, until the test lets it.
NO_COOKIES = """if (!sessionStorage.getItem("cookies")) {
  const fetched = window.fetch.bind(window);
  window.fetch = (address, about) => fetched(address, { ...about, credentials: "omit" });
}"""


@pytest.fixture
def here(server: Server, board: dict[str, str], people: Of) -> People:
    return people(server, board)


@pytest.fixture
async def phone(pages: Pages, board: dict[str, str]) -> Page:
    return await pages.open(board["join_url"])


async def test_after_an_answer_without_the_post_the_phone_sends_it_again(phone: Page, here: People) -> None:
    bodies: list[str] = []

    async def answer_nothing(route: Route) -> None:
        if bodies:
            await route.fulfill(status=200, content_type="application/json", body=bodies.pop())
        else:
            await route.continue_()

    await phone.route("**/posts", answer_nothing)
    await lane(phone, "Ask")
    with all_of_them() as case:
        for count, body in enumerate(("", "{}", "null", "<h1>Log in</h1>"), 1):
            with case(body or "nothing"):
                bodies.append(body)
                await write_question(phone, f"Does anybody hear {'me' * count}?")
                if count == 1:
                    await say_who(phone)
                own = phone.locator(".question:not(.is-waiting)", has_text=f"hear {'me' * count}?")
                await expect(own).to_have_count(1, timeout=GOES_OUT_MS)
                assert not bodies
                assert len((await (await here.attendee()).snapshot())["posts"]) == count


async def test_a_phone_with_full_storage_says_so_and_loses_no_post(pages: Pages, board: dict[str, str], here: People) -> None:
    phone = await pages.open(board["join_url"])
    await phone.evaluate(REMEMBER)
    await lane(phone, "Ask")
    await write_question(phone, "The first of three?")
    await say_who(phone)
    await expect(phone.locator(".question:not(.is-waiting)")).to_have_count(1)
    await phone.context.set_offline(True)
    await write_question(phone, "The second of three?")
    await phone.evaluate(FULL)
    await write_question(phone, "The third of three?")
    await expect(phone.locator(".is-waiting")).to_have_count(2)
    await expect(phone.locator(".dock .note")).to_contain_text("storage is full")
    await expect(phone.get_by_text("saved and sends itself")).to_have_count(0)
    await phone.evaluate(ROOM_AGAIN)
    await phone.context.set_offline(False)
    await expect(phone.locator(".question:not(.is-waiting)")).to_have_count(3, timeout=GOES_OUT_MS)
    assert len((await (await here.attendee()).snapshot())["posts"]) == 3


async def test_an_offline_edit_survives_a_reload_and_sends_itself(phone: Page, here: People) -> None:
    await write_card(phone, "You taught me to measure haet.")
    await say_who(phone)
    await expect(phone.locator(".card:not(.is-waiting)")).to_have_count(1)

    async def cut(route: Route) -> None:
        await (route.abort() if route.request.method == "PATCH" else route.continue_())

    await phone.route("**/posts/*", cut)
    await change_own(phone, "You taught me to measure heat.")
    await phone.get_by_role("button", name="Save").click()
    await expect(phone.locator("#composer")).to_be_hidden()
    await expect(phone.locator(".mine-post")).to_contain_text("Your change is not sent yet")
    await expect(phone.locator(".mine-post")).to_contain_text("measure heat.")
    await phone.reload()
    await expect(phone.locator(".mine-post")).to_contain_text("measure heat.")
    await phone.unroute("**/posts/*", cut)
    await expect(phone.locator(".mine-post")).to_contain_text("On the board", timeout=GOES_OUT_MS)
    (post,) = (await (await here.attendee()).snapshot())["posts"]
    assert post["text"] == "You taught me to measure heat."


async def test_an_edit_refused_later_is_shown_and_not_lost(phone: Page, here: People) -> None:
    await write_card(phone, "You taught me to measure haet.")
    await say_who(phone)
    await expect(phone.locator(".card:not(.is-waiting)")).to_have_count(1)
    asked = 0

    async def lose_then_refuse(route: Route) -> None:
        nonlocal asked
        asked += route.request.method == "PATCH"
        refusal = {"title": "Too late", "status": 423, "detail": "The ten minutes are over."}
        if route.request.method != "PATCH":
            await route.continue_()
        elif asked == 1:
            await route.abort()
        else:
            await route.fulfill(status=423, content_type="application/problem+json", body=json.dumps(refusal))

    await phone.route("**/posts/*", lose_then_refuse)
    await change_own(phone, "You taught me to measure heat.")
    await phone.get_by_role("button", name="Save").click()
    await expect(phone.locator("#composer")).to_contain_text("The ten minutes are over.", timeout=GOES_OUT_MS)
    await expect(phone.get_by_label("In one sentence")).to_have_value("You taught me to measure heat.")


async def change_own(phone: Page, text: str) -> None:
    await lane(phone, "Me")
    await phone.get_by_role("button", name=re.compile("^Edit")).click()
    await phone.get_by_label("In one sentence").fill(text)


async def test_an_unfinished_edit_returns_until_it_is_discarded(phone: Page) -> None:
    await write_card(phone, "You taught me to measure haet.")
    await say_who(phone)
    await expect(phone.locator(".card:not(.is-waiting)")).to_have_count(1)
    text = phone.get_by_label("In one sentence")
    with all_of_them() as case:
        for leave in ("back", "close", "reload"):
            with case(leave):
                await change_own(phone, f"You taught me to measure heat, and {leave}")
                if leave == "reload":
                    await phone.reload()  # the sheet is open again
                else:
                    await (phone.go_back() if leave == "back" else phone.get_by_role("button", name="Close").click())
                    await phone.get_by_role("button", name="Continue editing").click()
                await expect(text).to_have_value(f"You taught me to measure heat, and {leave}")
                await phone.get_by_role("button", name="Discard the change").click()
                await lane(phone, "Me")
                await phone.get_by_role("button", name=re.compile("^Edit: ")).click()
                await expect(text).to_have_value("You taught me to measure haet.")
                await phone.get_by_role("button", name="Close").click()


async def test_a_half_typed_name_survives_a_reload(phone: Page) -> None:
    await lane(phone, "Me")
    await phone.get_by_role("button", name="Add your name").click()
    await phone.get_by_label("Your name").fill("Sokha Ch")
    await phone.reload()
    await phone.get_by_role("button", name="Add your name").click()
    await expect(phone.get_by_label("Your name")).to_have_value("Sokha Ch")


async def test_a_name_entered_offline_is_sent_without_a_post(phone: Page, here: People) -> None:
    await lane(phone, "Me")

    async def cut(route: Route) -> None:
        await route.abort()

    await phone.route("**/join", cut)
    await phone.get_by_role("button", name="Add your name").click()
    await phone.get_by_label("Your name").fill("Sokha")
    await phone.get_by_role("button", name="Save").click()
    await expect(phone.locator(".me-who")).to_contain_text("Sokha")
    async with phone.expect_response(lambda response: response.url.endswith("/join"), timeout=GOES_OUT_MS) as delivered:
        await phone.unroute("**/join", cut)
    assert (await (await delivered.value).json())["participant"]["name"] == "Sokha"


async def test_a_phone_with_blocked_cookies_keeps_the_text_and_says_why(pages: Pages, board: dict[str, str]) -> None:
    context = await pages.context(PHONE)
    await context.add_init_script(NO_COOKIES)
    phone = await pages.open_in(context, board["join_url"])
    await expect(phone.locator(".dock .note")).to_contain_text("blocks cookies")
    await lane(phone, "Ask")
    await write_question(phone, "Will this be lost?")
    await say_who(phone)
    await expect(phone.locator(".is-waiting")).to_contain_text("Will this be lost?")
    await expect(phone.locator(".dock .note")).to_contain_text("allow cookies")
    await phone.evaluate("sessionStorage.setItem('cookies', 'allowed')")
    await phone.reload()
    await expect(phone.locator(".question:not(.is-waiting)")).to_have_count(1, timeout=GOES_OUT_MS)
    await expect(phone.locator(".dock .note")).not_to_contain_text("blocks cookies")


async def test_the_phone_offers_only_allowed_actions(
    pages: Pages, phone: Page, here: People, server: Server, board: dict[str, str]
) -> None:
    moderator = await here.moderator()
    await write_card(phone, "You taught me to measure heat.")
    await say_who(phone)
    await lane(phone, "Me")
    await expect(phone.get_by_role("button", name=re.compile("^Edit"))).to_be_visible()
    await moderator.send("PATCH", "", {"premoderate": {"card": True}})
    await expect(phone.get_by_role("button", name=re.compile("^Edit"))).to_have_count(0)
    await moderator.send("PATCH", "", {"premoderate": {"card": False}})
    await expect(phone.get_by_role("button", name=re.compile("^Edit"))).to_be_visible()
    (post,) = (await moderator.snapshot(feed="moderate"))["posts"]
    await moderator.send("PUT", f"/participants/{post['participant']}/mute", {})
    await phone.reload()
    await lane(phone, "Celebrate")
    await expect(phone.locator(".dock .note")).to_contain_text("paused posting from this phone")
    await expect(phone.get_by_role("button", name="Celebrate someone")).to_be_disabled()


async def test_a_double_tap_on_send_does_not_open_the_sheet_again(pages: Pages, board: dict[str, str]) -> None:
    phone = await pages.open(board["join_url"], {"width": 844, "height": 390}, has_touch=True)
    await lane(phone, "Ask")
    await phone.get_by_role("button", name="Ask a question").click()
    await phone.get_by_label("Your question").fill("Is it sent once?")
    await phone.get_by_role("button", name="Send to the board").click()
    await phone.get_by_label("Your name").fill("Sokha")
    send = await phone.get_by_role("button", name="Send to the board").bounding_box()
    below = await phone.locator(".dock-do .button").bounding_box()
    assert send
    assert below
    x, y = below["x"] + below["width"] / 2, max(send["y"], below["y"]) + 6
    assert y < min(send["y"] + send["height"], below["y"] + below["height"])  # one lies above the other
    await phone.touchscreen.tap(x, y)
    await phone.touchscreen.tap(x, y)
    await expect(phone.locator(".question")).to_have_count(1)
    await expect(phone.locator("#composer")).to_be_hidden()


async def test_fields_are_large_enough_to_keep_ios_from_zooming(phone: Page, pages: Pages, board: dict[str, str]) -> None:
    sizes = """() => [...document.querySelectorAll("input:not([type=checkbox]), select, textarea")]
        .map((field) => [field.id || field.className, parseFloat(getComputedStyle(field).fontSize)])
        .filter(([, size]) => size < 16)"""
    await lane(phone, "Ask")
    assert await phone.evaluate(sizes) == []
    await lane(phone, "Celebrate")
    await phone.get_by_role("button", name="Celebrate someone").click()
    await phone.locator("#to").fill("Nadia,")
    await expect(phone.locator(".to-chip select")).to_be_visible()
    assert await phone.evaluate(sizes) == []
    assert await phone.locator("#to").get_attribute("autocorrect") == "off"
    desk = await pages.open(board["moderate_url"], PHONE)
    await expect(desk.locator("input").first).to_be_attached()
    assert await desk.evaluate(sizes) == []

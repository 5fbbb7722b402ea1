"""Faces that are neither a phone nor a large screen: the speaker's stage, the microphone's line, a shared tablet."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Page, WebSocketRoute, expect

from tests.browser.conftest import LAPTOP, PHONE, SMALL_PHONE, Pages
from tests.browser.test_agenda import LATER, wait_until_later
from tests.conftest import People
from tests.people import Json, Moderator, question
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]
TABLET = {"width": 1024, "height": 768}
STEP_MS = 1_000


@pytest.fixture
def here(server: Server, board: dict[str, str], people: Of) -> People:
    return people(server, board)


async def session(organiser: Moderator, minutes: int, floor: str | None = None) -> str:
    """It is on, and ends so many minutes from now."""
    now = datetime.now(UTC)
    starts, ends = ((now + timedelta(minutes=at)).strftime("%Y-%m-%dT%H:%M:%SZ") for at in (-10, minutes))
    wanted = {"title": "Heat at work", "room": "Lotus Hall", "starts_at": starts, "ends_at": ends}
    made = await organiser.send("POST", "/sessions", wanted)
    assert made.status_code == 201, made.text
    made_id: str = made.json()["session"]["id"]
    if floor:
        assert (await organiser.send("PATCH", f"/sessions/{made_id}", {"floor": floor})).status_code == 200
    return made_id


async def test_the_stage_shows_the_time_waits_until_a_note_is_seen_and_keeps_its_content_offline(
    pages: Pages, here: People
) -> None:
    organiser, asha = await here.organiser(), await here.attendee("Asha", "Jordan")
    heat = await session(organiser, 30)
    asked = await asha.ask("How hot is too hot?", session=heat)
    link = (await organiser.send("POST", "/links", {"role": "stage", "name": "Lectern"})).json()["url"]
    context = await pages.context(TABLET)
    await context.add_init_script(LATER)
    line = Line()
    await context.route_web_socket("**/live?*", line.carry)
    stage = await pages.open_in(context, link)
    await expect(stage.locator(".now-text")).to_have_text("How hot is too hot?")

    # A note stands there until somebody has seen it, and the desk hears of that.
    await organiser.send("PUT", "/notes", {"text": "Please repeat each question."})
    await expect(stage.locator(".note")).to_contain_text("Please repeat each question.")
    await stage.get_by_role("button", name="Seen").click()
    await expect(stage.locator(".note-seen")).to_be_visible()
    assert (await organiser.snapshot(feed="moderate"))["board"]["notes"][0]["seen_at"]

    # The time that is left, by the server's clock; short of time, and over it.
    left, label = stage.locator(".stage-left"), stage.locator(".stage-label")
    await expect(label).to_have_text("Time left")
    await expect(left).to_have_text(re.compile(r"^(30:00|2\d:\d\d)$"))
    await wait_until_later(stage, 29)
    await expect(stage.locator(".note")).to_have_count(0)  # it was for that moment
    await expect(stage.locator("html")).to_have_attribute("data-time", "short")
    await wait_until_later(stage, 32)
    await expect(label).to_have_text("Over")

    # No connection: it says since when, keeps what it has, and nobody can act on it.
    await context.set_offline(True)
    await line.cut()
    await expect(stage.locator(".stage-trouble")).to_contain_text("No connection. This is how it was at")
    await expect(stage.locator(".now-text")).to_have_text(asked["text"])
    await expect(stage.locator(".act-answered")).to_be_disabled()
    shown = await left.inner_text()
    await expect(left).not_to_have_text(shown)  # the clock goes on
    await context.set_offline(False)
    line.mend()
    await expect(stage.locator(".stage-trouble")).to_have_count(0)
    await stage.locator(".act-answered").click()
    await expect(stage.locator(".undo")).to_contain_text("Answered: How hot is too hot?")


class Line:
    """The page's socket: Chromium keeps an open one when `set_offline` is on, so the test cuts it."""

    def __init__(self) -> None:
        self._open: list[WebSocketRoute] = []
        self._is_cut = False

    async def carry(self, socket: WebSocketRoute) -> None:
        if self._is_cut:
            await socket.close()
            return
        socket.connect_to_server()
        self._open.append(socket)

    async def cut(self) -> None:
        self._is_cut = True
        for socket in self._open:
            await socket.close()
        self._open.clear()

    def mend(self) -> None:
        self._is_cut = False


async def test_a_reload_keeps_the_phones_place_in_the_microphone_queue(
    pages: Pages, board: dict[str, str], here: People
) -> None:
    organiser = await here.organiser()
    heat = await session(organiser, 30, floor="first")
    before = [await voice(here, heat, about) for about in ("The thermometer", "The breaks")]
    phone = await pages.open(f"{board['join_url']}#ask", PHONE)
    await phone.get_by_role("button", name="I want the microphone").click()
    await phone.locator("#floor-about").fill("The fans")
    await phone.get_by_role("button", name="Get in line").click()
    place = phone.locator(".floor-place")
    await expect(place).to_have_text("You are number 3 in the line.")

    # At the desk everybody in the line stands in its order, and goes on by one tap.
    desk = await pages.open(board["moderate_url"], LAPTOP)
    line = desk.locator(".floor-line li")
    await expect(line).to_have_count(3)
    await expect(line.last).to_contain_text("The fans")
    await line.first.get_by_role("button").click()
    await expect(desk.locator(".floor-now")).to_contain_text(before[0]["text"])
    await expect(place).to_have_text("You are number 2 in the line.")
    await phone.reload()
    await expect(place).to_have_text("You are number 2 in the line.")
    following = desk.get_by_role("button", name="Answered, next")
    await following.click()
    await expect(place).to_have_text("You are next.")
    await following.click()
    await expect(place).to_have_text("You have the microphone.")
    await following.click()
    await expect(phone.get_by_role("button", name="I want the microphone")).to_be_visible()

    # What was said aloud counts as asked and answered, as what was written.
    totals = (await organiser.get("/totals")).json()
    assert [(one["asked"], one["answered"]) for one in totals["sessions"]] == [(3, 3)]


async def voice(here: People, session_id: str, about: str) -> Json:
    """Somebody else wants the microphone."""
    answer = await (await here.attendee()).send("POST", "/posts", question(about, session=session_id, voice=True))
    assert answer.status_code == 201, answer.text
    post: Json = answer.json()["post"]
    return post


async def test_a_shared_tablet_forgets_after_each_post_and_a_minute_after_the_last_touch(pages: Pages, here: People) -> None:
    moderator = await here.moderator()
    link = (await moderator.send("POST", "/kiosks", {"name": "Coffee corner"})).json()["url"]
    context = await pages.context(TABLET)
    await context.clock.install()
    kiosk = await pages.open_in(context, link)

    await begin(kiosk, "Who measures the heat?", name="Omar")
    await kiosk.get_by_role("button", name="Send").click()
    await expect(kiosk.locator(".kiosk-thanks")).to_be_visible()
    await passes(kiosk, 7)
    await expect(kiosk.locator(".kiosk-choices")).to_be_visible()

    # The next person finds nothing of it, and may leave in the middle of a sentence.
    await begin(kiosk, "My supervisor says")
    await passes(kiosk, 50)
    await expect(kiosk.locator("#text")).to_have_value("My supervisor says")
    await expect(kiosk.get_by_role("status")).to_contain_text("10")
    await kiosk.locator("#text").press("End")  # somebody is there after all
    await passes(kiosk, 50)
    await expect(kiosk.locator("#text")).to_have_value("My supervisor says")
    await passes(kiosk, 11)
    await expect(kiosk.locator(".kiosk-choices")).to_be_visible()
    await begin(kiosk, "")
    assert await kiosk.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    posts = (await moderator.snapshot(feed="moderate"))["posts"]
    assert [(one["text"], one["author"]["name"]) for one in posts] == [("Who measures the heat?", "Omar")]


async def begin(kiosk: Page, text: str, name: str = "") -> None:
    """A question, from the empty page on. No field has anything in it."""
    await kiosk.locator(".kiosk-choice.is-question").click()
    for field, typed in (("#text", text), ("#name", name)):
        await expect(kiosk.locator(field)).to_have_value("")
        if typed:
            await kiosk.locator(field).fill(typed)


async def passes(kiosk: Page, seconds: int) -> None:
    """So much of the page's own time goes by, second by second, as it does."""
    for _ in range(seconds):
        await kiosk.context.clock.run_for(STEP_MS)


@pytest.mark.parametrize("scheme", ["none", "active"])
async def test_the_stage_on_the_smallest_phone_and_in_forced_colours(pages: Pages, here: People, scheme: str) -> None:
    organiser, asha = await here.organiser(), await here.attendee("Asha", "Jordan")
    heat = await session(organiser, 30)
    for text in ("How hot is too hot?", "Who pays?"):
        await asha.ask(text, session=heat)
    link = (await organiser.send("POST", "/links", {"role": "stage", "name": "Lectern"})).json()["url"]
    stage = await pages.open(link, SMALL_PHONE, forced_colors=scheme)
    await expect(stage.locator(".next-text")).to_be_visible()
    lines = """(all) => all.map((one) => {
      const words = document.createRange();
      words.selectNodeContents(one);
      return new Set([...words.getClientRects()].map(({ top }) => top)).size;
    })"""
    assert await stage.locator(".acts button").evaluate_all(lines) == [1, 1]
    gap = """() => document.querySelector(".next").getBoundingClientRect().top
      - document.querySelector(".now > .by").getBoundingClientRect().bottom"""
    assert await stage.evaluate(gap) >= 12  # the line between them does not underline the name
    bar = "(one) => [getComputedStyle(one.parentElement).borderTopStyle, getComputedStyle(one).backgroundColor]"
    border, colour = await stage.locator(".stage-bar i").evaluate(bar)
    assert (border == "solid") == (scheme == "active")
    ground = await stage.locator("body").evaluate("(one) => getComputedStyle(one).backgroundColor")
    assert colour != ground or scheme == "none"

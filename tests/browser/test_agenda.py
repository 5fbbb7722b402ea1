"""Which session the room is in: pages by the same examples as the server, and through a day that does not keep to its plan."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from playwright.async_api import Page, WebSocket, expect

from tests.agendas import import_agenda
from tests.browser.conftest import PATIENCE_MS, PHONE, STAGE, Pages
from tests.browser.test_phone import on_the_board, say_who
from tests.conftest import People
from tests.inprocess import by_clock
from tests.people import Json, Moderator
from tests.relay import relay
from tests.servers import Server
from tests.test_agenda import VECTORS

Of = Callable[[Server, dict[str, str]], People]

FOLLOW = """async (examples) => {
  const { current } = await import("/static/now/js/shared/agenda.js");
  return examples.map(({ name, sessions, now, chosen, current: wanted, ...choice }) => {
    const at = chosen && { ...chosen, at: Date.parse(chosen.at) };
    const found = current(sessions, Date.parse(now), { ...choice, chosen: at })?.id ?? null;
    return found === wanted ? null : `${name}: ${found}, not ${wanted}`;
  }).filter(Boolean);
}"""

# The page's tab was left open until another time of the server's clock; the next beat brings it.
LATER = """(() => {
  const Real = WebSocket;
  window.later = 0;
  window.WebSocket = class extends Real {
    set onmessage(heard) {
      super.onmessage = (event) => {
        const frame = JSON.parse(event.data);
        if (frame.now) frame.now = new Date(Date.parse(frame.now) + window.later).toISOString();
        heard({ data: JSON.stringify(frame) });
      };
    }
  };
})()"""

# A page that the browser had kept asks the server anew at once.
COMES_BACK = "window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"


async def test_pages_and_server_choose_the_same_session_in_all_examples(pages: Pages, board: dict[str, str]) -> None:
    page = await pages.open(board["join_url"])
    assert len(VECTORS) > 40
    assert await page.evaluate(FOLLOW, json.loads(json.dumps(VECTORS))) == []


async def opened(pages: Pages, url: str, viewport: dict[str, int]) -> Page:
    context = await pages.context(viewport)
    await context.add_init_script(LATER)
    return await pages.open_in(context, url)


async def wait_until_later(page: Page, minutes: int) -> None:
    """The next beat is heard from so many minutes later."""
    await page.evaluate(f"window.later = {minutes * 60_000}; {COMES_BACK}")


async def test_phone_and_screen_stay_in_a_session_that_runs_over_its_time_and_are_in_the_next_days_by_themselves(
    pages: Pages, server: Server, board: dict[str, str], people: Of, tmp_path: Path
) -> None:
    import_agenda(
        server, board, tmp_path,
        {"id": "heat", "starts": -60, "ends": -5, "room": "Hall 1"},
        {"id": "parallel", "starts": -60, "ends": -5, "room": "Hall 2"},
        {"id": "coffee", "starts": -5, "ends": 25, "questions": "closed"},
        {"id": "second-day", "starts": 1380, "ends": 1500},
    )  # fmt: skip
    here = people(server, board)
    asha, moderator = await here.attendee("Asha"), await here.moderator()
    about_heat = await asha.ask("How hot is too hot?", session="heat")
    elsewhere = await asha.ask("Is this another room?", session="parallel")
    anywhere = await asha.ask("When does the bus leave?")
    await moderator.send("PUT", "/screen", {"scene": "questions"})
    phone = await opened(pages, f"{board['join_url']}#ask", PHONE)
    screen = await opened(pages, board["screen_url"], STAGE)
    for page in (phone, screen):
        await expect(page.get_by_text(about_heat["text"]).first).to_be_visible()
        await expect(page.get_by_text(anywhere["text"]).first).to_be_visible()
        await expect(page.get_by_text(elsewhere["text"])).to_have_count(0)
    await expect(phone.locator(".session-choice")).to_have_value("heat")

    await phone.locator(".session-choice").select_option("parallel")
    await expect(phone.get_by_text(elsewhere["text"]).first).to_be_visible()
    await phone.reload()
    await expect(phone.locator(".session-choice")).to_have_value("parallel")

    await moderator.send("PUT", "/sessions/second-day", {"questions": "open"})
    for page in (phone, screen):
        await wait_until_later(page, 1400)
    await expect(phone.locator(".session-choice")).to_have_value("second-day")
    await expect(screen.locator("[data-part=now]")).to_contain_text("Now: Second-Day")
    for page in (phone, screen):
        await expect(page.get_by_text(anywhere["text"]).first).to_be_visible()
        await expect(page.get_by_text(about_heat["text"])).to_have_count(0)
    await phone.get_by_role("button", name="Ask a question").click()
    await expect(phone.locator("#session")).to_have_value("second-day")


# -- the moment a session begins -----------------------------------------------------------------------------------

LEFT_S = 20
"""Less than the half minute after which a phone draws in any case, and than a line may be silent before it is given up."""
DRAWN_MS = 100
WRITTEN = "Who pays for the shade?"
HEARD = "Is it noon already?"


async def test_an_open_phone_names_the_next_session_the_moment_it_begins_without_a_frame_or_a_touch(
    pages: Pages, people: Of
) -> None:
    with by_clock(BOARD_LIMITS="off") as server:
        async with relay(server.port) as between:
            here = people(server, server.create("Innovation Lab", "--team", "Cambodia"))
            organiser, asha = await here.organiser(), await here.attendee("Asha")
            begins = server.clock.wall + 3600
            heat = await session(organiser, "Heat", begins - 7200, begins)
            noise = await session(organiser, "Noise", begins, begins + 3600)
            frames: list[Json] = []
            phone = await on_the_ask_lane(pages, f"http://127.0.0.1:{between.port}/b/{here.code}#ask", frames)
            await begin_question(phone, heat)

            # Its clock stands still from here on. It is told the time, shortly before the next session, and draws.
            await phone.clock.pause_at(await phone.evaluate("Date.now() / 1000 + 1"))
            server.clock.move(3600 - LEFT_S)
            await phone.evaluate(COMES_BACK)
            await until(lambda: any(datetime.fromisoformat(at).timestamp() == begins - LEFT_S for at in told(frames)))
            await asha.ask(HEARD, session=heat)
            await until(lambda: any(post["text"] == HEARD for frame in frames for post in frame.get("posts", [])))

            # The line is silent, and nobody touches the phone.
            between.stall(True)
            await phone.clock.run_for(DRAWN_MS)
            await expect(phone.get_by_text("1 new")).to_be_visible()  # it waits for the writer
            before = [frame for frame in frames if frame["type"] != "beat"]
            await phone.clock.run_for((LEFT_S - 1) * 1000)
            await expect(phone.locator(".session-choice option:checked")).to_contain_text("Heat")
            await phone.clock.run_for(1000)
            await expect(phone.locator(".session-choice option:checked")).to_contain_text("Noise")
            await expect(phone.locator(".session-choice")).to_have_value(noise)
            assert [frame for frame in frames if frame["type"] != "beat"] == before, "a beat draws nothing"

            # What was being written stays with the session for which it was begun.
            await expect(phone.locator("#session")).to_have_value(heat)
            await expect(phone.locator("#text")).to_have_value(WRITTEN)
            between.stall(False)
            await phone.clock.resume()
            await phone.locator(".sheet-foot .button-ink").click()
            await say_who(phone)
            sent = {post["text"]: post["session"] for post in await on_the_board(here, 2)}
            assert sent[WRITTEN] == heat
            await phone.context.close()


async def session(organiser: Moderator, title: str, starts: float, ends: float) -> str:
    """With questions; gives its id. Times in seconds since 1970."""
    times = {name: datetime.fromtimestamp(at, UTC).isoformat() for name, at in (("starts_at", starts), ("ends_at", ends))}
    made = await organiser.send("POST", "/sessions", {"title": title, "questions": "open"} | times)
    assert made.status_code == 201, made.text
    found: str = made.json()["session"]["id"]
    return found


async def on_the_ask_lane(pages: Pages, url: str, frames: list[Json]) -> Page:
    """By a clock that the test moves. `frames`: what its socket hears."""
    context = await pages.context(PHONE)
    await context.clock.install()

    def hear(socket: WebSocket) -> None:
        socket.on("framereceived", lambda text: frames.append(json.loads(text)))

    context.on("page", lambda page: page.on("websocket", hear))
    page = await pages.open_in(context, url)
    await expect(page.locator(".top-live.is-live")).to_be_visible()
    return page


async def begin_question(phone: Page, about: str) -> None:
    """It is not sent yet."""
    await expect(phone.locator(".session-choice")).to_have_value(about)
    await phone.get_by_role("button", name="Ask a question").click()
    async with phone.expect_response("**/similar?*"):
        await phone.locator("#text").fill(WRITTEN)
    await expect(phone.locator("#session")).to_have_value(about)


def told(frames: list[Json]) -> list[str]:
    """The times that frames brought."""
    return [frame["now"] for frame in frames if "now" in frame]


async def until(so: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_MS / 1000):
        while not so():  # noqa: ASYNC110
            await asyncio.sleep(0.02)

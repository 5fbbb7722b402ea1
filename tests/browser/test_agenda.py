"""Which session the room is in: pages by the same examples as the server, and through a day that does not keep to its plan."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from playwright.async_api import Page, expect

from tests.agendas import import_agenda
from tests.browser.conftest import PHONE, STAGE, Pages
from tests.conftest import People
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


async def test_pages_follow_the_same_examples_as_the_server(pages: Pages, board: dict[str, str]) -> None:
    page = await pages.open(board["join_url"])
    assert len(VECTORS) > 40
    assert await page.evaluate(FOLLOW, json.loads(json.dumps(VECTORS))) == []


async def opened(pages: Pages, url: str, viewport: dict[str, int]) -> Page:
    context = await pages.context(viewport)
    await context.add_init_script(LATER)
    return await pages.open_in(context, url)


async def wait_until_later(page: Page, minutes: int) -> None:
    """The next beat is heard from so many minutes later."""
    await page.evaluate(
        f"window.later = {minutes * 60_000}; window.dispatchEvent(new PageTransitionEvent('pageshow', {{persisted: true}}))"
    )


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

"""A device whose clock is hours wrong: what runs, what may be edited and taken back is decided by the server's clock. (How that
is estimated: `tests/scripts/hearing.test.mjs`.)"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Page, Request, expect

from tests.agendas import import_agenda
from tests.browser.conftest import LAPTOP, PHONE, Pages
from tests.browser.test_phone import say_who, write_card
from tests.conftest import People
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]

HOUR_MS = 3_600_000
SKEWED = """(() => {
  const Real = Date;
  window.skew = SKEW;
  window.Date = class extends Real {
    constructor(...parts) { if (parts.length) super(...parts); else super(Real.now() + window.skew); }
    static now() { return Real.now() + window.skew; }
  };
})()"""


async def skewed(pages: Pages, viewport: dict[str, int], by_ms: int) -> BrowserContext:
    context = await pages.context(viewport)
    await context.add_init_script(SKEWED.replace("SKEW", str(by_ms)))
    return context


async def opened(pages: Pages, url: str, viewport: dict[str, int], by_ms: int) -> Page:
    return await pages.open_in(await skewed(pages, viewport, by_ms), url)


@pytest.fixture
def day(server: Server, board: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """A board in the middle of its morning session, with a session six hours from now."""
    morning = {"id": "morning", "starts": -30, "ends": 30}
    evening = {"id": "evening", "starts": 330, "ends": 390}
    earlier = {"id": "earlier", "starts": -90, "ends": -31}
    import_agenda(server, board, tmp_path, earlier, morning, evening)
    return board


@pytest.mark.parametrize("hours", [6, -1])
async def test_a_phone_with_a_wrong_clock_asks_in_the_running_session_and_can_edit(
    pages: Pages, server: Server, day: dict[str, str], hours: int
) -> None:
    phone = await opened(pages, f"{day['join_url']}#ask", PHONE, hours * HOUR_MS)
    await expect(phone.locator(".session-choice")).to_have_value("morning")
    await phone.get_by_role("button", name="Celebrate", exact=True).click()
    await write_card(phone, "Your patience made this possible.")
    await say_who(phone)
    await phone.get_by_role("button", name="Me", exact=True).click()
    post = phone.locator(".mine-post")
    await expect(post.locator(".mine-when")).to_have_text("just now")
    await expect(post.get_by_role("button", name="Edit")).to_be_visible()


@pytest.mark.parametrize("hours", [6, -1])
async def test_a_screen_with_a_wrong_clock_names_the_running_session(pages: Pages, day: dict[str, str], hours: int) -> None:
    screen = await opened(pages, day["screen_url"], LAPTOP, hours * HOUR_MS)
    await expect(screen.locator("html")).to_have_attribute("data-lease", "live")
    await expect(screen.locator("[data-part=now]")).to_contain_text("Now: Morning")


async def test_a_desk_with_a_slow_clock_removes_only_the_votes_of_five_minutes(
    pages: Pages, server: Server, day: dict[str, str], people: Of
) -> None:
    here = people(server, day)
    asked = await (await here.attendee("Asha")).ask()
    for _ in range(2):
        await (await here.attendee()).send("PUT", f"/posts/{asked['id']}/vote")
    desk = await opened(pages, day["moderate_url"], LAPTOP, -HOUR_MS)
    await desk.get_by_role("button", name="On the board").click()
    await expect(desk.locator(".row time").first).to_have_text("just now")
    taken: list[Request] = []
    desk.on("request", lambda request: taken.append(request) if request.method == "DELETE" else None)
    module = "/static/now/js/shared/staff.js"
    answer = await desk.evaluate(f"async () => (await import('{module}')).api.takeBackVotes(5)")
    assert answer["votes"] == 2
    assert [request.url.rpartition("/")[2] for request in taken] == ["votes?minutes=5"]

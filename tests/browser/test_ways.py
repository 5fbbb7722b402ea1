"""The ways from a board to a page: what opens and stays silent does not count; where nothing comes, the page asks."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import pytest
from playwright.async_api import Locator, Page, Route, expect

from tests.browser.conftest import PHONE, STAGE, Pages
from tests.conftest import People
from tests.room import until
from tests.scanner import scanner
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]
STEPS, STEP_MS, PAUSE_MS = 200, 500, 100
"""How often a page's time is moved on at the most, how far, and how long each time the server has to answer."""

# Steps: s a silent socket, r a refused one, S one that works, e silent events, E events that work. After each: what is next.
WAYS = {
    "ss": "socket events",  # two that stay silent
    "rr": "socket events",
    "ssE": "socket events events",
    "sse": "socket events socket!",  # neither way: the page asks, and goes on trying from the first
    "ssess": "socket events socket! socket! events!",
    "sseS": "socket events socket! socket",
    "Ssrrr": "socket socket socket socket socket",  # a socket has worked here, so the server is away
    "Sss": "socket socket events",
    "SssE": "socket socket events socket",  # a socket again, before events once more
    "SssEs": "socket socket events socket events",
    "ssEe": "socket events events socket!",
}
WALK = """async (steps) => {
  const { failed, nextWay, untried, worked } = await import("/static/now/js/shared/ways.js");
  const does = {
    s: (tries) => failed(tries, "socket", true),
    r: (tries) => failed(tries, "socket", false),
    S: (tries) => worked(tries, "socket"),
    e: (tries) => failed(tries, "events", true),
    E: (tries) => worked(tries, "events"),
  };
  let tries = untried();
  return [...steps].map((step) => {
    tries = does[step](tries);
    return nextWay(tries) + (tries.ask ? "!" : "");
  }).join(" ");
}"""


@pytest.fixture
def here(server: Server, board: dict[str, str], people: Of) -> People:
    return people(server, board)


async def test_silent_transports_are_left_in_order_and_tried_again(pages: Pages, board: dict[str, str]) -> None:
    page = await pages.open(board["join_url"])
    assert {steps: await page.evaluate(WALK, steps) for steps in WAYS} == WAYS


async def test_events_replace_sockets_that_open_and_stay_silent(
    pages: Pages, server: Server, board: dict[str, str], here: People
) -> None:
    async with scanner(server.port, "live") as between:
        phone = await opened(pages, through(board["join_url"], server.port, between.port))
        await time_passes(phone, lambda: so(between.asked[-1:] == ["events"]))
        await expect(phone.locator(".top-live.is-live")).to_be_visible(timeout=40_000)
        await (await here.attendee("Omar", "Jordan")).celebrate("It came as an event.")
        await expect(phone.get_by_text("It came as an event.")).to_be_visible(timeout=20_000)
        assert between.asked == ["live", "live", "events"]


@pytest.mark.parametrize(
    ("link", "notice"), [("join_url", "Slow network"), ("screen_url", ""), ("moderate_url", "Slow network")]
)
async def test_without_live_frames_the_page_polls_says_so_and_removes_hidden_posts(
    pages: Pages, server: Server, board: dict[str, str], here: People, link: str, notice: str
) -> None:
    author, moderator = await here.attendee("Omar", "Jordan"), await here.moderator()
    first = await author.celebrate("It was there before.")
    async with scanner(server.port, "live", "events") as between:
        # A staff link sets its cookie for the port's page: it is opened through the scanner as well.
        page = await opened(pages, through(board[link], server.port, between.port), STAGE if link == "screen_url" else PHONE)
        slow = page.locator('[data-link="slow"]') if link == "screen_url" else page.get_by_text(notice).first
        await time_passes(page, slow.is_visible)
        await expect(slow).to_be_visible()
        await shows(page, link, "It was there before.")
        await moderator.moderate(first, state="hidden")
        if link == "moderate_url":  # which keeps a row under the eyes, and counts
            held = page.locator('[data-tab="held"] .tab-count')
            await time_passes(page, lambda: reads(held, "1"))
            await expect(held).to_have_text("1")
        else:
            await time_passes(page, lambda: is_gone(page.get_by_text("It was there before.")))
            await expect(page.get_by_text("It was there before.")).to_have_count(0)
        await author.celebrate("It came while nothing did.")
        await shows(page, link, "It came while nothing did.")
        asked, between.swallowed = len(between.asked), ()  # the better ways are tried on
        await time_passes(page, lambda: so(len(between.asked) > asked))
        away = page.locator('[data-link="live"]') if link == "screen_url" else page.get_by_text(notice)
        await (
            expect(away).to_be_visible(timeout=60_000)
            if link == "screen_url"
            else expect(away).to_have_count(0, timeout=60_000)
        )


async def test_the_page_fetches_older_answered_questions_again_after_a_snapshot(
    pages: Pages, server: Server, board: dict[str, str], here: People
) -> None:
    """A snapshot holds only the last answered questions, and replaces those that the page had fetched before."""
    author, moderator = await here.attendee("Omar", "Jordan"), await here.moderator()
    await moderator.moderate(await author.ask("Can we get the slides?"), answered=True)
    received: set[str] = set()

    async def as_after_many_more(route: Route) -> None:
        answer = await route.fetch()
        whole = await answer.json() if answer.ok else {"posts": []}
        received.update(post["text"] for post in whole["posts"])
        whole["posts"] = [post for post in whole["posts"] if not post.get("answered")]
        await (route.fulfill(response=answer, json=whole) if answer.ok else route.fulfill(response=answer))

    async with scanner(server.port, "live", "events") as between:
        context = await pages.context(PHONE)
        await context.route(f"**/api/b/{board['code']}", as_after_many_more)
        phone = await pages.open_in(context, through(board["join_url"], server.port, between.port))
        await expect(phone.get_by_text("Slow network").first).to_be_visible(timeout=60_000)
        await phone.get_by_role("navigation").get_by_role("button", name="Ask").click()
        await phone.get_by_role("button", name="Answered").click()
        await expect(phone.get_by_text("Can we get the slides?")).to_be_visible()
        for text in ("One more snapshot.", "The first one has been drawn by now."):
            await author.celebrate(text)
            await until(lambda text=text: text in received, 30, text)
        await expect(phone.get_by_text("Can we get the slides?")).to_be_visible(timeout=20_000)


async def shows(page: Page, link: str, text: str) -> None:
    if link == "moderate_url":
        await page.locator('[data-tab="board"]').click()
    shown = page.get_by_text(text).first
    await time_passes(page, shown.is_visible)
    await expect(shown).to_be_visible()


async def opened(pages: Pages, url: str, size: dict[str, int] = PHONE) -> Page:
    """A page by a clock that the test moves on, which goes on by itself as well."""
    context = await pages.context(size)
    await context.clock.install()
    return await pages.open_in(context, url)


async def time_passes(page: Page, until: Callable[[], Awaitable[bool]]) -> None:
    """Moves the page's clock, not the server's. Stops when the next request must be answered in time."""
    for _ in range(STEPS):
        if await until():
            return
        await page.clock.fast_forward(STEP_MS)
        await asyncio.sleep(PAUSE_MS / 1000)


async def so(known: bool) -> bool:
    return known


async def reads(place: Locator, text: str) -> bool:
    return await place.inner_text() == text


async def is_gone(place: Locator) -> bool:
    return await place.count() == 0


async def test_a_log_in_page_counts_as_network_trouble_and_never_as_a_board(
    pages: Pages, board: dict[str, str], here: People
) -> None:
    phone = await pages.open(board["join_url"])
    await expect(phone.locator(".top-live.is-live")).to_be_visible()

    for status in (200, 403, 404):
        await phone.route("**/api/**", partial(portal, status))
        problem = await phone.evaluate(
            """async () => { const { api } = await import("/static/now/js/shared/api.js");
            return api.mine().then(() => null, ({ network, status }) => ({ network, status })); }"""
        )
        assert problem == {"network": True, "status": 0}
        await phone.unroute("**/api/**")


async def portal(status: int, route: Route) -> None:
    await route.fulfill(status=status, content_type="text/html", body="<h1>Welcome to the hotel</h1>")


def through(url: str, port: int, other: int) -> str:
    return url.replace(f":{port}", f":{other}")

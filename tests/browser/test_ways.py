"""The ways from a board to a page: what opens and stays silent does not count; where nothing comes, the page asks. (Which way
is tried next is a rule: `tests/scripts/trouble.test.mjs`.)"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

import pytest
from playwright.async_api import BrowserContext, Locator, Page, Request, Route, expect

from tests.browser.conftest import LAPTOP, PHONE, Pages
from tests.conftest import People
from tests.scanner import scanner
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]
STEP_MS, LOOK_SECONDS, AT_MOST_SECONDS = 2000, 0.05, 60
"""How far a page's time is moved on, how often it is looked what came of it, and for how long."""


@pytest.fixture
def here(server: Server, board: dict[str, str], people: Of) -> People:
    return people(server, board)


async def test_events_replace_sockets_that_open_and_stay_silent(
    pages: Pages, server: Server, board: dict[str, str], here: People
) -> None:
    async with scanner(server.port, "live") as between:
        hurried = await opened(pages, await pages.context(PHONE), through(board["join_url"], server.port, between.port))
        phone = hurried.page
        await hurried.until(lambda: so(between.asked[-1:] == ["events"]))
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
        context = await pages.context(LAPTOP if link == "screen_url" else PHONE)
        hurried = await opened(pages, context, through(board[link], server.port, between.port))
        page = hurried.page
        slow = page.locator('[data-link="slow"]') if link == "screen_url" else page.get_by_text(notice).first
        await hurried.until(slow.is_visible)
        await expect(slow).to_be_visible()
        await hurried.shows(link, "It was there before.")
        await moderator.moderate(first, state="hidden")
        if link == "moderate_url":  # which keeps a row under the eyes, and counts
            held = page.locator('[data-tab="held"] .tab-count')
            await hurried.until(lambda: reads(held, "1"))
            await expect(held).to_have_text("1")
        else:
            await hurried.until(lambda: is_gone(page.get_by_text("It was there before.")))
            await expect(page.get_by_text("It was there before.")).to_have_count(0)
        await author.celebrate("It came while nothing did.")
        await hurried.shows(link, "It came while nothing did.")
        asked, between.swallowed = len(between.asked), ()  # the better ways are tried on
        await hurried.until(lambda: so(len(between.asked) > asked))
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
        hurried = await opened(pages, context, through(board["join_url"], server.port, between.port))
        phone = hurried.page
        slow = phone.get_by_text("Slow network").first
        await hurried.until(slow.is_visible)
        await expect(slow).to_be_visible()
        await phone.get_by_role("navigation").get_by_role("button", name="Ask").click()
        await phone.get_by_role("button", name="Answered").click()
        await expect(phone.get_by_text("Can we get the slides?")).to_be_visible()
        for text in ("One more snapshot.", "The first one has been drawn by now."):
            await author.celebrate(text)
            await hurried.until(partial(has, received, text))
            assert text in received
        await expect(phone.get_by_text("Can we get the slides?")).to_be_visible(timeout=20_000)


@dataclass
class Hurried:
    """A page by a clock that the test moves on, which goes on by itself as well."""

    page: Page
    asking: set[Request] = field(default_factory=set)
    """What the server has not answered yet. A live connection has no end, and is none of these."""

    def watch(self) -> None:
        self.page.on("request", lambda one: None if "/events" in one.url else self.asking.add(one))
        self.page.on("requestfinished", lambda one: self.asking.discard(one))
        self.page.on("requestfailed", lambda one: self.asking.discard(one))

    async def until(self, holds: Callable[[], Awaitable[bool]]) -> None:
        """Moves the page's clock, not the server's, while nothing is asked for: no answer is late only because of that.
        Returns in any case: what the test expects then says what is missing."""
        with suppress(TimeoutError):
            async with asyncio.timeout(AT_MOST_SECONDS):
                while not await holds():
                    if not self.asking:
                        await self.page.clock.fast_forward(STEP_MS)
                    await asyncio.sleep(LOOK_SECONDS)

    async def shows(self, link: str, text: str) -> None:
        if link == "moderate_url":
            await self.page.locator('[data-tab="board"]').click()
        shown = self.page.get_by_text(text).first
        await self.until(shown.is_visible)
        await expect(shown).to_be_visible()


async def opened(pages: Pages, context: BrowserContext, url: str) -> Hurried:
    await context.clock.install()
    hurried = Hurried(await pages.open_in(context, url))
    hurried.watch()
    return hurried


async def so(known: bool) -> bool:
    return known


async def has(all_of_them: set[str], one: str) -> bool:
    return one in all_of_them


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

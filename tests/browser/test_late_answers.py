"""An answer may be under way longer than what a moderator did after it: the page has heard of that by its connection."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from playwright.async_api import Route, expect

from tests.browser.conftest import Pages
from tests.browser.test_phone import lane
from tests.conftest import People
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]


async def test_an_answer_older_than_a_decision_does_not_undo_it_on_its_authors_phone(
    pages: Pages, server: Server, board: dict[str, str], people: Of
) -> None:
    here = people(server, board)
    phone, author, desk = await pages.open(board["join_url"]), await here.attendee(), await here.moderator()
    post = await author.ask()
    await phone.context.add_cookies(
        [{"name": one.name, "value": one.value or "", "url": server.url} for one in author.http.cookies.jar]
    )
    answered, come = asyncio.Event(), asyncio.Event()

    async def hold_the_first(route: Route) -> None:
        answer = await route.fetch()
        if not answered.is_set():
            answered.set()
            await come.wait()
        await route.fulfill(response=answer)

    await phone.route("**/mine", hold_the_first)
    await phone.reload()
    await answered.wait()
    await lane(phone, "Me")
    await desk.moderate(post, state="hidden", reason="Please leave out the name.")
    await expect(phone.locator(".mine-post")).to_contain_text("Please leave out the name.")
    async with phone.expect_event("requestfinished", lambda request: request.url.endswith("/mine")):
        come.set()
    await phone.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    await expect(phone.locator(".mine-post")).to_contain_text("Please leave out the name.")

"""A page that tests lend each other has nothing of the test before."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Browser, Page

from tests.browser.conftest import PHONE, STAGE
from tests.browser.lending import Contexts
from tests.servers import Server

WHAT_IS_THERE = """async () => ({
  cookies: document.cookie, local: localStorage.length, session: sessionStorage.length, caches: (await caches.keys()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length, bases: (await indexedDB.databases()).length,
  name: window.name, history: history.length, width: innerWidth, top: scrollY,
  hovered: document.querySelector("button").matches(":hover"),
  dark: matchMedia("(prefers-color-scheme: dark)").matches, still: matchMedia("(prefers-reduced-motion: reduce)").matches,
  paper: matchMedia("print").matches, forced: matchMedia("(forced-colors: active)").matches, online: navigator.onLine,
  mark: "mark" in window, touched: "touched" in window, year: new Date().getFullYear() > 2020,
})"""
LEAVES_MUCH = """async () => {
  document.cookie = "one=1; max-age=1000";
  localStorage.one = sessionStorage.one = window.name = window.mark = "1";
  await caches.open("one");
  await new Promise((resolve) => { indexedDB.open("one").onsuccess = resolve; });
  history.pushState({}, "", "#one");
  addEventListener("pagehide", () => { localStorage.late = "1"; });
  document.body.style.height = "9999px";
  scrollTo(0, 500);
}"""


@pytest.fixture
async def contexts(browser: Browser) -> AsyncIterator[Contexts]:
    contexts = Contexts(browser)
    yield contexts
    await contexts.close()


async def _looked_at(page: Page, server: Server) -> dict[str, Any]:
    await page.goto(f"{server.url}/")
    there: dict[str, Any] = await page.evaluate(WHAT_IS_THERE)
    return there


async def test_a_page_lent_again_is_as_a_new_one(contexts: Contexts, server: Server) -> None:
    async with contexts.lent(server.url, PHONE) as page:
        as_new = await _looked_at(page, server)
        await page.hover("button")
        assert (await page.evaluate(WHAT_IS_THERE))["hovered"]
        await page.evaluate(LEAVES_MUCH)
        await page.set_viewport_size({"width": 700, "height": 700})
        await page.emulate_media(media="print", color_scheme="dark", reduced_motion="reduce", forced_colors="active")
        await page.context.route("**/*", lambda route: route.abort())
        await page.context.set_offline(True)
        await page.context.new_page()
        await page.context.add_cookies([{"name": "two", "value": "2", "url": "http://another.example"}])
        first = page
    async with contexts.lent(server.url, PHONE) as page:
        assert page is first
        assert page.context.pages == [page]
        assert await page.context.cookies() == []
        assert await _looked_at(page, server) == as_new


async def test_a_page_that_cannot_be_taken_back_is_lent_once(contexts: Contexts, server: Server) -> None:
    async def on_page(page: Page) -> None:
        await page.add_init_script("window.touched = 1")

    async def on_context(page: Page) -> None:
        await page.context.add_init_script("window.touched = 1")

    async def heard(page: Page) -> None:
        page.on("dialog", lambda dialog: dialog.accept())

    async def timed(page: Page) -> None:
        await page.clock.install(time=0)

    async def in_a_session(page: Page) -> None:
        await page.context.new_cdp_session(page)

    async def closed(page: Page) -> None:
        await page.close()

    for spoil in (on_page, on_context, heard, timed, in_a_session, closed):
        async with contexts.lent(server.url, PHONE) as page:
            as_new = await _looked_at(page, server)
            await spoil(page)
            first = page
        async with contexts.lent(server.url, PHONE) as page:
            assert page is not first, spoil.__name__
            assert await _looked_at(page, server) == as_new, spoil.__name__


async def test_a_page_has_the_size_and_the_light_that_it_is_asked_for(contexts: Contexts, server: Server) -> None:
    for _ in range(2):
        async with contexts.lent(server.url, STAGE, color_scheme="dark") as page:
            there = await _looked_at(page, server)
            await page.emulate_media(color_scheme="light")
        assert (there["width"], there["dark"]) == (STAGE["width"], True)

"""Chromium, and pages that fail their test when they log an error or break the content security policy."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Error, Page, async_playwright, expect

from tests.browser.lending import PATIENCE_MS, Contexts
from tests.servers import Server, tool

PHONE = {"width": 390, "height": 844}
SMALL_PHONE = {"width": 320, "height": 640}
STAGE = {"width": 1920, "height": 1080}
LAPTOP = {"width": 1280, "height": 800}

expect.set_options(timeout=PATIENCE_MS)

AGENDA = """id,title,starts_at,ends_at,room,speakers,questions
open,Opening,2026-11-30T09:00:00Z,2026-11-30T10:00:00Z,Lotus Hall,Claire Moreau,closed
heat,Occupational safety: heat,2026-11-30T10:30:00Z,2026-11-30T12:00:00Z,Lotus Hall,Thomas Lindqvist,open
staff,Staff interviews,2026-11-30T10:30:00Z,2026-11-30T12:00:00Z,Jasmine Room,,open
lunch,Lunch,2026-11-30T12:30:00Z,2026-11-30T13:30:00Z,,,closed
"""
PEOPLE = "name,team\nSokha Chan,Cambodia\nOmar Haddad,Jordan\nOmar Hadad,Jordan\nمنى,Jordan\n"


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Chromium without what it draws around a page: one opens in a third of the time. `make faults` has the whole of it."""
    async with launched("chromium-headless-shell") as chromium:
        yield chromium


@pytest.fixture(scope="session")
async def whole_browser() -> AsyncIterator[Browser]:
    """Chromium as people have it, with the letters of its windows: for pictures."""
    async with launched("chromium") as chromium:
        yield chromium


@asynccontextmanager
async def launched(program: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=tool(program, program))
        yield chromium
        await chromium.close()


class Pages:
    """Opens pages, each in a browser of its own, and watches what they complain about."""

    def __init__(self, contexts: Contexts, stack: AsyncExitStack) -> None:
        self._contexts, self._stack = contexts, stack
        self.complaints: list[str] = []

    async def context(self, viewport: dict[str, int], **options: Any) -> BrowserContext:
        """For tests that change it, as its clock: nobody has it before or after."""
        context = await self._contexts.new(viewport, **options)
        self._stack.push_async_callback(context.close)
        return context

    async def open(self, url: str, viewport: dict[str, int] = PHONE, **options: Any) -> Page:
        if url.startswith("http"):
            origin = "/".join(url.split("/", 3)[:3])
            page = await self._stack.enter_async_context(self._contexts.lent(origin, viewport, **options))
            return await self._open(page, url)
        return await self.open_in(await self.context(viewport, **options), url)

    async def open_in(self, context: BrowserContext, url: str) -> Page:
        return await self._open(await context.new_page(), url)

    async def _open(self, page: Page, url: str) -> Page:
        """Its complaints are heard until the test is done with it."""

        def fails(error: Error) -> None:
            self.complaints.append(f"{page.url}: {error}")

        def says(message: ConsoleMessage) -> None:
            self._note(page, message.type, message.text)

        Page.on(page, "pageerror", fails)
        Page.on(page, "console", says)
        self._stack.callback(page.remove_listener, "pageerror", fails)
        self._stack.callback(page.remove_listener, "console", says)
        await page.goto(url)
        return page

    def _note(self, page: Page, kind: str, text: str) -> None:
        # A request that fails because the test cut the network, or that is refused on purpose, is no fault of the page.
        no_fault = ("net::ERR_", "Failed to load resource", "closed before receiving a handshake")
        if kind == "error" and not any(words in text for words in no_fault):
            self.complaints.append(f"{page.url}: {text}")


@asynccontextmanager
async def answered(page: Page, method: str = "PATCH") -> AsyncIterator[None]:
    """Ends once the server has done what is pressed within: a staff page shows it before."""
    async with page.expect_response(lambda answer: answer.request.method == method and "/api/" in answer.url) as coming:
        yield
    assert (await coming.value).ok


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Contexts:
    return Contexts(browser)


@pytest.fixture
async def pages(contexts: Contexts) -> AsyncIterator[Pages]:
    async with watched(contexts) as pages:
        yield pages


@asynccontextmanager
async def watched(contexts: Contexts) -> AsyncIterator[Pages]:
    async with AsyncExitStack() as stack:
        pages = Pages(contexts, stack)
        yield pages
        assert pages.complaints == []


@pytest.fixture
def board(server: Server) -> dict[str, str]:
    """A new board with three teams."""
    return server.create("Innovation Lab", "--team", "Cambodia", "--team", "Jordan", "--team", "Bangladesh")


@pytest.fixture
def prepared(server: Server, board: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """A board with an agenda and people."""
    (tmp_path / "agenda.csv").write_text(AGENDA)
    (tmp_path / "people.csv").write_text(PEOPLE)
    server.run("import-agenda", board["code"], str(tmp_path / "agenda.csv"))
    server.run("import-people", board["code"], str(tmp_path / "people.csv"))
    return board

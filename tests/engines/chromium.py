"""Chromium, by Playwright."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Page, async_playwright

from tests.engines.window import ENTER
from tests.servers import tool


class ChromiumWindow:
    def __init__(self, page: Page) -> None:
        self._page = page

    async def go(self, url: str) -> None:
        await self._page.goto(url)

    async def run(self, function: str, *arguments: Any) -> Any:
        return await self._page.evaluate(f"(given) => ({function})(...given)", list(arguments))

    async def tap(self, x: int, y: int) -> None:
        await self._page.mouse.click(x, y)

    async def type(self, text: str) -> None:
        for key in text:
            await self._page.keyboard.press("Enter") if key == ENTER else await self._page.keyboard.type(key)

    async def reload(self) -> None:
        await self._page.reload()

    async def back(self) -> None:
        await self._page.go_back()

    async def forward(self) -> None:
        await self._page.go_forward()

    async def picture(self) -> bytes:
        return await self._page.screenshot()

    async def close(self) -> None:
        await self._page.context.close()


class Chromium:
    name = "chromium"

    def __init__(self, program: str = "chromium") -> None:
        self._program = program

    async def start(self) -> None:
        program = tool(self._program, self._program)
        self._playwright = await async_playwright().start()
        self._browser = await self._playwright.chromium.launch(executable_path=program)

    async def window(self, width: int, height: int) -> ChromiumWindow:
        context = await self._browser.new_context(viewport={"width": width, "height": height})
        return ChromiumWindow(await context.new_page())

    async def stop(self) -> None:
        await self._browser.close()
        await self._playwright.stop()

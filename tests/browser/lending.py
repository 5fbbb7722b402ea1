"""Browsers and pages for tests. A page that a test is done with is lent to the next one: opened again in the same process, it
costs half of what a new page does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import Browser, BrowserContext, Error, Page

PATIENCE_MS = 20_000
"""How long a test waits for what a page does: on a busy machine five seconds, the library's own, are not enough."""
IDLE_AT_MOST = 3
"""Pages of one kind that wait to be lent. Each is a process."""

# The ground of a large screen drifts as long as it stands. Drawn without a graphics card that takes two thirds of a core, from
# all tests that run beside it.
STILL_GROUND = """document.addEventListener("DOMContentLoaded", () => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(".ground i { animation-play-state: paused !important }");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
});"""

LASTS = {
    "page": """add_init_script add_locator_handler expose_binding expose_function on once
      set_default_navigation_timeout set_default_timeout set_extra_http_headers""",
    "context": """add_init_script expose_binding expose_function grant_permissions new_cdp_session on once
      set_default_navigation_timeout set_default_timeout set_extra_http_headers set_geolocation""",
    "clock": "install pause_at set_fixed_time set_system_time",
}
"""What cannot be taken back, or only in part. A page for which a test called one of these is lent no more."""
LIGHT: dict[str, Any] = {"color_scheme": "light", "reduced_motion": "no-preference", "forced_colors": "none"}
"""What a new context has where it is not told."""


class Lent:
    """A page in a context of its own."""

    def __init__(self, page: Page, viewport: dict[str, int], options: dict[str, Any]) -> None:
        self.page = page
        self._viewport, self._options = viewport, options
        self._spoilt = False
        for kind, thing in (("page", page), ("context", page.context), ("clock", page.clock)):
            for name in LASTS[kind].split():
                setattr(thing, name, self._watched(getattr(thing, name)))

    def _watched(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def called(*arguments: Any, **named: Any) -> Any:
            self._spoilt = True
            return method(*arguments, **named)

        return called

    async def is_as_new(self, origin: str) -> bool:
        """Takes back what can be taken back, and tells whether that is all. Raises `Error` where the page does not answer."""
        if self._spoilt or self.page.is_closed():
            return False
        context = self.page.context
        for other in context.pages:
            if other != self.page:
                await other.close()
        await context.set_offline(False)
        await self.page.unroute_all(behavior="ignoreErrors")
        await context.unroute_all(behavior="ignoreErrors")
        await self.page.evaluate("sessionStorage.clear(); window.name = ''")
        await self.page.goto("about:blank")  # what a page stores when it is left goes, too
        if self.page.viewport_size != self._viewport:
            await self.page.set_viewport_size(self._viewport)  # type: ignore[arg-type]
        await self.page.emulate_media(media="null", **{name: self._options.get(name, LIGHT[name]) for name in LIGHT})
        session = await BrowserContext.new_cdp_session(context, self.page)
        await session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
        await session.send("Page.resetNavigationHistory")
        await session.detach()
        await context.clear_cookies()
        return True

    async def close(self) -> None:
        await self.page.context.close()


class Contexts:
    """Browsers of their own (cookies, storage). What is lent has nothing stored but the cache."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._idle: dict[str, list[Lent]] = {}

    async def new(self, viewport: dict[str, int], *, ground_moves: bool = False, **options: Any) -> BrowserContext:
        context = await self._browser.new_context(viewport=viewport, **options)  # type: ignore[arg-type]
        if not ground_moves:
            await context.add_init_script(STILL_GROUND)
        context.set_default_timeout(PATIENCE_MS)
        return context

    @asynccontextmanager
    async def lent(self, origin: str, viewport: dict[str, int], **options: Any) -> AsyncIterator[Page]:
        """A page for what is of this origin alone: what others store stays, but for cookies, which are the host's."""
        idle = self._idle.setdefault(repr((viewport, sorted(options.items()))), [])
        lent = idle.pop() if idle else Lent(await (await self.new(viewport, **options)).new_page(), viewport, options)
        yield lent.page
        try:
            async with asyncio.timeout(PATIENCE_MS / 1000):
                as_new = await lent.is_as_new(origin)
        except (Error, TimeoutError):  # the test closed it, or it is busy
            as_new = False
        if as_new and len(idle) < IDLE_AT_MOST:
            idle.append(lent)
        else:
            await lent.close()

    async def close(self) -> None:
        for lent in (lent for idle in self._idle.values() for lent in idle):
            await lent.close()

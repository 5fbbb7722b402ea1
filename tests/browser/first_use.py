"""Somebody who has never seen the board: from the scanned code to a card on the large screen, with as many taps as it takes."""

from __future__ import annotations

import time
from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect

SENTENCE = "You showed me how to count near misses."


@dataclass
class Human:
    """One thumb. `tap_seconds`: to look, decide and reach; `key_seconds`: a letter on glass (0.33 s is the 36 words a minute
    that Palin et al. measured in 2019)."""

    page: Page
    tap_seconds: float = 0.0
    key_seconds: float = 0.0
    taps: int = 0

    async def tap(self, what: Locator) -> None:
        await what.wait_for()
        await self.page.wait_for_timeout(self.tap_seconds * 1000)
        await what.tap()
        self.taps += 1

    async def type(self, text: str) -> None:
        """Types into the field that has the focus: a human does not tap a field that is ready."""
        await self.page.keyboard.type(text, delay=self.key_seconds * 1000)


async def first_card(human: Human, screen: Page, join_url: str) -> float:
    """Opens the page and celebrates Nadia of the roster as Sokha of the roster. Gives the seconds until the screen shows it."""
    page = human.page
    began = time.perf_counter()
    await page.goto(join_url)
    await human.tap(page.get_by_role("button", name="Celebrate someone"))
    await human.type("na")
    await human.tap(page.get_by_role("option", name="Nadia Haque"))
    await human.type(SENTENCE)
    await human.tap(page.get_by_role("button", name="Send to the board"))
    await human.type("sokh")
    await human.tap(page.get_by_role("option", name="Sokha Chan"))
    await human.tap(page.get_by_role("button", name="Send to the board"))
    await expect(screen.locator(".card", has_text=SENTENCE).first).to_be_visible()
    return time.perf_counter() - began

"""What every engine's window can do, and a hand that works with it: the same taps, keys and looks in each engine."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Any, Protocol

SOON_SECONDS = 30.0
LOOK_SECONDS = 0.05

# How many elements are shown and hold the text; and the middle of the first that a finger would reach there.
SHOWN = """(selector, text) => [...document.querySelectorAll(selector)].filter((one) =>
  one.textContent.includes(text) && one.getClientRects().length && getComputedStyle(one).visibility === "visible").length"""
MIDDLE = """(selector, text) => {
  const fits = (one) => one.textContent.includes(text) && one.getClientRects().length;
  const one = [...document.querySelectorAll(selector)].find(fits);
  if (!one || one.disabled) return null;
  one.scrollIntoView({ block: "nearest", behavior: "instant" });
  const box = one.getBoundingClientRect();
  const [x, y] = [Math.round(box.left + box.width / 2), Math.round(box.top + box.height / 2)];
  const there = document.elementFromPoint(x, y);
  return there && (one.contains(there) || there.contains(one) || one.labels?.length) ? [x, y] : null;
}"""
VALUE = "(selector) => document.querySelector(selector)?.value ?? null"
EMPTY = """(selector) => { const one = document.querySelector(selector); one.focus(); one.select(); }"""
ATTRIBUTE = "(selector, name) => document.querySelector(selector)?.getAttribute(name) ?? null"


class Window(Protocol):
    """One window of an engine, with cookies and storage of its own. Coordinates and sizes are CSS pixels."""

    async def go(self, url: str) -> None: ...

    async def run(self, function: str, *arguments: Any) -> Any:
        """Calls a JavaScript function that does not wait; arguments and result are JSON."""

    async def tap(self, x: int, y: int) -> None: ...

    async def type(self, text: str) -> None:
        """Key by key, into what has the focus. "\\ue007" is Enter, as WebDriver names it."""

    async def reload(self) -> None: ...

    async def back(self) -> None: ...

    async def forward(self) -> None: ...

    async def picture(self) -> bytes:
        """What the window shows, as PNG."""

    async def close(self) -> None: ...


class Engine(Protocol):
    name: str

    async def start(self) -> None: ...

    async def window(self, width: int, height: int) -> Window: ...

    async def stop(self) -> None: ...


ENTER = "\ue007"


@dataclass
class Hand:
    """Waits until the element is there, then taps: the engines differ in speed."""

    window: Window
    patience_seconds: float = SOON_SECONDS

    async def until(self, function: str, *arguments: Any, wanted: Any = True) -> Any:
        """The first result that is `wanted` (True: any that counts as true)."""
        deadline = time.monotonic() + self.patience_seconds
        while True:
            found = await self.window.run(function, *arguments)
            if bool(found) if wanted is True else found == wanted:
                return found
            if time.monotonic() > deadline:
                raise AssertionError(f"{arguments}: {found!r} instead of {wanted!r}")
            await asyncio.sleep(LOOK_SECONDS)

    async def sees(self, selector: str, text: str = "") -> None:
        await self.until(SHOWN, selector, text)

    async def sees_no(self, selector: str, text: str = "") -> None:
        await self.until(SHOWN, selector, text, wanted=0)

    async def attribute(self, selector: str, name: str, wanted: str) -> None:
        await self.until(ATTRIBUTE, selector, name, wanted=wanted)

    async def tap(self, selector: str, text: str = "") -> None:
        """Where it stands still: one that slides in, or that a line above pushes down, would be missed."""
        before, now = None, await self.until(MIDDLE, selector, text)
        while now != before:
            await asyncio.sleep(LOOK_SECONDS)
            before, now = now, await self.until(MIDDLE, selector, text)
        await self.window.tap(*now)

    async def write(self, selector: str, text: str) -> None:
        """Replaces the text of the field."""
        await self.sees(selector)
        await self.window.run(EMPTY, selector)
        await self.window.type(text)
        await self.until(VALUE, selector, wanted=text)

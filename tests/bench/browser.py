"""The pages in Chromium: how soon a phone on a slow line is ready, how smooth the large screen is, what stays in memory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import NamedTemporaryFile
from typing import Any

from playwright.async_api import Browser, CDPSession, Page, async_playwright

from tests import servers
from tests.bench.peers import posting
from tests.bench.rig import Publish, at_rate, mark
from tests.browser.conftest import PHONE, STAGE
from tests.browser.first_use import SENTENCE, Human, first_card
from tests.servers import tool

CARDS = 60
# Chrome's own "slow 3G" of 2016, which budgets still mean: 400 ms there and back, 400 kbit/s.
SLOW_LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
SLOWER = 4

# Notes each animation frame and each long task from now on.
WATCH = """() => {
  const watched = { frames: [], tasks: [] };
  window.watched = watched;
  new PerformanceObserver((list) => watched.tasks.push(...list.getEntries().map((task) => task.duration)))
    .observe({ type: "longtask" });
  const note = (at) => { watched.frames.push(at); requestAnimationFrame(note); };
  requestAnimationFrame(note);
}"""


# Notes when the first card has been painted, taps the button at that moment, and notes when the sheet has been painted. In the
# page: the test driver's own scripts take a slow phone longer than ours.
TAP = """() => {
  const noted = {};
  window.noted = noted;
  const look = () => {
    if (!("card" in noted) && document.querySelector("article.card")) note("card", tap);
    if (!("sheet" in noted) && document.querySelector("#composer[open] textarea")) note("sheet", () => console.debug("sheet"));
  };
  const note = (name, then) => {
    noted[name] = null;
    requestAnimationFrame(() => setTimeout(() => { noted[name] = performance.now(); then(); }));
  };
  const tap = () => document.querySelector("button.button-primary").click();
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
}"""


async def pages(_work: Path, quick: bool) -> list[str]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=tool("chromium", "chromium"))
        try:
            lines = [*await _phone(browser, 1 if quick else 3), "", *await _screen(browser, 4 if quick else 10)]
            return [*lines, "", *await _heap(browser, 300 if quick else 2_000)]
        finally:
            await browser.close()


@asynccontextmanager
async def _board(cards: int) -> AsyncIterator[tuple[dict[str, str], Publish]]:
    with servers.serving(BOARD_LIMITS="off") as server:
        made = server.create("Bench")
        publish = posting(server.port, made["code"])
        for number in range(cards):
            await publish(mark(number))
        yield made, publish


async def _phone(browser: Browser, times: int) -> list[str]:
    rows = [
        "| phone | first card, s | composer open, s | transferred KiB without fonts | with fonts |",
        "|---|---|---|---|---|",
    ]
    async with _board(CARDS) as (made, _publish):
        for name, slow in (("this machine", False), (f"slow 3G, processor {SLOWER} × slower", True)):
            found = [await _load(browser, made["join_url"], slow) for _ in range(times)]
            card, ready, plain, whole = (median(column) for column in zip(*found, strict=True))
            rows.append(f"| {name} | {card:.1f} | {ready:.1f} | {plain / 1024:.0f} | {whole / 1024:.0f} |")
    return [*rows, "", await _first_use(browser)]


async def _first_use(browser: Browser) -> str:
    """At human speed: a second to look and reach for each tap, 36 words a minute on glass."""
    with servers.serving() as server, NamedTemporaryFile("w", suffix=".csv") as roster:
        made = server.create("Bench", "--team", "Bangladesh", "--team", "Cambodia")
        roster.write("name,team\nNadia Haque,Bangladesh\nSokha Chan,Cambodia\n")
        roster.flush()
        server.run("import-people", made["code"], roster.name)
        contexts = [await browser.new_context(viewport=size, has_touch=True) for size in (STAGE, PHONE)]  # type: ignore[arg-type]
        screen, page = [await context.new_page() for context in contexts]
        await screen.goto(made["screen_url"])
        human = Human(page, tap_seconds=1.0, key_seconds=0.33)
        seconds = await first_card(human, screen, made["join_url"])
        for context in contexts:
            await context.close()
    return (
        f"First use, from the scanned code until the own card is on the large screen: {seconds:.0f} s and {human.taps} taps. "
        "The test counts one second for each tap and a third of a second for each letter; "
        f"the card has {len(SENTENCE)} letters."
    )


async def _load(browser: Browser, url: str, slow: bool) -> tuple[float, float, float, float]:
    """Measures one load: seconds to the first card, seconds from a tap then to the open sheet, bytes without and with fonts."""
    context = await browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    page = await context.new_page()
    await page.add_init_script(f"({TAP})()")
    line = await context.new_cdp_session(page)
    await line.send("Network.enable")
    kinds: dict[str, str] = {}
    sizes: dict[str, float] = {}
    line.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    line.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    if slow:
        await line.send("Network.emulateNetworkConditions", SLOW_LINE)
        await line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    async with page.expect_console_message(lambda message: message.text == "sheet", timeout=60_000):
        await page.goto(url, wait_until="commit")
    noted = await page.evaluate("window.noted")
    await page.wait_for_load_state("networkidle")
    await context.close()
    plain = sum(size for request, size in sizes.items() if kinds.get(request) != "Font")
    return noted["card"] / 1000, noted["sheet"] / 1000, plain, sum(sizes.values())


async def _screen(browser: Browser, seconds: int) -> list[str]:
    async with _board(CARDS) as (made, publish):
        context = await browser.new_context(viewport=STAGE)  # type: ignore[arg-type]
        page = await context.new_page()
        await page.goto(made["screen_url"])
        await page.locator("article.card").first.wait_for()
        await asyncio.sleep(3)
        await page.evaluate(WATCH)
        await asyncio.sleep(seconds)
        quiet = await page.evaluate("() => window.watched")
        await page.evaluate(WATCH)
        await at_rate(publish, range(1000, 1000 + 10 * seconds), 10)
        busy = await page.evaluate("() => window.watched")
        await context.close()
    rows = [
        f"| large screen, {CARDS} cards | frames/s | longest time between two frames, ms | frames after more than 34 ms "
        "| tasks over 50 ms | longest task, ms |",
        "|---|---|---|---|---|---|",
        _smoothness("quiet", quiet),
        _smoothness("10 new cards/s", busy),
    ]
    return [*rows, "", "Chromium draws here without a graphics card, on the same two cores as the server."]


def _smoothness(name: str, watched: dict[str, list[float]]) -> str:
    frames, tasks = watched["frames"], watched["tasks"]
    between = [later - earlier for earlier, later in pairwise(frames)]
    rate = len(between) / sum(between) * 1000
    late = sum(gap > 34 for gap in between)
    return (
        f"| {name} | {rate:.0f} | {max(between):.0f} | {late} of {len(between)} | {len(tasks)} | {max(tasks, default=0):.0f} |"
    )


async def _heap(browser: Browser, posts: int) -> list[str]:
    """What a phone's page keeps of so many posts, once it has as many as it shows."""
    async with _board(CARDS) as (made, publish):
        context = await browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
        page = await context.new_page()
        line = await context.new_cdp_session(page)
        await page.goto(made["join_url"])
        await page.locator("article.card").first.wait_for()
        await _post(publish, 1_000, 600)
        before = await _used(page, line)
        await _post(publish, 10_000, posts)
        after = await _used(page, line)
        await context.close()
    return [
        "| phone: heap after 600 posts, KiB | more posts | heap after these, KiB | growth per 1,000 posts, KiB |",
        "|---|---|---|---|",
        f"| {before:,.0f} | {posts:,} | {after:,.0f} | {(after - before) * 1000 / posts:,.0f} |",
    ]


async def _post(publish: Publish, first: int, many: int) -> None:
    for start in range(first, first + many, 20):
        await asyncio.gather(*(publish(mark(number)) for number in range(start, start + 20)))
        await asyncio.sleep(0.05)


async def _used(page: Page, line: CDPSession) -> float:
    await asyncio.sleep(1)
    await line.send("HeapProfiler.collectGarbage")
    await line.send("Performance.enable")
    metrics: list[dict[str, Any]] = (await line.send("Performance.getMetrics"))["metrics"]
    return float(next(metric["value"] for metric in metrics if metric["name"] == "JSHeapUsedSize")) / 1024

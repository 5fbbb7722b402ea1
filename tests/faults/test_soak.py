"""Four days on the large screen, compressed: what people do in them in some minutes, and what the page has gathered by then."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import NamedTuple

import pytest
from playwright.async_api import CDPSession, Page, expect

from tests import servers
from tests.browser.conftest import STAGE, Pages
from tests.conftest import People
from tests.people import Attendee, Moderator
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]
Figure = Callable[[str, str, str], None]

DAYS = 4
SCENES = ("join", "questions", "map", "recap", "blank", "cards")
MOST_CARDS_IN_THE_PAGE = 60
# A card of the board's own, its text and names among them, is some 1 KiB; what more a post costs would be a leak.
KIB_PER_POST = 3
HEAP_SLACK_KIB = 1_500
NODES_SLACK = 400

# Counts the cards in the page at every change.
WATCH = """() => {
  window.mostCards = 0;
  const count = () => { window.mostCards = Math.max(window.mostCards, document.querySelectorAll(".card").length); };
  new MutationObserver(count).observe(document.body, { childList: true, subtree: true });
}"""


class Kept(NamedTuple):
    heap_kib: float
    nodes: int
    listeners: int


@pytest.mark.lengthy
async def test_a_screen_open_for_four_days_leaks_no_memory(pages: Pages, people: Of, long: bool, figure: Figure) -> None:
    cards_a_day = 1_000 if long else 60
    with servers.serving(BOARD_LIMITS="off") as server:
        board = server.create("Soak", "--team", "Jordan", "--team", "Cambodia")
        here = people(server, board)
        omar, sokha = await here.attendee("Omar", "Jordan"), await here.attendee("Sokha", "Cambodia")
        moderator = await here.moderator()
        screen = await pages.open(board["screen_url"], STAGE)
        line = await screen.context.new_cdp_session(screen)
        await line.send("Performance.enable")
        await screen.evaluate(WATCH)
        days = []
        for day in range(DAYS):
            await spend(day, cards_a_day, screen, omar, sokha, moderator)
            days.append(await kept(line))
        cards = await screen.evaluate("() => window.mostCards")
    first, last = days[0], days[-1]
    posts = (DAYS - 1) * cards_a_day * 5 // 4
    grown = last.heap_kib - first.heap_kib
    what = f"four days on the large screen with {DAYS * cards_a_day:,} cards: memory for each kept post; other growth"
    more = f"{last.nodes - first.nodes:+} nodes, {last.listeners - first.listeners:+} listeners, {cards} cards at most"
    figure("G14", what, f"{grown / posts:.1f} KiB; {more}")
    assert cards <= MOST_CARDS_IN_THE_PAGE
    assert max(day.nodes for day in days[1:]) <= first.nodes + NODES_SLACK, days
    assert max(day.listeners for day in days[1:]) <= first.listeners + NODES_SLACK // 10, days
    assert grown <= posts * KIB_PER_POST + HEAP_SLACK_KIB, days


async def spend(day: int, cards: int, screen: Page, omar: Attendee, sokha: Attendee, moderator: Moderator) -> None:
    """One day: cards and questions, votes, some hidden, every scene, a spotlight, and a Wi-Fi that goes and comes."""
    portion = max(cards // len(SCENES), 1)
    for number, scene in enumerate(SCENES):
        await moderator.send("PUT", "/screen", {"scene": scene})
        posted = []
        for card in range(portion):
            author, to = ((omar, "Cambodia"), (sokha, "Jordan"))[card % 2]
            text = f"Day {day}, scene {number}, card {card}: you waited a full minute before you answered."
            posted.append(await author.celebrate(text, to=[{"name": f"Colleague {card % 40}", "team": to}]))
            if card % 4 == 0:
                asked = await author.ask(f"Day {day}, scene {number}, question {card}: who pays?")
                await sokha.send("PUT", f"/posts/{asked['id']}/vote", {})
                await moderator.moderate(asked, answered=True)
            if card % 8 == 0:
                await moderator.moderate(posted[-1], state="hidden")
        await moderator.send("PUT", "/screen", {"scene": "spotlight", "post": posted[-1]["id"]})
        await screen.context.set_offline(number % 3 == 2)
        await asyncio.sleep(0.3)
        await screen.context.set_offline(False)
    await moderator.send("PUT", "/screen", {"scene": "cards"})
    seq = (await moderator.snapshot())["seq"]
    await expect(screen.locator("html")).to_have_attribute("data-seq", str(seq), timeout=30_000)
    await expect(screen.locator("html")).to_have_attribute("data-scene", "cards")
    await screen.wait_for_timeout(1_500)


async def kept(line: CDPSession) -> Kept:
    for _ in range(2):
        await line.send("HeapProfiler.collectGarbage")
    metrics = {metric["name"]: metric["value"] for metric in (await line.send("Performance.getMetrics"))["metrics"]}
    return Kept(metrics["JSHeapUsedSize"] / 1024, int(metrics["Nodes"]), int(metrics["JSEventListeners"]))

"""The recap of the large screen: numbers that count up, the farthest bridge, and the second script that brings them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import STAGE, Pages
from tests.conftest import People
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]

# The recap as a screen opens it; whatever its numbers say from the first moment on is written down.
COUNTING = """async ([count, drawn]) => {
  const { openRecap } = await import("/static/now/js/screen/recap.js");
  const place = document.querySelector("[data-part=recap]");
  const root = document.documentElement;
  delete root.dataset.slide;
  root.dataset.scene = "recap";
  const look = { min: 24, comfort: 36, max: 72, large: 60 };
  const about = { title: "Lab", subtitle: null, starts_on: null, ends_on: null, cards: 1, people: 1 };
  const numbers = [{ what: "cards", count }, { what: "people", count: 89 }];
  const picture = { scene: "recap", cards: [], numbers, story: null, counted: null, about };
  const recap = openRecap({ place, own: drawn ? (act) => act() : undefined });
  window.said = [];
  const number = () => place.querySelector("dd");
  const note = () => number() && said.push([number().textContent, number().dataset.counted ?? ""]);
  new MutationObserver(note).observe(place, { subtree: true, childList: true, attributes: true, characterData: true });
  window.shown = (now) => recap.show(picture, [], look, now);
  shown(0);
  note();
  return place.querySelector("dd").textContent;
}"""


async def before_it_begins(pages: Pages, board: dict[str, str], motion: str) -> Page:
    context = await pages.context(STAGE, reduced_motion=motion)
    await context.route(re.compile(r"/js/(screen/screen|shared/retry)\.js"), lambda route: route.abort())
    return await pages.open_in(context, board["screen_url"])


async def test_numbers_count_up_once_and_the_true_one_is_read_out_from_the_start(pages: Pages, board: dict[str, str]) -> None:
    page = await before_it_begins(pages, board, "no-preference")
    assert await page.evaluate(COUNTING, [1870, True]) == "1,870"
    await expect(page.locator("dd[data-counted]")).to_have_count(0)
    said = await page.evaluate("said")
    assert {text for text, _ in said} == {"1,870"}
    counted = [int(shown.replace(",", "")) for _, shown in said if shown]
    assert counted[0] == 0
    assert len(set(counted)) > 3
    assert counted == sorted(counted)
    assert counted[-1] <= 1870
    await page.evaluate("said.length = 0; shown(1000); shown(8500)")  # the sequence goes round
    assert await page.evaluate("said.filter(([, counted]) => counted)") == []


@pytest.mark.parametrize(("motion", "drawn"), [("reduce", True), ("no-preference", False)], ids=["less motion", "at the desk"])
async def test_with_reduced_motion_numbers_do_not_count_up(
    pages: Pages, board: dict[str, str], motion: str, drawn: bool
) -> None:
    page = await before_it_begins(pages, board, motion)
    await page.evaluate(COUNTING, [1870, drawn])
    await page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert await page.evaluate("said.filter(([, counted]) => counted)") == []
    assert await page.locator("dd").first.text_content() == "1,870"


async def test_the_recap_comes_with_the_second_script_and_shows_the_farthest_bridge(
    pages: Pages, server: Server, board: dict[str, str], people: Of
) -> None:
    here = people(server, board)
    omar, sokha = await here.attendee("Omar", "Jordan"), await here.attendee("Sokha", "Cambodia")
    await omar.celebrate("Thank you.", to=[{"name": "Sokha", "team": "Cambodia"}])
    await sokha.celebrate("And back.", to=[{"name": "Omar", "team": "Jordan"}])
    asked: list[str] = []
    context = await pages.context(STAGE)
    context.on("request", lambda request: asked.append(request.url))
    page = await pages.open_in(context, board["screen_url"])
    await page.keyboard.press("6")
    await expect(page.locator(".recap-number").first).to_have_text("cards2")
    assert len([url for url in asked if "screen/later.js" in url]) >= 1
    story = await page.evaluate("(code) => fetch(`/api/b/${code}/story`).then((answer) => answer.json())", board["code"])
    assert story["farthest"] == {"teams": ["Jordan", "Cambodia"], "km": 7400}

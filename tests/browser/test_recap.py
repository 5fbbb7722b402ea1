"""The recap of the large screen: numbers that count up, the farthest bridge, and the second script that brings them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.async_api import Page, ViewportSize, expect

from board.model.farthest import farthest
from board.process.land import land
from board.process.places import places
from tests.browser.cases import all_of_them
from tests.browser.conftest import STAGE, Pages
from tests.browser.test_ending import bare
from tests.conftest import People
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]

SMALL = ViewportSize(width=640, height=360)
"""Of a window in which only numbers are read: each step of theirs is painted."""
OPENED = """
  const { openRecap } = await import("/static/now/js/screen/recap.js");
  const place = document.querySelector("[data-part=recap]");
  const root = document.documentElement;
  delete root.dataset.slide;
  root.dataset.scene = "recap";
  const look = { min: 24, comfort: 36, max: 72, large: 60 };
  const about = { title: "Lab", subtitle: null, starts_on: null, ends_on: null, cards: 1, people: 1 };
"""
# The recap as a screen opens it; whatever its numbers say from the first moment on is written down.
COUNTING = (
    f"async ([count, drawn]) => {{\n{OPENED}"
    + """
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
)


async def test_numbers_count_up_once_and_the_true_one_is_read_out_from_the_start(
    pages: Pages, server: Server, board: dict[str, str]
) -> None:
    page = await bare(pages, server, board, "no-preference")
    await page.set_viewport_size(SMALL)
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
    pages: Pages, server: Server, board: dict[str, str], motion: str, drawn: bool
) -> None:
    page = await bare(pages, server, board, motion)
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
    far = story["farthest"]
    assert (far["teams"], far["km"]) == (["Jordan", "Cambodia"], 7400)
    assert far["globe"]["arc"][0] == [-1000, 0]


FAR = farthest([("Haiti", "Cambodia"), ("Cambodia", "Haiti"), ("Haiti", "Jordan")], places(), land())
assert FAR
FAR_MS, LETTER_MS, CARD_MS = 8_500, 18_500, 25_500  # after the numbers, 8 s

# The recap at its farthest bridge; then at the card that went over it.
BRIDGED = (
    f"([teams, km, globe, people]) => (async () => {{\n{OPENED}"
    + """
  const card = (from, to, text, claps) => ({ id: text, kind: "card", text, created_at: "2026-11-26T10:00:00Z", pinned: false,
    to: [{ name: "Frantz", team: to }], author: { name: "Rithy", team: from }, reactions: { clap: claps } });
  const [letter, other] = [card(teams[1], teams[0], "You pick up at night.", 3), card("Jordan", "Jordan", "You waited.", 33)];
  const story = { cards: "123", people, teams, farthest: { teams, km, globe } };
  const numbers = [{ what: "cards", count: 2 }];
  const picture = { scene: "recap", cards: [other], numbers, story, counted: null, about, letter };
  const recap = openRecap({ place, own: (act) => act() });
  window.shown = (now) => recap.show(picture, [], look, now);
  window.middle = (one) => {
    const { left, top, width, height } = one.getBoundingClientRect();
    return [left + width / 2, top + height / 2];
  };
  shown(0);
  await document.fonts.ready;
})()"""
)

HELD = "for (const one of document.getAnimations()) one.pause();"
"""In the moment in which they begin: on a busy machine they would be over before a test looks at them."""
# Where the ends of the bridge and the names below them stand, and where each light is when it leaves and when it lands.
FLOWN = """() => {
  const all = (what) => [...document.querySelectorAll(what)];
  const ends = all(".far-end").map(middle);
  const names = all(".far-teams bdi").map(middle);
  const lights = all(".flying-light").map((light) => [0.001, 0.999].map((share) => {
    const [one] = light.getAnimations();
    const { delay, duration } = one.effect.getTiming();
    one.pause();
    one.currentTime = delay + duration * share;
    return middle(light);
  }));
  const [drawing] = document.querySelector(".far-arc").getAnimations();
  const { delay, duration } = drawing?.effect.getTiming() ?? {};
  const drawn = drawing && [0.25, 0.75].map((share) => {
    drawing.pause();
    drawing.currentTime = delay + duration * share;
    return parseFloat(getComputedStyle(document.querySelector(".far-arc")).strokeDasharray);
  });
  return { ends, names, lights, drawn };
}"""


async def bridged(pages: Pages, server: Server, board: dict[str, str], motion: str = "no-preference", people: int = 2) -> Page:
    page = await bare(pages, server, board, motion)
    names = [f"Person Number {number}" for number in range(people)]
    await page.evaluate(BRIDGED, [list(FAR.teams), FAR.km, FAR.globe._asdict(), names])
    return page


def near(one: list[float], other: list[float], px: float = 6) -> bool:
    return abs(one[0] - other[0]) < px and abs(one[1] - other[1]) < px


async def test_a_light_flies_over_the_globe_draws_the_bridge_and_another_comes_back(
    pages: Pages, server: Server, board: dict[str, str]
) -> None:
    page = await bridged(pages, server, board)
    with all_of_them() as case:
        for side in ("ltr", "rtl"):
            with case(side):
                await page.evaluate("(side) => { document.documentElement.dir = side; shown(0); }", side)
                await page.evaluate(f"(now) => {{ shown(now); {HELD} }}", FAR_MS)
                flies(await page.evaluate(FLOWN))
                assert await page.locator(".far-teams bdi").all_text_contents() == ["Haiti", "Cambodia"]
                await expect(page.locator(".far-km b:not([data-counted])")).to_have_text("16,700 km")


def flies(seen: dict[str, Any]) -> None:
    west, east = seen["ends"]
    assert west[0] < east[0], "west is at the left, also on a page from right to left"
    for end, name in zip(seen["ends"], seen["names"], strict=True):
        assert abs(end[0] - name[0]) < 6, "each name stands below its place"
        assert name[1] > end[1]
    there, back = seen["lights"]
    assert near(there[0], west)
    assert near(there[1], east)
    assert near(back[0], east)
    assert near(back[1], west)
    assert seen["drawn"] == pytest.approx([0.25, 0.75], abs=0.01)


async def test_the_distance_counts_up_to_the_true_one(pages: Pages, server: Server, board: dict[str, str]) -> None:
    page = await bridged(pages, server, board)
    await page.set_viewport_size(SMALL)
    await page.evaluate(
        """(now) => { window.said = []; shown(now);
        const number = document.querySelector(".far-km b");
        const note = () => said.push([number.textContent, number.dataset.counted ?? ""]);
        note();
        new MutationObserver(note).observe(number, { attributes: true }); }""",
        FAR_MS,
    )
    await expect(page.locator(".far-km b:not([data-counted])")).to_have_count(1)
    said = await page.evaluate("said")
    assert {text for text, _ in said} == {"16,700 km"}, "the true one is read out from the start"
    counted = [int(shown.removesuffix(" km").replace(",", "")) for _, shown in said if shown]
    assert counted[0] == 0
    assert len(set(counted)) > 3
    assert counted == sorted(counted)


async def test_with_reduced_motion_the_finished_bridge_stands_there_at_once(
    pages: Pages, server: Server, board: dict[str, str]
) -> None:
    page = await bridged(pages, server, board, "reduce")
    await page.evaluate("(now) => { shown(now); }", FAR_MS)
    seen = await page.evaluate(FLOWN)
    assert (seen["lights"], seen["drawn"]) == ([], None)
    opacities = """() => [...document.querySelectorAll(".far, .far *")].map((one) => getComputedStyle(one).opacity)"""
    assert set(await page.evaluate(opacities)) <= {"1", "0.5"}
    assert await page.locator(".far-km b[data-counted]").count() == 0


async def test_after_the_bridge_comes_a_card_that_went_over_it_and_each_card_says_why_it_is_shown(
    pages: Pages, server: Server, board: dict[str, str]
) -> None:
    page = await bridged(pages, server, board)
    await page.evaluate("(now) => { shown(now); }", LETTER_MS)
    await expect(page.locator(".recap-why")).to_have_text("Cambodia → Haiti")
    await expect(page.locator(".beside .card-text")).to_have_text("You pick up at night.")
    await page.evaluate("(now) => { shown(now); }", CARD_MS)
    await expect(page.locator(".recap-why")).to_have_text("Applauded 33 times")
    await expect(page.locator(".beside .card-text")).to_have_text("You waited.")


async def test_names_fill_their_page_and_come_one_after_the_other(pages: Pages, server: Server, board: dict[str, str]) -> None:
    page = await bridged(pages, server, board, people=400)
    delays = await page.evaluate(  # at once: on a busy machine the first ones would be over
        """(now) => { shown(now); shown(now + 1);
        return [...document.querySelectorAll(".roll .ending-name")]
          .map((one) => one.getAnimations()[0].effect.getTiming().delay); }""",
        CARD_MS + 8_000,
    )
    await expect(page.locator("[data-part=recap]")).to_have_attribute("data-show", "names")
    assert 25 <= len(delays) <= 30
    assert delays == sorted(delays)
    assert len(set(delays)) == len(delays)
    filled = await page.locator(".roll").evaluate(
        """(roll) => { for (const one of roll.getAnimations({ subtree: true })) one.finish();
        const box = roll.getBoundingClientRect();
        const [first, last] = [roll.firstElementChild, roll.lastElementChild].map((one) => one.getBoundingClientRect());
        return { share: (last.bottom - first.top) / box.height, over: roll.scrollHeight - roll.clientHeight }; }"""
    )
    assert filled["share"] > 0.7, "the names are as large as the page lets them be"
    assert filled["over"] <= 2

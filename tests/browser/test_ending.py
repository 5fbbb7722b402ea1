"""The ending of the large screen on six shapes of wall: names stand round the stone, none is lost, nothing covers anything."""

from __future__ import annotations

import re
from typing import Any

from playwright.async_api import Page, expect

from tests.browser.cases import all_of_them
from tests.browser.conftest import STAGE, Pages
from tests.servers import Server

SIZES = {
    "16:9": (1920, 1080),
    "16:10": (1920, 1200),
    "4:3": (1024, 768),
    "21:9": (2560, 1080),
    "9:16": (1080, 1920),
    "1:1": (1080, 1080),
}
# So many names stand round the stone; of more, teams do.
NAMED = {"16:9": 108, "16:10": 80, "4:3": 66, "21:9": 120, "9:16": 20, "1:1": 14}
SMALLEST_SHARE = 0.022
GIVEN = (
    "Nadia",
    "Omar",
    "Sokha",
    "Tigist",
    "Farzana",
    "Kenji",
    "Widline",
    "Budi",
    "Thu Hà",
    "Marie-Ange",
    "منى",
    "সালমা",
    "កុលាប",
)
FAMILY = ("Rahman", "Haddad", "Chan", "Bekele", "Akter", "Morita", "Joseph", "Santoso", "Nguyễn", "Pierre", "الخطيب")
TEAMS = ("Bangladesh", "Cambodia", "Egypt", "Ethiopia", "Haiti", "Indonesia", "Jordan", "Madagascar", "Nicaragua", "Pakistan")

# A place for a recap, with nothing of another one in it.
OWN_PLACE = """
  const before = document.querySelector("[data-part=recap]");
  const place = before.cloneNode(false);
  delete place.dataset.show;
  before.replaceWith(place);
"""
# The recap as the page draws it, at a moment of its own clock.
RECAP = """async ([people, teams, at]) => {
  const { openRecap } = await import("/static/now/js/screen/recap.js");
  const { smallest } = await import("/static/now/js/screen/sizes.js");
  const root = document.documentElement;
  delete root.dataset.slide;
  root.dataset.scene = "recap";
  await document.fonts.ready;
  const min = smallest(window);
  const card = (id, theme) => ({
    id, kind: "card", theme, text: "You taught me how to measure heat.", created_at: "2026-11-26T10:00:00Z",
    to: [{ name: "Nadia Rahman", team: "Bangladesh" }], author: { name: "Omar Haddad", team: "Jordan" } });
  const picture = {
    scene: "recap", cards: [card("one", "t3"), card("two", "t5")],
    numbers: [{ what: "cards", count: people.length * 2 }],
    story: { cards: "0123456780".repeat(Math.ceil(people.length / 5)), people, teams, film: null },
    about: {
      title: "Innovation Lab 2026", subtitle: "Bangkok", starts_on: "2026-11-23", ends_on: "2026-11-27",
      cards: people.length * 2, people: people.length,
    },
  };
  const themes = [3, 5].map((colour) => ({ id: `t${colour}`, name: "Training", colour }));
  const look = { min, comfort: min * 1.5, max: min * 3, large: min * 2.3 };
OWN_PLACE
  const recap = openRecap({ place });
  window.picture = picture;
  window.shown = (now) => { recap.show(picture, themes, look, now); };
  window.shown(0);
  for (const now of [at, at]) window.shown(now);
  await document.fonts.ready;
}""".replace("OWN_PLACE", OWN_PLACE)

LAID = """() => {
  const rect = (one) => {
    const { left, top, right, bottom } = one.getBoundingClientRect();
    return { left, top, right, bottom };
  };
  const words = (one) => { const range = document.createRange(); range.selectNodeContents(one); return rect(range); };
  const stone = rect(document.querySelector(".stone"));
  return {
    names: [...document.querySelectorAll(".ending-name")].map((one) => (
      { name: one.textContent, box: words(one), size: parseFloat(getComputedStyle(one).fontSize) })),
    lists: [...document.querySelectorAll(".ending-names")].map(rect),
    stone, blocks: [".ending-head h2", ".ending-head p", ".ending-foot", ".corner-in"].map((one) =>
      [one, (one.endsWith("h2") ? rect : words)(document.querySelector(one))]),
  };
}"""


def people(count: int) -> list[str]:
    return [
        f"{GIVEN[at % len(GIVEN)]} {FAMILY[at * 7 % len(FAMILY)]}{' ' + str(at // 143) if at >= 143 else ''}"
        for at in range(count)
    ]


async def bare(pages: Pages, server: Server, board: dict[str, str], motion: str, **options: Any) -> Page:
    """A large screen whose own script does not come: a test opens in it what it looks at."""
    page = await pages.open(f"{server.url}/healthz", STAGE, reduced_motion=motion, **options)
    await page.route(re.compile(r"/js/(screen/screen|shared/retry)\.js"), lambda route: route.abort())
    await page.goto(board["screen_url"])
    return page


async def ending(page: Page, size: tuple[int, int], names: list[str]) -> None:
    await page.set_viewport_size({"width": size[0], "height": size[1]})
    await page.evaluate(RECAP, [names, list(TEAMS), 10_000_000])
    await page.wait_for_function("document.querySelector('.ending')")


def apart(one: dict[str, float], other: dict[str, float]) -> bool:
    return (
        one["right"] <= other["left"] + 1
        or other["right"] <= one["left"] + 1
        or one["bottom"] <= other["top"] + 1
        or other["bottom"] <= one["top"] + 1
    )


def in_stone(box: dict[str, float], stone: dict[str, float]) -> bool:
    """Does the box reach into the circle?"""
    x, y = (stone["left"] + stone["right"]) / 2, (stone["top"] + stone["bottom"]) / 2
    near_x, near_y = min(max(x, box["left"]), box["right"]), min(max(y, box["top"]), box["bottom"])
    return bool((near_x - x) ** 2 + (near_y - y) ** 2 < ((stone["right"] - stone["left"]) / 2) ** 2)


async def test_all_names_stand_around_the_stone(pages: Pages, server: Server, board: dict[str, str]) -> None:
    page = await bare(pages, server, board, "reduce")
    with all_of_them() as case:
        for shape, size in SIZES.items():
            for what, names in (("few", people(12)), ("as many as fit", people(NAMED[shape])), ("more", people(412))):
                with case(f"{shape}, {what}"):
                    await ending(page, size, names)
                    # Many names come before, page by page; teams stand here.
                    stands_around(await page.evaluate(LAID), names if what != "more" else list(TEAMS), *size)


def stands_around(laid: dict[str, Any], names: list[str], width: int, height: int) -> None:
    assert [one["name"] for one in laid["names"]] == names
    boxes = [(one["name"], one["box"]) for one in laid["names"]]
    assert [name for name, box in boxes if not inside(box, width, height)] == []
    assert {one["name"]: one["size"] for one in laid["names"] if one["size"] < height * SMALLEST_SHARE - 0.01} == {}
    stone = laid["stone"]
    assert [name for name, box in boxes if in_stone(box, stone)] == []
    seen = [*boxes, *((name, box) for name, box in laid["blocks"])]
    covered = [(a, b) for at, (a, one) in enumerate(seen) for b, other in seen[at + 1 :] if not apart(one, other)]
    assert covered == []
    assert [name for name, box in laid["blocks"] if name != ".corner-in" and in_stone(box, stone)] == []
    middle = (stone["left"] + stone["right"]) / 2
    assert abs(middle - width / 2) < 2
    if width > height:
        sides = [box["right"] < middle for _, box in boxes]
        assert any(sides)
        assert not all(sides)


def inside(box: dict[str, float], width: float, height: float) -> bool:
    return box["left"] >= 0 and box["top"] >= 0 and box["right"] <= width and box["bottom"] <= height


# Every 0.8 s: the names that have come, one after the other, and those that are not whole.
ROLLED = """async () => {
  const seen = new Set(), cut = [];
  for (let at = 8000; at < 200000; at += 800) {
    window.shown(at);
    await document.fonts.ready;
    const names = [...document.querySelectorAll(".roll .ending-name")];
    if (seen.size && !names.length) break;
    for (const one of names) {
      const range = document.createRange();
      range.selectNodeContents(one);
      const { left, top, right, bottom } = range.getBoundingClientRect();
      const list = one.closest(".roll").getBoundingClientRect();
      const across = left >= list.left - 1 && right <= list.right + 1 && one.scrollWidth <= one.clientWidth + 1;
      if (!(across && top >= list.top - 1 && bottom <= list.bottom + 1)) cut.push([at, one.textContent]);
      seen.add(one.textContent);
    }
  }
  return { seen: [...seen], cut };
}"""


async def test_every_name_appears_on_one_of_the_pages_before_the_ending(
    pages: Pages, server: Server, board: dict[str, str]
) -> None:
    names = people(412)
    page = await bare(pages, server, board, "reduce")
    with all_of_them() as case:
        for shape, size in SIZES.items():
            with case(shape):
                await ending(page, size, names)
                rolled = await page.evaluate(ROLLED)
                assert rolled["cut"] == []
                assert rolled["seen"] == list(dict.fromkeys(names))


VISIT = """(share) => {
  const all = document.querySelector(".recap").getAnimations({ subtree: true });
  const moving = all.filter((one) => one.constructor === Animation);
  for (const one of moving) { one.pause(); one.currentTime = share * one.effect.getTiming().duration; }
  const { left, top, right, bottom } = document.querySelector(".ending-visit").getBoundingClientRect();
  const shown = (what) => Number(getComputedStyle(document.querySelector(what)).opacity);
  return {
    what: moving.map((one) => one.effect.target.className.split(" ")[0]), box: { left, top, right, bottom },
    moved: [...new Set(moving.flatMap((one) => one.effect.getKeyframes().flatMap(Object.keys)))],
    card: shown(".ending-visit"), names: shown(".ending-names"), stone: shown(".stone"),
    wide: document.querySelector(".stone").getBoundingClientRect().width / document.querySelector(".stone").offsetWidth,
  };
}"""
# Of the recap above: numbers and two cards take 22 s, the stone comes together and stands for 14 more.
VISITED_MS, AFTER_MS, AGAIN_MS = 37_000, 52_000, 57_000


async def test_the_ending_zooms_to_a_facet_opens_its_card_and_returns(
    pages: Pages, server: Server, board: dict[str, str]
) -> None:
    page = await bare(pages, server, board, "no-preference")
    with all_of_them() as case:
        for shape in ("16:9", "9:16"):
            with case(shape):
                await ending(page, SIZES[shape], people(12))
                await expect(page.locator(".ending-visit")).to_have_count(0)
                await visits(page, SIZES[shape])


async def visits(page: Page, size: tuple[int, int]) -> None:
    await page.evaluate("(now) => window.shown(now)", VISITED_MS)
    begin, middle, end = [await page.evaluate(VISIT, share) for share in (0, 0.5, 0.9999)]
    assert set(middle["moved"]) <= {"transform", "opacity", "offset", "easing", "composite", "computedOffset"}
    assert {"stone", "ending-visit", "ending-names"} <= set(middle["what"])
    assert (begin["card"], middle["card"], round(end["card"], 2)) == (0, 1, 0)
    assert begin["names"] == 1 > middle["names"]
    assert round(begin["wide"], 2) == round(end["wide"], 2) == 1 < middle["wide"]
    assert inside(middle["box"], *size)
    laid = dict((await page.evaluate(LAID))["blocks"])
    assert apart(middle["box"], laid[".corner-in"])
    await expect(page.locator(".ending-visit .card-text")).to_have_text("You taught me how to measure heat.")
    await page.evaluate("(now) => window.shown(now)", AFTER_MS)
    await expect(page.locator(".ending-visit")).to_have_count(0)
    await page.evaluate("(now) => window.shown(now)", AGAIN_MS)
    await expect(page.locator(".ending-visit .card")).to_have_attribute("data-id", "two")
    await page.evaluate("(now) => { window.picture.cards = []; window.shown(now); }", AGAIN_MS)  # hidden by a moderator
    await expect(page.locator(".ending-visit")).to_have_count(0)


async def test_with_reduced_motion_the_ending_stands_still(pages: Pages, server: Server, board: dict[str, str]) -> None:
    page = await bare(pages, server, board, "reduce")
    await ending(page, SIZES["16:9"], people(12))
    await page.evaluate("(now) => window.shown(now)", VISITED_MS)
    await expect(page.locator(".stone")).to_be_visible()
    await expect(page.locator(".ending-visit")).to_have_count(0)
    assert await page.evaluate("document.querySelector('.recap').getAnimations({ subtree: true }).length") == 0

"""static/js/screen/wall.js in the real browser: whatever is written, each card has its own place on the wall."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page

from tests.browser.cases import all_of_them
from tests.browser.conftest import Pages
from tests.browser.test_ending import bare
from tests.servers import Server

# Texts of every length at every size of screen, always the same ones.
LAY = """async () => {
  const { compose } = await import(WALL);
  let seed = 1;
  const random = (least, most) => least + (most - least) * ((seed = (seed * 48271) % 2147483647) / 2147483647);
  const bad = [];
  for (let wall = 0; wall < 600; wall += 1) {
    const [width, height] = [random(700, 3800), random(600, 2000)];
    const side = Math.min(width, height);
    const notch = width > height ? { width: height * 0.47, height: height * random(0.1, 0.2) } : null;
    const room = { width, height, gap: side * 0.017, pad: side * 0.026, notch };
    const look = { min: height * 0.022, comfort: height * 0.027, max: height * 0.072, most: 14 };
    const needs = Array.from({ length: Math.ceil(random(1, 20)) }, (_, id) => ({
      id: `${id}`, text: random(3, 90), name: random(2, 30), foot: [random(3, 14), random(2, 9)], word: random(2, 9),
      leading: random(0, 1) < 0.5 ? 1.36 : 1.75, nameLeading: random(0, 1) < 0.5 ? 1.14 : 1.5,
    }));
    const cells = compose(needs, room, look);
    const inside = ({ x, y, w, h }) => x >= 0 && y >= 0 && x + w < width + 1 && y + h < height + 1;
    const wrong = cells.filter((cell) => !(cell.w > room.pad && cell.h > room.pad && inside(cell)));
    const crosses = (from, size, other, its) => from < other + its - 1 && other < from + size - 1;
    const covers = (one, other) => crosses(one.x, one.w, other.x, other.w) && crosses(one.y, one.h, other.y, other.h);
    const over = cells.filter((one, at) => cells.slice(at + 1).some((other) => covers(one, other)));
    if (wrong.length || over.length) bad.push({ wall, width, height, wrong, over });
  }
  return bad;
}"""


async def test_cards_on_the_wall_do_not_overlap_and_have_a_width(pages: Pages, board: dict[str, str]) -> None:
    page = await pages.open(board["screen_url"])
    module = "/static/now/js/screen/wall.js"
    assert await page.evaluate(LAY.replace("WALL", repr(module))) == []


# A wall of its own, with a clock that the test moves: `life` has what comes when, answered is what was seen when. It ends once
# each card has come so many times: after that nothing is new.
LIVE = """async ([size, life, seconds, times]) => {
  const { openMosaic } = await import(MOSAIC);
  const stage = document.createElement("div");
  stage.className = "scene";
  stage.style.cssText = `position:fixed;inset:0;display:block;width:${size.width}px;height:${size.height}px`;
  const [place, light] = ["section", "div"].map((name) => stage.appendChild(document.createElement(name)));
  place.className = "wall";
  light.className = "light";
  document.body.append(stage);
  place.style.cssText = "position:absolute;inset:0";
  const mosaic = openMosaic({ place, light, ruler: document.querySelector("[data-part=ruler]") });
  const side = Math.min(size.width, size.height);
  const look = { min: side * 0.022, comfort: side * 0.0265, max: side * 0.072, large: side * 0.066, most: 14 };
  mosaic.resize({ ...size, gap: 18, pad: side * 0.026, notch: null }, look, 0);
  const post = ({ id, pinned }) => ({
    id, pinned, kind: "card", text: `Card ${id}: you taught me how to measure heat, and why it matters to us who work in it.`,
    to: [{ name: `Nadia ${id}` }], author: { name: "Omar", team: id.length % 2 ? "Jordan" : "Cambodia" },
  });
  const faces = ".cell:not([data-leaving]) .card";
  const shown = (within) => [...within.querySelectorAll(faces)].map((card) => card.dataset.id);
  const seen = [];
  let there = [], before = [];
  const cameOften = new Map();
  for (let now = 0; now < seconds * 1000; now += 500) {
    const came = life.filter(({ at }) => at * 1000 === now);
    if (came.length) {
      there = [...came.map(post).reverse(), ...there];
      mosaic.show(there, [], now > 0, now);
    }
    mosaic.tick(now);
    const pins = shown(place).filter((id) => there.find((one) => one.id === id)?.pinned);
    const marks = place.querySelectorAll(".cell:not([data-leaving]) .card-pin").length;
    const large = place.querySelector(".is-large .card")?.dataset.id ?? null;
    const wall = shown(place);
    for (const id of wall) if (!before.includes(id)) cameOften.set(id, (cameOften.get(id) ?? 0) + 1);
    before = wall;
    seen.push({ at: now / 1000, wall, large, pins, marks });
    if (times && life.every(({ id }) => cameOften.get(id) >= times)) break;
  }
  stage.remove();
  return seen;
}"""
FULL_HD = {"width": 1840, "height": 900}
OLD_BEAMER = {"width": 980, "height": 560}
WALLS = {"full HD": FULL_HD, "old beamer": OLD_BEAMER, "portrait": {"width": 1000, "height": 1300}}
Seen = list[dict[str, Any]]


@pytest.fixture
async def calm(pages: Pages, server: Server, board: dict[str, str]) -> Page:
    return await bare(pages, server, board, "reduce")


async def lived(page: Page, size: dict[str, int], life: list[dict[str, Any]], seconds: int, times: int | None = None) -> Seen:
    module = "/static/now/js/screen/mosaic.js"
    seen: Seen = await page.evaluate(LIVE.replace("MOSAIC", repr(module)), [size, life, seconds, times])
    return seen


def first_seen(seen: Seen, card: str) -> float:
    return min((float(one["at"]) for one in seen if card in (*one["wall"], one["large"])), default=1e9)


async def test_each_card_of_a_burst_joins_the_wall_at_once_and_none_covers_it(calm: Page) -> None:
    old = [{"id": f"old{number}", "at": 0} for number in range(10)]
    burst = [{"id": f"new{number}", "at": 20 + 3 * number} for number in range(20)]
    with all_of_them() as case:
        for name, size in WALLS.items():
            with case(name):
                seen = await lived(calm, size, old + burst, 120, times=1)
                late = [first_seen(seen, one["id"]) - one["at"] for one in burst]
                assert max(late) <= 6
                assert sorted(late)[10] <= 1
                during = [one for one in seen if 23 < one["at"] < 77]
                assert not any(one["large"] for one in during)


async def test_a_single_new_card_is_shown_large(calm: Page) -> None:
    seen = await lived(calm, FULL_HD, [{"id": "old", "at": 0}, {"id": "new", "at": 20}], 40)
    large = [one["at"] for one in seen if one["large"] == "new"]
    assert min(large) <= 20.5
    assert 5 < max(large) - min(large) < 10
    assert "new" in seen[-1]["wall"]


async def test_the_wall_shows_each_of_a_hundred_simultaneous_cards(calm: Page) -> None:
    crowd = [{"id": f"new{number}", "at": 20} for number in range(100)]
    seen = await lived(calm, FULL_HD, [{"id": "old", "at": 0}, *crowd], 120)
    assert max(first_seen(seen, one["id"]) for one in crowd) < 120


async def test_pinned_cards_hold_a_third_of_the_places_take_turns_and_say_so(calm: Page) -> None:
    life = [{"id": f"pin{number}", "pinned": True, "at": 0} for number in range(6)]
    life += [{"id": f"card{number}", "at": 0} for number in range(30)]
    with all_of_them() as case:
        for name, size in WALLS.items():
            with case(name):
                seen = await lived(calm, size, life, 1200, times=2)
                assert all(len(one["pins"]) <= len(one["wall"]) // 3 for one in seen)
                assert all(one["marks"] == len(one["pins"]) for one in seen)
                assert {card for one in seen for card in one["wall"]} == {one["id"] for one in life}


async def test_a_wall_with_only_pinned_cards_shows_all_of_them(calm: Page) -> None:
    life = [{"id": f"pin{number}", "pinned": True, "at": 0} for number in range(30)]
    seen = await lived(calm, OLD_BEAMER, life, 900, times=2)
    assert {card for one in seen for card in one["wall"]} == {one["id"] for one in life}


# A card comes alone to a wall of four. Its animations are halted and set to one moment after the other.
MOMENTS = """async (size) => {
  const { openMosaic } = await import(MOSAIC);
  const stage = document.createElement("div");
  stage.className = "scene";
  stage.style.cssText = `position:fixed;inset:0;display:block;width:${size.width}px;height:${size.height}px`;
  const [place, light] = ["section", "div"].map((name) => stage.appendChild(document.createElement(name)));
  place.className = "wall";
  light.className = "light";
  document.body.append(stage);
  for (const part of [place, light]) part.style.cssText = "position:absolute;inset:0";
  const mosaic = openMosaic({ place, light, ruler: document.querySelector("[data-part=ruler]") });
  const [width, height] = [size.width, size.height];
  const look = { min: height * 0.036, comfort: height * 0.036, max: height * 0.072, large: height * 0.055, most: 8 };
  const notch = { width: height * 0.22, height: height * 0.3 };
  mosaic.resize({ width, height, gap: 18, pad: height * 0.026, notch }, look, 0);
  const post = (id) => ({
    id, kind: "card", text: "You taught me how to measure heat, and why it matters to us who work in it.",
    to: [{ name: "Nadia Rahman", team: "Bangladesh" }], author: { name: "Omar", team: "Jordan" },
  });
  const old = ["a", "b", "c", "d"].map(post);
  mosaic.show(old, [], false, 0);
  mosaic.show([post("new"), ...old], [], true, 60000);
  const box = place.querySelector(".is-large");
  const of = (name) => box.querySelector(name);
  const opacity = (element) => Number(getComputedStyle(element).opacity);
  const scaleOf = (element) => element.getBoundingClientRect().width / element.offsetWidth;
  const textOf = (element) => parseFloat(getComputedStyle(element).fontSize) * scaleOf(element);
  const moving = () => document.getAnimations().filter((one) => stage.contains(one.effect.target));
  const properties = new Set(moving().flatMap((one) => one.effect.getKeyframes().flatMap(Object.keys)));
  const frames = [];
  for (let at = 0; at <= 3200; at += 40) {
    for (const one of moving()) { one.pause(); one.currentTime = at; }
    const words = [...box.querySelectorAll(".word")];
    const name = words.map((word) => word.getBoundingClientRect());
    frames.push({
      at, name: Math.min(...words.map(opacity)), size: textOf(words[0]) / innerHeight,
      high: name.every((one) => one.top >= 0 && one.bottom <= innerHeight && one.left >= 0 && one.right <= innerWidth),
      paper: opacity(of(".paper")), text: opacity(of(".card-text")), colour: getComputedStyle(of(".card-to")).color,
      crown: Math.max(0, ...[...light.children].map(opacity)), under: place.matches(".is-dimmed"),
      others: Math.max(...[...place.querySelectorAll(".cell:not(.is-large)")].map(opacity)),
    });
  }
  for (const one of moving()) one.finish();
  const from = box.getBoundingClientRect();
  const large = { text: textOf(of(".card-text")), ratio: from.width / from.height };
  mosaic.tick(80000);
  for (const one of box.getAnimations({ subtree: true })) { one.pause(); one.currentTime = 0; }
  const start = box.getBoundingClientRect();
  const flight = [];
  for (let at = 0; at <= 700; at += 20) {
    for (const one of moving()) { one.pause(); one.currentTime = at; }
    const { left, top } = box.getBoundingClientRect();
    const others = Math.min(...[...place.querySelectorAll(".cell")].filter((one) => one !== box).map(opacity));
    flight.push({ moved: Math.hypot(left - start.left, top - start.top) > 4, others });
  }
  for (const one of moving()) one.finish();
  const home = box.getBoundingClientRect();
  const landed = [...place.querySelectorAll(".card")].filter((card) => card.dataset.id === "new");
  return {
    frames, properties: [...properties], text: large.text / innerHeight,
    isSame: landed.length === 1 && box.contains(landed[0]), dimmed: place.matches(".is-dimmed"), facets: light.children.length,
    jump: Math.hypot(start.left - from.left, start.top - from.top) + Math.abs(start.width - from.width),
    ratio: home.width / home.height - large.ratio, flight,
    landedText: textOf(landed[0].querySelector(".card-text")) / innerHeight,
  };
}"""


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
async def test_a_new_card_shows_its_name_then_itself_and_lands_as_the_same_element(
    pages: Pages, server: Server, board: dict[str, str], motion: str
) -> None:
    page = await bare(pages, server, board, motion)
    module = "/static/now/js/screen/mosaic.js"
    seen = await page.evaluate(MOMENTS.replace("MOSAIC", repr(module)), {"width": 1840, "height": 890})
    frames = seen["frames"]
    named = [one for one in frames if one["at"] >= 480]
    assert all(one["name"] == 1 and one["high"] and one["under"] for one in named)
    assert all(one["others"] == 0 for one in frames if one["at"] >= 320)  # nothing is seen through it
    alone = [one for one in named if one["paper"] == 0]
    assert alone
    assert all(one["text"] == 0 for one in alone)
    assert min(one["size"] for one in alone) >= 0.13
    assert all(one["colour"] == "rgb(255, 255, 255)" for one in alone)
    papers = [one["paper"] for one in frames]
    assert papers == sorted(papers)  # it lights up once, and never goes dark again
    assert papers[-1] == frames[-1]["text"] == 1
    assert all(one["colour"] != "rgb(255, 255, 255)" for one in frames if one["paper"] == 1)
    assert (max(one["crown"] for one in frames) == 1) is (motion == "no-preference")
    own = {"transform", "opacity", "clipPath", "color", "offset", "easing", "composite", "computedOffset"}
    assert set(seen["properties"]) <= own
    assert seen["text"] >= 0.055
    assert seen["landedText"] >= 0.036 - 0.0001
    assert seen["isSame"]
    assert not seen["dimmed"]
    assert seen["facets"] == 0
    if motion == "no-preference":
        assert seen["jump"] < 2
        flight = [one for one in seen["flight"] if one["moved"]]
        assert len(flight) > 5
        assert min(one["others"] for one in flight) > 0.85, "the wall is back before the card leaves the middle"
    assert abs(seen["ratio"]) < 0.01

"""The picture to keep of a card: what stands where, in short and long texts, in scripts of both directions."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page

from tests.browser.cases import all_of_them
from tests.browser.conftest import PHONE, Pages

# What is drawn: each line with its font and place, and how large the facet is.
DRAWN = """async ([post, shape, theme]) => {
  const { drawn, SHAPES } = await import("/static/now/js/phone/picture.js");
  const { prototype } = CanvasRenderingContext2D;
  const { fillText, scale } = prototype;
  const lines = [];
  let facet = 0;
  prototype.scale = function (x, y) { facet = y * 34; scale.call(this, x, y); };
  prototype.fillText = function (text, x, y) {
    const { width, actualBoundingBoxAscent: high } = this.measureText(text);
    const size = Number(/([\\d.]+)px/.exec(this.font)[1]);
    lines.push({ text, x, y, width, high, size, way: this.direction, side: this.textAlign });
    fillText.call(this, text, x, y);
  };
  const board = { title: "Innovation Lab", subtitle: "Bangkok", starts_on: "2026-11-23", ends_on: "2026-11-27" };
  await drawn({ id: "1", kind: "card", created_at: "2026-11-26T10:00:00Z", ...post }, { theme, board }, SHAPES[shape]);
  Object.assign(prototype, { fillText, scale });
  return { lines: lines.filter(({ text }) => text), facet, ...SHAPES[shape] };
}"""
THEME = {"id": "t", "name": "Occupational safety and health", "short": "OSH", "colour": 3}
SENTENCE = "You showed us how to measure heat where people sit, not where managers stand; our whole team does it now."
ARABIC = "علّمتني كيف أستمع قبل أن أنصح، شكراً على دليل الحوار الاجتماعي الذي غيّر طريقة عملنا."
BAND = 148  # thousand-and-eightieths of the width: the foot, with the name of the gathering


def card(text: str, *names: str, author: Any = None) -> dict[str, Any]:
    return {"text": text, "to": [{"name": name, "team": "Jordan"} for name in names], "author": author}


OMAR = {"name": "Omar Haddad", "team": "Jordan"}
RAMI = {"name": "رامي الخطيب", "team": "الأردن"}
CARDS = {
    "one word": card("Thanks!", "Budi", author=OMAR),
    "two words": card("Thank you!", "Nadia Rahman", author=OMAR),
    "a sentence": card(SENTENCE, "Nadia Rahman", author=OMAR),
    "280 letters": card((SENTENCE * 3)[:280], "Trần Thị Thu Hương", author=OMAR),
    "five names": card("You rebuilt it.", "Nadia Rahman", "Sokha Chan", "Tigist Bekele", "Omar Haddad", "Trần Thị Thu Hương"),
    "a long word": card("Wirtschaftsprüfungsgesellschaft!", "Maximilian Freiherr von Wirtschaftsprüfungsheim", author=OMAR),
    "Arabic": card(ARABIC, "منى عبد الله", author=RAMI),
    "Khmer": card("អរគុណ!", "ចាន់ សុភា", author=OMAR),
    "Ethiopic": card("ከመምከር በፊት ማዳመጥን አስተማርከኝ።", "ትዕግስት", author=OMAR),
}


async def drawn(page: Page, post: dict[str, Any], shape: str = "tall") -> dict[str, Any]:
    return await page.evaluate(DRAWN, [post, shape, THEME])


@pytest.fixture
async def phone(pages: Pages, board: dict[str, str]) -> Page:
    return await pages.open(board["join_url"], PHONE)


async def test_no_line_meets_another_the_facet_or_the_edge(phone: Page) -> None:
    with all_of_them() as case:
        for which, post in CARDS.items():
            for shape in ("tall", "square", "a5"):
                with case(f"{which}, {shape}"):
                    keeps_apart(await drawn(phone, post, shape))


def keeps_apart(seen: dict[str, Any]) -> None:
    width, edge, facet = seen["width"], seen["edge"], seen["facet"]
    inner = width - 2 * edge
    *words, title, _ = seen["lines"]
    above = 0.0
    for line in words:
        top = line["y"] - line["high"]
        begin, end = line["x"], line["x"] + line["width"]
        if line["side"] == "right":
            begin, end = width - line["x"], width - line["x"] + line["width"]
        assert begin >= edge
        assert end <= width - edge + 1, line["text"]
        assert top >= above, f"{line['text']} stands in the line above"
        if top - edge < facet:
            assert end <= width - edge - facet + (top - edge) + 1, f"{line['text']} stands in the facet"
        above = line["y"]
    label, name = words[:2]
    assert name["y"] - name["high"] - label["y"] >= 0.15 * label["size"], "air below the label"
    foot = seen["height"] - edge - BAND * inner / 1080
    assert above < foot
    assert title["y"] > foot


async def test_a_few_words_fill_the_picture_and_the_facet_takes_what_they_leave(phone: Page) -> None:
    short, long = await drawn(phone, CARDS["one word"]), await drawn(phone, CARDS["a sentence"])
    sizes = {line["text"]: line["size"] for line in short["lines"]}
    assert sizes["Budi"] > 200
    assert sizes["Thanks!"] > 150
    assert short["facet"] > long["facet"] >= 400


async def test_words_of_the_interface_stand_on_lines_of_their_own_and_names_run_their_own_way(phone: Page) -> None:
    arabic = await drawn(phone, CARDS["Arabic"])
    lines = [line["text"] for line in arabic["lines"]]
    assert lines[0] == "For"
    assert lines[lines.index("from") + 1] == "\u2068رامي الخطيب\u2069 · \u2068الأردن\u2069"
    assert {line["way"] for line in arabic["lines"][:-2]} == {"rtl"}
    english = await drawn(phone, card("Thank you.", "Omar", author=RAMI))
    assert "\u2068رامي الخطيب\u2069 · \u2068الأردن\u2069" in [line["text"] for line in english["lines"]]
    assert {line["way"] for line in english["lines"]} == {"ltr"}


async def test_of_several_people_each_name_stays_whole(phone: Page) -> None:
    lines = [line["text"] for line in (await drawn(phone, CARDS["five names"]))["lines"]]
    for name in (one["name"] for one in CARDS["five names"]["to"]):
        assert any(name in line.replace("\u00a0", " ") for line in lines), name

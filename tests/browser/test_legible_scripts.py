"""Moments and keepsakes in nine scripts: sizes, contrast, nothing cut, no line over another. The film from right to left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from playwright.async_api import Page, expect

from tests.browser.cases import all_of_them
from tests.browser.conftest import LAPTOP, PHONE, SMALL_PHONE, STAGE, Pages
from tests.browser.test_celebrated import WHO, press
from tests.browser.test_ending import OWN_PLACE, TEAMS, VISITED_MS, bare
from tests.browser.test_legibility import SMALLEST_SHARE, behind_text, worst
from tests.browser.test_recap import FAR, HELD
from tests.browser.test_stage import session
from tests.conftest import People
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]
MM_PX = 96 / 25.4


class Script(NamedTuple):
    name: str
    other: str
    team: str
    text: str


SCRIPTS = {
    "Latin": Script("Nguyễn Thị Mỹ Hạnh", "Ángela Ñáñez", "Côte d’Ivoire", "Chị đã dạy em lắng nghe trước khi khuyên bảo."),
    "Arabic": Script("منى عبد الله", "رامي الخطيب", "الأردن", "علّمتني كيف أستمع قبل أن أنصح، شكراً على دليل الحوار."),
    "Khmer": Script("ចាន់ សុភា", "ម៉ៅ សុខលី", "កម្ពុជា", "អរគុណដែលបានបង្រៀនខ្ញុំឱ្យស្តាប់ មុននឹងផ្តល់យោបល់។"),
    "Bengali": Script("নাদিয়া রহমান", "রহিমা খাতুন", "বাংলাদেশ", "পরামর্শ দেওয়ার আগে শুনতে হয়, এটা আপনি আমাকে শিখিয়েছেন।"),
    "Sinhala": Script("නිමාලි පෙරේරා", "සුනිල් ජයසිංහ", "ශ්‍රී ලංකාව", "උපදෙස් දීමට පෙර සවන් දීමට ඔබ මට ඉගැන්නුවා."),
    "Tamil": Script("கவிதா ராஜன்", "செல்வராஜா", "இலங்கை", "அறிவுரை சொல்வதற்கு முன் கேட்கக் கற்றுக் கொடுத்தீர்கள்."),
    "Thai": Script("มาลี ใจดี", "ศิริพร", "ประเทศไทย", "คุณสอนให้ฉันฟังก่อนที่จะให้คำแนะนำ ขอบคุณมากที่สุด"),
    "Burmese": Script("အေးအေး", "မြန်မာ သူဇာ", "မြန်မာ", "အကြံမပေးမီ နားထောင်ရန် သင်ပေးခဲ့သည်။"),
    "Ethiopic": Script("ትዕግስት በቀለ", "ሰላማዊት ታደሰ", "ኢትዮጵያ", "ከመምከር በፊት ማዳመጥን አስተማርከኝ።"),
}
COLOURED = {"Latin", "Arabic"}
"""Colours are the same for all scripts: where they need a picture of a whole sheet or screen, these two are enough."""
LARGE_TEXT, TEXT = 7.0, 4.5  # contrast: on the large screen, elsewhere (WCAG 2.2 AA)
PHONE_LEAST_PX, MOMENT_LEAST_PX, TARGET_PX, STAGE_LEAST_PX = 13, 22, 44, 14
SENTENCE_SHARE = 0.036
LEAST_PX = STAGE["height"] * SMALLEST_SHARE
READABLE_MM = 1.9
SHEET = {"width": 2300, "height": 3700}
"""A window in which a whole sheet is painted."""

# What is cut off: words that reach beyond a box that clips them. What of two lines of different parts lies over the other: a
# font's own height is more than its letters take, so that some of it may.
FAULTS = """(root) => {
  const place = document.querySelector(root);
  const texts = [];
  const scrolledAway = (element, box) => {
    for (let around = element; around && around !== document.body; around = around.parentElement) {
      const frame = around.getBoundingClientRect();
      const scrolls = ["auto", "scroll"].includes(getComputedStyle(around).overflowY);
      if (scrolls && (box.bottom > frame.bottom + 2 || box.top < frame.top - 2)) return true;
    }
    // It lies under a bar that stays in sight while one scrolls.
    const above = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    for (let bar = above; bar && !bar.contains(element); bar = bar.parentElement)
      if (["sticky", "fixed"].includes(getComputedStyle(bar).position)) return true;
    return false;
  };
  const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || element.closest(".visually-hidden, script, option, svg")) continue;
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const words = node.data.trim();
    const head = element.closest(".card-for")?.closest(".card-head")?.getBoundingClientRect(); // it gives way to a long theme
    for (const box of range.getClientRects())
      if (box.width > 1 && box.height > 1 && !(head && box.top >= head.bottom - 2) && !scrolledAway(element, box))
        texts.push({ element, words, box });
  }
  const found = [];
  for (const { element, words, box } of texts) {
    for (let around = element; around && around !== place.parentElement; around = around.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(around);
      const frame = around.getBoundingClientRect();
      const slack = box.height * 0.34;
      const cut = (how) => how === "hidden" || how === "clip";
      if (cut(overflowX) && (box.left < frame.left - 2 || box.right > frame.right + 2)) found.push(`cut across: ${words}`);
      if (cut(overflowY) && (box.top < frame.top - slack || box.bottom > frame.bottom + slack)) found.push(`cut: ${words}`);
    }
    if (box.left < -1 || box.right > document.documentElement.clientWidth + 1) found.push(`beyond the page: ${words}`);
  }
  texts.forEach((one, at) => texts.slice(at + 1).forEach((other) => {
    if (one.element === other.element) return;
    const [a, b] = [one.box, other.box];
    const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const [high, low] = [one, other].map(({ words, box: { top, bottom, height } }) => {
      const less = /^[\\d\\s:]+$/.test(words) ? height * 0.22 : 0; // digits stand on the line, and are no taller than capitals
      return [top + less, bottom - less];
    });
    const down = Math.min(high[1], low[1]) - Math.max(high[0], low[0]);
    if (across > 1 && down > Math.min(a.height, b.height) * 0.22) found.push(`${one.words} over ${other.words}`);
  }));
  const lines = texts.map(({ element, words, box: { left, top, width, height } }) => {
    const { color, fontSize } = getComputedStyle(element);
    return { words, color, size: parseFloat(fontSize), box: [left, top, width, height] };
  });
  return { faults: [...new Set(found)], lines };
}"""
SIZE = "(one) => parseFloat(getComputedStyle(one).fontSize)"


async def hold(page: Page, root: str, least_px: float, contrast: float | None) -> None:
    """Within `root` all words are large enough, dark enough (unless `contrast` is None), whole, and clear of others."""
    await page.evaluate("document.fonts.ready")
    found = await page.evaluate(FAULTS, root)
    assert found["faults"] == []
    lines = found["lines"]
    assert len(lines) > 1
    assert {line["words"]: line["size"] for line in lines if line["size"] < least_px - 0.01} == {}
    if contrast is None:
        return
    ground = await behind_text(page)
    read = [line for line in lines if line["color"].startswith("rgb(")]
    found = {line["words"]: round(found, 1) for line in read if (found := worst(line, ground)) < contrast}
    assert found == {}


async def test_a_received_card_and_thanks_are_legible_on_a_small_phone(
    pages: Pages, server: Server, people: Of, tmp_path: Path
) -> None:
    phone = await pages.open(f"{server.url}/healthz", SMALL_PHONE, reduced_motion="reduce", bypass_csp=True)
    celebrated = {script: await celebrates(server, people, words, phone, tmp_path) for script, words in SCRIPTS.items()}
    with all_of_them() as case:
        for script, link in celebrated.items():
            with case(script):
                await phone.emulate_media(color_scheme="light")
                await phone.goto(link)
                await expect(phone.locator("dialog.moment-sheet[open]")).to_be_visible()
                await hold(phone, "dialog.moment-sheet", PHONE_LEAST_PX, TEXT)
                await press(phone, "Open them, one by one")
                for scheme in ("light", "dark"):
                    await phone.emulate_media(color_scheme=scheme)
                    await hold(phone, "dialog.moment-sheet", PHONE_LEAST_PX, TEXT)
                await at_a_glance(phone)
                await press(phone, "Say thanks")
                await expect(phone.locator(".moment-thanked")).to_contain_text(SCRIPTS[script].other)
                await hold(phone, "dialog.moment-sheet", PHONE_LEAST_PX, TEXT)


async def celebrates(server: Server, people: Of, words: Script, phone: Page, directory: Path) -> str:
    """Two cards for the person whose phone this is, on a board of their own; its address."""
    board = server.create("Innovation Lab", "--team", "Cambodia", "--team", "Jordan", "--team", "Bangladesh")
    roster = directory / "people.csv"
    roster.write_text(f"name,team\n{words.name},{words.team}\n{words.other},{words.team}\n", encoding="utf-8")
    server.run("import-people", board["code"], str(roster))
    author = await people(server, board).attendee(words.other, words.team)
    found = (await author.get("/people", q=words.name)).json()["people"]
    nadia = next(one["id"] for one in found if one["name"] == words.name)
    for theme in ("training", "courage"):
        await author.celebrate(words.text, to=[{"person": nadia}], theme=theme)
    await phone.evaluate(WHO.format(code=board["code"], id=nadia))
    return board["join_url"]


async def at_a_glance(phone: Page) -> None:
    assert await phone.locator(".moment-text").evaluate(SIZE) >= MOMENT_LEAST_PX
    assert await phone.locator(".moment-body").evaluate("(one) => one.scrollHeight <= one.clientHeight + 1"), "all at a glance"
    for button in await phone.locator("dialog.moment-sheet button").all():
        box = await button.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= TARGET_PX or "link" in str(await button.get_attribute("class"))


# All parts of the recap, one after the other, with names, teams and a card in one script.
SHOWN = """async ([script, teams, stage, globe]) => {
  const { openRecap } = await import("/static/now/js/screen/recap.js");
  const { smallest } = await import("/static/now/js/screen/sizes.js");
  const root = document.documentElement;
  delete root.dataset.slide;
  root.dataset.scene = "recap";
  root.dataset.stage = stage;
  const min = smallest(window);
  const named = [script.team, ...teams.slice(0, 6)];
  const card = (id) => ({
    id, kind: "card", theme: "t3", text: script.text, created_at: "2026-11-26T10:00:00Z", pinned: true,
    to: [{ name: script.name, team: script.team }], author: { name: script.other, team: script.team },
    reactions: { clap: 12 } });
  const picture = {
    scene: "recap", cards: [card("one")],
    numbers: [["cards", 178], ["people", 91], ["bridges", 67], ["sessions", 12]].map(([what, count]) => ({ what, count })),
    story: {
      cards: "0123456780".repeat(6), teams: named,
      people: Array.from({ length: 30 }, (_, at) => `${at % 2 ? script.name : script.other} ${at}`),
      film: { teams: named, days: [{ date: "2026-11-24", cards: 9, bridges: [[0, 3], [2, 0], [5, 1], [0, 6]] },
        { date: "2026-11-25", cards: 7, bridges: [[4, 1], [6, 0]] }] },
      farthest: { teams: [script.team, teams[0]], km: 15700, globe },
    },
    about: {
      title: script.team, subtitle: script.other, starts_on: "2026-11-23", ends_on: "2026-11-27", cards: 60, people: 30,
    },
  };
  const look = { min, comfort: min * 1.5, max: min * 3, large: min * 2.3 };
OWN_PLACE
  const recap = openRecap({ place });
  window.shown = (now) => recap.show(picture, [{ id: "t3", name: script.other, colour: 3 }], look, now);
  window.shown(0);
  await document.fonts.ready;
}""".replace("OWN_PLACE", OWN_PLACE)
# The sequence above: numbers 8 s, two days of 12, the farthest bridge 10, a card of 7; then the ending for 14, a visit of 15.
PARTS = {"numbers": 1, "day": 9_000, "far": 33_000, "card": 43_000, "ending": 50_000}
VISITED = PARTS["ending"] + VISITED_MS - 22_000
HALFWAY = """for (const one of document.querySelector(".recap").getAnimations({ subtree: true })) {
  if (one.constructor !== Animation) one.finish();
  else { one.pause(); one.currentTime = one.effect.getTiming().duration / 2; } }"""


async def recap(page: Page, script: Script, stage: str) -> None:
    await page.evaluate(SHOWN, [script._asdict(), list(TEAMS), stage, FAR.globe._asdict()])


async def test_the_recap_the_film_the_ending_and_the_card_of_a_facet_are_legible_from_the_last_row(
    pages: Pages, server: Server, board: dict[str, str]
) -> None:
    page = await bare(pages, server, board, "reduce", bypass_csp=True)
    with all_of_them() as case:
        for script, words in SCRIPTS.items():
            coloured = script in COLOURED
            for stage in ("light", "dark") if coloured else ("dark",):
                await recap(page, words, stage)
                for part, at in PARTS.items():
                    with case(f"{script}, {stage}, {part}"):
                        await page.evaluate("(now) => { window.shown(now); window.shown(now + 1); }", at)
                        await expect(page.locator(".recap")).to_have_attribute("data-show", part)
                        await hold(page, ".recap", LEAST_PX, LARGE_TEXT if coloured else None)
                        if part == "card":
                            assert await page.locator(".card-text").evaluate(SIZE) >= STAGE["height"] * SENTENCE_SHARE
        await page.emulate_media(reduced_motion="no-preference")
        for script, words in SCRIPTS.items():
            with case(f"{script}, the card of an opened facet"):
                await recap(page, words, "dark")
                await page.evaluate(f"(now) => {{ window.shown(now); window.shown(now + 1); {HALFWAY} }}", VISITED)
                await hold(page, ".ending-visit", LEAST_PX, LARGE_TEXT)
                assert await page.locator(".ending-visit .card-text").evaluate(SIZE) >= STAGE["height"] * SENTENCE_SHARE


async def test_the_film_follows_the_direction_of_its_page(pages: Pages, server: Server, board: dict[str, str]) -> None:
    page = await bare(pages, server, board, "no-preference")
    for side, is_turned in (("ltr", False), ("rtl", True)):
        await page.evaluate("(side) => { document.documentElement.dir = side; }", side)
        await recap(page, SCRIPTS["Arabic"], "dark")
        await page.evaluate(f"(now) => {{ window.shown(now); {HELD} }}", PARTS["day"])
        seen = await page.evaluate("""() => {
          const box = (one) => one.getBoundingClientRect();
          const [teams, sky] = [".film-teams", ".film svg"].map((what) => box(document.querySelector(what)));
          const middle = (one) => {
            const { left, width, top, height } = box(one);
            return [left + width / 2, top + height / 2];
          };
          const arc = document.querySelector(".is-today");
          const from = arc.getScreenCTM();
          const spots = [0, 0.5, 1].map((share) => arc.getPointAtLength(arc.getTotalLength() * share).matrixTransform(from));
          const light = document.querySelector(".flying-light");
          const ways = [0.0001, 0.5, 0.9999].map((share) => {
            const [one] = light.getAnimations();
            const { delay, duration } = one.effect.getTiming();
            one.pause();
            one.currentTime = delay + duration * share;
            return middle(light);
          });
          const edge = document.documentElement.dir === "rtl" ? sky.right : sky.left;
          return { teams: teams.left, sky: sky.left, spots: spots.map(({ x, y }) => [x, y]), ways, edge };
        }""")
        assert (seen["teams"] > seen["sky"]) is is_turned, "teams stand where a line begins"
        assert abs(seen["spots"][0][0] - seen["edge"]) < 2, "a bridge begins at its team"
        bowed = seen["spots"][1][0] - seen["edge"]
        assert bowed < -20 if is_turned else bowed > 20
        for spot, way in zip(seen["spots"], seen["ways"], strict=True):
            assert abs(spot[0] - way[0]) < 4, "the light goes the way of its bridge"
            assert abs(spot[1] - way[1]) < 4


async def test_posters_are_legible_at_their_reading_distance(pages: Pages, server: Server, people: Of) -> None:
    page = await pages.open(f"{server.url}/healthz", SHEET, bypass_csp=True)
    with all_of_them() as case:
        for script, words in SCRIPTS.items():
            board = server.create(f"{words.team} · {words.name}", "--team", words.team)
            author = await people(server, board).attendee(words.other, words.team)
            await author.celebrate(words.text, to=[{"name": words.name, "team": words.team}])
            await page.context.request.get(board["organise_url"])
            night = ("ending?ground=night",) if script in COLOURED else ()
            for sheet in ("ending?ground=white", *night, f"poster?headline={words.text}&second={words.text}"):
                with case(f"{script}, {sheet[:19]}"):
                    await page.goto(f"{server.url}/b/{board['code']}/print/{sheet}")
                    await page.wait_for_selector("html[data-ready]", state="attached")
                    wanted = TEXT if script in COLOURED else None
                    await hold(page, ".sheets .leaf, .sheets .poster", READABLE_MM * MM_PX, wanted)


async def test_the_stage_is_legible_from_the_lectern(pages: Pages, server: Server, people: Of) -> None:
    page = await pages.open(f"{server.url}/healthz", LAPTOP, bypass_csp=True)
    with all_of_them() as case:
        for script, words in SCRIPTS.items():
            board = server.create("Innovation Lab", "--team", "Cambodia", "--team", "Jordan", "--team", "Bangladesh")
            here = people(server, board)
            organiser, author = await here.organiser(), await here.attendee(words.other, words.team)
            heat = await session(organiser, 30)
            await organiser.send("PATCH", f"/sessions/{heat}", {"title": words.text})
            for _ in range(3):
                await author.ask(f"{words.text}", session=heat)
            await organiser.send("PUT", "/notes", {"text": words.text[:60]})
            link = (await organiser.send("POST", "/links", {"role": "stage", "name": "Lectern"})).json()["url"]
            await page.goto(link)
            for name, size in (("laptop", LAPTOP), ("phone", PHONE)):
                with case(f"{script}, {name}"):
                    await page.set_viewport_size(size)  # type: ignore[arg-type]
                    await expect(page.locator(".now-text")).to_have_text(words.text)
                    await expect(page.locator(".note-text")).to_contain_text(words.text[:40])
                    await hold(page, "body", STAGE_LEAST_PX, TEXT)

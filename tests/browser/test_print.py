"""Sheets as Chromium prints them: pages of the PDF, their size, and nothing out of its place. And the yes to a badge."""

from __future__ import annotations

import asyncio
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from board.data.afterwards import Gathered, Version
from board.model.consent import Decisions
from board.model.keepsakes import Names
from board.model.models import Recipient
from board.web import printing
from board.web.ending import poster_values, svg
from board.web.templating import filled
from tests.badges import address_of
from tests.browser.conftest import LAPTOP, PHONE, SMALL_PHONE, Pages
from tests.browser.test_accessibility import check
from tests.sentences import ENGLISH
from tests.servers import Server, tool
from tests.test_afterwards import BOARD, card

MM_PX = 96 / 25.4
# Points, as a PDF tells its pages.
SIZES = {"a4": (595, 842), "letter": (612, 792)}
NAMES = [
    "Nadia Rahman",
    "منى عبد الله",
    "ចាន់ សុភា",
    "নাদিয়া রহমান",
    "ሰላማዊት ታደሰ",
    "မြန်မာ သူဇာ",
    "Nguyễn Thị Minh Khai",
    "Dr. K. Sivakumar",
    "Jo",
    "Wolfeschlegelsteinhausenberger",
    "Alexandrina-Margherita d'Aragona-Bourbon",
    "W" * 60,
]
SHEETS = ["poster", "tables", "badges", "paper", "fallback", "ending"]
A1 = (1684, 2384)
READABLE_MM = 1.9  # where somebody stands before a poster; a name in a newspaper is as large
# Everything of a sheet stays in it, and a name in its badge: else it is cut off on paper.
OUT_OF_PLACE = """() => Array.from(document.querySelectorAll('.leaf, .badge-names, [data-fit], .slip, .tent'))
    .filter((box) => box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1)
    .map((box) => `${box.className}: ${box.textContent.trim().slice(0, 60)}`)"""
# How large a name is and how wide its box; and how wide the name would be on one line of that size.
TITLE_IN_CORNER = """() => Array.from(document.querySelectorAll('.poster, .tent, .badge')).filter((sheet) => {
    const facet = sheet.querySelector('.facet').getBoundingClientRect();
    const words = document.createRange();
    words.selectNodeContents(sheet.querySelector('.gathering, .when, .badge-gathering'));
    const title = words.getBoundingClientRect();
    const beside = title.right <= facet.left || facet.right <= title.left;
    return !beside && title.top < facet.bottom && facet.top < title.bottom;
}).map((sheet) => sheet.className)"""
SIZE = """(name) => {
    const box = Array.from(document.querySelectorAll('.badge-large')).find((box) => box.textContent === name);
    return [parseFloat(box.style.fontSize), box.clientWidth];
}"""
ROOM = """([name, size]) => {
    const line = document.body.appendChild(document.createElement('span'));
    line.textContent = name;
    line.className = 'badge-large';
    line.style.cssText = `position: absolute; white-space: nowrap; font-size: ${size}px`;
    const width = line.getBoundingClientRect().width;
    line.remove();
    return width;
}"""


@pytest.fixture(scope="module")
def board(server: Server, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """With a hundred people and forty sessions in a day."""
    board = server.create("The Innovation Lab of all who care for safe work", "--subtitle", "Bangkok")
    folder = tmp_path_factory.mktemp("print")
    people, agenda = folder / "people.csv", folder / "agenda.csv"
    named = [*NAMES, *(f"Person{at} of the List" for at in range(100 - len(NAMES)))]
    people.write_text(
        "\n".join(["id,name,team", *(f"p{at},{name},Team {at % 9}" for at, name in enumerate(named))]), encoding="utf-8"
    )
    rows = [f"Session {at},2026-05-04,{at // 4 + 8:02d}:{at % 4 * 15:02d},Hall,Nadia Rahman" for at in range(40)]
    agenda.write_text("\n".join(["title,date,start,room,speakers", *rows]), encoding="utf-8")
    server.run("import-people", board["code"], str(people))
    server.run("import-agenda", board["code"], str(agenda))
    return board


async def opened(pages: Pages, server: Server, board: dict[str, str], address: str, viewport: dict[str, int] = LAPTOP) -> Page:
    page = await pages.open(f"{server.url}/healthz", viewport)
    await page.context.request.get(board["organise_url"])  # for its cookie; the page behind it takes longer than the sheet
    await page.goto(f"{server.url}/b/{board['code']}/print/{address}")
    await page.wait_for_selector("html[data-ready]", state="attached")
    return page


def said(program: str, *arguments: str | Path) -> str:
    command = [tool(program, "poppler-utils"), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


async def printed(page: Page, tmp_path: Path) -> tuple[int, tuple[int, int], str]:
    """How many pages, how large, and their text."""
    file = tmp_path / "sheet.pdf"
    await page.pdf(path=file, prefer_css_page_size=True, print_background=True)
    output, text = await asyncio.to_thread(said, "pdfinfo", file), await asyncio.to_thread(said, "pdftotext", file, "-")
    (count,) = re.findall(r"Pages: +(\d+)", output)
    ((width, height),) = re.findall(r"Page size: +([\d.]+) x ([\d.]+)", output)
    return int(count), (round(float(width)), round(float(height))), text


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("poster?network=Lotus+Guest&password=lotus-2026&second=احتفِ بزميل. اسأل ما تشاء.", 1),
        ("tables?second=আজ কে আপনাকে কিছু শিখিয়েছেন?&network=Lotus+Guest", 1),
        ("badges?", 25),
        ("paper?count=9", 3),
        ("paper?count=1&kind=question", 1),
    ],
)
async def test_a_sheet_has_the_expected_pages_and_cuts_nothing_off(
    pages: Pages, server: Server, board: dict[str, str], tmp_path: Path, address: str, count: int, size: str
) -> None:
    page = await opened(pages, server, board, f"{address}&size={size}")
    assert await page.evaluate(OUT_OF_PLACE) == []
    found = await printed(page, tmp_path)
    assert found[:2] == (count, SIZES[size])
    assert "Lotus" in found[2] or "network" not in address


@pytest.mark.parametrize("address", ["poster", "tables"])
async def test_the_longest_headlines_and_titles_stay_on_their_sheet(
    pages: Pages, server: Server, tmp_path: Path, address: str
) -> None:
    board = server.create(("The International Gathering of everybody who cares " * 2)[:60], "--subtitle", "ស្វាគមន៍ " * 13)
    long = "সহকর্মীদের ধন্যবাদ জানান " * 3
    page = await opened(
        pages, server, board, f"{address}?headline={'Wholeheartedly ' * 5}&second={long}&network={'W' * 32}&password={'W' * 63}"
    )
    assert await page.evaluate(OUT_OF_PLACE) == []
    assert (await printed(page, tmp_path))[0] == 1


@pytest.mark.parametrize(("cards", "people", "least_mm"), [(150, 120, 4.5), (5_000, 2_000, READABLE_MM)])
async def test_the_ending_is_one_page_of_a1_with_every_name_whole_and_readable(
    pages: Pages, server: Server, tmp_path: Path, cards: int, people: int, least_mm: float
) -> None:
    """The page is made of cards that nobody had to send."""
    html = poster_of(cards, [f"{NAMES[at % len(NAMES)][:24]} {at}" for at in range(people)])
    page = await pages.open(f"{server.url}/healthz", LAPTOP)
    await page.route("**/poster-of-many", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    await page.goto(f"{server.url}/poster-of-many")
    await page.wait_for_selector("html[data-ready]", state="attached")
    assert await page.evaluate(OUT_OF_PLACE) == []
    assert await page.evaluate("document.querySelectorAll('.end-name').length") == people
    assert (
        await page.evaluate("parseFloat(getComputedStyle(document.querySelector('.end-names')).fontSize)") >= least_mm * MM_PX
    )
    count, size, text = await printed(page, tmp_path)
    assert (count, size) == (1, A1)
    assert "Nadia Rahman 0" in text


def poster_of(cards: int, names: list[str]) -> str:
    made = [
        card(at, to=[Recipient(names[at % len(names)], "Jordan")], author=names[-1], author_team="Jordan")
        for at in range(cards)
    ]
    found = Gathered(Version(BOARD.id, BOARD.epoch, BOARD.seq), BOARD, made, Names([]), Decisions([]))
    values = poster_values(found, ENGLISH) | {"ground": "night", "logo": "", "rehearsal": False, "config": {}}
    sheet = next(one for one in printing.SHEETS if one.name == "ending")
    options = printing.Options("a4", "", "", "", "", "")
    return filled("print_ending.html", ENGLISH, board=BOARD, sheet=sheet, sheets=printing.SHEETS, options=options, **values)


async def test_a_long_day_continues_on_a_second_page_with_its_head_and_whole_lines(
    pages: Pages, server: Server, board: dict[str, str], tmp_path: Path
) -> None:
    page = await opened(pages, server, board, "fallback?day=2026-05-04&network=Lotus")
    count, _, text = await printed(page, tmp_path)
    assert 2 <= count <= 4
    assert [name for name in (f"Session {at}\n" for at in range(40)) if name not in text] == []
    heads = [part.count("Session\n") for part in text.split("\f") if "Session " in part]
    assert heads == [1] * len(heads)
    assert "If something fails" in text


async def test_without_the_script_names_are_smaller_and_the_same_pages_are_printed(
    pages: Pages, server: Server, board: dict[str, str], tmp_path: Path
) -> None:
    context = await pages.context(LAPTOP, java_script_enabled=False)
    page = await pages.open_in(context, board["organise_url"])
    await page.goto(f"{server.url}/b/{board['code']}/print/badges")
    assert (await printed(page, tmp_path))[0] == 25


async def test_a_name_is_as_large_as_the_width_of_its_badge_allows(pages: Pages, server: Server, board: dict[str, str]) -> None:
    page = await opened(pages, server, board, "badges")
    short, width = await page.evaluate(SIZE, "Jo")
    for name in ("Sivakumar", "Alexandrina-Margherita", "Wolfeschlegelsteinhausenberger"):
        own, _ = await page.evaluate(SIZE, name)
        assert own < short
        assert 0.93 * width <= await page.evaluate(ROOM, [name, own]) <= width + 1, name


@pytest.mark.parametrize("sheet", SHEETS)
async def test_the_page_of_a_sheet_fits_its_screen_and_is_accessible(
    pages: Pages, server: Server, board: dict[str, str], sheet: str
) -> None:
    """Of badges a dozen: a hundred take the checker ten seconds, and are the same."""
    page = await opened(pages, server, board, f"{sheet}?second=احتفِ&team=Team 1")
    for viewport in (LAPTOP, PHONE, SMALL_PHONE):
        await page.set_viewport_size(viewport)
        # The page makes its sheets smaller once it hears of the new width.
        await page.wait_for_function("() => document.documentElement.scrollWidth <= innerWidth")
        await check(page, f"{sheet} {viewport}")


@pytest.mark.parametrize("sheet", ["poster", "tables", "badges"])
async def test_title_and_corner_of_a_sheet_do_not_overlap_in_either_direction(
    pages: Pages, server: Server, board: dict[str, str], sheet: str
) -> None:
    page = await opened(pages, server, board, sheet)
    for direction in ("ltr", "rtl"):
        await page.evaluate("(direction) => { document.documentElement.dir = direction; }", direction)
        assert await page.evaluate(TITLE_IN_CORNER) == [], direction
        mirrored = await page.evaluate("new DOMMatrix(getComputedStyle(document.querySelector('.facet')).transform).a")
        assert mirrored == (-1 if direction == "rtl" else 1)


async def test_options_are_typed_and_the_sheet_is_printed_by_keyboard(
    pages: Pages, server: Server, board: dict[str, str]
) -> None:
    page = await opened(pages, server, board, "poster")
    await page.evaluate("window.print = () => { document.title = 'printed'; }")
    field = page.get_by_label("Headline")
    await field.focus()
    await page.keyboard.type("Thank somebody today")
    await page.keyboard.press("Enter")
    await expect(page.locator(".poster-words")).to_contain_text("Thank somebody today")
    await page.get_by_label("Paper").select_option("letter")
    await expect(page.locator("main.is-letter .poster-words")).to_contain_text("Thank somebody today")
    await page.evaluate("window.print = () => { document.title = 'printed'; }")
    button = page.get_by_role("button", name="Print")
    await button.focus()
    await page.keyboard.press("Enter")
    await expect(page).to_have_title("printed")


async def _participant(page: Page, code: str) -> Any:
    return await page.evaluate(f"fetch('/api/b/{code}/mine').then((answer) => answer.json()).then((mine) => mine.participant)")


async def test_two_phones_read_a_badge_one_after_the_other(pages: Pages, server: Server, board: dict[str, str]) -> None:
    address = server.url + address_of(server, board, "p0")
    first = await pages.open(address)
    await expect(first.get_by_role("heading")).to_have_text("Are you Nadia Rahman?")
    await check(first, "badge")
    await first.get_by_role("button", name="Yes, that is me").click()
    await first.wait_for_url(f"**/b/{board['code']}")
    assert (await _participant(first, board["code"]))["name"] == "Nadia Rahman"
    second = await pages.open(address, SMALL_PHONE)
    assert (await _participant(first, board["code"]))["name"] == "Nadia Rahman"  # looking takes nothing
    await second.keyboard.press("Tab")
    await second.keyboard.press("Enter")
    await second.wait_for_url(f"**/b/{board['code']}")
    assert (await _participant(second, board["code"]))["name"] == "Nadia Rahman"
    assert (await _participant(first, board["code"]))["name"] is None


async def test_a_confirmation_that_fails_says_so_and_can_be_repeated(
    pages: Pages, server: Server, board: dict[str, str]
) -> None:
    page = await pages.open(server.url + address_of(server, board, "p1"))
    await page.context.set_offline(True)
    yes = page.get_by_role("button", name="Yes, that is me")
    await yes.click()
    await expect(page.get_by_role("alert")).to_be_visible()
    await page.context.set_offline(False)
    await yes.click()
    await page.wait_for_url(f"**/b/{board['code']}")


APART = """() => {
  const rows = new Map();
  const all = [...document.querySelectorAll("text")].map((one) => ({ words: one.textContent, box: one.getBBox() }));
  for (const one of all) {
    const line = Math.round(one.box.y + one.box.height / 2);
    rows.set(line, [...(rows.get(line) ?? []), one]);
  }
  const over = [...rows.values()].flatMap((row) => row.sort((one, other) => one.box.x - other.box.x).filter(
    (one, at) => at && one.box.x < row[at - 1].box.x + row[at - 1].box.width));
  const out = all.filter(({ box }) => box.x < 0 || box.y < 0 || box.x + box.width > 594 || box.y + box.height > 841);
  const fonts = [...document.fonts].filter(({ status }) => status === "loaded").length;
  return { over: over.map(({ words }) => words), out: out.map(({ words }) => words), fonts, count: all.length };
}"""


@pytest.mark.parametrize("people", [12, 150, 2_000])
async def test_names_in_the_drawing_of_the_ending_do_not_overlap_in_any_script(
    pages: Pages, server: Server, people: int
) -> None:
    """The server has no letters to measure: here the browser measures what it was given."""
    names = [f"{NAMES[at % len(NAMES)][:55]} {at}" for at in range(people)]
    made = [card(at, to=[Recipient(name, "Jordan")], author=None, author_team="Jordan") for at, name in enumerate(names)]
    found = Gathered(Version(BOARD.id, BOARD.epoch, BOARD.seq), BOARD, made, Names([]), Decisions([]))
    picture = svg(found, ENGLISH, "white")
    page = await pages.open(f"{server.url}/healthz", LAPTOP)
    await page.route("**/ending.svg", lambda route: route.fulfill(body=picture, content_type="image/svg+xml"))
    await page.goto(f"{server.url}/ending.svg")
    await page.evaluate("document.fonts.ready.then(() => 0)")
    seen = await page.evaluate(APART)
    assert (seen["over"], seen["out"]) == ([], [])
    assert seen["fonts"] >= 6
    assert seen["count"] == people + 2

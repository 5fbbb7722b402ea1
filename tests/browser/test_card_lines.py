"""Each card says to its end who celebrates whom; the spaces of text are as wide on every page, and from the first sight."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.async_api import Page, Route, TimeoutError, expect

from tests.browser.cases import all_of_them
from tests.browser.conftest import PHONE, STAGE, Pages
from tests.browser.test_legibility import SIZES
from tests.browser.test_phone import lane
from tests.conftest import People
from tests.people import Attendee
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]
THEMES = ("Industrial relations", "Safety and health", "Compliance tools")
# Of name, team and sentence: short ones stand in narrow cards, and their letters would grow.
LONG = [
    ("Trần Thị Thu Hương", "Sri Lanka"),
    ("Zephyrine Ratsimandresy", "Madagascar"),
    ("Marie-Ange Pierre-Louis", "Haiti"),
    ("Selvarajah Nadarajah", "Sri Lanka"),
]
# A card whose author fits at the least size and no more at the sure one: whether it wraps, and whether its
# author is cut; and whether it wraps where a third of a pixel is missing.
LARGER = """async () => {
  const { fit } = await import("/static/now/js/screen/fit.js");
  const box = document.createElement("div");
  box.style.cssText = "position: fixed; inset: 0 auto auto 0; inline-size: 400px; block-size: 600px; font: 20px monospace";
  const made = (tag, name, style, ...children) => {
    const one = Object.assign(document.createElement(tag), { className: name });
    one.style.cssText = style;
    one.append(...children);
    return one;
  };
  const who = made("span", "card-who", "overflow: hidden; min-inline-size: 0", "from Nguyen Huong · Viet Nam");
  box.append(made("div", "fit", "", made("p", "card-foot", "font-size: 1em; display: flex", who)));
  document.body.append(box);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(".card-foot { white-space: nowrap } .wraps .card-foot { white-space: normal }");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  fit([{ box, min: 16, max: 40, sure: 40 }]);
  const seen = [box.classList.contains("wraps"), who.scrollWidth > who.clientWidth + 1];
  const words = document.createRange();
  words.selectNodeContents(who);
  box.classList.remove("wraps");
  box.style.fontSize = "16px";
  box.style.inlineSize = `${words.getBoundingClientRect().width - 0.3}px`;
  fit([{ box, min: 16, max: 16 }]);
  return [...seen, box.classList.contains("wraps")];
}"""
# Authors that are cut off, and cards that do not say what they are because their theme takes the line.
CUT = """() => [...document.querySelectorAll(".cell:not([data-leaving]) .card")].flatMap((card) => {
  const [head, kind, who] = [".card-head", ".card-for", ".card-who"].map((part) => card.querySelector(part));
  const line = head.getBoundingClientRect();
  const hidden = kind.getBoundingClientRect().top > line.top + line.height / 2;
  const words = document.createRange();
  words.selectNodeContents(who);
  const isCut = words.getBoundingClientRect().width > who.getBoundingClientRect().width + 0.1; // scrollWidth is rounded
  return [hidden && kind.textContent, isCut && who.textContent].filter(Boolean);
})"""
# At which widths of an author's place the team is torn, though it fits.
TORN = """() => {
  const who = [...document.querySelectorAll(".cell .card-who")].find((one) => one.textContent.includes("Sri Lanka"));
  who.closest(".fit").classList.add("wraps");
  const team = who.querySelector("bdi + bdi");
  const words = document.createRange();
  words.selectNodeContents(team);
  const lines = () => new Set([...words.getClientRects()].map((box) => Math.round(box.top))).size;
  const torn = [];
  who.style.cssText = "flex: none; white-space: nowrap";
  for (let width = Math.ceil(words.getBoundingClientRect().width) + 1; width < 700; width += 5) {
    who.style.cssText = `flex: none; inline-size: ${width}px; white-space: normal`;
    if (lines() > 1) torn.push(width);
  }
  return torn;
}"""
STARTS = """() => [...document.querySelectorAll(".cell .card")].map((card) =>
  [".card-for", ".card-to"].map((part) => {
    const words = document.createRange();
    words.selectNodeContents(card.querySelector(part));
    return Math.round(words.getBoundingClientRect().left / 4);
  }))"""
# In em of each text's own size.
SPACES = """(names) => [...document.querySelectorAll(names)].map((one) => {
  const { wordSpacing, fontSize } = getComputedStyle(one);
  return parseFloat(wordSpacing) / parseFloat(fontSize);
})"""
LEAST_SPACE_EM = 0.065


async def wall(page: Page, link: str, size: tuple[int, int], count: int) -> None:
    """It begins at this size."""
    await page.set_viewport_size({"width": size[0], "height": size[1]})
    await page.goto(link)
    await expect(page.locator(".cell .card").nth(count - 1)).to_be_visible()
    await page.evaluate("document.fonts.ready")
    await page.wait_for_function("document.querySelectorAll('[data-leaving]').length === 0")


async def nothing_is_cut(page: Page) -> None:
    with suppress(TimeoutError):  # a card is laid out again when its letters come
        await page.wait_for_function(f"() => ({CUT})().length === 0")
    assert await page.evaluate(CUT) == []


async def test_authors_and_the_word_above_the_name_are_whole_on_the_wall(pages: Pages, server: Server, people: Of) -> None:
    words = [word for theme in THEMES for word in ("--theme", theme)]
    board = server.create("Lab", *words, "--team", "Haiti", "--team", "Sri Lanka", "--team", "Madagascar")
    here = people(server, board)
    authors: list[Attendee] = [await here.attendee(*who) for who in LONG]
    for number in range(8):
        author = authors[number % len(authors)]
        themes = (await author.snapshot())["themes"]
        to = [{"name": ("Mai", "Jo", "Rina")[number % 3], "team": "Haiti"}]
        await author.celebrate("You listened before you gave advice.", to=to, theme=themes[number % 3]["id"])
    page = await pages.open(f"{server.url}/healthz", STAGE, reduced_motion="reduce")
    with all_of_them() as case:
        for size in SIZES:
            with case(f"{size}"):
                await wall(page, board["screen_url"], size, 2)
                await nothing_is_cut(page)
                assert await page.evaluate(TORN) == []


async def test_an_author_whom_larger_letters_cut_takes_a_second_line(pages: Pages, board: dict[str, str]) -> None:
    """A sentence comes to the size at which it is read, even at the cost of the author's end: not where there is room."""
    page = await pages.open(board["screen_url"], {"width": 1920, "height": 1080})
    await page.evaluate("document.fonts.ready")
    assert await page.evaluate(LARGER) == [True, False, True]


async def test_a_card_without_a_theme_says_what_it_is_where_its_name_begins(
    pages: Pages, board: dict[str, str], server: Server, people: Of
) -> None:
    author = await people(server, board).attendee("Omar", "Jordan")
    await author.celebrate("You came in spite of the rain.", to=[{"name": "Sokha", "team": "Cambodia"}])
    page = await pages.open(f"{server.url}/healthz", STAGE, reduced_motion="reduce")
    await wall(page, board["screen_url"], SIZES[0], 1)
    ((kind, name),) = await page.evaluate(STARTS)
    assert abs(kind - name) <= 1


async def test_the_spaces_of_a_feed_are_those_of_the_first_style_sheet(
    pages: Pages, board: dict[str, str], server: Server, people: Of
) -> None:
    """Else each line of it breaks anew when the second one comes, while somebody reads."""
    await (await people(server, board).attendee("Omar", "Jordan")).celebrate("You came in spite of the rain.")
    context = await pages.context(PHONE)

    async def late(route: Route) -> None:
        await route.abort()

    await context.route("**/later.css*", late)
    page = await context.new_page()
    await page.goto(board["join_url"])
    await expect(page.locator(".card-text")).to_be_visible()
    found = await page.evaluate(SPACES, ".card-text, .card-foot, .reaction")
    assert found
    assert min(found) >= LEAST_SPACE_EM


@pytest.mark.parametrize("link", ["moderate_url", "organise_url"])
async def test_the_spaces_of_the_desk_and_the_organisers_page_are_as_wide(
    link: str, pages: Pages, board: dict[str, str]
) -> None:
    page = await pages.open(board[link])
    await expect(page.locator("button:visible").first).to_be_visible()
    found = await page.evaluate(SPACES, "body, button:not(:has(h1, h2, h3))")
    assert len(found) > 1
    assert min(found) >= LEAST_SPACE_EM


async def test_under_me_each_of_my_cards_says_for_whom_it_is(
    pages: Pages, board: dict[str, str], server: Server, people: Of
) -> None:
    author = await people(server, board).attendee("Omar", "Jordan")
    await author.celebrate("شكراً لأنك علمتني كيف أقيس الحرارة", to=[{"name": "Dara Sok", "team": "Cambodia"}])
    context = await pages.context(PHONE)
    cookies = [{"name": one.name, "value": str(one.value), "url": author.url} for one in author.http.cookies.jar]
    await context.add_cookies(cookies)  # type: ignore[arg-type]
    phone = await pages.open_in(context, board["join_url"])
    await lane(phone, "Me")
    await expect(phone.locator(".mine-kind > bdi")).to_have_text("For Dara Sok")


async def test_the_map_says_what_it_shows(pages: Pages, board: dict[str, str], server: Server, people: Of) -> None:
    here = people(server, board)
    await (await here.attendee("Omar", "Jordan")).celebrate(to=[{"name": "Sokha", "team": "Cambodia"}])
    await (await here.moderator()).send("PUT", "/screen", {"scene": "map"})
    page = await pages.open(board["screen_url"], STAGE)
    await expect(page.get_by_role("heading", name="Who celebrates whom")).to_be_visible()


async def test_what_stands_in_the_organisers_stone_stays_in_it(pages: Pages, board: dict[str, str]) -> None:
    """Its units are not those of the page: the page's spaces would tear its words apart."""
    page = await pages.open(board["organise_url"])
    texts = page.locator(".stone text")
    await expect(texts.first).to_be_visible()
    spaces = await texts.evaluate_all("(texts) => texts.map((text) => getComputedStyle(text).wordSpacing)")
    assert set(spaces) == {"0px"}

"""WCAG 2.2 AA as far as a program can tell (axe-core), on every page in its states, light and dark; and what it cannot: keys,
forced colours, a page at twice its size."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE, STAGE, Pages
from tests.browser.test_phone import lane
from tests.conftest import People
from tests.people import Json
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]
PROJECTOR = {"width": 1280, "height": 720}

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}} | {
    "resultTypes": ["violations"]
}
OF_COLOURS = RULES | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


@pytest.fixture
async def filled(server: Server, board: dict[str, str], people: Of) -> dict[str, Json]:
    """One of each that a page can show."""
    here = people(server, board)
    omar, moderator = await here.attendee("Omar", "Jordan"), await here.moderator()
    shown = {
        "card": await omar.celebrate("You taught me how to measure heat.", theme=None),
        "pinned": await omar.celebrate(
            "شكراً على دليل الحوار الاجتماعي.", to=[{"name": "نادية"}, {"name": "Sokha", "team": "Cambodia"}]
        ),
        "question": await omar.ask("Who pays for the training of delegates?"),
        "answered": await omar.ask("Can we get the slides?"),
        "held": await omar.ask("Is this one unkind?"),
    }
    await moderator.moderate(shown["pinned"], pinned=True)
    await moderator.moderate(shown["answered"], answered=True, answer="Yes, tonight.")
    await moderator.moderate(shown["held"], state="hidden", reason="Please say it a little more kindly.")
    await moderator.send("PATCH", "", {"premoderate": {"question": True}})
    shown["waiting"] = await omar.ask("Does this one wait?")
    return shown


Violation = tuple[str, str, list[str]]
"""In which state, against which rule, and where."""


async def check(page: Page, what: str) -> None:
    assert await violations(page, what) == []


async def violations_in_both_lights(page: Page, what: str) -> list[Violation]:
    """Of all rules by day; of those about colours in the dark, too."""
    found = await violations(page, what)
    await page.emulate_media(color_scheme="dark")
    found += await violations(page, f"{what}, dark", OF_COLOURS)
    await page.emulate_media(color_scheme="light")
    return found


async def violations(page: Page, what: str, rules: dict[str, Any] = RULES) -> list[Violation]:
    """For a test that goes through many states of one page: a page that was looked at before takes a third of the time."""
    await page.wait_for_timeout(400)  # motion is over: half-transparent text has no contrast
    if not await page.evaluate("'axe' in window"):  # to read it takes as long as to run it
        await page.evaluate(Axe().axe_script)
    found = await page.evaluate("async (rules) => (await axe.run(rules)).violations", rules)
    return [(what, rule["id"], [node["html"][:160] for node in rule["nodes"]][:3]) for rule in found]


async def nothing(page: Page) -> None:
    pass


async def composer_of_a_card(page: Page) -> None:
    await page.get_by_role("button", name="Celebrate someone").click()
    await page.locator("#to").press_sequentially("so")
    await page.get_by_role("button", name="Send to the board").click()  # and the page says what is wrong
    await page.locator(".error").first.wait_for()


async def composer_of_a_question(page: Page) -> None:
    await lane(page, "Ask")
    await page.get_by_role("button", name="Ask a question").click()
    await page.locator("#text").press_sequentially("Who pays the delegates for the training")
    await page.locator(".similar").wait_for()


async def name_step(page: Page) -> None:
    await lane(page, "Ask")
    await page.get_by_role("button", name="Ask a question").click()
    await page.locator("#text").fill("Whose question is this?")
    await page.get_by_role("button", name="Send to the board").click()
    await page.get_by_label("Your name").wait_for()


PHONE_STATES: dict[str, Callable[[Page], Awaitable[None]]] = {
    "celebrate": nothing,
    "card": composer_of_a_card,
    "ask": lambda page: lane(page, "Ask"),
    "question": composer_of_a_question,
    "name": name_step,
    "me": lambda page: lane(page, "Me"),
}


async def test_the_phone_is_accessible(pages: Pages, board: dict[str, str], filled: dict[str, Json]) -> None:
    page = await pages.open(board["join_url"], PHONE, bypass_csp=True)
    await page.locator("[data-id]").first.wait_for()
    found = []
    for state, reached in PHONE_STATES.items():
        await reached(page)
        found += await violations_in_both_lights(page, state)
        if await page.locator("#composer[open]").count():
            await page.go_back()
            await expect(page.locator("#composer[open]")).to_have_count(0)
    assert not found, "\n".join(map(str, found))


async def test_pages_without_a_board_are_accessible(pages: Pages, server: Server) -> None:
    page = await pages.open(f"{server.url}/healthz", PHONE, bypass_csp=True)
    found = []
    for path in ("/", "/?code=WRONG", "/b/NOWHERE", "/l/wrong"):
        await page.goto(server.url + path)
        found += await violations_in_both_lights(page, path)
    assert not found, "\n".join(map(str, found))


async def test_an_empty_board_is_accessible(pages: Pages, board: dict[str, str]) -> None:
    page = await pages.open(board["join_url"], PHONE, bypass_csp=True)
    found = []
    for name in ("Celebrate", "Ask", "Me"):
        await lane(page, name)
        found += await violations(page, name)
    await page.set_viewport_size(LAPTOP)  # type: ignore[arg-type]
    for name, drawn in (("screen_url", "html[data-scene]"), ("moderate_url", "[data-tab]:visible")):
        await page.goto(board[name])
        await page.locator(drawn).first.wait_for()
        found += await violations(page, name)
    assert not found, "\n".join(map(str, found))


async def test_the_large_screen_is_accessible(
    pages: Pages, server: Server, board: dict[str, str], people: Of, filled: dict[str, Json]
) -> None:
    """As a small projector has it, whose letters are the smallest: to draw a scene takes half as long."""
    moderator = await people(server, board).moderator()
    page = await pages.open(board["screen_url"], PROJECTOR, bypass_csp=True)
    found = []
    for scene in ("join", "cards", "questions", "spotlight", "map", "recap", "blank"):
        wanted = {"scene": scene} | ({"post": filled["card"]["id"]} if scene == "spotlight" else {})
        assert (await moderator.send("PUT", "/screen", wanted)).status_code == 200
        await expect(page.locator("html")).to_have_attribute("data-scene", scene)
        await page.wait_for_timeout(1500)
        found += await violations(page, scene)
    assert not found, "\n".join(map(str, found))


async def test_the_desk_is_accessible(pages: Pages, board: dict[str, str], filled: dict[str, Json]) -> None:
    """On a laptop and on a phone: one page, for a desk takes longer to load than to look at."""
    page = await pages.open(board["moderate_url"], LAPTOP, bypass_csp=True)
    await page.locator(".row").first.wait_for()
    found = []
    for viewport in (LAPTOP, PHONE):
        await page.set_viewport_size(viewport)  # type: ignore[arg-type]
        for name in ("waiting", "board", "held"):
            await page.locator(f'[data-tab="{name}"]:visible').first.click()
            await page.locator(".row").first.wait_for()
            found += await violations_in_both_lights(page, f"{name} {viewport}")
        await page.keyboard.press("?")
        await page.locator("#pop").wait_for()
        found += await violations_in_both_lights(page, f"help {viewport}")
        await page.keyboard.press("Escape")
    await without_recipient(page)
    for what in ("no recipient", "another recipient"):
        if what == "another recipient":
            await page.locator("#to").fill("Nobody Here")
            await page.locator(".offer").first.wait_for()
        for viewport in (LAPTOP, PHONE):
            await page.set_viewport_size(viewport)  # type: ignore[arg-type]
            found += await violations_in_both_lights(page, f"{what} {viewport}")
    assert not found, "\n".join(map(str, found))


async def without_recipient(desk: Page) -> None:
    """The desk says what is wrong with a card to nobody."""
    await desk.locator('[data-tab="board"]:visible').first.click()
    await desk.locator('.row[data-kind="card"] [data-act="menu"]').first.click()
    await desk.get_by_role("button", name="Correct the recipient").click()
    chips = desk.locator(".to-away")
    await chips.first.wait_for()
    for left in reversed(range(await chips.count())):  # a chip goes with the next frame of the page
        await chips.first.click()
        await expect(chips).to_have_count(left)
    await desk.get_by_role("button", name="Save").click()
    await desk.locator("#to-error").wait_for()


# Forced colours take surfaces away. What then has no line: a button without an edge, a chosen one without a mark.
WITHOUT_LINE = """() => {
  const shown = (one) => one.getClientRects().length && getComputedStyle(one).visibility === "visible";
  const bare = (one) => !parseFloat(getComputedStyle(one).borderTopWidth);  // 0 where the style is none
  const unmarked = (one) => getComputedStyle(one).outlineStyle === "none";
  const named = (one) => one.textContent.trim() || one.getAttribute("aria-label");
  const chosen = '[aria-pressed="true"], [aria-current="page"]';
  return [[...document.querySelectorAll("button:not(.switch)")].filter((one) => shown(one) && bare(one)).map(named),
    [...document.querySelectorAll(chosen)].filter((one) => shown(one) && unmarked(one)).map(named)];
}"""


@pytest.mark.usefixtures("filled")
async def test_in_forced_colours_buttons_have_an_edge_and_chosen_ones_a_mark(pages: Pages, board: dict[str, str]) -> None:
    page = await pages.open(board["join_url"], PHONE, forced_colors="active")
    for name, first, viewports in (("join_url", ".card", [PHONE]), ("moderate_url", ".row", [PHONE, LAPTOP])):
        if name != "join_url":
            await page.goto(board[name])
        for viewport in viewports:
            await page.set_viewport_size(viewport)  # type: ignore[arg-type]
            await page.locator(first).first.wait_for()
            assert await page.evaluate(WITHOUT_LINE) == [[], []], f"{name} {viewport}"


# -- what a program must try ---------------------------------------------------------------------------------------


async def test_a_card_can_be_written_with_the_keyboard_alone(
    pages: Pages, board: dict[str, str], people: Of, server: Server
) -> None:
    page = await pages.open(board["join_url"], PHONE)
    await expect(page.locator(".button-primary")).to_be_enabled()
    await page.keyboard.press("Tab")  # before all reactions of all cards
    await expect(page.get_by_role("button", name="Celebrate someone")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("#to")).to_be_focused()
    await page.keyboard.type("Nadia")
    await page.keyboard.press("Enter")
    await expect(page.locator("#to")).to_be_focused()
    for _ in range(20):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement.id") == "text":
            break
    await page.keyboard.type("You made room for every voice.")
    for _ in range(20):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement.type") == "submit":
            break
    await page.keyboard.press("Enter")
    await expect(page.locator("#name")).to_be_focused()
    await page.keyboard.type("Sokha")
    await page.keyboard.press("Enter")
    await expect(page.locator(".card:not(.is-waiting)")).to_contain_text("You made room for every voice.")
    assert [post["author"]["name"] for post in (await (await people(server, board).attendee()).snapshot())["posts"]] == [
        "Sokha"
    ]
    assert await page.evaluate("document.activeElement !== document.body"), "focus is not lost with the sheet"


async def test_escape_closes_the_sheet_and_focus_goes_back(pages: Pages, board: dict[str, str]) -> None:
    page = await pages.open(board["join_url"], PHONE)
    opener = page.get_by_role("button", name="Celebrate someone")
    await opener.focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("#composer")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.locator("#composer")).not_to_be_visible()
    await expect(opener).to_be_focused()


async def test_text_at_twice_the_size_is_not_cut_off(pages: Pages, board: dict[str, str], filled: dict[str, Json]) -> None:
    """200 % of a laptop is half its width."""
    page = await pages.open(board["join_url"], {"width": 640, "height": 400})
    for name, first in (("join_url", "[data-id]"), ("moderate_url", ".row")):
        if name != "join_url":
            await page.goto(board[name])
        await page.locator(first).first.wait_for()
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), name


async def test_forced_colours_keep_buttons_and_focus_visible(
    pages: Pages, board: dict[str, str], filled: dict[str, Json]
) -> None:
    page = await pages.open(board["join_url"], PHONE, forced_colors="active")
    button = page.get_by_role("button", name="Celebrate someone")
    await button.wait_for()
    await page.keyboard.press("Tab")
    focused = await page.evaluate(
        "() => { const style = getComputedStyle(document.activeElement); return [style.outlineStyle, style.outlineWidth] }"
    )
    assert focused[0] != "none"
    assert float(focused[1].removesuffix("px")) >= 2


async def test_reduced_motion_stops_every_animation(pages: Pages, board: dict[str, str], filled: dict[str, Json]) -> None:
    page = await pages.open(board["join_url"], PHONE, reduced_motion="reduce", ground_moves=True)
    for name, viewport in (("join_url", PHONE), ("screen_url", STAGE), ("moderate_url", LAPTOP)):
        if name != "join_url":
            await page.set_viewport_size(viewport)  # type: ignore[arg-type]
            await page.goto(board[name])
        await page.wait_for_timeout(1500)
        moving = await page.evaluate(
            """() => document.getAnimations().filter((one) => one.playState === "running" &&
            Number(one.effect.getComputedTiming().duration) > 10 &&
            one.effect.getKeyframes().some((frame) => "transform" in frame || "translate" in frame || "scale" in frame))
            .map((one) => [one.animationName ?? one.id, one.effect.target?.className])"""
        )
        assert moving == [], name

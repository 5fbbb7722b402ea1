"""The large screen in Chromium: what is posted lights up, what is hidden goes, and a lost network never embarrasses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.async_api import Page, expect

from tests.browser.cases import all_of_them
from tests.browser.conftest import STAGE, Pages
from tests.browser.test_legibility import SIZES, settled
from tests.browser.test_phone import say_who, write_card
from tests.conftest import People
from tests.relay import relay
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]
SMALL = {"width": 640, "height": 360}
MANY_CARDS = 80
# A new card stands large for up to nine seconds before the next one.
LIGHT_MS = 25_000
MOST_CARDS_IN_THE_PAGE = 60
BEYOND = """(names) => [...document.querySelectorAll(names)].filter((part) => {
  const box = part.getBoundingClientRect();
  return box.left < 0 || box.right > innerWidth + 1 || box.top < 0 || box.bottom > innerHeight + 1;
}).map((part) => part.textContent.trim())"""

COVERED = """() => {
  const tile = document.querySelector(".slide .qr-tile").getBoundingClientRect();
  const beside = (box) => box.right <= tile.left || box.bottom <= tile.top;
  return [...document.querySelectorAll(".slide-words bdi, .slide-title")].filter((words) => {
    const range = document.createRange();
    range.selectNodeContents(words);
    const box = range.getBoundingClientRect();
    return box.left < 0 || box.right > innerWidth || !beside(box);
  }).map((words) => words.textContent);
}"""

# The newest question below, and the corner with the code: how far one stands in the other.
IN_THE_CORNER = """() => {
  const words = document.createRange();
  words.selectNodeContents(document.querySelector(".strip"));
  const corner = document.querySelector(".corner-in").getBoundingClientRect();
  return [...words.getClientRects()].filter((box) => box.right > corner.left && box.left < corner.right
    && box.bottom > corner.top && box.top < corner.bottom).length;
}"""


@pytest.fixture
def here(server: Server, board: dict[str, str], people: Of) -> People:
    return people(server, board)


@pytest.fixture
async def stage(pages: Pages, board: dict[str, str]) -> Page:
    page = await pages.open(board["screen_url"], STAGE)
    await live(page)
    return page


@pytest.fixture
async def screen(pages: Pages, board: dict[str, str]) -> Page:
    """A small one, for what does not depend on its size: what moves is painted sooner."""
    page = await pages.open(board["screen_url"], SMALL)
    await live(page)
    return page


async def live(screen: Page) -> None:
    await expect(screen.locator("html")).to_have_attribute("data-lease", "live")


async def scene(screen: Page, name: str) -> None:
    await expect(screen.locator("html")).to_have_attribute("data-scene", name)


async def test_a_card_posted_on_a_phone_lights_up_and_is_gone_when_hidden(
    screen: Page, pages: Pages, here: People, board: dict[str, str]
) -> None:
    phone = await pages.open(board["join_url"])
    await write_card(phone, "You got managers and workers round one table.")
    await say_who(phone)
    shown = screen.get_by_text("You got managers and workers round one table.")
    await expect(shown.first).to_be_visible()
    moderator = await here.moderator()
    post = (await moderator.snapshot(feed="moderate"))["posts"][0]
    await moderator.moderate(post, state="hidden")
    await expect(shown).to_have_count(0)
    await expect(phone.locator(".card:not(.is-waiting)")).to_have_count(0)
    await screen.reload()
    await expect(screen.locator("html")).to_have_attribute("data-lease", "live")
    await expect(shown).to_have_count(0)


async def test_a_moderator_chooses_the_scene(screen: Page, here: People) -> None:
    author, moderator = await here.attendee("Omar", "Jordan"), await here.moderator()
    card = await author.celebrate("In the light of the whole hall.")
    question = await author.ask("How do you measure heat?")
    for name in ("join", "questions", "blank", "cards"):
        await moderator.send("PUT", "/screen", {"scene": name})
        await scene(screen, name)
    await moderator.send("PUT", "/screen", {"scene": "questions"})
    await expect(screen.get_by_text(question["text"]).first).to_be_visible()
    await moderator.send("PUT", "/screen", {"scene": "spotlight", "post": card["id"]})
    await scene(screen, "spotlight")
    await expect(screen.locator(".spotlight")).to_contain_text("In the light of the whole hall.")
    await moderator.moderate(card, state="hidden")
    await expect(screen.get_by_text("In the light of the whole hall.")).to_have_count(0)


async def test_the_map_shows_an_arc_for_a_card_between_two_teams_until_it_is_hidden(screen: Page, here: People) -> None:
    omar, sokha = await here.attendee("Omar", "Jordan"), await here.attendee("Sokha", "Cambodia")
    moderator = await here.moderator()
    await moderator.send("PUT", "/screen", {"scene": "map"})
    await expect(screen.locator(".slide")).to_be_visible()  # nobody has been celebrated yet
    within = await omar.celebrate("For a colleague of mine.", to=[{"name": "Rania", "team": "Jordan"}])
    await expect(screen.locator(".slide")).to_be_visible()  # nothing has crossed
    there = await omar.celebrate("For somebody elsewhere.", to=[{"name": "Sokha", "team": "Cambodia"}])
    back = await sokha.celebrate("And back again.", to=[{"name": "Omar", "team": "Jordan"}])
    await sokha.celebrate("On to a third.", to=[{"name": "Asha", "team": "Bangladesh"}])
    await scene(screen, "map")
    await expect(screen.locator(".map-team")).to_have_text(["Cambodia", "Jordan", "Bangladesh"])
    await expect(screen.locator(".map-arc:not(.is-lit)")).to_have_count(2)
    await expect(screen.locator(".map-team.is-lit")).to_have_text(["Cambodia", "Bangladesh"])
    await expect(screen.locator(".beside")).to_contain_text("On to a third.")
    for post in (there, back):
        await moderator.moderate(post, state="hidden")
    await expect(screen.locator(".map-arc:not(.is-lit)")).to_have_count(1)
    await moderator.send("PUT", "/screen", {"scene": "cards"})
    await expect(screen.locator(".map-team")).to_have_count(0)
    await expect(screen.get_by_text(within["text"]).first).to_be_visible(timeout=LIGHT_MS)


async def test_the_recap_counts_only_visible_posts(screen: Page, here: People) -> None:
    omar, sokha = await here.attendee("Omar", "Jordan"), await here.attendee("Sokha", "Cambodia")
    moderator = await here.moderator()
    await moderator.send("PUT", "/screen", {"scene": "recap"})
    await expect(screen.locator(".slide")).to_be_visible()  # there is nothing yet
    cards = [await omar.celebrate(f"Thank you, {n}.", to=[{"name": "Sokha", "team": "Cambodia"}]) for n in range(3)]
    await sokha.celebrate("And back.", to=[{"name": "Omar", "team": "Jordan"}, {"name": "Asha", "team": "Bangladesh"}])
    asked = [await omar.ask(f"Question {n}?") for n in range(2)]
    await moderator.moderate(asked[0], answered=True)
    await scene(screen, "recap")
    numbers = screen.locator(".recap-number")
    wanted = ["cards4", "people celebrated3", "pairs of teams2", "questions asked1 answered 1 open 2"]
    await expect(numbers).to_have_text(wanted)
    await expect(screen.locator(".beside .card")).to_have_count(1)
    await moderator.moderate(cards[0], state="hidden")
    await expect(numbers.first).to_have_text("cards3")


async def test_map_and_recap_do_not_reach_beyond_the_screen(pages: Pages, server: Server, people: Of) -> None:
    teams = ["Democratic Republic of the Congo", "Headquarters Geneva", "Viet Nam", "Uzbekistan", "Jordan", "Bangladesh"]
    board = server.create("Lab", *(word for team in teams for word in ("--team", team)))
    here = people(server, board)
    author, moderator = await here.attendee("Omar", teams[0]), await here.moderator()
    await author.celebrate(to=[{"name": "Sokha", "team": teams[1]}])
    page = await pages.open(board["screen_url"], STAGE)
    with all_of_them() as case:
        for width, height in (*SIZES, (3840, 2160)):
            with case(f"{width} × {height}"):
                await moderator.send("PUT", "/screen", {"scene": "map"})
                await sized(page, board, width, height)
                await expect(page.locator(".map-team")).to_have_count(len(teams))
                await settled(page)
                assert await page.evaluate(BEYOND, ".map-team, .beside, .beside-head") == []
                await moderator.send("PUT", "/screen", {"scene": "recap"})
                await expect(page.locator(".recap-number")).to_have_count(3)
                assert await page.evaluate(BEYOND, ".recap-number, .recap-number *, .beside") == []


async def sized(page: Page, board: dict[str, str], width: int, height: int) -> None:
    """It begins at this size."""
    await page.set_viewport_size({"width": width, "height": height})
    await page.goto(board["screen_url"])
    await live(page)
    await page.evaluate("document.fonts.ready")


async def test_the_operator_changes_scenes_with_keys_and_returns_to_the_moderators_scene(screen: Page, here: People) -> None:
    await (await here.attendee("Omar", "Jordan")).celebrate()
    await (await here.moderator()).send("PUT", "/screen", {"scene": "cards"})
    await scene(screen, "cards")
    for key, name in (("b", "blank"), ("b", "cards"), ("q", "join"), ("q", "cards"), ("3", "questions"), ("Escape", "cards")):
        await screen.keyboard.press(key)
        await scene(screen, name)


async def test_the_code_stays_in_a_corner_but_not_in_the_spotlight(stage: Page, here: People, board: dict[str, str]) -> None:
    author, moderator = await here.attendee("Omar", "Jordan"), await here.moderator()
    post = await author.celebrate()
    for name in ("cards", "questions"):
        await moderator.send("PUT", "/screen", {"scene": name})
        await scene(stage, name)
        if name == "cards":
            await expect(stage.locator(".corner")).to_contain_text(board["code"])
            size = await stage.locator(".corner .qr-tile").bounding_box()
            assert size is not None
            assert size["height"] >= 0.13 * STAGE["height"]
    await moderator.send("PUT", "/screen", {"scene": "spotlight", "post": post["id"]})
    await scene(stage, "spotlight")
    await expect(stage.locator(".corner")).not_to_be_visible()


async def test_a_disconnected_screen_keeps_its_picture_then_shows_only_pinned_posts_then_recovers(
    pages: Pages, server: Server, here: People, board: dict[str, str]
) -> None:
    author, moderator = await here.attendee("Omar", "Jordan"), await here.moderator()
    async with relay(server.port) as between:
        screen = await pages.open(board["screen_url"].replace(f":{server.port}/", f":{between.port}/"), SMALL)
        await live(screen)
        pinned, plain = await author.celebrate("Pinned by a moderator."), await author.celebrate("Not pinned at all.")
        await moderator.moderate(pinned, pinned=True)
        await moderator.send("PUT", "/screen", {"scene": "cards"})
        await expect(screen.get_by_text(plain["text"]).first).to_be_visible(timeout=LIGHT_MS)
        await screen.context.set_offline(True)
        between.cut()  # an open socket keeps a core of Chromium busy while it is offline
        await expect(screen.locator("html")).to_have_attribute("data-lease", "stale", timeout=15_000)
        await expect(screen.get_by_text(plain["text"]).first).to_be_visible()
        await expect(screen.locator("html")).to_have_attribute("data-lease", "safe", timeout=25_000)
        await expect(screen.get_by_text(pinned["text"]).first).to_be_visible()
        await expect(screen.get_by_text(plain["text"])).to_have_count(0)
        await moderator.moderate(plain, state="hidden")
        await screen.context.set_offline(False)
        await expect(screen.locator("html")).to_have_attribute("data-lease", "live", timeout=60_000)
        await expect(screen.get_by_text(plain["text"])).to_have_count(0)


async def test_the_page_never_holds_more_cards_than_it_can_show(stage: Page, here: People) -> None:
    author = await here.attendee("Omar", "Jordan")
    await (await here.moderator()).send("PUT", "/screen", {"scene": "cards"})
    for number in range(MANY_CARDS):
        await author.celebrate(f"Card number {number}, for something that you did.")
    await expect(stage.locator("[data-part=foot]")).to_contain_text(f"{MANY_CARDS} cards")
    await expect(stage.locator(".wall [data-id]").nth(1)).to_be_visible(timeout=LIGHT_MS)
    assert await stage.locator("[data-id]").count() <= MOST_CARDS_IN_THE_PAGE


async def test_every_card_on_the_wall_fits_its_place(stage: Page, here: People) -> None:
    author = await here.attendee("Omar", "Jordan")
    await (await here.moderator()).send("PUT", "/screen", {"scene": "cards"})
    texts = ("Short.", "w" * 120, "ការងារ " * 30, "شكراً على دليل الحوار " * 8, "You taught me. " * 18, "👩🏽‍🏫" * 40)
    for text in texts:
        await author.celebrate(text.strip())
    await stage.reload()  # then all stand on the wall at once
    await expect(stage.locator(".wall [data-id]").nth(1)).to_be_visible(timeout=LIGHT_MS)
    await stage.evaluate("document.fonts.ready")
    too_big = await stage.evaluate(
        """() => [...document.querySelectorAll(".wall [data-id]")]
        .filter((card) => getComputedStyle(card).visibility === "visible")
        .filter((card) => card.scrollHeight > card.clientHeight + 1 || card.scrollWidth > card.clientWidth + 1)
        .map((card) => card.textContent.trim().slice(0, 60))"""
    )
    assert too_big == []


async def test_the_slide_keeps_a_long_title_and_a_long_code_clear_of_the_qr_code(pages: Pages, server: Server) -> None:
    page = await pages.open(f"{server.url}/healthz", STAGE)
    with all_of_them() as case:
        for width, height in SIZES:
            title, code = "Wirtschaftsprüfungsgesellschaftsvorstandsvorsitzender", f"WW-{width}-{height}"[:12]
            board = server.create(title, "--code", code)
            with case(code):
                await sized(page, board, width, height)
                await page.wait_for_timeout(500)  # it is measured again when letters have come
                assert await page.evaluate(COVERED) == []


async def test_the_newest_question_stands_clear_of_the_corner_in_either_direction(
    pages: Pages, board: dict[str, str], here: People
) -> None:
    asker, voter = await here.attendee("Omar", "Jordan"), await here.attendee("Asha", "Nepal")
    for number in range(6):
        asked = await asker.ask(f"Is this question number {number} of those with a vote?")
        await voter.send("PUT", f"/posts/{asked['id']}/vote")
    await (await here.moderator()).send("PUT", "/screen", {"scene": "questions"})
    page = await pages.open(board["screen_url"], STAGE)
    with all_of_them() as case:
        for newest in ("Could we paint the roof white?", "هل يمكن أن نطلي السقف باللون الأبيض؟"):
            await asker.ask(newest)
            for width, height in SIZES[:2]:
                with case(f"{newest}, {width} × {height}"):
                    await sized(page, board, width, height)
                    await expect(page.locator(".strip-text")).to_have_text(newest)
                    await page.evaluate("document.fonts.ready")
                    assert await page.evaluate(IN_THE_CORNER) == 0

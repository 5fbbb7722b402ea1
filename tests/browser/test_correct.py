"""A moderator corrects to whom a card goes: by keys and by hand, without a network, beside somebody else, and back again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.async_api import Page, Route, expect

from tests.browser.cases import all_of_them
from tests.browser.conftest import LAPTOP, PHONE, Pages
from tests.browser.test_moderate import opened, row, tab
from tests.browser.test_phone import lane
from tests.conftest import People
from tests.people import Json
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]

TITLE = "Correct the recipient"
DARA = [{"name": "Dara"}]
SOK = {"name": "Dara Sok", "team": "Cambodia"}
KIM = {"name": "Dara Kim", "team": "Jordan"}


@pytest.fixture
def here(server: Server, board: dict[str, str], people: Of, tmp_path: Path) -> People:
    """A board with two people called Dara on its roster."""
    roster = tmp_path / "people.csv"
    roster.write_text("name,team\nDara Sok,Cambodia\nDara Kim,Jordan\n", encoding="utf-8")
    server.run("import-people", board["code"], str(roster))
    return people(server, board)


@pytest.fixture
async def card(here: People) -> Json:
    return await (await here.attendee("Omar", "Jordan")).celebrate("You taught me to listen.", to=DARA)


@pytest.fixture
async def desk(pages: Pages, board: dict[str, str], card: Json) -> Page:
    return await opened(pages, board)


async def open_correct(desk: Page, card: Json) -> None:
    await tab(desk, "board")
    await row(desk, card).locator('[data-act="menu"]').click()
    await desk.get_by_role("button", name=TITLE).click()
    await expect(desk.locator("#to, .to-away").first).to_be_visible()


async def take_away(desk: Page, name: str = "Dara") -> None:
    await desk.get_by_role("button", name=f"Remove {name}", exact=True).click()


async def stored(here: People) -> list[Json]:
    (post,) = (await (await here.attendee()).snapshot())["posts"]
    return [{key: one[key] for key in ("name", "team") if key in one} for one in post["to"]]


async def test_a_moderator_corrects_a_recipient_by_keyboard_and_undoes_it(desk: Page, here: People, card: Json) -> None:
    await tab(desk, "board")
    await row(desk, card).locator('[data-act="menu"]').focus()
    await desk.keyboard.press("Enter")
    item = desk.get_by_role("button", name=TITLE)
    for _ in range(10):
        if await item.evaluate("(node) => node === document.activeElement"):
            break
        await desk.keyboard.press("Tab")
    await desk.keyboard.press("Enter")
    await expect(desk.locator("#to")).to_be_focused()
    await desk.keyboard.press("Backspace")
    await desk.keyboard.type("dara s")
    await desk.keyboard.press("Enter")
    await expect(desk.locator(".to-chip")).to_have_text("Dara Sok")
    await expect(desk.locator("#to")).to_be_focused()
    await desk.keyboard.press("Enter")  # in the empty field: save
    await expect(desk.locator("#pop")).to_be_hidden()
    await expect(row(desk, card)).to_contain_text("Dara Sok")
    assert await stored(here) == [SOK]
    await expect(desk.locator("[data-undo]")).to_contain_text("Dara → Dara Sok · Cambodia")
    await desk.keyboard.press("u")
    await expect(row(desk, card)).not_to_contain_text("Sok")
    assert await stored(here) == DARA


async def test_a_typed_correction_survives_escape_reload_and_a_lost_network_until_saved(
    desk: Page, here: People, card: Json
) -> None:
    await open_correct(desk, card)
    await take_away(desk)
    await desk.locator("#to").fill("dara k")
    await desk.keyboard.press("Escape")
    await desk.reload()
    await open_correct(desk, card)
    await expect(desk.locator("#to")).to_have_value("dara k")
    await desk.get_by_role("option", name="Dara Kim").click()
    await desk.context.set_offline(True)
    save = desk.get_by_role("button", name="Save")
    await save.click()
    await expect(desk.get_by_role("alert").first).to_contain_text("No answer from the board")
    await expect(desk.locator(".to-chip")).to_have_text("Dara Kim")
    await expect(save).to_have_attribute("aria-disabled", "false")
    await desk.context.set_offline(False)
    await save.click()
    await expect(desk.locator("#pop")).to_be_hidden()
    assert await stored(here) == [{"name": "Dara Kim", "team": "Jordan"}]
    await open_correct(desk, card)
    await expect(desk.get_by_role("button", name="Discard the change")).to_have_count(0)


async def test_a_moderator_discards_a_correction_and_enter_adds_no_unknown_person(desk: Page, here: People, card: Json) -> None:
    await open_correct(desk, card)
    await desk.locator("#to").fill("Nobody Here")
    await desk.keyboard.press("Enter")
    await expect(desk.get_by_role("alert").first).to_contain_text("Nobody on the list")
    await desk.get_by_role("button", name="Discard the change").click()
    await expect(desk.locator("#to")).to_have_value("")
    await expect(desk.locator(".to-chip bdi")).to_have_text(["Dara"])
    await take_away(desk)
    await desk.get_by_role("button", name="Save").click()
    await expect(desk.get_by_role("alert").first).to_contain_text("Who is this card for?")
    assert await stored(here) == DARA


async def test_the_second_of_two_moderators_sees_the_first_correction_before_saving(
    desk: Page, here: People, card: Json
) -> None:
    await open_correct(desk, card)
    await take_away(desk)
    await desk.locator("#to").fill("Dara Kim,")
    await expect(desk.locator(".to-chip")).to_have_text("Dara Kim")
    other = await here.moderator()
    assert (await other.moderate(card, to=[SOK])).status_code == 200
    await desk.get_by_role("button", name="Save").click()
    await expect(desk.get_by_role("alert").first).to_contain_text("Somebody else has changed")
    await expect(desk.locator(".pop-about")).to_contain_text("On the card: Dara Sok")
    assert await stored(here) == [SOK]
    await desk.get_by_role("button", name="Save").click()
    await expect(desk.locator("#pop")).to_be_hidden()
    assert await stored(here) == [{"name": "Dara Kim", "team": "Jordan"}]


async def named(pages: Pages, board: dict[str, str], name: str, team: str) -> Page:
    """A phone that has told the board whose it is; it shows Me."""
    phone = await pages.open(board["join_url"], PHONE)
    await lane(phone, "Me")
    await phone.get_by_role("button", name="Add your name").click()
    await phone.get_by_label("Your name").fill(name)
    await phone.get_by_role("combobox", name="team").select_option(team)
    await phone.get_by_role("button", name="Save").click()
    await expect(phone.locator(".me-who")).to_contain_text(name)
    return phone


async def test_a_corrected_card_reaches_the_right_person_and_leaves_the_wrong_one(
    pages: Pages, here: People, board: dict[str, str], card: Json
) -> None:
    desk = await here.moderator()
    kim = await named(pages, board, "Dara Kim", "Jordan")
    sok = await named(pages, board, "Dara Sok", "Cambodia")
    text = "You taught me to listen."
    await desk.moderate(card, to=[KIM])
    await expect(kim.locator(".dock")).to_contain_text("Omar celebrates you")
    await expect(kim.get_by_role("dialog")).to_contain_text(text)
    await kim.go_back()
    await lane(kim, "Celebrate")
    await lane(kim, "Me")
    await expect(kim.get_by_role("main")).to_contain_text(text)
    await desk.moderate(card, to=[SOK])
    await expect(sok.locator(".dock")).to_contain_text("Omar celebrates you")
    await expect(sok.get_by_role("main")).to_contain_text(text)
    await expect(kim.get_by_role("main")).not_to_contain_text(text)


async def test_the_author_sees_the_corrected_recipient_of_a_waiting_card(
    pages: Pages, here: People, board: dict[str, str]
) -> None:
    desk = await here.moderator()
    await desk.send("PATCH", "", {"premoderate": {"card": True}})
    author = await here.attendee("Omar", "Jordan")
    post = await author.celebrate("You taught me to wait.", to=DARA)
    context = await pages.context(PHONE)
    await context.add_cookies(
        [{"name": one.name, "value": str(one.value), "url": author.url} for one in author.http.cookies.jar]
    )
    phone = await pages.open_in(context, board["join_url"])
    await lane(phone, "Me")
    await expect(phone.locator(".mine-kind")).to_contain_text("Dara")
    await desk.moderate(post, to=[SOK])
    await expect(phone.locator(".mine-kind")).to_contain_text("Dara Sok")


async def test_the_sheet_fits_and_its_targets_are_large_enough(pages: Pages, board: dict[str, str], card: Json) -> None:
    desk = await opened(pages, board)
    inside = "(node) => { const box = node.getBoundingClientRect(); return box.left >= 0 && box.right <= innerWidth; }"
    with all_of_them() as case:
        for size in (LAPTOP, PHONE):
            with case(f"{size['width']} px"):
                await desk.set_viewport_size(size)  # type: ignore[arg-type]
                await open_correct(desk, card)
                await take_away(desk)
                await desk.locator("#to").fill("dara")
                await expect(desk.locator(".offer")).to_have_count(3)
                assert await desk.locator("#pop").evaluate(inside)
                assert await desk.locator("#pop").evaluate("(node) => node.scrollWidth <= node.clientWidth")
                for option in await desk.locator(".offer").all():
                    box = await option.bounding_box()
                    assert box
                    assert box["height"] >= 40
                await desk.get_by_role("button", name="Discard the change").click()
                await desk.keyboard.press("Escape")
                await expect(desk.locator("#pop")).to_be_hidden()


async def test_an_answer_older_than_a_correction_brings_no_card_back(
    pages: Pages, here: People, board: dict[str, str], card: Json
) -> None:
    desk, kim = await here.moderator(), await named(pages, board, "Dara Kim", "Jordan")
    await desk.moderate(card, to=[KIM])
    await expect(kim.get_by_role("dialog")).to_contain_text("You taught me to listen.")
    await kim.go_back()
    answered, come = asyncio.Event(), asyncio.Event()

    async def hold(route: Route) -> None:
        answer = await route.fetch()
        answered.set()
        await come.wait()
        await route.fulfill(response=answer)

    await kim.route("**/posts?*person=*", hold)
    await lane(kim, "Celebrate")
    await lane(kim, "Me")
    await answered.wait()
    await desk.moderate(card, to=[SOK])
    await expect(kim.get_by_role("main")).not_to_contain_text("You taught me to listen.")
    async with kim.expect_response("**/posts?*person=*") as coming:
        come.set()
    await (await coming.value).finished()
    await kim.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    await expect(kim.get_by_role("main")).not_to_contain_text("You taught me to listen.")

"""The recipients of a card: the field finds and takes people of the roster, and nobody else by mistake."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.async_api import Page, Route, expect

from tests.browser.cases import all_of_them
from tests.browser.conftest import Pages
from tests.browser.test_phone import lane, say_who
from tests.conftest import People
from tests.people import Json
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]

PEOPLE = "id,name,team\nsokha,Sokha Chan,Cambodia\nsophea,Sophea Lim,Cambodia\nana,Ana Nadolny,Jordan\n"
# The Enter that takes a candidate of an input method, as Chrome and Firefox say it, and as Safari does.
COMPOSING = ({"isComposing": True}, {"keyCode": 229})


@pytest.fixture
def here(server: Server, board: dict[str, str], people: Of) -> People:
    return people(server, board)


@pytest.fixture
async def phone(pages: Pages, server: Server, board: dict[str, str], tmp_path: Path) -> Page:
    roster = tmp_path / "people.csv"
    roster.write_text(PEOPLE, encoding="utf-8")
    server.run("import-people", board["code"], str(roster))
    phone = await pages.open(board["join_url"])
    await expect(phone.locator(".top-live.is-live")).to_be_visible()
    await phone.get_by_role("button", name="Celebrate someone").click()
    return phone


async def sent_to(phone: Page, here: People) -> list[Json]:
    """Whom the card is for that the phone sends now, which asks for the name once."""
    before = await phone.locator(".card").count()
    await phone.locator("#text").fill("You showed me how to read an accident report.")
    await phone.get_by_role("button", name="Send to the board").click()
    if not before:
        await say_who(phone, "Omar", "Jordan")
    await expect(phone.locator(".card:not(.is-waiting)")).to_have_count(before + 1)
    to: list[Json] = (await (await here.attendee()).snapshot())["posts"][0]["to"]
    return to


async def test_enter_comma_and_send_after_a_partial_name_take_the_first_of_the_list(phone: Page, here: People) -> None:
    to = phone.locator("#to")
    with all_of_them() as case:
        for ends in ("Enter", ",", "،", "、", "；", "؛"):
            with case(ends):
                await to.fill("")
                await to.press_sequentially("so")
                await (to.press("Enter") if ends == "Enter" else to.press_sequentially(ends))
                await expect(phone.locator(".to-chip bdi")).to_have_text(["Sokha Chan"])
                assert await sent_to(phone, here) == [{"name": "Sokha Chan", "team": "Cambodia", "person": "sokha"}]
                await phone.get_by_role("button", name="Celebrate someone").click()


async def test_send_adds_the_typed_name_and_a_full_name_selects_its_person(phone: Page, here: People) -> None:
    await phone.locator("#to").fill("sophea lim")  # nothing ends it
    assert await sent_to(phone, here) == [{"name": "Sophea Lim", "team": "Cambodia", "person": "sophea"}]


async def test_a_pasted_list_becomes_its_people_in_order(phone: Page) -> None:
    await phone.locator("#to").fill("Sophea Lim; ana nadolny، sok")
    await phone.locator("#to").press("Enter")
    await expect(phone.locator(".to-chip bdi")).to_have_text(["Sophea Lim", "Ana Nadolny", "Sokha Chan"])


async def test_only_a_tap_adds_a_recipient_who_is_not_on_the_list(phone: Page) -> None:
    await phone.locator("#to").fill("Zora")
    await phone.locator("#to").press("Enter")
    await expect(phone.get_by_role("alert")).to_contain_text("Nobody on the list is called “Zora”")
    await expect(phone.locator(".to-chip")).to_have_count(0)
    await phone.locator("#text").fill("You showed me how to read an accident report.")
    await phone.get_by_role("button", name="Send to the board").click()
    await expect(phone.locator("#to")).to_have_value("Zora")
    await expect(phone.get_by_role("alert")).to_contain_text("Nobody on the list")
    await phone.get_by_role("option", name="Add “Zora”").click()
    await expect(phone.locator(".to-chip bdi")).to_have_text(["Zora"])


async def test_a_team_is_found_by_its_name_stands_first_and_its_cards_are_for_all_of_it(
    phone: Page, pages: Pages, here: People, board: dict[str, str]
) -> None:
    member = await pages.open(board["join_url"] + "#me")
    await member.get_by_role("button", name="Add your name").click()
    await member.get_by_label("Your name").fill("Rana")
    await member.get_by_label("Your team").select_option("Jordan")
    await member.get_by_role("button", name="Save").click()
    await expect(member.locator(".me-who")).to_contain_text("Rana")
    await phone.locator("#to").press_sequentially("jord")
    await expect(phone.locator("#to-offers .offer").first).to_contain_text("The Jordan team")
    await phone.locator("#to").press("Enter")
    assert await sent_to(phone, here) == [{"name": "The Jordan team", "team": "Jordan"}]
    await expect(member.get_by_text("Omar celebrates your team.")).to_be_visible()
    await expect(member.locator(".me-who + section")).to_contain_text("The Jordan team")


async def late_list(phone: Page) -> asyncio.Event:
    """The list of people comes once this is set."""
    come = asyncio.Event()

    async def hold(route: Route) -> None:
        await come.wait()
        await route.continue_()

    await phone.route("**/people?*", hold)
    return come


async def test_a_late_list_moves_no_row(phone: Page, here: People) -> None:
    author = await here.attendee("Omar", "Jordan")
    await author.celebrate("Known from a card.", to=[{"name": "Soran Aziz"}])
    come = await late_list(phone)
    await phone.locator("#to").press_sequentially("so")
    offers = phone.locator("#to-offers .offer")
    await expect(offers.first).to_contain_text("Soran Aziz")
    await expect(phone.locator("#to-offers")).to_contain_text("Searching the list")
    come.set()
    await expect(offers.filter(has_text="Sokha Chan")).to_be_visible()
    await expect(offers.first).to_contain_text("Soran Aziz")
    await expect(offers.last).to_contain_text("Add “so”")


async def marked(phone: Page) -> str:
    """The name of the row that is marked: the same for eyes and for screen readers, and one at most."""
    found: list[str] = await phone.locator("#to").evaluate(
        """(field) => {
          const rows = [...document.querySelectorAll('#to-offers [aria-selected="true"]')];
          const active = document.getElementById(field.getAttribute("aria-activedescendant"));
          if (rows.length > 1 || (rows[0] ?? null) !== active) throw new Error("the mark and its name differ");
          return rows.map((row) => row.querySelector("bdi").textContent);
        }"""
    )
    return found[0] if found else ""


async def list_is_whole(phone: Page) -> None:
    await expect(phone.locator("#to-offers .offer").last).to_contain_text("not on the list")


async def test_the_row_that_enter_takes_is_marked_from_the_start_and_arrows_move_the_mark(phone: Page) -> None:
    to = phone.locator("#to")
    await to.press_sequentially("so")
    await list_is_whole(phone)
    row = phone.locator('.offer[aria-selected="true"]')
    assert await marked(phone) == "Sokha Chan"
    assert await row.evaluate("(node) => getComputedStyle(node).outlineStyle") == "solid"
    seen = []
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"):
        await to.press(key)
        seen.append(await marked(phone))
    assert seen == ["Sophea Lim", "Add “so”", "Sokha Chan", "Add “so”", "Sophea Lim"]
    await to.press("Enter")
    await expect(phone.locator(".to-chip bdi")).to_have_text(["Sophea Lim"])


async def test_a_comma_and_send_also_take_the_marked_row(phone: Page, here: People) -> None:
    to = phone.locator("#to")
    with all_of_them() as case:
        for ends in (",", "Send"):
            with case(ends):
                await to.press_sequentially("so")
                await list_is_whole(phone)
                await to.press("ArrowDown")
                second = await marked(phone)
                assert second == await phone.locator("#to-offers .offer").nth(1).locator("bdi").first.inner_text()
                if ends == ",":
                    await to.press_sequentially(",")
                    await expect(phone.locator(".to-chip bdi")).to_have_text([second])
                id_of = {"Sokha Chan": "sokha", "Sophea Lim": "sophea"}
                assert await sent_to(phone, here) == [{"name": second, "team": "Cambodia", "person": id_of[second]}]
                await phone.get_by_role("button", name="Celebrate someone").click()


async def test_the_mark_stays_with_its_person_during_typing_and_leaves_with_that_row(phone: Page) -> None:
    to = phone.locator("#to")
    await to.press_sequentially("so")
    await list_is_whole(phone)
    await to.press("ArrowDown")
    await to.press_sequentially("p")
    await expect(phone.locator("#to-offers")).to_contain_text("Add “sop”")
    assert await marked(phone) == "Sophea Lim"
    await to.fill("sok")
    await expect(phone.locator("#to-offers")).to_contain_text("Add “sok”")
    assert await marked(phone) == "Sokha Chan"
    await to.fill("zora")
    await expect(phone.locator("#to-offers")).to_contain_text("Add “zora”")
    assert await marked(phone) == ""  # Enter takes nobody whom the list does not know
    await to.fill("")
    await expect(phone.locator("#to-offers")).to_be_hidden()
    assert await marked(phone) == ""


async def test_a_late_list_moves_no_other_person_under_the_mark(phone: Page, here: People) -> None:
    author = await here.attendee("Omar", "Jordan")
    await author.celebrate("Known from a card.", to=[{"name": "Soran Aziz"}])
    come = await late_list(phone)
    to = phone.locator("#to")
    await to.press_sequentially("so")
    await expect(phone.locator("#to-offers")).to_contain_text("Searching the list")
    assert await marked(phone) == "Soran Aziz"
    await to.press("Enter")  # before the list has come
    come.set()
    await expect(phone.locator(".to-chip bdi")).to_have_text(["Soran Aziz"])


async def test_enter_in_an_input_method_selects_and_sends_nothing(phone: Page) -> None:
    press = """([id, about]) => document.querySelector(id).dispatchEvent(
        new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...about }))"""
    with all_of_them() as case:
        for event in COMPOSING:
            with case(str(event)):
                await phone.locator("#to").fill("sok")
                await expect(phone.locator("#to-offers")).to_contain_text("Sokha Chan")
                await phone.evaluate(press, ["#to", event])
                await expect(phone.locator("#to")).to_have_value("sok")
                await expect(phone.locator(".to-chip")).to_have_count(0)
                await phone.locator("#to").press("Enter")
                await expect(phone.locator(".to-chip")).to_have_count(1)
                await phone.locator("#to").press("Backspace")
                await expect(phone.locator(".to-chip")).to_have_count(0)


async def test_a_half_typed_recipient_survives_a_reload_and_going_back(phone: Page) -> None:
    await phone.locator("#to").fill("Soph")
    await phone.reload()
    await expect(phone.locator("#to")).to_have_value("Soph")
    await expect(phone.locator("#to-offers")).to_contain_text("Sophea Lim")
    await phone.go_back()
    await expect(phone.locator("#composer")).to_be_hidden()
    await phone.get_by_role("button", name="Celebrate someone").click()
    await expect(phone.locator("#to")).to_have_value("Soph")


async def test_a_waiting_own_card_looks_like_the_published_one(phone: Page) -> None:
    await phone.locator("#to").fill("sokha chan")
    await phone.locator("#to").press("Enter")
    await phone.locator("#text").fill("You showed me how to read an accident report.")

    async def cut(route: Route) -> None:
        await route.abort()

    await phone.route("**/posts", cut)
    await phone.get_by_role("button", name="Send to the board").click()
    await say_who(phone, "Omar", "Jordan")
    await expect(phone.locator(".is-waiting .card-to")).to_contain_text("Sokha Chan")
    await lane(phone, "Me")
    await expect(phone.locator(".mine-post .mine-kind")).to_contain_text("Sokha Chan")

"""The room lights up: phones show the colour of the card that stands large, and nobody is disturbed by it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import PHONE, Pages
from tests.browser.test_celebrated import nadias, press
from tests.conftest import People
from tests.people import Json, Moderator
from tests.servers import Server

WATCHED = """() => {
  window.lit = 0;
  const look = () => {
    const light = document.querySelector(".light");
    if (light) [window.lit, window.classes] = [window.lit + 1, light.className];
  };
  new MutationObserver(look).observe(document.querySelector(".light-place"), { childList: true, subtree: true });
}"""
# A light is over after three seconds, which a busy test may miss: the page itself taps. A tap within the first half
# second was meant for what lay below.
APPLAUDS = """() => {
  const place = document.querySelector(".light-place");
  const observer = new MutationObserver(() => {
    const light = place.querySelector(".light");
    if (!light) return;
    observer.disconnect();
    const { x, y, width, height } = light.getBoundingClientRect();
    window.seen = { classes: light.className, box: [x, y, width, height] };
    light.querySelector("button").click();
    setTimeout(() => light.querySelector("button").click(), 600);
  });
  observer.observe(place, { childList: true, subtree: true });
}"""
Of = Callable[[Server, dict[str, str]], People]


@pytest.fixture
def here(server: Server, board: dict[str, str], people: Of) -> People:
    return people(server, board)


@pytest.fixture
async def cards(here: People) -> list[Json]:
    author = await here.attendee("Omar", "Jordan")
    return [await author.celebrate(text, theme="courage") for text in ("You stayed calm.", "You asked him first.")]


async def phone_of(pages: Pages, board: dict[str, str], cards: list[Json], **options: str) -> Page:
    phone = await pages.open(board["join_url"], PHONE, **options)
    await expect(phone.locator(".card")).to_have_count(len(cards))
    await expect(phone.locator(".light-place")).to_be_attached()  # the second script is there
    return phone


async def lit(phone: Page, times: int) -> None:
    for _ in range(400):
        if await phone.evaluate("lit") >= times:
            return
        await asyncio.sleep(0.05)
    assert await phone.evaluate("lit") >= times


async def present(moderator: Moderator, post: Json | None) -> None:
    scene = {"scene": "spotlight", "post": post["id"]} if post else {"scene": "cards"}
    assert (await moderator.send("PUT", "/screen", scene)).is_success


async def test_a_phone_lights_up_and_applauds_with_one_tap(
    pages: Pages, board: dict[str, str], here: People, cards: list[Json]
) -> None:
    moderator, phone = await here.moderator(), await phone_of(pages, board, cards)
    await phone.evaluate(APPLAUDS)
    await present(moderator, cards[0])
    await expect(phone.locator(".card", has_text="calm").locator('[aria-pressed="true"] .count')).to_have_text("1")
    light = phone.locator(".light")
    await expect(light).to_have_count(0)
    assert await phone.evaluate("seen") == {"classes": "light theme-5", "box": [0, 0, PHONE["width"], PHONE["height"]]}


@pytest.mark.parametrize("reason", ["typing", "motion", "switch", "opened"])
async def test_a_phone_stays_as_it_is(
    pages: Pages, board: dict[str, str], here: People, cards: list[Json], reason: str
) -> None:
    moderator = await here.moderator()
    if reason == "opened":
        await present(moderator, cards[0])
    phone = await phone_of(pages, board, cards, **({"reduced_motion": "reduce"} if reason == "motion" else {}))
    if reason == "typing":
        await phone.locator(".dock-do .button").click()
        await phone.locator("#composer textarea").fill("You")
    if reason == "switch":
        await phone.locator(".tabs .tab").nth(2).click()
        switch = phone.get_by_role("switch", name="light up")
        await expect(switch).to_be_checked()
        await switch.click()
        await expect(switch).not_to_be_checked()
        await phone.locator(".tabs .tab").first.click()
    await phone.evaluate(WATCHED)
    await present(moderator, cards[1 if reason != "opened" else 0])
    await expect(phone.locator(".badge", has_text="screen")).to_have_count(1)
    assert await phone.evaluate("lit") == 0
    if reason == "opened":
        await present(moderator, cards[1])
        await expect(phone.locator(".badge", has_text="screen")).to_have_count(1)
        await lit(phone, 1)


async def test_the_person_whom_the_card_celebrates_sees_gold(
    pages: Pages, board: dict[str, str], here: People, cards: list[Json]
) -> None:
    organiser, moderator = await here.organiser(), await here.moderator()
    nadia = (await organiser.send("POST", "/people", {"name": "Nadia Haque", "team": "Bangladesh"})).json()["person"]["id"]
    card = await (await here.attendee("Sokha", "Cambodia")).celebrate("You waited.", to=[{"person": nadia}])
    phone = await nadias(pages, board, nadia)
    await press(phone, "Close")
    await expect(phone.locator("dialog[open]")).to_have_count(0)
    await phone.evaluate(WATCHED)
    await present(moderator, card)
    await lit(phone, 1)
    assert await phone.evaluate("classes") == "light is-mine"

"""What people do at a gathering, in each engine that they bring: Chromium, Firefox and WebKit."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from tests.conftest import People
from tests.engines.conftest import LAPTOP, PHONE, STAGE, Open
from tests.engines.window import ENTER, LOOK_SECONDS, SOON_SECONDS, Hand
from tests.people import Attendee, Json
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]

SENTENCE = "You showed me how to count near misses."
QUESTION = "Who pays for the training?"
ARABIC = "علّمتني كيف أستمع قبل أن أنصح، شكراً على دليل الحوار الاجتماعي."
# What stands beyond the window's edge, or is wider than its own box.
BEYOND = """(names) => [...document.querySelectorAll(names)].filter((part) => {
  const box = part.getBoundingClientRect();
  if (!part.getClientRects().length) return false;
  return box.left < -1 || box.right > innerWidth + 1 || box.top < -1 || box.bottom > innerHeight + 1;
}).map((part) => part.textContent.trim())"""
SIDEWAYS = "() => document.documentElement.scrollWidth - innerWidth"


@pytest.fixture
def here(server: Server, board: dict[str, str], people: Of) -> People:
    return people(server, board)


async def say_who(phone: Hand, name: str = "Sokha Chan") -> None:
    await phone.write("#name", name)
    await phone.tap(".sheet .offer", name)
    await phone.tap(".sheet-foot .button-ink")


async def write_card(phone: Hand, text: str, to: str = "nad", person: str = "Nadia Haque") -> None:
    await phone.tap(".dock-do .button")
    await phone.write("#to", to)
    await phone.tap("#to-offers .offer", person)
    await phone.sees(".to-chip", person)
    await phone.write("#text", text)


async def lane(phone: Hand, name: str) -> None:
    await phone.tap("nav.tabs .tab", name)


def row(post: Json) -> str:
    return f'.row[data-id="{post["id"]}"]'


async def test_a_card_and_a_question_go_from_the_phone_to_the_screen_and_leave_it_when_the_desk_hides_them(
    open_page: Open, board: dict[str, str]
) -> None:
    screen = await open_page(board["screen_url"], STAGE)
    desk = await open_page(board["moderate_url"], LAPTOP)
    phone = await open_page(board["join_url"], PHONE)
    await screen.attribute("html", "data-lease", "live")
    await write_card(phone, SENTENCE)
    await phone.tap(".sheet-foot .button-ink")
    await say_who(phone)
    await screen.sees(".page .card, .light", SENTENCE)
    await lane(phone, "Ask")
    await phone.tap(".dock-do .button")
    await phone.write("#text", QUESTION)
    await phone.tap(".sheet-foot .button-ink")
    await desk.tap('[data-scene="questions"]')
    await screen.sees(".questions", QUESTION)
    await desk.tap('[data-tab="board"]')
    for text in (QUESTION, SENTENCE):
        await hide(desk, text)
    await screen.sees_no(".questions *", QUESTION)
    await desk.tap('[data-scene="cards"]')
    await screen.attribute("html", "data-scene", "cards")
    await screen.sees_no(".page *", SENTENCE)
    await phone.sees_no(".question:not(.is-waiting)", QUESTION)


async def hide(desk: Hand, text: str) -> None:
    await desk.sees(".row", text)
    find = "(text) => [...document.querySelectorAll('.row')].find((row) => row.textContent.includes(text)).dataset.id"
    post = {"id": await desk.window.run(find, text)}
    await desk.tap(f'{row(post)} [data-act="hold"]')
    await desk.sees_no(row(post))


async def test_a_card_is_written_to_somebody_of_the_roster_with_a_theme_then_changed_and_taken_back(
    open_page: Open, here: People, board: dict[str, str]
) -> None:
    phone = await open_page(board["join_url"], PHONE)
    await write_card(phone, ARABIC)
    await phone.tap(".chips .chip", "Training")
    await phone.attribute(".chips .chip", "aria-pressed", "true")
    await phone.tap(".sheet-foot .button-ink")
    await say_who(phone)
    await phone.sees(".card:not(.is-waiting)", ARABIC)
    reader = await here.attendee()
    (post,) = (await reader.snapshot())["posts"]
    assert (post["to"][0]["name"], post["text"]) == ("Nadia Haque", ARABIC)
    assert post["theme"]
    await lane(phone, "Me")
    await phone.tap(".mine-post .button", "Edit")
    await phone.write("#text", SENTENCE)
    await phone.tap(".sheet-foot .button-ink")
    await phone.sees(".mine-post", SENTENCE)
    await public(reader, SENTENCE)
    await phone.tap(".mine-post .button", "Take back")
    await phone.tap(".mine-post .button-bad")
    await phone.sees_no(".mine-post .button", "Take back")
    await public(reader)


async def public(reader: Attendee, *texts: str) -> None:
    """Waits until just these texts are on the board: the phone shows what was asked for before the server has done it."""
    async with asyncio.timeout(SOON_SECONDS):
        while [post["text"] for post in (await reader.snapshot())["posts"]] != list(texts):  # noqa: ASYNC110
            await asyncio.sleep(LOOK_SECONDS)


@pytest.mark.usefixtures("at_length")
async def test_a_draft_survives_a_reload(open_page: Open, board: dict[str, str]) -> None:
    phone = await open_page(board["join_url"], PHONE)
    await phone.tap(".dock-do .button")
    await phone.write("#to", "Nadia Haque")
    await phone.window.type(ENTER)
    await phone.sees(".to-chip", "Nadia Haque")
    await phone.write("#text", "Half a sentence")
    await phone.window.reload()  # the sheet that was open opens again
    await phone.sees(".to-chip", "Nadia Haque")
    await phone.until("() => document.querySelector('#text')?.value", wanted="Half a sentence")


@pytest.mark.usefixtures("at_length")
async def test_the_phone_shows_the_same_lane_after_going_back(open_page: Open, server: Server, board: dict[str, str]) -> None:
    phone = await open_page(board["join_url"], PHONE)
    await lane(phone, "Ask")
    await phone.sees('.tab[aria-current="page"]', "Ask")
    await phone.window.go(f"{server.url}/")
    await phone.sees_no(".dock-do .button")
    await phone.window.back()
    await phone.sees(".dock-do .button", "Ask a question")
    await phone.sees(".top-live.is-live")
    await phone.window.forward()
    await phone.sees_no(".dock-do .button")


@pytest.mark.usefixtures("at_length")
async def test_every_scene_fits_the_large_screen(open_page: Open, here: People, board: dict[str, str]) -> None:
    omar, sokha = await here.attendee("Omar Haddad", "Jordan"), await here.attendee("Sokha Chan", "Cambodia")
    moderator = await here.moderator()
    card = await omar.celebrate(ARABIC, to=[{"name": "Sokha Chan", "team": "Cambodia"}])
    await sokha.celebrate(SENTENCE, to=[{"name": "Omar Haddad", "team": "Jordan"}])
    await omar.ask(QUESTION)
    screen = await open_page(board["screen_url"], STAGE)
    await screen.attribute("html", "data-lease", "live")
    for scene in ("join", "cards", "questions", "spotlight", "map", "recap", "blank"):
        body = {"scene": scene, "post": card["id"]} if scene == "spotlight" else {"scene": scene}
        await moderator.send("PUT", "/screen", body)
        await screen.attribute("html", "data-scene", scene)
        await screen.until(f"(names) => ({BEYOND})(names).length", ".head, .scene, .corner, .card, .slide-words bdi", wanted=0)
        assert await screen.window.run(SIDEWAYS) <= 0, scene


async def test_the_desk_approves_pins_puts_in_the_spotlight_and_answers(
    open_page: Open, here: People, board: dict[str, str]
) -> None:
    desk = await open_page(board["moderate_url"], LAPTOP)
    screen = await open_page(board["screen_url"], STAGE)
    await desk.tap('[data-switch="question"]')
    await desk.attribute('[data-switch="question"]', "aria-checked", "true")
    asked = await (await here.attendee("Omar Haddad", "Jordan")).ask(QUESTION)
    await desk.tap('[data-tab="waiting"]')  # nothing waited when it opened
    await desk.tap(f'{row(asked)} [data-act="approve"]')
    await public(await here.attendee(), QUESTION)
    await desk.tap('[data-tab="board"]')
    await desk.tap(f'{row(asked)} [data-act="spotlight"]')
    await desk.attribute(f'{row(asked)} [data-act="spotlight"]', "aria-pressed", "true")
    await screen.sees(".spotlight", QUESTION)
    await desk.tap(f'{row(asked)} [data-act="pin"]')
    await desk.attribute(f'{row(asked)} [data-act="pin"]', "aria-pressed", "true")
    await desk.tap(f'{row(asked)} [data-act="menu"]')
    await desk.tap("#pop button", "Write an answer")
    await desk.write('#pop textarea[name="answer"]', "By the buyer.")
    await desk.tap('#pop button[type="submit"]')
    await desk.sees(row(asked), "By the buyer.")
    await screen.attribute("html", "data-scene", "cards")  # an answered question leaves the spotlight
    (post,) = (await (await here.attendee()).snapshot())["posts"]
    assert (post["pinned"], post["answered"], post["answer"]) == (True, True, "By the buyer.")

"""An answer in several languages: written at the desk, undone, and read on a phone in the language of its reader."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import LAPTOP, PHONE, SMALL_PHONE, Pages, answered
from tests.conftest import People
from tests.people import Json
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]
KHMER, FRENCH = "ក្រសួងការងារ ចាប់ពីឆ្នាំ២០២៧។", "Le ministère, à partir de 2027."


@pytest.fixture
def here(server: Server, board: dict[str, str], people: Of) -> People:
    return people(server, board)


@pytest.fixture
async def asked(here: People) -> Json:
    return await (await here.attendee("Omar Haddad", "Jordan")).ask("Who pays for the training of delegates?")


async def form(pages: Pages, board: dict[str, str], asked: Json, size: dict[str, int]) -> Page:
    desk = await pages.open(board["moderate_url"], size)
    await expect(desk.locator(".live")).to_contain_text("Live")
    await desk.locator('[data-tab="board"]').click()
    await opened(desk, asked)
    return desk


async def opened(desk: Page, asked: Json) -> None:
    await desk.locator(f'.row[data-id="{asked["id"]}"] [data-act="menu"]').click()
    await desk.locator('#pop [data-menu="answer"]').click()
    await expect(desk.locator('#pop textarea[name="answer"]')).to_be_focused()


def field(desk: Page, language: str) -> Locator:
    return desk.locator(f'#pop textarea[data-lang="{language}"]')


async def of_board(here: People) -> Json:
    (post,) = (await (await here.attendee()).snapshot())["posts"]
    found: Json = post
    return found


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["desk", "phone"])
async def test_translations_are_written_beside_the_answer_and_undone_with_it(
    pages: Pages, board: dict[str, str], here: People, asked: Json, size: dict[str, int]
) -> None:
    desk = await form(pages, board, asked, size)
    await desk.keyboard.type("The ministry, from 2027.")
    for language, text in (("km", KHMER), ("fr", FRENCH)):
        await desk.locator("#pop [data-translate]").select_option(language)
        await expect(field(desk, language)).to_be_focused()
        await desk.keyboard.insert_text(text)
    assert await desk.locator("#pop").evaluate("(node) => node.scrollWidth <= node.clientWidth")
    async with answered(desk):
        await desk.locator('#pop button[type="submit"]').click()
    wanted = [{"lang": "fr", "text": FRENCH}, {"lang": "km", "text": KHMER}]
    assert (await of_board(here))["answer_translations"] == wanted
    async with answered(desk):
        await desk.locator('[data-do="undo"]').click()
    assert "answer" not in await of_board(here)


async def test_a_typed_translation_is_kept_and_an_empty_field_removes_it(
    pages: Pages, board: dict[str, str], here: People, asked: Json
) -> None:
    moderator = await here.moderator()
    both = {"fr": FRENCH, "km": KHMER}
    await moderator.moderate(asked, answered=True, answer="The ministry.", answer_translations=both)
    desk = await form(pages, board, asked, LAPTOP)
    await field(desk, "fr").fill("")
    await field(desk, "km").fill(KHMER + "!")
    await desk.locator('#pop textarea[name="answer"]').fill("")
    await moderator.moderate(asked, pinned=True)  # a frame comes, and the desk is drawn anew
    await expect(desk.locator(f'.row[data-id="{asked["id"]}"] [data-act="pin"]')).to_have_attribute("aria-pressed", "true")
    await expect(field(desk, "fr")).to_have_value("")
    await expect(desk.locator('#pop textarea[name="answer"]')).to_have_value("")
    await desk.keyboard.press("Escape")
    await opened(desk, asked)
    await expect(field(desk, "km")).to_have_value(KHMER + "!")
    await desk.locator('#pop textarea[name="answer"]').fill("The ministry.")
    async with answered(desk):
        await desk.locator('#pop button[type="submit"]').click()
    assert (await of_board(here))["answer_translations"] == [{"lang": "km", "text": KHMER + "!"}]


@pytest.mark.parametrize(("locale", "read", "folded"), [("km-KH", ["km"], "français"), ("en-GB", [], "français · ខ្មែរ")])
async def test_a_phone_shows_the_translation_to_readers_of_its_language_and_folds_the_others(
    pages: Pages, board: dict[str, str], here: People, asked: Json, locale: str, read: list[str], folded: str
) -> None:
    texts = {"fr": FRENCH, "km": KHMER}
    await (await here.moderator()).moderate(asked, answered=True, answer="The ministry.", answer_translations=texts)
    phone = await pages.open(board["join_url"], SMALL_PHONE, locale=locale)
    await phone.locator(".tabs .tab").nth(1).click()
    await phone.get_by_role("button", name="Answered").click()
    question = phone.locator(f'[data-id="{asked["id"]}"]')
    await expect(question.locator(".translated summary")).to_have_text(folded)
    shown = question.locator(".question-answer[lang]:visible")
    assert [await one.get_attribute("lang") for one in await shown.all()] == read
    await question.locator(".translated summary").click()
    await expect(shown).to_have_count(2)
    assert await phone.evaluate("document.documentElement.scrollWidth <= innerWidth")

"""Being celebrated: the card fills the phone of whom it is for, thanks reach its author, and what was missed waits sealed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import PHONE, SMALL_PHONE, Pages
from tests.conftest import People
from tests.people import Attendee
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]
WHO = (
    "localStorage.setItem('brilliance:{code}:who', JSON.stringify({{name: 'Nadia Haque', team: 'Bangladesh', person: '{id}'}}))"
)


@pytest.fixture
def here(server: Server, board: dict[str, str], people: Of, tmp_path: Path) -> People:
    roster = tmp_path / "people.csv"
    roster.write_text("name,team\nNadia Haque,Bangladesh\nSokha Chan,Cambodia\n", encoding="utf-8")
    server.run("import-people", board["code"], str(roster))
    return people(server, board)


async def person(someone: Attendee, name: str) -> str:
    (found,) = (await someone.get("/people", q=name)).json()["people"]
    return str(found["id"])


async def nadias(pages: Pages, board: dict[str, str], nadia: str, **options: object) -> Page:
    """Her phone: it says who she is as soon as it is there."""
    context = await pages.context(**{"viewport": PHONE} | options)  # type: ignore[arg-type]
    await context.add_init_script(
        f"localStorage.getItem('brilliance:{board['code']}:who') || " + WHO.format(code=board["code"], id=nadia)
    )
    return await pages.open_in(context, board["join_url"])


async def press(phone: Page, name: str) -> None:
    """Until it has done something: what is tapped as the sheet comes up was meant for what lay below."""
    button = phone.locator("dialog.moment-sheet").get_by_role("button", name=name, exact=True).last
    await button.wait_for()  # or the words before it came would count as changed
    words = await phone.locator("dialog.moment-sheet").inner_text()
    for _ in range(50):
        await button.click()
        if not await phone.locator("dialog.moment-sheet[open]").count():
            return
        if await phone.locator("dialog.moment-sheet").inner_text() != words:
            return
        await phone.wait_for_timeout(100)  # or it is tapped a dozen times in vain
    raise AssertionError(name)


async def test_a_received_card_fills_the_phone_and_thanks_reach_its_author(
    pages: Pages, board: dict[str, str], here: People
) -> None:
    author, moderator = await here.attendee("Sokha Chan", "Cambodia"), await here.moderator()
    nadia = await person(author, "nadia")
    phone = await nadias(pages, board, nadia)
    await expect(phone.get_by_role("button", name="Celebrate someone")).to_be_enabled()
    await author.celebrate("Not for her.", to=[{"name": "Lina"}])
    post = await author.celebrate("You got managers and workers round one table.", to=[{"person": nadia}], theme="training")
    moment = phone.get_by_role("dialog", name="For you, Nadia Haque")
    await expect(moment).to_contain_text("You got managers and workers round one table.")
    await expect(moment).to_contain_text("from Sokha Chan · Cambodia")
    assert await phone.evaluate("document.activeElement.closest('dialog') !== null"), "the keyboard is in the sheet"
    line = await author.live()
    await line.until(lambda frame: frame["type"] == "snapshot")
    await press(phone, "Say thanks")
    await expect(moment).to_contain_text("Sokha Chan knows")
    received = await line.until(lambda frame: frame["type"] == "mine")
    assert received["posts"] == [{"id": post["id"], "state": "visible", "thanks": ["Nadia Haque"]}]
    await press(phone, "Take the thanks back")
    await line.until(lambda frame: frame["type"] == "mine" and "thanks" not in frame["posts"][0])
    await moderator.moderate(post, state="hidden")
    await expect(phone.get_by_role("dialog")).to_contain_text("This card is not on the board any more.")
    await expect(phone.get_by_text("You got managers")).to_have_count(0)
    await press(phone, "Close")
    await expect(phone.locator("dialog[open]")).to_have_count(0)


async def test_a_missed_card_waits_sealed_opens_once_and_has_a_mark_in_the_feed(
    pages: Pages, board: dict[str, str], here: People
) -> None:
    author = await here.attendee("Sokha Chan", "Cambodia")
    nadia = await person(author, "nadia")
    for text in ("You listened.", "شكراً لأنك علمتني كيف أقيس الحرارة"):
        await author.celebrate(text, to=[{"person": nadia}], anonymous=text == "You listened.")
    await author.celebrate("All of you.", to=[{"name": "Bangladesh"}])
    phone = await nadias(pages, board, nadia, viewport=SMALL_PHONE, reduced_motion="reduce")
    await expect(phone.get_by_role("dialog", name="2 cards for you")).to_be_visible()
    await press(phone, "Open them, one by one")
    await expect(phone.get_by_role("dialog")).to_contain_text("You listened.")
    await expect(phone.get_by_role("dialog")).to_contain_text("from Anonymous")
    await press(phone, "Next card")
    await expect(phone.locator(".moment[dir=rtl]")).to_contain_text("2 of 2")
    assert await phone.evaluate("document.querySelector('.moment-sheet').scrollWidth") <= SMALL_PHONE["width"]
    await phone.go_back()
    await expect(phone.locator("dialog[open]")).to_have_count(0)
    await expect(phone.locator(".card.is-ours .badge")).to_have_text(["For you", "For you"])
    await expect(phone.locator(".card.is-ours button[aria-pressed]")).to_have_count(2)
    await expect(phone.locator(".card:not(.is-ours) > .badge")).to_have_text("For your team")
    await expect(phone.get_by_role("article", name="For Nadia Haque, from Anonymous")).to_have_count(1)
    await phone.reload()
    await expect(phone.locator(".card.is-ours")).to_have_count(2)
    assert await phone.locator("dialog[open]").count() == 0, "each is opened once"


async def test_the_longest_sentence_for_me_is_large_and_needs_no_scrolling(
    pages: Pages, board: dict[str, str], here: People
) -> None:
    author = await here.attendee("Sokha Chan", "Cambodia")
    nadia = await person(author, "nadia")
    phone = await nadias(pages, board, nadia, reduced_motion="reduce")
    await expect(phone.get_by_role("button", name="Celebrate someone")).to_be_enabled()
    text = ("You waited a full minute of silence, and then the manager told us the real reason. " * 4)[:279] + "."
    await author.celebrate(text, to=[{"person": nadia}], theme="training")
    sentence = phone.locator("dialog.moment-sheet .moment-text")
    await expect(sentence).to_be_visible()
    assert await sentence.evaluate("(text) => parseFloat(getComputedStyle(text).fontSize)") >= 26
    over = "(body) => body.scrollHeight - body.clientHeight"
    assert await phone.locator(".moment-body").evaluate(over) <= 0

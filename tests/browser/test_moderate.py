"""The moderators' desk in Chromium, by hand and by keys."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Locator, Page, expect

from board.live.presence import VOTERS_WITHOUT_PHONE
from tests.browser.conftest import LAPTOP, PHONE, Pages, answered
from tests.conftest import People
from tests.people import JSON, Json
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]


@pytest.fixture
def here(server: Server, board: dict[str, str], people: Of) -> People:
    return people(server, board)


@pytest.fixture
async def desk(pages: Pages, board: dict[str, str]) -> Page:
    return await opened(pages, board)


async def opened(pages: Pages, board: dict[str, str], size: dict[str, int] = LAPTOP) -> Page:
    page = await pages.open(board["moderate_url"], size)
    await expect(page.locator(".live")).to_contain_text("Live")
    return page


async def tab(desk: Page, name: str) -> None:
    await desk.locator(f'[data-tab="{name}"]').click()


def row(desk: Page, post: Json) -> Locator:
    return desk.locator(f'.row[data-id="{post["id"]}"]')


async def public(here: People, texts: list[str]) -> None:
    """Waits until just these texts are public: the desk shows what was asked for before the server has done it."""
    reader, found = await here.attendee(), [""]
    for _ in range(100):
        found = [post["text"] for post in (await reader.snapshot())["posts"]]
        if found == texts:
            return
        await asyncio.sleep(0.05)
    assert found == texts


async def test_a_waiting_post_is_approved_held_with_a_reason_and_restored(desk: Page, here: People) -> None:
    async with answered(desk):
        await desk.locator('[data-switch="card"]').click()
    await expect(desk.locator('[data-switch="card"]')).to_have_attribute("aria-checked", "true")
    await tab(desk, "waiting")
    author = await here.attendee("Omar", "Jordan")
    post = await author.celebrate("Please let me through.")
    await expect(row(desk, post)).to_contain_text("Please let me through.")
    await expect(desk.locator('[data-tab="waiting"]')).to_contain_text("1")
    await public(here, [])
    await row(desk, post).locator('[data-act="approve"]').click()
    await expect(desk.locator('[data-tab="board"]')).to_contain_text("1")
    await public(here, ["Please let me through."])
    await tab(desk, "board")
    await row(desk, post).locator('[data-act="reason"]').click()
    await desk.locator("#pop .pop-list button").first.click()
    await tab(desk, "held")
    await expect(row(desk, post)).to_have_attribute("data-state", "hidden")
    await public(here, [])
    mine = (await author.get("/mine")).json()["posts"][0]
    assert mine["state"] == "hidden"
    assert mine["reason"]
    await row(desk, post).locator('[data-act="restore"]').click()
    await tab(desk, "board")
    await expect(row(desk, post)).to_have_attribute("data-state", "visible")
    await public(here, ["Please let me through."])


async def test_an_act_can_be_undone(desk: Page, here: People) -> None:
    post = await (await here.attendee("Omar", "Jordan")).celebrate("Hidden by mistake.")
    await tab(desk, "board")
    await row(desk, post).locator('[data-act="hold"]').click()
    await expect(desk.locator("[data-undo]")).to_be_visible()
    await expect(desk.locator('[data-tab="held"]')).to_contain_text("1")
    await desk.locator('[data-do="undo"]').click()
    await expect(desk.locator('[data-tab="held"]')).to_contain_text("0")
    await public(here, ["Hidden by mistake."])


async def test_every_key_does_what_the_help_says(desk: Page, here: People) -> None:
    author = await here.attendee("Omar", "Jordan")
    await (await here.moderator()).send("PATCH", "", {"premoderate": {"card": True, "question": True}})
    first, second = await author.ask("Shall I be approved?"), await author.ask("Shall I be held?")
    await desk.reload()  # what comes while one looks waits behind a bar
    await expect(row(desk, second)).to_be_visible()
    await desk.keyboard.press("?")
    await expect(desk.locator("#pop")).to_be_visible()
    await desk.keyboard.press("Escape")
    await expect(desk.locator("#pop")).not_to_be_visible()
    await desk.keyboard.press("j")
    current = desk.locator(".row.is-current")
    started = await current.get_attribute("data-id")
    assert started
    await desk.keyboard.press("j")
    await expect(current).not_to_have_attribute("data-id", started)
    await desk.keyboard.press("k")
    await expect(current).to_have_attribute("data-id", started)
    approved, held = (first, second) if started == first["id"] else (second, first)
    await desk.keyboard.press("a")
    await expect(desk.locator('[data-tab="board"]')).to_contain_text("1")
    await public(here, [approved["text"]])
    await desk.keyboard.press("h")
    await expect(desk.locator('[data-tab="held"]')).to_contain_text("1")
    await desk.keyboard.press("u")
    await expect(desk.locator('[data-tab="held"]')).to_contain_text("0")
    await expect(row(desk, held)).to_be_visible()
    await tab(desk, "board")
    await desk.keyboard.press("j")
    for key, act in (("s", "spotlight"), ("p", "pin"), ("d", "answered")):
        await desk.keyboard.press(key)
        await expect(row(desk, approved).locator(f'[data-act="{act}"]')).to_have_attribute("aria-pressed", "true")
    await expect(row(desk, approved).locator('[data-act="spotlight"]')).to_have_attribute("aria-pressed", "false")
    snapshot = await (await here.attendee()).snapshot()
    assert snapshot["screen"]["scene"] == "cards", "what is answered leaves the spotlight"
    assert (snapshot["posts"][0]["pinned"], snapshot["posts"][0]["answered"]) == (True, True)


async def test_keys_do_nothing_else_while_a_moderator_types(desk: Page, here: People) -> None:
    post = await (await here.attendee("Omar", "Jordan")).celebrate("Ahspduj")
    await tab(desk, "board")
    await expect(row(desk, post)).to_be_visible()
    await desk.keyboard.press("/")
    await desk.keyboard.type("ahspduj")
    await expect(desk.locator(".search input")).to_have_value("ahspduj")
    await expect(row(desk, post)).to_have_attribute("data-state", "visible")
    await desk.locator(".search input").fill("nobody wrote this")
    await expect(row(desk, post)).to_have_count(0)


async def test_freeze_blank_and_scenes_need_one_tap(desk: Page, here: People) -> None:
    author = await here.attendee("Omar", "Jordan")
    async with answered(desk):
        await desk.get_by_role("button", name="Freeze", exact=True).click()
    await expect(desk.locator(".banner").first).to_contain_text("Frozen")
    await author.celebrate("Taken, and waiting.")
    await expect(desk.locator('[data-tab="waiting"]')).to_contain_text("1")
    await public(here, [])
    await desk.get_by_role("button", name="Unfreeze").first.click()
    live = await author.live()
    for button, scene in (('[data-do="blank"]', "blank"), ('[data-scene="questions"]', "questions")):
        await desk.locator(button).click()
        await expect(desk.locator(button)).to_have_attribute("aria-pressed", "true")
        await live.until(lambda frame, scene=scene: frame.get("screen", {}).get("scene") == scene)


async def test_rows_do_not_move_under_the_pointer_when_screen_or_board_changes(desk: Page, here: People) -> None:
    author = await here.attendee("Omar", "Jordan")
    posts = [await author.ask(f"Is this question number {number}?") for number in range(3)]
    await desk.reload()
    await expect(row(desk, posts[0])).to_be_visible()
    await expect(desk.locator(".row-state")).to_have_text(["", "", ""])
    rows = "[...document.querySelectorAll('.row, .row .act')]"
    places = f"{rows}.map((one) => one.getBoundingClientRect()).map(({{ x, y, width, height }}) => [x, y, width, height])"
    before = await desk.evaluate(places)
    for act in ("spotlight", "answered"):
        await row(desk, posts[1]).locator(f'[data-act="{act}"]').click()
        await expect(row(desk, posts[1]).locator(f'[data-act="{act}"]')).to_have_attribute("aria-pressed", "true")
        assert await desk.evaluate(places) == before, act
    for button in ("freeze", "blank"):
        await desk.locator(f'[data-do="{button}"]').click()
        await expect(desk.locator(f'[data-do="{button}"]')).to_have_attribute("aria-pressed", "true")
    assert await desk.evaluate(places) == before


async def test_approve_and_trust_is_one_request_and_one_undo(desk: Page, here: People) -> None:
    await (await here.moderator()).send("PATCH", "", {"premoderate": {"card": True}})
    author = await here.attendee("Omar", "Jordan")
    first, second = await author.celebrate("Let me through, and always."), await author.celebrate("I wait behind it.")
    await desk.reload()  # what comes while one looks waits behind a bar
    await expect(row(desk, second)).to_be_visible()
    sent: list[str] = []
    desk.on("request", lambda request: sent.append(request.method) if request.method not in ("GET", "POST") else None)
    await row(desk, first).locator('[data-act="menu"]').click()
    async with answered(desk):
        await desk.locator('[data-menu="approve-trust"]').click()
    await public(here, [first["text"]])
    third = await author.celebrate("Of somebody trusted.")
    assert third["state"] == "visible"
    assert sent == ["PATCH"]
    async with answered(desk):
        await desk.keyboard.press("u")
    await expect(desk.locator("[data-undo]")).to_have_count(0)
    await public(here, [third["text"]])
    await expect(row(desk, first)).to_have_attribute("data-state", "pending")
    assert (await author.celebrate("Waits again."))["state"] == "pending"
    assert sent == ["PATCH", "PATCH"]


async def test_two_moderators_see_each_other_and_the_second_reads_the_name_of_the_first(
    desk: Page, pages: Pages, here: People, board: dict[str, str]
) -> None:
    other = await opened(pages, board, PHONE)
    post = await (await here.attendee("Omar", "Jordan")).celebrate("Both look at this one.")
    for page in (desk, other):
        await tab(page, "board")
        await expect(row(page, post)).to_be_visible()
    await other.context.set_offline(True)
    await row(desk, post).locator('[data-act="hold"]').click()
    await expect(desk.locator('[data-tab="held"]')).to_contain_text("1")
    await expect(row(other, post)).to_have_attribute("data-state", "visible")
    await other.context.set_offline(False)
    await expect(other.locator('[data-tab="held"]')).to_contain_text("1", timeout=40_000)


async def test_a_moderator_holds_many_posts_at_once(desk: Page, here: People) -> None:
    author = await here.attendee("Omar", "Jordan")
    posts = [await author.celebrate(f"Card {number} of a bad joke.") for number in range(3)]
    await tab(desk, "board")
    for post in posts[:2]:
        await row(desk, post).locator(".pick").click()
    await desk.locator('[data-bulk-act="hold"]').click()
    await expect(desk.locator('[data-tab="held"]')).to_contain_text("2")
    await public(here, ["Card 2 of a bad joke."])


async def test_the_desk_reports_more_votes_than_phones_and_removes_them(
    desk: Page, server: Server, board: dict[str, str], here: People
) -> None:
    asked = await (await here.attendee("Asha")).ask("Should we all go home?")
    async with httpx.AsyncClient(base_url=server.url) as program:
        for _ in range(VOTERS_WITHOUT_PHONE + 2):
            program.cookies.clear()  # another phone each time
            await program.get(f"/api/b/{board['code']}/mine")
            assert (await program.put(f"/api/b/{board['code']}/posts/{asked['id']}/vote", headers=JSON)).status_code == 200
    flood = desk.locator('[data-banner="flood"]')
    await tab(desk, "board")
    await expect(flood).to_contain_text(f"{VOTERS_WITHOUT_PHONE + 2} voted within a minute")
    await expect(desk.locator(".row").first).to_contain_text(f"{VOTERS_WITHOUT_PHONE + 2} votes")
    await flood.get_by_role("button").click()
    await expect(desk.locator("#pop")).to_contain_text("Real people among them")
    await desk.locator('[data-minutes="5"]').click()
    await expect(desk.locator(".row").first).to_contain_text("0 votes")
    await expect(flood).to_have_count(0)


async def test_scenes_rotate_with_the_seconds_of_each(desk: Page, pages: Pages, here: People, board: dict[str, str]) -> None:
    attendee = await here.attendee("Asha", "Jordan")
    await attendee.celebrate(to=[{"name": "Nadia", "team": "Bangladesh"}])
    screen = await pages.open(
        board["screen_url"], {"width": 640, "height": 360}
    )  # small: many scenes are drawn, none is looked at
    root = screen.locator("html")
    await expect(root).to_have_attribute("data-scene", "cards")
    await desk.get_by_role("switch", name="Rotate scenes").click()
    for scene in ("cards", "questions", "map", "recap", "join"):
        await desk.locator(f'[data-turn="{scene}"]').fill("5" if scene in ("map", "recap") else "0")
        await desk.locator(f'[data-turn="{scene}"]').blur()
    for scene in ("map", "recap", "map"):
        await expect(root).to_have_attribute("data-scene", scene, timeout=15_000)
    # A spotlight interrupts; afterwards they go on.
    post = (await attendee.snapshot())["posts"][0]
    moderator = await here.moderator()
    await moderator.send("PUT", "/screen", {"scene": "spotlight", "post": post["id"]})
    await expect(root).to_have_attribute("data-scene", "spotlight")
    await moderator.moderate(post, state="hidden")
    await expect(root).to_have_attribute("data-slide", "invite")  # nothing is left to show: an invitation
    await moderator.moderate(post, state="visible")
    await expect(root).to_have_attribute("data-scene", "recap", timeout=15_000)
    await desk.get_by_role("switch", name="Rotate scenes").click()
    await expect(root).to_have_attribute("data-scene", "cards")
    assert "turns" not in (await attendee.snapshot())["screen"]


async def test_a_typed_answer_survives_escape_and_reload_until_it_is_saved(desk: Page, here: People) -> None:
    question = await (await here.attendee("Omar", "Jordan")).ask()
    answer = desk.get_by_role("textbox", name="Write an answer")

    async def open_answer() -> None:
        await tab(desk, "board")
        await row(desk, question).locator('[data-act="menu"]').click()
        await desk.get_by_role("button", name="Write an answer …").click()

    await open_answer()
    await answer.fill("The ministry pays.")
    await desk.keyboard.press("Escape")
    await desk.reload()
    await open_answer()
    await expect(answer).to_have_value("The ministry pays.")


async def test_an_answer_in_khmer_may_have_as_many_characters_as_one_in_english(desk: Page, here: People) -> None:
    """A browser counts the units of UTF-16, three to this character, and cut what was pasted without a word."""
    question = await (await here.attendee("Omar", "Jordan")).ask()
    words = " ".join(["ក្តី" * 9] * 90)
    await tab(desk, "board")
    await row(desk, question).locator('[data-act="menu"]').click()
    await desk.get_by_role("button", name="Write an answer …").click()
    await desk.get_by_role("textbox", name="Write an answer").focus()
    async with answered(desk):
        await desk.keyboard.insert_text(words)
        await desk.get_by_role("button", name="Save").click()
    posts = (await (await here.moderator()).snapshot())["posts"]
    assert [post["answer"] for post in posts] == [words]


async def test_a_moderator_releases_a_name_for_a_person_with_a_new_phone(
    desk: Page, server: Server, here: People, board: dict[str, str], tmp_path: Path
) -> None:
    people = tmp_path / "people.csv"
    people.write_text("name,team\nNadia Haque,Bangladesh\nNadir Omar,Jordan\n", encoding="utf-8")
    server.run("import-people", board["code"], str(people))
    lost_phone = await here.attendee("Nadia Haque", "Bangladesh")
    post = await lost_phone.ask("May I keep this?")
    await desk.get_by_text("Move a name to a new phone").click()
    await desk.get_by_label("A name that is in use").fill("nad")
    await expect(desk.locator(".names")).to_contain_text("Nadia Haque")
    await expect(desk.locator(".names")).not_to_contain_text("Nadir")
    along = desk.get_by_role("checkbox", name="Their posts move, too")
    await expect(along).not_to_be_checked()
    await along.check()
    await desk.get_by_role("button", name="Release Nadia Haque").click()
    await expect(desk.locator(".names")).not_to_contain_text("Nadia")
    await expect(along).not_to_be_checked()  # each time a decision of its own
    new_phone = await here.attendee("Nadia Haque", "Bangladesh")
    assert [own["id"] for own in (await new_phone.get("/mine")).json()["posts"]] == [post["id"]]

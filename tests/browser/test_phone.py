"""The phone in Chromium: two lanes, a composer, and nothing lost when the network goes."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import Page, Request, Route, expect

from tests.browser.cases import all_of_them
from tests.browser.conftest import LAPTOP, PHONE, SMALL_PHONE, Pages
from tests.browser.first_use import Human, first_card
from tests.conftest import People
from tests.people import Json
from tests.room import until
from tests.servers import Server

# What a browser does where a proxy lets no socket through.
NO_SOCKETS = """window.WebSocket = class extends EventTarget {
  constructor() {
    super();
    setTimeout(() => {
      for (const event of [new Event("error"), new CloseEvent("close", { code: 1006 })]) {
        this["on" + event.type]?.(event);
        this.dispatchEvent(event);
      }
    }, 50);
  }
  close() {}
};"""
Of = Callable[[Server, dict[str, str]], People]


@pytest.fixture
def here(server: Server, board: dict[str, str], people: Of) -> People:
    return people(server, board)


@pytest.fixture
async def phone(pages: Pages, board: dict[str, str]) -> Page:
    return await pages.open(board["join_url"])


async def lane(phone: Page, name: str) -> None:
    await phone.get_by_role("navigation").get_by_role("button", name=name).click()


async def say_who(phone: Page, name: str = "Sokha", team: str = "Cambodia") -> None:
    await phone.get_by_label("Your name").fill(name)
    await phone.get_by_label("Your team").select_option(team)
    await phone.get_by_role("button", name="Send to the board").click()


async def on_the_board(here: People, count: int) -> list[Json]:
    """The posts as others see them, newest first: a phone shows its own before the board has answered."""
    reader = await here.attendee()
    async with asyncio.timeout(10):
        while len(posts := (await reader.snapshot())["posts"]) < count:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    return posts  # type: ignore[no-any-return]


async def write_card(phone: Page, text: str, to: str = "Nadia") -> None:
    await phone.get_by_role("button", name="Celebrate someone").click()
    await phone.get_by_label("Who do you want to celebrate?").first.fill(to)
    await phone.keyboard.press("Enter")
    await phone.get_by_label("In one sentence").fill(text)
    await phone.get_by_role("button", name="Send to the board").click()


async def write_question(phone: Page, text: str) -> None:
    await phone.get_by_role("button", name="Ask a question").click()
    await phone.get_by_label("Your question").fill(text)
    await phone.get_by_role("button", name="Send to the board").click()


async def test_the_board_opens_at_once_and_new_cards_appear_by_themselves(phone: Page, here: People) -> None:
    await expect(phone.get_by_text("Nobody has been celebrated yet.")).to_be_visible()
    author = await here.attendee("Omar", "Jordan")
    post = await author.celebrate("You made the committee talk about heat.", theme="training")
    card = phone.locator(f'[data-id="{post["id"]}"]')
    await expect(card).to_contain_text("You made the committee talk about heat.")
    await expect(card).to_contain_text("Omar · Jordan")
    await expect(card).to_contain_text("Training")


async def test_a_card_asks_for_name_and_team_once_and_is_on_the_board_with_them(phone: Page, here: People) -> None:
    await write_card(phone, "You got managers and workers round one table.")
    await say_who(phone)
    await expect(phone.locator("[data-id]")).to_contain_text("Sokha · Cambodia")
    await write_card(phone, "And then you wrote it down for all of us.", to="Lina")
    await expect(phone.locator("[data-id]")).to_have_count(2)
    posts = await on_the_board(here, 2)
    assert [(post["to"][0]["name"], post["author"]["name"]) for post in posts] == [("Lina", "Sokha"), ("Nadia", "Sokha")]


async def test_a_question_takes_votes_and_the_one_with_most_votes_stands_first(phone: Page, here: People) -> None:
    await lane(phone, "Ask")
    other = await here.attendee("Omar", "Jordan")
    first = await other.ask("Who pays for the training?")
    second = await other.ask("How do you measure heat?")
    await phone.locator(f'[data-id="{first["id"]}"] .vote').click()
    await expect(phone.locator(f'[data-id="{first["id"]}"] .vote')).to_have_attribute("aria-pressed", "true")
    await expect(phone.locator(f'[data-id="{first["id"]}"] .vote')).to_contain_text("1")
    await expect(phone.locator(".question").first).to_have_attribute("data-id", first["id"])
    await phone.get_by_role("button", name="New", exact=True).click()
    await expect(phone.locator(".question").first).to_have_attribute("data-id", second["id"])
    await phone.locator(f'[data-id="{first["id"]}"] .vote').click()
    await expect(phone.locator(f'[data-id="{first["id"]}"] .vote')).to_have_attribute("aria-pressed", "false")
    async with asyncio.timeout(10):  # the phone shows it before the board has answered
        while any(post["votes"] for post in (await other.snapshot())["posts"]):  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def test_reactions_are_counted_for_everyone_and_mine_can_be_taken_back(phone: Page, here: People) -> None:
    other = await here.attendee("Omar", "Jordan")
    post = await other.celebrate()
    clap = phone.locator(f'[data-id="{post["id"]}"] .reaction').first
    await clap.click()
    await expect(clap).to_have_attribute("aria-pressed", "true")
    await expect(clap.locator(".count")).to_have_text("1")
    await other.send("PUT", f"/posts/{post['id']}/reactions/clap", {})
    await expect(clap.locator(".count")).to_have_text("2")
    await clap.click()
    await expect(clap.locator(".count")).to_have_text("1")


async def test_an_author_sees_state_and_reason_of_a_held_post_and_others_do_not(
    phone: Page, pages: Pages, here: People, board: dict[str, str]
) -> None:
    moderator = await here.moderator()
    await moderator.send("PATCH", "", {"premoderate": {"question": True}})
    await lane(phone, "Ask")
    look_ups: list[str] = []
    phone.on("request", lambda request: look_ups.append(request.url) if request.url.endswith("/mine") else None)
    await write_question(phone, "Why was my visit cancelled?")
    await say_who(phone)
    await expect(phone.get_by_text("Waiting for a moderator")).to_be_visible()
    stranger = await pages.open(board["join_url"] + "#ask")
    await expect(stranger.get_by_text("No questions yet.")).to_be_visible()
    waiting = (await moderator.snapshot(feed="moderate"))["posts"][0]
    await moderator.moderate(waiting, state="rejected", reason="Please ask your team leader first.")
    await lane(phone, "Me")
    await expect(phone.get_by_text("Please ask your team leader first.")).to_be_visible()
    await moderator.moderate(waiting, state="visible")
    await expect(stranger.get_by_text("Why was my visit cancelled?")).to_be_visible()
    await expect(phone.locator(".mine")).to_contain_text("On the board")
    assert look_ups == [], "answers and frames have all of it"


async def test_an_own_post_can_be_changed_and_taken_back(phone: Page, pages: Pages, board: dict[str, str]) -> None:
    stranger = await pages.open(board["join_url"])
    await write_card(phone, "You taught me to measure haet.")
    await say_who(phone)
    await expect(stranger.get_by_text("haet")).to_be_visible()
    await lane(phone, "Me")
    await phone.get_by_role("button", name=re.compile("^Edit")).click()
    await phone.get_by_label("In one sentence").fill("You taught me to measure heat.")
    await phone.get_by_role("button", name="Save").click()
    await expect(stranger.get_by_text("You taught me to measure heat.")).to_be_visible()
    await phone.get_by_role("button", name=re.compile("^Take back")).click()
    await phone.get_by_role("button", name="Yes, take back").click()
    await expect(stranger.get_by_text("You taught me to measure heat.")).to_have_count(0)
    await expect(phone.locator(".mine")).to_contain_text("Taken back")


async def test_the_board_does_not_move_during_writing_and_the_feed_counts_new_posts(phone: Page, here: People) -> None:
    author = await here.attendee("Omar", "Jordan")
    await author.celebrate("Something that was there before.")
    await expect(phone.locator("[data-id]")).to_have_count(1)
    await phone.get_by_role("button", name="Celebrate someone").click()
    for number in range(3):
        await author.celebrate(f"Card number {number} of three.")
    await expect(phone.locator(".top").get_by_role("button", name="Show 3 new")).to_be_visible()
    await expect(phone.locator("#composer")).not_to_contain_text("new")  # nobody who writes can act on it
    await phone.get_by_role("button", name="Close").click()
    await expect(phone.locator("[data-id]")).to_have_count(4)


async def test_an_offline_post_is_kept_and_sent_once_after_reconnecting(phone: Page, here: People) -> None:
    reader = await here.attendee()
    await lane(phone, "Ask")
    await write_question(phone, "Is this the first one?")
    await say_who(phone)
    await expect(phone.locator(".question:not(.is-waiting)")).to_have_count(1)
    await phone.context.set_offline(True)
    await write_question(phone, "Written on the bus, without a signal?")
    await expect(phone.get_by_text("saved and sends itself").first).to_be_visible()
    assert len((await reader.snapshot())["posts"]) == 1
    await phone.context.set_offline(False)
    await expect(phone.locator(".question:not(.is-waiting)", has_text="Written on the bus")).to_be_visible(timeout=40_000)
    posts = (await reader.snapshot())["posts"]
    assert [post["text"] for post in posts] == ["Written on the bus, without a signal?", "Is this the first one?"]


async def test_an_unsent_post_survives_a_reload(phone: Page, here: People) -> None:
    reader = await here.attendee()
    await lane(phone, "Ask")
    await write_question(phone, "Is this the first one?")
    await say_who(phone)
    await expect(phone.locator(".question:not(.is-waiting)")).to_have_count(1)

    async def cut(route: Route) -> None:
        await route.abort()

    await phone.route("**/posts", cut)
    await write_question(phone, "Kept through a reload?")
    await expect(phone.locator(".is-waiting")).to_contain_text("Kept through a reload?")
    await phone.unroute("**/posts", cut)
    await phone.reload()
    await expect(phone.locator(".question:not(.is-waiting)", has_text="Kept through a reload?")).to_be_visible(timeout=20_000)
    assert len((await reader.snapshot())["posts"]) == 2


async def test_after_a_lost_answer_the_phone_retries_with_the_same_id(phone: Page, here: People) -> None:
    sent: list[Json] = []
    again = asyncio.Event()

    async def lose_the_first_answer(route: Route, request: Request) -> None:
        sent.append(json.loads(request.post_data or ""))
        if len(sent) > 1:
            again.set()
        await route.fetch() if len(sent) == 1 else None
        await (route.abort() if len(sent) == 1 else route.continue_())

    await phone.route("**/posts", lose_the_first_answer)
    await lane(phone, "Ask")
    await write_question(phone, "Was I heard?")
    await say_who(phone)
    await expect(phone.locator(".question:not(.is-waiting)", has_text="Was I heard?")).to_be_visible(timeout=20_000)
    await asyncio.wait_for(again.wait(), 20)
    await lane(phone, "Me")
    await expect(phone.locator(".mine-post")).to_have_count(1)
    await expect(phone.locator(".mine-post")).to_contain_text("On the board", timeout=20_000)
    assert len({one["id"] for one in sent}) == 1
    assert len((await (await here.attendee()).snapshot())["posts"]) == 1


async def test_a_draft_survives_a_reload_and_closing(phone: Page) -> None:
    await phone.get_by_role("button", name="Celebrate someone").click()
    text = phone.get_by_label("In one sentence")
    await text.fill("A sentence that is not finished")
    await phone.reload()  # what was being written is open again
    await expect(text).to_have_value("A sentence that is not finished")
    await phone.get_by_role("button", name="Close").click()
    await phone.get_by_role("button", name="Celebrate someone").click()
    await expect(text).to_have_value("A sentence that is not finished")


async def test_a_tap_before_the_script_loads_gets_feedback_and_opens_the_sheet_later(
    pages: Pages, board: dict[str, str]
) -> None:
    context = await pages.context(PHONE)
    come = asyncio.Event()

    async def hold(route: Route) -> None:
        await come.wait()
        await route.continue_()

    await context.route("**/js/**/*.js*", hold)
    phone = await context.new_page()
    await phone.goto(board["join_url"], wait_until="commit")
    notice = phone.get_by_text("it opens by itself")
    await expect(phone.get_by_text("Celebrate someone")).to_be_visible()
    await expect(notice).to_be_hidden()
    await phone.get_by_text("Celebrate someone").click()
    await expect(notice).to_be_visible()
    come.set()
    await expect(phone.get_by_label("Who do you want to celebrate?").first).to_be_focused()
    await expect(notice).to_have_count(0)
    await phone.get_by_role("button", name="Close").click()
    await phone.reload()  # what was wanted once is not wanted again
    await expect(phone.get_by_text("Nobody has been celebrated yet.")).to_be_visible()
    await expect(phone.locator("#composer")).to_be_hidden()


async def test_a_script_lost_on_the_network_is_fetched_again(pages: Pages, board: dict[str, str], here: People) -> None:
    await (await here.attendee("Omar", "Jordan")).celebrate("There at last.")
    page = await (await pages.context(PHONE)).new_page()
    with all_of_them() as case:
        for link, script in (("join_url", "phone"), ("screen_url", "screen"), ("moderate_url", "moderate")):
            lost: list[str] = []
            with case(script):
                await page.route(f"**/js/*/{script}.js*", partial(lose_twice, lost))
                await page.goto(board[link], wait_until="commit")
                await until(lambda lost=lost: len(lost) > 2, 30, "it is not asked for again")  # type: ignore[misc]
                await expect(page.get_by_text("There at last.").first).to_be_visible(timeout=30_000)


async def lose_twice(lost: list[str], route: Route) -> None:
    lost.append(route.request.url)
    await (route.abort() if len(lost) <= 2 else route.continue_())


async def test_the_page_contains_cards_before_its_first_request(pages: Pages, here: People, board: dict[str, str]) -> None:
    author, moderator = await here.attendee("Omar", "Jordan"), await here.moderator()
    shown = await author.celebrate("It came with the page. </script><script>alert(1)</script>")
    hidden = await author.celebrate("This one was hidden.")
    await moderator.moderate(hidden, state="hidden")
    context = await pages.context(PHONE)
    let_through = asyncio.Event()

    async def hold(route: Route) -> None:
        await let_through.wait()
        await route.continue_()

    await context.route("**/api/**", hold)
    phone = await pages.open_in(context, board["join_url"])
    await expect(phone.locator(".card")).to_have_count(1)
    await expect(phone.locator(".card")).to_contain_text(shown["text"])
    assert "This one was hidden." not in await phone.content()
    await lane(phone, "Ask")
    await expect(phone.get_by_text("Opening the board …")).to_be_visible()  # whether there are questions is not known yet
    await moderator.moderate(shown, state="hidden")
    let_through.set()
    await expect(phone.get_by_text("No questions yet.")).to_be_visible()
    await lane(phone, "Celebrate")
    await expect(phone.get_by_text("Nobody has been celebrated yet.")).to_be_visible()


async def test_the_back_button_closes_the_sheet_and_stays_on_the_board(phone: Page) -> None:
    await phone.get_by_role("button", name="Celebrate someone").click()
    await phone.get_by_label("In one sentence").fill("Half a sentence")
    await phone.go_back()
    await expect(phone.locator("#composer")).to_be_hidden()
    await expect(phone.get_by_role("button", name="Celebrate someone")).to_be_visible()
    await phone.go_forward()
    await expect(phone.get_by_label("In one sentence")).to_have_value("Half a sentence")


async def test_characters_are_counted_as_people_see_them(phone: Page) -> None:
    await phone.get_by_role("button", name="Celebrate someone").click()
    await phone.get_by_label("In one sentence").fill("👩🏽‍🏫 ចាន់ é")
    await expect(phone.locator("#text-count")).to_have_text("6 of 280")
    await phone.get_by_label("In one sentence").fill("x" * 281)
    await expect(phone.locator("#text-count")).to_have_text("1 character too many")


async def test_with_blocked_sockets_the_same_frames_come_as_events(pages: Pages, board: dict[str, str], here: People) -> None:
    context = await pages.context(PHONE)
    await context.add_init_script(NO_SOCKETS)
    phone = await pages.open_in(context, board["join_url"])
    await expect(phone.get_by_text("Nobody has been celebrated yet.")).to_be_visible()
    await (await here.attendee("Omar", "Jordan")).celebrate("This came without a socket.")
    await expect(phone.get_by_text("This came without a socket.")).to_be_visible(timeout=30_000)


async def test_markup_in_a_text_is_shown_as_text(phone: Page, here: People) -> None:
    nasty = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    await (await here.attendee("<b>Omar</b>", "Jordan")).celebrate(nasty)
    await expect(phone.locator(".card-text")).to_have_text(nasty)
    await expect(phone.locator(".card-who")).to_contain_text("<b>Omar</b>")
    assert await phone.locator(".card img, .card script, .card b b, .card b:text-is('Omar')").count() == 0


async def test_two_letters_find_somebody_on_the_roster_and_the_card_goes_to_that_person(
    phone: Page, server: Server, board: dict[str, str], here: People, tmp_path: Path
) -> None:
    roster = tmp_path / "people.csv"
    roster.write_text("id,name,team\nnadia,Nadia Haque,Bangladesh\nana,Ana Nadolny,Jordan\n", encoding="utf-8")
    server.run("import-people", board["code"], str(roster))
    await phone.get_by_role("button", name="Celebrate someone").click()
    await phone.locator("#to").press_sequentially("na")
    offers = phone.locator("#to-offers .offer")
    found = [re.compile(words, re.DOTALL) for words in ("Nadia Haque.*Bangladesh", "Ana Nadolny.*Jordan", "“na”")]
    await expect(offers).to_have_text(found)
    await offers.first.click()
    await expect(phone.locator(".to-chip")).to_contain_text("Nadia Haque")
    await expect(phone.locator(".to-chip select")).to_have_count(0)  # the team is known
    await phone.locator("#text").fill("You showed me how to read an accident report.")
    await phone.get_by_role("button", name="Send to the board").click()
    await say_who(phone)
    await expect(phone.locator(".card")).to_contain_text("Nadia Haque")
    (post,) = await on_the_board(here, 1)
    assert post["to"] == [{"name": "Nadia Haque", "team": "Bangladesh", "person": "nadia"}]


async def test_the_phone_offers_a_similar_question_and_votes_for_it(phone: Page, here: People) -> None:
    asked = await (await here.attendee("Omar", "Jordan")).ask("Who pays for the training of delegates?")
    await lane(phone, "Ask")
    await phone.get_by_role("button", name="Ask a question").click()
    await phone.locator("#text").press_sequentially("Who is paying for the delegates' training")
    similar = phone.locator(".similar")
    await expect(similar).to_contain_text(asked["text"])
    async with phone.expect_response("**/vote") as answer:
        await similar.get_by_role("button").click()
    assert (await answer.value).ok
    await expect(phone.locator("#composer")).not_to_be_visible()
    await expect(phone.locator(".question")).to_have_count(1)
    assert [post["votes"] for post in (await (await here.attendee()).snapshot())["posts"]] == [1]
    await phone.get_by_role("button", name="Ask a question").click()
    await expect(phone.locator("#text")).to_have_value("")  # that draft is done with


@pytest.fixture
def roster(server: Server, board: dict[str, str], tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("name,team\nNadia Haque,Bangladesh\nSokha Chan,Cambodia\nSokunthea Lim,Cambodia\n", encoding="utf-8")
    server.run("import-people", board["code"], str(people))


async def test_a_phone_that_takes_a_name_keeps_it_from_other_phones(
    phone: Page, pages: Pages, here: People, board: dict[str, str], roster: None
) -> None:
    await lane(phone, "Me")
    await phone.get_by_role("button", name="Add your name").click()
    await phone.keyboard.type("sok")
    await phone.get_by_role("option", name="Sokha Chan").click()
    await expect(phone.get_by_label("Your team")).to_have_value("Cambodia")
    await phone.get_by_role("button", name="Save").click()
    await expect(phone.locator(".me-who")).to_contain_text("Sokha Chan")

    other = await pages.open(board["join_url"])
    await lane(other, "Me")
    await other.get_by_role("button", name="Add your name").click()
    await other.keyboard.type("sok")
    await expect(other.get_by_role("option", name="Sokha Chan")).to_contain_text("in use on another phone")
    await other.get_by_role("option", name="Sokha Chan").click(force=True)
    await expect(other.get_by_role("alert")).to_contain_text("Ask a moderator to move your name to this phone.")
    await other.get_by_label("Your name").fill("sokha chan")
    await other.get_by_label("Your team").select_option("Cambodia")
    await other.get_by_role("button", name="Save").click()
    await expect(other.get_by_role("alert")).to_contain_text("in use on another phone")

    moderator = await here.moderator()
    (person,) = (await moderator.get("/people", q="sokha")).json()["people"]
    await moderator.send("DELETE", f"/people/{person['id']}/holder")
    await other.get_by_role("button", name="Save").click()
    await expect(other.locator(".me-who")).to_contain_text("Sokha Chan")
    await phone.reload()
    await lane(phone, "Me")
    await expect(phone.get_by_text("You have not given your name yet.")).to_be_visible()


async def test_five_taps_lead_from_the_scanned_code_to_a_card_on_the_large_screen(
    pages: Pages, board: dict[str, str], roster: None
) -> None:
    screen = await pages.open(board["screen_url"], LAPTOP)
    human = Human(await (await pages.context(PHONE, has_touch=True)).new_page())
    await first_card(human, screen, board["join_url"])
    assert human.taps <= 5


async def test_a_name_that_was_taken_while_this_phone_was_offline_is_asked_again_and_the_card_is_kept(
    phone: Page, here: People, board: dict[str, str], roster: None
) -> None:
    await phone.get_by_role("button", name="Celebrate someone").click()
    await expect(phone.get_by_label("Who do you want to celebrate?").first).to_be_visible()
    await phone.context.set_offline(True)
    await phone.get_by_label("Who do you want to celebrate?").first.fill("Nadia")
    await phone.keyboard.press("Enter")
    await phone.get_by_label("In one sentence").fill("You wrote it down for all of us.")
    await phone.get_by_role("button", name="Send to the board").click()
    await say_who(phone, "Sokha Chan")
    await expect(phone.locator(".is-waiting").first).to_be_visible()
    await here.attendee("Sokha Chan", "Cambodia")
    await phone.context.set_offline(False)
    await expect(phone.locator("#composer")).to_contain_text("in use on another phone", timeout=20_000)
    await phone.get_by_role("button", name="Send to the board").click()
    await say_who(phone, "Sokha C.")
    await expect(phone.locator("[data-id]")).to_contain_text("Sokha C. · Cambodia")
    await expect(phone.locator(".is-waiting")).to_have_count(0)  # the card is shown before the board has it
    assert len((await (await here.attendee()).snapshot())["posts"]) == 1


async def test_a_received_card_is_announced_in_every_lane_and_can_be_saved_as_a_picture(
    phone: Page, here: People, roster: None
) -> None:
    await lane(phone, "Me")
    await phone.get_by_role("button", name="Add your name").click()
    await phone.get_by_label("Your name").fill("Nadia Haque")
    await phone.get_by_label("Your team").select_option("Bangladesh")
    await phone.get_by_role("button", name="Save").click()
    await expect(phone.locator(".me-who")).to_contain_text("Nadia Haque")
    await lane(phone, "Ask")
    author, moderator = await here.attendee("Omar", "Jordan"), await here.moderator()
    (nadia,) = (await author.get("/people", q="nadia")).json()["people"]
    post = await author.celebrate("شكراً لأنك علمتني كيف أقيس الحرارة 👏", to=[{"person": nadia["id"]}], theme="training")
    await author.celebrate("Not for Nadia.", to=[{"name": "Lina"}])
    await expect(phone.locator(".dock .note")).to_contain_text("Omar celebrates you")
    await expect(phone.locator(".tab-badge")).to_contain_text("1")
    await expect(phone.get_by_role("dialog", name="For you, Nadia Haque")).to_contain_text("شكراً")
    await phone.get_by_role("dialog").get_by_role("button", name="Keep as picture").click()
    sheet = phone.get_by_role("dialog", name="Keep as picture")
    shapes = {}
    for name, width in (("Square", 1080), ("A5 to print", 1748), ("Portrait", 1080)):
        await sheet.get_by_role("button", name=name).click()
        canvas = sheet.get_by_role("img", name="The card for Nadia Haque as a picture").locator(f"canvas[width='{width}']")
        shapes[name] = await canvas.get_attribute("height")
    assert shapes == {"Square": "1080", "A5 to print": "2480", "Portrait": "1350"}
    async with phone.expect_download() as saving:
        await sheet.get_by_role("button", name="Save").click()
    await expect(sheet).to_have_count(0)
    await phone.go_back()
    await lane(phone, "Me")
    await expect(phone.locator(".card")).to_have_count(1)
    picture = await (await saving.value).path()
    with Image.open(picture) as saved:
        assert saved.size == (1080, 1350)
        assert ink(saved, 84, 20, 500, 60) == 0, "paper"
        assert 0.02 < ink(saved, 84, 200, 912, 900) < 0.4, "words"
        assert 0.8 < ink(saved, 0, 1210, 1080, 130) < 1, "which gathering, on ink"
    await lane(phone, "Celebrate")
    await lane(phone, "Me")
    await moderator.moderate(post, state="hidden")
    await expect(phone.locator(".card")).to_have_count(0)


def ink(picture: Image.Image, left: int, top: int, width: int, height: int) -> float:
    """The share of a part of it that is dark."""
    third = (1 / 3, 1 / 3, 1 / 3, 0)
    part = picture.convert("RGB").crop((left, top, left + width, top + height)).convert("L", third)
    return sum(part.histogram()[:100]) / (width * height)


async def test_old_received_cards_are_found_and_leave_when_hidden(
    pages: Pages, here: People, board: dict[str, str], roster: None
) -> None:
    author, moderator = await here.attendee("Omar", "Jordan"), await here.moderator()
    (nadia,) = (await author.get("/people", q="nadia")).json()["people"]
    old = await author.celebrate("The first of all cards.", to=[{"person": nadia["id"]}])
    for number in range(200):
        await author.celebrate(f"Card {number} for somebody else.")
    phone = await pages.open(board["join_url"])  # now: it would have drawn each of them
    await lane(phone, "Me")
    await phone.get_by_role("button", name="Add your name").click()
    await phone.keyboard.type("nadia")
    await phone.get_by_role("option", name="Nadia Haque").click()
    await phone.get_by_role("button", name="Save").click()
    await phone.wait_for_function("() => !history.state?.sheet")  # else going back and the reload meet
    await phone.reload()  # what came before is found at the next visit
    await expect(phone.get_by_role("dialog")).to_contain_text("The first of all cards.")
    await phone.go_back()
    await lane(phone, "Me")
    await expect(phone.locator(".card")).to_contain_text("The first of all cards.")
    await moderator.moderate(old, state="hidden")
    await expect(phone.locator(".card")).to_have_count(0)


async def test_suggested_first_sentences_fit_recipient_and_theme(phone: Page) -> None:
    await phone.get_by_role("button", name="Celebrate someone").click()
    to = phone.get_by_label("Who do you want to celebrate?").first
    begin = phone.locator(".starters")
    await expect(begin).to_contain_text("I learned … from you when …")
    await to.fill("Jor")
    await phone.get_by_role("option", name="The Jordan team").click()
    await expect(phone.get_by_label("In one sentence")).to_be_focused()
    await expect(begin).to_contain_text("Your team showed us how to …")
    await to.fill("Lina")
    await phone.keyboard.press("Enter")
    await expect(begin).to_contain_text("Together you …")
    await phone.get_by_role("button", name="Training").click()
    await begin.get_by_role("button", name="About Training").click()
    await phone.keyboard.type("practice beats slides.")
    await expect(phone.get_by_label("In one sentence")).to_have_value(
        "About Training I learned from you that practice beats slides."
    )


async def test_enter_in_the_empty_recipient_field_moves_to_the_text(phone: Page) -> None:
    await phone.get_by_role("button", name="Celebrate someone").click()
    await phone.get_by_label("Who do you want to celebrate?").first.focus()
    await phone.keyboard.press("Enter")
    await expect(phone.get_by_label("In one sentence")).to_be_focused()


async def test_a_small_phone_shows_the_author_of_a_card_above_send(pages: Pages, board: dict[str, str]) -> None:
    phone = await pages.open(board["join_url"], SMALL_PHONE)
    with all_of_them() as case:
        for motion in ("no-preference", "reduce"):
            with case(motion):
                await phone.emulate_media(reduced_motion=motion)  # type: ignore[arg-type]
                await phone.set_viewport_size(SMALL_PHONE)  # type: ignore[arg-type]
                await phone.get_by_role("button", name="Celebrate someone").click()
                await shows_the_author_above_send(phone)
                await phone.get_by_role("button", name="Close").click()


async def shows_the_author_above_send(phone: Page) -> None:
    switch, send = phone.get_by_role("switch", name="Anonymous"), phone.get_by_role("button", name="Send to the board")
    await expect(switch).to_be_in_viewport(ratio=1)
    moving = "document.querySelector('dialog').getAnimations({ subtree: true })"
    await phone.evaluate(f"() => Promise.all({moving}.map((one) => one.finished)).then(() => 0)")
    above, below = await switch.bounding_box(), await send.bounding_box()
    assert above
    assert below
    assert above["y"] + above["height"] <= below["y"]
    await switch.click()
    await expect(switch).to_have_attribute("aria-checked", "true")
    await phone.set_viewport_size({"width": 320, "height": 380})  # as with a keyboard: the words need the room
    await expect(phone.locator(".from")).to_have_css("position", "static")
    await switch.click()
    await expect(switch).to_have_attribute("aria-checked", "false")

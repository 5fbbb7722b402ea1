"""The desk to the eye: what stands out, what covers nothing, and which group is called what."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.async_api import expect

from tests.browser.conftest import LAPTOP, PHONE, SMALL_PHONE, Pages
from tests.browser.test_moderate import opened, row, tab
from tests.browser.test_stage import session
from tests.conftest import People
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]


@pytest.fixture
def here(server: Server, board: dict[str, str], people: Of) -> People:
    return people(server, board)


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
async def test_what_can_be_undone_never_lies_over_the_last_row(
    pages: Pages, here: People, board: dict[str, str], size: dict[str, int]
) -> None:
    for number in range(9):
        author = await here.attendee(f"Omar {number}", "Jordan")
        await author.celebrate(f"You taught me how to measure heat where people sit and work, number {number}.")
    desk = await opened(pages, board, size)
    await tab(desk, "board")
    rows = desk.locator(".row")
    await expect(rows).to_have_count(9)
    await desk.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    await rows.last.locator('[data-act="pin"]').click()  # it stays where it is, and the bar comes
    await expect(desk.locator("[data-undo]")).to_be_visible()
    edges = """() => [
      [...document.querySelectorAll(".row")].at(-1).getBoundingClientRect().bottom,
      document.querySelector(".foot").getBoundingClientRect().top,
    ]"""
    below, bar = await desk.evaluate(edges)
    assert below <= bar


async def test_on_a_phone_one_act_of_a_row_stands_out(pages: Pages, here: People, board: dict[str, str]) -> None:
    await (await here.attendee("Omar", "Jordan")).ask("Who pays?")
    desk = await opened(pages, board, PHONE)
    await tab(desk, "board")
    await expect(desk.locator('.row [data-act="spotlight"]')).to_be_visible()
    painted = """(all) => all
      .filter((one) => one.offsetWidth && getComputedStyle(one).backgroundColor !== "rgba(0, 0, 0, 0)")
      .map((one) => one.dataset.act)"""
    assert await desk.locator(".row .acts button").evaluate_all(painted) == ["spotlight"]


async def test_on_a_phone_a_reason_to_hide_is_in_the_menu_and_no_button_is_narrow(
    pages: Pages, here: People, board: dict[str, str]
) -> None:
    author = await here.attendee("Omar", "Jordan")
    post = await author.celebrate("You know what you did.")
    desk = await opened(pages, board, PHONE)
    await expect(row(desk, post).locator('[data-act="reason"]')).to_be_hidden()
    widths = await row(desk, post).locator(".acts button:visible").evaluate_all("(all) => all.map((one) => one.offsetWidth)")
    assert widths
    assert min(widths) >= 44
    await row(desk, post).locator('[data-act="menu"]').click()
    await desk.locator('[data-menu="reason"]').click()
    await desk.locator('#pop [data-reason="1"]').click()
    await expect(row(desk, post)).to_have_count(0)
    await tab(desk, "held")
    await expect(row(desk, post)).to_contain_text("Please say it a little more kindly.")


@pytest.mark.parametrize("size", [PHONE, SMALL_PHONE], ids=["390", "320"])
async def test_what_acts_on_selected_rows_is_one_line_on_a_phone(
    pages: Pages, here: People, board: dict[str, str], size: dict[str, int]
) -> None:
    await (await here.moderator()).send("PATCH", "", {"premoderate": {"card": True}})
    author = await here.attendee("Omar", "Jordan")
    for number in range(3):
        await author.celebrate(f"You taught me how to measure heat, number {number}.")
    desk = await opened(pages, board, size)
    await expect(desk.locator(".row")).to_have_count(3)
    await desk.locator(".pick").nth(0).click()
    bar = desk.locator(".bulk")
    boxes = (
        "(all) => all.filter((one) => one.offsetWidth).map((one) => [one.offsetWidth >= 44, one.getBoundingClientRect().top])"
    )
    found = await bar.locator("button").evaluate_all(boxes)
    assert len(found) == 5  # clear, all, approve, hide, hide with a reason
    assert all(wide for wide, _ in found)
    assert len({top for _, top in found}) == 1
    await bar.locator('[data-bulk-act="all"]').click()
    await expect(bar).to_have_attribute("data-bulk", "3")
    await bar.locator('[data-bulk-act="none"]').click()
    await expect(bar).to_have_count(0)


async def test_on_a_phone_the_words_of_a_banner_never_lie_over_half_of_the_title(
    pages: Pages, here: People, board: dict[str, str]
) -> None:
    await (await here.moderator()).send("PATCH", "", {"frozen": True})
    desk = await opened(pages, board, PHONE)
    await expect(desk.locator('[data-banner="frozen"]')).to_be_visible()
    seen = """() => {
      const [title, banner] = [".head-title", ".banner"].map((name) => document.querySelector(name));
      return getComputedStyle(title).opacity !== "0"
        && banner.getBoundingClientRect().top < title.getBoundingClientRect().bottom;
    }"""
    assert not await desk.evaluate(seen)
    inside = """() => {
      const [head, banner] = [".head", ".banner span"].map((name) => document.querySelector(name).getBoundingClientRect());
      return banner.top >= head.top && banner.bottom <= head.bottom;
    }"""
    assert await desk.evaluate(inside)


async def test_what_the_key_a_would_do_stands_out(pages: Pages, here: People, board: dict[str, str]) -> None:
    await (await here.moderator()).send("PATCH", "", {"premoderate": {"card": True}})
    author = await here.attendee("Omar", "Jordan")
    for number in range(3):
        await author.celebrate(f"You taught me how to measure heat, number {number}.")
    for light in ("light", "dark"):
        desk = await pages.open(board["moderate_url"], LAPTOP, color_scheme=light)
        await expect(desk.locator(".row")).to_have_count(3)
        await desk.keyboard.press("j")
        await desk.keyboard.press("j")
        await expect(desk.locator(".row").nth(1)).to_be_focused()
        # How far its ground is from that of its row, of 765.
        apart = """(all) => {
          const levels = (one) => getComputedStyle(one).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number);
          return all.map((one) => {
            const row = levels(one.closest(".row.is-current") ?? document.body);
            return levels(one).reduce((sum, level, at) => sum + Math.abs(level - row[at]), 0);
          });
        }"""
        first, second, third = await desk.locator('[data-act="approve"]').evaluate_all(apart)
        assert max(first, third) < 150, light
        assert second > 300, light


async def test_the_buttons_of_a_row_stay_beside_what_is_known_of_its_post(
    pages: Pages, here: People, board: dict[str, str]
) -> None:
    author = await here.attendee("Marie-Ange Pierre-Louis", "Bangladesh")
    post = await author.celebrate("You taught me how to measure heat where people sit and work.")
    for reaction in ("clap", "heart", "bulb", "me-too"):
        for one in (author, await here.attendee("Omar", "Jordan")):
            assert (await one.send("PUT", f"/posts/{post['id']}/reactions/{reaction}")).is_success
    await (await here.moderator()).moderate(post, pinned=True)
    desk = await opened(pages, board)
    await expect(row(desk, post).locator(".number")).to_have_count(4)
    places = "(one) => [...one.children].map((part) => part.getBoundingClientRect()).map(({ top, bottom }) => [top, bottom])"
    (top, bottom), (first, last) = await row(desk, post).locator(".row-foot").evaluate(places)
    assert top < (first + last) / 2 < bottom


async def test_a_row_says_who_celebrates_whom(pages: Pages, here: People, board: dict[str, str]) -> None:
    post = await (await here.attendee("Omar", "Jordan")).celebrate("You taught me how to measure heat.")
    desk = await opened(pages, board)
    await expect(row(desk, post).locator(".row-head")).to_contain_text("For Nadia")
    await expect(row(desk, post).locator(".row-meta")).to_contain_text("from Omar · Jordan")


async def test_new_posts_that_wait_below_are_announced_in_sight_and_move_no_row(
    pages: Pages, here: People, board: dict[str, str]
) -> None:
    author, mira = await here.attendee("Omar", "Jordan"), await here.moderator()
    tops = "(all) => all.map((one) => one.getBoundingClientRect().top)"
    for waits, name in ((True, "waiting"), (False, "board")):
        await mira.send("PATCH", "", {"premoderate": {"card": waits}})
        for number in range(12):
            await author.celebrate(f"You taught me how to measure heat, {name}, {number}.")
        desk = await opened(pages, board)
        await tab(desk, name)
        await expect(desk.locator(".row")).to_have_count(12)
        before = await desk.locator(".row").evaluate_all(tops)
        await author.celebrate(f"One more, {name}.")
        await expect(desk.locator(".news")).to_have_text("1 new · Show")
        await expect(desk.locator(".news")).to_be_in_viewport(ratio=1)
        assert await desk.locator(".row").evaluate_all(tops) == before
        await desk.locator(".news").click()
        await expect(desk.locator(".row", has_text="One more")).to_be_in_viewport()


async def test_each_group_beside_the_queue_has_a_title_that_is_seen(pages: Pages, here: People, board: dict[str, str]) -> None:
    """First what is used every few minutes; what is used once a day last."""
    await session(await here.organiser(), 30)
    desk = await opened(pages, board, LAPTOP)
    room = desk.locator(".room")
    await expect(room.get_by_role("heading", level=2)).to_have_text("Room")
    await expect(room.get_by_role("heading", level=3)).to_have_text(["Large screen", "Sessions", "New posts", "Tools"])
    titles = ["Write for somebody", "Prepared questions", "Recent activity", "Move a name to a new phone", "Kiosk"]
    await expect(room.locator(".tools summary")).to_have_text(titles)
    await expect(room.locator(".session")).to_have_count(1)  # with its questions and its microphone
    await expect(room.locator(".session select")).to_have_count(2)

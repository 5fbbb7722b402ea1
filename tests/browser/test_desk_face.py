"""The desk to the eye: what stands out, what covers nothing, and which group is called what."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.async_api import expect

from tests.browser.conftest import LAPTOP, PHONE, Pages
from tests.browser.test_moderate import opened, tab
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


async def test_each_group_beside_the_queue_has_a_title_that_is_seen(pages: Pages, board: dict[str, str]) -> None:
    desk = await opened(pages, board, LAPTOP)
    room = desk.locator(".room")
    await expect(room.get_by_role("heading", level=2)).to_have_text("Room")
    titles = await room.get_by_role("heading", level=3).all_inner_texts()
    assert [titles[0], titles[1], titles[-1]] == ["Large screen", "New posts", "Tools"]

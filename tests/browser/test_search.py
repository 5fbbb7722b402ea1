"""The desk's search knows all posts of the board, not only those that came with the snapshot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any, NamedTuple

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE, Pages
from tests.browser.test_moderate import opened, row, tab
from tests.conftest import People
from tests.people import Json
from tests.servers import Server
from tests.test_search import VECTORS

MATCHES = """async (example) => {
  const { NO_FILTERS, belongs } = await import("/static/now/js/desk/queue.js");
  const post = { id: "1", kind: "card", seq: 1, created_at: "", author: null, state: "visible", ...example.post };
  const finds = (text) => belongs("board", { ...NO_FILTERS, text }, new Set())(post);
  return [example.found.filter((text) => !finds(text)), example.not.filter(finds)];
}"""

# Answers come when the script lets them come.
LATE = """async () => {
  const { ASKED_AFTER_MS, createSearch } = await import("/static/now/js/desk/search.js");
  const { apply, emptyBoard } = await import("/static/now/js/shared/board.js");
  const { NO_FILTERS } = await import("/static/now/js/desk/queue.js");
  const post = (id, seq = 5) => ({ id, seq, kind: "card", text: id, author: null, state: "visible", created_at: "" });
  const snapshot = (seq) => ({ type: "snapshot", epoch: "e", seq, board: {}, sessions: [], themes: [], teams: [], more: true,
    posts: [post("new")] });
  let state = apply(emptyBoard(), snapshot(10));
  const waiting = [], steps = [];
  const ask = (question) => new Promise((resolve, reject) => waiting.push({ question, resolve, reject }));
  const search = createSearch({ ask, read: () => state, found: (next) => (state = next), changed: () => undefined });
  const typed = (text) => search.want("board", { ...NO_FILTERS, text });
  const asked = async (count) => { while (waiting.length < count) await new Promise((done) => setTimeout(done, 10)); };
  const settled = () => new Promise((done) => setTimeout(done));
  const note = () => steps.push([[...state.posts.keys()].join(" "), search.progress().state, search.progress().more]);
  typed("a");
  typed("ab");
  await asked(1);
  typed("abc");
  await asked(2);
  steps.push(waiting.map(({ question }) => question.q));
  waiting[1].resolve({ posts: [post("abc")], more: true });
  await settled();
  note();
  waiting[0].resolve({ posts: [post("ab")], more: false }); // too late
  await settled();
  note();
  search.next();
  await asked(3);
  steps.push(waiting[2].question.before);
  console.error = () => {}; // where the page tells what is no refusal of the server, as this
  waiting[2].reject({ detail: "No answer." });
  await settled();
  note(); // what was found stays
  search.retry();
  await asked(4);
  state = apply(state, snapshot(20));
  search.restart();
  await asked(5);
  waiting[3].resolve({ posts: [post("old")], more: false }); // it was asked for before the snapshot, and may be hidden by now
  await settled();
  note();
  state = apply(state, { type: "changes", after: 20, to: 21, posts: [post("abc", 21)] });
  waiting[4].resolve({ posts: [post("abc", 15), post("old", 15)], more: false });
  await settled();
  note();
  steps.push(state.posts.get("abc").seq, state.more);
  typed("");
  note();
  return steps;
}"""


async def test_the_desk_and_the_server_find_the_same_posts(pages: Pages, server: Server) -> None:
    page = await pages.open(server.url)
    found = [(example["post"]["text"], await page.evaluate(MATCHES, example)) for example in VECTORS]
    assert [(text, wrong) for text, wrong in found if wrong != [[], []]] == []


async def test_the_desk_drops_late_answers_and_answers_to_other_words(pages: Pages, server: Server) -> None:
    page = await pages.open(server.url)
    steps: list[Any] = await page.evaluate(LATE)
    assert steps == [
        ["ab", "abc"],
        ["new abc", "done", True],
        ["new abc", "done", True],
        "abc",
        ["new abc", "failed", False],
        ["new", "asking", False],
        ["new abc old", "done", False],
        21,
        True,
        ["new abc old", "", False],
    ]


class Crowded(NamedTuple):
    """A board with more cards than a snapshot has. The oldest card, the next one, and an old one that is hidden."""

    board: dict[str, str]
    first: Json
    second: Json
    hidden: Json


@pytest.fixture(scope="module")
async def crowded(server: Server) -> AsyncIterator[Crowded]:
    board = server.create("Innovation Lab", "--team", "Cambodia", "--team", "Jordan")
    async with AsyncExitStack() as stack:
        here = People(server, board, stack)
        author, moderator = await here.attendee("Nguyễn Văn Đức", "Jordan"), await here.moderator()
        first, second = await author.celebrate("The helmet that you lent me"), await author.celebrate("Between the pages")
        hidden = await author.celebrate("A mask for everyone")
        await moderator.moderate(hidden, state="hidden")
        crowd = await here.attendee("Leo", "Cambodia")
        for number in range(204):
            post = await crowd.celebrate(f"Card number {number}")
            if number < 201:
                await moderator.moderate(post, state="hidden")
        for number in range(204):
            await crowd.celebrate(f"Visible card {number}")
        yield Crowded(board, first, second, hidden)


async def search(desk: Page, typed: str) -> None:
    await desk.locator("#search").fill(typed)


async def test_a_moderator_finds_posts_older_than_those_on_the_desk(pages: Pages, server: Server, crowded: Crowded) -> None:
    board, first, second, hidden = crowded
    desk = await opened(pages, board)
    found = desk.locator(".found")
    await tab(desk, "board")
    await search(desk, "helmet")
    await expect(row(desk, first)).to_contain_text("The helmet that you lent me")
    await expect(found).to_have_text("1 found")
    await search(desk, "duc")
    await expect(found).to_have_text("2 found")
    await expect(row(desk, first)).to_be_visible()
    await expect(row(desk, second)).to_be_visible()
    await tab(desk, "held")
    await expect(row(desk, hidden)).to_contain_text("A mask for everyone")
    await expect(found).to_have_text("1 found")
    await row(desk, hidden).locator('[data-act="restore"]').click()
    await expect(row(desk, hidden)).to_have_count(0)
    await search(desk, "nobody wrote this")
    await expect(desk.get_by_text("No matching posts.")).to_be_visible()
    await tab(desk, "board")
    await search(desk, "card")
    await expect(found).to_have_text("207 found")
    await search(desk, "")
    await expect(found).to_have_text("")
    await desk.locator('[data-do="more"]').click()
    await desk.locator('[data-do="more"]').click()
    await expect(desk.locator(".row").last).to_contain_text("The helmet that you lent me")


async def test_older_cards_continue_after_the_newest_and_not_after_search_results(
    pages: Pages, server: Server, crowded: Crowded
) -> None:
    board, first, second, _ = crowded
    desk = await opened(pages, board, PHONE)
    await tab(desk, "board")
    await search(desk, "helmet")
    await expect(row(desk, first)).to_be_visible()
    await search(desk, "")
    for _ in range(3):
        await desk.locator(".more").last.click()
    await expect(row(desk, second)).to_be_visible()


async def test_offline_search_results_stay_with_a_note(pages: Pages, server: Server, crowded: Crowded) -> None:
    board, first, *_ = crowded
    desk = await opened(pages, board, LAPTOP)
    await tab(desk, "board")
    await search(desk, "helmet")
    await expect(row(desk, first)).to_be_visible()
    await desk.context.set_offline(True)
    await search(desk, "helmet you")
    await expect(desk.locator(".found")).to_contain_text("Older posts were not searched.")
    await expect(row(desk, first)).to_be_visible()
    await desk.context.set_offline(False)
    await desk.locator('[data-do="search-again"]').click()
    await expect(desk.locator(".found")).to_have_text("1 found")

"""The large screen counts and shows all cards of a board, not only the newest that a snapshot has."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.async_api import expect

from tests.browser.conftest import STAGE, Pages
from tests.conftest import People
from tests.servers import Server

WAITS_MS = 20_000  # the numbers stand there first
Of = Callable[[Server, dict[str, str]], People]

# Pages of three older cards; the clock is the script's own.
TURNS = """async () => {
  const { createOlder, QUIET_MS, TURN_MS } = await import("/static/now/js/screen/older.js");
  const { apply, cards, emptyBoard } = await import("/static/now/js/shared/board.js");
  const card = (number) => ({ id: `c${number}`, seq: number, kind: "card", text: `${number}`, author: null, to: [],
    created_at: `2026-11-23T10:00:${String(number).padStart(2, "0")}Z` });
  const older = [6, 5, 4, 3, 2, 1].map(card);
  const snapshot = (seq) => ({ type: "snapshot", epoch: "e", seq, board: {}, sessions: [], themes: [], teams: [], more: true,
    screen: { scene: "cards", session: null, post: null }, posts: [9, 8, 7].map(card), totals: { cards: 9 } });
  let state = apply(emptyBoard(), snapshot(20));
  let answer = null;
  const asked = [];
  const ask = (before) => {
    asked.push(before);
    const from = older.findIndex(({ id }) => id === before) + 1;
    const page = { posts: older.slice(from, from + 3), more: from + 3 < older.length };
    return answer ? answer(page) : Promise.resolve(page);
  };
  const pages = createOlder({ ask });
  const read = () => state, write = (next) => (state = next);
  const seen = () => cards(state).map(({ text }) => text).join(" ");
  const steps = [];
  pages.restart(0);
  steps.push(pages.due(state, QUIET_MS - 1), pages.due(state, QUIET_MS));
  let now = QUIET_MS;
  for (let turn = 0; turn < 3; turn += 1) {
    await pages.turn(read, write, now);
    steps.push(seen());
    steps.push(pages.due(state, now + TURN_MS - 1));
    now += TURN_MS;
  }
  state = apply(state, { type: "changes", after: 20, to: 21, posts: [], gone: ["c5"] });
  steps.push(seen());
  // A page that was asked for before a snapshot may hold what has been hidden since.
  let release;
  answer = (page) => new Promise((resolve) => (release = () => resolve(page)));
  const late = pages.turn(read, write, now);
  state = apply(state, snapshot(30));
  pages.restart(now);
  release();
  await late;
  steps.push(seen(), asked);
  return steps;
}"""


async def test_older_cards_rotate_and_cards_hidden_meanwhile_do_not_return(pages: Pages, server: Server) -> None:
    page = await pages.open(server.url)
    assert await page.evaluate(TURNS) == [
        False,
        True,
        "9 8 7 6 5 4",
        False,
        "9 8 7 3 2 1",
        False,
        "9 8 7 6 5 4",
        False,
        "9 8 7 6 4",
        "9 8 7",
        ["c7", "c4", "c7", "c4"],
    ]


async def test_the_counts_include_cards_beyond_the_snapshot(pages: Pages, server: Server, people: Of) -> None:
    board = server.create("Innovation Lab", "--team", "Nepal", "--team", "Jordan", "--team", "Viet Nam")
    here = people(server, board)
    moderator = await here.moderator()
    first = await here.attendee("Asha", "Jordan")
    await first.celebrate("The first of all", to=[{"name": "Hoa", "team": "Viet Nam"}])
    author = await here.attendee("Leo", "Nepal")
    for number in range(204):
        await author.celebrate(f"Card number {number}", to=[{"name": f"Person {number}", "team": "Jordan"}])
    screen = await pages.open(board["screen_url"], STAGE)
    await expect(screen.get_by_role("contentinfo")).to_contain_text("205 cards")
    assert (await moderator.send("PUT", "/screen", {"scene": "recap"})).status_code == 200
    await expect(screen.locator(".recap-number").first).to_have_text("cards205")
    await expect(screen.get_by_role("main")).to_contain_text("people celebrated205")
    await expect(screen.get_by_role("main")).to_contain_text("pairs of teams2")
    assert (await moderator.send("PUT", "/screen", {"scene": "map"})).status_code == 200
    await expect(screen.locator(".map-arc:not(.is-lit)")).to_have_count(2)


async def test_the_recap_shows_the_outcome_of_the_questions_of_each_session(
    pages: Pages, server: Server, people: Of, tmp_path: Path
) -> None:
    agenda = tmp_path / "agenda.csv"
    agenda.write_text("id,title,starts_at\nheat,Heat stress,2026-05-04 09:00\nlaw,Labour law,2026-05-04 11:00\n")
    board = server.create("Innovation Lab")
    server.run("import-agenda", board["code"], str(agenda))
    here = people(server, board)
    moderator, asha = await here.moderator(), await here.attendee("Asha")
    heat, law = [one["id"] for one in (await asha.snapshot())["sessions"]]
    asked = [await asha.ask(f"Who pays for number {number}?", session=heat) for number in range(3)]
    await asha.ask("Is it law?", session=law)
    await moderator.moderate(asked[0], answered=True)
    await moderator.moderate(asked[1], state="hidden", reason="Is it a name, canary?")
    assert (await moderator.send("PUT", "/screen", {"scene": "recap"})).status_code == 200
    screen = await pages.open(board["screen_url"], STAGE)
    rows = screen.locator(".tallied li")
    await expect(rows).to_have_count(2, timeout=WAITS_MS)
    await expect(rows.first).to_contain_text("Heat stress")
    await expect(rows.first).to_contain_text("2 asked")
    await expect(rows.first).to_contain_text("1 answered 1 open")
    await expect(rows.first).to_contain_text("1 was held and not shown. 1: For another reason, which only its author can read.")
    await expect(rows.last).to_contain_text("1 asked")
    await expect(screen.locator(".tallied")).not_to_contain_text("canary")
    assert await rows.first.locator("rect").count() == 2

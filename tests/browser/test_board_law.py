"""static/js/board.js in the real browser: a snapshot and the changes after it make what a fresh snapshot shows."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.conftest import Pages
from tests.conftest import People
from tests.people import Json, Live
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]

FOLLOW = """async ([frames, fresh]) => {
  const { apply, emptyBoard } = await import(BOARD);
  const told = (state) => JSON.stringify([
    state.epoch, state.seq, state.board, state.sessions, state.themes, state.teams, state.screen,
    [...state.posts.values()].sort((a, b) => (a.id < b.id ? -1 : 1)).map((post) => Object.entries(post).sort()),
  ]);
  const wanted = told(apply(emptyBoard(), fresh));
  const bad = [];
  frames.forEach((first, start) => {
    if (first.type !== "snapshot") return;
    let once = emptyBoard(), twice = emptyBoard();
    for (const frame of frames.slice(start)) {
      once = apply(once, frame);
      twice = apply(apply(twice, frame), frame);
    }
    if (told(once) !== wanted) bad.push(`from frame ${start}: ${told(once)} is not ${wanted}`);
    if (told(twice) !== wanted) bad.push(`from frame ${start}, each frame twice`);
  });
  return bad;
}"""


async def test_a_snapshot_and_the_changes_after_it_are_what_a_fresh_one_shows(
    pages: Pages, server: Server, board: dict[str, str], people: Of
) -> None:
    here = people(server, board)
    author, moderator = await here.attendee("Omar", "Jordan"), await here.moderator()
    page = await pages.open(board["join_url"])
    module = "/static/now/js/board.js"
    for feed in ("", "moderate"):
        query = {"feed": feed} if feed else {}
        live = await moderator.live(**query)
        await live.until(lambda frame: frame["type"] == "snapshot")
        cards = [await author.celebrate(f"Card {number}") for number in range(4)]
        questions = [await author.ask(f"Question {number}?") for number in range(3)]
        await author.send("PUT", f"/posts/{cards[0]['id']}/reactions/heart", {})
        await author.send("PUT", f"/posts/{questions[1]['id']}/vote", {})
        await moderator.moderate(cards[1], state="hidden")
        await moderator.moderate(cards[2], pinned=True)
        await moderator.moderate(questions[0], answered=True, answer="By the buyer.")
        await author.send("PATCH", f"/posts/{cards[3]['id']}", {"text": "Card three, put right"})
        await author.send("PATCH", f"/posts/{questions[2]['id']}", {"state": "withdrawn"})
        await moderator.send("PUT", "/screen", {"scene": "spotlight", "post": cards[2]["id"]})
        await moderator.moderate(cards[1], state="visible")
        await moderator.send("PATCH", "", {"frozen": feed == ""})
        await moderator.send("PATCH", "", {"frozen": False})
        fresh = {"type": "snapshot"} | await moderator.snapshot(**query)
        frames = await told_up_to(live, fresh["seq"])
        bad = await page.evaluate(FOLLOW.replace("BOARD", repr(module)), [frames, fresh])
        assert bad == []


async def told_up_to(live: Live, seq: int) -> list[Json]:
    await live.until(lambda frame: frame.get("to", 0) >= seq)
    return [frame for frame in live.frames if frame["type"] in ("snapshot", "changes")]

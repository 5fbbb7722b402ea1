"""static/js/shared/board.js in the real browser: a snapshot and the changes after it make what a fresh snapshot shows."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.conftest import Pages
from tests.conftest import People
from tests.people import Json, Live
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]

FOLLOW = """async ([frames, fresh]) => {
  const { apply, emptyBoard } = await import(BOARD);
  const shown = (state) => JSON.stringify([
    state.epoch, state.seq, state.board, state.sessions, state.themes, state.teams, state.screen,
    [...state.posts.values()].sort((a, b) => (a.id < b.id ? -1 : 1)).map((post) => Object.entries(post).sort()),
  ]);
  const wanted = shown(apply(emptyBoard(), fresh));
  const bad = [];
  frames.forEach((first, start) => {
    if (first.type !== "snapshot") return;
    let once = emptyBoard(), twice = emptyBoard();
    for (const frame of frames.slice(start)) {
      once = apply(once, frame);
      twice = apply(apply(twice, frame), frame);
    }
    if (shown(once) !== wanted) bad.push(`from frame ${start}: ${shown(once)} is not ${wanted}`);
    if (shown(twice) !== wanted) bad.push(`from frame ${start}, each frame twice`);
  });
  return bad;
}"""


async def test_a_snapshot_plus_later_changes_equals_a_fresh_snapshot(
    pages: Pages, server: Server, board: dict[str, str], people: Of
) -> None:
    here = people(server, board)
    author, moderator = await here.attendee("Omar", "Jordan"), await here.moderator()
    page = await pages.open(board["join_url"])
    module = "/static/now/js/shared/board.js"
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
        frames = await frames_up_to(live, fresh["seq"])
        bad = await page.evaluate(FOLLOW.replace("BOARD", repr(module)), [frames, fresh])
        assert bad == []


async def frames_up_to(live: Live, seq: int) -> list[Json]:
    await live.until(lambda frame: frame.get("to", 0) >= seq)
    return [frame for frame in live.frames if frame["type"] in ("snapshot", "changes")]


OLDER = """async () => {
  const { apply, askedAt, emptyBoard, withOlder } = await import("/static/now/js/shared/board.js");
  const card = (id, seq, more = {}) => ({ id, kind: "card", seq, created_at: id, text: id, author: null, ...more });
  const snapshot = (epoch, seq, ...posts) => ({
    type: "snapshot", epoch, seq, board: {}, sessions: [], themes: [], teams: [], screen: {}, posts, more: true,
  });
  const changes = (after, to, more) => ({ type: "changes", after, to, ...more });
  const after = (before, between, page) => {
    const state = before.reduce(apply, emptyBoard());
    const asked = askedAt(state);
    const now = between.reduce(apply, state);
    const next = withOlder(now, page, false, asked);
    const shown = [...next.posts.values()].map(({ id, text }) => `${id}:${text}`).sort().join(" ");
    return { shown, dropped: next === now, more: next.more };
  };
  const [new_, old] = [card("new", 10), card("old", 2)];
  const first = snapshot("e", 10, new_);
  return {
    nothing: after([first], [], [old]),
    news: after([first], [changes(10, 11, { posts: [card("newer", 11)] })], [old]),
    gone: after([first], [changes(10, 11, { gone: ["old"] })], [old]),
    shown_again: after([first], [changes(10, 11, { gone: ["old"] }), changes(11, 12, {})], [card("old", 12)]),
    edited: after([first], [changes(10, 11, { posts: [card("old", 11, { text: "put right" })] })], [old]),
    same_snapshot: after([first], [first], [old]),
    snapshot: after([first], [snapshot("e", 11, new_)], [old]),
    gone_and_snapshot: after([first], [changes(10, 11, { gone: ["old"] }), snapshot("e", 11, new_)], [old]),
    snapshot_and_changes: after([first], [snapshot("e", 11, new_), changes(11, 12, {})], [old]),
    asked_after_snapshot: after([first, snapshot("e", 11, new_), changes(11, 12, {})], [changes(12, 13, {})], [old]),
    epoch: after([first], [snapshot("f", 3, new_)], [old]),
    glimpse: after([], [first], [old]),
  };
}"""


async def test_a_page_of_older_posts_does_not_bring_back_posts_that_left_meanwhile(pages: Pages, board: dict[str, str]) -> None:
    page = await pages.open(board["join_url"])
    found = await page.evaluate(OLDER)
    taken = {name: case["shown"] for name, case in found.items() if not case["dropped"]}
    assert taken == {
        "nothing": "new:new old:old",
        "news": "new:new newer:newer old:old",
        "gone": "new:new",
        "shown_again": "new:new old:old",
        "edited": "new:new old:put right",
        "same_snapshot": "new:new old:old",
        "asked_after_snapshot": "new:new old:old",
    }
    dropped = {name: (case["shown"], case["more"]) for name, case in found.items() if case["dropped"]}
    names = ("snapshot", "gone_and_snapshot", "snapshot_and_changes", "epoch", "glimpse")
    assert dropped == dict.fromkeys(names, ("new:new", True))

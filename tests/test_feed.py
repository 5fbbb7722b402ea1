"""One board on one worker: what a snapshot shows, and the one frame from any cursor to now.

That frames and snapshots agree whatever happens is the law in `test_changes`; here are the cases one by one.
"""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Sequence
from typing import Any

import pytest

from board.actions import attendees, moderators, screens, setup
from board.data import queries
from board.data.queries import CARDS_LOADED, Loaded, changes_after, load
from board.data.store import Store
from board.live import feed, groups
from board.live.feed import RESERVE, Cursor, Feed
from board.live.groups import ANSWERED_SHOWN, CARDS_SHOWN, OPEN_SHOWN, VOTED_SHOWN
from board.live.made import FRAMES_KEPT, Made
from board.model import requests
from board.model.models import Actor, Audience, Changes, Post, Questions, Reaction, Scene, State
from tests import boards
from tests.boards import card, question

Json = dict[str, Any]
PUBLIC, MODERATORS = Audience.PUBLIC, Audience.MODERATORS


def stopped() -> int:
    return 1_795_425_252_400_000


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The store has its own tests on both databases."""
    return sqlite_url


class Place:
    """A board in a store, and its feed, which hears of each commit."""

    def __init__(self, store: Store, board_id: int, actor: Actor) -> None:
        self.store, self.board_id, self.actor = store, board_id, actor
        self.committed: list[Changes] = []
        self.feed = Feed(self.loaded(), now=stopped)
        store.listeners[:] = [self._hear]

    def _hear(self, changes: Changes) -> None:
        self.committed.append(changes)
        assert self.feed.apply(changes)

    def loaded(self) -> Loaded:
        loaded = self.store.read_now(lambda connection: load(connection, self.board_id))
        assert loaded is not None
        return loaded

    # -- what people do --------------------------------------------------------------------------------------------

    async def celebrate(self, count: int = 1) -> list[Post]:
        """So many cards, oldest first."""
        return await asyncio.gather(*(self.submit(card(f"Card number {number}.")) for number in range(count)))

    async def ask(self, count: int = 1) -> list[Post]:
        return await asyncio.gather(*(self.submit(question(f"Question number {number}?")) for number in range(count)))

    async def submit(self, request: requests.NewCard | requests.NewQuestion) -> Post:
        return await boards.submit(self.store, self.board_id, request)

    async def moderate(self, *posts: Post, **changes: Any) -> None:
        request = requests.Moderation(**changes)
        await asyncio.gather(
            *(moderators.moderate(self.store, self.board_id, self.actor, post.id, request) for post in posts),
        )

    async def hide(self, *posts: Post) -> None:
        await self.moderate(*posts, state=State.HIDDEN)

    async def vote(self, post: Post, who: int = 1, on: bool = True) -> None:
        await attendees.vote(self.store, self.board_id, boards.participant(who), post.id, on)

    async def react(self, post: Post, who: int = 1) -> None:
        await attendees.react(self.store, self.board_id, boards.participant(who), post.id, Reaction.HEART, True)

    async def rewrite(self, post: Post, text: str) -> None:
        await attendees.edit(self.store, self.board_id, [post.participant], post.id, requests.Edit(text=text))

    async def present(self, scene: Scene, post: Post | None = None) -> None:
        request = requests.NewScreen(scene, post=post.id if post else None)
        await screens.present(self.store, self.board_id, self.actor, request)

    async def arrange(self, **changes: Any) -> None:
        await setup.change_board(self.store, self.board_id, self.actor, requests.BoardChange(**changes))

    # -- what is shown ---------------------------------------------------------------------------------------------

    def snapshot(self, audience: Audience = PUBLIC) -> Json:
        snapshot: Json = json.loads(self.feed.snapshot(audience))
        assert snapshot["type"] == "snapshot"
        return snapshot

    def shown(self, audience: Audience = PUBLIC) -> list[str]:
        return [post["id"] for post in self.snapshot(audience)["posts"]]

    def after(self, cursor: Cursor | None, audience: Audience = PUBLIC) -> Json:
        frame: Json = json.loads(self.feed.after(cursor, audience))
        return frame

    def changes(self, cursor: Cursor, audience: Audience = PUBLIC) -> Json:
        frame = self.after(cursor, audience)
        assert (frame["type"], frame["after"], frame["to"]) == ("changes", cursor.seq, self.feed.board.seq)
        return frame


@pytest.fixture
async def place(store: Store) -> Place:
    board_id = await boards.new_board(store)
    return Place(store, board_id, await boards.new_actor(store, board_id))


def newest_first(posts: Sequence[Post]) -> list[str]:
    return [post.id for post in sorted(posts, key=lambda post: post.created_at, reverse=True)]


def ids(frame: Json) -> set[str]:
    return {post["id"] for post in frame["posts"]}


# -- what a snapshot shows -----------------------------------------------------------------------------------------


async def test_a_snapshot_has_the_newest_cards_and_says_whether_there_are_more(place: Place) -> None:
    cards = await place.celebrate(CARDS_SHOWN)
    assert place.shown() == newest_first(cards)
    assert place.snapshot()["more"] is False
    (another,) = await place.celebrate()
    assert place.shown() == [another.id, *newest_first(cards)[:-1]]
    assert place.snapshot()["more"] is True


async def test_a_new_feed_of_a_full_board_knows_that_more_posts_exist(place: Place) -> None:
    await place.celebrate(CARDS_LOADED + 1)
    begun = Feed(place.loaded(), now=stopped)
    assert json.loads(begun.snapshot(PUBLIC)) == place.snapshot()
    assert place.snapshot()["more"] is True


async def test_a_snapshot_has_the_open_questions_and_the_newest_answered_ones(place: Place) -> None:
    questions = await place.ask(CARDS_SHOWN + ANSWERED_SHOWN + 50)
    done, still_open = questions[: ANSWERED_SHOWN + 5], questions[ANSWERED_SHOWN + 5 :]
    await place.moderate(*done, answered=True)
    assert set(place.shown()) == {post.id for post in (*still_open, *done[5:])}
    assert place.snapshot()["more"] is False  # of cards and open questions
    await place.moderate(done[0], answered=False)
    assert done[0].id in place.shown()


async def test_the_question_with_the_most_votes_stays_in_the_window_after_many_new_ones(place: Place) -> None:
    """Somebody with many phones asks 600: they push each other off the page, not what the room wants to know."""
    wanted, *others = await place.ask(60)
    for who in range(3):
        await place.vote(wanted, who)
    flood = [*others, *(await place.ask(OPEN_SHOWN + VOTED_SHOWN))]
    shown = place.shown()
    assert len(shown) == OPEN_SHOWN + VOTED_SHOWN == 500
    assert set(shown) == {wanted.id, *(post.id for post in flood[-(len(shown) - 1) :])}
    assert place.snapshot()["more"] is True
    assert wanted.id in {post.id for post in place.feed.open_questions()}, "also when somebody asks the same"

    low, before = flood[0], place.feed.cursor
    await place.vote(low)
    [received] = [post for post in json.loads(place.feed.after(before, PUBLIC))["posts"] if post["id"] == low.id]
    assert received["text"] == low.text, "a vote brings it into sight, where no viewer has it"
    assert low.id in place.shown()
    assert set(Feed(place.loaded(), now=stopped).posts) >= set(place.shown()), "also for a worker that begins now"


async def test_only_pinned_and_spotlit_posts_are_shown_however_old(place: Place) -> None:
    pinned, spotlit, plain, *_ = await place.celebrate(CARDS_SHOWN + 3)
    await place.moderate(pinned, pinned=True)
    await place.present(Scene.SPOTLIGHT, spotlit)
    shown = place.shown()
    assert shown[-2:] == newest_first([pinned, spotlit])
    assert plain.id not in shown
    await place.moderate(pinned, pinned=False)
    await place.present(Scene.CARDS)
    assert not {pinned.id, spotlit.id} & set(place.shown())


async def test_only_moderators_also_see_waiting_held_and_withdrawn_posts(place: Place) -> None:
    hidden, withdrawn, visible = await place.celebrate(3)
    await place.hide(hidden)
    edit = requests.Edit(state=State.WITHDRAWN)
    await attendees.edit(place.store, place.board_id, [withdrawn.participant], withdrawn.id, edit)
    await place.arrange(frozen=True)
    (pending,) = await place.ask()
    states = {post["id"]: post["state"] for post in place.snapshot(MODERATORS)["posts"]}
    assert states == {hidden.id: "hidden", withdrawn.id: "withdrawn", visible.id: "visible", pending.id: "pending"}
    (seen,) = place.snapshot()["posts"]
    assert seen["id"] == visible.id
    assert not seen.keys() & {"state", "participant", "reason", "moderated_by", "moderated_at"}
    assert "muted" not in place.snapshot()["board"]
    assert place.snapshot(MODERATORS)["board"]["muted"] == []


# -- older ones come into sight ------------------------------------------------------------------------------------


async def test_older_cards_replace_hidden_ones_in_snapshots_and_changes(place: Place) -> None:
    cards = await place.celebrate(CARDS_SHOWN + 20)
    before = place.feed.cursor
    await place.hide(*cards[-10:])
    assert place.shown() == newest_first(cards[10:-10])
    frame = place.changes(before)
    assert set(frame["gone"]) == {post.id for post in cards[-10:]}
    assert ids(frame) == {post.id for post in cards[10:20]}  # and no more than have come into sight
    assert all("text" in post for post in frame["posts"])


async def test_a_hide_in_a_window_that_is_not_full_shows_no_older_post(place: Place) -> None:
    cards = await place.celebrate(20)
    before = place.feed.cursor
    await place.hide(cards[-1])
    assert place.changes(before)["posts"] == []
    assert place.changes(before)["gone"] == [cards[-1].id]


async def test_a_feed_reports_missing_cards_before_a_snapshot_lacks_any(place: Place) -> None:
    cards = await place.celebrate(CARDS_LOADED + 50)
    place.feed.reset(place.loaded())
    assert not place.feed.running_low
    slack = CARDS_LOADED - CARDS_SHOWN
    await place.hide(*cards[-(slack - RESERVE) :])
    assert not place.feed.running_low
    await place.hide(cards[-(slack - RESERVE) - 1])
    assert place.feed.running_low
    assert not place.feed.incomplete
    assert len(place.shown()) == CARDS_SHOWN
    place.feed.reset(place.loaded())
    assert not place.feed.running_low
    assert place.shown() == newest_first(cards[: -(slack - RESERVE) - 1])[:CARDS_SHOWN]


async def test_a_feed_with_more_hidden_posts_than_reserves_knows_that_it_is_incomplete(place: Place) -> None:
    cards = await place.celebrate(CARDS_LOADED + 50)
    place.feed.reset(place.loaded())
    await place.hide(*cards[-120:])
    assert place.feed.incomplete
    assert len(place.shown()) == CARDS_LOADED - 120
    place.feed.reset(place.loaded())
    assert not place.feed.incomplete
    assert place.shown() == newest_first(cards[:-120])[:CARDS_SHOWN]


async def test_any_other_worker_also_completes_a_window_with_too_few_posts(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name, limit in ((groups, "CARDS_SHOWN", 3), (queries, "CARDS_LOADED", 5), (feed, "RESERVE", 1)):
        monkeypatch.setattr(module, name, limit)
    cards = await place.celebrate(10)
    place.feed.reset(place.loaded())
    before = place.feed.cursor
    await place.hide(*cards[-4:])
    assert place.feed.incomplete
    few = place.after(before)
    assert (few["type"], len(few["posts"])) == ("snapshot", 1), "changes would leave it with the number of those that have all"
    has = Cursor(few["epoch"], few["seq"])
    elsewhere = Feed(place.loaded(), now=stopped)
    assert elsewhere.cursor == place.feed.cursor, "the same moment"
    for one in (elsewhere, place.feed):
        if one is place.feed:
            one.reset(place.loaded())
        frame = json.loads(one.after(has, PUBLIC))
        assert (frame["type"], frame["epoch"], len(frame["posts"])) == ("snapshot", one.board.epoch, 3)


async def test_a_feed_that_holds_all_cards_of_its_board_never_runs_low(place: Place) -> None:
    cards = await place.celebrate(CARDS_SHOWN + 10)
    place.feed.reset(place.loaded())
    await place.hide(*cards[-50:])
    assert not place.feed.running_low
    assert place.shown() == newest_first(cards[:-50])
    assert place.snapshot()["more"] is False


# -- made once for all ---------------------------------------------------------------------------------------------


async def test_the_snapshot_for_http_is_built_once_until_a_change(place: Place) -> None:
    (asked,) = await place.ask()
    plain, compressed = await place.feed.body(PUBLIC)
    assert await place.feed.body(PUBLIC) == (plain, compressed)
    assert (await place.feed.body(PUBLIC))[1] is compressed
    await place.vote(asked)
    assert (await place.feed.body(PUBLIC))[1] is not compressed
    assert json.loads((await place.feed.body(PUBLIC))[0])["posts"][0]["votes"] == 1


async def test_the_http_body_is_the_snapshot_without_its_type_and_compressed_the_same(place: Place) -> None:
    await place.celebrate(50)
    for audience in Audience:
        plain, compressed = await place.feed.body(audience)
        assert json.loads(plain) | {"type": "snapshot"} == place.snapshot(audience)
        assert "type" not in json.loads(plain)
        assert gzip.decompress(compressed) == plain
        assert len(compressed) < len(plain) / 3
    assert await place.feed.body(PUBLIC) != await place.feed.body(MODERATORS)


async def test_all_clients_at_one_cursor_get_the_same_bytes(place: Place) -> None:
    before = place.feed.cursor
    await place.celebrate(3)
    frame = place.feed.after(before, PUBLIC)
    assert place.feed.after(Cursor(before.epoch, before.seq), PUBLIC) is frame
    assert place.feed.after(before, MODERATORS) != frame
    assert place.feed.after(Cursor(before.epoch, before.seq + 1), PUBLIC) != frame
    assert place.feed.after(None, PUBLIC) is place.feed.snapshot(PUBLIC)
    await place.celebrate()
    assert place.feed.after(before, PUBLIC) != frame


async def test_each_of_very_many_cursors_gets_the_right_frame(place: Place) -> None:
    start = place.feed.cursor
    cards = await place.celebrate(FRAMES_KEPT + 10)
    for _ in range(2):
        for missed, post in enumerate(cards):
            frame = place.changes(Cursor(start.epoch, post.seq - 1))
            assert [entry["id"] for entry in frame["posts"]] == [later.id for later in cards[missed:]]


# -- compacted -----------------------------------------------------------------------------------------------------


async def test_a_post_that_changed_many_times_appears_once_in_its_present_state(place: Place) -> None:
    (asked,) = await place.ask()
    before = place.feed.cursor
    for number in range(5):
        await place.rewrite(asked, f"Is this wording number {number}?")
        await place.vote(asked, who=number + 1)
    await place.hide(asked)
    await place.moderate(asked, state=State.VISIBLE)
    (received,) = place.changes(before)["posts"]
    assert (received["text"], received["votes"], received["seq"]) == ("Is this wording number 4?", 5, place.feed.board.seq)
    assert place.changes(before)["gone"] == []
    assert place.feed.board.seq - before.seq == 12


async def test_votes_and_reactions_alone_are_sent_as_counts(place: Place) -> None:
    (asked,), (celebrated,) = await place.ask(), await place.celebrate()
    before = place.feed.cursor
    await place.vote(asked)
    await place.react(celebrated)
    received = {post["id"]: post for post in place.changes(before)["posts"]}
    assert received[asked.id] == {"id": asked.id, "seq": before.seq + 1, "votes": 1}
    assert received[celebrated.id] == {"id": celebrated.id, "seq": before.seq + 2, "reactions": {"heart": 1}}
    assert not place.feed.content_changed_since(before.seq)
    (whole,) = place.changes(Cursor(before.epoch, 0))["posts"][:1]  # to somebody who does not have the post
    assert "text" in whole


async def test_a_vote_after_an_edit_does_not_hide_the_edit(place: Place) -> None:
    (asked,) = await place.ask()
    before = place.feed.cursor
    await place.rewrite(asked, "Is this better?")
    between = place.feed.cursor
    await place.vote(asked)
    assert place.changes(before)["posts"][0]["text"] == "Is this better?"
    assert "text" not in place.changes(between)["posts"][0]
    assert place.feed.content_changed_since(before.seq)
    assert not place.feed.content_changed_since(between.seq)


async def test_a_client_with_the_newest_cursor_gets_an_empty_frame(place: Place) -> None:
    await place.celebrate()
    frame = place.changes(place.feed.cursor)
    assert frame.keys() == {"type", "after", "to", "posts", "gone"}
    assert (frame["posts"], frame["gone"]) == ([], [])


async def test_frames_contain_settings_agenda_and_screen_only_after_changes(place: Place) -> None:
    extras = ("board", "sessions", "screen", "themes", "teams")
    await boards.new_session(place.store, place.board_id, "safety")
    before = place.feed.cursor
    await place.arrange(frozen=True)
    received = place.changes(before)
    assert {extra for extra in extras if extra in received} == {"board", "screen", "themes", "teams"}
    assert received["board"]["frozen"] is True
    between = place.feed.cursor
    change = requests.SessionChange(Questions.PAUSED)
    await setup.change_session(place.store, place.board_id, place.actor, "safety", change)
    received = place.changes(between)
    assert {extra for extra in extras if extra in received} == {"sessions"}
    assert [session["questions"] for session in received["sessions"]] == ["paused"]


async def test_a_frame_about_a_spotlight_contains_its_post_however_old(place: Place) -> None:
    oldest, *_ = await place.celebrate(CARDS_SHOWN + 1)
    before = place.feed.cursor
    await place.present(Scene.SPOTLIGHT, oldest)
    received = place.changes(before)
    assert received["screen"]["post"] == oldest.id
    assert [post["text"] for post in received["posts"]] == [oldest.text]
    shown = place.feed.cursor
    await place.hide(oldest)
    received = place.changes(shown)
    assert (received["gone"], received["screen"]["post"]) == ([oldest.id], None)
    assert oldest.id not in ids(received)


# -- what waits is nobody's business -------------------------------------------------------------------------------


async def test_no_public_frame_contains_a_waiting_post_before_its_approval(place: Place) -> None:
    start = place.feed.cursor
    await place.arrange(frozen=True)
    before = place.feed.cursor
    (asked,) = await place.ask()

    async def public_bytes() -> bytes:
        cursors = [None, *(Cursor(start.epoch, seq) for seq in range(start.seq, place.feed.board.seq + 1))]
        plain, compressed = await place.feed.body(PUBLIC)
        return b"".join([plain, gzip.decompress(compressed), *(place.feed.after(cursor, PUBLIC) for cursor in cursors)])

    async def is_public() -> bool:
        public = await public_bytes()
        return asked.id.encode() in public or b"Question number 0?" in public

    assert not await is_public()
    assert place.changes(before, MODERATORS)["posts"][0]["state"] == "pending"
    await place.rewrite(asked, "Question number 0? In other words.")
    await place.moderate(asked, state=State.REJECTED, reason="Question number 0? No.")
    assert not await is_public()  # nor is it said to be gone: it never was there
    assert place.snapshot(MODERATORS)["posts"][0]["reason"] == "Question number 0? No."
    await place.moderate(asked, state=State.VISIBLE)
    assert ids(place.changes(before)) == {asked.id}
    assert b"No." not in await public_bytes()
    await place.hide(asked)
    totals = place.feed.totals.view()
    assert totals["held"] == 1
    assert place.changes(before) | {"board": None} == {
        "totals": totals,
        "type": "changes",
        "after": before.seq,
        "to": place.feed.board.seq,
        "posts": [],
        "gone": [asked.id],
        "board": None,
    }
    assert b"Question number 0?" not in await public_bytes()


async def test_a_client_that_resumes_gets_no_text_of_a_post_hidden_meanwhile(place: Place) -> None:
    before = place.feed.cursor
    (said,) = await place.celebrate()
    await place.hide(said)
    assert place.changes(before)["gone"] == [said.id]
    assert said.text.encode() not in place.feed.after(before, PUBLIC)
    assert [(post["id"], post["state"]) for post in place.changes(before, MODERATORS)["posts"]] == [(said.id, "hidden")]
    assert place.changes(before, MODERATORS)["gone"] == []


# -- from which cursors --------------------------------------------------------------------------------------------


async def test_a_missing_cursor_or_one_of_another_history_gets_a_snapshot(place: Place) -> None:
    await place.celebrate(3)
    epoch, seq = place.feed.board.epoch, place.feed.board.seq
    for cursor in (None, Cursor("another", seq), Cursor("another", 0), Cursor(epoch, seq + 1)):
        assert place.after(cursor) == place.snapshot()
    for cursor in (Cursor(epoch, 0), Cursor(epoch, seq - 1), Cursor(epoch, seq)):
        place.changes(cursor)


async def test_a_client_too_far_behind_gets_a_snapshot(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "RECENT_LOADED", 5)
    await place.celebrate(10)
    place.feed.reset(place.loaded())
    cursor = place.feed.cursor
    place.changes(Cursor(cursor.epoch, cursor.seq - 5))
    assert place.after(Cursor(cursor.epoch, cursor.seq - 6)) == place.snapshot()


async def test_the_feed_drops_rows_of_no_snapshot_and_clients_behind_them_get_a_snapshot(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "ROWS_KEPT", 10)
    monkeypatch.setattr(groups, "CARDS_SHOWN", 5)
    place.feed.reset(place.loaded())
    start = place.feed.cursor
    cards: list[Post] = []
    for _ in range(30):
        cards += await place.celebrate()
        assert place.shown() == newest_first(cards)[:5]
        assert len(place.feed.posts) <= 5 + 2 * 10
    assert place.snapshot()["more"] is True
    assert place.after(start) == place.snapshot()
    floor = place.feed.floor
    assert start.seq < floor < place.feed.board.seq
    for seq in range(floor, place.feed.board.seq):
        assert ids(place.changes(Cursor(start.epoch, seq))) == {post.id for post in cards if post.seq > seq}


async def test_no_older_row_replaces_a_dropped_one(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "ROWS_KEPT", 6)
    monkeypatch.setattr(groups, "CARDS_SHOWN", 3)
    place.feed.reset(place.loaded())
    oldest, *rest = await place.celebrate(3)
    await place.rewrite(oldest, "Changed lately.")  # so it is kept for those that resume, the next one is not
    for _ in range(5):
        rest += await place.celebrate()
    assert oldest.id in place.feed.posts
    assert rest[0].id not in place.feed.posts
    while len(rest) > 1:
        await place.hide(rest.pop())
        shown = place.shown()
        assert shown == newest_first([oldest, *rest])[: len(shown)], "there is a hole among those shown"
    assert place.feed.incomplete, "older ones are read again"


async def test_no_question_with_fewer_votes_replaces_a_dropped_one(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name, limit in ((feed, "ROWS_KEPT", 6), (groups, "OPEN_SHOWN", 1), (groups, "VOTED_SHOWN", 1)):
        monkeypatch.setattr(module, name, limit)
    place.feed.reset(place.loaded())
    few, more, most = await place.ask(3)
    for post, votes in ((most, 3), (more, 2)):
        for who in range(votes):
            await place.vote(post, who)
    await place.ask(3)
    await place.vote(few)  # changed lately, so it is kept for those that resume
    [newest] = await place.ask()
    assert few.id in place.feed.posts
    assert more.id not in place.feed.posts, "the second by votes was not shown, and was let go"
    assert place.shown() == [newest.id, most.id]
    assert place.snapshot()["more"] is True
    await place.hide(most)
    assert place.shown() == [newest.id], "there is a hole among those shown"
    assert place.feed.incomplete, "those with fewer votes are read again"
    place.feed.reset(place.loaded())
    assert place.shown() == [newest.id, more.id]


# -- next, old or a gap --------------------------------------------------------------------------------------------


async def test_a_feed_ignores_old_changes_and_refuses_a_gap(place: Place) -> None:
    behind = Feed(place.loaded(), now=stopped)
    (asked,) = await place.ask()
    await place.rewrite(asked, "Is this better?")
    await place.vote(asked)
    first, second, third = place.committed
    assert not behind.apply(third)
    assert (behind.board.seq, behind.posts) == (first.after, {})
    for changes in (first, second, first, third, second, first):
        assert behind.apply(changes)
    assert behind.cursor == place.feed.cursor
    for audience in Audience:
        assert behind.snapshot(audience) == place.feed.snapshot(audience)


async def test_changes_of_another_history_are_refused(place: Place) -> None:
    behind = Feed(place.loaded(), now=stopped)
    await place.celebrate()
    (changes,) = place.committed
    other = Changes(changes.board_id, "another", changes.after, changes.to, changes.posts)
    assert not behind.apply(other)
    assert behind.posts == {}
    assert behind.apply(changes)


async def test_totals_that_changed_back_in_a_gap_reach_clients_from_between(place: Place) -> None:
    (celebrated,) = await place.celebrate()
    lagging = Feed(place.loaded(), now=stopped)
    before = place.feed.cursor
    await place.hide(celebrated)
    between, hidden = place.feed.cursor, place.snapshot()["totals"]
    await place.moderate(celebrated, state=State.VISIBLE)
    gap = place.store.read_now(lambda connection: changes_after(connection, place.board_id, before.seq))
    assert gap is not None
    assert lagging.apply(gap)
    assert hidden != place.snapshot()["totals"]
    assert json.loads(lagging.after(between, PUBLIC))["totals"] == place.snapshot()["totals"]


# -- what time it is -----------------------------------------------------------------------------------------------


async def test_a_snapshots_time_is_at_most_a_second_old_and_its_rest_is_not_rebuilt(place: Place) -> None:
    await place.celebrate(20)
    at = [1_795_425_252_400_000]
    place.feed = Feed(place.loaded(), now=lambda: at[0])
    for start in (at[0], at[0] + 900_000, at[0] + 3_600_000_000, at[0] - 7_200_000_000):  # a clock may be set back, too
        at[0] = start
        plain, compressed = await place.feed.body(PUBLIC)
        received = [json.loads(plain), json.loads(gzip.decompress(compressed))]
        received += [place.snapshot(), json.loads(place.feed.after(None, PUBLIC))]
        for snapshot in received:
            now = requests.microseconds(snapshot["now"], "now")
            assert 0 <= start - now < 1_000_000
            assert list(snapshot)[:2] in (["now", "epoch"], ["type", "now"])
            assert len(snapshot["posts"]) == 20
    content = place.feed._content(PUBLIC)
    at[0] += 60_000_000
    assert place.feed.snapshot(PUBLIC).endswith(content)
    assert place.feed._content(PUBLIC) is content


async def test_changes_in_a_fork_appear_only_after_its_adoption(place: Place) -> None:
    cards, questions = await place.celebrate(CARDS_SHOWN + 2), await place.ask(OPEN_SHOWN + VOTED_SHOWN + 3)
    shown, place.feed = place.feed, place.feed.forked()
    cursor, before = shown.cursor, {audience: shown.snapshot(audience) for audience in Audience}
    await place.vote(questions[0])
    await place.hide(*cards[-3:], *questions[-2:])
    shown._made = Made()
    assert {audience: shown.snapshot(audience) for audience in Audience} == before
    shown.adopt(place.feed.forked())
    for audience in Audience:
        assert json.loads(shown.snapshot(audience)) == place.snapshot(audience)
        assert json.loads(shown.after(cursor, audience)) == place.after(cursor, audience)

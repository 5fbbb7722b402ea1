"""The law: whatever a client has, from whenever, and the frame that any worker then gives it, make what a fresh snapshot shows.

Random gatherings on a real database. Two workers hear of each commit by messages that may be lost, doubled or late; after each
step clients of both audiences, who stopped at various points, are brought up to date by both. The limits are small, so that
windows overflow and histories are cut.
"""

from __future__ import annotations

import asyncio
import json
import re
import uuid
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule, run_state_machine_as_test
from sqlalchemy import Connection, update

from board import actions, feed, messages, rows, schema
from board import store as store_module
from board.feed import Cursor, Feed
from board.models import (
    Actor,
    Audience,
    BoardError,
    Changes,
    Kind,
    Post,
    Questions,
    Reaction,
    Role,
    Scene,
    Session,
    State,
)
from board.store import Loaded, Store, changes_after, load

Json = dict[str, Any]

SMALL_LIMITS = {
    feed: {
        "CARDS_SHOWN": 3,
        "PINNED_SHOWN": 2,
        "OPEN_SHOWN": 4,
        "WAITING_SHOWN": 3,
        "RESERVE": 1,
        "ANSWERED_SHOWN": 2,
        "HELD_SHOWN": 2,
        "WITHDRAWN_SHOWN": 2,
        "ROWS_KEPT": 6,
        "FRAMES_KEPT": 3,
    },
    store_module: {
        "CARDS_LOADED": 5,
        "PINNED_LOADED": 3,
        "QUESTIONS_LOADED": 6,
        "WAITING_LOADED": 5,
        "ANSWERED_LOADED": 3,
        "HELD_LOADED": 3,
        "WITHDRAWN_LOADED": 3,
        "RECENT_LOADED": 6,
        "MAX_CHANGES": 12,
    },
}
CLIENTS_KEPT = 8
GATHERINGS = (100, 500)
CANARY = re.compile(rb"canary-\d+")


def test_any_cursor_and_the_frame_after_it_make_a_fresh_snapshot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, long: bool, figure: Callable[[str, str, str], None]
) -> None:
    for module, limits in SMALL_LIMITS.items():
        for name, limit in limits.items():
            monkeypatch.setattr(module, name, limit)
    with closing(Place(tmp_path)) as place:
        run_state_machine_as_test(
            lambda: Gathering(place),
            settings=settings(
                max_examples=GATHERINGS[long], stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
            ),
        )
        figure(
            "G5",
            "hidden or changed posts shown to who comes back from anywhere, random orders of acts",
            f"0 of {place.followed:,}",
        )


# -- the clients' side: what a client, in any language, does with a frame ---------------------------------------------


@dataclass(frozen=True)
class Client:
    audience: Audience
    cursor: Cursor | None = None
    parts: Json = field(default_factory=dict)
    posts: Json = field(default_factory=dict)

    def after(self, frame: Json) -> Client:
        if frame["type"] == "snapshot":
            parts = {name: frame[name] for name in ("board", "sessions", "themes", "teams", "screen", "totals")}
            posts = {post["id"]: post for post in frame["posts"]}
            return Client(self.audience, Cursor(frame["epoch"], frame["seq"]), parts, posts)
        assert frame["type"] == "changes"
        assert self.cursor is not None
        assert frame["after"] <= self.cursor.seq <= frame["to"]
        posts = dict(self.posts)
        for post in frame["posts"]:
            if "kind" in post:
                posts[post["id"]] = post
            elif post["id"] in posts:
                posts[post["id"]] = posts[post["id"]] | post
        for post_id in frame["gone"]:
            posts.pop(post_id, None)
        parts = {name: frame.get(name, part) for name, part in self.parts.items()}
        return Client(self.audience, Cursor(self.cursor.epoch, frame["to"]), parts, posts)

    def window(self) -> Json:
        """Of the posts held, those that a snapshot has."""
        newest = sorted(self.posts.values(), key=lambda post: post["created_at"], reverse=True)

        def those(*states: str, **fields: object) -> list[Json]:
            return [post for post in newest if post.get("state", "visible") in states and fields.items() <= post.items()]

        shown = [
            *those("visible", kind="card")[: feed.CARDS_SHOWN],
            *those("visible", kind="card", pinned=True)[: feed.PINNED_SHOWN],
            *those("visible", kind="question", answered=False)[: feed.OPEN_SHOWN],
            *those("visible", kind="question", answered=True)[: feed.ANSWERED_SHOWN],
            *(post for post in newest if post["id"] == self.parts["screen"]["post"]),
            *those("pending")[: feed.WAITING_SHOWN],
            *those("hidden", "rejected")[: feed.HELD_SHOWN],
            *those("withdrawn")[: feed.WITHDRAWN_SHOWN],
        ]
        return {post["id"]: post for post in shown}


# -- the server's side ------------------------------------------------------------------------------------------------


class Place:
    """A real store, on an event loop of its own, for all gatherings of the test."""

    def __init__(self, path: Path) -> None:
        self._runner = asyncio.Runner()
        self.followed = 0
        """How often a client was brought up to date."""
        self.store = Store(f"sqlite:///{path / 'board.db'}")
        self.store.migrate()
        self._runner.run(self._start())

    async def _start(self) -> None:
        self.store.start()

    def close(self) -> None:
        self._runner.run(self.store.stop())
        self._runner.close()

    def change(self, change: Callable[[Connection], Any]) -> Any:
        return self._runner.run(self.store.write_any(change))

    def do(self, *acts: Awaitable[object]) -> list[Any]:
        """All at once, so that several are committed together. Refusals are part of life, faults are not."""

        async def together() -> list[Any]:
            return await asyncio.gather(*acts, return_exceptions=True)

        results = self._runner.run(together())
        for result in results:
            if isinstance(result, Exception) and not (isinstance(result, BoardError) and result.status < 500):
                raise result
        return [result for result in results if not isinstance(result, BoardError)]


@dataclass
class Truth:
    """A board at one seq, from the store."""

    snapshots: dict[Audience, Json]
    posts: dict[Audience, Json]
    public_texts: set[bytes]


def read_truth(connection: Connection, board_id: int) -> tuple[Cursor, Truth]:
    loaded = load(connection, board_id)
    assert loaded is not None
    fresh = Feed(loaded, now=lambda: 0)
    stored = [rows.post_from(row) for row in connection.execute(rows.select_posts.where(schema.posts.c.board_id == board_id))]
    public = [post for post in stored if post.state is State.VISIBLE]
    seen_by = {Audience.PUBLIC: public, Audience.MODERATORS: stored}

    def views(audience: Audience) -> Json:
        return {post.id: json.loads(messages.encode(messages.post_view(post, audience))) for post in seen_by[audience]}

    return fresh.cursor, Truth(
        snapshots={audience: json.loads(fresh.snapshot(audience)) for audience in Audience},
        posts={audience: views(audience) for audience in Audience},
        public_texts={text for post in public for text in CANARY.findall(messages.encode(post))},
    )


class Weather(Enum):
    """How messages fare on their way to a worker."""

    CALM = 1
    LOSSY = 2
    DOUBLING = 3
    SLOW = 4


class Worker:
    """A feed, and the messages on their way to it. Gaps are read from the store, as the hub does."""

    def __init__(self, store: Store, board_id: int) -> None:
        self._store, self._board_id = store, board_id
        self.weather = Weather.CALM
        self.late: list[Changes] = []
        self.feed = Feed(self._load(), now=lambda: 0)

    def tell(self, changes: Changes) -> None:
        if self.weather is Weather.SLOW:
            self.late.append(changes)
        elif self.weather is not Weather.LOSSY:
            self.hear(changes)
        if self.weather is Weather.DOUBLING:
            self.late.append(changes)

    def hear(self, changes: Changes) -> None:
        if not self.feed.apply(changes):
            self.repair()
        elif self.feed.running_low:
            self._reset()

    def repair(self) -> None:
        seq = self.feed.board.seq
        changes = self._store.read_now(lambda connection: changes_after(connection, self._board_id, seq))
        if changes is None or changes.epoch != self.feed.board.epoch:
            self._reset()
        else:
            self.hear(changes)

    def _reset(self) -> None:
        incomplete = self.feed.incomplete
        self.feed.reset(self._load())
        for audience in incomplete:
            self.feed.start_afresh(audience)

    def _load(self) -> Loaded:
        loaded = self._store.read_now(lambda connection: load(connection, self._board_id))
        assert loaded is not None
        return loaded


# -- the gathering ----------------------------------------------------------------------------------------------------

ARRANGEMENTS = [
    messages.BoardChange(frozen=True),
    messages.BoardChange(frozen=False),
    messages.BoardChange(premoderate=messages.Premoderate(card=True)),
    messages.BoardChange(premoderate=messages.Premoderate(card=False)),
    messages.SessionChange(Questions.PAUSED),
    messages.SessionChange(Questions.OPEN),
    messages.NewScreen(Scene.CARDS),
    messages.NewScreen(Scene.BLANK),
]
SESSION = Session("safety", "Safety at work")
PEOPLE = ["a" * 32, "b" * 32]


class Gathering(RuleBasedStateMachine):
    posts = Bundle("posts")
    which = st.integers(0, 1)
    on = st.booleans()

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place, self.store = place, place.store
        self.texts = 0
        self.truths: dict[Cursor, Truth] = {}
        self.clients = [Client(audience) for audience in Audience]
        self.workers: list[Worker] = []

    @initialize()
    def begin(self) -> None:
        self.board_id, _ = self.place.change(lambda connection: actions.new_board(connection, self.store.now(), "Lab"))
        row = rows.session_values(self.board_id, 0, SESSION)
        self.place.change(lambda connection: connection.execute(schema.sessions.insert().values(**row)))
        self.place.do(self.store.write(self.board_id, lambda transaction: actions.new_link(transaction, Role.MODERATOR, "Mo")))
        board = self.store.read_now(lambda connection: rows.read_board(connection, self.board_id))
        assert board is not None
        self.actor = Actor(board.links[0].id, Role.MODERATOR, "Mo")
        self.workers = [Worker(self.store, self.board_id) for _ in range(2)]
        self._learn_truth()

    def _do(self, *acts: Awaitable[object]) -> list[Any]:
        committed: list[Changes] = []
        self.store.listeners[:] = [committed.append]
        results = self.place.do(*acts)
        for changes in committed:
            for worker in self.workers:
                worker.tell(changes)
        self._learn_truth()
        return results

    def _learn_truth(self) -> None:
        cursor, truth = self.store.read_now(lambda connection: read_truth(connection, self.board_id))
        self.truths[cursor] = truth

    def _text(self) -> str:
        self.texts += 1
        return f"canary-{self.texts}"

    # -- what people do ---------------------------------------------------------------------------------------------

    @rule(target=posts, author=st.sampled_from(PEOPLE), anonymous=on, count=st.integers(1, 3))
    def celebrate(self, author: str, anonymous: bool, count: int) -> Any:
        to = [messages.To(name="Nadia")]
        return self._submit(author, [messages.NewCard(uuid.uuid4(), to, self._text(), None, anonymous) for _ in range(count)])

    @rule(target=posts, author=st.sampled_from(PEOPLE), session=st.sampled_from([None, SESSION.id]), count=st.integers(1, 2))
    def ask(self, author: str, session: str | None, count: int) -> Any:
        return self._submit(author, [messages.NewQuestion(uuid.uuid4(), self._text(), session) for _ in range(count)])

    def _submit(self, author: str, wanted: list[Any]) -> Any:
        done = self._do(*(actions.submit(self.store, self.board_id, author, "c" * 32, post) for post in wanted))
        return multiple(*(post for post, _ in done))

    @rule(post=posts, withdraw=on)
    def author_changes(self, post: Post, withdraw: bool) -> None:
        edit = messages.Edit(state=State.WITHDRAWN) if withdraw else messages.Edit(text=self._text())
        self._do(actions.edit(self.store, self.board_id, [post.participant], post.id, edit))

    @rule(post=posts, people=st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=2), on=on)
    def mark(self, post: Post, people: list[str], on: bool) -> None:
        if post.kind is Kind.CARD:
            self._do(*(actions.react(self.store, self.board_id, who, post.id, Reaction.HEART, on) for who in people))
        else:
            self._do(*(actions.vote(self.store, self.board_id, who, post.id, on) for who in people))

    @rule(post=posts, state=st.sampled_from([State.VISIBLE, State.HIDDEN, State.REJECTED]))
    def moderate(self, post: Post, state: State) -> None:
        self._moderate(post, state=state, reason=self._text())

    @rule(some=st.lists(posts, min_size=2, max_size=6), state=st.sampled_from([State.VISIBLE, State.HIDDEN]))
    def moderate_many(self, some: list[Post], state: State) -> None:
        bulk = messages.Bulk([post.id for post in some], state, self._text())
        self._do(actions.moderate_all(self.store, self.board_id, self.actor, bulk))

    @rule(post=posts, on=on)
    def pin(self, post: Post, on: bool) -> None:
        self._moderate(post, pinned=on)

    @rule(post=posts, on=on, session=st.sampled_from([None, SESSION.id]))
    def answer(self, post: Post, on: bool, session: str | None) -> None:
        self._moderate(post, answered=on, answer=self._text(), session=session)

    def _moderate(self, post: Post, **changes: Any) -> None:
        self._do(actions.moderate(self.store, self.board_id, self.actor, post.id, messages.Moderation(**changes)))

    @rule(post=posts)
    def vote_hide_and_edit_at_once(self, post: Post) -> None:
        self._do(
            actions.vote(self.store, self.board_id, "d" * 32, post.id, True),
            actions.moderate(self.store, self.board_id, self.actor, post.id, messages.Moderation(state=State.HIDDEN)),
            actions.edit(self.store, self.board_id, [post.participant], post.id, messages.Edit(text=self._text())),
        )

    @rule(post=posts)
    def spotlight(self, post: Post) -> None:
        self._do(actions.present(self.store, self.board_id, self.actor, messages.NewScreen(Scene.SPOTLIGHT, post=post.id)))

    @rule(change=st.sampled_from(ARRANGEMENTS))
    def arrange(self, change: messages.BoardChange | messages.SessionChange | messages.NewScreen) -> None:
        if isinstance(change, messages.BoardChange):
            self._do(actions.change_board(self.store, self.board_id, self.actor, change))
        elif isinstance(change, messages.SessionChange):
            self._do(actions.change_session(self.store, self.board_id, self.actor, SESSION.id, change))
        else:
            self._do(actions.present(self.store, self.board_id, self.actor, change))

    @rule()
    def take_back_votes(self) -> None:
        self._do(actions.take_back_votes(self.store, self.board_id, self.actor, 0))

    @rule(who=st.sampled_from(PEOPLE))
    def mute_and_unmute(self, who: str) -> None:
        for muted in (True, False):
            self._do(actions.mute(self.store, self.board_id, self.actor, who, muted))

    # -- what happens to workers ------------------------------------------------------------------------------------

    @rule(which=which, weather=st.sampled_from(Weather))
    def weather_turns(self, which: int, weather: Weather) -> None:
        self.workers[which].weather = weather

    @rule(which=which, at=st.integers(0, 9))
    def a_late_message_comes(self, which: int, at: int) -> None:
        worker = self.workers[which]
        if worker.late:
            worker.hear(worker.late.pop(at % len(worker.late)))

    @rule(which=which)
    def poll(self, which: int) -> None:
        self.workers[which].repair()

    @rule(which=which, new_history=on)
    def restart(self, which: int, new_history: bool) -> None:
        """Perhaps after a backup was restored: then the past may be another one, and so has another name."""
        if new_history:
            change = update(schema.boards).where(schema.boards.c.id == self.board_id).values(epoch=actions.new_epoch())
            self.place.change(lambda connection: connection.execute(change))
            self._learn_truth()
        self.workers[which] = Worker(self.store, self.board_id)

    # -- what clients see -------------------------------------------------------------------------------------------

    @invariant()
    def every_client_can_follow_any_worker(self) -> None:
        for worker in self.workers:
            followed = [self._follow(client, worker) for client in self.clients]
            known = {(client.audience, client.cursor) for client in self.clients}
            for audience in Audience:
                last = next(client for client in reversed(followed) if client.audience is audience)
                if (audience, last.cursor) not in known:
                    self.clients.append(last)
        while len(self.clients) > CLIENTS_KEPT:
            del self.clients[self.texts % CLIENTS_KEPT]

    def _follow(self, client: Client, worker: Worker) -> Client:
        self.place.followed += 1
        truth = self.truths[worker.feed.cursor]
        snapshot, posts = truth.snapshots[client.audience], truth.posts[client.audience]
        raw = worker.feed.after(client.cursor, client.audience)
        if client.audience is Audience.PUBLIC:
            assert set(CANARY.findall(raw)) <= truth.public_texts, "a text went out that is not public"
        frame = json.loads(raw)
        client = client.after(frame)
        assert client.after(frame) == client, "a frame applied twice changes something"
        assert client.cursor == worker.feed.cursor
        assert client.parts == {name: snapshot[name] for name in client.parts}
        assert client.posts == {post_id: posts.get(post_id) for post_id in client.posts}, "a client holds what is no longer so"
        assert client.window() == {post["id"]: post for post in snapshot["posts"]}, "a client misses what a snapshot has"
        return client

    @invariant()
    def a_worker_that_runs_on_shows_what_a_new_one_would(self) -> None:
        for worker in self.workers:
            truth = self.truths[worker.feed.cursor]
            for audience in Audience:
                assert json.loads(worker.feed.snapshot(audience)) == truth.snapshots[audience]

"""The law: whatever a client has, from whenever, plus the frame that a worker gives it, is what a fresh snapshot shows.

Random gatherings on a real database. Two workers hear of each commit through messages that are lost, doubled or out of order,
and clients of both audiences follow, sleep, come back and change workers at random. Limits are small, so that windows overflow.
"""

from __future__ import annotations

import asyncio
import json
import re
import uuid
from collections.abc import Awaitable, Callable
from contextlib import closing
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule, run_state_machine_as_test
from sqlalchemy import Connection, select, update

from board import actions, feed, messages, rows, schema
from board import store as store_module
from board.feed import Cursor, Feed
from board.models import Actor, Audience, BoardError, Changes, Kind, Post, Questions, Reaction, Role, Scene, Session, State
from board.store import Store, changes_after, load

Json = dict[str, Any]

SMALL_LIMITS = {
    feed: {
        "CARDS_SHOWN": 3,
        "CARDS_IN_RESERVE": 1,
        "ANSWERED_SHOWN": 2,
        "HELD_SHOWN": 2,
        "WITHDRAWN_SHOWN": 2,
        "ROWS_KEPT": 6,
        "FRAMES_KEPT": 3,
    },
    store_module: {
        "CARDS_LOADED": 5,
        "ANSWERED_LOADED": 3,
        "HELD_LOADED": 3,
        "WITHDRAWN_LOADED": 3,
        "RECENT_LOADED": 6,
        "MAX_CHANGES": 12,
    },
}
CANARY = re.compile(rb"canary-\d+")


def test_any_cursor_plus_the_frame_after_it_is_a_fresh_snapshot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module, limits in SMALL_LIMITS.items():
        for name, limit in limits.items():
            monkeypatch.setattr(module, name, limit)
    with closing(Place(tmp_path)) as place:
        run_state_machine_as_test(
            lambda: Gathering(place),
            settings=settings(
                max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
            ),
        )


# -- the clients' side: what every client, in any language, does with a frame -----------------------------------------


@dataclass
class Client:
    audience: Audience
    cursor: Cursor | None = None
    parts: Json = field(default_factory=dict)
    posts: dict[str, Json] = field(default_factory=dict)

    def apply(self, frame: Json) -> None:
        if frame["type"] == "snapshot":
            self.cursor = Cursor(frame["epoch"], frame["seq"])
            self.parts = {name: frame[name] for name in ("board", "sessions", "themes", "teams", "screen")}
            self.posts = {post["id"]: post for post in frame["posts"]}
            return
        assert self.cursor is not None
        assert frame["type"] == "changes"
        assert frame["after"] <= self.cursor.seq <= frame["to"]
        self.cursor = Cursor(self.cursor.epoch, frame["to"])
        self.parts |= {name: frame[name] for name in self.parts if name in frame}
        for post in frame["posts"]:
            if "kind" in post:
                self.posts[post["id"]] = post
            elif post["id"] in self.posts:
                self.posts[post["id"]] |= post
        for post_id in frame["gone"]:
            self.posts.pop(post_id, None)

    def window(self) -> dict[str, Json]:
        """Of the posts held, those that a snapshot would have."""
        newest = sorted(self.posts.values(), key=lambda post: post["created_at"], reverse=True)
        on_board = [post for post in newest if post.get("state", "visible") == "visible"]
        cards = [post for post in on_board if post["kind"] == "card"]
        questions = [post for post in on_board if post["kind"] == "question"]

        def held(*states: str) -> list[Json]:
            return [post for post in newest if post.get("state") in states]

        shown = [
            *cards[: feed.CARDS_SHOWN],
            *(post for post in cards if post["pinned"]),
            *(post for post in questions if not post["answered"]),
            *[post for post in questions if post["answered"]][: feed.ANSWERED_SHOWN],
            *(post for post in newest if post["id"] == self.parts["screen"]["post"]),
            *held("pending"),
            *held("hidden", "rejected")[: feed.HELD_SHOWN],
            *held("withdrawn")[: feed.WITHDRAWN_SHOWN],
        ]
        return {post["id"]: post for post in shown}


# -- the server's side ------------------------------------------------------------------------------------------------


@dataclass
class Truth:
    """A board at one seq, read from the store."""

    snapshots: dict[Audience, Json]
    posts: dict[Audience, dict[str, Json]]
    public_texts: set[bytes]


class Worker:
    """A feed and the messages on their way to it; gaps are read from the store, as the hub does."""

    def __init__(self, place: Place, board_id: int) -> None:
        self.place, self.board_id = place, board_id
        self.messages: list[Changes] = []
        self.feed = Feed(self._load())

    def hear(self, changes: Changes) -> None:
        if not self.feed.apply(changes):
            self.repair()
        elif self.feed.running_low and any(post.published for post in changes.posts):
            self._reset()

    def repair(self) -> None:
        changes = self.place.read(lambda connection: changes_after(connection, self.board_id, self.feed.board.seq))
        if changes is None or changes.epoch != self.feed.board.epoch:
            self._reset()
        else:
            self.hear(changes)

    def _reset(self) -> None:
        lost_cards = self.feed.missing_cards
        self.feed.reset(self._load())
        if lost_cards:
            self.feed.floor = self.feed.board.seq + 1

    def _load(self) -> store_module.Loaded:
        loaded = self.place.read(lambda connection: load(connection, self.board_id))
        assert loaded is not None
        return loaded

    def frame(self, client: Client) -> bytes:
        """As at a socket: who has seen more than this worker is answered after a look at the store."""
        cursor, board = client.cursor, self.feed.board
        if cursor is not None and cursor.epoch == board.epoch and cursor.seq > board.seq:
            self.repair()
        return self.feed.after(client.cursor, client.audience)


class Place:
    """A real store, on an event loop of its own, for all gatherings of the test."""

    def __init__(self, path: Path) -> None:
        self._runner = asyncio.Runner()
        self.store = Store(f"sqlite:///{path / 'board.db'}")
        self.store.migrate()
        self._runner.run(self._start())

    async def _start(self) -> None:
        self.store.start()

    def close(self) -> None:
        self._runner.run(self.store.stop())
        self._runner.close()

    def read(self, query: Callable[[Connection], Any]) -> Any:
        return self.store.read_now(query)

    def change(self, change: Callable[[Connection], Any]) -> Any:
        return self._runner.run(self.store.write_any(change))

    def do(self, *acts: Awaitable[object]) -> list[Any]:
        """All at once, so that several may be committed together. Refusals are part of the game, faults are not."""

        async def together() -> list[Any]:
            return await asyncio.gather(*acts, return_exceptions=True)

        results = self._runner.run(together())
        for result in results:
            if isinstance(result, Exception) and not (isinstance(result, BoardError) and result.status < 500):
                raise result
        return results


class Gathering(RuleBasedStateMachine):
    posts = Bundle("posts")
    clients = Bundle("clients")

    people = st.sampled_from(["a" * 32, "b" * 32])
    sessions = st.sampled_from(["opening", "safety"])
    switch = st.booleans()
    which = st.integers(0, 1)

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place, self.store = place, place.store
        self.number = 0
        self.truths: dict[Cursor, Truth] = {}

    @initialize(target=clients)
    def begin(self) -> Any:
        self.board_id, _ = self.place.change(lambda connection: actions.new_board(connection, self.store.now(), "Lab"))
        self.place.change(self._add_sessions)
        self.place.do(self.store.write(self.board_id, lambda transaction: actions.new_link(transaction, Role.MODERATOR, "Mo")))
        link = self.place.read(lambda connection: rows.read_board(connection, self.board_id)).links[0]
        self.actor = Actor(link.id, link.role, link.name)
        self.workers = [Worker(self.place, self.board_id) for _ in range(2)]
        self.store.on_commit = self._committed
        self._learn_truth()
        return multiple(Client(Audience.PUBLIC), Client(Audience.MODERATORS))

    def _add_sessions(self, connection: Connection) -> None:
        for position, name in enumerate(("opening", "safety")):
            connection.execute(schema.sessions.insert().values(**rows.session_values(self.board_id, position, Session(name, name))))

    def _committed(self, changes: Changes) -> None:
        for worker in self.workers:
            worker.messages.append(changes)
        self._learn_truth()

    def _learn_truth(self) -> None:
        def read(connection: Connection) -> Truth:
            loaded = load(connection, self.board_id)
            assert loaded is not None
            fresh = Feed(loaded)
            self.head = fresh.cursor
            table = schema.posts
            stored = [rows.post_from(row) for row in connection.execute(rows.select_posts.where(table.c.board_id == self.board_id))]
            public = [post for post in stored if post.state is State.VISIBLE]
            return Truth(
                snapshots={audience: json.loads(fresh.snapshot(audience)) for audience in Audience},
                posts={
                    Audience.PUBLIC: {post.id: as_seen(post, Audience.PUBLIC) for post in public},
                    Audience.MODERATORS: {post.id: as_seen(post, Audience.MODERATORS) for post in stored},
                },
                public_texts={text for post in public for text in CANARY.findall(messages.encode(post))},
            )

        truth = self.place.read(read)
        self.truths[self.head] = truth

    def _canary(self) -> str:
        self.number += 1
        return f"canary-{self.number}"

    # -- what people do ---------------------------------------------------------------------------------------------

    @rule(target=posts, author=people, anonymous=switch, count=st.integers(1, 3))
    def celebrate(self, author: str, anonymous: bool, count: int) -> Any:
        return self._submit(
            author,
            *(
                messages.NewCard(uuid.uuid4(), [messages.To(name="Nadia")], self._canary(), anonymous=anonymous)
                for _ in range(count)
            ),
        )

    @rule(target=posts, author=people, session=st.none() | sessions, count=st.integers(1, 2))
    def ask(self, author: str, session: str | None, count: int) -> Any:
        return self._submit(author, *(messages.NewQuestion(uuid.uuid4(), self._canary(), session) for _ in range(count)))

    def _submit(self, author: str, *wanted: messages.NewCard | messages.NewQuestion) -> Any:
        results = self.place.do(*(actions.submit(self.store, self.board_id, author, "c" * 32, post) for post in wanted))
        return multiple(*(result[0] for result in results if not isinstance(result, BoardError)))

    @rule(post=posts, withdraw=switch)
    def author_changes(self, post: Post, withdraw: bool) -> None:
        edit = messages.Edit(state=State.WITHDRAWN) if withdraw else messages.Edit(text=self._canary())
        self.place.do(actions.edit(self.store, self.board_id, [post.participant], post.id, edit))

    @rule(post=posts, people=st.sets(people, min_size=1), on=switch)
    def mark(self, post: Post, people: set[str], on: bool) -> None:
        if post.kind is Kind.CARD:
            acts = [actions.react(self.store, self.board_id, who, post.id, Reaction.HEART, on) for who in people]
        else:
            acts = [actions.vote(self.store, self.board_id, who, post.id, on) for who in people]
        self.place.do(*acts)

    @rule(post=posts, state=st.sampled_from([State.VISIBLE, State.HIDDEN, State.REJECTED]))
    def moderate(self, post: Post, state: State) -> None:
        self._moderate(post, state=state, reason=self._canary())

    @rule(some=st.lists(posts, min_size=2, max_size=5), state=st.sampled_from([State.VISIBLE, State.HIDDEN]))
    def moderate_many(self, some: list[Post], state: State) -> None:
        bulk = messages.Bulk([post.id for post in some], state, self._canary())
        self.place.do(actions.moderate_all(self.store, self.board_id, self.actor, bulk))

    @rule(post=posts, on=switch)
    def pin(self, post: Post, on: bool) -> None:
        self._moderate(post, pinned=on)

    @rule(post=posts, on=switch)
    def answer(self, post: Post, on: bool) -> None:
        self._moderate(post, answered=on, answer=self._canary())

    @rule(post=posts, session=sessions)
    def move(self, post: Post, session: str) -> None:
        self._moderate(post, session=session)

    def _moderate(self, post: Post, **changes: Any) -> None:
        self.place.do(actions.moderate(self.store, self.board_id, self.actor, post.id, messages.Moderation(**changes)))

    @rule(post=posts)
    def vote_hide_and_edit_at_once(self, post: Post) -> None:
        self.place.do(
            actions.vote(self.store, self.board_id, "d" * 32, post.id, True),
            actions.moderate(self.store, self.board_id, self.actor, post.id, messages.Moderation(state=State.HIDDEN)),
            actions.edit(self.store, self.board_id, [post.participant], post.id, messages.Edit(text=self._canary())),
        )

    @rule(post=posts)
    def spotlight(self, post: Post) -> None:
        self._present(messages.NewScreen(Scene.SPOTLIGHT, post=post.id))

    @rule(scene=st.sampled_from([Scene.CARDS, Scene.BLANK]))
    def present(self, scene: Scene) -> None:
        self._present(messages.NewScreen(scene))

    def _present(self, screen: messages.NewScreen) -> None:
        self.place.do(actions.present(self.store, self.board_id, self.actor, screen))

    @rule(frozen=switch, card=switch)
    def change_settings(self, frozen: bool, card: bool) -> None:
        change = messages.BoardChange(frozen=frozen, premoderate=messages.Premoderate(card=card))
        self.place.do(actions.change_board(self.store, self.board_id, self.actor, change))

    @rule(session=sessions, questions=st.sampled_from(Questions))
    def change_session(self, session: str, questions: Questions) -> None:
        change = messages.SessionChange(questions)
        self.place.do(actions.change_session(self.store, self.board_id, self.actor, session, change))

    @rule(who=people, muted=switch)
    def mute(self, who: str, muted: bool) -> None:
        self.place.do(actions.mute(self.store, self.board_id, self.actor, who, muted))

    @rule()
    def restore_a_backup(self) -> None:
        """The past may have changed, so the history has a new name."""
        table = schema.boards
        epoch = actions.new_epoch()
        self.place.change(
            lambda connection: connection.execute(update(table).where(table.c.id == self.board_id).values(epoch=epoch))
        )
        self._learn_truth()

    # -- what happens to the messages -------------------------------------------------------------------------------

    @rule(which=which, at=st.integers(0, 9), again=switch)
    def hear_in_any_order(self, which: int, at: int, again: bool) -> None:
        worker = self.workers[which]
        if worker.messages:
            at %= len(worker.messages)
            worker.hear(worker.messages[at] if again else worker.messages.pop(at))

    @rule(which=which)
    def hear_all(self, which: int) -> None:
        worker = self.workers[which]
        while worker.messages:
            worker.hear(worker.messages.pop(0))

    @rule(which=which, at=st.integers(0, 9))
    def lose(self, which: int, at: int) -> None:
        del self.workers[which].messages[at : at + 1]

    @rule(which=which)
    def poll(self, which: int) -> None:
        self.workers[which].repair()

    @rule(which=which)
    def restart(self, which: int) -> None:
        self.workers[which] = Worker(self.place, self.board_id)

    # -- what clients do --------------------------------------------------------------------------------------------

    @rule(target=clients, audience=st.sampled_from(Audience))
    def open(self, audience: Audience) -> Client:
        return Client(audience)

    @rule(target=clients, client=clients)
    def one_of_two_tabs_falls_asleep(self, client: Client) -> Client:
        return deepcopy(client)

    @rule(client=clients, which=which)
    def follow(self, client: Client, which: int) -> None:
        self._follow(client, self.workers[which])

    def _follow(self, client: Client, worker: Worker) -> None:
        frame = worker.frame(client)
        truth = self.truths[worker.feed.cursor]
        if client.audience is Audience.PUBLIC:
            assert set(CANARY.findall(frame)) <= truth.public_texts, "a text that is not public went out"
        client.apply(json.loads(frame))
        once = deepcopy(client)
        client.apply(json.loads(frame))
        assert client == once, "a frame applied twice changes something"
        assert client.cursor == worker.feed.cursor
        snapshot = truth.snapshots[client.audience]
        assert client.window() == {post["id"]: post for post in snapshot["posts"]}
        assert client.parts == {name: snapshot[name] for name in client.parts}
        for post_id, post in client.posts.items():
            assert post == truth.posts[client.audience].get(post_id), "a client holds what is no longer so"

    @invariant()
    def a_worker_shows_what_the_store_had_at_its_seq(self) -> None:
        for worker in getattr(self, "workers", ()):
            truth = self.truths[worker.feed.cursor]
            for audience in Audience:
                assert json.loads(worker.feed.snapshot(audience)) == truth.snapshots[audience]

    def teardown(self) -> None:
        self.store.on_commit = lambda changes: None


def as_seen(post: Post, audience: Audience) -> Json:
    view: Json = json.loads(messages.encode(messages.post_view(post, audience)))
    return view

"""Two workers on one store, whatever the bus between them does: who hears what, what is repaired, and who is counted."""

from __future__ import annotations

import asyncio
import json
import random
import time
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest
from sqlalchemy import Connection, update

from board import actions, messages, schema
from board import hub as hub_module
from board import store as store_module
from board.bus import Bus, LocalBus, OnGap, OnMessage, RedisBus
from board.fanout import BUFFER_BYTES, STUCK_SECONDS, Shard, ViewerKind
from board.feed import Cursor
from board.hub import BEAT_SECONDS, IDLE_SECONDS, PRESENCE_KEPT_SECONDS, Envelope, Hub
from board.models import Actor, Audience, Changes, Close, Kind, NotFound, Post, Role, State, StorageDown
from board.store import Store
from board.wire import Frame
from tests import boards, servers
from tests.people import Json

T = TypeVar("T")

NEVER_SECONDS = 3600.0


async def eventually(holds: Callable[[], object], what: str) -> None:
    await asyncio.to_thread(servers.wait_until, lambda: bool(holds()), what)


class Viewer:
    """Somebody who takes everything at once, unless told otherwise."""

    descriptor = None

    def __init__(self, kind: ViewerKind, cursor: Cursor | None = None, *participants: str) -> None:
        self.kind, self.cursor, self.participants = kind, cursor, participants
        self.audience = Audience.MODERATORS if kind is ViewerKind.MODERATOR else Audience.PUBLIC
        self.link_id: str | None = None
        self.name = self.place = ""
        self.applied = -1
        self.shard: Shard | None = None
        self.buffered = 0
        self.frames: list[Json] = []
        self.closed: int | None = None

    def push(self, frame: Frame) -> None:
        self.frames.append(json.loads(frame.json))

    def push_rest(self, raw: bytes) -> None:
        raise NotImplementedError

    def close(self, code: int, reason: str) -> None:
        self.closed = code

    def told(self, kind: str) -> list[Json]:
        return [frame for frame in self.frames if frame["type"] == kind]

    @property
    def posts(self) -> Json:
        """What it shows now. Each frame must begin where the one before ended."""
        posts: Json = {}
        following = [frame for frame in self.frames if frame["type"] in ("snapshot", "changes")]
        for before, frame in pairwise(following):
            assert frame["type"] == "snapshot" or frame["after"] == before.get("to", before.get("seq"))
        for frame in following:
            if frame["type"] == "snapshot":
                posts = {}
            for post in frame["posts"]:
                posts[post["id"]] = posts.get(post["id"], {}) | post
            for post_id in frame.get("gone", []):
                posts.pop(post_id, None)
        return posts


class CountingStore(Store):
    """Counts how often it is read, and can be put out of reach."""

    reads = 0
    down = False

    async def read(self, query: Callable[[Connection], T]) -> T:
        self.reads += 1
        if self.down:
            raise StorageDown()
        return await super().read(query)


class Clock:
    def __init__(self) -> None:
        self._skipped = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self._skipped

    def skip(self, seconds: float) -> None:
        self._skipped += seconds


class Worker:
    """A process as far as the others can tell: a store of its own on the same database, and a hub."""

    def __init__(self, url: str, bus: Bus) -> None:
        self.url = url
        self.store = CountingStore(url)
        self.clock = Clock()
        self.hub = Hub(self.store, bus, self.clock)

    async def __aenter__(self) -> Worker:
        self.store.migrate()
        self.store.start()
        await self.hub.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.hub.stop()
        await self.store.stop()

    async def look(
        self, board_id: int, kind: ViewerKind = ViewerKind.PHONE, cursor: Cursor | None = None, *participants: str
    ) -> Viewer:
        viewer = Viewer(kind, cursor, *participants)
        self.hub.join(await self.hub.open(board_id), viewer)
        return viewer

    async def leave(self, board_id: int, viewer: Viewer) -> None:
        self.hub.leave(await self.hub.open(board_id), viewer)

    async def ask(self, board_id: int, text: str = "Who pays?", who: int = 0) -> Post:
        return await boards.submit(self.store, board_id, boards.question(text), who)


# -- buses ---------------------------------------------------------------------------------------------------------


class Carrier:
    """What lies between the buses of one installation; a test decides what becomes of each message."""

    def __init__(self) -> None:
        self.waiting: list[tuple[str, bytes]] = []
        self.buses: list[PlayedBus] = []

    def taken(self) -> list[tuple[str, bytes]]:
        """The messages about contents that are on their way; they are no longer."""
        waiting, self.waiting = self.waiting, []
        return [message for message in waiting if Carrier.read(message).changes is not None]

    def told(self) -> list[tuple[str, bytes]]:
        """The messages about presence that are on their way; they stay."""
        return [message for message in self.waiting if Carrier.read(message).online is not None]

    @staticmethod
    def read(message: tuple[str, bytes]) -> Envelope:
        return msgspec.msgpack.decode(message[1], type=Envelope)

    @staticmethod
    def changes(message: tuple[str, bytes]) -> Changes:
        changes = Carrier.read(message).changes
        assert changes is not None
        return changes

    def deliver(self, *messages: tuple[str, bytes]) -> None:
        for topic, data in messages:
            for bus in self.buses:
                bus.hear(topic, data)


class PlayedBus:
    shared = True

    def __init__(self, carrier: Carrier) -> None:
        self._carrier = carrier
        self.healthy = True
        self.topics: set[str] = set()
        carrier.buses.append(self)

    async def start(self, on_message: OnMessage, on_gap: OnGap) -> None:
        self._on_message, self.on_gap = on_message, on_gap

    async def stop(self) -> None:
        self.topics.clear()

    def publish(self, topic: str, data: bytes) -> None:
        self._carrier.waiting.append((topic, data))

    def subscribe(self, topic: str) -> None:
        self.topics.add(topic)

    def unsubscribe(self, topic: str) -> None:
        self.topics.discard(topic)

    def hear(self, topic: str, data: bytes) -> None:
        if topic in self.topics:
            self._on_message(topic, data)


class Place:
    """Two workers, with a board that both know."""

    def __init__(self, here: Worker, there: Worker, board_id: int, actor: Actor) -> None:
        self.here, self.there, self.board_id, self.actor = here, there, board_id, actor

    async def look(
        self, kind: ViewerKind = ViewerKind.PHONE, cursor: Cursor | None = None, *participants: str
    ) -> tuple[Viewer, Viewer]:
        """One viewer at each worker."""
        here = await self.here.look(self.board_id, kind, cursor, *participants)
        return here, await self.there.look(self.board_id, kind, cursor, *participants)

    async def ask(self, text: str = "Who pays?", who: int = 0) -> Post:
        """Here."""
        return await self.here.ask(self.board_id, text, who)

    async def moderate(self, post: Post, **changes: Any) -> None:
        await actions.moderate(self.here.store, self.board_id, self.actor, post.id, messages.Moderation(**changes))

    async def arrange(self, **changes: Any) -> None:
        await actions.change_board(self.here.store, self.board_id, self.actor, messages.BoardChange(**changes))

    async def by_command_line(self, change: Callable[[Connection], Any]) -> None:
        """As another process does it, which tells no worker."""
        async with boards.opened(self.here.url) as store:
            await store.write_any(change)


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


async def two_workers(stack: AsyncExitStack, path: Path, *buses: Bus) -> Place:
    url = f"sqlite:///{path / 'board.db'}"
    here, there = [await stack.enter_async_context(Worker(url, bus)) for bus in buses]
    board_id = await boards.new_board(here.store)
    return Place(here, there, board_id, await boards.new_actor(here.store, board_id))


@pytest.fixture(params=["redis", "local", "deaf"])
async def place(
    request: pytest.FixtureRequest, stack: AsyncExitStack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Place:
    """Told by Redis; by nobody, as with two buses of one process each; or by a bus that says that it is well and loses all."""
    monkeypatch.setattr(hub_module, "POLL_SECONDS", 0.2)  # only to be done sooner
    if request.param == "redis":
        redis: servers.Redis = request.getfixturevalue("redis_server")
        return await two_workers(stack, tmp_path, RedisBus(redis.url, "k" * 40), RedisBus(redis.url, "k" * 40))
    if request.param == "local":
        return await two_workers(stack, tmp_path, LocalBus(), LocalBus())
    carrier = Carrier()
    return await two_workers(stack, tmp_path, PlayedBus(carrier), PlayedBus(carrier))


@pytest.fixture
def carrier(monkeypatch: pytest.MonkeyPatch) -> Carrier:
    """And no poll: what comes, comes by message or by what a message tells."""
    monkeypatch.setattr(hub_module, "POLL_SECONDS", NEVER_SECONDS)
    return Carrier()


@pytest.fixture
async def played(stack: AsyncExitStack, tmp_path: Path, carrier: Carrier) -> Place:
    place = await two_workers(stack, tmp_path, PlayedBus(carrier), PlayedBus(carrier))
    carrier.taken()
    return place


# -- who hears what, whatever the bus ------------------------------------------------------------------------------


async def test_what_one_worker_commits_viewers_of_both_see_and_those_of_another_board_do_not(place: Place) -> None:
    other_board = await boards.new_board(place.here.store)
    viewers = await place.look()
    strangers = [await worker.look(other_board) for worker in (place.here, place.there)]
    asked = [await place.ask("Is it one?"), await place.ask("Is it two?")]
    for viewer in viewers:
        await eventually(lambda viewer=viewer: list(viewer.posts) == [post.id for post in asked], "both questions")
    elsewhere = await place.here.ask(other_board, "Is it elsewhere?")
    for stranger in strangers:
        await eventually(lambda stranger=stranger: stranger.posts, "the question of the other board")
        assert list(stranger.posts) == [elsewhere.id]
    for viewer in viewers:
        assert elsewhere.id not in viewer.posts


async def test_what_is_hidden_leaves_both_workers_viewers_and_stays_with_moderators(place: Place) -> None:
    asked, kept = await place.ask(), await place.ask("Does this one stay?")
    viewers, moderators = await place.look(), await place.look(ViewerKind.MODERATOR)
    assert all(viewer.posts.keys() == {asked.id, kept.id} for viewer in viewers)
    await place.moderate(asked, state=State.HIDDEN)
    for viewer in viewers:
        await eventually(lambda viewer=viewer: viewer.posts.keys() == {kept.id}, "the end of the hidden one")
    for moderator in moderators:
        await eventually(lambda moderator=moderator: moderator.posts[asked.id]["state"] == "hidden", "its new state")


async def test_an_author_is_told_at_either_worker_what_became_of_a_post_and_nobody_else_is(place: Place) -> None:
    await place.arrange(frozen=True)
    authors = await place.look(ViewerKind.PHONE, None, boards.participant(1), boards.pseudonym(1))
    others = await place.look(ViewerKind.PHONE, None, boards.participant(2), boards.pseudonym(2))
    moderators = await place.look(ViewerKind.MODERATOR)
    asked = await place.ask(who=1)
    for author in authors:
        await eventually(lambda author=author: author.told("mine"), "word to the author")
    await place.moderate(asked, state=State.REJECTED, reason="Please be kind.")
    told = [{"id": asked.id, "state": "pending"}, {"id": asked.id, "state": "rejected", "reason": "Please be kind."}]
    for author in authors:
        await eventually(lambda author=author: len(author.told("mine")) == 2, "the second word to the author")
        assert [frame["posts"] for frame in author.told("mine")] == [[line] for line in told]
        assert author.posts == {}
    for moderator in moderators:
        await eventually(lambda moderator=moderator: moderator.posts[asked.id]["state"] == "rejected", "its new state")
    for other in (*others, *moderators):
        assert other.told("mine") == []
    for viewer in (*authors, *others):
        assert asked.id not in json.dumps([frame for frame in viewer.frames if frame["type"] != "mine"])


async def test_one_who_resumes_is_told_what_changed_and_one_of_another_history_gets_a_snapshot(place: Place) -> None:
    await place.look()
    before = await place.ask("Was it before?")
    here, there = [(await worker.hub.open(place.board_id)).feed for worker in (place.here, place.there)]
    cursor = here.cursor
    after = await place.ask("Was it after?")
    await eventually(lambda: here.cursor == there.cursor != cursor, "the second question at both")
    for viewer in await place.look(ViewerKind.PHONE, cursor):
        assert viewer.frames[0]["type"] == "changes"
        assert viewer.posts.keys() == {after.id}
    for viewer in await place.look(ViewerKind.PHONE, Cursor("another", cursor.seq)):
        assert viewer.frames[0]["type"] == "snapshot"
        assert viewer.posts.keys() == {before.id, after.id}


async def test_a_link_taken_back_closes_what_it_opened_at_both_and_nothing_else(place: Place) -> None:
    other = await boards.new_actor(place.here.store, place.board_id, "Noor")
    await place.there.hub.fresh(place.board_id)
    theirs, others = await place.look(ViewerKind.MODERATOR), await place.look(ViewerKind.MODERATOR)
    phones = await place.look()
    for viewer in theirs:
        viewer.link_id = place.actor.link_id
    for viewer in others:
        viewer.link_id = other.link_id
    command = actions.revoke_link
    await place.here.store.write(place.board_id, lambda transaction: command(transaction, Role.MODERATOR, "Mira"))
    for viewer in theirs:
        await eventually(lambda viewer=viewer: viewer.closed == Close.NOT_ALLOWED, "the end of what the link opened")
    asked = await boards.submit(place.here.store, place.board_id, boards.question("Who is still here?"))
    for viewer in (*others, *phones):
        await eventually(lambda viewer=viewer: asked.id in viewer.posts, "the question")
        assert viewer.closed is None
    for viewer in theirs:
        assert asked.id not in viewer.posts


async def test_an_erased_board_closes_its_viewers_and_is_no_longer_here(place: Place) -> None:
    kept = await boards.new_board(place.here.store)
    viewers = await place.look()
    others = [await worker.look(kept) for worker in (place.here, place.there)]
    await place.by_command_line(lambda connection: actions.purge(connection, place.board_id))
    for viewer in viewers:
        await eventually(lambda viewer=viewer: viewer.closed == Close.NO_BOARD, "the end of the board")
    for worker in (place.here, place.there):
        with pytest.raises(NotFound):
            await worker.hub.open(place.board_id)
    asked = await place.here.ask(kept)
    for other in others:
        await eventually(lambda other=other: asked.id in other.posts, "the question of the other board")
        assert other.closed is None


async def test_after_a_restore_everybody_begins_again_with_a_snapshot(place: Place) -> None:
    viewers = await place.look()
    table = schema.boards
    await place.by_command_line(
        lambda connection: connection.execute(
            update(table).where(table.c.id == place.board_id).values(epoch="restored", title="Restored")
        )
    )
    for viewer in viewers:
        await eventually(lambda viewer=viewer: len(viewer.told("snapshot")) == 2, "another snapshot")
        assert viewer.told("snapshot")[1]["epoch"] == "restored"
        assert viewer.told("snapshot")[1]["board"]["title"] == "Restored"


async def test_a_fresh_feed_has_what_another_worker_committed_a_moment_ago(played: Place, carrier: Carrier) -> None:
    await played.look()
    asked = await played.ask()
    assert (await played.there.hub.open(played.board_id)).feed.posts == {}
    reads = played.there.store.reads
    feeds = await asyncio.gather(*(played.there.hub.fresh(played.board_id) for _ in range(50)))
    assert all(asked.id in feed.posts for feed in feeds)
    assert played.there.store.reads - reads <= 4  # two looks at most, however many ask, and what they found


# -- messages doubled, reordered, lost -----------------------------------------------------------------------------


async def test_messages_that_come_in_any_order_and_twice_are_shown_in_one_order_and_once(
    played: Place, carrier: Carrier
) -> None:
    here, there = await played.look()
    reads = played.there.store.reads
    dice = random.Random(7)
    asked: list[Post] = []
    for _ in range(10):
        asked += [await played.ask(f"Is it number {number}?") for number in range(5)]
        on_their_way = carrier.taken() * 2
        assert len(on_their_way) == 10
        dice.shuffle(on_their_way)
        carrier.deliver(*on_their_way)
        last = asked[-1].id
        await eventually(lambda last=last: last in here.posts and last in there.posts, "the questions")
    assert there.posts == here.posts
    assert list(there.posts) == [post.id for post in asked]
    told = [post["id"] for frame in there.told("changes") for post in frame["posts"]]
    assert told == [post.id for post in asked]
    await asyncio.sleep(2 * hub_module.OVERTAKE_SECONDS)
    assert played.there.store.reads == reads  # who was overtaken came, so nobody had to ask


async def test_a_message_that_is_lost_is_read_from_the_store_as_soon_as_the_next_one_comes(
    played: Place, carrier: Carrier
) -> None:
    _, there = await played.look()
    lost, heard = await played.ask("Was it lost?"), await played.ask("Was it heard?")
    reads = played.there.store.reads
    carrier.deliver(carrier.taken()[1])
    assert there.posts == {}
    await eventually(lambda: list(there.posts) == [lost.id, heard.id], "both questions")
    assert played.there.store.reads == reads + 1


async def test_a_message_from_before_a_post_was_hidden_does_not_bring_it_back(played: Place, carrier: Carrier) -> None:
    _, there = await played.look()
    asked = await played.ask()
    await played.moderate(asked, state=State.HIDDEN)
    posted, hidden = carrier.taken()
    carrier.deliver(posted, hidden)
    await eventually(lambda: any(asked.id in frame["gone"] for frame in there.told("changes")), "the end of the hidden one")
    frames = len(there.told("changes"))
    carrier.deliver(posted, posted, hidden)
    last = await played.ask("Is this the last?")
    carrier.deliver(*carrier.taken())
    await eventually(lambda: there.posts.keys() == {last.id}, "the last question")
    assert len(there.told("changes")) == frames + 1


def forged(played: Place, after: int, to: int, text: str = "Was this ever asked?") -> tuple[str, bytes]:
    """A message as another worker would send it, about something that nobody committed."""
    board = next(iter(played.there.hub._channels.values())).feed.board
    post = Post(
        id=str(uuid.uuid4()), kind=Kind.QUESTION, state=State.VISIBLE, seq=to, content_seq=to, created_at=to,
        participant=boards.participant(9), text=text, published=True,
    )  # fmt: skip
    changes = Changes(played.board_id, board.epoch, after, to, [post])
    return str(played.board_id), msgspec.msgpack.encode(Envelope("stranger", board.epoch, changes))


async def test_what_was_told_of_the_future_is_forgotten_when_the_store_does_not_know_it(
    played: Place, carrier: Carrier
) -> None:
    _, there = await played.look()
    channel = await played.there.hub.open(played.board_id)
    asked = await played.ask()
    carrier.deliver(*carrier.taken(), *(forged(played, asked.seq + gap, asked.seq + gap + 1) for gap in range(1, 50)))
    assert len(channel.waiting) == 49
    await eventually(lambda: not channel.waiting, "the end of what was never true")
    later = [await played.ask(f"Is it number {number}?") for number in range(4)]  # up to where the first lie would fit
    carrier.deliver(*carrier.taken())
    await eventually(lambda: list(there.posts) == [asked.id, *(post.id for post in later)], "what was really asked")
    assert not any("ever asked" in post["text"] for frame in there.told("changes") for post in frame["posts"])


async def test_who_was_shown_what_the_store_does_not_know_begins_again(
    played: Place, carrier: Carrier, caplog: pytest.LogCaptureFixture
) -> None:
    """A lie on the bus that fits, or a database that was put back to an earlier day behind our back."""
    _, there = await played.look()
    asked = await played.ask()
    carrier.deliver(*carrier.taken(), forged(played, asked.seq, asked.seq + 1))
    await eventually(lambda: len(there.posts) == 2, "the lie")
    await played.there.hub.checked(played.board_id)
    assert there.closed == Close.RESTART
    history = played.here.hub._channels[played.board_id].feed.board.epoch
    again = await played.there.look(played.board_id, cursor=Cursor(history, asked.seq + 1))
    assert [frame["type"] for frame in again.frames] == ["snapshot"]
    assert again.posts.keys() == {asked.id}
    assert "begins again" in caplog.text


async def test_what_is_too_much_to_be_told_comes_as_a_snapshot(
    played: Place, carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "MAX_CHANGES", 5)
    monkeypatch.setattr(store_module, "RECENT_LOADED", 5)
    here, there = await played.look()
    asked = [await played.ask(f"Is it number {number}?") for number in range(10)]
    carrier.deliver(carrier.taken()[-1])
    await eventually(lambda: there.posts.keys() == {post.id for post in asked}, "the questions")
    assert [frame["type"] for frame in there.frames if "posts" in frame] == ["snapshot", "snapshot"]
    assert len(here.told("snapshot")) == 1


async def test_word_of_a_gap_is_looked_into_at_once(played: Place, carrier: Carrier) -> None:
    _, there = await played.look()
    asked = await played.ask()
    carrier.taken()
    assert there.posts == {}
    carrier.buses[1].on_gap()
    await eventually(lambda: asked.id in there.posts, "the question")


async def test_while_the_bus_says_that_it_is_ill_the_store_is_asked_more_often(
    stack: AsyncExitStack, tmp_path: Path, carrier: Carrier
) -> None:
    well, ill = PlayedBus(carrier), PlayedBus(carrier)
    ill.healthy = False
    place = await two_workers(stack, tmp_path, well, ill)
    _, there = await place.look()
    asked = await place.ask()
    await eventually(lambda: asked.id in there.posts, "the question")
    reads = place.here.store.reads
    polled = place.there.store.reads
    await eventually(lambda: place.there.store.reads > polled + 2, "another look")
    assert place.here.store.reads == reads


async def test_messages_that_are_none_of_ours_do_no_harm(
    played: Place, carrier: Carrier, caplog: pytest.LogCaptureFixture
) -> None:
    _, there = await played.look()
    topic = str(played.board_id)
    await played.ask("Is this genuine?")
    (genuine,) = carrier.taken()
    changes = Carrier.read(genuine).changes
    assert changes is not None
    elsewhere = Envelope("a", changes.epoch, msgspec.structs.replace(changes, board_id=played.board_id + 1))
    other_history = Envelope("a", "another", msgspec.structs.replace(changes, epoch="another"))
    for data in (b"", b"\xc1", b"hello", b'{"worker":"a"}', genuine[1][:-1], *map(msgspec.msgpack.encode, (elsewhere,))):
        carrier.deliver((topic, data))
    carrier.buses[1].topics.add("no number")
    carrier.deliver(("no number", genuine[1]), (topic, msgspec.msgpack.encode(other_history)))
    assert caplog.text.count("a message that is none of ours") == 2 * 5 + 1
    assert there.posts == {}
    carrier.deliver(genuine)
    await eventually(lambda: len(there.posts) == 1, "the genuine one")


async def test_thousands_that_wait_for_one_missing_message_are_taken_in_without_recursion(
    played: Place, carrier: Carrier
) -> None:
    await played.look()
    channel = await played.there.hub.open(played.board_id)
    seq = channel.feed.board.seq
    for gap in range(3_000, 0, -1):
        carrier.deliver(forged(played, seq + gap, seq + gap + 1))
    assert len(channel.waiting) == hub_module.MAX_WAITING_CHANGES
    channel.waiting = {seq + gap: Carrier.changes(forged(played, seq + gap, seq + gap + 1)) for gap in range(1, 3_000)}
    carrier.deliver(forged(played, seq, seq + 1))
    assert channel.feed.board.seq == seq + 3_000
    assert not channel.waiting


async def test_a_wish_to_read_again_is_kept_while_another_repair_is_under_way(played: Place, carrier: Carrier) -> None:
    await played.look()
    hub, channel = played.there.hub, await played.there.hub.open(played.board_id)
    loads, load, read = 0, hub._load, played.there.store.read
    reading, goes_on = asyncio.Event(), asyncio.Event()

    async def counted(board_id: int) -> Any:
        nonlocal loads
        loads += 1
        return await load(board_id)

    async def slow(query: Callable[[Connection], T]) -> T:
        found = await read(query)
        reading.set()
        await goes_on.wait()
        return found

    hub._load, played.there.store.read = counted, slow  # type: ignore[method-assign, assignment]
    hub._repair(channel, after=0)
    await reading.wait()
    hub._repair(channel, after=0, reload=True)
    hub._repair(channel, after=0)  # a weaker wish does not replace the stronger one
    asked = await played.ask()  # after the reading that is under way
    fresh = asyncio.create_task(hub.fresh(played.board_id))
    await asyncio.sleep(0)
    goes_on.set()
    assert asked.id in (await fresh).posts, "never older than its request"
    await eventually(lambda: loads == 1, "the reading that was wished for")


async def test_who_was_let_in_before_the_link_was_taken_back_does_not_join_after(played: Place, carrier: Carrier) -> None:
    channel = await played.here.hub.open(played.board_id)
    viewer = Viewer(ViewerKind.MODERATOR)
    viewer.link_id = played.actor.link_id  # authorised
    command = actions.revoke_link
    await played.here.store.write(played.board_id, lambda transaction: command(transaction, Role.MODERATOR, "Mira"))
    played.here.hub.join(channel, viewer)
    assert (viewer.closed, viewer.frames, viewer.shard) == (Close.NOT_ALLOWED, [], None)
    played.here.hub.leave(channel, viewer)


# -- presence ------------------------------------------------------------------------------------------------------


def last_online(viewer: Viewer) -> int | None:
    return viewer.told("presence")[-1]["online"] if viewer.told("presence") else None


async def test_phones_at_all_workers_are_counted_and_screens_and_moderators_are_not(
    stack: AsyncExitStack, tmp_path: Path, redis_server: servers.Redis
) -> None:
    place = await two_workers(stack, tmp_path, RedisBus(redis_server.url, "k" * 40), RedisBus(redis_server.url, "k" * 40))
    phones = [*await place.look(), *await place.look()]
    screens, moderators = await place.look(ViewerKind.SCREEN), await place.look(ViewerKind.MODERATOR)
    other_board = await boards.new_board(place.here.store)
    stranger = await place.here.look(other_board)
    for viewer in (*phones, *screens, *moderators):
        await eventually(lambda viewer=viewer: last_online(viewer) == 4, "all phones")
    await place.there.leave(place.board_id, phones[1])
    for viewer in (phones[0], *phones[2:], *screens, *moderators):
        await eventually(lambda viewer=viewer: last_online(viewer) == 3, "the phones that are left")
    assert last_online(phones[1]) == 4
    assert [frame["online"] for frame in stranger.told("presence")] == [1]
    for viewer in (*phones, *screens):
        assert all(frame.keys() == {"type", "online"} for frame in viewer.told("presence"))


async def test_moderators_are_told_which_screens_are_there_and_what_they_have_drawn(played: Place, carrier: Carrier) -> None:
    (moderator, _), (screen, _) = await played.look(ViewerKind.MODERATOR), await played.look(ViewerKind.SCREEN)
    screen.name = "Hall"

    async def is_said_to_be(state: str, seq: int) -> None:
        said = {"name": "Hall", "seq": seq, "state": state}
        await eventually(lambda: moderator.told("presence") and moderator.told("presence")[-1]["screens"] == [said], state)

    await is_said_to_be("stale", -1)
    before = screen.applied = (await played.here.hub.open(played.board_id)).feed.board.seq
    await is_said_to_be("live", before)
    asked = await played.ask()
    played.here.clock.skip(hub_module.SCREEN_APPLIES_SECONDS)
    await is_said_to_be("stale", before)
    screen.applied = asked.seq
    await is_said_to_be("live", asked.seq)


async def test_a_worker_that_falls_silent_takes_its_phones_off_the_count(played: Place, carrier: Carrier) -> None:
    here, _ = await played.look()
    await eventually(lambda: len({Carrier.read(message).worker for message in carrier.told()}) == 2, "both workers' word")
    carrier.deliver(*carrier.told())
    await eventually(lambda: last_online(here) == 2, "both phones")
    played.here.clock.skip(PRESENCE_KEPT_SECONDS)
    await eventually(lambda: last_online(here) == 1, "the phone that is left")


async def test_what_does_not_change_is_told_again_before_the_others_forget_it(played: Place, carrier: Carrier) -> None:
    """A large screen alone at one worker, for longer than a word about it is kept."""
    await played.here.look(played.board_id, ViewerKind.SCREEN)
    moderator = await played.there.look(played.board_id, ViewerKind.MODERATOR)
    told = 0
    for _ in range(4):
        for worker in (played.here, played.there):
            worker.clock.skip(PRESENCE_KEPT_SECONDS / 2)
        await eventually(carrier.told, "word of the screen")
        words, carrier.waiting = carrier.told(), []
        carrier.deliver(*words)
        told += len(words)
        await asyncio.sleep(1.2)
        assert len(moderator.told("presence")[-1]["screens"]) == 1
    assert told < 8, "and not every second"


async def test_two_installations_on_one_redis_do_not_count_or_show_each_others(
    stack: AsyncExitStack, tmp_path: Path, played: Place, carrier: Carrier
) -> None:
    (tmp_path / "other").mkdir()
    other = await two_workers(stack, tmp_path / "other", PlayedBus(carrier), PlayedBus(carrier))
    assert other.board_id == played.board_id
    (viewer, _), (stranger, _) = await played.look(), await other.look()
    asked = await played.ask("Is anybody listening?")
    await eventually(lambda: len({Carrier.read(message).worker for message in carrier.told()}) == 4, "all workers' word")
    carrier.deliver(*carrier.waiting)
    for worker in (played.here, other.here):  # one more each, so that there is something to tell
        await worker.look(played.board_id)
    await eventually(lambda: last_online(viewer) == 3, "the phones of this installation")
    await eventually(lambda: last_online(stranger) == 3, "the phones of the other one")
    assert asked.id in viewer.posts
    assert stranger.posts == {}
    assert max(frame["online"] for frame in (*viewer.told("presence"), *stranger.told("presence"))) == 3


# -- beats, slow viewers, idle boards ------------------------------------------------------------------------------


async def test_when_it_is_quiet_screens_and_moderators_hear_a_beat_often_and_phones_seldom(
    played: Place, carrier: Carrier
) -> None:
    asked = await played.ask()
    (phone, _), (screen, _) = await played.look(), await played.look(ViewerKind.SCREEN)
    moderator, _ = await played.look(ViewerKind.MODERATOR)
    await eventually(lambda: phone.told("beat") and screen.told("beat") and moderator.told("beat"), "the first beats")
    for viewer in (screen, moderator):
        count = len(viewer.told("beat"))
        played.here.clock.skip(BEAT_SECONDS["screen"])
        await eventually(lambda viewer=viewer, count=count: len(viewer.told("beat")) > count, "another beat")
    assert len(phone.told("beat")) == 1
    played.here.clock.skip(BEAT_SECONDS["phone"])
    await eventually(lambda: len(phone.told("beat")) == 2, "a phone's second beat")
    assert {frame["seq"] for viewer in (phone, screen, moderator) for frame in viewer.told("beat")} == {asked.seq}


async def test_who_takes_nothing_for_ten_seconds_is_closed_and_the_others_are_told_meanwhile(
    played: Place, carrier: Carrier
) -> None:
    (slow, _), (quick, _) = await played.look(), await played.look()
    slow.buffered = BUFFER_BYTES + 1
    asked = await played.ask()
    await eventually(lambda: asked.id in quick.posts, "the question")
    assert slow.posts == {}
    async with asyncio.timeout(30):
        while slow.closed is None:
            played.here.clock.skip(STUCK_SECONDS / 4)
            await asyncio.sleep(0.1)
    assert (slow.closed, slow.shard) == (Close.TOO_SLOW, None)
    assert quick.closed is None


async def test_who_was_slow_gets_one_newer_frame_for_all_that_was_missed(played: Place, carrier: Carrier) -> None:
    (slow, _), (quick, _) = await played.look(), await played.look()
    slow.buffered = BUFFER_BYTES + 1
    asked = await played.ask()
    for text in ("Is this better?", "Is this good?"):
        request = messages.Edit(text=text)
        await actions.edit(played.here.store, played.board_id, [asked.participant], asked.id, request)
        await eventually(lambda text=text: quick.posts.get(asked.id, {}).get("text") == text, "the words")
    slow.buffered = 0
    await eventually(lambda: slow.posts == quick.posts, "what was missed")
    assert len(slow.told("changes")) == 1
    assert len(quick.told("changes")) > 1


async def test_shards_are_written_to_by_turns_and_each_hears_everything_in_order(
    played: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between two shards whatever else came in has its turn, and no second frame is begun while the first is under way."""
    monkeypatch.setattr("board.hub.SHARD_VIEWERS", 2)
    viewers = [await played.here.look(played.board_id) for _ in range(10)]
    channel = await played.here.hub.open(played.board_id)
    under_way: list[set[int]] = []
    longest = 0

    def watch() -> None:
        nonlocal longest
        have = {viewer.frames[-1].get("to", 0) for viewer in viewers}
        longest = max(longest, len(channel.to_do))
        if len(have) > 1:
            under_way.append(have)
        asyncio.get_running_loop().call_soon(watch)

    def push_slowly(viewer: Viewer, frame: Frame) -> None:
        viewer.frames.append(json.loads(frame.json))
        time.sleep(0.002)

    monkeypatch.setattr(Viewer, "push", push_slowly)
    watch()
    for number in range(10):
        await played.ask(f"Who pays for {number}?")
    await eventually(lambda: all(len(viewer.posts) == 10 for viewer in viewers), "all posts at all viewers")
    assert len(channel.shards[Audience.PUBLIC]) == 5
    assert under_way, "others had their turn while some viewers had a frame and some had not"
    assert longest <= 5, "frames do not pile up"


async def test_however_many_come_at_once_a_board_is_read_once_and_a_missing_one_is_not_here(played: Place) -> None:
    reads = played.there.store.reads
    channels = await asyncio.gather(*(played.there.hub.open(played.board_id) for _ in range(50)))
    assert len({id(channel) for channel in channels}) == 1
    assert played.there.store.reads == reads + 1
    with pytest.raises(NotFound):
        await played.there.hub.open(played.board_id + 1)


async def test_a_board_that_nobody_looks_at_is_closed_after_a_while_and_opened_again_when_asked_for(
    played: Place, carrier: Carrier
) -> None:
    looked_at = await boards.new_board(played.here.store)
    viewer = await played.here.look(looked_at)
    left, kept = [await played.here.hub.open(board_id) for board_id in (played.board_id, looked_at)]
    topics = carrier.buses[0].topics
    assert topics == {str(played.board_id), str(looked_at)}
    played.here.clock.skip(IDLE_SECONDS + 1)
    carrier.buses[0].on_gap()
    await eventually(lambda: topics == {str(looked_at)}, "the end of the board that nobody looks at")
    assert await played.here.hub.open(looked_at) is kept
    assert await played.here.hub.open(played.board_id) is not left
    again = await played.here.look(played.board_id)
    asked = [await played.there.ask(board_id) for board_id in (looked_at, played.board_id)]
    carrier.deliver(*carrier.taken())
    await eventually(lambda: (list(viewer.posts), list(again.posts)) == ([asked[0].id], [asked[1].id]), "the questions")


# -- the end -------------------------------------------------------------------------------------------------------


async def test_stop_leaves_nothing_behind_whatever_is_under_way(stack: AsyncExitStack, tmp_path: Path) -> None:
    carrier = Carrier()
    place = await two_workers(stack, tmp_path, PlayedBus(carrier), PlayedBus(carrier))
    before = asyncio.all_tasks()
    async with Worker(place.here.url, PlayedBus(carrier)) as worker:
        viewer = await worker.look(place.board_id)
        await worker.ask(place.board_id)  # is about to be told
        await place.ask("Is this one repaired?")
        carrier.deliver(carrier.taken()[-1])
        opening = asyncio.create_task(worker.hub.open(await boards.new_board(place.here.store)))
        await asyncio.sleep(0)
        carrier.buses[2].on_gap()  # and at this very moment there is a reason to look
        await asyncio.wait_for(worker.hub.stop(), 30)
        frames = len(viewer.frames)
    assert len(viewer.frames) == frames
    with pytest.raises(asyncio.CancelledError):
        await opening
    assert asyncio.all_tasks() <= before


async def test_a_store_that_is_down_is_asked_again_until_it_answers(
    played: Place, carrier: Carrier, caplog: pytest.LogCaptureFixture
) -> None:
    carrier.buses[1].healthy = False
    _, there = await played.look()
    played.there.store.down = True
    carrier.buses[1].on_gap()
    asked = await played.ask()
    carrier.taken()
    await eventually(lambda: "poll: " in caplog.text, "a look that failed")
    assert there.posts == {}
    played.there.store.down = False
    await eventually(lambda: asked.id in there.posts, "the question")


async def test_a_listener_of_commits_that_fails_keeps_neither_callers_nor_other_listeners_waiting(
    played: Place, carrier: Carrier, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[Changes] = []

    def fail(changes: Changes) -> None:
        raise RuntimeError("nobody thought of this")

    played.here.store.listeners[:0] = [fail]
    played.here.store.listeners.append(heard.append)
    here, _ = await played.look()
    async with asyncio.timeout(30):
        asked = await asyncio.gather(*(played.ask(f"Is it number {number}?", who=number) for number in range(3)))
    await eventually(lambda: here.posts.keys() == {post.id for post in asked}, "the questions")
    assert heard
    assert "nobody thought of this" in caplog.text

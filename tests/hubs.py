"""Two workers on one store, with a bus between them that the test plays."""

from __future__ import annotations

import asyncio
import json
import shutil
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest
from sqlalchemy import Connection

from board.actions import moderators, setup
from board.data.store import Store
from board.live import hub as hub_module
from board.live.bus import Bus, LocalBus, OnGap, OnMessage, RedisBus
from board.live.fanout import Shard, ViewerKind
from board.live.feed import Cursor
from board.live.frames import Frame
from board.live.hub import Envelope, Hub
from board.live.repair import Repair
from board.model import requests
from board.model.models import Actor, Audience, Changes, Post, StorageDown
from tests import boards, servers
from tests.people import Json

T = TypeVar("T")

NEVER_SECONDS = 3600.0


async def eventually(holds: Callable[[], object], what: str) -> None:
    await asyncio.to_thread(servers.wait_until, lambda: bool(holds()), what)


class Viewer:
    """A viewer that takes every frame at once, unless the test makes it slow."""

    descriptor = None

    def __init__(self, kind: ViewerKind, cursor: Cursor | None = None, *participants: str) -> None:
        self.kind, self.cursor, self.participants = kind, cursor, participants
        self.audience = Audience.MODERATORS if kind is ViewerKind.MODERATOR else Audience.PUBLIC
        self.link_id: str | None = None
        self.name = self.place = self.screen = ""
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

    def received(self, kind: str) -> list[Json]:
        return [frame for frame in self.frames if frame["type"] == kind]

    @property
    def posts(self) -> Json:
        """The posts that it shows now. Checks that each frame begins where the one before ended."""
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

    times_read = 0
    down = False

    async def read(self, query: Callable[[Connection], T]) -> T:
        self.times_read += 1
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


async def repaired(worker: Worker, board_id: int) -> Repair:
    """What keeps the worker's feed of this board equal to the store."""
    await worker.hub.open(board_id)
    return worker.hub._boards[board_id]


class Worker:
    """A process as far as the others can tell: a store of its own on the same database, and a hub."""

    def __init__(self, url: str, bus: Bus) -> None:
        self.url = url
        self.store = CountingStore(url)
        self.clock = Clock()
        self.hub = Hub(self.store, bus, self.clock)

    async def __aenter__(self) -> Worker:
        self.store.start()
        self.store.listeners.append(self.hub.committed)
        await self.hub.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.hub.stop()
        await self.store.stop()

    async def look(
        self, board_id: int, kind: ViewerKind = ViewerKind.PHONE, cursor: Cursor | None = None, *participants: str
    ) -> Viewer:
        viewer = Viewer(kind, cursor, *participants)
        (await self.hub.open(board_id)).join(viewer)
        return viewer

    async def leave(self, board_id: int, viewer: Viewer) -> None:
        (await self.hub.open(board_id)).leave(viewer)

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

    def received(self) -> list[tuple[str, bytes]]:
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
        """Opens one viewer at each worker."""
        here = await self.here.look(self.board_id, kind, cursor, *participants)
        return here, await self.there.look(self.board_id, kind, cursor, *participants)

    async def ask(self, text: str = "Who pays?", who: int = 0) -> Post:
        """Asks a question at this worker."""
        return await self.here.ask(self.board_id, text, who)

    async def moderate(self, post: Post, **changes: Any) -> None:
        await moderators.moderate(self.here.store, self.board_id, self.actor, post.id, requests.Moderation(**changes))

    async def arrange(self, **changes: Any) -> None:
        await setup.change_board(self.here.store, self.board_id, self.actor, requests.BoardChange(**changes))

    async def by_command_line(self, change: Callable[[Connection], Any]) -> None:
        """As another process does it, which tells no worker."""
        async with boards.opened(self.here.url) as store:
            await store.write_any(change)


@pytest.fixture
async def exits() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as exits:
        yield exits


async def two_workers(exits: AsyncExitStack, path: Path, *buses: Bus) -> Place:
    shutil.copyfile(servers.sqlite_model(), path / "board.db")
    url = f"sqlite:///{path / 'board.db'}"
    here, there = [await exits.enter_async_context(Worker(url, bus)) for bus in buses]
    board_id = await boards.new_board(here.store)
    return Place(here, there, board_id, await boards.new_actor(here.store, board_id))


@pytest.fixture(params=["redis", "local", "deaf"])
async def place(
    request: pytest.FixtureRequest, exits: AsyncExitStack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Place:
    """Redis; two buses that do not hear each other, as in two processes; or a bus that says it works and loses everything."""
    monkeypatch.setattr(hub_module, "POLL_SECONDS", 0.2)  # only to be done sooner
    if request.param == "redis":
        redis: servers.Redis = request.getfixturevalue("redis_server")
        return await two_workers(exits, tmp_path, RedisBus(redis.url, "k" * 40), RedisBus(redis.url, "k" * 40))
    if request.param == "local":
        return await two_workers(exits, tmp_path, LocalBus(), LocalBus())
    carrier = Carrier()
    return await two_workers(exits, tmp_path, PlayedBus(carrier), PlayedBus(carrier))


@pytest.fixture
def carrier(monkeypatch: pytest.MonkeyPatch) -> Carrier:
    """And no poll: what comes, comes by message or by what a message tells."""
    monkeypatch.setattr(hub_module, "POLL_SECONDS", NEVER_SECONDS)
    return Carrier()


@pytest.fixture
async def played(exits: AsyncExitStack, tmp_path: Path, carrier: Carrier) -> Place:
    place = await two_workers(exits, tmp_path, PlayedBus(carrier), PlayedBus(carrier))
    carrier.taken()
    return place

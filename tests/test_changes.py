"""The law: whatever a client has, from whenever, and the frame that any worker then gives it, make what a fresh snapshot shows.

Random gatherings on a real database. Two workers hear of each commit by messages that may be lost, doubled or late; after each
step clients of both audiences, who stopped at various points, are brought up to date by both. The limits are small, so that
windows overflow and histories are cut.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import closing
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import Connection, update

from board.data import schema
from board.data.boards import new_epoch
from board.data.queries import Loaded, changes_after, load
from board.data.store import Store
from board.live.feed import Cursor, Feed
from board.model.models import Audience, BoardError, Changes, Post, State
from tests.law.acts import HALL, Acts, new_gathering
from tests.law.truth import CANARY, Client, Truth, read_truth, small, snapshot_of
from tests.law.world import LawStore, Loop

CLIENTS_KEPT = 8
SIGHTS = [(Audience.PUBLIC, ""), (Audience.MODERATORS, ""), (Audience.PUBLIC, HALL.id)]
"""What a page has: an audience, and of which large screen it draws the scene."""
GATHERINGS = (15, 1_900)
SECONDS_BETWEEN_ACTS = 0.5


def test_any_cursor_plus_the_next_frame_equals_a_fresh_snapshot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, long: bool, figure: Callable[[str, str, str], None]
) -> None:
    small(monkeypatch)
    with closing(Place(tmp_path)) as place:
        run_state_machine_as_test(
            lambda: Gathering(place),
            settings=settings(
                max_examples=GATHERINGS[long],
                stateful_step_count=40,
                deadline=None,
                derandomize=not long,
                suppress_health_check=list(HealthCheck),
            ),
        )
        figure(
            "G5",
            "random acts, clients resume from every cursor: states that differ from a fresh snapshot",
            f"0 of {place.followed:,}",
        )


# -- the server's side ------------------------------------------------------------------------------------------------


class Place:
    """A real store that works on an event loop of its own, for all gatherings of the test. Acts done at once are committed
    together, on a busy machine, too, and time goes on as the test says."""

    def __init__(self, path: Path) -> None:
        self.loop = Loop()
        self.followed = 0
        """How often a client was brought up to date."""
        self.store = LawStore(f"sqlite:///{path / 'board.db'}")
        self.store.migrate()

    def close(self) -> None:
        self.store.close()
        self.loop.close()

    def change(self, change: Callable[[Connection], Any]) -> Any:
        return self.loop.run_until_complete(self.store.write_any(change))

    def do(self, *acts: Awaitable[object]) -> list[Any]:
        """All at once, so that several are committed together. Refusals are part of life, faults are not."""

        async def together() -> list[Any]:
            results = await asyncio.gather(*acts, return_exceptions=True)
            await asyncio.sleep(SECONDS_BETWEEN_ACTS)
            return results

        results = self.loop.run_until_complete(together())
        for result in results:
            if isinstance(result, Exception) and not (isinstance(result, BoardError) and result.status < 500):
                raise result
        return [result for result in results if not isinstance(result, BoardError)]


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


class Gathering(Acts):
    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.truths: dict[Cursor, Truth] = {}
        self.clients = [Client(audience, screen=screen) for audience, screen in SIGHTS]
        self.workers: list[Worker] = []
        self.board_id = 0
        place.store.attach(place.loop, self._learn_truth)

    @property
    def store(self) -> Store:
        return self.place.store

    @initialize()
    def begin(self) -> None:
        self.board_id = self.place.change(lambda connection: new_gathering(connection, self.store.now()))
        self._learn_truth()
        self.actor = self._new_actor("Mo")
        self.workers = [Worker(self.store, self.board_id) for _ in range(2)]

    def _do(self, *acts: Awaitable[object]) -> list[Any]:
        committed: list[Changes] = []
        self.store.listeners[:] = [committed.append]
        results = self.place.do(*acts)
        for changes in committed:
            for worker in self.workers:
                worker.tell(changes)
        return results

    def _learn_truth(self) -> None:
        """A commit: the test notes the new state as the truth."""
        if not self.board_id:
            return
        cursor, truth = self.store.read_now(lambda connection: read_truth(connection, self.board_id))
        self.truths[cursor] = truth

    # -- what happens to workers ------------------------------------------------------------------------------------

    @rule(which=Acts.which, weather=st.sampled_from(Weather))
    def weather_turns(self, which: int, weather: Weather) -> None:
        self.workers[which].weather = weather

    @rule(which=Acts.which, at=st.integers(0, 9))
    def a_late_message_comes(self, which: int, at: int) -> None:
        worker = self.workers[which]
        if worker.late:
            worker.hear(worker.late.pop(at % len(worker.late)))

    @rule(which=Acts.which)
    def poll(self, which: int) -> None:
        self.workers[which].repair()

    @rule(which=Acts.which, new_history=Acts.on)
    def restart(self, which: int, new_history: bool) -> None:
        """Perhaps after a backup was restored: then the past may be another one, and so has another name."""
        if new_history:
            change = update(schema.boards).where(schema.boards.c.id == self.board_id).values(epoch=new_epoch())
            self.place.change(lambda connection: connection.execute(change))
        self.workers[which] = Worker(self.store, self.board_id)

    @rule(which=Acts.which, post=Acts.posts)
    def there_and_back_in_a_gap(self, which: int, post: Post) -> None:
        """One worker reads both changes at once; clients of the other one come to it from between."""
        worker = self.workers[which]
        worker.weather = Weather.LOSSY
        for state in (State.VISIBLE, State.HIDDEN, State.VISIBLE):
            self._moderate(post, state=state)
            self.every_client_can_follow_any_worker()
            if state is State.VISIBLE:
                worker.repair()

    # -- what clients see -------------------------------------------------------------------------------------------

    @invariant()
    def every_client_can_follow_any_worker(self) -> None:
        for worker in self.workers:
            followed = [self._follow(client, worker) for client in self.clients]
            known = {(client.audience, client.screen, client.cursor) for client in self.clients}
            for audience, screen in SIGHTS:
                last = next((one for one in reversed(followed) if (one.audience, one.screen) == (audience, screen)), None)
                last = last or self._follow(Client(audience, screen=screen), worker)
                if (audience, screen, last.cursor) not in known:
                    self.clients.append(last)
        while len(self.clients) > CLIENTS_KEPT:
            del self.clients[self.texts % CLIENTS_KEPT]

    def _follow(self, client: Client, worker: Worker) -> Client:
        self.place.followed += 1
        truth = self.truths[worker.feed.cursor]
        raw = worker.feed.after(client.cursor, client.audience, client.screen)
        if client.audience is Audience.PUBLIC:
            assert set(CANARY.findall(raw)) <= truth.public_texts, "a text went out that is not public"
        frame = json.loads(raw)
        client = client.after(frame)
        assert client.after(frame) == client, "a frame applied twice changes something"
        assert client.cursor == worker.feed.cursor
        client.require(truth)
        return client

    @invariant()
    def a_worker_that_runs_on_shows_what_a_new_one_would(self) -> None:
        for worker in self.workers:
            truth = self.truths[worker.feed.cursor]
            for audience in Audience:
                assert snapshot_of(worker.feed, audience) == truth.snapshots[audience]

"""The law, with real hubs: whatever the network, the database and the clock do, each page shows what the store has.

At every frame a page has what the store had at its number, no earlier moment than before, and no text that was not public then.
When all is calm again, it has what the store has now.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import Connection, select

from board.actions import lifecycle, staff_links
from board.data import backup, following, rows, schema
from board.data.queries import heads
from board.data.store import Store
from board.live import channel, fanout, hub, parts, repair
from board.live.fanout import ViewerKind
from board.live.feed import Cursor, Feed
from board.model import views
from board.model.epochs import SHORT
from board.model.models import Audience, Close, Post, Role, State
from tests.law.acts import PEOPLE, PSEUDONYM, Acts, new_gathering
from tests.law.shortage import Shortage
from tests.law.truth import CANARY, Json, Truth, read_truth, small, snapshot_of
from tests.law.viewers import LawViewer, Person, PipeViewer, StreamViewer
from tests.law.world import LawStore, Weather, World

SMALL = {
    hub: {"IDLE_SECONDS": 2.0, "MAX_WAITING_CHANGES": 3},
    repair: {"MAX_WAITING_CHANGES": 3, "POSTS_A_STEP": 2},
    parts: {"POSTS_A_MESSAGE": 6},
    following: {"POSTS_A_MESSAGE": 1},
    channel: {"SHARD_VIEWERS": 2},
    fanout: {"STUCK_SECONDS": 4.0, "BUFFER_BYTES": 3_000},
}
MOST_PEOPLE = 8
GATHERINGS = {"sqlite": (10, 700), "postgresql": (0, 60)}
STEPS = 50
# A poll each second, a repair, a gathering of counts; readings that were slow when all got calm.
SETTLED_SECONDS = 3.0
# Workers forget each other after five seconds of silence.
COUNTED_SECONDS = 7.0


class Place:
    """A database and three processes' stores for all gatherings of the test, and what was checked in them."""

    def __init__(self, url: str, path: Path) -> None:
        self.path = path
        self.stores = [LawStore(url) for _ in range(3)]
        self.stores[0].migrate()
        self.shortage = Shortage()
        self.checked = 0
        """How often a state, of a page or a worker, was compared with the store."""

    def close(self) -> None:
        for store in self.stores:
            store.close()


@contextmanager
def small_numbers(monkeypatch: pytest.MonkeyPatch, shortage: Shortage) -> Iterator[None]:
    with monkeypatch.context() as patches:
        small(patches)
        for module, limits in SMALL.items():
            for name, limit in limits.items():
                patches.setattr(module, name, limit)
        patches.setattr(Feed, "apply", shortage.noting(Feed.apply))
        yield


@pytest.mark.parametrize("database", GATHERINGS)
def test_each_page_shows_the_state_of_the_store_after_any_events(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
    database: str,
    long: bool,
    figure: Callable[[str, str, str], None],
) -> None:
    url = f"sqlite:///{tmp_path / 'board.db'}"
    if database == "postgresql":
        if not long:
            pytest.skip("a PostgreSQL takes long to start for a few gatherings: make faults")
        url = request.getfixturevalue("postgres_server").new_board_database().replace("postgresql:", "postgresql+psycopg:")
    place = Place(url, tmp_path)
    with ExitStack() as exits:
        exits.callback(place.close)
        exits.enter_context(small_numbers(monkeypatch, place.shortage))
        run_state_machine_as_test(
            lambda: Hall(place),
            settings=settings(
                max_examples=GATHERINGS[database][long],
                stateful_step_count=STEPS,
                deadline=None,
                # A gate that fails by chance teaches nobody anything; `make faults` looks for new ones.
                derandomize=not long,
                suppress_health_check=list(HealthCheck),
            ),
        )
    figure(
        "G5",
        f"random faults, real hubs, {database}: states of pages and workers that differ from the store",
        f"0 of {place.checked:,}",
    )


def _of_the_board(cursor: Cursor) -> Cursor:
    """What a worker shows while posts are missing there has a name of its own."""
    return replace(cursor, epoch=cursor.epoch.removesuffix(SHORT))


class Hall(Acts):
    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.truths: dict[Cursor, Truth] = {}
        self.epochs: list[str] = []
        self.people: list[Person] = []
        self.at = 0
        """Which worker takes the acts."""
        self.board_id = 0
        self.backups = 0
        self.shown: dict[int, Cursor] = {}
        """How far each worker was when it was last compared."""
        self.world = World(place.stores, self._learn)

    @property
    def store(self) -> Store:
        return self.world.workers[self.at].store

    def _do(self, *acts: Awaitable[object]) -> list[Any]:
        return self.world.do(*acts)

    def _learn(self) -> None:
        """A commit: what is true from now on."""
        if self.board_id and self._head() is not None:
            cursor, truth = self.world.command_line.read_now(lambda connection: read_truth(connection, self.board_id))
            self.truths[cursor] = truth
            if cursor.epoch not in self.epochs:
                self.epochs.append(cursor.epoch)

    def _head(self) -> Cursor | None:
        there = self.world.command_line.read_now(lambda connection: heads(connection, [self.board_id]))
        return Cursor(*there[self.board_id]) if there else None

    @initialize()
    def begin(self) -> None:
        line = self.world.command_line
        [self.board_id] = self._do(line.write_any(lambda connection: new_gathering(connection, line.now())))
        self._learn()
        self.actor = self._new_actor("Mo")
        for number, kind in enumerate(ViewerKind):
            self._welcome(kind, PipeViewer, number % 2, number % 2)

    def teardown(self) -> None:
        try:
            if self.board_id:
                self.all_gets_calm()
        finally:
            for person in self.people:
                person.go()
            self.world.close()
            for store in self.place.stores:
                store.down = False
            self._purge_all()

    def _purge_all(self) -> None:
        def erase(connection: Connection) -> None:
            for board_id in list(connection.execute(select(schema.boards.c.id)).scalars()):
                lifecycle.purge(connection, board_id)

        with self.place.stores[-1]._writer.begin() as connection:
            erase(connection)

    # -- people come and go -----------------------------------------------------------------------------------------

    def _welcome(self, kind: ViewerKind, shape: type[LawViewer], who: int, which: int) -> None:
        link = None if kind is ViewerKind.PHONE else self.actor.link_id
        person = Person(self.world.loop, kind, shape, (PEOPLE[who], PSEUDONYM), link, self._mine)
        self.people.append(person)
        person.come(self.world.workers[which].hub, self.board_id)

    def _mine(self, participants: tuple[str, ...]) -> Json:
        """As `GET /mine` has it."""
        table = schema.posts
        query = rows.select_posts.where(table.c.board_id == self.board_id, table.c.participant.in_(participants))
        found = self.world.command_line.read_now(lambda connection: [rows.post_from(row) for row in connection.execute(query)])
        return {post.id: views.mine_view(post) for post in found}

    @precondition(lambda self: len(self.people) < MOST_PEOPLE)
    @rule(
        kind=st.sampled_from(ViewerKind),
        shape=st.sampled_from([PipeViewer, StreamViewer]),
        who=st.integers(0, 1),
        which=Acts.which,
    )
    def somebody_comes(self, kind: ViewerKind, shape: type[LawViewer], who: int, which: int) -> None:
        self._welcome(kind, shape, who, which)

    @rule(number=st.integers(0, MOST_PEOPLE - 1))
    def somebody_goes(self, number: int) -> None:
        self._one(number).go()

    @rule(number=st.integers(0, MOST_PEOPLE - 1), which=Acts.which, seconds=st.sampled_from([0.0, 0.1]), afresh=Acts.on)
    def somebody_comes_back(self, number: int, which: int, seconds: float, afresh: bool) -> None:
        self._one(number).go()
        self._one(number).come(self.world.workers[which].hub, self.board_id, seconds, afresh)

    @rule(number=st.integers(0, MOST_PEOPLE - 1), slow=Acts.on)
    def somebody_stops_reading(self, number: int, slow: bool) -> None:
        self._one(number).slow = slow

    def _one(self, number: int) -> Person:
        return self.people[number % len(self.people)]

    @precondition(lambda self: len(self.people) < MOST_PEOPLE)
    @rule(which=Acts.which, post=Acts.posts, who=st.integers(0, 1))
    def an_author_comes_where_nobody_has_heard(self, which: int, post: Post, who: int) -> None:
        """Between there and back; that worker reads both at once."""
        self.at = 1 - which
        self._moderate(post, state=State.HIDDEN)
        self.world.run(1.1)
        self.world.workers[which].bus.weather = Weather.LOSSY
        self._moderate(post, state=State.VISIBLE)
        self._welcome(ViewerKind.PHONE, StreamViewer, who, which)
        self.world.run(0.03)
        self.every_page_has_what_was_true_at_its_number()
        self._moderate(post, state=State.HIDDEN)

    @rule(which=Acts.which)
    def people_go_to(self, which: int) -> None:
        self.at = which

    @rule(which=Acts.which)
    def somebody_asks_for_a_snapshot(self, which: int) -> None:
        head, worker = self._head(), self.world.workers[which]
        for feed in self._do(worker.hub.fresh(self.board_id)):
            assert head is not None
            assert feed.board.epoch == self.epochs[-1]
            assert feed.board.seq >= head.seq, "an answer older than its question"
            self._check_feed(which)

    # -- what goes wrong --------------------------------------------------------------------------------------------

    @rule(seconds=st.sampled_from([0.0, 0.004, 0.03, 0.26, 1.1, 4.5]))
    def time_passes(self, seconds: float) -> None:
        self.world.run(seconds)

    @rule(which=Acts.which, weather=st.sampled_from(Weather), healthy=Acts.on)
    def weather_turns(self, which: int, weather: Weather, healthy: bool) -> None:
        bus = self.world.workers[which].bus
        bus.weather, bus.healthy = weather, healthy

    @rule(which=Acts.which, at=st.integers(0, 9), gap=Acts.on)
    def a_late_message_comes(self, which: int, at: int, gap: bool) -> None:
        bus = self.world.workers[which].bus
        if bus.late:
            self.world.loop.call_soon(bus.hear, *bus.late.pop(at % len(bus.late)))
        elif gap:
            self.world.loop.call_soon(bus.on_gap)

    @rule(
        which=Acts.which,
        reading=st.sampled_from([(0.0, 0.0), (0.02, 0.0), (0.0, 0.02), (0.0, 0.4), (0.4, 0.4)]),
        answer=st.sampled_from([0.0, 0.0, 0.02]),
        down=st.sampled_from([False, False, True]),
    )
    def database_turns(self, which: int, reading: tuple[float, float], answer: float, down: bool) -> None:
        store = self.world.workers[which].store
        store.reading_seconds, store.answer_seconds, store.down = reading, answer, down

    @rule()
    def save(self) -> None:
        self.backups += 1
        self._file(self.backups).unlink(missing_ok=True)
        self.world.command_line.read_now(lambda connection: backup.save(connection, self._file(self.backups)))

    def _file(self, number: int) -> Path:
        return self.place.path / f"backup-{number}.db"

    @precondition(lambda self: self.backups > 0)
    @rule(number=st.integers(0, 3), erased_seconds=st.sampled_from([None, None, 0.0, 0.03, 1.5]))
    def restore(self, number: int, erased_seconds: float | None) -> None:
        line = self.world.command_line
        if erased_seconds is not None:
            self._do(line.write_any(lambda connection: lifecycle.purge(connection, self.board_id)))
            self.world.run(erased_seconds)
        file = self._file(1 + number % self.backups)
        self._do(line.write_any(lambda connection: backup.restore(connection, file, replace=True)))

    @rule(name=st.sampled_from(["Ada", "Eve"]))
    def a_link_is_given_and_taken_back(self, name: str) -> None:
        line = self.world.command_line
        actor = self.actor
        self.actor = self._new_actor(name)
        self._welcome(ViewerKind.MODERATOR, StreamViewer, 0, self.at)
        self.actor = actor
        self.world.run(0.0)
        self._do(line.write(self.board_id, lambda transaction: staff_links.revoke_link(transaction, Role.MODERATOR, name)))

    # -- what must hold ---------------------------------------------------------------------------------------------

    @invariant()
    def every_page_has_what_was_true_at_its_number(self) -> None:
        for person in self.people:
            if not person.slow:
                person.hear(self._check_page)
        for which in range(len(self.world.workers)):
            self._check_feed(which)

    def _check_page(self, person: Person, raw: bytes, before: Cursor | None) -> None:
        self.place.checked += 1
        client, cursor = person.client, person.client.cursor
        assert cursor is not None
        truth = self.truths[_of_the_board(cursor)]
        if client.audience is Audience.PUBLIC:
            assert set(CANARY.findall(raw)) <= truth.public_texts, "a text went out that is not public"
        if before is not None:
            was, now = ((self.epochs.index(one.epoch), one.seq) for one in (_of_the_board(before), _of_the_board(cursor)))
            assert now >= was, "a page was put back to an earlier moment"
        assert person.channel is not None
        client.require(truth, whole=client.audience not in self.place.shortage.of(person.channel.feed))

    def _check_feed(self, which: int) -> None:
        board = self.world.workers[which].hub._boards.get(self.board_id)
        if board is not None and self.shown.get(which) != board.channel.feed.cursor:
            feed = board.channel.feed
            self.shown[which] = feed.cursor
            for audience in set(Audience) - self.place.shortage.of(feed):
                self.place.checked += 1
                assert snapshot_of(feed, audience) == self.truths[feed.cursor].snapshots[audience]

    @rule()
    def all_gets_calm(self) -> None:
        self.world.calm()
        links = self._links()
        for number in range(6):
            for which, person in enumerate(self.people):
                person.slow = False
                person.hear(self._check_page)
                if person.refused == Close.NO_BOARD or (person.refused == Close.NOT_ALLOWED and person.link_id in links):
                    person.refused = None  # the board, or the link, is back: somebody loads the page again
                person.come(self.world.workers[(which + number) % 2].hub, self.board_id)
            self.world.run(SETTLED_SECONDS / 6)
        self.every_page_has_what_was_true_at_its_number()
        head = self._head()
        for worker in self.world.workers:
            if board := worker.hub._boards.get(self.board_id):
                assert not board.channel.feed.incomplete
                self.place.shortage.is_over(board.channel.feed)
        for person in self.people:
            assert person.connected or (person.refused == Close.NOT_ALLOWED and person.link_id not in links), person.refused
            if person.connected:
                self._check_settled(person, head)
        self._check_counts()

    def _links(self) -> set[str]:
        board = self.world.command_line.read_now(lambda connection: rows.read_board(connection, self.board_id))
        assert board is not None
        return {link.id for link in board.links}

    def _check_settled(self, person: Person, head: Cursor | None) -> None:
        self.place.checked += 1
        viewer = person.viewer
        assert viewer is not None
        assert person.channel is not None
        assert person.client.cursor == head, "a page is behind though all is calm"
        person.client.require(self.truths[head])
        assert viewer.shard is not None, "a viewer without a shard hears nothing"
        assert viewer in list(viewer.shard)
        assert viewer.shard in person.channel.shards[viewer.audience]
        assert person.mine == self._mine(person.participants), "an author has not heard what became of a post"

    def _check_counts(self) -> None:
        for worker in self.world.workers:
            here = [
                person
                for person in self.people
                if person.connected and person.channel in [board.channel for board in worker.hub._boards.values()]
            ]
            assert worker.hub.counts == {kind: sum(person.kind is kind for person in here) for kind in ViewerKind}

    @rule()
    def it_is_quiet_for_a_while(self) -> None:
        self.all_gets_calm()
        for _ in range(4):
            self.world.run(COUNTED_SECONDS / 4)
            self.every_page_has_what_was_true_at_its_number()
        phones = [person for person in self.people if person.connected and person.kind is ViewerKind.PHONE]
        online = len({(id(person.channel), person.participants) for person in phones})
        for person in self.people:
            assert person.online == online or not person.connected, "the number of phones is wrong"

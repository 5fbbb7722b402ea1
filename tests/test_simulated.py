"""Simulated attendees: on a rehearsal alone, for an hour, by one worker, and gone with it."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator

import pytest

from board.actions import lifecycle, simulated, whole
from board.data import copies, simulations
from board.data.address import Address
from board.data.store import Connection, Store
from board.model import requests
from board.model import simulated as rules
from board.model.archiving import Archived
from board.model.models import Actor, Conflict, Forbidden, Kind, Role
from tests import boards, servers
from tests.clocks import MovedClock
from tests.people import JSON
from tests.servers import Server
from tests.test_organise import HELD, organiser
from tests.visitors import Visitors

HOUR_SECONDS = 3_600


class Place:
    """A board with its twin, by a clock that the test moves."""

    def __init__(self, store: Store, clock: MovedClock, live: Address, twin: Address, actor: Actor) -> None:
        self.store, self.clock, self.live, self.twin, self.actor = store, clock, live, twin, actor
        self.workers = [simulated.Simulated(store) for _ in range(2)]

    async def posts(self, board: Address) -> int:
        room = await self.store.read(lambda connection: simulations.room(connection, board.id))
        assert room is not None
        return len(room.cards) + len(room.questions)

    async def acts(self, board: Address) -> int:
        table = simulations._table
        wanted = table.select().where(table.c.board_id == board.id)
        row = await self.store.read(lambda connection: connection.execute(wanted).one_or_none())
        return row.acts if row else 0

    async def until(self) -> int | None:
        now = self.store.now()
        return await self.store.read(lambda connection: simulations.until(connection, self.twin.id, now))

    async def play(self, worker: int, times: int) -> None:
        for _ in range(times):
            await self.workers[worker].play()
            self.clock.move(2)


@pytest.fixture
async def place(sqlite_url: str) -> AsyncIterator[Place]:
    clock = MovedClock(wall=1_800_000_000.0)
    store = Store(sqlite_url, clock)
    store.start()
    board_id = await boards.new_board(store, code="LAB-26", teams=[])
    actor = await boards.new_actor(store, board_id, role=Role.ORGANISER)

    def copy(connection: Connection) -> tuple[int, str]:
        lifecycle.new_copy(connection, store.now(), board_id, None, "Mira", rehearsal=True)
        return copies.twins(connection, board_id)[0]

    twin_id, code = await store.write_any(copy)
    yield Place(store, clock, Address(board_id, "LAB-26"), Address(twin_id, code), actor)
    await store.stop()


async def test_simulated_attendees_write_react_and_vote_only_on_the_rehearsal(place: Place) -> None:
    await place.play(0, 5)
    assert await place.posts(place.twin) == 0, "nobody has started them"
    code, until = await simulated.start(place.store, place.live, place.actor)
    assert (code, until) == (place.twin.code, place.store.now() + HOUR_SECONDS * 1_000_000)
    await place.play(0, 120)
    assert await place.posts(place.twin) > 5
    assert await place.acts(place.twin) > 60
    assert await place.posts(place.live) == 0
    now = place.store.now()
    await place.store.write_any(lambda connection: simulations.start(connection, place.live.id, now))  # as a fault would
    await place.play(0, 20)
    assert await place.posts(place.live) == 0, "looked at in the transaction of each act"


async def test_simulated_attendees_stop_after_an_hour_or_their_most_actions(place: Place) -> None:
    await simulated.start(place.store, place.live, place.actor)
    await place.play(0, 3)
    before = await place.acts(place.twin)
    assert before
    again = await simulated.start(place.store, place.live, place.actor)
    assert again[1] == await place.until(), "twice is once"
    place.clock.move(HOUR_SECONDS)
    assert await place.until() is None
    await place.play(0, 10)
    assert await place.acts(place.twin) == before
    await simulated.start(place.store, place.live, place.actor)
    table = simulations._table
    await place.store.write_any(lambda connection: connection.execute(table.update().values(acts=rules.MOST_ACTS)))
    await place.play(0, 10)
    assert (await place.until(), await place.acts(place.twin)) == (None, rules.MOST_ACTS)


async def test_one_worker_runs_the_simulation_and_another_takes_over(place: Place) -> None:
    await simulated.start(place.store, place.live, place.actor)
    await place.play(0, 1)
    first = await place.acts(place.twin)
    assert first == 2, "somebody joins, and writes"
    await place.workers[1].play()
    assert await place.acts(place.twin) == first, "the first one has it"
    place.clock.move(rules.HELD_MICROSECONDS / 1_000_000 + 1)  # it ended, as in a restart
    for _ in range(30):
        await place.play(1, 1)
    assert await place.acts(place.twin) > first


async def test_simulated_attendees_stop_on_request_and_with_the_rehearsal(place: Place) -> None:
    await simulated.start(place.store, place.twin, await boards.new_actor(place.store, place.twin.id, role=Role.ORGANISER))
    await place.play(0, 10)
    assert await simulated.stop(place.store, place.live, place.actor) == (place.twin.code, None)
    before = await place.posts(place.twin)
    await place.play(0, 10)
    assert await place.posts(place.twin) == before
    await simulated.start(place.store, place.live, place.actor)
    await place.store.write_any(lambda connection: lifecycle.purge(connection, place.twin.id))
    await place.play(0, 3)
    table = simulations._table
    assert await place.store.read(lambda connection: connection.execute(table.select()).all()) == []
    for act in (simulated.start, simulated.stop):
        with pytest.raises(Conflict):
            await act(place.store, place.live, place.actor)


async def test_simulated_attendees_need_a_link_and_a_board_that_is_not_archived(place: Place) -> None:
    with pytest.raises(Forbidden):
        await simulated.start(place.store, place.live, Actor("0" * 16, Role.ORGANISER, "Nobody"))
    await whole.archive(place.store, place.twin.id, "command line", True)
    with pytest.raises(Archived):
        await simulated.start(place.store, place.live, place.actor)
    now = place.store.now()
    await place.store.write_any(lambda connection: simulations.start(connection, place.twin.id, now))
    await place.play(0, 20)
    assert await place.posts(place.twin) == 0


def test_simulated_texts_are_valid_posts_and_simulated_acts_are_possible() -> None:
    for kind, texts in ((Kind.CARD, rules.CARDS), (Kind.QUESTION, rules.QUESTIONS)):
        for text in texts:
            assert requests.post_text(kind, text) == text
    chance = random.Random(1)
    assert {rules.next_act(chance, 0, 0) for _ in range(200)} == {"card", "question"}
    assert {rules.next_act(chance, 3, 3) for _ in range(500)} == {"card", "question", "react", "vote"}
    assert len({who.participant for who in [*rules.attendees(1), *rules.attendees(2)]}) == 2 * len(rules.NAMES)


def test_only_organisers_start_and_stop_simulated_attendees_by_http(server: Server, visit: Visitors) -> None:
    board = server.create()
    here, everybody = organiser(visit, server, board), visit.everybody(server, board)
    for role in HELD:
        for method, path in (("GET", "/rehearsal"), ("PUT", "/rehearsal/attendees"), ("DELETE", "/rehearsal/attendees")):
            answer = everybody[role].request(method, f"/api/b/{board['code']}{path}", headers=JSON)
            assert answer.status_code == 403, (role, method, path)
    assert here.client.get(f"{here.api}/rehearsal").json() == {"rehearsal": None}
    assert here.client.put(f"{here.api}/rehearsal/attendees", headers=JSON).status_code == 409
    made = here.client.post(f"{here.api}/rehearsal", json={"simulated": True})
    assert made.status_code == 201, made.text
    found = here.client.get(f"{here.api}/rehearsal").json()["rehearsal"]
    assert found["code"] == made.json()["board"]["code"]
    assert found["simulated_until"]
    there = organiser(visit, server, made.json() | {"code": found["code"]})
    assert there.client.get(f"{there.api}/rehearsal").json()["rehearsal"] == found, "the same, asked for on the rehearsal"
    servers.wait_until(lambda: there.snapshot["posts"], "a post of a simulated attendee")
    assert here.client.put(f"{here.api}/rehearsal/attendees", headers=JSON).status_code == 200, "a second time changes nothing"
    for _ in range(2):
        stopped = here.client.request("DELETE", f"{here.api}/rehearsal/attendees", headers=JSON).json()
        assert stopped == {"rehearsal": {"code": found["code"], "simulated_until": None}}
    assert here.client.put(f"{here.api}/rehearsal/attendees", headers=JSON).status_code == 200
    lines = [line["action"] for line in here.client.get(f"{here.api}/audit").json()["entries"]]
    assert [action for action in lines if action.startswith("simulated")] == ["simulated", "simulated-stopped"], "newest first"
    there.client.request("DELETE", f"{there.api}/rehearsal/attendees", headers=JSON)
    wrong = here.client.post(f"{here.api}/rehearsal", json={"simulated": "yes"})
    assert (wrong.status_code, wrong.json()["field"]) == (422, "simulated")

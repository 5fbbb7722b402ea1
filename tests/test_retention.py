"""What is forgotten by itself: each rule by a clock that the test moves, over SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, func, select

from board.actions import attendees, lifecycle, retention, whole
from board.data import everything, queries, rows, schema
from board.data import retention as stored
from board.data.address import Address
from board.data.store import Store
from board.model import retention as rules
from board.model.erased import MARK
from board.model.models import NotFound, Role, State
from board.model.requests import Edit
from board.model.retention import DAY_MICROSECONDS, Keeping, Since, Step, counted_from, erased_on, step
from tests import boards
from tests.boards import participant, pseudonym
from tests.clocks import MovedClock

DAY_SECONDS = 24 * 3600


def at(moment: str) -> int:
    return int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp() * 1_000_000)


LAB = Keeping("UTC", "2026-05-07", None, at("2026-05-01"), 0)


# -- the rule ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "since", "day"),
    [
        ({}, Since.END, "2026-11-03"),
        ({"days": 7}, Since.END, "2026-05-14"),
        ({"days": 730}, Since.END, "2028-05-06"),
        ({"days": 3_650}, Since.END, "2028-05-06"),
        ({"days": 1}, Since.END, "2026-05-14"),
        ({"ends_on": None, "last_post_at": at("2026-05-06 23:30")}, Since.POST, "2026-11-02"),
        ({"ends_on": None, "last_post_at": at("2026-05-06 23:30"), "time_zone": "Asia/Bangkok"}, Since.POST, "2026-11-03"),
        ({"ends_on": None}, Since.MADE, "2026-10-28"),
        ({"ends_on": "2025-05-07"}, Since.MADE, "2026-10-28"),
        ({"ends_on": "9999-12-31"}, Since.END, "9999-12-31"),
        ({"ends_on": None, "last_post_at": at("9999-12-31 23:59") * 10}, Since.POST, "9999-12-31"),
    ],
)
def test_retention_counts_from_the_last_day_or_last_post_or_creation(changes: dict[str, Any], since: Since, day: str) -> None:
    board = LAB._replace(**changes)
    assert (counted_from(board)[1], str(erased_on(board, board.created_at))) == (since, day)


def due(board: Keeping, begin: str, days: int) -> list[tuple[str, str]]:
    """What happens, looked at once a day at noon, each with its day."""
    found, now = [], at(f"{begin} 12:00")
    for _ in range(days):
        while (what := step(board, now)) is not Step.NOTHING:
            found.append((str(datetime.fromtimestamp(now / 1e6, UTC).date()), str(what)))
            changes: dict[Step, dict[str, Any]] = {
                Step.WARN_FIRST: {"first_warning_at": now},
                Step.WARN_LAST: {"last_warning_at": now},
                Step.FORGET_LAST: {"last_warning_at": None},
                Step.FORGET_WARNINGS: {"first_warning_at": None, "last_warning_at": None},
            }
            if what is Step.ERASE:
                return found
            board = board._replace(**changes[what])
        now += DAY_MICROSECONDS
    return found


@pytest.mark.parametrize(
    ("changes", "begin", "happens"),
    [
        ({}, "2026-05-01", [("2026-10-20", "warn-first"), ("2026-11-02", "warn-last"), ("2026-11-03", "erase")]),
        ({"days": 7}, "2026-05-01", [("2026-05-01", "warn-first"), ("2026-05-13", "warn-last"), ("2026-05-14", "erase")]),
        # Chosen long after the end: organisers hear of it first.
        ({"days": 7}, "2026-08-01", [("2026-08-01", "warn-first"), ("2026-08-07", "warn-last"), ("2026-08-08", "erase")]),
        # An old board under a new version.
        ({}, "2028-08-01", [("2028-08-01", "warn-first"), ("2028-08-14", "warn-last"), ("2028-08-15", "erase")]),
        # The server stood still over the day.
        (
            {"first_warning_at": at("2026-10-20")},
            "2026-12-01",
            [("2026-12-01", "warn-last"), ("2026-12-02", "erase")],
        ),
        # Put off after both warnings: by half a year, and by a few days.
        (
            {"days": 360, "first_warning_at": at("2026-10-20"), "last_warning_at": at("2026-11-02")},
            "2026-11-02",
            [("2026-11-02", "forget-warnings")],
        ),
        (
            {"days": 190, "first_warning_at": at("2026-10-20"), "last_warning_at": at("2026-11-02")},
            "2026-11-02",
            [("2026-11-02", "forget-last"), ("2026-11-12", "warn-last"), ("2026-11-13", "erase")],
        ),
    ],
)
def test_a_board_is_not_erased_before_its_warnings(changes: dict[str, Any], begin: str, happens: list[tuple[str, str]]) -> None:
    assert due(LAB._replace(**changes), begin, 60 if begin != "2026-05-01" else 300) == happens


# -- what it does --------------------------------------------------------------------------------------------------


class Place:
    def __init__(self, store: Store, clock: MovedClock) -> None:
        self.store, self.clock = store, clock

    def stand(self, day: str) -> None:
        """It is noon of this day."""
        self.clock.move(at(f"{day} 12:00") / 1_000_000 - self.clock.wall)

    async def board(self, code: str, **fields: Any) -> int:
        return await boards.new_board(self.store, **{"code": code, "ends_on": "2026-05-07"} | fields)

    async def audit(self, board_id: int) -> list[tuple[str, str | None]]:
        lines = await self.store.read(lambda connection: everything.audit(connection, board_id))
        return [(line.action, line.detail) for line in lines]

    async def rows(self) -> dict[str, int]:
        def count(connection: Connection) -> dict[str, int]:
            tables = schema.metadata.tables.items()
            return {name: connection.scalar(select(func.count()).select_from(table)) or 0 for name, table in tables}

        return await self.store.read(count)


@pytest.fixture
async def place(database_url: str) -> AsyncIterator[Place]:
    clock = MovedClock(wall=at("2026-05-01 12:00") / 1_000_000)
    store = Store(database_url, clock)
    store.start()
    yield Place(store, clock)
    await store.stop()


async def test_a_board_gets_two_warnings_and_is_erased_with_its_rehearsal_only(place: Place) -> None:
    board_id, other = await place.board("LAB-26"), await place.board("HEAT-26", retention_days=730)
    for number in range(7):
        await boards.submit(place.store, board_id, boards.question(), number)
    kept = await place.store.read(lambda connection: rows.read_board(connection, other))
    await place.store.write_any(
        lambda connection: lifecycle.new_copy(connection, place.store.now(), board_id, "TWIN-26", "Mira", rehearsal=True)
    )
    for day, warned in (("10-19", 0), ("10-20", 1), ("10-21", 1), ("11-02", 2)):
        place.stand(f"2026-{day}")
        await asyncio.gather(*(retention.look(place.store) for _ in range(3)))
        assert len(await place.audit(board_id)) == warned, day
    assert await place.audit(board_id) == [("retention-first", "2026-11-03"), ("retention-last", "2026-11-03")]
    place.stand("2026-11-03")
    await retention.look(place.store)
    with pytest.raises(NotFound):
        await boards.submit(place.store, board_id, boards.question())
    assert (await place.rows())["boards"] == 1
    assert await place.store.read(lambda connection: rows.read_board(connection, other)) == kept
    assert {name for name, number in (await place.rows()).items() if number} == {"boards"}


async def test_erasing_hides_a_board_at_once_and_another_worker_continues(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "ROWS_A_SLICE", 3)
    board_id = await place.board("LAB-26", retention_days=7)
    for number in range(8):
        await boards.submit(place.store, board_id, boards.question(), number)
    for day in ("2026-05-01", "2026-05-13"):
        place.stand(day)
        await retention.look(place.store)
    place.stand("2026-05-14")
    await retention._take_steps(place.store)
    for _ in range(4):
        await place.store.write_any(lambda connection: stored.erase_slice(connection, board_id))  # and then this worker dies
    left = (await place.rows())["posts"] + (await place.rows())["audit"]
    assert 0 < left < 10
    assert await place.store.read(lambda connection: rows.read_board(connection, board_id)) is None
    assert await place.store.read(lambda connection: queries.heads(connection, [board_id])) == {}
    assert await place.store.read(lambda connection: queries.changes_after(connection, board_id, 0)) is None
    again = await place.board("LAB-26")
    async with boards.opened(str(place.store._writer.url.render_as_string(hide_password=False))) as other:
        await asyncio.gather(retention._erase(other), retention._erase(place.store))
    assert await place.store.read(stored.being_erased) == []
    assert (await place.rows())["posts"] == 0
    assert await place.store.read(lambda connection: rows.read_board(connection, again)), "its code was free"


async def test_commands_of_other_boards_run_between_steps_of_erasing(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "ROWS_A_SLICE", 2)
    board_id, other = await place.board("LAB-26"), await place.board("HEAT-26")
    for number in range(10):
        await boards.submit(place.store, board_id, boards.question(), number)
    await place.store.write(board_id, stored.begin_erasing)
    order: list[str] = []
    erasing = asyncio.create_task(retention.erase(place.store, board_id))
    erasing.add_done_callback(lambda _: order.append("erased"))
    await asyncio.sleep(0)
    await boards.submit(place.store, other, boards.question())
    order.append("posted")
    await erasing
    assert order == ["posted", "erased"]


async def test_a_longer_retention_is_announced_and_warnings_start_again(place: Place) -> None:
    board_id = await place.board("LAB-26")
    actor = await boards.new_actor(place.store, board_id, role=Role.ORGANISER)
    place.stand("2026-10-20")
    await retention.look(place.store)
    await place.store.write(board_id, lambda transaction: transaction.change_board(retention_days=360))
    await retention.look(place.store)
    await whole.archive(place.store, Address(board_id, "LAB-26"), actor, True)
    place.stand("2027-04-18")
    await retention.look(place.store)
    warnings = [line for line in await place.audit(board_id) if line[0].startswith("retention")]
    assert warnings == [("retention-first", "2026-11-03"), ("retention-first", "2027-05-02")], "also where it is archived"


async def test_a_withdrawn_text_is_erased_after_seven_days(place: Place) -> None:
    board_id = await place.board("LAB-26")
    card = await boards.submit(place.store, board_id, boards.card("CANARY of a card", anonymous=False))
    kept = await boards.submit(place.store, board_id, boards.question("CANARY that stays"))
    ids = (participant(), pseudonym())
    await attendees.edit(place.store, board_id, ids, card.id, Edit(state=State.WITHDRAWN))

    async def texts() -> dict[str, tuple[Any, ...]]:
        table = schema.posts
        wanted = select(table.c.id, table.c.text, table.c.folded, table.c.to, table.c.digest, table.c.state)
        found = await place.store.read(lambda connection: connection.execute(wanted).all())
        return {row.id: tuple(row)[1:] for row in found}

    place.clock.move(rules.WITHDRAWN_DAYS * DAY_SECONDS - 1)
    await retention.look(place.store)
    assert (await texts())[card.id][0] == "CANARY of a card"
    head = await place.store.read(lambda connection: queries.heads(connection, [board_id]))
    place.clock.move(1)
    await asyncio.gather(*(retention.look(place.store) for _ in range(2)))
    found = await texts()
    assert found[card.id] == ("", "somebody", f'[{{"name":"somebody{MARK}"}}]', "", "withdrawn")
    assert found[kept.id][0] == "CANARY that stays"
    changes = await place.store.read(lambda connection: queries.changes_after(connection, board_id, head[board_id][1]))
    assert changes is not None
    assert [(post.id, post.text) for post in changes.posts] == [(card.id, "")], "moderators' pages hear of it"
    exported = await place.store.read(lambda connection: everything.everything(connection, board_id))
    assert exported is not None
    assert [post.id for post in exported.posts] == [kept.id]


async def test_an_unreadable_board_does_not_stop_the_erasing_of_others(place: Place) -> None:
    broken = await place.board("LAB-26")
    await place.board("HEAT-26", retention_days=7)
    await place.store.write_any(
        lambda connection: connection.execute(
            schema.boards.update().where(schema.boards.c.id == broken).values(time_zone="Nowhere/Land")
        )
    )
    for day in ("2026-05-01", "2026-05-13", "2026-05-14"):
        place.stand(day)
        await retention.look(place.store)
    there = await place.store.read(lambda connection: connection.scalars(select(schema.boards.c.id)).all())
    assert list(there) == [broken]


def test_retention_days_are_in_the_boards_zone() -> None:
    kept = LAB._replace(time_zone="Asia/Bangkok", first_warning_at=at("2026-10-20"), last_warning_at=at("2026-11-02"))
    assert step(kept, at("2026-11-02 16:59")) is Step.NOTHING
    assert step(kept, at("2026-11-02 17:00")) is Step.ERASE, "midnight there"
    assert erased_on(kept, at("2026-11-02 16:59")) == date(2026, 11, 3)

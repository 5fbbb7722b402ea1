"""A database that takes no writes: people read on, a post gets a clear refusal, and recovery needs no restart."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest

from board.data.queries import changes_after
from board.data.readiness import Readiness
from board.data.store import Store
from board.model.models import Post, StorageDown
from tests import boards, servers
from tests.boards import opened
from tests.people import question
from tests.room import SECRET, Of
from tests.servers import Postgres, wait_until

AT_ONCE = 300


class Primary:
    """A PostgreSQL for one test; `how` says by what it is made read-only."""

    def __init__(self, postgres: Postgres, how: str) -> None:
        self._postgres = postgres
        self._how = how
        self.address = postgres.new_database()
        self.url = self.address.replace("postgresql:", "postgresql+psycopg:")

    def refuse_writes(self) -> None:
        if self._how == "standby":
            self._postgres.demote()
        else:
            self._set_default("on")
            self._end_sessions()

    def take_writes(self) -> None:
        """Sessions go on: those that began while it was read-only are as they were."""
        if self._how == "standby":
            self._postgres.promote()
        else:
            self._set_default("off")

    def _set_default(self, value: str) -> None:
        with psycopg.connect(self.address, autocommit=True) as connection:
            name = connection.info.dbname
            connection.execute("SET default_transaction_read_only = off")
            connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = {value}".encode())

    def _end_sessions(self) -> None:
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(params=["default", "standby"])
def primary(request: pytest.FixtureRequest) -> Iterator[Primary]:
    with servers.directory() as path:
        postgres = Postgres(path)
        postgres.start()
        yield Primary(postgres, request.param)
        postgres.stop()


def logged(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str]]:
    """The log lines of our own modules, without the reason at the end."""
    ours = [record for record in caplog.records if record.name.startswith("board.")]
    assert all(record.exc_info is None for record in ours), "no tracebacks"
    return [(record.levelname, record.getMessage().partition(":")[0]) for record in ours]


async def test_a_read_only_database_refuses_posts_logs_one_line_and_recovers_by_itself(
    primary: Primary, caplog: pytest.LogCaptureFixture
) -> None:
    async with opened(primary.url) as store:
        store.migrate()
        board_id = await boards.new_board(store)
        before = await boards.submit(store, board_id, boards.question())
        readiness = Readiness(store, now=lambda: 0.0)
        assert (await readiness.found()).database == "ok"

        await asyncio.to_thread(primary.refuse_writes)
        with caplog.at_level(logging.WARNING):
            wanted = [boards.question(f"Question {number}") for number in range(AT_ONCE)]
            for _ in range(2):
                answers = await asyncio.gather(
                    *(boards.submit(store, board_id, each) for each in wanted), return_exceptions=True
                )
                assert {type(answer) for answer in answers} == {StorageDown}
            assert await _posts(store, board_id) == [before.id], "reading goes on"
            found = await readiness.found()
            assert (found.reads, found.writes, found.database) == (True, False, "down")
            assert logged(caplog) == [("ERROR", "storage is down, writing")]

            await asyncio.to_thread(primary.take_writes)
            kept = await boards.submit(store, board_id, wanted[0])  # the first try
            assert kept.seq == before.seq + 1
            assert (await readiness.found()).database == "ok"
            assert logged(caplog)[1:] == [("WARNING", "storage is back, writing")]


async def _posts(store: Store, board_id: int) -> list[str]:
    changes = await store.read(lambda connection: changes_after(connection, board_id, 0))
    assert changes is not None
    return [post.id for post in changes.posts]


async def test_readyz_reports_refused_posts_and_their_recovery_without_any_post(primary: Primary, people: Of) -> None:
    with servers.serving(DATABASE_URL=primary.address, BOARD_LIMITS="off", **SECRET) as server:

        def ready() -> tuple[int, object]:
            answer = httpx.get(f"{server.url}/readyz", timeout=servers.ANSWER_SECONDS)
            return answer.status_code, answer.json()

        asha = await people(server, server.create()).attendee("Asha")
        await asha.ask("Was this before?")
        await asyncio.to_thread(primary.refuse_writes)
        refuses = (503, {"status": "down", "database": "down", "bus": "ok", "writes": "down"})
        await asyncio.to_thread(wait_until, lambda: ready() == refuses, "word that nothing is written")
        assert (await asha.send("POST", "/posts", question("Is this refused?"))).status_code == 503
        assert [post["text"] for post in (await asha.snapshot())["posts"]] == ["Was this before?"]
        await asyncio.to_thread(primary.take_writes)
        well = (200, {"status": "ok", "database": "ok", "bus": "ok"})
        await asyncio.to_thread(wait_until, lambda: ready() == well, "word that all is well")
        await asha.ask("Is this taken?")


# -- how often the database is asked -------------------------------------------------------------------------------


@pytest.fixture
async def lite(tmp_path: Path) -> Store:
    store = Store(f"sqlite:///{tmp_path / 'board.db'}")
    store.migrate()
    return store


def _writes_of(store: Store, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    asked: list[object] = []
    write_any = store.write_any

    async def counted(command: object) -> object:
        asked.append(command)
        return await write_any(command)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "write_any", counted)
    return asked


async def test_many_readiness_checks_ask_the_writer_once_a_second(lite: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    lite.start()
    asked, now = _writes_of(lite, monkeypatch), 100.0
    readiness = Readiness(lite, now=lambda: now)
    await asyncio.gather(*(readiness.found() for _ in range(100)))
    await readiness.found()
    assert len(asked) == 1
    now += 1.5
    await asyncio.gather(*(readiness.found() for _ in range(100)))
    assert len(asked) == 2
    lite.writes.down("a post failed")
    assert (await readiness.found()).writes, "what was found before the fault is not said again"
    assert len(asked) == 3
    assert not lite.writes.is_down, "a write that was kept"
    await lite.stop()


async def test_a_blocked_writer_makes_the_server_not_ready(lite: Store) -> None:
    lite.start()
    readiness = Readiness(lite, wait_seconds=0.1)
    async with boards.busy(lite):
        assert (await readiness.found()).database == "down"
    assert (await Readiness(lite).found()).writes
    await lite.stop()


async def test_a_refused_command_does_not_prove_that_writing_works(lite: Store) -> None:
    lite.start()
    board_id = await boards.new_board(lite)
    lite.writes.down("a full disk")

    def refused(_: object) -> Post:
        raise StorageDown("This one is refused by its rules.")

    with pytest.raises(StorageDown):
        await lite.write(board_id, refused)
    with pytest.raises(StorageDown):
        await lite.write_any(refused)
    assert lite.writes.is_down
    await boards.submit(lite, board_id, boards.question())
    assert not lite.writes.is_down
    await lite.stop()

"""Behind a pooler, in both of its modes: everything works, and nothing that belongs to a connection is relied on."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, text

from board.actions import attendees, lifecycle
from board.data import backup
from board.data.boards import count
from board.data.queries import changes_after, load
from board.data.store import Store
from board.model.models import StorageDown
from tests import boards, servers
from tests.boards import opened, participant
from tests.room import Of

ROUNDS = 12
PEOPLE = 10
# In transaction mode far fewer than the two stores have clients, so that they take turns on each; in session mode one each.
CONNECTIONS = {"transaction": 3, "session": 16}


@pytest.fixture(params=["transaction", "session"])
def pooler(request: pytest.FixtureRequest, postgres_server: servers.Postgres) -> Iterator[servers.Pooler]:
    with servers.directory() as path:
        pooler = servers.Pooler(path, postgres_server, request.param, CONNECTIONS[request.param])
        pooler.start()
        yield pooler
        pooler.stop()


@pytest.fixture
def database(postgres_server: servers.Postgres) -> str:
    return postgres_server.new_database()


@pytest.fixture
def pooled_url(pooler: servers.Pooler, database: str) -> str:
    return pooler.url(database).replace("postgresql:", "postgresql+psycopg:")


async def _takes_part(store: Store, board_id: int, asked: str, number: int) -> None:
    """One attendee: posts, votes, reads, all the time beside others."""
    for turn in range(ROUNDS):
        who = number * ROUNDS + turn
        posted, _, loaded, changes = await asyncio.gather(
            boards.submit(store, board_id, boards.question(f"Question {who}"), who),
            attendees.vote(store, board_id, participant(who), asked, True),
            store.read(lambda connection: load(connection, board_id)),
            store.read(lambda connection: changes_after(connection, board_id, 0)),
        )
        assert loaded is not None
        assert changes is not None
        again = await store.read(lambda connection, after=posted.seq - 1: changes_after(connection, board_id, after))
        assert again is not None
        assert posted.id in {post.id for post in again.posts}


async def test_behind_a_pooler_two_workers_post_vote_and_read_at_once_without_refusals(pooled_url: str) -> None:
    async with opened(pooled_url) as one, opened(pooled_url) as other:
        with ThreadPoolExecutor() as threads:  # both at once: the lock of migrations holds across the pooler, too
            list(threads.map(Store.migrate, (one, other)))
        board_id = await boards.new_board(one)
        asked = await boards.submit(one, board_id, boards.question("Who pays for the training?"), 10_000)
        await asyncio.gather(*(_takes_part((one, other)[number % 2], board_id, asked.id, number) for number in range(PEOPLE)))
        found = await other.read(lambda connection: changes_after(connection, board_id, 0))
    assert found is not None
    posts = {post.id: post for post in found.posts}
    assert len(posts) == 1 + PEOPLE * ROUNDS
    assert posts[asked.id].votes == PEOPLE * ROUNDS


async def test_behind_a_pooler_a_large_answer_comes_in_parts_and_a_board_can_be_erased(pooled_url: str, tmp_path: Path) -> None:
    async with opened(pooled_url) as store:
        store.migrate()
        board_id = await boards.new_board(store)
        await boards.submit(store, board_id, boards.question())
        assert await store.read(lambda connection: backup.save(connection, tmp_path / "backup.db")) == 1
        await store.write_any(lambda connection: lifecycle.purge(connection, board_id))
        assert await store.read(count) == 0


async def test_behind_a_pooler_the_server_starts_and_is_ready_if_posts_can_be_saved(
    pooler: servers.Pooler, database: str, people: Of
) -> None:
    settings = {"DATABASE_URL": pooler.url(database), "SECRET_KEY": "k" * 40, "BOARD_LIMITS": "off"}
    with servers.serving(**settings) as server:
        here = people(server, server.create())
        asha = await here.attendee("Asha")
        for number in range(8):
            await asha.ask(f"Question number {number}?")
        assert len((await asha.snapshot())["posts"]) == 8


# -- what each transaction brings along ----------------------------------------------------------------------------

_TIMEOUTS = text(
    "SELECT current_setting('lock_timeout'), current_setting('statement_timeout'), "
    "current_setting('idle_in_transaction_session_timeout'), current_setting('transaction_isolation')"
)


def _brought(connection: Connection) -> list[str]:
    return list(connection.execute(_TIMEOUTS).one())


async def test_each_transaction_sets_its_timeouts_only_for_itself(pooled_url: str, database: str) -> None:
    async with opened(pooled_url) as store:
        assert await store.write_any(_brought) == ["5s", "10s", "15s", "read committed"]
        assert await store.read(_brought) == ["5s", "10s", "15s", "repeatable read"]
    with psycopg.connect(pooled_url.replace("+psycopg", ""), autocommit=True) as others:  # on a connection that we had
        assert others.execute("SHOW lock_timeout").fetchone() == ("0",)
        assert others.execute("SHOW transaction_isolation").fetchone() == ("read committed",)


async def test_a_command_gives_up_a_locked_board_after_the_timeout(pooled_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("board.data.engines.BUSY_TIMEOUT_MS", 100)
    async with opened(pooled_url) as store:
        store.migrate()
        board_id = await boards.new_board(store)
        async with opened(pooled_url) as patient, boards.busy(patient, board_id):
            with pytest.raises(StorageDown):
                await boards.submit(store, board_id, boards.question())
        await boards.submit(store, board_id, boards.question())


_PREPARED = text("SELECT count(*) FROM pg_prepared_statements")


def _prepared(connection: Connection) -> int:
    for _ in range(5):
        connection.execute(text("SELECT id FROM boards WHERE id = :id"), {"id": 1})
    return int(connection.execute(_PREPARED).scalar_one())


async def test_statements_are_prepared_straight_at_the_database_and_never_behind_a_pooler(
    pooled_url: str, database: str
) -> None:
    async with opened(pooled_url) as pooled, opened(database.replace("postgresql:", "postgresql+psycopg:")) as direct:
        pooled.migrate()
        assert await pooled.write_any(_prepared) == 0
        assert await pooled.read(_prepared) == 0
        assert await direct.write_any(_prepared) > 0
        assert await direct.read(_prepared) > 0

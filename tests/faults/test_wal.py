"""A disk that SQLite's write-ahead log has filled: nothing is half saved, people see a message, the server recovers."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from board.data.store import Store
from board.model.models import StorageDown
from tests import boards, servers
from tests.people import Attendee, question
from tests.room import Of

DISK = "8m"
BALLAST_BYTES = 5 * 2**20
MOST_POSTS = 20_000
PATIENCE = 300


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, which nothing else fills."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", tmp_path], capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"this machine mounts no small disk: {mounted.stderr.strip()}")
    try:
        yield tmp_path
    finally:
        subprocess.run(["umount", "--lazy", tmp_path], check=True)


@contextmanager
def looking(database: Path) -> Iterator[None]:
    """A reader with an open snapshot: meanwhile the log cannot be taken into the database. The driver begins no transaction for
    a SELECT by itself, so it is begun in words, and at the end it is asked whether the snapshot was kept."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        before = rows(connection)
        yield
        assert rows(connection) == before, "the reader kept no snapshot"


def rows(connection: sqlite3.Connection) -> int:
    found: int = connection.execute("SELECT count(*) FROM posts").fetchone()[0]
    return found


async def test_a_disk_full_of_write_ahead_log_recovers_when_there_is_room(
    small_disk: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"\0" * BALLAST_BYTES)
    url = f"sqlite:///{small_disk / 'board.db'}"
    async with boards.opened(url) as store:
        store.migrate()
        board_id = await boards.new_board(store)
        with looking(small_disk / "board.db"):
            kept = await fill(store, board_id)
            assert (small_disk / "board.db-wal").stat().st_size > 2**19
            assert store.writes.is_down
            with pytest.raises(StorageDown):
                await ask(store, board_id, "Is there still no room?")
            assert await count(store) == kept, "reading goes on"
            ballast.unlink()
            for _ in range(PATIENCE):
                if await saved(store, board_id):
                    break
                await asyncio.sleep(0.1)
        assert await count(store) == kept + 1
        assert not store.writes.is_down
    assert caplog.text.count("storage is down, writing") == 1
    assert caplog.text.count("storage is back, writing") == 1


async def fill(store: Store, board_id: int) -> int:
    """Asks until nothing can be saved any more. Gives how many questions were."""
    for number in range(MOST_POSTS):
        try:
            await ask(store, board_id, f"Is this number {number}? " + "x" * 200)
        except StorageDown:
            return number
    raise AssertionError("the disk is not small enough")


async def ask(store: Store, board_id: int, words: str) -> None:
    await boards.submit(store, board_id, boards.question(words), 1)


async def saved(store: Store, board_id: int) -> bool:
    try:
        await ask(store, board_id, "Is there room again?")
    except StorageDown:
        return False
    return True


async def count(store: Store) -> int:
    found: int = await store.read(lambda connection: connection.execute(text("SELECT count(*) FROM posts")).scalar_one())
    return found


async def test_a_server_with_a_disk_full_of_log_refuses_posts_until_there_is_room(small_disk: Path, people: Of) -> None:
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"\0" * BALLAST_BYTES)
    url = f"sqlite:///{small_disk / 'board.db'}"
    with servers.serving(BOARD_LIMITS="off", DATABASE_URL=url) as server:
        asha = await people(server, server.create()).attendee("Asha")
        with looking(small_disk / "board.db"):
            acknowledged = await fill_by_posts(asha)
            refused = await asha.send("POST", "/posts", question("Is there still no room? " + "x" * 200))
            assert refused.status_code == 503, refused.text
            assert len((await asha.snapshot())["posts"]) > 0, "reading goes on"
            said = await readiness(server)
            assert said["status"] != "ok"
            assert said["disk"] == "full", "it says meanwhile what is wrong"
            ballast.unlink()
            body = question("Is there room again? " + "x" * 200)
            for _ in range(PATIENCE):
                if (await asha.send("POST", "/posts", body)).status_code in (200, 201):
                    break
                await asyncio.sleep(0.1)
            assert "disk" not in await readiness(server)
        with closing(sqlite3.connect(small_disk / "board.db")) as reader:
            stored = [str(row[0]) for row in reader.execute("SELECT id FROM posts")]
        assert sorted(stored) == sorted([*acknowledged, str(body["id"])])


async def readiness(server: servers.Server) -> dict[str, str]:
    async with httpx.AsyncClient(timeout=servers.ANSWER_SECONDS) as client:
        said: dict[str, str] = (await client.get(f"{server.url}/readyz")).json()
    return said


async def fill_by_posts(attendee: Attendee) -> list[str]:
    """Asks until the server refuses. Gives the ids of the questions that it acknowledged."""
    acknowledged: list[str] = []
    for number in range(MOST_POSTS):
        body = question(f"Is this number {number}? " + "x" * 200)
        response = await attendee.send("POST", "/posts", body)
        if response.status_code == 503:
            return acknowledged
        assert response.status_code == 201, response.text
        acknowledged.append(str(body["id"]))
    raise AssertionError("the disk is not small enough")

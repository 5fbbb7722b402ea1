"""Backup, restore and doctor: on both databases, while the server runs, and with files that are none."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from sqlalchemy import create_engine

from board.actions import attendees
from board.data import doctor
from tests import boards, servers, versions
from tests.conftest import People
from tests.people import Json
from tests.room import shows
from tests.servers import Server
from tests.test_cli import Here

Of = Callable[[Server, dict[str, str]], People]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        postgres: servers.Postgres = request.getfixturevalue("postgres_server")
        return postgres.new_database()
    return f"sqlite:///{tmp_path / 'board.db'}"


@pytest.fixture
def here(tmp_path: Path, url: str) -> Here:
    return Here(tmp_path, DATABASE_URL=url, SECRET_KEY="k" * 40)


@pytest.fixture
def running(here: Here, tmp_path: Path, url: str) -> Iterator[Server]:
    with servers.serving(BOARD_LIMITS="off", DATABASE_URL=url, SECRET_KEY="k" * 40) as server:
        yield server


def snapshot(server: Server, board: dict[str, str]) -> Json:
    """What everybody sees, without what names the history and the moment."""
    found: Json = httpx.get(f"{server.url}/api/b/{board['code']}").json()
    return {name: value for name, value in found.items() if name not in ("epoch", "now")}


async def test_a_backup_of_a_running_server_is_restored_and_pages_get_new_snapshots(
    running: Server, here: Here, people: Of, tmp_path: Path
) -> None:
    board, other = running.create(), running.create("Another")
    crowd = people(running, board)
    author, moderator = await crowd.attendee("Asha"), await crowd.moderator()
    card, question = await author.celebrate(), await author.ask()
    assert (await moderator.send("PUT", f"/posts/{question['id']}/vote")).status_code == 200
    hidden = await author.celebrate("Only for a moment")
    assert (await moderator.moderate(hidden, state="hidden")).status_code == 200
    before = snapshot(running, board)
    assert here.run("backup", str(tmp_path / "copy.db")).startswith(f"{tmp_path / 'copy.db'} has 2 boards.")
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600
    assert not (tmp_path / "copy.db.part").exists()

    live = await (await crowd.attendee()).live()
    first = await live.next()
    later = [await author.celebrate(f"After the backup, {number}") for number in range(3)]
    await live.until(shows(later[-1]))
    running.run("purge", other["code"], "--yes")
    sentence = here.refused("restore", str(tmp_path / "copy.db"))
    assert "--replace" in sentence
    assert f"{board['code']} “Innovation Lab” (6 posts)" in sentence, "what would be lost has a name"
    assert snapshot(running, board)["seq"] > before["seq"], "and nothing was touched"
    late = running.create("Made after the backup")
    output = here.run("restore", str(tmp_path / "copy.db"), "--replace")
    assert output.startswith("2 boards restored.")
    assert f"Erased, as the backup does not have them: {late['code']} “Made after the backup” (0 posts)." in output
    assert f"Put back to what they were in the backup: {board['code']} “Innovation Lab” (6 posts)." in output

    again = await live.until(lambda frame: frame["type"] == "snapshot" and frame["epoch"] != first["epoch"])
    assert {post["id"] for post in again["posts"]} == {card["id"], question["id"]}
    assert snapshot(running, board) == before
    assert snapshot(running, other)["posts"] == []
    mine = (await author.get("/mine")).json()
    assert {post["id"] for post in mine["posts"]} == {card["id"], question["id"], hidden["id"]}, "who is who is as it was"
    assert here.run("doctor") == "The database is sound.\n"
    newer = await author.celebrate("After the restore")
    await live.until(shows(newer))
    assert running.create("A third")["code"] not in {board["code"], other["code"]}


async def test_a_backup_goes_from_one_database_to_the_other(
    running: Server, here: Here, people: Of, tmp_path: Path, postgres_server: servers.Postgres, url: str
) -> None:
    board = running.create()
    author = await people(running, board).attendee("Asha")
    await author.celebrate("ភាសាខ្មែរ 🎉 العربية")
    here.run("backup", str(tmp_path / "copy.db"))
    there = postgres_server.new_database() if url.startswith("sqlite") else f"sqlite:///{tmp_path / 'there.db'}"
    elsewhere = Here(tmp_path, DATABASE_URL=there, SECRET_KEY="k" * 40)
    assert elsewhere.run("restore", str(tmp_path / "copy.db")).startswith("1 board restored.")
    assert elsewhere.run("doctor") == "The database is sound.\n"
    assert elsewhere.exported(board["code"])["posts"] == here.exported(board["code"])["posts"]
    made = elsewhere.create("Made after it")
    assert made["code"] != board["code"]
    with servers.serving(BOARD_LIMITS="off", DATABASE_URL=there, SECRET_KEY="k" * 40) as server:
        assert [post["text"] for post in snapshot(server, board)["posts"]] == ["ភាសាខ្មែរ 🎉 العربية"]


async def test_a_backup_of_an_older_version_gets_the_columns_of_the_search(
    here: Here, postgres_server: servers.Postgres, tmp_path: Path, url: str
) -> None:
    made = here.create()
    await here.ask(made["code"], "Trả tiền cho Đức?")
    here.run("backup", str(tmp_path / "copy.db"))
    versions.as_of("0004", tmp_path / "copy.db")
    here.run("restore", str(tmp_path / "copy.db"), "--replace")
    assert here.run("doctor") == "The database is sound.\n"


@pytest.mark.parametrize("revision", ["0001", "0002", "0003", "0004", "0005"])
async def test_a_backup_of_each_older_version_comes_back_whole(tmp_path: Path, revision: str) -> None:
    here = Here(tmp_path / "data")
    made = here.create()
    await here.ask(made["code"], "Who pays?")
    before = here.exported(made["code"])
    here.run("backup", str(tmp_path / "copy.db"))
    versions.as_of(revision, tmp_path / "copy.db")
    here.run("restore", str(tmp_path / "copy.db"), "--replace")
    assert here.run("doctor") == "The database is sound.\n"
    assert here.exported(made["code"]) == before


def test_files_that_are_no_backup_are_refused_and_nothing_changes(tmp_path: Path) -> None:
    here = Here(tmp_path / "data")
    made = here.create()
    before = here.exported(made["code"])
    (tmp_path / "text").write_text("hello")
    (tmp_path / "empty").write_bytes(b"")
    with closing(sqlite3.connect(tmp_path / "other.db")) as other, other:
        other.execute("CREATE TABLE boards (id INTEGER)")
    here.run("backup", str(tmp_path / "good.db"))
    whole = (tmp_path / "good.db").read_bytes()
    (tmp_path / "half.db").write_bytes(whole[: len(whole) // 2])
    with closing(sqlite3.connect(tmp_path / "newer.db")) as newer, newer:
        newer.executescript("\n".join(sqlite3.connect(tmp_path / "good.db").iterdump()))
        newer.execute("UPDATE alembic_version SET version_num = 'from-the-future'")
    for name, word in {
        "text": "not a backup",
        "empty": "not a backup",
        "other.db": "not a backup",
        "half.db": "",
        "newer.db": "another version",
        "missing": "No such file",
        ".": "directory",
    }.items():
        assert word in here.refused("restore", str(tmp_path / name), "--replace"), name
    assert "is there already" in here.refused("backup", str(tmp_path / "good.db"))
    assert "No such file" in here.refused("backup", str(tmp_path / "nowhere" / "copy.db"))
    assert here.exported(made["code"]) == before


async def test_a_restore_that_fails_half_way_changes_nothing(tmp_path: Path) -> None:
    here = Here(tmp_path / "data")
    made = here.create()
    await here.ask(made["code"], "Who pays?")
    here.run("backup", str(tmp_path / "copy.db"))
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy, copy:
        copy.execute("PRAGMA foreign_keys = OFF")
        copy.execute("UPDATE posts SET board_id = 99")
    before = here.exported(made["code"])
    done = here.attempt("restore", str(tmp_path / "copy.db"), "--replace")
    assert done.returncode == 1
    assert here.exported(made["code"]) == before


FAULTS = {
    "UPDATE posts SET votes = 7": "another number of votes",
    "UPDATE posts SET reactions = '{\"clap\":3}'": "other reactions",
    "UPDATE posts SET seq = 1000": "a number beyond the board's",
    "UPDATE posts SET content_seq = seq + 1": "contents newer than itself",
    "UPDATE posts SET created_at = created_at * 2": "a time after the board's last post",
    "UPDATE posts SET folded = 'x'": "another text for the search",
    "UPDATE posts SET published = false": "a state that it was never published for",
    "UPDATE posts SET seq = 1": "2 posts have the number 1",
    "UPDATE posts SET state = 'lost'": "a row cannot be read",
    "UPDATE posts SET reactions = 'x'": "a row cannot be read",
    "UPDATE tallies SET number = 9 WHERE part = 'person'": 'the total ["person"',
    "DELETE FROM tallies WHERE part = 'sum'": 'the total ["sum","cards"] is 0, not 1',
    "DELETE FROM posts": "marks on the post",
    'UPDATE boards SET screen = \'{"scene":"spotlight","post":"1"}\'': "which is not there",
}


async def test_the_doctor_reports_each_fault_and_nothing_on_a_healthy_database(database_url: str) -> None:
    async with boards.opened(database_url) as store:
        store.migrate()
        board_id = await boards.new_board(store)
        question = await boards.submit(store, board_id, boards.question("Who pays?"))
        await boards.submit(store, board_id, boards.card("You taught me to listen."))
        await attendees.vote(store, board_id, "2" * 32, question.id, on=True)
        assert await store.read(doctor.examine) == []
    engine = create_engine(database_url)
    for fault, word in FAULTS.items():
        with engine.connect() as connection:
            connection.exec_driver_sql(fault)
            found = doctor.examine(connection)
            connection.rollback()
        assert any(word in sentence for sentence in found), (fault, found)
    engine.dispose()


def test_the_doctor_checks_the_database_file(tmp_path: Path) -> None:
    here = Here(tmp_path / "data")
    made = here.create()
    with closing(sqlite3.connect(tmp_path / "data" / "board.db")) as database, database:
        database.execute("INSERT INTO votes (board_id, post_id, participant) VALUES (99, 'x', 'y')")
    done = here.attempt("doctor")
    assert done.returncode == 1
    assert done.stderr.startswith("brilliance-board: The database is not sound.")
    assert "1 rows of votes belong to no board" in done.stdout
    assert made["code"] not in done.stdout
    assert os.path.exists(tmp_path / "data" / "board.db")

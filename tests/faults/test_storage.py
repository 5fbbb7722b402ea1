"""The database stops, the bus stops, the disk is full: messages to people, no lost data, recovery by itself."""

from __future__ import annotations

import asyncio
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import httpx
import pytest

from board.live.bus import PREFIX
from board.model.models import Close
from tests import servers
from tests.people import Json, Person, card, question
from tests.room import SECRET, Of, at, closed, insist, shows, takes_away, viewers
from tests.servers import Server, wait_until


@pytest.fixture
def server(postgres: servers.Postgres) -> Iterator[Server]:
    with servers.serving(DATABASE_URL=postgres.new_board_database(), BOARD_LIMITS="off", **SECRET) as server:
        yield server


def ready(server: Server) -> tuple[int, Json]:
    answer = httpx.get(f"{server.url}/readyz", timeout=servers.ANSWER_SECONDS)
    return answer.status_code, answer.json()


def refused(response: httpx.Response) -> None:
    """In words, and with the time to come back."""
    assert response.status_code == 503, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["type"] == "urn:brilliance-board:storage-down"
    assert "Nothing was saved" in response.json()["detail"]
    assert int(response.headers["retry-after"]) >= 1


async def texts(person: Person) -> list[str]:
    return sorted(post["text"] for post in (await person.snapshot())["posts"])


# -- PostgreSQL ----------------------------------------------------------------------------------------------------


async def test_a_stopped_postgresql_saves_no_half_post_and_the_server_recovers_by_itself(
    postgres: servers.Postgres, server: Server, people: Of
) -> None:
    here, unopened = people(server, server.create()), people(server, server.create())
    asha, moderator, stranger = await here.attendee("Asha"), await here.moderator(), await unopened.attendee()
    before = await asha.ask("Was this before?")
    viewer = await asha.live()
    await viewer.next()
    wanted = [question(f"Question number {number}?") for number in range(8)]

    await asyncio.to_thread(postgres.stop)
    for answer in await asyncio.gather(*(asha.send("POST", "/posts", body) for body in wanted)):
        refused(answer)
    refused(await asha.send("PUT", f"/posts/{before['id']}/vote"))
    refused(await asha.send("PATCH", f"/posts/{before['id']}", {"text": "Can I change it?"}))
    refused(await asha.send("POST", "/join", {"name": "Somebody else"}))
    refused(await moderator.moderate(before, state="hidden"))
    refused(await moderator.send("POST", "/posts/bulk", {"ids": [before["id"]], "state": "hidden"}))
    refused(await moderator.send("PATCH", "", {"frozen": True}))
    refused(await asha.get("/mine"))
    assert await texts(asha) == ["Was this before?"]  # what is known is still shown
    refused(await stranger.get())
    page = await stranger.http.get(f"/b/{stranger.code}")
    assert page.status_code == 503
    assert "Nothing was saved" in page.text
    assert await closed(await stranger.live()) == Close.RESTART
    assert ready(server) == (503, {"status": "down", "database": "down", "bus": "ok"})
    assert (await asha.http.get("/healthz")).status_code == 200

    await asyncio.to_thread(postgres.restart, "start")
    await asyncio.to_thread(wait_until, lambda: ready(server)[0] == 200, "the database")
    again = [await asha.send("POST", "/posts", body) for body in wanted]
    assert [answer.status_code for answer in again] == [201] * 8  # 200 would mean that the refused one was kept
    assert await texts(asha) == sorted(["Was this before?", *(body["text"] for body in wanted)])
    mine = (await asha.get("/mine")).json()
    assert (mine["participant"]["name"], mine["votes"]) == ("Asha", [])
    assert [post["votes"] for post in (await asha.snapshot())["posts"]] == [0] * 9
    everything = await moderator.snapshot(feed="moderate")
    assert {post["state"] for post in everything["posts"]} == {"visible"}
    assert everything["board"]["frozen"] is False
    assert {entry["action"] for entry in (await moderator.get("/audit")).json()["entries"]} == {"link"}
    await viewer.until(lambda frame: shows(wanted[-1])(frame))  # on the socket it had all along
    assert viewer.socket.close_code is None
    assert (await stranger.get()).status_code == 200


async def test_postgresql_restarts_unnoticed_between_two_posts(postgres: servers.Postgres, server: Server, people: Of) -> None:
    asha = await people(server, server.create()).attendee("Asha")
    await asha.ask("Was this before?")
    await asyncio.to_thread(postgres.restart)
    await asha.ask("Was this after?")
    assert await texts(asha) == ["Was this after?", "Was this before?"]


async def test_posts_acknowledged_while_postgresql_stops_are_stored_exactly_once(
    postgres: servers.Postgres, server: Server, people: Of
) -> None:
    here = people(server, server.create())
    authors = [await here.attendee(f"Guest {number}") for number in range(10)]
    sent: list[str] = []
    enough = asyncio.Event()

    async def attend(number: int) -> None:
        for count in range(10):
            body = question(f"Question {count} of guest {number}?")
            await insist(authors[number], body)
            sent.append(body["text"])
            if len(sent) == 20:
                enough.set()

    async def fail() -> None:
        await enough.wait()
        await asyncio.to_thread(postgres.stop)
        await asyncio.to_thread(postgres.restart, "start")

    await asyncio.gather(fail(), *(attend(number) for number in range(10)))
    assert len(sent) == 100
    assert await texts(authors[0]) == sorted(sent)


async def test_the_bus_alone_delivers_commits_to_the_other_worker(
    postgres: servers.Postgres, redis: servers.Redis, people: Of
) -> None:
    """The store repairs what the bus loses; here it cannot, so this is the bus."""
    settings = SECRET | {"DATABASE_URL": postgres.new_board_database(), "REDIS_URL": redis.url, "BOARD_LIMITS": "off"}
    with servers.serving(workers=2, **settings) as server:
        here = people(server, server.create())
        _, viewer = await viewers(server, await here.attendee())
        await asyncio.to_thread(wait_until, lambda: _listeners(redis) == 2, "two workers that listen to this board")
        with at(server, 0):
            author = await here.attendee("Asha")
            posted = await author.celebrate()
            await asyncio.to_thread(postgres.stop)  # before the other worker wakes up
        await viewer.until(shows(posted))


def _listeners(redis: servers.Redis) -> int:
    """Of the first board of the database."""
    return int(redis.command("PUBSUB", "NUMSUB", f"{PREFIX}1").rsplit(b":", 1)[1])


# -- Redis ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", [pytest.param("dead", marks=pytest.mark.lengthy), "silent"])
async def test_without_redis_the_board_works_and_both_workers_get_each_others_changes(
    postgres_server: servers.Postgres, redis: servers.Redis, people: Of, how: str
) -> None:
    settings = SECRET | {"DATABASE_URL": postgres_server.new_board_database(), "REDIS_URL": redis.url, "BOARD_LIMITS": "off"}
    with servers.serving(workers=2, **settings) as server:
        await _without_redis(redis, server, people, how)


def states_of_each(server: Server) -> list[tuple[int, Json]]:
    states = []
    for number in (0, 1):
        with at(server, number):
            states.append(ready(server))
    return states


async def _without_redis(redis: servers.Redis, server: Server, people: Of, how: str) -> None:
    here = people(server, server.create())
    author, moderator = await here.attendee("Asha"), await here.moderator()
    both = await viewers(server, await here.attendee())
    redis.kill() if how == "dead" else redis.pause()
    cards = []
    for number in (0, 1):  # at once, when no worker has noticed yet
        with at(server, number):
            there = await here.attendee()
            cards.append(await there.celebrate(f"This was posted to worker {number}."))
    for viewer in both:
        for wanted in cards:
            if not any(shows(wanted)(frame) for frame in viewer.frames):
                await viewer.until(shows(wanted))
    degraded = (200, {"status": "degraded", "database": "ok", "bus": "down"})
    await asyncio.to_thread(wait_until, lambda: states_of_each(server) == [degraded] * 2, "word that the bus is down")
    assert (await moderator.moderate(cards[0], state="hidden")).status_code == 200
    for viewer in both:
        await viewer.until(takes_away(cards[0]))
        assert viewer.socket.close_code is None
    for number in (0, 1):
        with at(server, number):
            fresh = (await (await here.attendee()).snapshot())["posts"]
        assert [post["id"] for post in fresh] == [cards[1]["id"]]
    redis.start() if how == "dead" else redis.resume()
    well = (200, {"status": "ok", "database": "ok", "bus": "ok"})
    await asyncio.to_thread(wait_until, lambda: states_of_each(server) == [well] * 2, "the bus")
    asked = await author.ask("Is it back?")
    for viewer in both:
        await viewer.until(shows(asked))


# -- a full disk ---------------------------------------------------------------------------------------------------


@contextmanager
def full_disk(server: Server) -> Iterator[None]:
    """No file of the server's may grow or be written. It takes no privileges, and the writes fail as on a full disk."""
    soft, hard = resource.prlimit(server.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (soft, hard))


async def test_a_server_with_a_full_disk_refuses_posts_answers_reads_and_recovers(people: Of) -> None:
    with servers.serving(BOARD_LIMITS="off") as server:
        here = people(server, server.create())
        asha, moderator = await here.attendee("Asha"), await here.moderator()
        before = await asha.ask("Was this before?")
        viewer = await asha.live()
        await viewer.next()
        wanted = [question("Was this asked on a full disk?"), card("You made room on the disk.")]
        with full_disk(server):
            for _ in range(3):
                for answer in await asyncio.gather(*(asha.send("POST", "/posts", body) for body in wanted)):
                    refused(answer)
            refused(await asha.send("PUT", f"/posts/{before['id']}/vote"))
            refused(await moderator.moderate(before, state="hidden"))
            assert ready(server) == (503, {"status": "down", "database": "down", "bus": "ok", "writes": "down"})
            assert await texts(asha) == ["Was this before?"]
            assert [post["state"] for post in (await asha.get("/mine")).json()["posts"]] == ["visible"]
        assert ready(server)[0] == 200  # without a post that tries
        for body in wanted:
            assert (await asha.send("POST", "/posts", body)).status_code == 201
            await viewer.until(shows(body))
        # One change, one line. The log is a file, too: that writing failed found no room in it.
        assert server.log.read_text().count("storage is back, writing") == 1
        kept = await texts(asha)
        assert kept == sorted(["Was this before?", *(body["text"] for body in wanted)])
        assert [post["votes"] for post in (await asha.snapshot())["posts"] if post["kind"] == "question"] == [0, 0]
        server.kill()
        with closing(sqlite3.connect(server.directory / "board.db")) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        server.start()
        assert await texts(asha) == kept

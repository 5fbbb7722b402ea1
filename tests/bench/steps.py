"""The longest step of the event loop, by address, on a full board of the worst texts: while one runs, everybody else waits."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, closing, contextmanager
from functools import partial
from itertools import cycle
from pathlib import Path

from tests import servers
from tests.conftest import People
from tests.people import Attendee, Moderator
from tests.test_worst_texts import WORST

LIMIT_MS = 5.0
QUESTIONS, CARDS = 1_500, 400
REPEATED = 5
PEOPLE = 1_000
RENAMED_CARDS = 5_000
TEAMS = ("Cambodia", "Kampuchea")
PAGES = ("/print/badges", "/print/keepsakes", "/answers", "/recap", "/who", "/privacy")
PAUSE_SECONDS = 0.3
SLOW_QUERY = "Who pays for the training of new colleagues, and from which year on? " * 8

# Our own server; when it stops it tells which steps of its event loop took longer than 1 ms of this thread's processor time.
PROBED = """
import asyncio, json, os, time
from board.live import hub
from board.command.cli import main

stop, run, steps = hub.Hub.stop, asyncio.Handle._run, []

def run_watched(self):
    began = time.thread_time()
    run(self)
    took = time.thread_time() - began
    if took > 0.001:
        steps.append((time.monotonic(), took))

async def stop_watched(self):
    await stop(self)
    with open(os.environ["STEPS_FILE"], "w") as file:
        json.dump(steps, file)

asyncio.Handle._run, hub.Hub.stop = run_watched, stop_watched
main()
"""

Act = Callable[[], Awaitable[object]]


async def steps(_work: Path, quick: bool) -> list[str]:
    """A row for each address: what was asked, and the longest step of what followed."""
    rows = [f"| request, {REPEATED} times each | longest step, CPU ms | steps over {LIMIT_MS:.0f} ms |", "|---|---|---|"]
    with servers.directory() as path, _probed():
        steps_file = path / "steps.json"
        server = servers.Server(path, BOARD_LIMITS="off", STEPS_FILE=str(steps_file))
        server.start()
        board = server.create("Steps")
        async with AsyncExitStack() as stack:
            people = People(server, board, stack)
            asha, zoe, mira = await people.attendee("Asha"), await people.attendee("Zoe"), await people.moderator()
            leila = await people.organiser()
            for text in WORST.values():
                await asha.ask(text)
                await asha.celebrate(text=text[: len(text) * 9 // 10])
            renamed = server.create("Renamed", "--team", TEAMS[0])
            omar = await stack.enter_async_context(Moderator(server.url, renamed["code"], renamed["organise_url"]))
            await (await People(server, renamed, stack).attendee("Omar", TEAMS[0])).celebrate(
                to=[{"name": "Everybody", "team": TEAMS[0]}]
            )
            server.stop()
            _fill(server.directory, {"question": QUESTIONS // len(WORST), "card": CARDS // len(WORST)}, board["code"])
            _fill(server.directory, {"card": RENAMED_CARDS}, renamed["code"])
            server.start()
            windows = await _asked(await _calls(zoe, mira) | _of_organisers(leila) | _renaming(omar))
            server.stop()
        found = json.loads(steps_file.read_text())
    for name, began, ended in windows:
        took = [cpu * 1000 for at, cpu in found if began <= at <= ended]
        longest = f"{max(took):.1f}" if took else "under 1"
        rows.append(f"| {name} | {longest} | {sum(cpu > LIMIT_MS for cpu in took)} |")
    return [
        *rows,
        "",
        f"The board has {QUESTIONS} questions and {CARDS} cards with the longest texts: Hangul, combining marks, "
        "emoji of families, directional isolates; SQLite.",
    ]


async def _asked(calls: dict[str, Act]) -> list[tuple[str, float, float]]:
    """Each call with the times between which its steps lie. The first one finds the board not yet open."""
    windows = []
    for name, act in calls.items():
        began = time.monotonic()
        for _ in range(REPEATED):
            await act()
        await asyncio.sleep(PAUSE_SECONDS)  # frames follow an answer
        windows.append((name, began, time.monotonic()))
    return windows


async def _calls(zoe: Attendee, mira: Moderator) -> dict[str, Act]:
    posts: list[dict[str, str]] = []

    async def opening() -> None:
        posts[:] = (await zoe.snapshot())["posts"]

    def of(kind: str) -> str:
        return next(post["id"] for post in posts if post["kind"] == kind)

    async def listening(person: Attendee | Moderator, **query: str) -> None:
        live = await person.live(**query)
        await live.next()
        await live.socket.close()

    return {
        "`GET` snapshot; the first one opens the board": opening,
        "`GET` snapshot for moderators": lambda: mira.get(feed="moderate"),
        "`live`, without a cursor": lambda: listening(zoe),
        "`live` for moderators": lambda: listening(mira, feed="moderate"),
        "`POST /posts`, a question": lambda: zoe.ask(),
        "`POST /posts`, a card with the most expensive text": lambda: zoe.celebrate(
            text=WORST["families"][: len(WORST["families"]) * 9 // 10]
        ),
        "`PUT /vote`": lambda: zoe.send("PUT", f"/posts/{of('question')}/vote", {}),
        "`PUT /reactions`": lambda: zoe.send("PUT", f"/posts/{of('card')}/reactions/clap", {}),
        "`GET /similar`": lambda: zoe.get("/similar", text=SLOW_QUERY),
        "`GET /people`": lambda: zoe.get("/people", q="a"),
        "`GET /posts`": lambda: zoe.get("/posts"),
        "`GET /posts?q=` for moderators": lambda: mira.get("/posts", q="who"),
        "`GET /mine`": lambda: zoe.get("/mine"),
        "`GET /bridges`": lambda: zoe.get("/bridges"),
        "`POST /posts/bulk`, hide 200": lambda: mira.send(
            "POST", "/posts/bulk", {"ids": [post["id"] for post in posts[:200]], "state": "hidden"}
        ),
        "`PUT /screen`": lambda: mira.send("PUT", "/screen", {"scene": "cards"}),
    }


def _of_organisers(leila: Moderator) -> dict[str, Act]:
    """Before, during and after the gathering."""
    roster = "name,team\n" + "".join(f"Colleague {number},Team {number % 20}\n" for number in range(PEOPLE))
    bytes_of = {"Content-Type": "application/octet-stream"}
    last: list[str] = []

    async def preview() -> None:
        query = {"kind": "people", "name": "people.csv"}
        answer = await leila.http.post(f"{leila.api}/imports", params=query, content=roster.encode(), headers=bytes_of)
        last[:] = [answer.json()["import"]["id"]]

    async def rename() -> None:
        entry = (await leila.get("/roster", q="Colleague 7")).json()["people"][0]
        await leila.send("PATCH", f"/people/{entry['id']}", {"name": entry["name"] + "7"})

    return {
        f"`POST /imports`, {PEOPLE:,} people": preview,
        f"`POST /imports/…/apply`, {PEOPLE:,} people": lambda: leila.send("POST", f"/imports/{last[0]}/apply"),
        "`GET /roster`": lambda: leila.get("/roster"),
        "`GET /coverage`": lambda: leila.get("/coverage"),
        "`GET /mirror`": lambda: leila.get("/mirror"),
        "`PATCH /people`, rename a person": rename,
        **{f"`GET /export`, {kind}": partial(leila.get, "/export", format=kind) for kind in ("json", "csv", "xlsx", "html")},
        **{f"`{page}`": _page(leila, page) for page in PAGES},
    }


def _renaming(omar: Moderator) -> dict[str, Act]:
    """One team, which stands on each card twice, is called otherwise, and back."""
    names = cycle([*TEAMS[1:], TEAMS[0]])

    async def rename() -> None:
        was = (await omar.get("/settings")).json()["settings"]["teams"][0]["name"]
        answer = await omar.send("PATCH", "", {"teams": [{"name": next(names), "was": was}]})
        assert answer.status_code == 200, answer.text

    return {
        f"`GET` snapshot, {RENAMED_CARDS:,} cards": lambda: omar.get(feed="moderate"),
        f"`PATCH`, rename a team on {RENAMED_CARDS:,} cards": rename,
    }


def _page(leila: Moderator, page: str) -> Act:
    return lambda: leila.http.get(f"/b/{leila.code}{page}")


def _fill(directory: Path, copies: dict[str, int], code: str) -> None:
    """Copies each post in the database: to ask so many would take minutes."""
    with closing(sqlite3.connect(next(directory.glob("*.db")))) as database, database:
        names = [column[1] for column in database.execute("PRAGMA table_info(posts)")]
        fresh = {"id": "substr(id, 1, 24) || printf('%012x', rowid * 10000 + n)", "created_at": "created_at + n"}
        columns, values = (", ".join(f(name) for name in names) for f in (lambda n: f'"{n}"', lambda n: fresh.get(n, f'"{n}"')))
        numbers = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)"
        of_board = "board_id = (SELECT id FROM boards WHERE code = ?)"
        copy = f"{numbers} INSERT INTO posts ({columns}) SELECT {values} FROM posts, numbers WHERE kind = ? AND {of_board}"  # noqa: S608
        for kind, count in copies.items():
            database.execute(copy, (count, kind, code.replace("-", "")))


@contextmanager
def _probed() -> Iterator[None]:
    before = servers.COMMAND
    servers.COMMAND = [sys.executable, "-c", PROBED]
    try:
        yield
    finally:
        servers.COMMAND = before

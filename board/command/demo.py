"""`brilliance-board demo`: the example board, and simulated attendees who use it through the real HTTP API.

The board is made anew at each start, in a database of its own beside the real one.
"""

from __future__ import annotations

import argparse
import asyncio
import http.client
import json
import os
import random
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import segno
from sqlalchemy import insert
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from board.actions import attendees, lifecycle, screens, staff_links
from board.command import demo_agenda
from board.command.listening import require_free
from board.command.prepare import addresses
from board.command.serve import run_server
from board.data import rows, schema
from board.data.queries import load
from board.data.reads import VOTE, Mark, Reads
from board.data.store import Store
from board.data.transaction import Transaction
from board.model import requests, views
from board.model.models import Actor, BoardError, Kind, Post, Reaction, Role, Scene, Session, Team, Theme
from board.process import settings
from board.process.clock import Clock
from board.process.settings import Settings
from board.web import reach
from board.web.access import Access

EXAMPLE = Path(__file__).with_name("example.json")
ATTENDEES = 40
# A room at work: somebody does something every few seconds.
PAUSE_SECONDS = (0.6, 3.5)
# What they do, by weight.
ACTS = {"react": 55, "vote": 25, "card": 14, "question": 6}
# When the example's posts are used up, the same words come again for others, and more seldom: a demo may stand for days.
AGAIN_SECONDS = {"card": 40.0, "question": 120.0}
# One question after the other is answered, so that the list stays one that can be read.
ANSWER_SECONDS = 90.0
AGENDA_SECONDS = 60.0

Example = dict[str, Any]


def command(arguments: argparse.Namespace) -> None:
    run(arguments.host, arguments.port, traffic=not arguments.no_traffic)


def run(host: str, port: int | None, traffic: bool) -> None:
    """Fills the board, prints its links and serves it until stopped."""
    os.environ["WEB_CONCURRENCY"] = "1"
    os.environ.pop("REDIS_URL", None)
    directory = Path(os.environ.get("BOARD_DATA_DIR") or "./data")
    database = directory / "demo.db"
    os.environ["DATABASE_URL"] = f"sqlite:///{database.resolve()}"
    loaded = settings.load()
    port = loaded.port if port is None else port
    require_free(host, port)  # before the board of a demo that is running already is taken away
    directory.mkdir(parents=True, exist_ok=True)
    for old in directory.glob("demo.db*"):
        old.unlink()
    example: Example = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    links = asyncio.run(_fill(loaded, example))

    def ready() -> None:
        _print_links(loaded, example, links, host, port)
        threading.Thread(target=_keep_agenda, args=(loaded, example), name="agenda", daemon=True).start()
        if traffic:
            room = (example, port, links[Role.MODERATOR])
            threading.Thread(target=_simulate, args=room, name="attendees", daemon=True).start()

    run_server(loaded, host, port, ready)


def _print_links(loaded: Settings, example: Example, links: dict[Role, str], host: str, port: int) -> None:
    base = loaded.public_url or f"http://{reach.reachable(host)}:{port}"
    shown = addresses(base, example["board"]["code"], links)
    print(f"\n  The demo board “{example['board']['title']}” is made anew at each start.\n")
    print(f"  Phone      {shown['join_url']}")
    print(f"  Screen     {shown['screen_url']}")
    print(f"  Moderator  {shown['moderate_url']}")
    print(f"  Organiser  {shown['organise_url']}\n")
    if sys.stdout.isatty():
        segno.make(shown["join_url"], error="l", micro=False).terminal(compact=True, border=2)
    if host == "127.0.0.1":
        print("  This computer only. For phones on the same network: make run HOST=0.0.0.0")
    print("  Ctrl-C stops.\n", flush=True)


# -- filling -------------------------------------------------------------------------------------------------------


async def _fill(loaded: Settings, example: Example) -> dict[Role, str]:
    """Posts everything by the same actions as the API, with a clock that runs through the days before."""
    clock = _Clock(datetime.now(UTC) - timedelta(days=1, hours=7))
    store = Store(loaded.database_url, Clock(clock, clock))
    store.migrate()
    store.start()
    try:
        zone = demo_agenda.daytime_zone(datetime.now(UTC))
        sessions = demo_agenda.shifted(example, zone, datetime.now(UTC))
        board_id = await store.write_any(lambda connection: _make(connection, store.now(), example, sessions, zone))
        links = await store.write(board_id, staff_links.new_links)
        crowd = _Authors(Access(loaded), store, board_id, example)
        await crowd.prepare()
        posts = [("card", card) for card in example["cards"]] + [("question", question) for question in example["questions"]]
        random.Random(23).shuffle(posts)  # noqa: S311 (the same board each time)
        pause = timedelta(days=1, hours=6) / len(posts)
        for kind, post in posts:
            clock.now += pause
            await crowd.post(kind, post)
        await crowd.finish()
        return links
    finally:
        await store.stop()


@dataclass
class _Clock:
    now: datetime

    def __call__(self) -> float:
        return self.now.timestamp()


def _make(connection: Any, now: int, example: Example, sessions: list[Session], zone: str) -> int:
    board = example["board"]
    first, last = sessions[0].starts_at or "", sessions[-1].ends_at or ""
    board_id, _ = lifecycle.new_board(
        connection,
        now,
        board["title"],
        board["code"],
        starts_on=first[:10],
        ends_on=last[:10],
        themes=[Theme(theme["id"], theme["name"], theme["short"], theme["colour"]) for theme in example["themes"]],
        teams=[Team(team if isinstance(team, str) else team["name"]) for team in example["teams"]],
        subtitle=board["subtitle"],
        time_zone=zone,
    )
    connection.execute(
        insert(schema.sessions),
        [rows.session_values(board_id, position, session) for position, session in enumerate(sessions)],
    )
    people = [{"board_id": board_id, "id": p["id"], "name": p["name"], "team": p["team"]} for p in example["people"]]
    connection.execute(insert(schema.people), people)
    return board_id


class _Authors:
    """The example's people as participants."""

    def __init__(self, access: Access, store: Store, board_id: int, example: Example) -> None:
        self._access, self._store, self._board_id = access, store, board_id
        self._people: dict[str, Example] = {person["id"]: person for person in example["people"]}
        self._joined: set[str] = set()

    async def prepare(self) -> None:
        loaded = await self._store.read(lambda connection: load(connection, self._board_id))
        assert loaded is not None
        self._board = loaded.board
        self._moderator = next(
            Actor(link.id, link.role, link.name) for link in self._board.links if link.role is Role.MODERATOR
        )
        self._voters = [self._access.participant(f"demo-{person}", self._board) for person in self._people]

    async def post(self, kind: str, post: Example) -> None:
        author = post.get("from")
        device = f"demo-{author or post['text'][:12]}"
        named, pseudonym = (self._access.participant(device, self._board, anonymous=flag) for flag in (False, True))
        if author and author not in self._joined:
            self._joined.add(author)
            person = self._people[author]
            await attendees.join(self._store, self._board_id, named, requests.Join(person["name"], person["team"]))
        body = post_body(kind, post)
        wanted = requests.parse_post(views.encode(body))
        stored, _ = await attendees.submit(self._store, self._board_id, named, pseudonym, wanted)
        marks = list(self._marks(stored, post))
        reads = Reads(posts=(stored.id,), marks=marks)
        await self._store.write(self._board_id, lambda transaction: _mark(transaction, stored.id, marks, post), reads)

    def _marks(self, stored: Post, post: Example) -> Iterator[Mark]:
        counts = {VOTE: post.get("votes", 0)} if stored.kind is Kind.QUESTION else post.get("reactions") or {}
        for key, count in counts.items():
            for voter in random.Random(stored.text).sample(self._voters, min(count, len(self._voters))):  # noqa: S311
                yield stored.id, voter, key

    async def finish(self) -> None:
        """The screen shows cards."""
        await screens.present(self._store, self._board_id, self._moderator, requests.NewScreen(Scene.CARDS))


def _mark(transaction: Transaction, post_id: str, marks: Iterable[Mark], post: Example) -> None:
    stored = transaction.post(post_id)
    assert stored is not None
    for _, voter, key in marks:
        stored = transaction.mark(stored, voter, key, True)
    changes = {name: post[name] for name in ("pinned", "answered", "answer") if post.get(name)}
    if changes:
        transaction.change_post(stored, **changes)


def post_body(kind: str, post: Example) -> Example:
    """An example's post as a phone would send it."""
    body: Example = {"id": str(uuid.uuid4()), "kind": kind, "text": post["text"], "anonymous": post.get("from") is None}
    if kind == "question":
        return body | ({"session": post["session"]} if post.get("session") else {})
    to = post["to"]
    entries = [{"person": person} for person in to.get("people", [])]
    if to.get("name"):
        entries.append({name: to[name] for name in ("name", "team") if to.get(name)})
    return body | {"to": entries, "theme": post.get("theme")}


# -- the agenda, for hours -----------------------------------------------------------------------------------------


def _keep_agenda(loaded: Settings, example: Example) -> None:
    """In a thread of its own. A demo that is over at the end of its day would show an empty room to whoever comes later."""
    with suppress(KeyboardInterrupt):
        asyncio.run(_go_on_for_ever(loaded, example))


async def _go_on_for_ever(loaded: Settings, example: Example) -> None:
    store = Store(loaded.database_url)
    store.start()
    board_id = await store.board_id(example["board"]["code"])
    while True:
        await asyncio.sleep(AGENDA_SECONDS)
        with suppress(BoardError):
            await store.write(board_id, _go_on)


def _go_on(transaction: Transaction) -> None:
    now = datetime.fromtimestamp(transaction.now / 1_000_000, UTC)
    for session in demo_agenda.went_on(rows.read_sessions(transaction.connection, transaction.board.id), now):
        known = transaction.session(session.id)
        assert known is not None
        transaction.change_session(known, starts_at=session.starts_at, ends_at=session.ends_at)


# -- the simulated room --------------------------------------------------------------------------------------------


def _simulate(example: Example, port: int, moderator: str) -> None:
    with suppress(KeyboardInterrupt):
        asyncio.run(_Room(example, port, moderator).live())


@dataclass
class _Phone:
    """One attendee's phone: a cookie, and a socket that keeps it counted."""

    person: Example
    cookie: str = ""
    reacted: set[tuple[str, str]] = field(default_factory=set)


class _Room:
    def __init__(self, example: Example, port: int, moderator: str) -> None:
        self._port = port
        self._moderator = moderator
        self._example = example
        self._path = f"/b/{example['board']['code']}"
        self._random = random.Random()  # noqa: S311 (a play, not a secret)
        people = self._random.sample(example["people"], min(ATTENDEES, len(example["people"])))
        self._phones = [_Phone(person) for person in people]
        self._left: dict[str, list[Example]] = {"card": [*example["extra_cards"]], "question": [*example["extra_questions"]]}
        self._used_up = {"card": False, "question": False}
        self._posted_at: dict[str, float] = {}
        self._posts: dict[str, str] = {}
        self._open: dict[str, int] = {}
        """Questions that wait for an answer, with their votes."""
        self._sessions: list[Example] = []

    async def live(self) -> None:
        await self._server_ready()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._act())
            tasks.create_task(self._answer_for_ever())
            for phone in self._phones:
                tasks.create_task(self._keep_connected(phone))

    async def _server_ready(self) -> None:
        for _ in range(300):
            with suppress(OSError):
                status, _, _ = await self._request(self._phones[0], "GET", "/readyz")
                if status == 200:
                    return
            await asyncio.sleep(0.1)

    async def _keep_connected(self, phone: _Phone) -> None:
        """People come in over the first minute, and come back when they lose the network."""
        await asyncio.sleep(self._random.uniform(0, 20))
        while True:
            with suppress(OSError, WebSocketException, TimeoutError):
                await self._come_in(phone)
                address = f"ws://127.0.0.1:{self._port}/api{self._path}/live"
                async with connect(address, additional_headers={"Cookie": phone.cookie}, compression=None, proxy=None) as live:
                    async for message in live:
                        self._note(json.loads(message))
            await asyncio.sleep(self._random.uniform(2, 8))

    async def _come_in(self, phone: _Phone) -> None:
        if phone.cookie:
            return
        _, headers, _ = await self._request(phone, "GET", self._path)
        phone.cookie = headers.get("Set-Cookie", "").split(";")[0]
        name = {"name": phone.person["name"], "team": phone.person["team"]}
        await self._request(phone, "POST", f"/api{self._path}/join", name)

    def _note(self, frame: Example) -> None:
        self._sessions = frame.get("sessions", self._sessions)
        for post in frame.get("posts", ()):
            if "kind" in post:
                self._posts[post["id"]] = post["kind"]
            if (post.get("kind") == "question" and not post.get("answered")) or post["id"] in self._open:
                self._open[post["id"]] = post.get("votes", 0)
            if post.get("answered"):
                self._open.pop(post["id"], None)
        for gone in frame.get("gone", ()):
            self._posts.pop(gone, None)
            self._open.pop(gone, None)

    async def _act(self) -> None:
        acts: dict[str, Callable[[_Phone], Any]] = {
            "react": self._react,
            "vote": self._vote,
            "card": lambda phone: self._post(phone, "card"),
            "question": lambda phone: self._post(phone, "question"),
        }
        while True:
            await asyncio.sleep(self._random.uniform(*PAUSE_SECONDS))
            present = [phone for phone in self._phones if phone.cookie]
            if present:
                act = self._random.choices(list(ACTS), list(ACTS.values()))[0]
                with suppress(OSError):
                    await acts[act](self._random.choice(present))

    async def _react(self, phone: _Phone) -> None:
        post, key = self._pick("card"), self._random.choice(list(Reaction))
        if post and (post, key) not in phone.reacted:
            phone.reacted.add((post, key))
            await self._request(phone, "PUT", f"/api{self._path}/posts/{post}/reactions/{key}", {})

    async def _vote(self, phone: _Phone) -> None:
        if post := self._pick("question"):
            await self._request(phone, "PUT", f"/api{self._path}/posts/{post}/vote", {})

    async def _post(self, phone: _Phone, kind: str) -> None:
        """The next that somebody who is here would write: words, language and name belong together."""
        here = {phone.person["id"]: phone for phone in self._phones if phone.cookie}
        now = time.monotonic()
        if self._used_up[kind] and now - self._posted_at.get(kind, 0) < AGAIN_SECONDS[kind]:
            return
        post = next((post for post in self._left[kind] if post.get("from") in {*here, None}), None)
        if post is None:
            self._begin_again(kind)
            return
        self._left[kind].remove(post)
        self._posted_at[kind] = now
        author = here.get(post.get("from"), phone)
        if kind == "question" or author.person["id"] not in post["to"].get("people", ()):
            body = post_body(kind, post)
            if kind == "question" and self._used_up[kind]:
                body |= {"session": self._running()}
            await self._request(author, "POST", f"/api{self._path}/posts", body)

    def _begin_again(self, kind: str) -> None:
        """The same words from their authors: cards to other colleagues, questions to the session that runs."""
        self._used_up[kind] = True
        posts = [*self._example[f"{kind}s"], *self._example[f"extra_{kind}s"]]
        self._random.shuffle(posts)
        if kind == "card":
            people = [person["id"] for person in self._example["people"]]
            posts = [post | {"to": {"people": [self._random.choice(people)]}} for post in posts]
        self._left[kind] = posts

    def _running(self) -> str | None:
        now = demo_agenda.iso(datetime.now(UTC))
        running = [one["id"] for one in self._sessions if (one.get("starts_at") or "") <= now < (one.get("ends_at") or "")]
        return running[-1] if running else None

    async def _answer_for_ever(self) -> None:
        """A moderator who ticks off what was answered aloud, the most voted first."""
        moderator = _Phone({})
        while True:
            await asyncio.sleep(ANSWER_SECONDS)
            with suppress(OSError):
                await self._answer_one(moderator)

    async def _answer_one(self, moderator: _Phone) -> None:
        if not moderator.cookie:
            _, headers, _ = await self._request(moderator, "GET", f"/l/{self._moderator}")
            staff = [cookie.split(";")[0] for cookie in headers.get_all("Set-Cookie", [])]
            moderator.cookie = "; ".join(staff)
            _, headers, _ = await self._request(moderator, "GET", self._path)
            phone = [cookie.split(";")[0] for cookie in headers.get_all("Set-Cookie", [])]
            moderator.cookie = "; ".join([*staff, *phone])
        if self._open:
            question = max(self._open, key=lambda post_id: self._open[post_id])
            await self._request(moderator, "PATCH", f"/api{self._path}/posts/{question}", {"answered": True})

    def _pick(self, kind: str) -> str | None:
        """Mostly something recent."""
        posts = [post for post, its in self._posts.items() if its == kind]
        return self._random.choice(posts[-30:] if self._random.random() < 0.7 else posts) if posts else None

    async def _request(self, phone: _Phone, method: str, path: str, body: object = None) -> tuple[int, Any, bytes]:
        return await asyncio.to_thread(self._request_now, phone, method, path, body)

    def _request_now(self, phone: _Phone, method: str, path: str, body: object) -> tuple[int, Any, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=10)
        headers = {"Content-Type": "application/json"} | ({"Cookie": phone.cookie} if phone.cookie else {})
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            response = connection.getresponse()
            return response.status, response.headers, response.read()
        except http.client.HTTPException as error:
            raise OSError(str(error)) from error
        finally:
            connection.close()

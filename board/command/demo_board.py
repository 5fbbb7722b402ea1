"""The board of the demo: filled by the same actions as the API, and its agenda kept in the middle of a working day."""

from __future__ import annotations

import asyncio
import random
import uuid
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from board.actions import attendees, lifecycle, screens, staff_links
from board.command import demo_agenda
from board.data import imports
from board.data.queries import load
from board.data.reads import VOTE, Mark, Reads
from board.data.store import Connection, Store
from board.data.transaction import Transaction
from board.model import requests, views
from board.model.models import Actor, BoardError, Kind, Post, Role, Scene, Session, Team, Theme
from board.process.clock import Clock
from board.process.settings import Settings
from board.web.access import Access

AGENDA_SECONDS = 60.0
Example = dict[str, Any]


async def fill(loaded: Settings, example: Example) -> dict[Role, str]:
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


def _make(connection: Connection, now: int, example: Example, sessions: list[Session], zone: str) -> int:
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
    imports.write_sessions(connection, board_id, sessions)
    imports.write_people(connection, board_id, {p["id"]: (p["name"], p["team"]) for p in example["people"]})
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
        """Ends the preparation: the large screen shows cards."""
        await screens.present(self._store, self._board_id, self._moderator, requests.NewScreen(Scene.CARDS))


def _mark(transaction: Transaction, post_id: str, marks: Iterable[Mark], post: Example) -> None:
    stored = transaction.post(post_id)
    assert stored is not None
    for _, voter, key in marks:
        stored = transaction.mark(stored, voter, key, True)
    changes = {name: post[name] for name in ("pinned", "answered", "answer") if post.get(name)}
    if changes:
        transaction.change_post(stored, **changes)


def keep_agenda(loaded: Settings, example: Example) -> None:
    """In a thread of its own. A demo that is over at the end of its day would show an empty room to everybody who comes
    later."""
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
    for session in demo_agenda.went_on(imports.agenda(transaction), now):
        known = transaction.session(session.id)
        assert known is not None
        transaction.change_session(known, starts_at=session.starts_at, ends_at=session.ends_at)


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

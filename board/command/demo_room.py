"""The simulated room of the demo: attendees who read, react, vote and write through the real HTTP API, for days."""

from __future__ import annotations

import asyncio
import http.client
import json
import random
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from board.command import demo_agenda
from board.command.demo_board import Example, post_body
from board.model.models import Reaction

ATTENDEES = 40
# A room at work: somebody does something every few seconds.
PAUSE_SECONDS = (0.6, 3.5)
# What they do, by weight.
ACTS = {"react": 55, "vote": 25, "card": 14, "question": 6}
# When the example's posts are used up, the same words come again for others, and more seldom: a demo may stand for days.
AGAIN_SECONDS = {"card": 40.0, "question": 120.0}
# One question after the other is answered, so that the list stays one that can be read.
ANSWER_SECONDS = 90.0


def simulate(example: Example, port: int, moderator: str) -> None:
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
        """The next post of a simulated attendee: words, language and name belong together."""
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

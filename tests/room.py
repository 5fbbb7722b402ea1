"""A room full of people for tests: authors who insist, viewers who follow as our pages do, workers that can be chosen, and what
all of them are held to when it is over."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from board.live.groups import OPEN_SHOWN
from tests.conftest import People
from tests.people import Attendee, Json, Live, Moderator, Person, question
from tests.servers import TLS, Server

Of = Callable[[Server, dict[str, str]], People]

SECRET = {"SECRET_KEY": "k" * 40}
INSIST_SECONDS = 90.0
CATCH_UP_SECONDS = 20.0
LOOK_SECONDS = 0.05
# Phones hear a beat every 10 s when it is quiet; later the connection is dead.
SILENT_SECONDS = 25.0


# -- workers -------------------------------------------------------------------------------------------------------


@contextmanager
def at(server: Server, number: int) -> Iterator[None]:
    """Connections within this block go to this worker, as the other workers are paused: only new connections, please.
    What is connected stays where it is."""
    others = [pid for place, pid in enumerate(sorted(server.worker_pids())) if place != number]
    assert others
    for pid in others:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in others:
            os.kill(pid, signal.SIGCONT)


async def viewers(server: Server, person: Person, **query: str | int) -> list[Live]:
    """A socket on each worker, past its snapshot."""
    opened = []
    for number in (0, 1):
        with at(server, number):
            opened.append(await person.live(**query))
            assert (await opened[-1].next())["type"] in ("snapshot", "changes")
    return opened


def whole(server: Server, *gone: int) -> bool:
    """Whether both workers answer, and none of those gone is among them."""
    pids = server.worker_pids()
    return len(pids) == 2 and not {*gone} & {*pids} and all(_answers(server, number) for number in (0, 1))


def _answers(server: Server, number: int) -> bool:
    with at(server, number), suppress(httpx.TransportError):
        return httpx.get(f"{server.url}/readyz", timeout=1, verify=TLS).status_code == 200
    return False


# -- what a frame says ---------------------------------------------------------------------------------------------


def shows(post: Json) -> Callable[[Json], bool]:
    return lambda frame: frame["type"] in ("changes", "snapshot") and any(p["id"] == post["id"] for p in frame["posts"])


def tells_author(**received: str) -> Callable[[Json], bool]:
    return lambda frame: frame["type"] == "mine" and frame["posts"] == [received]


def takes_away(post: Json) -> Callable[[Json], bool]:
    return lambda frame: frame["type"] == "changes" and post["id"] in frame["gone"]


async def closed(live: Live) -> int | None:
    with pytest.raises(ConnectionClosed):
        await live.until(lambda frame: False)
    return live.socket.close_code


async def until(holds: Callable[[], object], seconds: float, what: str, every_seconds: float = 0.01) -> float:
    """Waits until the condition holds, and looks so often; returns the seconds that it took."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < seconds, what
        await asyncio.sleep(every_seconds)
    return time.monotonic() - began


# -- people --------------------------------------------------------------------------------------------------------


async def insist(author: Attendee, body: Json) -> None:
    """Sends until it is answered, as the outbox of a phone does."""
    async with asyncio.timeout(INSIST_SECONDS):
        while True:
            with suppress(httpx.TransportError):
                response = await author.send("POST", "/posts", body)
                if response.status_code not in (408, 503):  # a phone sends again after both (shared/api.js)
                    assert response.status_code in (200, 201), response.text
                    return
            await asyncio.sleep(0.1)


class Follower:
    """A page that applies what it hears and comes back with its own seq when cut off, as ours does."""

    def __init__(self, person: Person, url: str | None = None, **query: str) -> None:
        self._person, self._url, self._query = person, url, query
        self.posts: dict[str, Json] = {}
        self.seq, self.epoch = -1, ""
        self.seen_at: dict[str, float] = {}
        """When each post was first shown."""
        self.gone_at: dict[str, float] = {}
        self.taken_back: set[str] = set()
        """Posts that were shown again after they had been taken away."""
        self.frames: list[str] = []
        self.connections = 0
        self.longest_alone = 0.0
        """Seconds without a connection, the longest."""
        self._alone_since = time.monotonic()
        self.connected = asyncio.Event()

    async def follow(self) -> None:
        """For ever."""
        while True:
            with suppress(ConnectionClosed, OSError, InvalidHandshake, TimeoutError):
                query = {"after": self.seq, "epoch": self.epoch} if self.epoch else {}
                async with asyncio.timeout(15):
                    live = await self._person.live(self._url, **self._query, **query)
                    self._apply(await live.next())
                self.connections += 1
                self.longest_alone = max(self.longest_alone, time.monotonic() - self._alone_since)
                self.connected.set()
                try:
                    while True:
                        self._apply(await live.next(SILENT_SECONDS))
                finally:
                    self._alone_since = time.monotonic()
                    live.socket.transport.abort()
            await asyncio.sleep(random.uniform(0.1, 0.5))

    def _apply(self, frame: Json) -> None:
        self.frames.append(json.dumps(frame))
        now = time.monotonic()
        if frame["type"] == "snapshot":
            held, self.posts = self.posts, {}
            self.seq, self.epoch = frame["seq"], frame["epoch"]
            self.gone_at |= {post: now for post in held if post not in {post["id"] for post in frame["posts"]}}
        elif frame["type"] == "changes":
            assert frame["after"] <= self.seq <= frame["to"], (frame["after"], self.seq, frame["to"])
            self.seq = frame["to"]
        for post in frame.get("posts", []):
            if "kind" in post:
                self.posts[post["id"]] = post
                self.seen_at.setdefault(post["id"], now)
                if post["id"] in self.gone_at:
                    self.taken_back.add(post["id"])
            elif post["id"] in self.posts:
                self.posts[post["id"]] |= post
        for post_id in frame.get("gone", []):
            self.posts.pop(post_id, None)
            self.gone_at[post_id] = now


class Room:
    """People who write all the time and viewers who follow, while something goes wrong."""

    def __init__(self, server: Server, here: People, stack: AsyncExitStack) -> None:
        self.server, self.here = server, here
        self.followers: list[Follower] = []
        self.wanted: list[str] = []
        """Texts in the order in which they were first sent."""
        self.most = OPEN_SHOWN
        """How many questions are written: a snapshot shows no more, and a slow machine gives us time for thousands."""
        self.acknowledged: dict[str, tuple[str, float]] = {}
        """By text: the post's id, and when it was acknowledged."""
        self._following: list[asyncio.Task[None]] = []
        self._stack = stack

    async def follow(self, person: Person, url: str | None = None, **query: str) -> Follower:
        follower = Follower(person, url, **query)
        self.followers.append(follower)
        self._following.append(asyncio.create_task(follower.follow()))
        await asyncio.wait_for(follower.connected.wait(), 10)
        return follower

    @asynccontextmanager
    async def writing(self, authors: int = 4, each_second: float = 5.0) -> AsyncIterator[None]:
        """So many people write at this pace each until the block ends; one without an answer sends again. Two in ten send the
        same again, as a phone does that lost the answer."""
        people = [await self.here.attendee(f"Guest {number}") for number in range(authors)]
        over = asyncio.Event()

        async def attend(number: int) -> None:
            count = 0
            while not over.is_set():
                if len(self.wanted) >= self.most:
                    await asyncio.sleep(LOOK_SECONDS)
                    continue
                count += 1
                body = question(f"Question {count} of guest {number} in {len(self.wanted)}?")
                self.wanted.append(body["text"])
                await insist(people[number], body)
                self.acknowledged[body["text"]] = (body["id"], time.monotonic())
                if count % 5 == 0:
                    await insist(people[number], body)
                await asyncio.sleep(1 / each_second)

        writers = [asyncio.create_task(attend(number)) for number in range(authors)]
        try:
            yield
            over.set()
            await asyncio.gather(*writers)
        finally:
            for writer in writers:
                writer.cancel()

    async def verify(self) -> None:
        """The law: what was acknowledged is there exactly once, and every viewer shows what a fresh snapshot shows."""
        for follower in self._following:
            if follower.done():
                follower.result()  # it found something wrong
        fresh: Json = {}
        there: set[str] = set()
        acknowledged = {post_id for post_id, _ in self.acknowledged.values()}
        deadline = time.monotonic() + CATCH_UP_SECONDS
        async with asyncio.timeout(2 * CATCH_UP_SECONDS):
            while True:
                async with Attendee(self.server.url, self.here.code) as visitor:
                    with suppress(httpx.TransportError, AssertionError):
                        fresh = await visitor.snapshot()
                        # A worker hears of a post a moment after the other one acknowledged it: all may be behind together.
                        there = {post["id"] for post in fresh["posts"]}
                        if acknowledged <= there and all(follower.seq == fresh["seq"] for follower in self.followers):
                            break
                if time.monotonic() > deadline:
                    raise AssertionError(f"not there: {acknowledged - there}; {[each.seq for each in self.followers]}")
                await asyncio.sleep(0.1)
        assert sorted(post["text"] for post in fresh["posts"] if post["text"] in set(self.wanted)) == sorted(self.wanted)
        window = {post["id"]: post for post in fresh["posts"]}
        for follower in self.followers:
            more = {post_id: post for post_id, post in follower.posts.items() if post_id not in window}
            assert follower.posts == more | window
            assert all(post["kind"] == "card" for post in more.values()), "only old cards leave the window"
            assert not follower.taken_back

    async def all_seen(self) -> None:
        """What has been acknowledged by now has come to every viewer, while all goes on as it is."""
        by_now = {post_id for post_id, _ in self.acknowledged.values()}
        async with asyncio.timeout(CATCH_UP_SECONDS):
            while True:
                if all(by_now <= follower.seen_at.keys() for follower in self.followers):
                    return
                await asyncio.sleep(0.05)

    def delays(self, follower: Follower) -> list[float]:
        """Seconds from the acknowledgement of each post to this viewer; negative for a viewer who was first."""
        return sorted(follower.seen_at[post_id] - at for post_id, at in self.acknowledged.values())

    def worst_delay(self) -> float:
        return max(self.delays(follower)[-1] for follower in self.followers)

    async def close(self) -> None:
        pending = set(self._following)
        while pending:  # a library may swallow a cancellation
            for task in pending:
                task.cancel()
            _, pending = await asyncio.wait(pending, timeout=1)


@asynccontextmanager
async def room(server: Server, followers: int = 2, **board: str) -> AsyncIterator[Room]:
    async with AsyncExitStack() as stack:
        made = board or server.create()
        here = People(server, made, stack)
        gathered = Room(server, here, stack)
        stack.push_async_callback(gathered.close)
        for _ in range(followers):
            await gathered.follow(await here.attendee())
        yield gathered


def new_link(server: Server, board: dict[str, str], name: str) -> str:
    link = server.run("link", board["code"], "moderator", "--name", name).stdout.strip()
    return link.replace("//localhost:", "//127.0.0.1:")


async def moderator_of(server: Server, code: str, stack: AsyncExitStack, name: str = "Mira") -> Moderator:
    link = new_link(server, {"code": code}, name)
    return await stack.enter_async_context(Moderator(server.url, code, link))

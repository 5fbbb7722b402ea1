"""Attendees and moderators as programs: HTTP by httpx, sockets by `websockets`, nothing of our own code."""

from __future__ import annotations

import asyncio
import json
import ssl
import uuid
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

import httpx
from websockets.asyncio.client import ClientConnection, connect

JSON = {"Content-Type": "application/json"}
FRAME_SECONDS = 10.0
TLS = ssl.create_default_context()
"""One for all people: each would read the list of authorities, which takes longer than what it asks."""

Json = dict[str, Any]


class Live:
    """A WebSocket of a test, with the frames that it received."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.frames: list[Json] = []

    async def next(self, seconds: float = FRAME_SECONDS) -> Json:
        async with asyncio.timeout(seconds):  # not wait_for, which may swallow a cancellation before Python 3.12
            frame: Json = json.loads(await self.socket.recv())
        self.frames.append(frame)
        return frame

    async def until(self, wanted: Callable[[Json], object], seconds: float = FRAME_SECONDS) -> Json:
        """The next frame of this kind; the others are kept in `frames`."""
        async with asyncio.timeout(seconds):
            while True:
                frame = await self.next(seconds)
                if wanted(frame):
                    return frame

    async def drain(self, seconds: float = 0.3) -> list[Json]:
        """What comes until it has been quiet for so long."""
        drained = []
        while True:
            try:
                drained.append(await self.next(seconds))
            except TimeoutError:
                return drained


class Person:
    """A browser, as far as the server can tell."""

    def __init__(self, url: str, code: str) -> None:
        self.url, self.code = url, code
        self.api = f"/api/b/{code}"
        self.http = httpx.AsyncClient(base_url=url, timeout=20, verify=TLS)
        self._sockets: list[ClientConnection] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for socket in self._sockets:
            await socket.close()
        await self.http.aclose()

    @property
    def cookie(self) -> str:
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.http.cookies.jar)

    async def get(self, path: str = "", **query: str | int) -> httpx.Response:
        return await self.http.get(self.api + path, params=query)

    async def send(self, method: str, path: str, body: object = None) -> httpx.Response:
        """A page has been open before anybody writes, so a cookie is there by then."""
        if not self.http.cookies:
            await self.get("/mine")
        content = b"" if body is None else encoded(body)
        return await self.http.request(method, self.api + path, content=content, headers=JSON)

    async def snapshot(self, **query: str) -> Json:
        response = await self.get(**query)
        assert response.status_code == 200, response.text
        snapshot: Json = response.json()
        return snapshot

    async def live(self, url: str | None = None, **query: str | int) -> Live:
        """Opens the socket; the first frame is still to come."""
        address = (url or self.url).replace("http", "ws", 1) + self.api + "/live"
        if query:
            address += "?" + "&".join(f"{name}={value}" for name, value in query.items())
        headers = {"Cookie": self.cookie} if self.cookie else {}
        # Without a bound on what waits to be looked at: `websockets` would stop reading, and then hear of no close either.
        socket = await connect(address, additional_headers=headers, compression=None, proxy=None, max_queue=None)
        self._sockets.append(socket)
        return Live(socket)


def encoded(value: object) -> bytes:
    """JSON as browsers write it: UTF-8, but for half characters."""
    try:
        return json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(value).encode()


class Attendee(Person):
    async def join(self, name: str, team: str | None = None) -> Json:
        response = await self.send("POST", "/join", {"name": name, "team": team})
        assert response.status_code == 200, response.text
        participant: Json = response.json()["participant"]
        return participant

    async def celebrate(self, text: str = "You taught me how to measure heat.", **fields: object) -> Json:
        return self._created(await self.send("POST", "/posts", card(text, **fields)))

    async def ask(self, text: str = "Who pays for the training of delegates?", **fields: object) -> Json:
        return self._created(await self.send("POST", "/posts", question(text, **fields)))

    @staticmethod
    def _created(response: httpx.Response) -> Json:
        assert response.status_code == 201, response.text
        post: Json = response.json()["post"]
        return post


class Moderator(Person):
    def __init__(self, url: str, code: str, link: str) -> None:
        super().__init__(url, code)
        self._link = link

    async def __aenter__(self) -> Self:
        response = await self.http.get(self._link)
        assert response.status_code == 303, response.text
        return self

    async def moderate(self, post: Json, **changes: object) -> httpx.Response:
        return await self.send("PATCH", f"/posts/{post['id']}", changes)


def card(text: str = "You taught me how to measure heat.", **fields: object) -> Json:
    return {"id": str(uuid.uuid4()), "kind": "card", "to": [{"name": "Nadia", "team": "Bangladesh"}], "text": text} | fields


def question(text: str = "Who pays for the training of delegates?", **fields: object) -> Json:
    return {"id": str(uuid.uuid4()), "kind": "question", "text": text} | fields

"""Many phones over a few connections that stay open, as a proxy has them: a client for each would cost more than the server."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple

from tests.servers import Server

LINES = 50
ANSWER_SECONDS = 60


class Answer(NamedTuple):
    status: int
    cookie: str
    """The first one that the server gives, as the browser sends it back; empty if it gives none."""


class Lines:
    """Requests, as many at a time as there are connections; the others wait."""

    def __init__(self, host: str) -> None:
        self._host = host
        self._free: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()

    def add(self, line: tuple[asyncio.StreamReader, asyncio.StreamWriter]) -> None:
        self._free.put_nowait(line)

    async def ask(self, method: str, path: str, body: object = None, cookie: str = "") -> Answer:
        content = b"" if body is None else json.dumps(body).encode()
        head = f"{method} {path} HTTP/1.1\r\nHost: {self._host}\r\nContent-Type: application/json\r\n"
        head += f"Content-Length: {len(content)}\r\n" + (f"Cookie: {cookie}\r\n" if cookie else "") + "\r\n"
        reader, writer = line = await self._free.get()
        writer.write(head.encode() + content)
        async with asyncio.timeout(ANSWER_SECONDS):
            first, *fields = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").splitlines()
            given = [field.partition(":") for field in fields]
            [length] = [value for name, _, value in given if name.lower() == "content-length"]
            await reader.readexactly(int(length))
        self._free.put_nowait(line)  # not after a fault: what comes next on such a line answers another request
        cookies = [value.strip().partition(";")[0] for name, _, value in given if name.lower() == "set-cookie"]
        return Answer(int(first.split()[1]), cookies[0] if cookies else "")


@asynccontextmanager
async def lines(server: Server, count: int = LINES) -> AsyncIterator[Lines]:
    made, opened = Lines(f"{server.host}:{server.port}"), []
    try:
        for _ in range(count):
            line = await asyncio.open_connection(server.host, server.port)
            opened.append(line[1])
            made.add(line)
        yield made
    finally:
        for writer in opened:
            writer.close()

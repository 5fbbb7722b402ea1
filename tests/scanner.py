"""A scanner between browser and server, as hotels have it: it lets a live connection open and passes nothing of it down."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

CHUNK = 65_536


class Scanner:
    """Swallows what comes down on these ways, after the head of the answer; everything else passes."""

    def __init__(self, port: int, ways: tuple[str, ...]) -> None:
        self._port = port
        self.swallowed = ways
        self.asked: list[str] = []
        """Each live connection that was opened, in order: `live` or `events`."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._writers: list[asyncio.StreamWriter] = []

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.port: int = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        for writer in self._writers:
            writer.transport.abort()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, out = await asyncio.open_connection("127.0.0.1", self._port)
        self._writers += [writer, out]
        silent = asyncio.Event()
        for job in (self._up(reader, out, silent), self._down(there, writer, silent)):
            task = asyncio.create_task(job)
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _up(self, reader: asyncio.StreamReader, out: asyncio.StreamWriter, silent: asyncio.Event) -> None:
        with suppress(OSError):
            while data := await reader.read(CHUNK):
                line = data.split(b"\r\n", 1)[0].decode(errors="replace")
                for way in ("live", "events"):
                    if f"/{way}?" in line or f"/{way} " in line:
                        self.asked.append(way)
                        if way in self.swallowed:
                            silent.set()
                out.write(data)
                await out.drain()
        out.transport.abort()

    async def _down(self, there: asyncio.StreamReader, writer: asyncio.StreamWriter, silent: asyncio.Event) -> None:
        headed = False
        with suppress(OSError):
            while data := await there.read(CHUNK):
                if silent.is_set():
                    head, found, _ = data.partition(b"\r\n\r\n")
                    data = b"" if headed else head + found
                    headed = headed or bool(found)
                writer.write(data)
                await writer.drain()
        writer.transport.abort()


@asynccontextmanager
async def scanner(port: int, *ways: str) -> AsyncIterator[Scanner]:
    between = Scanner(port, ways)
    await between.start()
    try:
        yield between
    finally:
        await between.stop()

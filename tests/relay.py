"""A network that fails when a test says so: a TCP relay on a port of its own between two that would otherwise talk directly."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

CHUNK = 65_536


class Relay:
    """While it is a black hole, whatever is sent is taken and lost, in both directions, and connections stay open; while it is
    stalled nothing is read, so that senders' buffers fill."""

    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        self._host = host
        self.target = port
        """Where connections that are opened from now on lead to."""
        self.black_hole = False
        self._flows = asyncio.Event()
        self._flows.set()
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._abandoned: set[asyncio.Task[None]] = set()
        self.carried = bytearray()
        """What went from the target to its clients, and back."""
        self.keeps = False
        self.stalls_after: int | None = None
        """So many bytes more go through, in both directions together; then it is stalled."""
        self.accepted = 0

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.port: int = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        self._server.close()
        self.cut()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def stall(self, stalled: bool) -> None:
        self._flows.clear() if stalled else self._flows.set()

    @property
    def stalled(self) -> bool:
        return not self._flows.is_set()

    def cut(self) -> None:
        """All that is open is reset, in the middle of whatever."""
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()

    def abandon(self) -> None:
        """All that is open stays open and is a black hole for ever; what is opened later is not."""
        self._abandoned |= self._tasks

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.accepted += 1
        self._writers.add(writer)
        try:
            there = await asyncio.open_connection(self._host, self.target)
        except OSError:
            writer.transport.abort()
            return
        self._writers.add(there[1])
        for source, sink in ((reader, there[1]), (there[0], writer)):
            task = asyncio.create_task(self._carry(source, sink))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _carry(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await source.read(CHUNK):
                await self._flows.wait()
                self._count(len(data))
                if self.keeps:
                    self.carried += data
                if not self._swallows():
                    sink.write(data)
                    await sink.drain()
        if not self._swallows():
            sink.transport.abort()

    def _count(self, size: int) -> None:
        if self.stalls_after is not None:
            self.stalls_after -= size
            if self.stalls_after <= 0:
                self.stalls_after = None
                self.stall(True)

    def _swallows(self) -> bool:
        return self.black_hole or asyncio.current_task() in self._abandoned


@asynccontextmanager
async def relay(port: int) -> AsyncIterator[Relay]:
    relay = Relay(port)
    await relay.start()
    try:
        yield relay
    finally:
        await relay.stop()

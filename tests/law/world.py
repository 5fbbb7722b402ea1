"""Two workers in one thread: real hubs and stores, on a clock that the test moves and a bus that it spoils.

Nothing here waits for the machine, so a run that fails fails again: the loop's time jumps to the next timer, and the stores do
their work on the loop itself, where the test says how long it takes.
"""

from __future__ import annotations

import asyncio
import selectors
from collections import deque
from collections.abc import Awaitable, Callable
from enum import Enum
from typing import Any, TypeVar

from sqlalchemy import Connection

from board.data.store import Store, _Job
from board.data.transaction import Reads
from board.live.bus import OnGap, OnMessage
from board.live.hub import Hub
from board.model.models import BoardError, StorageDown
from board.process.clock import Clock

T = TypeVar("T")

BEGINNING_SECONDS = 1_800_000_000.0


class Time(selectors.DefaultSelector):
    """Instead of waiting for the next timer, goes on to it."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        assert timeout is not None, "everything waits for something that will never come"
        self.now += max(0.0, timeout)
        return super().select(0)


class Loop(asyncio.SelectorEventLoop):
    """The event loop of this thread."""

    def __init__(self) -> None:
        self.clock = Time()
        super().__init__(self.clock)

    def time(self) -> float:
        return self.clock.now

    def run_in_executor(self, executor: Any, func: Callable[..., T], *args: Any) -> asyncio.Future[T]:
        """At once, in this thread: time jumps on here, so a real thread on a busy machine would take minutes of this clock."""
        future: asyncio.Future[T] = self.create_future()
        try:
            future.set_result(func(*args))
        except Exception as error:
            future.set_exception(error)
        return future


class LawStore(Store):
    """A real store without its threads. After each commit `learn` is called, before anybody hears of it."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._due: list[_Job[Any]] = []
        self._committed: deque[tuple[list[_Job[Any]], Any]] = deque()

    def attach(self, loop: Loop, learn: Callable[[], None]) -> None:
        """To the next world."""
        self._loop, self._learn = loop, learn
        self._clock = Clock(lambda: BEGINNING_SECONDS + loop.time(), loop.time)
        self.listeners.clear()
        self._due.clear()
        self._committed.clear()
        self._board_ids.clear()
        self.calm()

    def calm(self) -> None:
        self.reading_seconds = (0.0, 0.0)
        """How long it takes until a reading sees the database, and from then until the reader has it."""
        self.answer_seconds = 0.0
        """From a commit until this process hears of it."""
        self.down = False

    async def _queued(self, board_id: int | None, command: Callable[[Any], T], reads: Reads) -> T:
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()

        def answer(job: _Job[T]) -> None:
            if job.error is not None:
                future.set_exception(job.error)
            else:
                future.set_result(job.result)  # type: ignore[arg-type]

        if not self._due:
            asyncio.get_running_loop().call_soon(self._commit_due)
        self._due.append(_Job(board_id, command, reads, answer))
        return await future

    def _commit_due(self) -> None:
        batch, self._due = self._due, []
        try:
            changes = self._commit(batch)
            self._learn()
        except Exception as fault:  # nobody would ever be answered, and the test would not end
            changes = []
            for job in batch:
                job.error = AssertionError("the law has a fault of its own")
                job.error.__cause__ = fault
        self._committed.append((batch, changes))
        asyncio.get_running_loop().call_later(self.answer_seconds, lambda: self._answer(*self._committed.popleft()))

    async def read(self, query: Callable[[Connection], T]) -> T:
        before, after = self.reading_seconds
        await asyncio.sleep(before)
        if self.down:
            raise StorageDown()
        found = self.read_now(query)
        await asyncio.sleep(after)
        return found


class Weather(Enum):
    """How messages fare on their way to a worker."""

    CALM = 1
    LOSSY = 2
    DOUBLING = 3
    SLOW = 4


class LawBus:
    """One worker's end of the bus."""

    shared = True

    def __init__(self) -> None:
        self.others: list[LawBus] = []
        self.healthy = True
        self.weather = Weather.CALM
        self.late: list[tuple[str, bytes]] = []
        self._topics: set[str] = set()

    async def start(self, on_message: OnMessage, on_gap: OnGap) -> None:
        self._on_message, self.on_gap = on_message, on_gap

    async def stop(self) -> None:
        self._topics.clear()

    def publish(self, topic: str, data: bytes) -> None:
        for other in self.others:
            other.tell(topic, data)

    def subscribe(self, topic: str) -> None:
        self._topics.add(topic)

    def unsubscribe(self, topic: str) -> None:
        self._topics.discard(topic)

    def tell(self, topic: str, data: bytes) -> None:
        if self.weather in (Weather.SLOW, Weather.DOUBLING):
            self.late.append((topic, data))
        if self.weather in (Weather.CALM, Weather.DOUBLING):
            asyncio.get_running_loop().call_soon(self.hear, topic, data)

    def hear(self, topic: str, data: bytes) -> None:
        if topic in self._topics:
            self._on_message(topic, data)


class Worker:
    def __init__(self, store: LawStore, loop: Loop) -> None:
        self.store = store
        self.bus = LawBus()
        self.hub = Hub(self.store, self.bus, loop.time)

    def calm(self) -> None:
        self.bus.weather, self.bus.healthy = Weather.CALM, True
        self.store.calm()


class World:
    """All processes of one installation: two workers, and the organiser's command line, which tells nobody."""

    def __init__(self, stores: list[LawStore], learn: Callable[[], None]) -> None:
        """`stores`: one for each worker; the last one is that of the command line."""
        self.loop = Loop()
        for store in stores:
            store.attach(self.loop, learn)
        self.workers = [Worker(store, self.loop) for store in stores[:-1]]
        self.command_line = stores[-1]
        for worker in self.workers:
            worker.bus.others = [other.bus for other in self.workers if other is not worker]
        self.loop.run_until_complete(self._start())

    async def _start(self) -> None:
        for worker in self.workers:
            await worker.hub.start()

    def run(self, seconds: float) -> None:
        self.loop.run_until_complete(asyncio.sleep(seconds))

    def calm(self) -> None:
        for worker in self.workers:
            worker.calm()

    def do(self, *acts: Awaitable[object]) -> list[Any]:
        """All at once, so that several are committed together. Refusals are part of life, faults are not."""

        async def together() -> list[Any]:
            return await asyncio.gather(*acts, return_exceptions=True)

        results = self.loop.run_until_complete(together())
        for result in results:
            if isinstance(result, BaseException) and not isinstance(result, BoardError):
                raise result
        return [result for result in results if not isinstance(result, BoardError)]

    def close(self) -> None:
        self.calm()
        self.run(1.0)
        self.loop.run_until_complete(self._stop())
        self.loop.close()

    async def _stop(self) -> None:
        for worker in self.workers:
            await worker.hub.stop()
        left = asyncio.all_tasks() - {asyncio.current_task()}
        assert not left, f"tasks that nobody ends: {left}"

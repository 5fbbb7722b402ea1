"""Endless tasks of the process: one that dies is logged, started again after a pause that grows, and named in `/readyz`."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Callable, Coroutine
from typing import Any, ParamSpec

log = logging.getLogger(__name__)

P = ParamSpec("P")
Endless = Callable[[], Coroutine[Any, Any, object]]

LEAST_PAUSE_SECONDS = 0.1
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
# A task that has run so long since it was started again is well.
WELL_AFTER_SECONDS = 10.0
# Before Python 3.12 `wait_for`, by which redis-py sends, may swallow a cancellation: then it is repeated.
CANCEL_AGAIN_SECONDS = 0.5
# A callback that always fails writes one traceback in this time, or a flood of bad messages would fill the disk.
TRACEBACK_SECONDS = 10.0


class Task:
    """One endless task."""

    def __init__(self, name: str, endless: Endless, clock: Callable[[], float]) -> None:
        self.name = name
        self._endless = endless
        self._clock = clock
        self._failures = 0
        self._began = clock()
        self._pausing = False
        self._task = asyncio.create_task(self._keep_running(), name=name)

    @property
    def ill(self) -> bool:
        """Whether it died, and has not run long enough since then."""
        return self._failures > 0 and (self._pausing or self._clock() - self._began < WELL_AFTER_SECONDS)

    async def stop(self) -> None:
        while not self._task.done():
            self._task.cancel()
            await asyncio.wait([self._task], timeout=CANCEL_AGAIN_SECONDS)

    async def _keep_running(self) -> None:
        while True:
            self._began, self._pausing = self._clock(), False
            try:
                await self._endless()
                self._died(None)
            except Exception as error:
                self._died(error)
            self._pausing = True
            await asyncio.sleep(pause_seconds(self._failures, random.random()))  # noqa: S311 (no secret)

    def _died(self, error: Exception | None) -> None:
        if self._clock() - self._began >= WELL_AFTER_SECONDS:
            self._failures = 0
        self._failures += 1
        # The same fault in a row has the same traceback: the log has it once.
        log.error(
            "%s: the background task ended (%s); it starts again, try %d",
            self.name,
            f"{type(error).__name__}: {error}" if error else "it returned",
            self._failures,
            exc_info=error if self._failures == 1 else None,
        )


class Supervisor:
    """All endless tasks of one process.

    `clock` counts seconds and never goes back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._tasks: dict[str, Task] = {}

    def run(self, name: str, endless: Endless) -> Task:
        """Starts a task on the running loop and keeps it running; `endless` is called again whenever it ends."""
        task = self._tasks[name] = Task(name, endless, self._clock)
        return task

    @property
    def ill(self) -> list[str]:
        """The names of the tasks that died lately, for `/readyz`."""
        return sorted(name for name, task in self._tasks.items() if task.ill)

    async def stop(self, *names: str) -> None:
        """Ends these tasks, or all, and waits for their end."""
        ending = [self._tasks.pop(name) for name in names or list(self._tasks) if name in self._tasks]
        await asyncio.gather(*(task.stop() for task in ending))


async def every(seconds: float, act: Callable[[], object]) -> None:
    """Acts for ever, with so long a pause before each time."""
    while True:
        await asyncio.sleep(seconds)
        act()


def pause_seconds(failures: int, chance: float) -> float:
    """Full jitter below a limit that doubles with each failure in a row; `chance` is from 0 to 1."""
    limit = min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * float(1 << min(failures - 1, 16)))
    return max(LEAST_PAUSE_SECONDS, limit * chance)


def guarded(what: str, callback: Callable[P, object], clock: Callable[[], float] = time.monotonic) -> Callable[P, None]:
    """The callback, whose exceptions are logged and go no further: one bad message costs itself alone."""
    logged_at = -TRACEBACK_SECONDS
    silent = 0

    def call(*args: P.args, **kwargs: P.kwargs) -> None:
        nonlocal logged_at, silent
        try:
            callback(*args, **kwargs)
        except Exception:
            silent += 1
            if clock() - logged_at >= TRACEBACK_SECONDS:
                log.exception("%s failed (%d times since the last log line)", what, silent)
                logged_at, silent = clock(), 0

    return call

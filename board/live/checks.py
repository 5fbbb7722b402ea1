"""One look for all that ask at the same time, and never an older one than the question."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any


class Checks:
    """`look` is called with the number of a board. What it raises, all that wait for it get."""

    def __init__(self, look: Callable[[int], Coroutine[Any, Any, None]]) -> None:
        self._look = look
        self._running: dict[int, asyncio.Task[None]] = {}
        self._following: dict[int, asyncio.Future[None]] = {}

    async def checked(self, board_id: int) -> None:
        """Returns after a look that began after this call."""
        if board_id not in self._running:
            await asyncio.shield(self._begin(board_id))
            return
        # The running one may have looked before our caller came; the next one has not.
        following = self._following.setdefault(board_id, asyncio.get_running_loop().create_future())
        await asyncio.shield(following)

    def _begin(self, board_id: int) -> asyncio.Task[None]:
        task = self._running[board_id] = asyncio.create_task(self._run(board_id), name="check-board")
        return task

    async def _run(self, board_id: int) -> None:
        try:
            await self._look(board_id)
        finally:
            del self._running[board_id]
            following = self._following.pop(board_id, None)
            if following is not None:
                self._begin(board_id).add_done_callback(lambda done: _settle(following, done))

    def tasks(self) -> list[asyncio.Task[None]]:
        """Those under way; a hub that stops ends them."""
        return list(self._running.values())


def _settle(future: asyncio.Future[None], done: asyncio.Task[None]) -> None:
    if done.cancelled():
        future.cancel()
    elif future.done():
        done.exception()
    elif (error := done.exception()) is not None:
        future.set_exception(error)
    else:
        future.set_result(None)

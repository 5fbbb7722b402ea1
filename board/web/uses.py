"""When staff links were used: noted with each use, written at most once a minute for each link, never while somebody waits."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from board.data import links
from board.data.store import Store
from board.model.models import StorageDown

log = logging.getLogger(__name__)

WRITTEN_SECONDS = 60.0
PAUSE_SECONDS = 5.0
# Only links that are there are noted; more of them in a minute wait for their next use.
MOST_NOTED = 5_000


class Uses:
    """`steady` counts seconds and never goes back; `now` is microseconds since 1970."""

    def __init__(self, steady: Callable[[], float], now: Callable[[], int]) -> None:
        self._steady, self._now = steady, now
        self._noted: dict[tuple[int, str], int] = {}
        """When each link, by board and id, was used last, where that is not written yet."""
        self._written: dict[tuple[int, str], float] = {}

    def note(self, board_id: int, link_id: str) -> None:
        """Somebody comes by this link."""
        key = (board_id, link_id)
        if key in self._noted or len(self._noted) < MOST_NOTED:
            self._noted[key] = self._now()

    async def write_for_ever(self, store: Store) -> None:
        while True:
            await asyncio.sleep(PAUSE_SECONDS)
            await self.write(store)

    async def write(self, store: Store) -> None:
        """What was noted and is due; kept for the next time where the database does not answer."""
        now = self._steady()
        self._written = {key: at for key, at in self._written.items() if now - at < WRITTEN_SECONDS}
        due = {key: at for key, at in self._noted.items() if key not in self._written}
        if not due:
            return
        seldom = int(WRITTEN_SECONDS * 1_000_000)
        try:
            await store.write_any(lambda connection: links.used(connection, due, seldom))
        except StorageDown as error:
            log.info("when links were used is not written yet: %s", error)
            return
        self._written |= dict.fromkeys(due, now)
        self._noted = {key: at for key, at in self._noted.items() if at != due.get(key)}

"""The rosters of boards in this process, read when they are needed and kept for a moment."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable

from board.data import rows
from board.data.store import Store
from board.model.lookup import Roster

# Workers tell each other of a changed roster. What is lost, or comes by the command line, they find so much later.
FRESH_SECONDS = 10.0
# Ten thousand people take some megabytes.
KEPT_SECONDS = 120.0
BOARDS_KEPT = 50


class _Kept:
    def __init__(self) -> None:
        self.reading = asyncio.Lock()
        self.roster: Roster | None = None
        self.read_at = self.used_at = 0.0


class Rosters:
    """`clock` counts seconds and never goes back."""

    def __init__(self, store: Store, clock: Callable[[], float] = time.monotonic) -> None:
        self._store, self._clock = store, clock
        self._boards: OrderedDict[int, _Kept] = OrderedDict()
        """The one that was used last at the end."""

    async def of(self, board_id: int) -> Roster:
        """The people of the board, as imported some seconds ago. Read once, however many wait. Raises `StorageDown`."""
        kept = self._used(board_id)
        async with kept.reading:
            if kept.roster is None or self._clock() - kept.read_at > FRESH_SECONDS:
                # Built in the reader's thread: folding ten thousand names takes longer than others may wait.
                kept.roster = await self._store.read(lambda connection: Roster(rows.roster(connection, board_id)))
                kept.read_at = self._clock()
            return kept.roster

    def forget(self, board_id: int) -> None:
        """The roster has changed: the next reader loads it again."""
        self._boards.pop(board_id, None)

    def _used(self, board_id: int) -> _Kept:
        now, kept = self._clock(), self._boards.setdefault(board_id, _Kept())
        self._boards.move_to_end(board_id)
        kept.used_at = now
        while len(self._boards) > BOARDS_KEPT or now - next(iter(self._boards.values())).used_at > KEPT_SECONDS:
            self._boards.popitem(last=False)
        return kept

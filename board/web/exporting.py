"""How many exports of one board are under way on this worker. Each holds all posts of the board in memory until it is sent, and
boards may cost nothing: without a bound one organiser's link could take the memory of all."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterable, AsyncIterator, Iterator
from contextlib import contextmanager

from board.model.models import Conflict

MOST_AT_ONCE = 2


class Exporting:
    def __init__(self) -> None:
        self._under_way = Counter[int]()

    @contextmanager
    def one(self, board_id: int) -> Iterator[None]:
        """While it is made. Raises `Conflict` where as many are under way as may be."""
        if self._under_way[board_id] >= MOST_AT_ONCE:
            raise Conflict("exports-under-way", most=MOST_AT_ONCE)
        with self._counted(board_id):
            yield

    async def sending(self, board_id: int, parts: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
        """While it is sent, to its end or until the reader leaves."""
        with self._counted(board_id):
            async for part in parts:
                yield part

    @contextmanager
    def _counted(self, board_id: int) -> Iterator[None]:
        self._under_way[board_id] += 1
        try:
            yield
        finally:
            self._under_way[board_id] -= 1
            if not self._under_way[board_id]:
                del self._under_way[board_id]

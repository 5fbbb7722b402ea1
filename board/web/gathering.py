"""What pages of afterwards were made of lately, and the pages themselves: a link that goes round costs little."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from board.data.afterwards import Gathered, gathered
from board.data.store import Store

BOARDS_KEPT = 2
PAGES_KEPT = 16


class Afterwards:
    """What was read of the last boards, and the last pages that were made of it, so that a link that goes round costs little.
    A page is named by its board, and by all that it shows: posts, settings, decisions, language."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._boards: OrderedDict[int, Gathered] = OrderedDict()
        self._pages: OrderedDict[tuple[object, ...], str] = OrderedDict()

    async def of(self, board_id: int) -> Gathered:
        kept = self._boards.get(board_id)
        found = await self._store.read(lambda connection: gathered(connection, board_id, kept))
        _put(self._boards, board_id, found, BOARDS_KEPT)
        return found

    def page(self, name: tuple[object, ...]) -> str | None:
        return self._pages.get(name)

    def keep(self, name: tuple[object, ...], html: str) -> None:
        _put(self._pages, name, html, PAGES_KEPT)

    def forget(self, board_id: int) -> None:
        """Somebody may just have been erased: what was made before is on no page, and in no memory either."""
        self._boards.pop(board_id, None)
        for name in [name for name in self._pages if name[0] == board_id]:
            del self._pages[name]


def _put(kept: OrderedDict[Any, Any], key: object, value: object, most: int) -> None:
    kept.pop(key, None)
    kept[key] = value
    while len(kept) > most:
        kept.popitem(last=False)

"""What this process remembers of boards, so that a write asks the database nothing before its transaction.

Only what never changes while it is there: which board has a code, and what a staff link allows. Whether it is still there is
asked in the transaction, which refuses with `Outdated` as its cause; then `forget`, and look again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection

from board.data import links
from board.data.address import Address
from board.data.store import Store
from board.model.models import Link

LINKS_KEPT = 1_000


class Known:
    """The codes are remembered by the store, which commands ask as well."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._links: OrderedDict[tuple[int, str], Link] = OrderedDict()
        """By board and id, the one that was named last at the end."""

    async def links(self, board_id: int, link_ids: Collection[str]) -> list[Link]:
        """Those of these links that the board has. Raises `StorageDown`.

        One that we do not know is asked for each time: it may have been made a moment ago."""
        if new := [link_id for link_id in link_ids if (board_id, link_id) not in self._links]:
            for link in await self._store.read(lambda connection: links.held(connection, board_id, new)):
                self._links[board_id, link.id] = link
        found = [(board_id, link_id) for link_id in link_ids if (board_id, link_id) in self._links]
        for key in found:
            self._links.move_to_end(key)
        held = [self._links[key] for key in found]
        while len(self._links) > LINKS_KEPT:
            self._links.popitem(last=False)
        return held

    def forget(self, address: Address) -> None:
        """A write found that it holds no more."""
        self._store.forget(address.code)
        for link in address.links:
            self._links.pop((address.id, link.id), None)

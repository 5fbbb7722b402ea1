"""Which feeds may show too little for now."""

from __future__ import annotations

from collections.abc import Callable
from weakref import WeakKeyDictionary

from board.live.feed import Feed
from board.model.models import Audience, Changes


class Shortage:
    """A feed whose posts ran out has too few until the store is read again; then everybody gets a snapshot. Up to then a page
    must show nothing wrong, but it may show too little."""

    def __init__(self) -> None:
        self._short: WeakKeyDictionary[Feed, set[Audience]] = WeakKeyDictionary()

    def noting(self, apply: Callable[[Feed, Changes], bool]) -> Callable[[Feed, Changes], bool]:
        """`Feed.apply`, and after it a look at what the feed lacks."""

        def noting(feed: Feed, changes: Changes) -> bool:
            taken = apply(feed, changes)
            self._short.setdefault(feed, set()).update(feed.incomplete)
            return taken

        return noting

    def of(self, feed: Feed) -> set[Audience]:
        """The audiences that may have too little."""
        return self._short.get(feed, set())

    def is_over(self, feed: Feed) -> None:
        """All is calm: from now on nothing may be missing."""
        self._short.pop(feed, None)

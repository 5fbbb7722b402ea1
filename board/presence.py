"""Who looks at a board by phone: people, however many windows each has open. Pure."""

from __future__ import annotations

from typing import Protocol

# A phone has one window open, sometimes two, and for half a minute those that the Wi-Fi lost.
SOCKETS_OF_A_PHONE = 12
# Without a cookie nobody can tell people apart: so many of one address count, and no more.
STRANGERS_COUNTED = 50


class Looking(Protocol):
    """A connection, as far as it matters who is behind it."""

    participants: tuple[str, ...]
    place: str


class Phones:
    """The connections of phones to one board on this worker."""

    def __init__(self, most: int | None = None) -> None:
        """`most`: connections of one phone; None: any number, as where there are no limits."""
        self._most = most
        self._known: dict[str, dict[Looking, None]] = {}
        """By participant, the oldest first."""
        self._strangers: dict[str, set[Looking]] = {}
        """By address."""

    @property
    def people(self) -> int:
        """How many are here."""
        return self.known + sum(min(len(here), STRANGERS_COUNTED) for here in self._strangers.values())

    @property
    def known(self) -> int:
        """How many are here that could vote: they brought their cookie."""
        return len(self._known)

    def join(self, looking: Looking) -> Looking | None:
        """Gives the oldest connection of this phone where there is one too many; it is to leave."""
        if not looking.participants:
            self._strangers.setdefault(looking.place, set()).add(looking)
            return None
        own = self._known.setdefault(looking.participants[0], {})
        own[looking] = None
        return next(iter(own)) if self._most is not None and len(own) > self._most else None

    def leave(self, looking: Looking) -> None:
        if looking.participants:
            own = self._known.get(looking.participants[0], {})
            own.pop(looking, None)
            if not own:
                self._known.pop(looking.participants[0], None)
        else:
            here = self._strangers.get(looking.place, set())
            here.discard(looking)
            if not here:
                self._strangers.pop(looking.place, None)

"""Large screens whose connection broke: for one lease they may still show what they have. Pure; the clock is passed in.

A hall goes on reading such a screen. So it stays listed, as "lost", until a screen of its link is back on any worker, or its
lease is over.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# More screens than a venue has; a link that connects and breaks without end takes no more memory.
LOST_AT_MOST = 20
# Where screens keep their picture for ever (a lease of 0 s), nobody knows more after this time.
WITHOUT_LEASE_SECONDS = 3600

Entry = dict[str, str | int]
"""A connection of a screen as moderators see it: `name`, `seq`, `state`, `seconds` where it is lost, and `screen`, the id of
the large screen that it shows (not from workers that know of one alone)."""


@dataclass(frozen=True)
class _Lost:
    name: str
    screen: str
    seq: int
    until: float


class LostScreens:
    """Those of one board that were connected to this worker. Times are of a steady clock, in seconds."""

    def __init__(self) -> None:
        self._lost: list[_Lost] = []

    def lose(self, name: str, seq: int, now: float, lease_seconds: int, screen: str = "") -> None:
        """The connection of a screen ended. `seq`: what it has drawn; `screen`: the id of the large screen."""
        lost = _Lost(name, screen, seq, now + (lease_seconds or WITHOUT_LEASE_SECONDS))
        self._lost = [*self._lost, lost][-LOST_AT_MOST:]

    def back(self, name: str, screen: str = "") -> None:
        """A screen of this link connected: it is the one that was lost first."""
        found = next((lost for lost in self._lost if (lost.name, lost.screen) == (name, screen)), None)
        if found is not None:
            self._lost.remove(found)

    def back_elsewhere(self, before: Iterable[Entry], after: Iterable[Entry]) -> None:
        """The screens that another worker reported before, and reports now: screens that are new there have come back."""
        for name, screen in (_connected(after) - _connected(before)).elements():
            self.back(name, screen)

    def listed(self, now: float) -> list[Entry]:
        self._lost = [lost for lost in self._lost if lost.until > now]
        return [
            entry(lost.name, lost.seq, "lost", lost.screen) | {"seconds": math.ceil(lost.until - now)} for lost in self._lost
        ]


def entry(name: str, seq: int, state: str, screen: str) -> Entry:
    found: Entry = {"name": name, "seq": seq, "state": state}
    return found | ({"screen": screen} if screen else {})


def still_shown(screens: Sequence[Mapping[str, str | int]]) -> list[Entry]:
    """The screens that do not hear of a hide, for how many seconds they may show what was hidden, and the id of each."""
    shown = ("name", "seconds", "screen")
    return [{key: one[key] for key in shown if key in one} for one in screens if one["state"] == "lost"]


def _connected(screens: Iterable[Entry]) -> Counter[tuple[str, str]]:
    there = (screen for screen in screens if screen["state"] != "lost")
    return Counter((str(screen["name"]), str(screen.get("screen", ""))) for screen in there)

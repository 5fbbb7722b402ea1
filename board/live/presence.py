"""The people that look at a board: here, and at the other workers. Pure; the clock is passed in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Protocol

import msgspec

from board.live.fanout import Viewer, ViewerKind
from board.live.lost import Entry, LostScreens, entry, still_shown
from board.live.standing import Standing, standings
from board.live.voters import VOTERS_SECONDS, Voters

# A phone has one window open, sometimes two, and for half a minute those that the Wi-Fi lost.
SOCKETS_OF_A_PHONE = 12
# Without a cookie people cannot be distinguished: so many of one address count, and no more.
STRANGERS_COUNTED = 50
PRESENCE_SECONDS = 1.0
# A worker that died takes its phones off the count after this.
PRESENCE_KEPT_SECONDS = 5.0
SCREEN_APPLIES_SECONDS = 2.0
# More people voted lately than there are phones here, by so many: moderators hear of it.
VOTERS_WITHOUT_PHONE = 20


class Looking(Protocol):
    """A connection, as far as it matters which person is behind it."""

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


class Said(msgspec.Struct, frozen=True):
    """What a worker says of its viewers of one board."""

    online: int = 0
    known: int = 0
    """Of those online, the ones that could vote."""
    screens: list[Entry] = []
    voters: int = 0
    """How many voted there lately."""
    links: dict[str, int] = {}
    """How many pages are open by each staff link."""

    @property
    def nobody(self) -> bool:
        return not (self.online or self.screens or self.voters or self.links)


class Presence:
    """The viewers of one board: here, and at the other workers.

    `clock` counts seconds and never goes back. `most`: connections of one phone, None: any number.
    """

    def __init__(self, clock: Callable[[], float], most: int | None = None) -> None:
        self._clock = clock
        self._phones = Phones(most)
        self._screens: set[Viewer] = set()
        self._stages: set[Viewer] = set()
        self._lost = LostScreens()
        self.voters = Voters(clock)
        """The phones that voted by this worker."""
        self._others: dict[str, tuple[Said, float]] = {}
        """The last report of each other worker, and its time."""
        self._said, self._said_at = Said(), 0.0
        """What the others last heard of the viewers here."""
        self._most_known = (0, 0.0)
        """The most phones lately that could vote, and when."""
        self.counts: Counter[ViewerKind] = Counter()
        self.places: Counter[str] = Counter()
        self._links: Counter[str] = Counter()
        self.shown: Said | None = None
        """What was last sent to viewers; None: nothing yet. Its `voters` are 0 unless there are more than there can be."""

    # -- viewers here ------------------------------------------------------------------------------------------

    def join(self, viewer: Viewer) -> Looking | None:
        """Gives the oldest connection of the same phone where there is one too many; it is to leave."""
        self.counts[viewer.kind] += 1
        self.places[viewer.place] += 1
        if viewer.link_id is not None:
            self._links[viewer.link_id] += 1
        if viewer.kind is ViewerKind.SCREEN:
            self._screens.add(viewer)
            self._lost.back(viewer.name, viewer.screen)
        if viewer.kind is ViewerKind.STAGE:
            self._stages.add(viewer)
        return self._phones.join(viewer) if viewer.kind is ViewerKind.PHONE else None

    def leave(self, viewer: Viewer, lease_seconds: int) -> None:
        """A viewer leaves. `lease_seconds`: how long a screen without a connection may go on showing its last contents."""
        self.counts[viewer.kind] -= 1
        self.places[viewer.place] -= 1
        if not self.places[viewer.place]:
            del self.places[viewer.place]
        if viewer.link_id is not None:
            self._links[viewer.link_id] -= 1
            self._links += Counter()  # those that are open no more
        if viewer in self._screens:
            self._screens.remove(viewer)
            self._lost.lose(viewer.name, viewer.applied, self._clock(), lease_seconds, viewer.screen)
        self._stages.discard(viewer)
        self._phones.leave(viewer)

    # -- with the other workers --------------------------------------------------------------------------------

    def heard(self, worker: str, said: Said) -> None:
        """What another worker says of its viewers."""
        before, _ = self._others.get(worker, (Said(), 0.0))
        self._lost.back_elsewhere(before.screens, said.screens)
        self._others[worker] = (said, self._clock())

    def here(self, seq: int, settled: bool) -> Said:
        """What this worker says of its viewers. `seq`, `settled`: as in `entries`."""
        return Said(self._phones.people, self._phones.known, self.entries(seq, settled), len(self.voters), dict(self._links))

    def must_say(self, here: Said) -> bool:
        """Whether the other workers should hear this now: it changed, or they would forget it soon."""
        now = self._clock()
        lately = now - self._said_at <= PRESENCE_KEPT_SECONDS / 2
        if here == self._said and (lately or here.nobody):
            return False
        self._said, self._said_at = here, now
        return True

    def must_tell(self, here: Said) -> tuple[bool, bool]:
        """Takes together what is known of all workers, in `shown`. Gives whether the public, and moderators, must hear."""
        now = self._clock()
        self._others = {worker: (said, at) for worker, (said, at) in self._others.items() if now - at < PRESENCE_KEPT_SECONDS}
        everywhere = [here, *(said for said, _ in self._others.values())]
        known = sum(said.known for said in everywhere)
        shown = Said(
            online=sum(said.online for said in everywhere),
            screens=[screen for said in everywhere for screen in said.screens],
            voters=self._voters_without_phone(known, sum(said.voters for said in everywhere)),
        )
        before, self.shown = self.shown, shown
        return before is None or before.online != shown.online, before != shown

    def _voters_without_phone(self, known: int, voters: int) -> int:
        """`voters`, where they are more than phones were here; else 0."""
        now = self._clock()
        if known >= self._most_known[0] or now - self._most_known[1] > VOTERS_SECONDS:
            self._most_known = (known, now)
        return voters if voters > self._most_known[0] + VOTERS_WITHOUT_PHONE else 0

    def open_by(self, link_id: str) -> int:
        """How many pages are open by this staff link, at all workers."""
        return self._links[link_id] + sum(said.links.get(link_id, 0) for said, _ in self._others.values())

    # -- large screens -----------------------------------------------------------------------------------------

    def entries(self, seq: int, settled: bool) -> list[Entry]:
        """The large screens here, and whether each has drawn `seq`. `settled`: it may not have had the time for it yet."""
        live = [
            entry(viewer.name, viewer.applied, "live" if viewer.applied >= seq or settled else "stale", viewer.screen)
            for viewer in self._screens
        ]
        return sorted(live + self._lost.listed(self._clock()), key=lambda screen: str(screen["name"]))

    def standings(self, screen_ids: Sequence[str]) -> dict[str, Standing]:
        """The states of these large screens, the first screen first, as the last frame had them."""
        return standings(self.shown.screens if self.shown else [], screen_ids)

    def still_shown(self) -> list[Entry]:
        """Screens, of all workers, that may go on showing what is hidden now: their names, and for how many seconds."""
        there = [screen for said, _ in self._others.values() for screen in said.screens]
        return still_shown(self._lost.listed(self._clock()) + there)

    @property
    def screens(self) -> list[Viewer]:
        return list(self._screens)

    @property
    def stages(self) -> list[Viewer]:
        """The pages of those who speak."""
        return list(self._stages)

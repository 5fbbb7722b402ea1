"""The counts of a board: one place for all pages, over all posts, not only over the posts of a page. Pure.

A post adds one to each of its `keys`. The code that changes a post knows it before and after: it takes away the old keys and
adds the new ones (`Moves`). So a change costs a few steps, however many posts there are, and no worker keeps the counts of
each post. `board.data.tallies` stores how often each key is there. Pages get `Totals`: numbers that replace the old ones, so
that the same message twice changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from board.model.folding import fold
from board.model.models import Kind, Post, Recipient, State

# The map has no room for more names.
MAX_TEAMS = 24
# Pages show only the reasons that the desk offers, and none of those is longer.
REASON_CODE_POINTS = 120


class Fate(StrEnum):
    """What became of a question that was asked: one of these, always. So asked = answered + owned + set aside + open."""

    ANSWERED = "answered"
    OWNED = "owned"
    SET_ASIDE = "set_aside"
    OPEN = "open"


def fate(*, answered: bool, set_aside: str | None, owner: str | None) -> Fate:
    """The one rule for all pages and counts. `tests/vectors/fate.json` holds `static/js/shared/fate.js` to it."""
    if answered:
        return Fate.ANSWERED
    if set_aside:
        return Fate.SET_ASIDE
    return Fate.OWNED if owner else Fate.OPEN


class Counted(NamedTuple):
    """What totals need to know of a post."""

    id: str
    kind: Kind
    state: State
    fate: Fate
    author_team: str | None
    to: Sequence[Recipient]
    session: str | None = None
    reason: str | None = None
    merged: bool = False
    """It was joined with another question, and is none of its own."""


Key = tuple[str, ...]
"""What is counted: a part, and what of it. `sum` and its name; `tally`, a session's id ("": none), what was counted there, and
for `held` the reason; `pair` and two teams; `forth`, the same two, for cards from the first to the second; `giver` and a team;
`person` and a recipient's name and team, folded."""
SHOWN_PARTS = ("sum", "tally", "pair", "forth")
"""Parts that pages need. Of the others they need how many there are, which is a `sum` of its own."""
_DISTINCT = {"person": "people", "giver": "teams", "pair": "pairs"}
"""Parts of which the different keys are counted, and the sums that have their numbers."""


class Bridge(NamedTuple):
    """Between two teams. `cards`: how many there are; `forth`: how many of them went from the first team to the second."""

    teams: tuple[str, str]
    cards: int
    forth: int


@dataclass
class SessionTotals:
    """Of one session: `asked`, each fate, and `held` with the reasons as moderators gave them."""

    counts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)


class Moves:
    """How much more or less often each key is there, after some changes of posts."""

    def __init__(self) -> None:
        self._counts: Counter[Key] = Counter()
        self._folded: dict[str, str] = {}

    def come(self, post: Counted) -> None:
        for key in self._keys(post):
            self._counts[key] += 1

    def go(self, post: Counted) -> None:
        for key in self._keys(post):
            self._counts[key] -= 1

    def made(self) -> dict[Key, int]:
        """Those that are not nothing, each part and key in one order: two writers never wait for each other in a circle."""
        return {key: self._counts[key] for key in sorted(self._counts) if self._counts[key]}

    def _keys(self, post: Counted) -> Sequence[Key]:
        return keys(post, self._fold)

    def _fold(self, name: str) -> str:
        """The same few names come again and again."""
        folded = self._folded.get(name)
        if folded is None:
            folded = self._folded[name] = fold(name)
        return folded


def distinct(moves: Mapping[Key, int], now: Mapping[Key, int]) -> dict[Key, int]:
    """How the sums of different keys move. `now`: how often each moved key is there after `moves`."""
    found: Counter[Key] = Counter()
    for key, move in moves.items():
        if name := _DISTINCT.get(key[0]):
            found["sum", name] += (now[key] > 0) - (now[key] - move > 0)
    return {key: move for key, move in found.items() if move}


def recounted(posts: Iterable[Counted]) -> dict[Key, int]:
    """How often each key is there, of these posts alone."""
    moves = Moves()
    for post in posts:
        moves.come(post)
    found = moves.made()
    return found | distinct(found, found)


def keys(post: Counted, fold: Callable[[str], str] = fold) -> Sequence[Key]:
    """The keys that a post adds one to. `fold`: may be a version with a cache."""
    if post.state in (State.HIDDEN, State.REJECTED):
        return () if post.merged else _held(post)
    if post.state is not State.VISIBLE:
        return ()
    if post.kind is Kind.QUESTION:
        session, fated = post.session or "", post.fate.value
        return (("sum", "questions"), ("sum", fated), ("tally", session, "asked", ""), ("tally", session, fated, ""))
    giver = post.author_team or ""
    teams = {one.team for one in post.to if giver and one.team and one.team != giver}
    found: set[Key] = {("sum", "cards"), *(("person", fold(one.name), fold(one.team or "")) for one in post.to)}
    found |= {("pair", min(giver, team), max(giver, team)) for team in teams}
    found |= {("forth", giver, team) for team in teams if giver < team}
    return tuple(found | ({("giver", giver)} if giver else set()))


def _held(post: Counted) -> Sequence[Key]:
    if post.kind is not Kind.QUESTION:
        return (("sum", "held"),)
    return (("sum", "held"), ("tally", post.session or "", "held", (post.reason or "")[:REASON_CODE_POINTS]))


def counted(post: Post) -> Counted:
    """A stored post, as far as it is counted."""
    fated = fate(answered=post.answered, set_aside=post.set_aside, owner=post.owner)
    about = (post.session, post.reason, post.merged_into is not None)
    return Counted(post.id, post.kind, post.state, fated, post.author_team, post.to, *about)


class Totals:
    """Of all posts of one board: how often each key is there, of the parts that pages show."""

    def __init__(self, counts: Mapping[Key, int]) -> None:
        self._counts = {key: count for key, count in counts.items() if key[0] in SHOWN_PARTS and count}

    @classmethod
    def of(cls, posts: Iterable[Counted]) -> Totals:
        return cls(recounted(posts))

    def forked(self) -> Totals:
        """Others, as these are now."""
        return Totals(self._counts)

    def take(self, counts: Mapping[Key, int], *, whole: bool = False) -> bool:
        """Takes in how often these keys are there now; `whole`: no other key is there. Whether that changed anything."""
        changed = False
        for key in self._counts.keys() - counts.keys() if whole else ():
            del self._counts[key]
            changed = True
        for key, count in counts.items():
            changed |= self._counts.get(key, 0) != count
            if count:
                self._counts[key] = count
            else:
                self._counts.pop(key, None)
        return changed

    def view(self) -> dict[str, int]:
        """As every snapshot has it."""
        names = ("cards", "people", "teams", "pairs", "questions", Fate.ANSWERED, Fate.OWNED, Fate.SET_ASIDE, "held")
        return {str(name): self._counts.get(("sum", str(name)), 0) for name in names}

    def by_session(self) -> dict[str, SessionTotals]:
        """Questions of each session by its id; "": those of none."""
        found: dict[str, SessionTotals] = {}
        for key, count in self._of("tally"):
            session, what, reason = key
            totals = found.setdefault(session, SessionTotals())
            totals.counts[what] += count
            if what == "held":
                totals.reasons[reason] += count
        return found

    def bridges(self, teams: Iterable[str]) -> tuple[list[str], list[Bridge]]:
        """Teams in a circle, those of the board first, and between which of them cards went."""
        pairs = Counter({(one, other): count for (one, other), count in sorted(self._of("pair"))}).most_common()
        known = dict.fromkeys(teams)
        for pair, _ in pairs:
            known |= dict.fromkeys(pair)
        shown = list(known)[:MAX_TEAMS]
        there = set(shown)
        every = (Bridge(pair, count, self._counts.get(("forth", *pair), 0)) for pair, count in pairs)
        return shown, [bridge for bridge in every if there.issuperset(bridge.teams)]

    def _of(self, part: str) -> Iterator[tuple[Key, int]]:
        """The keys of one part, without its name."""
        return ((key[1:], count) for key, count in self._counts.items() if key[0] == part)

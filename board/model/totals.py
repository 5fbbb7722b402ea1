"""What there is on a board in numbers: one place for all pages, counted over all posts, not over those that a page has. Pure.

Each post counts by what it is now, and what it counted before is remembered. So a change costs a few steps however many posts
there are, and the same change twice changes nothing.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import NamedTuple

from board.model.folding import fold
from board.model.models import Kind, Post, Recipient, State

# The map has no room for more names.
MAX_TEAMS = 24
# Only reasons that the desk offers are told, and none of those is longer.
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


Tallied = tuple[str, str, str]
"""A session's id ("": none), what was counted there, and for `held` the reason."""


@dataclass(frozen=True)
class _Share:
    """What one post adds."""

    counts: tuple[str, ...] = ()
    tallied: tuple[Tallied, ...] = ()
    giver: str = ""
    people: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()


_NOTHING = _Share()
_HELD = _Share(("held",))


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


@dataclass
class Totals:
    """Of all posts of one board."""

    _shares: dict[str, _Share] = field(default_factory=dict)
    _sums: Counter[str] = field(default_factory=Counter)
    _givers: Counter[str] = field(default_factory=Counter)
    _people: Counter[str] = field(default_factory=Counter)
    _pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    _forth: Counter[tuple[str, str]] = field(default_factory=Counter)
    _tallies: Counter[Tallied] = field(default_factory=Counter)
    _folded: dict[str, str] = field(default_factory=dict)
    _asked: dict[tuple[str, Fate], _Share] = field(default_factory=dict)

    @classmethod
    def of(cls, posts: Iterable[Counted]) -> Totals:
        totals = cls()
        for post in posts:
            totals.count(post)
        return totals

    def forked(self) -> Totals:
        """Others, as these are now."""
        return Totals(*(copy.copy(getattr(self, each.name)) for each in fields(self)))

    def apply(self, post: Post) -> bool:
        """Takes in a post as it is now. Whether that changed anything that is counted."""
        fated = fate(answered=post.answered, set_aside=post.set_aside, owner=post.owner)
        about = (post.session, post.reason, post.merged_into is not None)
        return self.count(Counted(post.id, post.kind, post.state, fated, post.author_team, post.to, *about))

    def count(self, post: Counted) -> bool:
        new, old = self._share(post), self._shares.get(post.id, _NOTHING)
        if new == old:
            return False
        self._add(old, -1)
        self._add(new, 1)
        if new == _NOTHING:
            self._shares.pop(post.id, None)
        else:
            self._shares[post.id] = new
        return True

    def view(self) -> dict[str, int]:
        """As every snapshot has it."""
        return {
            "cards": self._sums["cards"],
            "people": len(self._people),
            "teams": len(self._givers),
            "pairs": len(self._pairs),
            "questions": self._sums["questions"],
            **{each.value: self._sums[each] for each in (Fate.ANSWERED, Fate.OWNED, Fate.SET_ASIDE)},
            "held": self._sums["held"],
        }

    def by_session(self) -> dict[str, SessionTotals]:
        """Questions of each session by its id; "": those of none."""
        found: dict[str, SessionTotals] = {}
        for (session, what, reason), count in self._tallies.items():
            totals = found.setdefault(session, SessionTotals())
            totals.counts[what] += count
            if what == "held":
                totals.reasons[reason] += count
        return found

    def bridges(self, teams: Iterable[str]) -> tuple[list[str], list[Bridge]]:
        """Teams in a circle, those of the board first, and between which of them cards went."""
        known = dict.fromkeys(teams)
        for pair, _ in self._pairs.most_common():
            known |= dict.fromkeys(pair)
        shown = list(known)[:MAX_TEAMS]
        there = set(shown)
        every = (Bridge(pair, count, self._forth[pair]) for pair, count in self._pairs.most_common())
        return shown, [bridge for bridge in every if there.issuperset(bridge.teams)]

    def _share(self, post: Counted) -> _Share:
        if post.state in (State.HIDDEN, State.REJECTED):
            return _NOTHING if post.merged else self._held(post)
        if post.state is not State.VISIBLE:
            return _NOTHING
        if post.kind is Kind.QUESTION:
            return self._question(post.session or "", post.fate)
        giver = post.author_team or ""
        people = {f"{self._fold(one.name)}\n{self._fold(one.team or '')}" for one in post.to}
        pairs = {(min(giver, one.team), max(giver, one.team)) for one in post.to if giver and one.team and one.team != giver}
        return _Share(("cards",), giver=giver, people=tuple(sorted(people)), pairs=tuple(sorted(pairs)))

    def _question(self, session: str, fated: Fate) -> _Share:
        """The same for all questions of one session and one fate: a board has many questions."""
        known = self._asked.get((session, fated))
        if known is None:
            tallied = ((session, "asked", ""), (session, fated.value, ""))
            known = self._asked[session, fated] = _Share(("questions", fated.value), tallied)
        return known

    def _held(self, post: Counted) -> _Share:
        if post.kind is not Kind.QUESTION:
            return _HELD
        return _Share(("held",), ((post.session or "", "held", (post.reason or "")[:REASON_CODE_POINTS]),))

    def _fold(self, name: str) -> str:
        """The same few names come again and again."""
        folded = self._folded.get(name)
        if folded is None:
            folded = self._folded[name] = fold(name)
        return folded

    def _add(self, share: _Share, sign: int) -> None:
        for what in share.counts:
            self._sums[what] += sign
        _tally(self._tallies, share.tallied, sign)
        _tally(self._givers, (share.giver,) if share.giver else (), sign)
        if _tally(self._people, share.people, sign):
            self._folded.clear()  # with the names of those for whom no card is any more
        _tally(self._pairs, share.pairs, sign)
        _tally(self._forth, [pair for pair in share.pairs if pair[0] == share.giver], sign)


def _tally(counter: Counter, keys: Iterable[object], sign: int) -> bool:  # type: ignore[type-arg]
    """Whether a key is gone."""
    gone = False
    for key in keys:
        counter[key] += sign
        if not counter[key]:
            del counter[key]
            gone = True
    return gone

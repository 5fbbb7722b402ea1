"""What there is on a board in numbers: one place for all pages, counted over all posts, not over those that a page has. Pure.

Each post counts by what it is now, and what it counted before is remembered. So a change costs a few steps however many posts
there are, and the same change twice changes nothing.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from typing import NamedTuple

from board.model.folding import fold
from board.model.models import Kind, Post, Recipient, State

# The map has no room for more names.
MAX_TEAMS = 24


class Counted(NamedTuple):
    """What totals need to know of a post."""

    id: str
    kind: Kind
    state: State
    answered: bool
    author_team: str | None
    to: Sequence[Recipient]


@dataclass(frozen=True)
class _Share:
    """What one post adds."""

    cards: int = 0
    questions: int = 0
    answered: int = 0
    held: int = 0
    giver: str = ""
    people: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()


_NOTHING = _Share()
_ASKED, _ANSWERED, _HELD = _Share(questions=1), _Share(questions=1, answered=1), _Share(held=1)


@dataclass
class Totals:
    """Of all posts of one board."""

    _shares: dict[str, _Share] = field(default_factory=dict)
    _sums: Counter[str] = field(default_factory=Counter)
    _givers: Counter[str] = field(default_factory=Counter)
    _people: Counter[str] = field(default_factory=Counter)
    _pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    _folded: dict[str, str] = field(default_factory=dict)

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
        return self.count(Counted(post.id, post.kind, post.state, post.answered, post.author_team, post.to))

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
        """As every snapshot has it. Nobody owns a question and none is set aside, as long as a board cannot do that."""
        return {
            "cards": self._sums["cards"],
            "people": len(self._people),
            "teams": len(self._givers),
            "pairs": len(self._pairs),
            "questions": self._sums["questions"],
            "answered": self._sums["answered"],
            "owned": 0,
            "set_aside": 0,
            "held": self._sums["held"],
        }

    def bridges(self, teams: Iterable[str]) -> tuple[list[str], list[tuple[str, str, int]]]:
        """Teams in a circle, those of the board first, and between which of them cards went, with how many."""
        known = dict.fromkeys(teams)
        for pair, _ in self._pairs.most_common():
            known |= dict.fromkeys(pair)
        shown = list(known)[:MAX_TEAMS]
        there = set(shown)
        return shown, [(*pair, count) for pair, count in self._pairs.most_common() if there.issuperset(pair)]

    def _share(self, post: Counted) -> _Share:
        if post.state in (State.HIDDEN, State.REJECTED):
            return _HELD
        if post.state is not State.VISIBLE:
            return _NOTHING
        if post.kind is Kind.QUESTION:
            return _ANSWERED if post.answered else _ASKED
        giver = post.author_team or ""
        people = {f"{self._fold(one.name)}\n{self._fold(one.team or '')}" for one in post.to}
        pairs = {(min(giver, one.team), max(giver, one.team)) for one in post.to if giver and one.team and one.team != giver}
        return _Share(cards=1, giver=giver, people=tuple(sorted(people)), pairs=tuple(sorted(pairs)))

    def _fold(self, name: str) -> str:
        """The same few names come again and again."""
        folded = self._folded.get(name)
        if folded is None:
            folded = self._folded[name] = fold(name)
        return folded

    def _add(self, share: _Share, sign: int) -> None:
        for what in ("cards", "questions", "answered", "held"):
            self._sums[what] += sign * getattr(share, what)
        _tally(self._givers, (share.giver,) if share.giver else (), sign)
        _tally(self._people, share.people, sign)
        _tally(self._pairs, share.pairs, sign)


def _tally(counter: Counter, keys: Iterable[object], sign: int) -> None:  # type: ignore[type-arg]
    for key in keys:
        counter[key] += sign
        if not counter[key]:
            del counter[key]

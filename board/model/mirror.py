"""The fair mirror: how teams take part, compared with how many people each has. For organisers, by team, never by person. Pure.

A team of fewer than five is shown only together with other such teams, and not at all where those are fewer than five. There
are no totals: they minus the teams that are shown would be the team that is not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from board.model.coverage import FEW, SMALL_GROUP, Tally
from board.model.folding import fold
from board.model.models import Person

WHAT = ("asked", "answered", "celebrated", "giving", "heard")
"""Questions asked, those answered; people who were celebrated, who gave; times that somebody spoke."""


@dataclass
class Group:
    """Teams that are shown as one. `heard`: None where nothing counts who spoke."""

    teams: list[str | None]
    people: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    def joined(self, other: Group) -> Group:
        return Group(self.teams + other.teams, self.people + other.people, self.counts + other.counts)


def mirror(
    people: Sequence[Person],
    cards: Tally,
    asked: Mapping[str | None, tuple[int, int]],
    heard: Mapping[str | None, int] | None = None,
) -> dict[str, Any]:
    """`asked`: by team, the questions and those of them that are answered. `heard`: by team, how often somebody spoke; None
    where nobody counts that."""
    groups = _by_team(people, cards, asked, heard or {})
    shown = sorted((one for one in groups if one.people >= SMALL_GROUP), key=lambda one: fold(one.teams[0] or ""))
    small = _together(one for one in groups if one.people < SMALL_GROUP)
    if small and small.people >= SMALL_GROUP:
        shown.append(small)
    kinds = [what for what in WHAT if what != "heard" or heard is not None]
    return {
        "counts": kinds,
        "teams": [_view(one, kinds, one is small) for one in shown],
        "not_shown": len(small.teams) if small and small.people < SMALL_GROUP else 0,
    }


def _by_team(
    people: Sequence[Person],
    cards: Tally,
    asked: Mapping[str | None, tuple[int, int]],
    heard: Mapping[str | None, int],
) -> list[Group]:
    """The teams of the roster. A typed name of a team counts for nothing: nobody knows how many people are in it."""
    groups: dict[str, Group] = {}
    for person in people:
        group = groups.setdefault(fold(person.team or ""), Group([person.team]))
        group.people += 1
        group.counts["celebrated"] += bool(cards.to[person.id])
        group.counts["giving"] += bool(cards.by[person.id])
    spoken: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for team, (questions, answered) in asked.items():
        spoken[fold(team or "")].update(asked=questions, answered=answered)
    for team, times in heard.items():
        spoken[fold(team or "")].update(heard=times)
    for key, group in groups.items():
        group.counts.update(spoken[key])
    return list(groups.values())


def _together(groups: Iterable[Group]) -> Group | None:
    found: Group | None = None
    for group in groups:
        found = found.joined(group) if found else group
    return found


def _view(group: Group, kinds: Sequence[str], is_small: bool) -> dict[str, Any]:
    counts = {what: _shown(group.counts[what], group.people if what in ("celebrated", "giving") else None) for what in kinds}
    named = {"team": None, "small_teams": len(group.teams)} if is_small else {"team": group.teams[0]}
    return named | {"people": group.people} | counts


def _shown(number: int, of: int | None) -> int | str:
    """Of so few a number says who they are; so does how many are missing to all."""
    if 0 < number < SMALL_GROUP:
        return FEW
    return f"all but {FEW}" if of is not None and 0 < of - number < SMALL_GROUP else number

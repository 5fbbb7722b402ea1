"""The people of the roster who got no card yet, and those who gave none: for organisers, never on a screen. Pure.

It is counted from cards alone. Whether somebody is here says nothing about thanks, and an anonymous card is from nobody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from board.model.folding import fold
from board.model.models import Person, Recipient

# Of so few people a number says who they are.
SMALL_GROUP = 5
FEW = f"fewer than {SMALL_GROUP}"
NAMES_LISTED = 500


class Card(Protocol):
    """`author`: None where it is anonymous."""

    @property
    def to(self) -> Sequence[Recipient]: ...
    @property
    def participant(self) -> str: ...
    @property
    def author(self) -> str | None: ...
    @property
    def team(self) -> str | None: ...


@dataclass
class Tally:
    """Cards of each person of the roster, by id."""

    to: Counter[str] = field(default_factory=Counter)
    by: Counter[str] = field(default_factory=Counter)


def tally(people: Iterable[Person], cards: Iterable[Card]) -> Tally:
    """A typed name counts for the person of the roster with that name; if a team was typed, in that team."""
    people = list(people)
    known = {person.id for person in people}
    holders = {person.holder: person.id for person in people if person.holder}
    called: dict[tuple[str, str | None], set[str]] = defaultdict(set)
    for person in people:
        called[fold(person.name), fold(person.team or "")].add(person.id)
        called[fold(person.name), None].add(person.id)
    folded: dict[str, str] = {}

    def one_called(name: str, team: str | None) -> str | None:
        for text in (name, team or ""):
            if text not in folded:
                folded[text] = fold(text)
        found = called.get((folded[name], folded[team] if team else None), set())
        return next(iter(found)) if len(found) == 1 else None

    counted = Tally()
    for card in cards:
        ids = (one.person if one.person in known else one_called(one.name, one.team) for one in card.to)
        counted.to.update({person_id for person_id in ids if person_id})
        if card.author is not None and (giver := holders.get(card.participant) or one_called(card.author, card.team)):
            counted.by[giver] += 1
    return counted


def coverage(people: Sequence[Person], counted: Tally) -> dict[str, Any]:
    """Numbers by team, and names. Numbers of small groups are not given, nor the names of those in a small group who gave no
    card."""
    ordered = sorted(people, key=lambda person: (fold(person.team or ""), fold(person.name), person.id))
    uncelebrated = [person for person in ordered if not counted.to[person.id]]
    silent = [person for person in ordered if not counted.by[person.id]]
    silent_in = Counter(person.team for person in silent)
    named = [person for person in silent if silent_in[person.team] >= SMALL_GROUP]
    quiet_in = Counter(person.team for person in uncelebrated)
    sizes = Counter(person.team for person in ordered)
    return {
        "people": len(people),
        "celebrated": len(people) - len(uncelebrated),
        "given": _shown(sum(_at_least(size, silent_in[team]) for team, size in sizes.items())),
        "teams": [
            {
                "team": team,
                "people": _shown(size),
                "not_celebrated": _shown(quiet_in[team]),
                "not_given": _shown(silent_in[team]),
            }
            for team, size in sizes.items()
        ],
        "not_celebrated": [_named(person) for person in uncelebrated[:NAMES_LISTED]],
        "not_given": [_named(person) for person in named[:NAMES_LISTED]],
        "more": len(uncelebrated) > NAMES_LISTED or len(named) > NAMES_LISTED,
    }


def _at_least(size: int, silent: int) -> int:
    """So many of a team gave a card, as far as what is shown of it says. A total that knows more, minus the other teams, would
    be the number that is hidden."""
    if size < SMALL_GROUP:
        return 0
    return size - (SMALL_GROUP - 1 if 0 < silent < SMALL_GROUP else silent)


def _shown(number: int) -> int | str:
    return FEW if 0 < number < SMALL_GROUP else number


def _named(person: Person) -> dict[str, Any]:
    return {"id": person.id, "name": person.name, "team": person.team}


def page(people: Sequence[Person], typed: str, after: str | None, limit: int) -> tuple[list[Person], int, bool]:
    """By name: those in whose name and team all typed words stand. Gives how many those are, and whether others follow.
    `after`: the id of the last person on the page before; if that person was removed meanwhile, the first page."""
    words = fold(typed).split()
    keyed = sorted((fold(person.name), person.id, person) for person in people)
    found = [person for name, _, person in keyed if _has(f"{name} {fold(person.team or '')}" if words else "", words)]
    start = next((number for number, person in enumerate(found, 1) if person.id == after), 0)
    return found[start : start + limit], len(found), len(found) > start + limit


def _has(text: str, words: Sequence[str]) -> bool:
    return all(word in text for word in words)

"""Teams that are one, spelt in several ways. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import regex

from board.model.folding import fold
from board.model.models import Message
from board.transfer.imports.found import Ask, Given, PersonFound, Reading

KEEP = "keep"
MOST_ASKED = 50
_NO_LETTERS = regex.compile(r"[^\p{L}\p{M}\p{N}]+")


def alike(team: str) -> str:
    """What is left for comparing: “Viet Nam” and “VIETNAM” are one."""
    return _NO_LETTERS.sub("", fold(team)) or fold(team)


def unite(people: Sequence[PersonFound], given: Given, reading: Reading) -> None:
    """Gives people of teams that are spelt in several ways the one that is chosen, and asks about it."""
    counts = Counter(person.team for person in people if person.team)
    groups: dict[str, list[str]] = {}
    for team in counts:
        groups.setdefault(alike(team), []).append(team)
    own = {alike(team): team for team in reversed(given.teams)}
    of_roster = {alike(team): team for team in given.roster}
    names = {fold(person.name) for person in people} if of_roster else set()
    renamed: dict[str, str] = {}
    for key, spellings in groups.items():
        ordered = sorted(spellings, key=lambda team: _rank(team, counts))
        stored = of_roster.get(key)
        # A roster that comes again in another spelling may have been corrected; one that brings more people was not.
        is_kept = stored and (len(spellings) > 1 or not given.roster[stored] <= names)
        corrected = stored and not is_kept and own.get(key) == stored
        best = stored if is_kept else None
        if not corrected:
            best = own.get(key) or best
        choices = list(dict.fromkeys([*([best] if best else []), *ordered, *([stored] if stored else [])]))
        if len(choices) > 1:
            chosen = _asked(key, choices, counts, given, reading) if len(reading.asks) < MOST_ASKED else choices[0]
            renamed |= dict.fromkeys(spellings, chosen) if chosen != KEEP else {}
    for person in people:
        person.team = renamed.get(person.team, person.team) if person.team else person.team


def _rank(team: str, counts: Counter[str]) -> tuple[int, bool, int]:
    """The spelling that most use, then one that is not in capitals, then the one with its accents."""
    return -counts[team], team.isupper() or team.islower(), -sum(not char.isascii() for char in team)


def _asked(key: str, choices: list[str], counts: Counter[str], given: Given, reading: Reading) -> str:
    listed = ", ".join(f"“{team}” ({counts[team]})" for team in choices)
    ask = Ask(f"team:{key}", Message("ask-one-team", {"teams": listed, "best": choices[0]}), (*choices, KEEP), choices[0])
    return reading.ask(given, ask)

"""Compares the people of a file with those of the board: which entries are the same person, and what would change. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping

from board.model.folding import fold
from board.transfer.ids import ID_DIGITS, slug_of
from board.transfer.imports.agenda_plan import stable_id
from board.transfer.imports.found import Given, PersonFound, Reading
from board.transfer.imports.plans import Named, Plan, differences, settle_gone


def plan_people(reading: Reading, roster: Mapping[str, Named], needed: Collection[str], given: Given) -> Plan[Named]:
    """`needed`: people whose name a phone goes by, or whom a card is for; they stay."""
    plan: Plan[Named] = Plan(dict(roster), same=reading.again)
    known = _Roster(roster, reading.people)
    for person in reading.people:
        person_id = known.id_of(person)
        first = known.row_of(person_id)
        if first is not None:
            plan.same += 1
            reading.warn(person.row, "cell-person-again", "name", person.name, line=str(first))
            continue
        _put(plan, person, person_id, known.take(person, person_id))
    plan.gone = [{"id": one, **_shown(roster[one])} for one in roster if one not in known.present]
    settle_gone(plan, reading, given, lambda one: one in needed, lambda one: str(one["name"]))
    return plan


def _put(plan: Plan[Named], person: PersonFound, person_id: str, new: Named) -> None:
    old = plan.before.get(person_id)
    if old == new:
        plan.same += 1
        return
    plan.after[person_id] = new
    entry = {"row": person.row, "id": person_id}
    if old is None:
        plan.added.append(entry | _shown(new))
    else:
        plan.changed.append(entry | {"name": new[0]} | differences(_shown(old), _shown(new)))


def _shown(named: Named) -> dict[str, str | None]:
    return {"name": named[0], "team": named[1]}


class _Roster:
    """People as they are stored, and as they will be."""

    def __init__(self, roster: Mapping[str, Named], found: Collection[PersonFound]) -> None:
        self._now = dict(roster)
        self._rows: dict[str, int] = {}
        self._ids = {stable_id(person.uid) for person in found if person.uid}
        names = {person.name for person in found if not person.has_team}
        self._spelt = {(person.name, person.team) for person in found} | {one for one in roster.values() if one[0] in names}
        self._known: dict[tuple[str, ...], list[str]] = {}
        for person_id, person in roster.items():
            self._know(person_id, *person)

    @property
    def present(self) -> Collection[str]:
        return self._rows.keys()

    def row_of(self, person_id: str) -> int | None:
        """Where in the file the same person stands already."""
        return self._rows.get(person_id)

    def take(self, person: PersonFound, person_id: str) -> Named:
        old = self._now.get(person_id)
        now = (person.name, person.team if person.has_team or old is None else old[1])
        self._now[person_id] = now
        self._rows[person_id] = person.row
        if old is None:
            self._know(person_id, *now)
        return now

    def _know(self, person_id: str, name: str, team: str | None) -> None:
        for key in (*_spellings(name, team), *_spellings(name)):
            self._known.setdefault(key, []).append(person_id)

    def id_of(self, person: PersonFound) -> str:
        """That of the person who is known already, the row's own, or a new one."""
        own = stable_id(person.uid) if person.uid else ""
        if own and own in self._now:
            return own
        return self._known_id(person, own) or own or self._new_id(person)

    def _known_id(self, person: PersonFound, own: str) -> str | None:
        """Of people whom the file names by no other id. Two spellings in one file are two people (Nguyễn, Nguyên)."""
        names = [person.name, *([person.alias] if person.alias else [])]
        known: list[str] = []
        for name in names:
            exact, alike = _spellings(name, person.team) if person.has_team else _spellings(name)
            known += [one for one in self._known.get(exact, ()) if one not in self._ids and not (own and one in self._rows)]
            known += [one for one in self._known.get(alike, ()) if self._is_free(one)]
        return known[0] if known else None

    def _is_free(self, person_id: str) -> bool:
        return person_id not in self._ids and person_id not in self._rows and self._now[person_id] not in self._spelt

    def _new_id(self, person: PersonFound) -> str:
        """Readable where the name has Latin letters. Never found by counting up: of ten thousand names in another script, all
        would begin with the first number."""
        words = " ".join(filter(None, (person.name, person.team)))
        slug = slug_of(words)
        if slug and slug not in self._now and slug not in self._ids:
            return slug
        return f"{slug or 'p'}-{hashlib.sha256(words.encode()).hexdigest()[:ID_DIGITS]}"


def _spellings(name: str, *team: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """As it is written, and what is left of it for comparing."""
    words = [name, *(one or "" for one in team)]
    return ("exact", *words), ("alike", *map(fold, words))

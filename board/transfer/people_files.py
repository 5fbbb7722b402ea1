"""People of a roster in: read before the transaction, written inside it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from board.data import imports
from board.data.transaction import Transaction
from board.model import requests
from board.model.folding import fold
from board.model.models import Message
from board.transfer.ids import ID_DIGITS, given_id, slug_of
from board.transfer.reports import Cells, Fault, Report
from board.transfer.tables import Row, read_csv

PEOPLE_COLUMNS = ("id", "name", "team")


@dataclass(frozen=True)
class PersonRow:
    """A row as the file has it; `team` only where it has that column."""

    line: int
    id: str
    name: str
    team: str | None
    has_team: bool
    faults: list[Fault]
    doubts: list[Fault]


def read_people(data: bytes) -> list[PersonRow]:
    """Raises `Invalid` when the file as a whole cannot be used."""
    return _without_shared_ids([_person_row(row) for row in read_csv(data, PEOPLE_COLUMNS, "name")])


def _person_row(row: Row) -> PersonRow:
    cells = Cells(row)
    person_id = cells.read("id", given_id, "")
    name = cells.read("name", requests.name, "")
    team = cells.read("team", lambda value: requests.optional_name(value, "team"), None)
    return PersonRow(row.line, person_id, name, team, "team" in cells, cells.faults, cells.doubts)


def _without_shared_ids(found: list[PersonRow]) -> list[PersonRow]:
    """An id that several people have (a family's membership number) is nobody's: or the second would overwrite the first, and
    cards to the first would belong to the second."""
    holders: dict[str, set[tuple[str, str]]] = {}
    for row in found:
        holders.setdefault(row.id, set()).add((fold(row.name), fold(row.team or "")))
    return [_without_id(row) if row.id and len(holders[row.id]) > 1 else row for row in found]


def _without_id(row: PersonRow) -> PersonRow:
    doubt = Fault(Message("cell-id-shared"), "id", row.id)
    return PersonRow(row.line, "", row.name, row.team, row.has_team, row.faults, [*row.doubts, doubt])


def add_people(transaction: Transaction, found: list[PersonRow]) -> Report:
    """Adds and changes people of the roster; those that the file does not name stay as they are."""
    report = Report()
    roster = _Roster(transaction, found)
    for row in found:
        if row.faults:
            report.refuse(row.line, row.faults)
            continue
        repeated = roster.repeated(row)
        what = "same" if repeated else roster.take(row)
        if what == "same":
            report.same += 1
        else:
            report.note(row.line, what, row.name)
        for doubt in [*row.doubts, *repeated]:
            report.doubt(row.line, doubt)
    if report.added or report.changed:
        roster.write()
        transaction.record("command line", "import-people", detail=f"{report.added} added, {report.changed} changed")
    return report


class _Roster:
    """People as they are stored, and as they will be."""

    def __init__(self, transaction: Transaction, found: Sequence[PersonRow]) -> None:
        self._transaction = transaction
        self._before = imports.roster(transaction)
        self._now = dict(self._before)
        self._lines: dict[str, int] = {}
        self._ids = {row.id for row in found}
        names = {row.name for row in found if not row.has_team}
        self._spelt = {(row.name, row.team) for row in found} | {one for one in self._before.values() if one[0] in names}
        self._known: dict[tuple[str, ...], list[str]] = {}
        for person_id, person in self._before.items():
            self._know(person_id, *person)

    def _know(self, person_id: str, name: str, team: str | None) -> None:
        for key in (*_spellings(name, team), *_spellings(name)):
            self._known.setdefault(key, []).append(person_id)

    def repeated(self, row: PersonRow) -> list[Fault]:
        """Two people of one name in one team, or one person twice? Somebody who knows them must say."""
        first = self._lines.get(self._id_of(row))
        if first is None:
            return []
        if row.id:
            return [Fault(Message("cell-id-again", {"line": str(first)}), "id", row.id)]
        return [Fault(Message("cell-person-again", {"line": str(first)}), "name", row.name)]

    def take(self, row: PersonRow) -> str:
        person_id = self._id_of(row)
        old = self._now.get(person_id)
        person = (row.name, row.team if row.has_team or old is None else old[1])
        self._now[person_id] = person
        self._lines[person_id] = row.line
        if old is None:
            self._know(person_id, *person)
            return "added"
        return "same" if old == person else "changed"

    def _id_of(self, row: PersonRow) -> str:
        """That of the person who is known already, the row's own, or a new one."""
        if row.id in self._now:
            return row.id
        return self._known_id(row) or row.id or self._new_id(row)

    def _known_id(self, row: PersonRow) -> str | None:
        """Of people whom the file names by no other id. Two spellings in one file are two people (Nguyễn, Nguyên)."""
        exact, alike = _spellings(row.name, row.team) if row.has_team else _spellings(row.name)
        known = [one for one in self._known.get(exact, ()) if one not in self._ids and not (row.id and one in self._lines)]
        known += [person_id for person_id in self._known.get(alike, ()) if self._is_free(person_id)]
        return known[0] if known else None

    def _is_free(self, person_id: str) -> bool:
        return person_id not in self._ids and person_id not in self._lines and self._now[person_id] not in self._spelt

    def _new_id(self, row: PersonRow) -> str:
        """Readable where the name has Latin letters. Never found by counting up: of ten thousand names in another script, all
        would begin with the first number."""
        words = " ".join(filter(None, (row.name, row.team)))
        slug = slug_of(words)
        if slug and slug not in self._now and slug not in self._ids:
            return slug
        return f"{slug or 'p'}-{hashlib.sha256(words.encode()).hexdigest()[:ID_DIGITS]}"

    def write(self) -> None:
        changed = {person_id: person for person_id, person in self._now.items() if self._before.get(person_id) != person}
        imports.write_roster(self._transaction, changed, self._before)


def _spellings(name: str, *team: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """As it is written, and what is left of it for comparing."""
    words = [name, *(one or "" for one in team)]
    return ("exact", *words), ("alike", *map(fold, words))

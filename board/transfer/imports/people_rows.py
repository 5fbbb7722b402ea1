"""Rows of a roster become people. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from board.model.folding import fold
from board.model.models import NAME_GRAPHEMES, Invalid, Message
from board.transfer.imports import words
from board.transfer.imports.found import Ask, Given, PersonFound, Reading
from board.transfer.imports.grids import Line
from board.transfer.imports.headings import Table, cell, columns_of, is_heading
from board.transfer.imports.teams import unite

TURN, KEEP = "turn", "keep"
LOOKED_AT = 200
CLEARLY = 0.6
_ADDRESS = regex.compile(r"\s*[<(\[]?[^\s<>()@]+@[^\s<>()@]+[>)\]]?\s*")
# What video conferences write behind names.
_GUEST = regex.compile(r"\s*\((?:guest|unverified|external|gast|invité|invitado|extern)\)\s*$", regex.IGNORECASE)
_TURNED = regex.compile(r"([^,;()\d]{1,60}),\s*([^,;()\d]{1,60})")
_SECTION = regex.compile(r"\d+\.\s.{1,60}")
_DIGITS = regex.compile(r"\d")


def read_people(table: Table, given: Given, reading: Reading) -> list[PersonFound]:
    """Each person once. E-mail addresses distinguish people within the file; they are not stored."""
    rows = _Rows(table, reading)
    found = [(person, address) for row in table.rows if (person := rows.person(row)) for address in [rows.address(row)]]
    people = _once(found, reading)
    _turn(people, given, reading)
    unite(people, given, reading)
    return people


class _Rows:
    def __init__(self, table: Table, reading: Reading) -> None:
        self._table, self._reading = table, reading
        self._columns = dict(table.columns)
        self._width = table.width
        self._teams: dict[str, tuple[str, bool]] = {}

    def person(self, row: Line) -> PersonFound | None:
        if is_heading("people", row, self._table):  # a second table in one file
            self._columns, self._width = columns_of("people", row.cells), len(row.cells)
            return None
        if sum(map(bool, row.cells)) == 1 and _SECTION.fullmatch(next(filter(None, row.cells))):
            return None
        name = self._name(row)
        if not name and not any(words.meant(one) for one in row.cells):
            return None
        try:
            return self._person(row, name)
        except Invalid as error:
            self._reading.warn(row.number, error.key, self._named("name"), name, refuses=True, **error.values)
            return None

    def address(self, row: Line) -> str:
        own = self._cell(row, "id").strip()
        return (self._cell(row, "email").strip() or (own if "@" in own else "")).lower()

    def _person(self, row: Line, name: str) -> PersonFound:
        if len(row.cells) > self._width:
            raise Invalid("cells-without-column")
        if not name:
            raise Invalid("row-without-name")
        fitted, cut = words.name_fitted(name)
        if cut:
            raise Invalid("person-name-too-long", most=NAME_GRAPHEMES[1])
        if not fitted:
            raise Invalid("row-without-name")
        own = words.meant(self._cell(row, "id"))
        own = "" if "@" in own else own  # an address is stored nowhere, not even within an id
        return PersonFound(row.number, own, fitted, self._team(row), "team" in self._columns)

    def _name(self, row: Line) -> str:
        whole = words.meant(_GUEST.sub("", _ADDRESS.sub(" ", self._cell(row, "name"))))
        first, last = words.meant(self._cell(row, "first_name")), words.meant(self._cell(row, "last_name"))
        return whole or words.joined(first, last)

    def _team(self, row: Line) -> str | None:
        value = words.meant(self._cell(row, "team"))
        if value not in self._teams:  # few teams, many people
            self._teams[value] = words.name_fitted(value, "team")
        team, cut = self._teams[value]
        if cut:
            self._reading.warn(row.number, "cell-cut", self._named("team"), value, most=NAME_GRAPHEMES[1])
        return team or None

    def _cell(self, row: Line, field: str) -> str:
        return cell(row, self._columns.get(field))

    def _named(self, field: str) -> str:
        number = self._table.columns.get(field, self._table.columns.get("last_name" if field == "name" else field))
        return self._table.names[number] if number is not None and number < len(self._table.names) else field


def _once(found: Sequence[tuple[PersonFound, str]], reading: Reading) -> list[PersonFound]:
    """One person a name and team; a form that was sent twice from one address counts once, as it was sent last."""
    shared = _shared_ids([person for person, _ in found], reading)
    kept: dict[tuple[str, ...], tuple[PersonFound, str]] = {}
    for person, address in found:
        person.uid = "" if person.uid in shared else person.uid
        key = ("", person.uid) if person.uid else (same(person.name), same(person.team or ""))
        first = kept.get(key)
        if first is None:
            kept[key] = (person, address)
            continue
        reading.again += 1
        _say_again(first, (person, address), reading)
    return [person for person, _ in kept.values()]


def same(name: str) -> str:
    """Case and blanks do not part people; accents do: Nguyễn, Nguyên."""
    return " ".join(name.casefold().split())


def _shared_ids(people: Sequence[PersonFound], reading: Reading) -> set[str]:
    """An id that several people have (a family's membership number) is nobody's: or the second would overwrite the first, and
    cards to the first would belong to the second."""
    holders: dict[str, set[str]] = {}
    for person in (one for one in people if one.uid):
        holders.setdefault(person.uid, set()).add(f"{fold(person.name)}\n{fold(person.team or '')}")
    shared = {uid for uid, names in holders.items() if uid and len(names) > 1}
    for person in people:
        if person.uid in shared:
            reading.warn(person.row, "cell-id-shared", "id", person.uid)
    return shared


def _say_again(first: tuple[PersonFound, str], again: tuple[PersonFound, str], reading: Reading) -> None:
    """Two people of one name in one team, or one person twice? Somebody who knows them must say, where no address does."""
    row = str(first[0].row)
    if again[0].uid:
        reading.warn(again[0].row, "cell-id-again", "id", again[0].uid, line=row)
    elif not (first[1] and first[1] == again[1]):
        reading.warn(again[0].row, "cell-person-again", "name", again[0].name, line=row)


def _turn(people: Sequence[PersonFound], given: Given, reading: Reading) -> None:
    """“Surname, Given”, turned round if the organiser wants it; capitals only then become small."""
    turned = {id(person): _turned(person.name) for person in people if "," in person.name}
    turned = {key: name for key, name in turned.items() if name}
    if not turned:
        return
    first = next(person for person in people if id(person) in turned)
    values: dict[str, str | int | float] = {"name": first.name, "turned": turned[id(first)], "number": len(turned)}
    ask = Ask("names-turned", Message("ask-names-turned", values), (TURN, KEEP), KEEP, (), first.row, "name")
    wanted = reading.ask(given, ask) == TURN
    for person in people:
        if name := turned.get(id(person)):
            person.name, person.alias = (name, person.name) if wanted else (person.name, name)


def _turned(name: str) -> str:
    found = _TURNED.fullmatch(name)
    if found is None:
        return ""
    surname, given = (part.strip() for part in found.groups())
    if (
        not surname
        or not given
        or len(surname.split()) > 3
        or given.lower().rstrip(".") in ("jr", "sr", "phd", "md", "dr", "msc")
    ):
        return ""
    return f"{given} {_small(surname)}"


def _small(surname: str) -> str:
    return " ".join(word.capitalize() if len(word) > 1 and word.isupper() else word for word in surname.split())


def guess_name_column(table: Table) -> int:
    """Of a table without headings: the first column whose cells look like names."""
    best, number = -1.0, 0
    for column in range(table.width):
        values = [words.meant(cell(row, column)) for row in table.rows[:LOOKED_AT]]
        filled = [one for one in values if one]
        like = sum(1 for one in filled if len(one.split()) in (2, 3, 4) and not _DIGITS.search(one) and "@" not in one)
        score = like / max(len(values), 1) + len(set(filled)) / max(len(values), 1) / 10
        if score > best + CLEARLY:
            best, number = score, column
    return number

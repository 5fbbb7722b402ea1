"""Which row names the columns, and which column is which. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from board.model.folding import fold
from board.transfer.imports.aliases import field_of, is_id_number, is_name, squeezed
from board.transfer.imports.found import SAMPLES, Column, Given, Kind, shown
from board.transfer.imports.grids import Grid, Line

LOOKED_AT = 40
# A row that names one column is taken for headings only as good as that: of a table with one column, or “Time” above days.
NEEDED: dict[Kind, tuple[str, ...]] = {
    "agenda": ("title", "type"),
    "people": ("name", "first_name", "last_name"),
}
# Names that are the whole name alone, and the surname beside a given name: Nom, Prénom.
_WHOLE_OR_LAST = {
    squeezed(word) for word in ("nom", "name", "naam", "navn", "namn", "nimi", "nama", "nome", "姓名", "name surname")
}
_WHOLE_OR_FIRST = {squeezed(word) for word in ("nombre", "nome", "name", "имя", "όνομα", "שם", "imię", "jméno")}
_VALUE = re.compile(r"[\d@]")
# A time or an address: no row of headings.
_DATA = re.compile(r"\d[:.h]\d\d(?!\d)|@")


@dataclass
class Table:
    """Rows beneath their headings. `columns`: field → which cells. `width`: how many columns have a name."""

    names: list[str]
    columns: dict[str, int]
    rows: list[Line]
    width: int
    heading: Line | None = None
    others: dict[str, list[int]] = field(default_factory=dict)
    """More columns for a time: `start` beside `starts_at`."""
    above: list[Line] = field(default_factory=list)

    def name_of(self, field: str) -> str:
        """What the file calls the column of this field; "" where it has none."""
        number = self.columns.get(field)
        return self.names[number] if number is not None else ""

    def described(self, fields: dict[int, str] | None = None) -> list[Column]:
        """Each column with its field and its first values, as the preview shows them."""
        by_number = {number: name for name, numbers in self.others.items() for number in numbers}
        by_number |= {number: name for name, number in self.columns.items()} | (fields or {})
        return [Column(name, by_number.get(number), self.samples(number)) for number, name in enumerate(self.names)]

    def samples(self, number: int) -> list[str]:
        values = (shown(cell(row, number)) for row in self.rows[:LOOKED_AT])
        return [value for value in values if value][:SAMPLES]


def cell(row: Line, number: int | None) -> str:
    return row.cells[number] if number is not None and number < len(row.cells) else ""


def find_table(kind: Kind, grid: Grid, given: Given, is_day: Callable[[str], bool]) -> Table | None:
    """Nothing where no row names its columns. `is_day`: a heading may be a day of the gathering."""
    best: tuple[int, int] | None = None
    for number, line in enumerate(grid.lines[:LOOKED_AT]):
        score = _score(kind, line, is_day)
        if score and (best is None or score > best[0]):
            best = (score, number)
    if best is None and not _mapped_by_name(grid, given):
        return None
    number = best[1] if best else _mapped_by_name(grid, given) or 0
    heading = grid.lines[number]
    names = [" ".join(name.split()) for name in heading.cells]
    while names and not names[-1]:
        names.pop()
    above, rows = grid.lines[:number], grid.lines[number + 1 :]
    columns = columns_of(kind, names)
    _by_hand(columns, names, given)
    times = [name for name in ("start", "end") if name in columns and name not in given.map]
    others: dict[str, list[int]] = {name: _others(name, names, columns) for name in times}
    return Table(names, columns, rows, len(names), heading, others, above)


def without_heading(grid: Grid, given: Given) -> Table:
    """All rows are rows; columns are numbered, and a person says which is which."""
    width = max((len(line.cells) for line in grid.lines[:LOOKED_AT]), default=0)
    names = [str(number) for number in range(1, width + 1)]
    columns: dict[str, int] = {}
    _by_hand(columns, names, given)
    return Table(names, columns, grid.lines, width)


def columns_of(kind: Kind, names: list[str]) -> dict[str, int]:
    """Of two columns for one field, the one with the better name; the first of equals."""
    best: dict[str, tuple[int, int]] = {}
    for number, name in enumerate(names):
        found = field_of(kind, name)
        if found and (found[0] not in best or found[1] < best[found[0]][0]):
            best[found[0]] = (found[1], number)
    columns = {name: number for name, (_, number) in best.items()}
    return _of_people(columns, names) if kind == "people" else columns


def _others(name: str, names: list[str], columns: dict[str, int]) -> list[int]:
    taken = set(columns.values())
    return [
        n for n, heading in enumerate(names) if n not in taken and (found := field_of("agenda", heading)) and found[0] == name
    ]


def is_heading(kind: Kind, row: Line, table: Table) -> bool:
    """The headings once more, as long tables and several tables in one file have them."""
    cells = [one for one in row.cells if one]
    if not cells or not is_name(kind, cells[0]):  # one look for nearly all of ten thousand rows
        return False
    if kind == "people" and len(cells) > 1 and not any(map(_VALUE.search, cells)) and squeezed(cells[0]) in _first(table):
        return True
    if table.heading is not None and [fold(one) for one in row.cells] == [fold(one) for one in table.heading.cells]:
        return True
    named = [found[0] for one in cells if (found := field_of(kind, one))]
    return len(cells) >= 2 and len(named) == len(cells) and bool({*named} & {*NEEDED[kind]})


def _first(table: Table) -> set[str]:
    return {squeezed(one) for one in (table.heading.cells if table.heading else [])[:1]}


def _score(kind: Kind, line: Line, is_day: Callable[[str], bool]) -> int:
    """How much a row looks like headings; 0 for not at all."""
    found = {name[0] for one in line.cells if one and (name := field_of(kind, one))}
    if kind == "agenda":
        days = sum(1 for one in line.cells if one and not field_of(kind, one) and is_day(one))
        if days >= 2 and len(found) <= 2:
            return len(found) + days
        if any(_DATA.search(one) for one in line.cells):
            return 0
        if "start" in found and len(line.cells) > 2 and not found & {*NEEDED[kind]}:
            return 1  # rooms, perhaps
    if any(_DATA.search(one) for one in line.cells):
        return 0
    return len(found) + 1 if found & {*NEEDED[kind]} else 0


def _of_people(columns: dict[str, int], names: list[str]) -> dict[str, int]:
    """Name beside Vorname is the surname; Nombre beside Apellidos is the given name."""
    whole = columns.get("name")
    if whole is None:
        return columns
    if "first_name" in columns and "last_name" not in columns and squeezed(names[whole]) in _WHOLE_OR_LAST:
        columns["last_name"] = columns.pop("name")
    elif "last_name" in columns and "first_name" not in columns and squeezed(names[whole]) in _WHOLE_OR_FIRST:
        columns["first_name"] = columns.pop("name")
    elif "first_name" in columns or "last_name" in columns:
        columns.pop("first_name", None)
        columns.pop("last_name", None)
    if "id" in columns and is_id_number(names[columns["id"]]):
        columns.pop("id")
    return columns


def _by_hand(columns: dict[str, int], names: list[str], given: Given) -> None:
    for name, column in given.map.items():
        number = column_number(column, names)
        if number is None:
            columns.pop(name, None)
            continue
        for other in [other for other, taken in columns.items() if taken == number]:
            del columns[other]
        columns[name] = number


def column_number(column: str, names: list[str]) -> int | None:
    """By its name, else by its number from 1."""
    wanted = squeezed(column)
    for compare in (lambda name: name == column, lambda name: bool(wanted) and squeezed(name) == wanted):
        for number, name in enumerate(names):
            if compare(name):
                return number
    return int(column) - 1 if column.isascii() and column.isdigit() and 0 < int(column[:4]) <= len(names) else None


def _mapped_by_name(grid: Grid, given: Given) -> int | None:
    """The row that has all names of columns that were mapped by hand."""
    wanted = [squeezed(column) for column in given.map.values() if column and not column.isdigit()]
    if not wanted:
        return None
    for number, line in enumerate(grid.lines[:LOOKED_AT]):
        if {*wanted} <= {squeezed(one) for one in line.cells}:
            return number
    return None

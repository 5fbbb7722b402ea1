"""An agenda whose columns are days, or rooms: each cell is a session. Made into an ordinary table. Pure."""

from __future__ import annotations

from dataclasses import replace

from board.model.models import Message
from board.transfer.imports import words
from board.transfer.imports.dates import read_day
from board.transfer.imports.found import Ask, Given, Reading
from board.transfer.imports.grids import Grid, Line
from board.transfer.imports.headings import Table, cell
from board.transfer.imports.moments import read_moment, read_span

HEADINGS_LOOKED_AT = 10
ROWS_LOOKED_AT = 200
CLEARLY_LONGER = 1.3
TIME_ROWS = 0.5
"""So many of the rows have a time in the column of times, at least."""


def unfolded(table: Table, given: Given, reading: Reading) -> Table:
    """The table as one session a row, where its columns are days or rooms; else the table itself."""
    times = _times_column(table)
    if "title" in table.columns or "type" in table.columns or times is None:
        return table
    taken = {times, *table.columns.values()}
    others = [number for number, name in enumerate(table.names) if number not in taken and name]
    days = [number for number in others if read_day(table.names[number], given)]
    if len(days) >= 2 or (days and len(days) == len(others)):
        return _by_columns(table, times, days, "date")
    rooms = [number for number in others if any(words.meant(cell(row, number)) for row in table.rows)]
    if len(others) < 2 or not rooms or not _asked_rooms(table, rooms, given, reading):
        return table
    return _by_columns(table, times, rooms, "room")


def rooms_table(grid: Grid) -> Table | None:
    """A grid without a name above its times: “Monday 4 May, Hall A, Hall B”, or nothing in that corner."""
    for number, line in enumerate(grid.lines[:HEADINGS_LOOKED_AT]):
        rows = grid.lines[number + 1 :]
        values = [row.cells[0] for row in rows if row.cells[0]]
        read = sum(1 for value in values if read_span(value))
        named = [one for one in line.cells[1:] if one and not read_span(one)]
        if values and read >= TIME_ROWS * len(values) and len(named) >= 2 and not read_span(line.cells[0]):
            if any(read_span(one) for row in rows for one in row.cells[1:]):
                return None  # a start and an end: a list of sessions, not a grid
            above = [*grid.lines[:number], Line(line.number, line.cells[:1])]
            return Table(line.cells, {"start": 0}, rows, len(line.cells), line, above=above)
    return None


def guess_columns(table: Table, given: Given) -> int | None:
    """Of an agenda without headings: finds its day and its times, and gives the column that may be the title."""
    best, title = 0.0, None
    for number in range(table.width):
        values = [one for row in table.rows[:ROWS_LOOKED_AT] if (one := words.meant(cell(row, number)))]
        read = [moment for one in values if (moment := read_moment(one, given)) and not (moment.span and moment.span.unclear)]
        if values and len(read) >= TIME_ROWS * len(values):
            fields = ("date",) if all(moment.day and not moment.span for moment in read) else ("start", "end")
            if (field := next((one for one in fields if one not in table.columns), None)) is not None:
                table.columns[field] = number
            continue
        length = sum(map(len, values)) / max(len(table.rows[:ROWS_LOOKED_AT]), 1)
        if length > best * CLEARLY_LONGER:
            best, title = length, number
    return title if {"date", "start"} & table.columns.keys() else None


def _times_column(table: Table) -> int | None:
    """The column of times: named as such, or the first one, where its cells are times."""
    number = table.columns.get("start", 0)
    values = [one for row in table.rows if (one := cell(row, number))]
    read = sum(1 for one in values if read_span(one))
    return number if values and read >= TIME_ROWS * len(values) else None


def _asked_rooms(table: Table, rooms: list[int], given: Given, reading: Reading) -> bool:
    names = ", ".join(f"“{table.names[number]}”" for number in rooms)
    ask = Ask("rooms-as-columns", Message("ask-rooms-as-columns", {"names": names}), ("rooms", "no"), "rooms")
    return reading.ask(given, replace(ask, row=table.heading.number if table.heading else 1)) == "rooms"


def _by_columns(table: Table, times: int, columns: list[int], field: str) -> Table:
    """Each cell as a row of its own, with the heading of its column as the day or the room."""
    kept = {name: number for name, number in table.columns.items() if name not in (field, "title") and number not in columns}
    kept.pop("start", None)
    names = ["", "", "", *(table.names[number] for number in kept.values())]
    rows = []
    for row in table.rows:
        rest = [cell(row, number) for number in kept.values()]
        time = cell(row, times)
        for number in columns:
            title = words.meant(cell(row, number))
            if title and read_span(time):
                rows.append(Line(row.number, [title, time, table.names[number], *rest]))
            elif title:
                rows.append(Line(row.number, [title]))
    fields = {"title": 0, "start": 1, field: 2} | {name: number + 3 for number, name in enumerate(kept)}
    return Table(names, fields, rows, len(names), above=table.above)

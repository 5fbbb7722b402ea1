"""An agenda whose columns are days, or rooms: each cell is a session. Made into an ordinary table. Pure."""

from __future__ import annotations

from dataclasses import replace

from board.model.models import Message
from board.transfer.imports import words
from board.transfer.imports.dates import read_day
from board.transfer.imports.found import Ask, Given, Reading
from board.transfer.imports.grids import Line
from board.transfer.imports.headings import Table, cell
from board.transfer.imports.moments import read_span

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
    if not rooms or not _asked_rooms(table, rooms, given, reading):
        return table
    return _by_columns(table, times, rooms, "room")


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

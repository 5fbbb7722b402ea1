"""A file becomes a `Reading`: its format, its columns, its sessions or people, and every doubt. Pure.

Runs in a thread: ten thousand rows take longer than an event loop may stand still.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from board.model.folding import fold
from board.model.models import Invalid, Message
from board.transfer.imports.agenda_rows import AgendaRows, joined
from board.transfer.imports.aliases import FIELDS
from board.transfer.imports.calendars import is_calendar, read_calendar
from board.transfer.imports.dates import read_day
from board.transfer.imports.day_grids import guess_columns, rooms_table, unfolded
from board.transfer.imports.decode import decode, format_of
from board.transfer.imports.found import Ask, Column, Given, Kind, Reading
from board.transfer.imports.grids import MAX_ROWS, Grid, read_text
from board.transfer.imports.headings import NEEDED, Table, find_table, without_heading
from board.transfer.imports.people_rows import guess_name_column, read_people
from board.transfer.imports.schedules import read_json, read_xml
from board.transfer.imports.workbooks import read_workbook

MAX_FILE_BYTES = 10 * 1024 * 1024
# Each snapshot has the whole agenda.
MAX_SESSIONS = 2_000
HEAD = 4_000
NO_COLUMN = "-"
# What a sheet of this kind is called, folded, in languages that have met; a board's own export among them.
_SHEETS_OF: dict[Kind, frozenset[str]] = {
    "agenda": frozenset(
        ("agenda", "program", "programme", "programm", "programa", "schedule", "sessions", "timetable", "ablauf", "horario")
    ),
    "people": frozenset(
        ("people", "participants", "attendees", "delegates", "roster", "teilnehmer", "participantes", "invites")
    ),
}
_XML = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)?<(?:schedule|conference|iCalendar|!DOCTYPE|[a-z]+[\s>])", re.DOTALL
)
_CALENDAR_FIELDS = (("SUMMARY", "title"), ("DTSTART", "start"), ("DTEND", "end"), ("LOCATION", "room"), ("UID", "id"))


def read(kind: Kind, data: bytes, given: Given, name: str = "") -> Reading:
    """Raises `Invalid` when the file as a whole cannot be used."""
    if len(data) > MAX_FILE_BYTES:
        raise Invalid("file-too-large", mib=MAX_FILE_BYTES // 1024 // 1024)
    given = replace(given, map=_fields_first(kind, given))
    if format_of(data, name) == "xlsx":
        reading = Reading(kind, "xlsx")
        _sheets(reading, read_workbook(data), given)
    else:
        text = decode(data, given.encoding)
        reading = Reading(kind, _format(text.content, name), text.encoding)
        _text(reading, text.content, given)
    _finish(reading)
    return reading


def _fields_first(kind: Kind, given: Given) -> dict[str, str]:
    """Raises `Invalid` for a field that there is not."""
    fields = FIELDS[kind]
    found = {}
    for field, column in given.map.items():
        if field not in fields and column in fields:
            field, column = column, field
        if field not in fields:
            raise Invalid("map-field-unknown", field="map", name=field, fields=", ".join(fields))
        found[field] = column
    return found


def _format(content: str, name: str) -> str:
    head = content[:HEAD].lstrip("\ufeff \t\r\n")
    if is_calendar(content):
        return "icalendar"
    if head[:1] in ("{", "[") and (name.lower().endswith(".json") or re.match(r'[\[{]\s*(?:["\[{\]}])', head)):
        return "json"
    return "xml" if _XML.match(head) else "csv"


def _text(reading: Reading, content: str, given: Given) -> None:
    if reading.format == "csv":
        _sheets(reading, [read_text(content)], given)
        return
    if reading.kind == "people":
        raise Invalid("file-no-people")
    if reading.format == "icalendar":
        reading.sessions = read_calendar(content, given, reading)
        reading.columns = [Column(name, field, []) for name, field in _CALENDAR_FIELDS]
        return
    table = read_json(content, given, reading) if reading.format == "json" else read_xml(content)
    reading.columns = table.described()
    reading.sessions = AgendaRows(table, given, reading).read()


def _sheets(reading: Reading, grids: list[Grid], given: Given) -> None:
    if not any(grid.lines for grid in grids):
        raise Invalid("file-empty")
    tables = [
        (grid, table) for grid in grids if (table := find_table(reading.kind, grid, given, lambda one: _is_day(one, given)))
    ]
    if not tables:
        tables = [(grids[0], _by_hand(reading, grids[0], given))]
    if len(tables) > 1 and not _are_days(tables, given):
        tables, others = [max(tables, key=lambda found: (_says(found[0].name, reading.kind), len(found[1].rows)))], tables
        left = ", ".join(f"“{grid.name}”" for grid, _ in others if grid is not tables[0][0])
        reading.warn(0, "sheets-left-out", "", tables[0][0].name, sheets=left)
    for grid, table in tables:
        if len(table.rows) > MAX_ROWS:
            raise Invalid("file-too-many-rows", most=MAX_ROWS)
        day = _day_of(grid.name, given)
        if reading.kind == "agenda":
            reading.sessions += _agenda(reading, table, given, day)
        else:
            reading.people += read_people(table, given, reading)
        reading.columns = reading.columns or table.described()


def _agenda(reading: Reading, table: Table, given: Given, day: date | None) -> list:  # type: ignore[type-arg]
    plain = unfolded(table, given, reading)
    if plain is not table:
        wide = [
            number
            for number, name in enumerate(table.names)
            if name in {row.cells[2] for row in plain.rows if len(row.cells) > 2}
        ]
        field = "date" if "date" in plain.columns and plain.columns["date"] == 2 else "room"
        reading.columns = table.described(dict.fromkeys(wide, field))
    return AgendaRows(plain, given, reading, day).read()


def _is_day(value: str, given: Given) -> bool:
    return read_day(value, given) is not None


def _day_of(name: str, given: Given) -> date | None:
    """A sheet for each day of the gathering is called after it."""
    read = read_day(name, given) if name else None
    return read.day_first if read else None


def _says(name: str, kind: Kind) -> bool:
    """Whether the name of a sheet says what is in it. In a workbook of all of a board the cards would be more rows."""
    return fold(name) in _SHEETS_OF[kind]


def _are_days(tables: list[tuple[Grid, Table]], given: Given) -> bool:
    return all(_day_of(grid.name, given) for grid, _ in tables)


def _by_hand(reading: Reading, grid: Grid, given: Given) -> Table:
    """No row names the columns: the preview shows the rows, and asks which column is which."""
    if reading.kind == "agenda" and not given.map and (rooms := rooms_table(grid)):
        return rooms
    table = without_heading(grid, given)
    if reading.kind == "agenda":
        if "title" not in table.columns:
            _ask_column(reading, table, given, "title", guess_columns(table, given))
        return table
    if not {*NEEDED["people"]} & {*table.columns}:
        _ask_column(reading, table, given, "name", guess_name_column(table))
    return table


def _ask_column(reading: Reading, table: Table, given: Given, field: str, guess: int | None) -> None:
    """Raises `Invalid` where there is no answer and nothing to guess by."""
    choices = (
        table.names if guess is None else [table.names[guess], *(name for name in table.names if name != table.names[guess])]
    )
    labels = tuple(", ".join(table.samples(int(name) - 1)) for name in choices)
    key = f"{field}-column"
    chosen = "" if guess is None else table.names[guess]
    first = table.rows[0].number if table.rows else 1
    detail = Message("ask-name-column" if field == "name" else "ask-title-column")
    answer = reading.ask(given, Ask(key, detail, tuple(choices), chosen, labels, first, chosen))
    if answer:
        table.columns[field] = int(answer) - 1


def _finish(reading: Reading) -> None:
    if reading.kind != "agenda":
        return
    reading.sessions = joined(reading.sessions, reading)
    if len(reading.sessions) > MAX_SESSIONS:
        raise Invalid("file-too-many-sessions", number=len(reading.sessions), most=MAX_SESSIONS)

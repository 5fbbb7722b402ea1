"""A workbook as grids, one a sheet: bounded before it is opened, because a few kilobytes can hold gigabytes. Pure.

openpyxl reads a sheet as a stream, and its XML by `defusedxml`: no entity is ever opened.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

import openpyxl

from board.model.models import Invalid
from board.transfer.imports.grids import CELL_CHARACTERS, MAX_ROWS, SAMPLE_LINES, Grid, Line

MAX_PARTS = 1_000
MAX_PART_BYTES = 24 * 1024 * 1024
MAX_BYTES = 40 * 1024 * 1024
MAX_SHEETS = 20
MAX_COLUMNS = 100
# A cell far below makes a reader count through all rows above it, of which there are none.
MAX_EMPTY_ROWS = 50_000
# Times of day are kept as parts of a day; Excel's first day stands for “no day”.
_NO_DAY = {date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1), date(1904, 1, 1)}


def read_workbook(data: bytes) -> list[Grid]:
    """The sheets that somebody sees, those with cells. Raises `Invalid`."""
    _bounded(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"][:MAX_SHEETS]
            grids = [Grid(list(_lines(sheet)), sheet.title) for sheet in shown]
        finally:
            book.close()
    except Invalid:
        raise
    except Exception as error:  # a damaged workbook breaks the library in many ways
        raise Invalid("file-not-xlsx") from error
    return [grid for grid in grids if grid.lines]


def _bounded(data: bytes) -> None:
    """By what the archive says of itself: more than a part's own size is never unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, OverflowError) as error:
        raise Invalid("file-not-xlsx") from error
    sizes = [part.file_size for part in parts]
    if len(parts) > MAX_PARTS or max(sizes, default=0) > MAX_PART_BYTES or sum(sizes) > MAX_BYTES:
        raise Invalid("file-unpacks-too-large", mib=MAX_BYTES // 1024 // 1024)


def _lines(sheet: Any) -> Iterator[Line]:
    sheet.reset_dimensions()  # a sheet may say that it has a million rows
    found = 0
    for number, row in enumerate(islice(sheet.iter_rows(max_col=MAX_COLUMNS), MAX_EMPTY_ROWS), 1):
        cells = [_text(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            found += 1
            yield Line(number, cells)
        if found > MAX_ROWS + SAMPLE_LINES:
            raise Invalid("file-too-many-rows", most=MAX_ROWS)


def _text(cell: Any) -> str:
    """A cell as somebody would type it: 2026-05-04, 09:30, or both."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return _moment(value, str(getattr(cell, "number_format", "")))
    if isinstance(value, time):
        return value.isoformat("seconds" if value.second else "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.6f}" if 0 < value < 1 else f"{value:g}" if value != int(value) else str(int(value))
    return str(value)[:CELL_CHARACTERS].strip()


def _moment(value: datetime, shown_as: str) -> str:
    value = (value + timedelta(milliseconds=500)).replace(microsecond=0)  # parts of a day are not exact
    clock = value.strftime("%H:%M:%S" if value.second else "%H:%M")
    if value.date() in _NO_DAY:
        return clock
    midnight = value.time() == time()
    return value.date().isoformat() if midnight else f"{value.date().isoformat()} {clock}"

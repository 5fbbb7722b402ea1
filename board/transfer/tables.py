"""A CSV file as rows with the names of its columns. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from board.model.models import Invalid

MAX_ROWS = 10_000
MAX_FILE_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True)
class Row:
    """`line` counts as an editor counts. `cells` has the columns that the file has, and no others: a column that is missing and
    a cell that is empty are not the same."""

    line: int
    cells: dict[str, str]
    too_long: bool
    """A comma in a text without quotes has shifted all that follows."""


def read_csv(data: bytes, columns: Sequence[str], required: str) -> list[Row]:
    """Raises `Invalid` when the file as a whole cannot be used."""
    if len(data) > MAX_FILE_BYTES:
        raise Invalid("file-too-large", mib=MAX_FILE_BYTES // 1024 // 1024)
    content = _decoded(data)
    first = content.split("\n", 1)[0]
    reader = csv.DictReader(io.StringIO(content, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    found: list[Row] = []
    try:
        reader.fieldnames = _column_names(reader.fieldnames or (), columns, required)
        for row in _rows(reader):
            found.append(row)
            if len(found) > MAX_ROWS:
                raise Invalid("file-too-many-rows", most=MAX_ROWS)
    except csv.Error as error:
        raise Invalid("file-not-csv", line=str(reader.line_num + 1), reason=str(error)) from None
    return found


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Invalid("file-not-utf8", line=str(line)) from None


def _rows(reader: csv.DictReader[str]) -> Iterator[Row]:
    for row in reader:
        beyond = "".join(row.pop(None, ()))  # what DictReader calls cells without a column
        cells = {name: (value or "").strip() for name, value in row.items()}
        if any(cells.values()) or beyond.strip():
            yield Row(reader.line_num, cells, bool(beyond.strip()))


def _column_names(row: Iterable[str], columns: Sequence[str], required: str) -> list[str]:
    names = [name.strip().lower() for name in row]
    while names and not names[-1]:  # spreadsheets leave empty columns at the end
        names.pop()
    if required not in names:
        raise Invalid("file-columns-unnamed", required=required, columns=", ".join(columns))
    unknown = [name for name in names if name not in columns]
    if unknown:
        listed = ", ".join(f"“{name}”" for name in unknown)
        raise Invalid("file-columns-unknown", unknown=listed, number=len(unknown), columns=", ".join(columns))
    for name in names:
        if names.count(name) > 1:
            raise Invalid("file-column-twice", name=name)
    return names

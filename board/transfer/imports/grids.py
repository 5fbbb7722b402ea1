"""A text file of cells as a grid: which separator, which lines. Pure."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from board.model.models import Invalid

MAX_ROWS = 10_000
MAX_COLUMNS = 200
# What Excel itself takes in a cell, twice: a longer one is a quotation mark that never closes.
CELL_CHARACTERS = 64 * 1024
SEPARATORS = ",;\t|"
SAMPLE_LINES = 40
_SAYS = re.compile(r'\A"?sep=(.)"?\r?\n', re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """A row of the file. `number` counts as an editor counts lines, or as a spreadsheet counts rows."""

    number: int
    cells: list[str]


@dataclass
class Grid:
    """`name` is the sheet's, "" in text."""

    lines: list[Line]
    name: str = ""
    other_sheets: list[str] = field(default_factory=list)


def read_text(content: str) -> Grid:
    """Raises `Invalid` when it is no table at all."""
    content, skipped, separator = _announced(content.replace("\r\n", "\n").replace("\r", "\n"))
    separator = separator or _separator(content)
    lines: list[Line] = []
    for line in _parsed(content, separator):
        if any(line.cells):
            lines.append(Line(line.number + skipped, line.cells))
        if len(lines) > MAX_ROWS + SAMPLE_LINES:
            raise Invalid("file-too-many-rows", most=MAX_ROWS)
    return Grid(lines)


def _announced(content: str) -> tuple[str, int, str]:
    """Excel's own line `sep=;`."""
    found = _SAYS.match(content)
    return (content[found.end() :], 1, found[1]) if found else (content, 0, "")


def _separator(content: str) -> str:
    """The one that parts most lines into the same number of cells."""
    return max(SEPARATORS, key=lambda separator: (*_agreement(content, separator), -SEPARATORS.index(separator)))


def _agreement(content: str, separator: str) -> tuple[int, int]:
    counts: dict[int, int] = {}
    sample = "\n".join(content.split("\n", SAMPLE_LINES * 3)[: SAMPLE_LINES * 3])
    for number, line in enumerate(_parsed(sample, separator, strict=False)):
        if number == SAMPLE_LINES:
            break
        if any(line.cells):
            counts[len(line.cells)] = counts.get(len(line.cells), 0) + 1
    parted = {cells: lines * min(cells, 12) for cells, lines in counts.items() if cells > 1}
    return (max(parted.values()), max(parted)) if parted else (0, 0)


def _parsed(content: str, separator: str, strict: bool = True) -> Iterator[Line]:
    """The rows of the file that are not empty. `number`: the line on which a row ends, as an editor counts lines."""
    csv.field_size_limit(CELL_CHARACTERS)
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=separator, strict=strict, skipinitialspace=True)
    last = 0
    try:
        for cells in reader:
            last = reader.line_num
            if cells:  # five million empty lines fit into a file, and kept a thread busy for as many microseconds
                yield Line(last, _trimmed(cells))
    except csv.Error as error:
        if not strict:
            return
        raise Invalid("file-not-csv", line=str(last + 1), reason=str(error)) from None


def _trimmed(cells: list[str]) -> list[str]:
    cells = [cell.strip() for cell in cells[:MAX_COLUMNS]]
    while cells and not cells[-1]:
        cells.pop()
    return cells

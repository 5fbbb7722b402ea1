"""What became of a file that was read: counted, and each fault with its row, column and value. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from board.model.models import BoardError
from board.transfer.tables import Row

T = TypeVar("T")
VALUE_SHOWN = 60


@dataclass
class Report:
    """What became of each line of an imported file, and what somebody should look at."""

    added: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    doubts: int = 0
    time_zone: str = ""
    """In which times without a zone were read."""
    lines: list[str] = field(default_factory=list)

    def refuse(self, line: int, faults: Iterable[Fault]) -> None:
        self.refused += 1
        self.lines += [f"line {line}: refused: {fault}" for fault in faults]

    def doubt(self, line: int, fault: Fault) -> None:
        self.doubts += 1
        self.lines.append(f"line {line}: please check: {fault}")

    def note(self, line: int, what: str, name: str) -> None:
        setattr(self, what, getattr(self, what) + 1)
        self.lines.append(f"line {line}: {what}: {name}")


@dataclass(frozen=True)
class Fault:
    """What is wrong in a line, with the cell where one is at fault."""

    detail: str
    column: str = ""
    value: str = ""

    def __str__(self) -> str:
        if not self.column:
            return self.detail
        shown = self.value if len(self.value) <= VALUE_SHOWN else self.value[: VALUE_SHOWN - 1] + "…"
        return f"column “{self.column}”, “{' '.join(shown.split())}”: {self.detail}"


class Cells:
    """The cells of one row, and all that is wrong with them: somebody who mends a file wants to know everything at once."""

    def __init__(self, row: Row) -> None:
        self._row = row
        self.faults: list[Fault] = []
        self.doubts: list[Fault] = []
        if row.too_long:
            self.faults.append(Fault('There are more cells than columns. A text with a comma in it needs quotes: "A, B".'))

    def __contains__(self, column: str) -> bool:
        return column in self._row.cells

    def value(self, column: str) -> str:
        return self._row.cells.get(column, "")

    def read(self, column: str, parse: Callable[[str], T], otherwise: T) -> T:
        """What `parse` makes of the cell; `otherwise`, and a fault, where it refuses."""
        try:
            return parse(self.value(column))
        except BoardError as error:
            self.fault(column, error.detail)
            return otherwise

    def fault(self, column: str, detail: str) -> None:
        self.faults.append(Fault(detail, column, self.value(column)))

    def doubt(self, column: str, detail: str) -> None:
        self.doubts.append(Fault(detail, column, self.value(column)))

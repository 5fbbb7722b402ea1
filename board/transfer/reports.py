"""What became of a file that was read: counted, and each fault with its row, column and value. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from board.model.catalogue import Catalogue
from board.model.models import BoardError, Message
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
    lines: list[Line] = field(default_factory=list)

    def refuse(self, line: int, faults: Iterable[Fault]) -> None:
        self.refused += 1
        self.lines += [Line(line, "line-refused", fault=fault) for fault in faults]

    def doubt(self, line: int, fault: Fault) -> None:
        self.doubts += 1
        self.lines.append(Line(line, "line-doubtful", fault=fault))

    def note(self, line: int, what: str, name: str) -> None:
        setattr(self, what, getattr(self, what) + 1)
        self.lines.append(Line(line, f"line-{what}", name=name))

    def sentences(self, catalogue: Catalogue) -> list[str]:
        """The lines in a reader's language."""
        return [line.sentence(catalogue) for line in self.lines]


@dataclass(frozen=True)
class Line:
    """What became of one line of the file: a message of the catalogue, with a name or a fault."""

    number: int
    key: str
    name: str = ""
    fault: Fault | None = None

    def sentence(self, catalogue: Catalogue) -> str:
        what = self.fault.sentence(catalogue) if self.fault else ""
        return catalogue.say(self.key, line=str(self.number), name=self.name, what=what)


@dataclass(frozen=True)
class Fault:
    """What is wrong in a line, with the cell where one is at fault."""

    what: Message
    column: str = ""
    value: str = ""

    def sentence(self, catalogue: Catalogue) -> str:
        if not self.column:
            return catalogue.text(self.what)
        shown = self.value if len(self.value) <= VALUE_SHOWN else self.value[: VALUE_SHOWN - 1] + "…"
        return catalogue.say("cell-fault", column=self.column, value=" ".join(shown.split()), what=catalogue.text(self.what))


class Cells:
    """The cells of one row, and all that is wrong with them: somebody who mends a file wants to know everything at once."""

    def __init__(self, row: Row) -> None:
        self._row = row
        self.faults: list[Fault] = []
        self.doubts: list[Fault] = []
        if row.too_long:
            self.faults.append(Fault(Message("cells-without-column")))

    def __contains__(self, column: str) -> bool:
        return column in self._row.cells

    def value(self, column: str) -> str:
        return self._row.cells.get(column, "")

    def read(self, column: str, parse: Callable[[str], T], otherwise: T) -> T:
        """What `parse` makes of the cell; `otherwise`, and a fault, where it refuses."""
        try:
            return parse(self.value(column))
        except BoardError as error:
            self.faults.append(Fault(error.message, column, self.value(column)))
            return otherwise

    def fault(self, column: str, key: str) -> None:
        self.faults.append(Fault(Message(key), column, self.value(column)))

    def doubt(self, column: str, key: str) -> None:
        self.doubts.append(Fault(Message(key), column, self.value(column)))

"""Files imported within a test: read, planned and applied in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from board.data import imports
from board.data.transaction import Transaction
from board.transfer.imports import applying, bringing, previews
from board.transfer.imports.found import Given, Kind, Reading
from board.transfer.imports.plans import Plan
from tests.sentences import ENGLISH


@dataclass
class Report:
    """What became of a file, counted."""

    reading: Reading
    plan: Plan[Any]

    @property
    def added(self) -> int:
        return len(self.plan.added)

    @property
    def changed(self) -> int:
        return len(self.plan.changed)

    @property
    def moved(self) -> int:
        return len(self.plan.moved)

    @property
    def same(self) -> int:
        return self.plan.same

    @property
    def refused(self) -> int:
        return self.reading.refused

    @property
    def doubts(self) -> int:
        return sum(1 for doubt in self.reading.warnings if not doubt.refuses)


def command(kind: Kind, content: str | bytes, given: Given | None = None) -> Callable[[Transaction], Report]:
    """Does it all within the transaction, as no server would: there it is planned before."""
    file = bringing.File(kind, content.encode() if isinstance(content, str) else content)

    def run(transaction: Transaction) -> Report:
        reading, plan = bringing.planned(file, given or Given(), imports.state(transaction), transaction.now)
        applying.apply(transaction, kind, plan, "command line")
        return Report(reading, plan)

    return run


def lines(report: Report) -> list[str]:
    return previews.lines(report.reading, report.plan, ENGLISH)

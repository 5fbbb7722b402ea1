"""Refusals as the command line prints them: in English, as all that it says."""

from __future__ import annotations

from board.model.languages import Languages
from board.model.models import BoardError
from board.process import locales
from board.transfer.reports import Report


def refusal(error: BoardError) -> str:
    return Languages(locales.read()).english.refusal(error)


def report(found: Report) -> list[str]:
    """What became of each line of a file."""
    return found.sentences(Languages(locales.read()).english)

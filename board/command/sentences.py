"""Refusals as the command line prints them: in English, as all that it says."""

from __future__ import annotations

from board.model.catalogue import Catalogue
from board.model.languages import Languages
from board.model.models import BoardError
from board.process import locales


def refusal(error: BoardError) -> str:
    return english().refusal(error)


def english() -> Catalogue:
    return Languages(locales.read()).english

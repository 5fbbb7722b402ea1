"""Days in the words of their reader, and languages in their own, on pages that are made here."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_interval

from board.model.catalogue import Catalogue
from board.model.models import Board

LANGUAGES_KEPT = 200


def locale_of(catalogue: Catalogue) -> str:
    """English is read by people from everywhere: the day before the month, and 24 hours."""
    return "en_GB" if catalogue.number_language == "en" else catalogue.number_language.replace("-", "_")


@lru_cache(maxsize=LANGUAGES_KEPT)
def language_name(tag: str) -> str:
    """A language as those who speak it call it: français. Of one that has no data of its
    own the English name, and else its tag. As `ownName` of
    `static/js/shared/translated.js`."""
    try:
        return Locale.parse(tag, sep="-").get_display_name() or tag
    except (UnknownLocaleError, ValueError):
        return str(Locale("en").languages.get(tag.split("-")[0], tag))


def day_in_words(day: date | str, catalogue: Catalogue, form: str = "long") -> str:
    """`form`: as Babel knows it: "long", "full", "d MMMM"."""
    found = date.fromisoformat(day) if isinstance(day, str) else day
    return str(format_date(found, form, locale=locale_of(catalogue)))


def days_of(board: Board, catalogue: Catalogue) -> str:
    """The days of the gathering, in words: 2–5 Oct 2023; one day: 2 October 2023. Empty where they are not known."""
    ends = [date.fromisoformat(day) for day in (board.starts_on, board.ends_on) if day]
    if len(set(ends)) < 2:
        return day_in_words(ends[0], catalogue) if ends else ""
    return str(format_interval(ends[0], ends[1], "yMMMd", locale=locale_of(catalogue)))

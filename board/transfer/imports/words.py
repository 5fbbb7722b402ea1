"""Texts of cells: what means nothing, what is too long, which names stand in one cell. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import regex

from board.model import arranging, text
from board.model.folding import tidy
from board.model.models import NAME_GRAPHEMES

TITLE_GRAPHEMES = arranging.TITLE_GRAPHEMES[1]
ROOM_GRAPHEMES = arranging.ROOM_GRAPHEMES[1]
MOST_SPEAKERS = 60
CELL_CODE_POINTS = 4_000
_NOTHING = regex.compile(r"[\s.\-–—_…·*/?]*|n/?a\.?|none|null|nil|#n/a|#ref!|#value!|keine?|néant|ninguno", regex.IGNORECASE)
_UNDECIDED = regex.compile(
    r"tb[acd]\.?|to be (?:announced|confirmed|decided|determined)|à confirmer|por confirmar|n\.?n\.?|待定|未定",
    regex.IGNORECASE,
)
_UNSHOWN = regex.compile(r"[[\p{Cc}\p{Cs}\p{Co}\p{Noncharacter_Code_Point}]\s]+", regex.V1)
_PARTS_ALWAYS = regex.compile(r"\s*[;|、；，]\s*|\s*\n\s*")
_PARTS_OF_TWO = regex.compile(
    r"\s+(?:&|\+|and|und|et|y|e|og|och|en|dan|và|и|та|και|és|ja|i|a|및)\s+|\s*&\s*|\s+/\s+|\s*,\s+(?:and|und|et|y|e)\s+"
)
_COMMAS = regex.compile(r",\s*(?![^()（）]*[)）])")
_BRACKETS = regex.compile(r"[(（].*?[)）]")
# A part with one of these is no person's name: “Ministry of Labour and Social Affairs” is one speaker.
_BODIES = {
    "of", "for", "the", "für", "pour", "para", "per", "department", "ministry", "institute", "university", "association",
    "committee", "centre", "center", "office", "ltd", "inc", "gmbh", "universität", "université", "universidad", "ministère",
}  # fmt: skip
MOST_WORDS_OF_NAME = 5


def meant(value: str) -> str:
    """A cell in one line; "" where it is a dot or a dash that stands for nothing."""
    value = _UNSHOWN.sub(" ", value[:CELL_CODE_POINTS]).strip()
    return "" if _NOTHING.fullmatch(value) else value


def undecided(value: str) -> bool:
    """“TBA” and the like: the value is not known yet."""
    return bool(_UNDECIDED.fullmatch(value.strip()))


def fitted(value: str, field: str, most: int) -> tuple[str, bool]:
    """The text as it is stored, cut where it is too long; and whether it was cut. Raises `Invalid` for other faults."""
    value = tidy(value)
    cut = text.graphemes(value) > most or len(value) > most * text.CODE_POINTS_PER_GRAPHEME
    if cut:
        value = text.beginning(value[: most * text.CODE_POINTS_PER_GRAPHEME], most - 1).rstrip(" ,;:-–—(") + "…"
    return text.clean(value, field, (0, most)), cut


def speakers_in(value: str) -> list[str]:
    """Each name in a cell. A comma between names is distinguished from one within a name: “Haddad, Omar” is one name."""
    names: list[str] = []
    for part in _PARTS_ALWAYS.split(value[:CELL_CODE_POINTS]):
        names += _by_commas(part.strip())
    kept = list(dict.fromkeys(name for name in map(meant, names) if name and not undecided(name)))
    return kept[:MOST_SPEAKERS]


def _by_commas(part: str) -> list[str]:
    parts = [one.strip() for one in _COMMAS.split(part) if one.strip()]
    if len(parts) > 1 and all(map(_is_name, [*parts[:-1], *_by_words(parts[-1])])):
        return [*parts[:-1], *_by_words(parts[-1])]
    return _by_words(part)


def _by_words(part: str) -> list[str]:
    found = [one.strip() for one in _PARTS_OF_TWO.split(part) if one.strip()]
    return found if len(found) > 1 and all(map(_is_name, found)) else [part]


def _is_name(part: str) -> bool:
    words = _BRACKETS.sub(" ", part).split()
    if not words or _BODIES & {word.lower() for word in words}:
        return False
    return 2 <= len(words) <= MOST_WORDS_OF_NAME or (not words[0].isascii() and not words[0][0].isupper())


def name_fitted(value: str, field: str = "name") -> tuple[str, bool]:
    return fitted(value, field, NAME_GRAPHEMES[1])


def joined(first: str, last: str) -> str:
    """Two columns as one name; one that has the other already is the whole name."""
    if first and last and f" {last.lower()} " in f" {first.lower()} ":
        return first
    return f"{first} {last}".strip()


Warn = Callable[..., Any]

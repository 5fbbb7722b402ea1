"""What a text may be: caps, control characters, direction, combining marks, NFC, length as people count it. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

import regex

from board.model.models import Invalid

# What a whole text may have for each character that it may have. Texts of living scripts have 1 to 3 code points a character,
# a text of nothing but families of four, 7 of 25 bytes, one of Scottish flags, 7 of 28 bytes. Everybody's phone is sent every
# text: a bound in characters alone would let one attendee send to all as many bytes as there are parts in a character.
CODE_POINTS_PER_GRAPHEME = 8
BYTES_PER_GRAPHEME = 28
# No single one may have more than this, though its neighbours have fewer: a chain of joined people, a heap of vowel signs.
MAX_CODE_POINTS = 32
# Vietnamese needs 2, pointed Hebrew and vocalised Arabic 3; "Zalgo" text needs 20.
MARKS_PER_BASE = 4

# `regex` lets go of the interpreter's lock while it looks, and then waits for it: for short texts `concurrent=False` is faster.
_GRAPHEME = regex.compile(r"\X")
# Of categories Cc, Cs and Co, and code points that are none by definition: what no font draws, or another on each phone.
_UNSHOWN = regex.compile(r"[[\p{Cc}\p{Cs}\p{Co}\p{Noncharacter_Code_Point}]--[\n]]", regex.V1)
_LINE_ENDS = re.compile("\r\n|[\u2028\u2029]")
_MANY_BLANK_LINES = re.compile(r"\n[ \n]*\n[ \n]*\n")
# `regex` knows newer emoji than `unicodedata`. The excepted are letters and symbols by category that draw nothing at all.
# Hangul fillers, an empty Braille pattern, blanks of Egyptian hieroglyphs, a note without a head, the place of an object.
_DRAWN = regex.compile(
    r"[[\p{L}\p{N}\p{P}\p{S}]--[\u115f\u1160\u3164\uffa0\u2800\ufffc\U00013441\U00013442\U0001d159]]", regex.V1
)
# Blocks of 128 characters whose script is nearly always that of one language, from U+0980 on, as in static/js/shared/text.js.
# Arabic, Devanagari, Ethiopic and Latin are the scripts of many: nothing is guessed of them.
_LANGUAGES = dict(enumerate(("bn", "pa", "gu", "or", "ta", "te", "kn", "ml", "si", "th", "lo"), 0x13)) | {
    0x20: "my",
    0x2F: "km",
}
# Scripts that need more room between lines, as in static/js/shared/text.js.
_TALL = re.compile(
    "[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc\u0900-\u09ff\u0b80-\u0bff\u0d80-\u0dff\u0e00-\u0fff"
    "\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff]"
)
_OPENS_EMBEDDING = frozenset("\u202a\u202b\u202d\u202e")
_OPENS_ISOLATE = frozenset("\u2066\u2067\u2068")
_PDF, _PDI = "\u202c", "\u2069"


def clean(value: str, field: str, limits: tuple[int, int], *, lines: bool = False) -> str:
    """The text as it will be stored.

    `limits` are the fewest and the most grapheme clusters (UAX 29); `lines` allows line feeds. Raises `Invalid` with
    words for the participant. The caps come before normalising: NFC is quadratic in the marks on one base (cpython#149079).
    """
    least, most = limits
    if len(value) > most * CODE_POINTS_PER_GRAPHEME:
        raise _too_long(most, field)
    value = _LINE_ENDS.sub("\n", value)
    _refuse_unshown(value, field, lines)
    if not value.isascii():
        value = unicodedata.normalize("NFC", _close_bidi(_cap_marks(value)))
        _refuse_heaps(value, field)
    value = value.strip()
    value = _MANY_BLANK_LINES.sub("\n\n", value)
    if not value.isascii() and not _DRAWN.search(value, concurrent=False):
        value = ""
    length = graphemes(value)
    if length == 0 and least > 0:
        raise Invalid("text-missing", field=field)
    if length < least:
        raise Invalid("text-too-short", field=field, least=least)
    if length > most:
        raise Invalid("text-too-long", field=field, length=length, most=most)
    # Counted again: a few characters have more parts in their normal form.
    if len(value) > most * CODE_POINTS_PER_GRAPHEME or len(value.encode()) > most * BYTES_PER_GRAPHEME:
        raise _too_long(most, field)
    return value


def graphemes(value: str) -> int:
    """How many characters people see in it."""
    return len(value) if value.isascii() else len(_GRAPHEME.findall(value, concurrent=False))


def _too_long(most: int, field: str) -> Invalid:
    return Invalid("text-much-too-long", field=field, most=most)


def beginning(value: str, most: int) -> str:
    """Its first characters as people see them, at most so many: no emoji or cluster is cut in two."""
    return "".join(_GRAPHEME.findall(value, concurrent=False)[:most]).strip()


def _refuse_unshown(value: str, field: str, lines: bool) -> None:
    if _UNSHOWN.search(value, concurrent=False):
        raise Invalid("character-not-shown", field=field)
    if "\n" in value and not lines:
        raise Invalid("one-line-only", field=field)


def _refuse_heaps(value: str, field: str) -> None:
    if any(len(character) > MAX_CODE_POINTS for character in _GRAPHEME.findall(value, concurrent=False)):
        raise Invalid("character-too-heavy", field=field)


def _cap_marks(value: str) -> str:
    """Counts on decomposed characters, as one character may stand for a letter with several marks or for two marks. Joiners
    and vowel signs that take room of their own (category Mc) count nothing, yet end nothing: what follows stacks on."""
    kept: list[str] = []
    marks = 0
    for char in "".join(unicodedata.normalize("NFD", char) for char in value):
        category = unicodedata.category(char)
        if category in ("Mn", "Me"):
            marks += 1
            if marks > MARKS_PER_BASE:
                continue
        elif category not in ("Mc", "Cf"):
            marks = 0
        kept.append(char)
    return "".join(kept)


def _close_bidi(value: str) -> str:
    """Closes what was opened and drops closers that close nothing, so that a text cannot turn its neighbours round."""
    kept: list[str] = []
    closers: list[str] = []
    for char in value:
        if char in _OPENS_EMBEDDING:
            closers.append(_PDF)
        elif char in _OPENS_ISOLATE:
            closers.append(_PDI)
        elif char in (_PDF, _PDI):
            if not closers or closers[-1] != char:
                continue
            closers.pop()
        kept.append(char)
    return "".join(kept) + "".join(reversed(closers))


def tall(text: str | None) -> str:
    """ "tall" for scripts that need more room between lines, else nothing: a class of the style sheets."""
    return "tall" if text and _TALL.search(text) else ""


def language_of(text: str | None) -> str:
    """The language of more than half of a text's letters, where their script tells it (BCP 47), else nothing: unknown. One rule
    with static/js/shared/text.js; the same cases test both."""
    letters = [letter for letter in text or "" if unicodedata.category(letter)[0] == "L"]
    found = Counter(_LANGUAGES.get(ord(letter) >> 7, "") for letter in letters)
    return next((language for language, count in found.items() if count * 2 > len(letters)), "")


def side(text: str | None) -> str:
    """On which side a text starts, by its first letter."""
    found = next((kind for letter in text or "" if (kind := unicodedata.bidirectional(letter)) in ("L", "R", "AL")), "L")
    return "ltr" if found == "L" else "rtl"

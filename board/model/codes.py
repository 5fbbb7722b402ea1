"""A board's code as somebody reads it from a wall and types it. Pure."""

from __future__ import annotations

import re
import unicodedata

from board.model.models import CODE_PATTERN

# Longer than any code with spaces and dashes around it.
MAX_TYPED = 40
_DASHES = re.compile(r"[\s\-‐‑‒–—―−⁃﹘﹣－_~・.·]+")
# Generated codes leave out what is mistaken for something else when read from a wall: 0/O, 1/I/L.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 6
_CODE = re.compile(CODE_PATTERN)


def candidates(typed: str) -> list[str]:
    """The codes that may be meant, the likeliest first. A space is a dash, or nothing. Empty: it is no code."""
    if len(typed) > MAX_TYPED:
        return []
    digits = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in typed)
    words = _DASHES.sub("-", unicodedata.normalize("NFKC", digits)).strip("-/").upper()
    found = dict.fromkeys((words, bare(words)))
    return [code for code in found if _CODE.fullmatch(code)]


def bare(code: str) -> str:
    """Without its dashes: what is left when somebody does not type them."""
    return code.replace("-", "")

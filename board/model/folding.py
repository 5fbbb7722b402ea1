"""Names compared as people compare them, and names as they are stored. Pure.

`static/js/shared/folding.js` does the same; the examples of `tests/vectors/folding.json` hold both to it.
"""

from __future__ import annotations

import unicodedata

import regex

# What shows nothing: joiners, marks of direction, soft hyphens, selectors, fillers. With them a name could be taken again.
_INVISIBLE = regex.compile(r"[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800\ufffc]")
# A phone's keyboard has one of them, the roster another: D'Souza, D’Souza, Gʻulom, G'ulom. Before NFKD, which splits some.
_APOSTROPHES = regex.compile("['`´‘’‚‛′ʹʻʼʽʾʿˈ׳＇]")
# Accents, points of Hebrew, vowel signs and signs of reading in Arabic. Vowel signs of Indic scripts are letters.
_ACCENTS = regex.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]"
)
# Letters that a keyboard without them is typed for, and that no normal form takes apart.
_LETTERS = str.maketrans(
    {
        **dict(zip("đðłøħŧıɓɗƙƴςٱکةھ", "ddlohtibdkyσاكهه", strict=True)),
        "ى": "ي",
        "ی": "ي",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
    }
)
_JOINERS = "\u200c\u200d"
_JOINING_LETTER = regex.compile(r"[[\p{L}\p{M}]--[\p{Latin}\p{Greek}\p{Cyrillic}\p{Han}\p{Hangul}]]", regex.V1)
_EMOJI = regex.compile(r"[\p{Extended_Pictographic}\U0001f3fb-\U0001f3ff\ufe0f]")
_PICTURE = regex.compile(r"[\p{Extended_Pictographic}0-9#*]")
_TAG = regex.compile("[\U000e0020-\U000e007f]")
_FLAG = "\U0001f3f4"


def fold(text: str) -> str:
    """For comparing and finding: case, width, accents, apostrophes, spaces and what cannot be seen do not count."""
    if text.isascii():  # nothing else of it changes; most texts are, and each new post is folded several times
        return " ".join(text.replace("'", "").replace("`", "").lower().split())
    text = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", _INVISIBLE.sub("", text)))
    text = _ACCENTS.sub("", _APOSTROPHES.sub("", text)).lower()
    return " ".join(unicodedata.normalize("NFKD", _ACCENTS.sub("", text)).translate(_LETTERS).split())


def tidy(name: str) -> str:
    """A name as it is stored: NFC, single spaces, and nothing that cannot be seen but what a script or an emoji needs."""
    name = unicodedata.normalize("NFC", name)
    if not name.isascii():
        name = "".join(char for at, char in enumerate(name) if not _INVISIBLE.match(char) or _is_needed(name, at))
    return unicodedata.normalize("NFC", " ".join(name.split()))


def _is_needed(name: str, at: int) -> bool:
    char, before, after = name[at], name[at - 1 : at], name[at + 1 : at + 2]
    if char in _JOINERS and _JOINING_LETTER.match(before) and _JOINING_LETTER.match(after):
        return True  # Persian, Sinhala, Indic and Khmer words are written with them
    if char == "\u200d":
        return bool(_EMOJI.match(before) and _EMOJI.match(after))
    if char in "\ufe0e\ufe0f":
        return bool(_PICTURE.match(before))
    return bool(_TAG.match(char)) and (before == _FLAG or bool(_TAG.match(before)))

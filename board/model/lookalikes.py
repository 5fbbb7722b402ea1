"""Characters that look like a letter and are written in its place, so that a list of words does not find the word. Pure.

Small letters, as `folding.fold` leaves them: width, accents, circles and styled letters of mathematics are gone by then.
"""

from __future__ import annotations

_CYRILLIC = dict(zip("абвеёзиікмнорстухјѕԁһԛԝѵьҥү", "abbee3uikmhopctyxjsdhqwvbhy", strict=True)) | {"з": "e"}
_GREEK = dict(zip("αβγεζηικμνορτυχωσ", "abyezhikmvoptuxwo", strict=True))
_ARMENIAN = dict(zip("օսոհցզյ", "ounhgqj", strict=True))
_LATIN = dict(zip("ɑɡɩʟᴀʙᴄᴅᴇꜰɢʜɪᴊᴋᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢʋƿ", "agilabcdefghijkmnoprstuvwyzvp", strict=True))
_BLACK = {chr(start + at): chr(ord("a") + at) for start in (0x1F150, 0x1F170, 0x1F1E6) for at in range(26)}
LETTERS = str.maketrans(_CYRILLIC | _GREEK | _ARMENIAN | _LATIN | _BLACK)
"""To the Latin letter that each looks like. Words of these scripts are mapped alike, so they are found as well."""
_SIGNS = {
    "0": "o",
    "3": "e",
    "4": "a",
    "5": "s",
    "7": "t",
    "8": "b",
    "9": "g",
    "@": "a",
    "$": "s",
    "€": "e",
    "+": "t",
    "¢": "c",
}
# One sign may stand for either of two letters.
SIGNS = tuple(str.maketrans(_SIGNS | {"1": one, "|": one, "!": one}) for one in "il")
"""To the letter for which each is written, inside of a word."""

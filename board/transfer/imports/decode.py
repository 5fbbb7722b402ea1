"""Bytes become text: which encoding, which format. Pure.

Windows-1252 and Mac Roman are distinguished by the text that they give: read wrongly, Mac quotes become “Ò” and “Ó” beside a
blank, and Windows letters become signs of mathematics within words.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from board.model.models import Invalid

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "windows-1252", "mac-roman")
NAMES = {"utf-8": "utf-8-sig", "windows-1252": "cp1252", "mac-roman": "mac_roman"}
SAMPLE_BYTES = 64 * 1024
_LETTER = re.compile(r"[^\W\d_]")
_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


class Text(NamedTuple):
    content: str
    encoding: str


def format_of(data: bytes, name: str = "") -> str:
    """`xlsx`, or `text` that is looked into later. Raises `Invalid` for what is neither."""
    if data.startswith(_ZIP):
        return "xlsx"
    if data.startswith(_OLD_EXCEL):
        raise Invalid("file-old-excel")
    if data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b")):
        raise Invalid("file-no-table")
    return "text"


def decode(data: bytes, wanted: str = "") -> Text:
    """The text in its encoding, or in the one that is `wanted`. Raises `Invalid`."""
    if wanted:
        return _as_wanted(data, wanted.lower().replace("_", "-"))
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            return _as_wanted(data, encoding)
    if (wide := _wide(data[:SAMPLE_BYTES])) is not None:
        return _as_wanted(data, wide)
    try:
        return _cleaned(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        encoding = _older(data)
    return _as_wanted(data, encoding)


def _as_wanted(data: bytes, encoding: str) -> Text:
    encoding = {"utf-16": "utf-16-le", "utf8": "utf-8", "cp1252": "windows-1252", "macroman": "mac-roman"}.get(
        encoding, encoding
    )
    if encoding not in ENCODINGS:
        raise Invalid("encoding-unknown", field="encoding", encodings=", ".join(ENCODINGS))
    try:
        return _cleaned(data.decode(NAMES.get(encoding, encoding)), encoding)
    except UnicodeDecodeError:
        if encoding == "windows-1252":  # five bytes of it mean nothing
            return _cleaned(data.decode("cp1252", "replace"), encoding)
        if encoding.startswith("utf-16") and len(data) % 2:  # cut short, or with a stray line feed at the end
            return _as_wanted(data[:-1], encoding)
        raise Invalid("file-not-in-encoding", field="encoding", encoding=encoding) from None


def _cleaned(content: str, encoding: str) -> Text:
    return Text(content.removeprefix("\ufeff").replace("\0", ""), encoding)


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Latin text and of separators is zero."""
    if len(sample) < 4:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half // 5 and odd > 4 * even:
        return "utf-16-le"
    return "utf-16-be" if even > half // 5 and even > 4 * odd else None


def _older(data: bytes) -> str:
    windows, mac = data.decode("cp1252", "replace"), data.decode("mac_roman")
    return "mac-roman" if _oddness(mac) < _oddness(windows) else "windows-1252"


def _oddness(text: str) -> int:
    """How much of what is not ASCII stands where nobody would write it."""
    odd = 0
    for found in re.finditer(r"[^\x00-\x7f]", text[: 1024 * 1024]):
        odd += _odd(text[found.start() - 1 : found.start()] or " ", found[0], text[found.end() : found.end() + 1] or " ")
    return odd


def _odd(before: str, char: str, after: str) -> int:
    within = bool(_LETTER.match(before)) or bool(_LETTER.match(after))
    if char == "\ufffd":
        return 4
    if _LETTER.match(char):
        # A capital within small letters, or one that stands alone: “Caf√©”, “Òdesk Ó”. ª and º stand behind numbers.
        return _odd_letter(before, char, after)
    if char in "’‘'":
        return 0
    if char in "“”«»„‚–—…•·€°§©®™\u00a0¿¡":
        return 0 if not (_LETTER.match(before) and _LETTER.match(after)) or char in "–—·\u00a0" else 2
    return 3 if within else 1


def _odd_letter(before: str, char: str, after: str) -> int:
    if char in "ªºƒˆıŒœˇ" and char not in "œŒ":
        return 2
    capital = char.isupper()
    if capital and before.islower():
        return 3
    if capital and not _LETTER.match(after) and not before.isupper():
        return 2
    return 2 if capital and after.isalpha() and after.islower() and _quoted(char) and not before.isalpha() else 0


def _quoted(char: str) -> bool:
    """What Mac Roman's quotation marks are in Windows-1252. As letters they begin few words."""
    return char in "ÒÓÔÕ"

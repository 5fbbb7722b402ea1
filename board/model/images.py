"""Whether bytes are a picture that every browser shows, and how large it is. The head is read, nothing unpacked. Pure."""

from __future__ import annotations

import base64
import binascii
import re
import struct
from typing import NamedTuple

from board.model.models import Invalid

LOGO_BYTES = 100 * 1024
LOGO_PIXELS = 2_000
"""Wide and high. A few bytes may unpack into a picture that takes all the memory of a phone."""
_DATA_URL = re.compile(r"data:image/[a-z+.-]{1,20};base64,([A-Za-z0-9+/\s]*={0,2})")
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
_WEBP_MOVES = 0x02


class Picture(NamedTuple):
    media_type: str
    content: bytes


def logo(data_url: str) -> Picture:
    """A PNG, JPEG or WebP, as `data:image/png;base64,…`. What it is, its bytes say, not its name: SVG can carry a script, and a
    picture that moves draws all eyes on the large screen. Raises `Invalid`."""
    found = _DATA_URL.fullmatch(data_url)
    if found is None:
        raise Invalid("logo-unreadable", field="logo")
    try:
        content = base64.b64decode("".join(found[1].split()), validate=True)
    except (binascii.Error, ValueError):
        raise Invalid("logo-unreadable", field="logo") from None
    if len(content) > LOGO_BYTES:
        raise Invalid("logo-too-large", field="logo", kib=LOGO_BYTES // 1024)
    media_type, size = _read(content)
    if size is None:
        raise Invalid("logo-unreadable", field="logo")
    if not all(1 <= pixels <= LOGO_PIXELS for pixels in size):
        raise Invalid("logo-too-wide", field="logo", pixels=LOGO_PIXELS)
    return Picture(media_type, content)


def _read(content: bytes) -> tuple[str, tuple[int, int] | None]:
    try:
        if content.startswith(_PNG):
            return "image/png", _png(content)
        if content.startswith(b"\xff\xd8\xff"):
            return "image/jpeg", _jpeg(content)
        if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            return "image/webp", _webp(content)
    except (struct.error, IndexError):
        pass  # it ends in the middle of its head
    return "", None


def _png(content: bytes) -> tuple[int, int] | None:
    """Not one that moves: `acTL` stands before the first `IDAT`."""
    if content[12:16] != b"IHDR" or b"acTL" in content[: content.find(b"IDAT")] or b"IDAT" not in content:
        return None
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _jpeg(content: bytes) -> tuple[int, int] | None:
    at = 2
    while content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF or marker in _JPEG_ALONE:
            at += 1 if marker == 0xFF else 2
            continue
        if marker in _JPEG_SIZES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return None


def _webp(content: bytes) -> tuple[int, int] | None:
    kind = content[12:16]
    if kind == b"VP8X":
        if content[20] & _WEBP_MOVES:
            return None
        return 1 + int.from_bytes(content[24:27], "little"), 1 + int.from_bytes(content[27:30], "little")
    if kind == b"VP8L" and content[20] == 0x2F:
        bits = int.from_bytes(content[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 " and content[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", content[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return None

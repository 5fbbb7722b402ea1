"""Puts `now` into an answer that is otherwise made once for all requests. Pure.

A snapshot is the same bytes until something changes, so it is written and compressed once; the time is another one each time.
So `now` stands in front and is put there when the answer goes out. What follows it is neither written nor compressed again.
"""

from __future__ import annotations

import struct
import zlib

from board.model import views

COMPRESSION_LEVEL = 5
# RFC 1952: magic number, deflate, no flags, no time, no hints, system unknown.
_GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"


def stamped(start: bytes, rest: bytes, now: int) -> bytes:
    """`start` opens a JSON object, `rest` is its other members and its end; `now` in microseconds since 1970."""
    return start + _member(now) + rest


def deflated(rest: bytes) -> bytes:
    """`rest`, compressed once, as `gzipped` wants it."""
    compressor = zlib.compressobj(COMPRESSION_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return compressor.compress(rest) + compressor.flush()


def gzipped(start: bytes, rest: bytes, compressed: bytes, now: int) -> bytes:
    """What `stamped` gives, as one gzip member: the beginning as a stored block, then `rest` as `deflated` has compressed it.

    A member of its own for the beginning would be simpler, but browsers ignore all members after the first.
    """
    beginning = start + _member(now)
    size = len(beginning)
    stored = struct.pack("<BHH", 0, size, size ^ 0xFFFF) + beginning
    check = zlib.crc32(rest, zlib.crc32(beginning))
    return _GZIP_HEADER + stored + compressed + struct.pack("<II", check, (size + len(rest)) & 0xFFFFFFFF)


def _member(now: int) -> bytes:
    return b'"now":"%s",' % views.iso_milliseconds(now).encode()

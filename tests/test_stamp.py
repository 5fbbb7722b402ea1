"""`now` in front of what was written and compressed before."""

from __future__ import annotations

import gzip
import json
import zlib

import pytest

from board.live.stamp import deflated, gzipped, stamped

NOW = 1_795_425_252_400_999


@pytest.mark.parametrize("size", [0, 1, 70_000, 1_000_000])
def test_a_body_compressed_once_forms_one_gzip_member_with_any_time(size: int) -> None:
    rest = json.dumps({"text": "Sokha taught me patience. " * (size // 26)}).encode()[1:]
    compressed = deflated(rest)
    for now in (NOW, NOW + 86_400_000_000):
        plain = stamped(b"{", rest, now)
        packed = gzipped(b"{", rest, compressed, now)
        assert gzip.decompress(packed) == plain
        reader = zlib.decompressobj(16 + zlib.MAX_WBITS)
        assert reader.decompress(packed) == plain
        assert (reader.eof, reader.unused_data) == (True, b""), "browsers ignore what follows the first member"
    assert json.loads(stamped(b"{", rest, NOW))["now"] == "2026-11-23T09:14:12.400Z"

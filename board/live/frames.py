"""A message as the bytes of one WebSocket frame, written once for all that get it. Pure."""

from __future__ import annotations

from functools import cached_property


class Frame:
    """A message to many: its JSON, and the same as one WebSocket text frame, made once. `seq` is how far a viewer has got who
    has it; frames without contents of the board have no seq."""

    def __init__(self, json: bytes, seq: int | None = None, epoch: str = "") -> None:
        self.json = json
        self.seq = seq
        self.epoch = epoch

    @cached_property
    def raw(self) -> bytes:
        return text_frame(self.json)


def text_frame(payload: bytes) -> bytes:
    """An unmasked, unfragmented text frame (RFC 6455, 5.2)."""
    size = len(payload)
    if size < 126:
        return bytes((0x81, size)) + payload
    if size < 65_536:
        return bytes((0x81, 126)) + size.to_bytes(2, "big") + payload
    return bytes((0x81, 127)) + size.to_bytes(8, "big") + payload

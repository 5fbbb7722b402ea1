"""What a feed has made of the board as it is now, until that changes: frames, snapshots, and their compressed forms."""

from __future__ import annotations

import asyncio
from typing import Any

from board.model.models import Audience

FRAMES_KEPT = 64
FRAMES_KEPT_BYTES = 4 * 1024 * 1024


class Made:
    def __init__(self) -> None:
        self.frames: dict[tuple[Audience, int, str], bytes] = {}
        """By audience, the seq that they go on from, and the large screen whose scene is in them."""
        self._frames_bytes = 0
        self.packing: dict[Audience, asyncio.Task[bytes]] = {}
        self.contents: dict[Audience, bytes] = {}
        self.snapshots: dict[Audience, tuple[int, bytes]] = {}
        self.bodies: dict[Audience, tuple[int, tuple[bytes, bytes]]] = {}
        self.glance = b""

    def keep(self, key: tuple[Audience, int, str], frame: bytes) -> None:
        if len(self.frames) >= FRAMES_KEPT or self._frames_bytes > FRAMES_KEPT_BYTES:
            self.frames.clear()
            self._frames_bytes = 0
        self.frames[key] = frame
        self._frames_bytes += len(frame)

    def forget(self, audience: Audience) -> None:
        """What only this audience sees has changed."""
        for key in [key for key in self.frames if key[0] is audience]:
            self._frames_bytes -= len(self.frames.pop(key))
        made: tuple[dict[Audience, Any], ...] = (self.packing, self.contents, self.snapshots, self.bodies)
        for each in made:
            each.pop(audience, None)

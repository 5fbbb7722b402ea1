"""What `/readyz` says of the database: found out by a read and a write of the ordinary kind, on the connections of the work."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from board.data import migrations
from board.data.queries import heads
from board.data.store import Store
from board.model.models import StorageDown

FRESH_SECONDS = 1.0
SLOW_SECONDS = 1.0
WAIT_SECONDS = 10.0
# With less room than this, SQLite's log has grown as far as the disk lets it: a small write still fits where a post does not.
ROOM_BYTES = 2**20

# A database that is read-only refuses it, whether it finds a row or not.
_write = text("UPDATE alembic_version SET version_num = version_num WHERE version_num = :version")


@dataclass(frozen=True)
class Found:
    """Whether reading and writing work, how long it took to find out, and whether there is room on the disk of SQLite."""

    reads: bool
    writes: bool
    seconds: float
    has_room: bool = True

    @property
    def database(self) -> str:
        """`ok`, `slow` or `down`."""
        if not (self.reads and self.writes):
            return "down"
        return "ok" if self.seconds < SLOW_SECONDS else "slow"


class Readiness:
    """Asks once, however many want to know: anybody may, and each write takes its turn among those of the hall."""

    def __init__(self, store: Store, now: Callable[[], float] = time.monotonic, wait_seconds: float = WAIT_SECONDS) -> None:
        self._store = store
        self._now = now
        self._wait_seconds = wait_seconds
        self._asking: asyncio.Task[Found] | None = None
        self._asked_at = 0.0

    async def found(self) -> Found:
        """As it is now, or was less than a second ago if all was well and nothing failed since."""
        if self._asking is None or (self._asking.done() and not self._is_fresh(self._asking)):
            self._asked_at = self._now()
            self._asking = asyncio.create_task(self._ask())
        asking = self._asking
        await asyncio.wait([asking], timeout=self._wait_seconds)
        return asking.result() if asking.done() else Found(False, False, self._now() - self._asked_at)

    def _is_fresh(self, asked: asyncio.Task[Found]) -> bool:
        if asked.cancelled() or asked.exception() is not None or asked.result().database != "ok":
            return False
        known_down = self._store.reads.is_down or self._store.writes.is_down
        return asked.result().has_room and not known_down and self._now() - self._asked_at < FRESH_SECONDS

    async def _ask(self) -> Found:
        read = self._store.read(lambda connection: heads(connection, [0]))
        write = self._store.write_any(partial(_write_nothing, self._store))
        room = asyncio.to_thread(_has_room, self._store.file)
        reads, writes, has_room = await asyncio.gather(_works(read), _works(write), room)
        return Found(reads, writes, self._now() - self._asked_at, has_room)


def _write_nothing(store: Store, connection: Connection) -> None:
    """While writing fails, one row is written as it is: a full disk refuses only what it has to keep. Else no row is meant, so
    that it costs no disk and no lock."""
    connection.execute(_write, {"version": migrations.HEAD if store.writes.is_down else ""})


def _has_room(file: Path | None) -> bool:
    """Whether the disk of this file has room for more than a little; true where there is no file or no disk to look at."""
    if file is None:
        return True
    try:
        return shutil.disk_usage(file.parent).free >= ROOM_BYTES
    except OSError:  # the write says what is wrong
        return True


async def _works(work: Coroutine[Any, Any, object]) -> bool:
    try:
        await work
    except StorageDown:
        return False
    return True

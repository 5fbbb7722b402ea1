"""Sees when the event loop does not turn, says where it stands, and ends a process that will not serve anybody any more."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.25
LATE_SECONDS = 0.25
STANDS_SECONDS = 1.0
"""After this time it logs what the loop is doing."""
GIVEN_UP_SECONDS = 10.0
"""After this time it ends the process: its parent (uvicorn with several workers, systemd) starts another one."""
EXIT_STATUS = 70


class Watchdog:
    """Watches the running loop from a thread of its own."""

    def __init__(self, give_up: Callable[[], None] = lambda: os._exit(EXIT_STATUS)) -> None:
        self._give_up = give_up
        self._loop = asyncio.get_running_loop()
        self._loop_thread = threading.get_ident()
        self._due = time.monotonic() + LOOK_SECONDS
        self._timer = self._loop.call_later(LOOK_SECONDS, self._turned)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._timer.cancel()
        self._stopped.set()

    def _turned(self) -> None:
        late = time.monotonic() - self._due
        if late > LATE_SECONDS:
            log.warning("the event loop was late by %.0f ms", late * 1000)
        self._due = time.monotonic() + LOOK_SECONDS
        self._timer = self._loop.call_later(LOOK_SECONDS, self._turned)

    def _watch(self) -> None:
        before, reported = time.monotonic(), 0.0
        while not self._stopped.wait(LOOK_SECONDS):
            now = time.monotonic()
            if now - before > STANDS_SECONDS:  # it was not the loop that stood still, but all of us: a paused machine
                self._due = now
            before = now
            late = now - self._due
            if late > STANDS_SECONDS and self._due != reported:
                reported = self._due
                log.error("the event loop has stood still for %.1f s:\n%s", late, self._stack())
            if late > GIVEN_UP_SECONDS:
                log.critical("the event loop has stood still for %.0f s; this process ends", late)
                self._give_up()
                return

    def _stack(self) -> str:
        frame = sys._current_frames().get(self._loop_thread)
        return "".join(traceback.format_stack(frame)).rstrip()

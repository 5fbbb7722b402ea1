"""Whether one way to the database works, as its users found it. The log has one line a change, however many ask meanwhile."""

from __future__ import annotations

import logging
import threading

log = logging.getLogger(__name__)


class Health:
    """Up until it is found down. Any thread may report and read it.

    `name`: what the log calls it.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._lock = threading.Lock()
        self._is_down = False

    @property
    def is_down(self) -> bool:
        return self._is_down

    def down(self, reason: str) -> None:
        """It failed. `reason`: without people's texts, it goes to the log."""
        if self._changes(True):
            log.error("storage is down, %s: %s", self._name, reason)

    def up(self) -> None:
        """It worked."""
        if self._is_down and self._changes(False):
            log.warning("storage is back, %s", self._name)

    def _changes(self, is_down: bool) -> bool:
        with self._lock:
            changed, self._is_down = self._is_down != is_down, is_down
        return changed

"""The time of this process: for what is shown, and for how long ago something was. The system's clock may jump."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable
from threading import Lock

log = logging.getLogger(__name__)

# A smaller step is the ordinary work of NTP.
STEP_SECONDS = 2.0
STEPS_KEPT = 32


class Clock:
    """Follows the system's clock forwards and never backwards: where that one is set back, this one goes on at its pace.

    Otherwise a clock that is set right in the middle of a gathering would refuse votes, and open or close what may be edited.
    """

    def __init__(self, wall: Callable[[], float] = time.time, steady: Callable[[], float] = time.monotonic) -> None:
        self._wall, self._steady = wall, steady
        self._ahead = wall() - steady()
        self._steps: deque[tuple[float, float]] = deque(maxlen=STEPS_KEPT)
        """From where to where the system's clock jumped forwards: also a computer that slept."""
        self._was_set_back = False
        self._lock = Lock()  # the store writes in a thread of its own

    def steady(self) -> float:
        """Seconds since any moment, for limits and pauses. Never jumps."""
        return self._steady()

    def now(self) -> float:
        """Seconds since 1970."""
        with self._lock:
            return self._now()

    def since(self, then: float) -> float:
        """Seconds that have passed since `now()` was `then`, as a stop watch counts them; 0 for a time to come."""
        with self._lock:
            now = self._now()
            jumped = sum(max(0.0, after - max(before, then)) for before, after in self._steps)
            return max(0.0, now - then - jumped)

    def _now(self) -> float:
        steady, wall = self._steady(), self._wall()
        step = wall - steady - self._ahead
        if step >= STEP_SECONDS:
            self._steps.append((steady + self._ahead, wall))
            log.warning("the system's clock went forward by %.0f s", step)
        elif step <= -STEP_SECONDS and not self._was_set_back:
            log.warning("the system's clock was set back by %.0f s: this server goes on as before until it is restarted", -step)
        self._was_set_back = step <= -STEP_SECONDS
        self._ahead = max(self._ahead, wall - steady)
        return steady + self._ahead

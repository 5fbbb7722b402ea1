"""A clock that the test moves."""

from __future__ import annotations

from board.process.clock import Clock


class MovedClock(Clock):
    """Stands still until it is moved."""

    def __init__(self, wall: float = 1_000_000.0) -> None:
        self.wall, self.steady_now = wall, 1_000.0
        super().__init__(lambda: self.wall, lambda: self.steady_now)

    def move(self, seconds: float) -> None:
        """So much time goes by."""
        self.wall += seconds
        self.steady_now += seconds

    def set(self, by: float) -> None:
        """Somebody sets the computer's clock by so many seconds; no time goes by."""
        self.wall += by

    def restarted(self) -> MovedClock:
        """As a process has it that starts now."""
        return MovedClock(self.wall)

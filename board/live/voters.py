"""The phones that voted lately, on boards without viewers on this worker. Pure; the clock is passed in.

More voters than phones are a sign of a program that votes (see `presence`). It may send its votes to a worker where nobody
looks: the workers that have the board's viewers must hear of them all the same.
"""

from __future__ import annotations

from collections.abc import Callable

VOTERS_SECONDS = 60.0
# Of these boards; those that had a vote last.
BOARDS_KEPT = 200


class Voters:
    """Participants of one board, each with when it last voted, the latest last."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._voted: dict[str, float] = {}

    def voted(self, participant: str) -> None:
        self._voted.pop(participant, None)
        self._voted[participant] = self._clock()

    def __len__(self) -> int:
        """How many voted lately."""
        since = self._clock() - VOTERS_SECONDS
        while self._voted and next(iter(self._voted.values())) < since:
            del self._voted[next(iter(self._voted))]
        return len(self._voted)


class Unwatched:
    """The voters of each board that this worker has not open."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._boards: dict[int, tuple[str, Voters]] = {}

    def committed(self, board_id: int, epoch: str) -> None:
        """Something of this board was committed here. Of another history the voters are others. While the board is open, its
        presence counts, and this stays empty."""
        known = self._boards.pop(board_id, None)
        self._boards[board_id] = known if known and known[0] == epoch else (epoch, Voters(self._clock))
        if len(self._boards) > BOARDS_KEPT:
            del self._boards[next(iter(self._boards))]

    def voted(self, board_id: int, participant: str) -> None:
        """Runs after `committed`: the store reports a vote before it answers. A vote that changed nothing was counted
        before."""
        if found := self._boards.get(board_id):
            found[1].voted(participant)

    def opened(self, board_id: int) -> Voters:
        """This worker opened the board: gives its voters to the presence of the board, which counts from now on."""
        return self._boards.pop(board_id, ("", Voters(self._clock)))[1]

    def closed(self, board_id: int, epoch: str, voters: Voters) -> None:
        """This worker closed the board: takes its voters back."""
        self._boards[board_id] = (epoch, voters)

    def counted(self) -> list[tuple[int, str, int]]:
        """Each board with its epoch and how many voted lately; a board without any is forgotten."""
        for board_id, (_, voters) in list(self._boards.items()):
            if not len(voters):
                del self._boards[board_id]
        return [(board_id, epoch, len(voters)) for board_id, (epoch, voters) in self._boards.items()]

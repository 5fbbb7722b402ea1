"""Names of a board's histories. Pure."""

from __future__ import annotations

# A board that came back from a backup has another history than before. Its name begins with what no other one begins with.
RESTORED_EPOCH = "r"


def is_first_history(epoch: str) -> bool:
    """Whether a board never came back from a backup. Then its seqs are of one history, and say enough without its epoch."""
    return not epoch.startswith(RESTORED_EPOCH)

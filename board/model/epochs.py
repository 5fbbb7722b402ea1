"""Names of a board's histories. Pure."""

from __future__ import annotations

# A board that came back from a backup has another history than before. Its name begins with what no other one begins with.
RESTORED_EPOCH = "r"
# What a worker shows while posts are missing there goes by a name that no worker knows as a board's: whoever brings it is shown
# all there is, at another worker, too, which has the same number and lacks nothing.
SHORT = "~"


def is_first_history(epoch: str) -> bool:
    """Whether a board never came back from a backup. Then its seqs are of one history, and say enough without its epoch."""
    return not epoch.startswith(RESTORED_EPOCH) and not epoch.endswith(SHORT)

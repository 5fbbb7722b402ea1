"""Names of a board's histories. Pure."""

from __future__ import annotations

# A board that came back from a backup has a new history. The name of such a history begins with this letter, and no other does.
RESTORED_EPOCH = "r"
# While a worker lacks posts, its snapshots carry an epoch with this sign at the end. No worker accepts it as a cursor: a client
# that reconnects with it gets a whole snapshot, also from a worker that has the same seq and lacks no posts.
SHORT = "~"


def is_first_history(epoch: str) -> bool:
    """Whether a board never came back from a backup. Then its seqs are of one history, and say enough without its epoch."""
    return not epoch.startswith(RESTORED_EPOCH) and not epoch.endswith(SHORT)

"""File descriptors: how many connections a process takes, so that those inside go on working."""

from __future__ import annotations

import resource
from functools import lru_cache

# The other descriptors are for the database, Redis, files, and for refusing further connections with an answer.
SHARE_OF_DESCRIPTORS = 0.8
# A fifth of few is too few: this many a process keeps for itself in any case.
RESERVED_DESCRIPTORS = 40


@lru_cache
def most_connections() -> int:
    """Of this process."""
    return fitting(resource.getrlimit(resource.RLIMIT_NOFILE)[0])


def fitting(descriptors: int) -> int:
    """How many connections fit in this many descriptors; one at the least, so that somebody gets an answer."""
    return max(1, min(int(descriptors * SHARE_OF_DESCRIPTORS), descriptors - RESERVED_DESCRIPTORS))


def raise_descriptor_limit() -> None:
    """As far as we may without asking anybody; processes that are started from here on have it, too."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 1 << 20 if hard == resource.RLIM_INFINITY else min(hard, 1 << 20)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))

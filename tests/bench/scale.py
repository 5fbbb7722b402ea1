"""What large gatherings need, from measured unit costs: arithmetic, not measurement.   python -m tests.bench.scale

The unit costs are of docs/performance.md (one core of two, Python 3.11); change them to what `make bench` says on your machine.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

# Processor time, in microseconds.
DELIVERY_US = 4.5
POST_US = 2_300.0
VOTE_US = 300.0
"""Of many in one commit; alone it costs what a post does."""
COMMIT_ELSEWHERE_US = 630.0
"""Of each other worker that has the board open: a Redis message, its contents, a frame of its own."""
IDLE_WORKER_US = 5_000.0
"""A second."""
OPEN_BOARD_US = 35.0
"""A second and worker, for a board that nobody posts to: presence, beats, poll."""

# Memory, in KiB.
CONNECTION_KIB = 4.0
WORKER_KIB = 85_000.0
OPEN_BOARD_KIB = 30.0
"""An empty board; one with a full snapshot has some 3 MiB more."""

FRAME_BYTES = 560.0
"""One card, its WebSocket header, and what TCP and IP add."""
COUNT_BYTES = 220.0
BEAT_BYTES = 110.0

BUSY = 0.6
"""So much of a core is used; the rest is for bursts."""
CORES_A_MACHINE = 8
NETWORK_BITS = 10e9
"""A second and machine."""
REDIS_MESSAGES = 300_000.0
"""Delivered a second by one Redis (its one thread, small messages)."""
BOARD_COMMITS = 500.0
"""A second to one board: each locks its row for the length of a commit over a network."""
POSTGRES_COMMITS = 5_000.0
"""A second on one server, to different boards."""


@dataclass(frozen=True)
class Gathering:
    name: str
    boards: int
    """Open at the same moment."""
    viewers: int
    """Of each."""
    posts: float
    """A second and board."""
    votes: float
    """A second and board."""
    together: bool = False
    """Whether the load balancer sends a board's viewers to the same workers (hash by code)."""


@dataclass(frozen=True)
class Needs:
    workers: int
    machines: int
    memory_gib: float
    network_gbit: float
    redis_messages: float
    commits_a_board: float
    commits: float
    first: str
    """What is nearest to its limit."""


def needs(gathering: Gathering) -> Needs:
    """Workers are added until each has time for its share; machines until cores and network suffice."""
    viewers = gathering.boards * gathering.viewers
    count_frames = 4.0 if gathering.votes else 0.0
    frames = gathering.posts + count_frames + 1.0  # and the number of phones, once a second
    commits_a_board = min(BOARD_COMMITS, gathering.posts + min(gathering.votes, 50.0))
    workers = 1
    while True:
        holders = _holders(gathering, workers)
        per_worker = (
            viewers / workers * frames * DELIVERY_US
            + gathering.boards * (gathering.posts * POST_US + gathering.votes * VOTE_US) / workers
            + gathering.boards * commits_a_board * (holders - 1) * COMMIT_ELSEWHERE_US / workers
            + gathering.boards * holders / workers * OPEN_BOARD_US
            + IDLE_WORKER_US
        )
        if per_worker <= BUSY * 1e6 or workers >= 100_000:
            break
        workers = max(workers + 1, math.ceil(workers * min(2.0, per_worker / (BUSY * 1e6))))
    network = viewers * 8 * (gathering.posts * FRAME_BYTES + count_frames * COUNT_BYTES + BEAT_BYTES)
    machines = max(math.ceil(workers / CORES_A_MACHINE), math.ceil(network / (0.7 * NETWORK_BITS)))
    memory = viewers * CONNECTION_KIB + workers * WORKER_KIB + gathering.boards * holders * OPEN_BOARD_KIB
    # Every worker that has a board open hears each commit, and every 2.5 s how many phones each of the others has.
    redis = gathering.boards * holders * (commits_a_board + holders / 2.5)
    commits = gathering.boards * commits_a_board
    loads = {
        "the board's row": commits_a_board / BOARD_COMMITS,
        "Redis": redis / REDIS_MESSAGES,
        "PostgreSQL": commits / POSTGRES_COMMITS,
        "deliveries": BUSY,
    }
    first = max(loads, key=lambda name: loads[name])
    return Needs(workers, machines, memory / 2**20, network / 1e9, redis, commits_a_board, commits, first)


def _holders(gathering: Gathering, workers: int) -> float:
    """Workers that have a board open."""
    if gathering.together:
        return max(1.0, workers / gathering.boards)
    return min(float(workers), workers * (1 - (1 - 1 / workers) ** gathering.viewers))


GATHERINGS = [
    Gathering("a workshop", 1, 100, 0.1, 1),
    Gathering("a congress", 1, 10_000, 5, 200),
    Gathering("a million at one board", 1, 1_000_000, 2, 1_000),
    Gathering("1,000 boards, anyone at any worker", 1_000, 100, 0.1, 1),
    Gathering("1,000 boards, each at one worker", 1_000, 100, 0.1, 1, together=True),
    Gathering("100,000 boards, 10,000 of them open, each at one", 10_000, 100, 0.05, 0.5, together=True),
    Gathering("the same, anyone at any worker", 10_000, 100, 0.05, 0.5),
]


def table() -> list[str]:
    lines = [
        "| gathering | workers | machines | memory GiB | network Gbit/s | Redis messages/s | commits/s | gives first |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for gathering in GATHERINGS:
        need = needs(gathering)
        lines.append(
            f"| {gathering.name} | {need.workers:,} | {need.machines:,} | {need.memory_gib:,.1f} | {need.network_gbit:,.2f} "
            f"| {need.redis_messages:,.0f} | {need.commits:,.0f} | {need.first} |"
        )
    return lines


if __name__ == "__main__":
    print("\n".join(table()))

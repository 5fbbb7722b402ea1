"""The metrics for Prometheus. With several workers the counters are added up by prometheus_client's multi-process mode."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest, multiprocess

from board.live.fanout import ViewerKind

_MULTI = "PROMETHEUS_MULTIPROC_DIR" in os.environ
registry = CollectorRegistry()
requests = Counter("board_http_requests", "HTTP requests by status", ["method", "status"], registry=registry)
seconds = Histogram(
    "board_http_seconds",
    "Time to answer",
    ["method"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=registry,
)
viewers = Gauge("board_viewers", "Open connections by kind", ["kind"], registry=registry, multiprocess_mode="livesum")
bus_up = Gauge(
    "board_bus_up", "1 while messages between workers are known to arrive", registry=registry, multiprocess_mode="livemin"
)


def observe(counts: Mapping[ViewerKind, int], bus_healthy: bool) -> None:
    for kind, count in counts.items():
        viewers.labels(kind).set(count)
    bus_up.set(bus_healthy)


def exposition(counts: Mapping[ViewerKind, int], bus_healthy: bool) -> tuple[bytes, str]:
    """The text, and its content type."""
    observe(counts, bus_healthy)
    if not _MULTI:
        return generate_latest(registry), CONTENT_TYPE_LATEST
    _forget_the_dead()
    whole = CollectorRegistry()
    multiprocess.MultiProcessCollector(whole)  # type: ignore[no-untyped-call]
    return generate_latest(whole), CONTENT_TYPE_LATEST


def _forget_the_dead() -> None:
    """A worker that was killed leaves its gauges behind: its viewers are gone, its counters still count."""
    directory = os.environ["PROMETHEUS_MULTIPROC_DIR"]
    pids = {int(found[1]) for name in os.listdir(directory) if (found := re.fullmatch(r"gauge_live\w+_(\d+)\.db", name))}
    for pid in pids:
        if not _is_worker(pid):
            multiprocess.mark_process_dead(pid)  # type: ignore[no-untyped-call]


def _is_worker(pid: int) -> bool:
    """Whether this process runs and has the same parent as this one. A killed process stays a zombie until its parent collects
    it, and its number may go to another program later."""
    try:
        # After the name, which may hold anything: the state, then the parent.
        state, parent = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()[:2]
    except FileNotFoundError:
        return pid == os.getpid()  # dead; or no Linux, where nobody but this worker is known
    return state not in "ZX" and int(parent) == os.getppid()

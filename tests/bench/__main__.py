"""What the walk costs, measured on the real application beside its peers.   make bench · make bench-quick

Prints a page in Markdown; `--write FILE` keeps it. Ratios count: absolute values are this machine's.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import subprocess
import sys
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tests.bench import fanout, peers, walk, writing

WORK = Path(".bench")
LIBRARIES = ("starlette", "uvicorn", "websockets", "msgspec", "sqlalchemy", "redis")


async def main(quick: bool) -> list[str]:
    sockets, repetitions, seconds = (1000, 2, 1.5) if quick else (1000, 5, 2.0)
    names = [fanout.LIMIT, fanout.OURS, *(["Node ws", "Starlette send_text loop"] if quick else list(peers.PEERS)[2:])]
    lines = ["## One message to many", ""]
    lines += [f"{sockets} sockets, medians of {repetitions} interleaved repetitions (in brackets: least and most).", ""]
    lines += fanout.table(await fanout.compare(WORK, names, sockets, repetitions, seconds))
    lines += ["", *fanout.NOTES]
    lines += ["", "## The walk: post to the last viewer", "", *await walk.latencies(WORK, quick)]
    lines += ["", "## A vote storm", "", *await walk.vote_storm(WORK, quick)]
    lines += ["", "## Clients that do not read", "", *await walk.deaf_clients(WORK, quick)]
    lines += ["", "## Growth", "", *await walk.growth(WORK, quick)]
    lines += ["", "## Writing", "", *await writing.store(quick), "", *await writing.http(quick)]
    lines += ["", "## First load", "", *await writing.first_load()]
    return lines


def heading() -> list[str]:
    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout.strip() or "none"
    return [
        "# Performance",
        "",
        "Made by `make bench`. The server has one core, client and publisher the other; ours is always the real application:",
        "posts come in by HTTP, are committed, go through hub and feed. What the figures mean for a large gathering is in",
        "[scaling.md](scaling.md).",
        "",
        f"{datetime.now(UTC):%Y-%m-%d} · {len(os.sched_getaffinity(0))} cores, {platform.machine()}, "
        f"Linux {platform.release().split('-')[0]} · "
        f"Python {platform.python_version()}, {', '.join(f'{name} {version(name)}' for name in LIBRARIES)} · Node {node}",
        "",
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer peers and repetitions, under three minutes")
    parser.add_argument("--write", type=Path, metavar="FILE", help="keep the page in this file")
    arguments = parser.parse_args()
    peers.install(WORK)
    began = time.monotonic()
    page = "\n".join([*heading(), *asyncio.run(main(arguments.quick)), ""])
    print(page)
    print(f"Took {time.monotonic() - began:.0f} s.", file=sys.stderr)
    if arguments.write:
        arguments.write.write_text(page, encoding="utf-8")

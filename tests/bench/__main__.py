"""What the walk costs, measured on the real application beside its peers.   make bench · make bench-quick

Prints a page in Markdown; `--write FILE` keeps it, and what somebody wrote there below "What these figures say".
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tests.bench import browser, crowd, fanout, growth, peers, rig, rooms, steps, taking, walk, writing

WORK = Path(".bench").resolve()
LIBRARIES = ("starlette", "uvicorn", "websockets", "msgspec", "sqlalchemy", "redis")
BY_HAND = "## What these figures say"
# Behind network cards, and in the quick run: the limit, ours, and the nearest.
FEW = [fanout.LIMIT, fanout.OURS, "Node ws", "Starlette send_text loop"]
SOME = [*FEW, "nginx + nchan", "NATS server (Go; one core)", "websockets.broadcast"]

Section = Callable[[Path, bool], Awaitable[list[str]]]

SECTIONS: dict[str, Section] = {
    "Latency: from a post to the last viewer": walk.latencies,
    "A vote storm": walk.vote_storm,
    "Clients that do not read": walk.deaf_clients,
    "Many phones join at once": crowd.joining,
    "Reconnecting": crowd.reconnecting,
    "Connections that open and close": crowd.churn,
    "More viewers": growth.viewers,
    "Delays of the event loop": growth.pauses,
    "The longest step of the event loop": steps.steps,
    "More posts": growth.posts,
    "More boards": growth.boards,
    "More rooms": rooms.screens,
    "More workers": growth.workers,
    "Writing: the store alone": writing.store,
    "Writing through HTTP": writing.http,
    "First load": writing.first_load,
    "The folder to take home": taking.folder,
    "In the browser": browser.pages,
}
QUICK = {
    "Latency: from a post to the last viewer",
    "A vote storm",
    "Many phones join at once",
    "Writing: the store alone",
    "Writing through HTTP",
    "First load",
}


async def measured(quick: bool) -> list[str]:
    lines = ["## One message to many", ""]
    sockets, repetitions, seconds = (1000, 2, 1.5) if quick else (1000, 5, 2.0)
    lines += [
        f"{sockets} sockets, medians of {repetitions} repetitions in turns (in brackets: lowest and highest value).",
        "",
    ]
    lines += fanout.table(await fanout.compare(WORK, FEW if quick else list(peers.PEERS), sockets, repetitions, seconds))
    lines += ["", *fanout.NOTES]
    if os.getuid() == 0 and not quick:
        lines += ["", "## The same, with the receivers on the other core", ""]
        with rig.namespaces() as place:
            lines += fanout.table(await fanout.compare(WORK, SOME, sockets, 3, seconds, place))
        lines += ["", *fanout.NOTES_ON_NAMESPACES]
    for title, section in SECTIONS.items():
        if quick and title not in QUICK:
            continue
        print(f"{title} …", file=sys.stderr)
        lines += ["", f"## {title}", "", *await section(WORK, quick)]
    return lines


def heading() -> list[str]:
    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout.strip() or "none"
    return [
        "# Performance",
        "",
        "`make bench` writes this page. The server runs on one core, the client and the publisher run on the other. Our server",
        "is always the real application: it receives posts by HTTP, commits them, and sends them through hub and feed.",
        "[scaling.md](scaling.md) says what the figures mean for a large gathering.",
        "",
        f"{datetime.now(UTC):%Y-%m-%d} · {len(os.sched_getaffinity(0))} cores, {platform.machine()}, "
        f"Linux {platform.release().split('-')[0]} · "
        f"Python {platform.python_version()}, {', '.join(f'{name} {version(name)}' for name in LIBRARIES)} · Node {node}",
        "",
    ]


def by_hand(file: Path) -> str:
    """The comments that a person wrote into the page by hand: a new run keeps them."""
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    return BY_HAND + before.partition(BY_HAND)[2] if BY_HAND in before else ""


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer peers and repetitions, under three minutes")
    parser.add_argument("--write", type=Path, metavar="FILE", help="keep the page in this file")
    arguments = parser.parse_args()
    peers.install(WORK)
    began = time.monotonic()
    page = "\n".join([*heading(), *asyncio.run(measured(arguments.quick)), ""])
    print(page)
    print(f"Took {time.monotonic() - began:.0f} s.", file=sys.stderr)
    if arguments.write:
        arguments.write.write_text(f"{page}\n{by_hand(arguments.write)}", encoding="utf-8")

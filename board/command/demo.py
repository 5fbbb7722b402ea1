"""`brilliance-board demo`: the example board, and simulated attendees who use it through the real HTTP API.

The board is made anew at each start, in a database of its own beside the real one.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import threading
from pathlib import Path

import segno

from board.command.demo_board import Example, fill, keep_agenda
from board.command.demo_room import simulate
from board.command.listening import require_free
from board.command.serve import run_server
from board.model.models import Role
from board.model.views import addresses_view
from board.process import settings
from board.process.settings import Settings
from board.web import reach

EXAMPLE = Path(__file__).with_name("example.json")


def command(arguments: argparse.Namespace) -> None:
    run(arguments.host, arguments.port, traffic=not arguments.no_traffic)


def run(host: str, port: int | None, traffic: bool) -> None:
    """Fills the board, prints its links and serves it until stopped."""
    os.environ["WEB_CONCURRENCY"] = "1"
    os.environ.pop("REDIS_URL", None)
    directory = Path(os.environ.get("BOARD_DATA_DIR") or "./data")
    database = directory / "demo.db"
    os.environ["DATABASE_URL"] = f"sqlite:///{database.resolve()}"
    loaded = settings.load()
    port = loaded.port if port is None else port
    require_free(host, port)  # before the board of a demo that is running already is taken away
    directory.mkdir(parents=True, exist_ok=True)
    for old in directory.glob("demo.db*"):
        old.unlink()
    example: Example = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    links = asyncio.run(fill(loaded, example))

    def ready() -> None:
        _print_links(loaded, example, links, host, port)
        threading.Thread(target=keep_agenda, args=(loaded, example), name="agenda", daemon=True).start()
        if traffic:
            room = (example, port, links[Role.MODERATOR])
            threading.Thread(target=simulate, args=room, name="attendees", daemon=True).start()

    run_server(loaded, host, port, ready)


def _print_links(loaded: Settings, example: Example, links: dict[Role, str], host: str, port: int) -> None:
    base = loaded.public_url or f"http://{reach.reachable(host)}:{port}"
    shown = addresses_view(base, example["board"]["code"], links)
    print(f"\n  The demo board “{example['board']['title']}” is made anew at each start.\n")
    print(f"  Phone      {shown['join_url']}")
    print(f"  Screen     {shown['screen_url']}")
    print(f"  Moderator  {shown['moderate_url']}")
    print(f"  Organiser  {shown['organise_url']}\n")
    if sys.stdout.isatty():
        segno.make(shown["join_url"], error="l", micro=False).terminal(compact=True, border=2)
    if host == "127.0.0.1":
        print("  This computer only. For phones on the same network: make run HOST=0.0.0.0")
    print("  Ctrl-C stops.\n", flush=True)

"""`serve`: waits for its database, reports what is unusual, and runs uvicorn until a signal stops it."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import uvicorn

from board import __version__
from board.command import sentences
from board.command.hosting import print_first_link
from board.command.listening import listening, protocols, serve
from board.command.opened import boards_in_words, migrate_now, with_store
from board.data import boards
from board.data.store import may_come_back
from board.model.models import StorageDown
from board.process import settings as settings_module
from board.process.settings import Settings
from board.server.descriptors import raise_descriptor_limit
from board.web import reach

# Clients send next to nothing over the socket; posts are HTTP.
SOCKET_MESSAGE_BYTES = 4096
PING_SECONDS = 20.0
# SIGTERM: what is under way may finish for so long.
GRACE_SECONDS = 3
# A worker that takes longer to start, or to answer its parent, is killed. With uvicorn's own 5 s a busy machine drops each
# rolling restart. A worker whose event loop stands still is another matter: `watchdog` ends it.
WORKER_ANSWERS_SECONDS = 20
# `serve` waits for its database for so long, and asks again so often.
DATABASE_WAIT_SECONDS = 60.0
DATABASE_PAUSE_SECONDS = 1.0


def run(arguments: argparse.Namespace) -> None:
    settings = settings_module.load(workers=arguments.workers)
    port = settings.port if arguments.port is None else arguments.port
    _say_what_is_unusual(settings)
    _migrate_when_it_answers(settings)
    run_server(settings, arguments.host, port, lambda: _say_which_database(settings, arguments.host, port))


def _say_what_is_unusual(settings: Settings) -> None:
    if not settings.limits:
        print("Warning: BOARD_LIMITS=off, nothing slows anybody down. Not for a real gathering.", file=sys.stderr)


def _migrate_when_it_answers(settings: Settings) -> None:
    """After a reboot the database may come later than we do; a server that gave up would have to be started by hand."""
    until = time.monotonic() + DATABASE_WAIT_SECONDS
    reported = False
    while True:
        try:
            return migrate_now(settings)
        except StorageDown as error:
            if not may_come_back(error) or time.monotonic() > until:
                raise
            if not reported:
                print(f"{sentences.refusal(error)} Trying again for {DATABASE_WAIT_SECONDS:.0f} s …", file=sys.stderr)
            reported = True
        time.sleep(DATABASE_PAUSE_SECONDS)


def _say_which_database(settings: Settings, host: str, port: int) -> None:
    """Started in another directory, `serve` would open another database than `create`, and show no board."""
    number = with_store(settings, lambda store: store.read(boards.count))
    none = " Make one with: brilliance-board create TITLE" if number == 0 else ""
    print(
        f"Database: {settings.database_place}, {boards_in_words(number) if number else 'no board yet.'}{none}", file=sys.stderr
    )
    if number == 0 and settings.create != "off":
        print_first_link(settings, host, port)


def run_server(settings: Settings, host: str, port: int, on_ready: Callable[[], None] | None = None) -> None:
    """Serves until a signal stops it. The workers read their settings from the environment again."""
    sockets = listening(host, port)
    http, ws = protocols()
    raise_descriptor_limit()
    os.environ["WEB_CONCURRENCY"] = str(settings.workers)
    os.environ["PORT"] = str(port)
    os.environ[reach.LISTENS_ON] = host
    # uvicorn stops in peace on SIGTERM, then raises it again; as an exit, so that what follows is still tidied up.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with tempfile.TemporaryDirectory(prefix="board-metrics-") if settings.workers > 1 else nullcontext() as metrics:
        if metrics:
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = metrics
        print(f"Brilliance Board {__version__} listens on http://{reach.reachable(host)}:{port}", file=sys.stderr)
        if on_ready is not None:
            on_ready()
        config = uvicorn.Config(
            "board.app:from_environment",
            factory=True,
            host=host,
            port=port,
            workers=settings.workers,
            loop="asyncio",  # uvloop keeps what is written until the end of its turn; frames written past it would overtake
            http=http,
            ws=ws,
            ws_max_size=SOCKET_MESSAGE_BYTES,
            ws_ping_interval=PING_SECONDS,
            timeout_graceful_shutdown=GRACE_SECONDS,
            timeout_worker_healthcheck=WORKER_ANSWERS_SECONDS,
            forwarded_allow_ips=settings.forwarded_allow_ips,
            server_header=False,
            access_log=False,
            log_config=_log_config(settings.log_level),
        )
        serve(config, sockets)


def _log_config(level: str) -> dict[str, Any]:
    """To stderr, a line each. uvicorn's own word on every socket is left out: it costs more than the socket."""
    quiet = "INFO" if level == "debug" else "WARNING"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "board": {"level": level.upper()},
            "uvicorn.error": {"level": quiet},
            "uvicorn.access": {"level": quiet},
        },
    }

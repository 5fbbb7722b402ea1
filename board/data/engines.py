"""How SQLite and PostgreSQL are opened: one engine that writes, one that reads."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

from board.data import postgres

READER_THREADS = 4
BUSY_TIMEOUT_MS = 5_000
LOG_TIMEOUT_SECONDS = 0.2


def open_engines(url: str) -> tuple[Engine, Engine]:
    """An engine that writes and one that reads, each of whose transactions sees one state of the database."""
    if url.startswith("sqlite"):
        return _sqlite(url, "BEGIN IMMEDIATE", pool_size=2), _sqlite(url, "BEGIN", pool_size=READER_THREADS)
    return postgres.engines(url, READER_THREADS, BUSY_TIMEOUT_MS)


def _sqlite(url: str, begin: str, pool_size: int) -> Engine:
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        hide_parameters=True,
        # The driver's own BEGIN comes too late: two processes that read, then write would lose updates without an error.
        connect_args={"isolation_level": None, "check_same_thread": False, "timeout": BUSY_TIMEOUT_MS / 1000},
    )

    # secure_delete: an erased board's texts leave the file, too; not every build of SQLite does so by itself.
    pragmas = ("synchronous=FULL", f"busy_timeout={BUSY_TIMEOUT_MS}", "foreign_keys=ON", "secure_delete=ON")

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        _use_wal(connection)
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def empty_log(file: Path) -> None:
    """SQLite's log keeps what was erased until it is written over. It is emptied, unless somebody reads just now: then the next
    time."""
    with closing(sqlite3.connect(file, timeout=LOG_TIMEOUT_SECONDS)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def _use_wal(connection: sqlite3.Connection) -> None:
    """The first to open a new file changes its mode. SQLite lets the others not wait for that, so they ask again."""
    until = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)

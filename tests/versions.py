"""Databases as an older version of the board left them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool


def as_of(revision: str, file: Path) -> None:
    """Makes this SQLite file what it was at that revision: its tables, and of the rows what they had then."""
    newer = file.rename(file.with_suffix(".newer"))
    engine = create_engine(f"sqlite:///{file}", poolclass=NullPool)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", "board:data/migrations")
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("ATTACH ? AS newer", (str(newer),))
        for table in _tables(database):
            columns = ", ".join(f'"{row[1]}"' for row in database.execute(f"PRAGMA table_info('{table}')"))
            database.execute(f'INSERT INTO "{table}" ({columns}) SELECT {columns} FROM newer."{table}"')  # noqa: S608 (our own)


def _tables(database: sqlite3.Connection) -> list[str]:
    """Those of the board, parents before children."""
    found = database.execute("SELECT name FROM main.sqlite_master WHERE type = 'table' ORDER BY rowid").fetchall()
    return [name for (name,) in found if name != "alembic_version" and not name.startswith("sqlite_")]

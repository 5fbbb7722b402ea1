"""Brings a database up to date, at every start, under a lock: the first worker does the work, the others find it done."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

# Any number that nothing else in the same PostgreSQL database locks.
_ADVISORY_LOCK = 7_301_977


def upgrade(connection: Connection) -> None:
    """Runs the missing migrations inside the caller's transaction."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
    config = Config()
    config.set_main_option("script_location", "board:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")

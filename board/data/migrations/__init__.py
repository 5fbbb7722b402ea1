"""Brings a database up to date, at every start, under a lock: the first worker does the work, the others find it done."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, text

HEAD = "0025"
"""What the newest migration brings a database to."""
# Any number that nothing else in the same PostgreSQL database locks.
_ADVISORY_LOCK = 7_301_977


class UnknownVersion(Exception):
    """The database is of a version that this code does not know."""


def upgrade(connection: Connection) -> None:
    """Runs the missing migrations inside the caller's transaction."""
    if connection.dialect.name == "postgresql":  # to index very many posts may take longer than any other statement may
        connection.execute(text("SET LOCAL statement_timeout = 0"))
    if _version(connection) == HEAD:
        return
    from alembic import command  # slow to load, and seldom needed
    from alembic.config import Config
    from alembic.util import CommandError

    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
    config = Config()
    config.set_main_option("script_location", "board:data/migrations")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise UnknownVersion(str(error)) from error


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()

"""PostgreSQL, straight or behind a pooler (pgbouncer): nothing that we rely on belongs to the connection.

A pooler refuses start-up parameters such as `options`. In its transaction mode each transaction may come to another connection
of the database. So a transaction brings its timeouts along, in the statement that begins it (no further round trip).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event

if TYPE_CHECKING:
    from psycopg import Connection as Driver

CONNECT_TIMEOUT_S = 5
STATEMENT_TIMEOUT_MS = 10_000
IDLE_TIMEOUT_MS = 15_000
PREPARE_AFTER_USES = 2
_READ_ONLY = "25006"


def engines(url: str, readers: int, lock_timeout_ms: int) -> tuple[Engine, Engine]:
    """An engine that writes and one that reads, each of whose transactions sees one state of the database.

    `readers`: how many read at once. `lock_timeout_ms`: a worker that waits longer for a lock says so, rather than keep the
    hall waiting.
    """
    timeouts = (
        f"SET LOCAL lock_timeout = {lock_timeout_ms}; SET LOCAL statement_timeout = {STATEMENT_TIMEOUT_MS}; "
        f"SET LOCAL idle_in_transaction_session_timeout = {IDLE_TIMEOUT_MS}"
    )
    writer = _engine(url, 1, f"BEGIN; {timeouts}")
    return writer, _engine(url, readers, f"BEGIN ISOLATION LEVEL REPEATABLE READ; {timeouts}")


def _engine(url: str, pool_size: int, begin: str) -> Engine:
    engine = create_engine(
        url,
        pool_size=pool_size,
        pool_pre_ping=True,
        hide_parameters=True,
        # `autocommit`: the driver sends no BEGIN of its own, as we send it. COMMIT and ROLLBACK are sent as ever.
        connect_args={"connect_timeout": CONNECT_TIMEOUT_S, "autocommit": True, "prepare_threshold": None},
    )

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Driver, _record: object) -> None:
        if _is_direct(connection):
            connection.prepare_threshold = PREPARE_AFTER_USES

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    @event.listens_for(engine, "handle_error")
    def _on_error(context: ExceptionContext) -> None:
        """A connection keeps the default that it began with, and the address of a server that has become a standby: a new one
        sees what holds now."""
        if getattr(context.original_exception, "sqlstate", None) == _READ_ONLY:
            context.is_disconnect = True

    return engine


def _is_direct(connection: Driver) -> bool:
    """Whether the process named at the start is the one that answers. A pooler gives a number of its own.

    Prepared statements belong to one connection of the database, and all clients number them alike. Behind a pooler a name may
    stand for the statement of another client, so they are not used there.
    """
    row = connection.execute("SELECT pg_backend_pid()").fetchone()
    return row is not None and row[0] == connection.info.backend_pid

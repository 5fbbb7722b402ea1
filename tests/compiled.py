"""Statements that one store of a test process has compiled are there for its other stores: each test has its own, and compiled
all of them anew, a fifth of what the tests do in Python. What a store compiles alone is for servers, each in its process."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite


def share_statements() -> None:
    """The compiled statements of SQLAlchemy (tested: 2.0) are found by their dialect, which is one object for each engine. Ours
    are the same for all engines of a kind."""
    compiled: dict[Any, Any] = {}
    for dialect in (SQLiteDialect_pysqlite, PGDialect_psycopg):
        dialect.__eq__ = lambda one, other: type(one) is type(other)  # type: ignore[method-assign, assignment]
        dialect.__hash__ = lambda one: hash(type(one))  # type: ignore[method-assign, assignment]

    clear = Engine.clear_compiled_cache

    def clear_both(engine: Engine) -> None:
        clear(engine)
        compiled.clear()  # with the values of those who asked first

    Engine.clear_compiled_cache = clear_both  # type: ignore[method-assign]

    @event.listens_for(Engine, "engine_connect")
    def use(connection: Connection) -> None:
        connection.execution_options(compiled_cache=compiled)

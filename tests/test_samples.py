"""PostgreSQL takes samples of columns, to plan from, and keeps them when a table becomes empty: none holds a name or a word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import LiteralString

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from board.data import addressed, personal, schema
from board.data.personal import Holds
from board.data.store import Store
from tests import remains
from tests.servers import Postgres

SPOKEN = {Holds.NAME, Holds.NAMES, Holds.WORDS, Holds.RECORD}
# As PostgreSQL says it: before version 17 a column without a wish of its own has -1, since then nothing.
SAMPLED = """SELECT attrelid::regclass || '.' || attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND attnum > 0 AND attstattarget IS DISTINCT FROM 0"""
# A column of an index that is an expression has samples of its own.
EXPRESSIONS = """SELECT indexrelid::regclass::text, attstattarget FROM pg_index JOIN pg_attribute ON attrelid = indexrelid
WHERE indrelid = 'posts'::regclass AND indkey[attnum - 1] = 0"""
FILES = "SELECT pg_relation_filenode('hosts'), pg_relation_filenode('hosts_pkey')"
HOST = "INSERT INTO hosts (id, name, digest, created_at, first_only) VALUES (%s, %s, %s, 0, false)"


def test_postgresql_samples_no_column_with_names_or_words(postgres_server: Postgres) -> None:
    url = postgres_server.new_board_database()
    with psycopg.connect(url) as connection:
        sampled = {column for (column,) in connection.execute(SAMPLED)}
    postgres_server.done_with(url)
    columns = {f"{table}.{column}": what for table, listed in personal.COLUMNS.items() for column, what in listed.items()}
    assert sampled & {column for column, what in columns.items() if what in SPOKEN} == set(), (
        "the migration that adds a column with names or words calls `samples.none_of`"
    )
    assert {column for column, what in columns.items() if what not in SPOKEN} <= sampled, "the others are planned from"
    assert set(columns) == {f"{name}.{column.name}" for name, table in schema.metadata.tables.items() for column in table.c}


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE posts ALTER COLUMN folded SET STATISTICS -1",
        "ALTER TABLE posts DROP COLUMN folded; ALTER TABLE posts ADD COLUMN folded text",
    ],
)
def test_a_database_with_other_samples_is_given_to_no_other_test(postgres_server: Postgres, change: LiteralString) -> None:
    """Databases of tests are emptied and used again: one test found words in samples that another one had allowed."""
    changed, untouched = postgres_server.new_board_database(), postgres_server.new_board_database()
    with psycopg.connect(changed) as connection:
        connection.execute(change)
    kept = []
    for url in (changed, untouched):
        postgres_server.done_with(url)
        kept.append(url.rpartition("/")[2] in postgres_server._empty)
    assert kept == [False, True]


def test_postgresql_samples_no_names_in_expressions_of_indexes(postgres_server: Postgres) -> None:
    url = postgres_server.new_board_database()
    with psycopg.connect(url) as connection:
        targets = dict(connection.execute(EXPRESSIONS).fetchall())
    postgres_server.done_with(url)
    assert targets == {f"posts_to_{place}": 0 for place in addressed.PLACES}


@pytest.fixture
def older(postgres_server: Postgres) -> Iterator[str]:
    """A database of the version before, with samples of names."""
    url = postgres_server.new_database()
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", "board:data/migrations")
        config.attributes["connection"] = connection
        command.upgrade(config, "0020")
    engine.dispose()
    with psycopg.connect(url) as connection:
        for number in range(9):
            connection.execute(HOST, (str(number), f"Nadia {number % 3}", f"digest {number}"))
    remains.sample(url)
    yield url
    postgres_server.done_with(url)


def test_the_migration_deletes_old_samples_and_rewrites_no_rows(older: str) -> None:
    assert "sample hosts.name" in remains.in_postgresql(older, ["nadia"])
    with psycopg.connect(older) as connection:
        files = connection.execute(FILES).fetchone()
    store = Store(older.replace("postgresql:", "postgresql+psycopg:"))
    store.migrate()
    store.close()
    remains.sample(older)
    assert {part for part in remains.in_postgresql(older, ["nadia"]) if "hosts" in part} == {
        "table hosts.name",
        "version hosts",
    }
    assert "sample hosts.digest" in remains.in_postgresql(older, ["digest"]), "other columns are planned from"
    with psycopg.connect(older) as connection:
        assert connection.execute(FILES).fetchone() == files

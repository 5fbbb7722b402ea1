"""What PostgreSQL still has of a word: in rows, in versions of rows that nobody sees any more, and in the samples of columns
from which it plans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, LiteralString

import psycopg
from psycopg import sql

BLOCK_BYTES = 8192
COLUMNS = """SELECT table_name, column_name, data_type = 'bytea' FROM information_schema.columns
WHERE table_schema = 'public' ORDER BY table_name, ordinal_position"""
# Our tables, what they keep beside them because it is long, and their indexes.
RELATIONS = """SELECT one.oid::regclass::text, one.relkind = 'i', pg_relation_size(one.oid)
FROM pg_class one WHERE one.relkind IN ('r', 't', 'i') AND (one.relnamespace = 'public'::regnamespace
  OR one.oid IN (SELECT reltoastrelid FROM pg_class WHERE relnamespace = 'public'::regnamespace))"""
ROWS = "SELECT t_data FROM heap_page_items(get_raw_page(%s, %s)) WHERE t_data IS NOT NULL"
KEYS = "SELECT decode(replace(data, ' ', ''), 'hex') FROM bt_page_items(%s, %s) WHERE data <> ''"
SAMPLES = """SELECT tablename || '.' || attname,
  concat(most_common_vals::text, ' ', histogram_bounds::text, ' ', most_common_elems::text)
FROM pg_stats WHERE schemaname = 'public'"""


def in_postgresql(url: str, words: Sequence[str]) -> set[str]:
    """In every column of every table, also of one that our schema does not name; in all versions of rows that lie in the pages
    of tables and indexes; and in samples. Where PostgreSQL packs long texts (2 KB), a word in them is found in rows alone."""
    with _connected(url) as connection:
        return {*_in_rows(connection, words), *_in_versions(connection, words), *_in_samples(connection, words)}


def vacuum(url: str) -> None:
    """What PostgreSQL does by itself now and then; the one of the tests does it only here."""
    with _connected(url) as connection:
        connection.execute("VACUUM (ANALYZE)")


def sample(url: str) -> None:
    """PostgreSQL does this, too, by itself, once enough is new."""
    with _connected(url) as connection:
        connection.execute("ANALYZE")


@contextmanager
def _connected(url: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        yield connection


def _in_rows(connection: psycopg.Connection[Any], words: Sequence[str]) -> Iterator[str]:
    for table, column, is_bytes in connection.execute(COLUMNS).fetchall():
        how: LiteralString = "SELECT encode({}, 'escape') FROM {}" if is_bytes else "SELECT {}::text FROM {}"
        asked = sql.SQL(how).format(sql.Identifier(column), sql.Identifier("public", table))
        if any(has(value, words) for (value,) in connection.execute(asked)):
            yield f"table {table}.{column}"


def _in_versions(connection: psycopg.Connection[Any], words: Sequence[str]) -> Iterator[str]:
    connection.execute("CREATE EXTENSION IF NOT EXISTS pageinspect")
    for name, is_index, size in connection.execute(RELATIONS).fetchall():
        look: LiteralString = KEYS if is_index else ROWS
        for block in range(int(is_index), size // BLOCK_BYTES):  # the first page of an index holds no keys
            if any(has(value, words) for (value,) in connection.execute(look, (name, block))):
                yield f"version {name}"


def _in_samples(connection: psycopg.Connection[Any], words: Sequence[str]) -> Iterator[str]:
    for column, values in connection.execute(SAMPLES):
        if has(values, words):
            yield f"sample {column}"


def has(value: object, words: Sequence[str]) -> bool:
    """In bytes and in texts, whatever the case."""
    text = bytes(value).decode("utf-8", "replace") if isinstance(value, bytes | bytearray | memoryview) else str(value)
    text = text.casefold()
    return any(word.casefold() in text for word in words)

"""PostgreSQL takes samples of columns by itself (ANALYZE), to plan from. It keeps them when a table becomes empty: names and
texts would outlive their board. So it takes none of columns that hold some."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

TYPE = """SELECT format_type(atttypid, atttypmod) FROM pg_attribute
WHERE attrelid = CAST(:table AS regclass) AND attname = :column"""


def none_of(table: str, *columns: str) -> None:
    """From now on; and the samples that there are go. A migration calls this for each new column with names or words."""
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return
    quote = connection.dialect.identifier_preparer.quote_identifier
    for column in columns:
        its_type = connection.execute(sa.text(TYPE), {"table": table, "column": column}).scalar_one()
        alter = f"ALTER TABLE {quote(table)} ALTER COLUMN {quote(column)}"
        op.execute(f"{alter} SET STATISTICS 0")
        # Its own type once more changes no row; it is the owner's only way to remove the samples of a column.
        op.execute(f"{alter} TYPE {its_type}")


def none_of_index(index: str, position: int) -> None:
    """As `none_of`, of a new index: its column at this position (from 1) is an expression, and has samples of its own."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER INDEX {index} ALTER COLUMN {position} SET STATISTICS 0")

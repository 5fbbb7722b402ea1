"""Many rows at once, by few statements."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table, bindparam, insert, update

from board.data.transaction import Transaction


def insert_rows(transaction: Transaction, table: Table, values: list[dict[str, Any]]) -> None:
    if values:
        transaction.connection.execute(insert(table), values)


def update_rows(transaction: Transaction, table: Table, values: list[dict[str, Any]]) -> None:
    """Rows of the transaction's board, by their ids."""
    if not values:
        return
    names = [name for name in values[0] if name not in ("board_id", "id")]
    where = (table.c.board_id == transaction.board.id, table.c.id == bindparam("b_id"))
    statement = update(table).where(*where).values({name: bindparam(f"b_{name}") for name in names})
    transaction.connection.execute(statement, [{f"b_{name}": row[name] for name in (*names, "id")} for row in values])

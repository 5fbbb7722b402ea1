"""The picture of a board, as it is stored: apart from the board, because each change of a board is sent to all viewers."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from board.data import schema
from board.data.transaction import Transaction


def put(transaction: Transaction, digest: str, media_type: str, content: bytes) -> None:
    """In the place of another one."""
    remove(transaction)
    values = {"board_id": transaction.board.id, "digest": digest, "media_type": media_type, "bytes": content}
    transaction.connection.execute(insert(schema.logos).values(**values))


def remove(transaction: Transaction) -> None:
    transaction.connection.execute(delete(schema.logos).where(schema.logos.c.board_id == transaction.board.id))


def find(connection: Connection, board_id: int, digest: str) -> tuple[str, bytes] | None:
    """Its media type and its bytes."""
    table = schema.logos
    wanted = select(table.c.media_type, table.c.bytes).where(table.c.board_id == board_id, table.c.digest == digest)
    row = connection.execute(wanted).one_or_none()
    return (row.media_type, bytes(row.bytes)) if row else None

"""Staff links as they are stored: by the digest of their tokens."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, insert, select, update

from board.data import schema
from board.data.transaction import Transaction
from board.model.models import Link, Role


def add(transaction: Transaction, link: Link, digest: str) -> None:
    """`digest`: of the link's token, which is not kept."""
    values = {"board_id": transaction.board.id, "id": link.id, "role": link.role, "name": link.name}
    transaction.connection.execute(insert(schema.links).values(**values, digest=digest, created_at=transaction.now))


def revoke(transaction: Transaction, role: Role, name: str) -> int:
    """Takes back the links of this role and name; gives how many there were."""
    table = schema.links
    named = (table.c.board_id == transaction.board.id, table.c.role == role, table.c.name == name)
    taken_back = update(table).where(*named, table.c.revoked_at.is_(None)).values(revoked_at=transaction.now)
    return int(transaction.connection.execute(taken_back).rowcount)


def held(connection: Connection, board_id: int, ids: Collection[str]) -> list[Link]:
    """Those of these links that nobody has taken back."""
    table = schema.links
    named = (table.c.board_id == board_id, table.c.id.in_(ids), table.c.revoked_at.is_(None))
    return [Link(row.id, Role(row.role), row.name) for row in connection.execute(select(table).where(*named))]


def find(connection: Connection, digest: str) -> tuple[int, Link] | None:
    """The board's id and the link that the token with this digest opens."""
    table = schema.links
    row = connection.execute(select(table).where(table.c.digest == digest, table.c.revoked_at.is_(None))).one_or_none()
    return (row.board_id, Link(row.id, Role(row.role), row.name)) if row else None

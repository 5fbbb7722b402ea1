"""Staff links as they are stored: by the digest of their tokens."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Connection, Row, bindparam, insert, or_, select, update

from board.data import schema
from board.data.transaction import Transaction
from board.model.models import Link, Role


class StaffLink(NamedTuple):
    """A link as organisers see it; times in microseconds since 1970. Its token is known to its holder alone."""

    id: str
    role: Role
    name: str
    created_at: int
    used_at: int | None = None
    screen: str | None = None
    """The id of the large screen that it opens; None: the first one."""


def add(transaction: Transaction, link: Link, digest: str) -> None:
    """`digest`: of the link's token, which is not kept."""
    values = {"board_id": transaction.board.id, "id": link.id, "role": link.role, "name": link.name, "screen": link.screen}
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
    return [_link(row) for row in connection.execute(select(table).where(*named))]


def find(connection: Connection, digest: str) -> tuple[int, Link] | None:
    """The board's id and the link that the token with this digest opens."""
    table = schema.links
    row = connection.execute(select(table).where(table.c.digest == digest, table.c.revoked_at.is_(None))).one_or_none()
    return (row.board_id, _link(row)) if row else None


def _link(row: Row[Any]) -> Link:
    return Link(row.id, Role(row.role), row.name, row.screen)


def listed(connection: Connection, board_id: int) -> list[StaffLink]:
    """Those of the board that nobody has taken back, the oldest first."""
    table = schema.links
    held = select(table).where(table.c.board_id == board_id, table.c.revoked_at.is_(None))
    found = connection.execute(held.order_by(table.c.created_at, table.c.id))
    return [StaffLink(row.id, Role(row.role), row.name, row.created_at, row.used_at, row.screen) for row in found]


def of_board(transaction: Transaction) -> list[StaffLink]:
    """As `listed`, within a transaction."""
    return listed(transaction.connection, transaction.board.id)


def revoke_one(transaction: Transaction, link_id: str) -> None:
    table = schema.links
    named = (table.c.board_id == transaction.board.id, table.c.id == link_id, table.c.revoked_at.is_(None))
    transaction.connection.execute(update(table).where(*named).values(revoked_at=transaction.now))


def give_back(transaction: Transaction, link_id: str) -> Link | None:
    """The link opens again what it opened before it was taken back; nothing of it was erased. None: it was not taken back."""
    table = schema.links
    named = (table.c.board_id == transaction.board.id, table.c.id == link_id, table.c.revoked_at.is_not(None))
    row = transaction.connection.execute(select(table).where(*named)).one_or_none()
    if row is None:
        return None
    transaction.connection.execute(update(table).where(*named).values(revoked_at=None))
    return _link(row)


def used(connection: Connection, noted: Mapping[tuple[int, str], int], seldom: int) -> None:
    """When these links, by board and id, were used last (microseconds since 1970), unless a use less than `seldom` microseconds
    before is written: other processes write, too."""
    table, at = schema.links, bindparam("at", type_=BigInteger)
    named = (table.c.board_id == bindparam("b"), table.c.id == bindparam("i"))
    due = or_(table.c.used_at.is_(None), table.c.used_at <= bindparam("late", type_=BigInteger))
    rows = [{"b": board_id, "i": link_id, "at": at, "late": at - seldom} for (board_id, link_id), at in sorted(noted.items())]
    connection.execute(update(table).where(*named, due).values(used_at=at), rows)

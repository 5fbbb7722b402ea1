"""Stored hosts' links, found by the digest of their tokens."""

from __future__ import annotations

from sqlalchemy import Connection, exists, insert, or_, select, update

from board.data import schema
from board.model.organising import Host


def add(connection: Connection, host: Host, digest: str, now: int, *, first_only: bool = False) -> None:
    """`digest`: of the link's token, which is not kept. `now`: microseconds since 1970. `first_only`: the link opens nothing
    once there is a board."""
    values = {"id": host.id, "name": host.name, "digest": digest, "created_at": now, "first_only": first_only}
    connection.execute(insert(schema.hosts).values(**values))


def revoke(connection: Connection, name: str, now: int) -> int:
    """Takes back the links of this name; gives how many there were."""
    table = schema.hosts
    named = (table.c.name == name, table.c.revoked_at.is_(None))
    return int(connection.execute(update(table).where(*named).values(revoked_at=now)).rowcount)


def find(connection: Connection, digest: str) -> Host | None:
    """Whom the token with this digest lets in."""
    table = schema.hosts
    opens = or_(table.c.first_only.is_(False), ~exists(select(schema.boards.c.id).where(schema.boards.c.erased_at.is_(None))))
    row = connection.execute(select(table).where(table.c.digest == digest, table.c.revoked_at.is_(None), opens)).one_or_none()
    return Host(row.id, row.name) if row else None


def held(connection: Connection, host_id: str) -> Host | None:
    """The host of this link, unless the link was taken back."""
    table = schema.hosts
    row = connection.execute(select(table).where(table.c.id == host_id, table.c.revoked_at.is_(None))).one_or_none()
    return Host(row.id, row.name) if row else None

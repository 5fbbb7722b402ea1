"""Staff links: made, found, taken back."""

from __future__ import annotations

import secrets

from sqlalchemy import Connection, insert, select, update

from board.data import schema
from board.data.transaction import Transaction
from board.model import requests, tokens
from board.model.models import Link, Role


def new_link(transaction: Transaction, role: Role, name: str) -> str:
    """Makes a staff link and gives its token, which is not kept."""
    name = requests.name(name, "name")
    token = tokens.new_token()
    link = {"board_id": transaction.board.id, "id": secrets.token_hex(8), "role": role, "name": name}
    transaction.connection.execute(insert(schema.links).values(**link, digest=tokens.digest(token), created_at=transaction.now))
    transaction.touch_board()
    transaction.record("command line", "link", detail=f"{role} {name}")
    return token


def new_links(transaction: Transaction) -> dict[Role, str]:
    """A first link of every role, named after it."""
    return {role: new_link(transaction, role, role) for role in Role}


def revoke_link(transaction: Transaction, role: Role, name: str) -> int:
    """Takes back the links of this role and name; gives how many there were."""
    name = requests.name(name, "name")
    table = schema.links
    result = transaction.connection.execute(
        update(table)
        .where(
            table.c.board_id == transaction.board.id,
            table.c.role == role,
            table.c.name == name,
            table.c.revoked_at.is_(None),
        )
        .values(revoked_at=transaction.now)
    )
    if result.rowcount:
        transaction.touch_board()
        transaction.record("command line", "revoke", detail=f"{role} {name}")
    return int(result.rowcount)


def find_link(connection: Connection, token: str) -> tuple[int, Link] | None:
    """The board's id and the link that this token opens."""
    table = schema.links
    row = connection.execute(
        select(table).where(table.c.digest == tokens.digest(token), table.c.revoked_at.is_(None))
    ).one_or_none()
    return (row.board_id, Link(row.id, Role(row.role), row.name)) if row else None

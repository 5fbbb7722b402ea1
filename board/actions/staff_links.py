"""Staff links: made, found, taken back."""

from __future__ import annotations

import secrets

from board.data import links
from board.data.store import Connection
from board.data.transaction import Transaction
from board.model import requests, tokens
from board.model.models import Link, Role
from board.model.roles import FIRST_ROLES

COMMAND_LINE = "command line"


def new_link(transaction: Transaction, role: Role, name: str, by: str = COMMAND_LINE) -> str:
    """Makes a staff link and gives its token, which is not kept. `by`: the name for the audit trail."""
    name = requests.name(name, "name")
    token = tokens.new_token()
    links.add(transaction, Link(secrets.token_hex(8), role, name), tokens.digest(token))
    transaction.touch_board()
    transaction.record(by, "link", detail=f"{role} {name}")
    return token


def new_links(transaction: Transaction, by: str = COMMAND_LINE) -> dict[Role, str]:
    """A first link of each role that every board needs, named after it."""
    return {role: new_link(transaction, role, role, by) for role in FIRST_ROLES}


def revoke_link(transaction: Transaction, role: Role, name: str) -> int:
    """Takes back the links of this role and name; gives how many there were."""
    name = requests.name(name, "name")
    revoked = links.revoke(transaction, role, name)
    if revoked:
        transaction.touch_board()
        transaction.record(COMMAND_LINE, "revoke", detail=f"{role} {name}")
    return revoked


def find_link(connection: Connection, token: str) -> tuple[int, Link] | None:
    """The board's id and the link that this token opens."""
    return links.find(connection, tokens.digest(token))

"""Hosts' links, which allow making boards in the browser: make, find, take back."""

from __future__ import annotations

import secrets

from board.data import hosts
from board.data.store import Connection
from board.model import requests, tokens
from board.model.organising import Host

# The link that a server without boards prints when it starts.
FIRST = "first start"


def new_host_link(connection: Connection, now: int, name: str, *, first_only: bool = False) -> str:
    """Makes a link and gives its token, which is not kept. `now`: microseconds since 1970."""
    token = tokens.new_token()
    host = Host(secrets.token_hex(8), requests.name(name, "name"))
    hosts.add(connection, host, tokens.digest(token), now, first_only=first_only)
    return token


def new_first_link(connection: Connection, now: int) -> str:
    """For a server without boards. It may stand in a log for ever: so it opens nothing once there is a board, and the one of an
    earlier start opens nothing any more."""
    hosts.revoke(connection, FIRST, now)
    return new_host_link(connection, now, FIRST, first_only=True)


def revoke_host_link(connection: Connection, now: int, name: str) -> int:
    """Takes back the links of this name; gives how many there were."""
    return hosts.revoke(connection, requests.name(name, "name"), now)


def find_host(connection: Connection, token: str) -> Host | None:
    """Whom this token lets in."""
    return hosts.find(connection, tokens.digest(token))

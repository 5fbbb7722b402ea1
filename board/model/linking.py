"""Staff links as organisers ask for them, and as they see them. Pure."""

from __future__ import annotations

import secrets

import msgspec

from board.model import requests
from board.model.models import Invalid, Link, Role
from board.model.roles import ALLOWS

# Each snapshot in memory, and each look at a cookie, goes through all of them.
MAX_LINKS = 200


class NewLink(msgspec.Struct, forbid_unknown_fields=True):
    role: Role
    name: str
    screen: str | None = None
    """The id of the large screen that a screen's link opens; None: the first one."""


class NewKiosk(msgspec.Struct, forbid_unknown_fields=True):
    """A link for a shared tablet."""

    name: str


def new_id() -> str:
    return secrets.token_hex(8)


def link(wanted: NewLink) -> Link:
    """Raises `Invalid`."""
    if wanted.role not in ALLOWS:
        raise Invalid("role-unknown", field="role")
    if wanted.screen is not None and wanted.role is not Role.SCREEN:
        raise Invalid("link-opens-no-screen", field="screen")
    return Link(new_id(), wanted.role, requests.name(wanted.name, "name"), wanted.screen)

"""The roles of staff links, and what each may do. Pure."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    MODERATOR = "moderator"
    ORGANISER = "organiser"
    SCREEN = "screen"
    STAGE = "stage"
    KIOSK = "kiosk"


# What a link of each role may also do.
ALLOWS: dict[Role, frozenset[Role]] = {
    Role.SCREEN: frozenset({Role.SCREEN}),
    Role.STAGE: frozenset({Role.STAGE}),
    Role.KIOSK: frozenset({Role.KIOSK}),
    Role.MODERATOR: frozenset(Role) - {Role.ORGANISER},
    Role.ORGANISER: frozenset(Role),
}
# Of these a new board gets one link each.
FIRST_ROLES = (Role.MODERATOR, Role.ORGANISER, Role.SCREEN)

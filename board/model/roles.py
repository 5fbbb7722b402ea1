"""The roles of staff links, and what each may do. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Role(StrEnum):
    """While workers are replaced one by one, an older one reads what a newer one writes. A role of a later version must not
    keep it from reading the board: it is a role that may do nothing here, and keeps its name where it is handed on. It is no
    member of this class: where somebody asks for a role, look into `ALLOWS`."""

    MODERATOR = "moderator"
    ORGANISER = "organiser"
    SCREEN = "screen"
    STAGE = "stage"
    KIOSK = "kiosk"

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        later = str.__new__(cls, value)
        later._name_, later._value_ = "LATER", value
        return later


# What a link of each role may also do.
ALLOWS: dict[Role, frozenset[Role]] = {
    Role.SCREEN: frozenset({Role.SCREEN}),
    Role.STAGE: frozenset({Role.STAGE}),
    Role.KIOSK: frozenset({Role.KIOSK}),
    Role.MODERATOR: frozenset(Role) - {Role.ORGANISER},
    Role.ORGANISER: frozenset(Role),
}


def allowed_by(role: Role) -> frozenset[Role]:
    """Nothing for a role of a later version."""
    return ALLOWS.get(role, frozenset())


# Of these a new board gets one link each.
FIRST_ROLES = (Role.MODERATOR, Role.ORGANISER, Role.SCREEN)

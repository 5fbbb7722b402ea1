"""The numbers of the organiser's checklist: how far the board is prepared."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, Table, func, select

from board.data import schema
from board.model.models import Role


class Counted(NamedTuple):
    sessions: int
    people: int
    moderators: int
    """Links of moderators that nobody has taken back."""
    screens: int
    rehearsals: int
    """The number of rehearsals, from the audit trail."""
    posters: int


def counted(connection: Connection, board_id: int) -> Counted:
    links, audit = schema.links, schema.audit

    def rows_of(table: Table, *where: object) -> int:
        wanted = select(func.count()).select_from(table).where(table.c.board_id == board_id, *where)  # type: ignore[arg-type]
        return int(connection.execute(wanted).scalar_one())

    def links_of(role: Role) -> int:
        return rows_of(links, links.c.role == role, links.c.revoked_at.is_(None))

    return Counted(
        sessions=rows_of(schema.sessions),
        people=rows_of(schema.people),
        moderators=links_of(Role.MODERATOR),
        screens=links_of(Role.SCREEN),
        rehearsals=rows_of(audit, audit.c.action == "rehearsal"),
        posters=rows_of(audit, audit.c.action == "poster"),
    )

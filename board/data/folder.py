"""What the folder to take home is made of, read in one view of the database."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection

from board.data import logos, rows
from board.data.afterwards import Gathered, gathered
from board.model.models import Session


class Taken(NamedTuple):
    """`logo`: its media type and its bytes."""

    found: Gathered
    sessions: list[Session]
    logo: tuple[str, bytes] | None


def taken(connection: Connection, board_id: int) -> Taken:
    """Raises `NotFound`."""
    found = gathered(connection, board_id)
    logo = logos.find(connection, board_id, found.board.logo) if found.board.logo else None
    return Taken(found, rows.read_sessions(connection, board_id), logo)

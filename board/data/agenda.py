"""The sessions of a board as they are stored: their order, and the questions that belong to one."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select

from board.data import imports, rows, schema
from board.data.transaction import Transaction
from board.model.models import Session, State


def stored(transaction: Transaction) -> list[Session]:
    """In their order."""
    return rows.read_sessions(transaction.connection, transaction.board.id)


def write(transaction: Transaction, before: Sequence[Session], after: Sequence[Session]) -> None:
    """The agenda as it is to be; `before`: as it is stored."""
    table, board_id = schema.sessions, transaction.board.id
    known = {session.id: session for session in before}
    if gone := known.keys() - {session.id for session in after}:
        transaction.connection.execute(delete(table).where(table.c.board_id == board_id, table.c.id.in_(gone)))
    imports.write_agenda(transaction, after, known)
    transaction.touch_sessions()


def questions_of(transaction: Transaction, session_id: str) -> tuple[list[str], int]:
    """The ids of all posts of this session, and how many of them their authors have not taken back."""
    table = schema.posts
    found = transaction.connection.execute(
        select(table.c.id, table.c.state).where(table.c.board_id == transaction.board.id, table.c.session == session_id)
    ).all()
    return [row.id for row in found], sum(row.state != State.WITHDRAWN for row in found)

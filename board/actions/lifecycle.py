"""Making and erasing boards."""

from __future__ import annotations

import re
import secrets
from typing import Any

import msgspec

from board.actions import staff_links
from board.data import boards, copies
from board.data.store import Connection
from board.data.transaction import Transaction
from board.model import requests
from board.model.codes import CODE_ALPHABET, CODE_LENGTH
from board.model.models import (
    CODE_PATTERN,
    Board,
    BoardError,
    Conflict,
    Invalid,
    Role,
    Theme,
)

# Good for any gathering, until the organiser names the fields of this one.
DEFAULT_THEMES = [
    Theme("expertise", "Expertise", "Expertise", 1),
    Theme("teamwork", "Teamwork", "Teamwork", 2),
    Theme("training", "Teaching and training", "Training", 3),
    Theme("ideas", "New ideas", "Ideas", 4),
    Theme("courage", "Courage", "Courage", 5),
    Theme("care", "Care for others", "Care", 6),
]


def new_board(connection: Connection, now: int, title: str, code: str | None = None, **fields: Any) -> tuple[int, str]:
    """Makes a board; gives its id and code. Raises `Invalid` for a code that cannot be, `Conflict` for one that is taken."""
    code = _usable_code(connection, code)
    board = Board(
        id=0,
        code=code,
        epoch=boards.new_epoch(),
        seq=0,
        settings_seq=0,
        title=requests.name(title, "title"),
        themes=DEFAULT_THEMES,
    )
    board = msgspec.structs.replace(board, **fields)
    return boards.add(connection, board, now), code


def new_prepared_board(
    connection: Connection, now: int, title: str, code: str | None, by: str, **fields: Any
) -> tuple[Board, dict[Role, str]]:
    """Makes a board and its first links in one transaction, so that no board is left without them; gives it and the tokens.
    `by`: the name for the audit trail. Raises as `new_board` does."""
    board_id, _ = new_board(connection, now, title, code, **fields)
    return _with_links(connection, now, board_id, by)


def new_copy(
    connection: Connection, now: int, board_id: int, code: str | None, by: str, *, rehearsal: bool = False
) -> tuple[Board, dict[Role, str]]:
    """A copy of a board without posts, with links of its own. `rehearsal`: the copy is the board's rehearsal. Raises as
    `new_board` does, and `Conflict` if the board has a rehearsal, or is one."""
    if rehearsal and (copies.twins(connection, board_id) or copies.original(connection, board_id) is not None):
        raise Conflict("rehearsal-there")
    made = copies.copy(connection, board_id, _usable_code(connection, code), now, rehearsal=rehearsal)
    return _with_links(connection, now, made, by)


def _with_links(connection: Connection, now: int, board_id: int, by: str) -> tuple[Board, dict[Role, str]]:
    transaction = Transaction(connection, board_id, now, lambda then: 0.0)
    transaction.begin()
    links = staff_links.new_links(transaction, by)
    transaction.accept()
    transaction.flush()
    return transaction.board, links


def purge(connection: Connection, board_id: int) -> None:
    """Erases a board and everything in it, and its rehearsal."""
    for twin, _ in copies.twins(connection, board_id):
        boards.erase(connection, twin)
    boards.erase(connection, board_id)


def _usable_code(connection: Connection, code: str | None) -> str:
    if code is None:
        return _free_code(connection)
    code = code.strip().upper()
    if not re.fullmatch(CODE_PATTERN, code):
        raise Invalid("code-wrong", field="code")
    if boards.find_board(connection, code) is not None:
        raise Conflict("code-taken", code=code)
    return code


def _free_code(connection: Connection) -> str:
    for _ in range(100):
        code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
        if boards.find_board(connection, code) is None:
            return code
    raise BoardError("code-not-found")

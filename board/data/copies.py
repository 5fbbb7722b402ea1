"""A board once more: its settings, its picture, its agenda, its roster and prepared questions, without posts,
phones and links."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, Table, insert, select

from board.data import boards, rows, schema
from board.model import showing
from board.model.models import Board, NotFound, Screen

ROWS_AT_ONCE = 1_000
# A badge signs somebody in: each board has badges of its own. A prepared question is added on each board anew.
_MADE_ANEW = frozenset({"badge", "added_at"})


def copy(connection: Connection, board_id: int, code: str, now: int, *, rehearsal: bool = False) -> int:
    """Returns the id of the new board. `now`: microseconds since 1970; `rehearsal`: the copy is the board's rehearsal. Raises
    `NotFound`."""
    board = rows.read_board(connection, board_id)
    if board is None:
        raise NotFound("board-gone")
    made = boards.add(connection, _fresh(board, code, rehearsal), now)
    for table in (schema.sessions, schema.people, schema.logos, schema.prepared):
        _copy_rows(connection, table, board_id, made)
    return made


def _fresh(board: Board, code: str, rehearsal: bool) -> Board:
    """What large screens show and what stands still now belongs to the moment, not to the settings."""
    return msgspec.structs.replace(
        board,
        code=code,
        epoch=boards.new_epoch(),
        seq=0,
        settings_seq=0,
        **showing.kept([msgspec.structs.replace(one, shows=Screen()) for one in showing.all_screens(board)]),
        cards_open=True,
        frozen=False,
        notes=[],
        archived_at=None,
        rehearsal_of=board.id if rehearsal else None,
    )


def _copy_rows(connection: Connection, table: Table, board_id: int, made: int) -> None:
    columns = [column for column in table.columns if column.name not in _MADE_ANEW]
    found = connection.execute(select(*columns).where(table.c.board_id == board_id))
    for some in found.partitions(ROWS_AT_ONCE):
        connection.execute(insert(table), [dict(row._mapping) | {"board_id": made} for row in some])


def twins(connection: Connection, board_id: int) -> list[tuple[int, str]]:
    """Ids and codes of the boards on which this one is rehearsed."""
    table = schema.boards
    found = connection.execute(
        select(table.c.id, table.c.code)
        .where(table.c.rehearsal_of == board_id, table.c.erased_at.is_(None))
        .order_by(table.c.id)
    )
    return [(row.id, row.code) for row in found]


def original(connection: Connection, board_id: int) -> int | None:
    """The board of which this one is the rehearsal."""
    table = schema.boards
    found: int | None = connection.execute(select(table.c.rehearsal_of).where(table.c.id == board_id)).scalar_one_or_none()
    return found

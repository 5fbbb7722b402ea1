"""What is due to be forgotten, as it is stored: texts that were taken back, boards at the end of their time, their warnings.

A board that is being erased is gone for everybody at once. Its rows go in slices, each in a transaction of its own, so that
commands of other boards come in between. Two workers that erase the same board do not wait for each other: the row of the board
is locked for one slice, and a worker that dies leaves the rest to the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, Table, delete, insert, null, select, tuple_, update

from board.data import copies, schema
from board.data.transaction import Transaction
from board.model.models import Post
from board.model.retention import Keeping, withdrawn_before

ROWS_A_SLICE = 500
TEXTS_A_SLICE = 100
BOARDS_AT_ONCE = 100
_boards, _posts, _warnings = schema.boards, schema.posts, schema.warnings
# No board can be called so: the code of one that is being erased is free for another board.
_GONE = "~{board_id}"


class Kept(NamedTuple):
    id: int
    code: str
    keeping: Keeping


def _select_kept() -> Select[Any]:
    columns = (_boards.c.id, _boards.c.code, _boards.c.time_zone, _boards.c.ends_on, _boards.c.retention_days)
    times = (_boards.c.created_at, _boards.c.last_post_at, _warnings.c.first_at, _warnings.c.last_at)
    joined = select(*columns, *times).join_from(_boards, _warnings, _boards.c.id == _warnings.c.board_id, isouter=True)
    return joined.where(_boards.c.erased_at.is_(None))


def _kept(row: Row[Any]) -> Kept:
    values: list[Any] = list(row)
    return Kept(values[0], values[1], Keeping._make(values[2:]))


def all_kept(connection: Connection) -> list[Kept]:
    return [_kept(row) for row in connection.execute(_select_kept().order_by(_boards.c.id))]


def keeping_of(connection: Connection, board_id: int) -> Keeping | None:
    """None: there is no such board."""
    row = connection.execute(_select_kept().where(_boards.c.id == board_id)).one_or_none()
    return _kept(row).keeping if row else None


def of_transaction(transaction: Transaction) -> Keeping:
    """As the board stands, locked."""
    found = keeping_of(transaction.connection, transaction.board.id)
    assert found is not None
    return found


# -- warnings ------------------------------------------------------------------------------------------------------


def warned(transaction: Transaction, *, last: bool) -> None:
    """Stores that the warning was given now."""
    mine = _warnings.c.board_id == transaction.board.id
    if last:
        transaction.connection.execute(update(_warnings).where(mine).values(last_at=transaction.now))
    else:
        values = {"board_id": transaction.board.id, "first_at": transaction.now}
        transaction.connection.execute(insert(_warnings).values(values))


def forget_warnings(transaction: Transaction, *, last_alone: bool) -> None:
    mine = _warnings.c.board_id == transaction.board.id
    if last_alone:
        transaction.connection.execute(update(_warnings).where(mine).values(last_at=null()))
    else:
        transaction.connection.execute(delete(_warnings).where(mine))


# -- texts that were taken back ------------------------------------------------------------------------------------


def boards_with_due_texts(connection: Connection, now: int) -> list[int]:
    due = _posts.c.withdrawn_at <= withdrawn_before(now)
    wanted = select(_posts.c.board_id).where(due).distinct().order_by(_posts.c.board_id).limit(BOARDS_AT_ONCE)
    return list(connection.scalars(wanted))


def due_texts(transaction: Transaction) -> list[Post]:
    due = (_posts.c.board_id == transaction.board.id, _posts.c.withdrawn_at <= withdrawn_before(transaction.now))
    ids = transaction.connection.scalars(select(_posts.c.id).where(*due).order_by(_posts.c.seq).limit(TEXTS_A_SLICE))
    return [post for post_id in ids if (post := transaction.post(post_id))]


# -- boards at the end of their time -------------------------------------------------------------------------------


def begin_erasing(transaction: Transaction) -> list[str]:
    """From the commit on the board and its rehearsal are gone for everybody. Gives their codes."""
    board = transaction.board
    gone = [(board.id, board.code), *copies.twins(transaction.connection, board.id)]
    for board_id, _ in gone:
        values = {"erased_at": transaction.now, "code": _GONE.format(board_id=board_id), "title": "", "subtitle": ""}
        transaction.connection.execute(update(_boards).where(_boards.c.id == board_id).values(values))
    return [code for _, code in gone]


def being_erased(connection: Connection) -> list[int]:
    return list(connection.scalars(select(_boards.c.id).where(_boards.c.erased_at.is_not(None)).order_by(_boards.c.id)))


def erase_slice(connection: Connection, board_id: int) -> bool:
    """Erases some rows of a board that is being erased. Returns whether there are others, for this worker."""
    mine = select(_boards.c.id).where(_boards.c.id == board_id, _boards.c.erased_at.is_not(None))
    if connection.execute(mine.with_for_update(skip_locked=True)).first() is None:
        return False
    for table in reversed(schema.metadata.sorted_tables):
        if table is not _boards and "board_id" in table.c and connection.execute(_slice(table, board_id)).rowcount:
            return True
    connection.execute(delete(_boards).where(_boards.c.id == board_id))
    return False


def _slice(table: Table, board_id: int) -> Any:
    keys: Sequence[Any] = [column for column in table.primary_key.columns if column.name != "board_id"]
    mine = table.c.board_id == board_id
    if not keys:  # one row, or none
        return delete(table).where(mine)
    some = select(*keys).where(mine).limit(ROWS_A_SLICE)
    return delete(table).where(mine, tuple_(*keys).in_(some) if len(keys) > 1 else keys[0].in_(some))

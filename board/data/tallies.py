"""Stored totals: how often each key of `model.totals` is there, over all posts of a board.

They are true where `boards.tallied_seq` is the board's seq: both are written in the transaction that changes the posts. A
worker of an older version moves the seq alone; until somebody has counted again, nobody believes what is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec
from sqlalchemy import Connection, bindparam, delete, insert, select, text, update

from board.data import rows, schema
from board.model.totals import SHOWN_PARTS, Counted, Key, Moves, distinct, recounted

ROWS_AT_ONCE = 1_000
POSTS_AT_ONCE = 500
_table, _boards = schema.tallies, schema.boards
_key = msgspec.json.Decoder(tuple[str, ...])
# The statement is the same for any number of keys, so nothing is compiled for each.
_ADD = """
INSERT INTO tallies (board_id, part, key, number) {rows}
ON CONFLICT (board_id, part, key) DO UPDATE SET number = tallies.number + excluded.number RETURNING part, key, number
"""
_ROWS = {
    "sqlite": "SELECT :board_id, json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]')"
    " FROM json_each(:moves) WHERE true",
    "postgresql": "SELECT CAST(:board_id AS bigint), one->>0, one->>1, CAST(one->>2 AS integer)"
    " FROM json_array_elements(CAST(:moves AS json)) one",
}
_add = {dialect: text(_ADD.format(rows=found)) for dialect, found in _ROWS.items()}
_delete = delete(_table).where(
    _table.c.board_id == bindparam("b"), _table.c.part == bindparam("p"), _table.c.key == bindparam("k"), _table.c.number == 0
)


def add(connection: Connection, board_id: int, moves: Mapping[Key, int]) -> dict[Key, int]:
    """Moves what is stored. Gives how often each moved key is there now."""
    now = _added(connection, board_id, moves)
    now |= _added(connection, board_id, distinct(moves, now))
    if gone := [key for key, count in now.items() if not count]:
        connection.execute(_delete, [{"b": board_id, "p": key[0], "k": rows.to_json(key[1:])} for key in gone])
    return now


def _added(connection: Connection, board_id: int, moves: Mapping[Key, int]) -> dict[Key, int]:
    if not moves:
        return {}
    listed = rows.to_json([(key[0], rows.to_json(key[1:]), move) for key, move in moves.items()])
    found = connection.execute(_add[connection.dialect.name], {"board_id": board_id, "moves": listed})
    return {(row.part, *_key.decode(row.key)): row.number for row in found}


def shown(connection: Connection, board_id: int) -> dict[Key, int]:
    """All counts that pages show. If the stored ones are not reliable, they are counted from the posts."""
    if not _are_true(connection, board_id):
        return {
            key: count for key, count in recounted(rows.read_counted(connection, board_id)).items() if key[0] in SHOWN_PARTS
        }
    return dict(_stored(connection, board_id, SHOWN_PARTS))


def _are_true(connection: Connection, board_id: int) -> bool:
    wanted = select(_boards.c.tallied_seq == _boards.c.seq).where(_boards.c.id == board_id)
    return bool(connection.execute(wanted).scalar())


def _stored(connection: Connection, board_id: int, parts: Iterable[str]) -> Iterator[tuple[Key, int]]:
    wanted = select(_table.c.part, _table.c.key, _table.c.number).where(_table.c.board_id == board_id, _table.c.part.in_(parts))
    for row in connection.execute(wanted):
        yield (row.part, *_key.decode(row.key)), row.number


def count_again(connection: Connection, board_id: int) -> dict[Key, int]:
    """Stores what the posts say, in the caller's transaction. Gives all of it."""
    found = recounted(rows.read_counted(connection, board_id))
    connection.execute(delete(_table).where(_table.c.board_id == board_id))
    listed = [
        {"board_id": board_id, "part": key[0], "key": rows.to_json(key[1:]), "number": number} for key, number in found.items()
    ]
    for start in range(0, len(listed), ROWS_AT_ONCE):
        connection.execute(insert(_table), listed[start : start + ROWS_AT_ONCE])
    connection.execute(update(_boards).where(_boards.c.id == board_id).values(tallied_seq=_boards.c.seq))
    return found


def catch_up(connection: Connection) -> None:
    """Counts again where what is stored is not true: after an update, an older backup, a worker of an older version."""
    wanted = select(_boards.c.id).where(_boards.c.tallied_seq != _boards.c.seq, _boards.c.erased_at.is_(None))
    for board_id in connection.execute(wanted.order_by(_boards.c.id).with_for_update()).scalars().all():
        count_again(connection, board_id)


def differences(connection: Connection, board_id: int) -> list[str]:
    """What of the stored totals is not what the posts say, a sentence each. Nothing, where nobody believes them."""
    if not _are_true(connection, board_id):
        return []
    parts = select(_table.c.part).where(_table.c.board_id == board_id).distinct()
    stored = dict(_stored(connection, board_id, connection.execute(parts).scalars().all()))
    found = recounted(rows.read_counted(connection, board_id))
    wrong = sorted(key for key in stored.keys() | found.keys() if stored.get(key) != found.get(key))
    return [f"the total {rows.to_json(key)} is {stored.get(key, 0)}, not {found.get(key, 0)}" for key in wrong]


def repair(connection: Connection) -> None:
    """Stores what the posts say, where something else is stored. A change of the board for all workers: they read it."""
    for board_id in connection.execute(select(_boards.c.id).order_by(_boards.c.id).with_for_update()).scalars().all():
        if differences(connection, board_id):
            connection.execute(update(_boards).where(_boards.c.id == board_id).values(seq=_boards.c.seq + 1))
            count_again(connection, board_id)


class Tallying:
    """What the commands of one batch change of the totals of one board."""

    def __init__(self, connection: Connection, board_id: int, *, true: bool) -> None:
        self._connection, self._board_id, self._true = connection, board_id, true
        self._moves = Moves()
        self.moved: list[tuple[list[str], int]] = []
        """The new counts, for the message about the commit."""
        self.recounted = False

    def change(self, was: Counted | None, now: Counted) -> None:
        if was is not None:
            self._moves.go(was)
        self._moves.come(now)

    def read(self, ids: Iterable[str]) -> dict[str, Counted]:
        """Posts as they are stored now, by their ids."""
        wanted, found = list(ids), list[Counted]()
        for start in range(0, len(wanted), POSTS_AT_ONCE):
            found += rows.read_counted(self._connection, self._board_id, wanted[start : start + POSTS_AT_ONCE])
        return {one.id: one for one in found}

    def settle(self) -> None:
        """Writes it, when all posts are written and the seq of the board, too."""
        if self._true:
            now = add(self._connection, self._board_id, self._moves.made())
        else:
            now, self.recounted = count_again(self._connection, self._board_id), True
        self.moved = [(list(key), count) for key, count in now.items() if key[0] in SHOWN_PARTS]

"""A whole database as one SQLite file, whichever database it comes from and goes to."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Select, Table, create_engine, delete, func, insert, select, text
from sqlalchemy.pool import NullPool

from board.data import migrations, schema, tallies
from board.data.boards import count, new_epoch
from board.model.models import Conflict, Invalid
from board.process.files import private

ROWS_AT_ONCE = 1_000
BOARDS_NAMED = 20


def save(connection: Connection, file: Path) -> int:
    """Copies everything as it is at one moment into a new file, while the server runs. Returns the number of boards.

    Raises `Conflict` if the file is there already; half a backup is never left under its name.
    """
    if file.exists():
        raise Conflict("backup-exists", file=str(file))
    with private(file) as part, _sqlite(part) as engine, engine.begin() as copy:
        migrations.upgrade(copy)
        for table in schema.metadata.sorted_tables:
            for rows in connection.execute(_all(table)).partitions():
                copy.execute(insert(table), [dict(row._mapping) for row in rows])
        return count(copy)


@dataclass(frozen=True)
class Restored:
    """What a restore did: how many boards there are now, and which were there before, in words."""

    boards: int
    lost: str
    replaced: str


def restore(connection: Connection, file: Path, replace: bool) -> Restored:
    """Puts a backup in the place of all boards, in the caller's transaction.

    Each board begins a new history, so that no client takes numbers of the old one for those of the new. Boards keep their ids,
    which links participants to devices.

    Raises `Invalid` if the file is no backup of this product, `Conflict` if there are boards and `replace` is not set.
    """
    there = _named(connection)
    if there and not replace:
        raise Conflict("restore-needs-replace", boards=_listed(there, there), number=len(there))
    with tempfile.TemporaryDirectory(prefix="board-restore-") as directory:
        copy = Path(directory) / "backup.db"
        shutil.copyfile(file, copy)
        _check(copy, file)
        with _sqlite(copy) as engine:
            with engine.begin() as backup:
                try:
                    migrations.upgrade(backup)
                except migrations.UnknownVersion as error:
                    raise Invalid("backup-other-version", file=str(file), reason=str(error)) from error
            with engine.connect() as backup:
                boards = _put(backup, connection)
            now = _named(connection)
    return Restored(boards, _listed(there, there.keys() - now.keys()), _listed(there, there.keys() & now.keys()))


def _named(connection: Connection) -> dict[str, str]:
    """The boards of a database, by their codes, as people know them."""
    boards, posts = schema.boards, schema.posts
    of_board = select(func.count()).select_from(posts).where(posts.c.board_id == boards.c.id).scalar_subquery()
    wanted = select(boards.c.code, boards.c.title, of_board.label("posts")).where(boards.c.erased_at.is_(None))
    found = connection.execute(wanted.order_by(boards.c.code))
    return {row.code: f"{row.code} “{row.title}” ({row.posts} posts)" for row in found}


def _listed(boards: dict[str, str], codes: Iterable[str]) -> str:
    """So many are named; a longer sentence would be read by nobody."""
    names = [boards[code] for code in sorted(codes)]
    more = [f"and {len(names) - BOARDS_NAMED} more"] if len(names) > BOARDS_NAMED else []
    return ", ".join(names[:BOARDS_NAMED] + more)


def _check(copy: Path, file: Path) -> None:
    try:
        with closing(sqlite3.connect(copy)) as database:
            tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            sound = database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    except sqlite3.DatabaseError:
        tables, sound = set(), False
    if "boards" not in tables or "alembic_version" not in tables:
        raise Invalid("backup-not-ours", file=str(file))
    if not sound:
        raise Invalid("backup-damaged", file=str(file))


def _put(backup: Connection, connection: Connection) -> int:
    tables = schema.metadata.sorted_tables
    for table in reversed(tables):
        connection.execute(delete(table))
    for table in tables:
        for rows in backup.execute(_all(table)).partitions():
            values = [dict(row._mapping) for row in rows]
            if table is schema.boards:
                for board in values:
                    board["epoch"] = new_epoch(restored=True)
            connection.execute(insert(table), values)
    if connection.dialect.name == "postgresql":  # its next numbers are its own business, and know nothing of these rows
        for name in ("boards", "audit"):
            connection.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), "  # noqa: S608 (our own names)
                    f"GREATEST((SELECT COALESCE(MAX(id), 1) FROM {name}), "
                    f"(SELECT last_value FROM {name}_id_seq)))"
                )
            )
    tallies.catch_up(connection)  # an older backup has none
    return count(connection)


def _all(table: Table) -> Select[Any]:
    return select(table).execution_options(yield_per=ROWS_AT_ONCE)


@contextmanager
def _sqlite(file: Path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{file}", poolclass=NullPool, hide_parameters=True)
    try:
        yield engine
    finally:
        engine.dispose()

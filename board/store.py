"""The truth: one thread that commits what is queued as one transaction, readers beside it, and "what changed since"."""

from __future__ import annotations

import asyncio
import logging
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Engine, create_engine, event, func, select, true
from sqlalchemy.exc import DataError, DBAPIError, InterfaceError, OperationalError, SQLAlchemyError

from board import migrations, postgres, rows, schema
from board.clock import Clock
from board.codes import bare
from board.health import Health
from board.models import Board, BoardError, Changes, Invalid, Kind, NotFound, Post, Session, State, StorageDown
from board.reads import NOTHING, Reads
from board.supervisor import guarded
from board.totals import Totals
from board.transaction import Transaction

log = logging.getLogger(__name__)

T = TypeVar("T")

MAX_BATCH = 512
MAX_QUEUED = 10_000
READER_THREADS = 4
BUSY_TIMEOUT_MS = 5_000
# What a feed is given to begin with. A snapshot has 200 cards; the rest is slack, so that hiding some of them uncovers older
# ones without reading again.
CARDS_LOADED = 300
PINNED_LOADED = 130
ANSWERED_LOADED = 150
HELD_LOADED = 250
WITHDRAWN_LOADED = 150
WAITING_LOADED = 600
QUESTIONS_LOADED = 600
# A client that was away for no more changes than these is brought up to date without a snapshot, also after a restart.
RECENT_LOADED = 500
MAX_CHANGES = 2_000


class Group(StrEnum):
    """Posts of one sort; a snapshot has the newest of each."""

    CARDS = "cards"
    PINNED = "pinned"
    OPEN = "open"
    ANSWERED = "answered"
    WAITING = "waiting"
    HELD = "held"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Loaded:
    """One board as read in one transaction: the start of a feed.

    `floor`: the changes after this seq are all among `posts`. `since`: of a group, all posts made at this time (microseconds)
    or later are among them; 0 where there are no others.
    """

    board: Board
    sessions: list[Session]
    sessions_seq: int
    posts: list[Post]
    totals: Totals
    floor: int
    since: dict[Group, int]


@dataclass
class _Job(Generic[T]):
    board_id: int | None
    command: Callable[[Any], T]
    reads: Reads
    answer: Callable[[_Job[T]], None]
    result: T | None = None
    error: BaseException | None = None


class Store:
    """`listeners` hear of every commit of this process, in order, on the event loop, before anyone is answered.

    `reads`, `writes`: whether the database was found to answer. Reading goes on where writing does not.
    """

    def __init__(self, url: str, clock: Clock | None = None) -> None:
        self._writer, self._reader = _engines(url)
        self._clock = clock or Clock()
        self._queue: queue.SimpleQueue[_Job[Any] | None] = queue.SimpleQueue()
        self._readers = ThreadPoolExecutor(READER_THREADS, thread_name_prefix="store-read")
        self._thread: threading.Thread | None = None
        self._connection: Connection | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._board_ids: dict[str, int] = {}
        self.listeners: list[Callable[[Changes], object]] = []
        self.reads, self.writes = Health("reading"), Health("writing")

    # -- life --------------------------------------------------------------------------------------------------

    def migrate(self) -> None:
        """Brings the database up to date. Raises `StorageDown` when it does not answer."""
        try:
            with self._writer.begin() as connection:
                migrations.upgrade(connection)
        except migrations.UnknownVersion as error:
            raise StorageDown(f"The database was made by another version of the board: {error}") from error
        except DBAPIError as error:
            raise StorageDown(f"The database does not answer: {_reason(error)}") from error

    def start(self) -> None:
        """Starts the writer; to be called on the event loop."""
        self._loop = asyncio.get_running_loop()
        self._thread = threading.Thread(target=self._work, name="store-write", daemon=True)
        self._thread.start()

    async def stop(self) -> None:
        """Commits what is queued, then closes."""
        self._queue.put(None)
        if self._thread:
            await asyncio.to_thread(self._thread.join)
        self.close()

    def close(self) -> None:
        self._readers.shutdown(wait=True)
        self._stop_writing()
        self._writer.dispose()
        self._reader.dispose()

    def now(self) -> int:
        """In microseconds since 1970, the unit of every time in the database."""
        return int(self._clock.now() * 1_000_000)

    def _seconds_since(self, then: int) -> float:
        return self._clock.since(then / 1_000_000)

    # -- writing -----------------------------------------------------------------------------------------------

    async def write(self, board_id: int, command: Callable[[Transaction], T], reads: Reads = NOTHING) -> T:
        """Runs a command in the next transaction of its board; `reads` is what it will ask for. Returns after the commit.

        Raises what the command raises (nothing of it is kept then), or `StorageDown`.
        """
        return await self._queued(board_id, command, reads)

    async def write_any(self, command: Callable[[Connection], T]) -> T:
        """Runs a command that is not about the contents of one board (making, erasing) in a transaction of its own.
        Raises as `write` does, and nothing of the command is kept then."""
        return await self._queued(None, command, NOTHING)

    async def _queued(self, board_id: int | None, command: Callable[[Any], T], reads: Reads) -> T:
        if self._queue.qsize() >= MAX_QUEUED:
            raise StorageDown("The board is very busy. Nothing was saved; please try again in a moment.")
        assert self._loop is not None, "Store.start() comes first"
        future: asyncio.Future[T] = self._loop.create_future()

        def answer(job: _Job[T]) -> None:
            if future.done():  # the caller went away; what was committed stays committed
                return
            if job.error is not None:
                future.set_exception(job.error)
            else:
                future.set_result(job.result)  # type: ignore[arg-type]

        self._queue.put(_Job(board_id, command, reads, answer))
        return await future

    def _work(self) -> None:
        while True:
            batch, last = self._next_batch()
            if batch:
                changes = self._commit(batch)
                assert self._loop is not None
                self._loop.call_soon_threadsafe(self._answer, batch, changes)
            if last:
                return

    def _next_batch(self) -> tuple[list[_Job[Any]], bool]:
        batch: list[_Job[Any]] = []
        job = self._queue.get()
        while job is not None:
            batch.append(job)
            if len(batch) == MAX_BATCH:
                return batch, False
            try:
                job = self._queue.get_nowait()
            except queue.Empty:
                return batch, False
        return batch, True

    def _commit(self, batch: Sequence[_Job[Any]]) -> list[Changes]:
        changes: list[Changes] = []
        for part in _by_kind(batch):
            changes += self._commit_part(part)
        return changes

    def _commit_part(self, batch: Sequence[_Job[Any]], retry: bool = True) -> list[Changes]:
        for job in batch:
            job.result = job.error = None
        try:
            connection = self._writing()
            with connection.begin():
                changes = self._run(connection, batch)
        except Exception as error:
            self._stop_writing()
            if isinstance(error, DBAPIError) and _is_down(error):
                # A lost connection may have lost only the answer: running again is safe, every command is idempotent.
                if retry and error.connection_invalidated:
                    return self._commit_part(batch, retry=False)
                self.writes.down(_reason(error))
                return _fail(batch, StorageDown())
            if len(batch) > 1:  # one bad command must not take the others with it
                return [changes for job in batch for changes in self._commit_part([job])]
            if isinstance(error, DataError):
                return _fail(batch, _unstorable())
            log.exception("a command failed in the store")
            return _fail(batch, StorageDown() if isinstance(error, SQLAlchemyError) else error)
        if changes or (batch[0].board_id is None and batch[0].error is None):  # what is refused has written nothing
            self.writes.up()
        return changes

    def _writing(self) -> Connection:
        """The writer thread keeps its connection: taking it from the pool costs a fifth of a commit, a question to the database
        whether it is still there not counted. After an error it begins with a new one."""
        if self._connection is None:
            self._connection = self._writer.connect()
        return self._connection

    def _stop_writing(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(SQLAlchemyError):
                connection.close()

    def _run(self, connection: Connection, batch: Sequence[_Job[Any]]) -> list[Changes]:
        if batch[0].board_id is None:
            batch[0].result = _tried(batch[0], connection)
            if batch[0].error is not None:
                connection.rollback()
            return []
        now = self.now()
        changes = []
        # Boards are locked in the order of their ids: two processes with several boards at once never wait in a circle.
        for board_id in sorted({job.board_id for job in batch if job.board_id is not None}):
            jobs = [job for job in batch if job.board_id == board_id]
            try:
                transaction = Transaction(connection, board_id, now, self._seconds_since)
            except NotFound as error:
                _fail(jobs, error)
                continue
            transaction.read_ahead(job.reads for job in jobs)
            for job in jobs:
                transaction.begin()
                job.result = _tried(job, transaction)
                if job.error is None:
                    transaction.accept()
                else:
                    transaction.refuse()
            if (changed := transaction.flush()) is not None:
                changes.append(changed)
        return changes

    def _answer(self, batch: Sequence[_Job[Any]], changes: Sequence[Changes]) -> None:
        """What is committed is committed: neither a listener that fails nor a caller that went away keeps others waiting."""
        for changed in changes:
            for listener in list(self.listeners):
                guarded("store: a listener of commits", listener)(changed)
        for job in batch:
            guarded("store: an answer", job.answer)(job)

    # -- reading -----------------------------------------------------------------------------------------------

    async def read(self, query: Callable[[Connection], T]) -> T:
        """Runs a query in a reader thread, all of it in one view of the database. Raises `StorageDown`."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self.read_now, query)

    def read_now(self, query: Callable[[Connection], T]) -> T:
        """As `read`, in the caller's thread."""
        try:
            with self._reader.begin() as connection:
                result = query(connection)
        except DataError as error:
            raise _unstorable() from error
        except SQLAlchemyError as error:
            self.reads.down(_reason(error))
            raise StorageDown() from error
        self.reads.up()
        return result

    async def board_id(self, code: str) -> int:
        """The id of the board with this code (upper case). Raises `NotFound`."""
        if code not in self._board_ids:
            found = await self.read(lambda connection: find_board(connection, code))
            if found is None:
                raise NotFound("There is no board with this code. Please check it on the large screen.")
            self._board_ids[code] = found
        return self._board_ids[code]

    def known_id(self, code: str) -> int | None:
        """Without asking the database."""
        return self._board_ids.get(code)

    def forget(self, code: str) -> None:
        """The board with this code may be gone."""
        self._board_ids.pop(code, None)


# -- queries -------------------------------------------------------------------------------------------------------


def find_board(connection: Connection, code: str) -> int | None:
    return connection.execute(select(schema.boards.c.id).where(schema.boards.c.code == code)).scalar_one_or_none()


def find_code(connection: Connection, meant: Sequence[str]) -> str | None:
    """The first of these codes that a board has; else the one code that differs from them in its dashes alone."""
    table = schema.boards
    there = set(connection.execute(select(table.c.code).where(table.c.code.in_(meant))).scalars())
    for code in meant:
        if code in there:
            return code
    dashless = func.replace(table.c.code, "-", "")
    alike = list(
        connection.execute(select(table.c.code).where(dashless.in_([bare(code) for code in meant])).limit(2)).scalars()
    )
    return alike[0] if len(alike) == 1 else None


def heads(connection: Connection, board_ids: Sequence[int]) -> dict[int, tuple[str, int]]:
    """Epoch and seq of each of these boards that is still there."""
    table = schema.boards
    found = connection.execute(select(table.c.id, table.c.epoch, table.c.seq).where(table.c.id.in_(board_ids)))
    return {row.id: (row.epoch, row.seq) for row in found}


def load(connection: Connection, board_id: int) -> Loaded | None:
    """The board with all that a feed begins with. None: there is no such board."""
    board = rows.read_board(connection, board_id)
    if board is None:
        return None
    sessions_seq = connection.execute(select(schema.boards.c.sessions_seq).where(schema.boards.c.id == board_id)).scalar_one()
    floor = max(0, board.seq - RECENT_LOADED)
    table = schema.posts
    groups = {group: _newest(connection, board_id, limit, *conditions) for group, limit, conditions in _groups()}
    posts = [post for members in groups.values() for post in members]
    posts += _newest(connection, board_id, RECENT_LOADED, table.c.seq > floor)
    if board.screen.post:
        posts += _newest(connection, board_id, 1, table.c.id == board.screen.post)
    unique = {post.id: post for post in posts}
    return Loaded(
        board=board,
        sessions=rows.read_sessions(connection, board_id),
        sessions_seq=sessions_seq,
        posts=sorted(unique.values(), key=lambda post: post.seq),
        totals=Totals.of(rows.read_counted(connection, board_id)),
        floor=floor,
        since={group: groups[group][-1].created_at if len(groups[group]) == limit else 0 for group, limit, _ in _groups()},
    )


def _groups() -> list[tuple[Group, int, list[ColumnElement[bool]]]]:
    """Each group with how many of it are loaded, and its conditions."""
    table = schema.posts
    card = [table.c.state == State.VISIBLE, table.c.kind == Kind.CARD]
    question = [table.c.state == State.VISIBLE, table.c.kind == Kind.QUESTION]
    return [
        (Group.CARDS, CARDS_LOADED, card),
        (Group.PINNED, PINNED_LOADED, [*card, table.c.pinned]),
        (Group.OPEN, QUESTIONS_LOADED, [*question, table.c.answered.is_(False)]),
        (Group.ANSWERED, ANSWERED_LOADED, [*question, table.c.answered]),
        (Group.WAITING, WAITING_LOADED, [table.c.state == State.PENDING]),
        (Group.HELD, HELD_LOADED, [table.c.state.in_((State.HIDDEN, State.REJECTED))]),
        (Group.WITHDRAWN, WITHDRAWN_LOADED, [table.c.state == State.WITHDRAWN]),
    ]


def changes_after(connection: Connection, board_id: int, after: int) -> Changes | None:
    """All that differs since seq `after`, as it is now. None: too much to tell, or no such board; load it again."""
    head = connection.execute(select(schema.boards).where(schema.boards.c.id == board_id)).one_or_none()
    if head is None or head.seq - after > MAX_CHANGES:
        return None
    table = schema.posts
    found = connection.execute(rows.select_posts.where(table.c.board_id == board_id, table.c.seq > after).order_by(table.c.seq))
    posts = {row.id: rows.post_from(row) for row in found}
    board = rows.read_board(connection, board_id) if head.settings_seq > after else None
    if board and board.screen.post and board.screen.post not in posts:
        posts |= {post.id: post for post in _newest(connection, board_id, 1, table.c.id == board.screen.post)}
    return Changes(
        board_id=board_id,
        epoch=head.epoch,
        after=after,
        to=head.seq,
        posts=sorted(posts.values(), key=lambda post: post.seq),
        board=board,
        sessions=rows.read_sessions(connection, board_id) if head.sessions_seq > after else None,
    )


def page(
    connection: Connection,
    board_id: int,
    limit: int,
    before: str | None,
    *conditions: Any,
    known: ColumnElement[bool] | None = None,
) -> list[Post]:
    """The newest posts that meet the conditions, from the one before `before` (a post's id) on. Raises `NotFound` where there
    is no such post, or none that the reader may know of."""
    table = schema.posts
    if before is not None:
        row = connection.execute(
            select(table.c.created_at).where(
                table.c.board_id == board_id, table.c.id == before, true() if known is None else known
            )
        ).one_or_none()
        if row is None:
            raise NotFound("The post to go on from is not on this board.")
        conditions = (*conditions, table.c.created_at < row.created_at)
    return _newest(connection, board_id, limit, *conditions)


def _newest(connection: Connection, board_id: int, limit: int, *conditions: Any) -> list[Post]:
    table = schema.posts
    found = connection.execute(
        rows.select_posts.where(table.c.board_id == board_id, *conditions).order_by(table.c.created_at.desc()).limit(limit)
    )
    return [rows.post_from(row) for row in found]


# -- the plumbing --------------------------------------------------------------------------------------------------


def _by_kind(batch: Sequence[_Job[Any]]) -> list[list[_Job[Any]]]:
    """Commands on boards go together; one that is not about a board's contents goes alone. The order stays."""
    parts: list[list[_Job[Any]]] = []
    for job in batch:
        if job.board_id is not None and parts and parts[-1][0].board_id is not None:
            parts[-1].append(job)
        else:
            parts.append([job])
    return parts


def _tried(job: _Job[T], argument: Connection | Transaction) -> T | None:
    """A refusal belongs to its command; a fault of the database belongs to the batch."""
    try:
        return job.command(argument)
    except BoardError as refusal:
        job.error = refusal
    return None


def _fail(batch: Sequence[_Job[Any]], error: BaseException) -> list[Changes]:
    for job in batch:
        job.error = error
    return []


def _is_down(error: DBAPIError) -> bool:
    """Whether the database is away or takes no writes, rather than one command being at fault."""
    return error.connection_invalidated or isinstance(error, (OperationalError, InterfaceError))


def _unstorable() -> Invalid:
    """PostgreSQL takes no U+0000 in any text, not even in one that is only looked up."""
    return Invalid("There is a character in it that cannot be stored.")


def _reason(error: SQLAlchemyError) -> str:
    """Without the statement: its parameters are people's texts."""
    return str(error.orig).strip().splitlines()[0] if isinstance(error, DBAPIError) and error.orig else type(error).__name__


def _engines(url: str) -> tuple[Engine, Engine]:
    """An engine that writes and one that reads, each of whose transactions sees one state of the database."""
    if url.startswith("sqlite"):
        return _sqlite(url, "BEGIN IMMEDIATE", pool_size=2), _sqlite(url, "BEGIN", pool_size=READER_THREADS)
    return postgres.engines(url, READER_THREADS, BUSY_TIMEOUT_MS)


def _sqlite(url: str, begin: str, pool_size: int) -> Engine:
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        hide_parameters=True,
        # The driver's own BEGIN comes too late: two processes that read, then write would lose updates without an error.
        connect_args={"isolation_level": None, "check_same_thread": False, "timeout": BUSY_TIMEOUT_MS / 1000},
    )

    # secure_delete: an erased board's texts leave the file, too; not every build of SQLite does so by itself.
    pragmas = ("synchronous=FULL", f"busy_timeout={BUSY_TIMEOUT_MS}", "foreign_keys=ON", "secure_delete=ON")

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        _use_wal(connection)
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _use_wal(connection: sqlite3.Connection) -> None:
    """The first to open a new file changes its mode. SQLite lets the others not wait for that, so they ask again."""
    until = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)

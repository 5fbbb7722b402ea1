"""The truth: one thread that commits what is queued as one transaction, readers beside it, and "what changed since"."""

from __future__ import annotations

import asyncio
import logging
import queue
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection as Connection  # for those who pass one on, and ask it nothing
from sqlalchemy.exc import DataError, DBAPIError, InterfaceError, OperationalError, SQLAlchemyError

from board.data import migrations, tallies
from board.data.address import Address, BoardId, Checked, Outdated
from board.data.boards import find_board
from board.data.engines import READER_THREADS, empty_log, open_engines
from board.data.reads import NOTHING, Reads
from board.data.transaction import Transaction
from board.model.archiving import Archived
from board.model.models import BoardError, Changes, Invalid, NotFound, StorageDown
from board.process.clock import Clock
from board.process.health import Health
from board.process.supervisor import guarded

log = logging.getLogger(__name__)
T = TypeVar("T")
MAX_BATCH = 512
MAX_QUEUED = 10_000


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
        self._writer, self._reader = open_engines(url)
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
                tallies.catch_up(connection)
        except migrations.UnknownVersion as error:
            raise StorageDown("storage-other-version", reason=str(error)) from error
        except DBAPIError as error:
            raise StorageDown("storage-down", reason=_reason(error)) from error

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

    @property
    def file(self) -> Path | None:
        """Where SQLite keeps the boards; None with PostgreSQL."""
        url = self._writer.url
        return Path(url.database) if url.drivername.startswith("sqlite") and url.database else None

    async def shred(self) -> None:
        """What was erased leaves the files of the database, too; with PostgreSQL its next `VACUUM` does that. And what somebody
        searched for: a compiled statement keeps the values with which it was compiled."""
        for engine in (self._writer, self._reader):
            engine.clear_compiled_cache()
        if self.file is not None:
            with suppress(sqlite3.Error):
                await asyncio.to_thread(empty_log, self.file)

    def now(self) -> int:
        """In microseconds since 1970, the unit of every time in the database."""
        return int(self._clock.now() * 1_000_000)

    def _seconds_since(self, then: int) -> float:
        return self._clock.since(then / 1_000_000)

    # -- writing -----------------------------------------------------------------------------------------------

    async def write(
        self, board: BoardId, command: Callable[[Transaction], T], reads: Reads = NOTHING, *, although_archived: bool = False
    ) -> T:
        """Runs a command in the next transaction of its board; `reads` is what it will ask for. Returns after the commit.
        `although_archived`: for what may be done with a board that is read-only.

        Raises what the command raises (nothing of it is kept then), `Archived`, `NotFound` (because of `Outdated`), or
        `StorageDown`.
        """
        board_id = board if isinstance(board, int) else board.id
        return await self._queued(board_id, _looked_at(board, command, although_archived), reads)

    async def write_any(self, command: Callable[[Connection], T]) -> T:
        """Runs a command that is not about the contents of one board (making, erasing) in a transaction of its own.
        Raises as `write` does, and nothing of the command is kept then."""
        return await self._queued(None, command, NOTHING)

    async def _queued(self, board_id: int | None, command: Callable[[Any], T], reads: Reads) -> T:
        if self._queue.qsize() >= MAX_QUEUED:
            raise StorageDown("storage-busy")
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
                raise NotFound("board-unknown")
            self._board_ids[code] = found
        return self._board_ids[code]

    def known_id(self, code: str) -> int | None:
        """The id of a board whose code is in the cache; else None. Never asks the database."""
        return self._board_ids.get(code)

    def forget(self, code: str) -> None:
        """The board with this code may be gone."""
        self._board_ids.pop(code, None)


def _looked_at(board: BoardId, command: Callable[[Transaction], T], although_archived: bool) -> Callable[[Transaction], T]:
    """The code is looked at again where it counts: after a restore the id may be another board's. So is whether the board is
    read-only, for every write, whatever it is and from where it comes."""

    def checked(transaction: Transaction) -> T:
        if isinstance(board, Address) and transaction.board.code != board.code:
            raise NotFound("board-gone") from Outdated()
        if transaction.board.archived_at is not None and not although_archived:
            raise Archived("board-archived")
        if isinstance(board, Checked):
            board.check(transaction)
        return command(transaction)

    return checked


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


def may_come_back(error: StorageDown) -> bool:
    """Whether it says that the database did not answer: one that starts up does so later, one of another version never."""
    return isinstance(error.__cause__, OperationalError)


def _unstorable() -> Invalid:
    """PostgreSQL takes no U+0000 in any text, not even in one that is only looked up."""
    return Invalid("character-not-stored")


def _reason(error: SQLAlchemyError) -> str:
    """Without the statement: its parameters are people's texts."""
    return str(error.orig).strip().splitlines()[0] if isinstance(error, DBAPIError) and error.orig else type(error).__name__

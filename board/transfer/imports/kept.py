"""Imports in the browser: a file is looked at, looked at again with answers, applied, and undone.

What takes long runs in a thread, one file at a time in each worker: the event loop goes on, and ten organisers at once do not
take all of the processor from the phones.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Any
from uuid import uuid4

import msgspec

from board.data import import_files
from board.data.address import Address
from board.data.import_files import Kept
from board.data.store import Store
from board.data.transaction import Transaction
from board.model import views
from board.model.catalogue import Catalogue
from board.model.importing import Answers, ImportChange, answered
from board.model.models import Actor, Conflict, NotFound, StorageDown
from board.transfer.imports import applying, bringing, previews
from board.transfer.imports.applying import Undo
from board.transfer.imports.bringing import File
from board.transfer.imports.found import Given, Kind, Reading
from board.transfer.imports.plans import Plan

SWEEP_SECONDS = 300.0
_undo = msgspec.json.Decoder(Undo)
_answers = msgspec.json.Decoder(Answers)


class Imports:
    """All imports of this worker. Each answer is the JSON of `{"import": …}`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._one = asyncio.Semaphore(1)

    async def make(self, board: Address, actor: Actor, file: File, catalogue: Catalogue) -> bytes:
        """Looks at the file, then keeps it: what cannot be read at all is kept nowhere."""
        import_id, answers = str(uuid4()), Answers()
        async with self._one:
            reading, plan = await bringing.look(self._store, board.id, file, _given(answers))
        await self._write(board, actor, partial(_kept, import_id, file, answers))
        return await self._shown(import_id, reading, plan, catalogue)

    async def change(self, board: Address, actor: Actor, import_id: str, change: ImportChange, catalogue: Catalogue) -> bytes:
        kept = await self._open(board, import_id)
        answers = answered(_answers.decode(kept.answers), change)
        async with self._one:
            reading, plan = await bringing.look(self._store, board.id, _file(kept), _given(answers))
        await self._write(board, actor, partial(_answered, import_id, answers))
        return await self._shown(import_id, reading, plan, catalogue)

    async def apply(self, board: Address, actor: Actor, import_id: str, catalogue: Catalogue) -> bytes:
        """Once; asked again, it says that it is done."""
        kept = await self._find(board, import_id)
        if kept.applied_at is not None:
            return _state(kept)
        given, file = _given(_answers.decode(kept.answers)), _file(kept)
        also = partial(_applied, actor, import_id)
        async with self._one:
            try:
                reading, plan, _ = await bringing.bring(self._store, board, board.id, file, given, actor.name, also)
            except NotFound as refusal:
                if not isinstance(refusal.__cause__, _AppliedAlready):
                    raise
                return _state(await self._find(board, import_id))
        return await self._shown(import_id, reading, plan, catalogue, applied=True)

    async def undo(self, board: Address, actor: Actor, import_id: str) -> bytes:
        """Once; asked again, it says that it is done. Raises `Conflict` with what is in the way."""
        kept = await self._find(board, import_id)
        if kept.undone_at is None:
            if kept.done is None:
                raise Conflict("import-not-applied")
            done = await asyncio.to_thread(_undo.decode, kept.done)
            await self._write(board, actor, partial(_undone, actor, import_id, done))
        return _state(await self._find(board, import_id))

    async def sweep(self) -> None:
        """Erases what was kept for an hour."""
        now = self._store.now()
        if await self._store.read(lambda connection: import_files.has_old(connection, now)):
            await self._store.write_any(lambda connection: import_files.sweep(connection, now))

    async def sweep_for_ever(self) -> None:
        """A database that does not answer is reported by `Health`."""
        while True:
            with suppress(StorageDown):
                await self.sweep()
            await asyncio.sleep(SWEEP_SECONDS)

    async def _find(self, board: Address, import_id: str) -> Kept:
        now = self._store.now()
        kept = await self._store.read(lambda connection: import_files.find(connection, board.id, import_id, now))
        if kept is None:
            raise NotFound("import-unknown")
        return kept

    async def _open(self, board: Address, import_id: str) -> Kept:
        kept = await self._find(board, import_id)
        if kept.applied_at is not None:
            raise Conflict("import-applied")
        return kept

    async def _write(self, board: Address, actor: Actor, write: Callable[[Transaction], None]) -> None:
        def command(transaction: Transaction) -> None:
            transaction.require_link(actor)
            write(transaction)

        await self._store.write(board, command)

    async def _shown(
        self, import_id: str, reading: Reading, plan: Plan[Any], catalogue: Catalogue, applied: bool = False
    ) -> bytes:
        return await asyncio.to_thread(_encoded, import_id, reading, plan, catalogue, applied)


class _AppliedAlready(Exception):
    """Somebody else, or the same organiser twice, was quicker."""


def _encoded(import_id: str, reading: Reading, plan: Plan[Any], catalogue: Catalogue, applied: bool) -> bytes:
    state = {"state": "applied" if applied else "open"}
    return views.encode({"import": previews.preview(import_id, reading, plan, catalogue) | state})


def _state(kept: Kept) -> bytes:
    state = "undone" if kept.undone_at is not None else "applied" if kept.applied_at is not None else "open"
    return views.encode({"import": {"id": kept.id, "kind": kept.kind, "state": state}})


def _given(answers: Answers) -> Given:
    day = date.fromisoformat(answers.day) if answers.day else None
    return Given(map=answers.map, day=day, encoding=answers.encoding, choices=answers.choices)


def _file(kept: Kept) -> File:
    kind: Kind = "people" if kept.kind == "people" else "agenda"
    return File(kind, kept.data or b"", kept.name)


def _kept(import_id: str, file: File, answers: Answers, transaction: Transaction) -> None:
    written = msgspec.json.encode(answers).decode()
    import_files.add(transaction, import_id, file.kind, file.name, file.data, written)


def _answered(import_id: str, answers: Answers, transaction: Transaction) -> None:
    import_files.answer(transaction, import_id, msgspec.json.encode(answers).decode())


def _applied(actor: Actor, import_id: str, transaction: Transaction, done: Undo) -> None:
    """In the transaction that applies it: an import that was applied meanwhile is not applied again."""
    transaction.require_link(actor)
    if not import_files.is_open(transaction, import_id):
        raise NotFound("import-unknown") from _AppliedAlready()
    import_files.apply(transaction, import_id, msgspec.json.encode(done).decode())


def _undone(actor: Actor, import_id: str, done: Undo, transaction: Transaction) -> None:
    if not import_files.is_applied(transaction, import_id):
        return
    if in_the_way := applying.undo(transaction, done, actor.name):
        raise Conflict("import-not-undone", names=", ".join(f"“{name}”" for name in in_the_way))
    import_files.undo(transaction, import_id)

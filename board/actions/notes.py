"""Notes from the desk to the speaker: write, take back, mark as seen."""

from __future__ import annotations

import msgspec

from board.data.address import BoardId
from board.data.store import Store
from board.data.transaction import Transaction
from board.model import noting, text
from board.model.models import Actor, NotFound
from board.model.noting import Note


async def write_note(store: Store, board: BoardId, actor: Actor, wanted: noting.NewNote) -> Note:
    """It takes the place of the one that the room had. Raises `Invalid`."""
    words = text.clean(wanted.text, "text", noting.NOTE_GRAPHEMES)
    room = text.clean(wanted.room, "room", noting.ROOM_GRAPHEMES) if wanted.room else ""
    note_id = noting.new_id()  # before the transaction, which may run twice where the database was lost

    def command(transaction: Transaction) -> Note:
        transaction.require_link(actor)
        note = Note(note_id, room, words, actor.name, transaction.now)
        transaction.change_board(notes=noting.with_note(transaction.settings.notes, note))
        transaction.record(actor.name, "note", detail=_described(note))
        return note

    return await store.write(board, command)


async def take_back(store: Store, board: BoardId, actor: Actor, note_id: str) -> Note:
    def command(transaction: Transaction) -> Note:
        transaction.require_link(actor)
        note = _of(transaction, note_id)
        transaction.change_board(notes=[one for one in transaction.settings.notes if one.id != note_id])
        transaction.record(actor.name, "note-taken-back", detail=_described(note))
        return note

    return await store.write(board, command)


async def see(store: Store, board: BoardId, actor: Actor, note_id: str) -> Note:
    """The speaker has read it. The first time counts."""

    def command(transaction: Transaction) -> Note:
        transaction.require_link(actor)
        note = _of(transaction, note_id)
        if note.seen_at is not None:
            return note
        seen = msgspec.structs.replace(note, seen_at=transaction.now)
        transaction.change_board(notes=[seen if one is note else one for one in transaction.settings.notes])
        return seen

    return await store.write(board, command)


def _of(transaction: Transaction, note_id: str) -> Note:
    note = next((one for one in transaction.settings.notes if one.id == note_id), None)
    if note is None:
        raise NotFound("note-gone")
    return note


def _described(note: Note) -> str:
    return f"{note.room}: {note.text}" if note.room else note.text

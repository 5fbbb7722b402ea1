"""Moderators prepare questions, and add one to the board when its time has come."""

from __future__ import annotations

import msgspec

from board.actions.attendees import known_session
from board.actions.behalf import DESK, written_for
from board.data import prepared as stored
from board.data.address import BoardId
from board.data.store import Store
from board.data.transaction import Transaction
from board.model.models import Actor, Invalid, Kind, NotFound, Post
from board.model.prepared import (
    PREPARED_A_SESSION,
    Checked,
    Prepared,
    PreparedAddition,
    PreparedEdit,
    PreparedList,
    checked,
    edited,
    placed,
    refuse_unseen,
)

AS_IT_IS = PreparedAddition()


async def prepare(store: Store, board: BoardId, actor: Actor, wanted: PreparedList) -> list[Checked]:
    """Stores these questions; one that is there already stays. Raises `Invalid` where a session would have too many."""
    new = checked(wanted.questions)

    def command(transaction: Transaction) -> list[Checked]:
        transaction.require_link(actor)
        session = known_session(transaction, wanted.session).id if wanted.session else None
        if stored.add(transaction, session, new) > PREPARED_A_SESSION:
            raise Invalid("prepared-too-many", field="questions", most=PREPARED_A_SESSION)
        transaction.record(actor.name, "prepare", detail=str(len(new)))
        return new

    return await store.write(board, command)


async def add(
    store: Store, board: BoardId, actor: Actor, prepared_id: str, wanted: PreparedAddition = AS_IT_IS
) -> tuple[Post, bool]:
    """It becomes a question of the board, under the same id. False: it was there already.

    Raises `NotFound`, and `Conflict` with the present question where the moderator saw another text."""

    def command(transaction: Transaction) -> tuple[Post, bool]:
        transaction.require_link(actor)
        one = stored.find(transaction, prepared_id)
        if one is None:
            raise NotFound("prepared-unknown")
        there = transaction.post(one.id)
        if there is not None:
            return there, False
        refuse_unseen(one, wanted.expect)
        session = transaction.session(one.session) if one.session else None
        post = Post(
            id=one.id,
            kind=Kind.QUESTION,
            state=DESK.state,
            seq=0,
            content_seq=0,
            created_at=0,
            participant="",
            text=one.text,
            author_name=one.author_name,
            session=session.id if session else None,
        )
        stored.mark_added(transaction, one.id)
        added = transaction.add_post(written_for(transaction, actor, post, DESK))
        transaction.record(actor.name, "add-prepared", added)
        return added, True

    return await store.write(board, command)


async def edit(store: Store, board: BoardId, actor: Actor, prepared_id: str, wanted: PreparedEdit) -> Prepared:
    """Its text, its place among those of its session, or both. Raises `NotFound`, and what `edited` and `placed` raise."""

    def command(transaction: Transaction) -> Prepared:
        transaction.require_link(actor)
        one = stored.find(transaction, prepared_id)
        if one is None:
            raise NotFound("prepared-unknown")
        changed = edited(one, wanted)
        if changed.text != one.text:
            stored.reword(transaction, changed)
            transaction.record(actor.name, "reword-prepared")
        if wanted.before is not msgspec.UNSET:
            there = stored.of_session(transaction, one.session)
            after = placed(there, changed, wanted.before)
            if [other.id for other in after] != [other.id for other in there]:
                stored.number(transaction, after)
                transaction.record(actor.name, "reorder-prepared")
        return changed

    return await store.write(board, command)


async def remove(store: Store, board: BoardId, actor: Actor, prepared_id: str) -> None:
    """From the list; a question that was added stays on the board."""

    def command(transaction: Transaction) -> None:
        transaction.require_link(actor)
        if stored.remove(transaction, prepared_id):
            transaction.record(actor.name, "unprepare")

    await store.write(board, command)

"""People of a board: muted, and their names freed."""

from __future__ import annotations

import re

import msgspec

from board.actions import freed
from board.data import badges
from board.data.address import BoardId
from board.data.store import Store
from board.data.transaction import Transaction
from board.model.models import Actor, NotFound, Participant, Person


async def mute(store: Store, board: BoardId, actor: Actor, participant_id: str, muted: bool) -> Participant:
    """Muted: may read and vote, not post."""

    def command(transaction: Transaction) -> Participant:
        transaction.require_link(actor)
        participant = _known(transaction, participant_id)
        if participant.muted == muted:
            return participant
        participant = msgspec.structs.replace(participant, muted=muted)
        transaction.put_participant(participant)
        transaction.touch_board()
        transaction.record(actor.name, "mute" if muted else "unmute", detail=participant_id)
        return participant

    return await store.write(board, command)


async def trust(store: Store, board: BoardId, actor: Actor, participant_id: str, trusted: bool) -> Participant:
    """Trusted: posts wait for no approval. They wait for a blocked word, and while the board is frozen."""

    def command(transaction: Transaction) -> Participant:
        transaction.require_link(actor)
        return set_trust(transaction, actor, participant_id, trusted)

    return await store.write(board, command)


def set_trust(transaction: Transaction, actor: Actor, participant_id: str, trusted: bool) -> Participant:
    participant = _known(transaction, participant_id)
    if participant.trusted == trusted:
        return participant
    participant = msgspec.structs.replace(participant, trusted=trusted)
    transaction.put_participant(participant)
    transaction.touch_board()
    transaction.record(actor.name, "trust" if trusted else "untrust", detail=participant_id)
    return participant


def _known(transaction: Transaction, participant_id: str) -> Participant:
    if not re.fullmatch(r"[0-9a-f]{32}", participant_id):
        raise NotFound("person-unknown")
    return transaction.participant(participant_id)


async def free_name(store: Store, board: BoardId, actor: Actor, person_id: str, with_posts: bool = False) -> Person:
    """Lets another phone take this name of the roster. The phone that had it is asked again who it is. Its posts stay its own,
    or go along to the phone that takes the name next (`with_posts`): there they can be taken back, here no more. A badge that
    was printed for it opens nothing any more: it may be what the wrong phone came by."""

    def command(transaction: Transaction) -> Person:
        transaction.require_link(actor)
        person = transaction.person(person_id)
        if person is None:
            raise NotFound("person-not-on-list")
        badges.renew(transaction, person.id)
        if person.holder is None:
            return person
        held = transaction.participant(person.holder)
        transaction.put_participant(msgspec.structs.replace(held, name=None, team=None, person=None))
        posts = freed.leave(transaction, held, person) if with_posts else 0
        transaction.record(actor.name, "free-name", detail=f"{person.name}, with posts: {posts}" if with_posts else person.name)
        return msgspec.structs.replace(person, holder=None)

    return await store.write(board, command)

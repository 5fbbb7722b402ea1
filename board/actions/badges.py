"""A badge brings its name to the phone that reads it, also from another phone."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from board.actions import freed
from board.data import badges
from board.data.address import BoardId
from board.data.reads import Reads
from board.data.store import Store
from board.data.transaction import Transaction
from board.model.models import NotFound, Participant


async def enter(
    store: Store, board: BoardId, participant_id: str, person_id: str, proves: Callable[[str], bool]
) -> Participant:
    """Names this participant as the person of the badge. `proves` says whether the badge is signed for a seal, as stored now.

    A phone that had the name is asked again who it is. Its posts stay its own, because badges are worn where others can
    photograph them: who does may write in that name until the badge is stopped, but takes back and changes nothing of before.
    A mute goes along with the name. Raises `NotFound` where the badge opens nothing any more.
    """

    def command(transaction: Transaction) -> Participant:
        seal, person = badges.seal_of(transaction, person_id), transaction.person(person_id)
        if seal is None or person is None or not proves(seal):
            raise NotFound("badge-unknown")
        participant = freed.take(transaction, transaction.participant(participant_id), person)
        if person.holder is not None and person.holder != participant.id:
            held = transaction.participant(person.holder)
            transaction.put_participant(msgspec.structs.replace(held, name=None, team=None, person=None))
            if held.muted and not participant.muted:
                participant = msgspec.structs.replace(participant, muted=True)
                transaction.touch_board()
            transaction.record(person.name, "badge-moved", detail=person.name)
        participant = msgspec.structs.replace(participant, name=person.name, team=person.team, person=person.id)
        transaction.put_participant(participant)
        return participant

    return await store.write(board, command, Reads(participants=(participant_id,)))

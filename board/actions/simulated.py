"""Simulated attendees of a rehearsal: organisers start and stop them, one worker acts for them.

The rules of people hold for them, too. The transaction of each act checks first that the board is a rehearsal, and that their
hour is not over (`simulations.hold`). They stop when the server stops. When it starts again, one worker continues by a lease.
Erasing the rehearsal ends them.
"""

from __future__ import annotations

import asyncio
import random
import secrets
from contextlib import suppress
from uuid import uuid4

from board.actions import attendees, whole
from board.data import boards, copies, simulations
from board.data.address import Address, Checked
from board.data.simulations import Room
from board.data.store import Connection, Store
from board.data.transaction import Transaction
from board.model.archiving import Archived
from board.model.models import Actor, BoardError, Conflict, Reaction, StorageDown
from board.model.requests import Join, NewCard, NewQuestion, To
from board.model.simulated import CARDS, PAUSE_SECONDS, QUESTIONS, Attendee, next_act
from board.model.simulated import attendees as attendees_of


async def start(store: Store, board: Address, actor: Actor) -> tuple[str, int | None]:
    """In the rehearsal of this board, or in this board if it is one, and never on a live board. Returns the rehearsal's code
    and the end, in microseconds since 1970. Repeating changes nothing. Raises `Conflict` where there is no rehearsal."""
    now = store.now()

    def command(connection: Connection) -> tuple[str, int, bool]:
        whole.require(connection, board, actor)
        _refuse_archived(connection, board.id)
        rehearsal_id, code = _rehearsal_of(connection, board)
        _refuse_archived(connection, rehearsal_id)
        going = simulations.until(connection, rehearsal_id, now)
        return code, going or simulations.start(connection, rehearsal_id, now), going is None

    code, until, begun = await store.write_any(command)
    if begun:
        await store.write(board, lambda transaction: transaction.record(actor.name, "simulated", detail=code))
    return code, until


async def stop(store: Store, board: Address, actor: Actor) -> tuple[str, int | None]:
    """Repeating changes nothing. Raises as `start` does."""
    now = store.now()

    def command(connection: Connection) -> tuple[str, bool]:
        whole.require(connection, board, actor)
        rehearsal_id, code = _rehearsal_of(connection, board)
        ended = simulations.until(connection, rehearsal_id, now) is not None
        simulations.stop(connection, rehearsal_id)
        return code, ended

    code, ended = await store.write_any(command)
    if ended:
        await store.write(board, lambda transaction: transaction.record(actor.name, "simulated-stopped", detail=code))
    return code, None


def _refuse_archived(connection: Connection, board_id: int) -> None:
    if boards.is_archived(connection, board_id):
        raise Archived("board-archived")


def _rehearsal_of(connection: Connection, board: Address) -> tuple[int, str]:
    rehearsal = found(connection, board.id, board.code)
    if rehearsal is None:
        raise Conflict("rehearsal-not-there")
    return rehearsal


def found(connection: Connection, board_id: int, code: str) -> tuple[int, str] | None:
    """Id and code of the rehearsal of this board, or of this board if it is one."""
    if copies.original(connection, board_id) is not None:
        return board_id, code
    return next(iter(copies.twins(connection, board_id)), None)


class Simulated:
    """What one worker does for the simulated attendees of its rehearsals."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._worker = secrets.token_hex(8)
        self._chance = random.Random()  # noqa: S311 (a play, not a secret)
        self._joined: dict[int, set[str]] = {}

    async def act_for_ever(self) -> None:
        """One act on each of its boards, after each pause. Elsewhere the page says that the database is away."""
        while True:
            await asyncio.sleep(self._chance.uniform(*PAUSE_SECONDS))
            with suppress(StorageDown):
                await self.play()

    async def play(self) -> None:
        """One act on each board that this worker has or may take."""
        now = self._store.now()
        ids = await self._store.read(lambda connection: simulations.boards_for(connection, self._worker, now))
        self._joined = {board_id: self._joined.get(board_id, set()) for board_id in ids}
        for board_id in ids:
            with suppress(BoardError):  # refused as a phone would be: questions are closed, the rehearsal is erased
                await self._act(Checked(board_id, self._hold))

    def _hold(self, transaction: Transaction) -> None:
        simulations.hold(transaction, self._worker)

    async def _act(self, board: Checked) -> None:
        room = await self._store.read(lambda connection: simulations.room(connection, board.id))
        if room is None:
            return
        who, joined = self._chance.choice(attendees_of(board.id)), self._joined[board.id]
        if who.participant not in joined:
            team = self._chance.choice(room.board.teams).name if room.board.teams else None
            await attendees.join(self._store, board, who.participant, Join(who.name, team))
            joined.add(who.participant)
        act = next_act(self._chance, len(room.cards), len(room.questions))
        if act == "react":
            card, reaction = self._chance.choice(room.cards), self._chance.choice(list(Reaction))
            await attendees.react(self._store, board, who.participant, card, reaction, True)
        elif act == "vote":
            await attendees.vote(self._store, board, who.participant, self._chance.choice(room.questions), True)
        else:
            request = self._card(room, who) if act == "card" else NewQuestion(uuid4(), self._chance.choice(QUESTIONS))
            await attendees.submit(self._store, board, who.participant, who.participant, request)

    def _card(self, room: Room, who: Attendee) -> NewCard:
        """To somebody of the roster or, where there is none, to another of the attendees."""
        others = [To(name=other.name) for other in attendees_of(room.board.id) if other != who]
        to = [To(person=person) for person in room.people] or others
        theme = self._chance.choice(room.board.themes).id if room.board.themes else None
        return NewCard(uuid4(), [self._chance.choice(to)], self._chance.choice(CARDS), theme)

"""Settings of a board and its agenda, as moderators change them while it runs."""

from __future__ import annotations

import msgspec

from board.data.address import BoardId
from board.data.store import Store
from board.data.transaction import Transaction
from board.model import requests
from board.model.models import Actor, Board, NotFound, Session


async def change_board(store: Store, board: BoardId, actor: Actor, request: requests.BoardChange) -> Board:
    """Switches approval, cards and freezing; for what is posted from now on."""

    def command(transaction: Transaction) -> Board:
        transaction.require_link(actor)
        return switch(transaction, actor, request)

    return await store.write(board, command)


def switch(transaction: Transaction, actor: Actor, request: requests.BoardChange) -> Board:
    """What `change_board` does, inside a transaction."""
    wanted = {
        "cards_open": request.cards_open,
        "frozen": request.frozen,
        "premoderate_card": request.premoderate.card if request.premoderate else None,
        "premoderate_question": request.premoderate.question if request.premoderate else None,
    }
    board = transaction.board
    changes = {name: value for name, value in wanted.items() if value is not None and getattr(board, name) != value}
    if not changes:
        return board
    for name, value in changes.items():
        transaction.record(actor.name, name, detail="on" if value else "off")
    return transaction.change_board(**changes)


async def change_session(
    store: Store, board: BoardId, actor: Actor, session_id: str, request: requests.SessionChange
) -> Session:
    def command(transaction: Transaction) -> Session:
        session = _session(transaction, actor, session_id)
        if session.questions is request.questions:
            return session
        transaction.record(actor.name, f"questions {request.questions}", detail=session.title)
        return transaction.change_session(session, questions=request.questions)

    return await store.write(board, command)


def _session(transaction: Transaction, actor: Actor, session_id: str) -> Session:
    transaction.require_link(actor)
    session = transaction.session(session_id)
    if session is None:
        raise NotFound("session-unknown")
    return session


async def change_floor(store: Store, board: BoardId, actor: Actor, session_id: str, request: requests.FloorChange) -> Session:
    """Gives a session a microphone, and the rule by which questions come up, or takes it away: those who wait stay, as
    questions."""

    def command(transaction: Transaction) -> Session:
        session = _session(transaction, actor, session_id)
        floor = msgspec.UNSET if request.floor is None else request.floor
        if session.floor == floor:
            return session
        rule = "off" if request.floor is None else request.floor
        transaction.record(actor.name, f"microphone {rule}", detail=session.title)
        return transaction.change_session(session, floor=floor)

    return await store.write(board, command)

"""What is done with a board as a whole: archived, duplicated, rehearsed, erased."""

from __future__ import annotations

from board.actions import lifecycle
from board.data import boards, checklist, copies, links, simulations
from board.data.address import Address, BoardId, Outdated
from board.data.store import Connection, Store
from board.data.transaction import Transaction
from board.model.archiving import Archived
from board.model.models import Actor, Board, Conflict, Forbidden, Invalid, NotFound, Role
from board.model.webhooks import Event

Made = tuple[Board, dict[Role, str]]
"""A board, and the tokens of its first links."""


async def archive(store: Store, board: BoardId, by: Actor | str, on: bool) -> Board:
    """Makes the board read-only, or not any longer. `by`: an organiser, or the command line. Repeating changes nothing."""

    def command(transaction: Transaction) -> Board:
        if isinstance(by, Actor):
            transaction.require_link(by)
        if (transaction.board.archived_at is not None) == on:
            return transaction.board
        transaction.record(by.name if isinstance(by, Actor) else by, "archive" if on else "unarchive")
        if on:
            transaction.outbox.note(Event.BOARD_ARCHIVED)
        return transaction.change_board(archived_at=transaction.now if on else None)

    return await store.write(board, command, although_archived=True)


async def duplicate(store: Store, board: Address, actor: Actor, code: str | None) -> Made:
    """Settings, agenda and roster without posts, also of a board that is archived."""
    now = store.now()

    def command(connection: Connection) -> Made:
        require(connection, board, actor)
        return lifecycle.new_copy(connection, now, board.id, code, actor.name)

    return await store.write_any(command)


async def rehearse(store: Store, board: Address, actor: Actor, *, simulated: bool = False) -> Made:
    """Makes the rehearsal of a live board, with simulated attendees if wanted. Raises `Conflict` where it has one, or where the
    board is a rehearsal itself."""
    now = store.now()

    def command(connection: Connection) -> Made:
        require(connection, board, actor)
        if boards.is_archived(connection, board.id):
            raise Archived("board-archived")
        twin = lifecycle.new_copy(connection, now, board.id, None, actor.name, rehearsal=True)
        if simulated:
            simulations.start(connection, twin[0].id, now)
        return twin

    made = await store.write_any(command)
    await store.write(board, lambda transaction: transaction.record(actor.name, "rehearsal", detail=made[0].code))
    return made


async def end_rehearsal(store: Store, board: Address, actor: Actor) -> list[str]:
    """Erases the rehearsal of a board, or this board if it is one; returns its code. The live board is not touched."""

    def command(connection: Connection) -> list[str]:
        require(connection, board, actor)
        found = copies.twins(connection, board.id)
        if copies.original(connection, board.id) is not None:
            found = [(board.id, board.code)]
        for twin, _ in found:
            lifecycle.purge(connection, twin)
        return [code for _, code in found]

    return await store.write_any(command)


async def purge(store: Store, board: Address, actor: Actor, typed: str) -> None:
    """Erases the board and its rehearsal. `typed`: its code, as the organiser typed it. Raises `Invalid` if it is another."""
    if typed.strip().upper() != board.code:
        raise Invalid("purge-code-wrong", field="code", code=board.code)

    def command(connection: Connection) -> None:
        require(connection, board, actor)
        lifecycle.purge(connection, board.id)

    await store.write_any(command)


def require(connection: Connection, board: Address, actor: Actor) -> None:
    """As a write of the board looks again: after a restore the id may be another board's, and a link may be taken back."""
    if boards.find_board(connection, board.code) != board.id:
        raise NotFound("board-gone") from Outdated()
    if not links.held(connection, board.id, [actor.link_id]):
        raise Forbidden("link-revoked") from Outdated()


async def poster_opened(store: Store, board_id: int, actor: Actor) -> None:
    """The list of what is prepared knows by it; one line in the audit trail, however often it is opened."""
    counts = await store.read(lambda connection: checklist.counted(connection, board_id))
    if not counts.posters:
        await store.write(board_id, lambda transaction: transaction.record(actor.name, "poster"))


def copied(connection: Connection, now: int, code: str, new_code: str | None, by: str, *, rehearsal: bool) -> Made:
    """On the command line. Raises `NotFound`, and `Conflict` as `rehearse` does."""
    board_id = boards.find_board(connection, code)
    if board_id is None:
        raise NotFound("board-unknown")
    if rehearsal and new_code is not None:
        raise Conflict("rehearsal-code")
    return lifecycle.new_copy(connection, now, board_id, new_code, by, rehearsal=rehearsal)

"""The agenda, as organisers change it while the board runs: made, changed, removed, and all of it earlier or later."""

from __future__ import annotations

import msgspec

from board.data import agenda, prepared
from board.data.address import BoardId
from board.data.reads import Reads
from board.data.store import Store
from board.data.transaction import Transaction
from board.model import arranging, scenes, showing
from board.model.models import Actor, Conflict, Invalid, NotFound, Session

# In one statement: a database bounds the values of each.
POSTS_AT_ONCE = 1_000
TITLES_LISTED = 5


async def add_session(store: Store, board: BoardId, actor: Actor, wanted: arranging.NewSession) -> tuple[Session, list[str]]:
    """Gives the session, and the fields of its times that are outside of the board's days."""
    session_id = arranging.new_id()  # before the transaction, which may run twice where the database was lost

    def command(transaction: Transaction) -> tuple[Session, list[str]]:
        transaction.require_link(actor)
        sessions = agenda.stored(transaction)
        if any(one.id == session_id for one in sessions):
            session = _of(sessions, session_id)
            return session, arranging.outside(session, transaction.board)
        if len(sessions) >= arranging.MAX_SESSIONS:
            raise Invalid("board-too-many-sessions", number=len(sessions) + 1, most=arranging.MAX_SESSIONS)
        session = arranging.new_session(session_id, wanted, transaction.board.time_zone)
        before = msgspec.UNSET if wanted.before is None else wanted.before
        agenda.write(transaction, sessions, arranging.placed(sessions, session, before))
        transaction.record(actor.name, "session-added", detail=session.title)
        return session, arranging.outside(session, transaction.board)

    return await store.write(board, command)


async def edit_session(
    store: Store, board: BoardId, actor: Actor, session_id: str, wanted: arranging.SessionEdit
) -> tuple[Session, list[str]]:
    """As `add_session`. Raises `Conflict` with the present session where it is not as its editor saw it."""

    def command(transaction: Transaction) -> tuple[Session, list[str]]:
        transaction.require_link(actor)
        sessions = agenda.stored(transaction)
        session = _of(sessions, session_id)
        changed = arranging.edited(session, wanted, transaction.board.time_zone)
        after = arranging.placed(sessions, changed, wanted.before)
        if after != sessions:
            agenda.write(transaction, sessions, after)
            transaction.record(actor.name, "session-changed", detail=_described(session, changed))
        return changed, arranging.outside(changed, transaction.board)

    return await store.write(board, command)


def _of(sessions: list[Session], session_id: str) -> Session:
    session = next((one for one in sessions if one.id == session_id), None)
    if session is None:
        raise NotFound("session-unknown")
    return session


def _described(before: Session, after: Session) -> str:
    """For the audit trail: what is it called, and which of its fields changed."""
    fields = [name for name in before.__struct_fields__ if getattr(before, name) != getattr(after, name)]
    title = before.title if before.title == after.title else f"{before.title} → {after.title}"
    return f"{title}: {', '.join(fields)}" if fields else title


async def remove_session(
    store: Store, board: BoardId, actor: Actor, session_id: str, wanted: arranging.SessionRemoval
) -> tuple[Session, int]:
    """Gives the session as it was, and how many questions went to another place. Raises `Conflict` with their number where it
    has questions and the request does not name a place for them."""

    def command(transaction: Transaction) -> tuple[Session, int]:
        transaction.require_link(actor)
        sessions = agenda.stored(transaction)
        session = _of(sessions, session_id)
        posts, number = agenda.questions_of(transaction, session_id)
        if number and wanted.questions_to is msgspec.UNSET:
            raise Conflict("session-has-questions", number=number).telling(questions=number)
        target = wanted.questions_to or None
        if target == session_id or (target and all(one.id != target for one in sessions)):
            raise Invalid("session-unknown", field="questions_to")
        agenda.write(transaction, sessions, [one for one in sessions if one is not session])
        _follow(transaction, session_id, target, posts)
        transaction.record(actor.name, "session-removed", detail=f"{session.title}, questions: {number}")
        return session, number

    return await store.write(board, command)


def _follow(transaction: Transaction, session_id: str, target: str | None, posts: list[str]) -> None:
    """No post and no screen names a session that does not exist: votes there would be refused."""
    prepared.move(transaction, session_id, target)
    for start in range(0, len(posts), POSTS_AT_ONCE):
        transaction.read_ahead([Reads(posts=posts[start : start + POSTS_AT_ONCE])])
    for post_id in posts:
        post = transaction.post(post_id)
        if post is not None and post.session == session_id:
            transaction.change_post(post, session=target, approved_at=post.approved_at)
    changes = showing.redrawn(transaction.settings, lambda screen: scenes.moved_to(screen, session_id, target))
    if changes:
        transaction.change_board(**changes)


async def shift(store: Store, board: BoardId, actor: Actor, wanted: arranging.Shift) -> list[Session]:
    """Everything from there on earlier or later. Gives the sessions that moved."""

    def command(transaction: Transaction) -> list[Session]:
        transaction.require_link(actor)
        sessions = agenda.stored(transaction)
        after, moved = arranging.shifted(sessions, wanted, transaction.board.time_zone)
        if after != sessions:
            agenda.write(transaction, sessions, after)
            titles = ", ".join(one.title for one in moved[:TITLES_LISTED])
            transaction.record(actor.name, "shift", detail=f"{wanted.minutes} minutes, {len(moved)} sessions: {titles}")
        return moved

    return await store.write(board, command)

"""Requests for the microphone: which phones may make one, and which question is next."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from board.actions.rules import known_post, off_stage
from board.data import waiting
from board.data.address import BoardId
from board.data.reads import Reads
from board.data.store import Store
from board.data.transaction import Transaction
from board.model import ledger, requests, scenes
from board.model.floor import MAX_WAITING
from board.model.models import Actor, Closed, Conflict, Kind, NotFound, Post, Scene, Session, State
from board.model.showing import Screen, redrawn


def may_wait(transaction: Transaction, session: Session, participants: Sequence[str]) -> None:
    """One phone has one place in the line, under both of its ids: or a person would come up twice by hiding the name.

    Raises `Closed` where there is no microphone or the line is full, `Conflict` where the phone waits already.
    """
    if session.floor is msgspec.UNSET:
        raise Closed("microphone-off")
    there = waiting.waiting(transaction, session.id, MAX_WAITING)
    if any(post.participant in participants for post in there):
        raise Conflict("microphone-once")
    if len(there) >= MAX_WAITING:
        raise Closed("microphone-full", most=MAX_WAITING)


async def take_up(store: Store, board: BoardId, actor: Actor, session_id: str, wanted: requests.NextQuestion) -> Post | None:
    """Another question is answered now, and the one before it is answered or put behind the others. Screens that show the one
    before it go on to the next one. Gives that, as it is then; None: it is not public any more, or none was wanted.

    The same request once more changes nothing.
    """
    left_id = requests.post_id(wanted.left.post) if wanted.left else None
    next_id = requests.post_id(wanted.post) if wanted.post else None

    def command(transaction: Transaction) -> Post | None:
        transaction.require_link(actor)
        if transaction.session(session_id) is None:
            raise NotFound("session-unknown")
        former = [post for post in waiting.taken(transaction, session_id) if post.id != next_id]
        following = _open_to(transaction, session_id, next_id) if next_id else None
        shown = {post.id for post in former}
        if wanted.left and left_id and left_id != next_id:
            shown.add(left_id)
            _leave(transaction, actor, known_post(transaction, left_id), wanted.left)
        for post in former:
            present = known_post(transaction, post.id)
            if present.taken_at is not None:
                transaction.change_post(present, taken_at=None, approved_at=present.approved_at)
        _redraw(transaction, shown, following)
        return _take(transaction, actor, session_id, following) if following else None

    ids = [post_id for post_id in (left_id, next_id) if post_id]
    return await store.write(board, command, Reads(posts=ids))


def _open_to(transaction: Transaction, session_id: str, post_id: str) -> Post | None:
    """The question, where this session may take it up: it is public, and of this session or of none."""
    post = transaction.post(post_id)
    if post is None or post.kind is not Kind.QUESTION or post.state is not State.VISIBLE:
        return None
    return post if post.session in (session_id, None) else None


def _leave(transaction: Transaction, actor: Actor, post: Post, left: requests.Left) -> None:
    """What the desk has decided meanwhile stays."""
    if post.kind is not Kind.QUESTION or post.state is not State.VISIBLE or post.answered:
        return
    is_answered = left.to == "answered"
    changes = ledger.changes(post, {"answered": True}, transaction.now) if is_answered else {"later_at": transaction.now}
    transaction.record(actor.name, left.to, post, "on" if is_answered else None)
    moderated = {"moderated_by": actor.name, "moderated_at": transaction.now}
    transaction.change_post(post, **changes, **off_stage(post), **moderated)


def _redraw(transaction: Transaction, shown: Collection[str], following: Post | None) -> None:
    def after(screen: Screen) -> Screen:
        if screen.scene is not Scene.SPOTLIGHT or screen.post not in shown:
            return screen
        return msgspec.structs.replace(screen, post=following.id) if following else scenes.resumed(screen)

    if changes := redrawn(transaction.settings, after):
        transaction.change_board(**changes)


def _take(transaction: Transaction, actor: Actor, session_id: str, post: Post) -> Post:
    if post.taken_at is not None and not post.answered and post.session == session_id:
        return post
    transaction.record(actor.name, "taken-up", post)
    opened = ledger.changes(post, {"answered": False, "set_aside": None}, transaction.now)
    return transaction.change_post(post, **opened, later_at=None, session=session_id, taken_at=transaction.now)

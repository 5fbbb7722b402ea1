"""What moderators do with posts: hold, approve, hide, pin, answer, correct; one by one and many at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from board.actions import people
from board.actions.answers import fate_changes
from board.actions.attendees import known_session, rewrite
from board.actions.recipients import Called, addressed, is_oneself, nobody_called
from board.actions.rules import clear_spotlight, known_post, off_stage
from board.data.address import BoardId
from board.data.reads import Reads
from board.data.store import Store
from board.data.transaction import Transaction
from board.model import approvals, corrections, erased, requests, translated, views
from board.model.models import MODERATOR_MOVES, Actor, Conflict, Invalid, Kind, Post, State
from board.model.showing import spotlit

# They follow from others, which are recorded.
_NOT_LISTED = ("owner_person", "answered_at")


async def moderate(
    store: Store,
    board: BoardId,
    actor: Actor,
    post_id: str,
    request: requests.Moderation,
    called: Called = nobody_called,
    own: Sequence[str] = (),
) -> Post:
    """Moves a post to another state and changes what moderators may change, with a line in the audit trail. `own` are the
    moderator's own participant ids: recipients alone, of an own card, are changed as its author changes them.

    Raises `Conflict` with the present post where `expect` no longer holds or the move is not allowed from here.
    """
    reason = requests.reason(request.reason)

    def command(transaction: Transaction) -> Post:
        transaction.require_link(actor)
        post = known_post(transaction, post_id)
        if post.participant in own and request == requests.Moderation(to=request.to):
            return rewrite(transaction, post, requests.Edit(to=request.to), own, called)
        if request.expect is not None and post.state is not request.expect and not _did(actor, post, request.state):
            raise _decided_meanwhile(post)
        if request.state is not None:
            post = _move(transaction, actor, post, request.state, reason)
        if request.trust is not None:
            people.set_trust(transaction, actor, post.participant, request.trust)
        if request.to is not None:
            post = _correct(transaction, actor, post, request, called)
        changes: dict[str, Any] = {}
        if request.pinned is not None:
            if request.pinned and post.state is not State.VISIBLE:
                raise Conflict("pin-not-visible", post=post)
            changes["pinned"] = request.pinned
        changes |= fate_changes(transaction, post, request, called)
        said = (request.answer, request.answer_translations, request.session)
        if any(one is not msgspec.UNSET for one in said):
            if post.kind is not Kind.QUESTION:
                raise Invalid("answer-needs-question")
            changes |= translated.changes(post, request)
            if request.session is not msgspec.UNSET:
                changes["session"] = known_session(transaction, request.session).id if request.session else None
        return _change(transaction, actor, post, changes)

    return await store.write(board, command, Reads(posts=(post_id,)))


async def take_back_votes(store: Store, board: BoardId, actor: Actor, since: int) -> tuple[list[Post], int]:
    """Takes back all votes of phones that came to the board at `since` (microseconds since 1970) or later, as after a flood of
    votes by phones that nobody holds. Gives the questions as they are now, and how many votes they lost."""

    def command(transaction: Transaction) -> tuple[list[Post], int]:
        transaction.require_link(actor)
        posts, votes = transaction.take_back_votes(since)
        detail = f"{votes}, of phones that came since {views.iso(since)}"
        transaction.record(actor.name, "take-back-votes", detail=detail)
        return posts, votes

    return await store.write(board, command)


async def moderate_all(store: Store, board: BoardId, actor: Actor, request: requests.Bulk) -> tuple[list[Post], list[Post]]:
    """Moves many posts in one transaction. Gives those moved and those that cannot go there from where they are."""
    ids, reason = requests.bulk_ids(request.ids), requests.reason(request.reason)

    def command(transaction: Transaction) -> tuple[list[Post], list[Post]]:
        transaction.require_link(actor)
        posts = [known_post(transaction, post_id) for post_id in ids]
        moved, refused = [], []
        for post in posts:
            if post.state is request.state or _may_move(transaction, actor, post, request.state):
                moved.append(_move(transaction, actor, post, request.state, reason))
            else:
                refused.append(post)
        return moved, refused

    return await store.write(board, command, Reads(posts=ids))


def _move(transaction: Transaction, actor: Actor, post: Post, state: State, reason: str | None) -> Post:
    if post.state is state:
        return post
    if not _may_move(transaction, actor, post, state):
        raise approvals.refusal(post, state)
    changes: dict[str, Any] = {"state": state, "reason": reason if state is not State.VISIBLE else None}
    if state is State.VISIBLE:
        changes["published"] = True
        changes["approved_at"] = transaction.now if post.state is State.PENDING else None
    else:
        changes |= {"pinned": False} | off_stage(post)
        clear_spotlight(transaction, post)
    transaction.record(actor.name, state, post, reason)
    return transaction.change_post(post, **changes, moderated_by=actor.name, moderated_at=transaction.now)


def _may_move(transaction: Transaction, actor: Actor, post: Post, state: State) -> bool:
    if post.merged_into is not None:
        return False
    if approvals.is_undo(post, state):
        # The moderator who put it on a screen has acted on it, too.
        return approvals.may_undo(post, actor, transaction.seconds_since) and post.id not in spotlit(transaction.settings)
    return state in MODERATOR_MOVES[post.state]


def _change(transaction: Transaction, actor: Actor, post: Post, changes: dict[str, Any]) -> Post:
    changes = {name: value for name, value in changes.items() if getattr(post, name) != value}
    if not changes:
        return post
    if changes.get("answered") or changes.get("set_aside"):
        clear_spotlight(transaction, post)
    for name, value in changes.items():
        if name in _NOT_LISTED:
            continue
        detail = ("on" if value else "off") if isinstance(value, bool) else value
        if name == "answer_translations":
            detail = translated.touched(post.answer_translations, value)
        transaction.record(actor.name, name, post, detail)
    changes |= approvals.kept(post, actor)
    if changes.get("answered") or changes.get("set_aside") or "session" in changes:
        changes |= off_stage(post)
    return transaction.change_post(post, **changes, moderated_by=actor.name, moderated_at=transaction.now)


def _correct(transaction: Transaction, actor: Actor, post: Post, request: requests.Moderation, called: Called) -> Post:
    """Corrects the recipients: a person whose name is misspelt would never see the card. The author's text stays as it is."""
    to = erased.kept(post.to, addressed(transaction, request.to or [], called))
    if post.kind is Kind.CARD and to == post.to:
        return post  # sent twice because its answer was lost
    corrections.refuse(post, request.expect_to)
    if any(is_oneself(one, corrections.shown_author(post)) for one in to):
        raise Invalid("recipient-cannot-be-author", field="to")
    transaction.record(actor.name, "to", post, corrections.described(post.to, to))
    changes: dict[str, Any] = approvals.kept(post, actor)
    if corrections.marks_decision(post):
        changes |= {"moderated_by": actor.name, "moderated_at": transaction.now}
    return transaction.change_post(post, to=to, **changes)


def _did(actor: Actor, post: Post, state: State | None) -> bool:
    """The same act, sent twice because its answer was lost."""
    return state is not None and post.state is state and post.moderated_by == actor.name


def _decided_meanwhile(post: Post) -> Conflict:
    """Says which person decided first."""
    if post.state is State.WITHDRAWN:
        return Conflict("post-withdrawn-meanwhile", post=post)
    if post.moderated_by is None:
        return Conflict("post-decided-by-somebody", post=post, state=post.state.value)
    return Conflict("post-decided-meanwhile", post=post, state=post.state.value, name=post.moderated_by)

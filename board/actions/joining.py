"""Moderators make one question of two, and two of one again."""

from __future__ import annotations

from typing import NamedTuple

from board.actions.rules import clear_spotlight, known_post
from board.data import merging
from board.data.address import BoardId
from board.data.reads import Reads
from board.data.store import Store
from board.data.transaction import Transaction
from board.model import approvals, joining
from board.model.models import Actor, Conflict, Post, State


class Joined(NamedTuple):
    """The question that goes (or comes back), and the one that stays."""

    goes: Post
    stays: Post


async def join(store: Store, board: BoardId, actor: Actor, post_id: str, into: str) -> Joined:
    """The question leaves the board, and its votes count for the other one: one for each phone. Both authors get a message.
    Raises `Conflict` or `Invalid` if they cannot be joined."""

    def command(transaction: Transaction) -> Joined:
        transaction.require_link(actor)
        goes, stays = known_post(transaction, post_id), known_post(transaction, into)
        if goes.merged_into == stays.id:
            return Joined(goes, stays)  # sent twice because its answer was lost
        joining.refuse(goes, stays)
        votes = merging.unite(transaction, goes, stays)
        clear_spotlight(transaction, goes)
        transaction.record(actor.name, "join", goes, stays.text)
        decided = {"moderated_by": actor.name, "moderated_at": transaction.now}
        gone = transaction.change_post(goes, **joining.gone(goes, stays), **decided)
        more = {"votes": stays.votes + votes, "joined": stays.joined + 1 + goes.joined}
        return Joined(gone, transaction.change_post(stays, **more, **approvals.kept(stays, actor)))

    return await store.write(board, command, Reads(posts=(post_id, into)))


async def part(store: Store, board: BoardId, actor: Actor, post_id: str) -> Joined:
    """Both are as they were: the question is back with the votes that it had, and the other one is without them."""

    def command(transaction: Transaction) -> Joined:
        transaction.require_link(actor)
        goes = known_post(transaction, post_id)
        changes = joining.back(goes)
        assert goes.merged_into is not None
        stays = known_post(transaction, goes.merged_into)
        return _part(transaction, actor.name, goes, stays, changes)

    return await store.write(board, command, Reads(posts=(post_id,)))


def for_votes(transaction: Transaction, post: Post, on: bool) -> Post:
    """The question that a vote counts for: of one that everybody saw and that was joined meanwhile, the one that stays.

    Raises `Conflict` where a vote for such a question is taken back: the phone may have voted for both, and has one vote now.
    """
    seen = {post.id}
    while post.state is State.HIDDEN and post.published and post.merged_into and post.merged_into not in seen:
        if not on:
            raise Conflict("vote-joined-meanwhile")
        post = known_post(transaction, post.merged_into)
        seen.add(post.id)
    return post


def part_all(transaction: Transaction, stays: Post) -> Post:
    """Its author takes it back: those that were joined with it are questions of others, and come back."""
    if not stays.joined:
        return stays
    for goes in merging.joined_with(transaction, stays):
        if goes.state is State.HIDDEN:
            by = goes.moderated_by or ""
            stays = _part(transaction, by, goes, stays, joining.back(goes)).stays
    return stays


def _part(transaction: Transaction, by: str, goes: Post, stays: Post, changes: dict[str, object]) -> Joined:
    votes = merging.part(transaction, goes, stays)
    transaction.record(by, "part", goes, stays.text)
    back = transaction.change_post(goes, **changes)
    fewer = {"votes": stays.votes - votes, "joined": max(0, stays.joined - 1 - goes.joined)}
    return Joined(back, transaction.change_post(stays, **fewer, approved_at=stays.approved_at))

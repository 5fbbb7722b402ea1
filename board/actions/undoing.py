"""Undoes a change of organisers: of the roster, or of a staff link. It works once, within ten minutes, and only if nobody has
changed the entry since."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

import msgspec

from board.actions import freed
from board.actions.roster import follow, posts_by_id, refuse_alike
from board.data import links, roster, undos
from board.data.address import BoardId
from board.data.store import Store
from board.data.transaction import Transaction
from board.model import linking, undoing
from board.model.models import Actor, Conflict, Invalid, NotFound, Person, Post, Recipient
from board.model.showing import find_screen
from board.model.undoing import LinkUndo, PersonUndo, Undo, Undone


async def kept(store: Store, board_id: int, undo_id: str) -> tuple[Undo, int]:
    """What would be taken back, and when it was done (microseconds since 1970). Raises `NotFound`, also when it is too late."""
    now = store.now()
    found = await store.read(lambda connection: undos.find(connection, board_id, undo_id, now))
    if found is None:
        raise NotFound("undo-gone")
    return await asyncio.to_thread(undoing.decode, found.done), found.created_at


async def take_back(
    store: Store, board: BoardId, actor: Actor, undo_id: str, undo: Undo, at: int, namesakes: Collection[str] = ()
) -> Undone:
    """`undo`, `at`: as `kept` gives them. `namesakes`: the ids of those who may be called as the entry was. Asked again, it
    says that it is done. Raises `Conflict` with what is in the way, and `NotFound`."""

    def command(transaction: Transaction) -> Undone:
        transaction.require_link(actor)
        there = undos.of_board(transaction, undo_id)
        if there is None:
            raise NotFound("undo-gone")
        if there.undone_at is None:
            if isinstance(undo, LinkUndo):
                _give_back(transaction, actor, undo)
            else:
                _restore(transaction, actor, undo, at, namesakes)
            undos.mark_undone(transaction, undo_id)
        return undoing.undone(undo)

    return await store.write(board, command)


def _give_back(transaction: Transaction, actor: Actor, undo: LinkUndo) -> None:
    if len(links.of_board(transaction)) >= linking.MAX_LINKS:
        raise Invalid("links-too-many", most=linking.MAX_LINKS)
    link = links.give_back(transaction, undo.link)
    if link is None:
        raise NotFound("staff-link-gone")
    if find_screen(transaction.settings, link.screen) is None:
        raise NotFound("screen-unknown")
    transaction.touch_board()
    transaction.record(actor.name, "revoke-undone", detail=f"{link.role} {link.name}")


def _restore(transaction: Transaction, actor: Actor, undo: PersonUndo, at: int, namesakes: Collection[str]) -> None:
    was = Person(undo.was.id, undo.was.name, undo.was.team)
    _refuse_changed(transaction, undo)
    others = [one for one in roster.namesakes(transaction, [was.name], namesakes) if undo.now is None or one.id != undo.now.id]
    refuse_alike(was, others)
    if undo.now is not None and not undo.merged:
        number = _corrected_back(transaction, undo, was)
    else:
        roster.add(transaction, was, undo.was.badge)
        number = _posts_back(transaction, undo) + _phone_back(transaction, undo, at)
    if undo.muted and undo.now is not None:
        freed.lift_mute(transaction, undo.now.id)
    team = f" ({was.team})" if was.team else ""
    transaction.record(actor.name, "person-undone", detail=f"{was.name}{team}, posts: {number}")


def _refuse_changed(transaction: Transaction, undo: PersonUndo) -> None:
    """Somebody may have changed the entry again since, merged it further, or put one with its id on the roster."""
    left: dict[str, undoing.Entry | None] = {undo.was.id: None}
    if undo.now is not None:
        left[undo.now.id] = undo.now
    for person_id, entry in left.items():
        if not undoing.same(there := transaction.person(person_id), entry):
            raise Conflict("undo-in-the-way", name=there.name if there else undo.was.name)


def _corrected_back(transaction: Transaction, undo: PersonUndo, was: Person) -> int:
    """Cards that came since under the new name show the old one as well, and the phone that goes by the entry now."""
    now = transaction.person(was.id)
    assert now is not None  # nobody has changed the entry since
    roster.change(transaction, was)
    if now.holder is not None:
        held = transaction.participant(now.holder)
        transaction.put_participant(msgspec.structs.replace(held, name=was.name, team=was.team))
    number = _posts_back(transaction, undo)
    return number + len(follow(transaction, now, was, Recipient(was.name, was.team, was.id), typed=False))


def _posts_back(transaction: Transaction, undo: PersonUndo) -> int:
    """Those fields that are still as they were left. Gives how many posts changed."""
    changes = {change.id: change for change in undo.posts}
    number = 0
    for post in posts_by_id(transaction, list(changes)):
        if fields := undoing.way_back(post, changes[post.id]):
            transaction.change_post(post, **fields, approved_at=post.approved_at)
            number += 1
    return number


def _phone_back(transaction: Transaction, undo: PersonUndo, at: int) -> int:
    """The phone goes by the entry again, unless it has taken another name since. Gives how many posts it wrote meanwhile, under
    the name of the entry that stayed."""
    if undo.phone is None:
        return 0
    was, now, held = undo.was, undo.now, transaction.participant(undo.phone)
    moved = now is not None and held.person == now.id
    left = (held.person, held.name, held.team)
    if not moved and left not in ((None, None, None), (None, was.name, was.team)):
        return 0
    transaction.put_participant(msgspec.structs.replace(held, name=was.name, team=was.team, person=was.id))
    written = [post for post in transaction.posts_of(held.id, freed.POSTS_AT_MOST) if moved and _is_since(post, undo, at)]
    for post in written:
        transaction.change_post(post, author_name=was.name, author_team=was.team, approved_at=post.approved_at)
    return len(written)


def _is_since(post: Post, undo: PersonUndo, at: int) -> bool:
    return undo.now is not None and post.created_at >= at and post.author_name == undo.now.name

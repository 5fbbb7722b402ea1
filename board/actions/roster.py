"""The roster, as organisers change it while the board runs. Cards and phones follow in the same transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from board.actions import freed
from board.data import roster
from board.data.address import BoardId
from board.data.reads import Reads
from board.data.store import Store
from board.data.transaction import Transaction
from board.model import rostering
from board.model.arranging import new_id
from board.model.models import Actor, Conflict, Invalid, NotFound, Person, Post, Recipient

# In one statement: a database bounds the values of each.
POSTS_AT_ONCE = 1_000


async def add_person(
    store: Store, board: BoardId, actor: Actor, wanted: rostering.NewPerson, namesakes: Collection[str] = ()
) -> Person:
    """`namesakes`: the ids of those who may be called so. Raises `Conflict` with the entry that is there."""
    new = rostering.person(new_id(), wanted)  # before the transaction, which may run twice where the database was lost

    def command(transaction: Transaction) -> Person:
        transaction.require_link(actor)
        if transaction.person(new.id) is not None:
            return new
        if roster.count(transaction) >= rostering.MAX_PEOPLE:
            raise Invalid("roster-full", most=rostering.MAX_PEOPLE)
        _refuse_alike(new, roster.namesakes(transaction, [new.name], namesakes))
        roster.add(transaction, new)
        transaction.record(actor.name, "person-added", detail=_told(new))
        return new

    return await store.write(board, command)


def _refuse_alike(person: Person, namesakes: Sequence[Person]) -> None:
    other = next((one for one in namesakes if one.id != person.id and rostering.is_alike(one, person)), None)
    if other is not None:
        raise Conflict("person-listed-already", name=other.name).telling(present=rostering.entry(other))


def _told(person: Person) -> str:
    return f"{person.name} ({person.team})" if person.team else person.name


def _known(transaction: Transaction, person_id: str) -> Person:
    person = transaction.person(person_id)
    if person is None:
        raise NotFound("person-not-on-list")
    return person


async def edit_person(
    store: Store,
    board: BoardId,
    actor: Actor,
    person_id: str,
    wanted: rostering.PersonEdit,
    namesakes: Collection[str] = (),
) -> tuple[Person, int]:
    """Gives the entry as it is now, and how many posts show it. `namesakes`: the ids of those who may have the old or the new
    name. Raises `Conflict` with the present entry where the organiser saw another one, and where somebody else is called so."""

    def command(transaction: Transaction) -> tuple[Person, int]:
        transaction.require_link(actor)
        was = _known(transaction, person_id)
        now = rostering.edited(was, wanted)
        if now == was:
            return was, 0
        alike = roster.namesakes(transaction, [was.name, now.name], namesakes)
        _refuse_alike(now, alike)
        roster.change(transaction, now)
        if was.holder is not None:
            held = transaction.participant(was.holder)
            transaction.put_participant(msgspec.structs.replace(held, name=now.name, team=now.team))
        posts = _follow(transaction, was, now, Recipient(now.name, now.team, now.id), alike)
        transaction.record(actor.name, "person-changed", detail=f"{_told(was)} → {_told(now)}, posts: {posts}")
        return now, posts

    return await store.write(board, command)


def _follow(transaction: Transaction, was: Person, now: Person, to: Recipient, namesakes: Sequence[Person]) -> int:
    """Posts show the name that their person has now: cards to it, and what its phone wrote. Gives how many changed."""
    alone = not any(one.id not in (was.id, now.id) and rostering.is_alike(one, was) for one in namesakes)
    phones = {freed.nobody(was.id), *([was.holder] if was.holder else [])}
    ids = roster.posts_of(transaction, was, phones, typed=alone)
    changed = 0
    for post in _posts(transaction, ids):
        own = post.participant in phones and post.author_name == was.name
        by = {"author_name": now.name, "author_team": now.team} if own else {}
        changes = by | {"to": rostering.readdressed(post, was, to, alone)}
        if any(getattr(post, name) != value for name, value in changes.items()):
            transaction.change_post(post, **changes, approved_at=post.approved_at)
            changed += 1
    return changed


def _posts(transaction: Transaction, ids: Sequence[str]) -> list[Post]:
    for start in range(0, len(ids), POSTS_AT_ONCE):
        transaction.read_ahead([Reads(posts=ids[start : start + POSTS_AT_ONCE])])
    return [post for post_id in ids if (post := transaction.post(post_id))]


async def merge_people(
    store: Store, board: BoardId, actor: Actor, person_id: str, into: str, namesakes: Collection[str] = ()
) -> tuple[Person, int]:
    """Two entries of one person become the second one. Gives it, and how many posts changed. A phone that went by the first
    goes by the second; where that has a phone already, the other is asked again who it is."""

    def command(transaction: Transaction) -> tuple[Person, int]:
        transaction.require_link(actor)
        was, now = _known(transaction, person_id), _known(transaction, into)
        if was.id == now.id:
            raise Invalid("person-merged-with-itself", field="into")
        alike = roster.namesakes(transaction, [was.name], namesakes)
        posts = _follow(transaction, was, now, Recipient(now.name, now.team, now.id), alike)
        waiting = transaction.posts_of(freed.nobody(was.id), freed.POSTS_AT_MOST)
        for post in waiting:  # of a freed name: for the phone that takes it next
            transaction.change_post(post, participant=freed.nobody(now.id), approved_at=post.approved_at)
        now = _taken_over(transaction, was, now)
        roster.remove(transaction, was.id)
        transaction.record(actor.name, "people-merged", detail=f"{_told(was)} → {_told(now)}, posts: {posts}")
        return now, posts

    return await store.write(board, command)


def _taken_over(transaction: Transaction, was: Person, now: Person) -> Person:
    """The phone of the entry that goes."""
    if was.holder is None:
        return now
    held = transaction.participant(was.holder)
    if now.holder is not None:
        transaction.put_participant(msgspec.structs.replace(held, name=None, team=None, person=None))
        return now
    transaction.put_participant(msgspec.structs.replace(held, name=now.name, team=now.team, person=now.id))
    return msgspec.structs.replace(now, holder=was.holder)


async def remove_person(store: Store, board: BoardId, actor: Actor, person_id: str) -> tuple[Person, int]:
    """Somebody left: the entry goes; cards and the phone keep the name as it was typed. Gives how many cards there were."""

    def command(transaction: Transaction) -> tuple[Person, int]:
        transaction.require_link(actor)
        person = _known(transaction, person_id)
        posts = _follow(transaction, person, person, Recipient(person.name, person.team), [person])
        if person.holder is not None:
            held = transaction.participant(person.holder)
            transaction.put_participant(msgspec.structs.replace(held, person=None))
        roster.remove(transaction, person.id)
        transaction.record(actor.name, "person-removed", detail=f"{_told(person)}, posts: {posts}")
        return person, posts

    return await store.write(board, command)

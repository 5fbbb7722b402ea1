"""The roster, as organisers change it while the board runs. Cards and phones follow in the same transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import msgspec

from board.actions import freed
from board.data import badges, consents, following, roster, undos
from board.data.address import BoardId
from board.data.reads import Reads
from board.data.store import Store
from board.data.transaction import Transaction
from board.model import rostering, undoing
from board.model.arranging import new_id
from board.model.models import Actor, Conflict, Invalid, NotFound, Person, Post, Recipient
from board.model.renaming import Renamed, Renaming, nobody
from board.model.undoing import PostChange

# In one statement: a database bounds the values of each.
POSTS_AT_ONCE = 1_000


class Done(NamedTuple):
    """The entry, how many posts changed, and the id of what takes it back: none where nothing changed, or too much for that."""

    person: Person
    posts: int
    undo: str | None


async def add_person(
    store: Store, board: BoardId, actor: Actor, wanted: rostering.NewPerson, namesakes: Collection[str] = ()
) -> Person:
    """`namesakes`: the ids of the people who may have the same name. Raises `Conflict` with the entry that is there."""
    new = rostering.person(new_id(), wanted)  # before the transaction, which may run twice where the database was lost

    def command(transaction: Transaction) -> Person:
        transaction.require_link(actor)
        if transaction.person(new.id) is not None:
            return new
        if roster.count(transaction) >= rostering.MAX_PEOPLE:
            raise Invalid("roster-full", most=rostering.MAX_PEOPLE)
        refuse_alike(new, roster.namesakes(transaction, [new.name], namesakes))
        roster.add(transaction, new)
        transaction.record(actor.name, "person-added", detail=_described(new))
        return new

    return await store.write(board, command)


def refuse_alike(person: Person, namesakes: Sequence[Person]) -> None:
    other = next((one for one in namesakes if one.id != person.id and rostering.is_alike(one, person)), None)
    if other is not None:
        raise Conflict("person-listed-already", name=other.name).telling(present=rostering.entry(other))


def _described(person: Person) -> str:
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
) -> Done:
    """Gives the entry as it is now. `namesakes`: the ids of the people who may have the old or the new
    name. Raises `Conflict` with the present entry where the organiser saw another one, and where somebody else is called so."""
    undo_id = undoing.new_id()

    def command(transaction: Transaction) -> Done:
        transaction.require_link(actor)
        was = _known(transaction, person_id)
        now = rostering.edited(was, wanted)
        if now == was:
            return Done(was, 0, None)
        alike = roster.namesakes(transaction, [was.name, now.name], namesakes)
        refuse_alike(now, alike)
        roster.change(transaction, now)
        if was.holder is not None:
            held = transaction.participant(was.holder)
            transaction.put_participant(msgspec.structs.replace(held, name=now.name, team=now.team))
        posts = follow(transaction, was, now, Recipient(now.name, now.team, now.id), _is_alone(was, now, alike))
        transaction.record(actor.name, "person-changed", detail=f"{_described(was)} → {_described(now)}, posts: {len(posts)}")
        seal = badges.seal_of(transaction, was.id)
        return Done(now, len(posts), _keep(transaction, undo_id, _entry(was, seal), _entry(now, seal), was.holder, posts))

    return await store.write(board, command)


def _is_alone(was: Person, now: Person, namesakes: Sequence[Person]) -> bool:
    """Whether nobody else on the roster has the name: then what was typed and never linked is meant for this person."""
    return not any(one.id not in (was.id, now.id) and rostering.is_alike(one, was) for one in namesakes)


def follow(transaction: Transaction, was: Person, now: Person, to: Recipient, typed: bool) -> dict[str, PostChange]:
    """Posts show the name that their person has now: cards to it, and what its phone wrote. `typed`: also cards to just that
    name. Gives what changed, by the ids of the posts."""
    renamed = following.follow(transaction, Renaming([Renamed(was, now, to, typed)]))
    return {post_id: undoing.renamed(post_id, *names) for post_id, names in renamed.items()}


def posts_by_id(transaction: Transaction, ids: Sequence[str]) -> list[Post]:
    for start in range(0, len(ids), POSTS_AT_ONCE):
        transaction.read_ahead([Reads(posts=ids[start : start + POSTS_AT_ONCE])])
    return [post for post_id in ids if (post := transaction.post(post_id))]


def _entry(person: Person, seal: str | None) -> undoing.Entry:
    return undoing.Entry(person.id, person.name, person.team, seal or "")


def _keep(
    transaction: Transaction,
    undo_id: str,
    was: undoing.Entry,
    now: undoing.Entry | None,
    phone: str | None,
    posts: dict[str, PostChange],
    muted: bool = False,
) -> str | None:
    return undos.keep(transaction, undo_id, undoing.PersonUndo(was, now, phone, list(posts.values()), muted))


async def merge_people(
    store: Store, board: BoardId, actor: Actor, person_id: str, into: str, namesakes: Collection[str] = ()
) -> Done:
    """Two entries of one person become the second one. Gives it. A phone that went by the first goes by the second; where that
    has a phone already, the other is asked again who it is."""
    undo_id = undoing.new_id()

    def command(transaction: Transaction) -> Done:
        transaction.require_link(actor)
        was, now = _known(transaction, person_id), _known(transaction, into)
        if was.id == now.id:
            raise Invalid("person-merged-with-itself", field="into")
        alone = _is_alone(was, now, roster.namesakes(transaction, [was.name], namesakes))
        gone, stays = (_entry(one, badges.seal_of(transaction, one.id)) for one in (was, now))
        posts = follow(transaction, was, now, Recipient(now.name, now.team, now.id), alone)
        number = len(posts)
        for post in transaction.posts_of(nobody(was.id), freed.POSTS_AT_MOST):  # for the phone that takes the name next
            posts[post.id] = undoing.handed_over(posts.get(post.id), post, nobody(now.id))
            transaction.change_post(post, participant=nobody(now.id), approved_at=post.approved_at)
        muted = freed.pass_mute(transaction, was.id, now.id)
        consents.move(transaction, was.id, now.id)
        now = _taken_over(transaction, was, now)
        roster.remove(transaction, was.id)
        transaction.record(actor.name, "people-merged", detail=f"{_described(was)} → {_described(now)}, posts: {number}")
        return Done(now, number, _keep(transaction, undo_id, gone, stays, was.holder, posts, muted))

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


async def remove_person(store: Store, board: BoardId, actor: Actor, person_id: str) -> Done:
    """Somebody left: the entry goes; cards and the phone keep the name as it was typed."""
    undo_id = undoing.new_id()

    def command(transaction: Transaction) -> Done:
        transaction.require_link(actor)
        person = _known(transaction, person_id)
        entry = _entry(person, badges.seal_of(transaction, person.id))
        posts = follow(transaction, person, person, Recipient(person.name, person.team), typed=False)
        if person.holder is not None:
            held = transaction.participant(person.holder)
            transaction.put_participant(msgspec.structs.replace(held, person=None))
        consents.move(transaction, person.id, None)
        roster.remove(transaction, person.id)
        transaction.record(actor.name, "person-removed", detail=f"{_described(person)}, posts: {len(posts)}")
        return Done(person, len(posts), _keep(transaction, undo_id, entry, None, person.holder, posts))

    return await store.write(board, command)

"""Somebody is forgotten: a phone erases itself, an organiser or the command line erases a person of the roster.

In slices, so that others do not wait; what is done twice changes nothing, so one that broke off is simply asked for again. Also
on a board that is archived: read-only is no reason to keep somebody.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from board.actions.retention import blank
from board.actions.rules import clear_spotlight
from board.data import forgetting as stored
from board.data.address import BoardId
from board.data.reads import Reads
from board.data.store import Store
from board.data.transaction import Transaction
from board.model import forgetting
from board.model.folding import fold
from board.model.forgetting import Erased, Who
from board.model.models import Actor, Conflict, NotFound, Person, Post, State

POSTS_A_SLICE = 100
ROUNDS = 20
"""While it is erased somebody may write a new card to the person."""


def _nobody() -> str:
    """An id that belongs to no phone, and leads to none."""
    return secrets.token_hex(16)


async def erase_phone(store: Store, board: BoardId, ids: Sequence[str], word: str, *, texts: bool) -> int:
    """`ids`: the participants of one phone, with and without a name. `texts`: what was written goes, too; otherwise `word`
    stands in the place of the name. Gives how many posts changed."""
    fresh, posts = {one: _nobody() for one in ids}, 0

    def some(transaction: Transaction) -> int:
        found = [post for one in ids for post in transaction.posts_of(one, POSTS_A_SLICE)]
        for post in found:
            _leave(transaction, post, fresh[post.participant], word, texts=texts)
        if not found and not _unmark(transaction, ids) and not _unthank(transaction, ids):
            stored.forget_phone(transaction, ids)
            return -1
        return len(found)

    while (done := await store.write(board, some, although_archived=True)) >= 0:
        posts += done
    await store.shred()
    return posts


def _leave(transaction: Transaction, post: Post, participant: str, word: str, *, texts: bool) -> None:
    """The post is nobody's from now on."""
    if texts or post.state is State.WITHDRAWN:
        clear_spotlight(transaction, post)
        blank(transaction, post, word, participant=participant, state=State.WITHDRAWN, pinned=False)
        return
    name = None if post.author_name is None else word
    changes = {"author_name": name, "author_team": None, "participant": participant, "digest": ""}
    transaction.change_post(post, **changes, approved_at=post.approved_at)


def _unmark(transaction: Transaction, ids: Sequence[str]) -> int:
    marks = stored.marks_of(transaction, ids)
    for post_id, participant, key in marks:
        if post := transaction.post(post_id):
            transaction.mark(post, participant, key, False)
    return len(marks)


def _unthank(transaction: Transaction, ids: Sequence[str]) -> int:
    """Thanks stand on cards of others, under the number of the phone."""
    thanked = [post for one in stored.thanked_by(transaction, ids, POSTS_A_SLICE) if (post := transaction.post(one))]
    for post in thanked:
        transaction.thank(post, {phone: to for phone, to in post.thanks.items() if phone not in ids})
    return len(thanked)


async def erase_person(store: Store, board: BoardId, by: Actor | str, wanted: str, word: str, *, texts: bool) -> Erased:
    """`wanted`: the id of an entry of the roster, or a name. `texts`: also what the person wrote, cards to this person alone,
    and the name in texts of others. Raises `NotFound`, and `Conflict` where several are called so, or where it is the name of
    the organiser's own link."""
    board_id = board if isinstance(board, int) else board.id
    who = await store.read(lambda connection: stored.find_person(connection, board_id, wanted, word))
    if who is None:
        raise NotFound("person-to-erase-unknown")
    if not isinstance(who, Who):
        raise Conflict("person-to-erase-unclear", names=_listed(who))
    if isinstance(by, Actor) and fold(by.name) in who.names:
        raise Conflict("erase-own-link")
    posts = await _erase_posts(store, board, board_id, by, who, texts=texts)

    def finish(transaction: Transaction) -> None:
        _authorise(transaction, by)
        stored.forget_person(transaction, who, texts=texts)
        transaction.record(by.name if isinstance(by, Actor) else by, "person-erased", detail=f"posts: {posts}")

    await store.write(board, finish, although_archived=True)
    await store.shred()
    return Erased(posts, await store.read(lambda connection: stored.mentions(connection, board_id, who)))


def _listed(people: Sequence[Person]) -> str:
    return ", ".join(f"{one.id} ({one.name}, {one.team})" if one.team else f"{one.id} ({one.name})" for one in people[:20])


def _authorise(transaction: Transaction, by: Actor | str) -> None:
    if isinstance(by, Actor):
        transaction.require_link(by)


async def _erase_posts(store: Store, board: BoardId, board_id: int, by: Actor | str, who: Who, *, texts: bool) -> int:
    changed, own = set[str](), _nobody()
    for _ in range(ROUNDS):
        ids = await store.read(lambda connection: list(stored.posts_of(connection, board_id, who, texts=texts)))
        if not ids:
            break
        for start in range(0, len(ids), POSTS_A_SLICE):
            some = ids[start : start + POSTS_A_SLICE]

            def command(transaction: Transaction, some: Sequence[str] = some) -> None:
                _authorise(transaction, by)
                for post_id in some:
                    if post := transaction.post(post_id):
                        _forget_in_post(transaction, who, post, own, texts=texts)

            await store.write(board, command, Reads(posts=some), although_archived=True)
            changed |= set(some)
    return len(changed)


def _forget_in_post(transaction: Transaction, who: Who, post: Post, own: str, *, texts: bool) -> None:
    if forgetting.is_author(who, post):
        _leave(transaction, post, own, who.word, texts=texts)
        post = transaction.post(post.id) or post
    if texts and forgetting.is_to_alone(who, post):
        clear_spotlight(transaction, post)
        blank(transaction, post, who.word, state=State.WITHDRAWN, pinned=False)
    elif changes := forgetting.rest_of(who, post, texts=texts):
        transaction.change_post(post, **changes, digest="", approved_at=post.approved_at)

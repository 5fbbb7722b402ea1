"""Posts on behalf of people without a phone: a moderator types them from paper or by ear, or they are written at a kiosk.

Each is of a participant of its own, made of the link and the post's id. So the next person there cannot change such a post or
take it back, and a mute stops nobody else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from enum import Enum

import msgspec

from board.actions.attendees import known_session, may_post, takes_questions
from board.actions.recipients import Called, recipients_of
from board.actions.rules import blocked_words, known_theme, waiting_for
from board.data.address import BoardId
from board.data.reads import Reads
from board.data.store import Store
from board.data.transaction import Transaction
from board.model import requests, views
from board.model.models import Actor, Conflict, Kind, Participant, Post, State
from board.model.naming import MAX_NAMESAKES


class Place(Enum):
    """Where it is written. The desk approves what it writes; a kiosk is used by anybody, and under any name."""

    DESK = "desk"
    KIOSK = "kiosk"

    @property
    def state(self) -> State:
        return State.VISIBLE if self is Place.DESK else State.PENDING


DESK, KIOSK = Place.DESK, Place.KIOSK
BehalfRequest = requests.CardFor | requests.QuestionFor


async def submit(
    store: Store, board: BoardId, actor: Actor, request: BehalfRequest, called: Called, place: Place, alike: Sequence[str] = ()
) -> tuple[Post, bool]:
    """Stores a post of somebody else. `alike`: the ids of people of the roster with the author's name. False: the post was
    there already, unchanged. Raises `Conflict` where the id is taken by another post."""
    kind = Kind.CARD if isinstance(request, requests.CardFor) else Kind.QUESTION
    text, who = requests.post_text(kind, request.text), _author(request)
    digest = hashlib.sha256(views.encode(request)).hexdigest()[:32]

    def command(transaction: Transaction) -> tuple[Post, bool]:
        transaction.require_link(actor)
        author = msgspec.structs.replace(who, id=_participant(actor, str(request.id)))
        stored = transaction.post(str(request.id))
        if stored is not None:
            if stored.participant != author.id or stored.digest != digest:
                raise Conflict("post-id-taken")
            return stored, False
        if place is KIOSK:
            may_post(transaction, kind, author, anonymous=author.name is None)
        post = _post(request, kind, text, author, digest)
        if isinstance(request, requests.CardFor):
            to = recipients_of(transaction, request.to, author, called)
            post = msgspec.structs.replace(post, to=to, theme=known_theme(transaction.board, request.theme))
        elif request.session is not None:
            session = known_session(transaction, request.session)
            if place is KIOSK:
                takes_questions(session)
            post = msgspec.structs.replace(post, session=session.id)
        post = written_for(transaction, actor, post, place)
        if place is KIOSK and any(person.holder for person in transaction.people(*alike[:MAX_NAMESAKES])):
            # The phone of that person is here: it may be somebody else who writes under the name.
            post = msgspec.structs.replace(post, state=State.PENDING, published=False)
        post = transaction.add_post(post)
        if place is DESK:
            transaction.record(actor.name, "behalf", post)
        return post, True

    return await store.write(board, command, Reads(posts=(str(request.id),)))


def _author(request: BehalfRequest) -> Participant:
    """Named as it was typed; nobody's phone."""
    author = request.author
    if author is None:
        return Participant("")
    return Participant("", requests.name(author.name, "author"), requests.optional_name(author.team, "team"))


def _post(request: BehalfRequest, kind: Kind, text: str, author: Participant, digest: str) -> Post:
    return Post(
        id=str(request.id),
        kind=kind,
        state=State.PENDING,
        seq=0,
        content_seq=0,
        created_at=0,
        participant=author.id,
        text=text,
        author_name=author.name,
        author_team=author.team,
        digest=digest,
    )


def written_for(transaction: Transaction, actor: Actor, post: Post, place: Place) -> Post:
    """The post as it is stored: at the desk it waits for no approval, but for a blocked word, and while the board is frozen."""
    post = msgspec.structs.replace(post, participant=_participant(actor, post.id))
    if place is KIOSK:
        return waiting_for(transaction, post)
    board = transaction.board
    blocked = blocked_words(board, post)
    state = State.PENDING if board.frozen or blocked else place.state
    return msgspec.structs.replace(post, state=state, published=state is State.VISIBLE, blocked=blocked)


def _participant(actor: Actor, post_id: str) -> str:
    return hashlib.sha256(f"behalf\n{actor.link_id}\n{post_id}".encode()).hexdigest()[:32]

"""What attendees do: join, post, change, vote, react."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import msgspec

from board.actions import asking, freed, joining
from board.actions.recipients import Called, nobody_called, recipients_of
from board.actions.rules import (
    blocked_words,
    clear_spotlight,
    known_post,
    known_theme,
    off_stage,
    public_post,
    refuse_muted,
    waiting_for,
)
from board.data.address import BoardId
from board.data.reads import VOTE, Reads
from board.data.store import Store
from board.data.transaction import Transaction
from board.model import erased, requests, views
from board.model.models import (
    EDIT_SECONDS,
    Closed,
    Conflict,
    Forbidden,
    Invalid,
    Kind,
    Names,
    NotFound,
    Participant,
    Post,
    Questions,
    Reaction,
    Session,
    State,
)
from board.model.naming import MAX_NAMESAKES, chosen, picked


async def join(
    store: Store, board: BoardId, participant_id: str, request: requests.Join, namesakes: Sequence[str] = ()
) -> Participant:
    """Names this participant. A name of the roster belongs to the first phone that takes it, picked or typed; `namesakes` are
    the ids of all people on the roster with the typed name, or the id of the picked person.

    Raises `Conflict` where another phone has it.
    """
    name, team = requests.optional_name(request.name, "name"), requests.optional_name(request.team, "team")
    if request.person is not None and (name, team) != (None, None):
        raise Invalid("person-of-list-or-name", field="person")

    def command(transaction: Transaction) -> Participant:
        participant, alike = transaction.participant(participant_id), transaction.people(*namesakes[:MAX_NAMESAKES])
        if request.person is not None:
            person = transaction.person(request.person)
            if person is None:
                raise Invalid("person-not-listed-type-own", field="person")
            person = picked(person, alike, participant_id)
        else:
            person = chosen(alike, team, participant_id)
        if person is not None:
            participant = freed.take(transaction, participant, person)
            participant = msgspec.structs.replace(participant, name=person.name, team=person.team, person=person.id)
        elif name is None and transaction.board.names is Names.REQUIRED:
            raise Invalid("name-needed", field="name")
        else:
            participant = msgspec.structs.replace(participant, name=name, team=team, person=None)
        transaction.put_participant(participant)
        return participant

    return await store.write(board, command, Reads(participants=(participant_id,)))


async def submit(
    store: Store,
    board: BoardId,
    named: str,
    pseudonym: str,
    request: requests.NewCard | requests.NewQuestion,
    called: Called = nobody_called,
) -> tuple[Post, bool]:
    """Stores a new post; `named` and `pseudonym` are the author's participant ids; `called` finds people of the roster by what
    was typed. False: the post was there already, unchanged.

    Raises `Conflict` where the id is taken by another post.
    """
    kind = Kind.CARD if isinstance(request, requests.NewCard) else Kind.QUESTION
    text = requests.post_text(kind, request.text)
    digest = hashlib.sha256(views.encode(request)).hexdigest()[:32]
    author = pseudonym if request.anonymous else named

    def command(transaction: Transaction) -> tuple[Post, bool]:
        stored = transaction.post(str(request.id))
        if stored is not None:
            if stored.participant not in (named, pseudonym) or stored.digest != digest:
                raise Conflict("post-id-taken")
            return stored, False
        board, participant = transaction.board, transaction.participant(named)
        refuse_muted(transaction, (named, pseudonym))
        may_post(transaction, kind, participant, request.anonymous)
        post = Post(
            id=str(request.id),
            kind=kind,
            state=State.PENDING,
            seq=0,
            content_seq=0,
            created_at=0,
            participant=author,
            text=text,
            author_name=None if request.anonymous else participant.name,
            author_team=None if request.anonymous else participant.team,
            digest=digest,
        )
        if isinstance(request, requests.NewCard):
            to = recipients_of(transaction, request.to, participant, called)
            post = msgspec.structs.replace(post, to=to, theme=known_theme(board, request.theme))
        elif request.session is not None:
            session = known_session(transaction, request.session)
            takes_questions(session)
            if request.voice is True:
                asking.may_wait(transaction, session, (named, pseudonym))
            post = msgspec.structs.replace(post, session=session.id, voice=request.voice is True)
        elif request.voice is True:
            raise Invalid("microphone-needs-session", field="session")
        return transaction.add_post(waiting_for(transaction, post)), True

    return await store.write(board, command, Reads(posts=(str(request.id),), participants=(named, pseudonym)))


async def edit(
    store: Store,
    board: BoardId,
    participants: Sequence[str],
    post_id: str,
    request: requests.Edit,
    called: Called = nobody_called,
) -> Post:
    """An author, by the named participant id and the pseudonym, changes or takes back an own post."""

    def command(transaction: Transaction) -> Post:
        post = known_post(transaction, post_id)
        if post.participant not in participants:
            # Whether a post that is not public exists is nobody's business.
            if post.state is State.VISIBLE:
                raise Forbidden("post-of-somebody-else")
            raise NotFound("post-unknown")
        if request.state is not None:
            if request.state is not State.WITHDRAWN:
                raise Forbidden("post-only-withdrawn")
            if (request.text, request.to, request.theme) != (None, None, msgspec.UNSET):
                raise Invalid("change-or-withdraw", field="state")
            return _withdraw(transaction, post)
        return rewrite(transaction, post, request, participants, called)

    return await store.write(board, command, Reads(posts=(post_id,), participants=participants))


async def vote(store: Store, board: BoardId, participant: str, post_id: str, on: bool, came_at: int = 0) -> Post:
    """One vote a participant a question; repeating changes nothing. `came_at` is when the phone first came, in microseconds.
    Gives the question that has the vote: another one where this one was joined with it meanwhile."""

    def command(transaction: Transaction) -> Post:
        post = joining.for_votes(transaction, known_post(transaction, post_id), on)
        if post.state is not State.VISIBLE:
            raise NotFound("post-unknown")
        if post.kind is not Kind.QUESTION:
            raise Invalid("votes-for-questions")
        if on and post.session and known_session(transaction, post.session).questions is Questions.CLOSED:
            raise Closed("voting-ended")
        return transaction.vote(post, participant, on, came_at)

    return await store.write(board, command, Reads(posts=(post_id,), marks=((post_id, participant, VOTE),)))


async def react(
    store: Store, board: BoardId, participant: str, post_id: str, reaction: Reaction, on: bool
) -> tuple[Post, list[Reaction]]:
    """Sets or takes back a reaction on a card. Gives the post and this participant's reactions on it."""

    def command(transaction: Transaction) -> tuple[Post, list[Reaction]]:
        post = public_post(transaction, post_id)
        if post.kind is not Kind.CARD:
            raise Invalid("reactions-for-cards")
        post = transaction.mark(post, participant, reaction, on)
        return post, [key for key in Reaction if transaction.marked((post.id, participant, key))]

    return await store.write(board, command, Reads(posts=(post_id,), marks=((post_id, participant, reaction),)))


def may_post(transaction: Transaction, kind: Kind, participant: Participant, anonymous: bool) -> None:
    board = transaction.board
    if kind is Kind.CARD and not board.cards_open:
        raise Closed("cards-closed")
    if anonymous and not board.anonymous:
        raise Invalid("anonymous-not-allowed", field="anonymous")
    if not anonymous and participant.name is None and board.names is Names.REQUIRED:
        raise Invalid("name-needed-first", field="name")


def known_session(transaction: Transaction, session_id: str) -> Session:
    session = transaction.session(session_id)
    if session is None:
        raise Invalid("session-unknown", field="session")
    return session


def takes_questions(session: Session) -> None:
    if session.questions is Questions.CLOSED:
        raise Closed("questions-closed")
    if session.questions is Questions.PAUSED:
        raise Closed("questions-paused")


def _withdraw(transaction: Transaction, post: Post) -> Post:
    if post.state is State.WITHDRAWN:
        return post
    clear_spotlight(transaction, post)
    post = joining.part_all(transaction, post)
    gone = {"state": State.WITHDRAWN, "pinned": False, "withdrawn_at": transaction.now} | off_stage(post)
    return transaction.change_post(post, **gone)


def rewrite(transaction: Transaction, post: Post, request: requests.Edit, participants: Sequence[str], called: Called) -> Post:
    author = transaction.participant(participants[0])
    if post.state not in (State.PENDING, State.VISIBLE):
        raise Closed("post-held-unchanged")
    if transaction.seconds_since(post.created_at) > EDIT_SECONDS:
        raise Closed("post-too-old-to-change", minutes=EDIT_SECONDS // 60)
    refuse_muted(transaction, participants)  # or an old post would carry what a new one may not
    board = transaction.board
    if post.state is State.VISIBLE and (board.frozen or board.premoderates(post.kind)):
        # Otherwise an approved text could be turned into one that nobody approved.
        raise Closed("post-approved-unchanged")
    changes: dict[str, Any] = {}
    if request.text is not None:
        changes["text"] = requests.post_text(post.kind, request.text)
    if post.kind is Kind.CARD:
        if request.to is not None:
            if post.author_name is not None:  # the name that the card shows
                author = Participant(author.id, post.author_name, post.author_team)
            changes["to"] = erased.kept(post.to, recipients_of(transaction, request.to, author, called))
        if request.theme is not msgspec.UNSET:
            changes["theme"] = known_theme(board, request.theme)
    elif request.to is not None or request.theme is not msgspec.UNSET:
        raise Invalid("question-has-no-recipient-or-theme", field="to")
    changes = {name: value for name, value in changes.items() if getattr(post, name) != value}
    if not changes:
        return post
    blocked = blocked_words(board, msgspec.structs.replace(post, **changes))
    if post.state is State.VISIBLE and blocked:
        raise Closed("post-word-unchanged")
    changes["blocked"] = blocked
    return transaction.change_post(post, **changes)

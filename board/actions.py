"""The only writers. Each action checks and changes in one command of the store; the answer comes after the commit."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from board import access, approvals, corrections, freed, messages, rows, scenes, schema
from board.folding import fold
from board.models import (
    CODE_ALPHABET,
    CODE_LENGTH,
    CODE_PATTERN,
    EDIT_SECONDS,
    INTERRUPTIONS,
    MODERATOR_MOVES,
    RESTORED_EPOCH,
    Actor,
    Board,
    BoardError,
    Closed,
    Conflict,
    Forbidden,
    Invalid,
    Kind,
    Link,
    Names,
    NotFound,
    Participant,
    Person,
    Post,
    Questions,
    Reaction,
    Recipient,
    Role,
    Scene,
    Screen,
    Session,
    State,
    Theme,
)
from board.naming import MAX_NAMESAKES, chosen, picked
from board.reads import VOTE, Reads
from board.store import Store
from board.transaction import Transaction

# Good for any gathering, until the organiser names the fields of this one.
DEFAULT_THEMES = [
    Theme("expertise", "Expertise", "Expertise", 1),
    Theme("teamwork", "Teamwork", "Teamwork", 2),
    Theme("training", "Teaching and training", "Training", 3),
    Theme("ideas", "New ideas", "Ideas", 4),
    Theme("courage", "Courage", "Courage", 5),
    Theme("care", "Care for others", "Care", 6),
]

# Who on the roster has this name, in this team if there is one.
Called = Callable[[str, str | None], Person | None]


def _nobody(name: str, team: str | None) -> Person | None:
    return None


# -- attendees -----------------------------------------------------------------------------------------------------


async def join(
    store: Store, board_id: int, participant_id: str, request: messages.Join, namesakes: Sequence[str] = ()
) -> Participant:
    """Names this participant. A name of the roster belongs to the first phone that takes it, picked or typed; `namesakes` are
    the ids of those on the roster who have the typed name, or that of the picked person.

    Raises `Conflict` where another phone has it.
    """
    name, team = messages.optional_name(request.name, "name"), messages.optional_name(request.team, "team")
    if request.person is not None and (name, team) != (None, None):
        raise Invalid("Give a person of the list or a name, not both.", field="person")

    def command(transaction: Transaction) -> Participant:
        participant, alike = transaction.participant(participant_id), transaction.people(*namesakes[:MAX_NAMESAKES])
        if request.person is not None:
            person = transaction.person(request.person)
            if person is None:
                raise Invalid("This person is not on the list any more. Please type your name.", field="person")
            person = picked(person, alike, participant_id)
        else:
            person = chosen(alike, team, participant_id)
        if person is not None:
            participant = freed.take(transaction, participant, person)
            participant = msgspec.structs.replace(participant, name=person.name, team=person.team, person=person.id)
        elif name is None and transaction.board.names is Names.REQUIRED:
            raise Invalid("Please tell us your name: this board shows who says thank you.", field="name")
        else:
            participant = msgspec.structs.replace(participant, name=name, team=team, person=None)
        transaction.put_participant(participant)
        return participant

    return await store.write(board_id, command, Reads(participants=(participant_id,)))


async def submit(
    store: Store,
    board_id: int,
    named: str,
    pseudonym: str,
    request: messages.NewCard | messages.NewQuestion,
    called: Called = _nobody,
) -> tuple[Post, bool]:
    """Stores a new post; `named` and `pseudonym` are the author's participant ids; `called` finds people of the roster by what
    was typed. False: the post was there already, unchanged.

    Raises `Conflict` where the id is taken by another post.
    """
    kind = Kind.CARD if isinstance(request, messages.NewCard) else Kind.QUESTION
    text = messages.post_text(kind, request.text)
    digest = hashlib.sha256(messages.encode(request)).hexdigest()[:32]
    author = pseudonym if request.anonymous else named

    def command(transaction: Transaction) -> tuple[Post, bool]:
        stored = transaction.post(str(request.id))
        if stored is not None:
            if stored.participant not in (named, pseudonym) or stored.digest != digest:
                raise Conflict("This id belongs to another post. Please send it again as a new one.")
            return stored, False
        board, participant = transaction.board, transaction.participant(named)
        _refuse_muted(transaction, (named, pseudonym))
        _may_post(transaction, kind, participant, request.anonymous)
        post = Post(
            id=str(request.id),
            kind=kind,
            state=State.PENDING if board.frozen or board.premoderates(kind) else State.VISIBLE,
            seq=0,
            content_seq=0,
            created_at=0,
            participant=author,
            text=text,
            author_name=None if request.anonymous else participant.name,
            author_team=None if request.anonymous else participant.team,
            digest=digest,
        )
        if isinstance(request, messages.NewCard):
            to = _recipients(transaction, request.to, participant, called)
            post = msgspec.structs.replace(post, to=to, theme=_theme(board, request.theme))
        elif request.session is not None:
            session = _session(transaction, request.session)
            _takes_questions(session)
            post = msgspec.structs.replace(post, session=session.id)
        post = msgspec.structs.replace(post, published=post.state is State.VISIBLE)
        return transaction.add_post(post), True

    return await store.write(board_id, command, Reads(posts=(str(request.id),), participants=(named, pseudonym)))


async def edit(
    store: Store,
    board_id: int,
    participants: Sequence[str],
    post_id: str,
    request: messages.Edit,
    called: Called = _nobody,
) -> Post:
    """An author, by the named participant id and the pseudonym, changes or takes back an own post."""

    def command(transaction: Transaction) -> Post:
        post = _known(transaction, post_id)
        if post.participant not in participants:
            # Whether a post that is not public exists is nobody's business.
            if post.state is State.VISIBLE:
                raise Forbidden("Only its author can change this post.")
            raise NotFound("This post is not on the board.")
        if request.state is not None:
            if request.state is not State.WITHDRAWN:
                raise Forbidden("You can take your post back, nothing else.")
            if (request.text, request.to, request.theme) != (None, None, msgspec.UNSET):
                raise Invalid("Either change the post or take it back.", field="state")
            return _withdraw(transaction, post)
        return _rewrite(transaction, post, request, participants, called)

    return await store.write(board_id, command, Reads(posts=(post_id,), participants=participants))


async def vote(store: Store, board_id: int, participant: str, post_id: str, on: bool, came_at: int = 0) -> Post:
    """One vote a participant a question; repeating changes nothing. `came_at` is when the phone first came, in microseconds."""

    def command(transaction: Transaction) -> Post:
        post = _public(transaction, post_id)
        if post.kind is not Kind.QUESTION:
            raise Invalid("Votes are for questions; cards take reactions.")
        if on and post.session and _session(transaction, post.session).questions is Questions.CLOSED:
            raise Closed("Voting in this session has ended.")
        return transaction.vote(post, participant, on, came_at)

    return await store.write(board_id, command, Reads(posts=(post_id,), marks=((post_id, participant, VOTE),)))


async def react(
    store: Store, board_id: int, participant: str, post_id: str, reaction: Reaction, on: bool
) -> tuple[Post, list[Reaction]]:
    """Sets or takes back a reaction on a card. Gives the post and this participant's reactions on it."""

    def command(transaction: Transaction) -> tuple[Post, list[Reaction]]:
        post = _public(transaction, post_id)
        if post.kind is not Kind.CARD:
            raise Invalid("Reactions are for cards; questions take votes.")
        post = transaction.mark(post, participant, reaction, on)
        return post, [key for key in Reaction if transaction.marked((post.id, participant, key))]

    return await store.write(board_id, command, Reads(posts=(post_id,), marks=((post_id, participant, reaction),)))


def _refuse_muted(transaction: Transaction, participants: Sequence[str]) -> None:
    """Muted is the phone, under both of its ids. Moderators see the one that they muted: only the phone itself has both."""
    if any(transaction.participant(participant).muted for participant in participants):
        raise Closed("A moderator has paused posting from this phone. You can still read and vote.")


def _may_post(transaction: Transaction, kind: Kind, participant: Participant, anonymous: bool) -> None:
    board = transaction.board
    if kind is Kind.CARD and not board.cards_open:
        raise Closed("Cards are closed just now. Yours is still here; try again later.")
    if anonymous and not board.anonymous:
        raise Invalid("This board shows who writes. Please post with your name.", field="anonymous")
    if not anonymous and participant.name is None and board.names is Names.REQUIRED:
        raise Invalid("Please tell us your name first: this board shows who says thank you.", field="name")


def _recipients(transaction: Transaction, to: Sequence[messages.To], author: Participant, called: Called) -> list[Recipient]:
    """Who a card is for. Its author is nobody of them, also where the card does not say who wrote it."""
    recipients = _addressed(transaction, to, called)
    if any(_is_oneself(recipient, author) for recipient in recipients):
        raise Invalid("A card to oneself? Celebrate somebody else; others will celebrate you.", field="to")
    return recipients


def _addressed(transaction: Transaction, to: Sequence[messages.To], called: Called) -> list[Recipient]:
    people = _on_roster(transaction, [entry.person for entry in to if entry.person is not None])
    return _linked(transaction, messages.recipients(to, people), called)


def _is_oneself(recipient: Recipient, author: Participant) -> bool:
    own_name = author.name is not None and fold(recipient.name) == fold(author.name)
    own_team = recipient.team is None or fold(recipient.team) == fold(author.team or "")
    return (own_name and own_team) or bool(recipient.person and recipient.person == author.person)


def _linked(transaction: Transaction, recipients: Sequence[Recipient], called: Called) -> list[Recipient]:
    """A name that was typed in full becomes the person of the roster; or the card would never reach that person's phone."""
    typed = [None if one.person else called(one.name, one.team) for one in recipients]
    people = _on_roster(transaction, [person.id for person in typed if person])  # who is gone by now stays a name
    linked = (people.get(person.id, one) if person else one for one, person in zip(recipients, typed, strict=True))
    return list(dict.fromkeys(linked))


def _on_roster(transaction: Transaction, wanted: Sequence[str]) -> dict[str, Recipient]:
    return {person.id: Recipient(person.name, person.team, person.id) for person in transaction.people(*wanted)}


def _theme(board: Board, wanted: str | None) -> str | None:
    if wanted is None:
        return None
    theme = board.theme(wanted)
    if theme is None:
        raise Invalid("This theme is not on the board. Please choose one of those shown.", field="theme")
    return theme.id


def _session(transaction: Transaction, session_id: str) -> Session:
    session = transaction.session(session_id)
    if session is None:
        raise Invalid("This session is not on the agenda.", field="session")
    return session


def _takes_questions(session: Session) -> None:
    if session.questions is Questions.CLOSED:
        raise Closed("Questions in this session are closed.")
    if session.questions is Questions.PAUSED:
        raise Closed("Questions in this session are paused. You can still read and vote.")


def _known(transaction: Transaction, post_id: str) -> Post:
    post = transaction.post(post_id)
    if post is None:
        raise NotFound("This post is not on the board.")
    return post


def _public(transaction: Transaction, post_id: str) -> Post:
    post = _known(transaction, post_id)
    if post.state is not State.VISIBLE:
        raise NotFound("This post is not on the board.")
    return post


def _withdraw(transaction: Transaction, post: Post) -> Post:
    if post.state is State.WITHDRAWN:
        return post
    _clear_spotlight(transaction, post)
    return transaction.change_post(post, state=State.WITHDRAWN, pinned=False)


def _rewrite(transaction: Transaction, post: Post, request: messages.Edit, participants: Sequence[str], called: Called) -> Post:
    author = transaction.participant(participants[0])
    if post.state not in (State.PENDING, State.VISIBLE):
        raise Closed("A moderator has put this post aside, so it can't be changed. You can take it back and write a new one.")
    if transaction.seconds_since(post.created_at) > EDIT_SECONDS:
        raise Closed(f"After {EDIT_SECONDS // 60} minutes a post stays as it is. You can still take it back.")
    _refuse_muted(transaction, participants)  # or an old post would carry what a new one may not
    board = transaction.board
    if post.state is State.VISIBLE and (board.frozen or board.premoderates(post.kind)):
        # Otherwise an approved text could be turned into one that nobody approved.
        raise Closed("This post has been approved as it is. You can take it back and write a new one.")
    changes: dict[str, Any] = {}
    if request.text is not None:
        changes["text"] = messages.post_text(post.kind, request.text)
    if post.kind is Kind.CARD:
        if request.to is not None:
            if post.author_name is not None:  # the name that the card shows
                author = Participant(author.id, post.author_name, post.author_team)
            changes["to"] = _recipients(transaction, request.to, author, called)
        if request.theme is not msgspec.UNSET:
            changes["theme"] = _theme(board, request.theme)
    elif request.to is not None or request.theme is not msgspec.UNSET:
        raise Invalid("A question has no recipient and no theme.", field="to")
    changes = {name: value for name, value in changes.items() if getattr(post, name) != value}
    return transaction.change_post(post, **changes) if changes else post


# -- moderators ----------------------------------------------------------------------------------------------------


async def moderate(
    store: Store,
    board_id: int,
    actor: Actor,
    post_id: str,
    request: messages.Moderation,
    called: Called = _nobody,
    own: Sequence[str] = (),
) -> Post:
    """Moves a post to another state and changes what moderators may change, with a line in the audit trail. `own` are the
    moderator's own participant ids: recipients alone, of an own card, are changed as its author changes them.

    Raises `Conflict` with the present post where `expect` no longer holds or the move is not allowed from here.
    """
    reason = messages.reason(request.reason)
    answer = messages.answer(request.answer) if request.answer is not msgspec.UNSET else None

    def command(transaction: Transaction) -> Post:
        transaction.require_link(actor)
        post = _known(transaction, post_id)
        if post.participant in own and request == messages.Moderation(to=request.to):
            return _rewrite(transaction, post, messages.Edit(to=request.to), own, called)
        if request.expect is not None and post.state is not request.expect and not _did(actor, post, request.state):
            raise Conflict(_who_was_faster(post), post=post)
        if request.state is not None:
            post = _move(transaction, actor, post, request.state, reason)
        if request.to is not None:
            post = _correct(transaction, actor, post, request, called)
        changes: dict[str, Any] = {}
        if request.pinned is not None:
            if request.pinned and post.state is not State.VISIBLE:
                raise Conflict("Only a post on the board can be pinned.", post=post)
            changes["pinned"] = request.pinned
        if request.answered is not None or request.answer is not msgspec.UNSET or request.session is not msgspec.UNSET:
            if post.kind is not Kind.QUESTION:
                raise Invalid("Only questions are answered or moved to a session.")
            if request.answered is not None:
                changes["answered"] = request.answered
            if request.answer is not msgspec.UNSET:
                changes["answer"] = answer
            if request.session is not msgspec.UNSET:
                changes["session"] = _session(transaction, request.session).id if request.session else None
        return _change(transaction, actor, post, changes)

    return await store.write(board_id, command, Reads(posts=(post_id,)))


async def take_back_votes(store: Store, board_id: int, actor: Actor, since: int) -> tuple[list[Post], int]:
    """Takes back all votes of phones that came to the board at `since` (microseconds since 1970) or later, as after a flood of
    votes by phones that nobody holds. Gives the questions as they are now, and how many votes they lost."""

    def command(transaction: Transaction) -> tuple[list[Post], int]:
        transaction.require_link(actor)
        posts, votes = transaction.take_back_votes(since)
        detail = f"{votes}, of phones that came since {messages.iso(since)}"
        transaction.record(actor.name, "take-back-votes", detail=detail)
        return posts, votes

    return await store.write(board_id, command)


async def moderate_all(store: Store, board_id: int, actor: Actor, request: messages.Bulk) -> tuple[list[Post], list[Post]]:
    """Moves many posts in one transaction. Gives those moved and those that cannot go there from where they are."""
    ids, reason = messages.bulk_ids(request.ids), messages.reason(request.reason)

    def command(transaction: Transaction) -> tuple[list[Post], list[Post]]:
        transaction.require_link(actor)
        posts = [_known(transaction, post_id) for post_id in ids]
        moved, refused = [], []
        for post in posts:
            if post.state is request.state or _may_move(transaction, actor, post, request.state):
                moved.append(_move(transaction, actor, post, request.state, reason))
            else:
                refused.append(post)
        return moved, refused

    return await store.write(board_id, command, Reads(posts=ids))


async def present(store: Store, board_id: int, actor: Actor, request: messages.NewScreen) -> Screen:
    """Chooses what the large screen shows."""

    def command(transaction: Transaction) -> Screen:
        transaction.require_link(actor)
        session = _session(transaction, request.session).id if request.session else None
        post = None
        if request.scene is Scene.SPOTLIGHT:
            if request.post is None:
                raise Invalid("Which post? A spotlight needs one.", field="post")
            post = _public(transaction, messages.post_id(request.post)).id
        elif request.post is not None:
            raise Invalid("Only a spotlight shows one post.", field="post")
        turns = messages.turns(request.turns) if request.turns is not None else msgspec.UNSET
        before = messages.scene_before(request.before) if request.before is not None else msgspec.UNSET
        if request.scene in INTERRUPTIONS:
            screen = scenes.interrupted(transaction.screen, Screen(request.scene, session, post, turns, before))
        else:
            screen = Screen(turns[0].scene if turns else request.scene, session, None, turns)
        if screen != transaction.board.screen:
            transaction.change_board(screen=screen)
            takes_turns = bool(turns) and screen.scene not in INTERRUPTIONS
            transaction.record(actor.name, "present", detail="turns" if takes_turns else request.scene)
        return screen

    return await store.write(board_id, command)


async def change_board(store: Store, board_id: int, actor: Actor, request: messages.BoardChange) -> Board:
    """Switches approval, cards and freezing; for what is posted from now on."""

    def command(transaction: Transaction) -> Board:
        transaction.require_link(actor)
        wanted = {
            "cards_open": request.cards_open,
            "frozen": request.frozen,
            "premoderate_card": request.premoderate.card if request.premoderate else None,
            "premoderate_question": request.premoderate.question if request.premoderate else None,
        }
        board = transaction.board
        changes = {name: value for name, value in wanted.items() if value is not None and getattr(board, name) != value}
        if not changes:
            return board
        for name, value in changes.items():
            transaction.record(actor.name, name, detail="on" if value else "off")
        return transaction.change_board(**changes)

    return await store.write(board_id, command)


async def change_session(
    store: Store, board_id: int, actor: Actor, session_id: str, request: messages.SessionChange
) -> Session:
    def command(transaction: Transaction) -> Session:
        transaction.require_link(actor)
        session = transaction.session(session_id)
        if session is None:
            raise NotFound("This session is not on the agenda.")
        if session.questions is request.questions:
            return session
        transaction.record(actor.name, f"questions {request.questions}", detail=session.title)
        return transaction.change_session(session, questions=request.questions)

    return await store.write(board_id, command)


async def mute(store: Store, board_id: int, actor: Actor, participant_id: str, muted: bool) -> Participant:
    """Muted: may read and vote, not post."""

    def command(transaction: Transaction) -> Participant:
        transaction.require_link(actor)
        if not re.fullmatch(r"[0-9a-f]{32}", participant_id):
            raise NotFound("Nobody on this board has this id.")
        participant = transaction.participant(participant_id)
        if participant.muted == muted:
            return participant
        participant = msgspec.structs.replace(participant, muted=muted)
        transaction.put_participant(participant)
        transaction.touch_board()
        transaction.record(actor.name, "mute" if muted else "unmute", detail=participant_id)
        return participant

    return await store.write(board_id, command)


async def free_name(store: Store, board_id: int, actor: Actor, person_id: str, with_posts: bool = False) -> Person:
    """Lets another phone take this name of the roster. The phone that had it is asked again who it is. Its posts stay its own,
    or go along to the phone that takes the name next (`with_posts`): there they can be taken back, here no more."""

    def command(transaction: Transaction) -> Person:
        transaction.require_link(actor)
        person = transaction.person(person_id)
        if person is None:
            raise NotFound("Nobody on the list has this id.")
        if person.holder is None:
            return person
        held = transaction.participant(person.holder)
        transaction.put_participant(msgspec.structs.replace(held, name=None, team=None, person=None))
        posts = freed.leave(transaction, held, person) if with_posts else 0
        transaction.record(actor.name, "free-name", detail=f"{person.name}, with posts: {posts}" if with_posts else person.name)
        return msgspec.structs.replace(person, holder=None)

    return await store.write(board_id, command)


def _move(transaction: Transaction, actor: Actor, post: Post, state: State, reason: str | None) -> Post:
    if post.state is state:
        return post
    if not _may_move(transaction, actor, post, state):
        raise Conflict(approvals.refusal(post, state), post=post)
    changes: dict[str, Any] = {"state": state, "reason": reason if state is not State.VISIBLE else None}
    if state is State.VISIBLE:
        changes["published"] = True
        changes["approved_at"] = transaction.now if post.state is State.PENDING else None
    else:
        changes["pinned"] = False
        _clear_spotlight(transaction, post)
    transaction.record(actor.name, state, post, reason)
    return transaction.change_post(post, **changes, moderated_by=actor.name, moderated_at=transaction.now)


def _may_move(transaction: Transaction, actor: Actor, post: Post, state: State) -> bool:
    if approvals.is_undo(post, state):
        # Who put it on the screen has acted on it, too.
        return approvals.may_undo(post, actor, transaction.seconds_since) and transaction.screen.post != post.id
    return state in MODERATOR_MOVES[post.state]


def _change(transaction: Transaction, actor: Actor, post: Post, changes: dict[str, Any]) -> Post:
    changes = {name: value for name, value in changes.items() if getattr(post, name) != value}
    if not changes:
        return post
    if changes.get("answered"):
        _clear_spotlight(transaction, post)
    for name, value in changes.items():
        detail = ("on" if value else "off") if isinstance(value, bool) else value
        transaction.record(actor.name, name, post, detail)
    changes |= approvals.kept(post, actor)
    return transaction.change_post(post, **changes, moderated_by=actor.name, moderated_at=transaction.now)


def _correct(transaction: Transaction, actor: Actor, post: Post, request: messages.Moderation, called: Called) -> Post:
    """To whom a card goes: whoever is only almost called so would never see it. What its author wrote stays as it is."""
    to = _addressed(transaction, request.to or [], called)
    if post.kind is Kind.CARD and to == post.to:
        return post  # sent twice because its answer was lost
    corrections.refuse(post, request.expect_to)
    if any(_is_oneself(one, corrections.shown_author(post)) for one in to):
        raise Invalid("Its author cannot be one of those whom a card is for.", field="to")
    transaction.record(actor.name, "to", post, corrections.told(post.to, to))
    changes: dict[str, Any] = approvals.kept(post, actor)
    if corrections.marks_decision(post):
        changes |= {"moderated_by": actor.name, "moderated_at": transaction.now}
    return transaction.change_post(post, to=to, **changes)


def _clear_spotlight(transaction: Transaction, post: Post) -> None:
    """A post that leaves the board, or is answered, leaves the screen in the same transaction."""
    if transaction.screen.post == post.id:
        transaction.change_board(screen=scenes.resumed(transaction.screen))


def _did(actor: Actor, post: Post, state: State | None) -> bool:
    """The same act, sent twice because its answer was lost."""
    return state is not None and post.state is state and post.moderated_by == actor.name


def _who_was_faster(post: Post) -> str:
    words = {State.VISIBLE: "approved", State.HIDDEN: "hidden", State.REJECTED: "held", State.PENDING: "put back to waiting"}
    if post.state is State.WITHDRAWN:
        return "Its author has taken this post back."
    return f"{post.moderated_by or 'Somebody'} has {words[post.state]} this post meanwhile."


# -- organisers, by command line -----------------------------------------------------------------------------------


def new_board(connection: Connection, now: int, title: str, code: str | None = None, **fields: Any) -> tuple[int, str]:
    """Makes a board; gives its id and code. Raises `Invalid` for a code that cannot be, `Conflict` for one that is taken."""
    if code is not None:
        code = code.strip().upper()
        if not re.fullmatch(CODE_PATTERN, code):
            raise Invalid("A code has 4 to 12 of the letters A-Z, the digits 0-9 and the hyphen.", field="code")
    code = code or _free_code(connection)
    if connection.execute(select(schema.boards.c.id).where(schema.boards.c.code == code)).first():
        raise Conflict(f"There is a board with the code {code} already.")
    board = Board(
        id=0, code=code, epoch=new_epoch(), seq=0, settings_seq=0, title=messages.name(title, "title"), themes=DEFAULT_THEMES
    )
    board = msgspec.structs.replace(board, **fields)
    names = [column.name for column in schema.boards.columns if column.name in Board.__struct_fields__ and column.name != "id"]
    values = rows.board_values(**{name: getattr(board, name) for name in names})
    values |= {"sessions_seq": 0, "last_post_at": 0, "created_at": now}
    result = connection.execute(insert(schema.boards).values(**values).returning(schema.boards.c.id))
    return int(result.scalar_one()), code


def new_epoch(*, restored: bool = False) -> str:
    """A history's name: readers of another one start again from a snapshot."""
    return f"{RESTORED_EPOCH if restored else ''}{secrets.token_hex(8)}"


def new_link(transaction: Transaction, role: Role, name: str) -> str:
    """Makes a staff link and gives its token, which is not kept."""
    name = messages.name(name, "name")
    token = access.new_token()
    link = {"board_id": transaction.board.id, "id": secrets.token_hex(8), "role": role, "name": name}
    transaction.connection.execute(insert(schema.links).values(**link, digest=access.digest(token), created_at=transaction.now))
    transaction.touch_board()
    transaction.record("command line", "link", detail=f"{role} {name}")
    return token


def new_links(transaction: Transaction) -> dict[Role, str]:
    """A first link of every role, named after it."""
    return {role: new_link(transaction, role, role) for role in Role}


def revoke_link(transaction: Transaction, role: Role, name: str) -> int:
    """Takes back the links of this role and name; gives how many there were."""
    name = messages.name(name, "name")
    table = schema.links
    result = transaction.connection.execute(
        update(table)
        .where(
            table.c.board_id == transaction.board.id,
            table.c.role == role,
            table.c.name == name,
            table.c.revoked_at.is_(None),
        )
        .values(revoked_at=transaction.now)
    )
    if result.rowcount:
        transaction.touch_board()
        transaction.record("command line", "revoke", detail=f"{role} {name}")
    return int(result.rowcount)


def find_link(connection: Connection, token: str) -> tuple[int, Link] | None:
    """The board's id and the link that this token opens."""
    table = schema.links
    row = connection.execute(
        select(table).where(table.c.digest == access.digest(token), table.c.revoked_at.is_(None))
    ).one_or_none()
    return (row.board_id, Link(row.id, Role(row.role), row.name)) if row else None


def purge(connection: Connection, board_id: int) -> None:
    """Erases a board and everything in it."""
    for table in reversed(schema.metadata.sorted_tables):
        column = table.c.id if table is schema.boards else table.c.board_id
        connection.execute(delete(table).where(column == board_id))


def _free_code(connection: Connection) -> str:
    for _ in range(100):
        code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
        if not connection.execute(select(schema.boards.c.id).where(schema.boards.c.code == code)).first():
            return code
    raise BoardError("No free code was found. Please give one with --code.")

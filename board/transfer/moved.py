"""A board as one JSON file, which another server takes in. Pure.

What does not move: staff links and hosts' links, because they open doors of one server; phones and their names, because their
cookies hold on one server alone; who voted or reacted, of which the numbers move. Posts of one phone
stay together, under a number that means nothing elsewhere.
"""

from __future__ import annotations

import re
import secrets
from base64 import b64encode
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from board.data.everything import Everything, Line, Logo
from board.data.moving import Arrived
from board.model import images, ledger, requests, screening, translated, views
from board.model.consent import UNDECIDED, Consent, Decided, refusals
from board.model.erased import marked
from board.model.models import MAX_RECIPIENTS, Board, BoardError, Invalid, Kind, Post, Reaction, Recipient, Session, State
from board.model.showing import all_screens, kept
from board.model.text import clean
from board.model.thanking import key_of
from board.transfer import asked

FORMAT, VERSION = "brilliance-board", 1
MAX_FILE_BYTES = 200 * 1024 * 1024
MAX_SETTINGS_BYTES = 256 * 1024
MAX_POSTS, MAX_MARKS, MAX_PEOPLE, MAX_SESSIONS, MAX_LINES = 200_000, 2_000_000, 50_000, 2_000, 1_000_000
MAX_PREPARED = 100_000
# Of a board on this server, or of this server's life.
_NOT_MOVED = ("id", "code", "epoch", "seq", "settings_seq", "links", "muted", "trusted", "rehearsal_of", "notes")
LATEST_MICROSECONDS = 2**53
_Short = Annotated[str, msgspec.Meta(max_length=1_000)]
_Count = Annotated[int, msgspec.Meta(ge=0, le=MAX_MARKS)]


# -- out -----------------------------------------------------------------------------------------------------------


def view(found: Everything) -> dict[str, Any]:
    """The first parts are for people and for programs that read; `format` says that all is there that an import needs."""
    phones: dict[str, int] = {}
    posts = [_post_view(post, phones) | asked.merged_view(post, found.merged.get(post.id, 0)) for post in found.posts]
    settings = msgspec.to_builtins(found.board)
    logo = found.logo
    return {
        "format": {"name": FORMAT, "version": VERSION},
        "board": views.board_view(found.board),
        "settings": {name: value for name, value in settings.items() if name not in _NOT_MOVED},
        "logo": {"media_type": logo.media_type, "base64": b64encode(logo.data).decode()} if logo else None,
        "themes": found.board.themes,
        "teams": found.board.teams,
        "sessions": found.sessions,
        "people": found.people,
        "posts": posts,
        "prepared": [asked.prepared_view(one) for one in found.prepared],
        "consents": _consents(found, phones),
        "muted_phones": sorted(phones[phone] for phone in found.board.muted if phone in phones),
        "audit": [views.line_view(*line) for line in found.audit],
    }


def _consents(found: Everything, phones: dict[str, int]) -> list[dict[str, Any]]:
    """Of phones that posted, by their number, and of people; of names that were typed the refusals alone. They must hold on
    another server, too, where those who refused cannot be asked."""
    said = []
    for one in sorted(found.decisions.all, key=lambda one: phones.get(one.participant, 0)):
        who: dict[str, Any] = {"phone": phones[one.participant]} if one.participant in phones else {}
        if person := one.holds or one.person:
            who["person"] = person
        elif one.name and refusals(one.consent) != UNDECIDED:
            who |= {"name": one.name, "team": one.team}
        if who:
            said.append(who | msgspec.structs.asdict(one.consent))
    return said


def _post_view(post: Post, phones: dict[str, int]) -> dict[str, Any]:
    moderated = {"moderated_by": post.moderated_by, "moderated_at": views.iso(post.moderated_at) if post.moderated_at else None}
    own = {"state": post.state, "reason": post.reason, "published": post.published}
    moderated |= {"answered_at": views.iso(post.answered_at)} if post.answered_at else {}
    said = set(post.thanks.values())
    thanked = {"thanked": [at for at, one in enumerate(post.to) if key_of(one) in said]} if said else {}
    return views.post_view(post) | own | moderated | thanked | {"phone": phones.setdefault(post.participant, len(phones) + 1)}


# -- in ------------------------------------------------------------------------------------------------------------


class _Format(msgspec.Struct):
    name: str
    version: int


class _Author(msgspec.Struct):
    name: _Short
    team: _Short | None = None
    erased: bool = False


class _To(Recipient, frozen=True):
    erased: bool = False


class _Translation(msgspec.Struct):
    lang: _Short
    text: str


class _Post(msgspec.Struct):
    id: UUID
    kind: Kind
    state: State
    created_at: _Short
    text: str
    phone: Annotated[int, msgspec.Meta(ge=1, le=MAX_POSTS)]
    author: _Author | None = None
    to: Annotated[list[_To], msgspec.Meta(max_length=MAX_RECIPIENTS)] = []
    theme: _Short | None = None
    session: _Short | None = None
    votes: _Count = 0
    reactions: dict[Reaction, _Count] = {}
    thanked: Annotated[list[_Count], msgspec.Meta(max_length=5)] = []
    pinned: bool = False
    voice: bool = False
    answered: bool = False
    answer: str | None = None
    answer_translations: list[_Translation] = []
    reason: str | None = None
    published: bool = False
    moderated_by: _Short | None = None
    moderated_at: _Short | None = None
    owner: _Short | None = None
    owner_person: _Short | None = None
    due: _Short | None = None
    set_aside: str | None = None
    answered_at: _Short | None = None
    joined: _Count = 0
    merged: asked.Merged | None = None


class _Person(msgspec.Struct):
    id: Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9_-]{1,60}$")]
    name: _Short
    team: _Short | None = None


class _Line(msgspec.Struct):
    at: _Short
    actor: _Short
    action: _Short
    post: _Short | None = None
    detail: Annotated[str, msgspec.Meta(max_length=5_000)] | None = None


class _Consent(msgspec.Struct):
    phone: Annotated[int, msgspec.Meta(ge=1, le=MAX_POSTS)] | None = None
    person: _Short | None = None
    name: _Short | None = None
    team: _Short | None = None
    recap: bool | None = None
    outside: bool | None = None
    directory: bool | None = None


class _Logo(msgspec.Struct):
    media_type: Annotated[str, msgspec.Meta(pattern="^image/(png|jpeg|webp)$")]
    base64: Annotated[str, msgspec.Meta(max_length=2_000_000)]


class _Whole(msgspec.Struct):
    format: _Format
    board: dict[str, msgspec.Raw]
    settings: dict[str, Any]
    sessions: Annotated[list[Session], msgspec.Meta(max_length=MAX_SESSIONS)]
    people: Annotated[list[_Person], msgspec.Meta(max_length=MAX_PEOPLE)]
    posts: Annotated[list[_Post], msgspec.Meta(max_length=MAX_POSTS)]
    muted_phones: Annotated[list[int], msgspec.Meta(max_length=MAX_POSTS)] = []
    audit: Annotated[list[_Line], msgspec.Meta(max_length=MAX_LINES)] = []
    logo: _Logo | None = None
    consents: Annotated[list[_Consent], msgspec.Meta(max_length=MAX_POSTS)] = []
    prepared: Annotated[list[asked.NotAsked], msgspec.Meta(max_length=MAX_PREPARED)] = []


class Moved(msgspec.Struct):
    """A board on its way: `settings` are fields of `Board`, `code` the one that it had."""

    code: str
    title: str
    settings: dict[str, Any]
    arrived: Arrived


def read(data: bytes) -> Moved:
    """Raises `Invalid` with a sentence for what is no such file, or has something in it that cannot be."""
    if len(data) > MAX_FILE_BYTES:
        raise Invalid("moved-too-large", mib=MAX_FILE_BYTES // 1024 // 1024)
    _check_format(data)
    try:
        return _moved(msgspec.json.decode(data, type=_Whole))
    except msgspec.MsgspecError as error:
        raise Invalid("moved-wrong", reason=str(error)) from None


def _check_format(data: bytes) -> None:
    class Head(msgspec.Struct):
        format: _Format | None = None
        board: dict[str, msgspec.Raw] | None = None

    try:
        head = msgspec.json.decode(data, type=Head)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise Invalid("moved-not-ours") from None
    if head.format is None:
        raise Invalid("moved-older" if head.board is not None else "moved-not-ours")
    if head.format.name != FORMAT:
        raise Invalid("moved-not-ours")
    if head.format.version > VERSION:
        raise Invalid("moved-newer")


def _moved(whole: _Whole) -> Moved:
    board = _board(whole)
    posts = sorted((_checked(number, post) for number, post in enumerate(whole.posts, 1)), key=lambda post: post.created_at)
    _refuse_repeated("posts", [post.id for post in posts])
    _refuse_repeated("prepared questions", [str(one.id) for one in whole.prepared])
    _refuse_repeated("people", [person.id for person in whole.people])
    _refuse_repeated("sessions", [session.id for session in whole.sessions])
    if sum(post.votes + sum(post.reactions.values()) for post in posts) > MAX_MARKS:
        raise Invalid("moved-wrong", reason="more votes and reactions than a board can have")
    settings = {name: getattr(board, name) for name in Board.__struct_fields__ if name not in (*_NOT_MOVED, "title")}
    return Moved(
        code=msgspec.json.decode(whole.board["code"], type=str) if "code" in whole.board else "",
        title=requests.name(board.title, "title"),
        settings=settings,
        arrived=Arrived(
            posts=asked.without_strays(posts),
            sessions=[_session(session) for session in whole.sessions],
            people={person.id: (_name(person.name), _optional(person.team)) for person in whole.people},
            muted={str(phone) for phone in whole.muted_phones},
            audit=[Line(_moment(line.at), line.actor, line.action, line.post, line.detail) for line in whole.audit],
            logo=_logo(board.logo, whole.logo) if whole.logo and board.logo else None,
            decided=[_decided(one) for one in whole.consents],
            merged={str(post.id): post.merged.votes for post in whole.posts if post.merged},
            prepared=asked.arrived(whole.prepared, {session.id for session in whole.sessions}, _moment),
        ),
    )


def _board(whole: _Whole) -> Board:
    if len(views.encode(whole.settings)) > MAX_SETTINGS_BYTES:
        raise Invalid("moved-wrong", reason="the settings are too long")
    of_this_server = {"id": 0, "code": "", "epoch": "", "seq": 0, "settings_seq": 0}
    moving = {name: value for name, value in whole.settings.items() if name not in _NOT_MOVED}
    board = msgspec.convert(moving | of_this_server, Board)
    try:
        ZoneInfo(board.time_zone)
    except (ValueError, LookupError, OSError):
        raise Invalid("moved-wrong", reason=f"there is no time zone {board.time_zone!r:.60}") from None
    if board.accent is not None and not re.fullmatch("#[0-9a-f]{6}", board.accent):
        raise Invalid("moved-wrong", reason="the accent is no colour")
    if board.stage not in ("dark", "light"):
        raise Invalid("moved-wrong", reason="the stage is neither dark nor light")
    if board.archived_at is not None and not 0 <= board.archived_at <= LATEST_MICROSECONDS:
        raise Invalid("moved-wrong", reason="it was archived at no time")
    posts = {str(post.id) for post in whole.posts}
    board = msgspec.structs.replace(board, **kept(screening.arrived(all_screens(board), posts)))
    return board if whole.logo else msgspec.structs.replace(board, logo=None)


def _checked(number: int, post: _Post) -> Post:
    """As the board takes it. `participant` is the phone's number yet."""
    try:
        to = [Recipient(_name(one.name, erased=one.erased), _optional(one.team), one.person) for one in post.to]
        return Post(
            id=str(post.id),
            kind=post.kind,
            state=post.state,
            seq=0,
            content_seq=0,
            created_at=_moment(post.created_at),
            participant=str(post.phone),
            text=requests.post_text(post.kind, post.text),
            author_name=_name(post.author.name, erased=post.author.erased) if post.author else None,
            author_team=_optional(post.author.team) if post.author else None,
            to=to,
            theme=post.theme,
            session=post.session,
            votes=post.votes if post.kind is Kind.QUESTION else 0,
            reactions={key: count for key, count in post.reactions.items() if count} if post.kind is Kind.CARD else {},
            thanks={secrets.token_hex(16): key_of(to[at]) for at in post.thanked if at < len(to)},
            pinned=post.pinned,
            voice=post.voice and post.kind is Kind.QUESTION,
            answered=post.answered,
            answer=post.answer and clean(post.answer, "answer", (0, 1_000), lines=True),
            answer_translations=translated.arrived((one.lang, one.text) for one in post.answer_translations if post.answer),
            reason=post.reason and clean(post.reason, "reason", (0, 1_000), lines=True),
            published=post.published or post.state is State.VISIBLE,
            moderated_by=post.moderated_by,
            moderated_at=_moment(post.moderated_at) if post.moderated_at else None,
            digest="",
            **(_fate(post) if post.kind is Kind.QUESTION else {}),
            # Nobody knows when: its text goes sooner here, never later.
            withdrawn_at=_moment(post.created_at) if post.state is State.WITHDRAWN else None,
        )
    except BoardError as error:
        raise Invalid("moved-post-wrong", number=number, reason=str(error.message.values.get("reason", error.key))) from None


def _fate(post: _Post) -> dict[str, Any]:
    """The fate of a question: its owner and day, the reason why it is set aside, and the question that it is joined with."""
    return {
        "owner": _name(post.owner) if post.owner else None,
        "owner_person": post.owner_person,
        "due": ledger.due(post.due) if post.due and post.owner else None,
        "set_aside": ledger.set_aside(post.set_aside),
        "answered_at": _moment(post.answered_at) if post.answered_at else None,
        "joined": post.joined,
    } | asked.merged_fields(post.merged, post.state)


def _session(session: Session) -> Session:
    for moment in (session.starts_at, session.ends_at):
        if moment is not None:
            _moment(moment)
    speakers = [_name(speaker) for speaker in session.speakers]
    title, room = clean(session.title, "title", (1, 120)), clean(session.room, "room", (0, 60))
    return msgspec.structs.replace(session, title=title, room=room, speakers=speakers)


def _decided(one: _Consent) -> Decided:
    """`participant` is the phone's number yet; empty: a phone that posted nothing."""
    phone, consent = str(one.phone) if one.phone else "", Consent(one.recap, one.outside, one.directory)
    return Decided(phone, consent, one.person, _name(one.name) if one.name else None, _optional(one.team))


def _name(name: str, *, erased: bool = False) -> str:
    return marked(requests.name(name)) if erased else requests.name(name)


def _optional(name: str | None) -> str | None:
    return requests.optional_name(name, "team")


def _moment(moment: str) -> int:
    """Microseconds since 1970. Raises `Invalid`."""
    try:
        found = datetime.fromisoformat(moment)
        return round((found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp() * 1_000_000)
    except (ValueError, OverflowError):
        raise Invalid("moved-wrong", reason=f"{moment!r:.60} is no time") from None


def _logo(digest: str, logo: _Logo) -> Logo:
    """By the rules of a logo that an organiser uploads: its bytes say what it is, and it is small when it is unpacked."""
    try:
        media_type, data = images.logo(f"data:{logo.media_type};base64,{logo.base64}")
    except Invalid:
        media_type, data = "", b""
    if not data or not re.fullmatch("[0-9a-f]{8,64}", digest):
        raise Invalid("moved-wrong", reason="the logo is no picture that a board can have")
    return Logo(digest, media_type, data)


def _refuse_repeated(what: str, ids: list[str]) -> None:
    if len(set(ids)) < len(ids):
        raise Invalid("moved-wrong", reason=f"two {what} have one id")

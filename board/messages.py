"""The wire: request JSON to a command, a post to what an audience may see of it, and frames. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, TypeVar
from uuid import UUID

import msgspec

from board import text
from board.folding import tidy
from board.models import (
    ANSWER_GRAPHEMES,
    CARD_TEXT_GRAPHEMES,
    INTERRUPTIONS,
    MAX_BULK,
    MAX_RECIPIENTS,
    MAX_TURNS,
    NAME_GRAPHEMES,
    QUESTION_TEXT_GRAPHEMES,
    REASON_GRAPHEMES,
    TURN_SECONDS,
    Audience,
    Board,
    BoardError,
    Invalid,
    Kind,
    NotJson,
    Participant,
    Person,
    Post,
    Questions,
    Recipient,
    Scene,
    SceneBefore,
    Screen,
    Session,
    State,
    Turn,
)

T = TypeVar("T")

# Whole numbers up to here are exact in JavaScript, and fit into MessagePack and both databases.
# An answer of pages: what a phone on a slow network still gets in a few seconds.
PAGE_BYTES = 2**20
MAX_SEQ = 2**53
WEEK_MINUTES = 7 * 24 * 60
MINUTES_DIGITS = 6

_HALF_PAIR = re.compile("[\ud800-\udfff]")

# -- requests ------------------------------------------------------------------------------------------------------


class _Request(msgspec.Struct, forbid_unknown_fields=True):
    """Strict: no field that is not named here, no "1" for 1."""


class Join(_Request):
    """A name and a team, or somebody of the roster."""

    name: str | None = None
    team: str | None = None
    person: str | None = None


class To(_Request):
    """A recipient: someone on the roster, or a name with or without a team."""

    person: str | None = None
    name: str | None = None
    team: str | None = None


class NewCard(_Request, tag_field="kind", tag="card"):
    id: UUID
    to: list[To]
    text: str
    theme: str | None = None
    anonymous: bool = False


class NewQuestion(_Request, tag_field="kind", tag="question"):
    id: UUID
    text: str
    session: str | None = None
    anonymous: bool = False


class Edit(_Request):
    """What an author may change of an own post."""

    text: str | None = None
    to: list[To] | None = None
    theme: str | msgspec.UnsetType | None = msgspec.UNSET
    state: State | None = None


class Moderation(_Request):
    """What a moderator may change of any post. `expect` is the state that the moderator saw, `expect_to` the recipients."""

    state: State | None = None
    reason: str | None = None
    pinned: bool | None = None
    answered: bool | None = None
    answer: str | msgspec.UnsetType | None = msgspec.UNSET
    session: str | msgspec.UnsetType | None = msgspec.UNSET
    to: list[To] | None = None
    expect: State | None = None
    expect_to: list[To] | None = None


class Bulk(_Request):
    ids: list[str]
    state: State
    reason: str | None = None


class NewScreen(_Request):
    scene: Scene
    session: str | None = None
    post: str | None = None
    turns: list[Turn] | None = None
    before: SceneBefore | None = None


class Premoderate(_Request):
    card: bool | None = None
    question: bool | None = None


class BoardChange(_Request):
    premoderate: Premoderate | None = None
    cards_open: bool | None = None
    frozen: bool | None = None


class SessionChange(_Request):
    questions: Questions


class Applied(_Request):
    type: Literal["applied"]  # no tag: msgspec does not ask for one where there is only one shape
    seq: Annotated[int, msgspec.Meta(ge=0, le=MAX_SEQ)]


def parse_post(body: bytes) -> NewCard | NewQuestion:
    return parse(body, NewCard | NewQuestion)  # type: ignore[arg-type]  # a union is no type[T], yet msgspec takes it


def parse(body: bytes, shape: type[T]) -> T:
    """The request in this shape. Raises `NotJson`, or `Invalid` with the field at fault."""
    try:
        try:
            return msgspec.json.decode(body, type=shape)
        except msgspec.ValidationError as error:
            msgspec.json.decode(body)  # a wrong shape is found before the end is read; what follows may be no JSON at all
            words, field = _words(str(error))
            raise Invalid(words, field=field) from None
    except (ValueError, RecursionError):  # also msgspec.DecodeError and UnicodeDecodeError
        raise _unreadable(body) from None


def _unreadable(body: bytes) -> BoardError:
    """Half a surrogate pair, escaped, is well-formed JSON, and msgspec alone refuses it: the text is at fault then."""
    try:
        value = json.loads(body.decode())
        fields = value if isinstance(value, dict) else {}
        broken = next((field for field in fields if _HALF_PAIR.search(json.dumps(fields[field], ensure_ascii=False))), None)
    except (ValueError, RecursionError):
        broken = None
    if broken is None:
        return NotJson("This is not the JSON that was expected here.")
    field = _HALF_PAIR.sub("?", broken)
    return Invalid("There is a character in it that cannot be shown. Please type it again.", field=field)


def _words(error: str) -> tuple[str, str | None]:
    """msgspec says "Expected `str`, got `int` - at `$.text`"; people get the sentence and the field apart."""
    message, _, path = error.partition(" - at `$")
    field = path.rstrip("`").lstrip(".").split(".")[0].split("[")[0] or None
    for marker in ("unknown field `", "required field `", "Invalid value '"):
        if marker in message and field is None and "value" not in marker:
            field = message.split(marker)[1].split("`")[0]
    for terse, plain in (("Object missing required field", "This request lacks the field"), ("Object", "This request")):
        message = message.replace(terse, plain)
    return re.sub("`([^`]*)`", r"“\1”", message) + ".", field


def card_text(value: str) -> str:
    return text.clean(value, "text", CARD_TEXT_GRAPHEMES, lines=True)


def question_text(value: str) -> str:
    return text.clean(value, "text", QUESTION_TEXT_GRAPHEMES, lines=True)


def post_text(kind: Kind, value: str) -> str:
    return card_text(value) if kind is Kind.CARD else question_text(value)


def name(value: str, field: str = "name") -> str:
    """As it is stored: without what cannot be seen, or a name could be taken again with it."""
    return text.clean(tidy(text.clean(value, field, NAME_GRAPHEMES)), field, NAME_GRAPHEMES)


def optional_name(value: str | None, field: str) -> str | None:
    return name(value, field) if value else None


def reason(value: str | None) -> str | None:
    return (text.clean(value, "reason", REASON_GRAPHEMES, lines=True) or None) if value else None


def answer(value: str | None) -> str | None:
    return (text.clean(value, "answer", ANSWER_GRAPHEMES, lines=True) or None) if value else None


def recipients(to: Sequence[To], people: Mapping[str, Recipient]) -> list[Recipient]:
    """Who a card is for; `people` has the roster's entries that it names."""
    if not 1 <= len(to) <= MAX_RECIPIENTS:
        raise Invalid(f"A card goes to one to {MAX_RECIPIENTS} people or teams.", field="to")
    found: list[Recipient] = []
    for entry in to:
        if entry.person is not None:
            if entry.name is not None or entry.team is not None:
                raise Invalid("Give a person or a name, not both.", field="to")
            if entry.person not in people:
                raise Invalid("This person is not on the list any more. Please type the name.", field="to")
            recipient = people[entry.person]
        elif entry.name is not None:
            recipient = Recipient(name(entry.name, "to"), optional_name(entry.team, "to"))
        else:
            raise Invalid("Who is it for? A name is missing.", field="to")
        if recipient not in found:
            found.append(recipient)
    return found


def turns(wanted: Sequence[Turn]) -> list[Turn]:
    """Scenes that take turns; a spotlight and a blank screen are for the moment, not for coming round again."""
    least, most = TURN_SECONDS
    if not 2 <= len(wanted) <= MAX_TURNS:
        raise Invalid(f"Two to {MAX_TURNS} scenes can take turns.", field="turns")
    for turn in wanted:
        if turn.scene in INTERRUPTIONS:
            raise Invalid(f"“{turn.scene}” can't take turns with others.", field="turns")
        if not least <= turn.seconds <= most:
            raise Invalid(f"A scene stays for {least} to {most} seconds.", field="turns")
    return list(wanted)


def scene_before(wanted: SceneBefore) -> SceneBefore:
    """What an interruption goes back to: anything but another interruption."""
    if wanted.scene in INTERRUPTIONS:
        raise Invalid(f"The screen can't go back to “{wanted.scene}”.", field="before")
    return wanted


def bulk_ids(ids: Sequence[str]) -> list[str]:
    if not 1 <= len(ids) <= MAX_BULK:
        raise Invalid(f"Choose one to {MAX_BULK} posts at a time.", field="ids")
    return list(dict.fromkeys(post_id(value) for value in ids))


def post_id(value: str) -> str:
    """A UUID in its usual form, so that one id cannot be spelt in two ways."""
    try:
        return str(UUID(value))
    except ValueError:
        raise Invalid("This is not the id of a post.", field="id") from None


# -- views ---------------------------------------------------------------------------------------------------------


def iso(microseconds: int) -> str:
    """Always with microseconds, so that times sort as strings."""
    return (
        datetime.fromtimestamp(microseconds / 1_000_000, UTC).strftime("%Y-%m-%dT%H:%M:%S.")
        + f"{microseconds % 1_000_000:06d}Z"
    )


# The year 9999 in any zone.
LATEST_SECONDS = 253_402_200_000


def iso_milliseconds(microseconds: int) -> str:
    """The server's clock, as it stands in frames."""
    return f"{iso(microseconds)[:-4]}Z"


def microseconds(value: str, field: str) -> int:
    """A time as `iso` writes it, or with another offset. Raises `Invalid`."""
    try:
        at = datetime.fromisoformat(value)
        if at.tzinfo is None or not 0 <= at.timestamp() < LATEST_SECONDS:
            raise ValueError  # with its offset it may lie outside of what a calendar has
        return int(at.timestamp() * 1_000_000)
    except (ValueError, OverflowError):
        raise Invalid(f"“{field}” is a time such as 2026-11-23T09:00:00Z.", field=field) from None


def minutes(value: str) -> int:
    """1 to the minutes of a week. Raises `Invalid`."""
    if value.isascii() and value.isdigit() and len(value) <= MINUTES_DIGITS and 1 <= int(value) <= WEEK_MINUTES:
        return int(value)
    raise Invalid(f"“minutes” is a number from 1 to {WEEK_MINUTES}.", field="minutes")


def post_view(post: Post, audience: Audience = Audience.PUBLIC) -> dict[str, Any]:
    """The post as everyone sees it; moderators also see its state and where it came from."""
    view: dict[str, Any] = {
        "id": post.id,
        "kind": post.kind,
        "seq": post.seq,
        "created_at": iso(post.created_at),
        "author": {"name": post.author_name, "team": post.author_team} if post.author_name else None,
        "text": post.text,
        "pinned": post.pinned,
    }
    if post.kind is Kind.CARD:
        view["to"] = post.to
        view["reactions"] = post.reactions
        if post.theme:
            view["theme"] = post.theme
    else:
        view["votes"] = post.votes
        view["answered"] = post.answered
        if post.answer:
            view["answer"] = post.answer
        if post.session:
            view["session"] = post.session
    if audience is Audience.MODERATORS:
        view["state"] = post.state
        view["participant"] = post.participant
        if post.reason:
            view["reason"] = post.reason
        if post.moderated_by and post.moderated_at:
            view["moderated_by"] = post.moderated_by
            view["moderated_at"] = iso(post.moderated_at)
    return view


def counts_view(post: Post) -> dict[str, Any]:
    """What votes and reactions change of a post that the viewer has."""
    counts = {"reactions": post.reactions} if post.kind is Kind.CARD else {"votes": post.votes}
    return {"id": post.id, "seq": post.seq} | counts


def own_view(post: Post) -> dict[str, Any]:
    """An own post, with what became of it."""
    view = post_view(post) | {"state": post.state}
    if post.reason and post.state in (State.REJECTED, State.HIDDEN):
        view["reason"] = post.reason
    return view


def mine_view(post: Post) -> dict[str, Any]:
    """One line of a `mine` frame."""
    own = own_view(post)
    return {key: own[key] for key in ("id", "state", "reason") if key in own}


def participant_view(participant: Participant | None) -> dict[str, Any] | None:
    if participant is None:
        return None
    view = {"id": participant.id, "name": participant.name, "team": participant.team}
    return view | ({"person": participant.person} if participant.person else {})


def person_view(person: Person, participant_id: str | None) -> dict[str, Any]:
    """Somebody of the roster; `taken` where another phone than this participant's goes by the name."""
    view: dict[str, Any] = {"id": person.id, "name": person.name, "team": person.team}
    return view | ({"taken": True} if person.holder not in (None, participant_id) else {})


def board_view(board: Board, audience: Audience = Audience.PUBLIC) -> dict[str, Any]:
    view: dict[str, Any] = {
        "code": board.code,
        "title": board.title,
        "subtitle": board.subtitle,
        "starts_on": board.starts_on,
        "ends_on": board.ends_on,
        "time_zone": board.time_zone,
        "names": board.names,
        "anonymous": board.anonymous,
        "cards_open": board.cards_open,
        "frozen": board.frozen,
        "premoderate": {"card": board.premoderate_card, "question": board.premoderate_question},
        "lease": board.lease_seconds,
        "stage": board.stage,
    }
    return view | {"muted": board.muted} if audience is Audience.MODERATORS else view


def screen_view(screen: Screen, audience: Audience = Audience.PUBLIC) -> Screen:
    """What an interruption goes back to is for those who end it."""
    return screen if audience is Audience.MODERATORS else msgspec.structs.replace(screen, before=msgspec.UNSET)


# -- frames --------------------------------------------------------------------------------------------------------


SNAPSHOT_START = b'{"type":"snapshot",'


def fitting(views: Iterable[object], most_bytes: int = PAGE_BYTES) -> list[msgspec.Raw]:
    """As many views as fit in a page of `most_bytes`, in JSON; at least the first, or nobody could go on from there."""
    page: list[msgspec.Raw] = []
    for view in views:
        encoded = encode(view)
        most_bytes -= len(encoded) + 1
        if page and most_bytes < 0:
            break
        page.append(msgspec.Raw(encoded))
    return page


def encode(value: object) -> bytes:
    return msgspec.json.encode(value)


def snapshot_frame(
    board: Board,
    sessions: Sequence[Session],
    totals: Mapping[str, int],
    posts: Sequence[msgspec.Raw],
    more: bool,
    audience: Audience,
) -> bytes:
    return encode(
        {
            "type": "snapshot",
            "epoch": board.epoch,
            "seq": board.seq,
            "board": board_view(board, audience),
            "sessions": sessions,
            "themes": board.themes,
            "teams": board.teams,
            "screen": screen_view(board.screen, audience),
            "totals": totals,
            "posts": posts,
            "more": more,
        }
    )


def glance(board: Board, sessions: Sequence[Session], posts: Sequence[msgspec.Raw]) -> bytes:
    """A board's beginning, to stand in its page: `<` is escaped, so that no text can end the element it stands in."""
    parts = {"board": board_view(board), "themes": board.themes, "teams": board.teams, "screen": screen_view(board.screen)}
    return encode(parts | {"sessions": sessions, "posts": posts}).replace(b"<", rb"\u003c")


def changes_frame(after: int, to: int, posts: Sequence[msgspec.Raw], gone: Sequence[str], **rest: object) -> bytes:
    """`rest` is `board`, `sessions`, `screen`, `themes` or `teams`, where they changed."""
    return encode({"type": "changes", "after": after, "to": to, "posts": posts, "gone": gone, **rest})


def mine_frame(posts: Sequence[Post]) -> bytes:
    return encode({"type": "mine", "posts": [mine_view(post) for post in posts]})


def presence_frame(online: int, screens: Sequence[Mapping[str, object]] | None = None, voters: int = 0) -> bytes:
    """`screens` and `voters` are for moderators; how many voted is told only where it is more than there are phones."""
    frame: dict[str, object] = {"type": "presence", "online": online}
    if screens is not None:
        frame["screens"] = screens
    if voters:
        frame["voters"] = voters
    return encode(frame)


def beat_frame(seq: int, now: int) -> bytes:
    """`now` in microseconds since 1970."""
    return encode({"type": "beat", "seq": seq, "now": iso_milliseconds(now)})


def problem(error: BoardError) -> dict[str, Any]:
    """RFC 9457."""
    body: dict[str, Any] = {
        "type": f"urn:brilliance-board:{error.slug}",
        "title": error.title,
        "status": error.status,
        "code": error.slug,
        "detail": error.detail,
    }
    if error.field:
        body["field"] = error.field
    if error.post:
        body["post"] = post_view(error.post, Audience.MODERATORS)
    return body

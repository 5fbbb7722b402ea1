"""What comes in: request JSON becomes a command, or a refusal that says what is wrong. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from board.model import shapes, text
from board.model.folding import tidy
from board.model.messages import T
from board.model.models import (
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
    BoardError,
    Floor,
    Invalid,
    Kind,
    NotJson,
    Questions,
    Recipient,
    Scene,
    SceneBefore,
    State,
    Turn,
)
from board.model.views import LATEST_SECONDS

MAX_SEQ = 2**53
WEEK_MINUTES = 7 * 24 * 60
MINUTES_DIGITS = 6
_HALF_PAIR = re.compile("[\ud800-\udfff]")


class _Request(msgspec.Struct, forbid_unknown_fields=True):
    """Strict: refuses unknown fields, and "1" for 1."""


class Join(_Request):
    """A name and a team, or somebody of the roster."""

    name: str | None = None
    team: str | None = None
    person: str | None = None


class ConsentWish(_Request):
    """For each layer yes or no; a layer that is not named stays as it was."""

    recap: bool | msgspec.UnsetType = msgspec.UNSET
    outside: bool | msgspec.UnsetType = msgspec.UNSET
    directory: bool | msgspec.UnsetType = msgspec.UNSET


class Badge(_Request):
    """What a badge's address ends with."""

    badge: str


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
    voice: Literal[True] | msgspec.UnsetType = msgspec.UNSET
    """To be asked at the microphone. Unset, not False: so a question has the digest that older versions gave it."""


class Writer(_Request):
    """On whose behalf somebody writes: as they say they are called."""

    name: str
    team: str | None = None


class CardFor(_Request, tag_field="kind", tag="card"):
    """A card on behalf of somebody; without an author: of somebody who gives no name."""

    id: UUID
    to: list[To]
    text: str
    theme: str | None = None
    author: Writer | None = None


class QuestionFor(_Request, tag_field="kind", tag="question"):
    id: UUID
    text: str
    session: str | None = None
    author: Writer | None = None


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
    answer_translations: dict[str, str | None] | msgspec.UnsetType | None = msgspec.UNSET
    """By languages, as km or pt-BR. Null: this one no longer."""
    session: str | msgspec.UnsetType | None = msgspec.UNSET
    owner: str | To | msgspec.UnsetType | None = msgspec.UNSET
    due: str | msgspec.UnsetType | None = msgspec.UNSET
    set_aside: str | msgspec.UnsetType | None = msgspec.UNSET
    to: list[To] | None = None
    expect: State | None = None
    expect_to: list[To] | None = None
    trust: bool | None = None
    """Whether later posts of the same participant wait for no approval."""


FATE_FIELDS = ("owner", "due", "set_aside")
"""Those of `Moderation` that say what became of a question."""


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


class FloorChange(_Request):
    """The rule at the microphone of a session; None: there is none."""

    floor: Floor | None


class Left(_Request):
    """The outcome of the question that was answered until now."""

    post: str
    to: Literal["answered", "later"]


class NextQuestion(_Request):
    """The question to answer now (None: no question), and the outcome of the one before."""

    post: str | None
    left: Left | None = None


class Applied(_Request):
    type: Literal["applied"]  # no tag: msgspec does not ask for one where there is only one shape
    seq: Annotated[int, msgspec.Meta(ge=0, le=MAX_SEQ)]


def parse_for(body: bytes) -> CardFor | QuestionFor:
    return parse(body, CardFor | QuestionFor)  # type: ignore[arg-type]  # see below


def parse_post(body: bytes) -> NewCard | NewQuestion:
    return parse(body, NewCard | NewQuestion)  # type: ignore[arg-type]  # a union is no type[T], yet msgspec takes it


def parse(body: bytes, shape: type[T]) -> T:
    """The request in this shape. Raises `NotJson`, or `Invalid` with the field at fault."""
    try:
        try:
            return msgspec.json.decode(body, type=shape)
        except msgspec.ValidationError as error:
            msgspec.json.decode(body)  # a wrong shape is found before the end is read; what follows may be no JSON at all
            raise shapes.refusal(str(error)) from None
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
        return NotJson("json-expected")
    field = _HALF_PAIR.sub("?", broken)
    return Invalid("character-not-shown", field=field)


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


def answer(value: str | None, field: str = "answer") -> str | None:
    return (text.clean(value, field, ANSWER_GRAPHEMES, lines=True) or None) if value else None


def recipients(to: Sequence[To], people: Mapping[str, Recipient], field: str = "to") -> list[Recipient]:
    """A recipient of a card; `people` has the roster's entries that it names. `field`: which part of the request it is."""
    if not 1 <= len(to) <= MAX_RECIPIENTS:
        raise Invalid("recipients-wrong-number", field=field, most=MAX_RECIPIENTS)
    found: list[Recipient] = []
    for entry in to:
        if entry.person is not None:
            if entry.name is not None or entry.team is not None:
                raise Invalid("person-or-name", field=field)
            if entry.person not in people:
                raise Invalid("person-not-listed-type-name", field=field)
            recipient = people[entry.person]
        elif entry.name is not None:
            recipient = Recipient(name(entry.name, field), optional_name(entry.team, field))
        else:
            raise Invalid("recipient-missing", field=field)
        if recipient not in found:
            found.append(recipient)
    return found


def turns(wanted: Sequence[Turn]) -> list[Turn]:
    """Scenes that take turns; a spotlight and a blank screen are for the moment, not for coming round again."""
    least, most = TURN_SECONDS
    if not 2 <= len(wanted) <= MAX_TURNS:
        raise Invalid("turns-wrong-number", field="turns", most=MAX_TURNS)
    for turn in wanted:
        if turn.scene in INTERRUPTIONS:
            raise Invalid("turns-scene-wrong", field="turns", scene=turn.scene.value)
        if not least <= turn.seconds <= most:
            raise Invalid("turns-seconds-wrong", field="turns", least=least, most=most)
    return list(wanted)


def scene_before(wanted: SceneBefore) -> SceneBefore:
    """What an interruption goes back to: anything but another interruption."""
    if wanted.scene in INTERRUPTIONS:
        raise Invalid("scene-before-wrong", field="before", scene=wanted.scene.value)
    return wanted


def bulk_ids(ids: Sequence[str]) -> list[str]:
    if not 1 <= len(ids) <= MAX_BULK:
        raise Invalid("bulk-size-wrong", field="ids", most=MAX_BULK)
    return list(dict.fromkeys(post_id(value) for value in ids))


def post_id(value: str) -> str:
    """A UUID in its usual form, so that one id cannot be spelt in two ways."""
    try:
        return str(UUID(value))
    except ValueError:
        raise Invalid("post-id-wrong", field="id") from None


def microseconds(value: str, field: str) -> int:
    """A time as `iso` writes it, or with another offset. Raises `Invalid`."""
    try:
        at = datetime.fromisoformat(value)
        if at.tzinfo is None or not 0 <= at.timestamp() < LATEST_SECONDS:
            raise ValueError  # with its offset it may lie outside of what a calendar has
        return int(at.timestamp() * 1_000_000)
    except (ValueError, OverflowError):
        raise Invalid("time-wrong", field=field) from None


def minutes(value: str) -> int:
    """1 to the minutes of a week. Raises `Invalid`."""
    if value.isascii() and value.isdigit() and len(value) <= MINUTES_DIGITS and 1 <= int(value) <= WEEK_MINUTES:
        return int(value)
    raise Invalid("minutes-wrong", field="minutes", most=WEEK_MINUTES)

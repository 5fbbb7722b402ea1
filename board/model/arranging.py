"""An agenda as organisers make and change it: the shapes of the requests, what each field may be, and the order. Pure."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

import msgspec

from board.model import requests, text
from board.model.models import Board, Conflict, Invalid, NotFound, Questions, Session

# Each snapshot has the whole agenda.
MAX_SESSIONS = 2_000
MAX_SPEAKERS = 20
MOST_MINUTES = 600
# A party goes on after midnight, and is still of that day.
NIGHT_HOURS = 4
TITLE_GRAPHEMES = (1, 300)  # real agendas have 251
ROOM_GRAPHEMES = (0, 60)
# As a page writes a time: the board's own, or with Z or an offset.
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?")
_Unset = msgspec.UnsetType
_Kind = Literal["session", "break"]


class NewSession(msgspec.Struct, forbid_unknown_fields=True):
    """Times are the board's own, as 2026-05-04T09:30, or with Z or an offset. `before`: the id of one at the same time."""

    title: str
    starts_at: str | None = None
    ends_at: str | None = None
    room: str = ""
    speakers: list[str] = []
    questions: Questions | None = None
    kind: _Kind = "session"
    before: str | None = None


class SessionSeen(msgspec.Struct, forbid_unknown_fields=True):
    """What a page showed of a session when somebody began to change it."""

    title: str | _Unset = msgspec.UNSET
    starts_at: str | _Unset | None = msgspec.UNSET
    ends_at: str | _Unset | None = msgspec.UNSET
    room: str | _Unset = msgspec.UNSET
    speakers: list[str] | _Unset = msgspec.UNSET
    questions: Questions | _Unset = msgspec.UNSET
    kind: _Kind | _Unset = msgspec.UNSET


class SessionEdit(SessionSeen):
    """What is to be changed of it. `before`: the id of one at the same time, null for behind all of those."""

    before: str | _Unset | None = msgspec.UNSET
    expect: SessionSeen | _Unset = msgspec.UNSET


class SessionRemoval(msgspec.Struct, forbid_unknown_fields=True):
    """The session that its questions go to; None: they keep no session."""

    questions_to: str | _Unset | None = msgspec.UNSET


class Shift(msgspec.Struct, forbid_unknown_fields=True):
    """`start`: a session's id, or a time. Later is positive. `only`: the ids of those that move, as the way back needs them:
    what was moved may stand among others by then."""

    start: str = msgspec.field(name="from")
    minutes: Annotated[int, msgspec.Meta(ge=-MOST_MINUTES, le=MOST_MINUTES)]
    only: Annotated[list[str], msgspec.Meta(max_length=MAX_SESSIONS)] | None = None


def new_id() -> str:
    """An id for a session or a person. Ids from files look different."""
    return secrets.token_hex(6)


def new_session(session_id: str, wanted: NewSession, zone: str) -> Session:
    """Raises `Invalid`."""
    fields = {name: getattr(wanted, name) for name in _FIELDS if name != "questions"}
    fields["questions"] = wanted.questions or (Questions.CLOSED if wanted.kind == "break" else Questions.OPEN)
    return in_order(Session(session_id, **_tidy(fields, zone)))


_FIELDS = ("title", "starts_at", "ends_at", "room", "speakers", "questions", "kind")


def edited(session: Session, wanted: SessionEdit, zone: str) -> Session:
    """As it is after the edit. Raises `Conflict` with the present session where its editor saw another one, and `Invalid`."""
    seen = _tidy(_named(wanted.expect), zone) if wanted.expect is not msgspec.UNSET else {}
    if any(getattr(session, name) != value for name, value in seen.items()):
        raise Conflict("session-changed-meanwhile").telling(present=session)
    changed = msgspec.structs.replace(session, **_tidy(_named(wanted), zone))
    moved = (changed.starts_at, changed.ends_at) != (session.starts_at, session.ends_at)
    return in_order(changed) if moved else changed


def _named(wanted: SessionSeen) -> dict[str, Any]:
    return {name: value for name in _FIELDS if (value := getattr(wanted, name)) is not msgspec.UNSET}


def _tidy(fields: dict[str, Any], zone: str) -> dict[str, Any]:
    """As they are stored. Raises `Invalid`."""
    tidy: dict[str, Any] = dict(fields)
    if "title" in fields:
        tidy["title"] = text.clean(fields["title"], "title", TITLE_GRAPHEMES)
    if "room" in fields:
        tidy["room"] = text.clean(fields["room"], "room", ROOM_GRAPHEMES)
    if "speakers" in fields:
        tidy["speakers"] = speakers(fields["speakers"])
    if "kind" in fields:
        tidy["kind"] = msgspec.UNSET if fields["kind"] == "session" else fields["kind"]
    for name in ("starts_at", "ends_at"):
        if fields.get(name):
            tidy[name] = moment(fields[name], zone, name)
        elif name in fields:
            tidy[name] = None
    return tidy


def speakers(wanted: Sequence[str]) -> list[str]:
    if len(wanted) > MAX_SPEAKERS:
        raise Invalid("speakers-too-many", field="speakers", most=MAX_SPEAKERS)
    return [requests.name(speaker, "speakers") for speaker in wanted if len(speaker) > 0]


def moment(value: str, zone: str, field: str) -> str:
    """The stored form of a time, in UTC. Raises `Invalid`, also for a time that the clocks of the board's zone leave out."""
    try:
        if not _TIME.fullmatch(value):
            raise ValueError
        at = datetime.fromisoformat(value)
        if at.tzinfo is None:
            at = at.replace(tzinfo=ZoneInfo(zone))
            if at.astimezone(UTC).astimezone(at.tzinfo).replace(tzinfo=None) != at.replace(tzinfo=None):
                raise Invalid("session-time-left-out", field=field)
        return _stored(at)
    except (ValueError, OverflowError):
        raise Invalid("session-time-wrong", field=field) from None


def _stored(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def in_order(session: Session) -> Session:
    """Checks that a session with an end has a start before it. Raises `Invalid`."""
    if session.ends_at and not session.starts_at:
        raise Invalid("session-end-without-start", field="starts_at")
    if session.starts_at and session.ends_at and session.ends_at <= session.starts_at:
        raise Invalid("session-ends-before-start", field="ends_at")
    return session


def outside(session: Session, board: Board) -> list[str]:
    """The fields of its times that are on none of the board's days. Nothing is refused: a dinner on the day before is one."""
    days = {name: day for name in ("starts_at", "ends_at") if (day := local_day(getattr(session, name), board.time_zone))}
    early = {name for name, day in days.items() if board.starts_on and day < board.starts_on}
    late = {name for name, day in days.items() if board.ends_on and day > board.ends_on}
    return sorted(early | late)


def local_day(stored: str | None, zone: str) -> str | None:
    try:
        return datetime.fromisoformat(stored).astimezone(ZoneInfo(zone)).date().isoformat() if stored else None
    except OverflowError:  # of the first or the last day there is
        return None


def placed(sessions: Sequence[Session], session: Session, before: str | _Unset | None = msgspec.UNSET) -> list[Session]:
    """The agenda with this session, new or changed, in the order of time; those at the same time in the order that somebody
    gave them. `before`: the id of one at the same time, None: behind all of those, unset: where it is, or behind.

    Raises `NotFound` and `Invalid`."""
    old = next((one for one in sessions if one.id == session.id), None)
    if before is msgspec.UNSET and old is not None and old.starts_at == session.starts_at:
        return [session if one is old else one for one in sessions]
    rest = [one for one in sessions if one is not old]
    at = len(rest)
    if isinstance(before, str) and before != session.id:
        at = next((number for number, one in enumerate(rest) if one.id == before), -1)
        if at < 0:
            raise NotFound("session-unknown", field="before")
        if rest[at].starts_at != session.starts_at:
            raise Invalid("session-before-other-time", field="before")
    return by_time([*rest[:at], session, *rest[at:]])


def by_time(sessions: Sequence[Session]) -> list[Session]:
    """Those without a time at the end; those at the same time as they stand."""
    return sorted(sessions, key=lambda one: (one.starts_at is None, one.starts_at or ""))


def shifted(sessions: Sequence[Session], wanted: Shift, zone: str) -> tuple[list[Session], list[Session]]:
    """The agenda with everything from there on earlier or later by so many minutes, in its order; and those that moved.

    From a session: it and what begins with it or after it, until the night. From a time: what begins then or later. Raises
    `NotFound` and `Invalid`.
    """
    moving = set(wanted.only) if wanted.only is not None else _from(sessions, _start(sessions, wanted.start, zone), zone)
    later = timedelta(minutes=wanted.minutes)
    after = by_time([_moved(one, later) if one.id in moving else one for one in sessions])
    return after, [one for one in after if one.id in moving and one.starts_at]


def _from(sessions: Sequence[Session], start: str, zone: str) -> set[str]:
    day = _evening(start, zone)
    timed = [one for one in sessions if one.starts_at and one.starts_at >= start]
    return {one.id for one in timed if _evening(one.starts_at, zone) == day}


def _evening(stored: str | None, zone: str) -> str | None:
    """The day that it belongs to: what begins before the night is over belongs to the evening before."""
    try:
        earlier = datetime.fromisoformat(stored or "") - timedelta(hours=NIGHT_HOURS)
    except (ValueError, OverflowError):
        return None
    return local_day(earlier.isoformat(), zone)


def _start(sessions: Sequence[Session], wanted: str, zone: str) -> str:
    session = next((one for one in sessions if one.id == wanted), None)
    if session is not None:
        if session.starts_at is None:
            raise Invalid("session-without-time", field="from")
        return session.starts_at
    if not _TIME.fullmatch(wanted):
        raise NotFound("session-unknown", field="from")
    return moment(wanted, zone, "from")


def _moved(session: Session, later: timedelta) -> Session:
    times = {name: datetime.fromisoformat(at) for name in ("starts_at", "ends_at") if (at := getattr(session, name))}
    try:
        return msgspec.structs.replace(session, **{name: _stored(at + later) for name, at in times.items()})
    except OverflowError:
        raise Invalid("session-time-wrong", field="minutes") from None

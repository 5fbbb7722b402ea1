"""Which session the room is in: one rule for the server, phones and screens (`static/js/shared/agenda.js`), held to
`tests/vectors/agenda.json`. Pure; `now` is in milliseconds since 1970.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from board.model.models import Questions, Session

# So long after its end a session may still be going on, where no other has begun.
LINGERS_MS = 12 * 60 * 60 * 1000


Led = Mapping[str, str]
"""The session that a moderator put on the screen of a room, by room."""


@dataclass(frozen=True)
class Chosen:
    """A person's choice: a session's id, "" for all of them; when, in milliseconds since 1970; and what was led then."""

    session: str
    at: float
    led: Led | None = None


@dataclass(frozen=True)
class _Where:
    """The arguments of `current` that name the place."""

    room: str
    moved: str | None
    led: Led


@dataclass(frozen=True)
class _Timed:
    session: Session
    starts: float
    ends: float
    order: int
    takes: bool
    """Whether it is one with questions."""

    @property
    def room(self) -> str:
        return self.session.room


def current(
    sessions: Sequence[Session],
    now: float,
    *,
    room: str = "",
    moved: str | None = None,
    led: Led | None = None,
    chosen: Chosen | None = None,
    asked: Collection[str] = (),
) -> Session | None:
    """The session that is on: the one chosen, as long as the choice holds; else the agenda's. It stays on until the next one
    with questions begins or a moderator moves on. None: all questions.

    `sessions` in the agenda's order; `room` of a screen; `moved`: the session that a moderator put on a board's only screen;
    `led`: where it has several; `asked`: sessions that have questions.
    """
    timed = _timed(sessions, asked)
    where = _Where(room, moved, led or {})
    if chosen is not None and _holds(chosen, timed, now, where):
        return next((session for session in sessions if session.id == chosen.session), None)
    return _of_agenda(timed, now, where)


def parallel(sessions: Sequence[Session], now: float, asked: Collection[str] = ()) -> list[Session]:
    """Sessions that run at the same time in rooms of their own, for a person to choose from once: of each room one. Fewer than
    two: none."""
    on = [one for one in _timed(sessions, asked) if one.room and one.takes and one.starts <= now < one.ends]
    rooms = dict.fromkeys(one.room for one in on)
    found = [_pick([one for one in on if one.room == room], on) for room in rooms]
    return found if len(found) > 1 else []


def _timed(sessions: Sequence[Session], asked: Collection[str]) -> list[_Timed]:
    begun = [
        (session, _milliseconds(session.starts_at), order, session.questions is not Questions.CLOSED or session.id in asked)
        for order, session in enumerate(sessions)
    ]
    known = [(session, starts, order, takes) for session, starts, order, takes in begun if starts is not None]
    timed = []
    for session, starts, order, takes in known:
        ends = _milliseconds(session.ends_at)
        if ends is None or ends <= starts:  # without an end of its own: when the next one with questions begins in its room
            following = [
                begins
                for other, begins, _, others in known
                if others and begins > starts and (not session.room or not other.room or other.room == session.room)
            ]
            ends = min([starts + LINGERS_MS, *following])
        timed.append(_Timed(session, starts, ends, order, takes))
    return timed


def _milliseconds(value: str | None) -> float | None:
    if not value:
        return None
    at = datetime.fromisoformat(value)
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() * 1000


def _holds(chosen: Chosen, timed: Sequence[_Timed], now: float, where: _Where) -> bool:
    """A choice of what was not over yet holds while that lasts and no moderator goes on in its room; one of an earlier session,
    or of all, until the agenda moves on."""
    one = next((one for one in timed if one.session.id == chosen.session), None)
    before = where.led if chosen.led is None else chosen.led
    if one is not None and one.ends > chosen.at:
        return _lasts(one, timed, now) and not _moved_on(one, timed, now, where.led, before)
    then = replace(where, led=before)
    return _id(_of_agenda(timed, now, where)) == _id(_of_agenda(timed, chosen.at, then))


def _moved_on(one: _Timed, timed: Sequence[_Timed], now: float, led: Led, before: Led) -> bool:
    """Since it was chosen, a moderator went on in its room."""
    on = led.get(one.room)
    following = next((other for other in timed if other.session.id == on), None)
    if not one.room or following is None or following is one or on == before.get(one.room):
        return False
    return _lasts(following, timed, now)


def _id(session: Session | None) -> str | None:
    return session.id if session else None


def _of_agenda(timed: Sequence[_Timed], now: float, where: _Where) -> Session | None:
    planned = _of_plan(timed, now, where.room)
    main = where.room or (planned.room if planned else None)
    for put in (where.moved, where.led.get(main) if main else None):
        led = next((one for one in timed if one.session.id == put and _lasts(one, timed, now)), None)
        if led is not None:
            return led.session
    return planned


def _of_plan(timed: Sequence[_Timed], now: float, room: str) -> Session | None:
    here = _in_room([one for one in timed if one.takes], room)
    on = [one for one in here if one.starts <= now < one.ends]
    if on:
        return _pick(on, here)
    over = [one for one in here if one.ends <= now < one.ends + LINGERS_MS]
    latest = max((one.ends for one in over), default=0.0)
    return _pick([one for one in over if one.ends == latest], here) if over else None


def _lasts(one: _Timed, timed: Sequence[_Timed], now: float) -> bool:
    """Not over, or over its time while no other one is on and none has begun since."""
    if now < one.ends:
        return True
    others = [other for other in timed if other is not one and other.takes and other.starts <= now]
    return now < one.ends + LINGERS_MS and not any(other.starts >= one.ends or now < other.ends for other in others)


def _in_room(timed: Sequence[_Timed], room: str) -> Sequence[_Timed]:
    """What is in no room is in all of them."""
    here = [one for one in timed if not room or not one.room or one.room == room]
    return here if any(one.room == room for one in here) else timed


def _pick(several: Sequence[_Timed], here: Sequence[_Timed]) -> Session:
    """The room that the agenda names first, there the one that began last, of those the first."""
    rooms = {one.room for one in several}
    main = next((one.room for one in here if one.room and one.room in rooms), "")
    there = [one for one in several if not one.room or one.room == main]
    return min(there, key=lambda one: (-one.starts, one.order)).session

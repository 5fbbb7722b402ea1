"""How long a board is kept: the day on which it is erased, and the warnings before. Pure.

The days count from the last day of the gathering, in its time zone; without one, from the day of the last post; without a post,
from the day on which the board was made. A board that was made after its last day, as a copy of last year's, counts from the
day on which it was made. Nothing is erased of which organisers were not warned: where a warning is late, because the server
stood still or an organiser chose a shorter time, the day moves.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

DEFAULT_DAYS = 180
RETENTION_DAYS = (7, 730)
FIRST_WARNING_DAYS = 14
LAST_WARNING_DAYS = 1
WITHDRAWN_DAYS = 7
DAY_MICROSECONDS = 24 * 3600 * 1_000_000


class Since(StrEnum):
    """What the days count from."""

    END = "end"
    POST = "post"
    MADE = "made"


class Step(StrEnum):
    """What is due. If the day was put off, both warnings come again (`FORGET_WARNINGS`), or the last one (`FORGET_LAST`)."""

    NOTHING = "nothing"
    WARN_FIRST = "warn-first"
    WARN_LAST = "warn-last"
    FORGET_WARNINGS = "forget-warnings"
    FORGET_LAST = "forget-last"
    ERASE = "erase"


class Keeping(NamedTuple):
    """What the rule needs of a board. Times in microseconds since 1970; a `last_post_at` of 0: there is no post."""

    time_zone: str
    ends_on: str | None
    days: int | None
    created_at: int
    last_post_at: int
    first_warning_at: int | None = None
    last_warning_at: int | None = None


def kept_days(days: int | None) -> int:
    """`days`: as the organiser chose them. A board of an older version, or from a file, may have others than can be chosen."""
    least, most = RETENTION_DAYS
    return DEFAULT_DAYS if days is None else min(max(days, least), most)


def counted_from(board: Keeping) -> tuple[date, Since]:
    made = _day(board, board.created_at)
    if board.ends_on is not None and (end := date.fromisoformat(board.ends_on)) >= made:
        return end, Since.END
    if board.ends_on is None and board.last_post_at:
        return _day(board, board.last_post_at), Since.POST
    return made, Since.MADE


def erased_on(board: Keeping, now: int) -> date:
    """The day on which the board is erased, as it stands `now`: in its time zone, soon after that day has begun."""
    today, wanted = _day(board, now), _wanted(board)
    first = today if board.first_warning_at is None else _day(board, board.first_warning_at)
    last = today if board.last_warning_at is None else _day(board, board.last_warning_at)
    warned = first + timedelta(days=min(FIRST_WARNING_DAYS, kept_days(board.days)))
    return max(wanted, warned, last + timedelta(days=LAST_WARNING_DAYS))


def step(board: Keeping, now: int) -> Step:
    """What is to be done with the board `now`. One after the other, until there is nothing."""
    left = (erased_on(board, now) - _day(board, now)).days
    if left > FIRST_WARNING_DAYS:
        return Step.NOTHING if board.first_warning_at is None else Step.FORGET_WARNINGS
    if board.first_warning_at is None:
        return Step.WARN_FIRST
    if left > LAST_WARNING_DAYS:
        return Step.NOTHING if board.last_warning_at is None else Step.FORGET_LAST
    if board.last_warning_at is None:
        return Step.WARN_LAST
    return Step.ERASE if left <= 0 else Step.NOTHING


def withdrawn_before(now: int) -> int:
    """Texts that were taken back at this time or earlier are gone by now."""
    return now - WITHDRAWN_DAYS * DAY_MICROSECONDS


def _wanted(board: Keeping) -> date:
    begun, days = counted_from(board)[0], timedelta(days=kept_days(board.days))
    return begun + days if begun <= date.max - days else date.max


def _day(board: Keeping, moment: int) -> date:
    """The day of a moment. An imported file may have posts of any time, also outside the calendar: then the last day of all."""
    try:
        return datetime.fromtimestamp(moment / 1_000_000, _zone(board.time_zone)).date()
    except (ValueError, OverflowError, OSError):
        return date.max


def _zone(name: str) -> tzinfo:
    """One board in a zone that this computer does not know must not keep all others for ever."""
    try:
        return ZoneInfo(name)
    except (ValueError, LookupError, OSError):
        return UTC

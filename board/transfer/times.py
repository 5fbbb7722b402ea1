"""Days and times of day as people write them in spreadsheets. Pure.

Nothing is guessed: what does not match a pattern here raises `NotATime`. A library that takes anything is wrong without a
word: it reads “09.30” as nine o'clock, and “09:00-10:30” as nine o'clock in a zone of its own.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone


class NotATime(ValueError):
    """What somebody wrote is no day or time that is known here."""


DAY_SECONDS = 24 * 60 * 60
# A longer cell is no time; patterns are never tried on it.
LONGEST = 60

_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.,h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?|(?P<bare>h?))"
    r"(?:\s*(?P<half>[ap])\.?m\.?)?"
)
_CLOCK_OF_DIGITS = re.compile(r"(?P<hour>\d{1,2})(?P<minute>\d{2})(?:\s*(?P<half>[ap])\.?m\.?)?")
_RANGE = re.compile(r"\s*(?:[-–—−‐‑~～〜]|\b(?:to|until|bis|à)\b)\s*")
_MOMENT = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})(?:t|\s+)(.+?)\s*(z|[+-]\d{2}:?\d{2})?")
# Offsets from UTC in use today that are not whole hours. “09:00-10:30” has no offset: it is a range.
_PARTS_OF_HOURS = {-570, -210, -150, 210, 270, 330, 345, 390, 525, 570, 630, 765, 825}
_FARTHEST_MINUTES = (-12 * 60, 14 * 60)


def day(value: str) -> date:
    """2026-05-04. Raises `NotATime`."""
    found = _DAY.fullmatch(_plain(value))
    if found is None:
        raise NotATime(value)
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        raise NotATime(value) from None


def clock(value: str) -> int:
    """Seconds since midnight: 9:30, 09.30, 0930, 9h30, 9:30 AM, 3pm, 24:00 (the end of the day). Raises `NotATime`."""
    plain = _plain(value)
    found = _CLOCK.fullmatch(plain) or _CLOCK_OF_DIGITS.fullmatch(plain)
    if found is None:
        raise NotATime(value)
    parts = found.groupdict()
    if parts["minute"] is None and not (parts["half"] or parts["bare"]):
        raise NotATime(value)  # “9” may be anything
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    hour = _of_24(hour, parts["half"])
    if minute > 59 or second > 59 or hour > 24 or (hour == 24 and (minute or second)):
        raise NotATime(value)
    return hour * 3600 + minute * 60 + second


def span(value: str) -> tuple[int, int | None]:
    """A time of day, or two of them: “09:00-10:30”, “9 – 10.30 am”. Seconds since midnight. Raises `NotATime`."""
    first, *others = _RANGE.split(_plain(value))
    if not others:
        return clock(first), None
    if len(others) > 1:
        raise NotATime(value)
    end = clock(others[0])
    return _start_of_range(first, others[0], end), end


def moment(value: str) -> datetime:
    """2026-05-04T09:30 or 2026-05-04 9:30, with or without Z or an offset as +07:00. Without one it is naive, in whatever
    zone the caller knows. Raises `NotATime`."""
    found = _MOMENT.fullmatch(_plain(value))
    if found is None:
        raise NotATime(value)
    on, at, offset = found.groups()
    try:
        start = datetime.combine(day(on), datetime.min.time()) + timedelta(seconds=clock(at))
    except OverflowError:  # 24:00 on the last day there is
        raise NotATime(value) from None
    return start if offset is None else start.replace(tzinfo=_zone(offset))


def has_negative_offset(value: str) -> bool:
    """Whether what stands behind the time may as well be the end of a range: 2026-05-04T09:00-10:00."""
    return re.search(r"\d-\d{2}:?\d{2}$", _plain(value)) is not None and _MOMENT.fullmatch(_plain(value)) is not None


def _plain(value: str) -> str:
    """Digits of any script and full-width signs as ASCII; any white space is one space; small letters."""
    if len(value) > LONGEST:
        raise NotATime("too long for a time")
    digits = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in value)
    return " ".join(unicodedata.normalize("NFKC", digits).lower().split())


def _of_24(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    if hour > 12 or (half == "p" and hour == 0):
        raise NotATime(f"{hour} {half}m")
    return hour % 12 + (12 if half == "p" else 0)


def _start_of_range(first: str, second: str, end: int) -> int:
    """“9 – 10.30 am”: what stands behind the second time is meant for both, unless the range would run backwards."""
    half = re.search(r"([ap])\.?m\.?$", second)
    if half is None or re.search(r"[ap]\.?m\.?$", first):
        return clock(first)
    start = clock(f"{first} {half[1]}m")
    return start if start < end else clock(f"{first} {'a' if half[1] == 'p' else 'p'}m")


def _zone(offset: str) -> timezone:
    if offset == "z":
        return UTC
    minutes = int(offset[1:3]) * 60 + int(offset[-2:])
    minutes = -minutes if offset[0] == "-" else minutes
    least, most = _FARTHEST_MINUTES
    if not least <= minutes <= most or (minutes % 60 and minutes not in _PARTS_OF_HOURS):
        raise NotATime(offset)
    return timezone(timedelta(minutes=minutes))

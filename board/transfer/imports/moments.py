"""Times of day, spans and whole moments in one cell, as people write them. Pure. `times` has the strict patterns beneath."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone

from board.transfer import times
from board.transfer.imports.dates import Read, plain, read_day
from board.transfer.imports.found import Given

HOUR = 3600
_HALVES = (
    ("am", r"午前|上午|오전|ص|sa(?=\W*$)|π\.?μ\.?|a\.?\s?m\.?(?=\W|$)"),
    ("pm", r"午後|下午|오후|م|ch(?=\W*$)|μ\.?μ\.?|p\.?\s?m\.?(?=\W|$)"),
)
_IN_FRONT = re.compile(r"(午前|上午|오전|午後|下午|오후)\s*([\d:.時点분시分]+)")
_EAST = re.compile(r"(\d{1,2})\s*[時时点點시]\s*(?:(\d{1,2})\s*[分분]?|(半))?")
_HOURS = re.compile(r"(?<=\d)\s*(?:uhr|hrs?\.?|hours?|heures?|horas?|ore|น\.?|godz\.?|klo|giờ|h(?![\d\w]))(?=\W|$)")
_IN_HOURS = re.compile(r"(?<=\d)\s*h\s*(?=\d\d)")
_BEFORE = re.compile(
    r"^(?:at|um|von|from|de|das|às|a las|desde|à|kl\.?|klo|ca\.?|c\.|~|ab|from:|lúc|เวลา|ម៉ោង|pukul|jam|saat|godz\.?)\s+(?=\d)"
)
_WORDS = {
    "noon": "12:00",
    "midday": "12:00",
    "mittag": "12:00",
    "midi": "12:00",
    "mediodía": "12:00",
    "meio-dia": "12:00",
    "mezzogiorno": "12:00",
    "正午": "12:00",
    "midnight": "24:00",
    "mitternacht": "24:00",
    "minuit": "24:00",
    "medianoche": "24:00",
    "meia-noite": "24:00",
    "mezzanotte": "24:00",
}
_WORD = re.compile("|".join(rf"(?<!\w){word}(?!\w)" for word in _WORDS))
_ZONE = re.compile(
    r"\s*[\[(]?\b(?:(?:utc|gmt)\s*(?P<offset>[+-]\d{1,2}(?::?\d{2})?)?|(?P<name>[a-z]{1,4}[sd]?t)|(?P<z>z))\b[\])]?$"
)
_SLIP = re.compile(r"(?<=\d):(?=\s*[ap]m)")
_PART_OF_DAY = re.compile(r"0\.\d{6}")
_BARE = re.compile(r"\d{1,2}")
_RANGE = re.compile(
    r"\s*(?:-|–|—|−|‐|‑|~|～|〜|\bto\b|\btill?\b|\buntil\b|\bbis\b|\bà\b|\bau\b|\bhasta\b|\bal?\b|\baté\b|\bđến\b|\bถึง\b|ដល់)\s*"
)
_APART = re.compile(r"\s+(?:[-–—~]|to|bis|until|à)\s+")
_CONNECTORS = " ,;|@/–—-·•:()"
_JOINING = re.compile(r"(?:^|\s)(?:at|um|à|às|a las|kl\.?|klo|lúc|pukul|from|von|de|t)$")


@dataclass(frozen=True)
class Span:
    """Seconds since midnight. `zone`: an offset from UTC that stands beside it. `unclear`: it was a bare number, or a zone's
    letters, which several zones share."""

    start: int
    end: int | None = None
    zone: timezone | None = None
    unclear: str = ""


@dataclass(frozen=True)
class Moment:
    """The contents of a cell: a day, a span of time, or both."""

    day: Read | None = None
    span: Span | None = None
    exact: datetime | None = None
    """A moment with its own offset."""
    maybe_range: bool = False


def read_span(value: str) -> Span | None:
    """09:00, 9 – 10.30 am, 9-10 Uhr, 午後1時, noon, 0.375000 (a part of a day). Nothing where it is no time."""
    if not value or len(value) > times.LONGEST:
        return None
    text = plain(value)
    if _PART_OF_DAY.fullmatch(text):
        return Span(round(float(text) * 24 * 60) * 60)
    text, hours = _usual(text)
    try:
        return _span(text, hours)
    except times.NotATime:
        return _zoned(text, hours)


def read_moment(value: str, given: Given, *, number_alone: bool = False) -> Moment | None:
    """A day, a time, or both in one cell: “MAY 4 - 3pm”. Nothing where it is neither."""
    if not value or len(value) > times.LONGEST:
        return None
    try:
        exact = times.moment(value)
        if exact.tzinfo is not None:
            return Moment(exact=exact, maybe_range=times.has_negative_offset(value))
    except times.NotATime:
        pass
    if day := read_day(value, given, number_alone=number_alone):
        return Moment(day=day)
    if span := read_span(value):
        return Moment(span=span)
    text = " ".join(value.split())
    return _parted(text, given) or _two_moments(text, given)


def _two_moments(text: str, given: Given) -> Moment | None:
    """2026-05-04 09:00 – 2026-05-05 10:30."""
    left, *right = _APART.split(text)
    if len(right) != 1:
        return None
    first, last = _parted(left, given), _parted(right[0], given)
    if not (first and last and first.day and last.day and first.span and last.span):
        return None
    start, end = first.day.day_first, last.day.day_first
    if start is None or end is None or first.day.open or last.day.open or first.span.end or last.span.end:
        return None
    return Moment(first.day, replace(first.span, end=last.span.start + (end - start).days * times.DAY_SECONDS))


def read_minutes(value: str) -> int | None:
    """A length: 45, 45 min, 1:30, 1h30, 1.5 h, PT45M."""
    text = plain(value)
    if found := re.fullmatch(r"(\d{1,4})(?:\.0+)?\s*(?:m|min|mins|minutes?|minuten|minutos|minuti|分|phút)?\.?", text):
        return int(found[1])
    if found := re.fullmatch(r"(?:pt)?(\d{1,2})\s*(?::|h|hrs?|hours?)\s*(?:(\d{1,2})\s*(?:m|min|minutes?)?)?(?::00)?", text):
        return int(found[1]) * 60 + int(found[2] or 0)
    if found := re.fullmatch(r"(\d{1,2}[.,]\d{1,2})\s*(?:h|hrs?|hours?|std\.?|stunden|heures?|horas?)", text):
        return round(float(found[1].replace(",", ".")) * 60)
    if found := re.fullmatch(r"pt(\d{1,4})m", text):
        return int(found[1])
    return None


def _usual(text: str) -> tuple[str, bool]:
    """The words of other languages as `times` knows them; and whether a word for hours stood there, as in “9-10 Uhr”."""
    text = _IN_FRONT.sub(lambda found: f"{found[2]} {found[1]}", text)
    text = _EAST.sub(lambda found: f"{found[1]}:{(found[2] or ('30' if found[3] else '00')).zfill(2)} ", text)
    text = _WORD.sub(lambda found: _WORDS[found[0]], text)
    for half, written in _HALVES:
        text = re.sub(rf"(?<=\d)(:?)\s*(?:{written})", f" {half}", text)
    text = _SLIP.sub("", text)
    text = _BEFORE.sub("", text)
    text = _IN_HOURS.sub("h", text)
    bare = _HOURS.sub("", text)
    return " ".join(bare.split()), bare != text


def _span(text: str, hours: bool) -> Span:
    parts = _RANGE.split(text)
    if len(parts) > 2 or not all(parts):
        raise times.NotATime(text)
    if hours or (len(parts) == 2 and all(_BARE.fullmatch(part) for part in parts)):
        parts = [f"{part}:00" if _BARE.fullmatch(part) else part for part in parts]
    elif len(parts) == 2 and _BARE.fullmatch(parts[0]) and "m" not in parts[1]:
        parts[0] += ":00"
    start, end = times.span("-".join(parts))
    return Span(start, end)


def _zoned(text: str, hours: bool) -> Span | None:
    """With a zone behind it: UTC+7 is one, “ICT” is India's or Indochina's."""
    found = _ZONE.search(text)
    try:
        span = _span(text[: found.start()] if found else f"{text}:00", hours) if found or _BARE.fullmatch(text) else None
    except times.NotATime:
        return None
    if span is None or found is None:
        return span and replace(span, unclear=text)
    if found["name"]:
        return replace(span, unclear=found["name"].upper())
    return replace(span, zone=_offset(found["offset"] or "+0"))


def _offset(written: str) -> timezone | None:
    hours, minutes = re.fullmatch(r"[+-](\d{1,2}):?(\d{2})?", written).groups()  # type: ignore[union-attr]
    total = int(hours) * 60 + int(minutes or 0)
    return timezone(timedelta(minutes=-total if written[0] == "-" else total)) if total < 24 * 60 else None


def _parted(text: str, given: Given) -> Moment | None:
    """Splits a cell into day and time at a blank; the longest day that leaves a time wins. Many blanks: no time."""
    cuts = [found.span() for found in re.finditer(r"\s+|(?<=\d)[Tt](?=\d)|,|\s*[-–—|@]\s*", text)]
    for start, end in reversed(cuts):
        left, right = _JOINING.sub("", text[:start].strip(_CONNECTORS)), text[end:].strip(_CONNECTORS)
        if (day := read_day(left, given)) and (span := read_span(right)):
            return Moment(day=day, span=span)
    for start, end in cuts:
        left, right = text[:start].strip(_CONNECTORS), text[end:].strip(_CONNECTORS)
        if (span := read_span(left)) and not span.unclear and (day := read_day(right, given)):
            return Moment(day=day, span=span)
    return None

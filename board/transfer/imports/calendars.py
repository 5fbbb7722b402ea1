"""An iCalendar file: each event a session. Pure.

The lines are parsed by `icalendar`, the rules of repetition by `dateutil`. Events are put together here: real files have broken
lines between them, and one broken line must not take the others along.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from icalendar.parser import Contentline

from board.model.models import Invalid, Message
from board.transfer.imports import words
from board.transfer.imports.found import Ask, Given, Reading, SessionFound, stored
from board.transfer.imports.zones import Zones

MAX_EVENTS = 5_000
MAX_REPEATS = 100
# A rule may ask for the first Monday that is a Friday: so many steps are looked at.
MAX_STEPS = 4_000
MAX_LINES_OF_EVENT = 500
LEAVE_OUT, TAKE = "leave out", "take"
_line: Any = Contentline  # the library is marked as typed, but this has no types
_FOLDED = re.compile(r"\n[ \t]")
_DURATION = re.compile(r"P(?:(\d{1,3})W)?(?:(\d{1,3})D)?(?:T(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:(\d{1,5})S)?)?")
_FIELDS = {"SUMMARY": "title", "DTSTART": "start", "DTEND": "end", "LOCATION": "room", "UID": "id", "DURATION": "duration"}
_SPEAKER = re.compile(
    r"^\s*(?:speakers?|presenters?|referent(?:en|in)?|intervenants?|ponentes?)\s*:\s*(.+)$", re.IGNORECASE | re.MULTILINE
)


@dataclass
class Event:
    row: int
    lines: dict[str, list[tuple[dict[str, Any], str]]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.lines[name][0][1] if name in self.lines else ""

    def value(self, name: str) -> tuple[dict[str, Any], str] | None:
        return self.lines[name][0] if name in self.lines else None


def is_calendar(content: str) -> bool:
    return "BEGIN:VCALENDAR" in content[: 64 * 1024].upper() or "BEGIN:VEVENT" in content[: 64 * 1024].upper()


def read_calendar(content: str, given: Given, reading: Reading) -> list[SessionFound]:
    """Raises `Invalid` for too many events."""
    content = _FOLDED.sub("", content.replace("\r\n", "\n").replace("\r", "\n"))
    events = list(_events(content))
    return _Calendar(events, Zones(content), given, reading).sessions()


def _events(content: str) -> list[Event]:
    events: list[Event] = []
    current: Event | None = None
    inner = 0
    for number, line in enumerate(content.split("\n"), 1):
        word = line.strip().upper()
        if word == "BEGIN:VEVENT":
            current, inner = Event(number), 0
            if len(events) >= MAX_EVENTS:
                raise Invalid("file-too-many-sessions", number=len(events) + 1, most=MAX_EVENTS)
        elif word == "END:VEVENT" and current is not None:
            events.append(current)
            current = None
        elif current is not None:
            inner += word.startswith("BEGIN:")  # an alarm within the event has a description of its own
            if not inner:
                _take(current, line)
            inner -= word.startswith("END:")
    return events


def _take(event: Event, line: str) -> None:
    if sum(map(len, event.lines.values())) >= MAX_LINES_OF_EVENT:
        return
    try:
        name, parameters, value = _line(line).parts()
    except ValueError:
        return
    event.lines.setdefault(name.upper(), []).append((dict(parameters), value))


class _Calendar:
    def __init__(self, events: list[Event], zones: Zones, given: Given, reading: Reading) -> None:
        self._events, self._zones, self._given, self._reading = events, zones, given, reading
        self._zone = ZoneInfo(given.time_zone)
        self._uids = Counter(event.text("UID").strip() for event in events if "RECURRENCE-ID" not in event.lines)
        self._moved: dict[str, set[datetime]] = {}
        self._off: list[Event] = []

    def sessions(self) -> list[SessionFound]:
        for event in self._events:
            if "RECURRENCE-ID" in event.lines and (at := self._moment(event, "RECURRENCE-ID")):
                self._moved.setdefault(event.text("UID").strip(), set()).add(self._aware(at))
        taken = self._taken()
        return [session for event in self._events if taken or not self._is_off(event) for session in self._of(event)]

    def _taken(self) -> bool:
        """What is no session is left out unless the organiser wants it: whole days, and what was cancelled."""
        off = [event for event in self._events if self._is_off(event)]
        if not off:
            return False
        title = words.meant(off[0].text("SUMMARY"))
        detail = Message("ask-take-off", {"number": len(off), "title": title})
        taken = (
            self._reading.ask(self._given, Ask("not-sessions", detail, (LEAVE_OUT, TAKE), LEAVE_OUT, (), off[0].row)) == TAKE
        )
        for event in [] if taken else off:
            key = "event-cancelled" if self._is_cancelled(event) else "event-all-day"
            self._reading.warn(event.row, key, "SUMMARY", event.text("SUMMARY"))
        return taken

    def _is_off(self, event: Event) -> bool:
        start = event.value("DTSTART")
        return self._is_cancelled(event) or (start is not None and self._is_day(*start))

    def _is_cancelled(self, event: Event) -> bool:
        return event.text("STATUS").strip().upper() == "CANCELLED"

    def _is_day(self, parameters: dict[str, Any], value: str) -> bool:
        return str(parameters.get("VALUE", "")).upper() == "DATE" or "T" not in value.upper()

    def _of(self, event: Event) -> list[SessionFound]:
        title = words.meant(event.text("SUMMARY"))
        if not title:
            self._reading.warn(event.row, "row-without-title", "SUMMARY", "", refuses=True)
            return []
        title, cut = words.fitted(title, "title", words.TITLE_GRAPHEMES)
        room, room_cut = words.fitted(words.meant(event.text("LOCATION")), "room", words.ROOM_GRAPHEMES)
        for name, was_cut in (("SUMMARY", cut), ("LOCATION", room_cut)):
            if was_cut:
                most = words.TITLE_GRAPHEMES if name == "SUMMARY" else words.ROOM_GRAPHEMES
                self._reading.warn(event.row, "cell-cut", name, event.text(name), most=most)
        start = self._moment(event, "DTSTART")
        if "DTSTART" in event.lines and start is None:
            self._reading.warn(event.row, "cell-not-a-moment", "DTSTART", event.text("DTSTART"), refuses=True)
            return []
        length = self._length(event, start)
        starts = [start] if start is None else self._repeats(event, start)
        return [self._session(event, title, room, at, length, len(starts) > 1) for at in starts]

    def _session(
        self, event: Event, title: str, room: str, start: datetime | None, length: timedelta | None, repeated: bool
    ) -> SessionFound:
        at = self._utc(start)
        end = self._utc(start + length) if start and length else None
        changes: dict[str, Any] = {"title": title, "starts_at": at, "ends_at": end}
        if any("LOCATION" in one.lines for one in self._events):
            changes["room"] = room
        uid = event.text("UID").strip()
        shared = self._uids[uid] > 1 and "RECURRENCE-ID" not in event.lines
        uid = "" if not uid or shared else uid
        if uid and (repeated or "RECURRENCE-ID" in event.lines):
            uid = f"{uid} {self._utc(self._moment(event, 'RECURRENCE-ID')) or at}"
        return SessionFound(event.row, uid, title, changes)

    def _moment(self, event: Event, name: str) -> datetime | None:
        value = event.value(name)
        return None if value is None else self._read(event, name, *value)

    def _read(self, event: Event, name: str, parameters: dict[str, Any], value: str) -> datetime | None:
        value = value.strip().upper()
        try:
            if self._is_day(parameters, value):
                return datetime.strptime(value[:8], "%Y%m%d")
            at = datetime.strptime(value.rstrip("Z").ljust(15, "0")[:15], "%Y%m%dT%H%M%S")
        except ValueError:
            return None
        if value.endswith("Z"):
            return at.replace(tzinfo=UTC)
        zone_name = str(parameters.get("TZID", "")).strip('"')
        return at.replace(tzinfo=self._zone_of(event, name, zone_name)) if zone_name else at

    def _zone_of(self, event: Event, name: str, zone: str) -> tzinfo:
        found = self._zones.zone(zone)
        if found is None:
            self._reading.warn(event.row, "zone-unknown", name, zone, zone=self._given.time_zone)
        return found or self._zone

    def _length(self, event: Event, start: datetime | None) -> timedelta | None:
        """An end equal to the start counts as no end: many programs write it where the end is unknown."""
        if start is None:
            return None
        if (value := event.value("DURATION")) and (found := _DURATION.fullmatch(value[1].strip().upper().lstrip("+"))):
            weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
            length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
            return length or None
        end = self._moment(event, "DTEND")
        if end is None:
            return None
        length = self._aware(end) - self._aware(start)
        if length < timedelta():
            self._reading.warn(event.row, "cell-ends-before-start", "DTEND", event.text("DTEND"))
        return length if length > timedelta() else None

    def _repeats(self, event: Event, start: datetime) -> list[datetime]:
        """A rule opened: at most so many times, within the gathering where its days are known."""
        rule = event.value("RRULE")
        if rule is None:
            return [start]
        left_out = {self._aware(at) for value in event.lines.get("EXDATE", ()) for at in self._moments(event, *value)}
        left_out |= self._moved.get(event.text("UID").strip(), set())
        found: list[datetime] = []
        try:
            for step, at in enumerate(self._rule(rule[1], start)):
                if self._aware(at) not in left_out and self._is_here(at):
                    found.append(at)
                if step >= MAX_STEPS or len(found) >= MAX_REPEATS or self._is_over(at):
                    break
            else:
                return found
        except (ValueError, TypeError, OverflowError):
            self._reading.warn(event.row, "rule-unknown", "RRULE", rule[1])
            return [start]
        if not self._is_over(at):
            self._reading.warn(event.row, "rule-cut", "RRULE", rule[1], most=len(found))
        return found

    def _rule(self, rule: str, start: datetime) -> Any:
        """In local time, as a clock on the wall. Rules that repeat within a day do not make sense in an agenda."""
        parts = dict(part.split("=", 1) for part in rule.upper().strip().split(";") if "=" in part)
        if parts.get("FREQ") not in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY") or len(rule) > 300:
            raise ValueError(rule)
        until = parts.pop("UNTIL", "")
        naive = start.replace(tzinfo=None)
        text = ";".join(f"{name}={value}" for name, value in parts.items())
        last = self._until(until, start) if until else None
        for at in rrulestr(text, dtstart=naive):
            if last is not None and at > last:
                return
            yield at.replace(tzinfo=start.tzinfo)

    def _until(self, until: str, start: datetime) -> datetime:
        at = datetime.strptime(until.rstrip("Z").split("T")[0], "%Y%m%d")
        if "T" not in until:
            return at + timedelta(days=1)
        at = datetime.strptime(until.rstrip("Z")[:15], "%Y%m%dT%H%M%S")
        if until.endswith("Z"):
            at = at.replace(tzinfo=UTC).astimezone(start.tzinfo or self._zone).replace(tzinfo=None)
        return at

    def _moments(self, event: Event, parameters: dict[str, Any], value: str) -> list[datetime]:
        found = (self._read(event, "EXDATE", parameters, one) for one in value.split(",")[:MAX_REPEATS])
        return [at for at in found if at is not None]

    def _is_here(self, at: datetime) -> bool:
        return self._given.days() is None or self._given.has(self._local(at))

    def _is_over(self, at: datetime) -> bool:
        days = self._given.days()
        return days is not None and self._local(at) > days[1]

    def _local(self, at: datetime) -> date:
        return (at.astimezone(self._zone) if at.tzinfo else at).date()

    def _aware(self, at: datetime) -> datetime:
        return (at if at.tzinfo else at.replace(tzinfo=self._zone)).astimezone(UTC)

    def _utc(self, at: datetime | None) -> str | None:
        try:
            return None if at is None else stored(self._aware(at).replace(tzinfo=None))
        except OverflowError:
            return None

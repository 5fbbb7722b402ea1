"""Agendas that conference tools give out: Sessionize and pretalx as JSON, frab and pentabarf as XML. Pure.

They become an ordinary table, so that one set of rules reads all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from board.model.models import Invalid, Message
from board.transfer.imports.found import Ask, Given, Reading
from board.transfer.imports.grids import MAX_ROWS, Line
from board.transfer.imports.headings import Table

NAMES = ["id", "title", "start", "end", "duration", "room", "speakers", "type"]
LEAVE_OUT, TAKE = "leave out", "take"
DEPTH = 60
_ACCEPTED = {"accepted", "confirmed", "scheduled", "accept_queue", "published", ""}
_STARTS = ("startsAt", "starts_at", "start", "startDate", "start_time", "startTime", "date")
_ENDS = ("endsAt", "ends_at", "end", "endDate", "end_time", "endTime")
_Rows = list[dict[str, Any]]


def read_json(content: str, given: Given, reading: Reading) -> Table:
    """Raises `Invalid` for JSON that holds no sessions."""
    try:
        whole = json.loads(content)
    except (ValueError, RecursionError):
        raise Invalid("file-not-json") from None
    found = _of_json(whole)
    if found is None:
        raise Invalid("file-no-sessions")
    return _table([dict(zip(NAMES, _texts(row), strict=True)) for row in _accepted(found[:MAX_ROWS], given, reading)])


def read_xml(content: str) -> Table:
    """Raises `Invalid`. A document type is refused before anything of it is looked at."""
    try:
        root = fromstring(content.encode(), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, RecursionError):
        raise Invalid("file-not-xml") from None
    events = [(event, day, room) for day in root.iter("day") for room in day.iter("room") for event in room.findall("event")]
    if not events:
        events = [(event, root, root) for event in root.iter("event")]
    if not events:
        raise Invalid("file-no-sessions")
    return _table([_of_event(*found) for found in events[:MAX_ROWS]])


def _table(rows: Iterable[Mapping[str, str]]) -> Table:
    lines = [Line(number, [row.get(name, "") for name in NAMES]) for number, row in enumerate(rows, 1)]
    columns = {name: number for number, name in enumerate(NAMES) if any(line.cells[number] for line in lines)}
    columns |= {"title": 1, "start": 2}
    return Table(list(NAMES), columns, lines, len(NAMES))


def _of_event(event: Element, day: Element, room: Element) -> dict[str, str]:
    """The event's own date counts: a day of a congress ends in the morning after."""
    on, start = _text(event, "date"), _text(event, "start")
    if "T" not in on:
        on = f"{on or day.get('date', '')} {start}".strip()
    persons = event.find("persons")
    speakers = [" ".join("".join(person.itertext()).split()) for person in _persons(persons)]
    return {
        "id": event.get("guid") or event.get("id") or "",
        "title": _text(event, "title"),
        "start": on,
        "duration": _text(event, "duration"),
        "room": _text(event, "room") or room.get("name", ""),
        "speakers": "\n".join(speakers),
        "type": _text(event, "type"),
    }


def _persons(persons: Element | None) -> list[Element]:
    return [] if persons is None else persons.findall("person")


def _text(event: Element, name: str) -> str:
    found = event.find(name)
    return "" if found is None else " ".join("".join(found.itertext()).split())


# -- JSON ----------------------------------------------------------------------------------------------------------


def _of_json(whole: Any) -> _Rows | None:
    if isinstance(whole, dict):
        if isinstance(whole.get("schedule"), dict):
            return _of_frab(whole["schedule"])
        if isinstance(whole.get("talks"), list):
            return _of_pretalx(whole)
        if isinstance(whole.get("sessions"), list):
            return _of_sessionize(whole)
        for key in ("results", "events", "data", "items", "agenda", "programme", "program"):
            if isinstance(whole.get(key), list):
                return _of_list(whole[key])
        if isinstance(whole.get("results"), dict):  # Indico: days, then entries
            return [_plain(entry) for entry in _deep(whole["results"]) if "title" in entry]
    if isinstance(whole, list):
        return _of_list(whole)
    return None


def _of_list(whole: list[Any]) -> _Rows | None:
    """Sessionize's list “Sessions” in groups, or a plain list of sessions."""
    rows: _Rows = []
    for one in whole:
        if isinstance(one, dict) and isinstance(one.get("sessions"), list):
            rows += [_plain(session) for session in one["sessions"] if isinstance(session, dict)]
        elif isinstance(one, dict) and isinstance(one.get("rooms"), list):  # its grid: days, then rooms
            rows += [
                _plain(s)
                for room in one["rooms"]
                if isinstance(room, dict)
                for s in room.get("sessions") or ()
                if isinstance(s, dict)
            ]
        elif isinstance(one, dict):
            rows.append(_plain(one))
    return rows if any(row["title"] for row in rows) else None


def _of_sessionize(whole: dict[str, Any]) -> _Rows:
    speakers = {str(one.get("id")): _name(one) for one in _dicts(whole.get("speakers"))}
    rooms = {str(one.get("id")): _words(one.get("name")) for one in _dicts(whole.get("rooms"))}
    rows = [_plain(one) for one in _dicts(whole["sessions"])]
    for row, one in zip(rows, _dicts(whole["sessions"]), strict=True):
        row["speakers"] = [
            speakers.get(str(name), name) if isinstance(name, (str, int)) else _name(name)
            for name in _list(one.get("speakers"))
        ]
        row["room"] = rooms.get(str(one.get("roomId")), row["room"])
    return rows


def _of_pretalx(whole: dict[str, Any]) -> _Rows:
    """The JSON behind its schedule: talks, rooms and speakers by their ids, titles in several languages."""
    speakers = {str(one.get("code")): _name(one) for one in _dicts(whole.get("speakers"))}
    rooms = {str(one.get("id")): _words(one.get("name")) for one in _dicts(whole.get("rooms"))}
    rows: _Rows = []
    for one in _dicts(whole["talks"]):
        row = _plain(one)
        row["room"] = rooms.get(str(one.get("room")), row["room"])
        row["speakers"] = [
            speakers.get(str(name), name) if isinstance(name, str) else _name(name) for name in _list(one.get("speakers"))
        ]
        rows.append(row)
    return rows


def _of_frab(schedule: dict[str, Any]) -> _Rows:
    """The same as frab's XML, as JSON."""
    rows: _Rows = []
    conference = schedule.get("conference")
    for day in _dicts(conference.get("days") if isinstance(conference, dict) else None):
        rooms = day.get("rooms")
        for name, events in rooms.items() if isinstance(rooms, dict) else ():
            for event in _dicts(events):
                row = _plain(event)
                row["id"], row["room"], row["end"] = event.get("guid") or event.get("id"), event.get("room") or name, ""
                row["start"] = event.get("date") or f"{day.get('date', '')} {event.get('start', '')}"
                row["speakers"] = [_name(person) for person in _list(event.get("persons"))]
                rows.append(row)
    return rows


def _plain(one: dict[str, Any]) -> dict[str, Any]:
    """One session, by the names that tools use. pretalx keeps times in a slot of their own."""
    own = one.get("slot")
    slot = own if isinstance(own, dict) else {}
    both = {**one, **{name: value for name, value in slot.items() if name in ("start", "end", "room")}}
    return {
        "id": _first(one, "id", "code", "guid", "uniqueId", "uid"),
        "title": _words(_first(one, "title", "name", "summary")),
        "start": _when(_first(both, *_STARTS)),
        "end": _when(_first(both, *_ENDS)),
        "duration": _first(one, "duration") if not _first(both, *_ENDS) else "",
        "room": _words(_first(both, "room", "roomName", "location", "venue")),
        "speakers": [_name(person) for person in _list(_first(one, "speakers", "presenters", "persons"))],
        "type": _words(_first(one, "type", "submission_type", "kind", "entryType")),
        "status": str(_first(one, "status", "state") or ""),
    }


def _accepted(rows: _Rows, given: Given, reading: Reading) -> _Rows:
    """What is not accepted is left out, unless the organiser wants it."""
    others = [(number, row) for number, row in enumerate(rows, 1) if str(row.get("status", "")).lower() not in _ACCEPTED]
    if not others:
        return rows
    number, first = others[0]
    detail = Message("ask-take-off", {"number": len(others), "title": str(first["title"])[:80]})
    if reading.ask(given, Ask("not-sessions", detail, (LEAVE_OUT, TAKE), LEAVE_OUT, (), number, "status")) == TAKE:
        return rows
    for number, row in others:
        reading.warn(number, "session-not-accepted", "status", str(row["status"]), title=str(row["title"])[:80])
    left = {number for number, _ in others}
    return [row for number, row in enumerate(rows, 1) if number not in left]


def _texts(row: dict[str, Any]) -> list[str]:
    values = {**row, "speakers": "\n".join(str(name) for name in row["speakers"] if name)}
    return ["" if values[name] is None else str(values[name]) for name in NAMES]


def _first(one: Mapping[str, Any], *names: str) -> Any:
    return next((one[name] for name in names if one.get(name) not in (None, "", [])), "")


def _words(value: Any) -> str:
    """A text, or the same in several languages: English first, else the first."""
    if isinstance(value, dict):
        value = (
            value.get("en") or value.get("name") or next((one for one in value.values() if isinstance(one, (str, dict))), "")
        )
        return _words(value) if not isinstance(value, dict) else ""
    return " ".join(str(value).split()) if isinstance(value, (str, int, float)) else ""


def _when(value: Any) -> str:
    """Also Indico's {"date", "time", "tz"}."""
    if isinstance(value, dict):
        return f"{value.get('date', '')} {str(value.get('time', ''))[:5]}".strip()
    return str(value or "")


def _name(person: Any) -> str:
    if not isinstance(person, dict):
        return _words(person)
    whole = _words(_first(person, "fullName", "full_name", "public_name", "name"))
    given, family = _first(person, "firstName", "first_name"), _first(person, "lastName", "last_name", "familyName")
    return whole or f"{given} {family}".strip()


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)][:MAX_ROWS] if isinstance(value, list) else []


def _deep(value: Any, depth: int = 0) -> list[dict[str, Any]]:
    """All entries of a timetable, however they are nested."""
    if not isinstance(value, dict) or depth > DEPTH:
        return []
    found = [value] if "startDate" in value else []
    return found + [entry for one in value.values() if isinstance(one, dict) for entry in _deep(one, depth + 1)]

"""Sessions of an agenda in: read before the transaction, written inside it."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from board.data import imports
from board.data.transaction import Transaction
from board.model import requests, text
from board.model.folding import fold
from board.model.models import Invalid, Message, Questions, Session
from board.transfer import times
from board.transfer.ids import given_id, slug_of
from board.transfer.reports import Cells, Fault, Report
from board.transfer.tables import Row, read_csv

AGENDA_COLUMNS = ("id", "title", "date", "start", "end", "starts_at", "ends_at", "room", "speakers", "questions")
# Each snapshot has the whole agenda.
MAX_SESSIONS = 2_000
# A session that ends so much later than it starts, on the next day, may be two cells that changed places.
LONG_HOURS = 12
_NO_SPAN: tuple[int, int | None] = (0, None)


@dataclass(frozen=True)
class AgendaRow:
    """A row as the file has it. `changes` has what the file says of the session, and no more; of its times, those that name no
    zone are in the board's."""

    line: int
    id: str
    title: str
    changes: dict[str, Any]
    faults: list[Fault]
    doubts: list[Fault]


def read_agenda(data: bytes) -> list[AgendaRow]:
    """Raises `Invalid` when the file as a whole cannot be used."""
    found = [_agenda_row(row) for row in read_csv(data, AGENDA_COLUMNS, "title")]
    if len(found) > MAX_SESSIONS:
        raise Invalid("file-too-many-sessions", number=len(found), most=MAX_SESSIONS)
    return found


def _agenda_row(row: Row) -> AgendaRow:
    cells = Cells(row)
    session_id = cells.read("id", given_id, "")
    title = cells.read("title", lambda value: text.clean(value, "title", (1, 120)), "")
    changes: dict[str, Any] = {"title": title} | _times(cells)
    if "room" in cells:
        changes["room"] = cells.read("room", lambda value: text.clean(value, "room", (0, 60)), "")
    if "speakers" in cells:
        changes["speakers"] = cells.read("speakers", _speakers, list[str]())
    if cells.value("questions"):  # an empty cell opens nothing that a moderator has closed
        changes["questions"] = cells.read("questions", _questions, Questions.OPEN)
    return AgendaRow(row.line, session_id, title, changes, cells.faults, cells.doubts)


def _times(cells: Cells) -> dict[str, datetime | None]:
    """`starts_at` and `ends_at`, as far as the file has columns for them."""
    found: dict[str, datetime | None] = {}
    if "starts_at" in cells or "start" in cells:
        found["starts_at"] = None
    if "ends_at" in cells or "end" in cells:
        found["ends_at"] = None
    if cells.value("start") or cells.value("end") or cells.value("date"):
        found |= _times_of_day(cells)
    for column in ("starts_at", "ends_at"):
        if cells.value(column):
            found[column] = cells.read(column, lambda value: _moment(value), None)
            if times.has_negative_offset(cells.value(column)[: times.LONGEST]):
                cells.doubt(column, "cell-range-or-offset")
    return found


def _times_of_day(cells: Cells) -> dict[str, datetime | None]:
    on = cells.read("date", _day, None) if cells.value("date") else None
    if on is None:
        if not cells.value("date") and not (cells.value("starts_at") or cells.value("ends_at")):
            cells.fault("start" if cells.value("start") else "end", "cell-time-without-date")
        return {}
    if not cells.value("start"):
        if not cells.value("starts_at"):
            cells.doubt("date", "cell-date-without-start")
        return {}
    start, end = cells.read("start", _span, _NO_SPAN)
    if cells.value("end"):
        if end is not None:
            cells.fault("end", "cell-two-ends")
        end = cells.read("end", _clock, None)
    midnight = datetime.combine(on, datetime.min.time())
    found: dict[str, datetime | None] = {"starts_at": midnight + timedelta(seconds=start)}
    if end is not None:
        later = _later(cells, start, end)
        found["ends_at"] = None if later is None else midnight + timedelta(seconds=later)
    return found


def _later(cells: Cells, start: int, end: int) -> int | None:
    """An end that comes before its start is on the next day."""
    if end > start:
        return end
    column = "end" if cells.value("end") else "start"
    if end == start:
        cells.doubt(column, "cell-no-length")
        return None
    if end + times.DAY_SECONDS - start > LONG_HOURS * 3600:
        cells.doubt(column, "cell-ends-next-day")
    return end + times.DAY_SECONDS


def _day(value: str) -> date | None:
    try:
        return times.day(value)
    except times.NotATime:
        raise Invalid("cell-not-a-day") from None


def _clock(value: str) -> int | None:
    try:
        return times.clock(value)
    except times.NotATime:
        raise Invalid("cell-not-a-time") from None


def _span(value: str) -> tuple[int, int | None]:
    try:
        return times.span(value)
    except times.NotATime:
        raise Invalid("cell-not-a-span") from None


def _moment(value: str) -> datetime | None:
    try:
        return times.moment(value)
    except times.NotATime:
        raise Invalid("cell-not-a-moment") from None


def _speakers(value: str) -> list[str]:
    return [requests.name(speaker) for speaker in re.split(r"[;|]", value) if speaker.strip()]


def _questions(value: str) -> Questions:
    try:
        return Questions(value.lower())
    except ValueError:
        raise Invalid("cell-choice-wrong", choices=", ".join(Questions)) from None


def add_agenda(transaction: Transaction, found: list[AgendaRow]) -> Report:
    """Adds and changes sessions; those that the file does not name stay as they are, and so does what it has no column for."""
    board = transaction.board
    report = Report(time_zone=board.time_zone)
    stored = {session.id: session for session in imports.agenda(transaction)}
    before, lines, zone = dict(stored), dict[str, int](), ZoneInfo(board.time_zone)
    known = _Known(stored.values(), found)
    for row in found:
        changes, faults = _in_utc(row, zone)
        session_id = row.id or known.id_of(row.title, changes.get("starts_at"))
        faults = faults or _session_faults(session_id, changes, stored.get(session_id), lines)
        if faults:
            report.refuse(row.line, faults)
            continue
        lines[session_id] = row.line
        old = stored.get(session_id)
        new = _changed(old, changes) if old else Session(id=session_id, **({"starts_at": None, "ends_at": None} | changes))
        stored[session_id] = new
        if old == new:
            report.same += 1
        else:
            report.note(row.line, "changed" if old else "added", new.title)
        for doubt in row.doubts:
            report.doubt(row.line, doubt)
    if len(stored) > MAX_SESSIONS:
        raise Invalid("board-too-many-sessions", number=len(stored), most=MAX_SESSIONS)
    if report.added or report.changed:
        _write_agenda(transaction, before, list(stored.values()))
        transaction.touch_sessions()
        transaction.record("command line", "import-agenda", detail=f"{report.added} added, {report.changed} changed")
    return report


class _Known:
    """Knows the sessions of a file without ids again: by title and start, else by a title that there is once."""

    def __init__(self, stored: Iterable[Session], found: Iterable[AgendaRow]) -> None:
        stored = list(stored)
        self._starts = {(fold(session.title), session.starts_at): session.id for session in stored}
        self._titles = {fold(session.title): session.id for session in stored}
        self._here = Counter(fold(session.title) for session in stored)
        self._there = Counter(fold(row.title) for row in found)

    def id_of(self, title: str, starts_at: str | None) -> str:
        words = fold(title)
        if (words, starts_at) in self._starts:
            return self._starts[words, starts_at]
        once = self._here[words] == 1 and self._there[words] == 1
        return self._titles[words] if once else _session_id(title, starts_at)


def _session_faults(session_id: str, changes: dict[str, Any], old: Session | None, lines: dict[str, int]) -> list[Fault]:
    if session_id in lines:
        return [Fault(Message("cell-session-again", {"line": str(lines[session_id])}))]
    starts_at = changes.get("starts_at", old.starts_at if old else None)
    ends_at = changes.get("ends_at")
    if starts_at and ends_at and ends_at <= starts_at:
        return [Fault(Message("cell-ends-before-start"), "ends_at", ends_at)]
    return []


def _in_utc(row: AgendaRow, zone: ZoneInfo) -> tuple[dict[str, Any], list[Fault]]:
    changes, faults = dict(row.changes), list(row.faults)
    for name in ("starts_at", "ends_at"):
        moment = changes.get(name)
        if moment is None:
            continue
        try:
            aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
            changes[name] = aware.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
        except OverflowError:  # in UTC it is before or after all years there are
            faults.append(Fault(Message("cell-day-impossible"), name, str(moment)))
            del changes[name]
    return changes, faults


def _changed(old: Session, changes: dict[str, Any]) -> Session:
    """A start that moves takes the end along where the file has no ends."""
    starts_at = changes.get("starts_at")
    if "ends_at" not in changes and starts_at and old.starts_at and old.ends_at:
        moved = datetime.fromisoformat(starts_at) - datetime.fromisoformat(old.starts_at)
        ends_at = (datetime.fromisoformat(old.ends_at) + moved).strftime("%Y-%m-%dT%H:%M:%SZ")
        changes = changes | {"ends_at": ends_at}
    return msgspec.structs.replace(old, **changes)


def _session_id(title: str, starts_at: str | None) -> str:
    """The same for the same title at the same time, so that a file may come again, and no other's: long titles begin alike,
    and those in other scripts leave no letter in a slug."""
    digest = hashlib.sha256(f"{title} {starts_at}".encode()).hexdigest()
    return f"{slug_of(title) or 'x'}-{digest[:8]}"


def _write_agenda(transaction: Transaction, before: dict[str, Session], sessions: list[Session]) -> None:
    """In the order of time, then of titles."""
    ordered = sorted(sessions, key=lambda session: (session.starts_at or "9", session.title))
    imports.write_agenda(transaction, ordered, before)

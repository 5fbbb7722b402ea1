"""Agenda and people from CSV. A file is read before the transaction and written inside it, many rows at once: the lock on the
database is held for as long as the writing takes, while the posts of all boards wait for it."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Table, bindparam, insert, select, update

from board import requests, rows, schema, text, times
from board.folding import fold
from board.models import BoardError, Invalid, Questions, Session
from board.tables import Row, read_csv
from board.transaction import Transaction

T = TypeVar("T")

AGENDA_COLUMNS = ("id", "title", "date", "start", "end", "starts_at", "ends_at", "room", "speakers", "questions")
PEOPLE_COLUMNS = ("id", "name", "team")
# Each snapshot has the whole agenda.
MAX_SESSIONS = 2_000
# A session that ends so much later than it starts, on the next day, may be two cells that changed places.
LONG_HOURS = 12
VALUE_SHOWN = 60
ID_DIGITS = 10
_NO_SPAN: tuple[int, int | None] = (0, None)


@dataclass
class Report:
    """What became of each line of an imported file, and what somebody should look at."""

    added: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    doubts: int = 0
    time_zone: str = ""
    """In which times without a zone were read."""
    lines: list[str] = field(default_factory=list)

    def refuse(self, line: int, faults: Iterable[Fault]) -> None:
        self.refused += 1
        self.lines += [f"line {line}: refused: {fault}" for fault in faults]

    def doubt(self, line: int, fault: Fault) -> None:
        self.doubts += 1
        self.lines.append(f"line {line}: please check: {fault}")

    def note(self, line: int, what: str, name: str) -> None:
        setattr(self, what, getattr(self, what) + 1)
        self.lines.append(f"line {line}: {what}: {name}")


@dataclass(frozen=True)
class Fault:
    """What is wrong in a line, with the cell where one is at fault."""

    detail: str
    column: str = ""
    value: str = ""

    def __str__(self) -> str:
        if not self.column:
            return self.detail
        shown = self.value if len(self.value) <= VALUE_SHOWN else self.value[: VALUE_SHOWN - 1] + "…"
        return f"column “{self.column}”, “{' '.join(shown.split())}”: {self.detail}"


class _Cells:
    """The cells of one row, and all that is wrong with them: somebody who mends a file wants to know everything at once."""

    def __init__(self, row: Row) -> None:
        self._row = row
        self.faults: list[Fault] = []
        self.doubts: list[Fault] = []
        if row.too_long:
            self.faults.append(Fault('There are more cells than columns. A text with a comma in it needs quotes: "A, B".'))

    def __contains__(self, column: str) -> bool:
        return column in self._row.cells

    def value(self, column: str) -> str:
        return self._row.cells.get(column, "")

    def read(self, column: str, parse: Callable[[str], T], otherwise: T) -> T:
        """What `parse` makes of the cell; `otherwise`, and a fault, where it refuses."""
        try:
            return parse(self.value(column))
        except BoardError as error:
            self.fault(column, error.detail)
            return otherwise

    def fault(self, column: str, detail: str) -> None:
        self.faults.append(Fault(detail, column, self.value(column)))

    def doubt(self, column: str, detail: str) -> None:
        self.doubts.append(Fault(detail, column, self.value(column)))


# -- the agenda ----------------------------------------------------------------------------------------------------


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
        raise Invalid(f"That are {len(found)} sessions; {MAX_SESSIONS} at the most, please.")
    return found


def _agenda_row(row: Row) -> AgendaRow:
    cells = _Cells(row)
    session_id = cells.read("id", _id, "")
    title = cells.read("title", lambda value: text.clean(value, "title", (1, 120)), "")
    changes: dict[str, Any] = {"title": title} | _times(cells)
    if "room" in cells:
        changes["room"] = cells.read("room", lambda value: text.clean(value, "room", (0, 60)), "")
    if "speakers" in cells:
        changes["speakers"] = cells.read("speakers", _speakers, list[str]())
    if cells.value("questions"):  # an empty cell opens nothing that a moderator has closed
        changes["questions"] = cells.read("questions", _questions, Questions.OPEN)
    return AgendaRow(row.line, session_id, title, changes, cells.faults, cells.doubts)


def _times(cells: _Cells) -> dict[str, datetime | None]:
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
                cells.doubt(column, "Is this a range? What stands behind the time was read as its offset from UTC.")
    return found


def _times_of_day(cells: _Cells) -> dict[str, datetime | None]:
    on = cells.read("date", _day, None) if cells.value("date") else None
    if on is None:
        if not cells.value("date") and not (cells.value("starts_at") or cells.value("ends_at")):
            cells.fault("start" if cells.value("start") else "end", "There is a time, but no date.")
        return {}
    if not cells.value("start"):
        if not cells.value("starts_at"):
            cells.doubt("date", "There is a date, but no start: the session has no time.")
        return {}
    start, end = cells.read("start", _span, _NO_SPAN)
    if cells.value("end"):
        if end is not None:
            cells.fault("end", "There are two ends: the start is a range already.")
        end = cells.read("end", _clock, None)
    midnight = datetime.combine(on, datetime.min.time())
    found: dict[str, datetime | None] = {"starts_at": midnight + timedelta(seconds=start)}
    if end is not None:
        later = _later(cells, start, end)
        found["ends_at"] = None if later is None else midnight + timedelta(seconds=later)
    return found


def _later(cells: _Cells, start: int, end: int) -> int | None:
    """An end that comes before its start is on the next day."""
    if end > start:
        return end
    column = "end" if cells.value("end") else "start"
    if end == start:
        cells.doubt(column, "It ends when it starts: taken as having no end.")
        return None
    if end + times.DAY_SECONDS - start > LONG_HOURS * 3600:
        cells.doubt(column, "It ends before it starts: taken as ending on the next day.")
    return end + times.DAY_SECONDS


def _day(value: str) -> date | None:
    try:
        return times.day(value)
    except times.NotATime:
        raise Invalid("It is no day. Write it as 2026-05-04.") from None


def _clock(value: str) -> int | None:
    try:
        return times.clock(value)
    except times.NotATime:
        raise Invalid("It is no time of day. Write it as 09:30 or 9:30 AM.") from None


def _span(value: str) -> tuple[int, int | None]:
    try:
        return times.span(value)
    except times.NotATime:
        raise Invalid("It is no time of day. Write it as 09:30, 9:30 AM or 09:30-10:30.") from None


def _moment(value: str) -> datetime | None:
    try:
        return times.moment(value)
    except times.NotATime:
        raise Invalid("It is no date with a time. Write it as 2026-05-04T09:30 or 2026-05-04 09:30.") from None


def _speakers(value: str) -> list[str]:
    return [requests.name(speaker) for speaker in re.split(r"[;|]", value) if speaker.strip()]


def _questions(value: str) -> Questions:
    try:
        return Questions(value.lower())
    except ValueError:
        raise Invalid(f"It is one of {', '.join(Questions)}.") from None


def _id(value: str) -> str:
    if value and not re.fullmatch(r"[A-Za-z0-9_-]{1,60}", value):
        raise Invalid("An id has letters, digits, - and _ only, 60 at the most.")
    return value


def add_agenda(transaction: Transaction, found: list[AgendaRow]) -> Report:
    """Adds and changes sessions; those that the file does not name stay as they are, and so does what it has no column for."""
    board = transaction.board
    report = Report(time_zone=board.time_zone)
    stored = {session.id: session for session in rows.read_sessions(transaction.connection, board.id)}
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
        raise Invalid(f"The board would have {len(stored)} sessions; {MAX_SESSIONS} at the most, please.")
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
        return [Fault(f"It is the same session as in line {lines[session_id]}. If not, give each an id.")]
    starts_at = changes.get("starts_at", old.starts_at if old else None)
    ends_at = changes.get("ends_at")
    if starts_at and ends_at and ends_at <= starts_at:
        return [Fault("It ends before it starts.", "ends_at", ends_at)]
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
            faults.append(Fault("There is no such day.", name, str(moment)))
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
    return f"{_slug(title) or 'x'}-{digest[:8]}"


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:40]


def _write_agenda(transaction: Transaction, before: dict[str, Session], sessions: list[Session]) -> None:
    """In the order of time, then of titles."""
    board_id, table = transaction.board.id, schema.sessions
    ordered = sorted(sessions, key=lambda session: (session.starts_at or "9", session.title))
    values = [rows.session_values(board_id, position, session) for position, session in enumerate(ordered)]
    _insert(transaction, table, [value for value in values if value["id"] not in before])
    _update(transaction, table, [value for value in values if value["id"] in before])


# -- people --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PersonRow:
    """A row as the file has it; `team` only where it has that column."""

    line: int
    id: str
    name: str
    team: str | None
    has_team: bool
    faults: list[Fault]
    doubts: list[Fault]


def read_people(data: bytes) -> list[PersonRow]:
    """Raises `Invalid` when the file as a whole cannot be used."""
    return _without_shared_ids([_person_row(row) for row in read_csv(data, PEOPLE_COLUMNS, "name")])


def _person_row(row: Row) -> PersonRow:
    cells = _Cells(row)
    person_id = cells.read("id", _id, "")
    name = cells.read("name", requests.name, "")
    team = cells.read("team", lambda value: requests.optional_name(value, "team"), None)
    return PersonRow(row.line, person_id, name, team, "team" in cells, cells.faults, cells.doubts)


def _without_shared_ids(found: list[PersonRow]) -> list[PersonRow]:
    """An id that several people have (a family's membership number) is nobody's: or the second would overwrite the first, and
    cards to the first would belong to the second."""
    holders: dict[str, set[tuple[str, str]]] = {}
    for row in found:
        holders.setdefault(row.id, set()).add((fold(row.name), fold(row.team or "")))
    return [_without_id(row) if row.id and len(holders[row.id]) > 1 else row for row in found]


def _without_id(row: PersonRow) -> PersonRow:
    doubt = Fault("Several people have this id, so it tells nobody apart: they are known by name and team.", "id", row.id)
    return PersonRow(row.line, "", row.name, row.team, row.has_team, row.faults, [*row.doubts, doubt])


def add_people(transaction: Transaction, found: list[PersonRow]) -> Report:
    """Adds and changes people of the roster; those that the file does not name stay as they are."""
    report = Report()
    roster = _Roster(transaction, found)
    for row in found:
        if row.faults:
            report.refuse(row.line, row.faults)
            continue
        repeated = roster.repeated(row)
        what = "same" if repeated else roster.take(row)
        if what == "same":
            report.same += 1
        else:
            report.note(row.line, what, row.name)
        for doubt in [*row.doubts, *repeated]:
            report.doubt(row.line, doubt)
    if report.added or report.changed:
        roster.write()
        transaction.record("command line", "import-people", detail=f"{report.added} added, {report.changed} changed")
    return report


class _Roster:
    """People as they are stored, and as they will be."""

    def __init__(self, transaction: Transaction, found: Sequence[PersonRow]) -> None:
        self._transaction, self._board_id = transaction, transaction.board.id
        table = schema.people
        read = transaction.connection.execute(select(table).where(table.c.board_id == self._board_id))
        self._before = {row.id: (row.name, row.team) for row in read}
        self._now: dict[str, tuple[str, str | None]] = dict(self._before)
        self._lines: dict[str, int] = {}
        self._ids = {row.id for row in found}
        names = {row.name for row in found if not row.has_team}
        self._spelt = {(row.name, row.team) for row in found} | {one for one in self._before.values() if one[0] in names}
        self._known: dict[tuple[str, ...], list[str]] = {}
        for person_id, person in self._before.items():
            self._know(person_id, *person)

    def _know(self, person_id: str, name: str, team: str | None) -> None:
        for key in (*_spellings(name, team), *_spellings(name)):
            self._known.setdefault(key, []).append(person_id)

    def repeated(self, row: PersonRow) -> list[Fault]:
        """Two people of one name in one team, or one person twice? Somebody who knows them must say."""
        first = self._lines.get(self._id_of(row))
        if first is None:
            return []
        if row.id:
            return [Fault(f"The same id as in line {first}: taken once.", "id", row.id)]
        detail = f"The same name and team as in line {first}: taken once. If they are two people, give each an id."
        return [Fault(detail, "name", row.name)]

    def take(self, row: PersonRow) -> str:
        person_id = self._id_of(row)
        old = self._now.get(person_id)
        person = (row.name, row.team if row.has_team or old is None else old[1])
        self._now[person_id] = person
        self._lines[person_id] = row.line
        if old is None:
            self._know(person_id, *person)
            return "added"
        return "same" if old == person else "changed"

    def _id_of(self, row: PersonRow) -> str:
        """That of the person who is known already, the row's own, or a new one."""
        if row.id in self._now:
            return row.id
        return self._known_id(row) or row.id or self._new_id(row)

    def _known_id(self, row: PersonRow) -> str | None:
        """Of people whom the file names by no other id. Two spellings in one file are two people (Nguyễn, Nguyên)."""
        exact, alike = _spellings(row.name, row.team) if row.has_team else _spellings(row.name)
        known = [one for one in self._known.get(exact, ()) if one not in self._ids and not (row.id and one in self._lines)]
        known += [person_id for person_id in self._known.get(alike, ()) if self._is_free(person_id)]
        return known[0] if known else None

    def _is_free(self, person_id: str) -> bool:
        return person_id not in self._ids and person_id not in self._lines and self._now[person_id] not in self._spelt

    def _new_id(self, row: PersonRow) -> str:
        """Readable where the name has Latin letters. Never found by counting up: of ten thousand names in another script, all
        would begin with the first number."""
        words = " ".join(filter(None, (row.name, row.team)))
        slug = _slug(words)
        if slug and slug not in self._now and slug not in self._ids:
            return slug
        return f"{slug or 'p'}-{hashlib.sha256(words.encode()).hexdigest()[:ID_DIGITS]}"

    def write(self) -> None:
        changed = [
            {"board_id": self._board_id, "id": person_id, "name": name, "team": team}
            for person_id, (name, team) in self._now.items()
            if self._before.get(person_id) != (name, team)
        ]
        _insert(self._transaction, schema.people, [row for row in changed if row["id"] not in self._before])
        _update(self._transaction, schema.people, [row for row in changed if row["id"] in self._before])


def _spellings(name: str, *team: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """As it is written, and what is left of it for comparing."""
    words = [name, *(one or "" for one in team)]
    return ("exact", *words), ("alike", *map(fold, words))


# -- many rows at once ---------------------------------------------------------------------------------------------


def _insert(transaction: Transaction, table: Table, values: list[dict[str, Any]]) -> None:
    if values:
        transaction.connection.execute(insert(table), values)


def _update(transaction: Transaction, table: Table, values: list[dict[str, Any]]) -> None:
    """Rows of the transaction's board, by their ids."""
    if not values:
        return
    names = [name for name in values[0] if name not in ("board_id", "id")]
    where = (table.c.board_id == transaction.board.id, table.c.id == bindparam("b_id"))
    statement = update(table).where(*where).values({name: bindparam(f"b_{name}") for name in names})
    transaction.connection.execute(statement, [{f"b_{name}": row[name] for name in (*names, "id")} for row in values])

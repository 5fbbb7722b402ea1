"""Rows of an agenda become sessions. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import regex

from board.model.folding import fold
from board.model.models import NAME_GRAPHEMES, Message, Questions
from board.transfer.imports import dates, words
from board.transfer.imports.agenda_times import TIMES, Refused, Row, SessionTimes
from board.transfer.imports.aliases import field_of
from board.transfer.imports.found import Ask, Given, Reading, SessionFound
from board.transfer.imports.grids import Line
from board.transfer.imports.headings import Table, cell, is_heading
from board.transfer.imports.moments import Moment, read_moment

LEAVE_OUT, TAKE = "leave out", "take"
TITLE_SHOWN = 80
NOT_ACCEPTED = {
    "rejected",
    "declined",
    "withdrawn",
    "canceled",
    "cancelled",
    "nominated",
    "waitlisted",
    "waiting list",
    "draft",
}
NOT_ACCEPTED |= {"decline queue", "decline_queue", "submitted", "deleted", "abgelehnt", "refuse", "rechazado"}
_NUMBER_BEHIND = regex.compile(r"[\s_#.-]*\d+\s*$")


class AgendaRows:
    """Reads one table into a `Reading`. What is asked once counts for all its rows."""

    def __init__(self, table: Table, given: Given, reading: Reading, day: date | None = None) -> None:
        self._table, self._given, self._reading = table, given, reading
        self._fields = set(table.columns)
        self._speakers = table.others["speakers"] = _speaker_columns(table)
        self._rows: list[Row] = []
        self._times = SessionTimes(table, given, reading, day)
        self._last: SessionFound | None = None
        self._last_uid = ""

    def read(self) -> list[SessionFound]:
        numbered = self._counts_days()
        rows = [row for row in self._table.rows if not is_heading("agenda", row, self._table)]
        self._rows = [self._with_moments(row, numbered) for row in rows]
        self._times.order = self._asked_order()
        self._rows = self._accepted()
        for line in self._table.above:  # “Programme of Monday, 4 May”
            if day := self._day_alone(line):
                self._times.day = day
        return [found for row in self._rows if (found := self._session(row)) is not None]

    # -- what counts for the whole table -----------------------------------------------------------------------

    def _counts_days(self) -> bool:
        number = self._table.columns.get("date")
        values = [one for row in self._table.rows if (one := cell(row, number))]
        return bool(values) and all(one.isdecimal() and len(one) <= 2 for one in values)

    def _with_moments(self, line: Line, numbered: bool) -> Row:
        cells = {name: cell(line, number) for name, number in self._table.columns.items()}
        moments: dict[str, Moment | None] = {}
        names = {name: self._table.names[number] for name, number in self._table.columns.items()}
        for name in TIMES:
            if name in cells:
                number, cells[name], moments[name] = self._moment(line, name, numbered and name == "date")
                names[name] = self._table.names[number]
        return Row(line, cells, moments, names)

    def _moment(self, line: Line, name: str, number_alone: bool) -> tuple[int, str, Moment | None]:
        """Of several columns for one time, the cell that has a day with it; else the first that has anything."""
        numbers = [self._table.columns[name], *self._table.others.get(name, ())]
        filled = [(number, value) for number in numbers if words.meant(value := cell(line, number))] or [(numbers[0], "")]
        read = [(n, one, read_moment(words.meant(one), self._given, number_alone=number_alone)) for n, one in filled]
        return next((found for found in read if found[2] and (found[2].exact or found[2].day)), read[0])

    def _asked_order(self) -> str:
        """Which of day and month comes first; asked where nothing says so."""
        found = [(row, name, moment.day) for row in self._rows for name, moment in row.moments.items() if moment and moment.day]
        order, sure = dates.order_of((day for _, _, day in found), self._given)
        example = next(((row, name, day) for row, name, day in found if day.open), None)
        answer = self._given.choices.get("date-order")
        if example is None or (sure and not answer):
            return order
        row, name, day = example
        values: dict[str, Any] = {"value": row[name], "first": str(day.day_first), "second": str(day.month_first)}
        labels = (str(day.day_first), str(day.month_first))
        choices = (dates.DAY_FIRST, dates.MONTH_FIRST)
        column = self._table.name_of(name)
        ask = Ask("date-order", Message("ask-date-order", values), choices, order, labels, row.line.number, column)
        return self._reading.ask(self._given, ask)

    def _accepted(self) -> list[Row]:
        """What was rejected or taken back is left out, unless the organiser wants it."""
        off = [row for row in self._rows if fold(row["status"]) in NOT_ACCEPTED]
        if not off:
            return self._rows
        title = words.meant(off[0]["title"])[:TITLE_SHOWN]
        detail = Message("ask-take-off", {"number": len(off), "title": title})
        column = self._table.name_of("status")
        ask = Ask("not-sessions", detail, (LEAVE_OUT, TAKE), LEAVE_OUT, (), off[0].line.number, column)
        if self._reading.ask(self._given, ask) == TAKE:
            return self._rows
        for row in off:
            title = words.meant(row["title"])[:TITLE_SHOWN]
            self._reading.warn(row.line.number, "session-not-accepted", column, row["status"], title=title)
        left = {row.line.number for row in off}
        return [row for row in self._rows if row.line.number not in left]

    # -- one row -----------------------------------------------------------------------------------------------

    def _session(self, row: Row) -> SessionFound | None:
        title = words.meant(row["title"]) or words.meant(row["type"])
        if not title or self._is_section(row):
            self._without_title(row)
            return None
        uid = words.meant(row["id"])
        number = row.line.number
        title, cut = words.fitted(title, "title", words.TITLE_GRAPHEMES)
        if cut:
            self._cut(row, "title", row["title"], words.TITLE_GRAPHEMES)
        changes: dict[str, Any] = {"title": title}
        try:
            if len(row.line.cells) > self._table.width:
                raise Refused("cells-without-column")
            changes |= self._times.of(row)
            changes |= self._others(row)
        except Refused as refusal:
            self._reading.warn(number, refusal.key, row.names.get(refusal.field, ""), row[refusal.field], refuses=True)
            return None
        self._last, self._last_uid = SessionFound(number, uid, title, changes), uid
        return self._last

    def _without_title(self, row: Row) -> None:
        """A day above its sessions, one more speaker of the session above, or nothing to keep."""
        speakers = self._names_in(row)
        if day := self._day_alone(row.line):
            self._times.day = day
        elif speakers and self._last and (row["id"] == self._last_uid or not row["id"]) and not row["start"]:
            known = self._last.changes.setdefault("speakers", [])
            known += [name for name in speakers if name not in known]
        elif row["start"]:
            self._reading.warn(row.line.number, "row-without-title", self._table.name_of("start"), row["start"], refuses=True)
        elif filled := [one for one in row.line.cells if words.meant(one)]:
            self._reading.warn(row.line.number, "row-not-a-session", "", filled[0], refuses=len(filled) > 1)

    def _is_section(self, row: Row) -> bool:
        return sum(map(bool, row.line.cells)) == 1 and self._day_alone(row.line) is not None

    def _day_alone(self, line: Line) -> date | None:
        filled = [one for one in line.cells if words.meant(one)]
        if len(filled) != 1:
            return None
        read = dates.read_day(filled[0], self._given)
        if read is None and (found := regex.search(r"[-–—:|]\s+(.+)$", filled[0])):
            read = dates.read_day(found[1], self._given)
        return read.under(self._times.order) if read else None

    # -- its other cells ---------------------------------------------------------------------------------------

    def _others(self, row: Row) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if "room" in self._fields:
            room, cut = words.fitted(words.meant(row["room"]), "room", words.ROOM_GRAPHEMES)
            found["room"] = room
            if cut:
                self._cut(row, "room", row["room"], words.ROOM_GRAPHEMES)
        if self._speakers or self._fields & {"speakers", "first_name", "last_name"}:
            found["speakers"] = self._names_in(row)
        if words.meant(row["questions"]) and (wanted := self._questions(row)):
            found["questions"] = wanted
        return found

    def _names_in(self, row: Row) -> list[str]:
        own = words.joined(words.meant(row["first_name"]), words.meant(row["last_name"]))
        names = [own] if own else words.speakers_in(row["speakers"])
        for number in self._speakers:
            names += words.speakers_in(cell(row.line, number))
        return [self._speaker(row, name) for name in dict.fromkeys(names)]

    def _speaker(self, row: Row, name: str) -> str:
        fitted, cut = words.name_fitted(name, "speakers")
        if cut:
            self._cut(row, "speakers", name, NAME_GRAPHEMES[1])
        return fitted

    def _cut(self, row: Row, field: str, value: str, most: int) -> None:
        self._reading.warn(row.line.number, "cell-cut", self._table.name_of(field), value, most=most)

    def _questions(self, row: Row) -> Questions | None:
        """Whether a session takes questions; None, with a warning, if the cell has another value. Then the import changes
        nothing here: it must not open what a moderator has closed."""
        wanted = fold(row["questions"])
        if wanted in list(Questions):
            return Questions(wanted)
        column, choices = self._table.name_of("questions"), ", ".join(Questions)
        self._reading.warn(row.line.number, "cell-choice-wrong", column, row["questions"], choices=choices)
        return None


def joined(found: Iterable[SessionFound], reading: Reading) -> list[SessionFound]:
    """Rows of one session are one session: each brings a speaker. An id that two sessions share is neither's."""
    kept: dict[tuple[Any, ...], SessionFound] = {}
    for session in found:
        changes = session.changes
        key: tuple[Any, ...] = (
            fold(session.title),
            changes.get("starts_at"),
            changes.get("ends_at"),
            fold(changes.get("room", "")),
        )
        key = key if changes.get("starts_at") else (*key, session.uid)
        first = kept.setdefault(key, session)
        if first is not session:
            _more_speakers(first, session, reading)
    sessions = list(kept.values())
    holders: dict[str, int] = {}
    for session in sessions:
        holders[session.uid] = holders.get(session.uid, 0) + 1
    return [_own_id(session, holders[session.uid] > 1, reading) for session in sessions]


def _more_speakers(first: SessionFound, again: SessionFound, reading: Reading) -> None:
    more = [name for name in again.changes.get("speakers", ()) if name not in first.changes["speakers"]]
    if more:
        first.changes["speakers"] += more
        return
    reading.again += 1
    reading.warn(again.row, "cell-session-again", "title", again.title, line=str(first.row))


def _own_id(session: SessionFound, shared: bool, reading: Reading) -> SessionFound:
    if not session.uid or not shared:
        return session
    reading.warn(session.row, "cell-session-id-shared", "id", session.uid)
    return replace(session, uid="")


def _speaker_columns(table: Table) -> list[int]:
    """“Speaker 1”, “Speaker 2”, beside the one that is `speakers`."""
    taken = set(table.columns.values())
    found = []
    for number, name in enumerate(table.names):
        bare = _NUMBER_BEHIND.sub("", name)
        if number not in taken and bare != name and (field := field_of("agenda", bare)) and field[0] == "speakers":
            found.append(number)
    return found

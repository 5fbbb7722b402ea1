"""When a session of an agenda starts and ends, from the cells of its row. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from board.model.models import Message
from board.transfer import times
from board.transfer.imports import dates, words
from board.transfer.imports.found import Ask, Given, Reading, stored
from board.transfer.imports.grids import Line
from board.transfer.imports.headings import Table
from board.transfer.imports.moments import Moment, Span, read_minutes

# A session that ends so much later than it starts, on the next day, may be two cells that changed places.
LONG_HOURS = 12
MOST_DAYS_ASKED = 31
TIMES = ("date", "start", "end", "end_date")


@dataclass
class Row:
    """A row with its cells by field, and its moments."""

    line: Line
    cells: dict[str, str]
    moments: dict[str, Moment | None]
    names: dict[str, str]
    """What the file calls the column that each time was taken from."""

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


@dataclass(frozen=True)
class Start:
    """When a session starts: naive in the board's zone, or with a zone of its own. `span` counts from the midnight of `day`."""

    at: datetime
    span: Span | None
    day: date | None = None


class Refused(Exception):
    """A row that cannot be taken, because of one cell."""

    def __init__(self, key: str, field: str = "") -> None:
        super().__init__(key)
        self.key, self.field = key, field


class SessionTimes:
    """Times of the rows of one table. `day` is the one that was named last; `order` is that of day and month."""

    def __init__(self, table: Table, given: Given, reading: Reading, day: date | None) -> None:
        self._table, self._given, self._reading = table, given, reading
        self._zone = ZoneInfo(given.time_zone)
        self._fields = set(table.columns)
        self._default: date | None = None
        self.order = dates.DAY_FIRST
        self.day = day

    def of(self, row: Row) -> dict[str, str | None]:
        """`starts_at` and `ends_at`, as far as the file has columns for them."""
        found: dict[str, str | None] = {}
        if self._fields & {"start", "date"}:
            found["starts_at"] = None
        if self._fields & {"end", "duration"}:
            found["ends_at"] = None
        faults = [fault for name in TIMES if (fault := self._fault(row, name))]
        for fault in faults[:-1]:  # all at once: a person who corrects a file needs all faults together
            self._reading.warn(row.line.number, fault.key, row.names.get(fault.field, ""), row[fault.field], refuses=True)
        if faults:
            raise faults[-1]
        start = self._start(row)
        if start is None:
            return found
        found["starts_at"] = self._utc(start.at, "start")
        end = self._end(row, start)
        if end is not None:
            found["ends_at"] = self._utc(end, "end")
        return found

    def _fault(self, row: Row, name: str) -> Refused | None:
        value = words.meant(row[name])
        if not value or row.moments.get(name) is not None:
            return None
        if words.undecided(value):
            self._reading.warn(row.line.number, "cell-time-undecided", row.names.get(name, ""), value)
            row.cells[name] = ""
            return None
        return Refused("cell-not-a-day" if name in ("date", "end_date") else "cell-not-a-span", name)

    def _start(self, row: Row) -> Start | None:
        date_cell, start_cell = row.moments.get("date"), row.moments.get("start")
        if start_cell and start_cell.exact:
            if start_cell.maybe_range:
                self._reading.warn(row.line.number, "cell-range-or-offset", row.names.get("start", ""), row["start"])
            return Start(start_cell.exact, None)
        if date_cell and date_cell.exact and not (start_cell and start_cell.span):
            return Start(date_cell.exact, None)
        span = (start_cell.span if start_cell else None) or (date_cell.span if date_cell else None)
        day = self._day_of(row, start_cell, date_cell, bool(span) or bool(row["end"]))
        if span is None:
            if day is not None and (date_cell or start_cell) and (row["date"] or row["start"]):
                column = "date" if row["date"] else "start"
                self._reading.warn(row.line.number, "cell-date-without-start", row.names.get(column, ""), row[column])
            return None
        if day is None:
            raise Refused("cell-time-without-date", "start" if row["start"] else "end")
        if span.unclear:
            key = "cell-hour-alone" if span.unclear.isdigit() else "cell-zone-letters"
            self._reading.warn(row.line.number, key, row.names.get("start", ""), row["start"], zone=self._given.time_zone)
        return Start(_at(day, span.start, span.zone), span, day)

    def _day_of(self, row: Row, start: Moment | None, on: Moment | None, needed: bool) -> date | None:
        for moment, name in ((start, "start"), (on, "date")):
            if moment and moment.day:
                day = moment.day.under(self.order)
                self._doubts_of_day(row, name, moment.day, day)
                self.day = day
                return day
            if moment and moment.exact:
                return moment.exact.date()
        if not needed:
            return None
        return self.day or self._asked_day(row)

    def _doubts_of_day(self, row: Row, name: str, read: dates.Read, day: date | None) -> None:
        if day is None:
            return
        if read.weekday is not None and read.weekday != day.weekday():
            self._reading.warn(row.line.number, "cell-other-weekday", row.names.get(name, ""), row[name], day=str(day))
        if self._given.days() and not self._given.has(day):
            self._reading.warn(row.line.number, "cell-day-outside", row.names.get(name, ""), row[name], day=str(day))

    def _asked_day(self, row: Row) -> date | None:
        """Times without a date: the day is asked once."""
        if self._default is not None:
            return self._default
        days, number, column = self._given.days(), row.line.number, row.names.get("start", "")
        choices: tuple[str, ...] = ()
        if days:
            count = min((days[1] - days[0]).days + 1, MOST_DAYS_ASKED)
            choices = tuple(str(days[0] + timedelta(days=number)) for number in range(count))
        if self._given.day and str(self._given.day) not in choices:
            choices = (*choices, str(self._given.day))
        chosen = str(self._given.day or (choices[0] if choices else ""))
        answer = self._reading.ask(self._given, Ask("day", Message("ask-day"), choices, chosen, (), number, column))
        self._default = date.fromisoformat(answer) if answer else None
        return self._default

    def _end(self, row: Row, start: Start) -> datetime | None:
        moment = row.moments.get("end")
        column = "end" if row["end"] else "start"
        if moment and row["end"]:
            if start.span and start.span.end is not None and moment.span and moment.span.start != start.span.end:
                raise Refused("cell-two-ends", "end")
            if moment.span and moment.span.end is not None:
                raise Refused("cell-not-a-time", "end")
            return self._ending(row, start, moment)
        if start.span and start.span.end is not None and start.day:
            return self._later(row, start, start.span.end, column)
        minutes = read_minutes(row["duration"]) if words.meant(row["duration"]) else None
        if minutes is None and words.meant(row["duration"]):
            self._reading.warn(row.line.number, "cell-not-a-length", row.names.get("duration", ""), row["duration"])
        return start.at + timedelta(minutes=minutes) if minutes else None

    def _ending(self, row: Row, start: Start, moment: Moment) -> datetime | None:
        own_day = moment.day or (row.moments.get("end_date") or Moment()).day
        if moment.exact:
            end = moment.exact
        elif own_day and moment.span:
            day = own_day.under(self.order)
            if day is None:
                raise Refused("cell-not-a-day", "end")
            end = _at(day, moment.span.start, moment.span.zone)
        elif moment.span and start.day:
            return self._later(row, start, moment.span.start, "end")
        elif moment.span:
            local = start.at.astimezone(self._zone) if start.at.tzinfo else start.at
            known = Start(start.at, Span(local.hour * 3600 + local.minute * 60 + local.second), local.date())
            return self._later(row, known, moment.span.start, "end")
        else:
            return None  # a day without a time
        return self._in_order(row, start.at, end)

    def _in_order(self, row: Row, start: datetime, end: datetime) -> datetime | None:
        first, last = self._aware(start), self._aware(end)
        if last == first:
            self._reading.warn(row.line.number, "cell-no-length", row.names.get("end", ""), row["end"])
            return None
        if last < first:
            raise Refused("cell-ends-before-start", "end")
        return end

    def _later(self, row: Row, start: Start, end: int, column: str) -> datetime | None:
        """An end that comes before its start is on the next day."""
        assert start.span is not None
        assert start.day is not None
        if end == start.span.start:
            self._reading.warn(row.line.number, "cell-no-length", row.names.get(column, ""), row[column])
            return None
        if end < start.span.start:
            end += times.DAY_SECONDS
            if end - start.span.start > LONG_HOURS * 3600:
                self._reading.warn(row.line.number, "cell-ends-next-day", row.names.get(column, ""), row[column])
        return start.at + timedelta(seconds=end - start.span.start)

    def _aware(self, moment: datetime) -> datetime:
        return moment if moment.tzinfo else moment.replace(tzinfo=self._zone)

    def _utc(self, moment: datetime, field: str) -> str | None:
        try:
            return stored(self._aware(moment).astimezone(UTC).replace(tzinfo=None))
        except OverflowError:  # in UTC it is before or after all years there are
            raise Refused("cell-day-impossible", field) from None


def _at(day: date, seconds: int, zone: Any) -> datetime:
    try:
        return datetime.combine(day, datetime.min.time(), zone) + timedelta(seconds=seconds)
    except OverflowError:
        raise Refused("cell-day-impossible", "start") from None

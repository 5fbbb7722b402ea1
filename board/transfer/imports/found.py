"""What is found in a file: sessions or people, doubts, and questions to the organiser. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from board.model.models import Message

Kind = Literal["agenda", "people"]
VALUE_SHOWN = 60
SAMPLES = 3


@dataclass(frozen=True)
class Given:
    """What is known before the file is read: the board, and what the organiser has answered so far.

    `map`: field → column (its name, or its number from 1; empty: no column). `day`: the day of times that stand without one.
    `encoding`: instead of the one that is recognised. `choices`: the key of a question → the answer."""

    time_zone: str = "UTC"
    starts_on: date | None = None
    ends_on: date | None = None
    today: date = date(2000, 1, 1)
    teams: tuple[str, ...] = ()
    """The board's own spellings."""
    roster: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Teams as the roster spells them, each with its people's names, folded."""
    map: Mapping[str, str] = field(default_factory=dict)
    day: date | None = None
    encoding: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)

    def days(self) -> tuple[date, date] | None:
        """The first and the last day of the gathering, where they are known."""
        first, last = self.starts_on or self.ends_on, self.ends_on or self.starts_on
        return (first, last) if first and last else None

    def has(self, day: date) -> bool:
        days = self.days()
        return days is not None and days[0] <= day <= days[1]


@dataclass(frozen=True)
class Doubt:
    """Something to look at, with its cell. `row` counts as the file's program counts, from 1; 0 is the file as a whole."""

    row: int
    what: Message
    column: str = ""
    value: str = ""
    refuses: bool = False
    """The row is left out because of it."""


@dataclass(frozen=True)
class Ask:
    """A question to the organiser. The first choice is the natural answer; `chosen` is what the preview goes by now."""

    key: str
    detail: Message
    choices: tuple[str, ...]
    chosen: str
    labels: tuple[Message | str, ...] = ()
    row: int = 0
    column: str = ""


@dataclass(frozen=True)
class Column:
    name: str
    field: str | None
    samples: list[str]


@dataclass
class SessionFound:
    """`changes` has what the file says of the session, and no more; times are in UTC as they are stored. `uid` is what the
    file calls it, "" where it says nothing."""

    row: int
    uid: str
    title: str
    changes: dict[str, Any]


@dataclass
class PersonFound:
    """`team` counts only where the file has that column."""

    row: int
    uid: str
    name: str
    team: str | None
    has_team: bool
    alias: str = ""
    """The name the other way round, where it is written “Surname, Given”."""


@dataclass
class Reading:
    """A file as it was understood."""

    kind: Kind
    format: str
    encoding: str = ""
    columns: list[Column] = field(default_factory=list)
    sessions: list[SessionFound] = field(default_factory=list)
    people: list[PersonFound] = field(default_factory=list)
    warnings: list[Doubt] = field(default_factory=list)
    asks: list[Ask] = field(default_factory=list)
    again: int = 0
    """The number of rows that repeat another row."""

    def warn(self, row: int, key: str, column: str = "", value: str = "", *, refuses: bool = False, **values: Any) -> None:
        self.warnings.append(Doubt(row, Message(key, values), column, shown(value), refuses))

    def ask(self, given: Given, ask: Ask) -> str:
        """Adds a question, and returns the choice that counts until it is answered. An answer that is not among the choices is
        ignored."""
        answer = given.choices.get(ask.key, "")
        chosen = answer if answer in ask.choices else ask.chosen
        self.asks.append(Ask(ask.key, ask.detail, ask.choices, chosen, ask.labels, ask.row, ask.column))
        return chosen

    @property
    def left_out(self) -> list[str]:
        return [column.name for column in self.columns if column.field is None and column.name]

    @property
    def refused(self) -> int:
        return len({doubt.row for doubt in self.warnings if doubt.refuses})


def shown(value: str) -> str:
    value = " ".join(value.split())
    return value if len(value) <= VALUE_SHOWN else value[: VALUE_SHOWN - 1] + "…"


def stored(moment: datetime | None) -> str | None:
    """A moment in UTC without a zone, as sessions keep it."""
    return None if moment is None else moment.isoformat(timespec="seconds") + "Z"

"""To whom a card goes, as a database looks it up. No database indexes what is inside of a list, so each place among the
recipients of a card has an index of its own. They are made from the posts by the database itself: whatever writes a post, also
a worker of an older version, cannot forget them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, ColumnElement, Integer, Text, literal_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from board.model.models import MAX_RECIPIENTS, Person, Recipient

# An entry of PostgreSQL's indexes has at most 2,704 bytes; a character has up to four.
KEY_CODE_POINTS = 600
PLACES = range(MAX_RECIPIENTS)


class _key(FunctionElement[str]):  # a function of SQL
    """The key of the recipient at one place; NULL where there is none."""

    type = Text()
    inherit_cache = True


class _number(FunctionElement[int]):
    """How many recipients there are."""

    type = Integer()
    inherit_cache = True


class unindexed(FunctionElement[str]):
    """A column whose own indexes are not to be used. SQLite takes them for better than they are, and reads the board."""

    type = Text()
    inherit_cache = True


def key_at(to: Column[str], place: int) -> ColumnElement[str]:
    return _key(to, literal_column(str(place)))


def reaches(to: Column[str], place: int) -> ColumnElement[bool]:
    """Whether somebody is at this place. An index has these posts alone, and a query has to say the same."""
    return _number(to) > literal_column(str(place))


def keys_of(person_id: str, person: Person | None) -> Iterator[str]:
    """Of cards for this person of the roster, also where the name was typed, and for the person's team."""
    yield key_of(Recipient("", None, person_id))
    if person is None:
        return
    typed = [Recipient(person.name, person.team)]
    if person.team:  # as `recipients.js` names a whole team
        whole = f"The {person.team} team"
        typed += [Recipient(whole, person.team), Recipient(whole), Recipient(person.team)]
    yield from map(key_of, typed)


def key_of(recipient: Recipient) -> str:
    """As the database makes it."""
    typed = f"{recipient.name}\n{recipient.team or ''}"
    return (typed if recipient.person is None else recipient.person)[:KEY_CODE_POINTS]


@compiles(_key, "sqlite")
def _key_in_sqlite(element: _key, compiler: SQLCompiler, **options: Any) -> str:
    to, place = (compiler.process(part, **options) for part in element.clauses)
    person, name, team = (f"json_extract({to}, '$[{place}].{field}')" for field in ("person", "name", "team"))
    return f"substr(coalesce({person}, {name} || char(10) || coalesce({team}, '')), 1, {KEY_CODE_POINTS})"


@compiles(_key, "postgresql")
def _key_in_postgresql(element: _key, compiler: SQLCompiler, **options: Any) -> str:
    to, place = (compiler.process(part, **options) for part in element.clauses)
    person, name, team = (f"(CAST({to} AS json) #>> '{{{place},{field}}}')" for field in ("person", "name", "team"))
    return f"substr(coalesce({person}, {name} || chr(10) || coalesce({team}, '')), 1, {KEY_CODE_POINTS})"


@compiles(_number, "sqlite")
def _number_in_sqlite(element: _number, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_array_length({compiler.process(element.clauses, **options)})"


@compiles(_number, "postgresql")
def _number_in_postgresql(element: _number, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_array_length(CAST({compiler.process(element.clauses, **options)} AS json))"


@compiles(unindexed, "sqlite")
def _unindexed_in_sqlite(element: unindexed, compiler: SQLCompiler, **options: Any) -> str:
    return f"+{compiler.process(element.clauses, **options)}"


@compiles(unindexed, "postgresql")
def _unindexed_in_postgresql(element: unindexed, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(element.clauses, **options)  # it knows how often each value is there

"""What each column of the database holds of people: one list, from which erasing a person and "what is stored of this phone"
are made. A test holds it to the schema. Who adds a column says here what it holds; all else follows.

Pure but for the names of the tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from sqlalchemy import Column, Table

from board.data import schema


class Holds(StrEnum):
    """Of a column. The test of erasing looks for the name and the phone in all that are not `NOTHING`."""

    NOTHING = "nothing about anybody: an id, a number, a time, a setting"
    PHONE = "the number of a phone: rows are of this phone, and go with it"
    PERSON = "the id of an entry of the roster"
    NAME = "the name of one person, or their team"
    NAMES = "a list of names, as JSON"
    WORDS = "what somebody wrote; it may name anybody"
    RECORD = "a file or a record that names people, kept for an hour at most"


def _of(**columns: str) -> dict[str, Holds]:
    """By what they hold, the columns; those of `nothing` are named, too, so that a new one is noticed."""
    return {column: Holds[holds.upper()] for holds, names in columns.items() for column in names.split()}


COLUMNS: Mapping[str, Mapping[str, Holds]] = {
    "boards": _of(
        nothing="id code epoch seq settings_seq sessions_seq last_post_at starts_on ends_on time_zone names anonymous"
        " cards_open frozen premoderate_card premoderate_question lease_seconds stage screen created_at accent logo languages"
        " retention_days public archived_at rehearsal_of erased_at tallied_seq hooked",
        words="title subtitle themes teams blocked_words screens notes",
    ),
    "sessions": _of(
        nothing="board_id id position starts_at ends_at room questions kind floor", names="speakers", words="title"
    ),
    "posts": _of(
        nothing="board_id id kind state seq content_seq created_at theme session votes reactions pinned answered published"
        " moderated_at approved_at withdrawn_at merged_into joined due answered_at"
        " voice taken_at later_at",
        phone="participant",
        person="owner_person",
        name="author_name author_team moderated_by owner",
        names="to thanks",
        words="text answer answer_translations reason set_aside blocked merged_was folded digest",
    ),
    "tallies": _of(nothing="board_id part number", names="key"),
    "votes": _of(nothing="board_id post_id came_at merged_from", phone="participant"),
    "reactions": _of(nothing="board_id post_id key", phone="participant"),
    "participants": _of(nothing="board_id muted trusted", phone="id", name="name team", person="person"),
    "people": _of(nothing="board_id badge", person="id", name="name team"),
    "links": _of(nothing="board_id id role digest created_at revoked_at used_at screen", name="name"),
    "logos": _of(nothing="board_id digest media_type bytes"),
    "imports": _of(nothing="board_id id kind created_at applied_at undone_at", record="name data answers done"),
    "undos": _of(nothing="board_id id created_at undone_at", record="done"),
    "webhooks": _of(
        nothing="board_id id url events created_at failed paused_until held_until status tried_at disabled_at",
    ),
    "messages": _of(nothing="board_id id webhook body"),
    "hosts": _of(nothing="id digest created_at revoked_at first_only", name="name"),
    "simulations": _of(nothing="board_id until acts holder held_until"),
    "prepared": _of(nothing="board_id id session position created_at added_at", name="author_name", words="text"),
    "consents": _of(nothing="board_id recap outside directory", phone="participant", person="person"),
    "receipts": _of(nothing="id board subject at layers"),
    "warnings": _of(nothing="board_id first_at last_at"),
    "audit": _of(nothing="id board_id at action post_id", name="actor", words="detail"),
}


def columns(holds: Holds) -> Iterator[tuple[Table, Column[object]]]:
    """All columns with this kind of personal data, on all boards."""
    for name, table in schema.metadata.tables.items():
        for column, what in COLUMNS.get(name, {}).items():
            if what is holds and "board_id" in table.c:
                yield table, table.c[column]


def of_phones() -> Iterator[tuple[Table, Column[object]]]:
    """The tables whose rows belong to phones, with the column that says to which."""
    return columns(Holds.PHONE)

"""Notes from the desk to the speaker: one for each room, until a moderator replaces it or takes it back. Pure."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

import msgspec

NOTE_GRAPHEMES = (1, 200)
ROOM_GRAPHEMES = (0, 60)
# One for each room; no venue has as many.
MAX_NOTES = 40


class Note(msgspec.Struct, frozen=True, omit_defaults=True):
    """`room`: "" is the only one, or all. `at`, `seen_at`: microseconds since 1970."""

    id: str
    room: str
    text: str
    by: str
    at: int
    seen_at: int | None = None


class NewNote(msgspec.Struct, forbid_unknown_fields=True):
    text: str
    room: str = ""


def new_id() -> str:
    return secrets.token_hex(6)


def with_note(notes: Sequence[Note], new: Note) -> list[Note]:
    """A room has one: a speaker reads no list. The oldest gives way where there are too many."""
    kept = [one for one in notes if one.room != new.room]
    return [*kept[-MAX_NOTES + 1 :], new]


def for_room(notes: Sequence[Note], room: str) -> Note | None:
    """The note of the room, or the one for all rooms, whichever is newer."""
    meant = [one for one in notes if one.room in (room, "")]
    return max(meant, key=lambda one: one.at, default=None)

"""What takes back an organiser's change to the roster or to the staff links: all that the change replaced, as it was and as it
became. Pure."""

from __future__ import annotations

import secrets
from typing import Any, NamedTuple

import msgspec

from board.model.models import Person, Post, Recipient
from board.model.renaming import Names

# What one change may keep. A person with more cards than fit in is changed all the same, and only not taken back by a tap.
MOST_BYTES = 1024 * 1024
_Unset = msgspec.UnsetType


class Fields(msgspec.Struct, omit_defaults=True, frozen=True):
    """Those fields of a post that the change touched."""

    to: list[Recipient] | _Unset = msgspec.UNSET
    author_name: str | _Unset | None = msgspec.UNSET
    author_team: str | _Unset | None = msgspec.UNSET
    participant: str | _Unset = msgspec.UNSET


class PostChange(msgspec.Struct, array_like=True, frozen=True):
    id: str
    before: Fields
    after: Fields


class Entry(msgspec.Struct, frozen=True):
    """Somebody of the roster. `badge`: a badge that was printed before opens the board again."""

    id: str
    name: str
    team: str | None
    badge: str


class PersonUndo(msgspec.Struct, tag="person", omit_defaults=True, frozen=True):
    """`was`: the entry before. `now`: the same one corrected, or the one that it was merged into; none: it was removed.
    `phone`: the participant that went by it. `muted`: the mute of a freed name went over to the entry that stayed."""

    was: Entry
    now: Entry | None
    phone: str | None
    posts: list[PostChange]
    muted: bool = False

    @property
    def merged(self) -> bool:
        return self.now is not None and self.now.id != self.was.id


class LinkUndo(msgspec.Struct, tag="link", frozen=True):
    link: str


Undo = PersonUndo | LinkUndo


class Undone(NamedTuple):
    """`about`: the id of the entry or the link that is there again."""

    kind: str
    about: str


_decoder: msgspec.json.Decoder[Undo] = msgspec.json.Decoder(Undo)
decode = _decoder.decode


def encode(undo: Undo) -> str | None:
    """None: too much to keep."""
    written = msgspec.json.encode(undo)
    return written.decode() if len(written) <= MOST_BYTES else None


def undone(undo: Undo) -> Undone:
    return Undone("link", undo.link) if isinstance(undo, LinkUndo) else Undone("person", undo.was.id)


def new_id() -> str:
    return secrets.token_hex(16)


def renamed(post_id: str, was: Names, now: Names) -> PostChange:
    """What differs on a post whose names changed."""
    fields = [name for name in Names._fields if getattr(was, name) != getattr(now, name)]
    return PostChange(post_id, *(Fields(**{name: getattr(names, name) for name in fields}) for names in (was, now)))


def handed_over(change: PostChange | None, post: Post, participant: str) -> PostChange:
    """The post, whose names may have changed already, goes to another participant."""
    before, after = (change.before, change.after) if change else (Fields(), Fields())
    return PostChange(
        post.id,
        msgspec.structs.replace(before, participant=post.participant),
        msgspec.structs.replace(after, participant=participant),
    )


def way_back(post: Post, change: PostChange) -> dict[str, Any]:
    """The fields that are to be as they were. What somebody has changed again since stays as it is."""
    fields = [name for name in Fields.__struct_fields__ if getattr(change.after, name) is not msgspec.UNSET]
    return {name: getattr(change.before, name) for name in fields if getattr(post, name) == getattr(change.after, name)}


def same(person: Person | None, entry: Entry | None) -> bool:
    """Whether the entry is still as it was left."""
    if person is None or entry is None:
        return person is None and entry is None
    return (person.id, person.name, person.team) == (entry.id, entry.name, entry.team)

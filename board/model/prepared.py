"""Questions that staff prepare before a session: nobody sees them until a moderator adds them. Shapes and bounds. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from board.model import requests, views
from board.model.models import Conflict, Invalid

_Unset = msgspec.UnsetType

PREPARED_A_SESSION = 100
"""That are not added yet."""


class Prepared(msgspec.Struct, frozen=True):
    """`id`: of the question that it becomes. `added_at`: microseconds since 1970; None: not yet."""

    id: str
    session: str | None
    position: int
    text: str
    author_name: str | None
    created_at: int
    added_at: int | None = None


class NewPrepared(msgspec.Struct, forbid_unknown_fields=True):
    id: UUID
    text: str
    author: str | None = None


class PreparedList(msgspec.Struct, forbid_unknown_fields=True):
    questions: list[NewPrepared]
    session: str | None = None


class PreparedSeen(msgspec.Struct, forbid_unknown_fields=True):
    """What a page showed of one when somebody began to change it."""

    text: str | _Unset = msgspec.UNSET


class PreparedEdit(PreparedSeen):
    """What is to be changed of one. `before`: the id of another one of the same session, null for behind all of those."""

    before: UUID | _Unset | None = msgspec.UNSET
    expect: PreparedSeen | _Unset = msgspec.UNSET


class PreparedAddition(msgspec.Struct, forbid_unknown_fields=True):
    """`expect`: what a page showed. Nobody puts words onto the board that they have not read."""

    expect: PreparedSeen | _Unset = msgspec.UNSET


class Checked(msgspec.Struct, frozen=True):
    id: str
    text: str
    author_name: str | None


def checked(wanted: Sequence[NewPrepared]) -> list[Checked]:
    """As they are stored. Raises `Invalid`."""
    if not 1 <= len(wanted) <= PREPARED_A_SESSION:
        raise Invalid("prepared-too-many", field="questions", most=PREPARED_A_SESSION)
    return [
        Checked(str(one.id), requests.question_text(one.text), requests.optional_name(one.author, "author")) for one in wanted
    ]


def edited(one: Prepared, wanted: PreparedEdit) -> Prepared:
    """With the text that is asked for.

    Raises `Conflict` with the present question where it is on the board, and where its editor saw another text; `Invalid`."""
    if one.added_at is not None:
        raise Conflict("prepared-added").telling(present=view(one))
    text = requests.question_text(wanted.text) if wanted.text is not msgspec.UNSET else msgspec.UNSET
    refuse_unseen(one, wanted.expect, text)
    return one if text is msgspec.UNSET else msgspec.structs.replace(one, text=text)


def refuse_unseen(one: Prepared, expect: PreparedSeen | _Unset, text: str | _Unset = msgspec.UNSET) -> None:
    """Raises `Conflict` with the present question where it is another one than a page showed.

    `text`: what it is to be; who asks again, because the answer was lost, is not refused."""
    seen = expect.text if expect is not msgspec.UNSET else msgspec.UNSET
    if seen is not msgspec.UNSET and one.text not in (seen, text):
        raise Conflict("prepared-changed-meanwhile").telling(present=view(one))


def placed(those: Sequence[Prepared], one: Prepared, before: UUID | None) -> list[Prepared]:
    """All of a session, with this one of them in another place. Raises `Invalid` where `before` is no other one of them."""
    rest = [other for other in those if other.id != one.id]
    at = len(rest) if before is None else next((place for place, other in enumerate(rest) if other.id == str(before)), -1)
    if at < 0:
        raise Invalid("prepared-before-unknown", field="before")
    return [*rest[:at], one, *rest[at:]]


def view(one: Prepared) -> dict[str, Any]:
    """As moderators see it. No feed has it."""
    added = {"added_at": views.iso(one.added_at)} if one.added_at is not None else {}
    return {"id": one.id, "session": one.session, "text": one.text, "author": one.author_name} | added

"""Questions that staff prepare before a session: nobody sees them until a moderator adds them. Shapes and bounds. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from board.model import requests, views
from board.model.models import Invalid

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


def view(one: Prepared) -> dict[str, Any]:
    """As moderators see it. No feed has it."""
    added = {"added_at": views.iso(one.added_at)} if one.added_at is not None else {}
    return {"id": one.id, "session": one.session, "text": one.text, "author": one.author_name} | added

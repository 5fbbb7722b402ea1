"""What moderators say of a question: answered, owned by somebody until a day, or set aside with a reason. What they say last
holds. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from board.model import requests, text
from board.model.models import REASON_GRAPHEMES, Conflict, Invalid, Kind, Post

# The years of one promise: a typing error as 20226 is found, and every calendar can show it.
DUE_YEARS = (2000, 2100)


def due(value: str) -> str:
    """The day as it is stored, 2026-05-04. Raises `Invalid`."""
    least, most = DUE_YEARS
    try:
        found = date.fromisoformat(value)
        if len(value) != len("2026-05-04") or not least <= found.year <= most:
            raise ValueError
    except ValueError:
        raise Invalid("due-wrong", field="due") from None
    return found.isoformat()


def set_aside(value: str | None) -> str | None:
    """The reason. Without one the question is not set aside."""
    return (text.clean(value, "set_aside", REASON_GRAPHEMES, lines=True) or None) if value else None


def touches(request: requests.Moderation) -> bool:
    """Whether the request says anything about what became of a question."""
    fates = (request.owner, request.due, request.set_aside)
    return request.answered is not None or any(one is not msgspec.UNSET for one in fates)


def changes(post: Post, said: Mapping[str, Any], now: int) -> dict[str, Any]:
    """The fields of a question that a decision changes: `answered`, `owner` with `owner_person`, `due` or `set_aside`, as they
    are stored. A new state ends another one, unless the request says otherwise: a question that gets an owner is no longer
    set aside, one that is set aside is no longer answered. Who owned it stays on an answered question. Raises `Invalid`,
    `Conflict`.
    """
    if post.kind is not Kind.QUESTION:
        raise Invalid("answer-needs-question")
    if said.get("answered") and said.get("set_aside"):
        raise Invalid("answered-or-set-aside", field="set_aside")
    ended: dict[str, Any] = {}
    if said.get("answered") or said.get("owner"):
        ended = {"set_aside": None}
    elif said.get("set_aside"):
        ended = {"answered": False}
    if "owner" in said and said["owner"] is None:
        ended |= {"due": None}
    changed = ended | dict(said)
    if changed.get("due") and not changed.get("owner", post.owner):
        raise Conflict("due-needs-owner", field="due", post=post)
    if "answered" in changed and changed["answered"] != post.answered:
        changed["answered_at"] = now if changed["answered"] else None
    return changed

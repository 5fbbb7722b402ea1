"""Two questions become one, and one becomes two again: when this is allowed, and what each is then. Pure."""

from __future__ import annotations

from typing import Any

import msgspec

from board.model.models import Conflict, Invalid, Kind, Post, State


class Joining(msgspec.Struct, forbid_unknown_fields=True):
    """The id of the question that another one is joined with."""

    into: str


class _Was(msgspec.Struct, omit_defaults=True):
    """What a joined question is no longer, and will be again."""

    state: State = State.VISIBLE
    pinned: bool = False
    moderated_by: str | None = None
    moderated_at: int | None = None


_decoder = msgspec.json.Decoder(_Was)


def refuse(goes: Post, stays: Post) -> None:
    """Raises `Invalid` or `Conflict` where these two cannot become one."""
    if goes.kind is not Kind.QUESTION or stays.kind is not Kind.QUESTION:
        raise Invalid("join-needs-questions", field="into")
    if goes.id == stays.id:
        raise Invalid("join-with-itself", field="into")
    if goes.state not in (State.PENDING, State.VISIBLE):
        raise Conflict("join-not-open", post=goes)
    if stays.state is not State.VISIBLE:
        raise Conflict("join-not-visible", post=stays)


def gone(goes: Post, stays: Post) -> dict[str, Any]:
    """What changes of the question that goes."""
    before = _Was(goes.state, goes.pinned, goes.moderated_by, goes.moderated_at)
    return {
        "state": State.HIDDEN,
        "pinned": False,
        "reason": None,
        "merged_into": stays.id,
        "merged_was": msgspec.json.encode(before).decode(),
    }


def was(goes: Post) -> dict[str, Any]:
    """What a joined question will be again, for a file: what is usual is left out."""
    found: dict[str, Any] = msgspec.to_builtins(_decoder.decode(goes.merged_was or "{}"))
    return found


def back(goes: Post) -> dict[str, Any]:
    """The fields that change when the question is separate again. Raises `Conflict` if it is not joined."""
    if goes.merged_into is None or goes.state is not State.HIDDEN:
        raise Conflict("not-joined", post=goes)
    before = _decoder.decode(goes.merged_was or "{}")
    return {**msgspec.structs.asdict(before), "merged_into": None, "merged_was": None}

"""What moves of questions that were joined, and those that are prepared and that nobody has seen. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec

from board.model import joining, prepared, requests
from board.model.models import Post, State
from board.model.prepared import Prepared
from board.model.views import iso

_LATEST_MICROSECONDS = 2**53
_Short = Annotated[str, msgspec.Meta(max_length=1_000)]


class Was(msgspec.Struct, omit_defaults=True):
    """What the question will be again: nothing else can be joined (board/model/joining.py)."""

    state: Literal["visible", "pending"] = "visible"
    pinned: bool = False
    moderated_by: _Short | None = None
    moderated_at: Annotated[int, msgspec.Meta(ge=0, le=_LATEST_MICROSECONDS)] | None = None


class Merged(msgspec.Struct):
    """`votes`: so many of the question that stays came with this one."""

    into: UUID
    votes: Annotated[int, msgspec.Meta(ge=0, le=2_000_000)] = 0
    was: Was = msgspec.field(default_factory=Was)


class NotAsked(msgspec.Struct):
    id: UUID
    text: str
    session: _Short | None = None
    author: _Short | None = None
    created_at: _Short | None = None
    added_at: _Short | None = None


def merged_view(post: Post, votes: int) -> dict[str, Any]:
    if post.merged_into is None:
        return {}
    return {"merged": {"into": post.merged_into, "votes": votes, "was": joining.was(post)}}


def prepared_view(one: Prepared) -> dict[str, Any]:
    return prepared.view(one) | {"created_at": iso(one.created_at)}


def merged_fields(merged: Merged | None, state: State) -> dict[str, Any]:
    """Of a question that is neither hidden nor taken back it means nothing."""
    if merged is None or state not in (State.HIDDEN, State.WITHDRAWN):
        return {}
    return {"merged_into": str(merged.into), "merged_was": msgspec.json.encode(merged.was).decode()}


def without_strays(posts: Iterable[Post]) -> list[Post]:
    """What was joined with a question that is not there is no longer joined."""
    posts = list(posts)
    there = {post.id for post in posts}
    gone = {"merged_into": None, "merged_was": None}
    return [
        msgspec.structs.replace(post, **gone) if post.merged_into and post.merged_into not in there - {post.id} else post
        for post in posts
    ]


def arrived(found: Sequence[NotAsked], sessions: set[str], moment: Callable[[str], int]) -> list[Prepared]:
    """The prepared questions in the order of the file. A question of an unknown session gets no session. Raises `Invalid`."""
    return [
        Prepared(
            id=str(one.id),
            session=one.session if one.session in sessions else None,
            position=position,
            text=requests.question_text(one.text),
            author_name=requests.optional_name(one.author, "author"),
            created_at=moment(one.created_at) if one.created_at else 0,
            added_at=moment(one.added_at) if one.added_at else None,
        )
        for position, one in enumerate(found, 1)
    ]

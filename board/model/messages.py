"""Encodes frames, pages of posts, and problem documents as JSON. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from board.model.catalogue import Catalogue
from board.model.models import Audience, Board, BoardError, Post, Session
from board.model.views import board_view, encode, iso_milliseconds, mine_view, post_view, screen_view

T = TypeVar("T")
# Whole numbers up to here are exact in JavaScript, and fit into MessagePack and both databases.
# An answer of pages: what a phone on a slow network still gets in a few seconds.
PAGE_BYTES = 2**20
SNAPSHOT_START = b'{"type":"snapshot",'


def fitting(views: Iterable[object], most_bytes: int = PAGE_BYTES) -> list[msgspec.Raw]:
    """As many views as fit in a page of `most_bytes`, in JSON; at least the first, or nobody could go on from there."""
    page: list[msgspec.Raw] = []
    for view in views:
        encoded = encode(view)
        most_bytes -= len(encoded) + 1
        if page and most_bytes < 0:
            break
        page.append(msgspec.Raw(encoded))
    return page


def snapshot_frame(
    board: Board,
    sessions: Sequence[Session],
    totals: Mapping[str, int],
    posts: Sequence[msgspec.Raw],
    more: bool,
    audience: Audience,
    *,
    screen: object = None,
    **more_parts: object,
) -> bytes:
    """`screen`: where it is not the first one's scene as the audience sees it; `more_parts`: `screens` for moderators,
    `note` for the stage."""
    return encode(
        {
            "type": "snapshot",
            "epoch": board.epoch,
            "seq": board.seq,
            "board": board_view(board, audience),
            "sessions": sessions,
            "themes": board.themes,
            "teams": board.teams,
            "screen": screen or screen_view(board.screen, audience),
            "totals": totals,
            "posts": posts,
            "more": more,
        }
        | more_parts
    )


def glance(board: Board, sessions: Sequence[Session], posts: Sequence[msgspec.Raw]) -> bytes:
    """A board's beginning, to stand in its page: `<` is escaped, so that no text can end the element it stands in."""
    parts = {"board": board_view(board), "themes": board.themes, "teams": board.teams, "screen": screen_view(board.screen)}
    return encode(parts | {"sessions": sessions, "posts": posts}).replace(b"<", rb"\u003c")


def changes_frame(after: int, to: int, posts: Sequence[msgspec.Raw], gone: Sequence[str], **rest: object) -> bytes:
    """`rest` is `board`, `sessions`, `screen`, `themes` or `teams`, where they changed."""
    return encode({"type": "changes", "after": after, "to": to, "posts": posts, "gone": gone, **rest})


def mine_frame(posts: Sequence[Post]) -> bytes:
    return encode({"type": "mine", "posts": [mine_view(post) for post in posts]})


def presence_frame(online: int, screens: Sequence[Mapping[str, object]] | None = None, voters: int = 0) -> bytes:
    """`screens` and `voters` are for moderators; `voters` is sent only if it is larger than the number of phones."""
    frame: dict[str, object] = {"type": "presence", "online": online}
    if screens is not None:
        frame["screens"] = screens
    if voters:
        frame["voters"] = voters
    return encode(frame)


def beat_frame(seq: int, now: int) -> bytes:
    """`now` in microseconds since 1970."""
    return encode({"type": "beat", "seq": seq, "now": iso_milliseconds(now)})


def problem(error: BoardError, catalogue: Catalogue) -> dict[str, Any]:
    """RFC 9457, in the reader's language; `code` is for programs and the same in all of them."""
    body: dict[str, Any] = {
        "type": f"urn:brilliance-board:{error.slug}",
        "title": catalogue.say(f"problem-{error.slug}"),
        "status": error.status,
        "code": error.slug,
        "detail": catalogue.refusal(error),
    }
    if error.field:
        body["field"] = error.field
    if error.post:
        body["post"] = post_view(error.post, Audience.MODERATORS)
    return body | error.members

"""What all laws share: a client, in any language, and the truth that its state is held against, read from the store."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import Connection, select

from board.data import queries, rows, schema
from board.data.queries import Loaded, load
from board.live import feed, groups, made
from board.live.feed import Cursor, Feed
from board.model import screening, showing, views
from board.model.models import Audience, Kind, Post, State
from board.model.totals import Totals, counted, recounted

Json = dict[str, Any]

SMALL_LIMITS = {
    feed: {
        "RESERVE": 1,
        "ROWS_KEPT": 6,
    },
    made: {"FRAMES_KEPT": 3},
    groups: {
        "CARDS_SHOWN": 3,
        "PINNED_SHOWN": 2,
        "OPEN_SHOWN": 3,
        "VOTED_SHOWN": 2,
        "WAITING_SHOWN": 3,
        "ANSWERED_SHOWN": 2,
        "HELD_SHOWN": 2,
        "WITHDRAWN_SHOWN": 2,
    },
    queries: {
        "CARDS_LOADED": 5,
        "PINNED_LOADED": 3,
        "QUESTIONS_LOADED": 4,
        "VOTED_LOADED": 4,
        "WAITING_LOADED": 5,
        "ANSWERED_LOADED": 3,
        "HELD_LOADED": 3,
        "WITHDRAWN_LOADED": 3,
        "RECENT_LOADED": 6,
        "MAX_CHANGES": 12,
    },
}


def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small limits, so that windows overflow and histories are cut."""
    for module, limits in SMALL_LIMITS.items():
        for name, limit in limits.items():
            monkeypatch.setattr(module, name, limit)


PARTS = ("board", "sessions", "themes", "teams", "screen", "screens", "totals")
STANDING = ("state", "applied", "seq", "seconds", "connections")
CANARY = re.compile(rb"canary-\d+")


@dataclass(frozen=True)
class Client:
    audience: Audience
    cursor: Cursor | None = None
    parts: Json = field(default_factory=dict)
    posts: Json = field(default_factory=dict)
    screen: str = ""
    """The id of the large screen that it is; "": a phone or a desk."""

    def after(self, frame: Json) -> Client:
        frame = standing_aside(frame)
        if frame["type"] == "snapshot":
            parts = {name: frame[name] for name in PARTS if name in frame}
            posts = {post["id"]: post for post in frame["posts"]}
            return Client(self.audience, Cursor(frame["epoch"], frame["seq"]), parts, posts, self.screen)
        assert frame["type"] == "changes"
        assert self.cursor is not None
        assert frame["after"] <= self.cursor.seq <= frame["to"]
        posts = dict(self.posts)
        for post in frame["posts"]:
            if "kind" in post:
                posts[post["id"]] = post
            elif post["id"] in posts:
                posts[post["id"]] = posts[post["id"]] | post
        for post_id in frame["gone"]:
            posts.pop(post_id, None)
        parts = {name: frame.get(name, part) for name, part in self.parts.items()}
        return Client(self.audience, Cursor(self.cursor.epoch, frame["to"]), parts, posts, self.screen)

    def require(self, truth: Truth, whole: bool = True) -> None:
        """That it shows what is true, and all of it if `whole`."""
        snapshot, posts = truth.snapshots[self.audience], truth.posts[self.audience]
        own = {"screen": truth.screens.get(self.screen, snapshot["screen"])}
        assert self.parts == {name: (snapshot | own)[name] for name in PARTS if name in snapshot}
        assert self.posts == {post_id: posts.get(post_id) for post_id in self.posts}, "a client holds what is no longer so"
        assert not whole or self.window(truth.spotlit) == {post["id"]: post for post in snapshot["posts"]}, (
            "a client misses what a snapshot has"
        )

    def window(self, spotlit: set[str]) -> Json:
        """Of the posts held, those that a snapshot has. `spotlit`: on any screen."""
        newest = sorted(self.posts.values(), key=lambda post: post["created_at"], reverse=True)

        def those(*states: str, **fields: object) -> list[Json]:
            return [post for post in newest if post.get("state", "visible") in states and fields.items() <= post.items()]

        asked = those("visible", kind="question", answered=False)
        shown = [
            *asked[: groups.OPEN_SHOWN],
            *sorted(asked[groups.OPEN_SHOWN :], key=lambda post: -post["votes"])[: groups.VOTED_SHOWN],
            *those("visible", kind="card")[: groups.CARDS_SHOWN],
            *those("visible", kind="card", pinned=True)[: groups.PINNED_SHOWN],
            *those("visible", kind="question", answered=True)[: groups.ANSWERED_SHOWN],
            *(post for post in newest if post["id"] in spotlit),
            *those("pending")[: groups.WAITING_SHOWN],
            *those("hidden", "rejected")[: groups.HELD_SHOWN],
            *those("withdrawn")[: groups.WITHDRAWN_SHOWN],
        ]
        return {post["id"]: post for post in shown}


@dataclass
class Truth:
    """A board at one seq, from the store."""

    snapshots: dict[Audience, Json]
    posts: dict[Audience, Json]
    public_texts: set[bytes]
    screens: Json
    """What each large screen shows, by its id, as its own page sees it."""
    spotlit: set[str]


def read_truth(connection: Connection, board_id: int) -> tuple[Cursor, Truth]:
    loaded = load(connection, board_id)
    assert loaded is not None
    fresh = Feed(loaded, now=lambda: 0)
    stored = [rows.post_from(row) for row in connection.execute(rows.select_posts.where(schema.posts.c.board_id == board_id))]
    public = [post for post in stored if post.state is State.VISIBLE]
    seen_by = {Audience.PUBLIC: public, Audience.MODERATORS: stored}

    def seen(audience: Audience) -> Json:
        return {post.id: json.loads(views.encode(views.post_view(post, audience))) for post in seen_by[audience]}

    _require_right_totals(loaded, stored)
    _require_stored_totals(connection, board_id, loaded, stored)
    return fresh.cursor, Truth(
        snapshots={audience: snapshot_of(fresh, audience) for audience in Audience},
        posts={audience: seen(audience) for audience in Audience},
        public_texts={text for post in public for text in CANARY.findall(views.encode(post))},
        screens={one.id: json.loads(views.encode(screening.own_view(one))) for one in showing.all_screens(loaded.board)},
        spotlit=_require_public(showing.spotlit(loaded.board), public),
    )


def _require_public(spotlit: list[str], public: list[Post]) -> set[str]:
    """What left the board left every screen with it."""
    assert set(spotlit) <= {post.id for post in public}, "a screen shows what is not public"
    return set(spotlit)


def standing_aside(frame: Json) -> Json:
    """Without how the screens are doing, which has no number."""
    if "screens" not in frame:
        return frame
    kept = [{name: part for name, part in one.items() if name not in STANDING} for one in frame["screens"]]
    return frame | {"screens": kept}


def snapshot_of(feed: Feed, audience: Audience) -> Json:
    """Without the time, which says nothing about the board."""
    return {name: part for name, part in standing_aside(json.loads(feed.snapshot(audience))).items() if name != "now"}


def _require_stored_totals(connection: Connection, board_id: int, loaded: Loaded, stored: list[Post]) -> None:
    """The table equals a recount, also in counts that no page shows; and the totals were read from the table."""
    table, boards = schema.tallies, schema.boards
    there = connection.execute(select(table.c.part, table.c.key, table.c.number).where(table.c.board_id == board_id))
    found = recounted([counted(post) for post in stored])
    assert {(row.part, *json.loads(row.key)): row.number for row in there} == found, "stored totals lie"
    assert loaded.totals.by_session() == Totals(found).by_session()
    assert loaded.totals.bridges([]) == Totals(found).bridges([])
    seqs = connection.execute(select(boards.c.seq, boards.c.tallied_seq).where(boards.c.id == board_id)).one()
    assert seqs.seq == seqs.tallied_seq, "stored totals are not believed"


def _require_right_totals(loaded: Loaded, stored: list[Post]) -> None:
    """Counted over all posts, not as `totals` does it."""
    numbers, public = loaded.totals.view(), [post for post in stored if post.state is State.VISIBLE]
    cards = [post for post in public if post.kind is Kind.CARD]
    questions = [post for post in public if post.kind is Kind.QUESTION]
    assert numbers["cards"] == len(cards)
    assert numbers["people"] == len({one.name for post in cards for one in post.to})
    assert numbers["questions"] == len(questions)
    assert numbers["answered"] == sum(post.answered for post in questions)
    held = [post for post in stored if post.state in (State.HIDDEN, State.REJECTED) and post.merged_into is None]
    assert numbers["held"] == len(held), "a joined question is none of its own"

"""Older posts, a page at a time: of whom, of which sort, with which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import CompoundSelect, Connection, Integer, Text, bindparam, desc, select, true, union_all

from board.data import addressed, queries, schema, search
from board.model.models import Audience, Kind, Person, Post, State

# One has some 20 KiB. Readers ask for few kinds of pages.
STATEMENTS_KEPT = 32


@dataclass(frozen=True)
class Wanted:
    """Which posts are asked for; None: any. `session`, `author`, `person`: ids. `named`: that person as the roster has it.
    `words`: as `search.words` gives them; each must be found."""

    audience: Audience
    state: State | None = None
    kind: Kind | None = None
    session: str | None = None
    author: str | None = None
    person: str | None = None
    named: Person | None = None
    words: Sequence[str] = ()


def older(connection: Connection, board_id: int, limit: int, before: str | None, wanted: Wanted) -> list[Post]:
    """The newest of these posts, from the one before `before` (a post's id) on. Raises `NotFound` where there is no such post.

    What the public may not see does not count, not even as the post to go on from: whether it exists is nobody's business.
    """
    known = schema.posts.c.state == State.VISIBLE if wanted.audience is Audience.PUBLIC else true()
    if wanted.person is None:
        equal, by = _equal(wanted), _looked_for_by(wanted)
        columns = {name: schema.posts.c[name] for name in equal}
        these = [(column if name in by else addressed.unindexed(column)) == equal[name] for name, column in columns.items()]
        # The words first: they are in the index, and the rest of a post is read where they are found.
        return queries.page(connection, board_id, limit, before, *search.finds(wanted.words), *these, known=known)
    until = None if before is None else queries.time_of(connection, board_id, before, known)
    return _addressed(connection, board_id, limit, until, wanted, list(addressed.keys_of(wanted.person, wanted.named)))


def _equal(wanted: Wanted) -> dict[str, str]:
    """By the name of a column, what it has to be."""
    public = wanted.audience is Audience.PUBLIC
    equal = {
        "state": State.VISIBLE if public else wanted.state,
        "kind": wanted.kind,
        "session": wanted.session,
        "participant": None if public else wanted.author,
    }
    return {name: value for name, value in equal.items() if value is not None}


def _looked_for_by(wanted: Wanted) -> tuple[str, ...]:
    """The columns by whose index posts are looked for. The others are compared with what is found: nearly every post may be a
    visible card, but few are by one author or of one session. SQLite keeps no count of that."""
    if wanted.author is not None and wanted.audience is not Audience.PUBLIC:
        return ("participant",)
    if wanted.session is not None:
        return ("session",)
    if wanted.words and wanted.state in (None, State.VISIBLE):
        return ()  # the words are in an index, which is read twice as fast as the posts
    return ("state", "kind")


def _addressed(
    connection: Connection, board_id: int, limit: int, until: int | None, wanted: Wanted, keys: Sequence[str]
) -> list[Post]:
    """The newest of these cards that go to somebody with one of these keys, older than `until` (microseconds since 1970)."""
    equal = _equal(wanted)
    statement = _newest_addressed(len(keys), tuple(equal), len(wanted.words), until is not None)
    values = {"board_id": board_id, "most": limit, "in_all": limit * len(addressed.PLACES), "until": until} | equal
    values |= {f"key{number}": key for number, key in enumerate(keys)}
    values |= {f"word{number}": word for number, word in enumerate(wanted.words)}
    found = connection.execute(statement, values)
    ids = list(dict.fromkeys(row.id for row in found))[:limit]  # a card may go to a person and to the team
    posts = {post.id: post for post in queries.by_ids(connection, board_id, ids)}
    return [posts[post_id] for post_id in ids]


@lru_cache(STATEMENTS_KEPT)
def _newest_addressed(keys: int, equal: tuple[str, ...], words: int, until: bool) -> CompoundSelect[tuple[str, int]]:
    """The statement for the newest cards with one of so many keys, some of them several times. To make it takes longer than to
    run it, so it is kept.

    Each key at each place is looked for by itself: an index gives the newest at once, and nobody's cards have to be sorted,
    however many they are.
    """
    table, most = schema.posts, bindparam("most", type_=Integer)
    these = select(table.c.id, table.c.created_at).where(table.c.board_id == bindparam("board_id"))
    these = these.where(*(addressed.unindexed(table.c[name]) == bindparam(name) for name in equal))
    these = these.where(*(search.has(bindparam(f"word{number}", type_=Text)) for number in range(words)))
    these = these.where(table.c.created_at < bindparam("until")) if until else these
    newest = these.order_by(table.c.created_at.desc()).limit(most)
    parts = []
    for place in addressed.PLACES:
        here = newest.where(addressed.reaches(table.c.to, place))
        for number in range(keys):
            part = here.where(addressed.key_at(table.c.to, place) == bindparam(f"key{number}")).subquery()
            parts.append(select(part.c.id, part.c.created_at))
    return union_all(*parts).order_by(desc("created_at")).limit(bindparam("in_all", type_=Integer))

"""Looks whether what a database says of itself is true."""

from __future__ import annotations

from collections import Counter

import msgspec
from sqlalchemy import Connection, func, select, text

from board.data import rows, schema, search, tallies
from board.model.models import State
from board.model.showing import spotlit

MAX_LISTED = 20
"""Of one kind of fault on one board; the rest are counted."""


def examine(connection: Connection) -> list[str]:
    """What is wrong, a sentence each. Empty: nothing."""
    wrong = _file(connection)
    for board in connection.execute(rows.select_boards.order_by(schema.boards.c.id)):
        try:
            found = _board(connection, board.id)
        except (msgspec.MsgspecError, ValueError) as error:
            found = [f"a row cannot be read: {error}"]
        wrong += [f"{board.code}: {fault}" for fault in found]
    return wrong


def _file(connection: Connection) -> list[str]:
    """Faults that SQLite finds in its file. PostgreSQL checks each page when it reads it."""
    if connection.dialect.name != "sqlite":
        return []
    wrong = [f"the file: {line}" for (line,) in connection.execute(text("PRAGMA integrity_check")) if line != "ok"]
    orphans = Counter(row[0] for row in connection.execute(text("PRAGMA foreign_key_check")))
    return wrong + [f"{count} rows of {table} belong to no board" for table, count in orphans.items()]


def _board(connection: Connection, board_id: int) -> list[str]:
    board = rows.read_board(connection, board_id)
    assert board is not None
    rows.read_sessions(connection, board_id)
    table = schema.posts
    head = connection.execute(select(schema.boards.c.last_post_at).where(schema.boards.c.id == board_id)).scalar_one()
    votes = _counted(connection, board_id)
    reactions = _reacted(connection, board_id)
    wrong: dict[str, list[str]] = {}
    seqs: Counter[int] = Counter()
    known = set()
    every = rows.select_posts.add_columns(table.c.folded).where(table.c.board_id == board_id).execution_options(yield_per=1_000)
    with connection.execute(every) as found:
        for row in found:
            post = rows.post_from(row)
            known.add(post.id)
            seqs[post.seq] += 1
            checks = {
                "a number beyond the board's": post.seq > board.seq,
                "contents newer than itself": post.content_seq > post.seq,
                "a time after the board's last post": post.created_at > head,
                "another number of votes than there are": post.votes != votes.get(post.id, 0),
                "other reactions than there are": post.reactions != reactions.get(post.id, {}),
                "another text for the search than its own": row.folded != search.folded(search.searched(post)),
                "a state that it was never published for": post.state is State.VISIBLE and not post.published,
            }
            for fault, holds in checks.items():
                if holds:
                    wrong.setdefault(fault, []).append(post.id)
    faults = [f"post {post_id} has {fault}" for fault, ids in wrong.items() for post_id in ids[:MAX_LISTED]]
    faults += [f"and {len(ids) - MAX_LISTED} more posts have {fault}" for fault, ids in wrong.items() if len(ids) > MAX_LISTED]
    faults += tallies.differences(connection, board_id)[:MAX_LISTED]
    faults += [f"{count} posts have the number {seq}" for seq, count in seqs.items() if count > 1]
    faults += [f"there are marks on the post {post_id}, which is not there" for post_id in sorted({*votes, *reactions} - known)]
    return faults + [
        f"a screen shows the post {post_id}, which is not there" for post_id in spotlit(board) if post_id not in known
    ]


def _counted(connection: Connection, board_id: int) -> dict[str, int]:
    table = schema.votes
    counted = (
        select(table.c.post_id, func.count().label("number")).where(table.c.board_id == board_id).group_by(table.c.post_id)
    )
    return {row.post_id: row.number for row in connection.execute(counted)}


def _reacted(connection: Connection, board_id: int) -> dict[str, dict[str, int]]:
    table = schema.reactions
    counted = (
        select(table.c.post_id, table.c.key, func.count())
        .where(table.c.board_id == board_id)
        .group_by(table.c.post_id, table.c.key)
    )
    reacted: dict[str, dict[str, int]] = {}
    for post_id, key, count in connection.execute(counted):
        reacted.setdefault(post_id, {})[key] = count
    return reacted

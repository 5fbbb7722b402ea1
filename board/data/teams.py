"""Where the name of a team stands, besides the board's list: on the roster, at phones, on posts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec
from sqlalchemy import Table, case, select, update

from board.data import rows, schema
from board.data.reads import Reads
from board.data.transaction import Transaction
from board.model.folding import fold
from board.model.models import Post

POSTS_AT_ONCE = 500


def rename(transaction: Transaction, renamed: Mapping[str, str]) -> None:
    """Old names to new ones, all at once, so that two teams may exchange theirs; also where one is spelt a little differently.
    In the caller's transaction: no viewer ever sees the one name here and the other there."""
    called = {fold(was): name for was, name in renamed.items()}
    for table in (schema.people, schema.participants):
        _rename_in(transaction, table, called)
    ids = list(_posts_of(transaction, called))
    for start in range(0, len(ids), POSTS_AT_ONCE):
        some = ids[start : start + POSTS_AT_ONCE]
        transaction.read_ahead([Reads(posts=some)])
        for post_id in some:
            post = transaction.post(post_id)
            if post is not None:
                _rename_on(transaction, post, called)


def _rename_in(transaction: Transaction, table: Table, called: Mapping[str, str]) -> None:
    here = table.c.board_id == transaction.board.id
    spelt = transaction.connection.execute(select(table.c.team).where(here, table.c.team.is_not(None)).distinct()).scalars()
    new = {team: called[fold(team)] for team in spelt if fold(team) in called}
    if new:
        by_old = case(new, value=table.c.team, else_=table.c.team)
        transaction.connection.execute(update(table).where(here, table.c.team.in_(new)).values(team=by_old))


def _posts_of(transaction: Transaction, called: Mapping[str, str]) -> Iterator[str]:
    table = schema.posts
    wanted = select(table.c.id, table.c.author_team, table.c.to).where(table.c.board_id == transaction.board.id)
    for row in transaction.connection.execute(wanted):
        to = rows.recipients_from(row.to) if row.to != "[]" else []
        if any(team and fold(team) in called for team in (row.author_team, *(each.team for each in to))):
            yield row.id


def _rename_on(transaction: Transaction, post: Post, called: Mapping[str, str]) -> None:
    def renamed(team: str | None) -> str | None:
        return called.get(fold(team), team) if team else team

    to = [msgspec.structs.replace(each, team=renamed(each.team)) for each in post.to]
    # Nobody has acted on the post: an approval that can be undone can still be undone.
    transaction.change_post(post, author_team=renamed(post.author_team), to=to, approved_at=post.approved_at)

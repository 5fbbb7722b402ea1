"""Posts follow people of the roster who are called otherwise from now on.

Few posts are changed like any others. Thousands, as of somebody whom everybody thanks, would keep the writer busy for seconds,
and all boards with it: they are changed by SQL of their own, and each worker reads them from the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, bindparam, select, update

from board.data import addressed, owners, rows, schema, search
from board.data.reads import Reads
from board.data.transaction import Transaction
from board.model.models import Recipient
from board.model.renaming import Names, Renaming

# The message to the other workers has at most so many posts of one commit.
POSTS_A_MESSAGE = 100
# In one statement: a database bounds the values of each.
POSTS_AT_ONCE = 1_000
# Of more people than these all posts of the board are looked through, rather than each post for each of them.
PEOPLE_LOOKED_FOR = 20

_rewrite = (
    update(schema.posts)
    .where(schema.posts.c.board_id == bindparam("b"), schema.posts.c.id == bindparam("i"))
    .values(
        to=bindparam("t"),
        author_name=bindparam("n"),
        author_team=bindparam("m"),
        folded=bindparam("f"),
        seq=bindparam("s"),
        content_seq=bindparam("s"),
    )
)


def follow(transaction: Transaction, renaming: Renaming) -> dict[str, tuple[Names, Names]]:
    """Names on posts become those that people have now, in the caller's transaction. Gives the names before and after, by the
    ids of the posts that changed."""
    changed = dict(_changed(transaction, renaming))
    ordinary = (
        set(changed) if len(changed) <= POSTS_A_MESSAGE else {one for one in changed if transaction.is_to_be_written(one)}
    )
    many = [one for one in changed if one not in ordinary]
    for start in range(0, len(many), POSTS_AT_ONCE):
        ordinary |= _rewritten(transaction, {one: changed[one] for one in many[start : start + POSTS_AT_ONCE]})
    _one_by_one(transaction, renaming, ordinary)
    owners.follow(transaction, renaming)
    return changed


def _changed(transaction: Transaction, renaming: Renaming) -> Iterator[tuple[str, tuple[Names, Names]]]:
    """Each post whose names change, by its id: as they are stored, and as they will be."""
    for row in _meant(transaction, renaming):
        was = Names(rows.recipients_from(row.to) if row.to != "[]" else [], row.author_name, row.author_team)
        now = renaming.of(was, row.participant)
        if now != was:
            yield row.id, (was, now)


def _meant(transaction: Transaction, renaming: Renaming) -> Iterable[Any]:
    """The posts that may change, in the order of their seqs: cards to these people, also where just this name was typed, and
    what their phones wrote."""
    table = schema.posts
    wanted = select(table.c.id, table.c.seq, table.c.participant, table.c.to, table.c.author_name, table.c.author_team)
    wanted = wanted.where(table.c.board_id == transaction.board.id)
    if len(renaming.people) > PEOPLE_LOOKED_FOR:
        return transaction.connection.execute(wanted.order_by(table.c.seq))
    keys = [addressed.key_of(Recipient("", None, one.was.id)) for one in renaming.people]
    keys += [addressed.key_of(Recipient(one.was.name, one.was.team)) for one in renaming.people if one.typed]
    # One statement for each index: of several in one SQLite would take none, and read the whole board.
    ways: list[tuple[ColumnElement[bool], ...]] = [
        (addressed.reaches(table.c.to, place), addressed.key_at(table.c.to, place).in_(keys)) for place in addressed.PLACES
    ]
    ways += [(table.c.participant.in_([phone for one in renaming.people for phone in one.phones]),)]
    found: dict[str, Any] = {row.id: row for way in ways for row in transaction.connection.execute(wanted.where(*way))}
    return sorted(found.values(), key=lambda row: row.seq)


def _rewritten(transaction: Transaction, changed: Mapping[str, tuple[Names, Names]]) -> set[str]:
    """Changes these posts by SQL. Gives those that cannot be changed so."""
    table = schema.posts
    wanted = select(table.c.id, table.c.folded, table.c.answer, table.c.reason)
    wanted = wanted.add_columns(table.c.owner, table.c.set_aside, table.c.answer_translations)
    found = transaction.connection.execute(wanted.where(table.c.board_id == transaction.board.id, table.c.id.in_(changed)))
    values = []
    for row in found:
        written = (row.answer, row.reason, row.owner, row.set_aside)
        others = tuple(rows.by_key(row.answer_translations).values())
        was, now = (search.Searched("", *names[1:], list(names.to), *written, others) for names in changed[row.id])
        folded = search.refolded(row.folded, was, now)
        if folded is not None:
            names = {"t": rows.to_json(now.to), "n": now.author_name, "m": now.author_team, "f": folded}
            values.append({"b": transaction.board.id, "i": row.id} | names)
    for seq, value in enumerate(values, transaction.number([value["i"] for value in values])):
        value["s"] = seq
    if values:
        transaction.connection.execute(_rewrite, values)
    return set(changed) - {value["i"] for value in values}


def _one_by_one(transaction: Transaction, renaming: Renaming, ids: set[str]) -> None:
    """Changes the names post by post. This counts as no act on a post: a moderator can still undo an approval."""
    transaction.read_ahead([Reads(posts=sorted(ids))])
    for post_id in ids:
        post = transaction.post(post_id)
        assert post is not None
        names = renaming.of(Names(post.to, post.author_name, post.author_team), post.participant)
        transaction.change_post(post, **names._asdict(), approved_at=post.approved_at)

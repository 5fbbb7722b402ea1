"""Posts follow people of the roster who are called otherwise from now on.

Few posts are changed like any others. Thousands, as of somebody whom everybody thanks, would keep the writer busy for seconds,
and all boards with it: they are changed by SQL of their own, and each worker reads them from the store.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import ColumnElement, and_, bindparam, or_, select, update

from board.data import owners, rows, schema, search
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
    table = schema.posts
    wanted = select(table.c.id, table.c.participant, table.c.to, table.c.author_name, table.c.author_team)
    meant = _meant(renaming) if len(renaming.people) <= PEOPLE_LOOKED_FOR else []
    conditions = [table.c.board_id == transaction.board.id, *([or_(*meant)] if meant else [])]
    for row in transaction.connection.execute(wanted.where(*conditions).order_by(table.c.seq)):
        was = Names(rows.recipients_from(row.to) if row.to != "[]" else [], row.author_name, row.author_team)
        now = renaming.of(was, row.participant)
        if now != was:
            yield row.id, (was, now)


def _meant(renaming: Renaming) -> list[ColumnElement[bool]]:
    """Cards to these people, also where just this name was typed, and posts that their phones wrote under it."""
    table = schema.posts
    meant: list[ColumnElement[bool]] = []
    for one in renaming.people:
        meant.append(table.c.to.contains(f'"person":{rows.to_json(one.was.id)}', autoescape=True))
        if one.typed:
            meant.append(table.c.to.contains(rows.to_json(Recipient(one.was.name, one.was.team)), autoescape=True))
        meant.append(and_(table.c.participant.in_(one.phones), table.c.author_name == one.was.name))
    return meant


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

"""Questions follow their owners on the roster who are called otherwise from now on, or are no longer on it. They are few:
moderators give each one away by hand."""

from __future__ import annotations

from sqlalchemy import select

from board.data import schema
from board.data.transaction import Transaction
from board.model.renaming import Renaming


def follow(transaction: Transaction, renaming: Renaming) -> None:
    """The name of the owner becomes the one that the person has now, in the caller's transaction."""
    table = schema.posts
    owners = {one.was.id: one.to for one in renaming.people}
    wanted = select(table.c.id, table.c.seq).where(table.c.board_id == transaction.board.id, table.c.owner_person.in_(owners))
    # In order here: to be asked for it, SQLite would read the whole board in that order.
    found = sorted(transaction.connection.execute(wanted), key=lambda row: row.seq)
    for post_id in [row.id for row in found]:
        post = transaction.post(post_id)
        to = owners.get(post.owner_person or "") if post else None
        if post and to and (post.owner, post.owner_person) != (to.name, to.person):
            transaction.change_post(post, owner=to.name, owner_person=to.person, approved_at=post.approved_at)

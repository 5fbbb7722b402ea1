"""Older posts, a page at a time: of whom, of which sort, with which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, or_, true

from board.data import rows, schema, search
from board.data.queries import page
from board.model.models import Audience, Kind, Person, Post, Recipient, State


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
    public = wanted.audience is Audience.PUBLIC
    known = schema.posts.c.state == State.VISIBLE if public else true()
    return page(connection, board_id, limit, before, *_conditions(wanted), known=known)


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    table = schema.posts
    public = wanted.audience is Audience.PUBLIC
    equal = {
        table.c.state: State.VISIBLE if public else wanted.state,
        table.c.kind: wanted.kind,
        table.c.session: wanted.session,
        table.c.participant: None if public else wanted.author,
    }
    conditions = [column == value for column, value in equal.items() if value is not None]
    if wanted.person is not None:
        conditions.append(_goes_to(wanted.person, wanted.named))
    return [*conditions, *search.finds(wanted.words)]


def _goes_to(person_id: str, person: Person | None) -> ColumnElement[bool]:
    """Cards for this person of the roster, also where the name was typed, and for the person's team."""
    to = schema.posts.c.to
    chosen = to.contains(f'"person":{rows.to_json(person_id)}', autoescape=True)
    if person is None:
        return chosen
    also = [Recipient(person.name, person.team)]
    if person.team:  # as `recipients.js` names a whole team
        whole = f"The {person.team} team"
        also += [Recipient(whole, person.team), Recipient(whole), Recipient(person.team)]
    return or_(chosen, *(to.contains(rows.to_json(one), autoescape=True) for one in also))

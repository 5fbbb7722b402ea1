"""What one phone has on a board: its name, its posts, its votes and reactions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, select

from board.data import rows, schema
from board.data.queries import page
from board.model.models import Participant, Post


@dataclass(frozen=True)
class Own:
    """`roster`: whether the board has people to pick from. `votes`: ids of posts; `reactions`: keys by the ids of posts."""

    roster: bool
    muted: bool
    participant: Participant | None
    posts: list[Post]
    votes: list[str]
    reactions: dict[str, list[str]]


def own(connection: Connection, board_id: int, named: str, pseudonym: str, most_posts: int) -> Own:
    """Everything of one phone. `named` and `pseudonym`: its two participant ids."""
    ids = (named, pseudonym)
    phones = participants(connection, board_id, ids)
    return Own(
        roster=_has_roster(connection, board_id),
        muted=any(participant.muted for participant in phones.values()),
        participant=phones.get(named),
        posts=_posts(connection, board_id, ids, most_posts),
        votes=_votes(connection, board_id, named),
        reactions=_reactions(connection, board_id, named),
    )


def participants(connection: Connection, board_id: int, ids: Collection[str]) -> dict[str, Participant]:
    """By what these phones go, as far as they have a name."""
    table = schema.participants
    found = connection.execute(select(table).where(table.c.board_id == board_id, table.c.id.in_(ids)))
    return {row.id: rows.participant_from(row) for row in found}


def _posts(connection: Connection, board_id: int, ids: Collection[str], most: int) -> list[Post]:
    """The newest posts of these participants. Of several at once a database would read the whole board, in its order."""
    mine = [post for one in ids for post in page(connection, board_id, most, None, schema.posts.c.participant == one)]
    return sorted(mine, key=lambda post: post.created_at, reverse=True)[:most]


def _has_roster(connection: Connection, board_id: int) -> bool:
    people = select(schema.people.c.id).where(schema.people.c.board_id == board_id).limit(1)
    return connection.execute(people).first() is not None


def _votes(connection: Connection, board_id: int, participant: str) -> list[str]:
    table = schema.votes
    voted = select(table.c.post_id).where(table.c.board_id == board_id, table.c.participant == participant)
    return list(connection.execute(voted).scalars())


def _reactions(connection: Connection, board_id: int, participant: str) -> dict[str, list[str]]:
    table = schema.reactions
    reacted = select(table.c.post_id, table.c.key).where(table.c.board_id == board_id, table.c.participant == participant)
    found: dict[str, list[str]] = {}
    for mark in connection.execute(reacted):
        found.setdefault(mark.post_id, []).append(mark.key)
    return found

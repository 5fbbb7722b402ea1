"""The rows of a board that comes from another server, all of them written by few statements."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice, repeat
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, insert, select, update

from board.data import imports, rows, schema, search, tallies
from board.data.everything import Line, Logo
from board.model.consent import Decided
from board.model.models import Post, Session
from board.model.prepared import Prepared

ROWS_AT_ONCE = 1_000


@dataclass(frozen=True)
class Arrived:
    """Phones stand as their numbers in the file: `participant` of a post and of a decision, and `muted`. The oldest post stands
    first."""

    posts: list[Post]
    sessions: list[Session]
    people: dict[str, imports.Named]
    muted: set[str]
    audit: list[Line]
    logo: Logo | None
    decided: list[Decided] = field(default_factory=list)
    merged: dict[str, int] = field(default_factory=dict)
    """By the id of a joined question: so many votes of the one that stays came with it."""
    prepared: list[Prepared] = field(default_factory=list)


def fill(connection: Connection, board_id: int, arrived: Arrived, now: int, by: str) -> None:
    """Into a board that nobody has seen yet. `now`: microseconds since 1970; `by`: the name for the audit trail."""
    table = schema.boards
    before = int(connection.execute(select(table.c.seq).where(table.c.id == board_id)).scalar_one())
    phones = {phone: secrets.token_hex(16) for phone in {post.participant for post in arrived.posts} | arrived.muted}
    posts = list(_numbered(arrived.posts, before, phones))
    seq = before + len(posts) + 1
    imports.write_sessions(connection, board_id, arrived.sessions)
    imports.write_people(connection, board_id, arrived.people)
    _write(connection, schema.posts, (_post_row(board_id, post) for post in posts))
    _write(connection, schema.votes, _votes(board_id, posts, arrived.merged))
    _write(connection, schema.reactions, _reactions(board_id, posts))
    _write(connection, schema.prepared, (_prepared_row(board_id, one) for one in arrived.prepared))
    decided = _decided(arrived.decided, phones)
    _write(connection, schema.participants, _phones(board_id, {phones[phone] for phone in arrived.muted}, decided))
    _write(connection, schema.consents, _consents(board_id, decided))
    line = Line(now, by, "import", None, f"{len(posts)} posts")
    _write(connection, schema.audit, (_audit_row(board_id, line) for line in [*arrived.audit, line]))
    if arrived.logo:
        picture = {"digest": arrived.logo.digest, "media_type": arrived.logo.media_type, "bytes": arrived.logo.data}
        connection.execute(insert(schema.logos).values(board_id=board_id, **picture))
    head = {"seq": seq, "settings_seq": seq, "sessions_seq": seq, "last_post_at": posts[-1].created_at if posts else 0}
    connection.execute(update(table).where(table.c.id == board_id).values(**head))
    tallies.count_again(connection, board_id)


def _numbered(posts: list[Post], seq: int, phones: dict[str, str]) -> Iterator[Post]:
    """With numbers of this board's history, and times that no two posts share."""
    latest = 0
    for post in posts:
        seq, latest = seq + 1, max(post.created_at, latest + 1)
        yield msgspec.structs.replace(
            post,
            seq=seq,
            content_seq=seq,
            created_at=latest,
            participant=phones[post.participant],
            digest=secrets.token_hex(16),
        )


def _decided(decided: list[Decided], phones: dict[str, str]) -> dict[str, Decided]:
    """Each by the id of its phone: of the one that posted, or of a new one that no cookie leads to."""
    return {phones.get(one.participant) or secrets.token_hex(16): one for one in decided}


def _consents(board_id: int, decided: dict[str, Decided]) -> Iterator[dict[str, Any]]:
    for phone, one in decided.items():
        yield {"board_id": board_id, "participant": phone, "person": one.person} | msgspec.structs.asdict(one.consent)


def _phones(board_id: int, muted: set[str], decided: dict[str, Decided]) -> Iterator[dict[str, Any]]:
    """Those that are muted, and those whose typed name comes along because it refused something."""
    named = {phone: one for phone, one in decided.items() if one.name}
    for phone in sorted(muted | named.keys()):
        one = named.get(phone)
        name, team = (one.name, one.team) if one else (None, None)
        yield {"board_id": board_id, "id": phone, "muted": phone in muted, "name": name, "team": team}


def _post_row(board_id: int, post: Post) -> dict[str, Any]:
    return rows.post_values(board_id, post) | {"folded": search.folded(search.searched(post))}


def _votes(board_id: int, posts: list[Post], merged: dict[str, int]) -> Iterator[dict[str, Any]]:
    """As many votes as there were, each under a new participant id that no cookie has. Votes that came
    with a joined question are marked."""
    came: dict[str, list[tuple[str, int]]] = {}
    for post in posts:
        if post.merged_into:
            came.setdefault(post.merged_into, []).append((post.id, merged.get(post.id, 0)))
    for post in posts:
        source = chain.from_iterable(repeat(goes, votes) for goes, votes in came.get(post.id, ()))
        for _ in range(post.votes):
            vote = {"board_id": board_id, "post_id": post.id, "participant": secrets.token_hex(16)}
            yield vote | {"merged_from": next(source, None)}


def _prepared_row(board_id: int, one: Prepared) -> dict[str, Any]:
    return {"board_id": board_id} | msgspec.structs.asdict(one)


def _reactions(board_id: int, posts: list[Post]) -> Iterator[dict[str, Any]]:
    for post in posts:
        for key, count in post.reactions.items():
            for _ in range(count):
                yield {"board_id": board_id, "post_id": post.id, "participant": secrets.token_hex(16), "key": key}


def _audit_row(board_id: int, line: Line) -> dict[str, Any]:
    return {"board_id": board_id, "at": line.at, "actor": line.actor, "action": line.action} | {
        "post_id": line.post,
        "detail": line.detail,
    }


def _write(connection: Connection, table: Table, values: Iterator[dict[str, Any]]) -> None:
    while chunk := list(islice(values, ROWS_AT_ONCE)):
        connection.execute(insert(table), chunk)

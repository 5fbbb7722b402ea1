"""Between rows and models: what a table's row means, and what is written for a model. No transactions here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select

from board.data import schema
from board.model.models import (
    Board,
    Floor,
    Kind,
    LargeScreen,
    Link,
    Names,
    Participant,
    Person,
    Post,
    Questions,
    Reaction,
    Recipient,
    Role,
    Screen,
    Session,
    State,
    Team,
    Theme,
)
from board.model.noting import Note
from board.model.organising import Public
from board.model.totals import Counted, fate

_POST_COLUMNS = [column for column in schema.posts.columns if column.name not in ("board_id", "folded")]
_MAPPINGS = ("thanks", "answer_translations")
"""Columns of text by a key; most posts have none."""
select_posts = select(*_POST_COLUMNS)
# One whose rows are being erased is gone.
select_boards = select(schema.boards).where(schema.boards.c.erased_at.is_(None))
_recipients = msgspec.json.Decoder(list[Recipient])
_counts = msgspec.json.Decoder(dict[Reaction, int])
_by_key = msgspec.json.Decoder(dict[str, str])
_themes = msgspec.json.Decoder(list[Theme])
_teams = msgspec.json.Decoder(list[Team])
_screen = msgspec.json.Decoder(Screen)
_screens = msgspec.json.Decoder(list[LargeScreen])
_notes = msgspec.json.Decoder(list[Note])
_strings = msgspec.json.Decoder(list[str])
_public = msgspec.json.Decoder(Public)


def to_json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def recipients_from(stored: str) -> list[Recipient]:
    return _recipients.decode(stored)


def by_key(stored: str | None) -> dict[str, str]:
    return _by_key.decode(stored) if stored else {}


def post_from(row: Row[Any]) -> Post:
    values = dict(row._mapping)
    values.pop("folded", None)
    values["kind"] = Kind(values["kind"])
    values["state"] = State(values["state"])
    values["to"] = recipients_from(values["to"])
    values["reactions"] = _counts.decode(values["reactions"])
    values["blocked"] = _strings.decode(values["blocked"]) if values["blocked"] != "[]" else []
    for name in _MAPPINGS:
        values[name] = by_key(values[name])
    return Post(**values)


def post_values(board_id: int, post: Post) -> dict[str, Any]:
    values = {name: getattr(post, name) for name in post.__struct_fields__}
    lists = {"to": to_json(post.to), "reactions": to_json(post.reactions), "blocked": to_json(post.blocked)}
    mappings = {name: to_json(values[name]) if values[name] else None for name in _MAPPINGS}
    return values | {"board_id": board_id} | mappings | lists


def session_from(row: Row[Any]) -> Session:
    return Session(
        id=row.id,
        title=row.title,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        room=row.room,
        speakers=_strings.decode(row.speakers),
        questions=Questions(row.questions),
        kind="break" if row.kind == "break" else msgspec.UNSET,
        floor=Floor(row.floor) if row.floor else msgspec.UNSET,
    )


def session_values(board_id: int, position: int, session: Session) -> dict[str, Any]:
    values = {name: getattr(session, name) for name in session.__struct_fields__}
    values |= {name: None for name in ("kind", "floor") if values[name] is msgspec.UNSET}
    return values | {"board_id": board_id, "position": position, "speakers": to_json(session.speakers)}


def session_changes(changes: dict[str, Any]) -> dict[str, Any]:
    """Column values for fields of `Session` that the column holds as they are, or not at all."""
    return {name: None if value is msgspec.UNSET else value for name, value in changes.items()}


_JSON_FIELDS = ("themes", "teams", "screen", "screens", "notes", "languages", "blocked_words", "public")
_BOARD_FIELDS = frozenset(Board.__struct_fields__) - {*_JSON_FIELDS, "links", "muted", "trusted", "names"}


def board_from(row: Row[Any], links: Sequence[Link] = (), muted: Sequence[str] = (), trusted: Sequence[str] = ()) -> Board:
    plain = {name: value for name, value in row._mapping.items() if name in _BOARD_FIELDS}
    return Board(
        **plain,
        names=Names(row.names),
        themes=_themes.decode(row.themes),
        teams=_teams.decode(row.teams),
        screen=_screen.decode(row.screen),
        screens=_screens.decode(row.screens),
        notes=_notes.decode(row.notes),
        languages=_strings.decode(row.languages),
        blocked_words=_strings.decode(row.blocked_words),
        public=_public.decode(row.public),
        links=list(links),
        muted=list(muted),
        trusted=list(trusted),
    )


def board_values(**fields: Any) -> dict[str, Any]:
    """Column values for fields of `Board`."""
    return {name: to_json(value) if name in _JSON_FIELDS else value for name, value in fields.items()}


def read_counted(connection: Connection, board_id: int, ids: Sequence[str] | None = None) -> Iterator[Counted]:
    """What totals need of every post of a board, or of these alone."""
    table = schema.posts
    wanted = select(table.c.id, table.c.kind, table.c.state, table.c.answered, table.c.author_team, table.c.to)
    wanted = wanted.add_columns(table.c.owner, table.c.set_aside, table.c.session, table.c.reason, table.c.merged_into)
    these = [] if ids is None else [table.c.id.in_(ids)]
    for row in connection.execute(wanted.where(table.c.board_id == board_id, table.c.state.not_in(_UNCOUNTED), *these)):
        to = _recipients.decode(row.to) if row.kind == Kind.CARD else ()
        fated = fate(answered=bool(row.answered), set_aside=row.set_aside, owner=row.owner)
        about = (row.session, row.reason, row.merged_into is not None)
        yield Counted(row.id, Kind(row.kind), State(row.state), fated, row.author_team, to, *about)


_UNCOUNTED = (State.PENDING, State.WITHDRAWN)


def read_board(connection: Connection, board_id: int) -> Board | None:
    """The board with its staff links and its muted participants."""
    row = connection.execute(select_boards.where(schema.boards.c.id == board_id)).one_or_none()
    if row is None:
        return None
    links = connection.execute(
        select(schema.links.c.id, schema.links.c.role, schema.links.c.name, schema.links.c.screen)
        .where(schema.links.c.board_id == board_id, schema.links.c.revoked_at.is_(None))
        .order_by(schema.links.c.created_at, schema.links.c.id)
    )
    phones = schema.participants.c
    marked = connection.execute(
        select(phones.id, phones.muted, phones.trusted).where(phones.board_id == board_id, phones.muted | phones.trusted)
    ).all()
    return board_from(
        row,
        [Link(link.id, Role(link.role), link.name, link.screen) for link in links],
        sorted(one.id for one in marked if one.muted),
        sorted(one.id for one in marked if one.trusted),
    )


def read_sessions(connection: Connection, board_id: int) -> list[Session]:
    table = schema.sessions
    rows = connection.execute(select(table).where(table.c.board_id == board_id).order_by(table.c.position, table.c.id))
    return [session_from(row) for row in rows]


def participant_from(row: Row[Any]) -> Participant:
    return Participant(row.id, row.name, row.team, row.muted, row.person, row.trusted)


def roster(connection: Connection, board_id: int, *ids: str) -> list[Person]:
    """The people who were imported: all, or those with these ids."""
    people, participants = schema.people, schema.participants
    held = (participants.c.board_id == people.c.board_id) & (participants.c.person == people.c.id)
    wanted = select(people, participants.c.id.label("holder")).join_from(people, participants, held, isouter=True)
    wanted = wanted.where(people.c.board_id == board_id)
    found = connection.execute(wanted.where(people.c.id.in_(ids)) if ids else wanted)
    return [Person(row.id, row.name, row.team, row.holder) for row in found]

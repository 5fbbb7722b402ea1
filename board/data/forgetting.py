"""What is stored of one phone and of one person, and how it goes. From the list of `personal`."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, delete, or_, select, update

from board.data import personal, rows, schema
from board.data.reads import VOTE, Mark
from board.data.transaction import Transaction
from board.model import forgetting
from board.model.erased import plain
from board.model.folding import fold
from board.model.forgetting import Who
from board.model.models import Person

MARKS_A_SLICE = 200
POSTS_READ_AT_ONCE = 1_000
# Their rows are changed by the rules of posts, votes and phones, not simply deleted.
_BY_RULES = frozenset({"posts", "votes", "reactions", "participants"})
_CHANGED_NAMES = ("person-changed", "people-merged")


# -- one phone -----------------------------------------------------------------------------------------------------


def rows_of_phone(connection: Connection, board_id: int, ids: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    """All rows of these participants, by table, and the entry of the roster that they go by."""
    found: dict[str, list[dict[str, Any]]] = {}
    for table, column in personal.of_phones():
        wanted = select(table).where(table.c.board_id == board_id, column.in_(ids))
        found[table.name] = [dict(row._mapping) for row in connection.execute(wanted)]
    persons = [row["person"] for row in found["participants"] if row["person"]]
    found["people"] = _rows(connection, schema.people, board_id, schema.people.c.id.in_(persons))
    found["audit"] = _rows(connection, schema.audit, board_id, schema.audit.c.detail.in_(ids))
    found["thanks"] = [
        {"post": row.id, "to": to} for row in _thanked(connection, board_id, ids) for one, to in _thanks(row) if one in ids
    ]
    return found


def _thanked(connection: Connection, board_id: int, ids: Collection[str], most: int | None = None) -> list[Row[Any]]:
    """Cards of others that these phones said thanks for."""
    table = schema.posts
    said = or_(*(table.c.thanks.contains(f'"{one}"', autoescape=True) for one in ids))
    wanted = select(table.c.id, table.c.thanks).where(table.c.board_id == board_id, table.c.thanks.is_not(None), said)
    return list(connection.execute(wanted.limit(most)))


def _thanks(row: Row[Any]) -> list[tuple[str, str]]:
    """Each phone that said thanks, with the recipient under whose name it did."""
    return list(json.loads(row.thanks).items())


def thanked_by(transaction: Transaction, ids: Collection[str], most: int) -> list[str]:
    """Some posts that these phones said thanks for."""
    return [row.id for row in _thanked(transaction.connection, transaction.board.id, ids, most)]


def _rows(connection: Connection, table: Table, board_id: int, so: ColumnElement[bool]) -> list[dict[str, Any]]:
    return [dict(row._mapping) for row in connection.execute(select(table).where(table.c.board_id == board_id, so))]


def marks_of(transaction: Transaction, ids: Collection[str]) -> list[Mark]:
    """Some votes and reactions of these participants."""
    found: list[Mark] = []
    votes, reactions = schema.votes, schema.reactions
    for table, key in ((votes, None), (reactions, reactions.c.key)):
        columns = [table.c.post_id, table.c.participant, *([key] if key is not None else [])]
        mine = (table.c.board_id == transaction.board.id, table.c.participant.in_(ids))
        for row in transaction.connection.execute(select(*columns).where(*mine).limit(MARKS_A_SLICE)):
            found.append((row[0], row[1], row[2] if key is not None else VOTE))
    return found


def forget_phone(transaction: Transaction, ids: Collection[str]) -> None:
    """All that is left once posts, votes and reactions are gone. A mute stays: erasing is no way around it."""
    connection, board_id = transaction.connection, transaction.board.id
    for table, column in personal.of_phones():
        if table.name not in _BY_RULES:
            connection.execute(delete(table).where(table.c.board_id == board_id, column.in_(ids)))
    _forget_participants(connection, board_id, ids)
    audit = schema.audit
    connection.execute(update(audit).where(audit.c.board_id == board_id, audit.c.detail.in_(ids)).values(detail=""))
    _forget_records(connection, board_id, ids)


def _forget_participants(connection: Connection, board_id: int, ids: Collection[str]) -> None:
    table = schema.participants
    mine = (table.c.board_id == board_id, table.c.id.in_(ids))
    connection.execute(delete(table).where(*mine, table.c.muted.is_(False)))
    connection.execute(update(table).where(*mine).values(name=None, team=None, person=None))


def _forget_records(connection: Connection, board_id: int, words: Collection[str]) -> None:
    """What undoes a change of one of these phones: it cannot be undone any more."""
    undos = schema.undos
    said = or_(*(undos.c.done.contains(word, autoescape=True) for word in words))
    connection.execute(delete(undos).where(undos.c.board_id == board_id, said))


# -- one person ----------------------------------------------------------------------------------------------------


def find_person(connection: Connection, board_id: int, wanted: str, word: str) -> Who | list[Person] | None:
    """By the id of an entry of the roster, or by a name: of the roster, or as somebody typed it. A list: several are called so.
    None: nobody."""
    everybody = rows.roster(connection, board_id)
    name = fold(wanted)
    called = [one for one in everybody if one.id == wanted] or [one for one in everybody if fold(one.name) == name]
    if len(called) > 1:
        return called
    person = called[0] if called else None
    own_name = person.name if person else wanted
    namesakes = [one for one in everybody if one != person and fold(one.name) == fold(own_name)]
    who = forgetting.who(person, own_name, namesakes, (), word)
    phones = _phones(connection, board_id, who)
    who = who._replace(phones=frozenset(phones))
    return who if person or phones or next(posts_of(connection, board_id, who), None) is not None else None


def _phones(connection: Connection, board_id: int, who: Who) -> set[str]:
    table = schema.participants
    found = connection.execute(select(table).where(table.c.board_id == board_id))
    own = {row.id for row in found if (row.person == who.person if row.person else who.is_called(row.name, row.team))}
    return own | ({forgetting.nobody(who.person)} if who.person else set())


def posts_of(connection: Connection, board_id: int, who: Who, *, texts: bool = False) -> Iterator[str]:
    """Ids of the posts that show the person. `texts`: also of those whose text has the name."""
    table = schema.posts
    every = rows.select_posts.where(table.c.board_id == board_id).execution_options(yield_per=POSTS_READ_AT_ONCE)
    with connection.execute(every) as found:
        for row in found:
            post = rows.post_from(row)
            if forgetting.is_author(who, post) or forgetting.rest_of(who, post, texts=texts):
                yield post.id


def mentions(connection: Connection, board_id: int, who: Who) -> int:
    """How many texts have the name."""
    table = schema.posts
    every = rows.select_posts.where(table.c.board_id == board_id).execution_options(yield_per=POSTS_READ_AT_ONCE)
    with connection.execute(every) as found:
        return sum(forgetting.mentions(who, rows.post_from(row)) for row in found)


def forget_person(transaction: Transaction, who: Who, *, texts: bool) -> None:
    """All that is left once the posts are changed: roster, phones, agenda, staff links, audit trail, what undoes changes."""
    connection, board_id = transaction.connection, transaction.board.id
    if who.person is not None:
        people = schema.people
        connection.execute(delete(people).where(people.c.board_id == board_id, people.c.id == who.person))
    _forget_participants(connection, board_id, who.phones)
    _forget_in_agenda(transaction, who, texts=texts)
    _forget_in_links(transaction, who)
    _forget_in_audit(connection, board_id, who)
    _forget_elsewhere(connection, board_id, who)
    for table in (schema.undos, schema.imports):  # the files of some minutes: what is in them cannot be searched
        connection.execute(delete(table).where(table.c.board_id == board_id))
    notes = [one for one in transaction.board.notes if fold(one.by) not in who.names and not who.is_named_in(one.text)]
    transaction.change_board(**({"notes": notes} if len(notes) < len(transaction.board.notes) else {}))


def _forget_in_agenda(transaction: Transaction, who: Who, *, texts: bool) -> None:
    table, changed = schema.sessions, False
    for session in rows.read_sessions(transaction.connection, transaction.board.id):
        values: dict[str, Any] = {"speakers": forgetting.speakers_without(who, session.speakers)}
        if texts and who.is_named_in(session.title):
            values["title"] = forgetting.without_names(who, session.title)
        if values["speakers"] != session.speakers or "title" in values:
            this = (table.c.board_id == transaction.board.id, table.c.id == session.id)
            stored = values | {"speakers": rows.to_json(values["speakers"])}
            transaction.connection.execute(update(table).where(*this).values(stored))
            changed = True
    if changed:
        transaction.touch_sessions()


def _forget_in_links(transaction: Transaction, who: Who) -> None:
    """A link of this name is taken back, too: an act by this link would write the name again."""
    table = schema.links
    mine = table.c.board_id == transaction.board.id
    found = transaction.connection.execute(select(table.c.id, table.c.name).where(mine))
    if own := [row.id for row in found if fold(row.name) in who.names]:
        these = update(table).where(mine, table.c.id.in_(own))
        transaction.connection.execute(these.values(name=plain(who.word)))
        transaction.connection.execute(these.where(table.c.revoked_at.is_(None)).values(revoked_at=transaction.now))


def _forget_in_audit(connection: Connection, board_id: int, who: Who) -> None:
    """A line that names the person keeps when and what, and loses what it tells."""
    table = schema.audit
    columns = (table.c.id, table.c.action, table.c.detail)
    lines = connection.execute(select(*columns).where(table.c.board_id == board_id)).all()
    changes = [line.detail for line in lines if line.action in _CHANGED_NAMES and line.detail]
    gone = forgetting.lines_about(who, changes)
    details = [line.id for line in lines if who.is_named_in(line.detail) or line.detail in who.phones or line.detail in gone]
    for some in _some(details):
        connection.execute(update(table).where(table.c.id.in_(some)).values(detail=plain(who.word)))


def _forget_elsewhere(connection: Connection, board_id: int, who: Who) -> None:
    """In the tables that have no rules of their own: rows of this person go, and the word stands in the place of the name."""
    for table, column in personal.columns(personal.Holds.PERSON):
        if who.person is not None and table.name not in _BY_RULES | {"people"}:
            connection.execute(delete(table).where(table.c.board_id == board_id, column == who.person))
    for table, column in personal.columns(personal.Holds.NAME):
        if table.name not in _BY_RULES | {"people", "links"}:
            mine = table.c.board_id == board_id
            found = connection.scalars(select(column).where(mine).distinct()).all()
            called = [name for name in found if isinstance(name, str) and fold(name) in who.names]
            connection.execute(update(table).where(mine, column.in_(called)).values({column: plain(who.word)}))


def _some(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), POSTS_READ_AT_ONCE):
        yield ids[start : start + POSTS_READ_AT_ONCE]

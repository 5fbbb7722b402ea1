"""How the database looks for posts: by an index, in the order in which they are shown, however many there are. The plans are
those of the statements that run, as SQLite and PostgreSQL tell them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, event, text

from board.data import queries, search
from board.data.older import Wanted, older
from board.data.queries import load
from board.data.store import Store
from board.model.models import Audience, Kind, State
from tests import boards

PUBLIC, MODERATORS = Audience.PUBLIC, Audience.MODERATORS
PAGES = {
    "public": Wanted(PUBLIC),
    "cards": Wanted(PUBLIC, kind=Kind.CARD),
    "questions": Wanted(PUBLIC, kind=Kind.QUESTION),
    "of a session": Wanted(PUBLIC, session="s1"),
    "questions of a session": Wanted(MODERATORS, kind=Kind.QUESTION, session="s1"),
    "all": Wanted(MODERATORS),
    "all cards": Wanted(MODERATORS, kind=Kind.CARD),
    "hidden": Wanted(MODERATORS, state=State.HIDDEN),
    "hidden cards": Wanted(MODERATORS, state=State.HIDDEN, kind=Kind.CARD),
    "of an author": Wanted(MODERATORS, author="f" * 32),
    "with words": Wanted(MODERATORS, words=search.words("heat stress")),
    "with words, from a page on": Wanted(MODERATORS, state=State.VISIBLE, words=["heat"]),
}
Statement = tuple[str, Any]


@contextmanager
def listened(connection: Connection) -> Iterator[list[Statement]]:
    """The statements that read posts."""
    heard: list[Statement] = []

    def hear(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        if "FROM posts" in statement or "FROM tallies" in statement:
            heard.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", hear)
    yield heard
    event.remove(connection, "before_cursor_execute", hear)


def plan(connection: Connection, statement: Statement) -> str:
    """In a database with few posts PostgreSQL would read the whole table, and be right."""
    if connection.dialect.name == "sqlite":
        return "\n".join(row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement[0]}", statement[1]))
    for way in ("seqscan", "bitmapscan", "sort"):
        connection.execute(text(f"SET LOCAL enable_{way} = off"))
    found = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement[0]}", statement[1]).scalar_one()
    return json.dumps(found, indent=0)


def is_by_index(connection: Connection, said: str) -> bool:
    if connection.dialect.name == "sqlite":
        return "SCAN " not in said and "TEMP B-TREE" not in said
    return '"Seq Scan"' not in said and '"Sort"' not in said and '"Incremental Sort"' not in said


async def looked_at(store: Store, act: Callable[[Connection], object]) -> list[tuple[str, bool]]:
    """The plan of each statement that this runs, and whether it is one by an index."""

    def read(connection: Connection) -> list[tuple[str, bool]]:
        with listened(connection) as heard:
            act(connection)
        plans = [plan(connection, statement) for statement in heard]
        return [(said, is_by_index(connection, said)) for said in plans]

    return await store.read(read)


async def filled(store: Store) -> tuple[int, str]:
    """A board, and a post to go on from."""
    board_id = await boards.new_board(store)
    await boards.new_session(store, board_id, "s1")
    await boards.submit(store, board_id, boards.card())
    post = await boards.submit(store, board_id, boards.question(session="s1"))
    return board_id, post.id


@pytest.mark.parametrize("page", PAGES)
async def test_any_page_of_posts_is_read_in_the_order_of_an_index(store: Store, page: str) -> None:
    board_id, anchor = await filled(store)
    for before in (None, anchor):
        plans = await looked_at(store, lambda connection: older(connection, board_id, 101, before, PAGES[page]))  # noqa: B023
        assert [said for said, by_index in plans if not by_index] == []
        assert plans


async def test_a_board_is_opened_by_indexes_alone(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    board_id, _ = await filled(store)
    monkeypatch.setattr(queries, "QUESTIONS_LOADED", 1)  # older ones are looked for by their votes
    plans = await looked_at(store, lambda connection: load(connection, board_id))
    assert len(plans) >= 11
    assert [said for said, by_index in plans if not by_index] == []
    if store.file:  # PostgreSQL chooses by the number of rows
        assert any("posts_pinned" in said for said, _ in plans), "a few cards of very many"
    assert any("posts_voted" in said for said, _ in plans), "a few open questions of very many"


async def test_opening_a_board_reads_no_more_of_it_however_many_posts_there_are(store: Store) -> None:
    board_id, _ = await filled(store)

    def read(connection: Connection) -> list[str]:
        with listened(connection) as heard:
            load(connection, board_id)
        return [statement for statement, _ in heard if "FROM posts" in statement]

    statements = await store.read(read)
    assert statements
    assert [one for one in statements if "LIMIT" not in one] == []


async def test_a_search_reads_words_in_the_index_not_whole_rows(store: Store) -> None:
    board_id, _ = await filled(store)
    wanted = PAGES["with words"]
    plans = await looked_at(store, lambda connection: older(connection, board_id, 101, None, wanted))
    assert "posts_searched" in plans[0][0] or not store.file, plans[0][0]

"""How the database looks for posts: by an index, in the order in which they are shown, however many there are. The plans are
those of the statements that run, as SQLite and PostgreSQL tell them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import Connection, event, text

from board.actions import screens
from board.data import addressed, following, queries, search
from board.data.older import Wanted, older
from board.data.own import own
from board.data.queries import changes_after, load
from board.data.store import Store
from board.data.transaction import Transaction
from board.model import requests, screening
from board.model.models import MAX_RECIPIENTS, Audience, Kind, Person, Recipient, State
from board.model.renaming import Renamed, Renaming
from board.model.showing import Scene
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
NADIA = Person("nadia", "Nadia Rahman", "Bangladesh")
PERSONS = {
    "public": Wanted(PUBLIC, person="nadia", named=NADIA),
    "who is on no roster": Wanted(PUBLIC, person="nadia"),
    "for moderators": Wanted(MODERATORS, person="nadia", named=NADIA),
    "hidden": Wanted(MODERATORS, state=State.HIDDEN, kind=Kind.CARD, session="s1", person="nadia", named=NADIA),
    "of an author": Wanted(MODERATORS, author="f" * 32, person="nadia", named=NADIA),
    "with words": Wanted(MODERATORS, words=["heat"], person="nadia", named=NADIA),
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


@pytest.mark.parametrize("page", PERSONS)
async def test_cards_to_a_person_are_read_only_by_indexes_of_recipients(store: Store, page: str) -> None:
    """By the indexes of the places among recipients, each of which gives the newest first. By no other index: nearly all posts
    may have this state or author, or none."""
    board_id, anchor = await filled(store)
    wanted = PERSONS[page]
    assert wanted.person
    await boards.submit(store, board_id, boards.card(to=[requests.To(name=NADIA.name, team=NADIA.team)]))
    keys = len(list(addressed.keys_of(wanted.person, wanted.named)))
    for before in (None, anchor):

        def looks(connection: Connection, before: str | None = before) -> tuple[list[str], list[bool]]:
            with listened(connection) as heard:
                older(connection, board_id, 101, before, wanted)
            by = next(statement for statement in heard if "UNION ALL" in statement[0])
            others = [is_by_index(connection, plan(connection, one)) for one in heard if one is not by]
            return indexes_in_order(connection, by), others

        used, others = await store.read(looks)
        assert sorted(used) == sorted([f"posts_to_{place}" for place in range(MAX_RECIPIENTS)] * keys)
        assert others == [True] * len(others)


def indexes_in_order(connection: Connection, statement: Statement) -> list[str]:
    """The indexes in which a statement of several parts looks for posts; none of a part that sorts what it found there."""
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement[0]}", statement[1]).all()
        sort = {row.parent for row in rows if "TEMP B-TREE" in row.detail}
        looks = [row for row in rows if row.detail.startswith("SEARCH posts") or row.detail.startswith("SCAN posts")]
        return [row.detail.split("INDEX ")[1].split(" ")[0] for row in looks if row.parent not in sort]
    told = plan(connection, statement)
    assert is_by_index(connection, told)
    return re.findall('"Index Name": "([a-z0-9_]+)"', told)


async def test_posts_of_a_phone_are_read_by_both_of_its_ids_newest_first(store: Store) -> None:
    """Every phone asks for it when it opens the board."""
    board_id, _ = await filled(store)
    posts = [await boards.submit(store, board_id, boards.question(anonymous=number % 2 > 0), 7) for number in range(6)]
    numbers = (boards.participant(7), boards.pseudonym(7))
    assert {post.participant for post in posts} == set(numbers)
    found = await store.read(lambda connection: own(connection, board_id, *numbers, 5))
    assert [post.id for post in found.posts] == [post.id for post in posts[:0:-1]]
    plans = await looked_at(store, lambda connection: own(connection, board_id, boards.participant(), boards.pseudonym(), 500))
    assert [said for said, by_index in plans if not by_index] == []
    if store.file:  # PostgreSQL chooses by the number of rows
        assert len([said for said, _ in plans if "posts_by_participant" in said]) == 2


async def test_a_rename_reads_only_posts_that_can_contain_the_name(store: Store) -> None:
    """While that is done no board takes a post."""
    board_id, _ = await filled(store)
    now = Person("nadia", "Nadia Khan", "Bangladesh", "f" * 32)
    several = [Renamed(one, now, Recipient(now.name, now.team, one.id), typed=True) for one in (NADIA, replace(NADIA, id="n"))]

    def command(transaction: Transaction) -> list[tuple[str, bool]]:
        with listened(transaction.connection) as heard:
            following.follow(transaction, Renaming(several))
        plans = [plan(transaction.connection, statement) for statement in heard]
        return [(said, is_by_index(transaction.connection, said)) for said in plans]

    plans = await store.write(board_id, command)
    assert [said for said, by_index in plans if not by_index] == []
    if store.file:  # PostgreSQL chooses by the number of rows
        used = [said.split("INDEX ")[1].split(" ")[0] for said, _ in plans]
        assert used == [*(f"posts_to_{place}" for place in range(MAX_RECIPIENTS)), "posts_by_participant", "posts_owned"]
        assert all("(board_id=? AND " in said for said, _ in plans)


async def test_a_board_is_opened_by_indexes_alone(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    board_id, _ = await filled(store)
    monkeypatch.setattr(queries, "QUESTIONS_LOADED", 1)  # older ones are looked for by their votes
    plans = await looked_at(store, lambda connection: load(connection, board_id))
    assert len(plans) >= 11
    assert [said for said, by_index in plans if not by_index] == []
    if store.file:  # PostgreSQL chooses by the number of rows
        assert any("posts_pinned" in said for said, _ in plans), "a few cards of very many"
    assert any("posts_voted" in said for said, _ in plans), "a few open questions of very many"


async def test_posts_shown_on_screens_are_read_by_id(store: Store) -> None:
    """Two screens: of one post alone no database has to think about the order."""
    board_id, post_id = await filled(store)
    actor = await boards.new_actor(store, board_id)
    foyer, _ = await screens.add(store, board_id, actor, screening.NewLargeScreen("Foyer"))
    await screens.present(store, board_id, actor, requests.NewScreen(Scene.SPOTLIGHT, post=post_id))
    another = await boards.submit(store, board_id, boards.question())
    await screens.present_on(store, board_id, actor, screening.ManyScreens(Scene.SPOTLIGHT, post=another.id, ids=[foyer.id]))
    acts: list[Callable[[Connection], object]] = [
        lambda connection: load(connection, board_id),
        lambda connection: changes_after(connection, board_id, changed - 1),
    ]
    changed = (await store.read(lambda connection: queries.heads(connection, [board_id])))[board_id][1]
    for act in acts:
        plans = await looked_at(store, act)
        assert [said for said, by_index in plans if not by_index] == []
        if store.file:  # PostgreSQL chooses by the number of rows
            assert any("(board_id=? AND id=?)" in said for said, _ in plans)


async def test_opening_a_larger_board_reads_no_more_rows(store: Store) -> None:
    board_id, _ = await filled(store)

    def read(connection: Connection) -> list[str]:
        with listened(connection) as heard:
            load(connection, board_id)
        return [statement for statement, _ in heard if "FROM posts" in statement]

    statements = await store.read(read)
    assert statements
    assert [one for one in statements if "LIMIT" not in one] == []


FEW = {
    "posts_by_participant": Wanted(MODERATORS, state=State.VISIBLE, kind=Kind.CARD, author="f" * 32),
    "posts_by_session": Wanted(PUBLIC, kind=Kind.QUESTION, session="s1"),
    "posts_by_state": Wanted(MODERATORS, state=State.HIDDEN, words=["heat"]),
    "posts_searched": Wanted(MODERATORS, state=State.VISIBLE, kind=Kind.CARD, words=["heat"]),
}


@pytest.mark.parametrize("index", FEW)
async def test_a_search_for_posts_uses_the_most_selective_index(store: Store, index: str) -> None:
    """Not by being visible cards, which nearly all are. PostgreSQL counts by itself."""
    board_id, _ = await filled(store)
    plans = await looked_at(store, lambda connection: older(connection, board_id, 101, None, FEW[index]))
    assert [said for said, by_index in plans if not by_index] == []
    assert index in plans[0][0] or not store.file, plans[0][0]


async def test_a_search_looks_for_words_before_it_reads_the_rest_of_a_post(store: Store) -> None:
    """SQLite compares in the order of the conditions. Of the words it looks for the longest first: few posts have it."""
    board_id, _ = await filled(store)
    wanted = Wanted(MODERATORS, state=State.VISIBLE, kind=Kind.CARD, words=["heat", "stressful", "at"])

    def read(connection: Connection) -> Statement:
        with listened(connection) as heard:
            older(connection, board_id, 101, None, wanted)
        return heard[0]

    statement, values = await store.read(read)
    conditions = statement[statement.index("WHERE") :]
    assert max(conditions.rfind("instr("), conditions.rfind("strpos(")) < conditions.index("state")
    values = list(values.values() if isinstance(values, dict) else values)
    assert sorted(wanted.words, key=values.index) == ["stressful", "heat", "at"]


async def test_a_search_reads_words_in_the_index_not_whole_rows(store: Store) -> None:
    board_id, _ = await filled(store)
    wanted = PAGES["with words"]
    plans = await looked_at(store, lambda connection: older(connection, board_id, 101, None, wanted))
    assert "posts_searched" in plans[0][0] or not store.file, plans[0][0]

"""The store's promises over SQLite and PostgreSQL: a confirmed write stays, numbers have no gap, reads are up to date."""

from __future__ import annotations

import asyncio
import logging
import threading
import uuid
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, Index, func, inspect, select, text

from board.actions import attendees, lifecycle, moderators, people, screens, setup
from board.data import engines, migrations, postgres, queries, schema
from board.data import store as store_module
from board.data.queries import changes_after, heads, load, page
from board.data.store import Store
from board.data.transaction import Transaction
from board.model import requests
from board.model.models import (
    MAX_RECIPIENTS,
    Changes,
    Invalid,
    Kind,
    NotFound,
    Post,
    Questions,
    Reaction,
    Scene,
    State,
    StorageDown,
)
from tests import boards, servers
from tests.boards import busy, in_one_batch, opened
from tests.clocks import MovedClock
from tests.sentences import refused


async def count(store: Store, name: str) -> int:
    table = schema.metadata.tables[name]
    return await store.read(lambda connection: connection.execute(select(func.count()).select_from(table)).scalar_one())


async def changes_since(store: Store, board_id: int, after: int) -> Changes | None:
    return untallied(await store.read(lambda connection: changes_after(connection, board_id, after)))


def heard_by(store: Store) -> list[Changes]:
    commits: list[Changes] = []
    store.listeners[:] = [lambda changes: commits.append(untallied(changes))]
    return commits


def untallied(changes: Changes | None) -> Any:
    """A commit tells the totals that it moved, what is read later all of them: `test_tallies` holds both to one truth."""
    return changes and msgspec.structs.replace(changes, tallies=[], recounted=False)


# -- group commit --------------------------------------------------------------------------------------------------


async def test_queued_commands_are_one_commit_with_consecutive_numbers(store: Store) -> None:
    board_id, commits = await boards.new_board(store), heard_by(store)
    posts = await in_one_batch(store, *(boards.submit(store, board_id, boards.question(), n) for n in range(20)))
    assert [post.seq for post in posts] == list(range(1, 21))
    assert [(changes.after, changes.to) for changes in commits] == [(0, 20)]
    assert commits[0].posts == posts


async def test_a_refused_command_stores_nothing_and_uses_no_number(store: Store) -> None:
    board_id, commits = await boards.new_board(store), heard_by(store)
    first = await boards.submit(store, board_id, boards.question())

    def refused(transaction: Transaction) -> None:
        stored = transaction.post(first.id)
        assert stored is not None
        transaction.mark(stored, boards.participant(), "vote", True)
        transaction.change_post(stored, text="Never to be read")
        transaction.add_post(a_post("Never to be read"))
        transaction.put_participant(transaction.participant(boards.participant(7)))
        transaction.change_board(frozen=True)
        transaction.record("Mira", "never to be read")
        raise Invalid("No.")

    before, error, after = await in_one_batch(
        store,
        boards.submit(store, board_id, boards.question()),
        store.write(board_id, refused),
        boards.submit(store, board_id, boards.question()),
    )
    assert isinstance(error, Invalid)
    assert (before.seq, after.seq) == (2, 3)
    assert commits[-1].posts == [before, after]
    assert commits[-1].board is None
    news = await changes_since(store, board_id, 0)
    assert news is not None
    assert news.posts == [first, before, after]
    assert [await count(store, name) for name in ("votes", "participants", "audit")] == [0, 0, 0]


async def test_a_command_that_fails_does_not_affect_others(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    board_id, commits = await boards.new_board(store), heard_by(store)

    def broken(transaction: Transaction) -> None:
        transaction.add_post(a_post("Never to be read"))
        raise ZeroDivisionError

    def broken_in_the_database(transaction: Transaction) -> None:
        transaction.connection.execute(text("SELEKT 1"))

    with caplog.at_level(logging.CRITICAL, "board.data.store"):  # it logs both faults; that is what it should do
        first, error, second, fault, third = await in_one_batch(
            store,
            boards.submit(store, board_id, boards.question()),
            store.write(board_id, broken),
            boards.submit(store, board_id, boards.question()),
            store.write(board_id, broken_in_the_database),
            boards.submit(store, board_id, boards.question()),
        )
    assert isinstance(error, ZeroDivisionError)
    assert isinstance(fault, StorageDown)
    assert [post.seq for post in (first, second, third)] == [1, 2, 3]
    assert [(changes.after, changes.to) for changes in commits] == [(0, 1), (1, 2), (2, 3)]
    assert await count(store, "posts") == 3


async def test_boards_in_a_batch_have_separate_numbers_and_a_missing_one_affects_none(store: Store) -> None:
    one, other, erased = [await boards.new_board(store) for _ in range(3)]
    await store.write_any(lambda connection: lifecycle.purge(connection, erased))
    commits = heard_by(store)
    answers = await in_one_batch(
        store, *(boards.submit(store, board_id, boards.question()) for board_id in (other, erased, one, other))
    )
    assert isinstance(answers.pop(1), NotFound)
    assert [post.seq for post in answers] == [1, 1, 2]
    assert [(changes.board_id, changes.after, changes.to) for changes in commits] == [(one, 0, 1), (other, 0, 2)]


async def test_votes_of_a_batch_on_one_question_use_one_number(store: Store) -> None:
    board_id = await boards.new_board(store)
    asked = await boards.submit(store, board_id, boards.question())
    commits = heard_by(store)

    def vote(number: int, on: bool = True) -> Coroutine[Any, Any, Post]:
        return attendees.vote(store, board_id, boards.participant(number), asked.id, on)

    await in_one_batch(store, *(vote(number) for number in range(50)), vote(0), vote(1, on=False), vote(50), vote(50, on=False))
    assert [(changes.to, changes.posts[0].votes) for changes in commits] == [(2, 49)]
    assert await count(store, "votes") == 49
    await vote(0)
    assert len(commits) == 1, "a repeated vote changes nothing and tells nobody"


async def test_a_post_and_its_votes_in_one_batch_are_sent_once(store: Store) -> None:
    board_id, commits = await boards.new_board(store), heard_by(store)
    wanted = boards.question()
    await in_one_batch(
        store,
        boards.submit(store, board_id, wanted),
        attendees.vote(store, board_id, boards.participant(1), str(wanted.id), True),
    )
    assert [(post.seq, post.votes) for post in commits[0].posts] == [(1, 1)]
    assert commits == [await changes_since(store, board_id, 0)]


# -- time ----------------------------------------------------------------------------------------------------------


async def test_times_are_unique_and_rising_even_if_the_clock_stops_or_jumps_back(store: Store, database_url: str) -> None:
    board_id = await boards.new_board(store)
    posts = []
    for seconds in (1_000.0, 1_000.0, 400.0, 1_000.5):
        async with opened(database_url, clock=MovedClock(seconds)) as other:
            posts += await in_one_batch(other, *(boards.submit(other, board_id, boards.question()) for _ in range(3)))
    times = [post.created_at for post in posts]
    assert times[0] == 1_000_000_000
    assert times[-3] == 1_000_500_000
    assert all(earlier < later for earlier, later in pairwise(times))


# -- answers -------------------------------------------------------------------------------------------------------


async def test_listeners_and_callers_hear_of_a_post_only_after_the_commit(store: Store, database_url: str) -> None:
    board_id = await boards.new_board(store)
    heard: list[tuple[int, Changes | None]] = []
    async with opened(database_url) as other:

        def read_elsewhere(changes: Changes) -> None:
            heard.append((changes.to, other.read_now(lambda connection: changes_after(connection, board_id, changes.after))))

        store.listeners[:] = [read_elsewhere]
        post = await boards.submit(store, board_id, boards.question())
        assert [to for to, _ in heard] == [1], "the feed hears of it before its author does"
        assert heard[0][1] is not None
        assert heard[0][1].posts == [post]


async def test_a_failed_commit_fails_its_callers(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    """Every statement went well; the database refuses at the very end."""
    board_id, commits = await boards.new_board(store), heard_by(store)
    await store.write_any(
        lambda connection: connection.execute(
            text("CREATE TABLE late (board BIGINT REFERENCES boards (id) DEFERRABLE INITIALLY DEFERRED)")
        )
    )

    def command(transaction: Transaction) -> None:
        transaction.add_post(a_post())
        transaction.connection.execute(text("INSERT INTO late VALUES (4711)"))

    with caplog.at_level(logging.CRITICAL, "board.data.store"), pytest.raises(StorageDown):
        await store.write(board_id, command)
    assert commits == []
    assert await count(store, "posts") == 0
    assert (await boards.submit(store, board_id, boards.question())).seq == 1


async def test_a_post_is_stored_even_if_its_caller_is_cancelled(store: Store) -> None:
    board_id = await boards.new_board(store)
    async with busy(store):
        gone = asyncio.create_task(boards.submit(store, board_id, boards.question()))
        await asyncio.sleep(0)
        gone.cancel()
    assert (await boards.submit(store, board_id, boards.question())).seq == 2


async def test_stopping_commits_what_is_queued(store: Store, database_url: str) -> None:
    board_id = await boards.new_board(store)
    async with opened(database_url) as other, busy(store):  # no writer is idle, so the post can only wait in the queue
        posting = asyncio.create_task(boards.submit(other, board_id, boards.question()))
        await asyncio.sleep(0)
        stopping = asyncio.create_task(other.stop())
        await asyncio.sleep(0)
    await stopping
    assert (await posting).seq == 1
    assert await count(store, "posts") == 1


async def test_a_full_queue_refuses_at_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    board_id = await boards.new_board(store)
    monkeypatch.setattr(store_module, "MAX_QUEUED", 1)
    async with busy(store):
        waiting = asyncio.create_task(boards.submit(store, board_id, boards.question()))
        await asyncio.sleep(0)
        with refused(StorageDown, match="very busy"):
            await boards.submit(store, board_id, boards.question())
    assert (await waiting).seq == 1


# -- what changed --------------------------------------------------------------------------------------------------


async def test_changes_read_later_equal_the_changes_of_the_commit(store: Store) -> None:
    """After every action, of every kind, reading from the cursor before it gives just what its commit gave."""
    board_id = await boards.new_board(store)
    await boards.new_session(store, board_id, "heat")
    mira = await boards.new_actor(store, board_id)
    commits = heard_by(store)
    asked, praised = boards.question(session="heat"), boards.card()
    question_id, card_id = str(asked.id), str(praised.id)
    me = boards.participant()

    def moderate(post_id: str, **changes: Any) -> Awaitable[Post]:
        return moderators.moderate(store, board_id, mira, post_id, requests.Moderation(**changes))

    steps: list[Callable[[], Awaitable[object]]] = [
        lambda: boards.submit(store, board_id, asked),
        lambda: boards.submit(store, board_id, praised),
        lambda: attendees.vote(store, board_id, me, question_id, True),
        lambda: attendees.react(store, board_id, me, card_id, Reaction.CLAP, True),
        lambda: moderate(question_id, pinned=True, answer="The ministry."),
        lambda: screens.present(store, board_id, mira, requests.NewScreen(Scene.SPOTLIGHT, post=question_id)),
        lambda: setup.change_board(store, board_id, mira, requests.BoardChange(frozen=True)),
        lambda: setup.change_session(store, board_id, mira, "heat", requests.SessionChange(Questions.PAUSED)),
        lambda: people.mute(store, board_id, mira, me, True),
        lambda: moderate(question_id, state=State.HIDDEN, reason="Twice"),
        lambda: attendees.edit(store, board_id, [me], card_id, requests.Edit(state=State.WITHDRAWN)),
    ]
    for number, step in enumerate(steps, 1):
        await step()
        assert len(commits) == number
        assert commits[-1] == await changes_since(store, board_id, commits[-1].after)
    assert all(earlier.to == later.after for earlier, later in pairwise(commits))


async def test_changes_contain_each_row_once_in_its_present_state(store: Store) -> None:
    board_id = await boards.new_board(store)
    mira = await boards.new_actor(store, board_id)
    first, second = [await boards.submit(store, board_id, boards.question()) for _ in range(2)]
    hidden = await moderators.moderate(store, board_id, mira, first.id, requests.Moderation(state=State.HIDDEN))
    for after, expected in ((0, [second, hidden]), (first.seq, [second, hidden]), (second.seq, [hidden]), (hidden.seq, [])):
        news = await changes_since(store, board_id, after)
        assert news is not None
        assert (news.after, news.to, news.posts) == (after, hidden.seq, expected)


async def test_too_many_changes_and_unknown_boards_give_no_changes(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MAX_CHANGES", 2)
    board_id = await boards.new_board(store)
    for _ in range(3):
        await boards.submit(store, board_id, boards.question())
    assert await changes_since(store, board_id, 0) is None
    assert await changes_since(store, board_id, 1) is not None
    assert await changes_since(store, board_id + 1, 0) is None


# -- reading -------------------------------------------------------------------------------------------------------


async def test_a_feed_begins_with_the_newest_of_each_group_and_what_the_screen_shows(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    groups = ("CARDS", "ANSWERED", "HELD", "WITHDRAWN", "WAITING", "QUESTIONS", "VOTED")
    for group in groups:
        monkeypatch.setattr(queries, f"{group}_LOADED", 1)
    monkeypatch.setattr(queries, "RECENT_LOADED", 0)
    board_id = await boards.new_board(store)
    mira = await boards.new_actor(store, board_id)

    async def post(request: requests.NewCard | requests.NewQuestion, **changes: Any) -> str:
        stored = await boards.submit(store, board_id, request)
        if changes:
            await moderators.moderate(store, board_id, mira, stored.id, requests.Moderation(**changes))
        return stored.id

    async def freeze(on: bool) -> None:
        await setup.change_board(store, board_id, mira, requests.BoardChange(frozen=on))

    spotlit = await post(boards.card("Spotlit, and the oldest"))
    await screens.present(store, board_id, mira, requests.NewScreen(Scene.SPOTLIGHT, post=spotlit))
    pinned = await post(boards.card("Pinned"), pinned=True)
    wanted = {spotlit, pinned}
    for newest in (False, True):
        await freeze(True)
        ids = [await post(boards.question("Waiting")), await post(boards.card("Held"))]
        await freeze(False)
        await moderators.moderate(store, board_id, mira, ids[1], requests.Moderation(state=State.REJECTED))
        ids.append(await post(boards.card("Plain")))
        ids.append(await post(boards.question("Open")))
        wanted.add(ids[-1])  # the newest, and the one with the most votes of those before it
        ids.append(await post(boards.question("Answered"), answered=True))
        withdrawn = await post(boards.question("Withdrawn"))
        await attendees.edit(store, board_id, [boards.participant()], withdrawn, requests.Edit(state=State.WITHDRAWN))
        if newest:
            wanted |= {*ids, withdrawn}
    loaded = await store.read(lambda connection: load(connection, board_id))
    assert loaded is not None
    assert {post.id for post in loaded.posts} == wanted
    assert loaded.since[queries.Group.CARDS] > 0
    assert loaded.floor == loaded.board.seq
    monkeypatch.setattr(queries, "RECENT_LOADED", 4_000)
    everything = await store.read(lambda connection: load(connection, board_id))
    assert everything is not None
    assert (everything.floor, len(everything.posts)) == (0, 14)
    assert [post.seq for post in everything.posts] == sorted(post.seq for post in everything.posts)


async def test_heads_are_epoch_and_seq_of_existing_boards(store: Store) -> None:
    one, other = await boards.new_board(store), await boards.new_board(store)
    await boards.submit(store, other, boards.question())
    found = await store.read(lambda connection: heads(connection, [one, other, other + 1]))
    assert {board_id: seq for board_id, (_, seq) in found.items()} == {one: 0, other: 1}
    loaded = await store.read(lambda connection: load(connection, other))
    assert loaded is not None
    assert found[other][0] == loaded.board.epoch != found[one][0], "each board's history has a name of its own"
    assert await store.read(lambda connection: load(connection, other + 1)) is None


async def test_pages_run_from_the_newest_back_without_gap_or_repetition(store: Store) -> None:
    board_id, other = await boards.new_board(store), await boards.new_board(store)
    await boards.submit(store, other, boards.question())
    asked = [(await boards.submit(store, board_id, boards.question(f"Question {n}"))).id for n in range(5)]
    await boards.submit(store, board_id, boards.card())
    is_question = schema.posts.c.kind == Kind.QUESTION

    async def ids(limit: int, before: str | None) -> list[str]:
        return [post.id for post in await store.read(lambda found: page(found, board_id, limit, before, is_question))]

    assert await ids(2, None) == [asked[4], asked[3]]
    assert await ids(2, asked[3]) == [asked[2], asked[1]]
    assert await ids(2, asked[1]) == [asked[0]]
    for unknown in (str(uuid.uuid4()), "no id", "\0"):  # PostgreSQL takes no U+0000; that is no fault of the storage
        with pytest.raises((NotFound, Invalid)):
            await ids(2, unknown)


async def test_the_id_of_a_code_is_cached_until_it_is_forgotten(store: Store) -> None:
    board_id = await boards.new_board(store, code="HEAT")
    assert await store.board_id("HEAT") == board_id
    await store.write_any(lambda connection: lifecycle.purge(connection, board_id))
    assert await store.board_id("HEAT") == board_id
    store.forget("HEAT")
    with pytest.raises(NotFound):
        await store.board_id("HEAT")


# -- migrations ----------------------------------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore:.*expression-based index")
async def test_the_migrations_make_the_tables_that_the_code_uses(store: Store) -> None:
    """But for indexes of expressions, which the tools do not compare: see below."""
    expressions = {index.name for index in of_expressions()}

    def elsewhere(connection: Connection) -> set[str | None]:
        """Indexes that only the other database has."""
        here = connection.dialect.name
        return {index.name for index in schema.posts.indexes if index.info.get("dialect", here) != here}

    def differences(connection: Connection) -> list[Any]:
        found, other = compare_metadata(MigrationContext.configure(connection), schema.metadata), elsewhere(connection)
        compared = [one for one in found if not one[0].endswith("_index") or one[1].name not in expressions]
        return [one for one in compared if one[0] != "add_index" or one[1].name not in other]

    assert await store.read(differences) == []
    indexes = await store.read(lambda connection: set(definitions(connection)))
    assert indexes == {index.name for index in schema.posts.indexes} - await store.read(elsewhere)


async def test_the_migrations_make_indexes_of_the_expressions_that_queries_have(store: Store) -> None:
    """A database uses an index of an expression where a query has the same one, to the letter."""
    assert len(of_expressions()) == MAX_RECIPIENTS

    def compared(connection: Connection) -> None:
        migrated = definitions(connection)
        for index in of_expressions():
            index.drop(connection)
            index.create(connection)
        assert definitions(connection) == migrated

    await store.write_any(compared)


def of_expressions() -> list[Index]:
    return [index for index in schema.posts.indexes if any(not isinstance(one, Column) for one in index.expressions)]


def definitions(connection: Connection) -> dict[str, str]:
    """The indexes of posts, but for those of keys, as the database describes them."""
    if connection.dialect.name == "sqlite":
        wanted = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'posts' AND sql IS NOT NULL"
    else:
        wanted = "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'posts' AND indexname <> 'posts_pkey'"
    return dict(tuple(row) for row in connection.exec_driver_sql(wanted))


def test_the_newest_migration_is_the_one_that_the_code_expects() -> None:
    """Or databases would be taken for up to date, and are not."""
    config = Config()
    config.set_main_option("script_location", "board:data/migrations")
    assert ScriptDirectory.from_config(config).get_heads() == [migrations.HEAD]


async def test_migrating_again_changes_nothing(store: Store) -> None:
    board_id = await boards.new_board(store)
    post = await boards.submit(store, board_id, boards.question())
    store.migrate()
    news = await changes_since(store, board_id, 0)
    assert news is not None
    assert news.posts == [post]


def test_a_migration_may_take_longer_than_other_statements(empty_database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "STATEMENT_TIMEOUT_MS", 1)
    store = Store(empty_database_url)
    store.migrate()
    store.close()


def test_workers_that_start_at_once_migrate_once(empty_database_url: str) -> None:
    stores = [Store(empty_database_url) for _ in range(4)]
    ready = threading.Barrier(len(stores))

    def migrate(store: Store) -> None:
        ready.wait()
        store.migrate()

    with ThreadPoolExecutor(len(stores)) as threads:
        list(threads.map(migrate, stores))
    tables = stores[0].read_now(lambda connection: set(inspect(connection).get_table_names()))
    assert tables == {*schema.metadata.tables, "alembic_version"}
    for store in stores:
        store.close()


async def test_a_database_of_a_later_version_is_not_changed(store: Store) -> None:
    await store.write_any(lambda connection: connection.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    with refused(StorageDown, match="another version"):
        store.migrate()


# -- trouble -------------------------------------------------------------------------------------------------------


async def test_a_board_locked_by_another_process_refuses_writes_answers_reads_and_recovers(
    store: Store, database_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(engines, "BUSY_TIMEOUT_MS", 100)
    board_id = await boards.new_board(store)
    wanted = boards.question()
    async with opened(database_url) as impatient:
        async with busy(store, board_id):
            with caplog.at_level(logging.CRITICAL, "board.data.store"), refused(StorageDown, match="Nothing was saved"):
                await boards.submit(impatient, board_id, wanted)
            news = await changes_since(impatient, board_id, 0)
            assert news is not None
            assert news.posts == [], "reading goes on meanwhile, and nothing was saved"
        assert (await boards.submit(impatient, board_id, wanted)).seq == 1


@pytest.fixture(params=["sqlite", "postgresql"])
def nowhere(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that does not answer."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'missing' / 'board.db'}"
    return f"postgresql+psycopg://board@127.0.0.1:{servers.free_port()}/board"


async def test_an_unreachable_database_gets_an_error_in_words(nowhere: str, caplog: pytest.LogCaptureFixture) -> None:
    async with opened(nowhere) as store:
        with caplog.at_level(logging.CRITICAL, "board.data.store"):
            with refused(StorageDown, match="Nothing was saved"):
                await store.write(1, lambda transaction: None)
            with pytest.raises(StorageDown):
                await changes_since(store, 1, 0)
        with refused(StorageDown, match="does not answer"):
            store.migrate()


def test_a_file_that_is_no_database_gets_an_error_in_words(tmp_path: Path) -> None:
    (tmp_path / "board.db").write_text("Minutes of the meeting\n" * 100)
    store = Store(f"sqlite:///{tmp_path / 'board.db'}")
    with refused(StorageDown, match="not a database"):
        store.migrate()
    store.close()


async def test_a_lost_connection_is_replaced_and_the_work_is_done_once(postgres_server: servers.Postgres) -> None:
    url = postgres_server.new_database().replace("postgresql:", "postgresql+psycopg:")
    async with opened(url) as store:
        store.migrate()
        board_id = await boards.new_board(store)
        runs = []

        def command(transaction: Transaction) -> Post:
            runs.append(transaction)
            post = transaction.add_post(a_post())
            if len(runs) == 1:
                transaction.connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
            return post

        assert (await store.write(board_id, command)).seq == 1
        assert len(runs) == 2
        assert await count(store, "posts") == 1


def a_post(words: str = "Who pays for the training?") -> Post:
    return Post(
        id=str(uuid.uuid4()),
        kind=Kind.QUESTION,
        state=State.VISIBLE,
        seq=0,
        content_seq=0,
        created_at=0,
        participant=boards.participant(),
        text=words,
    )

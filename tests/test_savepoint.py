"""A command that runs SQL itself, beside others in one batch. Refused, it leaves nothing, not even in what the batch has read;
accepted, it and the others see each other's changes. Over SQLite and PostgreSQL.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Coroutine
from typing import Any

import msgspec
import pytest
from sqlalchemy import Connection, delete, event, func, insert, select, text

from board.actions import attendees, lifecycle, moderators, setup, staff_links
from board.data import rows, schema
from board.data.queries import changes_after
from board.data.reads import VOTE
from board.data.store import Store
from board.data.transaction import Transaction
from board.model import requests
from board.model.models import (
    Changes,
    Closed,
    Conflict,
    Invalid,
    Kind,
    Participant,
    Person,
    Post,
    Questions,
    Reaction,
    Role,
    Session,
    State,
)
from tests import boards, importing
from tests.boards import in_one_batch

Command = Callable[[Transaction], object]


def note(transaction: Transaction, action: str) -> None:
    """A line of the audit trail by SQL."""
    values = {"board_id": transaction.board.id, "at": 1, "actor": "test", "action": action}
    transaction.connection.execute(insert(schema.audit).values(**values))


def refused(command: Command) -> Command:
    def both(transaction: Transaction) -> None:
        command(transaction)
        raise Invalid("No.")

    return both


async def as_one(store: Store, *commands: Coroutine[Any, Any, Any]) -> list[Any]:
    """The answers of commands that were committed together: none made the database refuse the batch, to be run again alone."""
    commits = list[Changes]()
    store.listeners[:] = [commits.append]
    answers = await in_one_batch(store, *commands)
    assert len(commits) == 1
    return answers


async def noted(store: Store) -> list[str]:
    table = schema.audit
    lines = select(table.c.action).where(table.c.actor == "test").order_by(table.c.id)
    return await store.read(lambda connection: list(connection.execute(lines).scalars()))


async def count(store: Store, name: str) -> int:
    table = schema.metadata.tables[name]
    return await store.read(lambda connection: connection.execute(select(func.count()).select_from(table)).scalar_one())


async def sessions(store: Store, board_id: int) -> dict[str, Session]:
    found = await store.read(lambda connection: rows.read_sessions(connection, board_id))
    return {session.id: session for session in found}


async def received(store: Store, board_id: int) -> Changes:
    found = await store.read(lambda connection: changes_after(connection, board_id, 0))
    assert found is not None
    return found


def a_post(words: str = "Who pays?", post_id: str | None = None) -> Post:
    return Post(post_id or str(uuid.uuid4()), Kind.QUESTION, State.VISIBLE, 0, 0, 0, boards.participant(), words)


def known(transaction: Transaction, post_id: str) -> Post:
    post = transaction.post(post_id)
    assert post is not None
    return post


# -- refused -------------------------------------------------------------------------------------------------------


async def test_only_the_sql_of_a_refused_command_is_rolled_back(store: Store) -> None:
    board_id = await boards.new_board(store)

    def named(title: str) -> Command:
        def command(transaction: Transaction) -> Post:
            note(transaction, title)
            return transaction.add_post(a_post(title))

        return command

    first, error, plain, _, last = await as_one(
        store,
        store.write(board_id, named("first")),
        store.write(board_id, refused(named("refused"))),
        boards.submit(store, board_id, boards.question()),
        store.write(board_id, refused(named("refused, too"))),
        store.write(board_id, named("last")),
    )
    assert isinstance(error, Invalid)
    assert await noted(store) == ["first", "last"]
    assert [post.seq for post in (first, plain, last)] == [1, 2, 3]
    assert (await received(store, board_id)).posts == [first, plain, last]


async def test_a_refused_command_without_a_board_is_rolled_back(store: Store) -> None:
    board_id = await boards.new_board(store)

    def command(connection: Connection) -> None:
        lifecycle.purge(connection, board_id)
        raise Invalid("No.")

    with pytest.raises(Invalid, match=r"No\."):
        await store.write_any(command)
    assert await count(store, "boards") == 1
    await boards.submit(store, board_id, boards.question())
    assert await boards.new_board(store) != board_id, "and the next one is kept"


async def test_the_next_command_does_not_see_rows_of_a_refused_command(store: Store) -> None:
    """Or a question would be taken for a session that is not there, and a new post be written over one that is not there."""
    board_id, post_id, who = await boards.new_board(store), str(uuid.uuid4()), boards.participant(7)

    def command(transaction: Transaction) -> None:
        run = transaction.connection.execute
        run(insert(schema.sessions).values(**rows.session_values(board_id, 1, Session("ghost", "A ghost"))))
        run(insert(schema.posts).values(**rows.post_values(board_id, msgspec.structs.replace(a_post(), id=post_id))))
        run(insert(schema.votes).values(board_id=board_id, post_id=post_id, participant=who, came_at=0))
        participant = Participant(who, "Dara", None, True)
        run(insert(schema.participants).values(board_id=board_id, **msgspec.structs.asdict(participant)))
        assert transaction.session("ghost")
        assert transaction.marked((post_id, who, VOTE))
        assert transaction.participant(who).muted
        assert known(transaction, post_id).text == "Who pays?"

    def same_post(transaction: Transaction) -> Post:
        if transaction.post(post_id) is not None:
            raise Conflict("It is there already.")
        post = transaction.add_post(a_post("Mine", post_id))
        return transaction.vote(post, who, on=True)

    wanted = boards.question("Mine", session="ghost")
    _, ghostly, voted, participant = await as_one(
        store,
        store.write(board_id, refused(command)),
        boards.submit(store, board_id, wanted),
        store.write(board_id, same_post),
        store.write(board_id, lambda transaction: transaction.participant(who)),
    )
    assert isinstance(ghostly, Invalid)
    assert (voted.text, voted.votes) == ("Mine", 1)
    assert participant == Participant(who)
    assert (await received(store, board_id)).posts == [voted]
    assert await count(store, "votes") == 1


async def test_changes_of_the_batch_around_a_refusal_are_written_once_and_whole(store: Store) -> None:
    """Whether a row is stored is known still: a post is not inserted twice, nor updated before it is there."""
    board_id = await boards.new_board(store)
    old = await boards.submit(store, board_id, boards.question("Old"))

    def love(on: bool) -> Command:
        return lambda transaction: transaction.mark(known(transaction, old.id), boards.participant(1), Reaction.HEART, on)

    await store.write(board_id, love(True))
    new = boards.question("New")

    def vote(number: int, post_id: str, on: bool = True) -> Command:
        def command(transaction: Transaction) -> Post:
            return transaction.vote(known(transaction, post_id), boards.participant(number), on)

        return command

    def sql(transaction: Transaction) -> None:
        note(transaction, "never")
        vote(2, old.id)(transaction)
        vote(2, str(new.id))(transaction)

    await as_one(
        store,
        boards.submit(store, board_id, new),
        store.write(board_id, vote(3, old.id)),
        store.write(board_id, vote(4, str(new.id))),
        store.write(board_id, lambda transaction: transaction.record("Mira", "once")),
        store.write(board_id, refused(sql)),
        store.write(board_id, love(False)),
        store.write(board_id, vote(3, old.id)),
        store.write(board_id, vote(4, str(new.id), on=False)),
        store.write(board_id, refused(sql)),
        store.write(board_id, vote(5, str(new.id))),
    )
    found = (await received(store, board_id)).posts
    assert {post.text: (post.votes, post.reactions) for post in found} == {"Old": (1, {}), "New": (1, {})}
    assert [await count(store, name) for name in ("votes", "reactions", "audit")] == [2, 0, 1]


# -- accepted ------------------------------------------------------------------------------------------------------


async def test_a_command_may_run_sql_and_change_what_is_stored(store: Store) -> None:
    board_id, who = await boards.new_board(store), boards.participant(1)
    asked = await boards.submit(store, board_id, boards.question("Old"))
    await attendees.vote(store, board_id, who, asked.id, True)

    def command(transaction: Transaction) -> Post:
        post = transaction.vote(known(transaction, asked.id), who, on=False)
        note(transaction, "kept")
        return transaction.change_post(post, text="New")

    await as_one(store, store.write(board_id, command), boards.submit(store, board_id, boards.question("Other")))
    assert [(post.text, post.votes) for post in (await received(store, board_id)).posts] == [("New", 0), ("Other", 0)]
    assert (await noted(store), await count(store, "votes")) == (["kept"], 0)


async def test_the_next_command_of_a_batch_sees_the_imported_sessions(store: Store) -> None:
    board_id = await boards.new_board(store)
    await boards.new_session(store, board_id, "heat")
    agenda = importing.command("agenda", "id,title,questions\nsites,Sites,open\nheat,Heat,closed\n")
    early, _, first, second = await as_one(
        store,
        boards.submit(store, board_id, boards.question(session="heat")),  # from here on the batch knows the agenda
        store.write(board_id, agenda),
        boards.submit(store, board_id, boards.question(session="sites")),
        boards.submit(store, board_id, boards.question(session="heat")),
    )
    assert (early.session, first.session) == ("heat", "sites")
    assert isinstance(second, Closed), "by the import"


async def test_a_command_reads_the_agenda_again_after_its_own_sql(store: Store) -> None:
    board_id = await boards.new_board(store)

    def command(transaction: Transaction) -> Session | None:
        assert transaction.session("heat") is None
        values = rows.session_values(board_id, 1, Session("heat", "Heat"))
        transaction.connection.execute(insert(schema.sessions).values(**values))
        transaction.touch_sessions()
        return transaction.session("heat")

    assert await store.write(board_id, command) == Session("heat", "Heat")


async def test_an_import_sees_earlier_changes_of_its_batch_and_overrides_them(store: Store) -> None:
    board_id = await boards.new_board(store)
    for session_id in ("heat", "sites"):
        await boards.new_session(store, board_id, session_id)
    mira = await boards.new_actor(store, board_id)
    closed = requests.SessionChange(Questions.CLOSED)
    agenda = importing.command("agenda", "id,title,questions\nheat,Heat,open\nsites,About sites,\n")
    await as_one(
        store,
        setup.change_session(store, board_id, mira, "heat", closed),
        setup.change_session(store, board_id, mira, "sites", closed),
        store.write(board_id, agenda),
    )
    found = await sessions(store, board_id)
    assert (found["heat"].title, found["heat"].questions) == ("Heat", Questions.OPEN)
    assert found["sites"].questions is Questions.CLOSED, "the file says nothing of it"


async def test_two_commands_of_a_batch_change_different_things_of_one_session(store: Store) -> None:
    board_id = await boards.new_board(store)
    await boards.new_session(store, board_id, "heat")

    def change(**changes: object) -> Command:
        def command(transaction: Transaction) -> Session:
            session = transaction.session("heat")
            assert session is not None
            return transaction.change_session(session, **changes)

        return command

    await as_one(store, store.write(board_id, change(room="Hall B")), store.write(board_id, change(questions=Questions.CLOSED)))
    heat = (await sessions(store, board_id))["heat"]
    assert (heat.room, heat.questions) == ("Hall B", Questions.CLOSED)


async def test_a_later_command_sees_a_row_written_by_sql_after_an_earlier_look_up(store: Store) -> None:
    board_id, post_id = await boards.new_board(store), str(uuid.uuid4())

    def command(transaction: Transaction) -> None:
        values = rows.post_values(board_id, msgspec.structs.replace(a_post(), id=post_id))
        transaction.connection.execute(insert(schema.posts).values(**values))

    _, post = await as_one(
        store,
        store.write(board_id, command),
        attendees.vote(store, board_id, boards.participant(1), post_id, True),  # read ahead for the whole batch: not there
    )
    assert post.votes == 1


async def test_removing_votes_includes_votes_of_the_same_batch(store: Store) -> None:
    board_id = await boards.new_board(store)
    asked = await boards.submit(store, board_id, boards.question())
    mira = await boards.new_actor(store, board_id)

    def vote(number: int, came_at: int) -> Coroutine[Any, Any, Post]:
        return attendees.vote(store, board_id, boards.participant(number), asked.id, True, came_at=came_at)

    *_, (posts, votes), again = await as_one(
        store, vote(1, 5), vote(2, 9), moderators.take_back_votes(store, board_id, mira, 7), vote(1, 5)
    )
    assert (votes, [post.votes for post in posts], again.votes) == (1, [1], 1)
    assert await count(store, "votes") == 1


async def test_removing_votes_keeps_earlier_changes_of_the_batch(store: Store) -> None:
    board_id, who = await boards.new_board(store), boards.participant(1)
    await boards.new_session(store, board_id, "heat")
    mira = await boards.new_actor(store, board_id)
    *_, named, closed = await as_one(
        store,
        store.write(board_id, lambda transaction: transaction.put_participant(Participant(who, "Dara"))),
        setup.change_session(store, board_id, mira, "heat", requests.SessionChange(Questions.CLOSED)),
        moderators.take_back_votes(store, board_id, mira, 0),
        boards.submit(store, board_id, boards.question(), 1),
        boards.submit(store, board_id, boards.question(session="heat"), 1),
    )
    assert named.author_name == "Dara"
    assert isinstance(closed, Closed)


# -- the price -----------------------------------------------------------------------------------------------------


async def test_only_commands_with_own_sql_use_a_savepoint(store: Store) -> None:
    board_id, statements = await boards.new_board(store), list[str]()
    await boards.new_person(store, board_id, "p-1", "Nadia Haddad", "Jordan")
    mira = await boards.new_actor(store, board_id)
    asked = await boards.submit(store, board_id, boards.question())
    event.listen(store._writer, "savepoint", lambda *received: statements.append(received[1]))

    linked = boards.card(to=[requests.To(person="p-1")])
    typed = boards.card(to=[requests.To(name="Nadia Haddad")])
    called = lambda *_: Person("p-1", "Nadia Haddad", "Jordan")  # noqa: E731
    who, nobody = boards.participant(1), boards.pseudonym(1)
    cards = [await attendees.submit(store, board_id, who, nobody, card, called) for card in (linked, typed)]
    assert [card.to[0].person for card, _ in cards] == ["p-1", "p-1"]
    await attendees.vote(store, board_id, who, asked.id, True)
    await attendees.react(store, board_id, who, cards[0][0].id, Reaction.HEART, True)
    await moderators.take_back_votes(store, board_id, mira, 0)
    assert statements == []
    await store.write(board_id, lambda transaction: staff_links.new_link(transaction, Role.SCREEN, "hall"))
    assert len(statements) == 1


async def test_a_database_error_hidden_by_a_refusal_does_not_affect_other_commands(store: Store) -> None:
    """PostgreSQL takes nothing more in a transaction after a fault; a savepoint gives it back."""
    board_id = await boards.new_board(store)

    def command(transaction: Transaction) -> None:
        transaction.connection.execute(delete(schema.audit))
        try:
            transaction.connection.execute(text("SELEKT 1"))
        except Exception as error:
            raise Invalid("No.") from error

    first, error, last = await as_one(
        store,
        store.write(board_id, lambda transaction: note(transaction, "kept")),
        store.write(board_id, command),
        boards.submit(store, board_id, boards.question()),
    )
    assert (first, type(error), last.seq) == (None, Invalid, 1)
    assert await noted(store) == ["kept"]

"""Stored totals never lie: they move with every change of a post, in its transaction, and where they cannot be true nobody
believes them. The laws (`tests/law`) compare them with a recount after each commit; here is what no law does."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import Connection, delete, select, update

from board.actions import attendees
from board.data import following, schema, tallies
from board.data.queries import changes_after, load
from board.data.store import Store
from board.data.transaction import Transaction
from board.live.feed import Feed
from board.model import requests
from board.model.models import Audience, Changes, Invalid, Person, Recipient, State
from board.model.renaming import Renamed, Renaming
from tests import boards


async def stored(store: Store, board_id: int) -> dict[tuple[str, ...], int]:
    table = schema.tallies
    wanted = select(table.c.part, table.c.key, table.c.number).where(table.c.board_id == board_id)
    rows = await store.read(lambda connection: connection.execute(wanted).all())
    return {(row.part, *json.loads(row.key)): row.number for row in rows}


async def require_true(store: Store, board_id: int) -> None:
    table = schema.boards
    heads = select(table.c.seq, table.c.tallied_seq).where(table.c.id == board_id)
    head = await store.read(lambda connection: connection.execute(heads).one())
    assert head.seq == head.tallied_seq, "nobody believes them"
    assert await store.read(lambda connection: tallies.differences(connection, board_id)) == []


async def view(store: Store, board_id: int) -> dict[str, int]:
    loaded = await store.read(lambda connection: load(connection, board_id))
    assert loaded is not None
    return loaded.totals.view()


def renamed(name: str, was: str = "Leo") -> Renaming:
    person, now = Person("leo", was, "Nepal"), Person("leo", name, "Nepal")
    return Renaming([Renamed(person, now, Recipient(name, "Nepal", "leo"), typed=True)])


def to(name: str, team: str = "Nepal", **fields: Any) -> requests.NewCard:
    return boards.card(to=[requests.To(name=name, team=team)], **fields)


async def test_a_name_leaves_the_totals_with_its_last_card(store: Store) -> None:
    board_id = await boards.new_board(store)
    first, second = await boards.submit(store, board_id, to("Leo")), await boards.submit(store, board_id, to("LEO"))
    assert (await stored(store, board_id))["person", "leo", "nepal"] == 2
    for number, post in enumerate((first, second)):
        await attendees.edit(store, board_id, [post.participant], post.id, requests.Edit(state=State.WITHDRAWN))
        assert (("person", "leo", "nepal") in await stored(store, board_id)) == (number == 0)
    assert await stored(store, board_id) == {}
    await require_true(store, board_id)


async def test_posts_of_an_older_worker_are_counted_until_a_newer_worker_writes(store: Store) -> None:
    board_id = await boards.new_board(store)
    card = await boards.submit(store, board_id, to("Leo"))
    loaded = await store.read(lambda connection: load(connection, board_id))
    assert loaded is not None
    feed = Feed(loaded)

    def older(connection: Connection) -> None:
        """It hides the card, and knows nothing of totals."""
        seq = card.seq + 1
        here = (schema.posts.c.board_id == board_id, schema.posts.c.id == card.id)
        connection.execute(update(schema.posts).where(*here).values(state=State.HIDDEN, seq=seq, content_seq=seq))
        connection.execute(update(schema.boards).where(schema.boards.c.id == board_id).values(seq=seq))

    await store.write_any(older)
    assert (await stored(store, board_id))["sum", "cards"] == 1, "what is stored lies"
    assert (await view(store, board_id))["cards"] == 0
    changes = await store.read(lambda connection: changes_after(connection, board_id, feed.board.seq))
    assert changes is not None
    assert feed.apply(changes)
    assert feed.totals.view() == await view(store, board_id)
    commits: list[Changes] = []
    store.listeners.append(commits.append)
    await boards.submit(store, board_id, to("Zoe"))
    await require_true(store, board_id)
    assert feed.apply(commits[0])
    assert feed.totals.view() == await view(store, board_id)
    assert feed.totals.view()["cards"] == 1


async def test_an_update_and_an_older_backup_are_counted_at_the_next_start(store: Store) -> None:
    board_id = await boards.new_board(store)
    await boards.submit(store, board_id, to("Leo"))

    def as_before(connection: Connection) -> None:
        connection.execute(delete(schema.tallies))
        connection.execute(update(schema.boards).values(tallied_seq=-1))

    await store.write_any(as_before)
    assert (await view(store, board_id))["people"] == 1
    store.migrate()
    await require_true(store, board_id)
    assert (await stored(store, board_id))["sum", "people"] == 1


async def test_posts_renamed_by_sql_are_counted_under_the_new_name(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "POSTS_A_MESSAGE", 1)
    board_id = await boards.new_board(store)
    await boards.new_person(store, board_id, "leo", "Leo", "Nepal")
    for number in range(3):
        await boards.submit(store, board_id, boards.card(to=[requests.To(person="leo")]), number)
    await boards.submit(store, board_id, to("Zoe", "Jordan"), 4)

    def rename(transaction: Transaction) -> None:
        following.follow(transaction, renamed("Leonid"))

    await store.write(board_id, rename)
    assert ("person", "leonid", "nepal") in await stored(store, board_id)
    await require_true(store, board_id)

    def refused(transaction: Transaction) -> None:
        rename_back = renamed("Leo", was="Leonid")
        following.follow(transaction, rename_back)
        raise Invalid("search-too-long")

    with pytest.raises(Invalid):
        await store.write(board_id, refused)
    await boards.submit(store, board_id, to("Ada"), 5)
    await require_true(store, board_id)


async def test_sql_and_other_commands_of_a_batch_can_change_the_same_posts(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "POSTS_A_MESSAGE", 1)
    board_id = await boards.new_board(store)
    await boards.new_person(store, board_id, "leo", "Leo", "Nepal")
    posts = [await boards.submit(store, board_id, boards.card(to=[requests.To(person="leo")]), number) for number in range(3)]

    def all_of_it(transaction: Transaction) -> None:
        for command in (
            lambda: following.follow(transaction, renamed("Leonid")),
            lambda: transaction.change_post(transaction.post(posts[0].id), state=State.HIDDEN),  # type: ignore[arg-type]
            lambda: following.follow(transaction, renamed("Lev", was="Leonid")),
        ):
            transaction.begin()
            command()
            transaction.accept()
        transaction.begin()

    await store.write(board_id, all_of_it)
    assert (await stored(store, board_id))["person", "lev", "nepal"] == 2
    await require_true(store, board_id)


async def test_repair_counts_wrong_totals_again_and_running_workers_get_them(store: Store) -> None:
    board_id = await boards.new_board(store)
    await boards.submit(store, board_id, to("Leo"))

    def spoil(connection: Connection) -> None:
        connection.execute(update(schema.tallies).values(number=7))

    await store.write_any(spoil)
    loaded = await store.read(lambda connection: load(connection, board_id))
    assert loaded is not None
    feed = Feed(loaded)
    assert feed.totals.view()["cards"] == 7
    before = feed.cursor
    await store.write_any(tallies.repair)
    await require_true(store, board_id)
    changes = await store.read(lambda connection: changes_after(connection, board_id, feed.board.seq))
    assert changes is not None
    assert feed.apply(changes)
    assert feed.totals.view()["cards"] == 1
    assert b'"totals"' in feed.after(before, Audience.PUBLIC)

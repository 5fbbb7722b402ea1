"""Boards straight in the store, without a server."""

from __future__ import annotations

import asyncio
import threading
import uuid
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Connection, insert

from board.actions import attendees, lifecycle, staff_links
from board.data import rows, schema
from board.data.store import Store
from board.data.transaction import Transaction
from board.model import requests
from board.model.models import Actor, Post, Role, Session


async def new_board(store: Store, **fields: Any) -> int:
    board_id, _ = await store.write_any(
        lambda connection: lifecycle.new_board(connection, store.now(), "Innovation Lab", **fields)
    )
    return board_id


async def new_actor(store: Store, board_id: int, name: str = "Mira", role: Role = Role.MODERATOR) -> Actor:
    """Somebody with a staff link."""
    token = await store.write(board_id, lambda transaction: staff_links.new_link(transaction, role, name))
    found = await store.read(lambda connection: staff_links.find_link(connection, token))
    assert found is not None
    return Actor(found[1].id, role, name)


async def new_session(store: Store, board_id: int, session_id: str, **fields: Any) -> None:
    def command(transaction: Transaction) -> None:
        values = rows.session_values(board_id, 1, Session(session_id, f"About {session_id}", **fields))
        transaction.connection.execute(insert(schema.sessions).values(**values))
        transaction.touch_sessions()

    await store.write(board_id, command)


async def new_person(store: Store, board_id: int, person_id: str, name: str, team: str | None = None) -> None:
    def command(connection: Connection) -> None:
        connection.execute(insert(schema.people).values(board_id=board_id, id=person_id, name=name, team=team))

    await store.write_any(command)


def participant(number: int = 0) -> str:
    """An id as `access` makes them."""
    return f"{number:032x}"


def pseudonym(number: int = 0) -> str:
    """The id under which the same participant is anonymous."""
    return f"{number + 2**64:032x}"


def question(text: str = "Who pays for the training?", **fields: Any) -> requests.NewQuestion:
    return requests.NewQuestion(**{"id": uuid.uuid4(), "text": text} | fields)


def card(text: str = "You taught me to listen.", **fields: Any) -> requests.NewCard:
    return requests.NewCard(**{"id": uuid.uuid4(), "to": [requests.To(name="Nadia")], "text": text} | fields)


async def submit(store: Store, board_id: int, request: requests.NewCard | requests.NewQuestion, who: int = 0) -> Post:
    post, _ = await attendees.submit(store, board_id, participant(who), pseudonym(who), request)
    return post


@asynccontextmanager
async def opened(url: str, **options: Any) -> AsyncIterator[Store]:
    """A store as another process would have it."""
    store = Store(url, **options)
    store.start()
    try:
        yield store
    finally:
        await store.stop()


@asynccontextmanager
async def busy(store: Store, board_id: int | None = None) -> AsyncIterator[None]:
    """The store's writer is in the middle of a transaction, with the board locked where one is named."""
    started, go = threading.Event(), threading.Event()

    def wait(_: object) -> None:
        started.set()
        go.wait(30)

    waiting = asyncio.create_task(store.write_any(wait) if board_id is None else store.write(board_id, wait))
    await asyncio.to_thread(started.wait)
    try:
        yield
    finally:
        go.set()
        await waiting


async def in_one_batch(store: Store, *commands: Coroutine[Any, Any, Any]) -> list[Any]:
    """The answers of commands that the writer finds queued together, in this order. Some read first, in a thread, which takes
    as long as the machine likes: so each is waited for until it is in the queue, or is refused before."""
    tasks: list[asyncio.Task[Any]] = []
    async with busy(store):
        for command in commands:
            queued = store._queue.qsize()
            tasks.append(asyncio.create_task(command))
            while store._queue.qsize() == queued and not tasks[-1].done():  # noqa: ASYNC110
                await asyncio.sleep(0.001)
    return await asyncio.gather(*tasks, return_exceptions=True)

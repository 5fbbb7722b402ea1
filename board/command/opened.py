"""The store, opened for one command of the command line."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any, TypeVar

from board.data.store import Store
from board.data.transaction import Transaction
from board.process.settings import Settings

T = TypeVar("T")


def with_store(settings: Settings, work: Callable[[Store], Any]) -> Any:
    """What `work` gives, with a database that is up to date. Raises `StorageDown`, and what `work` raises."""
    migrate_now(settings)

    async def run() -> Any:
        store = Store(settings.database_url)
        store.start()
        try:
            return await work(store)
        finally:
            await store.stop()

    return asyncio.run(run())


def migrate_now(settings: Settings) -> None:
    logging.getLogger("alembic").setLevel(logging.WARNING)
    store = Store(settings.database_url)
    try:
        store.migrate()
    finally:
        store.close()


def on_board(settings: Settings, code: str, command: Callable[[Transaction], T]) -> T:
    async def work(store: Store) -> T:
        return await store.write(await store.board_id(code.upper()), command)

    result: T = with_store(settings, work)
    return result


def boards_in_words(number: int) -> str:
    return f"{number} board{'' if number == 1 else 's'}"

"""Forgetting by itself: warnings, boards at the end of their time, texts that were taken back (`model/retention`).

Each worker looks once an hour. What is due is decided again in the transaction that does it, with the board locked: several
workers do each thing once, and where one dies, another one goes on.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from board.data import retention
from board.data.store import Connection, Store
from board.data.transaction import Transaction
from board.model.erased import marked
from board.model.models import BoardError, Post, Recipient, StorageDown
from board.model.retention import Step, erased_on, step
from board.model.webhooks import Event

log = logging.getLogger(__name__)
LOOK_SECONDS = 3_600.0
FIRST_LOOK_SECONDS = (5.0, 60.0)
WordIn = Callable[[Sequence[str]], str]
"""What stands in the place of a name, in the first of these languages that there is a catalogue for."""
ACTOR = "retention"
"""In the audit trail. The day of a warning is the detail."""


def in_english(_: Sequence[str]) -> str:
    return marked("somebody")


async def look_for_ever(store: Store, word_in: WordIn) -> None:
    """Workers that start together look at different times."""
    await asyncio.sleep(random.uniform(*FIRST_LOOK_SECONDS))  # noqa: S311 (no secret)
    while True:
        with suppress(StorageDown):
            await look(store, word_in)
        await asyncio.sleep(LOOK_SECONDS)


async def look(store: Store, word_in: WordIn = in_english) -> None:
    """Does all that is due now, on all boards. Raises `StorageDown`."""
    await _forget_texts(store, word_in)
    await _take_steps(store)
    await _erase(store)


async def _forget_texts(store: Store, word_in: WordIn) -> None:
    def some(transaction: Transaction) -> int:
        return _forget_some_texts(transaction, word_in(transaction.board.languages))

    now, done = store.now(), set[int]()
    while ids := set(await store.read(lambda connection: retention.boards_with_due_texts(connection, now))) - done:
        for board_id in sorted(ids):
            with suppress(BoardError):
                while await store.write(board_id, some, although_archived=True):
                    pass
                await store.shred()
            done.add(board_id)


def _forget_some_texts(transaction: Transaction, word: str) -> int:
    """Of a post that was taken back its shell stays, so that numbers of changes have no gap: its id, kind and times."""
    posts = retention.due_texts(transaction)
    for post in posts:
        blank(transaction, post, word)
    return len(posts)


def blank(transaction: Transaction, post: Post, word: str, **changes: Any) -> Post:
    """Everything that people wrote is gone from the post, and what could tell it: a hash of a short text is the text. `word`:
    a card is for somebody, also when nobody knows any more for whom."""
    nothing: dict[str, Any] = {
        "text": "",
        "author_name": None,
        "author_team": None,
        "to": [Recipient(word)][: len(post.to)],
        "theme": None,
        "digest": "",
    }
    nothing |= {
        "answer": None,
        "answer_translations": {},
        "reason": None,
        "blocked": [],
        "owner": None,
        "owner_person": None,
        "due": None,
    }
    nothing |= {"set_aside": None, "thanks": {}, "withdrawn_at": None}
    return transaction.change_post(post, **nothing | changes)


async def _take_steps(store: Store) -> None:
    now = store.now()
    for kept in await store.read(retention.all_kept):
        if step(kept.keeping, now) is not Step.NOTHING:
            with suppress(BoardError):
                await store.write(kept.id, _take_step, although_archived=True)


def _take_step(transaction: Transaction) -> None:
    keeping = retention.of_transaction(transaction)
    what = step(keeping, transaction.now)
    if what is Step.WARN_FIRST or what is Step.WARN_LAST:
        retention.warned(transaction, last=what is Step.WARN_LAST)
        _announce(transaction, "retention-last" if what is Step.WARN_LAST else "retention-first")
    elif what is Step.FORGET_WARNINGS or what is Step.FORGET_LAST:
        retention.forget_warnings(transaction, last_alone=what is Step.FORGET_LAST)
    elif what is Step.ERASE:
        codes = retention.begin_erasing(transaction)
        log.info("the time of %s is over: erased", ", ".join(codes))


def _announce(transaction: Transaction, action: str) -> None:
    """The one place where a warning goes out: as an event in the audit trail, and to the pages that are open."""
    day = erased_on(retention.of_transaction(transaction), transaction.now)
    transaction.record(ACTOR, action, detail=day.isoformat())
    transaction.outbox.note(Event.BOARD_EXPIRES, erased_on=day.isoformat())
    transaction.touch_board()


async def _erase(store: Store) -> None:
    for board_id in await store.read(retention.being_erased):
        await erase(store, board_id)


async def erase(store: Store, board_id: int) -> None:
    """Slice by slice: others' commands come in between."""

    def some(connection: Connection) -> bool:
        return retention.erase_slice(connection, board_id)

    while await store.write_any(some):
        pass
    await store.shred()

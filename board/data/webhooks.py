"""Webhooks are added and removed, and their messages sent. A worker that sends holds the webhook meanwhile, so that each
message goes out once and in order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, bindparam, delete, exists, insert, select, update

from board.data import schema
from board.data.outbox import Webhook, listed, of_webhook
from board.data.transaction import Transaction
from board.model.webhooks import NewWebhook

_table, _waiting = schema.webhooks, schema.messages
HOLD_SECONDS = 120
"""Longer than a worker sends to one webhook (`SENDS_SECONDS` and `TAKES_SECONDS` of `live.webhooks`)."""


class Due(NamedTuple):
    """A webhook for which messages wait."""

    board_id: int
    id: str
    url: str
    failed: int


class Message(NamedTuple):
    id: str
    body: str


def of_board(transaction: Transaction) -> list[Webhook]:
    return listed(transaction.connection, transaction.board.id)


def add(transaction: Transaction, webhook: str, wanted: NewWebhook) -> None:
    values = {"board_id": transaction.board.id, "id": webhook, "url": wanted.url, "created_at": transaction.now}
    transaction.connection.execute(insert(_table).values(**values, events=msgspec.json.encode(wanted.events).decode()))
    _mark(transaction)


def remove(transaction: Transaction, webhook: str) -> Webhook | None:
    """With the messages that wait for it."""
    connection, board_id = transaction.connection, transaction.board.id
    found = next((one for one in of_board(transaction) if one.id == webhook), None)
    if found:
        connection.execute(delete(_waiting).where(_waiting.c.board_id == board_id, _waiting.c.webhook == webhook))
        connection.execute(delete(_table).where(_table.c.board_id == board_id, _table.c.id == webhook))
        _mark(transaction)
    return found


def _mark(transaction: Transaction) -> None:
    """Boards without a webhook, nearly all, pay nothing for it when they are written to."""
    boards, mine = schema.boards, transaction.board.id
    there = exists().where(_table.c.board_id == mine)
    transaction.connection.execute(update(boards).where(boards.c.id == mine).values(hooked=there))


# -- the sender ----------------------------------------------------------------------------------------------------

_due = (
    select(_table.c.board_id, _table.c.id, _table.c.url, _table.c.failed)
    .where(_table.c.disabled_at.is_(None), _table.c.paused_until <= bindparam("now"), _table.c.held_until <= bindparam("now"))
    .where(exists().where(of_webhook))
    # Those that work come first: receivers that hang, of boards that cost nothing, must not keep theirs from going out.
    .order_by(_table.c.failed, _table.c.paused_until, _table.c.id)
    .limit(bindparam("most"))
)


def due(connection: Connection, now: int, most: int) -> list[Due]:
    """Webhooks to which something can be sent now. `now`: microseconds since 1970."""
    return [Due(*row) for row in connection.execute(_due, {"now": now, "most": most})]


def hold(connection: Connection, now: int, most: int) -> list[Due]:
    """The same, held for this worker; another one takes none of them before the time is over."""
    held = []
    for one in due(connection, now, most):
        taken = update(_table).where(*_one(one), _table.c.held_until <= now).values(held_until=now + HOLD_SECONDS * 1_000_000)
        if connection.execute(taken).rowcount:
            held.append(one)
    return held


def following(connection: Connection, one: Due, last: str) -> Message | None:
    """The oldest message after this one. None: there is no other, also because somebody has just removed the webhook."""
    table = _waiting
    mine = select(table.c.id, table.c.body).where(table.c.board_id == one.board_id, table.c.webhook == one.id)
    row = connection.execute(mine.where(table.c.id > last).order_by(table.c.id).limit(1)).one_or_none()
    return Message(*row) if row else None


def sent(connection: Connection, one: Due, messages: Collection[str], status: int, now: int) -> None:
    """These have arrived. `status`: HTTP's, of the last one."""
    connection.execute(delete(_waiting).where(_waiting.c.board_id == one.board_id, _waiting.c.id.in_(messages)))
    values = {"failed": 0, "paused_until": 0, "held_until": 0, "status": status, "tried_at": now}
    connection.execute(update(_table).where(*_one(one)).values(**values))


def failed(connection: Connection, one: Due, status: int, now: int, again_at: int | None) -> None:
    """It is tried again at `again_at`; None: the webhook is switched off, and nothing waits for it any more."""
    values: dict[str, Any] = {"failed": one.failed + 1, "held_until": 0, "status": status, "tried_at": now}
    if again_at is None:
        connection.execute(delete(_waiting).where(_waiting.c.board_id == one.board_id, _waiting.c.webhook == one.id))
        values["disabled_at"] = now
    else:
        values["paused_until"] = again_at
    connection.execute(update(_table).where(*_one(one)).values(**values))


def _one(one: Due) -> Sequence[Any]:
    return (_table.c.board_id == one.board_id, _table.c.id == one.id)

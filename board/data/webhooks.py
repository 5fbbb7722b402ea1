"""Webhooks as they are stored, and messages that wait for them.

A message is written in the transaction of what it is about: there is none for a change that was not committed, and none is lost
with a worker. A worker that sends holds the webhook meanwhile, so that each message goes out once and in order.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Row, bindparam, delete, exists, func, insert, select, update

from board.data import schema
from board.model import views, webhooks
from board.model.models import Post
from board.model.webhooks import MOST_WAITING, Event, NewWebhook

if TYPE_CHECKING:
    from board.data.transaction import Transaction

_table, _waiting = schema.webhooks, schema.messages
_events = msgspec.json.Decoder(list[str])  # a later version may know more
_of_webhook = (_waiting.c.board_id == _table.c.board_id) & (_waiting.c.webhook == _table.c.id)
HOLD_SECONDS = 120
MESSAGES_AT_ONCE = 20


class Webhook(NamedTuple):
    """Times in microseconds since 1970. `failed`: so many tries in a row; `status`: of the last one, 0 without any answer."""

    id: str
    url: str
    events: list[str]
    created_at: int
    failed: int
    disabled_at: int | None
    status: int | None
    tried_at: int | None
    waiting: int


class Due(NamedTuple):
    """A webhook for which messages wait."""

    board_id: int
    id: str
    url: str
    failed: int


class Message(NamedTuple):
    id: str
    body: str


def listed(connection: Connection, board_id: int) -> list[Webhook]:
    """The oldest first."""
    waiting = select(func.count()).where(_of_webhook).scalar_subquery()
    found = connection.execute(
        select(_table, waiting.label("waiting")).where(_table.c.board_id == board_id).order_by(_table.c.created_at, _table.c.id)
    )
    return [_webhook(row) for row in found]


def _webhook(row: Row[Any]) -> Webhook:
    seen = (row.created_at, row.failed, row.disabled_at, row.status, row.tried_at, row.waiting)
    return Webhook(row.id, row.url, _events.decode(row.events), *seen)


def add(transaction: Transaction, webhook: str, wanted: NewWebhook) -> None:
    values = {"board_id": transaction.board.id, "id": webhook, "url": wanted.url, "created_at": transaction.now}
    transaction.connection.execute(insert(_table).values(**values, events=msgspec.json.encode(wanted.events).decode()))
    _mark(transaction)


def remove(transaction: Transaction, webhook: str) -> Webhook | None:
    """With the messages that wait for it."""
    connection, board_id = transaction.connection, transaction.board.id
    found = next((one for one in listed(connection, board_id) if one.id == webhook), None)
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


# -- messages ------------------------------------------------------------------------------------------------------


class Outbox:
    """What one batch of commands has to tell the webhooks of its board."""

    def __init__(self, connection: Connection, board_id: int, code: str, now: int, on: bool) -> None:
        """`on`: whether the board has any."""
        self._connection, self._board_id, self._code, self._now, self._on = connection, board_id, code, now, on
        self._noted: list[tuple[Event, dict[str, Any]]] = []

    def post(self, before: Post | None, after: Post) -> None:
        if self._on:
            self._noted += [(event, webhooks.about(after)) for event in webhooks.of_change(before, after)]

    def note(self, event: Event, **about: Any) -> None:
        if self._on:
            self._noted.append((event, about))

    def settle(self, seq: int) -> None:
        """Writes the messages. `seq`: the board's number after the batch."""
        if not self._noted:
            return
        waiting: list[dict[str, Any]] = []
        for one in listed(self._connection, self._board_id):
            room = MOST_WAITING - one.waiting if one.disabled_at is None else 0
            for event, about in [noted for noted in self._noted if noted[0] in one.events][: max(room, 0)]:
                body = {"type": event, "timestamp": views.iso(self._now), "data": {"board": self._code} | about}
                message = webhooks.message_id(seq, len(waiting))
                values = {"board_id": self._board_id, "id": message, "webhook": one.id}
                waiting.append(values | {"body": views.encode(body).decode()})
        if waiting:
            self._connection.execute(insert(_waiting), waiting)
        self._noted = []


# -- the sender ----------------------------------------------------------------------------------------------------

_due = (
    select(_table.c.board_id, _table.c.id, _table.c.url, _table.c.failed)
    .where(_table.c.disabled_at.is_(None), _table.c.paused_until <= bindparam("now"), _table.c.held_until <= bindparam("now"))
    .where(exists().where(_of_webhook))
    .order_by(_table.c.paused_until, _table.c.id)
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


def waiting(connection: Connection, one: Due) -> list[Message]:
    """The oldest messages."""
    table = _waiting
    mine = select(table.c.id, table.c.body).where(table.c.board_id == one.board_id, table.c.webhook == one.id)
    return [Message(*row) for row in connection.execute(mine.order_by(table.c.id).limit(MESSAGES_AT_ONCE))]


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

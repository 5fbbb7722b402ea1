"""Webhooks of a board as they are stored, and what a change of the board tells them.

A message is written in the transaction of what it is about: there is none for a change that was not committed, and none is lost
with a worker.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Row, func, insert, select

from board.data import schema
from board.model import views, webhooks
from board.model.models import Post
from board.model.webhooks import MOST_WAITING, Event

_table, _waiting = schema.webhooks, schema.messages
_events = msgspec.json.Decoder(list[str])  # a later version may know more
of_webhook = (_waiting.c.board_id == _table.c.board_id) & (_waiting.c.webhook == _table.c.id)
"""Messages of a webhook."""


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


def listed(connection: Connection, board_id: int) -> list[Webhook]:
    """The oldest first."""
    waiting = select(func.count()).where(of_webhook).scalar_subquery()
    found = connection.execute(
        select(_table, waiting.label("waiting")).where(_table.c.board_id == board_id).order_by(_table.c.created_at, _table.c.id)
    )
    return [_webhook(row) for row in found]


def _webhook(row: Row[Any]) -> Webhook:
    seen = (row.created_at, row.failed, row.disabled_at, row.status, row.tried_at, row.waiting)
    return Webhook(row.id, row.url, _events.decode(row.events), *seen)


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

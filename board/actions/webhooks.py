"""Webhooks of a board, as organisers make and remove them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from urllib.parse import urlsplit

from board.data import webhooks as stored
from board.data.address import BoardId
from board.data.store import Store
from board.data.transaction import Transaction
from board.model import webhooks
from board.model.models import Actor, Conflict, NotFound
from board.model.webhooks import MAX_WEBHOOKS, Network, NewWebhook


async def add(store: Store, board: BoardId, actor: Actor, request: NewWebhook, networks: Sequence[Network]) -> str:
    """Gives the webhook's id. Raises `Invalid`, and `Conflict` where there are too many."""
    wanted, made = webhooks.wanted(request, networks), secrets.token_hex(8)

    def command(transaction: Transaction) -> str:
        transaction.require_link(actor)
        if len(stored.of_board(transaction)) >= MAX_WEBHOOKS:
            raise Conflict("webhooks-too-many", most=MAX_WEBHOOKS)
        stored.add(transaction, made, wanted)
        transaction.record(actor.name, "webhook-added", detail=_host(wanted.url))
        return made

    return await store.write(board, command)


async def remove(store: Store, board: BoardId, actor: Actor, webhook: str) -> None:
    """Raises `NotFound`."""

    def command(transaction: Transaction) -> None:
        transaction.require_link(actor)
        gone = stored.remove(transaction, webhook)
        if gone is None:
            raise NotFound("webhook-gone")
        transaction.record(actor.name, "webhook-removed", detail=_host(gone.url))

    await store.write(board, command, although_archived=True)  # read-only is no reason to go on sending


def _host(url: str) -> str:
    """The path may hold a secret of the receiver: neither the audit trail nor a log has it."""
    return urlsplit(url).hostname or ""

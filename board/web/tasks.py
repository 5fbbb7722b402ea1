"""Endless tasks of a worker, besides those of the hub."""

from __future__ import annotations

import asyncio
from functools import partial

from board.actions import retention
from board.actions.simulated import Simulated
from board.data import undos
from board.live.hub import Hub
from board.live.webhooks import Webhooks
from board.process.supervisor import Endless
from board.web import metrics
from board.web.context import Context
from board.web.uses import Uses

OBSERVE_SECONDS = 1.0
_NAMES = ("metrics", "uses-of-links", "files-of-imports", "undos", "simulated-attendees", "retention", "webhooks")


def run(context: Context, uses: Uses) -> None:
    """Under the supervisor, once the store is started."""
    endless: tuple[Endless, ...] = (
        partial(_observe_for_ever, context.hub),
        partial(uses.write_for_ever, context.store),
        context.imports.sweep_for_ever,
        partial(undos.sweep_for_ever, context.store),
        Simulated(context.store).act_for_ever,
        partial(retention.look_for_ever, context.store, context.languages.somebody),
        Webhooks(context.store, context.settings.secret_key, context.settings.webhook_networks).send_for_ever,
    )
    for name, task in zip(_NAMES, endless, strict=True):
        context.supervisor.run(name, task)


async def _observe_for_ever(hub: Hub) -> None:
    """Each worker says its own all the time: any one of them may be asked for the sum."""
    while True:
        metrics.observe(hub.counts, hub.bus.healthy)
        await asyncio.sleep(OBSERVE_SECONDS)


async def stop(context: Context) -> None:
    """Before the store stops."""
    await context.supervisor.stop(*_NAMES)

"""Hosts' links, which allow making boards in the browser."""

from __future__ import annotations

import argparse

from board.actions import hosts
from board.command.opened import with_store
from board.command.prepare import base_url
from board.data.store import Store
from board.model.models import NotFound
from board.process import settings as settings_module
from board.process.settings import Settings, SettingsError
from board.web import reach

DEFAULT_NAME = "host"


def host_link(arguments: argparse.Namespace) -> None:
    settings, name = settings_module.load(workers=1), arguments.name

    async def revoke(store: Store) -> str:
        now = store.now()
        if not await store.write_any(lambda connection: hosts.revoke_host_link(connection, now, name)):
            raise NotFound("host-link-unknown", name=name)
        return f"The host's link “{name}” no longer opens anything."

    async def make(store: Store) -> str:
        now = store.now()
        token = await store.write_any(lambda connection: hosts.new_host_link(connection, now, name))
        return f"{base_url(settings)}/l/{token}"

    if settings.create == "off" and not arguments.revoke:
        raise SettingsError("BOARD_CREATE=off: boards are made on the command line alone, so a host's link would open nothing.")
    print(with_store(settings, revoke if arguments.revoke else make))


def print_first_link(settings: Settings, host: str, port: int) -> None:
    """For a server without boards: two clicks to the first one. To standard output and never through the log: where both are
    kept, the link opens nothing any more as soon as there is a board."""

    async def make(store: Store) -> str:
        now = store.now()
        return str(await store.write_any(lambda connection: hosts.new_first_link(connection, now)))

    base = settings.public_url or f"http://{reach.reachable(host)}:{port}"
    print(f"Make the first board in the browser: {base}/l/{with_store(settings, make)}", flush=True)

"""Our server in a thread of the tests, on a real port, by a clock that the test moves: nobody waits, and nothing races."""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from board import app
from board.process.settings import load
from board.server.wire import WireProtocol
from board.web.context import Context
from tests import servers
from tests.clocks import MovedClock
from tests.servers import Server


class ServerByClock(Server):
    """With limits, which stand still unless `clock` is moved. Commands of ours work on it as on any other."""

    def __init__(self, directory: Path, **environment: str) -> None:
        super().__init__(directory, **environment)
        self.clock = MovedClock(wall=1_800_000_000.0)

    def start(self) -> None:
        self.application = app.create_app(load(self.environment), self.clock)
        config = uvicorn.Config(
            self.application,
            host=self.host,
            port=self.port,
            loop="asyncio",
            http="board.server.guard:GuardedHttp",  # type: ignore[arg-type]
            ws="board.server.wire:WireProtocol",  # type: ignore[arg-type]
            log_config=None,
            access_log=False,
        )
        self._uvicorn = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._uvicorn.run, name="server by a clock")
        self._thread.start()
        servers.wait_until(lambda: self._uvicorn.started or not self._thread.is_alive(), "the server")
        assert self._uvicorn.started

    def in_loop(self, make: Callable[[Context], Coroutine[Any, Any, Any]]) -> None:
        """What a task of the server does once an hour, done now."""
        loop = self._uvicorn.servers[0].get_loop()
        asyncio.run_coroutine_threadsafe(make(self.application.state.context), loop).result(30)

    def ask_everybody(self) -> None:
        """Now is the time at which each socket is asked whether anybody is there."""
        loop = self._uvicorn.servers[0].get_loop()
        for socket in self._sockets():
            loop.call_soon_threadsafe(socket._ask)

    def heard_everybody(self) -> bool:
        """Whether each socket has said something since it was asked."""
        return all(socket._heard for socket in self._sockets())

    def _sockets(self) -> list[WireProtocol]:
        return [each for each in list(self._uvicorn.server_state.connections) if isinstance(each, WireProtocol)]

    def stop(self) -> int:
        self._uvicorn.should_exit = True
        self._thread.join(servers.STOP_SECONDS)
        assert not self._thread.is_alive()
        return 0


class NoWatchdog:
    """The one of `board.server.watchdog` would end the tests with the server."""

    def __init__(self, *_: Any) -> None: ...

    def stop(self) -> None: ...


@contextmanager
def by_clock(**environment: str) -> Iterator[ServerByClock]:
    with pytest.MonkeyPatch.context() as patch, servers.directory() as path:
        patch.setattr(app, "Watchdog", NoWatchdog)
        server = ServerByClock(path, **environment)
        if "DATABASE_URL" not in environment:
            shutil.copyfile(servers.sqlite_model(), path / "board.db")
        server.start()
        try:
            yield server
        finally:
            server.stop()

"""An application that says back what it hears, under our own WebSocket class: what a conformance suite talks to."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from board.live.frames import text_frame
from board.server.wire import EXTENSION, WireProtocol
from tests.servers import free_port, wait_until


class Echo:
    def __init__(self, wire: WireProtocol) -> None:
        self._wire = wire

    def said(self, text: str | None) -> None:
        """Bytes (None) have no meaning for the board; what they contained is not passed on."""
        if text is not None:
            self._wire.write(text_frame(text.encode()))

    def stalled(self) -> None:
        pass

    def gone(self) -> None:
        pass


@contextmanager
def echoing(max_message_bytes: int, begins_late_seconds: float = 0.0) -> Iterator[str]:
    """The address of an echo server that runs in a thread. It can stand still for so long as soon as a connection is open."""

    async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
        assert scope["type"] == "websocket"
        await receive()
        await send({"type": "websocket.accept"})
        wire: WireProtocol = scope["extensions"][EXTENSION]
        wire.take_over(Echo(wire))
        time.sleep(begins_late_seconds)  # noqa: ASYNC251 (all of it stands still)

    port = free_port()
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            port=port,
            loop="asyncio",
            http="board.server.guard:GuardedHttp",
            ws="board.server.wire:WireProtocol",
            ws_max_size=max_message_bytes,
            lifespan="off",
            log_level="error",
        )
    )
    thread = threading.Thread(target=server.run, name="echo")
    thread.start()
    try:
        wait_until(lambda: server.started, "the echo server")
        yield f"ws://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)

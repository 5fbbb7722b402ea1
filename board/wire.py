"""Below Starlette: uvicorn's WebSocket class with frames written as bytes, bounded buffers and an end that comes.

uvicorn takes it by import string, `ws="board.wire:WireProtocol"`. It leans on private names of uvicorn 0.54, so the version is
pinned closely and `tests/test_wire.py` holds it to what we need.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable
from functools import cached_property
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame as WebSocketFrame
from websockets.http11 import Request

EXTENSION = "board.wire"
# The kernel would hide up to 4 MB for each client that does not read; this is what it may hold.
SEND_BUFFER_BYTES = 64 * 1024
# uvicorn waits for ever for a client that does not read its last bytes; we wait this long.
ABORT_AFTER_SECONDS = 1.0
# A dead path (phone out of range) is given up by the kernel after this.
TCP_USER_TIMEOUT_MS = 15_000


class Frame:
    """A message to many: its JSON, and the same as one WebSocket text frame, made once. `seq` is how far a viewer has got who
    has it; frames that say nothing about the board's contents have none."""

    def __init__(self, json: bytes, seq: int | None = None) -> None:
        self.json = json
        self.seq = seq

    @cached_property
    def raw(self) -> bytes:
        return text_frame(self.json)


def text_frame(payload: bytes) -> bytes:
    """An unmasked, unfragmented text frame (RFC 6455, 5.2)."""
    size = len(payload)
    if size < 126:
        return bytes((0x81, size)) + payload
    if size < 65_536:
        return bytes((0x81, 126)) + size.to_bytes(2, "big") + payload
    return bytes((0x81, 127)) + size.to_bytes(8, "big") + payload


class WireProtocol(WebSocketsSansIOProtocol):
    """Lends the endpoint itself, as `scope["extensions"]["board.wire"]`."""

    on_stalled: Callable[[], None] | None = None
    """Called when something begins to wait in user space."""
    on_gone: Callable[[], None] | None = None
    """Called once nothing can be written any more, while the descriptor is still ours."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self.transport.set_write_buffer_limits(high=0)
        _bound(self.transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self._leave()
        super().connection_lost(exc)

    def _leave(self) -> None:
        if self.on_gone is not None:
            self.on_gone()
            self.on_gone = self.on_stalled = None

    def pause_writing(self) -> None:
        super().pause_writing()
        if self.on_stalled is not None:
            self.on_stalled()

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if hasattr(self, "scope"):
            extensions: dict[str, Any] = self.scope["extensions"]
            extensions[EXTENSION] = self

    # -- what the endpoint may do ------------------------------------------------------------------------------

    @property
    def descriptor(self) -> int:
        """For writing raw frames past the transport, while it has nothing buffered."""
        descriptor: int = self.transport.get_extra_info("socket").fileno()
        return descriptor

    def write(self, raw: bytes) -> None:
        """Sends a frame, or the rest of one, after the handshake; never waits."""
        if self.handshake_complete and not self.close_sent and not self.transport.is_closing():
            self.transport.write(raw)

    @property
    def buffered(self) -> int:
        """Bytes that wait in user space for this client."""
        return self.transport.get_write_buffer_size()

    def close(self, code: int, reason: str) -> None:
        """Says goodbye, and does not wait for more than a second for the answer."""
        if self.handshake_complete and not self.close_sent and not self.transport.is_closing():
            self.conn.send_close(code, reason)
            self.transport.write(b"".join(self.conn.data_to_send()))
            self.close_sent = True
            self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
        self._abort_soon()

    def abort(self) -> None:
        self.transport.abort()

    # -- ends that come ----------------------------------------------------------------------------------------

    def keepalive_timeout(self) -> None:
        super().keepalive_timeout()
        self._abort_soon()

    def shutdown(self) -> None:
        self._leave()
        super().shutdown()
        self._abort_soon()

    def handle_close(self, event: WebSocketFrame) -> None:
        self._leave()  # nothing may follow a close frame
        super().handle_close(event)

    def handle_parser_exception(self) -> None:
        super().handle_parser_exception()
        self._abort_soon()

    def _abort_soon(self) -> None:
        self.loop.call_later(ABORT_AFTER_SECONDS, self.transport.abort)


def _bound(transport: asyncio.Transport) -> None:
    tcp = transport.get_extra_info("socket")
    if tcp is None:
        return
    with contextlib.suppress(OSError):  # a UNIX socket knows no TCP options
        tcp.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)
        tcp.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, TCP_USER_TIMEOUT_MS)

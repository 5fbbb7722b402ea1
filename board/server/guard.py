"""Below Starlette: uvicorn's HTTP class, with an end to requests that never become whole, and no more connections than fit.

uvicorn takes it by import string, `http="board.server.guard:GuardedHttp"`. Without it a client that connects and says nothing,
or half a request, is kept for ever; a header that never ends fills the memory; and a process without descriptors left can
neither take a connection nor open its database.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, cast

from uvicorn._types import ASGI3Application
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from board.server.descriptors import most_connections
from board.server.envelope import PART_BYTES, Envelope
from board.server.wire import ENDS, bound, hang_up

# From the first byte (or from connecting) to the last of a request: 16 KiB at the most, so 2 KB a second are enough.
REQUEST_SECONDS = 10.0
# A file of an organiser may take longer: a weak Wi-Fi has so many bytes a second, and no file needs more than this.
UPLOAD_BYTES_PER_SECOND = 64 * 1024
LONGEST_UPLOAD_SECONDS = 90.0
LENGTH_DIGITS = 8
_UPLOAD = b"application/octet-stream"
# Browsers send one request after the other. More that wait on one connection would each cost a task's memory.
MAX_PIPELINED = 32

_TOO_LARGE = "HTTP/1.1 431 Request Header Fields Too Large", "The address and headers of this request are too large."
_TOO_MANY = "HTTP/1.1 429 Too Many Requests", "Too many requests at once on one connection."
_NO_HANDSHAKE = "HTTP/1.1 400 Bad Request", "A WebSocket needs HTTP/1.1."
_TOO_SLOW = "HTTP/1.1 408 Request Timeout", "This request took too long to arrive."
_FULL = "HTTP/1.1 503 Service Unavailable\r\nretry-after: 5", "There is no room just now. Please try again in a few seconds."


def upload_seconds(head: Mapping[bytes, bytes]) -> float | None:
    """How long a file of this length may take to arrive; None for all that is no file."""
    length = head.get(b"content-length", b"")
    if head.get(b"content-type", b"").lower() != _UPLOAD or not length.isdigit() or len(length) > LENGTH_DIGITS:
        return None
    return min(REQUEST_SECONDS + int(length) / UPLOAD_BYTES_PER_SECOND, LONGEST_UPLOAD_SECONDS)


class GuardedHttp(HttpToolsProtocol):
    """One connection. uvicorn's class, version 0.54: its callbacks, `pipeline`, `cycle` and `_start_asgi_task`."""

    _deadline: asyncio.TimerHandle | None = None
    _answering: RequestResponseCycle | None = None
    _ended = False
    _head_came = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(cast(asyncio.Transport, transport))
        self._envelope = Envelope()
        bound(self.transport)
        if len(self.connections) > most_connections():
            self._end(*_FULL, linger=False)  # its descriptor is wanted
        else:
            self._expect_request()

    def data_received(self, data: bytes) -> None:
        """In parts: the parser keeps what it has of a header, so this is the place to stop one that does not end."""
        for start in range(0, len(data), PART_BYTES):
            if self._ended or self.transport.is_closing() or self.transport.get_protocol() is not self:
                return
            part = data[start : start + PART_BYTES]
            super().data_received(part)
            self._envelope.fed(len(part))
            self._look()

    def _look(self) -> None:
        if self._ended or self.transport.is_closing():
            return
        if self._envelope.too_large:
            self._end(*_TOO_LARGE)
        elif len(self.pipeline) > MAX_PIPELINED:
            self._end(*_TOO_MANY)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._envelope.begin()
        self._head_came = False
        if self._deadline is None:  # not the first request of this connection
            self._expect_request()

    def on_url(self, url: bytes) -> None:
        self._envelope.address(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """A trailer is counted and left out: as a header it would be trusted, but the checks of headers have run before."""
        self._envelope.header(len(name), len(value))
        if name.lower() == b"x-forwarded-proto":  # of several proxies, the first speaks with the browser
            value = value.partition(b",")[0].strip()
        if not self._head_came and not self._envelope.too_large:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._head_came = True
        self._look()
        self._envelope.head_came()
        if not self._ended:
            self._allow_upload()
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._envelope.body(len(body))
        if not self._ended:
            super().on_body(body)

    def on_message_complete(self) -> None:
        if not self._ended:
            self._came()
            super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        if self._ended:
            return
        self._came()
        if self.parser.get_http_version() != "1.1":  # the handshake is passed on as if it were
            self._end(*_NO_HANDSHAKE)
            return
        super().handle_websocket_upgrade()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        self._answering = cycle
        super()._start_asgi_task(cycle, app)

    def shutdown(self) -> None:
        super().shutdown()
        end = cast(dict[str, Any], self.scope or {}).get(ENDS)
        if end is not None:
            end()

    def connection_lost(self, exc: Exception | None) -> None:
        self._came()
        super().connection_lost(exc)

    def _expect_request(self) -> None:
        self._deadline = self.loop.call_later(REQUEST_SECONDS, self._end, *_TOO_SLOW)

    def _allow_upload(self) -> None:
        """More time for a file, by its length; what it is for is looked at above, before the file is read."""
        seconds = upload_seconds(dict(self.headers))
        if seconds is not None and self._deadline:
            self._deadline.cancel()
            self._deadline = self.loop.call_later(seconds, self._end, *_TOO_SLOW)

    def _came(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _end(self, head: str, words: str, *, linger: bool = True) -> None:
        """Says so where no answer has begun, and hangs up. What the application goes on to say is dropped."""
        self._ended = True
        self._came()
        cycle = self._answering
        if cycle is None or cycle.response_complete or not cycle.response_started:
            head += "\r\ncontent-type: text/plain; charset=utf-8\r\nx-content-type-options: nosniff"
            head += f"\r\ncontent-length: {len(words)}\r\nconnection: close\r\n\r\n"
            self.transport.write(head.encode() + words.encode())
        for waiting in (cycle, *(queued for queued, _ in self.pipeline)):
            if waiting is not None:
                waiting.disconnected = True
                waiting.message_event.set()
        self.pipeline.clear()
        if linger:
            hang_up(self.transport)
        else:
            self.transport.close()

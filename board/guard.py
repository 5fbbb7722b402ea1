"""Below Starlette: uvicorn's HTTP class, with an end to requests that never become whole, and no more connections than fit.

uvicorn takes it by import string, `http="board.guard:GuardedHttp"`. Without it a client that connects and says nothing, or half
a request, is kept for ever, and a process without descriptors left can neither take a connection nor open its database.
"""

from __future__ import annotations

import asyncio
import resource
from functools import lru_cache
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from board.wire import bound

# From the first byte (or from connecting) to the last of a request: 16 KiB at the most, so 2 KB a second are enough.
REQUEST_SECONDS = 10.0
# What is left of the descriptors is for the database, Redis, files, and telling the others that there is no room.
SHARE_OF_DESCRIPTORS = 0.8
# A streaming answer's endpoint puts a callable under this name in the scope; it is called when the server stops.
ENDS = "board.ends"

_TOO_SLOW = "HTTP/1.1 408 Request Timeout", "This request took too long to arrive."
_FULL = "HTTP/1.1 503 Service Unavailable\r\nretry-after: 5", "There is no room just now. Please try again in a few seconds."


class GuardedHttp(HttpToolsProtocol):
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(cast(asyncio.Transport, transport))
        bound(self.transport)
        if len(self.connections) > most_connections():
            self._end(*_FULL)
        else:
            self._expect_request()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if self._deadline is None:  # not the first request of this connection
            self._expect_request()

    def on_message_complete(self) -> None:
        self._came()
        super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        self._came()
        super().handle_websocket_upgrade()

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

    def _came(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _end(self, head: str, words: str) -> None:
        """Says so and hangs up, if need be in the middle of what the application is about to answer."""
        if self.cycle is None or not self.cycle.response_started:
            head += f"\r\ncontent-type: text/plain\r\ncontent-length: {len(words)}\r\nconnection: close\r\n\r\n"
            self.transport.write(head.encode() + words.encode())
        self.transport.close()


@lru_cache
def most_connections() -> int:
    """Of this process."""
    return int(resource.getrlimit(resource.RLIMIT_NOFILE)[0] * SHARE_OF_DESCRIPTORS)


def raise_descriptor_limit() -> None:
    """As far as we may without asking anybody; processes that are started from here on have it, too."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 1 << 20 if hard == resource.RLIM_INFINITY else min(hard, 1 << 20)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))

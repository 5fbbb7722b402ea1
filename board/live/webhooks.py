"""Sends messages to webhooks: signed, in order, again after growing pauses, and never to an address that only this server can
reach."""

from __future__ import annotations

import asyncio
import logging
import random
import ssl
from collections.abc import Iterable, Sequence
from contextlib import suppress
from ipaddress import ip_address
from socket import SOCK_STREAM
from urllib.parse import urlsplit

import httpcore

from board.data import webhooks as stored
from board.data.store import Connection, Store
from board.data.webhooks import Due, Message
from board.model import webhooks
from board.model.models import StorageDown
from board.model.webhooks import GONE, Network

log = logging.getLogger(__name__)
LOOK_SECONDS = 2.0
AT_ONCE = 8
"""Webhooks of one worker. A receiver that hangs holds one of these places until `TAKES_SECONDS` are over."""
TAKES_SECONDS = 20.0
SENDS_SECONDS = 60.0
"""To one webhook, then others have their turn."""
MESSAGES_AT_ONCE = 20
KEPT_SECONDS = 30.0
TIMEOUTS_SECONDS = {"connect": 10.0, "write": 10.0, "read": 15.0, "pool": 10.0}
_FAILURES = (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, httpcore.UnsupportedProtocol)


class Refused(httpcore.ConnectError):
    """The name leads to no address that may be reached."""


class Checked(httpcore.AsyncNetworkBackend):
    """Looks a name up once and connects to what it found, after it has looked at each address: a name that is looked up again
    may lead to another one then (DNS rebinding)."""

    def __init__(self, networks: Sequence[Network]) -> None:
        self._networks, self._inner = networks, httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 (as the library calls it)
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=SOCK_STREAM)
        except (OSError, UnicodeError) as error:  # the latter for a name with two dots side by side, or a part that is too long
            raise httpcore.ConnectError(str(error)) from error
        addresses = list(dict.fromkeys(str(one[4][0]).partition("%")[0] for one in found))
        if not addresses or not all(webhooks.may_reach(ip_address(one), self._networks) for one in addresses):
            raise Refused("no address that may be reached")
        return await self._inner.connect_tcp(addresses[0], port, timeout, local_address, socket_options)

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109 (as the library calls it)
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        raise Refused("no socket of this machine")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class Webhooks:
    def __init__(self, store: Store, secret_key: str, networks: Sequence[Network]) -> None:
        self._store, self._secret_key, self._networks = store, secret_key, networks
        self._sending = set[asyncio.Task[None]]()
        self._pool: httpcore.AsyncConnectionPool | None = None

    async def send_for_ever(self) -> None:
        try:
            while True:
                with suppress(StorageDown):
                    await self._begin()
                await asyncio.sleep(LOOK_SECONDS)
        finally:
            for task in self._sending:
                task.cancel()
            if self._pool is not None:
                await self._pool.aclose()

    async def _begin(self) -> None:
        """Begins with as many webhooks as there is room for. Who sends nothing only reads."""
        room, now = AT_ONCE - len(self._sending), self._store.now()
        if room <= 0 or not await self._store.read(lambda connection: stored.due(connection, now, 1)):
            return
        for one in await self._store.write_any(lambda connection: stored.hold(connection, now, room)):
            task = asyncio.create_task(self._send_all(one))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)

    async def _send_all(self, one: Due) -> None:
        """Messages of one webhook, one after the other, until one fails or the time is over: the hold must last longer, or
        another worker sends the same ones. Each is read just before it is sent: a removed webhook gets no other."""
        done, status, until = list[str](), 0, asyncio.get_running_loop().time() + SENDS_SECONDS
        with suppress(StorageDown):  # the hold ends by itself; what was sent goes once more, under the same id
            while message := await self._next(one, done[-1] if done else ""):
                status, asked_for = await self._send(one, message)
                if not 200 <= status < 300:
                    await self._failed(one, done, status, asked_for)
                    return
                done.append(message.id)
                if asyncio.get_running_loop().time() >= until or len(done) >= MESSAGES_AT_ONCE:
                    break
            await self._store.write_any(lambda connection: stored.sent(connection, one, done, status, self._store.now()))

    async def _next(self, one: Due, last: str) -> Message | None:
        return await self._store.read(lambda connection: stored.following(connection, one, last))

    async def _failed(self, one: Due, done: Sequence[str], status: int, asked_for: float) -> None:
        now = self._store.now()
        one = one._replace(failed=0) if done else one
        pause = None if status == GONE else webhooks.pause_seconds(one.failed + 1, asked_for, random.random())  # noqa: S311
        again_at = None if pause is None else now + round(pause * 1_000_000)
        log.info("webhook to %s: %s", urlsplit(one.url).hostname, status or "no answer")

        def write(connection: Connection) -> None:
            if done:
                stored.sent(connection, one, done, status, now)
            stored.failed(connection, one, status, now, again_at)

        await self._store.write_any(write)

    async def _send(self, one: Due, message: Message) -> tuple[int, float]:
        """The status, 0 without an answer, and how long the receiver asks to wait (seconds)."""
        body, at = message.body.encode(), self._store.now() // 1_000_000
        signed = webhooks.signature(webhooks.secret(self._secret_key, one.id), message.id, at, body)
        headers: dict[str | bytes, str | bytes] = {
            "content-type": "application/json",
            "user-agent": "Brilliance-Board",
            "webhook-id": message.id,
            "webhook-timestamp": str(at),
            "webhook-signature": signed,
        }
        try:
            async with asyncio.timeout(TAKES_SECONDS):
                # Nothing is followed, and of the answer nothing but its head is read.
                pool, extensions = await self._connections(), {"timeout": TIMEOUTS_SECONDS}
                async with pool.stream("POST", one.url, headers=headers, content=body, extensions=extensions) as response:
                    return response.status, _asked_for(response.headers)
        except (*_FAILURES, TimeoutError, OSError, ssl.SSLError):
            return 0, 0.0
        except Exception:
            # A failure like others, with its traceback: else nobody would hear of it, and the webhook be tried without a pause.
            log.exception("webhook to %s", urlsplit(one.url).hostname)
            return 0, 0.0

    async def _connections(self) -> httpcore.AsyncConnectionPool:
        """Made when it is needed first, and the certificates are read beside the event loop: they take some milliseconds."""
        if self._pool is None:
            context = await asyncio.to_thread(httpcore.default_ssl_context)
            if self._pool is None:
                self._pool = httpcore.AsyncConnectionPool(
                    context, max_connections=AT_ONCE, keepalive_expiry=KEPT_SECONDS, network_backend=Checked(self._networks)
                )
        return self._pool


def _asked_for(headers: Iterable[tuple[bytes, bytes]]) -> float:
    """The seconds of Retry-After; a day in words counts as none."""
    written = next((value for name, value in headers if name.lower() == b"retry-after"), b"")
    return float(written) if written.isdigit() and len(written) < 9 else 0.0

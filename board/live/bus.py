"""Sends changes to the other workers. It is not reliable: a message can be lost, doubled or late, and the store repairs that.

Topics are boards' ids as text. `LocalBus` serves one worker, `RedisBus` any number of workers on any number of machines.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import logging
import secrets
import time
from collections.abc import Callable
from typing import Protocol

import redis.asyncio as redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from board.process.supervisor import Supervisor, guarded

log = logging.getLogger(__name__)

OnMessage = Callable[[str, bytes], None]
OnGap = Callable[[], None]

PREFIX = "brilliance-board:"
HEARTBEAT_SECONDS = 1.0
# Redis may accept a connection and never say a word again (paused, cut off without a sign): what counts is hearing oneself.
SILENCE_SECONDS = 3.0
READ_SECONDS = 0.25
PUBLISH_SECONDS = 0.5
CONNECT_SECONDS = 2.0
RECONNECT_SECONDS = (0.1, 2.0)
# Messages carry posts, and are believed; so they are sealed by those who have the secret key, which Redis has not.
SEAL_BYTES = 16
# Beyond this, old messages go: other workers find the gap and read the store.
MAX_WAITING = 1_000
# The worker's own beat goes by a channel that is named like a board's: rules of Redis (ACL) that forbid to publish or
# to receive boards' messages do the same to the beat. No board's id has so many digits.
BEAT_TOPIC_DIGITS = 16
MAX_TROUBLES = 20


class Bus(Protocol):
    """Four verbs. A message reaches every subscriber of its topic, the publisher too."""

    @property
    def healthy(self) -> bool:
        """Whether messages are known to arrive; if not, the store is polled more often."""

    @property
    def shared(self) -> bool:
        """Whether there may be other workers."""

    async def start(self, on_message: OnMessage, on_gap: OnGap) -> None: ...

    async def stop(self) -> None: ...

    def publish(self, topic: str, data: bytes) -> None:
        """Never waits and never fails."""

    def subscribe(self, topic: str) -> None: ...

    def unsubscribe(self, topic: str) -> None: ...


class LocalBus:
    """One worker: a message reaches its listeners here at once."""

    healthy = True
    shared = False

    def __init__(self) -> None:
        self._topics: set[str] = set()

    async def start(self, on_message: OnMessage, on_gap: OnGap) -> None:
        self._on_message = guarded("bus: what hears messages", on_message)

    async def stop(self) -> None:
        self._topics.clear()

    def publish(self, topic: str, data: bytes) -> None:
        if topic in self._topics:
            self._on_message(topic, data)

    def subscribe(self, topic: str) -> None:
        self._topics.add(topic)

    def unsubscribe(self, topic: str) -> None:
        self._topics.discard(topic)


class RedisBus:
    """Redis pub/sub, with a listener that survives what redis-py's does not.

    Found by measuring redis-py 8.1 (docs/architecture.md, "The bus"): after ETIMEDOUT its `get_message` returns at once for
    ever without yielding, so the loop below yields by itself; it reconnects without a word and loses messages without a
    sign, so retries are off and every subscription counts as a possible gap; a silent server is never noticed, so each
    worker must hear its own heartbeat or builds a new client.
    """

    shared = True

    def __init__(self, url: str, secret_key: str, supervisor: Supervisor | None = None) -> None:
        self._url = url
        self._supervisor = supervisor or Supervisor()
        self._key = hmac.digest(secret_key.encode(), b"brilliance-board-bus", "sha256")
        self._topics: set[str] = set()
        self._own_topic = str(10**BEAT_TOPIC_DIGITS + secrets.randbelow(10**BEAT_TOPIC_DIGITS))
        self._waiting: asyncio.Queue[tuple[str, bytes]] = asyncio.Queue()
        self._heard_at = -SILENCE_SECONDS
        self._clients = 0
        """How often the listener began anew. The publisher does so, too: after a failover one of the two alone would stay with
        the old Redis."""
        self._troubles: set[str] = set()
        self._wanted = asyncio.Event()

    @property
    def healthy(self) -> bool:
        """Whether a beat of our own came back lately, published and heard the way changes are."""
        return time.monotonic() - self._heard_at < SILENCE_SECONDS

    async def start(self, on_message: OnMessage, on_gap: OnGap) -> None:
        self._on_message = guarded("bus: what hears messages", on_message)
        self._on_gap = guarded("bus: what hears of gaps", on_gap)
        self._supervisor.run("bus-listen", self._listen_for_ever)
        self._supervisor.run("bus-publish", self._publish_for_ever)
        self._supervisor.run("bus-beat", self._beat_for_ever)

    async def stop(self) -> None:
        await self._supervisor.stop("bus-listen", "bus-publish", "bus-beat")

    def publish(self, topic: str, data: bytes) -> None:
        while self._waiting.qsize() >= MAX_WAITING:
            self._waiting.get_nowait()
        self._waiting.put_nowait((topic, self._seal(topic, data) + data))

    def _seal(self, topic: str, data: bytes) -> bytes:
        return hmac.digest(self._key, f"{topic}\n".encode() + data, "sha256")[:SEAL_BYTES]

    def subscribe(self, topic: str) -> None:
        self._topics.add(topic)
        self._wanted.set()

    def unsubscribe(self, topic: str) -> None:
        self._topics.discard(topic)
        self._wanted.set()

    # -- listening ---------------------------------------------------------------------------------------------

    async def _listen_for_ever(self) -> None:
        pause, longest = RECONNECT_SECONDS
        while True:
            began = time.monotonic()
            try:
                await self._listen()
            except (RedisError, OSError, TimeoutError) as error:
                self._ill(str(error))
            if time.monotonic() - began > 2 * SILENCE_SECONDS:
                pause = RECONNECT_SECONDS[0]
            await asyncio.sleep(pause)
            pause = min(longest, pause * 2)

    def _ill(self, trouble: str) -> None:
        """One line for each kind of trouble, not one for each try."""
        if trouble not in self._troubles and len(self._troubles) < MAX_TROUBLES:
            log.warning("bus: %s; trying again", trouble)
            self._troubles.add(trouble)

    async def _listen(self) -> None:
        """Subscribes with one Redis client and reads until it fails."""
        self._clients += 1
        client = self._client(socket_timeout=CONNECT_SECONDS)
        pubsub = client.pubsub(ignore_subscribe_messages=False)
        subscribed: set[str] = set()
        confirmed: set[str] = set()
        deadline = time.monotonic() + SILENCE_SECONDS
        try:
            await asyncio.wait_for(pubsub.subscribe(PREFIX + self._own_topic), CONNECT_SECONDS)
            self._wanted.set()
            while True:
                if self._wanted.is_set():
                    self._wanted.clear()
                    await self._sync(pubsub, subscribed)
                message = await pubsub.get_message(timeout=READ_SECONDS)
                await asyncio.sleep(0)  # get_message may return without ever yielding
                # A beat says nothing of boards' channels before Redis has confirmed those.
                if message is not None and self._take(message, confirmed) and subscribed <= confirmed:
                    self._heard_own_beat()
                    deadline = time.monotonic() + SILENCE_SECONDS
                if time.monotonic() > deadline:
                    raise TimeoutError(f"Redis has been silent for {SILENCE_SECONDS:g} s")
        finally:
            # Not aclose() of the pub/sub first: it would wait on a connection that is dead.
            if pubsub.connection is not None:
                with contextlib.suppress(RedisError, OSError):
                    await pubsub.connection.disconnect(nowait=True)
            with contextlib.suppress(RedisError, OSError, TimeoutError):
                await asyncio.wait_for(client.aclose(), CONNECT_SECONDS)

    def _heard_own_beat(self) -> None:
        self._heard_at = time.monotonic()
        if self._troubles:
            log.warning("bus: messages arrive again")
            self._troubles.clear()

    async def _sync(self, pubsub: redis.client.PubSub, subscribed: set[str]) -> None:
        if new := self._topics - subscribed:
            await asyncio.wait_for(pubsub.subscribe(*(PREFIX + topic for topic in new)), CONNECT_SECONDS)
            subscribed |= new
        if old := subscribed - self._topics:
            await asyncio.wait_for(pubsub.unsubscribe(*(PREFIX + topic for topic in old)), CONNECT_SECONDS)
            subscribed -= old

    def _take(self, message: dict[str, object], confirmed: set[str]) -> bool:
        """True: this was our own beat."""
        channel, data = message["channel"], message["data"]
        topic = channel.decode(errors="replace").removeprefix(PREFIX) if isinstance(channel, bytes) else ""
        if message["type"] == "unsubscribe":
            confirmed.discard(topic)
        elif message["type"] == "subscribe" and topic != self._own_topic:
            confirmed.add(topic)
            self._on_gap()
        elif message["type"] == "message" and isinstance(data, bytes):
            if topic == self._own_topic:
                return self._is_ours(topic, data)
            if topic in self._topics:
                self._open(topic, data)
        return False

    def _is_ours(self, topic: str, sealed: bytes) -> bool:
        return hmac.compare_digest(sealed[:SEAL_BYTES], self._seal(topic, sealed[SEAL_BYTES:]))

    def _open(self, topic: str, sealed: bytes) -> None:
        if self._is_ours(topic, sealed):
            self._on_message(topic, sealed[SEAL_BYTES:])
        else:
            log.warning("bus: a message of %d bytes on %s is not from a worker with our secret key", len(sealed), topic)

    # -- publishing --------------------------------------------------------------------------------------------

    async def _publish_for_ever(self) -> None:
        """Fails fast and drops the message: workers that miss it read the store."""
        clients, client = self._clients, self._client(socket_timeout=PUBLISH_SECONDS)
        try:
            while True:
                batch = [await self._waiting.get()]
                while not self._waiting.empty() and len(batch) < 100:
                    batch.append(self._waiting.get_nowait())
                if clients != self._clients:  # the listener began anew
                    await self._discard(client)
                    clients, client = self._clients, self._client(socket_timeout=PUBLISH_SECONDS)
                await self._tell(client, batch)
        finally:
            await self._discard(client)

    async def _tell(self, client: redis.Redis, batch: list[tuple[str, bytes]]) -> None:
        try:
            async with asyncio.timeout(PUBLISH_SECONDS * 2), client.pipeline(transaction=False) as pipe:
                for topic, data in batch:
                    pipe.publish(PREFIX + topic, data)
                refused = [answer for answer in await pipe.execute(raise_on_error=False) if isinstance(answer, Exception)]
            if refused:  # as by an ACL; the beat is refused with the rest, so this shows in `healthy`
                self._ill(f"{type(refused[0]).__name__}: {refused[0]}")
        except (RedisError, OSError, TimeoutError) as error:
            log.debug("bus: %d messages not published: %s", len(batch), error)

    async def _discard(self, client: redis.Redis) -> None:
        with contextlib.suppress(RedisError, OSError, TimeoutError):
            await asyncio.wait_for(client.aclose(), CONNECT_SECONDS)

    async def _beat_for_ever(self) -> None:
        while True:
            self.publish(self._own_topic, b"beat")
            await asyncio.sleep(HEARTBEAT_SECONDS)

    def _client(self, socket_timeout: float) -> redis.Redis:
        return redis.from_url(
            self._url,
            retry=Retry(NoBackoff(), 0),
            socket_timeout=socket_timeout,
            socket_connect_timeout=CONNECT_SECONDS,
            socket_keepalive=False,
        )

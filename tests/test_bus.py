"""One contract for both buses, on a real Redis; and what RedisBus does when its Redis dies, falls silent or cuts it off."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

import pytest
import redis as library

from board.live.bus import BEAT_TOPIC_DIGITS, MAX_WAITING, PREFIX, SILENCE_SECONDS, Bus, LocalBus, RedisBus
from board.process.supervisor import Supervisor
from tests import servers
from tests.relay import relay

SECONDS = 30.0
TCP_CLOSE = 7  # the first byte of TCP_INFO, once the kernel has given a connection up


async def eventually(holds: Callable[[], bool], what: str) -> None:
    await asyncio.to_thread(servers.wait_until, holds, what)


class Worker:
    """A bus, and the messages that it delivered."""

    def __init__(self, bus: Bus) -> None:
        self.bus = bus
        self.heard: list[tuple[str, bytes]] = []
        self.gaps = 0

    async def start(self) -> None:
        await self.bus.start(lambda topic, data: self.heard.append((topic, data)), self._gap)

    def _gap(self) -> None:
        self.gaps += 1


def listeners(redis: servers.Redis, topic: str) -> int:
    return int(redis.command("PUBSUB", "NUMSUB", f"{PREFIX}{topic}").rsplit(b":", 1)[1])


class Workers:
    """All workers of one installation: one with LocalBus, three with RedisBus."""

    def __init__(self, redis: servers.Redis | None) -> None:
        self._redis = redis
        self.all = [Worker(RedisBus(redis.url, "k" * 40)) for _ in range(3)] if redis else [Worker(LocalBus())]
        self.publisher = self.all[0]

    async def start(self) -> None:
        for worker in self.all:
            await worker.start()

    async def stop(self) -> None:
        for worker in self.all:
            await worker.bus.stop()

    async def subscribe(self, *topics: str) -> None:
        for topic in topics:
            for worker in self.all:
                worker.bus.subscribe(topic)
            await self.listening(topic, len(self.all))

    async def listening(self, topic: str, count: int) -> None:
        """Returns once so many are heard by; LocalBus has no way between."""
        if (redis := self._redis) is not None:
            await eventually(lambda: listeners(redis, topic) == count, f"{count} listeners of {topic}")

    def publish(self, topic: str, data: bytes) -> None:
        self.publisher.bus.publish(topic, data)

    async def all_heard(self, *messages: tuple[str, bytes]) -> None:
        """These, in this order, and nothing else before the last of them."""
        for worker in self.all:
            await eventually(lambda worker=worker: messages[-1] in worker.heard, f"{messages[-1]!r:.80}")
            assert worker.heard == list(messages)


@pytest.fixture(params=["local", "redis"])
async def workers(request: pytest.FixtureRequest) -> AsyncIterator[Workers]:
    workers = Workers(request.getfixturevalue("redis_server") if request.param == "redis" else None)
    await workers.start()
    yield workers
    await workers.stop()


# -- the contract --------------------------------------------------------------------------------------------------


async def test_all_subscribers_and_the_publisher_itself_get_a_message(workers: Workers) -> None:
    await workers.subscribe("1")
    workers.publish("1", b"hello")
    await workers.all_heard(("1", b"hello"))


async def test_a_bus_gets_no_message_of_a_board_without_a_subscription(workers: Workers) -> None:
    await workers.subscribe("1")
    for other in ("2", "11", "", "*", "worker:1"):
        workers.publish(other, b"for somebody else")
    workers.publish("1", b"the end")
    await workers.all_heard(("1", b"the end"))


async def test_a_subscriber_of_another_board_gets_no_message_of_this_board(workers: Workers) -> None:
    await workers.subscribe("1")
    other = workers.all[-1]
    other.bus.unsubscribe("1")
    other.bus.subscribe("2")
    await workers.listening("2", 1)
    workers.publish("1", b"to the others")
    workers.publish("2", b"to this one")
    await eventually(lambda: ("2", b"to this one") in other.heard, "the message of board 2")
    assert other.heard == [("2", b"to this one")]
    for worker in workers.all[:-1]:
        await eventually(lambda worker=worker: worker.heard == [("1", b"to the others")], "the message of board 1")


async def test_the_order_is_kept_within_and_across_boards(workers: Workers) -> None:
    await workers.subscribe("1", "2", "3")
    messages = [(str(number % 3 + 1), b"%d" % number) for number in range(MAX_WAITING - 10)]
    for topic, data in messages:
        workers.publish(topic, data)
    await workers.all_heard(*messages)


async def test_large_messages_and_any_bytes_arrive_whole(workers: Workers) -> None:
    await workers.subscribe("1")
    large = os.urandom(2_000_000)
    messages = [("1", data) for data in (b"", b"\r\n*1\r\n$4\r\nPING\r\n\x00\xff", large, b"small")]
    for topic, data in messages:
        workers.publish(topic, data)
    await workers.all_heard(*messages)


async def test_after_unsubscribe_no_message_of_that_board_arrives(workers: Workers) -> None:
    await workers.subscribe("1", "2")
    workers.publish("1", b"before")
    await workers.all_heard(("1", b"before"))
    for worker in workers.all:
        worker.bus.unsubscribe("1")
    workers.publish("1", b"at once")
    await workers.listening("1", 0)
    workers.publish("1", b"later")
    workers.publish("2", b"the other board")
    await workers.all_heard(("1", b"before"), ("2", b"the other board"))


async def test_a_subscriber_that_subscribes_again_gets_messages_again(workers: Workers) -> None:
    await workers.subscribe("1")
    for worker in workers.all:
        worker.bus.unsubscribe("1")
    await workers.listening("1", 0)
    workers.publish("1", b"missed")
    workers.publish("2", b"missed, too")
    await workers.subscribe("1", "2")
    workers.publish("1", b"back")
    await workers.all_heard(("1", b"back"))


async def test_subscribing_twice_delivers_each_message_once(workers: Workers) -> None:
    await workers.subscribe("1")
    await workers.subscribe("1")
    workers.publish("1", b"once")
    workers.publish("1", b"the end")
    await workers.all_heard(("1", b"once"), ("1", b"the end"))


async def test_a_stopped_bus_gets_no_messages_and_other_buses_do(workers: Workers) -> None:
    await workers.subscribe("1")
    stopped = workers.all.pop()
    await stopped.bus.stop()
    await workers.listening("1", len(workers.all))
    workers.publish("1", b"is anybody there?")  # the publisher itself, where there is one bus alone
    if workers.all:
        await workers.all_heard(("1", b"is anybody there?"))
    assert stopped.heard == []
    stopped.bus.publish("1", b"nor does it fail")


async def test_a_working_bus_reports_that_it_is_healthy(workers: Workers) -> None:
    for worker in workers.all:
        await eventually(lambda worker=worker: worker.bus.healthy, "a healthy bus")


# -- Redis, in order -----------------------------------------------------------------------------------------------


@pytest.fixture
async def listener(redis: servers.Redis) -> AsyncIterator[Worker]:
    """A worker that listens to board 1."""
    worker = Worker(RedisBus(redis.url, "k" * 40))
    await worker.start()
    worker.bus.subscribe("1")
    await eventually(lambda: worker.bus.healthy and worker.gaps > 0, "the subscription")
    yield worker
    await worker.bus.stop()


def clients(redis: servers.Redis) -> dict[int, int]:
    """Redis's number of each connection that listens, and its port on our side."""
    found = {}
    for line in redis.command("CLIENT", "LIST", "TYPE", "pubsub").decode().splitlines():
        if line.startswith("id="):
            fields = dict(field.split("=", 1) for field in line.split())
            found[int(fields["id"])] = int(fields["addr"].rsplit(":", 1)[1])
    return found


async def hears(worker: Worker, data: bytes) -> None:
    """Of board 1, sooner or later; a bus may lose messages, so one is sent until it arrives."""
    async with asyncio.timeout(SECONDS):
        while ("1", data) not in worker.heard:
            worker.bus.publish("1", data)
            await asyncio.sleep(0.1)


async def test_only_a_confirmed_subscription_reports_a_possible_gap(redis: servers.Redis, listener: Worker) -> None:
    assert listener.gaps == 1
    await hears(listener, b"hello")
    assert listener.gaps == 1
    listener.bus.subscribe("2")
    await eventually(lambda: listener.gaps == 2, "word of a gap")
    listener.bus.unsubscribe("2")
    await eventually(lambda: listeners(redis, "2") == 0, "the end of the subscription")
    await hears(listener, b"hello again")
    assert listener.gaps == 2


async def test_the_bus_drops_the_oldest_messages_of_a_burst_and_keeps_the_order(listener: Worker) -> None:
    for number in range(3 * MAX_WAITING):
        listener.bus.publish("1", b"%d" % number)
    wanted = [("1", b"%d" % number) for number in range(2 * MAX_WAITING, 3 * MAX_WAITING)]
    await eventually(lambda: wanted[-1] in listener.heard, "the last message")
    assert listener.heard == wanted


async def test_a_bus_ignores_messages_without_the_secret_key(redis: servers.Redis, listener: Worker) -> None:
    """Redis is often shared, and open to the whole machine."""
    stranger = Worker(RedisBus(redis.url, "another key"))
    await stranger.start()
    try:
        stranger.bus.publish("1", b"a lie")
        assert redis.command("PUBLISH", f"{PREFIX}1", "short") == b":1\r\n"
        assert redis.command("PUBLISH", f"{PREFIX}1", "x" * 50) == b":1\r\n"
        seal = RedisBus(redis.url, "k" * 40)._seal("2", b"moved")  # the seal of one board does not fit another
        with library.Redis.from_url(redis.url) as client:
            assert client.publish(f"{PREFIX}1", seal + b"moved") == 1
        await hears(listener, b"hello")
        assert {data for _, data in listener.heard} == {b"hello"}
    finally:
        await stranger.bus.stop()


async def test_only_the_sending_bus_gets_its_heartbeats(redis: servers.Redis, listener: Worker) -> None:
    other = Worker(RedisBus(redis.url, "k" * 40))
    await other.start()
    try:
        await eventually(lambda: other.bus.healthy and len(clients(redis)) == 2, "another worker")
        names = [name for name in redis.command("PUBSUB", "CHANNELS").decode().split() if name.startswith(PREFIX)]
        own = {name for name in names if len(name) > len(PREFIX) + BEAT_TOPIC_DIGITS}
        assert len(own) == 2
        assert {listeners(redis, name.removeprefix(PREFIX)) for name in own} == {1}
        await hears(listener, b"hello")
        assert {topic for topic, _ in listener.heard} == {"1"}
        assert (other.heard, other.gaps) == ([], 0)
    finally:
        await other.bus.stop()


async def test_stop_leaves_no_task_and_no_connection(redis: servers.Redis, listener: Worker) -> None:
    await hears(listener, b"hello")
    listener.bus.publish("1", b"on its way")
    await listener.bus.stop()
    assert [task for task in asyncio.all_tasks() if task.get_name().startswith("bus-")] == []
    # `command` itself is the one that is left
    await eventually(lambda: redis.command("CLIENT", "LIST").count(b"id=") == 1, "the end of its connections")


async def test_a_message_that_breaks_its_listener_does_not_affect_other_messages(
    redis: servers.Redis, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[bytes] = []

    def hear(topic: str, data: bytes) -> None:
        if data.startswith(b"bad"):
            raise OverflowError("integer out of range")
        heard.append(data)

    def gap() -> None:
        raise RuntimeError("nobody thought of this")

    supervisor = Supervisor()
    bus = RedisBus(redis.url, "k" * 40, supervisor)
    await bus.start(hear, gap)
    try:
        bus.subscribe("1")
        await eventually(lambda: listeners(redis, "1") == 1, "the subscription")
        for data in (b"bad", b"good", b"bad again", b"the end"):
            bus.publish("1", data)
        await eventually(lambda: b"the end" in heard, "the last message")
        assert heard == [b"good", b"the end"]
        await eventually(lambda: bus.healthy, "a healthy bus")
        assert supervisor.ill == []
        assert "integer out of range" in caplog.text
    finally:
        await bus.stop()


@pytest.mark.parametrize("task", ["_listen", "_tell", "_beat_for_ever"])
async def test_a_failed_task_of_the_bus_is_named_and_restarted(
    redis: servers.Redis, monkeypatch: pytest.MonkeyPatch, task: str
) -> None:
    whole = getattr(RedisBus, task)
    died = 0

    async def dies(bus: RedisBus, *arguments: object) -> None:
        nonlocal died
        if not died:
            died += 1
            raise ValueError("nobody thought of this")
        await whole(bus, *arguments)

    monkeypatch.setattr(RedisBus, task, dies)
    supervisor = Supervisor()
    worker = Worker(RedisBus(redis.url, "k" * 40, supervisor))
    await worker.start()
    try:
        worker.bus.subscribe("1")
        await eventually(lambda: died == 1, "the end of the task")
        await eventually(lambda: len(supervisor.ill) == 1, "its name")
        await hears(worker, b"hello")
        await eventually(lambda: worker.bus.healthy, "a healthy bus")
    finally:
        await worker.bus.stop()


@pytest.mark.parametrize(
    "rules",
    [["-publish"], ["resetchannels"], ["resetchannels", "&" + PREFIX + "worker:*"], ["-subscribe"]],
    ids=["no publishing", "no channels", "not those of boards", "no listening"],
)
async def test_a_redis_whose_acl_blocks_messages_is_degraded_until_the_acl_changes(
    redis: servers.Redis, listener: Worker, rules: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    await hears(listener, b"before")
    redis.command("ACL", "SETUSER", "default", *rules)
    redis.command("CLIENT", "KILL", "TYPE", "pubsub")  # a connection that is open keeps what it has
    await eventually(lambda: not listener.bus.healthy, "word that the bus is ill")
    until = time.monotonic() + 2 * SILENCE_SECONDS
    while time.monotonic() < until:  # it is tried again and again, and none of that is health
        assert not listener.bus.healthy
        await asyncio.sleep(0.05)
    assert 1 <= caplog.text.count("permissions") <= 3, "the log says what is wrong, once for each kind"
    redis.command("ACL", "SETUSER", "default", "+@all", "allchannels")
    await eventually(lambda: listener.bus.healthy, "word that the bus is well")
    await hears(listener, b"after")


async def test_a_failover_seen_by_one_connection_renews_both(tmp_path: Path) -> None:
    """The address leads to another Redis; the publisher's connection to the old one lives on, as behind a load balancer."""
    paths = [tmp_path / name for name in ("old", "new")]
    for path in paths:
        path.mkdir()
    old, new = (servers.Redis(path) for path in paths)
    old.start()
    new.start()
    worker: Worker | None = None
    try:
        async with relay(old.port) as between:
            worker = Worker(RedisBus(f"redis://127.0.0.1:{between.port}/0", "k" * 40))
            await worker.start()
            worker.bus.subscribe("1")
            await eventually(lambda: listeners(old, "1") == 1, "the subscription")
            await hears(worker, b"before")
            between.target = new.port
            old.command("CLIENT", "KILL", "TYPE", "pubsub")
            await eventually(lambda: listeners(new, "1") == 1, "the subscription at the new one")
            await hears(worker, b"after")
            await eventually(lambda: worker.bus.healthy, "word that the bus is well")
            await worker.bus.stop()
    finally:
        old.stop()
        new.stop()


# -- Redis, out of order -------------------------------------------------------------------------------------------


async def test_a_bus_starts_without_redis_and_connects_when_redis_starts(redis: servers.Redis) -> None:
    redis.kill()
    worker = Worker(RedisBus(redis.url, "k" * 40))
    await worker.start()
    try:
        worker.bus.subscribe("1")
        for number in range(2 * MAX_WAITING):
            worker.bus.publish("1", b"%d" % number)  # never waits and never fails
        await asyncio.sleep(0.5)
        assert not worker.bus.healthy
        assert worker.gaps == 0
        redis.start()
        await eventually(lambda: worker.bus.healthy and worker.gaps > 0, "the subscription")
        await hears(worker, b"hello")
    finally:
        await worker.bus.stop()


async def test_after_a_restart_of_redis_the_bus_subscribes_again_and_reports_a_possible_gap(
    redis: servers.Redis, listener: Worker
) -> None:
    await hears(listener, b"before")
    listener.bus.subscribe("2")
    await eventually(lambda: listener.gaps == 2, "the subscription")
    redis.kill()
    await eventually(lambda: not listener.bus.healthy, "word that the bus is ill")
    listener.bus.unsubscribe("2")  # what was wanted meanwhile holds, too
    listener.bus.subscribe("3")
    assert listener.gaps == 2
    redis.start()
    await eventually(lambda: listener.gaps == 4, "word of a gap in both boards")
    await eventually(lambda: listener.bus.healthy, "word that the bus is well")
    await hears(listener, b"after")
    assert [listeners(redis, topic) for topic in "123"] == [1, 0, 1]


async def test_a_bus_reports_a_gap_even_if_redis_returns_at_once(redis: servers.Redis, listener: Worker) -> None:
    redis.kill()
    redis.start()
    await eventually(lambda: listener.gaps == 2, "word of a gap")
    await hears(listener, b"after")


async def test_a_bus_whose_connection_is_cut_reconnects_and_reports_a_possible_gap(
    redis: servers.Redis, listener: Worker
) -> None:
    await hears(listener, b"before")
    before, received = clients(redis), listener.gaps
    assert redis.command("CLIENT", "KILL", "TYPE", "pubsub").startswith(b":1")
    redis.command("PUBLISH", f"{PREFIX}1", "lost")
    await eventually(lambda: listener.gaps > received, "word of a gap")
    assert clients(redis).keys().isdisjoint(before)
    assert ("1", b"lost") not in listener.heard  # or there would have been no gap to tell of
    await hears(listener, b"after")


async def test_a_missing_heartbeat_reveals_a_silent_redis_and_the_bus_takes_a_new_client(
    redis: servers.Redis, listener: Worker, caplog: pytest.LogCaptureFixture
) -> None:
    """Paused, it keeps all connections; when it goes on, what listens must not be the old client, which may hear no more."""
    await hears(listener, b"before")
    before, received = clients(redis), listener.gaps
    with caplog.at_level(logging.WARNING, "board.live.bus"):
        redis.pause()
        for number in range(2 * MAX_WAITING):
            listener.bus.publish("1", b"%d" % number)
        await eventually(lambda: not listener.bus.healthy, "word that the bus is ill")
        await eventually(lambda: "Redis has been silent" in caplog.text, "the end of the silent client")
    assert listener.gaps == received
    redis.resume()
    await eventually(lambda: listener.gaps > received, "word of a gap")
    await eventually(lambda: listener.bus.healthy, "word that the bus is well")
    await eventually(lambda: len(clients(redis)) == 1, "the end of the old client")
    assert clients(redis).keys().isdisjoint(before)
    await hears(listener, b"after")


async def test_stop_ends_even_if_redis_is_silent(redis: servers.Redis, listener: Worker) -> None:
    redis.pause()
    listener.bus.publish("1", b"into the void")
    await asyncio.wait_for(listener.bus.stop(), SECONDS)
    assert [task for task in asyncio.all_tasks() if task.get_name().startswith("bus-")] == []


@contextmanager
def freed_if_frozen(seconds: float) -> Iterator[None]:
    """An event loop that is frozen hears of no timeout; a signal it does, and this test fails rather than hang for ever."""

    def free(number: int, frame: FrameType | None) -> None:
        raise AssertionError("the event loop is frozen")

    before = signal.signal(signal.SIGALRM, free)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def own_socket(port: int) -> socket.socket:
    """A second handle of this process's connection from this port."""
    for descriptor in os.listdir("/proc/self/fd"):
        with suppress(OSError):
            own = socket.socket(fileno=os.dup(int(descriptor)))
            if own.family == socket.AF_INET and own.type == socket.SOCK_STREAM and own.getsockname()[1] == port:
                return own
            own.close()
    raise AssertionError(f"no connection from port {port}")


def let_time_out(own: socket.socket) -> None:
    """The kernel closes a connection whose peer has taken nothing for 200 ms, and reads fail with ETIMEDOUT. That is like a
    cut network, and needs no privileges."""
    own.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 200)
    own.setblocking(False)
    with suppress(BlockingIOError):
        while True:
            own.send(b"\r\n" * 100_000)


def timed_out(own: socket.socket) -> bool:
    return own.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0] == TCP_CLOSE


class Turns(logging.Handler):
    """Counts how often anybody else on this event loop had a turn, in all and until the bus gave its client up."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0
        self.until_given_up: int | None = None

    async def take(self) -> None:
        while True:
            await asyncio.sleep(0)
            self.count += 1

    def emit(self, record: logging.LogRecord) -> None:
        if self.until_given_up is None:
            assert "Redis has been silent" in record.getMessage()
            self.until_given_up = self.count


@pytest.fixture
async def turns() -> AsyncIterator[Turns]:
    turns = Turns()
    logging.getLogger("board.live.bus").addHandler(turns)
    others = asyncio.create_task(turns.take())
    yield turns
    others.cancel()
    logging.getLogger("board.live.bus").removeHandler(turns)


async def test_a_connection_that_dies_of_etimedout_does_not_freeze_the_loop(
    redis: servers.Redis, listener: Worker, turns: Turns
) -> None:
    """redis-py's `get_message` then returns at once, for ever, without ever yielding to anybody else."""
    await hears(listener, b"before")
    before, received = clients(redis), listener.gaps
    (port,) = before.values()

    def turns_until_timed_out() -> int:
        """In a thread, which sees it although the loop may be frozen."""
        servers.wait_until(lambda: timed_out(own), "the kernel's timeout")
        return turns.count

    with own_socket(port) as own, freed_if_frozen(SECONDS):
        redis.pause()
        let_time_out(own)
        count = await asyncio.to_thread(turns_until_timed_out)
        await eventually(lambda: turns.until_given_up is not None, "the end of the dead client")
    assert turns.until_given_up is not None
    assert turns.until_given_up - count > 10
    redis.resume()
    await eventually(lambda: listener.gaps > received, "word of a gap")
    assert clients(redis).keys().isdisjoint(before)
    await hears(listener, b"after")

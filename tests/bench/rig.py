"""What every measurement needs: the client in C, a publisher that costs little, the processor time of a server.

The server has one core, client and publisher the other.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any, NamedTuple

HERE = Path(__file__).parent
CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, CLIENT_CORE = CORES[0], CORES[-1]
TICKS = os.sysconf("SC_CLK_TCK")
MESSAGE_SECONDS = 120.0

Publish = Callable[[str], Awaitable[None]]
"""Hands a message with this mark to the server; returns when the server has taken it."""


def built(directory: Path, source: Path) -> Path:
    """A program in C, compiled on the spot."""
    program = directory / source.stem
    subprocess.run(["cc", "-O2", "-o", str(program), str(source)], check=True)
    return program


def mark(number: int) -> str:
    return f"#m{number:06d}#"


@dataclass
class Processes:
    """What a server runs in."""

    pids: Sequence[int]

    def cpu_us(self) -> float:
        """User and system time so far, in microseconds, of all of them."""
        total = 0
        for pid in self.pids:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
        return total / TICKS * 1e6

    async def quiet(self) -> None:
        """Returns when they have done what they had to do."""
        before = self.cpu_us()
        while True:
            await asyncio.sleep(0.5)
            if (now := self.cpu_us()) - before < 0.1 * 0.5e6:
                return
            before = now

    def memory_kib(self) -> float:
        """Memory that is theirs alone (PSS counts what is shared in parts)."""
        total = 0
        for pid in self.pids:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        return float(total)


@dataclass(frozen=True)
class Place:
    """Where server and viewers meet: the server's address, and what runs a command where the viewers are."""

    host: str
    enter: Sequence[str] = ()


LOOPBACK = Place("127.0.0.1")


@contextmanager
def namespaces() -> Iterator[Place]:
    """The viewers behind a pair of virtual network cards, in a network namespace of their own, where their core does the
    receiving. Over loopback the sender's core does it."""
    name, host = "board-bench", "10.77.0.1"
    commands = [
        f"ip netns add {name}",
        f"ip link add {name} type veth peer name eth0 netns {name}",
        f"ip addr add {host}/24 dev {name}",
        f"ip link set {name} up",
        f"ip -n {name} addr add 10.77.0.2/24 dev eth0",
        f"ip -n {name} link set eth0 up",
    ]
    for command in commands:
        subprocess.run(command.split(), check=True)
    try:
        enter = ("ip", "netns", "exec", name)
        Path(f"/sys/class/net/{name}/queues/rx-0/rps_cpus").write_text(f"{1 << SERVER_CORE:x}")
        steer = f"echo {1 << CLIENT_CORE:x} > /sys/class/net/eth0/queues/rx-0/rps_cpus"
        subprocess.run([*enter, "sh", "-c", steer], check=True)
        yield Place(host, enter)
    finally:
        subprocess.run(["ip", "netns", "del", name], check=True)


@dataclass
class Address:
    port: int
    path: str
    header: str = ""
    hello: Sequence[str] = ()
    place: Place = LOOPBACK


@dataclass
class Counted:
    opening_seconds: float
    frames: int
    bytes: int
    deliveries: int
    most_frames: int
    ended: int
    cpu_us: float
    last_ns: dict[int, int] = field(default_factory=dict)
    received: dict[int, int] = field(default_factory=dict)


class Client:
    """The client in C, as a process."""

    def __init__(self, program: Path, address: Address, sockets: int, deaf: int = 0) -> None:
        greetings = [argument for text in address.hello for argument in ("--hello", text)]
        header = ["--header", address.header] if address.header else []
        self._command = [
            *address.place.enter,
            *("taskset", "-c", str(CLIENT_CORE), str(program)),
            *(address.place.host, str(address.port), str(sockets), address.path),
            *header,
            *greetings,
            *("--deaf", str(deaf)),
        ]
        self._done: dict[int, asyncio.Event] = {}

    async def open(self) -> None:
        """Returns when all sockets are open."""
        self._process = await asyncio.create_subprocess_exec(
            *self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, limit=2**26
        )
        while (line := await self._line()) != "ready":  # the first frames may have reached all sockets by now
            if not line.startswith("done "):
                raise RuntimeError(f"the client could not open its sockets: {line!r}")
            self._event(int(line[5:])).set()
        self._last = ""
        self._reader = asyncio.create_task(self._read())

    async def _line(self) -> str:
        assert self._process.stdout is not None
        return (await self._process.stdout.readline()).decode().strip()

    async def _read(self) -> None:
        while line := await self._line():
            if line.startswith("done "):
                self._event(int(line[5:])).set()
            else:
                self._last = line

    def _event(self, number: int) -> asyncio.Event:
        return self._done.setdefault(number, asyncio.Event())

    async def all_have(self, number: int) -> None:
        async with asyncio.timeout(MESSAGE_SECONDS):
            await self._event(number).wait()

    async def close(self) -> Counted:
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self._process.wait()
        await self._reader
        report: dict[str, Any] = json.loads(self._last)
        marks = report.pop("marks")
        opening = report.pop("opening_ns") / 1e9
        last = {number: last for number, _count, _first, last in marks}
        return Counted(opening, **report, last_ns=last, received={number: count for number, count, _first, _last in marks})


class Answer(NamedTuple):
    status: int
    body: bytes
    head: str

    @property
    def cookies(self) -> str:
        """As they are sent back."""
        lines = [line for line in self.head.split("\r\n") if line.lower().startswith("set-cookie: ")]
        return "; ".join(line.split(": ", 1)[1].split(";")[0] for line in lines)


class Http:
    """An HTTP client with open connections that costs as little CPU as Python allows."""

    def __init__(self, port: int, header: str = "", host: str = "127.0.0.1") -> None:
        self._host, self._port, self._header = host, port, header
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def request(
        self, method: str, path: str, body: bytes = b"", kind: str = "application/json", header: str = ""
    ) -> Answer:
        reader, writer = await self._connection()
        header = header or self._header
        header = f"{header}\r\n" if header else ""
        writer.write(
            f"{method} {path} HTTP/1.1\r\nHost: {self._host}:{self._port}\r\nContent-Type: {kind}\r\n{header}"
            f"Content-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        whole_head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        head = whole_head.lower()
        answer = b""
        if "transfer-encoding: chunked" in head:
            while size := int((await reader.readline()).strip(), 16):
                answer += (await reader.readexactly(size + 2))[:-2]
            await reader.readline()
        elif "content-length: " in head:
            answer = await reader.readexactly(int(head.split("content-length: ")[1].split("\r\n")[0]))
        if "connection: close" in head:
            writer.close()
        else:
            self._idle.append((reader, writer))
        return Answer(int(head.split(" ")[1]), answer, whole_head)

    async def _connection(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        while self._idle:
            reader, writer = self._idle.pop()
            if not reader.at_eof():
                return reader, writer
            writer.close()
        return await asyncio.open_connection(self._host, self._port)

    def close(self) -> None:
        for _reader, writer in self._idle:
            writer.close()


async def at_rate(publish: Publish, numbers: Sequence[int], per_second: float) -> dict[int, int]:
    """Sends each at its time, whether the one before was answered or not. Gives when each was sent, in nanoseconds."""
    began = time.monotonic()
    sent: dict[int, int] = {}

    async def send(number: int) -> None:
        sent[number] = time.monotonic_ns()
        await publish(mark(number))

    tasks = []
    for position, number in enumerate(numbers):
        await asyncio.sleep(max(0.0, began + position / per_second - time.monotonic()))
        tasks.append(asyncio.create_task(send(number)))
    await asyncio.gather(*tasks)
    return sent


async def in_flight(publish: Publish, client: Client, many: int, seconds: float, first: int) -> tuple[int, float]:
    """Keeps so many messages on their way, each until the last socket has it. Gives how many got there, and in what time."""
    numbers = iter(range(first, 1_000_000))
    until = time.monotonic() + seconds
    finished = 0

    async def keep_one() -> None:
        nonlocal finished
        while time.monotonic() < until:
            number = next(numbers)
            await publish(mark(number))
            await client.all_have(number)
            finished += 1

    began = time.monotonic()
    await asyncio.gather(*(keep_one() for _ in range(many)))
    return finished, time.monotonic() - began


def latencies_ms(sent: dict[int, int], counted: Counted) -> tuple[float, float]:
    """Of sending to the last socket's having it: median and 99th percentile."""
    times = [(counted.last_ns[number] - at) / 1e6 for number, at in sent.items()]
    return median(times), quantiles(times, n=100)[98]


@contextmanager
def on_core(core: int) -> Iterator[None]:
    """What is started in here runs on this core."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)

"""One message to many: ours against the limit and against others, interleaved in one run."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from tests.bench.peers import PEERS, Start
from tests.bench.rig import LOOPBACK, Client, Place, at_rate, built, in_flight, latencies_ms

OURS = "Brilliance Board"
LIMIT = "C loop of send(): the limit"
PER_SECOND = 20
SETTLE_SECONDS = 1.0
SLOW_PER_SECOND = 30_000


NOTES = [
    'A delivery is one message that one socket receives. CPU is the user and system time of the server. "÷ C loop": the CPU',
    "time divided by that of the C loop. p50 and p99: the latency from sending the request until the last socket has the",
    'message. "8 in flight": 8 messages are under way at once; "saturated": 256. Over loopback the kernel also does the',
    "receiver's work on the sender's core.",
]


NOTES_ON_NAMESPACES = [
    "The viewers are in a network namespace behind a pair of virtual network cards. The client's core receives for them",
    "(`rps_cpus`). On a virtual machine it costs some microseconds to wake the other core. A sender that is slower than the",
    "receiver must wake it for each frame: a C loop that pauses for 1 µs between two sends needs 6.6 µs for each instead of",
    "3.0. A real network card combines its interrupts. So this table favours the C loop, which never pauses.",
]


@dataclass
class Figures:
    """Of one peer; a list has one value a repetition."""

    cpu_us: list[float] = field(default_factory=list)
    p50_ms: list[float] = field(default_factory=list)
    p99_ms: list[float] = field(default_factory=list)
    in_flight_8: list[float] = field(default_factory=list)
    saturated: list[float] = field(default_factory=list)
    kib_a_socket: list[float] = field(default_factory=list)
    sockets_a_second: list[float] = field(default_factory=list)
    client_share: list[float] = field(default_factory=list)
    """Processor time of the client while messages were many; near 1 it would be the bottleneck."""


async def compare(
    work: Path, names: Sequence[str], sockets: int, repetitions: int, seconds: float, place: Place = LOOPBACK
) -> dict[str, Figures]:
    program = built(work, Path(__file__).parent / "client.c")
    figures = {name: Figures() for name in names}
    for repetition in range(repetitions):
        for name in names:
            print(f"\r{repetition + 1} of {repetitions}: {name:<40}", end="", flush=True)
            try:
                await _measure(PEERS[name], place, work, program, sockets, seconds, figures[name])
            except (RuntimeError, TimeoutError, OSError) as error:  # a peer that does not start must not end a long run
                print(f"\n{name}: {error}; once more", file=sys.stderr)
                await asyncio.sleep(2)
                await _measure(PEERS[name], place, work, program, sockets, seconds, figures[name])
    print("\r" + " " * 60 + "\r", end="")
    return figures


async def _measure(
    start: Start, place: Place, work: Path, program: Path, sockets: int, seconds: float, figures: Figures
) -> None:
    with start(work, place) as peer:
        memory = peer.processes.memory_kib()
        client = Client(program, peer.address, sockets)
        await client.open()
        await asyncio.sleep(SETTLE_SECONDS)
        figures.kib_a_socket.append((peer.processes.memory_kib() - memory) / sockets)
        numbers = range(int(PER_SECOND * seconds))
        cpu = peer.processes.cpu_us()
        sent = await at_rate(peer.publish, numbers, PER_SECOND)
        if peer.marked:
            await asyncio.gather(*(client.all_have(number) for number in numbers))
        await peer.processes.quiet()
        cpu = peer.processes.cpu_us() - cpu
        figures.cpu_us.append(cpu / (len(numbers) * sockets))
        if peer.marked:
            for many, into in ((8, figures.in_flight_8), (256, figures.saturated)):
                if many > 8 and figures.in_flight_8[-1] < SLOW_PER_SECOND:
                    continue  # it would take minutes
                finished, took = await in_flight(peer.publish, client, many, seconds, first=100_000 * (1 + (many > 8)))
                into.append(finished * sockets / took)
        counted = await client.close()
        if peer.marked:
            assert all(counted.received[number] == sockets for number in numbers), "not everybody got everything"
            p50, p99 = latencies_ms(sent, counted)
            figures.p50_ms.append(p50)
            figures.p99_ms.append(p99)
        figures.sockets_a_second.append(sockets / counted.opening_seconds)


def table(figures: dict[str, Figures]) -> list[str]:
    """In Markdown. The ratio is to the C loop in the same repetition."""
    lines = [
        "| server | CPU per delivery, µs | ÷ C loop | p50, ms | p99, ms | deliveries/s, 8 in flight | deliveries/s, saturated "
        "| KiB per socket | new sockets/s |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    base = figures[LIMIT].cpu_us
    for name, one in sorted(figures.items(), key=lambda item: median(item[1].cpu_us)):
        ratios = [mine / limit for mine, limit in zip(one.cpu_us, base, strict=True)]
        strong = "**" if name == OURS else ""
        cells = [
            _spread(one.cpu_us, 1),
            _spread(ratios, 2),
            _spread(one.p50_ms, 1),
            _spread(one.p99_ms, 1),
            _thousands(one.in_flight_8),
            _thousands(one.saturated),
            _spread(one.kib_a_socket, 1),
            f"{median(one.sockets_a_second):,.0f}",
        ]
        lines.append(f"| {strong}{name}{strong} | " + " | ".join(cells) + " |")
    return lines


def _spread(values: Sequence[float], digits: int) -> str:
    if not values:
        return "–"
    low, high = min(values), max(values)
    return f"{median(values):.{digits}f} ({low:.{digits}f}–{high:.{digits}f})" if len(values) > 1 else f"{values[0]:.{digits}f}"


def _thousands(values: Sequence[float]) -> str:
    return f"{median(values) / 1000:,.0f} k" if values else "–"

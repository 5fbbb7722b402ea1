"""The folder to take home of a large gathering: how long it takes and how much memory, with the database read, each way."""

from __future__ import annotations

import asyncio
import os
import random
import re
import subprocess
import sys
import time
from pathlib import Path

import httpx

from board.data import imports
from board.model import requests
from tests import boards, servers
from tests.servers import COMMAND, Server

PEOPLE, CARDS, QUESTIONS, TEAMS = 1_000, 5_000, 1_000, 20
LIMIT_SECONDS, LIMIT_MIB = 20, 200
AT_ONCE = 500
SENTENCE = "you taught me how to listen when the heat was too much and we found shade together in the end"


async def folder(_work: Path, _quick: bool) -> list[str]:
    rows = [
        "| written by | seconds | of these CPU | most memory, MiB | memory before, MiB | archive, MiB |",
        "|---|---|---|---|---|---|",
    ]
    with servers.directory() as path:
        server = Server(path, BOARD_LIMITS="off")
        board = server.create("Folder")
        await _fill(f"sqlite:///{path / 'board.db'}", board["code"])
        rows.append(_by_command(server, board["code"]))
        server.start()
        rows.append(_by_http(server, board))
        server.stop()
    size = f"{PEOPLE:,} people, {CARDS:,} cards, {QUESTIONS:,} questions; SQLite; load {os.getloadavg()[0]:.0f}."
    return [*rows, "", f"{size} The limits are {LIMIT_SECONDS} s and {LIMIT_MIB} MiB."]


async def _fill(url: str, code: str) -> None:
    chance = random.Random(1)

    def words(many: int) -> str:
        return " ".join(chance.choices(SENTENCE.split(), k=many))

    people = {f"p{n}": (f"Person {n}" if n % 3 else f"សុខា ចាន់ {n}", f"Team {n % TEAMS}") for n in range(PEOPLE)}
    async with boards.opened(url) as store:
        board_id = await store.board_id(code)
        await store.write_any(lambda connection: imports.write_people(connection, board_id, people))
        wanted: list[requests.NewCard | requests.NewQuestion] = [boards.question(words(20) + "?") for _ in range(QUESTIONS)]
        for _ in range(CARDS):
            to = [requests.To(person=one) for one in chance.sample(list(people), chance.choice([1, 1, 1, 2]))]
            wanted.append(boards.card(words(25), to=to))
        for first in range(0, len(wanted), AT_ONCE):
            some = enumerate(wanted[first : first + AT_ONCE])
            await asyncio.gather(*(boards.submit(store, board_id, one, number) for number, one in some))


def _by_command(server: Server, code: str) -> str:
    file = server.directory / "folder.zip"
    # As it is installed: Python has read the code before.
    environment = server.environment | {"PYTHONPYCACHEPREFIX": str(server.directory / "read"), "PYTHONDONTWRITEBYTECODE": ""}
    subprocess.run([*COMMAND, "export", code, "-o", str(file.with_suffix(".json"))], env=environment, check=True)
    began = time.monotonic()
    process = subprocess.Popen([*COMMAND, "export", code, "--format", "html", "-o", str(file)], env=environment)
    _, status, used = os.wait4(process.pid, 0)
    took = time.monotonic() - began
    assert status == 0
    mib = used.ru_maxrss / 1024
    return _row("the command line, whole process", took, used.ru_utime + used.ru_stime, mib, None, file.stat().st_size)


def _by_http(server: Server, board: dict[str, str]) -> str:
    with httpx.Client(base_url=server.url, timeout=120) as client:
        client.get(httpx.URL(board["organise_url"]).path)
        client.get(f"/api/b/{board['code']}")
        before, cpu, began = _memory_mib(server.pid), _cpu_seconds(server.pid), time.monotonic()
        answer = client.get(f"/api/b/{board['code']}/export", params={"format": "html"})
        took = time.monotonic() - began
    assert answer.status_code == 200
    used = _cpu_seconds(server.pid) - cpu
    return _row("HTTP, a worker that serves", took, used, _memory_mib(server.pid), before, len(answer.content))


def _row(name: str, took: float, cpu: float, mib: float, before: float | None, size: int) -> str:
    was = f"{before:.0f}" if before is not None else "–"
    return f"| {name} | {took:.1f} | {cpu:.1f} | {mib:.0f} | {was} | {size / 2**20:.1f} |"


def _memory_mib(pid: int) -> float:
    """The most that this process ever had."""
    (kib,) = re.findall(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    return int(kib) / 1024


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    print("\n".join(asyncio.run(folder(Path(), False))), file=sys.stdout)

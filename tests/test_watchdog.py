"""An event loop that does not turn is noticed; one that was stopped together with everything else is forgiven."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from board.server import watchdog
from board.server.watchdog import Watchdog
from tests import servers


def stand_still(seconds: float) -> None:
    time.sleep(seconds)


async def test_only_a_late_event_loop_is_logged(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    given_up = threading.Event()
    monkeypatch.setattr(watchdog, "LATE_SECONDS", 30.0)  # so that no busy machine makes it late
    monkeypatch.setattr(watchdog, "STANDS_SECONDS", 30.0)
    monkeypatch.setattr(watchdog, "GIVEN_UP_SECONDS", 60.0)
    watched = Watchdog(given_up.set)
    await asyncio.sleep(3 * watchdog.LOOK_SECONDS)
    assert caplog.records == []
    monkeypatch.setattr(watchdog, "LATE_SECONDS", 1.0)
    monkeypatch.setattr(watchdog, "STANDS_SECONDS", 1.0)
    stand_still(2)
    async with asyncio.timeout(servers.START_SECONDS):
        while not any("late by" in message for message in caplog.messages):  # noqa: ASYNC110
            await asyncio.sleep(watchdog.LOOK_SECONDS)
    watched.stop()
    assert "stand_still(2)" in caplog.messages[0], "and where it stood"
    assert not given_up.is_set()


async def test_the_watchdog_gives_up_a_blocked_loop_once(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watchdog, "GIVEN_UP_SECONDS", 1.5)
    times: list[float] = []
    watched = Watchdog(lambda: times.append(time.monotonic()))
    stand_still(3)
    watched.stop()
    assert len(times) == 1
    assert any("this process ends" in message for message in caplog.messages)


GIVEN_UP_SECONDS = 4.0
BLOCKABLE = f"""
import signal, time
from board.server import watchdog
# Not before the test says so: on a busy machine the start may take longer.
def hurry(*_):
    watchdog.GIVEN_UP_SECONDS = {GIVEN_UP_SECONDS}
    print("impatient from now on", flush=True)
signal.signal(signal.SIGUSR2, hurry)
signal.signal(signal.SIGUSR1, lambda *_: time.sleep(60))
from board import app
make = app.from_environment
def from_environment():
    signal.signal(signal.SIGUSR1, lambda *_: time.sleep(60))
    return make()
app.from_environment = from_environment
from board.command.cli import main
if __name__ == "__main__":
    main()
"""


@pytest.fixture
def blockable(monkeypatch: pytest.MonkeyPatch) -> Iterator[servers.Server]:
    monkeypatch.setattr(servers, "COMMAND", [sys.executable, "-c", BLOCKABLE])
    with servers.serving(BOARD_LIMITS="off") as server:
        yield server


def test_a_blocked_process_ends_itself_and_a_stopped_one_does_not(blockable: servers.Server) -> None:
    """Then the supervisor of the process starts another one. A laptop that slept, or a paused container, is no reason."""
    os.kill(blockable.pid, signal.SIGUSR2)
    servers.wait_until(lambda: "impatient" in blockable.log.read_text(), "its new limit")
    os.kill(blockable.pid, signal.SIGSTOP)
    time.sleep(GIVEN_UP_SECONDS + 2)
    os.kill(blockable.pid, signal.SIGCONT)
    time.sleep(1)
    assert blockable.create()["code"]
    assert blockable.running
    os.kill(blockable.pid, signal.SIGUSR1)
    servers.wait_until(lambda: not blockable.running, "the end")
    assert "stood still" in blockable.log.read_text()

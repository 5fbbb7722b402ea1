"""Endless tasks die of anything, and are there again; a callback that fails costs its own call alone."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest

from board.process import supervisor as supervisor_module
from board.process.supervisor import (
    LEAST_PAUSE_SECONDS,
    LONGEST_PAUSE_SECONDS,
    TRACEBACK_SECONDS,
    WELL_AFTER_SECONDS,
    Supervisor,
    guarded,
    pause_seconds,
)


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def supervisor(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Supervisor]:
    monkeypatch.setattr(supervisor_module, "LEAST_PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(supervisor_module, "FIRST_PAUSE_SECONDS", 0.0)
    supervisor = Supervisor(clock)
    yield supervisor
    await supervisor.stop()


async def test_a_failed_task_is_logged_restarted_and_reported_until_it_has_run_for_a_while(
    supervisor: Supervisor, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    running, starts = asyncio.Event(), 0

    async def endless() -> None:
        nonlocal starts
        starts += 1
        if starts == 1:
            raise OverflowError("integer out of range")
        if starts == 2:
            return  # an end that nobody asked for is no better
        running.set()
        await asyncio.Event().wait()

    supervisor.run("well", asyncio.Event().wait)
    supervisor.run("dies", endless)
    await running.wait()
    assert starts == 3
    assert supervisor.ill == ["dies"]
    assert "OverflowError: integer out of range" in caplog.text
    assert caplog.text.count("Traceback") == 1
    clock.now += WELL_AFTER_SECONDS
    assert supervisor.ill == []


async def test_stop_ends_tasks_even_if_one_ignores_a_cancellation(supervisor: Supervisor) -> None:
    swallowed = asyncio.Event()
    begun = asyncio.Event()

    async def stubborn() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            if swallowed.is_set():
                raise
            swallowed.set()

    before = asyncio.all_tasks()
    supervisor.run("stubborn", stubborn)
    supervisor.run("pausing", asyncio.Event().wait)
    await begun.wait()
    await supervisor.stop()
    assert swallowed.is_set()
    assert asyncio.all_tasks() <= before


def test_the_pause_grows_with_each_failure_in_a_row_and_has_a_bound() -> None:
    limits = [pause_seconds(failures, 1.0) for failures in range(1, 100)]
    assert limits == sorted(limits)
    assert limits[0] < limits[3] < limits[-1] == LONGEST_PAUSE_SECONDS
    assert all(pause_seconds(failures, 0.0) == LEAST_PAUSE_SECONDS for failures in range(1, 100))


def test_a_failing_callback_affects_only_its_own_call_and_logs_few_tracebacks(
    clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[int] = []

    def hear(number: int) -> None:
        if number % 2:
            raise ValueError(number)
        heard.append(number)

    call = guarded("the listener", hear, clock)
    with caplog.at_level(logging.ERROR):
        for number in range(100):
            call(number)
        assert heard == list(range(0, 100, 2))
        assert caplog.text.count("Traceback") == 1
        clock.now += TRACEBACK_SECONDS
        call(1)
    assert "50 times" in caplog.text

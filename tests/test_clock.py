"""The time of the process: forwards with the system's clock, never backwards; how long ago is counted as a stop watch does."""

from __future__ import annotations

import logging

import pytest

from tests.clocks import MovedClock

HOUR = 3_600.0


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


def test_a_clock_set_back_continues_at_its_pace(clock: MovedClock, caplog: pytest.LogCaptureFixture) -> None:
    before = clock.now()
    with caplog.at_level(logging.WARNING):
        clock.set(-HOUR)
        assert clock.now() == before
        clock.move(10)
        assert clock.now() == before + 10
        assert clock.since(before) == 10
        clock.set(HOUR)
        assert clock.now() == before + 10, "set right again: as if nothing had been"
    assert [record.getMessage() for record in caplog.records] == [
        "the system's clock was set back by 3600 s: this server goes on as before until it is restarted"
    ]


def test_a_clock_set_forward_changes_the_time_and_no_durations(clock: MovedClock) -> None:
    """As where a computer slept, or got the right time from the network after the start."""
    before = clock.now()
    clock.move(5)
    clock.set(HOUR)
    assert clock.now() == before + 5 + HOUR
    assert clock.since(before) == 5
    after = clock.now()
    clock.move(7)
    assert clock.since(before) == 12
    assert clock.since(after) == 7
    assert clock.since(before + 5 + HOUR / 2) == 7, "a time in the gap, as another process may give"


def test_a_future_time_is_not_in_the_past(clock: MovedClock) -> None:
    assert clock.since(clock.now() + HOUR) == 0


def test_clock_jumps_back_and_forth_do_not_add_up(clock: MovedClock) -> None:
    before = clock.now()
    for jump in (HOUR, -HOUR, HOUR, -2 * HOUR, 24 * HOUR, -24 * HOUR):
        clock.set(jump)
        clock.move(1)
        clock.now()
    assert clock.since(before) == 6


def test_small_ntp_corrections_are_no_clock_jump(clock: MovedClock, caplog: pytest.LogCaptureFixture) -> None:
    before = clock.now()
    for second in range(100):
        clock.move(1)
        clock.set(0.05 if second % 2 else -0.05)
        assert clock.now() >= before + second
    assert clock.since(before) == pytest.approx(100, abs=0.2)
    assert not caplog.records

"""One line in the log a change, from however many threads."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor

import pytest

from board.data.readiness import WAIT_SECONDS
from board.process.health import Health
from tests import servers


def test_a_change_of_health_is_logged_once_by_many_threads(caplog: pytest.LogCaptureFixture) -> None:
    health = Health("reading")
    with caplog.at_level(logging.WARNING), ThreadPoolExecutor(8) as threads:
        health.up()
        for _ in range(3):
            list(threads.map(health.down, ["the disk is full", "no route to it"] * 50))
            assert health.is_down
            list(threads.map(lambda _: health.up(), range(100)))
            assert not health.is_down
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"] * 3
    assert caplog.records[0].getMessage().startswith("storage is down, reading: ")
    assert caplog.records[1].getMessage() == "storage is back, reading"


def test_tests_wait_longer_than_the_server_waits() -> None:
    """A client that gives up before the server has said what it found takes a busy machine for a fault."""
    assert servers.ANSWER_SECONDS > 2 * WAIT_SECONDS

"""RFC 6455 by the cases of the Autobahn TestSuite, against our own WebSocket class under the real server."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from kosoku import FailureError, run_fuzzingclient
from kosoku.cases import CASES

from tests.echo import echoing

# Room for the longest message of these cases; the board itself takes far less.
MESSAGE_BYTES = 1 << 20
SECONDS = 60

# 9: speed and size up to 16 MB, which the board refuses on purpose. 12, 13: compression, which is never negotiated.
# The others here send bytes and wait for them to come back; the board has no use for bytes and does not keep them.
NOT_OURS = ["9.*", "12.*", "13.*", "1.2.*"]


# A case cuts the connection after 0.5 or 1 s if the server has not. That is a fault of a busy machine, not of ours.
PATIENCE = 10


class Patient:
    """The client's side of a connection, as a case drives it; it gives the server longer before it cuts the connection."""

    def __init__(self, protocol: Any) -> None:
        self.__dict__["_protocol"] = protocol

    def __getattr__(self, name: str) -> Any:
        return getattr(self._protocol, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._protocol, name, value)

    def killAfter(self, seconds: float) -> None:  # Autobahn's name
        self._protocol.killAfter(min(seconds * PATIENCE, SECONDS))


@pytest.fixture(autouse=True)
def _patient_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    begins = next(kind for kind in CASES["6.19.1"].__mro__ if kind.__name__ == "Case")
    begin = begins.__init__
    monkeypatch.setattr(begins, "__init__", lambda case, protocol: begin(case, Patient(protocol)))


async def passed(address: str, *cases: str) -> int:
    """How many cases were run; each has passed."""
    try:
        running = run_fuzzingclient(address, cases=cases or None, exclude_cases=NOT_OURS, concurrency=40)
        return len(await asyncio.wait_for(running, SECONDS))
    except FailureError as failure:
        wrong = [result for result in failure.results if not result.passed]
        raise AssertionError([(case.case_id, case.result, case.result_close) for case in wrong]) from None


async def test_every_text_case_of_autobahn_passes() -> None:
    with echoing(MESSAGE_BYTES) as address:
        assert await passed(address) > 200


async def test_a_case_waits_for_a_server_that_has_no_processor_for_a_second() -> None:
    with echoing(MESSAGE_BYTES, begins_late_seconds=1.2) as address:
        assert await passed(address, "6.19.1") == 1

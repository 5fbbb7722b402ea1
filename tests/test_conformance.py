"""RFC 6455 by the cases of the Autobahn TestSuite, against our own WebSocket class under the real server."""

from __future__ import annotations

import asyncio

from kosoku import FailureError, run_fuzzingclient

from tests.echo import echoing

# Room for the longest message of these cases; the board itself takes far less.
MESSAGE_BYTES = 1 << 20
SECONDS = 30

# 9: speed and size up to 16 MB, which the board refuses on purpose. 12, 13: compression, which is never negotiated.
# The others here send bytes and wait for them to come back; the board has no use for bytes and does not keep them.
NOT_OURS = ["9.*", "12.*", "13.*", "1.2.*"]


async def test_every_text_case_of_autobahn_passes() -> None:
    with echoing(MESSAGE_BYTES) as address:
        try:
            results = await asyncio.wait_for(run_fuzzingclient(address, exclude_cases=NOT_OURS, concurrency=8), SECONDS)
        except FailureError as failure:
            wrong = [result for result in failure.results if not result.passed]
            raise AssertionError([(case.case_id, case.result, case.result_close) for case in wrong]) from None
    assert len(results) > 200

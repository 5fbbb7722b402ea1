"""On what a server listens, by which classes of uvicorn, and how many connections fit: tested by real servers."""

from __future__ import annotations

import asyncio
import socket
from contextlib import ExitStack, closing

import httpx
import pytest

from board.command.listening import listening, protocols
from board.process.settings import SettingsError
from board.server.descriptors import fitting
from tests import servers
from tests.people import Attendee
from tests.servers import ANSWER_SECONDS, Server


def test_an_untested_uvicorn_serves_by_its_own_classes(caplog: pytest.LogCaptureFixture) -> None:
    assert protocols("0.54.7") == ("board.server.guard:GuardedHttp", "board.server.wire:WireProtocol")
    assert not caplog.records
    for version in ("0.55.0", "0.540.0", "1.0"):
        assert protocols(version) == ("httptools", "websockets-sansio")
    assert "was not tested" in caplog.text


@pytest.mark.parametrize("workers", [1, 2])
def test_every_address_is_ipv4_and_ipv6_for_any_number_of_workers(workers: int, request: pytest.FixtureRequest) -> None:
    settings = {"REDIS_URL": request.getfixturevalue("redis_server").url} if workers > 1 else {}
    with servers.directory() as path:
        server = Server(path, workers, "::", **settings)
        server.url = f"http://127.0.0.1:{server.port}"
        server.start()
        try:
            assert httpx.get(f"http://[::1]:{server.port}/healthz", timeout=ANSWER_SECONDS).status_code == 200
            assert httpx.get(f"http://127.0.0.1:{server.port}/healthz", timeout=ANSWER_SECONDS).status_code == 200
        finally:
            server.stop()


def test_a_port_in_use_on_ipv4_or_ipv6_is_refused() -> None:
    with (
        socket.create_server(("0.0.0.0", 0)) as other,  # noqa: S104
        pytest.raises(SettingsError, match="cannot be used"),
    ):
        listening("::", other.getsockname()[1])


@pytest.mark.parametrize("host", ["127.0.0.1", "::"])
async def test_sockets_send_without_nagles_delay(host: str) -> None:
    """Nagle's algorithm and the client's delayed acknowledgement cost each answer 40 ms."""
    for listener in listening(host, 0):
        accepted: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        def connected(_: asyncio.StreamReader, writer: asyncio.StreamWriter, to: asyncio.Future[int] = accepted) -> None:
            to.set_result(writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        async with await asyncio.start_server(connected, sock=listener):
            with closing(socket.create_connection(listener.getsockname()[:2])):
                assert await accepted


def test_some_descriptors_are_reserved_from_connections() -> None:
    assert fitting(1 << 20) == int((1 << 20) * 0.8)
    assert fitting(256) == 204
    assert fitting(64) == 24
    assert fitting(10) == 1


async def test_open_connections_can_post_with_hardly_any_descriptors() -> None:
    with servers.directory() as path:
        server = Server(path, BOARD_LIMITS="off")
        server.prefix = ["prlimit", "--nofile=64"]
        await asyncio.to_thread(server.start)
        try:
            board = server.create()
            async with Attendee(server.url, board["code"]) as phone:
                await phone.join("Ada")
                with ExitStack() as stack:
                    for _ in range(100):
                        stack.enter_context(closing(socket.create_connection((server.host, server.port))))
                        await asyncio.sleep(0.02)  # all that wait are taken in one go, before the first can be refused
                    for number in range(8):  # on the connection that it has
                        await phone.celebrate(f"Card {number}")
            assert "Too many open files" not in server.log.read_text()
        finally:
            await asyncio.to_thread(server.stop)

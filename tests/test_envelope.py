"""A request is bounded in bytes, not in time alone: address, headers, trailers, chunk extensions, handshakes, pipelines."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterable, Iterator
from itertools import repeat
from pathlib import Path

import pytest

from board.server.envelope import ENVELOPE_BYTES, MAX_HEADERS, Envelope
from tests import servers
from tests.servers import Server

PIECE = b"x" * 65_536
SENT_BYTES = 64 << 20
GROWTH_BYTES = 4 << 20


@pytest.fixture(scope="module")
def one() -> Iterator[Server]:
    with servers.serving(BOARD_LIMITS="off") as server:
        yield server


def memory(server: Server) -> int:
    """Bytes that the process holds now."""
    status = Path(f"/proc/{server.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) * 1024


def say(server: Server, pieces: Iterable[bytes], most: int = SENT_BYTES) -> bytes:
    """Sends until `most` bytes are out or the server hangs up; gives what came back until its end."""
    answer, sent = b"", 0
    with socket.create_connection((server.host, server.port), 20) as client:
        with contextlib.suppress(ConnectionError):
            for piece in pieces:
                client.sendall(piece)
                if (sent := sent + len(piece)) >= most:
                    break
        with contextlib.suppress(ConnectionError):
            while part := client.recv(65_536):
                answer += part
    return answer


def then(first: bytes, again: bytes) -> Iterator[bytes]:
    yield first
    yield from repeat(again)


POST = b"POST /api/b/NONE-000/posts HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
HANDSHAKE = (
    b"GET /api/b/NONE-000/live HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)
ENDLESS = {
    "an address": then(b"GET /", PIECE),
    "a header's value": then(b"GET / HTTP/1.1\r\nHost: a\r\nX: ", PIECE),
    "a header's name": then(b"GET / HTTP/1.1\r\nHost: a\r\n", PIECE),
    "headers": then(b"GET / HTTP/1.1\r\nHost: a\r\n", b"X: y\r\n" * 10_000),
    "headers of one byte": then(b"GET / HTTP/1.1\r\nHost: a\r\n", b"a:\r\n" * 10_000),
    "a header in a second request": then(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nX: ", PIECE),
    "a trailer": then(POST + b"2\r\n{}\r\n0\r\nX: ", PIECE),
    "trailers": then(POST + b"2\r\n{}\r\n0\r\n", b"X: y\r\n" * 10_000),
    "a chunk's extension": then(POST + b"2;", PIECE),
    "extensions of many chunks": then(POST, b"1;" + b"y" * 1_000 + b"\r\n \r\n"),
    "a handshake's header": then(HANDSHAKE + b"X: ", PIECE),
}


@pytest.mark.parametrize("what", ENDLESS)
def test_endless_requests_get_a_431_and_take_no_memory(one: Server, what: str) -> None:
    say(one, [b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"])
    before = memory(one)
    answer = say(one, ENDLESS[what])
    assert b"HTTP/1.1 431 " in answer or answer.startswith((b"HTTP/1.1 404 ", b"HTTP/1.1 403 "))
    if "chunk" not in what and "trailer" not in what:  # these may be answered before they have come
        assert b"HTTP/1.1 431 " in answer
        assert b"connection: close" in answer.lower()
    assert memory(one) - before < GROWTH_BYTES


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"GET /healthz?" + b"a" * 15_000 + b" HTTP/1.1\r\nHost: a\r\n", 200),
        (b"GET /healthz?" + b"a" * 16_500 + b" HTTP/1.1\r\nHost: a\r\n", 431),
        (b"GET /healthz HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 15_000 + b"\r\n", 200),
        (b"GET /healthz HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 16_500 + b"\r\n", 431),
        (b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + b"X: y\r\n" * (MAX_HEADERS - 2), 200),
        (b"GET /healthz HTTP/1.1\r\nHost: a\r\n" + b"X: y\r\n" * MAX_HEADERS, 431),
        (HANDSHAKE + b"X: " + b"a" * 16_500 + b"\r\n", 431),
        (HANDSHAKE + b"X: " + b"a" * 10_000 + b"\r\n", 431),
        (HANDSHAKE + b"X: y\r\n" * MAX_HEADERS, 431),
    ],
)
def test_the_limit_is_16_kib_and_100_headers(one: Server, head: bytes, status: int) -> None:
    end = b"\r\n" if b"Connection" in head else b"Connection: close\r\n\r\n"
    assert say(one, [head + end]).startswith(b"HTTP/1.1 %d " % status)


def test_an_endless_pipeline_is_closed_and_takes_no_memory(one: Server) -> None:
    few = b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n" * 20 + b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    assert say(one, [few]).count(b"HTTP/1.1 200 ") == 21
    before = memory(one)
    answer = say(one, repeat(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n" * 1_000), 8 << 20)
    assert b"HTTP/1.1 429 " in answer
    assert memory(one) - before < GROWTH_BYTES


def test_a_trailer_does_not_count_as_a_header(one: Server) -> None:
    """Were it among the headers, it would name another host after the check of the host."""
    trailer = b"2\r\n{}\r\n0\r\nHost: evil.example, x\r\nOrigin: http://evil.example\r\n\r\n"
    asked = say(one, [POST.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n") + trailer])
    assert asked.startswith(b"HTTP/1.1 404 ")


@pytest.mark.parametrize("version", [b"HTTP/1.0", b"HTTP/2.0"])
def test_a_handshake_of_another_version_is_refused(one: Server, version: bytes) -> None:
    answer = say(one, [HANDSHAKE.replace(b"HTTP/1.1", version) + b"\r\n"])
    assert answer.startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize("hosts", [b"Host: a\r\nHost: b\r\n", b"Host: nobody here\r\n"])
def test_a_handshake_with_an_invalid_host_is_refused(one: Server, hosts: bytes) -> None:
    answer = say(one, [HANDSHAKE.replace(b"Host: a\r\n", hosts) + b"\r\n"])
    assert answer.startswith(b"HTTP/1.1 400 ")


def test_an_envelope_counts_each_request_separately_and_ignores_bodies() -> None:
    envelope = Envelope()
    for _ in range(10):
        envelope.begin()
        envelope.address(10_000)
        envelope.fed(4_000)
        envelope.fed(4_000)
        assert not envelope.too_large
        envelope.head_came()
        for _ in range(100):
            envelope.body(4_000)
            envelope.fed(4_000)
        assert not envelope.too_large
    for _ in range(ENVELOPE_BYTES // 4_000 + 1):
        envelope.fed(4_000)
    assert envelope.too_large


@pytest.mark.parametrize(("version", "status"), [(b"1.1", b"400"), (b"1.0", b"200")])
def test_only_http_1_0_may_leave_out_the_host(one: Server, version: bytes, status: bytes) -> None:
    answer = say(one, [b"GET /healthz HTTP/" + version + b"\r\nConnection: close\r\n\r\n"])
    assert answer.startswith(b"HTTP/1.1 " + status + b" ")

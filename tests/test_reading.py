"""Numbers, addresses and encodings as they come from outside."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from board.app import SECURITY_HEADERS, create_app
from board.model import requests
from board.model.models import Invalid
from board.process import settings
from board.web import metrics
from board.web.reading import network, origin, takes_gzip, whole
from tests import servers


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("1", 1),
        ("100", 100),
        ("007", 7),
        ("0", None),
        ("101", None),
        ("", None),
        ("-1", None),
        ("1.0", None),
        ("٣", None),
        ("00000000199999", None),
        ("9" * 5_000, None),
        ("0" * 5_000 + "1", None),
        (" 1", None),
        ("1_0", None),
    ],
)
def test_a_number_has_a_limit_of_digits_and_of_size(value: str, number: int | None) -> None:
    assert whole(value, 1, 100) == number


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::9", "2001:db8:1:2::"),
        ("2001:0db8:0001:0002::", "2001:db8:1:2::"),
        ("2001:db8::1", "2001:db8::"),
        ("2001:db8::2", "2001:db8::"),
        ("fe80::1%eth0", "fe80::"),
        ("::1", "::"),
        ("", ""),
        ("testclient", "testclient"),
    ],
)
def test_the_host_bits_of_an_address_do_not_change_its_network(address: str, place: str) -> None:
    assert network(address) == place


@pytest.mark.parametrize(
    ("scheme", "host", "written"),
    [
        ("https", "board.example:443", "https://board.example"),
        ("http", "Board.Example:80", "http://board.example"),
        ("http", "board.example:443", "http://board.example:443"),
        ("https", "board.example:8443", "https://board.example:8443"),
        ("http", "[::1]:80", "http://[::1]"),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(scheme: str, host: str, written: str) -> None:
    assert origin(scheme, host) == written


@pytest.mark.parametrize("header", ["gzip", "br, gzip", "GZIP;q=0.5", "x-gzip", "*", "br;q=1, *;q=0.1", "gzip;q=1.000"])
def test_gzip_is_sent_to_clients_that_accept_it(header: str) -> None:
    assert takes_gzip(header)


@pytest.mark.parametrize("header", ["", "br", "gzip;q=0", "gzip; q=0.000", "*, gzip;q=0", "*;q=0", "gzipped", "identity"])
def test_gzip_is_not_sent_to_other_clients(header: str) -> None:
    assert not takes_gzip(header)


@pytest.mark.parametrize(
    "value", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "1969-12-31T23:59:59Z", "2" * 5_000]
)
def test_a_time_outside_of_the_calendar_is_refused(value: str) -> None:
    with pytest.raises(Invalid):
        requests.microseconds(value, "since")


async def test_a_page_limit_with_too_many_digits_is_refused(server: servers.Server) -> None:
    board = server.create()
    async with httpx.AsyncClient(base_url=server.url) as client:
        for limit in ("00000000199999", "9" * 5_000):
            assert (await client.get(f"/api/b/{board['code']}/posts?limit={limit}")).status_code == 422


async def test_a_head_request_for_events_ends(server: servers.Server) -> None:
    board = server.create()
    async with httpx.AsyncClient(base_url=server.url) as client:
        answer = await client.head(f"/api/b/{board['code']}/events", timeout=servers.ANSWER_SECONDS)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")


async def test_an_invalid_host_is_refused_with_the_security_headers(server: servers.Server) -> None:
    async with httpx.AsyncClient(base_url=server.url) as client:
        home = await client.get("/", headers={"Host": "nobody here"})
        assert (home.status_code, home.headers["x-content-type-options"]) == (400, "nosniff")


async def test_behind_proxies_the_first_scheme_counts_and_a_wrong_origin_is_logged_once() -> None:
    with servers.serving() as server:
        code = server.create()["code"]
        async with httpx.AsyncClient(base_url=server.url) as client:

            async def posts(origin: str, scheme: str = "https, http") -> int:
                headers = {"Host": "x.example:443", "X-Forwarded-Proto": scheme, "Origin": origin}
                answer = await client.post(f"/api/b/{code}/join", json={}, headers=headers)
                return 0 if "does not belong to the board" in answer.text else answer.status_code

            assert await posts("https://x.example") != 0
            assert await posts("https://x.example", "https,http") != 0
            for _ in range(3):
                assert await posts("https://wrong.example") == 0
        logged = [line for line in server.log.read_text().splitlines() if "wrong.example" in line]
        assert len(logged) == 1
        assert "'https://x.example'" in logged[0]


LINKS = {
    "BOARD_SERVICE_HOST": "10.0.0.1",
    "BOARD_SERVICE_PORT": "80",
    "BOARD_SERVICE_PORT_HTTP": "80",
    "BOARD_PORT": "tcp://10.0.0.1:80",
    "BOARD_PORT_80_TCP": "tcp://10.0.0.1:80",
    "BOARD_PORT_80_TCP_PROTO": "tcp",
    "BOARD_PORT_80_TCP_PORT": "80",
    "BOARD_PORT_80_TCP_ADDR": "10.0.0.1",
    "BOARD_REDIS_SERVICE_HOST": "10.0.0.2",
    "BOARD_REDIS_PORT": "tcp://10.0.0.2:6379",
}


def test_service_links_of_kubernetes_do_not_stop_the_start(tmp_path: Path) -> None:
    assert settings.load({"BOARD_DATA_DIR": str(tmp_path)} | LINKS).port == 8000
    with pytest.raises(settings.SettingsError):
        settings.load({"BOARD_DATA_DIR": str(tmp_path), "BOARD_PORT": "8000"})


# Two workers of a parent: one is killed with three viewers and bad news, and still a zombie when the other is asked.
A_WORKER_DIES = """
import os, signal
from board.live.fanout import ViewerKind
from board.web import metrics

def worker(viewers, bus_healthy):
    text, _ = metrics.exposition({ViewerKind.PHONE: viewers}, bus_healthy)
    return text.decode()

if not (dead := os.fork()):
    worker(3, False)
    os.kill(os.getpid(), signal.SIGKILL)
os.waitid(os.P_PID, dead, os.WEXITED | os.WNOWAIT)
if not os.fork():
    print(worker(1, True), flush=True)
    os._exit(0)
os.wait(), os.wait()
"""


def test_the_metrics_keep_no_viewers_failures_or_files_of_a_killed_worker(tmp_path: Path) -> None:
    environment = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", A_WORKER_DIES], env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert 'board_viewers{kind="phone"} 1.0' in lines
    assert "board_bus_up 1.0" in lines
    assert len({path.stem.rpartition("_")[2] for path in tmp_path.glob("gauge_live*")}) == 1, "the dead one's gauges are gone"


async def test_a_failure_has_security_headers_and_is_counted(tmp_path: Path) -> None:
    async def fails(request: Request) -> Response:
        raise RuntimeError("on purpose")

    app = create_app(settings.load({"BOARD_DATA_DIR": str(tmp_path)}))
    app.router.routes.append(Route("/fails", fails))
    counted = metrics.requests.labels("GET", "500")._value
    before = counted.get()
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://board.example") as client:
        answer = await client.get("/fails")
    assert answer.status_code == 500
    for name, value in SECURITY_HEADERS.items():
        assert answer.headers[name] == value
    assert "content-security-policy" in answer.headers
    assert counted.get() == before + 1

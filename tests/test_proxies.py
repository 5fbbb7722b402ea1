"""The examples of docs/running.md are run as they are written: real nginx, real Caddy, systemd's own check."""

from __future__ import annotations

import re
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from websockets.asyncio.client import connect

from tests import servers
from tests.test_docs import TEXTS

NAME = "board.example.org"


def example(language: str, word: str) -> str:
    """The first block of the guide in this language that has this word in it."""
    blocks = re.findall(rf"```{language}\n(.*?)```", TEXTS["docs/running.md"], re.DOTALL)
    return next(block for block in blocks if word in block)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """For the example's name, signed by itself."""
    directory = tmp_path_factory.mktemp("certificate")
    key, certificate = directory / "key.pem", directory / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    names = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
    subprocess.run([*command, *names, "-keyout", key, "-out", certificate], check=True, capture_output=True, timeout=30)
    return certificate, key


class Proxy:
    """A proxy as the guide sets it up, on a free port, before a port where our server is or is not."""

    def __init__(self, directory: Path, port: int, certificate: Path) -> None:
        self.directory, self.port = directory, port
        self.trust = ssl.create_default_context(cafile=str(certificate))

    def visitor(self) -> httpx.AsyncClient:
        """A browser that finds the example's name at the proxy."""
        transport = httpx.AsyncHTTPTransport(verify=self.trust)
        headers = {"Host": f"{NAME}:{self.port}"}
        extensions = {"sni_hostname": NAME}
        client = httpx.AsyncClient(transport=transport, headers=headers, base_url=f"https://127.0.0.1:{self.port}")
        client.event_hooks["request"].append(_names(extensions))
        return client

    def logged(self) -> str:
        return "".join(path.read_text(errors="replace") for path in self.directory.rglob("*.log"))


def _names(extensions: dict[str, str]):  # type: ignore[no-untyped-def]
    async def name(request: httpx.Request) -> None:
        request.extensions |= extensions

    return name


@contextmanager
def nginx(directory: Path, upstream: int, certificate: Path, key: Path) -> Iterator[Proxy]:
    port = servers.free_port()
    site = example("nginx", "server_name")
    for written, here in (
        ("listen 443", f"listen 127.0.0.1:{port}"),
        ("# ssl_certificate …; ssl_certificate_key …;", f"ssl_certificate {certificate}; ssl_certificate_key {key};"),
        ("127.0.0.1:8000", f"127.0.0.1:{upstream}"),
    ):
        assert written in site, written
        site = site.replace(written, here)
    (directory / "nginx.conf").write_text(
        f"daemon off; pid {directory}/pid; error_log {directory}/error.log;\nevents {{ worker_connections 64; }}\n"
        f"http {{ access_log {directory}/access.log;\n"
        f"client_body_temp_path {directory}/body; proxy_temp_path {directory}/proxy;\n"
        f"fastcgi_temp_path {directory}/f; uwsgi_temp_path {directory}/u; scgi_temp_path {directory}/s;\n{site}\n}}\n"
    )
    program = servers.tool("nginx", "nginx-light", "/usr/sbin/nginx")
    with _running(
        [program, "-p", str(directory), "-c", str(directory / "nginx.conf"), "-e", str(directory / "error.log")], port
    ):
        yield Proxy(directory, port, certificate)


@contextmanager
def caddy(directory: Path, upstream: int, certificate: Path, key: Path) -> Iterator[Proxy]:
    port = servers.free_port()
    site = example("caddy", NAME)
    output = f"        output file {directory}/caddy.log"
    for written, here in (
        (f"{NAME} {{", f"https://{NAME}:{port} {{\n    bind 127.0.0.1\n    tls {certificate} {key}\n    log"),
        ("127.0.0.1:8000", f"127.0.0.1:{upstream}"),
        ("    log default {", f"    admin off\n    auto_https disable_redirects\n    log default {{\n{output}"),
    ):
        assert written in site, written
        site = site.replace(written, here)
    (directory / "Caddyfile").write_text(site)
    program = servers.tool("caddy", "caddy")
    with _running([program, "run", "--config", str(directory / "Caddyfile"), "--adapter", "caddyfile"], port, directory):
        yield Proxy(directory, port, certificate)


@contextmanager
def _running(command: list[str], port: int, home: Path | None = None) -> Iterator[None]:
    environment = servers.clean_environment() | ({"HOME": str(home), "XDG_DATA_HOME": str(home)} if home else {})
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        servers.wait_until(lambda: process.poll() is not None or servers.listens(port), command[0])
        assert process.poll() is None, process.stderr.read() if process.stderr else ""
        yield
    finally:
        process.terminate()
        process.communicate(timeout=10)


PROXIES = {"nginx": nginx, "caddy": caddy}


@pytest.mark.parametrize("name", PROXIES)
async def test_the_proxy_of_the_guide_passes_reading_posting_and_live_frames(
    name: str, certificate: tuple[Path, Path], tmp_path: Path
) -> None:
    server = servers.Server(tmp_path)
    with PROXIES[name](tmp_path, server.port, *certificate) as proxy:
        server.environment["PUBLIC_URL"] = f"https://{NAME}:{proxy.port}"
        server.start()
        try:
            board = server.create()
            async with proxy.visitor() as phone:
                page = await phone.get(f"/b/{board['code']}")
                assert page.status_code == 200
                assert page.headers["strict-transport-security"]
                cookies = "; ".join(cookie.split(";")[0] for cookie in page.headers.get_list("set-cookie"))
                headers = {"Cookie": cookies, "Origin": f"https://{NAME}:{proxy.port}"}
                address = f"wss://{NAME}:{proxy.port}/api/b/{board['code']}/live"
                async with connect(
                    address,
                    ssl=proxy.trust,
                    server_hostname=NAME,
                    additional_headers=headers,
                    proxy=None,
                    host="127.0.0.1",
                    port=proxy.port,
                ) as live:
                    assert '"type":"snapshot"' in await live.recv()
                    question = {"id": "0b5c1f0e-7a3c-4f5e-9a52-0a2f0ad0a001", "kind": "question", "text": "Through the proxy?"}
                    posted = await phone.post(f"/api/b/{board['code']}/posts", json=question, headers=headers)
                    assert posted.status_code == 201
                    while "Through the proxy?" not in await live.recv():
                        pass
                assert (await phone.get("/metrics")).status_code == 403
                elsewhere = await phone.get(f"/b/{board['code']}", headers={"Host": "evil.example"})
                assert "Innovation Lab" not in elsewhere.text
        finally:
            server.stop()


@pytest.mark.parametrize("name", PROXIES)
async def test_the_log_of_the_guides_proxy_contains_no_staff_link(
    name: str, certificate: tuple[Path, Path], tmp_path: Path
) -> None:
    """Neither when they are opened, nor when the server is down and the proxy complains."""
    server = servers.Server(tmp_path)
    with PROXIES[name](tmp_path, server.port, *certificate) as proxy:
        server.environment["PUBLIC_URL"] = f"https://{NAME}:{proxy.port}"
        server.start()
        board = server.create()
        path = urlsplit(board["moderate_url"]).path
        async with proxy.visitor() as moderator:
            assert (await moderator.get(path)).status_code == 303
            await moderator.get("/")
            server.stop()
            assert (await moderator.get(path)).status_code == 502
            assert (await moderator.get("/b/AFTERWARDS")).status_code == 502
    logged = proxy.logged()
    assert "AFTERWARDS" in logged, "there is a log"
    assert path.rsplit("/", 1)[1] not in logged


def test_systemd_accepts_the_unit_of_the_guide(tmp_path: Path) -> None:
    unit = example("ini", "ExecStart").replace("/opt/board/.venv/bin/brilliance-board", "/bin/true").replace("User=board\n", "")
    (tmp_path / "board.service").write_text(unit.replace("WorkingDirectory=/opt/board", f"WorkingDirectory={tmp_path}"))
    command = [servers.tool("systemd-analyze", "systemd"), "verify", "--man=no", str(tmp_path / "board.service")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert "board.service:" not in done.stderr, done.stderr


async def test_with_a_public_address_the_server_answers_only_under_it(tmp_path: Path) -> None:
    with servers.serving(PUBLIC_URL=f"https://{NAME}") as server:
        board = server.create()
        async with httpx.AsyncClient(base_url=server.url) as visitor:
            for host, status in (
                (NAME, 200),
                (f"{NAME}:443", 200),
                ("evil.example", 421),
                ("127.0.0.1", 200),
                ("10.0.0.7", 421),
            ):
                assert (await visitor.get(f"/b/{board['code']}", headers={"Host": host})).status_code == status, host
                assert (await visitor.get(f"/api/b/{board['code']}", headers={"Host": host})).status_code == status, host
                assert (await visitor.get("/readyz", headers={"Host": host})).status_code == 200


async def test_metrics_need_this_machine_or_the_token() -> None:
    with servers.serving() as server, servers.serving(BOARD_METRICS_TOKEN="s3cret") as closed:
        async with httpx.AsyncClient() as visitor:
            forwarded = {"X-Forwarded-For": "192.0.2.9"}
            assert (await visitor.get(f"{server.url}/metrics")).status_code == 200
            assert (await visitor.get(f"{server.url}/metrics", headers=forwarded)).status_code == 403, (
                "a proxy asked for somebody"
            )
            assert (await visitor.get(f"{closed.url}/metrics")).status_code == 403
            for token, status in (("s3cret", 200), ("wrong", 403), ("s3cret2", 403)):
                answer = await visitor.get(f"{closed.url}/metrics", headers=forwarded | {"Authorization": f"Bearer {token}"})
                assert answer.status_code == status


def test_serve_waits_for_a_database_that_starts_later(tmp_path: Path) -> None:
    with servers.directory() as path:
        postgres = servers.Postgres(path)
        postgres.start()
        try:
            address = postgres.new_database()
            postgres.restart("stop")
            server = servers.Server(tmp_path, DATABASE_URL=address, SECRET_KEY="k" * 40)
            process = server.begin()
            servers.wait_until(lambda: "Trying again" in server.log.read_text(), "the wait for the database")
            assert process.poll() is None
            postgres.restart("start")
            server.wait()
            server.stop()
        finally:
            postgres.stop()

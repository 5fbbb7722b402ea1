"""TLS of the server itself: posts and frames arrive by our classes, and by those of uvicorn that stand in for them."""

from __future__ import annotations

import asyncio
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from uvicorn import Config
from uvicorn.server import ServerState
from websockets.asyncio.client import connect

from board.command.listening import protocols
from board.server.wire import WireProtocol
from tests import servers
from tests.hubs import eventually
from tests.people import Attendee, Live
from tests.servers import Server


def certificate(directory: Path) -> tuple[str, str]:
    """The files of a key and of a certificate for this computer."""
    key, file = str(directory / "key.pem"), str(directory / "certificate.pem")
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    subprocess.run([*command, *subject, "-keyout", key, "-out", file], check=True, capture_output=True, timeout=30)
    return key, file


def certified(key: str, file: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What the server brings, and what its client believes."""
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(file, key)
    return server, ssl.create_default_context(cafile=file)


async def test_direct_writes_never_bypass_tls(tmp_path: Path) -> None:
    """Which viewers are written to directly depends on the moment; that an encrypted one never is does not."""
    wires: list[WireProtocol] = []
    config, state = Config("board.app:from_environment", log_config=None), ServerState()

    def accepted() -> WireProtocol:
        wires.append(WireProtocol(config, state, {}))
        return wires[-1]

    loop = asyncio.get_running_loop()
    for here, there in ((None, None), certified(*certificate(tmp_path))):
        async with await loop.create_server(accepted, "127.0.0.1", 0, ssl=here) as listening:
            port = listening.sockets[0].getsockname()[1]
            _, writer = await asyncio.open_connection("127.0.0.1", port, ssl=there)
            await eventually(lambda: bool(state.connections), "the connection")
            descriptor = wires[-1].descriptor
            assert descriptor is None if here else descriptor == wires[-1].transport.get_extra_info("socket").fileno()
            wires[-1].transport.abort()
            writer.transport.abort()
            await eventually(lambda: not state.connections, "its end")


@contextmanager
def encrypted(directory: Path, http: str, ws: str) -> Iterator[tuple[Server, ssl.SSLContext]]:
    """Our application under uvicorn's own command, which has TLS."""
    key, file = certificate(directory)
    server = Server(directory, BOARD_LIMITS="off")
    server.url = f"https://127.0.0.1:{server.port}"
    server.environment["PUBLIC_URL"] = server.url
    context = ssl.create_default_context(cafile=file)
    server.run("migrate")
    listens = ["--port", str(server.port), "--ssl-keyfile", key, "--ssl-certfile", file]
    command = [sys.executable, "-m", "uvicorn", "board.app:from_environment", "--factory", "--loop", "asyncio", *listens]
    with server.log.open("ab") as log:
        running = subprocess.Popen([*command, "--http", http, "--ws", ws], env=server.environment, stdout=log, stderr=log)
    try:
        servers.wait_until(lambda: servers.listens(server.port), f"the server (see {server.log})")
        yield server, context
    finally:
        running.terminate()
        running.wait(servers.STOP_SECONDS)


@pytest.mark.parametrize(("http", "ws"), [protocols("0.54.0"), protocols("1.0")], ids=["ours", "uvicorns-own"])
async def test_posts_and_frames_arrive_over_the_servers_own_tls(tmp_path: Path, http: str, ws: str) -> None:
    with encrypted(tmp_path, http, ws) as (server, context):
        board = server.create()
        async with Attendee(server.url, board["code"]) as phone, httpx.AsyncClient(base_url=server.url, verify=context) as http:
            phone.http = http
            await phone.join("Ada")
            address = f"wss://127.0.0.1:{server.port}{phone.api}/live"
            async with connect(address, ssl=context, additional_headers={"Cookie": phone.cookie}, proxy=None) as socket:
                live = Live(socket)
                await live.until(lambda frame: frame["type"] == "snapshot")
                for number in range(3):
                    await phone.celebrate(f"Card {number}")
                    await live.until(lambda frame, text=f"Card {number}": text in str(frame))

"""The servers that ours is compared with, and ours. Each is started here, on the server's core, and published to by HTTP."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests import servers
from tests.bench.rig import LOOPBACK, SERVER_CORE, Address, Http, Place, Processes, Publish, built, on_core

HERE = Path(__file__).parent
# The same as one post of ours on the wire, within a few bytes.
MESSAGE_BYTES = 404
START_SECONDS = 20


@dataclass
class Peer:
    """A running server."""

    address: Address
    processes: Processes
    publish: Publish
    marked: bool = True
    """Whether a mark can be read from what it sends; not where it compresses."""


Start = Callable[[Path, Place], AbstractContextManager[Peer]]


def message(mark: str) -> bytes:
    head = '{"type":"changes","after":1,"to":2,"posts":[{"id":"' + str(uuid.uuid4()) + f'","text":"{mark} '
    return (head + "x" * (MESSAGE_BYTES - len(head) - 4) + '"}]}').encode()


# -- ours ----------------------------------------------------------------------------------------------------------


@contextmanager
def board(_work: Path, place: Place = LOOPBACK, workers: int = 1, **environment: str) -> Iterator[Peer]:
    """The real application: posts come in by HTTP, are committed, go through bus, hub and feed."""
    with on_core(SERVER_CORE), servers.serving(workers, place.host, BOARD_LIMITS="off", **environment) as server:
        made = server.create("Bench")
        yield Peer(
            Address(server.port, f"/api/b/{made['code']}/live", place=place),
            Processes([*server.worker_pids()]),
            posting(server.port, made["code"], place),
        )


def posting(port: int, code: str, place: Place = LOOPBACK) -> Publish:
    """Posts as one attendee would."""
    with httpx.Client(base_url=f"http://{place.host}:{port}/api/b/{code}") as phone:
        phone.get("/mine")
        phone.post("/join", json={"name": "Bench", "team": "Core 2"}).raise_for_status()
        http = Http(port, "Cookie: " + "; ".join(f"{name}={value}" for name, value in phone.cookies.items()), place.host)

    async def publish(mark: str) -> None:
        body = (
            f'{{"id":"{uuid.uuid4()}","kind":"card","to":[{{"name":"Nadia Rahman","team":"Bangladesh"}}],'
            f'"text":"{mark} You got managers and workers of four factories round one table."}}'
        )
        status, answer, _head = await http.request("POST", f"/api/b/{code}/posts", body.encode())
        if status != 201:
            raise RuntimeError(f"{status}: {answer!r}")

    return publish


# -- the others ----------------------------------------------------------------------------------------------------


@contextmanager
def limit(work: Path, place: Place) -> Iterator[Peer]:
    program = built(work, HERE / "limit.c")
    with _running(place, [str(program)]) as (port, pid):
        yield _plain(place, port, pid, "/live")


@contextmanager
def node_ws(work: Path, place: Place) -> Iterator[Peer]:
    with _node(work, place, "node_ws.js") as (port, pid):
        yield _plain(place, port, pid, "/live")


@contextmanager
def socket_io(work: Path, place: Place) -> Iterator[Peer]:
    with _node(work, place, "socketio.js") as (port, pid):
        yield _plain(place, port, pid, "/socket.io/?EIO=4&transport=websocket", hello=("40",))


def python_peer(name: str) -> Start:
    @contextmanager
    def start(work: Path, place: Place) -> Iterator[Peer]:
        python = str(work / "venv" / "bin" / "python")
        door = servers.free_port() if name == "websockets" else 0
        with (
            _redis(name == "broadcaster") as environment,
            _running(place, [python, str(HERE / "python_peers.py"), name], environment | {"DOOR": str(door)}) as (
                port,
                pid,
            ),
        ):
            path, hello = ("/socket.io/?EIO=4&transport=websocket", ("40",)) if name == "socketio" else ("/live", ())
            header = "Sec-WebSocket-Extensions: permessage-deflate" if name == "deflate" else ""
            yield _plain(place, port, pid, path, hello=hello, header=header, door=door, marked=name != "deflate")

    return start


@contextmanager
def channels(work: Path, place: Place) -> Iterator[Peer]:
    python = str(work / "venv" / "bin" / "python")
    with _redis(True) as environment, _running(place, [python, str(HERE / "channels_peer.py")], environment) as (port, pid):
        yield _plain(place, port, pid, "/live")


@contextmanager
def nchan(work: Path, place: Place) -> Iterator[Peer]:
    port = servers.free_port()
    configuration = work / "nginx.conf"
    configuration.write_text(f"""
load_module modules/ngx_nchan_module.so;
daemon off; master_process off; worker_processes 1; pid {work}/nginx.pid; error_log {work}/nginx.log;
worker_rlimit_nofile 65536;
events {{ worker_connections 30000; }}
http {{ access_log off; client_body_temp_path {work}/body; keepalive_requests 1000000; server {{
  listen {place.host}:{port} backlog=4096;
  location = /publish {{ nchan_publisher; nchan_channel_id board; nchan_message_buffer_length 10; }}
  location = /live {{ nchan_subscriber websocket; nchan_channel_id board; nchan_subscriber_first_message newest; }}
}} }}
""")
    with _running(place, ["nginx", "-c", str(configuration)], port=port) as (_port, pid):
        yield _plain(place, port, pid, "/live")


@contextmanager
def nats(work: Path, place: Place) -> Iterator[Peer]:
    port, door = servers.free_port(), servers.free_port()
    configuration = work / "nats.conf"
    configuration.write_text(
        f'port: {door}\nhost: "127.0.0.1"\nmax_connections: 65536\n'
        f'websocket {{ port: {port}, host: "{place.host}", no_tls: true }}\n'
    )
    # The Go runtime would use the client's core too.
    with _running(place, ["nats-server", "-c", str(configuration)], {"GOMAXPROCS": "1"}, port=port) as (_port, pid):
        reader, writer = None, None

        async def publish(mark: str) -> None:
            nonlocal reader, writer
            if writer is None:
                reader, writer = await asyncio.open_connection("127.0.0.1", door)
                writer.write(b'CONNECT {"verbose":false}\r\n')
            body = message(mark)
            writer.write(b"PUB board %d\r\n%s\r\n" % (len(body), body))
            await writer.drain()

        hello = ('CONNECT {"verbose":false}\r\n', "SUB board 1\r\n")
        yield Peer(Address(port, "/", hello=hello, place=place), Processes([pid]), publish)


# -- helpers -------------------------------------------------------------------------------------------------------


def _plain(
    place: Place,
    port: int,
    pid: int,
    path: str,
    *,
    hello: tuple[str, ...] = (),
    header: str = "",
    door: int = 0,
    marked: bool = True,
) -> Peer:
    http = Http(door or port, host=place.host)

    async def publish(mark: str) -> None:
        status, answer, _head = await http.request("POST", "/publish", message(mark), "text/plain")
        if status >= 300:
            raise RuntimeError(f"{status}: {answer!r}")

    return Peer(Address(port, path, header, hello, place), Processes([pid]), publish, marked)


@contextmanager
def _running(
    place: Place, command: list[str], environment: dict[str, str] | None = None, port: int = 0
) -> Iterator[tuple[int, int]]:
    given = port
    port = port or servers.free_port()
    with on_core(SERVER_CORE):
        process = subprocess.Popen(
            command if given else [*command, str(port), place.host],
            env=os.environ | (environment or {}),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    try:
        servers.wait_until(lambda: _listens(place, port, process), command[0])
        yield port, process.pid
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _listens(place: Place, port: int, process: subprocess.Popen[bytes]) -> bool:
    if process.poll() is not None:
        raise RuntimeError(f"it ended at once: {process.args}")
    with socket.socket() as probe:
        return probe.connect_ex((place.host, port)) == 0


@contextmanager
def _node(work: Path, place: Place, script: str) -> Iterator[tuple[int, int]]:
    with _running(place, ["node", str(HERE / script)], {"NODE_PATH": str(work / "node_modules")}) as running:
        yield running


@contextmanager
def _redis(wanted: bool) -> Iterator[dict[str, str]]:
    if not wanted:
        yield {}
        return
    with servers.directory() as path:
        redis = servers.Redis(path)
        with on_core(SERVER_CORE):
            redis.start()
        try:
            yield {"REDIS_URL": redis.url}
        finally:
            redis.stop()


PEERS: dict[str, Start] = {
    "C loop of send(): the limit": limit,
    "Brilliance Board": board,
    "Node ws": node_ws,
    "socket.io": socket_io,
    "nginx + nchan": nchan,
    "NATS server (Go; one core)": nats,
    "websockets.broadcast": python_peer("websockets"),
    "Starlette send_text loop": python_peer("loop"),
    "Starlette send_text loop, deflate": python_peer("deflate"),
    "queue and task per client": python_peer("queue"),
    "python-socketio": python_peer("socketio"),
    "Django Channels + Redis": channels,
}


def install(work: Path) -> None:
    """What the peers need, outside the project's own dependencies."""
    work.mkdir(parents=True, exist_ok=True)
    if os.getuid() == 0 and not (shutil.which("nats-server") and Path("/usr/lib/nginx/modules/ngx_nchan_module.so").exists()):
        packages = ["nginx-light", "libnginx-mod-nchan", "nats-server"]
        if not shutil.which("node"):
            packages += ["nodejs", "npm"]
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], check=True)
    if not (work / "node_modules").exists():
        subprocess.run(["npm", "install", "--silent", "--no-save", "--prefix", str(work), "ws@8", "socket.io@4"], check=True)
    if not (work / "venv").exists():
        subprocess.run([sys.executable, "-m", "venv", str(work / "venv")], check=True)
        wanted = ["starlette", "uvicorn", "websockets", "python-socketio", "channels", "channels-redis", "httptools"]
        subprocess.run([str(work / "venv" / "bin" / "pip"), "install", "-q", *wanted], check=True)

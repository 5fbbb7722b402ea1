"""Below Starlette: our own WebSocket class for uvicorn, with frames written as bytes, bounded buffers and an end that comes.

uvicorn takes it by import string, `ws="board.server.wire:WireProtocol"`. The application decides about the handshake. An
endpoint takes the accepted connection over from `scope["extensions"]["board.wire"]`, and is called back from then on. So an
open connection has no task, no queue and no request any more. The `websockets` library reads what clients send.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import sys
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Protocol, cast
from urllib.parse import unquote

from uvicorn.protocols.utils import ClientDisconnected, get_local_addr, get_remote_addr, is_ssl
from websockets.exceptions import SecurityError
from websockets.frames import CloseCode, Opcode
from websockets.frames import Frame as WebSocketFrame
from websockets.http11 import Request, Response
from websockets.protocol import OPEN, SEND_EOF, Side
from websockets.protocol import Protocol as Frames
from websockets.server import ServerProtocol

if TYPE_CHECKING:
    from uvicorn.config import Config
    from uvicorn.server import ServerState

log = logging.getLogger(__name__)

EXTENSION = "board.wire"
# A streaming answer's endpoint puts a callable under this name in the scope; it is called when the server stops.
ENDS = "board.ends"
# The kernel would hide up to 4 MB for each client that does not read; this is what it may hold.
SEND_BUFFER_BYTES = 64 * 1024
# A client that does not read its last bytes, or does not answer a goodbye, is waited for so long.
ABORT_AFTER_SECONDS = 1.0
# A dead path (phone out of range) is given up by the kernel after this.
TCP_USER_TIMEOUT_MS = 15_000
# A client has next to nothing to say. More frames between two pings, or a message in more pieces, only keep us busy.
MAX_FRAMES = 2_000
MAX_FRAGMENTS = 64
# Read in so small parts that no more than some hundred frames are between two looks at these limits.
READ_BYTES = 4_096


class Endpoint(Protocol):
    """The object that takes over an accepted connection."""

    def said(self, text: str | None) -> None:
        """The client sent a message; None for bytes."""

    def stalled(self) -> None:
        """Something begins to wait in user space."""

    def gone(self) -> None:
        """Nothing can be written any more. Called once, before the descriptor is closed."""


class WireProtocol(asyncio.Protocol):
    """One connection. What it needs only until it is open is in `_Opening`."""

    __slots__ = ("_config", "_connections", "_endpoint", "_frames", "_heard", "_opening", "_pieces", "_ping", "transport")

    def __init__(self, config: Config, server_state: ServerState, app_state: dict[str, Any]) -> None:
        self._config = config
        self._connections = cast(set[Any], server_state.connections)
        self._opening: _Opening | None = _Opening(self, config, server_state, app_state)
        self._frames: Frames | None = None
        self._pieces: list[WebSocketFrame] = []
        self._endpoint: Endpoint | None = None
        self._ping: asyncio.TimerHandle | None = None
        self._heard = 1  # nobody was asked yet

    # -- called by asyncio and uvicorn -------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.transport.set_write_buffer_limits(high=0)
        bound(self.transport)
        self._connections.add(self)

    def data_received(self, data: bytes) -> None:
        if self._opening is not None:
            self._opening.data_received(data)
        elif self._frames is not None:
            self._read(self._frames, data)

    def pause_writing(self) -> None:
        if self._endpoint is not None:
            self._endpoint.stalled()

    def shutdown(self) -> None:
        """The server stops."""
        if self._opening is not None:
            self._opening.refuse(HTTPStatus.SERVICE_UNAVAILABLE)
        self.close(CloseCode.SERVICE_RESTART, "")

    def connection_lost(self, exc: Exception | None) -> None:
        self._end()
        self._connections.discard(self)
        if self._frames is not None:
            self._frames.parser.close()  # as that of the handshake
            self._frames = None

    # -- what the endpoint may do ------------------------------------------------------------------------------

    def take_over(self, endpoint: Endpoint) -> None:
        """From here on the endpoint is called back. Before anything is awaited after the handshake."""
        self._endpoint = endpoint

    @property
    def taken_over(self) -> bool:
        return self._endpoint is not None

    @property
    def descriptor(self) -> int | None:
        """For writing raw frames past the transport, while it has nothing buffered. None where the transport encrypts:
        what is written past it would travel in plain text."""
        return None if is_ssl(self.transport) else self.transport.get_extra_info("socket").fileno()

    @property
    def buffered(self) -> int:
        """Bytes that wait in user space for this client."""
        return self.transport.get_write_buffer_size()

    def write(self, raw: bytes) -> None:
        """Sends a frame, or the rest of one; never waits."""
        if self._frames is not None and self._frames.state is OPEN:
            self.transport.write(raw)

    def close(self, code: int, reason: str) -> None:
        """Sends the close frame, and waits at most a second for the client's."""
        self._end()
        if self._frames is not None and self._frames.state is OPEN:
            self._frames.send_close(code, reason)
            self._write(self._frames.data_to_send())
        self.abort_soon()

    # -- while it is open --------------------------------------------------------------------------------------

    def opened(self) -> None:
        """The handshake is over."""
        self._opening = None
        self._frames = _Frames(Side.SERVER, max_size=self._config.ws_max_size, logger=log)
        self._ping_later()

    def _read(self, frames: Frames, data: bytes) -> None:
        for start in range(0, len(data), READ_BYTES):
            frames.receive_data(data[start : start + READ_BYTES])
            answers, state = frames.data_to_send(), frames.state
            for frame in cast("list[WebSocketFrame]", frames.events_received()):
                self._heard += 1
                if frame.opcode is Opcode.PING:  # answered in its place: before a message that it came in the middle of
                    self._write([answers.pop(0)])
                elif frame.opcode in (Opcode.TEXT, Opcode.BINARY, Opcode.CONT):
                    self._pieces.append(frame)
                    if frame.fin:
                        self._hear()
                if frames.state is not state:
                    return  # this message closed it: nothing may follow a close frame
            if state is not OPEN:
                self._end()
            self._write(answers)
            if len(self._pieces) > MAX_FRAGMENTS:
                self._give_up(CloseCode.MESSAGE_TOO_BIG, "too many fragments")
                return
            if self._heard > MAX_FRAMES:
                self._give_up(CloseCode.POLICY_VIOLATION, "too much at once")
                return

    def _give_up(self, code: int, reason: str) -> None:
        self.close(code, reason)
        self.transport.pause_reading()

    def _hear(self) -> None:
        pieces, self._pieces = self._pieces, []
        try:
            text = None if pieces[0].opcode is Opcode.BINARY else b"".join(piece.data for piece in pieces).decode()
        except UnicodeDecodeError:
            self.close(CloseCode.INVALID_DATA, "not UTF-8")
            return
        if self._endpoint is not None:
            self._endpoint.said(text)

    def _write(self, pieces: list[bytes]) -> None:
        """What the library wants to have sent: a ping, a pong, a goodbye and with it the end."""
        if data := b"".join(pieces):
            self.transport.write(data)
        if SEND_EOF in pieces:
            # What still comes in is read and dropped for a while: a closed socket would answer it by a reset that overtakes.
            hang_up(self.transport)

    def _ping_later(self) -> None:
        if self._config.ws_ping_interval:
            loop = asyncio.get_running_loop()
            self._ping = loop.call_later(self._config.ws_ping_interval, self._ask)

    def _ask(self) -> None:
        """Behind a proxy only an answer shows that the client is there. A client that sent nothing since the last ping is
        gone."""
        if not self._heard:
            self.close(CloseCode.INTERNAL_ERROR, "no answer")
        elif self._frames is not None:
            self._heard = 0
            self._frames.send_ping(b"")
            self._write(self._frames.data_to_send())
            self._ping_later()

    # -- the end -----------------------------------------------------------------------------------------------

    def _end(self) -> None:
        if self._opening is not None:
            self._opening.lose()
            self._opening = None
        if self._ping is not None:
            self._ping.cancel()
            self._ping = None
        if self._endpoint is not None:
            endpoint, self._endpoint = self._endpoint, None
            endpoint.gone()

    def abort_soon(self) -> None:
        asyncio.get_running_loop().call_later(ABORT_AFTER_SECONDS, self.transport.abort)


class _Frames(Frames):
    """websockets 17.0 treats a close frame in the middle of a message (RFC 6455, 5.4) as a fault; it looks at
    `current_size`."""

    def recv_frame(self, frame: WebSocketFrame) -> None:
        if frame.opcode is Opcode.CLOSE:
            self.current_size = None
        super().recv_frame(frame)


class _Opening:
    """The handshake: what the application says to one request, in the words of ASGI."""

    def __init__(self, wire: WireProtocol, config: Config, server_state: ServerState, app_state: dict[str, Any]) -> None:
        self._wire = wire
        self._config = config
        self._tasks = server_state.tasks
        self._default_headers = server_state.default_headers
        self._app_state = app_state
        self._handshake = ServerProtocol(logger=log)
        self._response: Response | None = None
        self._denial: Response | None = None
        self._connected = False
        self._lost = asyncio.Event()

    def data_received(self, data: bytes) -> None:
        """The request, which uvicorn hands over whole. A client that sends more before the answer does not speak WebSocket."""
        if self._response is not None:
            self._wire.transport.abort()
            return
        self._handshake.receive_data(data)
        requests = self._handshake.events_received()
        if not requests or not isinstance(requests[0], Request):
            too_large = isinstance(self._handshake.handshake_exc, SecurityError)
            self.refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE if too_large else HTTPStatus.BAD_REQUEST)
            return
        request = requests[0]
        self._handshake.parser.close()  # it refers to itself, and would wait for the garbage collector
        self._response = self._handshake.accept(request)
        if self._response.status_code == HTTPStatus.SWITCHING_PROTOCOLS:
            task = asyncio.get_running_loop().create_task(self._run(request))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        else:
            self._answer(self._response)

    async def _run(self, request: Request) -> None:
        try:
            await self._config.loaded_app(self._scope(request), self._receive, self._send)
        except ClientDisconnected:
            return
        except Exception:
            log.exception("a WebSocket's endpoint failed")
        if self._response is not None and not self._wire.transport.is_closing():
            self.refuse(HTTPStatus.INTERNAL_SERVER_ERROR)
        elif not self._wire.taken_over:
            self._wire.close(CloseCode.INTERNAL_ERROR, "")

    def _scope(self, request: Request) -> dict[str, Any]:
        transport, root = self._wire.transport, self._config.root_path
        path, _, query = request.path.partition("?")
        return {
            "type": "websocket",
            "asgi": {"version": self._config.asgi_version, "spec_version": "2.4"},
            "http_version": "1.1",
            "scheme": "wss" if is_ssl(transport) else "ws",
            "server": get_local_addr(transport),
            "client": get_remote_addr(transport),
            "root_path": root,
            "path": root + unquote(path),
            "raw_path": (root + path).encode("ascii"),
            "query_string": query.encode("ascii"),
            "headers": [(name.encode("ascii"), value.encode("latin-1")) for name, value in request.headers.raw_items()],
            "subprotocols": [],
            "state": self._app_state.copy(),
            "extensions": {"websocket.http.response": {}, EXTENSION: self._wire},
        }

    async def _receive(self) -> dict[str, Any]:
        """Reports that the connection opened, then that it was lost. Messages of the client go to the endpoint, not here."""
        if not self._connected:
            self._connected = True
            return {"type": "websocket.connect"}
        await self._lost.wait()
        return {"type": "websocket.disconnect", "code": CloseCode.ABNORMAL_CLOSURE}

    async def _send(self, message: dict[str, Any]) -> None:
        if self._lost.is_set():
            raise ClientDisconnected
        match message["type"]:
            case "websocket.accept" if self._response is not None:
                self._response.headers.update(_headers([*self._default_headers, *message.get("headers", ())]))
                self._wire.transport.write(self._response.serialize())
                self._response = None
                self._wire.opened()
            case "websocket.close" if self._response is None:
                self._wire.close(message.get("code", CloseCode.NORMAL_CLOSURE), message.get("reason") or "")
            case "websocket.close":
                self.refuse(HTTPStatus.FORBIDDEN)
            case "websocket.http.response.start":
                self._denial = self._handshake.reject(message["status"], "")
                self._denial.headers.clear()
                self._denial.headers.update(_headers([*self._default_headers, *message.get("headers", ())]))
            case "websocket.http.response.body" if self._denial is not None:
                self._denial.body = bytes(self._denial.body) + message.get("body", b"")
                if not message.get("more_body", False):
                    self._answer(self._denial)
            case other:
                raise RuntimeError(f"{other} is not expected here; the code that accepts takes over the connection")

    def refuse(self, status: HTTPStatus) -> None:
        self._answer(self._handshake.reject(status, f"{status.phrase}\n"))

    def _answer(self, response: Response) -> None:
        """Anything but 101: the end."""
        response.headers.setdefault("Connection", "close")
        self._wire.transport.write(response.serialize())
        self._wire.transport.close()
        self._wire.abort_soon()

    def lose(self) -> None:
        self._lost.set()


def _headers(pairs: Iterable[tuple[bytes, bytes]]) -> list[tuple[str, str]]:
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in pairs]


def bound(transport: asyncio.Transport) -> None:
    """Bounds what the kernel keeps for a client that does not read, and for how long."""
    tcp = transport.get_extra_info("socket")
    if tcp is None:
        return
    with contextlib.suppress(OSError):  # a UNIX socket knows no TCP options
        tcp.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)
        if sys.platform == "linux":
            tcp.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, TCP_USER_TIMEOUT_MS)


def hang_up(transport: asyncio.Transport) -> None:
    """An end whose last words arrive. A socket that is closed while more comes in answers by a reset, which overtakes them;
    so what comes in is to be dropped for a moment."""
    if transport.can_write_eof():
        transport.write_eof()
    else:
        transport.close()
    asyncio.get_running_loop().call_later(ABORT_AFTER_SECONDS, transport.abort)

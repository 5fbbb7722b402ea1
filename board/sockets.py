"""`/live` and `/events`: authorise, register, catch up, hand over to the hub. Delivery only; every write is an HTTP request."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import suppress

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response, StreamingResponse
from starlette.websockets import WebSocket, WebSocketDisconnect

from board import messages, wire
from board.context import Context, context_of
from board.fanout import Shard, ViewerKind
from board.feed import Cursor
from board.hub import Channel, Hub
from board.models import Audience, Board, BoardError, Close, Forbidden, Invalid, NotFound, Role, StorageDown
from board.wire import Frame, WireProtocol

FEEDS = {"": ViewerKind.PHONE, "screen": ViewerKind.SCREEN, "moderate": ViewerKind.MODERATOR}
# Whole numbers that JavaScript keeps exact have no more digits.
MAX_SEQ_DIGITS = 15
SEND_SECONDS = 10.0


class Viewer:
    """What the hub needs to know of a connection; `push` and `buffered` differ by the way it is connected."""

    def __init__(self, kind: ViewerKind, cursor: Cursor | None, participants: tuple[str, ...] = ()) -> None:
        self.kind = kind
        self.audience = Audience.MODERATORS if kind is ViewerKind.MODERATOR else Audience.PUBLIC
        self.cursor = cursor
        self.participants = participants
        self.link_id: str | None = None
        self.name = ""
        self.applied = -1
        self.shard: Shard | None = None


class WireViewer(Viewer):
    """A socket that takes raw frames."""

    protocol: WireProtocol

    @property
    def descriptor(self) -> int:
        return self.protocol.descriptor

    @property
    def buffered(self) -> int:
        return self.protocol.buffered

    def push(self, frame: Frame) -> None:
        self.protocol.write(frame.raw)

    def push_rest(self, raw: bytes) -> None:
        self.protocol.write(raw)

    def close(self, code: int, reason: str) -> None:
        self.protocol.close(code, reason)


class QueueViewer(Viewer):
    """A connection that sends by itself: Server-Sent Events, or a socket under a server other than ours. Bounded by the hub,
    which skips a viewer whose `buffered` is too high and brings it up to date later."""

    descriptor = None

    def __init__(self, kind: ViewerKind, cursor: Cursor | None, participants: tuple[str, ...] = ()) -> None:
        super().__init__(kind, cursor, participants)
        self._waiting: deque[Frame] = deque()
        self._more = asyncio.Event()
        self.buffered = 0
        self.closed: tuple[int, str] | None = None

    def push(self, frame: Frame) -> None:
        self._waiting.append(frame)
        self.buffered += len(frame.json)
        self._more.set()

    def push_rest(self, raw: bytes) -> None:
        raise NotImplementedError("it has no descriptor")

    def close(self, code: int, reason: str) -> None:
        self.closed = (code, reason)
        self._more.set()

    async def frames(self) -> AsyncIterator[Frame]:
        """Until closed. A frame counts as buffered until the next one is asked for."""
        while True:
            while self._waiting and self.closed is None:
                frame = self._waiting.popleft()
                yield frame
                self.buffered -= len(frame.json)
            if self.closed is not None:
                return
            self._more.clear()
            await self._more.wait()


async def live(websocket: WebSocket) -> None:
    """The WebSocket. What goes wrong after the handshake is told by close codes, the only thing a browser can read."""
    context = context_of(websocket)
    if not context.access.same_origin(websocket):
        await websocket.send_denial_response(Response("The page that opened this socket is not ours.", 403))
        return
    protocol: WireProtocol | None = websocket.scope.get("extensions", {}).get(wire.EXTENSION)
    await websocket.accept()
    try:
        channel, viewer = await _admit(context, websocket, WireViewer if protocol else QueueViewer)
    except BoardError as error:
        await _close(websocket, _close_code(error), error.detail)
        return
    if protocol is not None and isinstance(viewer, WireViewer):
        viewer.protocol = protocol
        protocol.on_stalled = lambda: context.hub.stalled(viewer)
        protocol.on_gone = lambda: context.hub.leave(channel, viewer)
        context.hub.join(channel, viewer)
        await _receive(context.hub, channel, viewer, websocket)
    elif isinstance(viewer, QueueViewer):
        context.hub.join(channel, viewer)
        sender = asyncio.create_task(_send_queued(viewer, websocket))
        try:
            await _receive(context.hub, channel, viewer, websocket)
        finally:
            sender.cancel()
        if viewer.closed:
            await _close(websocket, *viewer.closed)


async def events(request: Request) -> Response:
    """The same frames as Server-Sent Events."""
    context = context_of(request)
    if not context.access.same_origin(request):
        raise Forbidden("The page that asked for this is not ours.")
    channel, viewer = await _admit(context, request, QueueViewer)
    assert isinstance(viewer, QueueViewer)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_event_stream(context.hub, channel, viewer), media_type="text/event-stream", headers=headers)


async def _event_stream(hub: Hub, channel: Channel, viewer: QueueViewer) -> AsyncIterator[bytes]:
    hub.join(channel, viewer)
    try:
        yield b"retry: 2000\n\n"
        async for frame in viewer.frames():
            if frame.seq is not None:
                yield b"id: %d\n" % frame.seq
            yield b"data: %s\n\n" % frame.json  # JSON as we write it has no line breaks
    finally:
        hub.leave(channel, viewer)


async def _admit(context: Context, connection: HTTPConnection, shape: type[Viewer]) -> tuple[Channel, Viewer]:
    """Who may look, and from where on. Asked again at every resumption. Raises the refusal."""
    kind = FEEDS.get(connection.query_params.get("feed", ""))
    if kind is None:
        raise Invalid("There is no such feed.")
    after, epoch = _position(connection)
    channel = await context.channel(connection)
    board = channel.feed.board
    cursor = None if after is None else Cursor(epoch or board.epoch, after)
    viewer = shape(kind, cursor, _participants(context, connection, board))
    if kind is not ViewerKind.PHONE:
        role = Role.MODERATOR if kind is ViewerKind.MODERATOR else Role.SCREEN
        actor = context.access.require(connection, board, role)
        viewer.link_id, viewer.name = actor.link_id, actor.name
    return channel, viewer


def _position(connection: HTTPConnection) -> tuple[int | None, str | None]:
    """Seq and epoch that the client has. An EventSource that reconnects by itself knows the seq alone."""
    query, last = connection.query_params, connection.headers.get("last-event-id")
    after, epoch = last or query.get("after"), query.get("epoch")
    if not last and (after is None) != (epoch is None):
        raise Invalid("“after” and “epoch” go together.")
    if after is None:
        return None, None
    if not (after.isascii() and after.isdigit() and len(after) <= MAX_SEQ_DIGITS):
        raise Invalid("“after” is not a number of this board.")
    return int(after), epoch


def _participants(context: Context, connection: HTTPConnection, board: Board) -> tuple[str, ...]:
    device = context.access.device(connection)
    if device is None:
        return ()
    return tuple(context.access.participant(device, board, anonymous=anonymous) for anonymous in (False, True))


async def _receive(hub: Hub, channel: Channel, viewer: WireViewer | QueueViewer, websocket: WebSocket) -> None:
    """A client has nothing to say, but a screen, what it has drawn."""
    context = context_of(websocket)
    try:
        while True:
            message = await websocket.receive()
            if message["type"] == "websocket.disconnect":
                return
            try:
                applied = messages.parse((message.get("text") or "").encode(), messages.Applied)
                if viewer.kind is ViewerKind.PHONE:
                    context.access.require(websocket, channel.feed.board, Role.SCREEN)
            except (BoardError, UnicodeEncodeError):
                viewer.close(Close.BAD_REQUEST, "nothing is expected here")
                return
            viewer.applied = max(viewer.applied, applied.seq)
    finally:
        hub.leave(channel, viewer)


async def _send_queued(viewer: QueueViewer, websocket: WebSocket) -> None:
    with suppress(WebSocketDisconnect, RuntimeError, TimeoutError):
        async for frame in viewer.frames():
            async with asyncio.timeout(SEND_SECONDS):  # wait_for may swallow a cancellation before Python 3.12
                await websocket.send_text(frame.json.decode())
        if viewer.closed:
            await _close(websocket, *viewer.closed)


async def _close(websocket: WebSocket, code: int, reason: str) -> None:
    # RFC 6455 gives a reason 123 bytes.
    with suppress(RuntimeError, WebSocketDisconnect):
        await websocket.close(code, reason.encode()[:120].decode(errors="ignore"))


def _close_code(error: BoardError) -> int:
    if isinstance(error, Forbidden):
        return Close.NOT_ALLOWED
    if isinstance(error, NotFound):
        return Close.NO_BOARD
    return Close.RESTART if isinstance(error, StorageDown) else Close.BAD_REQUEST

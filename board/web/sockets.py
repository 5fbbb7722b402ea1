"""`/live` and `/events`: authorise, register, catch up, hand over to the hub. Delivery only; every write is an HTTP request."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import suppress

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response, StreamingResponse
from starlette.websockets import WebSocket, WebSocketDisconnect

from board.live.channel import Channel
from board.live.fanout import Shard, ViewerKind
from board.live.feed import Cursor
from board.live.frames import Frame
from board.model import requests
from board.model.epochs import is_first_history
from board.model.models import (
    Audience,
    Board,
    BoardError,
    Close,
    Forbidden,
    Invalid,
    NotFound,
    Role,
    StorageDown,
)
from board.model.showing import stage_of
from board.server.wire import ENDS, EXTENSION, WireProtocol
from board.web.context import Context, context_of, require_code
from board.web.reading import room_asked

FEEDS = {
    "": ViewerKind.PHONE,
    "screen": ViewerKind.SCREEN,
    "stage": ViewerKind.STAGE,
    "moderate": ViewerKind.MODERATOR,
}
# Whole numbers that JavaScript keeps exact have no more digits.
MAX_SEQ_DIGITS = 15
# Those that we make have 17.
MAX_EPOCH_CHARACTERS = 64
SEND_SECONDS = 10.0


class Viewer:
    """A connection as the hub sees it; `push` and `buffered` differ between the kinds of connections."""

    __slots__ = (
        "applied",
        "audience",
        "cursor",
        "kind",
        "link_id",
        "may_report",
        "name",
        "participants",
        "place",
        "screen",
        "shard",
    )

    def __init__(self, kind: ViewerKind, cursor: Cursor | None, participants: tuple[str, ...] = ()) -> None:
        self.kind = kind
        self.audience = Audience.MODERATORS if kind is ViewerKind.MODERATOR else Audience.PUBLIC
        self.cursor = cursor
        self.participants = participants
        self.link_id: str | None = None
        self.name = ""
        self.screen = self.place = ""
        self.may_report = False
        self.applied = -1
        self.shard: Shard | None = None

    def close(self, code: int, reason: str) -> None:
        raise NotImplementedError

    def said(self, text: str | None) -> None:
        """A client has nothing to say, but a screen, what it has drawn."""
        try:
            applied = requests.parse((text or "").encode(), requests.Applied)
        except (BoardError, UnicodeEncodeError):
            self.close(Close.BAD_REQUEST, "nothing is expected here")
            return
        if self.may_report:
            self.applied = max(self.applied, applied.seq)
        else:
            self.close(Close.BAD_REQUEST, "nothing is expected here")


class WireViewer(Viewer):
    """A socket that takes raw frames."""

    __slots__ = ("_channel", "_wire")

    def take_over(self, wire: WireProtocol, channel: Channel) -> None:
        self._wire, self._channel = wire, channel
        wire.take_over(self)
        channel.join(self)

    @property
    def descriptor(self) -> int | None:
        return self._wire.descriptor

    @property
    def buffered(self) -> int:
        return self._wire.buffered

    def push(self, frame: Frame) -> None:
        self._wire.write(frame.raw)

    def push_rest(self, raw: bytes) -> None:
        self._wire.write(raw)

    def close(self, code: int, reason: str) -> None:
        self._wire.close(code, reason)

    def stalled(self) -> None:
        self._channel.stalled(self)

    def gone(self) -> None:
        self._channel.leave(self)


class QueueViewer(Viewer):
    """A connection that sends by itself: Server-Sent Events, or a socket under a server without `board/server/wire.py`. Bounded
    by the hub, which skips a viewer whose `buffered` is too high and brings it up to date later."""

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
        """The frames of this viewer until it closes. A frame counts as buffered until the server asks for the next one."""
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
    """The WebSocket. A refusal is a close code after the handshake, the only thing that a browser can read."""
    context = context_of(websocket)
    if not context.access.same_origin(websocket):
        await websocket.send_denial_response(Response("The page that opened this socket is not ours.", 403))
        return
    wire: WireProtocol | None = websocket.scope.get("extensions", {}).get(EXTENSION)
    try:
        channel, viewer = await _admit(context, websocket, WireViewer if wire else QueueViewer)
    except BoardError as error:
        await websocket.accept()
        await _close(websocket, _close_code(error), context.catalogue(websocket).refusal(error))
        return
    await websocket.accept()
    if wire is not None and isinstance(viewer, WireViewer):
        viewer.take_over(wire, channel)
    elif isinstance(viewer, QueueViewer):
        await _send_and_receive(channel, viewer, websocket)


async def events(request: Request) -> Response:
    """The live feed as Server-Sent Events: the same frames as by WebSocket."""
    context = context_of(request)
    if not context.access.same_origin(request):
        raise Forbidden("page-from-elsewhere")
    channel, viewer = await _admit(context, request, QueueViewer)
    assert isinstance(viewer, QueueViewer)
    context.give_cookie(request)
    if request.method == "HEAD":  # the headers of an answer that has no end
        return Response(media_type="text/event-stream")
    request.scope[ENDS] = lambda: viewer.close(Close.RESTART, "")
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_event_stream(channel, viewer), media_type="text/event-stream", headers=headers)


async def _event_stream(channel: Channel, viewer: QueueViewer) -> AsyncIterator[bytes]:
    channel.join(viewer)
    try:
        yield b"retry: 2000\n\n"
        async for frame in viewer.frames():
            if frame.seq is not None:
                yield b"id: %s\n" % _event_id(frame.seq, frame.epoch)
            yield b"data: %s\n\n" % frame.json  # JSON as we write it has no line breaks
    finally:
        channel.leave(viewer)


def _event_id(seq: int, epoch: str) -> bytes:
    """The seq; of a board that came back from a backup with its epoch, as the same number is two moments there."""
    return b"%d" % seq if is_first_history(epoch) else b"%d.%s" % (seq, epoch.encode())


async def _admit(context: Context, connection: HTTPConnection, shape: type[Viewer]) -> tuple[Channel, Viewer]:
    """Finds the viewer's permission and cursor, again at every resumption. Raises the refusal."""
    kind = FEEDS.get(connection.query_params.get("feed", ""))
    if kind is None:
        raise Invalid("feed-unknown")
    after, epoch = _position(connection)
    channel = await context.channel(connection)
    board = channel.feed.board
    if epoch is None and is_first_history(board.epoch):
        epoch = board.epoch
    cursor = None if after is None or epoch is None else Cursor(epoch, after)
    channel = await context.hub.reaching(channel, cursor)
    require_code(channel.feed.board, board.code)
    board = channel.feed.board
    viewer = shape(kind, cursor, _participants(context, connection, board))
    viewer.place = context.access.place(connection)
    if kind is ViewerKind.MODERATOR:
        actor = context.access.require(connection, board, Role.MODERATOR)
        viewer.link_id, viewer.name = actor.link_id, actor.name
    elif kind is ViewerKind.SCREEN:
        actor, screen = context.access.require_screen(connection, board)
        viewer.link_id, viewer.name, viewer.screen = actor.link_id, actor.name, screen.id
    elif kind is ViewerKind.STAGE:
        actor = context.access.require(connection, board, Role.STAGE)
        viewer.link_id, viewer.name, viewer.screen = actor.link_id, actor.name, stage_of(room_asked(connection, "screen"))
    viewer.may_report = context.access.actor(connection, board, Role.SCREEN) is not None
    return channel, viewer


def _position(connection: HTTPConnection) -> tuple[int | None, str | None]:
    """Seq and epoch that the client has. An EventSource that reconnects by itself sends the last `id:`, SEQ or SEQ.EPOCH."""
    query, last = connection.query_params, connection.headers.get("last-event-id")
    after, epoch = query.get("after"), query.get("epoch")
    if not last and (after is None) != (epoch is None):
        raise Invalid("resume-incomplete")
    if last:
        after, dot, rest = last.partition(".")
        epoch = rest if dot else epoch
    if after is None:
        return None, None
    if not (after.isascii() and after.isdigit() and len(after) <= MAX_SEQ_DIGITS):
        raise Invalid("resume-number-wrong")
    if epoch is not None and len(epoch) > MAX_EPOCH_CHARACTERS:
        raise Invalid("epoch-too-long", most=MAX_EPOCH_CHARACTERS)
    return int(after), epoch or None


def _participants(context: Context, connection: HTTPConnection, board: Board) -> tuple[str, ...]:
    device = context.access.device(connection)
    if device is None:
        return ()
    return tuple(context.access.participant(device, board, anonymous=anonymous) for anonymous in (False, True))


async def _send_and_receive(channel: Channel, viewer: QueueViewer, websocket: WebSocket) -> None:
    """A socket under a server without `board/server/wire.py`."""
    channel.join(viewer)
    sender = asyncio.create_task(_send_queued(viewer, websocket))
    try:
        while (message := await websocket.receive())["type"] != "websocket.disconnect" and viewer.closed is None:
            viewer.said(message.get("text"))
    finally:
        channel.leave(viewer)
        sender.cancel()
    if viewer.closed:
        await _close(websocket, *viewer.closed)


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

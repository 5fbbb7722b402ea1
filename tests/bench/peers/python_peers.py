"""How others would do it in Python.   python_peers.py NAME PORT HOST

`loop`: Starlette, send_text to one after the other · `deflate`: the same as uvicorn comes, compressing · `queue`: a queue and a
task a client · `websockets`: that library's broadcast, published to at the port DOOR · `socketio`: python-socketio's room ·
`broadcaster`: its Redis backend (REDIS_URL).
"""

from __future__ import annotations

import asyncio
import os
import sys
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect


def starlette_loop() -> Starlette:
    clients: set[WebSocket] = set()

    async def live(websocket: WebSocket) -> None:
        await websocket.accept()
        clients.add(websocket)
        try:
            while True:
                await websocket.receive_text()
        except WebSocketDisconnect:
            clients.discard(websocket)

    async def publish(request: Request) -> PlainTextResponse:
        body = (await request.body()).decode()
        for client in list(clients):
            await client.send_text(body)
        return PlainTextResponse("ok")

    return Starlette(routes=[WebSocketRoute("/live", live), Route("/publish", publish, methods=["POST"])])


def queue_and_task() -> Starlette:
    queues: set[asyncio.Queue[str]] = set()

    async def live(websocket: WebSocket) -> None:
        await websocket.accept()
        queue: asyncio.Queue[str] = asyncio.Queue()
        queues.add(queue)

        async def send() -> None:
            while True:
                await websocket.send_text(await queue.get())

        sender = asyncio.create_task(send())
        try:
            while True:
                await websocket.receive_text()
        except WebSocketDisconnect:
            sender.cancel()
            queues.discard(queue)

    async def publish(request: Request) -> PlainTextResponse:
        body = (await request.body()).decode()
        for queue in queues:
            queue.put_nowait(body)
        return PlainTextResponse("ok")

    return Starlette(routes=[WebSocketRoute("/live", live), Route("/publish", publish, methods=["POST"])])


def socketio_room() -> Any:
    import socketio

    server = socketio.AsyncServer(async_mode="asgi", transports=["websocket"])

    async def publish(request: Request) -> PlainTextResponse:
        await server.emit("m", (await request.body()).decode())
        return PlainTextResponse("ok")

    return socketio.ASGIApp(server, Starlette(routes=[Route("/publish", publish, methods=["POST"])]))


def broadcaster() -> Starlette:
    from contextlib import asynccontextmanager

    from broadcaster import Broadcast

    broadcast = Broadcast(os.environ["REDIS_URL"])

    async def live(websocket: WebSocket) -> None:
        await websocket.accept()
        async with broadcast.subscribe(channel="board") as subscriber:
            async for event in subscriber:
                await websocket.send_text(event.message)

    async def publish(request: Request) -> PlainTextResponse:
        await broadcast.publish("board", (await request.body()).decode())
        return PlainTextResponse("ok")

    @asynccontextmanager
    async def lifespan(app: Starlette) -> Any:
        await broadcast.connect()
        yield
        await broadcast.disconnect()

    routes = [WebSocketRoute("/live", live), Route("/publish", publish, methods=["POST"])]
    return Starlette(routes=routes, lifespan=lifespan)


async def websockets_broadcast(port: int, host: str, door_port: int) -> None:
    from websockets.asyncio.server import ServerConnection, broadcast, serve

    clients: set[ServerConnection] = set()

    async def live(connection: ServerConnection) -> None:
        clients.add(connection)
        try:
            await connection.wait_closed()
        finally:
            clients.discard(connection)

    async def publish(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """The library serves no POST: a small door beside it."""
        while head := await reader.readuntil(b"\r\n\r\n"):
            size = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            body = (await reader.readexactly(size)).decode()
            broadcast(clients, body)
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    door = await asyncio.start_server(publish, host, door_port)
    async with serve(live, host, port, compression=None), door:
        await asyncio.get_running_loop().create_future()


def main(name: str, port: int, host: str) -> None:
    if name == "websockets":
        asyncio.run(websockets_broadcast(port, host, int(os.environ["DOOR"])))
        return
    apps = {
        "loop": starlette_loop,
        "deflate": starlette_loop,
        "queue": queue_and_task,
        "socketio": socketio_room,
        "broadcaster": broadcaster,
    }
    uvicorn.run(
        apps[name](),
        host=host,
        port=port,
        log_level="warning",
        ws="websockets-sansio",
        ws_per_message_deflate=name == "deflate",
        backlog=4096,
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])

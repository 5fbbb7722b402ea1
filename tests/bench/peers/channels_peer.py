"""Django Channels with its Redis layer, under uvicorn.   channels_peer.py PORT HOST, with REDIS_URL"""

from __future__ import annotations

import os
import sys

import django
import uvicorn
from django.conf import settings

settings.configure(
    INSTALLED_APPS=["channels"],
    SECRET_KEY="bench",
    CHANNEL_LAYERS={
        "default": {
            "BACKEND": "channels_redis.core.RedisChannelLayer",
            # As it comes it has 100 connections, and drops what is over 100 messages a client.
            "CONFIG": {"hosts": [{"address": os.environ["REDIS_URL"], "max_connections": 10_000}], "capacity": 10_000},
        }
    },
)
django.setup()

from channels.generic.http import AsyncHttpConsumer  # noqa: E402
from channels.generic.websocket import AsyncWebsocketConsumer  # noqa: E402
from channels.layers import get_channel_layer  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from django.urls import path  # noqa: E402


class Live(AsyncWebsocketConsumer):
    groups = ("board",)

    async def board_message(self, event: dict[str, str]) -> None:
        await self.send(text_data=event["text"])


class Publish(AsyncHttpConsumer):
    async def handle(self, body: bytes) -> None:
        await get_channel_layer().group_send("board", {"type": "board.message", "text": body.decode()})
        await self.send_response(200, b"ok")


app = ProtocolTypeRouter(
    {"http": URLRouter([path("publish", Publish.as_asgi())]), "websocket": URLRouter([path("live", Live.as_asgi())])}
)

if __name__ == "__main__":
    uvicorn.run(
        app,
        host=sys.argv[2],
        port=int(sys.argv[1]),
        log_level="warning",
        lifespan="off",
        ws_per_message_deflate=False,
        backlog=4096,
    )

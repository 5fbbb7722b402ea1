"""Shared parts of the endpoints: they find the board and the person of a request, read its body, and make the answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import TypeVar
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from board.data.address import Address, Outdated
from board.live.channel import Channel
from board.model import requests, views
from board.model.models import (
    BODY_BYTES,
    Actor,
    Audience,
    Board,
    Forbidden,
    Invalid,
    Kind,
    NotFound,
    Role,
    State,
    TooLarge,
    WrongType,
)
from board.web.access import Asked
from board.web.context import Context, context_of
from board.web.limits import Phone
from board.web.page_limits import POSTS_A_PAGE
from board.web.reading import whole

T = TypeVar("T")
Endpoint = Callable[[Request], Awaitable[Response]]
JSON, FILE = "application/json", "application/octet-stream"
# Ids of sessions and people from files have 60, those that we make fewer.
ID_CODE_POINTS = 100
_FEEDS = {"": Audience.PUBLIC, "screen": Audience.PUBLIC, "stage": Audience.PUBLIC, "moderate": Audience.MODERATORS}


async def board_of(request: Request) -> tuple[Context, Board]:
    context = context_of(request)
    board = (await context.channel(request)).feed.board
    if request.method == "GET":
        context.give_cookie(request)
    return context, board


async def looking_up(request: Request) -> tuple[Context, Channel, Phone | None]:
    context, board = await board_of(request)
    device = context.access.device(request)
    phone = context.access.phone(device, board) if device else None
    context.limits.look_up(phone, context.access.place(request), board.id)
    return context, await context.channel(request), phone


def unsafe(context: Context, request: Request, content_type: str = JSON) -> None:
    """A form on another site can send neither this content type nor our Origin."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != content_type:
        raise WrongType("json-header-expected" if content_type == JSON else "file-header-expected")
    if not context.access.same_origin(request):
        raise Forbidden("page-from-elsewhere")


def writing(endpoint: Endpoint) -> Endpoint:
    """What is remembered of the board may hold no more: then it is forgotten, and all is looked at once again."""

    @wraps(endpoint)
    async def written(request: Request) -> Response:
        try:
            return await endpoint(request)
        except (NotFound, Forbidden) as refusal:
            if not isinstance(refusal.__cause__, Outdated):
                raise
            context_of(request).known.forget(request.state.address)
            return await endpoint(request)

    return written


async def writer_of(request: Request, content_type: str = JSON) -> tuple[Context, Address]:
    """Checks first what costs nothing, and spends the limit last: a request that is refused before spends nothing."""
    context = context_of(request)
    address = request.state.address = await context.address(request)
    unsafe(context, request, content_type)
    return context, address


async def moderator_of(request: Request) -> tuple[Context, Address, Actor]:
    context, board = await writer_of(request)
    return context, board, context.access.require(request, board, Role.MODERATOR)


async def organiser_of(request: Request) -> tuple[Context, Address, Actor]:
    context, board = await writer_of(request)
    return context, board, context.access.require(request, board, Role.ORGANISER)


async def uploader_of(request: Request) -> tuple[Context, Address, Actor]:
    """An organiser who uploads a file."""
    context, board = await writer_of(request, FILE)
    return context, board, context.access.require(request, board, Role.ORGANISER)


async def organiser_reads(request: Request) -> tuple[Context, Board]:
    context, board = await board_of(request)
    context.access.require(request, board, Role.ORGANISER)
    return context, board


def audience_of(context: Context, request: Request, board: Board) -> Audience:
    feed = request.query_params.get("feed", "")
    audience = _FEEDS.get(feed)
    if audience is None:
        raise Invalid("feed-unknown", field="feed")
    if feed == "stage":
        context.access.require(request, board, Role.STAGE)
    if audience is Audience.MODERATORS:
        context.access.require(request, board, Role.MODERATOR)
    return audience


def ids_of(context: Context, board: Asked, device: str) -> tuple[str, str]:
    """The participant under a name, and the one without."""
    return context.access.participant(device, board), context.access.participant(device, board, anonymous=True)


def post_id_of(request: Request) -> str:
    try:
        return str(UUID(request.path_params["id"]))
    except ValueError:
        raise NotFound("post-unknown") from None


async def upload_of(request: Request, most_bytes: int) -> bytes:
    """A file as the body. Raises `TooLarge`."""
    if not hasattr(request.state, "body"):
        request.state.body = await _read(request, most_bytes)
    body: bytes = request.state.body
    return body


async def body_of(request: Request, shape: type[T], most_bytes: int = BODY_BYTES) -> T:
    return requests.parse(await bytes_of(request, most_bytes), shape)


async def bytes_of(request: Request, most_bytes: int = BODY_BYTES) -> bytes:
    if not hasattr(request.state, "body"):  # a write that is done once again
        request.state.body = await _read(request, most_bytes)
    body: bytes = request.state.body
    return body


async def _read(request: Request, most_bytes: int = BODY_BYTES) -> bytes:
    body = bytearray()
    promised = request.headers.get("content-length", "")
    if not (promised.isdecimal() and int(promised[:20]) > most_bytes):
        async for chunk in request.stream():
            body += chunk
            if len(body) > most_bytes:
                break
        else:
            return bytes(body)
    raise TooLarge("request-too-large", kib=most_bytes // 1024)


def page_limit(value: str | None) -> int:
    if value is None:
        return POSTS_A_PAGE
    limit = whole(value, 1, POSTS_A_PAGE)
    if limit is None:
        raise Invalid("limit-wrong", field="limit", most=POSTS_A_PAGE)
    return limit


def id_asked(request: Request, name: str) -> str | None:
    """The id that the address names under `name`; no id is longer. Raises `Invalid`."""
    value = request.query_params.get(name)
    return None if value is None else _bounded(value, name, ID_CODE_POINTS)


def text_asked(request: Request, name: str, most_code_points: int) -> str:
    """What was typed, as the address has it under `name`; empty where there is none. Raises `Invalid`."""
    return _bounded(request.query_params.get(name, ""), name, most_code_points)


def _bounded(value: str, name: str, most_code_points: int) -> str:
    if len(value) > most_code_points:
        raise Invalid("parameter-too-long", field=name, most=most_code_points)
    return value


def one_of(choices: type[State] | type[Kind], value: str, field: str) -> str:
    if value not in list(choices):
        raise Invalid("choice-wrong", field=field, choices=", ".join(choices))
    return value


def undo_of(undo_id: str | None) -> dict[str, str]:
    """The part of an answer that says how to take it back, where it can be (see `board/data/undos`)."""
    return {"undo": undo_id} if undo_id else {}


def answer_json(value: object, status: int = 200) -> Response:
    return Response(views.encode(value), status, media_type="application/json")

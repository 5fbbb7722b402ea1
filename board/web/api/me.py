"""What is stored of this phone, and how it goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from board.actions import forgetting
from board.data import forgetting as stored
from board.data.address import Address
from board.data.store import Connection
from board.model import requests, views
from board.model.forgetting import EraseMe
from board.model.models import Board
from board.model.rostering import ErasePerson
from board.web.api.parts import answer_json, bytes_of, ids_of, organiser_of, writer_of
from board.web.api.roster import shown
from board.web.context import Context, context_of

_JSON_COLUMNS_OF_POSTS = frozenset({"to", "reactions", "blocked"})
_OF_THE_MACHINE = frozenset({"board_id", "folded", "digest", "seq", "content_seq"})


async def of_phone(context: Context, board: Board, device: str) -> dict[str, Any]:
    """All that is stored of this phone, by table, as people can read it."""
    named, pseudonym = ids_of(context, board, device)

    def read(connection: Connection) -> dict[str, Any]:
        found = stored.rows_of_phone(connection, board.id, (named, pseudonym))
        return {table: [_readable(row, table) for row in rows] for table, rows in found.items()}

    return {
        "board": board.code,
        "phone": {"with_name": named, "without_name": pseudonym},
        "stored": await context.store.read(read),
    }


def _readable(row: Mapping[str, Any], table: str) -> dict[str, Any]:
    kept = {name: value for name, value in row.items() if name not in _OF_THE_MACHINE and value is not None}
    return {name: _value(table, name, value) for name, value in kept.items()}


def _value(table: str, name: str, value: Any) -> Any:
    if table == "posts" and name in _JSON_COLUMNS_OF_POSTS:  # `to` of another table is a name
        return msgspec.json.decode(value)
    if (name == "at" or name.endswith("_at")) and isinstance(value, int):
        return views.iso(value)
    return value


async def get_data(request: Request) -> Response:
    context = context_of(request)
    board = (await context.channel(request)).feed.board
    context.give_cookie(request)
    device = context.access.device(request)
    phone = context.access.phone(device, board) if device else None
    context.limits.look_up(phone, context.access.place(request), board.id)
    answer = answer_json(
        await of_phone(context, board, device) if device else {"board": board.code, "phone": None, "stored": {}}
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="{board.code}-me.json"'
    return answer


async def delete_me(request: Request) -> Response:
    context, board = await writer_of(request)
    body = await bytes_of(request)
    wanted = requests.parse(body, EraseMe) if body.strip() else EraseMe()
    return answer_json({"posts": await erase_phone(context, request, board, texts=wanted.texts == "erase")})


async def erase_phone(context: Context, request: Request, board: Address, *, texts: bool) -> int:
    """Gives how many posts changed."""
    device = context.access.require_device(request)
    with context.limits.mark(context.access.phone(device, board), board.id):
        word = await _word_on(context, request)
        posts = await forgetting.erase_phone(context.store, board, ids_of(context, board, device), word, texts=texts)
    await shown(context, board)
    return posts


async def _word_on(context: Context, request: Request) -> str:
    """In the board's own language, not in that of the person who erases: all readers see the text."""
    return context.languages.somebody((await context.channel(request)).feed.board.languages)


async def post_erased(request: Request) -> Response:
    """An organiser erases somebody of the roster."""
    context, board, actor = await organiser_of(request)
    body = await bytes_of(request)
    wanted = requests.parse(body, ErasePerson) if body.strip() else ErasePerson()
    word = await _word_on(context, request)
    person = request.path_params["id"]
    done = await forgetting.erase_person(context.store, board, actor, person, word, texts=wanted.texts)
    await shown(context, board)
    return answer_json({"posts": done.posts, "mentions": done.mentions})

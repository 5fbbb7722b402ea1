"""The stage by HTTP: notes from the desk, and which question is answered now."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from board.actions import asking, notes
from board.data.address import Address
from board.model import noting, requests, views
from board.model.models import Actor, Role
from board.web.api.parts import answer_json, body_of, moderator_of, writer_of
from board.web.context import Context


async def speaker_of(request: Request) -> tuple[Context, Address, Actor]:
    context, board = await writer_of(request)
    return context, board, context.access.require(request, board, Role.STAGE)


async def put_floor(request: Request) -> Response:
    """Sets the question that is answered now, and the outcome of the one before it."""
    context, board, actor = await speaker_of(request)
    wanted = await body_of(request, requests.NextQuestion)
    post = await asking.take_up(context.store, board, actor, request.path_params["id"], wanted)
    return answer_json({"post": views.post_view(post) if post else None})


async def put_note(request: Request) -> Response:
    context, board, actor = await moderator_of(request)
    note = await notes.write_note(context.store, board, actor, await body_of(request, noting.NewNote))
    return answer_json({"note": views.note_view(note)})


async def delete_note(request: Request) -> Response:
    context, board, actor = await moderator_of(request)
    note = await notes.take_back(context.store, board, actor, request.path_params["id"])
    return answer_json({"note": views.note_view(note)})


async def put_seen(request: Request) -> Response:
    context, board, actor = await speaker_of(request)
    note = await notes.see(context.store, board, actor, request.path_params["id"])
    return answer_json({"note": views.note_view(note)})

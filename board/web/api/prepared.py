"""Prepared questions by HTTP, for moderators."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from board.actions import prepared
from board.data import prepared as stored
from board.model import requests, views
from board.model.models import BODY_BYTES, Audience, NotFound, Role
from board.model.prepared import PreparedAddition, PreparedEdit, PreparedList, view
from board.web.api.parts import answer_json, board_of, body_of, bytes_of, id_asked, moderator_of, post_id_of

# A hundred of the longest questions.
PREPARED_BYTES = 256 * 1024
# The new text and the one that was seen.
EDIT_BYTES = 2 * BODY_BYTES


async def get_prepared(request: Request) -> Response:
    context, board = await board_of(request)
    context.access.require(request, board, Role.MODERATOR)
    session = id_asked(request, "session") or None
    found = await context.store.read(lambda connection: stored.listed(connection, board.id, session))
    return answer_json({"questions": [view(one) for one in found]})


async def post_prepared(request: Request) -> Response:
    context, board, actor = await moderator_of(request)
    wanted = await body_of(request, PreparedList, PREPARED_BYTES)
    made = await prepared.prepare(context.store, board, actor, wanted)
    questions = [{"id": one.id, "session": wanted.session, "text": one.text, "author": one.author_name} for one in made]
    return answer_json({"questions": questions}, 201)


async def patch_prepared(request: Request) -> Response:
    context, board, actor = await moderator_of(request)
    wanted = await body_of(request, PreparedEdit, EDIT_BYTES)
    return answer_json({"question": view(await prepared.edit(context.store, board, actor, _id_of(request), wanted))})


async def post_added(request: Request) -> Response:
    """The question comes onto the board."""
    context, board, actor = await moderator_of(request)
    wanted = requests.parse(await bytes_of(request) or b"{}", PreparedAddition)
    post, new = await prepared.add(context.store, board, actor, _id_of(request), wanted)
    return answer_json({"post": views.post_view(post, Audience.MODERATORS)}, 201 if new else 200)


async def delete_prepared(request: Request) -> Response:
    context, board, actor = await moderator_of(request)
    await prepared.remove(context.store, board, actor, _id_of(request))
    return answer_json({"id": _id_of(request)})


def _id_of(request: Request) -> str:
    try:
        return post_id_of(request)
    except NotFound:
        raise NotFound("prepared-unknown") from None

"""The agenda over HTTP. Organisers change all of it; moderators open and close questions, and move later sessions in time."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from board.actions import agenda, setup
from board.model import arranging, requests
from board.model.models import Session
from board.web.api.parts import answer_json, body_of, bytes_of, moderator_of, organiser_of
from board.web.context import context_of

_MODERATORS_FIELDS = {"questions"}


async def post_session(request: Request) -> Response:
    context, board, actor = await organiser_of(request)
    wanted = await body_of(request, arranging.NewSession)
    return _answered(request, *await agenda.add_session(context.store, board, actor, wanted), status=201)


def _answered(request: Request, session: Session, outside: list[str], status: int = 200) -> Response:
    """With a warning for each time that is on none of the board's days."""
    answer: dict[str, Any] = {"session": session}
    if outside:
        detail = context_of(request).catalogue(request).say("session-outside-days")
        answer["warnings"] = [{"field": field, "detail": detail} for field in outside]
    return answer_json(answer, status)


async def patch_session(request: Request) -> Response:
    """What moderators may change, and all else."""
    context, board, actor = await moderator_of(request)
    session_id, fields = request.path_params["id"], requests.parse(await bytes_of(request), dict[str, Any])
    if fields.keys() <= _MODERATORS_FIELDS:
        change = await body_of(request, requests.SessionChange)
        return answer_json({"session": await setup.change_session(context.store, board, actor, session_id, change)})
    if fields.keys() == {"floor"}:
        floor = await body_of(request, requests.FloorChange)
        return answer_json({"session": await setup.change_floor(context.store, board, actor, session_id, floor)})
    wanted = await body_of(request, arranging.SessionEdit)
    context, board, actor = await organiser_of(request)
    return _answered(request, *await agenda.edit_session(context.store, board, actor, session_id, wanted))


async def delete_session(request: Request) -> Response:
    context, board, actor = await organiser_of(request)
    wanted = requests.parse(await bytes_of(request) or b"{}", arranging.SessionRemoval)
    session, questions = await agenda.remove_session(context.store, board, actor, request.path_params["id"], wanted)
    return answer_json({"session": session, "questions": questions})


async def post_shift(request: Request) -> Response:
    context, board, actor = await moderator_of(request)
    moved = await agenda.shift(context.store, board, actor, await body_of(request, arranging.Shift))
    return answer_json({"sessions": moved})

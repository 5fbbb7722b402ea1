"""Questions joined by HTTP, for moderators."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from board.actions import joining, people
from board.model import requests, views
from board.model.joining import Joining
from board.model.models import Audience
from board.web.api.parts import answer_json, body_of, moderator_of, post_id_of


async def put_join(request: Request) -> Response:
    """Joins this question with another one, or makes it one of its own again."""
    context, board, actor = await moderator_of(request)
    post_id = post_id_of(request)
    if request.method == "PUT":
        wanted = await body_of(request, Joining)
        done = await joining.join(context.store, board, actor, post_id, requests.post_id(wanted.into))
    else:
        done = await joining.part(context.store, board, actor, post_id)
    goes, stays = (views.post_view(post, Audience.MODERATORS) for post in done)
    return answer_json({"post": goes, "into": stays})


async def put_trust(request: Request) -> Response:
    context, board, actor = await moderator_of(request)
    trusted = request.method == "PUT"
    participant = await people.trust(context.store, board, actor, request.path_params["id"], trusted)
    return answer_json({"participant": participant.id, "trusted": trusted})

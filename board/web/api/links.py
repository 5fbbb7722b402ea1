"""Staff links by HTTP, for organisers. A token is shown once, in the answer to the organiser who made the link."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from board.actions import handing
from board.data import links
from board.model import linking, views
from board.model.models import Role
from board.web.api.parts import answer_json, board_of, body_of, organiser_of, undo_of
from board.web.context import Context


async def get_links(request: Request) -> Response:
    """The valid links, and how many pages are open by each."""
    context, board = await board_of(request)
    context.access.require(request, board, Role.ORGANISER)
    held = await context.store.read(lambda connection: links.listed(connection, board.id))
    return answer_json({"links": [_view(context, board.id, link) for link in held]})


def _view(context: Context, board_id: int, link: links.StaffLink) -> dict[str, object]:
    presence = context.hub.presence(board_id)
    view: dict[str, object] = {"id": link.id, "role": link.role, "name": link.name, "created_at": views.iso(link.created_at)}
    if link.used_at is not None:
        view["used_at"] = views.iso(link.used_at)
    if link.screen is not None:
        view["screen"] = link.screen
    return view | {"open": presence.open_by(link.id) if presence else 0}


async def post_link(request: Request) -> Response:
    context, board, actor = await organiser_of(request)
    made = await handing.make_link(context.store, board, actor, await body_of(request, linking.NewLink))
    return _made(request, context, board.id, *made)


async def post_renewed_link(request: Request) -> Response:
    context, board, actor = await organiser_of(request)
    made = await handing.renew_link(context.store, board, actor, request.path_params["id"])
    return _made(request, context, board.id, *made)


def _made(request: Request, context: Context, board_id: int, link: links.StaffLink, token: str) -> Response:
    url = f"{context.access.shown_url(request)}/l/{token}"
    return answer_json({"link": _view(context, board_id, link), "url": url}, 201)


async def delete_link(request: Request) -> Response:
    context, board, actor = await organiser_of(request)
    link, undo = await handing.revoke_link(context.store, board, actor, request.path_params["id"])
    return answer_json({"link": _view(context, board.id, link) | {"open": 0}} | undo_of(undo))

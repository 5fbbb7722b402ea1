"""Posts on behalf of others by HTTP, from the desk and from kiosks; links of kiosks."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from board.actions import behalf, handing
from board.data.address import Address
from board.model import linking, requests, views
from board.model.models import Actor, Audience, Forbidden, NoCookie, Post, Role
from board.web.api.parts import answer_json, board_of, body_of, bytes_of, moderator_of, writer_of
from board.web.context import Context
from board.web.limits import Phone


async def post_behalf(request: Request) -> Response:
    """A moderator types the post of a person without a phone."""
    context, board, actor = await moderator_of(request)
    post, new = await _submit(request, context, board, actor, behalf.DESK)
    return answer_json({"post": views.post_view(post, Audience.MODERATORS)}, 201 if new else 200)


async def post_at_kiosk(request: Request) -> Response:
    """Somebody writes at a shared tablet. The answer says whether it waits; nothing else of the post comes back."""
    context, board = await writer_of(request)
    actor = context.access.at_kiosk(request, board)
    if actor is None:
        raise (Forbidden if request.cookies else NoCookie)("role-needed", role=Role.KIOSK.value)
    # One tablet has one rate limit: the next person at it shares the limit with the person before.
    with context.limits.post(Phone(f"kiosk {actor.link_id}", float("inf")), board.id):
        post, new = await _submit(request, context, board, actor, behalf.KIOSK)
    return answer_json({"post": {"id": post.id, "state": post.state}}, 201 if new else 200)


async def _submit(request: Request, context: Context, board: Address, actor: Actor, place: behalf.Place) -> tuple[Post, bool]:
    wanted, roster = requests.parse_for(await bytes_of(request)), await context.rosters.of(board.id)
    alike = roster.namesakes(wanted.author.name, None) if wanted.author else []
    return await behalf.submit(context.store, board, actor, wanted, roster.called, place, alike)


async def get_kiosks(request: Request) -> Response:
    context, board = await board_of(request)
    context.access.require(request, board, Role.MODERATOR)
    return answer_json({"kiosks": [{"id": one.id, "name": one.name} for one in board.links if one.role is Role.KIOSK]})


async def post_kiosk(request: Request) -> Response:
    """A link for one more tablet; its token is shown this once."""
    context, board, actor = await moderator_of(request)
    wanted = await body_of(request, linking.NewKiosk)
    link, token = await handing.make_link(context.store, board, actor, linking.NewLink(Role.KIOSK, wanted.name))
    url = f"{context.access.shown_url(request)}/l/{token}"
    return answer_json({"kiosk": {"id": link.id, "name": link.name}, "url": url}, 201)


async def delete_kiosk(request: Request) -> Response:
    context, board, actor = await moderator_of(request)
    link = await handing.revoke_kiosk(context.store, board, actor, request.path_params["id"])
    return answer_json({"kiosk": {"id": link.id, "name": link.name}})

"""The large screens by HTTP: organisers make and remove them, moderators choose what they show."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from board.actions import screens
from board.model import requests, screening, showing, views
from board.model.models import Role
from board.web.api.parts import answer_json, board_of, body_of, moderator_of, organiser_of
from board.web.context import require_code


async def put_screen(request: Request) -> Response:
    """Changes what the first large screen shows."""
    context, board, actor = await moderator_of(request)
    screen = await screens.present(context.store, board, actor, await body_of(request, requests.NewScreen))
    return answer_json({"screen": views.screen_view(screen)})


async def get_screens(request: Request) -> Response:
    context, board = await board_of(request)
    context.access.require(request, board, Role.MODERATOR)
    feed = await context.hub.fresh(board.id)
    require_code(feed.board, board.code)
    return answer_json(
        {"screens": [screening.view(one) | feed.scenes.standing(one) for one in showing.all_screens(feed.board)]}
    )


async def put_screens(request: Request) -> Response:
    """Several at once, or all."""
    context, board, actor = await moderator_of(request)
    shown = await screens.present_on(context.store, board, actor, await body_of(request, screening.ManyScreens))
    return answer_json({"screens": [screening.view(one) for one in shown]})


async def post_screen(request: Request) -> Response:
    """Its link is in this answer alone."""
    context, board, actor = await organiser_of(request)
    wanted = await body_of(request, screening.NewLargeScreen)
    screen, token = await screens.add(context.store, board, actor, wanted)
    url = f"{context.access.shown_url(request)}/l/{token}"
    return answer_json({"screen": screening.view(screen), "url": url}, 201)


async def put_one_screen(request: Request) -> Response:
    """What it shows; by an organiser, also its name and its room."""
    context, board, actor = await moderator_of(request)
    wanted = await body_of(request, screening.LargeScreenChange)
    if wanted.is_organisers:
        actor = context.access.require(request, board, Role.ORGANISER)
    screen = await screens.change(context.store, board, actor, request.path_params["id"], wanted)
    return answer_json({"screen": screening.view(screen)})


async def delete_screen(request: Request) -> Response:
    context, board, actor = await organiser_of(request)
    screen = await screens.remove(context.store, board, actor, request.path_params["id"])
    return answer_json({"screen": screening.view(screen)})

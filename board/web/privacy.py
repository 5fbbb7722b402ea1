"""What a board keeps and until when, on a page for everybody that needs no script."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from board.data import retention
from board.model.models import Board, NotFound
from board.model.retention import WITHDRAWN_DAYS, Keeping, Since, counted_from, erased_on, kept_days
from board.model.views import logo_address
from board.web.access import COOKIE_SECONDS
from board.web.context import Context, context_of
from board.web.dates import day_in_words
from board.web.templating import page

_SINCE = {Since.END: "privacy-since-end", Since.POST: "privacy-since-post", Since.MADE: "privacy-since-made"}


async def keeping_of(context: Context, board: Board) -> Keeping:
    """Raises `NotFound`, `StorageDown`."""
    found = await context.store.read(lambda connection: retention.keeping_of(connection, board.id))
    if found is None:
        raise NotFound("board-gone")
    return found


async def privacy(request: Request) -> Response:
    context = context_of(request)
    board = (await context.channel(request)).feed.board
    keeping, catalogue = await keeping_of(context, board), context.catalogue(request)
    begun, since = counted_from(keeping)
    values: dict[str, Any] = {
        "board": board,
        "logo": logo_address(board),
        "erased_on": erased_on(keeping, context.store.now()),
        "erased_day": day_in_words(erased_on(keeping, context.store.now()), catalogue),
        "days": kept_days(keeping.days),
        "since": _SINCE[since],
        "since_day": day_in_words(begun, catalogue),
        "withdrawn_days": WITHDRAWN_DAYS,
        "cookie_days": COOKIE_SECONDS // (24 * 3600),
    }
    context.give_cookie(request)
    return page(request, "privacy.html", rehearsal=board.rehearsal_of is not None, config={}, **values)


routes = [Route("/b/{code}/privacy", privacy, methods=["GET"])]

"""What a board keeps and until when, on a page for everybody that needs no script."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from board.data import retention
from board.model.models import Board, Forbidden, NotFound, State
from board.model.retention import WITHDRAWN_DAYS, Keeping, Since, counted_from, erased_on, kept_days
from board.model.views import logo_address
from board.web.access import COOKIE_SECONDS
from board.web.api.me import erase_phone, of_phone
from board.web.api.parts import bytes_of
from board.web.context import Context, context_of
from board.web.dates import day_in_words
from board.web.pages import onward
from board.web.templating import page

FORM_FIELDS = 10
_STATES = {
    State.PENDING: "own-data-state-pending",
    State.VISIBLE: "own-data-state-visible",
    State.REJECTED: "own-data-state-rejected",
    State.HIDDEN: "own-data-state-hidden",
    State.WITHDRAWN: "own-data-state-withdrawn",
}
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


async def me(request: Request) -> Response:
    """What is stored of this phone, and a form that erases it: it needs no script."""
    context = context_of(request)
    board = (await context.channel(request)).feed.board
    context.give_cookie(request)
    device = context.access.device(request)
    found = await of_phone(context, board, device) if device else None
    stored = found["stored"] if found else {}
    values: dict[str, Any] = {
        "board": board,
        "posts": stored.get("posts", []),
        "votes": len(stored.get("votes", [])),
        "reactions": len(stored.get("reactions", [])),
        "name": next((row for row in stored.get("participants", []) if row.get("name")), None),
        "listed": bool(stored.get("people")),
        "muted": any(row["muted"] for row in stored.get("participants", [])),
        "something": any(stored.values()),
        "done": request.query_params.get("done") == "1",
        "unsure": request.query_params.get("unsure") == "1",
        "states": _STATES,
    }
    return page(request, "me.html", rehearsal=board.rehearsal_of is not None, config={}, **values)


async def erase_me(request: Request) -> Response:
    """A form of our own page: the cookie does not come along from another site (SameSite=Lax), and its Origin is refused."""
    context = context_of(request)
    address = await context.address(request)
    if not context.access.same_origin(request):
        raise Forbidden("page-from-elsewhere")
    fields = parse_qs((await bytes_of(request)).decode("utf-8", "replace"), max_num_fields=FORM_FIELDS)
    if fields.get("sure") != ["yes"]:
        return onward(request, f"/b/{address.code}/me", unsure="1")
    await erase_phone(context, request, address, texts=fields.get("texts") != ["keep"])
    return onward(request, f"/b/{address.code}/me", done="1")


routes = [
    Route("/b/{code}/privacy", privacy, methods=["GET"]),
    Route("/b/{code}/me", me, methods=["GET"]),
    Route("/b/{code}/me", erase_me, methods=["POST"]),
]

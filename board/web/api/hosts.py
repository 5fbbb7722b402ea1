"""Boards of this server, made and listed by HTTP: by hosts, and by everybody where a setting says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from starlette.requests import Request
from starlette.responses import Response

from board.actions import lifecycle
from board.data import boards, hosts
from board.model import preparing, views
from board.model.models import Forbidden, NoCookie
from board.model.organising import Host
from board.web.api.parts import answer_json, body_of, unsafe
from board.web.context import Context, context_of

BOARDS_LISTED = 500
# In the audit trail of a board that somebody made without a host's link.
SOMEBODY = "somebody"


async def host_of(context: Context, request: Request) -> Host | None:
    """The host, by a link that was not taken back; it is looked up each time."""
    host_id = context.access.host_id(request)
    return None if host_id is None else await context.store.read(lambda connection: hosts.held(connection, host_id))


async def maker_of(context: Context, request: Request) -> Host | None:
    """The host who makes a board; None where everybody may make boards. Raises `Forbidden`."""
    if context.settings.create == "off":
        raise Forbidden("boards-by-command")
    host = await host_of(context, request)
    if host is None and context.settings.create != "open":
        raise _no_host(request)
    return host


def _no_host(request: Request) -> Forbidden:
    blocked = request.method != "GET" and not request.cookies
    return NoCookie("host-needed") if blocked else Forbidden("host-needed")


@contextmanager
def _spending(context: Context, request: Request, host: Host | None) -> Iterator[None]:
    if host is not None:
        context.limits.host_board(host.id)
        yield
        return
    context.access.require_device(request)
    with context.limits.open_board(context.access.place(request)):
        yield


async def post_board(request: Request) -> Response:
    context = context_of(request)
    unsafe(context, request)
    host = await maker_of(context, request)
    wanted = await body_of(request, preparing.NewBoard)
    fields = preparing.new_board(wanted)
    now, by = context.store.now(), host.name if host else SOMEBODY
    with _spending(context, request, host):
        board, links = await context.store.write_any(
            lambda connection: lifecycle.new_prepared_board(connection, now, wanted.title, wanted.code, by, **fields)
        )
    base = context.access.shown_url(request)
    return answer_json({"board": views.board_view(board)} | views.addresses_view(base, board.code, links), 201)


async def get_boards(request: Request) -> Response:
    """The newest first. No posts, no names of people, no links."""
    context = context_of(request)
    if await host_of(context, request) is None:
        raise _no_host(request)
    found = await context.store.read(lambda connection: boards.listed(connection, BOARDS_LISTED))
    return answer_json({"boards": [views.listed_view(board) for board in found]})

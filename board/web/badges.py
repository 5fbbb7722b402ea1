"""The address of a badge's QR code: it opens the board as the person of the roster whose badge it is.

    /b/CODE/badge/PERSON.SIGNATURE

The signature is a keyed hash of the board, the person and the person's seal in the roster. Without the secret key nobody makes
one, and a new seal stops all badges that were printed before. It says nothing of when: a badge holds as long as its board.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from board.actions import badges as actions
from board.data import badges
from board.model import requests, views
from board.model.models import NotFound
from board.web import keepsakes
from board.web.api.parts import answer_json, body_of, ids_of, writer_of, writing
from board.web.context import context_of
from board.web.reading import with_query
from board.web.templating import page

SIGNATURE_BYTES = 16
TOKEN_CHARACTERS = 100
"""More than the longest id of a person and a signature have."""


def signed(secret_key: str, board_id: int, person_id: str, seal: str) -> str:
    """The last part of the address."""
    words = f"badge\n{board_id}\n{person_id}\n{seal}".encode()
    digest = hmac.new(secret_key.encode(), words, hashlib.sha256).digest()[:SIGNATURE_BYTES]
    return f"{person_id}.{urlsafe_b64encode(digest).rstrip(b'=').decode()}"


def proof(secret_key: str, board_id: int, token: str) -> Callable[[str], bool]:
    """Says of a seal whether this token is signed with it."""
    person_id = person_of(token)
    return lambda seal: hmac.compare_digest(signed(secret_key, board_id, person_id, seal).encode(), token.encode())


def person_of(token: str) -> str:
    """The id of the person. Raises `NotFound` for what is no token."""
    person_id, dot, _ = token.rpartition(".")
    if not dot or len(token) > TOKEN_CHARACTERS or not token.isascii():
        raise NotFound("badge-unknown")
    return person_id


async def ask(request: Request) -> Response:
    """Asks "Are you Dara?" and changes nothing: an application that only looks at an address takes no name."""
    context, token = context_of(request), request.path_params["token"]
    board = (await context.channel(request)).feed.board
    person = await context.store.read(lambda connection: badges.one(connection, board.id, person_of(token)))
    if person is None or not proof(context.settings.secret_key, board.id, token)(person.seal):
        raise NotFound("badge-unknown")
    if board.archived_at is not None:  # nobody takes a name any more; what its owner wants now is what they take home
        return RedirectResponse(keepsakes.address(context, board, person.id, person.seal), 303)
    context.give_cookie(request)
    board_url = with_query(f"/b/{board.code}", request.query_params)
    config = {"api": f"/api/b/{board.code}", "badge": token, "board": board_url}
    about: dict[str, Any] = {"title": board.title, "logo": views.logo_address(board), "person": person, "board_url": board_url}
    return page(request, "badge.html", config=config, **about)


async def post_badge(request: Request) -> Response:
    """Moves the name to this phone. Whether the badge holds is decided in the transaction."""
    context, board = await writer_of(request)
    token = (await body_of(request, requests.Badge)).badge
    device = context.access.require_device(request)
    named, _ = ids_of(context, board, device)
    proves = proof(context.settings.secret_key, board.id, token)
    with context.limits.mark(context.access.phone(device, board), board.id):
        participant = await actions.enter(context.store, board, named, person_of(token), proves)
    (await context.rosters.of(board.id)).hold(person_of(token), participant.id)
    return answer_json({"participant": views.participant_view(participant)})


routes = [
    Route("/b/{code}/badge/{token}", ask, methods=["GET"]),
    Route("/api/b/{code}/badge", writing(post_badge), methods=["POST"]),
]

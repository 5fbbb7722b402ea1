"""An address of this server as a QR code, for the page that has just been given it. The address is in the body: one in a path
would stand in logs, and it may open a board's desk."""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from board.model.models import Invalid
from board.web.api.parts import answer_json, body_of, organiser_of
from board.web.templating import qr_dots

URL_CHARACTERS = 300


class Address(msgspec.Struct, forbid_unknown_fields=True):
    url: str


async def post_qr(request: Request) -> Response:
    """Only for addresses of this server: nobody can make a QR code here that leads elsewhere."""
    context, _board, _actor = await organiser_of(request)
    url = (await body_of(request, Address)).url
    if len(url) > URL_CHARACTERS or not url.startswith(f"{context.access.shown_url(request)}/"):
        raise Invalid("qr-elsewhere", field="url")
    return answer_json({"qr": qr_dots(url)._asdict()})

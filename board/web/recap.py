"""The page of the recap, for everybody in the room, once the organiser has opened it. A page without a script."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from board.data.afterwards import Gathered
from board.model import brilliant
from board.model.catalogue import Catalogue
from board.model.consent import Layer
from board.model.farthest import Farthest, farthest
from board.model.globe import dots, line
from board.model.recap import Bridge, Recap, letter, recap
from board.process.land import land
from board.process.places import places
from board.web import assets
from board.web.afterwards import about, day, opened
from board.web.templating import drawn

ROW_PIXELS = 36
WIDEST = 96.0
BRIDGES_SAID = 100
STROKES = ((10, "is-thick"), (3, "is-strong"))


class Arc(NamedTuple):
    """A bridge as it is drawn. `look`: classes; `day`: from when it is there."""

    path: str
    look: str
    day: int


async def show(request: Request) -> Response:
    context, found = await opened(request, "recap")
    catalogue, base = context.catalogue(request), context.access.base_url(request)
    request.state.nonce = secrets.token_urlsafe(16)
    lang = context.language_asked(request)  # the links of the page keep it
    name = (found.board.id, "recap", found.version, found.decisions.all, catalogue.language, lang, base)
    html = context.afterwards.page(name)
    if html is None:
        html = await asyncio.to_thread(_made, request, found, catalogue, base)
        context.afterwards.keep(name, html)
    return Response(html, media_type="text/html")


def _made(request: Request, found: Gathered, catalogue: Catalogue, base: str) -> str:
    values = page_values(found, catalogue) | {"asset": assets.url, "address": f"{base}/b/{found.board.code}"}
    values["preview_image"] = base + (values["logo"] or assets.url("img/icon-512.png"))
    return drawn(request, "recap.html", **values)


def page_values(found: Gathered, catalogue: Catalogue, layer: Layer = Layer.RECAP) -> dict[str, Any]:
    """For `recap.html`, which is also a file. `asset` gives the address of a style sheet; `address`: of the board on its
    server, empty in a file."""
    there = recap(found.board, found.posts, found.decisions, layer)
    far = farthest(((bridge.giver, bridge.receiver) for bridge in there.bridges), places(), land())
    return about(found.board, catalogue) | {
        "recap": there,
        "stone": brilliant.stone(there.colours, catalogue.say("recap-stone", cards=len(there.colours))),
        "arcs": _arcs(there),
        "rows": ROW_PIXELS,
        "days": [day(one.date, catalogue) for one in there.days],
        "bridges": there.bridges[:BRIDGES_SAID],
        "farthest": far,
        "globe": _globe(far) if far else None,
        "letter": letter(found.posts, found.decisions, layer, far.teams, there.moments) if far else None,
        "address": "",
        "preview_image": "",
    }


def _globe(far: Farthest) -> dict[str, Any]:
    globe = far.globe
    return {
        "radius": globe.radius,
        "down": globe.down,
        "lines": "".join(map(line, globe.lines)),
        "land": dots(globe.land),
        "teams": dots(globe.teams),
        "arc": line(globe.arc),
    }


def _arcs(there: Recap) -> list[Arc]:
    """Teams stand in a column; a bridge bows further out the further they are from each other."""
    at = {team: place for place, team in enumerate(there.teams)}
    return [_arc(bridge, at[bridge.giver], at[bridge.receiver], there.teams) for bridge in there.bridges[::-1]]


def _arc(bridge: Bridge, one: int, other: int, teams: Sequence[str]) -> Arc:
    begin, end = (one + 0.5) * ROW_PIXELS, (other + 0.5) * ROW_PIXELS
    out = 14 + (WIDEST - 14) * abs(other - one) / max(1, len(teams) - 1) * (4 / 3) - (5 if other < one else 0)
    look = next((look for most, look in STROKES if bridge.cards >= most), "is-fine")
    way = "is-down" if other > one else "is-up"
    return Arc(f"M0 {begin:g}C{out:.1f} {begin:g} {out:.1f} {end:g} 0 {end:g}", f"{look} {way}", bridge.day)


routes = [Route("/b/{code}/recap", show, methods=["GET"])]

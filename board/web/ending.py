"""The ending as a poster on A1: the brilliant with a facet for each card, and all names; as a page, and as a drawing (SVG)."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from board.data.afterwards import Gathered
from board.model.brilliant import large_stone
from board.model.catalogue import Catalogue
from board.model.models import Board, Forbidden, Role
from board.model.poster import Poster, drawn
from board.model.story import CARDS_MOST, beyond_the_room, story
from board.model.text import graphemes
from board.web.afterwards import when
from board.web.context import Context, context_of
from board.web.inlined import letters

GROUNDS = ("white", "night")
# Letters of all names, and the class whose stone leaves them enough room, at a size that is safe until the script has measured.
_AMOUNTS = ((600, "few"), (3_500, "some"), (14_000, "many"))
_GAP_LETTERS = 2


async def ending(request: Request, context: Context, board: Board, catalogue: Catalogue) -> dict[str, Any]:
    found = await context.afterwards.of(board.id)
    return {"ground": _ground(request)} | await asyncio.to_thread(poster_values, found, catalogue)


def _ground(request: Request) -> str:
    asked = request.query_params.get("ground", "")
    return asked if asked in GROUNDS else GROUNDS[0]


async def drawing(request: Request) -> Response:
    """For a print shop, to organisers as the page is: one file with its letters in it."""
    context = context_of(request)
    board = (await context.channel(request)).feed.board
    if context.access.actor(request, board, Role.ORGANISER) is None:
        raise Forbidden("print-needs-link")
    found = await context.afterwards.of(board.id)
    content = await asyncio.to_thread(svg, found, context.catalogue(request), _ground(request))
    headers = {"Content-Disposition": f'attachment; filename="{board.code}-ending.svg"', "Cache-Control": "no-store"}
    return Response(content, media_type="image/svg+xml", headers=headers)


def svg(found: Gathered, catalogue: Catalogue, ground: str) -> bytes:
    values = poster_values(found, catalogue)
    board = found.board
    where = " · ".join(part for part in (board.subtitle, values["when"]) if part)
    poster = Poster(board.title, where, values["names"], _sum(values, catalogue), values["stone"], ground)
    return drawn(poster, letters("".join((board.title, where, poster.foot, *poster.names))))


def _sum(values: dict[str, Any], catalogue: Catalogue) -> str:
    """What the facets are, in words; as in `print_ending.html`."""
    if not values["cards"]:
        return catalogue.say("recap-empty")
    if values["all_cards"]:
        return catalogue.say("print-ending-sum", cards=values["cards"])
    return catalogue.say("print-ending-sum-newest", cards=values["cards"], facets=values["facets"])


def poster_values(found: Gathered, catalogue: Catalogue) -> dict[str, Any]:
    """The values of the poster's template. Runs in a thread: five thousand facets take a while."""
    cards = beyond_the_room(found.posts, found.decisions)
    colours = {theme.id: theme.colour for theme in found.board.themes}
    summary = story(cards, colours, [team.name for team in found.board.teams])
    facets = [int(digit) for digit in summary["cards"]]
    return {
        "cards": len(cards),
        "facets": len(facets),
        "all_cards": len(cards) <= CARDS_MOST,
        "names": summary["people"],
        "amount": _amount(summary["people"]),
        "stone": large_stone(facets, catalogue.say("recap-stone", cards=len(facets))),
        "when": when(found.board, catalogue),
    }


def _amount(names: Sequence[str]) -> str:
    letters = sum(graphemes(name) + _GAP_LETTERS for name in names)
    return next((amount for most, amount in _AMOUNTS if letters <= most), "most")


routes = [Route("/b/{code}/print/ending.svg", drawing, methods=["GET"])]

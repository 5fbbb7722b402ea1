"""The ending as a poster on A1: the brilliant with a facet for each card, and all names."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from starlette.requests import Request

from board.data.afterwards import Gathered
from board.model.brilliant import large_stone
from board.model.catalogue import Catalogue
from board.model.models import Board
from board.model.story import CARDS_MOST, beyond_the_room, story
from board.model.text import graphemes
from board.web.afterwards import when
from board.web.context import Context

GROUNDS = ("white", "night")
# Letters of all names, and the class whose stone leaves them enough room, at a size that is safe until the script has measured.
_AMOUNTS = ((600, "few"), (3_500, "some"), (14_000, "many"))
_GAP_LETTERS = 2


async def ending(request: Request, context: Context, board: Board, catalogue: Catalogue) -> dict[str, Any]:
    found = await context.afterwards.of(board.id)
    asked = request.query_params.get("ground", "")
    ground = asked if asked in GROUNDS else GROUNDS[0]
    return {"ground": ground} | await asyncio.to_thread(poster_values, found, catalogue)


def poster_values(found: Gathered, catalogue: Catalogue) -> dict[str, Any]:
    """Made beside the event loop: five thousand facets take a while."""
    cards = beyond_the_room(found.posts, found.decisions)
    colours = {theme.id: theme.colour for theme in found.board.themes}
    told = story(cards, colours, [team.name for team in found.board.teams])
    facets = [int(digit) for digit in told["cards"]]
    return {
        "cards": len(cards),
        "facets": len(facets),
        "all_cards": len(cards) <= CARDS_MOST,
        "names": told["people"],
        "amount": _amount(told["people"]),
        "stone": large_stone(facets, catalogue.say("recap-stone", cards=len(facets))),
        "when": when(found.board, catalogue),
    }


def _amount(names: Sequence[str]) -> str:
    letters = sum(graphemes(name) + _GAP_LETTERS for name in names)
    return next((amount for most, amount in _AMOUNTS if letters <= most), "most")

"""What pages of afterwards share: permissions, the board and its days in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from babel.dates import format_date
from starlette.requests import Request

from board.data.afterwards import Gathered
from board.model.catalogue import Catalogue
from board.model.models import Board, NotFound, Role
from board.model.text import side
from board.model.views import logo_address
from board.web.context import Context, context_of
from board.web.dates import days_of, locale_of

_NOT_OPENED = {"recap": "recap-not-opened", "who": "who-not-opened"}


async def opened(request: Request, part: str) -> tuple[Context, Gathered]:
    """To everybody once the organiser has opened this part, and to organisers before. Raises `NotFound` with a sentence.

    `board.public` is read in the same transaction as the posts: a page that was closed again is closed at once."""
    context = context_of(request)
    board = (await context.channel(request)).feed.board
    context.give_cookie(request)
    found = await context.afterwards.of(board.id)
    if not getattr(found.board.public, part) and context.access.actor(request, found.board, Role.ORGANISER) is None:
        raise NotFound(_NOT_OPENED[part])
    return context, found


def when(board: Board, catalogue: Catalogue) -> str:
    """The days of the gathering, in words: 2–5 Oct 2023. Empty where they are not known."""
    return days_of(board, catalogue)


def day(iso_date: str, catalogue: Catalogue) -> str:
    """Short, as a label: Mon 2 Oct."""
    return str(format_date(date.fromisoformat(iso_date), "EEE d MMM", locale=locale_of(catalogue)))


def about(board: Board, catalogue: Catalogue) -> dict[str, Any]:
    """What every page of afterwards says of its board."""
    return {
        "board": board,
        "when": when(board, catalogue),
        "logo": logo_address(board),
        "rehearsal": board.rehearsal_of is not None,
        "themes": {theme.id: theme for theme in board.themes},
        "side": side,
        "config": {},
    }

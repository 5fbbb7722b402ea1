"""Sheets for a printer, as pages that the browser prints: poster, tents, badges, paper cards, morning sheet, the ending."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

from babel.dates import format_time
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from board.actions.whole import poster_opened
from board.data import badges as roster
from board.data.rows import read_sessions
from board.model.called import called
from board.model.catalogue import Catalogue
from board.model.folding import fold
from board.model.local import local
from board.model.models import Board, BoardError, Forbidden, Role, Session
from board.model.text import clean, graphemes
from board.model.views import logo_address
from board.web import keepsakes
from board.web.badges import signed
from board.web.context import Context, context_of
from board.web.dates import day_in_words, days_of, locale_of
from board.web.ending import ending
from board.web.ending import routes as ending_routes
from board.web.morning import morning
from board.web.reading import language_asked, whole
from board.web.templating import drawn

SIZES = ("a4", "letter")
HEADLINE_GRAPHEMES = (0, 80)
# IEEE 802.11 allows 32 bytes for the name of a network and 63 characters for its password.
NETWORK_GRAPHEMES, PASSWORD_GRAPHEMES = (0, 32), (0, 63)
BADGES_A_PAGE = 200
PAPER_CARDS_MOST, PAPER_CARD_LAST = 200, 9_999
TEAMS_OFFERED = 200
FILTER_GRAPHEMES = (0, 60)
# Letters of the large name, and the class whose size is safe for so many until the script has measured it.
_LENGTHS = ((5, "short"), (9, "medium"), (14, "long"))
_THEMES = 8


@dataclass(frozen=True)
class Options:
    """What the organiser typed above the sheet. It stands in the address, so that a sheet can be opened again."""

    size: str
    headline: str
    second: str
    network: str
    password: str
    lang: str

    @property
    def address(self) -> str:
        """The same for another sheet."""
        return urlencode({name: value for name, value in vars(self).items() if value and value != SIZES[0]})


class Sheet(NamedTuple):
    """A sheet's template is `print_NAME.html`; `values` reads what it shows beside the options."""

    name: str
    title: str
    """A key of the catalogue."""
    values: Callable[[Request, Context, Board, Catalogue], Awaitable[dict[str, Any]]]


async def show(request: Request, *, sheet: Sheet) -> Response:
    """To organisers: a badge opens the board under somebody's name."""
    context = context_of(request)
    board = (await context.channel(request)).feed.board
    actor = context.access.actor(request, board, Role.ORGANISER)
    if actor is None:
        raise Forbidden("print-needs-link")
    if sheet.name == "poster":
        with suppress(BoardError):  # an archived board and a disk that is full print all the same
            await poster_opened(context.store, board.id, actor)
    catalogue = context.catalogue(request)
    values = await sheet.values(request, context, board, catalogue)
    join_url = f"{context.access.shown_url(request)}/b/{board.code}"
    values |= {
        "board": board,
        "logo": logo_address(board),
        "rehearsal": board.rehearsal_of is not None,
        "sheet": sheet,
        "sheets": SHEETS,
        "options": _options(request),
        "sizes": SIZES,
        "join_url": join_url,
        "join_host": urlsplit(join_url).netloc,
        "days": days_of(board, catalogue),
        "config": {},
    }
    # Beside the event loop: the codes of two hundred badges take longer than others may wait.
    html = await asyncio.to_thread(drawn, request, f"print_{sheet.name}.html", **values)
    return Response(html, media_type="text/html")


def _options(request: Request) -> Options:
    size = request.query_params.get("size", "")
    return Options(
        size if size in SIZES else SIZES[0],
        _typed(request, "headline", HEADLINE_GRAPHEMES),
        _typed(request, "second", HEADLINE_GRAPHEMES),
        _typed(request, "network", NETWORK_GRAPHEMES),
        _typed(request, "password", PASSWORD_GRAPHEMES),
        language_asked(request.query_params),
    )


def _typed(request: Request, name: str, limits: tuple[int, int]) -> str:
    return clean(request.query_params.get(name, ""), name, limits)


def _number(request: Request, name: str, otherwise: int, most: int) -> int:
    """Anything else counts as not given: our own forms do not send it."""
    return whole(request.query_params.get(name, ""), 1, most) or otherwise


# -- what each sheet shows -----------------------------------------------------------------------------------------


async def _nothing_more(request: Request, context: Context, board: Board, catalogue: Catalogue) -> dict[str, Any]:
    return {}


class Badge(NamedTuple):
    large: str
    below: str
    length: str
    team: str | None
    theme: int
    address: str


async def _badges(request: Request, context: Context, board: Board, catalogue: Catalogue) -> dict[str, Any]:
    wanted, team = _typed(request, "q", FILTER_GRAPHEMES), _typed(request, "team", FILTER_GRAPHEMES)
    by_team, code = request.query_params.get("order") == "team", request.query_params.get("code", "own")
    people = await context.store.read(lambda connection: roster.everybody(connection, board.id))
    teams = sorted({person.team for person in people if person.team}, key=fold)
    found = await asyncio.to_thread(_chosen, people, wanted, team, by_team)
    parts = max(1, -(-len(found) // BADGES_A_PAGE))
    part = _number(request, "part", 1, parts)
    base = f"{context.access.shown_url(request)}/b/{board.code}"

    def badge(person: roster.Named) -> Badge:
        large, below = called(person.name)
        own = f"{base}/badge/{signed(context.settings.secret_key, board.id, person.id, person.seal)}"
        theme = teams.index(person.team) % _THEMES + 1 if person.team else 1
        return Badge(large, below, _length(large), person.team, theme, {"own": own, "board": base}.get(code, ""))

    shown = [badge(person) for person in found[(part - 1) * BADGES_A_PAGE : part * BADGES_A_PAGE]]
    return {
        "badges": [shown[at : at + 4] for at in range(0, len(shown), 4)],
        "found": len(found),
        "teams": teams[:TEAMS_OFFERED],
        "part": part,
        "parts": parts,
        "chosen": {"q": wanted, "team": team, "order": "team" if by_team else "name", "code": code},
    }


def _chosen(people: Sequence[roster.Named], wanted: str, team: str, by_team: bool) -> list[roster.Named]:
    words = fold(wanted).split()
    found = [
        person for person in people if (not team or person.team == team) and all(word in fold(person.name) for word in words)
    ]
    return sorted(found, key=lambda person: (fold(person.team or "") if by_team else "", fold(person.name), person.id))


def _length(large: str) -> str:
    letters = graphemes(large)
    return next((name for most, name in _LENGTHS if letters <= most), "endless")


async def _paper(request: Request, context: Context, board: Board, catalogue: Catalogue) -> dict[str, Any]:
    first, count = _number(request, "from", 1, PAPER_CARD_LAST), _number(request, "count", 24, PAPER_CARDS_MOST)
    numbers = list(range(first, min(first + count, PAPER_CARD_LAST + 1)))
    kind = "question" if request.query_params.get("kind") == "question" else "card"
    return {
        "numbers": [numbers[at : at + 4] for at in range(0, len(numbers), 4)],
        "first": first,
        "count": count,
        "kind": kind,
        "most": PAPER_CARDS_MOST,
        "last": PAPER_CARD_LAST,
    }


class Line(NamedTuple):
    starts: str
    ends: str
    session: Session


async def _fallback(request: Request, context: Context, board: Board, catalogue: Catalogue) -> dict[str, Any]:
    """The agenda of one day: of the one that was asked for, else today's, else the first one after today."""
    sessions = await context.store.read(lambda connection: read_sessions(connection, board.id))
    zone = ZoneInfo(board.time_zone)
    days: dict[str, list[Session]] = {}
    for session in sorted((session for session in sessions if session.starts_at), key=lambda session: session.starts_at or ""):
        days.setdefault(local(session.starts_at or "", zone).date().isoformat(), []).append(session)
    today = local(_now(context), zone).date().isoformat()
    asked = request.query_params.get("day", "")
    day = asked if asked in days else next((day for day in days if day >= today), next(iter(days), ""))
    clock = partial(_clock, zone, catalogue)
    lines = [Line(clock(session.starts_at), clock(session.ends_at), session) for session in days.get(day, [])]
    return {
        "day": day,
        "agenda_days": {day: day_in_words(day, catalogue, "full") for day in days},
        "lines": lines,
        "untimed": [session for session in sessions if not session.starts_at],
    }


def _now(context: Context) -> str:
    return datetime.fromtimestamp(context.clock.now(), UTC).isoformat()


def _clock(zone: ZoneInfo, catalogue: Catalogue, moment: str | None) -> str:
    if not moment:
        return ""
    return str(format_time(local(moment, zone).time(), "short", locale=locale_of(catalogue)))


SHEETS = (
    Sheet("poster", "print-poster", _nothing_more),
    Sheet("tables", "print-tables", _nothing_more),
    Sheet("badges", "print-badges", _badges),
    Sheet("paper", "print-paper", _paper),
    Sheet("fallback", "print-fallback", _fallback),
    Sheet("morning", "print-morning", morning),
    Sheet("keepsakes", "print-keepsakes", keepsakes.sheets),
    Sheet("team-posters", "print-team-posters", keepsakes.posters),
    Sheet("ending", "print-ending", ending),
)
routes = [Route(f"/b/{{code}}/print/{sheet.name}", partial(show, sheet=sheet), methods=["GET"]) for sheet in SHEETS]
routes += ending_routes

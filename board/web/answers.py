"""The answers for everybody: the page, what is due as a calendar, and the same by HTTP for programs. Open to everybody once the
organiser opens it; staff may look before."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from board.data import answers
from board.live.feed import Feed
from board.model import answered, messages
from board.model.catalogue import Catalogue
from board.model.models import Board, Invalid, NotFound, Post, Role, Session
from board.model.totals import Fate
from board.model.views import logo_address
from board.web import calendar
from board.web.api.parts import answer_json, board_of, id_asked, page_limit
from board.web.context import Context
from board.web.dates import day_in_words, days_of
from board.web.templating import page

QUESTIONS_A_PAGE = 100
# Keys of the catalogue: reasons as the desk offers them, and as everybody reads them.
_OFFERED = {
    "kindly": "desk-reason-kindly",
    "names-somebody": "desk-reason-names-somebody",
    "asked-already": "desk-reason-asked-already",
    "other-session": "desk-reason-other-session",
    "not-here": "desk-reason-not-here",
}
_HELD_FOR = {
    "kindly": "held-for-kindly",
    "names-somebody": "held-for-names-somebody",
    "asked-already": "held-for-asked-already",
    "other-session": "held-for-other-session",
    "not-here": "held-for-not-here",
    answered.OTHER_REASON: "held-for-own-words",
    answered.NO_REASON: "held-for-none",
}
STATES = {
    Fate.ANSWERED: "answers-state-answered",
    Fate.OWNED: "answers-state-owned",
    Fate.SET_ASIDE: "answers-state-set-aside",
    Fate.OPEN: "answers-state-open",
}
COUNTS = {
    Fate.ANSWERED: "answers-count-answered",
    Fate.OWNED: "answers-count-owned",
    Fate.SET_ASIDE: "answers-count-set-aside",
    Fate.OPEN: "answers-count-open",
}


@dataclass(frozen=True)
class _Reader:
    context: Context
    feed: Feed
    is_public: bool

    @property
    def board(self) -> Board:
        return self.feed.board

    @property
    def today(self) -> date:
        return answered.today(self.context.store.now(), self.board.time_zone)


async def _reader(request: Request) -> _Reader:
    """Raises `NotFound` for the public where the organiser has not opened the answers."""
    context, board = await board_of(request)
    if not board.public.answers and context.access.actor(request, board, Role.MODERATOR) is None:
        raise NotFound("answers-not-open")
    return _Reader(context, (await context.channel(request)).feed, board.public.answers)


def _asked(request: Request) -> answers.Wanted:
    """What the address asks for. Raises `Invalid`."""
    state = request.query_params.get("state") or None
    if state is not None and state not in list(Fate):
        raise Invalid("choice-wrong", field="state", choices=", ".join(Fate))
    return answers.Wanted(Fate(state) if state else None, id_asked(request, "session"))


# -- for programs --------------------------------------------------------------------------------------------------


async def get_answers(request: Request) -> Response:
    """Questions, newest first, with what became of each."""
    reader, wanted = await _reader(request), _asked(request)
    limit, before, day = page_limit(request.query_params.get("limit")), id_asked(request, "before"), reader.today

    def read(connection: Any) -> list[Post]:
        return answers.listed(connection, reader.board.id, limit + 1, before, wanted)

    found = await reader.context.store.read(read)
    shown = await asyncio.to_thread(messages.fitting, (answered.question_view(post, day) for post in found[:limit]))
    counts = _totals_view(reader.context, reader.feed, reader.context.catalogue(request))
    return answer_json(counts | {"public": reader.is_public, "questions": shown, "more": len(found) > len(shown)})


async def get_totals(request: Request) -> Response:
    """Counts of each session, without a text: for everybody, at any time."""
    context, _ = await board_of(request)
    feed = (await context.channel(request)).feed
    return answer_json(_totals_view(context, feed, context.catalogue(request)))


def _totals_view(context: Context, feed: Feed, catalogue: Catalogue) -> dict[str, Any]:
    parts, words = _parts(context, feed), _reason_words(catalogue)
    sessions = [answered.session_view(part, words) for part in parts]
    return {"totals": answered.counts_view(answered.overall(parts), words), "sessions": sessions}


def _parts(context: Context, feed: Feed) -> list[answered.Counts]:
    everywhere = context.languages.catalogues.values()
    known = {catalogue.say(text): key for catalogue in everywhere for key, text in _OFFERED.items()}
    return answered.by_session(feed.totals.by_session(), feed.sessions, known)


def _reason_words(catalogue: Catalogue) -> dict[str, str]:
    return {key: catalogue.say(text) for key, text in _HELD_FOR.items()}


# -- the page ------------------------------------------------------------------------------------------------------


async def show(request: Request) -> Response:
    reader, wanted = await _reader(request), _asked(request)
    before = id_asked(request, "before")

    def read(connection: Any) -> list[Post]:
        return answers.listed(connection, reader.board.id, QUESTIONS_A_PAGE + 1, before, wanted)

    found = await reader.context.store.read(read)
    values = _page_values(request, reader, wanted, found)
    # Beside the event loop: a hundred long answers take longer than others may wait.
    return await asyncio.to_thread(page, request, "answers.html", **values)


def _page_values(request: Request, reader: _Reader, wanted: answers.Wanted, found: list[Post]) -> dict[str, Any]:
    board, catalogue = reader.board, reader.context.catalogue(request)
    sessions, parts = {session.id: session for session in reader.feed.sessions}, _parts(reader.context, reader.feed)
    shown = found[:QUESTIONS_A_PAGE]
    address = f"{reader.context.access.shown_url(request)}/b/{board.code}/answers"
    lang = {"lang": request.query_params["lang"][:35]} if "lang" in request.query_params else {}

    def link(**other: str | None) -> str:
        asked = {"session": wanted.session, "state": wanted.fate and wanted.fate.value} | lang | other
        query = urlencode({name: value for name, value in asked.items() if value is not None})
        return f"/b/{board.code}/answers" + (f"?{query}" if query else "")

    return {
        "board": board,
        "logo": logo_address(board),
        "rehearsal": board.rehearsal_of is not None,
        "days": days_of(board, catalogue),
        "address": address,
        "is_public": reader.is_public,
        "total": answered.overall(parts),
        "parts": parts,
        "reasons": _reason_words(catalogue),
        "wanted": wanted,
        "fates": list(Fate),
        "states": STATES,
        "counts": COUNTS,
        "questions": [entry(post, board, catalogue, reader.today, sessions) for post in shown],
        "older": link(before=shown[-1].id) if len(found) > len(shown) else "",
        "link": link,
        "lang": lang.get("lang", ""),
        "config": {},
    }


def entry(post: Post, board: Board, catalogue: Catalogue, day: date, sessions: Mapping[str, Session]) -> dict[str, Any]:
    """A question as the page draws it."""
    fate, late = answered.fate_of(post), answered.is_late(post, day)
    session = sessions.get(post.session or "")
    return {
        "post": post,
        "fate": fate.value,
        "late": late,
        "due": day_in_words(post.due, catalogue, "d MMMM") if post.due else "",
        "on": _answered_on(post, board, catalogue),
        "session": session.title if session else "",
    }


def _answered_on(post: Post, board: Board, catalogue: Catalogue) -> str:
    if not post.answered_at:
        return ""
    day = datetime.fromtimestamp(post.answered_at / 1_000_000, ZoneInfo(board.time_zone)).date()
    return day_in_words(day.isoformat(), catalogue, "d MMMM")


async def feed_of_due(request: Request) -> Response:
    """What somebody owns until a day, as a calendar that others subscribe to."""
    reader = await _reader(request)
    found = await reader.context.store.read(lambda connection: answers.due(connection, reader.board.id))
    address = f"{reader.context.access.shown_url(request)}/b/{reader.board.code}/answers"
    catalogue = reader.context.catalogue(request)
    title = catalogue.say("answers-calendar", title=reader.board.title)
    content = await asyncio.to_thread(calendar.written, title, address, found)
    return Response(content, media_type="text/calendar; charset=utf-8")


routes = [
    Route("/b/{code}/answers", show, methods=["GET"]),
    Route("/b/{code}/answers.ics", feed_of_due, methods=["GET"]),
]

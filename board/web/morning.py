"""The sheet of questions that are still open from the days before, by session, for the team's meeting in the morning."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from starlette.requests import Request

from board.data import answers
from board.data.rows import read_sessions
from board.model import answered
from board.model.catalogue import Catalogue
from board.model.models import Board, Post
from board.web.context import Context
from board.web.dates import day_in_words


class Left(NamedTuple):
    post: Post
    due: str
    late: bool


class Group(NamedTuple):
    """`title`: of the session; "" for questions of none."""

    title: str
    questions: list[Left]


async def morning(request: Request, context: Context, board: Board, catalogue: Catalogue) -> dict[str, Any]:
    """Those asked before today, at the gathering; all of them where the address asks for `asked=all`."""
    today = answered.today(context.store.now(), board.time_zone)
    is_all = request.query_params.get("asked") == "all"
    before = None if is_all else _midnight(today, board.time_zone)

    def read(connection: Any) -> tuple[list[Post], list[Any]]:
        return answers.left_open(connection, board.id, before), read_sessions(connection, board.id)

    found, sessions = await context.store.read(read)
    titles = {session.id: session.title for session in sessions} | {"": ""}
    groups: dict[str, Group] = {session_id: Group(title, []) for session_id, title in titles.items()}
    for post in found:
        session_id = post.session if post.session in titles else ""
        due = day_in_words(post.due, catalogue, "d MMMM") if post.due else ""
        groups[session_id or ""].questions.append(Left(post, due, answered.is_late(post, today)))
    return {
        "groups": [group for group in groups.values() if group.questions],
        "left": len(found),
        "most": answers.OPEN_LISTED,
        "asked": "all" if is_all else "before",
        "today": day_in_words(today.isoformat(), catalogue, "full"),
    }


def _midnight(day: date, time_zone: str) -> int:
    """When the day begins there, in microseconds since 1970."""
    return int(datetime.combine(day, time.min, ZoneInfo(time_zone)).timestamp() * 1_000_000)

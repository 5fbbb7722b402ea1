"""Answers for everybody: what became of each question, and the counts of each session. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from board.model import views
from board.model.models import Post, Session
from board.model.totals import Fate, SessionTotals, fate

OTHER_REASON, NO_REASON = "own-words", "none"
"""Reasons that the desk offers have keys of their own. Other reasons are a moderator's own words: they may name somebody, so no
page shows them."""


def fate_of(post: Post) -> Fate:
    return fate(answered=post.answered, set_aside=post.set_aside, owner=post.owner)


def today(now: int, time_zone: str) -> date:
    """The day at the gathering. `now`: microseconds since 1970."""
    return datetime.fromtimestamp(now / 1_000_000, UTC).astimezone(ZoneInfo(time_zone)).date()


def is_late(post: Post, day: date) -> bool:
    """Whether its owner should have answered before this day."""
    return fate_of(post) is Fate.OWNED and post.due is not None and post.due < day.isoformat()


def question_view(post: Post, day: date) -> dict[str, Any]:
    """A question of the ledger: as everybody sees it, with `state` for what became of it."""
    view = views.post_view(post) | {"state": fate_of(post).value}
    if is_late(post, day):
        view["late"] = True
    if post.answered_at:
        view["answered_at"] = views.iso(post.answered_at)
    return view


class Counts(NamedTuple):
    """Of one session, or of all. `session`: None for questions of no session. `reasons`: how many were held for which
    of the reasons that the desk offers, for others, and for none."""

    session: Session | None
    counts: Mapping[str, int]
    reasons: Mapping[str, int]


COUNTED = ("asked", *(each.value for each in Fate), "held")


def by_session(found: Mapping[str, SessionTotals], sessions: Sequence[Session], known: Mapping[str, str]) -> list[Counts]:
    """Sessions with questions, in the order of the agenda, then questions of none. `known`: the keys of reasons by their texts
    in all languages."""
    listed = {session.id: session for session in sessions}
    merged: dict[str, tuple[Counter[str], Counter[str]]] = {}
    for session_id, totals in found.items():
        counts, reasons = merged.setdefault(session_id if session_id in listed else "", (Counter(), Counter()))
        counts.update(totals.counts)
        for reason, count in totals.reasons.items():
            reasons[known.get(reason, OTHER_REASON) if reason else NO_REASON] += count
    order = [session_id for session_id in (*listed, "") if session_id in merged]
    return [_counts(listed.get(session_id), [merged[session_id]]) for session_id in order]


def overall(parts: Iterable[Counts]) -> Counts:
    return _counts(None, [(Counter(part.counts), Counter(part.reasons)) for part in parts])


def _counts(session: Session | None, found: Iterable[tuple[Counter[str], Counter[str]]]) -> Counts:
    counts, reasons = Counter[str](), Counter[str]()
    for some, why in found:
        counts.update(some)
        reasons.update(why)
    return Counts(session, {name: counts[name] for name in COUNTED}, dict(sorted(reasons.items())))


def counts_view(part: Counts, words: Mapping[str, str]) -> dict[str, Any]:
    """`words`: the text of each reason in the reader's language."""
    held = [{"key": key, "reason": words[key], "questions": count} for key, count in part.reasons.items()]
    return dict(part.counts) | {"held_for": held}


def session_view(part: Counts, words: Mapping[str, str]) -> dict[str, Any]:
    session = part.session
    named = {"session": session.id if session else None, "title": session.title if session else None}
    return named | counts_view(part, words)

"""Lengths, numbers and times that pages hold to as the server does: each page gets them in its configuration. Pure.

None of them stands in JavaScript (`static/js/shared/limits.js` reads them), so a page never offers what is refused.
"""

from __future__ import annotations

from board.data.search import QUERY_CODE_POINTS, QUERY_WORDS
from board.live.channel import BEAT_SECONDS
from board.live.fanout import ViewerKind
from board.model import arranging, models, preparing, text
from board.model.images import LOGO_BYTES
from board.model.importing import FILE_BYTES
from board.model.noting import NOTE_GRAPHEMES
from board.model.prepared import PREPARED_A_SESSION
from board.model.retention import RETENTION_DAYS
from board.model.totals import MAX_TEAMS
from board.model.translated import MOST_TRANSLATIONS

POSTS_A_PAGE = 100

PAGE_LIMITS: dict[str, int | tuple[int, int]] = {
    # graphemes: least and most
    "card_text": models.CARD_TEXT_GRAPHEMES,
    "question_text": models.QUESTION_TEXT_GRAPHEMES,
    # graphemes at most
    "name": models.NAME_GRAPHEMES[1],
    "reason": models.REASON_GRAPHEMES[1],
    "answer": models.ANSWER_GRAPHEMES[1],
    "session_title": arranging.TITLE_GRAPHEMES[1],
    "note": NOTE_GRAPHEMES[1],
    "subtitle": preparing.SUBTITLE_GRAPHEMES[1],
    # units of UTF-16 that a grapheme has at most: two for each code point
    "units_a_character": 2 * text.CODE_POINTS_PER_GRAPHEME,
    # how many at most
    "recipients": models.MAX_RECIPIENTS,
    "translations": MOST_TRANSLATIONS,
    "prepared": PREPARED_A_SESSION,
    "posts_at_once": models.MAX_BULK,
    "posts_a_page": POSTS_A_PAGE,
    "teams_on_map": MAX_TEAMS,
    # bytes at most
    "import_bytes": FILE_BYTES,
    "logo_bytes": LOGO_BYTES,
    "search_words": QUERY_WORDS,
    "search_code_points": QUERY_CODE_POINTS,
    # minutes at most
    "shift_minutes": arranging.MOST_MINUTES,
    # days: least and most
    "retention_days": RETENTION_DAYS,
    # seconds
    "edit_seconds": models.EDIT_SECONDS,
    "undo_seconds": models.UNDO_SECONDS,
    "turn_seconds": models.TURN_SECONDS,
    "beat_seconds": (round(BEAT_SECONDS[ViewerKind.SCREEN]), round(BEAT_SECONDS[ViewerKind.PHONE])),
}

PHONE_LIMITS = (
    "card_text",
    "question_text",
    "name",
    "units_a_character",
    "recipients",
    "posts_a_page",
    "edit_seconds",
    "beat_seconds",
)
"""A phone's first load is counted in bytes; it gets what its own scripts ask for."""


def limits_of(template: str) -> dict[str, int | tuple[int, int]]:
    """What the page of this template holds to."""
    return {name: PAGE_LIMITS[name] for name in PHONE_LIMITS} if template == "phone.html" else PAGE_LIMITS

"""Everything out of a board, as JSON, CSV or XLSX."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec

from board.data.everything import everything
from board.data.store import Connection
from board.model import views
from board.model.models import Kind, NotFound, Post, Session

# A spreadsheet takes a cell that begins so for a formula (OWASP, CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")

_COLUMNS: tuple[tuple[str, Callable[[Post], object]], ...] = (
    ("id", lambda post: post.id),
    ("kind", lambda post: post.kind),
    ("state", lambda post: post.state),
    ("created_at", lambda post: views.iso(post.created_at)),
    ("from", lambda post: post.author_name or ""),
    ("from team", lambda post: post.author_team or ""),
    ("to", lambda post: "; ".join(recipient.name for recipient in post.to)),
    ("to team", lambda post: "; ".join(recipient.team or "" for recipient in post.to)),
    ("theme", lambda post: post.theme or ""),
    ("session", lambda post: post.session or ""),
    ("text", lambda post: post.text),
    ("votes", lambda post: post.votes),
    ("reactions", lambda post: sum(post.reactions.values())),
    ("answered", lambda post: "yes" if post.answered else ""),
    ("answer", lambda post: post.answer or ""),
    ("reason", lambda post: post.reason or ""),
)


def export(connection: Connection, board_id: int, shape: str) -> bytes:
    """Everything of a board, as `json`, `csv` or `xlsx`."""
    found = everything(connection, board_id)
    if found is None:
        raise NotFound("board-gone")
    if shape == "csv":
        return _csv(found.posts)
    if shape == "xlsx":
        return _xlsx(found.posts, found.sessions, found.people)
    whole = {
        "board": views.board_view(found.board),
        "themes": found.board.themes,
        "teams": found.board.teams,
        "sessions": found.sessions,
        "people": found.people,
        "posts": [views.post_view(post) | {"state": post.state, "reason": post.reason} for post in found.posts],
        "audit": [views.line_view(*line) for line in found.audit],
    }
    return msgspec.json.format(views.encode(whole), indent=2) + b"\n"


def _csv(posts: Iterable[Post]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow([name for name, _ in _COLUMNS])
    for post in posts:
        writer.writerow([_harmless(value(post)) for _, value in _COLUMNS])
    return out.getvalue().encode("utf-8-sig")  # Excel knows UTF-8 by the mark at the start


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value


def _xlsx(posts: Sequence[Post], sessions: Sequence[Session], people: Sequence[dict[str, Any]]) -> bytes:
    out = io.BytesIO()
    # Strings stay strings: no formulas, no links, no numbers made of what people wrote.
    import xlsxwriter  # slow to load, and seldom needed

    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True})

    def sheet(name: str, head: Sequence[str], lines: Iterable[Sequence[object]]) -> None:
        page = book.add_worksheet(name)
        page.write_row(0, 0, head, bold)
        page.freeze_panes(1, 0)
        for number, line in enumerate(lines, 1):
            page.write_row(number, 0, [str(cell) if not isinstance(cell, int) else cell for cell in line])
        page.autofit()

    head = [name for name, _ in _COLUMNS]
    for kind, name in ((Kind.CARD, "Cards"), (Kind.QUESTION, "Questions")):
        sheet(name, head, [[value(post) for _, value in _COLUMNS] for post in posts if post.kind is kind])
    sheet(
        "Agenda",
        ("title", "starts_at", "ends_at", "room", "speakers"),
        [(s.title, s.starts_at or "", s.ends_at or "", s.room, "; ".join(s.speakers)) for s in sessions],
    )
    sheet("People", ("name", "team"), [(person["name"], person["team"] or "") for person in people])
    book.close()
    return out.getvalue()

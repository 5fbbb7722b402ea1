"""Everything out of a board, as JSON, CSV or XLSX."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from board.data.everything import Everything, everything
from board.data.store import Connection
from board.model import translated, views
from board.model.consent import Decisions, Layer, may_show
from board.model.erased import called
from board.model.local import local_text
from board.model.models import Kind, NotFound, Post, Reaction, Session
from board.transfer import moved

# As the importer names them, so that the sheet comes in again.
AGENDA_HEAD = ("id", "title", "starts_at", "ends_at", "room", "speakers", "questions")
PEOPLE_HEAD = ("id", "name", "team")

# A spreadsheet takes a cell that begins so for a formula (OWASP, CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def _may(layer: Layer, post: Post, named: _Named) -> str:
    """Whether those whom it concerns let it be shown there, as they have decided by now."""
    theirs = named.decisions.recipients(post.to)
    return "yes" if may_show(layer, named.decisions.author(post.participant), theirs) else ""


def _reactions(reaction: Reaction, post: Post, named: _Named) -> int:
    return post.reactions.get(reaction, 0)


class _Named(NamedTuple):
    """What a post names by its id, in words, and the board's zone."""

    zone: ZoneInfo
    themes: dict[str, str]
    sessions: dict[str, str]
    decisions: Decisions
    word: str
    """What somebody who was erased is called."""


# Ids stand for programs, titles beside them for people. The first names are those of older exports.
_COLUMNS: tuple[tuple[str, Callable[[Post, _Named], object]], ...] = (
    ("id", lambda post, named: post.id),
    ("kind", lambda post, named: post.kind),
    ("state", lambda post, named: post.state),
    ("created_at", lambda post, named: views.iso(post.created_at)),
    ("local time", lambda post, named: local_text(views.iso(post.created_at)[:19] + "Z", named.zone)),
    ("from", lambda post, named: called(post.author_name or "", named.word)),
    ("from team", lambda post, named: post.author_team or ""),
    ("to", lambda post, named: "; ".join(called(recipient.name, named.word) for recipient in post.to)),
    ("to team", lambda post, named: "; ".join(recipient.team or "" for recipient in post.to)),
    ("theme", lambda post, named: post.theme or ""),
    ("theme name", lambda post, named: named.themes.get(post.theme or "", "")),
    ("session", lambda post, named: post.session or ""),
    ("session title", lambda post, named: named.sessions.get(post.session or "", "")),
    ("text", lambda post, named: post.text),
    ("votes", lambda post, named: post.votes),
    ("reactions", lambda post, named: sum(post.reactions.values())),
    *((reaction.value, partial(_reactions, reaction)) for reaction in Reaction),
    ("pinned", lambda post, named: "yes" if post.pinned else ""),
    ("answered", lambda post, named: "yes" if post.answered else ""),
    ("answer", lambda post, named: post.answer or ""),
    ("reason", lambda post, named: post.reason or ""),
    *((f"may be shown: {layer.value}", partial(_may, layer)) for layer in Layer),
    ("owner", lambda post, named: post.owner or ""),
    ("due", lambda post, named: post.due or ""),
    ("set aside", lambda post, named: post.set_aside or ""),
    ("answer in other languages", lambda post, named: translated.lines(post)),
)


MEDIA_TYPES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def export(connection: Connection, board_id: int, shape: str, word: str) -> bytes:
    """Everything of a board, as `json`, `csv` or `xlsx`. `word`: what a reader of a sheet calls somebody who was erased."""
    found = everything(connection, board_id)
    if found is None:
        raise NotFound("board-gone")
    if shape == "csv":
        return _csv(found, word)
    if shape == "xlsx":
        return _xlsx(found, word)
    return msgspec.json.format(views.encode(moved.view(found)), indent=2) + b"\n"


def _named(found: Everything, word: str) -> _Named:
    return _Named(
        ZoneInfo(found.board.time_zone),
        {theme.id: theme.name for theme in found.board.themes},
        {session.id: session.title for session in found.sessions},
        found.decisions,
        word,
    )


def _csv(found: Everything, word: str) -> bytes:
    out, named = io.StringIO(newline=""), _named(found, word)
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow([name for name, _ in _COLUMNS])
    for post in found.posts:
        writer.writerow([harmless(value(post, named)) for _, value in _COLUMNS])
    return out.getvalue().encode("utf-8-sig")  # Excel knows UTF-8 by the mark at the start


def harmless(value: object) -> object:
    """For a cell of a spreadsheet: text, never a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value


def _xlsx(found: Everything, word: str) -> bytes:
    out, named = io.BytesIO(), _named(found, word)
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
        sheet(name, head, [[value(post, named) for _, value in _COLUMNS] for post in found.posts if post.kind is kind])
    sheet("Agenda", AGENDA_HEAD, [_agenda_line(session, named.zone) for session in found.sessions])
    sheet("People", PEOPLE_HEAD, [(person["id"], person["name"], person["team"] or "") for person in found.people])
    sheet("Board", ("what", "value"), _about(found))
    book.close()
    return out.getvalue()


def _agenda_line(session: Session, zone: ZoneInfo) -> tuple[str, ...]:
    """As the importer reads it: in the board's time, and with its id, by which it is known again under another title."""
    times = (local_text(moment, zone) if moment else "" for moment in (session.starts_at, session.ends_at))
    return (session.id, session.title, *times, session.room, "; ".join(session.speakers), session.questions)


def _about(found: Everything) -> list[tuple[str, str]]:
    board = found.board
    return [
        ("title", board.title),
        ("subtitle", board.subtitle),
        ("code", board.code),
        ("first day", board.starts_on or ""),
        ("last day", board.ends_on or ""),
        ("time zone of all local times", board.time_zone),
    ]

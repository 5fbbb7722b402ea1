"""Agenda and people in from CSV, everything out as JSON, CSV or XLSX."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from sqlalchemy import Connection, insert, select, update

from board import messages, rows, schema, text
from board.models import BoardError, Invalid, Kind, NotFound, Post, Questions, Session
from board.transaction import Transaction

MAX_ROWS = 10_000
MAX_FILE_BYTES = 10 * 1024 * 1024
AGENDA_COLUMNS = ("id", "title", "date", "start", "end", "starts_at", "ends_at", "room", "speakers", "questions")
PEOPLE_COLUMNS = ("id", "name", "team")
# A spreadsheet takes a cell that begins so for a formula (OWASP, CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_BEYOND = ""


@dataclass
class Report:
    """What became of each line of an imported file."""

    added: int = 0
    changed: int = 0
    same: int = 0
    lines: list[str] = field(default_factory=list)
    refused: int = 0

    def refuse(self, line: int, why: str) -> None:
        self.refused += 1
        self.lines.append(f"line {line}: refused: {why}")


# -- in ------------------------------------------------------------------------------------------------------------


def read_csv(data: bytes, columns: Sequence[str], required: str) -> list[tuple[int, dict[str, str]]]:
    """Rows with their line numbers. Raises `Invalid` when the file as a whole cannot be used.

    Cells beyond the last column are under `_BEYOND`: a comma in a text without quotes has shifted all that follows.
    """
    if len(data) > MAX_FILE_BYTES:
        raise Invalid(f"The file is too large: {MAX_FILE_BYTES // 1024 // 1024} MiB at the most.")
    try:
        content = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Invalid(f"The file is not UTF-8 (line {line}). In Excel, save it as “CSV UTF-8”.") from None
    first = content.split("\n", 1)[0]
    reader = csv.DictReader(io.StringIO(content, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    found = []
    try:
        reader.fieldnames = _column_names(reader.fieldnames or (), columns, required)
        for row in reader:
            beyond = "".join(row.pop(None, ()))  # what DictReader calls them
            values = {name: value.strip() for name, value in (row | {_BEYOND: beyond}).items() if value is not None}
            if any(values.values()):
                found.append((reader.line_num, values))
            if len(found) > MAX_ROWS:
                raise Invalid(f"At most {MAX_ROWS} rows, please.")
    except csv.Error as error:
        raise Invalid(f"Line {reader.line_num + 1} is not CSV: {error}.") from None
    return found


def _column_names(row: Iterable[str], columns: Sequence[str], required: str) -> list[str]:
    names = [name.strip().lower() for name in row]
    while names and not names[-1]:  # spreadsheets leave empty columns at the end
        names.pop()
    if required not in names:
        raise Invalid(f"The first row must name the columns, “{required}” among them. Known are: {', '.join(columns)}.")
    for name in names:
        if name not in columns:
            raise Invalid(f"There is no column “{name}”. Known are: {', '.join(columns)}.")
        if names.count(name) > 1:
            raise Invalid(f"There are two columns “{name}”.")
    return names


def import_agenda(transaction: Transaction, data: bytes) -> Report:
    """Adds and changes sessions; those that the file does not name stay as they are."""
    report, board = Report(), transaction.board
    stored = {session.id: session for session in rows.read_sessions(transaction.connection, board.id)}
    table, position = schema.sessions, len(stored)
    lines: dict[str, int] = {}
    for line, values in read_csv(data, AGENDA_COLUMNS, "title"):
        try:
            _refuse_beyond(values)
            session = _session(values, board.time_zone)
            if session.id in lines:
                raise Invalid(f"It is the same session as in line {lines[session.id]}. If not, give each an id.")
        except BoardError as error:
            report.refuse(line, error.detail)
            continue
        lines[session.id] = line
        old = stored.get(session.id)
        if old is not None and not values.get("questions"):
            session = msgspec.structs.replace(session, questions=old.questions)
        stored[session.id] = session
        changes = rows.session_values(board.id, position, session)
        if old is None:
            transaction.connection.execute(insert(table).values(**changes))
            position += 1
            _note(report, line, "added", session.title)
        elif old != session:
            del changes["position"]
            where = (table.c.board_id == board.id, table.c.id == session.id)
            transaction.connection.execute(update(table).where(*where).values(**changes))
            _note(report, line, "changed", session.title)
        else:
            report.same += 1
    if report.added or report.changed:
        _sort_agenda(transaction, list(stored.values()))
        transaction.touch_sessions()
        transaction.record("command line", "import-agenda", detail=f"{report.added} added, {report.changed} changed")
    return report


def import_people(transaction: Transaction, data: bytes) -> Report:
    """Adds and changes people of the roster."""
    report, board_id = Report(), transaction.board.id
    table = schema.people
    stored = {
        row.id: (row.name, row.team)
        for row in transaction.connection.execute(select(table).where(table.c.board_id == board_id))
    }
    by_name = {person: person_id for person_id, person in stored.items()}
    for line, values in read_csv(data, PEOPLE_COLUMNS, "name"):
        try:
            _refuse_beyond(values)
            person = (messages.name(values.get("name", "")), messages.optional_name(values.get("team"), "team"))
            person_id = _id(values.get("id", "")) or by_name.get(person) or _slug(" ".join(filter(None, person)), stored)
        except BoardError as error:
            report.refuse(line, error.detail)
            continue
        if person_id not in stored:
            row = {"board_id": board_id, "id": person_id, "name": person[0], "team": person[1]}
            transaction.connection.execute(insert(table).values(**row))
            _note(report, line, "added", person[0])
        elif stored[person_id] != person:
            where = (table.c.board_id == board_id, table.c.id == person_id)
            transaction.connection.execute(update(table).where(*where).values(name=person[0], team=person[1]))
            _note(report, line, "changed", person[0])
        else:
            report.same += 1
        stored[person_id], by_name[person] = person, person_id
    if report.added or report.changed:
        transaction.record("command line", "import-people", detail=f"{report.added} added, {report.changed} changed")
    return report


def _refuse_beyond(values: dict[str, str]) -> None:
    if values[_BEYOND]:
        raise Invalid('There are more cells than columns. A text with a comma in it needs quotes: "A, B".')


def _note(report: Report, line: int, what: str, name: str) -> None:
    setattr(report, what, getattr(report, what) + 1)
    report.lines.append(f"line {line}: {what}: {name}")


def _session(values: dict[str, str], time_zone: str) -> Session:
    title = text.clean(values.get("title", ""), "title", (1, 120))
    date = values.get("date", "")
    starts_at = _moment(values.get("starts_at") or _joined(date, values.get("start", "")), time_zone)
    ends_at = _moment(values.get("ends_at") or _joined(date, values.get("end", "")), time_zone)
    if starts_at and ends_at and ends_at <= starts_at:
        raise Invalid("It ends before it starts.")
    questions = values.get("questions", "").lower() or Questions.OPEN
    if questions not in list(Questions):
        raise Invalid(f"“questions” is one of {', '.join(Questions)}.")
    return Session(
        id=_id(values.get("id", "")) or _session_id(title, starts_at),
        title=title,
        starts_at=starts_at,
        ends_at=ends_at,
        room=text.clean(values.get("room", ""), "room", (0, 60)),
        speakers=[messages.name(speaker) for speaker in re.split(r"[;|]", values.get("speakers", "")) if speaker.strip()],
        questions=Questions(questions),
    )


def _joined(date: str, time: str) -> str:
    if time and not date:
        raise Invalid("There is a time, but no date.")
    return f"{date}T{time}" if time else ""


def _moment(value: str, time_zone: str) -> str | None:
    """ISO 8601; without an offset it is the board's own time. Stored in UTC."""
    if not value:
        return None
    try:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=ZoneInfo(time_zone))
        moment = moment.astimezone(UTC)
    except (ValueError, OverflowError, ZoneInfoNotFoundError):
        raise Invalid(f"“{value}” is no time; write 2026-05-04 and 09:30, or 2026-05-04T09:30.") from None
    return moment.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def _id(value: str) -> str:
    if value and not re.fullmatch(r"[A-Za-z0-9_-]{1,60}", value):
        raise Invalid("An id has letters, digits, - and _ only.")
    return value


def _session_id(title: str, starts_at: str | None) -> str:
    """The same for the same title at the same time, so that a file may come again, and no other's: long titles begin alike,
    and those in other scripts leave no letter in a slug."""
    digest = hashlib.sha256(f"{title} {starts_at}".encode()).hexdigest()
    return f"{_slug(title, ())}-{digest[:8]}"


def _slug(words: str, taken: Iterable[str]) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:40] or "x"
    number, candidate = 1, slug
    while candidate in taken:
        number += 1
        candidate = f"{slug}-{number}"
    return candidate


def _sort_agenda(transaction: Transaction, sessions: list[Session]) -> None:
    table = schema.sessions
    ordered = sorted(sessions, key=lambda session: (session.starts_at or "9", session.title))
    for position, session in enumerate(ordered):
        where = (table.c.board_id == transaction.board.id, table.c.id == session.id)
        transaction.connection.execute(update(table).where(*where).values(position=position))


# -- out -----------------------------------------------------------------------------------------------------------

_COLUMNS: tuple[tuple[str, Callable[[Post], object]], ...] = (
    ("id", lambda post: post.id),
    ("kind", lambda post: post.kind),
    ("state", lambda post: post.state),
    ("created_at", lambda post: messages.iso(post.created_at)),
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
    board = rows.read_board(connection, board_id)
    if board is None:
        raise NotFound("This board is no longer here.")
    table = schema.posts
    found = connection.execute(rows.select_posts.where(table.c.board_id == board_id).order_by(table.c.created_at))
    posts = [rows.post_from(row) for row in found]
    if shape == "csv":
        return _csv(posts)
    sessions = rows.read_sessions(connection, board_id)
    people = [
        {"id": row.id, "name": row.name, "team": row.team}
        for row in connection.execute(select(schema.people).where(schema.people.c.board_id == board_id).order_by("name"))
    ]
    if shape == "xlsx":
        return _xlsx(posts, sessions, people)
    audit = schema.audit
    lines = connection.execute(
        select(audit.c.at, audit.c.actor, audit.c.action, audit.c.post_id.label("post"), audit.c.detail)
        .where(audit.c.board_id == board_id)
        .order_by(audit.c.id)
    )
    whole = {
        "board": messages.board_view(board),
        "themes": board.themes,
        "teams": board.teams,
        "sessions": sessions,
        "people": people,
        "posts": [messages.post_view(post) | {"state": post.state, "reason": post.reason} for post in posts],
        "audit": [dict(line._mapping) | {"at": messages.iso(line.at)} for line in lines],
    }
    return msgspec.json.format(messages.encode(whole), indent=2) + b"\n"


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

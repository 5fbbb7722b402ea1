"""Small files with the structure of real ones, and what is right for each: sessions as title, start, end (in the board's time),
room, speakers; people as name and team."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from board.transfer.imports.found import Given, Reading

HERE = Path(__file__).parent
WHOLE: dict[str, Any] = json.loads((HERE / "expected.json").read_text(encoding="utf-8"))
CASES: dict[str, dict[str, Any]] = {case["file"]: case for case in WHOLE["files"]}
ZONE = ZoneInfo(WHOLE["board"]["time_zone"])
GIVEN = Given("Asia/Bangkok", date(2026, 5, 4), date(2026, 5, 7), date(2026, 4, 1))


def data_of(file: str) -> bytes:
    return (HERE / "files" / file).read_bytes()


def local(moment: str | None) -> str | None:
    return None if moment is None else datetime.fromisoformat(moment).astimezone(ZONE).strftime("%Y-%m-%d %H:%M")


def rows_of(reading: Reading) -> list[Any]:
    if reading.kind == "people":
        return sorted_rows([person.name, person.team] for person in reading.people)
    return sorted_rows(
        [
            session.title,
            local(session.changes.get("starts_at")),
            local(session.changes.get("ends_at")),
            session.changes.get("room", ""),
            session.changes.get("speakers", []),
        ]
        for session in reading.sessions
    )


def sorted_rows(rows: Any) -> list[Any]:
    return sorted(rows, key=lambda row: json.dumps(row))


def right(case: dict[str, Any]) -> list[list[Any]]:
    """The outcomes that are right, one or two."""
    return [sorted_rows(case[name]) for name in ("rows", "also_right") if name in case]

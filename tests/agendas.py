"""Agendas around the present moment."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.servers import Server


def import_agenda(server: Server, board: dict[str, str], directory: Path, *sessions: dict[str, Any]) -> None:
    """Each session as its columns; `starts` and `ends` in minutes from now."""
    now = datetime.now(UTC)
    columns = ["id", "title", "starts_at", "ends_at", "room", "questions"]
    file = directory / "agenda.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns)
        writer.writeheader()
        for session in sessions:
            row = {"title": session["id"].title(), "room": "", "questions": "open"} | session
            for column, minutes in (("starts_at", row.pop("starts", None)), ("ends_at", row.pop("ends", None))):
                row[column] = "" if minutes is None else (now + timedelta(minutes=minutes)).isoformat(timespec="seconds")
            writer.writerow(row)
    done = server.run("import-agenda", board["code"], str(file))
    assert done.returncode == 0, done.stderr

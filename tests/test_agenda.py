"""Which session the room is in, by examples that the pages are held to as well (`browser/test_agenda.py`)."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from board.model.agenda import Chosen, current
from board.model.models import Questions, Session

VECTORS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "vectors" / "agenda.json").read_text(encoding="utf-8"))


def milliseconds(at: str) -> float:
    return datetime.fromisoformat(at).timestamp() * 1000


@pytest.mark.parametrize("example", VECTORS, ids=[example["name"] for example in VECTORS])
def test_the_session_that_is_on(example: dict[str, Any]) -> None:
    sessions = [
        Session(
            one["id"],
            one["id"],
            one["starts_at"],
            one["ends_at"],
            one.get("room", ""),
            [],
            Questions(one.get("questions", "open")),
        )
        for one in example["sessions"]
    ]
    choice = {name: example[name] for name in ("room", "moved", "asked") if name in example}
    if "chosen" in example:
        choice["chosen"] = Chosen(example["chosen"]["session"], milliseconds(example["chosen"]["at"]))
    found = current(sessions, milliseconds(example["now"]), **choice)
    assert (found.id if found else None) == example["current"]

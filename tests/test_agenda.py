"""Which session the room is in, by examples that the pages are held to as well (`browser/test_agenda.py`)."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from board.model.agenda import Chosen, current, parallel
from board.model.models import Questions, Session

VECTORS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "vectors" / "agenda.json").read_text(encoding="utf-8"))


def milliseconds(at: str) -> float:
    return datetime.fromisoformat(at).timestamp() * 1000


def session(one: dict[str, Any]) -> Session:
    times = one["starts_at"], one["ends_at"]
    return Session(one["id"], one["id"], *times, one.get("room", ""), [], Questions(one.get("questions", "open")))


def led(received: list[dict[str, str]]) -> dict[str, str]:
    return {one["room"]: one["session"] for one in received}


@pytest.mark.parametrize("example", VECTORS, ids=[example["name"] for example in VECTORS])
def test_the_agenda_finds_the_running_session(example: dict[str, Any]) -> None:
    sessions = [session(one) for one in example["sessions"]]
    choice = {name: example[name] for name in ("room", "moved", "asked") if name in example}
    if "led" in example:
        choice["led"] = led(example["led"])
    if "chosen" in example:
        chosen = example["chosen"]
        before = led(chosen["led"]) if "led" in chosen else None
        choice["chosen"] = Chosen(chosen["session"], milliseconds(chosen["at"]), before)
    found = current(sessions, milliseconds(example["now"]), **choice)
    assert (found.id if found else None) == example["current"]


HALLS = next(one["sessions"] for one in VECTORS if one["name"].startswith("parallel sessions: the room"))


@pytest.mark.parametrize(
    ("now", "found"),
    [
        ("08:59", []),
        ("09:30", ["hall-1a", "hall-2a"]),
        ("10:15", ["hall-2a", "hall-1b"]),  # in the agenda's order
        ("11:10", []),  # one is left: nothing to choose
    ],
)
def test_a_person_chooses_between_simultaneous_sessions_in_different_rooms(now: str, found: list[str]) -> None:
    at = milliseconds(f"2026-11-23T{now}:00Z")
    sessions = [session(one) for one in HALLS]
    assert [one.id for one in parallel(sessions, at)] == found
    assert parallel([session(one | {"room": ""}) for one in HALLS], at) == []
    assert parallel([session(one | {"questions": "closed"}) for one in HALLS], at) == []

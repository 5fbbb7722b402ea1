"""What an import would do to a board, before it does it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from board.model.models import Message, Session
from board.transfer.imports.found import Ask, Given, Reading

T = TypeVar("T")
# A person of the roster as files know one: the name, and the team.
Named = tuple[str, str | None]
KEEP, REMOVE = "keep", "remove"
MOVES = ("starts_at", "ends_at", "room")
ASKED_BY_NAME = 3


@dataclass
class Plan(Generic[T]):
    """`before`: the state that the plan was made from. If the board has changed since, the plan is made again. `after`:
    entries that are new or changed, by their ids; `removed`: those that go. The lists are what the preview shows."""

    before: Mapping[str, T]
    after: dict[str, T] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    added: list[dict[str, Any]] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)
    moved: list[dict[str, Any]] = field(default_factory=list)
    gone: list[dict[str, Any]] = field(default_factory=list)
    same: int = 0

    @property
    def does_nothing(self) -> bool:
        return not self.after and not self.removed


def shown_session(session: Session, zone: ZoneInfo) -> dict[str, Any]:
    """As a preview shows it: in the board's own time."""
    return {
        "title": session.title,
        "starts_at": local(session.starts_at, zone),
        "ends_at": local(session.ends_at, zone),
        "room": session.room,
        "speakers": session.speakers,
        "questions": session.questions,
    }


def local(moment: str | None, zone: ZoneInfo) -> str | None:
    if moment is None:
        return None
    return datetime.fromisoformat(moment).astimezone(zone).replace(tzinfo=None).isoformat(timespec="minutes")


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    names = [name for name in new if new[name] != old[name]]
    return {"from": {name: old[name] for name in names}, "to": {name: new[name] for name in names}}


def settle_gone(
    plan: Plan[Any], reading: Reading, given: Given, stays: Callable[[str], bool], named: Callable[[dict[str, Any]], str]
) -> None:
    """What the board has and the file does not: it stays, unless the organiser decides otherwise. `stays`: it must stay,
    whatever the organiser decides."""
    if not plan.gone:
        return
    free = [one for one in plan.gone if not stays(one["id"])]
    for one in plan.gone:
        one["stays"] = True
    if not free:
        return
    names = ", ".join(f"“{named(one)}”" for one in free[:ASKED_BY_NAME])
    detail = Message("ask-gone", {"number": len(free), "names": names})
    if reading.ask(given, Ask("gone", detail, (KEEP, REMOVE), KEEP)) == REMOVE:
        plan.removed = [one["id"] for one in free]
        for one in free:
            one["stays"] = False


def once(keys: Iterable[Any]) -> set[Any]:
    """The keys that are there exactly once."""
    seen: set[Any] = set()
    twice: set[Any] = set()
    for key in keys:
        (twice if key in seen else seen).add(key)
    return seen - twice

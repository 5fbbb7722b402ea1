"""The order at the microphone: one list of the questions to read out and of those to ask aloud. One rule for the
server, phones, the desk and the stage (`static/js/shared/floor.js`), held to `tests/vectors/floor.json`. Pure.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

# So many wait at the microphone of one session; more than any session can hear.
MAX_WAITING = 100


class Floor(StrEnum):
    """The rule that everybody sees. FIRST: first come. TEAMS: the team that was heard least. VOTES: the most votes."""

    FIRST = "first"
    TEAMS = "teams"
    VOTES = "votes"


class Asked(Protocol):
    """A question, as far as the order goes."""

    @property
    def id(self) -> str: ...
    @property
    def created_at(self) -> int: ...
    @property
    def votes(self) -> int: ...
    @property
    def pinned(self) -> bool: ...
    @property
    def answered(self) -> bool: ...
    @property
    def owner(self) -> str | None: ...
    @property
    def set_aside(self) -> str | None: ...
    @property
    def author_team(self) -> str | None: ...
    @property
    def taken_at(self) -> int | None: ...
    @property
    def later_at(self) -> int | None: ...


def in_turn(questions: Sequence[Asked], rule: Floor = Floor.VOTES) -> list[str]:
    """The ids of the open ones in the order in which they come up. `questions`: the public ones of one session, also those that
    are answered. The one that is being answered is no part of the list, nor is what somebody has promised to answer, or was
    set aside. What a moderator pinned comes first, and what was put off comes last, whatever the rule."""
    heard = Counter(one.author_team or "" for one in questions if one.answered or one.taken_at is not None)
    waiting = [one for one in questions if is_open(one) and one.taken_at is None]
    groups = (
        [one for one in waiting if one.later_at is None and one.pinned],
        [one for one in waiting if one.later_at is None and not one.pinned],
        sorted((one for one in waiting if one.later_at is not None), key=lambda one: (one.later_at or 0, one.id)),
    )
    return [one.id for group in (_by(rule, groups[0], heard), _by(rule, groups[1], heard), groups[2]) for one in group]


def is_open(one: Asked) -> bool:
    """Whether it is still to be decided what becomes of it."""
    return not (one.answered or one.owner or one.set_aside)


def _by(rule: Floor, group: Sequence[Asked], heard: Counter[str]) -> list[Asked]:
    """Adds to `heard` the teams that are heard by then."""
    first_come = sorted(group, key=lambda one: (one.created_at, one.id))
    if rule is Floor.VOTES:
        return sorted(first_come, key=lambda one: -one.votes)
    return first_come if rule is Floor.FIRST else _by_teams(first_come, heard)


def _by_teams(first_come: Sequence[Asked], heard: Counter[str]) -> list[Asked]:
    """Each time the first of the team that was heard least; of several such teams, the one that waits longest. Those without a
    team are one team: a person without a name is no way to the front."""
    lines: dict[str, deque[Asked]] = {}
    for one in first_come:
        lines.setdefault(one.author_team or "", deque()).append(one)
    ordered = []
    while lines:
        team = min(lines, key=lambda name: (heard[name], lines[name][0].created_at, lines[name][0].id))
        ordered.append(lines[team].popleft())
        heard[team] += 1
        if not lines[team]:
            del lines[team]
    return ordered


def taken(questions: Sequence[Asked]) -> str | None:
    """The id of the one that is being answered."""
    now = [one for one in questions if one.taken_at is not None and not one.answered]
    return max(now, key=lambda one: one.taken_at or 0).id if now else None

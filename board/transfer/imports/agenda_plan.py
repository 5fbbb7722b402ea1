"""Sessions of a file beside those of the board: which is which, and what would change. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from board.model.folding import fold
from board.model.models import Invalid, Session
from board.transfer.ids import slug_of
from board.transfer.imports.found import Given, Reading, SessionFound
from board.transfer.imports.plans import MOVES, Plan, differences, local, once, settle_gone, shown_session
from board.transfer.imports.reading import MAX_SESSIONS

Key = Callable[[Any], Hashable]
_ID = re.compile(r"[A-Za-z0-9_-]{1,60}")


def plan_agenda(reading: Reading, stored: Sequence[Session], questions: Mapping[str, int], given: Given) -> Plan[Session]:
    """`questions`: how many each session has. Raises `Invalid` where the board would have too many sessions."""
    zone = ZoneInfo(given.time_zone)
    plan = Plan({session.id: session for session in stored}, same=reading.again)
    ids = _matched(reading.sessions, stored, zone)
    taken = {*plan.before, *ids.values()}
    for number, found in enumerate(reading.sessions):
        session_id = ids.get(number) or _new_id(found, taken)
        taken.add(session_id)
        _put(plan, session_id, found, zone)
    present = set(ids.values())
    plan.gone = [
        {"id": session.id, **shown_session(session, zone), "asked": questions.get(session.id, 0)}
        for session in stored
        if session.id not in present
    ]
    settle_gone(plan, reading, given, lambda one: bool(questions.get(one)), lambda one: str(one["title"]))
    total = len({*plan.before, *plan.after}) - len(plan.removed)
    if total > MAX_SESSIONS:
        raise Invalid("board-too-many-sessions", number=total, most=MAX_SESSIONS)
    return plan


def _put(plan: Plan[Session], session_id: str, found: SessionFound, zone: ZoneInfo) -> None:
    old = plan.before.get(session_id)
    new = (
        _changed(old, found.changes)
        if old
        else Session(id=session_id, **({"starts_at": None, "ends_at": None} | found.changes))
    )
    if old == new:
        plan.same += 1
        return
    plan.after[session_id] = new
    shown = shown_session(new, zone)
    entry = {"row": found.row, "id": session_id}
    if old is None:
        plan.added.append(entry | shown)
        return
    differs = differences(shown_session(old, zone), shown)
    only_moved = all(name in MOVES for name in differs["to"])
    (plan.moved if only_moved else plan.changed).append(entry | {"title": new.title} | differs)


def _changed(old: Session, changes: dict[str, Any]) -> Session:
    """A start that moves takes the end along where the file has no ends."""
    starts_at = changes.get("starts_at")
    if "ends_at" not in changes and starts_at and old.starts_at and old.ends_at:
        moved = datetime.fromisoformat(starts_at) - datetime.fromisoformat(old.starts_at)
        ends_at = (datetime.fromisoformat(old.ends_at) + moved).strftime("%Y-%m-%dT%H:%M:%SZ")
        changes = changes | {"ends_at": ends_at}
    return msgspec.structs.replace(old, **changes)


def _matched(found: Sequence[SessionFound], stored: Sequence[Session], zone: ZoneInfo) -> dict[int, str]:
    """Which row of the file is which session: by its id, else by its title, else by its time and room. Nothing is matched by
    what several have, but that sessions of one title on one day are taken in their order."""
    matching = _Matching(found, stored)
    matching.by_id()

    def of_title(one: Session) -> Hashable:
        return fold(one.title)

    def of_time(one: Session) -> Hashable:
        return one.starts_at and (one.starts_at, fold(one.room))

    def of_day(one: Session) -> Hashable:
        return fold(one.title), (local(one.starts_at, zone) or "")[:10]

    matching.by(lambda one: (fold(one.title), one.starts_at, fold(one.room)))
    matching.by(lambda one: (fold(one.title), one.starts_at))
    matching.by(of_title)
    matching.in_order(of_day)
    matching.in_order(of_title)
    matching.by(of_time)
    return matching.ids


class _Matching:
    def __init__(self, found: Sequence[SessionFound], stored: Sequence[Session]) -> None:
        self._uids = [stable_id(one.uid) if one.uid else "" for one in found]
        self._left = {number: self._as_session(one) for number, one in enumerate(found)}
        self._stored = {session.id: session for session in stored}
        self.ids: dict[int, str] = {}

    def by_id(self) -> None:
        for number, uid in enumerate(self._uids):
            if uid in self._stored:
                self._pair(number, uid)

    def by(self, key: Key) -> None:
        """Those whose key is there once on either side."""
        here = {key(session): session.id for session in self._stored.values()}
        alone = once(map(key, self._stored.values())) & once(map(key, self._left.values()))
        for number, one in list(self._left.items()):
            wanted = key(one)
            if wanted is not None and wanted in alone:
                self._pair(number, here[wanted])

    def in_order(self, key: Key) -> None:
        """Those whose key as many have on either side, in the order of time."""
        groups: dict[Hashable, tuple[list[int], list[str]]] = {}
        for number, one in sorted(self._left.items(), key=lambda found: (found[1].starts_at or "9", found[0])):
            groups.setdefault(key(one), ([], []))[0].append(number)
        for session in sorted(self._stored.values(), key=lambda one: one.starts_at or "9"):
            if key(session) in groups:
                groups[key(session)][1].append(session.id)
        for numbers, ids in groups.values():
            if len(numbers) == len(ids):
                for number, session_id in zip(numbers, ids, strict=True):
                    self._pair(number, session_id)

    def _as_session(self, found: SessionFound) -> Session:
        return Session(id="", **found.changes)

    def _pair(self, number: int, session_id: str) -> None:
        self.ids[number] = session_id
        self._left.pop(number, None)
        self._stored.pop(session_id, None)


def stable_id(uid: str) -> str:
    """The id that a file gives, or one made from it where it has other letters: always the same."""
    if _ID.fullmatch(uid):
        return uid
    return f"{slug_of(uid) or 'x'}-{hashlib.sha256(uid.encode()).hexdigest()[:8]}"


def _new_id(found: SessionFound, taken: set[str]) -> str:
    """Readable, the same for the same title at the same time, and unique: long titles begin alike, and those in other
    scripts leave no letter in a slug."""
    if found.uid and (wanted := stable_id(found.uid)) not in taken:
        return wanted
    words = [found.title, str(found.changes.get("starts_at"))]
    for more in ("", found.changes.get("room", ""), str(found.row)):
        words += [more] if more else []
        digest = hashlib.sha256(" ".join(words).encode()).hexdigest()
        session_id = f"{slug_of(found.title) or 'x'}-{digest[:8]}"
        if session_id not in taken:
            break
    return session_id

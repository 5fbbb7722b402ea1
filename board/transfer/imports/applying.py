"""An import done, in one transaction, and undone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec

from board.data import imports, teams
from board.data.following import follow
from board.data.imports import State
from board.data.reads import Reads
from board.data.transaction import Transaction
from board.model.folding import fold
from board.model.models import Recipient, Session, Team
from board.model.preparing import MOST_TEAMS
from board.model.renaming import Renamed, Renaming
from board.transfer.imports.agenda_plan import plan_agenda
from board.transfer.imports.found import Given, Kind, Reading
from board.transfer.imports.people_plan import plan_people
from board.transfer.imports.plans import Named, Plan

MOST_NAMED = 10
# In one statement: a database bounds the values of each.
PEOPLE_AT_ONCE = 1_000


class Undo(msgspec.Struct):
    """Rows before and after, by their ids; None: there was no row before, or there is none after."""

    kind: Kind
    before: dict[str, Any]
    after: dict[str, Any]
    teams: list[str] = []
    """Those that the board did not have before."""
    respelt: dict[str, str] = {}
    """Old spelling to new."""


class Stale(Exception):
    """The board is another by now than the one that the plan was made from."""


def plan_of(reading: Reading, state: State, given: Given) -> Plan[Any]:
    """What the file would do to the board. Asks about what is gone. Raises `Invalid`."""
    if reading.kind == "people":
        return plan_people(reading, state.people, state.needed, given)
    asked = dict.fromkeys(state.needed, 1) | state.asked
    return plan_agenda(reading, state.sessions, asked, given)


def teams_of(people: Mapping[str, Named]) -> dict[str, frozenset[str]]:
    """Teams as the roster spells them, each with its people's names, folded."""
    found: dict[str, set[str]] = {}
    for name, team in people.values():
        if team:
            found.setdefault(team, set()).add(fold(name))
    return {team: frozenset(names) for team, names in found.items()}


def apply(transaction: Transaction, kind: Kind, plan: Plan[Any], actor: str) -> Undo:
    """Writes what was planned. Raises `Stale` where the board has changed since."""
    state = imports.state(transaction)
    present: Mapping[str, Any] = state.people if kind == "people" else {one.id: one for one in state.sessions}
    if dict(present) != dict(plan.before) or any(one in state.needed or one in state.asked for one in plan.removed):
        raise Stale
    undo = Undo(kind, _kept(plan, plan.before), _kept(plan, plan.after))
    if not plan.does_nothing:
        _write(transaction, kind, present, plan.after, plan.removed)
        if kind == "people":
            undo.teams, undo.respelt = _bring_teams(transaction, plan.after)
        transaction.record(actor, f"import-{kind}", detail=_counts(plan))
    return undo


def undo(transaction: Transaction, done: Undo, actor: str) -> list[str]:
    """Puts rows back as they were. Where somebody has changed or used one of them since, nothing is done, and what is in the
    way is named."""
    state = imports.state(transaction)
    present: Mapping[str, Any] = state.people if done.kind == "people" else {one.id: one for one in state.sessions}
    before = {one: _row(done.kind, value) for one, value in done.before.items()}
    after = {one: _row(done.kind, value) for one, value in done.after.items()}
    used = state.needed | state.asked.keys()
    in_the_way = [one for one in after if present.get(one) != after[one] or (before[one] is None and one in used)]
    if in_the_way:
        return [_name(present.get(one) or after[one] or before[one]) for one in in_the_way[:MOST_NAMED]]
    _write(transaction, done.kind, present, {k: v for k, v in before.items() if v}, [k for k, v in before.items() if v is None])
    still = {team for _, team in imports.state(transaction).people.values()}
    _name_teams(transaction, {new: old for old, new in done.respelt.items()}, [], set(done.teams) - still)
    transaction.record(actor, f"import-{done.kind}-undone", detail=f"{len(before)} rows")
    return []


def _bring_teams(transaction: Transaction, people: Mapping[str, Named]) -> tuple[list[str], dict[str, str]]:
    """The board's teams follow its roster: a phone offers them, and the map has a place for each. New ones come by the
    alphabet, as many as a board may have. A team that nobody on the roster is in any more takes the spelling that came.
    Gives the new ones, and old spellings with new ones."""
    present = {fold(team.name): team.name for team in transaction.board.teams}
    came = {fold(team): team for _, team in people.values() if team}
    used = {team for _, team in imports.state(transaction).people.values()}
    respelt = {present[key]: team for key, team in came.items() if key in present and present[key] not in {team, *used}}
    new = sorted((team for key, team in came.items() if key not in present), key=fold)[: max(0, MOST_TEAMS - len(present))]
    _name_teams(transaction, respelt, new, set())
    return new, respelt


def _name_teams(transaction: Transaction, respelt: dict[str, str], new: Sequence[str], gone: Collection[str]) -> None:
    names = [team.name for team in transaction.board.teams if team.name not in gone]
    if respelt or new or gone:
        transaction.change_board(teams=[Team(respelt.get(name, name)) for name in names] + [Team(name) for name in new])
    if respelt:
        teams.rename(transaction, respelt)


def _kept(plan: Plan[Any], rows: Mapping[str, Any]) -> dict[str, Any]:
    return {one: msgspec.to_builtins(rows[one]) if one in rows else None for one in (*plan.after, *plan.removed)}


def _row(kind: Kind, value: Any) -> Any:
    if value is None:
        return None
    return (value[0], value[1]) if kind == "people" else msgspec.convert(value, Session)


def _name(row: Any) -> str:
    return str(row.title if isinstance(row, Session) else row[0])


def _write(
    transaction: Transaction, kind: Kind, present: Mapping[str, Any], after: Mapping[str, Any], removed: Sequence[str]
) -> None:
    if kind == "people":
        renaming = _renaming(transaction, present, after)
        imports.remove_people(transaction, removed)
        imports.write_roster(transaction, after, present)
        _follow(transaction, renaming)
        return
    imports.remove_sessions(transaction, removed)
    left = {**present, **after}
    for one in removed:
        left.pop(one, None)
    place = {one: number for number, one in enumerate(present)}  # an order by hand among sessions of one time stays
    ordered = sorted(left.values(), key=lambda one: (one.starts_at or "9", place.get(one.id, len(place)), one.title))
    imports.write_agenda(transaction, ordered, present)
    transaction.touch_sessions()


def _renaming(transaction: Transaction, present: Mapping[str, Named], after: Mapping[str, Named]) -> Renaming:
    """The people whose name or team changes. Where two had the same name, a typed name without a link belongs to neither."""
    changed = [one for one in after if present.get(one, after[one]) != after[one]]
    alike: dict[tuple[str, str], set[str]] = {}
    for one, (name, team) in present.items() if changed else ():
        alike.setdefault((fold(name), fold(team or "")), set()).add(one)
    renamed = []
    for start in range(0, len(changed), PEOPLE_AT_ONCE):
        for was in transaction.people(*changed[start : start + PEOPLE_AT_ONCE]):
            now = msgspec.structs.replace(was, name=after[was.id][0], team=after[was.id][1])
            alone = alike[fold(was.name), fold(was.team or "")] == {was.id}
            renamed.append(Renamed(was, now, Recipient(now.name, now.team, now.id), alone))
    return Renaming(renamed)


def _follow(transaction: Transaction, renaming: Renaming) -> None:
    """Cards, phones and what they wrote show people as the roster has them now."""
    held = {one.was.holder: one.by for one in renaming.people if one.was.holder is not None}
    transaction.read_ahead([Reads(participants=list(held))])
    for phone, person in held.items():
        transaction.put_participant(msgspec.structs.replace(transaction.participant(phone), name=person.name, team=person.team))
    if renaming.people:
        follow(transaction, renaming)


def _counts(plan: Plan[Any]) -> str:
    words = [f"{len(plan.added)} added", f"{len(plan.changed)} changed"]
    words += [f"{len(plan.moved)} moved"] if plan.moved else []
    words += [f"{len(plan.removed)} removed"] if plan.removed else []
    return ", ".join(words)

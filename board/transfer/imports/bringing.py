"""From the bytes of a file to a plan for a board, and on to its database. Each step that takes long runs in a thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from board.data import imports
from board.data.address import BoardId
from board.data.imports import State
from board.data.store import Connection, Store
from board.data.transaction import Transaction
from board.model.models import Conflict
from board.transfer.imports import applying
from board.transfer.imports.applying import Stale, Undo
from board.transfer.imports.found import Given, Kind, Reading
from board.transfer.imports.plans import Plan
from board.transfer.imports.reading import read

# Somebody edits the board while a file is read: then it is read again, so often.
TRIES = 4
Also = Callable[[Transaction, Undo], None]


@dataclass(frozen=True)
class File:
    kind: Kind
    data: bytes
    name: str = ""


def zone_of(connection: Connection, board_id: int) -> str:
    """In which times without a zone are read."""
    return imports.read_state(connection, board_id).board.time_zone


async def look(store: Store, board_id: int, file: File, given: Given) -> tuple[Reading, Plan[Any]]:
    """What the file would do to the board as it is now. `given`: what the organiser answered. Raises `Invalid`, `NotFound`."""
    state = await store.read(lambda connection: imports.read_state(connection, board_id))
    return await asyncio.to_thread(planned, file, given, state, store.now())


async def bring(
    store: Store, board: BoardId, board_id: int, file: File, given: Given, actor: str, also: Also | None = None
) -> tuple[Reading, Plan[Any], Undo]:
    """Looks, and does it in one transaction, with what is `also` to be done in it. Raises `Conflict` where others never stop
    changing the board meanwhile."""
    for _ in range(TRIES):
        reading, plan = await look(store, board_id, file, given)
        try:
            done = await store.write(board, partial(_applied, file.kind, plan, actor, also))
        except Conflict as conflict:
            if not isinstance(conflict.__cause__, Stale):
                raise
            continue
        return reading, plan, done
    raise Conflict("board-busy")


def planned(file: File, given: Given, state: State, now_us: int) -> tuple[Reading, Plan[Any]]:
    """What the file would do to a board in this state. Takes up to seconds. Raises `Invalid`."""
    given = _given(state, given, now_us)
    reading = read(file.kind, file.data, given, file.name)
    return reading, applying.plan_of(reading, state, given)


def _given(state: State, given: Given, now_us: int) -> Given:
    board = state.board
    today = datetime.fromtimestamp(now_us / 1_000_000, UTC).astimezone(ZoneInfo(board.time_zone)).date()
    return replace(
        given,
        time_zone=board.time_zone,
        starts_on=_day(board.starts_on),
        ends_on=_day(board.ends_on),
        today=today,
        teams=tuple(team.name for team in board.teams),
        roster=applying.teams_of(state.people),
    )


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _applied(kind: Kind, plan: Plan[Any], actor: str, also: Also | None, transaction: Transaction) -> Undo:
    """A refusal of the store's own family, so that one of a batch does not take the others along."""
    try:
        done = applying.apply(transaction, kind, plan, actor)
    except Stale as stale:
        raise Conflict("board-busy") from stale
    if also is not None:
        also(transaction, done)
    return done

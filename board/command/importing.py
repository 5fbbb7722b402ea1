"""An agenda or a roster, from a file onto a board."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from typing import Any

from board.command import sentences
from board.command.opened import with_store
from board.data.store import Store
from board.model import views
from board.process import settings as settings_module
from board.process.settings import SettingsError
from board.transfer.imports import bringing, previews
from board.transfer.imports.bringing import File
from board.transfer.imports.found import Given, Kind, Reading
from board.transfer.imports.plans import Plan

ACTOR = "command line"
DRY = "Nothing was changed: this was a dry run."
MAPPED_TO = {"agenda": "title", "people": "name"}


def agenda(arguments: argparse.Namespace) -> None:
    _import("agenda", arguments)


def people(arguments: argparse.Namespace) -> None:
    _import("people", arguments)


def pair(value: str) -> tuple[str, str]:
    """`FIELD=COLUMN`, as argparse reads it."""
    name, equals, column = value.partition("=")
    if not name or not equals:
        raise argparse.ArgumentTypeError(f"“{value}” has no “=”; write title=Session")
    return name.strip(), column.strip()


def _import(kind: Kind, arguments: argparse.Namespace) -> None:
    """Reads the file before the database is locked: other boards' posts wait for the lock."""
    file = File(kind, arguments.file.read_bytes(), arguments.file.name)
    day = date.fromisoformat(arguments.day) if arguments.day else None
    given = Given(map=dict(arguments.map), day=day, encoding=arguments.encoding, choices=dict(arguments.answer))

    async def work(store: Store) -> tuple[str, Reading, Plan[Any]]:
        board_id = await store.board_id(arguments.code.upper())
        zone = await store.read(lambda connection: bringing.zone_of(connection, board_id))
        if arguments.dry_run:
            return zone, *await bringing.look(store, board_id, file, given)
        reading, plan, _ = await bringing.bring(store, board_id, board_id, file, given, ACTOR)
        return zone, reading, plan

    zone, reading, plan = with_store(settings_module.load(workers=1), work)
    if arguments.json:
        shown = previews.preview("", reading, plan, sentences.english())
        print(views.encode(shown | {"time_zone": zone, "dry_run": arguments.dry_run}).decode())
    else:
        for line in _report(kind, zone, reading, plan, arguments.dry_run):
            print(line)
    if not reading.sessions and not reading.people and not reading.refused:
        what = "sessions" if kind == "agenda" else "people"
        raise SettingsError(
            f"There are no {what} in this file. Which column is which? Say it with --map {MAPPED_TO[kind]}=COLUMN."
        )
    if reading.refused and not arguments.dry_run:
        refused = "1 line was" if reading.refused == 1 else f"{reading.refused} lines were"
        raise SettingsError(f"{refused} refused; the others are in.")


def _report(kind: Kind, zone: str, reading: Reading, plan: Plan[Any], dry_run: bool) -> Sequence[str]:
    head = [f"Times are those of {zone}, the board's time zone."] if kind == "agenda" else []
    return [*head, *previews.lines(reading, plan, sentences.english()), _counts(reading, plan), *([DRY] if dry_run else [])]


def _counts(reading: Reading, plan: Plan[Any]) -> str:
    """What there is always, and the rest where there is any."""
    removed = len(plan.removed)
    counts = [f"{len(plan.added)} added", f"{len(plan.changed)} changed"]
    counts += [f"{len(plan.moved)} moved"] if plan.moved else []
    counts += [f"{removed} removed"] if removed else []
    counts += [f"{len(plan.gone) - removed} gone but kept"] if len(plan.gone) > removed else []
    counts += [f"{plan.same} as they were", f"{reading.refused} refused"]
    doubts = sum(1 for doubt in reading.warnings if not doubt.refuses)
    return f"{', '.join(counts)}.{f' {doubts} to check.' if doubts else ''}"

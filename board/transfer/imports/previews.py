"""What an import would do, as the organiser sees it: one object for the browser and for the command line. Pure."""

from __future__ import annotations

from typing import Any

from board.model.catalogue import Catalogue
from board.model.models import Message
from board.transfer.imports.found import Ask, Doubt, Reading
from board.transfer.imports.plans import Plan

# A terminal is no place for a whole roster.
GONE_LINES = 20


def preview(import_id: str, reading: Reading, plan: Plan[Any], catalogue: Catalogue) -> dict[str, Any]:
    """`catalogue`: the reader's language."""
    return {
        "id": import_id,
        "kind": reading.kind,
        "format": reading.format,
        "encoding": reading.encoding,
        "columns": [{"name": one.name, "field": one.field, "samples": one.samples} for one in reading.columns],
        "added": plan.added,
        "changed": plan.changed,
        "moved": plan.moved,
        "gone": plan.gone,
        "same": plan.same,
        "warnings": [warning(one, catalogue) for one in reading.warnings],
        "asks": [question(one, catalogue) for one in reading.asks],
        "left_out": reading.left_out,
        "refused": reading.refused,
    }


def warning(doubt: Doubt, catalogue: Catalogue) -> dict[str, Any]:
    detail = catalogue.text(doubt.what)
    return {"row": doubt.row, "column": doubt.column, "value": doubt.value, "detail": detail, "refused": doubt.refuses}


def question(ask: Ask, catalogue: Catalogue) -> dict[str, Any]:
    """`labels` says the choices in words, one each."""
    words = [catalogue.text(one) if isinstance(one, Message) else one for one in ask.labels]
    return {
        "key": ask.key,
        "detail": catalogue.text(ask.detail),
        "choices": list(ask.choices),
        "labels": words or [_label(one, catalogue) for one in ask.choices],
        "chosen": ask.chosen,
        "row": ask.row,
        "column": ask.column,
    }


def _label(choice: str, catalogue: Catalogue) -> str:
    key = {
        "keep": "choice-keep",
        "remove": "choice-remove",
        "turn": "choice-turn",
        "leave out": "choice-leave-out",
        "take": "choice-take",
        "rooms": "choice-rooms",
        "no": "choice-no",
    }.get(choice)
    return catalogue.say(key) if key else choice


def lines(reading: Reading, plan: Plan[Any], catalogue: Catalogue) -> list[str]:
    """The same for a terminal: one line each, in the order of the file."""
    found = [(one["row"], catalogue.say(f"line-{what}", line=str(one["row"]), name=_name(one))) for what, one in _entries(plan)]
    for doubt in reading.warnings:
        key = "line-refused" if doubt.refuses else "line-doubtful" if doubt.row else "file-doubtful"
        found.append((doubt.row, catalogue.say(key, line=str(doubt.row), what=_what(doubt, catalogue))))
    written = [line for _, line in sorted(found, key=lambda one: one[0])]
    for one in plan.gone[:GONE_LINES]:
        written.append(catalogue.say("line-gone-stays" if one["stays"] else "line-gone", name=_name(one)))
    if len(plan.gone) > GONE_LINES:
        written.append(catalogue.say("line-gone-more", number=len(plan.gone) - GONE_LINES))
    if reading.left_out:
        written.append(catalogue.say("columns-left-out", columns=", ".join(reading.left_out)))
    for ask in (one for one in reading.asks if one.key != "gone"):
        choices = ", ".join(f"“{choice}”" for choice in ask.choices)
        written.append(catalogue.say("line-asked", what=catalogue.text(ask.detail), chosen=ask.chosen, choices=choices))
    return written


def _entries(plan: Plan[Any]) -> list[tuple[str, dict[str, Any]]]:
    parts = (("added", plan.added), ("changed", plan.changed), ("moved", plan.moved))
    return [(what, one) for what, entries in parts for one in entries]


def _name(entry: dict[str, Any]) -> str:
    return str(entry.get("title") or entry.get("name"))


def _what(doubt: Doubt, catalogue: Catalogue) -> str:
    what = catalogue.text(doubt.what)
    return catalogue.say("cell-fault", column=doubt.column, value=doubt.value, what=what) if doubt.column else what

"""Imports in the browser as organisers ask for them. Pure."""

from __future__ import annotations

from datetime import date

import msgspec

from board.model.models import Invalid

KINDS = ("agenda", "people")
MAX_ANSWERS = 200
ANSWER_CODE_POINTS = 300
FILE_BYTES = 5 * 1024 * 1024
FILE_NAME_CODE_POINTS = 200


class ImportChange(msgspec.Struct, forbid_unknown_fields=True):
    """What the organiser says of a file. What is not there stays as it was answered before; an empty text takes it back."""

    map: dict[str, str] | None = None
    day: str | None = None
    encoding: str | None = None
    choices: dict[str, str] | None = None


class Answers(msgspec.Struct, frozen=True):
    """All answers of an organiser about one file so far."""

    map: dict[str, str] = {}
    day: str = ""
    encoding: str = ""
    choices: dict[str, str] = {}


def answered(before: Answers, change: ImportChange) -> Answers:
    """Raises `Invalid`."""
    day = before.day if change.day is None else change.day
    return Answers(
        _merged(before.map, change.map, "map"),
        _day(day),
        before.encoding if change.encoding is None else _short(change.encoding, "encoding"),
        _merged(before.choices, change.choices, "choices"),
    )


def kind(value: str) -> str:
    """Raises `Invalid`."""
    if value not in KINDS:
        raise Invalid("choice-wrong", field="kind", choices=", ".join(KINDS))
    return value


def _merged(before: dict[str, str], change: dict[str, str] | None, field: str) -> dict[str, str]:
    merged = before | (change or {})
    if len(merged) > MAX_ANSWERS:
        raise Invalid("answers-too-many", field=field, most=MAX_ANSWERS)
    return {_short(key, field): _short(value, field) for key, value in merged.items()}


def _short(value: str, field: str) -> str:
    if len(value) > ANSWER_CODE_POINTS:
        raise Invalid("parameter-too-long", field=field, most=ANSWER_CODE_POINTS)
    return value


def _day(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat() if value else ""
    except ValueError:
        raise Invalid("cell-not-a-day", field="day") from None

"""What an organiser says of a board: the shapes of the requests, and what each field may be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from board.model import requests
from board.model.folding import fold
from board.model.models import Invalid, Team, Theme
from board.model.text import clean

SUBTITLE_GRAPHEMES = (0, 120)
MOST_THEMES = 8
"""More cannot be told apart by their colours."""
MOST_TEAMS = 300
MOST_LANGUAGES = 20
ZONE_CHARACTERS = 64
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# A language as browsers write it (BCP 47), as far as a catalogue may have one: en, pt-BR, zh-Hant.
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


class NewBoard(msgspec.Struct, forbid_unknown_fields=True):
    """A board as somebody makes it in the browser."""

    title: str
    time_zone: str
    code: str | None = None
    subtitle: str = ""
    starts_on: str | None = None
    ends_on: str | None = None
    languages: list[str] = []
    themes: list[str] = []
    teams: list[str] = []


def new_board(wanted: NewBoard) -> dict[str, Any]:
    """The fields of the new board but its title and code. Raises `Invalid`."""
    starts_on, ends_on = day(wanted.starts_on, "starts_on"), day(wanted.ends_on, "ends_on")
    in_order(starts_on, ends_on)
    fields: dict[str, Any] = {
        "subtitle": clean(wanted.subtitle, "subtitle", SUBTITLE_GRAPHEMES),
        "time_zone": time_zone(wanted.time_zone),
        "starts_on": starts_on,
        "ends_on": ends_on,
        "languages": languages(wanted.languages),
        "teams": [Team(name) for name in team_names(wanted.teams)],
    }
    return fields | ({"themes": themes(wanted.themes)} if wanted.themes else {})


def time_zone(name: str) -> str:
    """As Asia/Bangkok. Raises `Invalid`."""
    if len(name) > ZONE_CHARACTERS or not is_zone(name):
        raise Invalid("time-zone-unknown", field="time_zone")
    return name


def is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, LookupError, OSError):
        return False
    return True


def day(value: str | None, field: str) -> str | None:
    """As 2026-05-04, or none. Raises `Invalid`."""
    if not value:
        return None
    try:
        if not _DAY.fullmatch(value):
            raise ValueError
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise Invalid("day-wrong", field=field) from None


def in_order(starts_on: str | None, ends_on: str | None) -> None:
    """Raises `Invalid` where a gathering ends before it starts."""
    if starts_on and ends_on and ends_on < starts_on:
        raise Invalid("ends-before-start", field="ends_on")


def languages(wanted: Sequence[str]) -> list[str]:
    """Each once, the first is the board's own. Raises `Invalid`."""
    if len(wanted) > MOST_LANGUAGES or not all(_LANGUAGE.fullmatch(tag) for tag in wanted):
        raise Invalid("languages-wrong", field="languages", most=MOST_LANGUAGES)
    return list(dict.fromkeys(wanted))


def team_names(wanted: Sequence[str]) -> list[str]:
    """Each once. Two that people take for the same are refused: posts and people go by the name. Raises `Invalid`."""
    if len(wanted) > MOST_TEAMS:
        raise Invalid("teams-too-many", field="teams", most=MOST_TEAMS)
    names = [requests.name(name, "teams") for name in wanted]
    known: dict[str, str] = {}
    for name in names:
        if fold(name) in known:
            raise Invalid("team-twice", field="teams", team=name)
        known[fold(name)] = name
    return names


def themes(names: Sequence[str]) -> list[Theme]:
    """Themes by their names, each with the next colour. Raises `Invalid`."""
    if len(names) > MOST_THEMES:
        raise Invalid("themes-too-many", field="themes", most=MOST_THEMES)
    tidy = [requests.name(name, "themes") for name in names]
    return [Theme(f"theme-{number}", name, name, number) for number, name in enumerate(tidy, 1)]

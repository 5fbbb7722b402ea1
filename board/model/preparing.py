"""What an organiser says of a board: the shapes of the requests, and what each field may be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from board.model import colours, requests
from board.model.folding import fold
from board.model.models import NAME_GRAPHEMES, Invalid, Names, Team, Theme
from board.model.retention import DEFAULT_DAYS, RETENTION_DAYS
from board.model.text import CODE_POINTS_PER_GRAPHEME, clean

SUBTITLE_GRAPHEMES = (0, 120)
MOST_THEMES = 8
"""More colours would look alike."""
MOST_TEAMS = 300
MOST_LANGUAGES = 20
ZONE_CHARACTERS = 64
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOST_WORDS = 300
WORD_GRAPHEMES = (2, 60)
LEASE_SECONDS = (5, 3_600)
SHORT_GRAPHEMES = (1, 24)
COLOURS = range(1, MOST_THEMES + 1)
Stage = Literal["dark", "light"]
_Unset = msgspec.UnsetType
# A language as browsers write it (BCP 47), as far as a catalogue may have one: en, pt-BR, zh-Hant.
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


class ThemeWanted(msgspec.Struct, forbid_unknown_fields=True):
    """A theme that is there, by its id, or a new one. `colour`: 1 to 8, or #rrggbb for the nearest; `mark`: its shape."""

    name: str
    id: str | None = None
    short: str | None = None
    colour: int | str | None = None
    mark: int | None = None


class TeamWanted(msgspec.Struct, forbid_unknown_fields=True):
    """A team; `was`: how it was called until now."""

    name: str
    was: str | None = None


class PublicWanted(msgspec.Struct, forbid_unknown_fields=True):
    recap: bool | _Unset = msgspec.UNSET
    answers: bool | _Unset = msgspec.UNSET
    who: bool | _Unset = msgspec.UNSET


class Settings(requests.BoardChange):
    """What is to be changed of a board: all by an organiser, what `BoardChange` has by a moderator. `expect`: the fields as the
    page showed them, in the form of `GET /settings`."""

    title: str | _Unset = msgspec.UNSET
    subtitle: str | _Unset = msgspec.UNSET
    starts_on: str | _Unset | None = msgspec.UNSET
    ends_on: str | _Unset | None = msgspec.UNSET
    time_zone: str | _Unset = msgspec.UNSET
    themes: list[ThemeWanted] | _Unset = msgspec.UNSET
    teams: list[str | TeamWanted] | _Unset = msgspec.UNSET
    names: Names | _Unset = msgspec.UNSET
    anonymous: bool | _Unset = msgspec.UNSET
    stage: Stage | _Unset = msgspec.UNSET
    accent: str | _Unset | None = msgspec.UNSET
    logo: str | _Unset | None = msgspec.UNSET
    languages: list[str] | _Unset = msgspec.UNSET
    blocked_words: list[str] | _Unset = msgspec.UNSET
    lease: int | _Unset = msgspec.UNSET
    retention_days: int | _Unset | None = msgspec.UNSET
    public: PublicWanted | _Unset = msgspec.UNSET
    expect: dict[str, Any] = msgspec.field(default_factory=dict)


ORGANISERS_ALONE = frozenset(Settings.__struct_fields__) - frozenset(requests.BoardChange.__struct_fields__) - {"expect"}


def asked(wanted: Settings) -> list[str]:
    """The fields that the request is about."""
    values = ((name, getattr(wanted, name)) for name in Settings.__struct_fields__ if name != "expect")
    return [name for name, value in values if value is not msgspec.UNSET and (value is not None or name in ORGANISERS_ALONE)]


class Duplicate(msgspec.Struct, forbid_unknown_fields=True):
    """`code`: of the copy; without it, six characters that are easy to read."""

    code: str | None = None


class Rehearsal(msgspec.Struct, forbid_unknown_fields=True):
    """`simulated`: simulated attendees act in it for an hour."""

    simulated: bool = False


class Purge(msgspec.Struct, forbid_unknown_fields=True):
    """`code`: the board's own, typed again."""

    code: str


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


def seconds(value: int) -> int:
    """How long a screen may show what it has. Raises `Invalid`."""
    return _between(value, LEASE_SECONDS, "lease")


def days(value: int | None) -> int:
    """How long a board is kept after the gathering; None: as long as any. Raises `Invalid`."""
    return DEFAULT_DAYS if value is None else _between(value, RETENTION_DAYS, "retention_days")


def _between(value: int, limits: tuple[int, int], field: str) -> int:
    least, most = limits
    if not least <= value <= most:
        raise Invalid("number-wrong", field=field, least=least, most=most)
    return value


def words(wanted: Sequence[str]) -> list[str]:
    """Blocked words, each once. Raises `Invalid`."""
    if len(wanted) > MOST_WORDS:
        raise Invalid("words-too-many", field="blocked_words", most=MOST_WORDS)
    return list(dict.fromkeys(clean(word, "blocked_words", WORD_GRAPHEMES) for word in wanted))


def teams(wanted: Sequence[str | TeamWanted], present: Sequence[Team]) -> tuple[list[Team], dict[str, str]]:
    """The teams, and which are called otherwise now: old name to new. Raises `Invalid`."""
    entries = [TeamWanted(entry) if isinstance(entry, str) else entry for entry in wanted]
    names = team_names([entry.name for entry in entries])
    known = {fold(team.name): team.name for team in present}
    renamed: dict[str, str] = {}
    for entry, name in zip(entries, names, strict=True):
        if entry.was is not None:
            was = known.get(fold(entry.was[: NAME_GRAPHEMES[1] * CODE_POINTS_PER_GRAPHEME]))
            if was is None:
                raise Invalid("team-unknown", field="teams", team=name)
            if was != name:
                renamed[was] = name
    return [Team(name) for name in names], renamed


class Repaired(NamedTuple):
    """A colour that could not be read, and the nearest that can."""

    field: str
    asked: str
    used: str


def accent(value: str | None) -> tuple[str | None, list[Repaired]]:
    """As #rrggbb, or none for the board's own. Raises `Invalid`."""
    if value is None:
        return None, []
    asked = colours.read(value)
    if asked is None:
        raise Invalid("colour-wrong", field="accent")
    used = colours.accent(asked)
    return used, [] if used == asked else [Repaired("accent", asked, used)]


def changed_themes(wanted: Sequence[ThemeWanted], present: Sequence[Theme]) -> tuple[list[Theme], list[Repaired]]:
    """The themes in this order; one that is there keeps its id, and so its cards. Each has a colour of its own: the eight that
    everybody can tell apart. Raises `Invalid`."""
    if len(wanted) > MOST_THEMES:
        raise Invalid("themes-too-many", field="themes", most=MOST_THEMES)
    found: list[Theme] = []
    repaired: list[Repaired] = []
    for entry in wanted:
        found.append(_theme(entry, present, found, repaired))
    return found, repaired


def _theme(entry: ThemeWanted, present: Sequence[Theme], found: Sequence[Theme], repaired: list[Repaired]) -> Theme:
    """`found`: those before it."""
    name = requests.name(entry.name, "themes")
    before = _theme_before(entry, name, present)
    if any(fold(name) == fold(theme.name) or (before and before.id == theme.id) for theme in found):
        raise Invalid("theme-twice", field="themes", theme=name)
    if entry.mark is not None and entry.mark not in COLOURS:
        raise Invalid("mark-wrong", field="themes", most=MOST_THEMES)
    colour = _theme_colour(entry.colour, before, [theme.colour for theme in found], repaired)
    short = clean(entry.short, "themes", SHORT_GRAPHEMES) if entry.short else None
    if before is not None:
        return Theme(before.id, name, short or before.short, colour, before.mark if entry.mark is None else entry.mark)
    theme_id = _new_id([theme.id for theme in (*present, *found)])
    return Theme(theme_id, name, short or name, colour, entry.mark)


def _theme_before(entry: ThemeWanted, name: str, present: Sequence[Theme]) -> Theme | None:
    if entry.id is None:
        return next((theme for theme in present if fold(theme.name) == fold(name)), None)
    before = next((theme for theme in present if theme.id == entry.id), None)
    if before is None:
        raise Invalid("theme-unknown", field="themes")
    return before


def _theme_colour(wanted: int | str | None, before: Theme | None, taken: Sequence[int], repaired: list[Repaired]) -> int:
    if isinstance(wanted, str):
        asked = colours.read(wanted)
        if asked is None:
            raise Invalid("colour-wrong", field="themes")
        used = colours.theme(asked, taken)
        if colours.THEME_COLOURS[used - 1] != asked:
            repaired.append(Repaired("themes", asked, colours.THEME_COLOURS[used - 1]))
        return used
    if wanted is None:
        wanted = before.colour if before else next(number for number in COLOURS if number not in taken)
    if wanted not in COLOURS:
        raise Invalid("colour-wrong", field="themes")
    if wanted not in taken:
        return wanted
    used = next(number for number in COLOURS if number not in taken)
    repaired.append(Repaired("themes", colours.THEME_COLOURS[wanted - 1], colours.THEME_COLOURS[used - 1]))
    return used


def _new_id(taken: Sequence[str]) -> str:
    return next(name for number in range(1, len(taken) + 2) if (name := f"theme-{number}") not in taken)

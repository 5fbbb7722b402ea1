"""Where countries and large cities are: from the tables of the time zone database, which a server has anyway."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

# As people write them, where the table has another name.
_ALSO = {"GB": "United Kingdom", "LA": "Lao PDR", "CZ": "Czechia", "TR": "Türkiye", "US": "USA", "TL": "Timor-Leste"}
_NO_NAME = {"South", "North", "Dem. Rep.", "Rep."}  # in brackets: of no use alone
_AT = re.compile(r"([+-])(\d{2})(\d{2})(\d{2})?([+-])(\d{3})(\d{2})(\d{2})?")  # ISO 6709


class Place(NamedTuple):
    """Degrees, north and east."""

    latitude: float
    longitude: float


@cache
def places() -> Mapping[str, list[Place]]:
    """By name: a city has one place; a country has those of its time zones, however far they are from each other."""
    named = dict(_rows("iso3166.tab"))
    cities, countries = dict[str, list[Place]](), dict[str, list[Place]]()
    for code, at, zone, *_ in _rows("zone.tab"):
        place = _place(at)
        cities.setdefault(zone.rpartition("/")[2].replace("_", " "), []).append(place)
        for name in _names(code, named[code]):
            countries.setdefault(name, []).append(place)
    return cities | countries


def _rows(table: str) -> Iterable[list[str]]:
    text = (files("tzdata") / "zoneinfo" / table).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def _names(code: str, name: str) -> Iterable[str]:
    """ "Myanmar (Burma)" is Myanmar and Burma; "Korea (South)" is South Korea."""
    outer, _, inner = name.rstrip(")").partition(" (")
    if inner in _NO_NAME:
        return [f"{inner} {outer}"]
    return [one for one in (outer, inner, _ALSO.get(code)) if one]


def _place(text: str) -> Place:
    found = _AT.fullmatch(text)
    assert found, text
    return Place(_degrees(*found.groups()[:4]), _degrees(*found.groups()[4:]))


def _degrees(sign: str, degrees: str, minutes: str, seconds: str | None) -> float:
    return (-1 if sign == "-" else 1) * (int(degrees) + int(minutes) / 60 + int(seconds or 0) / 3600)

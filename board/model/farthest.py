"""The farthest bridge: of two teams that celebrated each other, those whose places are the farthest apart. Pure.

Only teams that are named as a country or a large city have a place: of others nothing is said.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from board.model.folding import fold

EARTH_KM = 6371.0
ROUND_KM = 100
"""A country is not one place: more would look more exact than it is."""

Degrees = tuple[float, float]
"""North and east."""
_Vector = tuple[float, float, float]


class Farthest(NamedTuple):
    """`km`: about so many between them."""

    teams: tuple[str, str]
    km: int


def farthest(sent: Iterable[tuple[str, str]], places: Mapping[str, Sequence[Degrees]]) -> Farthest | None:
    """`sent`: giver and receiver of each card, as teams; `places`: those of countries and cities by their names."""
    ways = dict.fromkeys(sent)
    where = _where({team for pair in ways for team in pair}, places)
    both = [pair for pair in ways if pair[::-1] in ways and where.keys() >= set(pair)]
    found = [Farthest(pair, _km(where[pair[0]], where[pair[1]])) for pair in both]
    most = max(found, key=lambda one: one.km, default=None)
    return most if most and most.km else None


def _where(teams: Iterable[str], places: Mapping[str, Sequence[Degrees]]) -> dict[str, _Vector]:
    known = {_letters(name): there for name, there in places.items()}
    return {team: _middle(known[key]) for team in teams if (key := _letters(team)) in known}


def _letters(name: str) -> str:
    """ "Viet Nam" is Vietnam."""
    return "".join(char for char in fold(name) if char.isalnum())


def _middle(there: Sequence[Degrees]) -> _Vector:
    """The one that is nearest to all others: of a country with far islands, no point in the sea."""
    vectors = [_vector(*one) for one in there]
    return min(vectors, key=lambda one: sum(_angle(one, other) for other in vectors))


def _vector(north: float, east: float) -> _Vector:
    phi, theta = math.radians(north), math.radians(east)
    return math.cos(phi) * math.cos(theta), math.cos(phi) * math.sin(theta), math.sin(phi)


def _angle(one: _Vector, other: _Vector) -> float:
    return math.acos(max(-1.0, min(1.0, sum(a * b for a, b in zip(one, other, strict=True)))))


def _km(one: _Vector, other: _Vector) -> int:
    return round(EARTH_KM * _angle(one, other) / ROUND_KM) * ROUND_KM

"""The farthest bridge: of two teams that celebrated each other, those whose places are the farthest apart. Pure.

Only teams that are named as a country or a large city have a place: of others nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from board.model.folding import fold
from board.model.globe import EARTH_KM, Degrees, Globe, Vector, angle, globe, is_westward, vector

ROUND_KM = 100
"""A country is not one place: more would look more exact than it is."""


class Farthest(NamedTuple):
    """`teams`: the one in the west first, by the shorter way; `km`: about so many between them."""

    teams: tuple[str, str]
    km: int
    globe: Globe


def farthest(
    sent: Iterable[tuple[str, str]], places: Mapping[str, Sequence[Degrees]], land: Iterable[Degrees]
) -> Farthest | None:
    """`sent`: giver and receiver of each card, as teams; `places`: those of countries and cities by their names; `land`: where
    the picture of the globe has dots."""
    ways = dict.fromkeys(sent)
    where = _where({team for pair in ways for team in pair}, places)
    both = [pair for pair in ways if pair[::-1] in ways and where.keys() >= set(pair)]
    one, other = max(both, key=lambda pair: _km(where[pair[0]], where[pair[1]]), default=("", ""))
    if not one or not (km := _km(where[one], where[other])):
        return None
    if is_westward(where[one], where[other]):
        one, other = other, one
    others = [there for team, there in sorted(where.items()) if team not in (one, other)]
    return Farthest((one, other), km, globe(where[one], where[other], land, others))


def _where(teams: Iterable[str], places: Mapping[str, Sequence[Degrees]]) -> dict[str, Vector]:
    known = {_letters(name): there for name, there in places.items()}
    return {team: _middle(known[key]) for team in teams if (key := _letters(team)) in known}


def _letters(name: str) -> str:
    """ "Viet Nam" is Vietnam."""
    return "".join(char for char in fold(name) if char.isalnum())


def _middle(there: Sequence[Degrees]) -> Vector:
    """The one that is nearest to all others: of a country with far islands, no point in the sea."""
    vectors = [vector(*one) for one in there]
    return min(vectors, key=lambda one: sum(angle(one, other) for other in vectors))


def _km(one: Vector, other: Vector) -> int:
    return round(EARTH_KM * angle(one, other) / ROUND_KM) * ROUND_KM

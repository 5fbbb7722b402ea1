"""The farthest bridge: where teams are, and which of those that celebrated each other are the farthest apart."""

from __future__ import annotations

import math

import pytest

from board.model.farthest import Farthest, farthest
from board.process.land import land
from board.process.places import places

BOTH = [("Cambodia", "Jordan"), ("Jordan", "Cambodia")]


def km(one: str, other: str) -> int:
    found = farthest([(one, other), (other, one)], places(), land())
    return found.km if found else 0


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [  # by the great circle between their largest cities
        ("Cambodia", "Jordan", 7_000, 7_700),
        ("Bangladesh", "Sri Lanka", 1_900, 2_400),
        ("Haiti", "Viet Nam", 15_500, 17_000),
        ("Fiji", "Samoa", 1_000, 1_400),  # over the date line
        ("New Zealand", "Chile", 8_500, 10_000),  # both have islands far out
        ("Brazil", "Peru", 2_000, 4_000),
        ("dhaka", "COLOMBO", 1_900, 2_400),
        ("South Korea", "Burma", 3_200, 4_200),
    ],
)
def test_the_distance_of_two_teams_is_correct(one: str, other: str, least: int, most: int) -> None:
    assert least <= km(one, other) <= most
    assert km(one, other) % 100 == 0


def test_the_farthest_bridge_joins_the_most_distant_teams_with_cards_in_both_directions() -> None:
    one_way = [("Haiti", "Viet Nam")]
    near = [("Bangladesh", "Sri Lanka"), ("Sri Lanka", "Bangladesh")]
    found = farthest([*one_way, *near, *BOTH, *BOTH], places(), land())
    assert found is not None
    assert found.teams == ("Jordan", "Cambodia"), "west is at the left"


@pytest.mark.parametrize(
    "sent",
    [
        [],
        BOTH[:1],
        [("Red team", "Jordan"), ("Jordan", "Red team")],
        [("Viet Nam", "Vietnam"), ("Vietnam", "Viet Nam")],
    ],
    ids=["nobody", "one way", "no place", "one place"],
)
def test_teams_without_a_known_place_have_no_farthest_bridge(sent: list[tuple[str, str]]) -> None:
    assert farthest(sent, places(), land()) is None


def test_every_country_of_the_table_is_on_earth() -> None:
    assert len(places()) > 400
    assert all(abs(one.latitude) <= 90 and abs(one.longitude) <= 180 for there in places().values() for one in there)


def seen(one: str, other: str) -> Farthest:
    found = farthest([(one, other), (other, one), (one, "Ethiopia")], places(), land())
    assert found
    return found


@pytest.mark.parametrize(
    ("west", "east"),
    [
        ("Haiti", "Cambodia"),
        ("Jordan", "Cambodia"),
        ("Fiji", "Samoa"),  # over the date line
        ("Egypt", "Jordan"),
        ("New Zealand", "Spain"),  # over the pole
    ],
)
def test_the_bridge_rises_in_the_west_and_lands_in_the_east_whoever_gave_first(west: str, east: str) -> None:
    for one, other in ((west, east), (east, west)):
        found = seen(one, other)
        globe = found.globe
        assert (globe.arc[0], globe.arc[-1]) == ((-1000, 0), (1000, 0))
        assert found.teams == ((west, east) if west != "Spain" else ("New Zealand", "Spain")), (
            "over the pole, by the shorter way"
        )
        top = min(y for _, y in globe.arc)
        assert -1100 < top < globe.down - globe.radius, "the bridge stands against the sky, and within the picture"
        assert all(math.hypot(x, y - globe.down) <= globe.radius + 1 for x, y in globe.land), "land is on the globe"
        assert all(abs(x) <= 2000 and -1160 <= y <= 400 for line in globe.lines for x, y in line)


def test_the_globe_has_land_where_there_is_land_and_the_places_of_other_teams() -> None:
    def is_land(north: float, east: float) -> bool:
        return any(abs(north - one.latitude) < 1.5 and abs(east - one.longitude) < 1.5 for one in land())

    assert all(is_land(*there) for there in [(24, 90), (-1, 25), (47, 8), (-24, 135), (45, -100)])
    assert not any(is_land(*there) for there in [(0, -30), (30, -150), (-40, 80), (20, 65)])
    assert seen("Jordan", "Cambodia").globe.teams == seen("Cambodia", "Jordan").globe.teams != []
    assert len(seen("Haiti", "Cambodia").globe.land) < 1_200, "a screen hears it in a few kilobytes"

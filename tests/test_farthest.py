"""The farthest bridge: where teams are, and which of those that celebrated each other are the farthest apart."""

from __future__ import annotations

import pytest

from board.model.farthest import farthest
from board.process.places import places

BOTH = [("Cambodia", "Jordan"), ("Jordan", "Cambodia")]


def km(one: str, other: str) -> int:
    found = farthest([(one, other), (other, one)], places())
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
    found = farthest([*one_way, *near, *BOTH, *BOTH], places())
    assert found is not None
    assert found.teams == ("Cambodia", "Jordan")


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
    assert farthest(sent, places()) is None


def test_every_country_of_the_table_is_on_earth() -> None:
    assert len(places()) > 400
    assert all(abs(one.latitude) <= 90 and abs(one.longitude) <= 180 for there in places().values() for one in there)

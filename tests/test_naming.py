"""Whose name is whose, of those on the roster who have one name."""

from __future__ import annotations

import pytest

from board.model.models import Conflict, Invalid, Person
from board.model.naming import chosen, picked
from tests.sentences import refused

ME, OTHER = "me", "other"


def dara(person_id: str, team: str | None = "Chad", holder: str | None = None) -> Person:
    return Person(person_id, "Dara Joseph", team, holder)


CHOSEN: dict[str, tuple[list[Person], str | None, str | None]] = {
    "nobody of that name is on the roster": ([], None, None),
    "one, in this team": ([dara("1")], "chad", "1"),
    "one, and no team was given": ([dara("1")], None, "1"),
    "one, of another team: that is somebody else": ([dara("1")], "Nepal", None),
    "one, mine already": ([dara("1", holder=ME)], None, "1"),
    "two in one team: the free one": ([dara("1", holder=OTHER), dara("2")], "Chad", "2"),
    "two in one team, and no team was given": ([dara("1", holder=OTHER), dara("2")], None, "2"),
    "two in one team, the second is mine": ([dara("1"), dara("2", holder=ME)], "Chad", "2"),
    "of two teams this one": ([dara("1"), dara("2", "Nepal")], "Nepal", "2"),
    "of two teams the one that is mine": ([dara("1"), dara("2", "Nepal", ME)], None, "2"),
}


@pytest.mark.parametrize("case", CHOSEN)
def test_a_typed_name_selects_the_only_possible_person(case: str) -> None:
    namesakes, team, expected = CHOSEN[case]
    found = chosen(namesakes, team, ME)
    assert (found.id if found else None) == expected


@pytest.mark.parametrize("team", [None, "Chad", "Nepal", "chad "])
def test_no_other_phone_can_take_a_used_name_with_any_team(team: str | None) -> None:
    with refused(Conflict, match=r"Dara Joseph \(Chad\) is in use on another phone") as refusal:
        chosen([dara("1", holder=OTHER)], team, ME)
    assert refusal.value.field == "name"


def test_a_name_of_several_people_needs_a_team() -> None:
    with refused(Invalid, match="choose your team") as refusal:
        chosen([dara("1"), dara("2", "Nepal")], None, ME)
    assert refusal.value.field == "team"


def test_a_phone_that_picks_a_taken_entry_gets_a_free_entry_with_the_same_name_and_team() -> None:
    first, twin, elsewhere = dara("1", holder=OTHER), dara("2"), dara("3", "Nepal")
    assert picked(first, [first, twin, elsewhere], ME) == twin
    assert picked(twin, [first, twin, elsewhere], ME) == twin
    with pytest.raises(Conflict):
        picked(first, [first, elsewhere], ME)


def test_a_third_team_does_not_release_a_used_name_of_two_teams() -> None:
    with refused(Conflict, match="in use on another phone"):
        chosen([dara("1", holder=OTHER), dara("2", "Nepal")], "Kenya", ME)

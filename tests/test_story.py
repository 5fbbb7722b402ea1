"""What came together on a board: a colour for each visible card, and the names of all."""

from __future__ import annotations

from board.model.models import Recipient
from board.model.story import CARDS_MOST, Told, story

COLOURS = {"osh": 3, "care": 8}


def test_each_card_is_one_digit_oldest_first_and_each_name_stands_once() -> None:
    cards = [
        Told("osh", "Omar", "Jordan", [Recipient("Nadia", "Bangladesh")]),
        Told(None, None, None, [Recipient("nadia", "Bangladesh"), Recipient("Élise", "Haiti")]),
        Told("gone", "Omar", "Jordan", [Recipient("Jordan", "Jordan")]),
        Told("care", "Asha", None, [Recipient("Omar", "Egypt")]),
    ]
    told = story(cards, COLOURS, ["Jordan", "Nepal"])
    assert told["cards"] == "3008"
    assert told["people"] == ["Asha", "Élise", "Nadia", "Omar", "Omar"]  # a name of two teams is two people
    assert told["teams"] == ["Jordan", "Nepal", "Bangladesh", "Haiti", "Egypt"]


def test_of_more_cards_than_facets_the_newest_are_told() -> None:
    card = [Recipient("Nadia")]
    told = story([Told("osh", None, None, card), *[Told(None, None, None, card)] * CARDS_MOST], COLOURS, [])
    assert told["cards"] == "0" * CARDS_MOST

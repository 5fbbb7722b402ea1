"""What came together on a board: a colour for each visible card, and the names of all."""

from __future__ import annotations

from board.model.models import Recipient
from board.model.story import CARDS_MOST, StoryCard, story

COLOURS = {"osh": 3, "care": 8}


def test_each_card_is_one_digit_oldest_first_and_each_name_stands_once() -> None:
    cards = [
        StoryCard("osh", "Omar", "Jordan", [Recipient("Nadia", "Bangladesh")]),
        StoryCard(None, None, None, [Recipient("nadia", "Bangladesh"), Recipient("Élise", "Haiti")]),
        StoryCard("gone", "Omar", "Jordan", [Recipient("Jordan", "Jordan")]),
        StoryCard("care", "Asha", None, [Recipient("Omar", "Egypt")]),
    ]
    result = story(cards, COLOURS, ["Jordan", "Nepal"])
    assert result["cards"] == "3008"
    assert result["people"] == ["Asha", "Élise", "Nadia", "Omar", "Omar"]  # a name of two teams is two people
    assert result["teams"] == ["Jordan", "Nepal", "Bangladesh", "Haiti", "Egypt"]


def test_of_more_cards_than_facets_the_newest_are_told() -> None:
    card = [Recipient("Nadia")]
    result = story([StoryCard("osh", None, None, card), *[StoryCard(None, None, None, card)] * CARDS_MOST], COLOURS, [])
    assert result["cards"] == "0" * CARDS_MOST

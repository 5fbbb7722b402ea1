"""What came together on a board: a colour for each visible card, and the names of all."""

from __future__ import annotations

from board.model.models import Recipient
from board.model.story import CARDS_MOST, StoryCard, story

COLOURS = {"osh": 3, "care": 8}


def test_the_story_has_a_digit_for_each_card_and_each_name_once() -> None:
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


def test_the_story_has_only_the_newest_cards_if_facets_are_too_few() -> None:
    card = [Recipient("Nadia")]
    result = story([StoryCard("osh", None, None, card), *[StoryCard(None, None, None, card)] * CARDS_MOST], COLOURS, [])
    assert result["cards"] == "0" * CARDS_MOST

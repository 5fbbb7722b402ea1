"""One way of comparing names, on the server and on the pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from board.model import requests
from board.model.folding import fold, tidy
from board.model.lookup import Roster
from board.model.models import Invalid, Person
from tests.sentences import refused

VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "vectors/folding.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("typed", "stored"), VECTORS["same"])
def test_names_that_look_the_same_fold_alike_and_are_found(typed: str, stored: str) -> None:
    assert fold(typed) == fold(stored) != ""
    assert [person.name for person in Roster([Person("1", stored)]).find(typed)] == [stored]


@pytest.mark.parametrize(("one", "other"), VECTORS["different"])
def test_different_names_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(("typed", "stored"), VECTORS["tidy"])
def test_names_are_stored_clean_and_keep_the_marks_of_their_script(typed: str, stored: str) -> None:
    assert tidy(typed) == stored
    if stored:
        assert requests.name(typed) == stored


def test_a_name_without_visible_characters_is_refused() -> None:
    with refused(Invalid, match="write something"):
        requests.name("\ufe0f\u2066\u2069")


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=30))
def test_tidying_and_folding_twice_changes_nothing_and_a_tidy_name_folds_as_the_typed_one(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert fold(tidy(text)) == fold(text)


@given(st.text(st.characters(max_codepoint=0x7F)))
@example("O'Neil `x`\x1f\x0b A\tB")
def test_ascii_text_and_accented_text_fold_alike(text: str) -> None:
    """It takes a shorter way."""
    assert fold(f"{text} é") == f"{fold(text)} e".strip(), "the accent makes it take the longer way"

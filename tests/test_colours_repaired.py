"""An organiser's colours: what cannot be read is exchanged for the nearest colour that can."""

from __future__ import annotations

import math
from itertools import product

import pytest

from board.model import colours
from board.web import assets
from tests.test_colours import contrast, linear, oklab, tokens

GRID = [f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in product(range(0, 256, 51), repeat=3)]


def stage_tokens(stage: str) -> set[str]:
    css = (assets.STATIC / "css/screen.css").read_text(encoding="utf-8")
    block = css.split(f'[data-stage="{stage}"] {{', 1)[1].split("}", 1)[0]
    values = dict(line.strip().rstrip(";").split(": ", 1) for line in block.strip().splitlines() if ": " in line)
    names = ("--stage", "--stage-near", "--stage-far")
    return {tokens("light")["ink"] if values[name] == "var(--ink)" else values[name] for name in names}


def test_the_colour_rules_match_the_style_sheets() -> None:
    base = tokens("light")
    assert base["accent-text"] == colours.ACCENT_TEXT
    assert base["paper"] == colours.PAPER
    assert tuple(base[f"t{number}"] for number in range(1, 9)) == colours.THEME_COLOURS
    assert set(colours.DARK_STAGES) == stage_tokens("dark")
    assert set(colours.LIGHT_STAGES) == stage_tokens("light")


@pytest.mark.parametrize("asked", [*GRID, "#f5a300", "#1b1740"])
def test_every_accent_is_legible_as_background_and_as_text(asked: str) -> None:
    used = colours.accent(asked)
    for other in (colours.ACCENT_TEXT, *colours.DARK_STAGES):
        assert contrast(used, other) >= 4.5
    assert contrast(used, colours.PAPER) >= 1.6
    ink = colours.accent_ink(used)
    assert all(contrast(ink, stage) >= 7 for stage in colours.LIGHT_STAGES)
    assert colours.accent(used) == used


def test_a_legible_accent_does_not_change() -> None:
    assert colours.accent("#f5a300") == "#f5a300"


@pytest.mark.parametrize("asked", ["#0000ff", "#c00000", "#008000", "#7a4ddf", "#ffff00"])
def test_the_repaired_colour_has_the_hue_that_was_asked_for(asked: str) -> None:
    _, a, b = oklab(linear(asked))
    _, used_a, used_b = oklab(linear(colours.accent(asked)))
    turned = math.degrees(abs(math.atan2(b, a) - math.atan2(used_b, used_a)))
    assert min(turned, 360 - turned) < 4


def test_the_nearest_free_theme_colour_is_used() -> None:
    assert [colours.theme(colour) for colour in colours.THEME_COLOURS] == list(range(1, 9))
    assert colours.theme("#0000ff") in (2, 5)
    assert colours.theme(colours.THEME_COLOURS[4], taken=[5]) != 5


@pytest.mark.parametrize(("typed", "read"), [("#ABC", "#aabbcc"), ("#F5A300", "#f5a300"), ("orange", None), ("#12345", None)])
def test_colours_are_parsed_like_in_style_sheets(typed: str, read: str | None) -> None:
    assert colours.read(typed) == read

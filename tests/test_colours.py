"""The theme colours: legible, and told apart also by people who see fewer colours. Read from the style sheet itself."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from board.web import assets

Colour = tuple[float, float, float]

# Machado, Oliveira, Fernandes: "A Physiologically-based Model for Simulation of Color Vision Deficiency", 2009, severity 1.0;
# for linear RGB.
DEFICIENCIES = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
# In OKLab some 0.02 is just seen with both colours side by side (Ottosson 2020); these are seen apart, on different cards.
APART = 0.04
THEMES = [f"t{number}" for number in range(1, 9)]


def tokens(scheme: str) -> dict[str, str]:
    css = (assets.STATIC / "css/base.css").read_text(encoding="utf-8")
    light, dark = css.split("@media (prefers-color-scheme: dark)", 1)
    found = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6})\b", light))
    if scheme == "dark":
        found |= dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6})\b", dark.split("}\n}", 1)[0]))
    return found


def linear(colour: str) -> Colour:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _to_linear(red), _to_linear(green), _to_linear(blue)


def _to_linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def seen(colour: Colour, deficiency: str) -> Colour:
    red, green, blue = (
        min(1.0, max(0.0, sum(weight * part for weight, part in zip(row, colour, strict=True))))
        for row in DEFICIENCIES[deficiency]
    )
    return red, green, blue


def oklab(colour: Colour) -> Colour:
    """Björn Ottosson's, 2020."""
    red, green, blue = colour
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def distance(one: str, other: str, deficiency: str) -> float:
    pair = zip(oklab(seen(linear(one), deficiency)), oklab(seen(linear(other), deficiency)), strict=True)
    return sum((a - b) ** 2 for a, b in pair) ** 0.5


def contrast(one: str, other: str) -> float:
    """WCAG 2.2."""
    darker, lighter = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (linear(one), linear(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_theme_colours_can_be_distinguished(scheme: str, deficiency: str) -> None:
    colours = tokens(scheme)
    close = {
        (one, other): round(distance(colours[one], colours[other], deficiency), 3)
        for one, other in combinations(THEMES, 2)
        if distance(colours[one], colours[other], deficiency) < APART
    }
    assert close == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("theme", ["t0", *THEMES])
def test_words_on_a_card_have_enough_contrast_from_afar(scheme: str, theme: str) -> None:
    colours = tokens(scheme)
    paper = colours[f"{theme}-paper"]
    for ink in (f"{theme}-ink", "text", "text-soft"):
        assert contrast(colours[ink], paper) >= 7, ink


def test_every_theme_has_a_shape_of_its_own() -> None:
    view = (assets.STATIC / "js/shared/view.js").read_text(encoding="utf-8")
    shapes = re.findall(r"svg`(<.*?/>)`", view.split("const MARKS = [", 1)[1].split("];", 1)[0])
    assert len(shapes) == len(set(shapes)) == len(THEMES) + 1

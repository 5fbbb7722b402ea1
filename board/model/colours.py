"""Colours of an organiser's choice, and the nearest ones that can be read. Pure.

Lightness, chroma and hue are those of OKLCH (Björn Ottosson, 2020); contrast is that of WCAG 2.2.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection

Colour = tuple[float, float, float]

# As in static/css/base.css and static/css/screen.css: a test holds them to it.
ACCENT_TEXT = "#1b1740"
"""What is written on the accent: on buttons, on the number of votes."""
DARK_STAGES = ("#14163a", "#0b0c22", "#2b2f74")
"""The accent is a text on the large screen, too: the board's code, the clock."""
LIGHT_STAGES = ("#fffdf9", "#f6f3ee", "#fbe7bf")
THEME_COLOURS = ("#f5a300", "#7a4ddf", "#1d8f82", "#de317b", "#1582e6", "#5a970e", "#e95735", "#936340")
PAPER = "#ffffff"
TEXT_CONTRAST = 4.5
PAPER_CONTRAST = 1.6
"""A button is known by its words; its ground has to differ from the paper, no more."""
LIGHT_CONTRAST = 7.0
STEPS = 400
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_SHORT = re.compile(r"#[0-9a-fA-F]{3}")


def read(value: str) -> str | None:
    """As #rrggbb in lower case; None where it is no such colour."""
    if _SHORT.fullmatch(value):
        value = "#" + "".join(2 * digit for digit in value[1:])
    return value.lower() if _HEX.fullmatch(value) else None


def accent(asked: str) -> str:
    """The nearest colour that words can stand on, that is a word on the dark stage, and that is seen on white paper: the same
    hue, lighter or darker."""
    if contrast(asked, PAPER) < PAPER_CONTRAST:
        return _nearest(asked, lambda colour: contrast(colour, PAPER) >= PAPER_CONTRAST, up=False)
    return _nearest(asked, _is_accent, up=True)


def accent_ink(used: str) -> str:
    """The same hue as a word on the light stage, darker."""
    return _nearest(used, lambda colour: all(contrast(colour, stage) >= LIGHT_CONTRAST for stage in LIGHT_STAGES), up=False)


def _is_accent(colour: str) -> bool:
    return all(contrast(colour, other) >= TEXT_CONTRAST for other in (ACCENT_TEXT, *DARK_STAGES))


def theme(asked: str, taken: Collection[int] = ()) -> int:
    """The number, from 1, of the nearest theme colour that no other theme has. Only those eight can be read on their paper and
    look different to everybody, also to colour-blind people."""
    free = [number for number in range(1, len(THEME_COLOURS) + 1) if number not in taken]
    return min(free, key=lambda number: _distance(asked, THEME_COLOURS[number - 1]))


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _nearest(asked: str, passes: Callable[[str], bool], *, up: bool) -> str:
    if passes(asked):
        return asked
    lightness, chroma, hue = _to_lch(_to_lab(_linear(asked)))
    end = 1.0 if up else 0.0
    for step in range(1, STEPS + 1):
        found = _in_gamut(lightness + (end - lightness) * step / STEPS, chroma, hue)
        if passes(found):
            return found
    return "#ffffff" if up else "#000000"


def _in_gamut(lightness: float, chroma: float, hue: float) -> str:
    """Of this lightness and hue, with as much of the chroma as a screen can show."""
    least, most = 0.0, chroma
    if (whole := _hex(_to_linear(_from_lch(lightness, chroma, hue)))) is not None:
        return whole
    for _ in range(20):
        middle = (least + most) / 2
        if _hex(_to_linear(_from_lch(lightness, middle, hue))) is None:
            most = middle
        else:
            least = middle
    return _hex(_to_linear(_from_lch(lightness, least, hue))) or ("#ffffff" if lightness > 0.5 else "#000000")


def _distance(one: str, other: str) -> float:
    return math.dist(_to_lab(_linear(one)), _to_lab(_linear(other)))


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: str) -> Colour:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _expanded(red), _expanded(green), _expanded(blue)


def _expanded(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _hex(linear: Colour) -> str | None:
    """None where a screen cannot show it."""
    slack = 0.0005
    if not all(-slack <= part <= 1 + slack for part in linear):
        return None
    return "#" + "".join(f"{round(255 * _compressed(min(1.0, max(0.0, part)))):02x}" for part in linear)


def _compressed(part: float) -> float:
    return part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def _to_lab(linear: Colour) -> Colour:
    red, green, blue = linear
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _to_linear(lab: Colour) -> Colour:
    light, a, b = lab
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _to_lch(lab: Colour) -> Colour:
    light, a, b = lab
    return light, math.hypot(a, b), math.atan2(b, a)


def _from_lch(lightness: float, chroma: float, hue: float) -> Colour:
    return lightness, chroma * math.cos(hue), chroma * math.sin(hue)

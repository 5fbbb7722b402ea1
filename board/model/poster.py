"""The ending as a drawing for a print shop: one A1 page as SVG, text as text. Pure.

A server cannot measure text, so that every name has a place of its own in a grid, wide enough for what it may take at most. The
tree is built and written by a library: no text of people can become markup.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple
from xml.etree import ElementTree

from board.model.text import side

WIDTH, HEIGHT = 594, 841
"""Millimetres, A1."""
_SVG = "http://www.w3.org/2000/svg"
_EDGE = 24.0
_STONES = ((150, 470.0), (600, 400.0), (math.inf, 300.0))
"""So many names at most, and the stone's width in millimetres that leaves them room."""
_TITLE_MOST, _TITLE_TOP, _WHERE, _FOOT = 46.0, 26.0, 11.0, 7.0
_NAME_MOST = 12.0
_LEADING = 1.5
_TALL = 1.32
"""Above and below the line, of scripts that stack."""
_GAP = 1.2
_USUAL = 0.85
"""Of the names that many are no wider than this place: the few longer ones are set smaller in it."""
# Not allowed in XML 1.0, whatever else allows it.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_GROUNDS = {"white": ("#ffffff", "#14163a", "#45476a"), "night": ("#0b0c22", "#ffffff", "#c6c9f0")}
_DISPLAY = '"Bricolage Grotesque", "Board Scripts", "Plus Jakarta Sans", sans-serif'
_TEXT = '"Plus Jakarta Sans", "Board Scripts", sans-serif'


class Poster(NamedTuple):
    title: str
    where: str
    """Place and days, in words; may be empty."""
    names: Sequence[str]
    foot: str
    stone: str
    """An SVG picture, as `brilliant.large_stone` makes it."""
    ground: str
    """`white` or `night`."""


def width_of(text: str) -> float:
    """How wide it may be at most, in em, in bold letters of the project's fonts."""
    return sum(map(_letter, text))


def _letter(letter: str) -> float:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(letter) in ("W", "F"):
        return 1.4 if unicodedata.category(letter) == "So" else 1.05
    if ord(letter) < 0x0250 or 0x1E00 <= ord(letter) < 0x2070:
        return 1.14 if letter in "MWmw@—" else 0.78 if letter.isupper() else 0.64
    if 0x0600 <= ord(letter) < 0x0780:
        return 0.72
    return 1.1


def drawn(poster: Poster, fonts: str) -> bytes:
    """`fonts`: rules of a style sheet with the letters in them, from our own files."""
    ground, ink, soft = _GROUNDS[poster.ground]
    root = ElementTree.Element(
        "svg", {"xmlns": _SVG, "width": f"{WIDTH}mm", "height": f"{HEIGHT}mm", "viewBox": f"0 0 {WIDTH} {HEIGHT}"}
    )
    ElementTree.SubElement(root, "title").text = _clean(poster.title)
    ElementTree.SubElement(root, "style").text = fonts
    ElementTree.SubElement(root, "rect", {"width": str(WIDTH), "height": str(HEIGHT), "fill": ground})
    below = _head(root, poster, ink, soft)
    wide = next(width for most, width in _STONES if len(poster.names) <= most)
    stone = ElementTree.fromstring(poster.stone)  # noqa: S314 (our own drawing)
    for name, value in (("x", (WIDTH - wide) / 2), ("y", below), ("width", wide), ("height", wide)):
        stone.set(name, f"{value:.2f}")
    root.append(stone)
    last = HEIGHT - 20.0
    _text(root, poster.foot, (WIDTH / 2, last), min(_FOOT, (WIDTH - 2 * _EDGE) / max(1.0, width_of(poster.foot))), soft)
    _names(root, poster.names, (below + wide + 12.0, last - _FOOT * 2), ink)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _head(root: ElementTree.Element, poster: Poster, ink: str, soft: str) -> float:
    """Title and place; where the stone may begin."""
    room = WIDTH - 2 * _EDGE
    lines = _in_lines(poster.title, room / _TITLE_MOST)
    size = min(_TITLE_MOST, *(room / max(1.0, width_of(line)) for line in lines))
    step = size * (_TALL if _is_tall(poster.title) else 1.0) * 1.12
    y = _TITLE_TOP
    for line in lines:
        y += step
        _text(root, line, (WIDTH / 2, y - step * 0.22), size, ink, family=_DISPLAY, weight="750")
    if poster.where:
        size = min(_WHERE, room / width_of(poster.where))
        y += size * 1.9
        _text(root, poster.where, (WIDTH / 2, y - size * 0.4), size, soft, weight="600")
    return y + 10.0


def _in_lines(title: str, room: float) -> list[str]:
    """One line, or two of about one length where one would be small. `room` in em."""
    words = title.split()
    if width_of(title) <= room or len(words) < 2:
        return [title]
    halves = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    return list(min(halves, key=lambda two: max(map(width_of, two))))


def _names(root: ElementTree.Element, names: Sequence[str], room: tuple[float, float], ink: str) -> None:
    if not names:
        return
    top, bottom = room
    widths = sorted(width_of(name) for name in names)
    cell = widths[min(len(widths) - 1, int(len(widths) * _USUAL))] + _GAP
    leading = _LEADING * (_TALL if any(map(_is_tall, names)) else 1.0)
    size, columns = _fitting(len(names), cell, leading, bottom - top)
    rows = math.ceil(len(names) / columns)
    step_x, step_y = (WIDTH - 2 * _EDGE) / columns, size * leading
    start = top + (bottom - top - rows * step_y) / 2 + size * leading * 0.7
    for number, name in enumerate(names):
        row, column = divmod(number, columns)
        left = columns if row < rows - 1 else len(names) - row * columns  # the last row stands in the middle
        x = WIDTH / 2 + (column - (left - 1) / 2) * step_x
        own = min(size, (step_x - size * _GAP / 2) / max(0.5, width_of(name)))
        _text(root, name, (x, start + row * step_y), own, ink, weight="550")


def _fitting(count: int, cell: float, leading: float, height: float) -> tuple[float, int]:
    """The largest letters in which so many names fit, and in how many columns. `cell` in em."""
    best, chosen = 0.0, 1
    for columns in range(1, 61):
        size = min(_NAME_MOST, (WIDTH - 2 * _EDGE) / columns / cell, height / (math.ceil(count / columns) * leading))
        if size > best:
            best, chosen = size, columns
    return best, chosen


def _text(
    root: ElementTree.Element,
    words: str,
    at: tuple[float, float],
    size: float,
    fill: str,
    *,
    family: str = _TEXT,
    weight: str = "500",
) -> None:
    x, y = at
    element = ElementTree.SubElement(
        root,
        "text",
        {
            "x": f"{x:.2f}",
            "y": f"{y:.2f}",
            "font-size": f"{size:.3f}",
            "font-family": family,
            "font-weight": weight,
            "fill": fill,
            "text-anchor": "middle",
            "direction": side(words),
        },
    )
    element.text = _clean(words)


def _clean(words: str) -> str:
    return _NO_XML.sub("", words)


def _is_tall(words: str) -> bool:
    """Does any letter stack above or below the line?"""
    return any(0x0590 < ord(letter) < 0x1D00 or ord(letter) > 0xFB4F for letter in words)

"""The brilliant seen from above, cut from cards: as many facets as its cards need, in the colours of their themes. Pure.

A table of eight triangles, a crown of forty. For more facets the longest edges are halved, the largest triangles first, until
there are enough; the main edges stay drawn, so that a stone of 30 cards and one of 1,500 both read as one stone.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Sequence
from itertools import count

from markupsafe import Markup, escape

Point = tuple[float, float]
Triangle = tuple[Point, Point, Point]

SIDES = 16
TABLE, MIDDLE, GIRDLE = 0.5, 0.78, 1.0
FACETS_MOST, FACETS_FEWEST = 400, 48
UNLIT = "#c9cbe8"
# Of a large stone, as in static/js/shared/gem.js: by how much the borders of colours are blurred, its lighter tones, and a
# facet that catches the light here and there.
SOFT_TURN = 16 / 360
LARGE_TONES = (0.4, 0.22, 0.06, -0.14, -0.3)
FLASH, FLASH_EVERY, FLASH_AT = 0.66, 25, 7
LIGHT_DEGREES = -135.0  # from the upper left
GOLD = "#f5a300"
# As in static/css/base.css; a card without a theme is gold.
COLOURS = (GOLD, "#f5a300", "#7a4ddf", "#1d8f82", "#de317b", "#1582e6", "#5a970e", "#e95735", "#936340")
WHITE, INK = (255, 255, 255), (11, 12, 34)
# From the light to the shade: how much white, or (below 0) how much ink.
TONES = (0.34, 0.14, 0.0, -0.2, -0.4)
TABLE_WHITE = 0.62


def stone(colours: Sequence[int], label: str = "") -> Markup:
    """An SVG picture. `colours`: of each card the colour of its theme, 1 to 8, or 0. Without cards the stone is grey."""
    ordered = [colour for colour, number in Counter(colours).most_common() for _ in range(number)]
    facets = _facets(min(FACETS_MOST, max(FACETS_FEWEST, len(colours))))
    paths = "".join(
        f'<path fill="{_fill(triangle, place, number, ordered)}" d="{_path(triangle)}"/>'
        for number, (triangle, place) in enumerate(facets)
    )
    return _picture(paths, label)


def large_stone(colours: Sequence[int], label: str) -> Markup:
    """For a poster: exactly one facet for each card, however many. Where cards are few, the other facets are grey."""
    facets = _facets(max(FACETS_FEWEST, len(colours)))
    ordered = sorted(colours)
    placed = sorted(enumerate(facets), key=lambda one: _soft_turn(one[1][0], one[0]))
    by_fill: dict[str, list[str]] = {}
    for rank, (number, (triangle, table)) in enumerate(placed):
        card, following = (at * len(ordered) // len(facets) for at in (rank, rank + 1))
        fill = _mixed(COLOURS[ordered[card]] if following > card else UNLIT, _light(triangle, table, number))
        by_fill.setdefault(fill, []).append(_path(triangle, 4))
    # A thin line of the same colour: a printer shows the paper between two facets else.
    paths = "".join(f'<path fill="{fill}" stroke="{fill}" d="{"".join(drawn)}"/>' for fill, drawn in by_fill.items())
    return _picture(f'<g stroke-width=".002" stroke-linejoin="round">{paths}</g>', label)


def _soft_turn(triangle: Triangle, number: int) -> float:
    return (_turn(triangle) + ((number * 73) % 101 / 101 - 0.5) * SOFT_TURN) % 1


def _light(triangle: Triangle, table: bool, number: int) -> float:
    if number % FLASH_EVERY == FLASH_AT:
        return FLASH
    return TABLE_WHITE - number % 3 * 0.07 if table else LARGE_TONES[_tone(triangle, number)]


def _picture(paths: str, label: str) -> Markup:
    named = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    edges = "".join(_path(triangle) for triangle, _ in _facets(FACETS_FEWEST))
    drawn = f'<path fill="none" stroke="#fff" stroke-opacity=".5" stroke-width=".008" stroke-linejoin="round" d="{edges}"/>'
    return Markup(f'<svg class="stone" viewBox="-1.02 -1.02 2.04 2.04" {named}>{paths}{drawn}</svg>')  # noqa: S704 (numbers)


def _facets(wanted: int) -> list[tuple[Triangle, bool]]:
    """Triangles, each with whether it belongs to the table; from the top round to the right."""
    rank = count()
    heap = [(-_area(triangle), next(rank), triangle, table) for triangle, table in _cut()]
    heapq.heapify(heap)
    while len(heap) < wanted:
        _, _, triangle, table = heapq.heappop(heap)
        for half in _halves(triangle):
            heapq.heappush(heap, (-_area(half), next(rank), half, table))
    return sorted(((triangle, table) for _, _, triangle, table in heap), key=lambda one: _turn(one[0]))


def _cut() -> list[tuple[Triangle, bool]]:
    found: list[tuple[Triangle, bool]] = []
    for at in range(0, SIDES, 2):
        table, following = _point(TABLE, at), _point(TABLE, at + 2)
        middle, before, outer = _point(MIDDLE, at + 1), _point(MIDDLE, at - 1), _point(GIRDLE, at)
        between, last = _point(GIRDLE, at + 1), _point(GIRDLE, at + 2)
        crown = [(table, following, middle), (table, middle, outer), (table, before, outer)]
        crown += [(middle, outer, between), (middle, between, last)]
        found += [(triangle, False) for triangle in crown] + [(((0.0, 0.0), table, following), True)]
    return found


def _point(radius: float, sixteenth: int) -> Point:
    turn = (sixteenth - 4) * math.pi / 8  # 0 stands at the top
    return math.cos(turn) * radius, math.sin(turn) * radius


def _halves(triangle: Triangle) -> tuple[Triangle, Triangle]:
    """Cut in two at the middle of the longest edge."""
    corners = max(range(3), key=lambda at: math.dist(triangle[at], triangle[(at + 1) % 3]))
    one, other, third = (triangle[(corners + step) % 3] for step in range(3))
    middle = ((one[0] + other[0]) / 2, (one[1] + other[1]) / 2)
    return (one, middle, third), (middle, other, third)


def _area(triangle: Triangle) -> float:
    (ax, ay), (bx, by), (cx, cy) = triangle
    return round(abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2, 9)


def _centre(triangle: Triangle) -> Point:
    return sum(x for x, _ in triangle) / 3, sum(y for _, y in triangle) / 3


def _turn(triangle: Triangle) -> float:
    """From the top clockwise, 0 to 1."""
    x, y = _centre(triangle)
    return (math.degrees(math.atan2(x, -y)) + 360) % 360 / 360


def _fill(triangle: Triangle, table: bool, number: int, colours: Sequence[int]) -> str:
    if not colours:
        return _mixed(UNLIT, TONES[_tone(triangle, number)] / 2 + (0.3 if table else 0))
    colour = COLOURS[colours[min(len(colours) - 1, int(_turn(triangle) * len(colours)))]]
    shift = TONES[_tone(triangle, number)]
    return _mixed(colour, TABLE_WHITE + shift / 3 if table else shift)


def _tone(triangle: Triangle, number: int) -> int:
    x, y = _centre(triangle)
    away = abs((math.degrees(math.atan2(y, x)) - LIGHT_DEGREES + 540) % 360 - 180)
    return max(0, min(4, round(away / 45 + (number % 3 - 1) * 0.7)))


def _mixed(colour: str, share: float) -> str:
    """With so much white, or below 0 so much ink."""
    ground, other = [int(colour[at : at + 2], 16) for at in (1, 3, 5)], WHITE if share > 0 else INK
    part = abs(share)
    return "#" + "".join(f"{round(one * (1 - part) + two * part):02x}" for one, two in zip(ground, other, strict=True))


def _path(triangle: Triangle, digits: int = 3) -> str:
    return "M" + "L".join(f"{x:.{digits}f} {y:.{digits}f}" for x, y in triangle) + "Z"

"""The bridge between two places, over the globe: how its picture is drawn, one rule for the large screen and for pages. Pure.

The globe is seen from above the near side of the bridge, north up. The two places always stand at (-1000, 0) and (1000, 0),
however far they are apart; y grows downwards.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

Degrees = tuple[float, float]
"""North and east."""
Vector = tuple[float, float, float]
"""From the middle of the earth; its radius is one."""
Point = tuple[int, int]

EARTH_KM = 6371.0

LEFT, TOP, WIDTH, HEIGHT = -2000, -1160, 4000, 1560
"""What can be seen of it."""
_UNIT = 1000
_TILT = math.radians(66)  # from above the bridge towards its horizon, at least
_HORIZON = 0.6  # of near places: so far above them, as otherwise it would be out of the picture
_HIGHEST = 1.04  # of the bridge above its ends
_STEPS = 32  # of the bridge
_LINES = ((2, 30, 10), (math.inf, 15, 5))  # up to which radius; degrees between lines of the globe, and between their points
_NEAREST = 0.03  # of the radius: what is this close to its edge is not drawn
_APART = 32  # of dots: where the globe turns away they would run together
_ABOUT_KM = 100  # nearer places would get a picture of one field


class Globe(NamedTuple):
    """`radius`: of the globe; `down`: how far its middle is below both places; `land`: its dots; `lines`: meridians and circles
    of latitude; `teams`: other places; `arc`: the bridge, as it rises from the first place and lands at the second."""

    radius: int
    down: int
    land: Sequence[Point]
    lines: Sequence[Sequence[Point]]
    teams: Sequence[Point]
    arc: Sequence[Point]


def line(points: Sequence[Point]) -> str:
    """As the outline of a path in SVG."""
    return "M" + "L".join(f"{x} {y}" for x, y in points)


def dots(points: Iterable[Point]) -> str:
    """As a path in SVG whose lines have round ends."""
    return "".join(f"M{x} {y}h0" for x, y in points)


def vector(north: float, east: float) -> Vector:
    phi, theta = math.radians(north), math.radians(east)
    return math.cos(phi) * math.cos(theta), math.cos(phi) * math.sin(theta), math.sin(phi)


def angle(one: Vector, other: Vector) -> float:
    """In radians."""
    return math.acos(max(-1.0, min(1.0, _dot(one, other))))


def is_westward(one: Vector, other: Vector) -> bool:
    """Whether `one` stands at the right when the shorter way between both is seen with north up."""
    return _cross(one, other)[2] < 0


def globe(one: Vector, other: Vector, land: Iterable[Degrees], teams: Iterable[Vector]) -> Globe:
    """`one` is at the left. Of two places on opposite sides of the earth, any way between them is as short."""
    half = max(angle(one, other), _ABOUT_KM / EARTH_KM) / 2
    view = _View(one, other, half)
    return Globe(
        round(view.radius * _UNIT),
        round(view.down * _UNIT),
        _apart(view.points(vector(*there) for there in land)),
        [line for way in _lines(view.radius) for line in view.line(way)],
        view.points(teams),
        view.arc(),
    )


class _View:
    def __init__(self, one: Vector, other: Vector, half: float) -> None:
        self._half = half
        along = _unit(_minus(other, one), (0.0, 1.0, 0.0))
        beyond = _unit(_cross(one, other), _unit(_minus((0.0, 0.0, 1.0), _times(along, along[2])), (0.0, 0.0, 1.0)))
        middle = _cross(along, beyond)
        self._sine = max(math.sin(_TILT), (1 - _HORIZON * math.sin(half)) / max(math.cos(half), 0.5))
        cosine = math.sqrt(1 - self._sine**2)
        self._axes = (
            along,
            _plus(_times(middle, self._sine), _times(beyond, cosine)),
            _plus(_times(middle, cosine), _times(beyond, -self._sine)),
        )
        self._middle, self._along = middle, along
        self.radius = 1 / math.sin(half)
        self.down = self._sine / math.tan(half)

    def _seen(self, at: Vector, height: float = 1.0) -> tuple[Point, float]:
        x, y, near = (_dot(at, axis) * height for axis in self._axes)
        return (round(x * self.radius * _UNIT), round((self.down - y * self.radius) * _UNIT)), near

    def _is_in(self, point: Point, near: float) -> bool:
        return near > _NEAREST and abs(point[0]) <= -LEFT and TOP <= point[1] <= TOP + HEIGHT

    def points(self, vectors: Iterable[Vector]) -> list[Point]:
        return [point for point, near in map(self._seen, vectors) if self._is_in(point, near)]

    def line(self, way: Sequence[Vector]) -> list[list[Point]]:
        """Its pieces that can be seen."""
        found: list[list[Point]] = [[]]
        for point, near in map(self._seen, way):
            if self._is_in(point, near):
                found[-1].append(point)
            elif found[-1]:
                found.append([])
        return [piece for piece in found if len(piece) > 1]

    def arc(self) -> list[Point]:
        """As high above the ground as lets its middle stand at the same height in every picture."""
        leap = _HIGHEST / (self.radius * self._sine) - math.tan(self._half / 2) / self.radius
        return [self._over(step / _STEPS, leap) for step in range(_STEPS + 1)]

    def _over(self, share: float, leap: float) -> Point:
        theta = (2 * share - 1) * self._half
        at = _plus(_times(self._middle, math.cos(theta)), _times(self._along, math.sin(theta)))
        return self._seen(at, 1 + leap * 4 * share * (1 - share))[0]


def _apart(dots: Sequence[Point]) -> list[Point]:
    return list({(x // _APART, y // _APART): (x, y) for x, y in dots}.values())


def _lines(radius: float) -> list[list[Vector]]:
    every, step = next((every, step) for most, every, step in _LINES if radius <= most)
    meridians = [[vector(north, east) for north in range(-80, 81, step)] for east in range(-180, 180, every)]
    circles = [[vector(north, east) for east in range(-180, 181, step)] for north in range(every - 90, 90, every)]
    return meridians + circles


def _dot(one: Vector, other: Vector) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def _plus(one: Vector, other: Vector) -> Vector:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


def _minus(one: Vector, other: Vector) -> Vector:
    return _plus(one, _times(other, -1))


def _times(one: Vector, number: float) -> Vector:
    return one[0] * number, one[1] * number, one[2] * number


def _cross(one: Vector, other: Vector) -> Vector:
    return one[1] * other[2] - one[2] * other[1], one[2] * other[0] - one[0] * other[2], one[0] * other[1] - one[1] * other[0]


def _unit(one: Vector, otherwise: Vector) -> Vector:
    """`otherwise`: where it has no direction."""
    length = math.hypot(*one)
    return _times(one, 1 / length) if length > 1e-9 else otherwise

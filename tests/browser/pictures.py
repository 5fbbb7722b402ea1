"""Pictures of pages: how they are taken, kept small, and compared.

Another machine smooths letters a little differently, but it does not paint areas in other colours, nor put things elsewhere. So
areas of one colour are compared closely, and everything else by the mean of small blocks."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter
from playwright.async_api import Locator

AREA_LEVELS = 4  # of 255 by which an area may differ
AREA_PIXELS = 40  # that may differ more
BLOCK = 6  # pixels square
BLOCK_LEVELS = 30
BLOCKS_SHARE = 0.0005  # of all blocks, that may differ more
COLOURS = 256
COVERS_PIXELS = 150  # from which a colour is kept exactly
TAKES_AT_MOST_MS = 60_000


async def taken(place: Locator) -> Image.Image:
    """The letters are there, and nothing moves."""
    await place.page.evaluate("document.fonts.ready")
    return Image.open(io.BytesIO(await place.screenshot(animations="disabled", timeout=TAKES_AT_MOST_MS))).convert("RGB")


def keep(picture: Image.Image, file: Path) -> None:
    """With the colours that cover most of it exactly, the others nearly: a third of the size."""
    file.parent.mkdir(parents=True, exist_ok=True)
    counted = sorted(picture.getcolors(picture.width * picture.height) or [], reverse=True)[:COLOURS]
    palette = Image.new("P", (1, 1))
    palette.putpalette([level for _, colour in counted for level in colour])  # type: ignore[attr-defined]
    small = picture.quantize(palette=palette, dither=Image.Dither.NONE)
    for index, (pixels, colour) in enumerate(counted):
        if pixels >= COVERS_PIXELS:  # quantize() may take a neighbour of it
            exactly = _levels(picture, Image.new("RGB", picture.size, colour)).point(lambda level: 0 if level else 255)
            small.paste(index, mask=exactly)
    small.save(file, optimize=True)


def difference(actual: Image.Image, wanted: Image.Image) -> str:
    """How one differs from the other, in words; empty where a person would call them the same."""
    if actual.size != wanted.size:
        return f"is {actual.width} × {actual.height}, not {wanted.width} × {wanted.height}"
    areas = count(area_difference(actual, wanted), AREA_LEVELS)
    if areas > AREA_PIXELS:
        return f"has {areas} pixels of areas in another colour"
    blocks = block_difference(actual, wanted)
    others = count(blocks, BLOCK_LEVELS)
    if others > BLOCKS_SHARE * blocks.width * blocks.height:
        return f"differs in {others} of {blocks.width * blocks.height} blocks"
    return ""


def area_difference(one: Image.Image, other: Image.Image) -> Image.Image:
    """By how much pixels differ that have no edge beside them in either."""
    edges = ImageChops.lighter(_edges(one), _edges(other)).point(lambda level: 0 if level > AREA_LEVELS else 255)
    return ImageChops.darker(_levels(one, other), edges)


def block_difference(one: Image.Image, other: Image.Image) -> Image.Image:
    return _levels(one.reduce(BLOCK), other.reduce(BLOCK))


def shown(actual: Image.Image, wanted: Image.Image) -> Image.Image:
    """Both in grey, what differs in red."""
    size = (max(actual.width, wanted.width), max(actual.height, wanted.height))
    one, other = (_padded(picture, size) for picture in (actual, wanted))
    differing = _levels(one, other).point(lambda level: 255 if level > BLOCK_LEVELS else 0)
    ground = one.convert("L").point(lambda level: 160 + level * 95 // 255).convert("RGB")
    return Image.composite(Image.new("RGB", size, (220, 0, 0)), ground, differing)


def count(levels: Image.Image, more_than: int) -> int:
    return sum(levels.histogram()[more_than + 1 :])


def _levels(one: Image.Image, other: Image.Image) -> Image.Image:
    """The largest difference of the three colours, for each pixel."""
    return _largest(ImageChops.difference(one, other))


def _edges(picture: Image.Image) -> Image.Image:
    return _largest(ImageChops.difference(picture.filter(ImageFilter.MaxFilter(3)), picture.filter(ImageFilter.MinFilter(3))))


def _largest(picture: Image.Image) -> Image.Image:
    red, green, blue = picture.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def _padded(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    padded = Image.new("RGB", size, (255, 0, 255))
    padded.paste(picture)
    return padded

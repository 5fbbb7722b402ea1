"""Pictures of pages: how they are taken, kept small, and compared.

Another machine smooths letters a little differently, but it does not paint areas in other colours, nor put things elsewhere. So
areas of one colour are compared closely, and everything else by the mean of small blocks."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageChops
from playwright.async_api import Page

AREA_LEVELS = 4  # of 255 by which an area may differ
AREA_PIXELS = 40  # that may differ more
BLOCK = 6  # pixels square
BLOCK_LEVELS = 30
BLOCKS_SHARE = 0.0005  # of all blocks, that may differ more
COLOURS = 256
COVERS_PIXELS = 150  # from which a colour is kept exactly
TAKES_AT_MOST_MS = 60_000
HIGH_PIXELS = 16_000  # what Chromium draws at once without a graphics card
# Of each place its name, and left, top, right and bottom of its pixels, which end with those of the page.
PLACES = """(names) => names.map((name) => {
  const { left, top, right, bottom } = document.getElementById(name).getBoundingClientRect();
  const { scrollWidth, scrollHeight } = document.documentElement;
  const end = [Math.min(Math.ceil(right + scrollX), scrollWidth), Math.min(Math.ceil(bottom + scrollY), scrollHeight)];
  return [name, Math.floor(left + scrollX), Math.floor(top + scrollY), ...end];
})"""
Place = tuple[str, int, int, int, int]


async def taken(page: Page, names: list[str]) -> dict[str, Image.Image]:
    """Of the elements with these ids. The letters are there, and nothing moves. A long page is laid out anew for each picture:
    so neighbours are in one, which is cut."""
    await page.evaluate("document.fonts.ready")
    found = {}
    for group in _neighbours(await page.evaluate(PLACES, names)):
        left, top = min(place[1] for place in group), group[0][2]
        size = {"width": max(place[3] for place in group) - left, "height": max(place[4] for place in group) - top}
        picture = await _screenshot(page, {"x": left, "y": top} | size)
        for name, *(x, y, right, bottom) in group:
            found[name] = picture.crop((x - left, y - top, right - left, bottom - top))
    return found


def _neighbours(places: list[Place]) -> list[list[Place]]:
    groups: list[list[Place]] = []
    for place in sorted(places, key=lambda place: place[2]):
        if groups and place[4] - groups[-1][0][2] <= HIGH_PIXELS:
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


async def _screenshot(page: Page, clip: dict[str, int]) -> Image.Image:
    taken = await page.screenshot(animations="disabled", full_page=True, clip=clip, timeout=TAKES_AT_MOST_MS)  # type: ignore[arg-type]
    return Image.open(io.BytesIO(taken)).convert("RGB")


async def in_sight(page: Page) -> Image.Image:
    """What the window shows now. The same pixels as of `page.screenshot`, which packs them tighter and so takes three times as
    long."""
    session = await page.context.new_cdp_session(page)
    answer = await session.send("Page.captureScreenshot", {"format": "png", "optimizeForSpeed": True})
    await session.detach()
    return Image.open(io.BytesIO(base64.b64decode(answer["data"]))).convert("RGB")


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
    """By how much neighbours differ, for each pixel: the lightest of nine less the darkest. Pillow's own filters for it take
    several times as long."""
    lightest = darkest = picture
    for step in ((1, 0), (0, 1)):
        lightest, darkest = _of_three(ImageChops.lighter, lightest, step), _of_three(ImageChops.darker, darkest, step)
    return _largest(ImageChops.difference(lightest, darkest))


def _of_three(
    chosen: Callable[[Image.Image, Image.Image], Image.Image], picture: Image.Image, step: tuple[int, int]
) -> Image.Image:
    """Of each pixel and the two beside it; at the edge of the picture there is one."""
    found = picture
    for x, y in (step, (-step[0], -step[1])):
        moved = picture.copy()
        moved.paste(picture, (x, y))
        found = chosen(found, moved)
    return found


def _largest(picture: Image.Image) -> Image.Image:
    red, green, blue = picture.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def _padded(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    padded = Image.new("RGB", size, (255, 0, 255))
    padded.paste(picture)
    return padded

"""Several pages at once, step by step, as one picture for each step: a contact sheet of all faces."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from playwright.async_api import Page

HEIGHT, WIDTH, EDGE, WORDS = 540, 3_000, 16, 30
GROUND, INK = "#3a3a44", "#ffffff"
SETTLE_MS = 900  # what has just come has taken its place, in the small pictures of the desk, too


@dataclass
class Film:
    """`steps`: the file of each step, in order."""

    directory: Path
    steps: list[str] = field(default_factory=list)

    async def take(self, title: str, faces: Mapping[str, Page]) -> None:
        shots = []
        for name, page in faces.items():
            await page.bring_to_front()
            await page.evaluate("document.fonts.ready")
            await page.wait_for_timeout(SETTLE_MS)
            shot = await page.screenshot(animations="disabled", timeout=120_000)
            shots.append((name, Image.open(io.BytesIO(shot)).convert("RGB")))
        file = f"morning {len(self.steps) + 1:02} {title}.png".replace(" ", "-").replace(":", "")
        on_one_sheet(title, shots).save(self.directory / file, optimize=True)
        self.steps.append(file)


def on_one_sheet(title: str, shots: list[tuple[str, Image.Image]]) -> Image.Image:
    """All of one height, in rows, each under its name."""
    scaled = [(name, _scaled(shot)) for name, shot in shots]
    places, left, top = [], EDGE, EDGE + WORDS
    for name, shot in scaled:
        if left + shot.width + EDGE > WIDTH:
            left, top = EDGE, top + HEIGHT + WORDS + EDGE
        places.append((name, shot, left, top + WORDS))
        left += shot.width + EDGE
    sheet = Image.new("RGB", (WIDTH, top + WORDS + HEIGHT + EDGE), GROUND)
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(20)
    draw.text((EDGE, EDGE), title, INK, font)
    for name, shot, x, y in places:
        draw.text((x, y - WORDS + 4), name, INK, font)
        sheet.paste(shot, (x, y))
    return sheet


def _scaled(shot: Image.Image) -> Image.Image:
    return shot.resize((round(shot.width * HEIGHT / shot.height), HEIGHT), Image.Resampling.LANCZOS)

"""The words of each script stand on their line in each engine. WebKit had lifted and dropped single Arabic words: it loses the
height of a mark that is a glyph of its own, and newer builds of the face have such marks."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from tests.engines.conftest import STAGE, Open
from tests.engines.window import Engine, Hand

SENTENCES = {
    "Arabic": "شكراً علّمتني كيف أستمع قبل أن أنصح في من رامي إلى الحوار غيّر اجتماعنا",
    "Bengali": "আপনি আমাকে শিখিয়েছেন কীভাবে উত্তাপ মাপতে হয় ধন্যবাদ",
    "Devanagari": "आपने मुझे गर्मी मापना सिखाया धन्यवाद कार्यशाला",
    "Ethiopic": "ሙቀትን እንዴት እንደምንለካ አስተማሩን እናመሰግናለን",
    "Khmer": "អរគុណដែលបង្រៀនយើង អំពីគុណភាព ការងារ",
    "Myanmar": "အပူချိန်တိုင်းနည်း သင်ပေးတဲ့အတွက် ကျေးဇူးတင်ပါတယ်",
    "Sinhala": "උණුසුම මනින්නේ කෙසේදැයි ඉගැන්වීම ගැන ස්තුතියි",
    "Tamil": "வெப்பத்தை அளவிட கற்றுக்கொடுத்ததற்கு நன்றி பயிற்சி",
    "Thai": "ขอบคุณที่สอนวิธีวัดความร้อน ที่ทำงาน",
}
WEIGHTS = (450, 700)
FAMILIES = dict.fromkeys(SENTENCES, "Board Scripts") | {"Arabic": "Board Arabic"}
VECTORS = Path(__file__).with_name("lines.json")
"""The highest and the lowest ink of each word, in pixels above and below its base line, as Chromium draws it at this size."""
SIZE_PX = 80
SETTLE_SECONDS, DRAWINGS = 0.3, 60
SMOOTH_PX = 2
"""Engines smooth edges differently."""
MARK_PX = 12
"""WebKitGTK sets marks too low or too high, which no file of Noto avoids. The words that were lifted off their line stood
21 pixels too high."""
# How many faces have come for this text. None as long as the page does not know any of this name: it is asked again.
LOAD = """(font, text) => {
  const loads = (window.loadsOfFaces ??= new Map());
  if (!loads.get(font)) {
    loads.set(font, -1);
    document.fonts.load(font, text).then((faces) => loads.set(font, faces.length));
  }
  return Math.max(0, loads.get(font));
}"""
INK = """(font, words) => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [1600, 400];
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  return words.map((word) => {
    pen.clearRect(0, 0, 1600, 400);
    pen.font = font;
    pen.fillText(word, 100, 200);
    const dots = pen.getImageData(0, 0, 1600, 400).data;
    const inked = (y) => { for (let x = 0; x < 1600; x++) if (dots[(y * 1600 + x) * 4 + 3] > 127) return true; return false; };
    const rows = [...Array(400).keys()].filter(inked);
    return [200 - rows[0], rows[rows.length - 1] + 1 - 200];
  });
}"""


async def inks(page: Hand, script: str, weight: int) -> dict[str, list[int]]:
    font, words = f'{weight} {SIZE_PX}px "{FAMILIES[script]}"', SENTENCES[script].split()
    await page.until(LOAD, font, " ".join(words))
    return dict(zip(words, await page.window.run(INK, font, words), strict=True))


async def test_each_script_is_drawn_at_its_expected_height_on_the_line(
    open_page: Open, board: dict[str, str], engine: Engine
) -> None:
    page = await open_page(board["screen_url"], STAGE)
    wanted = json.loads(VECTORS.read_text(encoding="utf-8"))
    for script in SENTENCES:
        for weight in WEIGHTS:
            expected = wanted[f"{script} {weight}"]
            for _ in range(DRAWINGS):  # the first ones of a face that has just come are by another one, on a busy machine many
                drawn = await inks(page, script, weight)
                wrong = {word: (ink, expected[word]) for word, ink in drawn.items() if not alike(engine, ink, expected[word])}
                if not wrong:
                    break
                await asyncio.sleep(SETTLE_SECONDS)
            assert wrong == {}, (script, weight)


def alike(engine: Engine, drawn: list[int], expected: list[int]) -> bool:
    (above, below), (high, low) = drawn, expected
    if engine.name == "webkit":
        return abs(below - low) <= MARK_PX
    return max(abs(below - low), abs(above - high)) <= SMOOTH_PX

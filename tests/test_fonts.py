"""Fonts for the scripts that people write in: every letter of these languages has a glyph in the face that says so."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import defaultdict

import pytest
from PIL import ImageFont

from board.web.assets import STATIC

WRITTEN = {
    "Latin": "Thank you, Chiara, for the quiet hours",
    "Vietnamese": "Cảm ơn bạn đã giúp đỡ nhiều lắm, Nguyễn Thị",
    "Arabic": "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي ًٌٍَُِّْ ٠١٢٣٤٥٦٧٨٩ ،؛؟ـ٪",
    "Persian": "پچژگکیۀ ۰۱۲۳۴۵۶۷۸۹ می\u200cنویسد",
    "Urdu": "ٹڈڑںھہۂۃےۓ۔",
    "Kurdish": "ڕڵێۆڤەۊ",
    "Uyghur": "ئۇۈۋڭې",
    "Pashto": "ښځڅډټڼړږۍې",
    "Sindhi": "ڳڱڄڃٿٺٻڀڌڏڊڍڦڪڻ۽۾",
    "Jawi": "چڠڤݢڽۏ",
    "Bengali": "আপনাকে অনেক ধন্যবাদ, ক্ষমা শ্রদ্ধা",
    "Devanagari": "आपको बहुत धन्यवाद, शक्ति क्षमा श्रद्धा",
    "Khmer": "សូមអរគុណច្រើន ក្រុមការងារ ស្រ្តី",
    "Sinhala": "ඔබට බොහොම ස්තුතියි, ශ්‍රී ලංකා",
    "Thai": "ขอบคุณมากค่ะ ที่ช่วยน้ำใจ ปู่ ญี่ปุ่น",
    "Myanmar": "ကျေးဇူးတင်ပါတယ် မြန်မာ",
    "Tamil": "மிக்க நன்றி, கொடுத்தீர்கள்",
    "Ethiopic": "በጣም አመሰግናለሁ ጓደኞቼ",
}
WEIGHTS = (400, 600, 800)
FACE = re.compile(r"@font-face \{(.*?)\}", re.DOTALL)


@functools.cache
def faces() -> list[dict[str, str]]:
    rules = FACE.findall((STATIC / "css/fonts.css").read_text(encoding="utf-8"))
    return [dict(re.findall(r"([\w-]+): (.*?);", rule)) for rule in rules]


def file_of(face: dict[str, str]) -> str:
    return face["src"].split('"')[1].rsplit("/", 1)[1]


@functools.cache
def font(file: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(STATIC / "fonts" / file), 40, layout_engine=ImageFont.Layout.BASIC)


def covers(face: dict[str, str], sign: str) -> bool:
    for part in face["unicode-range"].split(","):
        first, _, last = part.removeprefix("U+").partition("-")
        if int(first, 16) <= ord(sign) <= int(last or first, 16):
            return True
    return False


def has_glyph(font: ImageFont.FreeTypeFont, sign: str) -> bool:
    def drawn(text: str) -> bytes:
        mask = font.getmask(text)
        return bytes(mask) + repr(mask.size).encode()

    return drawn(sign) != drawn("\u0378")  # belongs to no letter: the box that stands for what a font lacks


@pytest.mark.parametrize("weight", WEIGHTS)
@pytest.mark.parametrize("language", WRITTEN)
def test_each_letter_has_a_glyph_in_a_declared_font(language: str, weight: int) -> None:
    for sign in sorted(set(WRITTEN[language])):
        if unicodedata.category(sign) in ("Cf", "Zs"):
            continue  # are not drawn
        found = []
        for face in faces():
            lightest, heaviest = map(int, face["font-weight"].split())
            if lightest <= weight <= heaviest and covers(face, sign):
                found.append(has_glyph(font(file_of(face)), sign))
        assert all(found or [False]), f"{sign} U+{ord(sign):04X}"


def test_each_weight_of_a_family_has_all_its_letters() -> None:
    """Of one family Chromium looks into the faces of one range of weights only. Arabic came in two ranges beside one of all
    other scripts: regular Arabic, and all other scripts in bold, were drawn in the device's own face."""
    letters: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for face in faces():
        letters[face["font-family"]][face["font-weight"]].add(face["unicode-range"])
    for family, by_weight in letters.items():
        assert len({frozenset(ranges) for ranges in by_weight.values()}) == 1, family


def test_each_font_is_used_and_its_licence_named() -> None:
    files = {path.name for path in (STATIC / "fonts").glob("*.woff2")}
    assert files == {file_of(face) for face in faces()}
    licence = (STATIC / "fonts/OFL.txt").read_text(encoding="utf-8").partition("SIL OPEN FONT LICENSE")[0]
    for name in files:
        assert re.sub(r"(-latin-ext|-latin|-vietnamese)?\.woff2$", "", name) in licence

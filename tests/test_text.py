"""What becomes of what people type, in any script, and of what is typed to break the wall."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from board.model.models import CARD_TEXT_GRAPHEMES, Invalid
from board.model.text import BYTES_PER_GRAPHEME, CODE_POINTS_PER_GRAPHEME, MARKS_PER_BASE, clean, graphemes, language_of
from tests.sentences import sentence

LANGUAGES = json.loads((Path(__file__).parent / "vectors/languages.json").read_text(encoding="utf-8"))["cases"]
FAMILY = "👨‍👩‍👧‍👦"
WAVING_HAND = "👋🏽"


def card(value: str) -> str:
    return clean(value, "text", CARD_TEXT_GRAPHEMES, lines=True)


def name(value: str) -> str:
    return clean(value, "name", (1, 60))


def refused(value: str) -> str:
    with pytest.raises(Invalid) as refusal:
        card(value)
    assert refusal.value.field == "text"
    return sentence(refusal.value)


# -- length --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("character", ["a", "é", FAMILY, WAVING_HAND, "🇧🇩", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "नि", "각", "ก็"])
def test_length_is_counted_in_characters_as_people_see_them(character: str) -> None:
    assert graphemes(card(character * 280)) == 280
    assert "281 of 280" in refused(character * 281)
    assert card(character * 3) == character * 3
    assert "at least 3" in refused(character * 2)


def test_letters_and_their_marks_count_once_however_they_are_typed() -> None:
    composed, decomposed = "é" * 280, "e\u0301" * 280
    assert card(composed) == card(decomposed) == composed


def test_a_text_of_many_code_points_is_refused_before_any_work_is_done_on_it() -> None:
    """It counts as few characters, yet would take long to normalise and long to draw."""
    one_character = "a" + "\u0301" * (280 * CODE_POINTS_PER_GRAPHEME)
    assert graphemes(one_character) == 1
    assert "too long" in refused(one_character)


def test_a_text_is_bounded_in_code_points_and_bytes_too() -> None:
    """Counted in characters alone, 300 of 12 Hangul letters each are 300, and are sent to everybody as 10,800 bytes."""
    jamo = "\u1100" * 4 + "\u1161" * 4 + "\u11a8" * 4
    assert graphemes(jamo) == 1
    assert "too long" in refused(jamo * 280)
    heavy = "\U0001d165\U00016b3a\U00016b3a\U00016b3a\U00016b3a\U0001d166\U0001d166\U0001d166"[:8] * 280
    assert "too long" in refused(heavy)
    for worst in ("\u1100" * 2 * 280 * 4, FAMILY * 280):
        stored = cleaned_or_none(worst, CARD_TEXT_GRAPHEMES)
        assert stored is None or len(stored.encode()) <= 280 * BYTES_PER_GRAPHEME


@pytest.mark.parametrize(
    "nothing",
    [
        "",
        " \n \n",
        "\u00a0\u2003\u3000",  # spaces of all widths
        "\u200b\u200c\u200d\u2060\ufeff",  # of no width
        "\u00ad\u034f\u180e",  # soft hyphen, joiner and separator that show nothing
        "\u2067\u2069\u202a\u202c",  # directions of nothing
        "\u3164\uffa0\u115f\u1160\u2800",  # letters and a pattern that are blank
        "\ufffc\U0001d159\U00013441",  # the place of an object, a note without a head, a blank hieroglyph
        "\u0301\u0301\u0301",  # marks on nothing
        "\U000e0041\U000e0042\U000e0043",  # tags
    ],
)
def test_invisible_characters_alone_count_as_empty(nothing: str) -> None:
    assert "write something" in refused(nothing)
    assert clean(nothing, "reason", (0, 200), lines=True) == ""


@pytest.mark.parametrize("drawn", ["🫨🫨🫨", "...", "①②③", "٣٤٥", "€€€", "日本語", "𝒜𝒜𝒜", "🇧🇩🇧🇩🇧🇩"])
def test_emoji_numbers_and_signs_count_as_text(drawn: str) -> None:
    assert card(drawn) == drawn


# -- scripts -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "Tiếng Việt: cảm ơn chị đã giúp đỡ, thật tuyệt vời!",
        "हिन्दी: क्षत्रिय, स्वास्थ्य और सुरक्षा के लिए धन्यवाद",
        "বাংলা: আপনাকে অনেক ধন্যবাদ, স্বাস্থ্যকর্মী",
        "தமிழ்: மிக்க நன்றி ஸ்ரீ",
        "සිංහල: ඔබට ස්තූතියි, ශ්‍රී ලංකා",
        "ខ្មែរ៖ សូមអរគុណស្ត្រីទាំងអស់",
        "မြန်မာ: လျှို့ဝှက် ညွှန်ကြားရေးမှူး ကျေးဇူးတင်ပါတယ်",
        "العَرَبِيَّةُ: شُكْرًا لِمُحَمَّدٍ رَسُولِ السَّلَامِ",
        "עִבְרִית: שָׁלוֹם, בְּרֵאשִׁית תּוֹדָה רַבָּה",
        "ไทย: ขอบคุณที่ช่วยเหลือผู้ป่วยเรื่อยมา",
        "བོད་ཡིག བསྒྲུབས་པ་བཀྲ་ཤིས་བདེ་ལེགས",
        "ᾅδης, ΐ, πολυτονικό",
        "한국어: 감사합니다",
        f"{FAMILY} {WAVING_HAND} 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️‍🔥 👩🏽‍🔬 1️⃣",
    ],
)
def test_texts_in_living_scripts_stay_unchanged(words: str) -> None:
    assert card(words) == unicodedata.normalize("NFC", words)


def test_at_most_four_marks_on_one_base_stay() -> None:
    assert card("abc" + "\u0316" * 4) == "abc" + "\u0316" * 4
    assert card("abc" + "\u0316" * 5 + "d") == "abc" + "\u0316" * 4 + "d"
    assert card("Z\u0353\u0353a\u0353\u0353\u0353\u0353\u0353lgo") == "Z\u0353\u0353a\u0353\u0353\u0353\u0353lgo"


@pytest.mark.parametrize(
    "zalgo",
    [
        "a" + "\u0301" * 40,
        "\u1ec7" + "\u0301" * 40,  # a letter that brings two marks of its own
        "a" + "\u0344" * 20,  # a mark that is two
        "a" + ("\u0301" * 4 + "\u200d") * 8,  # joined, so that all of it is still one character
        "a" + ("\u0301" * 4 + "\u034f") * 8,
        "\u0915" + ("\u0301" * 4 + "\u093e") * 8,  # with vowel signs in between
        "a" + "\u20dd" * 10,  # circles round it
        "\u05d0" + "\u0591\u05b0\u05bc\u05c1\u05bd" * 6,
    ],
)
def test_stacked_marks_are_cut_to_four_in_every_encoding(zalgo: str) -> None:
    decomposed = unicodedata.normalize("NFD", card(zalgo + "bc"))
    marks = [char for char in decomposed if unicodedata.category(char) in ("Mn", "Me")]
    assert len(marks) == MARKS_PER_BASE == 4


def test_marks_are_cut_in_the_order_in_which_they_were_typed() -> None:
    """Cutting comes before NFC, which sorts the marks and takes quadratic time to do so."""
    assert card("abc" + "\u0301" * 4 + "\u0316") == "abć" + "\u0301" * 3


# -- characters ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [*range(0x0A), *range(0x0B, 0x20), *range(0x7F, 0xA0)])
def test_control_characters_except_line_feed_are_refused(code: int) -> None:
    assert "cannot be shown" in refused(f"one {chr(code)} two")


@pytest.mark.parametrize("code", [0xE000, 0xF8FF, 0xFDD0, 0xFFFE, 0xFFFF, 0x1FFFF, 0xF0000, 0x10FFFD])
def test_noncharacters_and_private_use_characters_are_refused(code: int) -> None:
    assert "cannot be shown" in refused(f"one {chr(code)} two")


@pytest.mark.parametrize("heap", ["\u200d".join("👩" * 20), "ក" + "្ក" * 40, "a" + "\u0903" * 40, "🏴" + "\U000e0067" * 40])
def test_a_character_with_too_many_parts_is_refused(heap: str) -> None:
    assert "too many parts" in refused(heap + " and more")


@pytest.mark.parametrize("code", [0xD800, 0xDBFF, 0xDC00, 0xDFFF])
def test_lone_surrogates_are_refused(code: int) -> None:
    assert "cannot be shown" in refused(f"one {chr(code)} two")


def test_texts_with_several_lines_use_line_feeds() -> None:
    assert card("one\r\ntwo\nthree") == card("one\u2028two\u2029three") == "one\ntwo\nthree"
    assert "cannot be shown" in refused("one\rtwo")
    assert card("\n\n one \n\n\n \n\n two \n\n") == "one \n\n two"
    assert card("one\n\ntwo") == "one\n\ntwo"
    with pytest.raises(Invalid, match="one-line-only"):
        name("one\ntwo")
    assert name("\u3000 Asha Rahman \u00a0") == "Asha Rahman"


# -- direction -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("abc \u202egpj.exe", "abc \u202egpj.exe\u202c"),
        ("abc \u2067one", "abc \u2067one\u2069"),
        ("\u202aone \u2066two", "\u202aone \u2066two\u2069\u202c"),
        ("one\u202c two\u2069", "one two"),  # closing what is not ours
        ("\u2067one\u2069 two", "\u2067one\u2069 two"),  # closed already
        ("\u2067one\u202c two", "\u2067one two\u2069"),  # closed by the wrong one
        ("\u200fשלום\u200e abc", "\u200fשלום\u200e abc"),  # marks that open nothing
    ],
)
def test_a_text_closes_exactly_the_directions_that_it_opens(typed: str, stored: str) -> None:
    assert card(typed) == stored


# -- for any text --------------------------------------------------------------------------------------------------

# Much of what can go wrong is rare among all characters; so these come often.
troublesome = st.sampled_from(
    "\n \u00a0\u2028\u200d\u034f\u0301\u0316\u0344\u20dd\u0915\u093e\u09c7\u09be\u1100\u1161\u11a8\u0f73\ufb2c\u1ec7"
    "\u202a\u202c\u202e\u2066\u2067\u2069\u3164\u2800\ufe0f👨👋🏽🇧"
)
shown = st.text(st.one_of(troublesome, st.characters(exclude_categories=["Cc", "Cs"])), max_size=60)
limits = st.tuples(st.integers(0, 3), st.integers(3, 40))
thorough = settings(max_examples=1_000, deadline=None)


@thorough
@given(shown, limits)
def test_cleaning_a_clean_text_changes_nothing_and_keeps_the_limits(value: str, limits: tuple[int, int]) -> None:
    cleaned = cleaned_or_none(value, limits)
    assume(cleaned is not None)
    assert cleaned is not None
    assert cleaned_or_none(cleaned, limits) == cleaned
    assert limits[0] <= graphemes(cleaned) <= limits[1]
    assert cleaned == unicodedata.normalize("NFC", cleaned).strip()


@thorough
@given(st.text(st.characters(exclude_categories=[]), max_size=40), limits, st.booleans())
def test_any_text_is_stored_or_refused_in_words(value: str, limits: tuple[int, int], lines: bool) -> None:
    cleaned = cleaned_or_none(value, limits, lines=lines) or ""
    assert not [char for char in cleaned if unicodedata.category(char) == "Cc" and not (lines and char == "\n")]
    cleaned.encode()


@thorough
@given(st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=40))
def test_plain_words_are_only_normalised_and_trimmed(words: str) -> None:
    wanted = unicodedata.normalize("NFC", words).strip()
    assume(graphemes(wanted) <= 40)
    assert clean(words, "text", (0, 40)) == wanted


def cleaned_or_none(value: str, limits: tuple[int, int], *, lines: bool = True) -> str | None:
    """None: refused. Anything but a refusal in words is a fault."""
    try:
        return clean(value, "text", limits, lines=lines)
    except Invalid:
        return None


@pytest.mark.parametrize("case", LANGUAGES, ids=lambda case: case["why"])
def test_the_script_of_a_text_determines_its_language(case: dict[str, str]) -> None:
    assert language_of(case["text"]) == case["language"]


def test_a_missing_text_has_no_language() -> None:
    assert language_of(None) == ""

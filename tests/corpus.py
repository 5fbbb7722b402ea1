"""Texts that people, keyboards and mischief come up with, and what must become of them.

Our own list after the idea of the "big list of naughty strings". `stored` is what is kept of a text of a card (None: it is
refused in words); where it is left out, exactly what was typed.
"""

from __future__ import annotations

from typing import NamedTuple

ZALGO = "H" + "".join(chr(0x300 + n) for n in range(25)) + "ello"


class Naughty(NamedTuple):
    typed: str
    stored: str | None


def kept(typed: str) -> Naughty:
    return Naughty(typed, typed)


def refused(typed: str) -> Naughty:
    return Naughty(typed, None)


TEXTS: dict[str, Naughty] = {
    # nothing, in many ways
    "empty": refused(""),
    "spaces": refused("    "),
    "zero width spaces": refused("\u200b\u200b\u200b"),
    "hangul fillers": refused("\u3164\u3164\u3164"),
    "braille blanks": refused("\u2800\u2800\u2800"),
    "soft hyphens": refused("\u00ad" * 5),
    "right-to-left marks": refused("\u200f\u200f\u200f"),
    # too much
    "281 letters": refused("x" * 281),
    "280 letters": kept("x" * 280),
    "280 families": kept("👨‍👩‍👧‍👦" * 280),
    "281 families": refused("👨‍👩‍👧‍👦" * 281),
    "64 KB of marks": refused("a" + "\u0301\u0328" * 16_000),
    # markup
    "script": kept("<script>alert(1)</script>"),
    "image with handler": kept("<img src=x onerror=alert(1)>"),
    "svg with handler": kept("<svg/onload=alert(1)>"),
    "end of script": kept("</script><!-- ]]> -->"),
    "end of title": kept("</title><h1>Mine</h1>"),
    "end of attribute": kept('"><style>*{display:none}</style>'),
    "entities": kept("&lt;b&gt; &amp;amp; &#x41; &nbsp;"),
    "javascript link": kept("javascript:alert(document.cookie)"),
    "data link": kept("data:text/html,<script>alert(1)</script>"),
    "iframe": kept("<iframe src=//example.org></iframe>"),
    "full-width markup": kept("＜script＞alert(1)＜/script＞"),
    "byte tag": kept("\u00bcscript\u00bealert(1)\u00bc/script\u00be"),
    # templates, formats, commands
    "jinja": kept("{{ 7*7 }} {% raw %} {# comment #}"),
    "template literal": kept("${7*7} `whoami` $(whoami)"),
    "format": kept("%s %d %n {0} {self.__class__}"),
    "erb": kept("<%= 7*7 %>"),
    "sql": kept("Robert'); DROP TABLE posts;--"),
    "wildcards": kept("100% _under_ \\back\\ * ?"),
    "path": kept("../../../../etc/passwd\\..\\..\\con"),
    "log4j": kept("${jndi:ldap://127.0.0.1/a}"),
    "prototype": kept("__proto__ constructor toString hasOwnProperty"),
    "undefined": kept("undefined null NULL nil None NaN true -1"),
    "regular expression": kept("(a+)+$ [[:alpha:]] \\d{9999} aaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"),
    "shell": kept("; rm -rf / & echo | cat > x < y"),
    # spreadsheets
    "formula": kept("=cmd|'/c calc'!A1"),
    "plus formula": kept("+1+1"),
    "minus formula": kept("-2+3"),
    "at formula": kept('@SUM(1+1)*cmd|"/c calc"!A0'),
    "commas and quotes": kept('a,"b";c\'d'),
    # direction
    "right-to-left override": Naughty("Eve \u202egnp.exe", "Eve \u202egnp.exe\u202c"),
    "isolates left open": Naughty("\u2067\u2067 abc", "\u2067\u2067 abc\u2069\u2069"),
    "closers of nothing": Naughty("abc\u202c\u2069 def", "abc def"),
    "arabic": kept("شكراً على دليل الحوار الاجتماعي!"),
    "hebrew with points": kept("שָׁלוֹם עֲלֵיכֶם"),
    "mixed": kept("مرحبا hello שלום 123 (456)"),
    # marks
    "zalgo": Naughty(ZALGO, "H" + "".join(chr(0x300 + n) for n in range(4)) + "ello"),
    "vietnamese": kept("Cảm ơn bạn đã hướng dẫn chúng tôi"),
    "devanagari": kept("आपने हमें सुनना सिखाया। क्ष्म्य"),
    "thai": kept("ขอบคุณที่ช่วยเหลือพวกเรา ก็"),
    "khmer": kept("អរគុណសម្រាប់ការជួយ"),
    "bengali": kept("আপনাকে ধন্যবাদ"),
    "sinhala": kept("ඔබට ස්තූතියි ශ්‍රී"),
    "tamil": kept("உங்களுக்கு நன்றி"),
    "ethiopic": kept("አመሰግናለሁ ስለ እርዳታዎ"),
    "burmese": kept("ကျေးဇူးတင်ပါတယ်"),
    "tibetan": kept("ཐུགས་རྗེ་ཆེ།"),
    "a heap of vowel signs": refused("ka" + "\u093e" * 60),
    "variation selectors": Naughty("okay\ufe0f" + "\ufe0e" * 99, "okay\ufe0f\ufe0e\ufe0e\ufe0e"),
    # width and height
    "one long word": kept("W" * 280),
    "basmala": kept("﷽" * 40),
    "cuneiform": kept("𒈙" * 40),
    "javanese": kept("꧁" * 40),
    "wide emoji": kept("😀" * 140),
    "flags": kept("🇰🇭🇯🇴🇧🇩🇪🇹🏴󠁧󠁢󠁳󠁣󠁴󠁿"),
    "skin tones": kept("👩🏽‍🏫👩🏿‍🚀🧑🏻‍🤝‍🧑🏾"),
    "a chain of people": refused("\u200d".join("👩" * 60)),
    "nothing but lines": refused("\n" * 200),
    "many lines": kept("\n".join("abcdefghij" * 4)),
    "tall lines": Naughty("a\n\n\n\n\nb and more", "a\n\nb and more"),
    # lines
    "windows lines": Naughty("one\r\ntwo", "one\ntwo"),
    "old mac lines": refused("one\rtwo"),
    "unicode lines": Naughty("one\u2028two\u2029three", "one\ntwo\nthree"),
    "next line": refused("one\u0085two"),
    "vertical tab": refused("one\x0btwo"),
    # characters that are none
    "nul": refused("one\x00two"),
    "escape sequence": refused("\x1b[31mred\x1b[0m"),
    "bell": refused("ring \x07"),
    "tab": refused("one\ttwo"),
    "delete": refused("one\x7ftwo"),
    "lone surrogate": refused("one \ud800 two"),
    "reversed surrogates": refused("\udc00\ud800 pair"),
    "not a character": refused("one \uffff two"),
    "private use": refused("one \ue000 two"),
    "byte order mark": kept("one \ufefftwo"),
    "replacement": kept("one \ufffd two"),
    "tags": Naughty("hidden\U000e0041\U000e0042 words", "hidden\U000e0041\U000e0042 words"),
    "zero width joiners": kept("wo\u200drd wo\u200crd"),
    # forms
    "growing note": Naughty("note \U0001d160 more", "note \U0001d158\U0001d165\U0001d16e more"),
    "ligatures": kept("ﬃ ŉ İstanbul ﷺ"),
    "decomposed": Naughty("cafe\u0301", "café"),
    "look-alikes": kept("Аdmin Мoderator"),
    "leet": kept("y0u 4r3 th3 b3st"),
    "full-width digits": kept("１２３ ٣٤٥ ①②③"),
}

KEPT = {name: naughty for name, naughty in TEXTS.items() if naughty.stored is not None}

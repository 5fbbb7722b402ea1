"""Blocked words of a board: a post with one waits for a moderator, and the desk marks it.
Pure.

Words are compared by their letters alone. Case, accents, width and what cannot be seen do not count (`folding.fold`), nor which
of two look-alikes was typed (`lookalikes`), nor dots between the letters, nor spaces between single letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

from board.model.folding import fold
from board.model.lookalikes import LETTERS, SIGNS

_GRAPHEMES = regex.compile(r"\X")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]")
_NO_WORD = regex.compile(r"[^\p{L}\p{M}\p{N}]+")
# Scripts whose words stand without spaces between them: there a word is looked for anywhere.
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}]")
LISTS_KEPT = 16
# To make one costs a millisecond: it is done for a word of which a text has all the letters.
PATTERNS_KEPT = 1_000
# What a moderator is shown of one post.
WORDS_FOUND = 8
# Two letters with a space between them stand in many texts.
SPELT_LETTERS = 3
_EDGE, _GAP = r"[\p{L}\p{M}\p{N}]", "[ .]"


class _Blocked(NamedTuple):
    """One word, or sequence of words: its letters alone, and as it stands in the list. `signs`: for which letters its signs
    stand."""

    letters: str
    word: str
    signs: int


class _Run(NamedTuple):
    """A text by its letters: `.` for what is no letter, and of which characters of the text each is."""

    letters: str
    spans: list[tuple[int, int]]


def is_blocked(blocked: Sequence[str], texts: Iterable[str | None]) -> bool:
    return bool(found(blocked, texts))


def found(blocked: Sequence[str], texts: Iterable[str | None]) -> list[str]:
    """The words of this list that are in the texts, as they stand there, each once. A word within a longer one does not count,
    but in scripts without spaces."""
    if not blocked:
        return []
    words, seen = _prepared(tuple(blocked)), dict[str, None]()
    for text in texts:
        if text:
            seen |= dict.fromkeys(_in(words, text))
    return list(seen)[:WORDS_FOUND]


def _in(words: Sequence[_Blocked], text: str) -> Iterator[str]:
    for compact, sign in ((_letters(text, signs), signs) for signs in range(len(SIGNS))):
        maybe = [word for word in words if word.letters in compact]  # nearly always none
        run = _run(text, sign) if maybe else _Run("", [])
        for word in maybe:
            for match in _pattern(word.word, word.signs).finditer(run.letters):
                start, end = run.spans[match.start()][0], run.spans[match.end() - 1][1]
                yield text[start:end]


@lru_cache(maxsize=LISTS_KEPT)
def _prepared(blocked: tuple[str, ...]) -> tuple[_Blocked, ...]:
    """Once for a list, not once for a post."""
    prepared = dict[str, _Blocked]()
    for word in blocked:
        for signs in range(len(SIGNS)):
            letters = _letters(word, signs)
            if letters:
                prepared[letters] = _Blocked(letters, word, signs)
    return tuple(prepared.values())


@lru_cache(maxsize=PATTERNS_KEPT)
def _pattern(word: str, signs: int) -> regex.Pattern[str]:
    parts = [part for part in (_letters(part, signs) for part in fold(word).split(" ")) if part]
    letters = "".join(parts)
    if _UNSPACED.search(letters):
        return regex.compile(f"{_GAP}*".join(map(regex.escape, letters)))
    ways = [f"{_GAP}+".join(r"\.*".join(map(regex.escape, part)) for part in parts)]
    if len(letters) >= SPELT_LETTERS:
        ways.append(f"{_GAP}+".join(map(regex.escape, letters)))
    return regex.compile(f"(?<!{_EDGE})(?:{'|'.join(ways)})(?!{_EDGE})")


def _letters(text: str, signs: int) -> str:
    """Its letters, without what stands between them."""
    return str(_NO_WORD.sub("", fold(text).translate(SIGNS[signs]).translate(LETTERS)))


def _run(text: str, signs: int) -> _Run:
    letters: list[str] = []
    spans: list[tuple[int, int]] = []
    graphemes = [(match.start(), match.end()) for match in _GRAPHEMES.finditer(text)]
    for at, (start, end) in enumerate(graphemes):
        folded = fold(text[start:end])
        if not folded and not text[start:end].isspace():
            continue  # it cannot be seen
        after = fold(text[slice(*graphemes[at + 1])]) if at + 1 < len(graphemes) else ""
        for char in folded or " ":
            letters.append(_letter(char, signs, bool(_WORD.match(after.translate(LETTERS)))))
            spans.append((start, end))
    return _Run("".join(letters), spans)


def _letter(char: str, signs: int, within: bool) -> str:
    """A sign is a letter where another letter follows: the one at the end of a sentence is none."""
    if char == " ":
        return char
    letter = char.translate(LETTERS)
    if _WORD.match(letter) or within:
        letter = letter.translate(SIGNS[signs])
    return letter if _WORD.match(letter) else "."

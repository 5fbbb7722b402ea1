"""Words that an organiser does not want to see on the board: a post that has one waits for a moderator. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import regex

from board.model.folding import fold

_WORDS = regex.compile(r"[\p{L}\p{M}\p{N}]+")
# Scripts whose words stand without spaces between them: there a word is looked for anywhere.
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}]")
LISTS_KEPT = 16


def is_blocked(blocked: Sequence[str], texts: Iterable[str | None]) -> bool:
    """Whether one of these words, or of these sequences of words, is in one of the texts. Case, accents, width and what cannot
    be seen do not count; a word within a longer one does not either, but in scripts without spaces."""
    if not blocked:
        return False
    spaced, unspaced = _folded(tuple(blocked))
    for text in texts:
        if text:
            words = _words(text)
            run = f" {words} "
            if any(word in run for word in spaced):
                return True
            if unspaced and any(word in words.replace(" ", "") for word in unspaced):
                return True
    return False


@lru_cache(maxsize=LISTS_KEPT)
def _folded(blocked: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Once for a list, not once for a post."""
    folded = [words for word in blocked if (words := _words(word))]
    unspaced = tuple(word.replace(" ", "") for word in folded if _UNSPACED.search(word))
    return tuple(f" {word} " for word in folded if not _UNSPACED.search(word)), unspaced


def _words(text: str) -> str:
    return " ".join(_WORDS.findall(fold(text)))

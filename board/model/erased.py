"""The name of somebody who was erased: a word in the board's language, with a mark that says that it is nobody's name. Pure.

Programs and older pages show the word as it is. Pages of ours know the mark, and show the word of their reader's language
(`static/js/shared/text.js` does the same). Nobody can type the mark: names are stored without what cannot be seen
(`folding.tidy`).
"""

from __future__ import annotations

from collections.abc import Sequence

from board.model.folding import fold
from board.model.models import Recipient

MARK = "\u2063"
"""The invisible separator: no font draws it, and it joins or parts nothing."""


def marked(word: str) -> str:
    return word + MARK


def is_erased(name: str | None) -> bool:
    return name is not None and name.endswith(MARK)


def plain(name: str) -> str:
    """The word without its mark, in the board's language; any other name as it is."""
    return name.removesuffix(MARK)


def called(name: str, word: str) -> str:
    """As a reader in whose language `word` stands for somebody sees the name."""
    return word if is_erased(name) else name


def kept(before: Sequence[Recipient], after: Sequence[Recipient]) -> list[Recipient]:
    """Recipients as a page sent them back: it cannot send the mark, so somebody who was erased before still is."""
    gone = {fold(one.name): one for one in before if is_erased(one.name)}
    return [one if one.person or one.team else gone.get(fold(one.name), one) for one in after]

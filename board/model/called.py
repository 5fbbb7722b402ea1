"""What somebody is called in a room: the part of a name that stands large on a badge. Pure."""

from __future__ import annotations

import regex

# Titles and initials, which nobody is called by. Some are names, too, where no full stop follows them.
_PASSED_OVER = regex.compile(r"(?i)(?:dr|prof|mr|mrs|ms|mx|eng)\.?|(?:md|mohd|hon|rev|h\.e)\.|\p{L}\.")
# The family's name comes first, the own one last: Khmer, Chinese, Japanese, Korean.
_FAMILY_FIRST = regex.compile(r"[\p{Khmer}\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")


def called(name: str) -> tuple[str, str]:
    """The large word, and what stands below it: the rest of the name, or the whole one where a part before it was passed over.

    A list does not tell for sure what somebody is called. So nothing of the name is lost, and its order stays.
    """
    words = name.split()
    if len(words) < 2:
        return name, ""
    if _FAMILY_FIRST.search(words[-1]):
        return words[-1], name
    at = next((at for at, word in enumerate(words) if not _PASSED_OVER.fullmatch(word)), 0)
    return words[at], name if at else " ".join(words[1:])

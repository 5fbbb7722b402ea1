"""Ids of sessions and people that a file names without one. Pure."""

from __future__ import annotations

import re

ID_DIGITS = 10


def slug_of(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:40]

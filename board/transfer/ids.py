"""Ids of sessions and people that a file names without one. Pure."""

from __future__ import annotations

import re

from board.model.models import Invalid

ID_DIGITS = 10


def given_id(value: str) -> str:
    if value and not re.fullmatch(r"[A-Za-z0-9_-]{1,60}", value):
        raise Invalid("cell-id-wrong")
    return value


def slug_of(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:40]

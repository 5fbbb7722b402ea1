"""What people read: refusals and reports in English, made by the real catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from board.model.languages import Languages
from board.model.models import BoardError
from board.process import locales

ENGLISH = Languages(locales.read()).english


def sentence(error: BoardError) -> str:
    return ENGLISH.refusal(error)


@contextmanager
def refused(kind: type[BoardError], match: str = "") -> Iterator[pytest.ExceptionInfo[BoardError]]:
    """As `pytest.raises`; `match` is looked for in the English sentence."""
    with pytest.raises(kind) as found:
        yield found
    assert re.search(match, sentence(found.value)), sentence(found.value)

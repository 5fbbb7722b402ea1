"""A board as a request names it, and what a write does where that is so no more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from board.model.models import Link


class Outdated(Exception):
    """The cause of a refusal: what was remembered of a board (see `known`) holds no more. Forgotten, it may be tried again."""


@dataclass(frozen=True)
class Address:
    """Its id, the code that was asked for, and those of its staff links that the request has shown.

    A write looks again, in its transaction: after a restore the id may be another board's, and a link may be taken back.
    """

    id: int
    code: str
    links: Sequence[Link] = ()


@dataclass(frozen=True)
class Checked:
    """A board by its id, for what may be done only as long as something holds: `check` is asked in each write's transaction."""

    id: int
    check: Callable[[Any], None]
    """Of the transaction. Raises a refusal."""


# A board in the order of a write: by an address, or by its id where nobody came by a code.
BoardId = int | Address | Checked

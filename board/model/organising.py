"""The hosts, who make boards, and the boards as they see them; what an organiser opens to everybody. Pure."""

from __future__ import annotations

import msgspec


class Host(msgspec.Struct, frozen=True):
    """A person with a host's link: may make boards in the browser, on the whole server."""

    id: str
    name: str


class Public(msgspec.Struct, frozen=True):
    """What everybody may read after the gathering, once the organiser opens it."""

    recap: bool = False
    answers: bool = False
    who: bool = False


class Listed(msgspec.Struct, frozen=True):
    """A board as those who make boards see it: no texts, no names of people. `created_at`: microseconds since 1970."""

    code: str
    title: str
    starts_on: str | None
    ends_on: str | None
    created_at: int
    archived: bool
    rehearsal: bool
    cards: int
    questions: int

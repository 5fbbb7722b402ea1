"""People of the roster who are called otherwise from now on, and what becomes of the names on posts: one rule for organisers
who correct, merge or remove somebody, and for imports. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from board.model.models import Person, Recipient


class Renamed(msgspec.Struct, frozen=True):
    """`to`: how cards to this person are addressed from now on. `by`: the entry by whose name the person's posts go. `typed`:
    cards where the name was typed and never linked are meant, too, as nobody else has it."""

    was: Person
    by: Person
    to: Recipient
    typed: bool

    @property
    def phones(self) -> frozenset[str]:
        """The participants that write under this name, and the one that keeps what was written."""
        return frozenset({nobody(self.was.id), *([self.was.holder] if self.was.holder else [])})


class Names(NamedTuple):
    """The names on a post."""

    to: Sequence[Recipient]
    author_name: str | None
    author_team: str | None


class Renaming:
    """Of as many people as are renamed at once: two may exchange their names."""

    def __init__(self, renamed: Iterable[Renamed]) -> None:
        self.people = list(renamed)
        self._linked = {one.was.id: one.to for one in self.people}
        self._typed = {Recipient(one.was.name, one.was.team): one.to for one in self.people if one.typed}
        self._by = {phone: one for one in self.people for phone in one.phones}

    def of(self, names: Names, participant: str) -> Names:
        """The names on a post of this participant from now on. Nobody is on a card twice."""
        to = list(dict.fromkeys(self._addressed(one) for one in names.to))
        own = self._by.get(participant)
        if own is None or names.author_name != own.was.name:
            return Names(to, names.author_name, names.author_team)
        return Names(to, own.by.name, own.by.team)

    def _addressed(self, one: Recipient) -> Recipient:
        if one.person is None:
            return self._typed.get(one, one)
        return self._linked.get(one.person, one)


def nobody(person_id: str) -> str:
    """The participant that keeps the posts of a freed name. No phone is this one: the ids of phones come from a secret key."""
    return hashlib.sha256(f"the posts of a freed name: {person_id}".encode()).hexdigest()[:32]

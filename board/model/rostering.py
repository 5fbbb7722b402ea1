"""The roster as organisers change it: the shapes of the requests, and the people with the same name. Pure."""

from __future__ import annotations

from typing import Any

import msgspec

from board.model import requests
from board.model.folding import fold
from board.model.models import Conflict, Person

# Each look-up of a name goes through all of them.
MAX_PEOPLE = 20_000
_Unset = msgspec.UnsetType


class NewPerson(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    team: str | None = None


class PersonSeen(msgspec.Struct, forbid_unknown_fields=True):
    """What a page showed of somebody when an organiser began to change it."""

    name: str | _Unset = msgspec.UNSET
    team: str | _Unset | None = msgspec.UNSET


class PersonEdit(PersonSeen):
    expect: PersonSeen | _Unset = msgspec.UNSET


class ErasePerson(msgspec.Struct, forbid_unknown_fields=True):
    """`texts`: also what the person wrote, cards to this person alone, and the name in texts of others."""

    texts: bool = False


class Merge(msgspec.Struct, forbid_unknown_fields=True):
    """`into`: the id of the entry that stays."""

    into: str


def person(person_id: str, wanted: NewPerson) -> Person:
    """Raises `Invalid`."""
    return Person(person_id, requests.name(wanted.name, "name"), requests.optional_name(wanted.team, "team"))


def edited(there: Person, wanted: PersonEdit) -> Person:
    """Raises `Conflict` with the present entry where the organiser saw another one, and `Invalid`."""
    seen = _tidy(wanted.expect) if wanted.expect is not msgspec.UNSET else {}
    if any(getattr(there, name) != value for name, value in seen.items()):
        raise Conflict("person-changed-meanwhile").telling(present=entry(there))
    return msgspec.structs.replace(there, **_tidy(wanted))


def _tidy(wanted: PersonSeen) -> dict[str, Any]:
    tidy: dict[str, Any] = {}
    if wanted.name is not msgspec.UNSET:
        tidy["name"] = requests.name(wanted.name, "name")
    if wanted.team is not msgspec.UNSET:
        tidy["team"] = requests.optional_name(wanted.team, "team")
    return tidy


def entry(one: Person) -> dict[str, Any]:
    """A person of the roster as organisers see it, without the numbers of cards."""
    return {"id": one.id, "name": one.name, "team": one.team, "claimed": one.holder is not None}


def is_alike(one: Person, other: Person) -> bool:
    """Whether two entries look alike in a list: same name and team after folding."""
    return (fold(one.name), fold(one.team or "")) == (fold(other.name), fold(other.team or ""))

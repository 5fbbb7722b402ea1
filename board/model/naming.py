"""Whose name is whose: which entry of the roster a phone is, of those with one name. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from board.model.folding import fold
from board.model.models import Conflict, Invalid, Person

# More entries of one name are no people.
MAX_NAMESAKES = 50


def chosen(namesakes: Sequence[Person], team: str | None, participant: str) -> Person | None:
    """Finds the entry of the roster for a typed name. `namesakes`: all entries with this name. None: another person of that
    name.

    A name that a phone holds belongs to nobody else, in whatever team: otherwise leaving the team out would open the lock.
    Raises `Conflict` if all are taken, `Invalid` if the team is needed to distinguish them.
    """
    if not namesakes:
        return None
    in_team = [person for person in namesakes if _key(person.team) == _key(team)]
    free = _free(in_team or namesakes, participant)
    if free is None:
        raise _is_taken((in_team or namesakes)[0])
    if in_team:
        return free
    if team is not None:
        if any(person.holder not in (None, participant) for person in namesakes):
            raise _is_taken(namesakes[0])
        return None
    if len({_key(person.team) for person in namesakes}) > 1 and free.holder != participant:
        raise Invalid("name-needs-team", field="team", name=free.name)
    return free


def picked(person: Person, namesakes: Sequence[Person], participant: str) -> Person:
    """The picked entry or, if another phone has it, a free one with the same name and team: a list shows both alike.
    Raises `Conflict` if all are taken."""
    alike = [other for other in namesakes if (_key(other.name), _key(other.team)) == (_key(person.name), _key(person.team))]
    free = _free([person, *alike], participant)
    if free is None:
        raise _is_taken(person)
    return free


def _is_taken(person: Person) -> Conflict:
    whole = f"{person.name} ({person.team})" if person.team else person.name
    return Conflict("name-taken", field="name", person=whole, name=person.name)


def _free(people: Sequence[Person], participant: str) -> Person | None:
    """The one that this phone has already, else the first that no phone has."""
    own = (person for person in people if person.holder == participant)
    return next(own, None) or next((person for person in people if person.holder is None), None)


def _key(text: str | None) -> str:
    return " ".join(fold(text or "").split())

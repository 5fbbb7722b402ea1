"""Consent by layer: who decided what about the cards that they wrote and got, and which cards a layer may show. Pure.

The rule, once: in the room a visible card is shown. Beyond it a refusal of anybody whom it concerns keeps it out. The
recap is for those who were in the room, so silence is enough there. What strangers may read (outside, directory) needs a yes.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from board.model.folding import fold
from board.model.models import Recipient
from board.model.renaming import nobody


class Layer(StrEnum):
    """The places beyond the room where a card may appear."""

    RECAP = "recap"
    OUTSIDE = "outside"
    DIRECTORY = "directory"


class Consent(msgspec.Struct, frozen=True):
    """What somebody decided; None: nothing yet."""

    recap: bool | None = None
    outside: bool | None = None
    directory: bool | None = None

    def of(self, layer: Layer) -> bool | None:
        answer: bool | None = getattr(self, layer)
        return answer


UNDECIDED = Consent()


def strictest(answers: Iterable[bool | None]) -> bool | None:
    """Of several people one refusal is a refusal, and silence is no yes."""
    given = set(answers)
    return False if False in given else True if given == {True} else None


def may_show(layer: Layer, author: Consent, recipients: Iterable[Consent]) -> bool:
    """Whether the layer may show the text of a card, and whom it names. In the directory the sentence is its author's to give,
    and others whom the card celebrates may refuse it."""
    theirs = [one.of(layer) for one in recipients]
    if layer is Layer.DIRECTORY:
        return author.of(layer) is True and False not in theirs
    everybody = strictest([author.of(layer), *theirs])
    return everybody is not False if layer is Layer.RECAP else everybody is True


def may_list(person: Consent, author: Consent, others: Iterable[Consent]) -> bool:
    """Whether the directory may say that this person was celebrated for the theme of a card, without quoting the card."""
    return person.directory is True and False not in (author.directory, *(one.directory for one in others))


class Decided(msgspec.Struct, frozen=True):
    """A stored decision. `person`: whom of the roster the phone was when it decided; None where that person has decided again
    since. `name` and `team`: what it goes by now; `holds`: the person of the roster that it is now."""

    participant: str
    consent: Consent
    person: str | None = None
    name: str | None = None
    team: str | None = None
    holds: str | None = None


def refusals(consent: Consent) -> Consent:
    """The refusals of a decision: they stay when the phone takes another name. A yes counts only for the name that gave it."""
    kept = {layer.value: False for layer in Layer if consent.of(layer) is False}
    return Consent(**kept)


class Decisions:
    """All decisions of one board."""

    def __init__(self, decided: Iterable[Decided]) -> None:
        self.all = tuple(decided)
        self._phones: dict[str, Consent] = {}
        people: dict[str, list[Consent]] = {}
        self._names: dict[str, list[tuple[str, Consent]]] = {}
        for one in self.all:
            self._phones[one.participant] = one.consent
            if one.holds is not None:
                people.setdefault(one.holds, []).append(one.consent)
            if one.person not in (None, one.holds):
                people.setdefault(one.person or "", []).append(refusals(one.consent))
            if one.name:
                self._names.setdefault(fold(one.name), []).append((fold(one.team or ""), one.consent))
        self._typed: dict[tuple[str, str | None], Consent] = {}
        self._persons = {person: _joined(theirs) for person, theirs in people.items()}
        for person, joined in self._persons.items():  # posts of a name that was released belong to no phone
            self._phones[nobody(person)] = refusals(joined)

    def author(self, participant: str) -> Consent:
        return self._phones.get(participant, UNDECIDED)

    def recipient(self, recipient: Recipient) -> Consent:
        """Of a card: by the roster, or by the name that it was typed with."""
        if recipient.person is not None:
            return self._persons.get(recipient.person, UNDECIDED)
        key = recipient.name, recipient.team
        if key not in self._typed:  # the same few names come again and again
            self._typed[key] = self._by_name(*key)
        return self._typed[key]

    def _by_name(self, name: str, team: str | None) -> Consent:
        """A missing team matches every team: one refusal too many harms nobody."""
        wanted, alike = fold(team or ""), self._names.get(fold(name), ())
        return _joined([consent for theirs, consent in alike if theirs == wanted or not (theirs and wanted)])

    def recipients(self, to: Iterable[Recipient]) -> list[Consent]:
        return [self.recipient(one) for one in to]


REFUSED = Consent(recap=False, outside=False, directory=False)


def taken_home(decisions: Decisions) -> Decisions:
    """For a file that leaves the board: it cannot be called back, and it may be passed on. So it leaves out everybody who
    refused the recap or the outside. Without a decision a person is in it, as in the recap, which people in the room read."""
    refused = [False in (one.consent.recap, one.consent.outside) for one in decisions.all]
    return Decisions(
        msgspec.structs.replace(one, consent=REFUSED) if no else one for one, no in zip(decisions.all, refused, strict=True)
    )


def _joined(consents: Iterable[Consent]) -> Consent:
    """Several phones of one name."""
    theirs = list(consents)
    answers = {layer.value: _one_answer([one.of(layer) for one in theirs]) for layer in Layer}
    return Consent(**answers)


def _one_answer(answers: list[bool | None]) -> bool | None:
    given = {answer for answer in answers if answer is not None}
    return False if False in given else True if given else None

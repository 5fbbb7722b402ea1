"""To whom a card goes: people of the roster, or names that stand for themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from board.data.transaction import Transaction
from board.model import requests
from board.model.folding import fold
from board.model.models import Invalid, Participant, Person, Recipient

# The people on the roster with this name, in this team if there is one.
Called = Callable[[str, str | None], Person | None]


def nobody_called(name: str, team: str | None) -> Person | None:
    return None


def recipients_of(transaction: Transaction, to: Sequence[requests.To], author: Participant, called: Called) -> list[Recipient]:
    """The recipients of a card. Its author is never one of them, also where the card does not show its author."""
    recipients = addressed(transaction, to, called)
    if any(is_oneself(recipient, author) for recipient in recipients):
        raise Invalid("recipient-is-author", field="to")
    return recipients


def addressed(transaction: Transaction, to: Sequence[requests.To], called: Called, field: str = "to") -> list[Recipient]:
    """`field`: which part of the request names them."""
    people = _on_roster(transaction, [entry.person for entry in to if entry.person is not None])
    return _linked(transaction, requests.recipients(to, people, field), called)


def is_oneself(recipient: Recipient, author: Participant) -> bool:
    own_name = author.name is not None and fold(recipient.name) == fold(author.name)
    own_team = recipient.team is None or fold(recipient.team) == fold(author.team or "")
    return (own_name and own_team) or bool(recipient.person and recipient.person == author.person)


def _linked(transaction: Transaction, recipients: Sequence[Recipient], called: Called) -> list[Recipient]:
    """A name that was typed in full becomes the person of the roster; or the card would never reach that person's phone."""
    typed = [None if one.person else called(one.name, one.team) for one in recipients]
    people = _on_roster(transaction, [person.id for person in typed if person])  # a removed person stays as a name
    linked = (people.get(person.id, one) if person else one for one, person in zip(recipients, typed, strict=True))
    return list(dict.fromkeys(linked))


def _on_roster(transaction: Transaction, wanted: Sequence[str]) -> dict[str, Recipient]:
    # Most cards name nobody of the roster.
    people = transaction.people(*wanted) if wanted else []
    return {person.id: Recipient(person.name, person.team, person.id) for person in people}

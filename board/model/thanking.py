"""Thanks for a card: the phone that the card is for may give them, and only its author hears of it. Pure."""

from __future__ import annotations

from board.model.folding import fold
from board.model.models import Participant, Post, Recipient


def key_of(recipient: Recipient) -> str:
    """The key of a recipient for stored thanks: the id on the roster, else folded name and team."""
    return recipient.person or f"{fold(recipient.name)}\n{fold(recipient.team or '')}"


def recipient_of(post: Post, participant: Participant) -> Recipient | None:
    """The recipient that this phone is. A person of the roster is the phone that holds the entry, and no other: a typed name
    gives no right to thank for somebody. A person who is not on the roster is known by name and team, as on the card."""
    if participant.id == post.participant:
        return None
    for one in post.to:
        if one.person is not None:
            if one.person == participant.person:
                return one
        elif participant.name and _same(one.name, participant.name) and _same(one.team, participant.team):
            return one
    return None


def _same(one: str | None, other: str | None) -> bool:
    return fold(one or "") == fold(other or "")


def thankful(post: Post) -> list[str]:
    """The names of recipients that have said thanks, as they stand on the card now."""
    said = set(post.thanks.values())
    return [one.name for one in post.to if key_of(one) in said] if said else []

"""What became of a question, as moderators say it: who owns it, until when, or why it is set aside."""

from __future__ import annotations

from typing import Any

import msgspec

from board.actions.recipients import Called, addressed
from board.data.transaction import Transaction
from board.model import ledger, requests
from board.model.models import Post


def names_owner(request: requests.Moderation) -> bool:
    """Whether the roster is asked who this is."""
    return request.owner is not msgspec.UNSET and bool(request.owner)


def fate_changes(transaction: Transaction, post: Post, request: requests.Moderation, called: Called) -> dict[str, Any]:
    """What the request changes of the fate of a question, with the fields as they are stored. Raises `Invalid`, `Conflict`."""
    if not ledger.touches(request):
        return {}
    said: dict[str, Any] = {} if request.answered is None else {"answered": request.answered}
    if request.owner is not msgspec.UNSET:
        said |= _owner(transaction, request.owner, called)
    if request.due is not msgspec.UNSET:
        said["due"] = ledger.due(request.due) if request.due else None
    if request.set_aside is not msgspec.UNSET:
        said["set_aside"] = ledger.set_aside(request.set_aside)
    return ledger.changes(post, said, transaction.now)


def _owner(transaction: Transaction, owner: str | requests.To | None, called: Called) -> dict[str, Any]:
    """A person of the roster by id or by name, or a word that stands for itself."""
    if not owner:
        return {"owner": None, "owner_person": None}
    if isinstance(owner, str):
        named = requests.name(owner, "owner")  # before the database sees it
        owner = requests.To(person=named) if transaction.person(named) else requests.To(name=named)
    found = addressed(transaction, [owner], called, "owner")[0]
    return {"owner": found.name, "owner_person": found.person}

"""A person decides where the cards that they wrote and got may appear beyond the room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from board.data import consents
from board.data.address import BoardId
from board.data.reads import Reads
from board.data.store import Store
from board.data.transaction import Transaction
from board.model.consent import Consent
from board.model.requests import ConsentWish


async def decide(
    store: Store,
    board: BoardId,
    named: str,
    pseudonym: str,
    wish: ConsentWish,
    receipt: Callable[[int, Consent], consents.Receipt],
) -> Consent:
    """Stores the decision of a phone, for what it posted under its name and without; gives it as it is now. What the wish does
    not name stays. Repeating changes nothing. Also on an archived board: one may say no at any time.

    `receipt` makes the evidence, from the time (microseconds since 1970) and the decision. A rehearsal needs none.
    """

    def command(transaction: Transaction) -> Consent:
        was, person = consents.of_phone(transaction, named), transaction.participant(named).person
        given: dict[str, Any] = {
            name: value for name, value in msgspec.structs.asdict(wish).items() if value is not msgspec.UNSET
        }
        now = msgspec.structs.replace(was, **given)
        consents.put(transaction, named, person, now)
        consents.put(transaction, pseudonym, None, now)
        if now != was and transaction.board.rehearsal_of is None:
            consents.testify(transaction, receipt(transaction.now, now))
        return now

    return await store.write(board, command, Reads(participants=(named,)), although_archived=True)

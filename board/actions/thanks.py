"""Somebody thanks for a card, or takes that back."""

from __future__ import annotations

from board.actions.rules import public_post
from board.data.address import BoardId
from board.data.reads import Reads
from board.data.store import Store
from board.data.transaction import Transaction
from board.model.models import Conflict, Forbidden, Invalid, Kind
from board.model.thanking import key_of, recipient_of


async def thank(store: Store, board: BoardId, participant_id: str, post_id: str, on: bool) -> bool:
    """Sets or takes back the thanks of this phone; gives whether they stand now. Repeating changes nothing.

    The card and the phone's name are read in the transaction: a name may have gone to another phone, and a card to somebody
    else, a moment ago. Raises `Forbidden` where the card is not for this phone, `Conflict` where another phone has thanked in
    that name.
    """

    def command(transaction: Transaction) -> bool:
        post = public_post(transaction, post_id)
        if post.kind is not Kind.CARD:
            raise Invalid("thanks-for-cards")
        thanks = dict(post.thanks)
        if not on:
            if thanks.pop(participant_id, None) is not None:
                transaction.thank(post, thanks)
            return False
        recipient = recipient_of(post, transaction.participant(participant_id))
        if recipient is None:
            raise Forbidden("thanks-by-recipient")
        key = key_of(recipient)
        holders = {phone for phone, thanked in thanks.items() if thanked == key}
        if recipient.person is None and holders - {participant_id}:
            raise Conflict("thanks-given")  # of two phones with one typed name the first
        # Who holds the entry now has taken it over with all that was done under it.
        others = {phone: thanked for phone, thanked in thanks.items() if phone not in holders and phone != participant_id}
        if others | {participant_id: key} != thanks:
            transaction.thank(post, others | {participant_id: key})
        return True

    return await store.write(board, command, Reads(posts=(post_id,), participants=(participant_id,)))

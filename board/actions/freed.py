"""A freed name may take its posts along, to the phone that takes the name next. Until then they belong to no phone.

This is true only of posts that show the name. Nobody learns who wrote a post without a name, not even a moderator.
"""

from __future__ import annotations

import msgspec

from board.data.transaction import Transaction
from board.model.models import Participant, Person
from board.model.renaming import nobody

# Newest first; what one phone has written by hand. The rest of a flood stays where it is.
POSTS_AT_MOST = 1000


def leave(transaction: Transaction, held: Participant, person: Person) -> int:
    """Takes from this phone the posts that it wrote under this name. Returns their number. A muted person stays muted."""
    keeper = transaction.participant(nobody(person.id))
    if held.muted:
        transaction.put_participant(msgspec.structs.replace(keeper, muted=True))
        transaction.touch_board()
    return _hand_over(transaction, held.id, keeper.id, person.name)


def take(transaction: Transaction, participant: Participant, person: Person) -> Participant:
    """The phone that takes a freed name gets the posts that wait for it, and with them a mute. Gives the phone as it is now."""
    keeper = transaction.participant(nobody(person.id))
    _hand_over(transaction, keeper.id, participant.id, None)
    if not keeper.muted:
        return participant
    transaction.put_participant(msgspec.structs.replace(keeper, muted=False))
    transaction.touch_board()
    return msgspec.structs.replace(participant, muted=True)


def pass_mute(transaction: Transaction, person_id: str, other_id: str) -> bool:
    """The phone that takes the other name next is muted, as the one that takes this name would have been. Gives whether that is
    new. For the way back this one stays as it is."""
    keeper = transaction.participant(nobody(other_id))
    if keeper.muted or not transaction.participant(nobody(person_id)).muted:
        return False
    transaction.put_participant(msgspec.structs.replace(keeper, muted=True))
    transaction.touch_board()
    return True


def lift_mute(transaction: Transaction, person_id: str) -> None:
    keeper = transaction.participant(nobody(person_id))
    if keeper.muted:
        transaction.put_participant(msgspec.structs.replace(keeper, muted=False))
        transaction.touch_board()


def _hand_over(transaction: Transaction, giver: str, taker: str, name: str | None) -> int:
    posts = [post for post in transaction.posts_of(giver, POSTS_AT_MOST) if name is None or post.author_name == name]
    for post in posts:
        transaction.change_post(post, participant=taker, approved_at=post.approved_at)
    return len(posts)

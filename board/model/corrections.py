"""A moderator corrects to whom a card goes: what may be corrected, and how the audit trail describes it. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from board.model.erased import plain
from board.model.models import Conflict, Invalid, Kind, Participant, Post, Recipient, State
from board.model.requests import To

# The desk shows the moderator who hid or rejected a post. A correction is not a decision: it does not replace that name.
_HELD = {State.HIDDEN, State.REJECTED}


def refuse(post: Post, seen: Sequence[To] | None) -> None:
    """Raises `Invalid` for a question and `Conflict`, with the present post, for a card that its author took back, or whose
    recipients are others than the moderator had `seen`: a list that was written over another one would undo it."""
    if post.kind is not Kind.CARD:
        raise Invalid("question-has-no-recipient", field="to")
    if post.state is State.WITHDRAWN:
        raise Conflict("post-withdrawn-meanwhile", post=post)
    if seen is not None and not _is_as_seen(post.to, seen):
        raise Conflict("recipients-changed-meanwhile", post=post)


def shown_author(post: Post) -> Participant:
    """The author as the card shows it. Of an anonymous card nothing is known: otherwise a refusal would reveal its author."""
    return Participant(post.participant, post.author_name, post.author_team)


def marks_decision(post: Post) -> bool:
    """Whether the post shows this moderator's name as the last one who acted on it."""
    return post.state not in _HELD


def described(before: Sequence[Recipient], after: Sequence[Recipient]) -> str:
    """For the audit trail, as “Dara → Dara Sok (Cambodia)”."""
    return f"{_names(before)} → {_names(after)}"


def _names(recipients: Sequence[Recipient]) -> str:
    return ", ".join(f"{one.name} ({one.team})" if one.team else plain(one.name) for one in recipients)


def _is_as_seen(recipients: Sequence[Recipient], seen: Sequence[To]) -> bool:
    stored = [To(person=one.person) if one.person else To(name=plain(one.name), team=one.team) for one in recipients]
    return stored == list(seen)

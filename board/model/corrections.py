"""A moderator corrects to whom a card goes: what may be corrected, and how it is told afterwards. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from board.model.models import Conflict, Invalid, Kind, Participant, Post, Recipient, State
from board.model.requests import To

# Who holds a post is told at the desk. A correction of it is not a decision: it takes nobody's place.
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
    """The author as the card shows it. Of an anonymous card nothing is known, or a refusal would tell who wrote it."""
    return Participant(post.participant, post.author_name, post.author_team)


def marks_decision(post: Post) -> bool:
    """Whether the moderator's name may stand at the post as that of who acted on it last."""
    return post.state not in _HELD


def told(before: Sequence[Recipient], after: Sequence[Recipient]) -> str:
    """For the audit trail, as “Dara → Dara Sok (Cambodia)”."""
    return f"{_names(before)} → {_names(after)}"


def _names(recipients: Sequence[Recipient]) -> str:
    return ", ".join(f"{one.name} ({one.team})" if one.team else one.name for one in recipients)


def _is_as_seen(recipients: Sequence[Recipient], seen: Sequence[To]) -> bool:
    stored = [To(person=one.person) if one.person else To(name=one.name, team=one.team) for one in recipients]
    return stored == list(seen)

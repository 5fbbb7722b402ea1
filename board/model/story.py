"""The data of the ending: a colour for each card of a board, and the names of all people. Pure.

For the ending on the large screen and for its poster.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from board.model.consent import Consent, Decisions, Layer
from board.model.erased import is_erased
from board.model.folding import fold
from board.model.models import Kind, Post, Recipient, State

CARDS_MOST = 5_000
"""More facets would look alike."""
NAMES_MOST = 2_000


class StoryCard(NamedTuple):
    """The fields of a visible card that the ending needs."""

    theme: str | None
    author_name: str | None
    author_team: str | None
    to: Sequence[Recipient]
    created_at: int = 0
    """Microseconds since 1970."""


def story(cards: Iterable[StoryCard], colours: Mapping[str, int], teams: Iterable[str]) -> dict[str, Any]:
    """`cards`: oldest first, a digit each, the colour of its theme. `people`: each name once, as names are sorted."""
    digits: list[str] = []
    people: dict[tuple[str, str], str] = {}
    known = dict.fromkeys(teams)
    for card in cards:
        digits.append(str(colours.get(card.theme or "", 0)))
        named = [(one.name, one.team) for one in card.to]
        if card.author_name:
            named.append((card.author_name, card.author_team))
        for name, team in named:
            if team:
                known.setdefault(team)
            if not is_erased(name):
                people.setdefault((fold(name), fold(team or "")), name)
    in_order = [name for _, name in sorted(people.items()) if name not in known]
    return {"cards": "".join(digits[-CARDS_MOST:]), "people": in_order[:NAMES_MOST], "teams": list(known)[:NAMES_MOST]}


def beyond_the_room(posts: Iterable[Post], decisions: Decisions) -> list[StoryCard]:
    """For a poster, which hangs where strangers pass: each card gives its colour, and only names that are not kept out of the
    recap."""

    def may(consent: Consent) -> bool:
        return consent.of(Layer.RECAP) is not False

    return [
        StoryCard(
            post.theme,
            post.author_name if may(decisions.author(post.participant)) else None,
            post.author_team,
            [one for one in post.to if may(decisions.recipient(one))],
        )
        for post in posts
        if post.kind is Kind.CARD and post.state is State.VISIBLE
    ]

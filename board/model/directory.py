"""Who can help with what: people by the themes of the cards that they got, as far as all agreed. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from board.model.consent import Decisions, Layer, may_list, may_show
from board.model.folding import fold
from board.model.keepsakes import Names, Who
from board.model.models import Board, Kind, Post, State

SENTENCES_SHOWN = 3
SEARCHED_WORDS = 8


class Vouched(msgspec.Struct, frozen=True):
    """A sentence of a card, with its author."""

    text: str
    author: str | None
    team: str | None


class Helper(msgspec.Struct, frozen=True):
    """Somebody whom others celebrated for a theme. `cards`: how many did."""

    name: str
    team: str | None
    cards: int
    sentences: Sequence[Vouched]


class Field(msgspec.Struct, frozen=True):
    """A theme ("": no theme) and the people who can help with it, by name."""

    theme: str
    name: str
    colour: int
    mark: int
    helpers: Sequence[Helper]


def fields(board: Board, cards: Iterable[Post], names: Names, decisions: Decisions) -> list[Field]:
    """The themes of "Who can help", in the board's order, without themes that have no people."""
    found: dict[str, dict[Who, tuple[str, str | None, list[Post], list[Vouched]]]] = {}
    for card in cards:
        if card.kind is not Kind.CARD or card.state is not State.VISIBLE:
            continue
        author = decisions.author(card.participant)
        for at, recipient in enumerate(card.to):
            others = decisions.recipients(card.to[:at] + card.to[at + 1 :])
            person = decisions.recipient(recipient)
            if not may_list(person, author, others):
                continue
            who, entry = names.recipient(recipient), names.people.get(recipient.person or "")
            name, team = (entry.name, entry.team) if entry else (recipient.name, recipient.team)
            *_, theirs, said = found.setdefault(card.theme or "", {}).setdefault(who, (name, team, [], []))
            theirs.append(card)
            if may_show(Layer.DIRECTORY, author, others):
                said.append(Vouched(card.text, card.author_name, card.author_team))
    themes = [(theme.id, theme.name, theme.colour, theme.mark or theme.colour) for theme in board.themes]
    return [
        Field(theme, name, colour, mark, _helpers(found[theme].values()))
        for theme, name, colour, mark in [*themes, ("", "", 0, 0)]
        if theme in found
    ]


def _helpers(found: Iterable[tuple[str, str | None, list[Post], list[Vouched]]]) -> list[Helper]:
    """The newest sentences are shown."""
    helpers = [Helper(name, team, len(cards), said[-SENTENCES_SHOWN:][::-1]) for name, team, cards, said in found]
    return sorted(helpers, key=lambda helper: (fold(helper.name), fold(helper.team or "")))


def matching(found: Sequence[Field], typed: str) -> list[Field]:
    """Of whom name, team, theme or a sentence has all the words that were typed, in any script."""
    words = fold(typed).split()[:SEARCHED_WORDS]
    if not words:
        return list(found)
    kept = []
    for field in found:
        theme = fold(field.name)
        helpers = [helper for helper in field.helpers if _has(words, theme, helper)]
        if helpers:
            kept.append(msgspec.structs.replace(field, helpers=helpers))
    return kept


def _has(words: Sequence[str], theme: str, helper: Helper) -> bool:
    said = " ".join(one.text for one in helper.sentences)
    where = f"{theme}\n{fold(helper.name)}\n{fold(helper.team or '')}\n{fold(said)}"
    return all(word in where for word in words)

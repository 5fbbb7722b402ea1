"""What a person takes home: the cards that they got and gave, their themes and teams, one sentence large. Pure.

A person is an entry of the roster, or a name that was typed. Posts without a name belong to nobody here: a page that said who
wrote them would give away what their author kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from board.model.erased import is_erased
from board.model.folding import fold
from board.model.models import Kind, Participant, Person, Post, Recipient, State
from board.model.renaming import nobody
from board.model.text import beginning, graphemes

LARGE_GRAPHEMES = 140
_SENTENCE = re.compile(r".+?[.!?…。！？؟।။።](?=\s|$)|.+?[。！？]", re.DOTALL)

Who = tuple[str, str]
"""An entry of the roster ("", its id), or a typed name (its name and its team, folded)."""


class Keepsake(msgspec.Struct, frozen=True):
    """Cards stand the newest first, themes the most frequent first. `people`: how many wrote the cards, those without a name
    each for themselves; `teams`: the givers', without the person's own. `given_to`: the teams of those whom they celebrated."""

    name: str
    team: str | None
    got: Sequence[Post] = ()
    gave: Sequence[Post] = ()
    themes: Sequence[tuple[str, int]] = ()
    people: int = 0
    teams: Sequence[str] = ()
    given_to: Sequence[str] = ()
    large: str = ""


class Names:
    """The people of a board: its roster, and the phones that use a name of it."""

    def __init__(self, people: Iterable[Person], phones: Iterable[Participant] = ()) -> None:
        self.people = {person.id: person for person in people}
        self._phones = {person.holder: person.id for person in self.people.values() if person.holder}
        self._phones |= {nobody(person_id): person_id for person_id in self.people}
        self._called: dict[str, list[Person]] = {}
        for person in self.people.values():
            self._called.setdefault(fold(person.name), []).append(person)
        self.typed = {typed(phone.name, phone.team): phone for phone in phones if phone.name and not phone.person}

    def recipient(self, recipient: Recipient) -> Who:
        if recipient.person in self.people:
            return "", recipient.person or ""
        return self._named(recipient.name, recipient.team)

    def author(self, post: Post) -> Who | None:
        """None: the post has no name, or that of somebody who was erased."""
        if post.author_name is None or is_erased(post.author_name):
            return None
        person = self._phones.get(post.participant)
        return ("", person) if person else self._named(post.author_name, post.author_team)

    def _named(self, name: str, team: str | None) -> Who:
        """A name that was typed before the roster came means the one person of the roster with that name."""
        wanted, there = fold(team or ""), self._called.get(fold(name), ())
        alike = [one for one in there if fold(one.team or "") in ("", wanted) or not wanted]
        return ("", alike[0].id) if len(alike) == 1 else typed(name, team)


def typed(name: str, team: str | None) -> Who:
    return fold(name), fold(team or "")


def keepsakes(cards: Iterable[Post], names: Names, wanted: Who | None = None) -> dict[Who, Keepsake]:
    """Of everybody who was celebrated or gave, or of one person alone. Only visible cards are in any of them."""
    got, gave, called = dict[Who, list[Post]](), dict[Who, list[Post]](), dict[Who, tuple[str, str | None]]()
    for card in cards:
        if card.kind is not Kind.CARD or card.state is not State.VISIBLE:
            continue
        for recipient in card.to:
            if is_erased(recipient.name):
                continue  # it would be one keepsake of all who were erased
            who = names.recipient(recipient)
            if wanted in (None, who) and card not in got.get(who, [])[-1:]:
                got.setdefault(who, []).append(card)
                called[who] = (recipient.name, recipient.team)
        author = names.author(card)
        if author is not None and wanted in (None, author):
            gave.setdefault(author, []).append(card)
            called.setdefault(author, (card.author_name or "", card.author_team))
    return {who: _keepsake(who, called[who], got.get(who, []), gave.get(who, []), names) for who in got.keys() | gave.keys()}


def _keepsake(who: Who, called: tuple[str, str | None], got: list[Post], gave: list[Post], names: Names) -> Keepsake:
    person = names.people.get(who[1]) if not who[0] else None
    name, team = (person.name, person.team) if person else called
    return Keepsake(
        name,
        team,
        sorted(got, key=_newest),
        sorted(gave, key=_newest),
        Counter(card.theme for card in got if card.theme).most_common(),
        len({card.participant for card in got}),
        _teams((card.author_team for card in got), team),
        _teams((to.team for card in gave for to in card.to), team),
        large(got),
    )


def _newest(card: Post) -> int:
    return -card.created_at


def _teams(teams: Iterable[str | None], own: str | None) -> list[str]:
    """Each once, the most frequent first."""
    return [team for team, _ in Counter(team for team in teams if team and team != own).most_common()]


def large(cards: Sequence[Post]) -> str:
    """One sentence: the first of the card that was applauded most, and of those of the shortest one."""
    if not cards:
        return ""
    best = min(cards, key=lambda card: (-sum(card.reactions.values()), len(card.text), card.id))
    found = _SENTENCE.match(best.text.strip())
    sentence = (found[0] if found else best.text).strip()
    return sentence if graphemes(sentence) <= LARGE_GRAPHEMES else _shortened(sentence)


def _shortened(sentence: str) -> str:
    """To the end of a word, where the script has blanks between words."""
    found = beginning(sentence, LARGE_GRAPHEMES)
    words, blank, _ = found.rpartition(" ")
    return (words if blank and len(words) > LARGE_GRAPHEMES // 2 else found).rstrip(" ,;:") + "…"


def teams(kept: Mapping[Who, Keepsake]) -> dict[str, list[Keepsake]]:
    """Those who were celebrated, by their teams; both by name."""
    found: dict[str, list[Keepsake]] = {}
    for one in sorted(kept.values(), key=lambda one: fold(one.name)):
        if one.team and one.got:
            found.setdefault(one.team, []).append(one)
    return dict(sorted(found.items(), key=lambda each: fold(each[0])))

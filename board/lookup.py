"""Found while typing: people of the roster for a card, and open questions like the one being written. Pure."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

import msgspec

from board.models import Person, Post

PEOPLE_FOUND = 10
SIMILAR_FOUND = 3
# More would only cost time: what is looked up is the beginning of a name, or the text of a question.
LOOKED_UP_CODE_POINTS = 600
# Of the weight of what was typed, so much must be in a question for it to be alike, and the other way round so much. By trying
# on the example board: higher loses what is said in other words, lower finds whatever begins with "Who pays".
ALIKE = 0.45
ALIKE_BACK = 0.25
LEAST_GRAMS = 6

_WORD = re.compile(r"\w+")
_LATIN_ACCENT = re.compile("[\u0300-\u036f]")


def folded(text: str) -> str:
    """For comparing as people do: case, width and accents do not count."""
    return _LATIN_ACCENT.sub("", unicodedata.normalize("NFKD", text)).casefold()


class Roster:
    """The people of a board, by the beginnings of their names and teams."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.people = {person.id: person for person in people}
        self._named: dict[tuple[str, ...], list[str]] = {}
        self._namesakes: dict[tuple[str, ...], list[str]] = {}
        self._entries: list[tuple[str, list[str], str]] = []
        for person in self.people.values():
            self._named.setdefault(_key(person.name, person.team), []).append(person.id)
            self._namesakes.setdefault(_key(person.name), []).append(person.id)
            self._entries.append((folded(person.name), _WORD.findall(folded(person.team or "")), person.id))
        self._entries.sort()

    def hold(self, person_id: str, holder: str | None) -> None:
        """A phone took this name, or it was freed."""
        if person_id in self.people:
            self.people[person_id] = msgspec.structs.replace(self.people[person_id], holder=holder)

    def find(self, typed: str, most: int = PEOPLE_FOUND) -> list[Person]:
        """Those whose name begins so come first, then those with such a word in the name, in the team, or anywhere in a name
        of a script that has no spaces."""
        wanted = folded(typed[:LOOKED_UP_CODE_POINTS]).split()
        if not wanted:
            return []
        found: list[tuple[int, str, str]] = []
        for name, team, person_id in self._entries:
            rank = self._rank(" ".join(wanted), wanted, name, team)
            if rank is not None:
                found.append((rank, name, person_id))
        found.sort()
        return [self.people[person_id] for *_, person_id in found[:most]]

    def called(self, name: str | None, team: str | None) -> Person | None:
        """Who has just this name in this team; nobody where two have."""
        found = self._named.get(_key(name, team), [])
        return self.people[found[0]] if len(found) == 1 else None

    def namesakes(self, name: str | None, person_id: str | None = None) -> list[str]:
        """Ids of all who have this name, in whatever team; or that of this person."""
        person = self.people.get(person_id or "")
        return sorted(self._namesakes.get(_key(person.name if person else name), []))

    @staticmethod
    def _rank(typed: str, wanted: list[str], name: str, team: list[str]) -> int | None:
        if name.startswith(typed):
            return 0
        words = _WORD.findall(name)
        if _all_begin(wanted, words):
            return 1
        if _all_begin(wanted, words + team):
            return 2
        return 3 if typed in name else None


def _key(*names: str | None) -> tuple[str, ...]:
    return tuple(" ".join(folded(name or "").split()) for name in names)


def _all_begin(wanted: list[str], words: list[str]) -> bool:
    return all(any(word.startswith(part) for word in words) for part in wanted)


class Similar:
    """The open questions of a board, by the groups of three letters in them; rare ones count more than common ones. Needs no
    dictionary, and no spaces between words."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[int, frozenset[str]]] = {}
        self._holders: dict[str, set[str]] = {}

    def follow(self, questions: Iterable[Post]) -> None:
        """Takes in what has changed since the last time; what is unchanged costs a comparison."""
        gone = set(self._known)
        for post in questions:
            gone.discard(post.id)
            known = self._known.get(post.id)
            if known is None or known[0] != post.content_seq:
                self._drop(post.id)
                grams = _grams(post.text)
                self._known[post.id] = (post.content_seq, grams)
                for gram in grams:
                    self._holders.setdefault(gram, set()).add(post.id)
        for post_id in gone:
            self._drop(post_id)

    def _drop(self, post_id: str) -> None:
        _, grams = self._known.pop(post_id, (0, frozenset()))
        for gram in grams:
            self._holders[gram].discard(post_id)
            if not self._holders[gram]:
                del self._holders[gram]

    def find(self, typed: str) -> list[str]:
        """Ids of those that are alike, the most alike first."""
        grams = _grams(typed[:LOOKED_UP_CODE_POINTS])
        if len(grams) < LEAST_GRAMS:
            return []
        common: Counter[str] = Counter()
        for gram in grams:
            weight = self._weight(gram)
            for post_id in self._holders.get(gram, ()):
                common[post_id] += weight  # type: ignore[assignment]  # Counter adds up fractions as well
        typed_weight = sum(map(self._weight, grams))
        found = []
        for post_id, weight in common.items():
            there = weight / typed_weight
            if there >= ALIKE and weight / sum(map(self._weight, self._known[post_id][1])) >= ALIKE_BACK:
                found.append((there, post_id))
        return [post_id for _, post_id in sorted(found, reverse=True)]

    def _weight(self, gram: str) -> float:
        return math.log(1 + (len(self._known) + 1) / (len(self._holders.get(gram, ())) + 1))


def _grams(text: str) -> frozenset[str]:
    return frozenset(
        padded[at : at + 3]
        for word in _WORD.findall(folded(text))
        for padded in (f" {word} ",)
        for at in range(len(padded) - 2)
    )

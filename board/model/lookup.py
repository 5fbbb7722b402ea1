"""Found while typing: people of the roster for a card, and open questions like the one being written. Pure."""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from operator import itemgetter

import msgspec

from board.model.folding import fold
from board.model.models import Person, Post

PEOPLE_FOUND = 10
SIMILAR_FOUND = 3
# More would only cost time: what is looked up is the beginning of a name, or the text of a question.
LOOKED_UP_CODE_POINTS = 600
LOOKED_UP_WORDS = 8
# Of the weight of what was typed, so much must be in a question for it to be alike, and the other way round so much. By trying
# on the example board: a higher value misses questions in other words, a lower one finds every question that begins with "Who
# pays".
ALIKE = 0.45
ALIKE_BACK = 0.25
LEAST_GRAMS = 6
# An ordinary text of 300 letters has fewer. Texts of many code points a character have thousands.
GRAMS_KEPT = 400
# Folding is what costs: 2,400 letters of Hangul take longer than all the rest. An ordinary text of 300 letters is shorter.
FOLDED_CODE_POINTS = 450
# The beginning of a question is enough to find similar ones.
GRAMS_LOOKED_UP = 120
# Weighed are those that share so much of what was typed, and of these the best.
SHARED = 0.2
CANDIDATES = 8
# So many questions are taken in at once, some 1 ms of work. Then other requests have their turn.
QUESTIONS_A_STEP = 2

_WORD = re.compile(r"\w+")


class Roster:
    """The people of a board, by the beginnings of their names and teams."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.people = {person.id: person for person in people}
        self._named: dict[tuple[str, ...], list[str]] = {}
        self._namesakes: dict[tuple[str, ...], list[str]] = {}
        self._entries: list[tuple[str, list[str], list[str], str]] = []
        for person in self.people.values():
            self._named.setdefault(_key(person.name, person.team), []).append(person.id)
            self._namesakes.setdefault(_key(person.name), []).append(person.id)
            name = fold(person.name)
            self._entries.append((name, _WORD.findall(name), _WORD.findall(fold(person.team or "")), person.id))
        self._entries.sort()

    def hold(self, person_id: str, holder: str | None) -> None:
        """A phone took this name, or it was freed."""
        if person_id in self.people:
            self.people[person_id] = msgspec.structs.replace(self.people[person_id], holder=holder)

    def find(self, typed: str, most: int = PEOPLE_FOUND) -> list[Person]:
        """Those whose name begins so come first, then those with such a word in the name, in the team, or anywhere in a name
        of a script that has no spaces. May run in any thread: what it goes through never changes."""
        wanted = fold(typed[:LOOKED_UP_CODE_POINTS]).split()[:LOOKED_UP_WORDS]
        if not wanted:
            return []
        found: list[tuple[int, str, str]] = []
        for name, words, team, person_id in self._entries:
            rank = self._rank(" ".join(wanted), wanted, name, words, team)
            if rank is not None:
                found.append((rank, name, person_id))
        found.sort()
        return [self.people[person_id] for *_, person_id in found[:most]]

    def called(self, name: str | None, team: str | None) -> Person | None:
        """The person with exactly this name, in this team where one is given; None where there are two."""
        found = self._named.get(_key(name, team), []) if team else self._namesakes.get(_key(name), [])
        return self.people[found[0]] if len(found) == 1 else None

    def namesakes(self, name: str | None, person_id: str | None = None) -> list[str]:
        """Ids of all who have this name, in whatever team; or that of this person."""
        person = self.people.get(person_id or "")
        return sorted(self._namesakes.get(_key(person.name if person else name), []))

    @staticmethod
    def _rank(typed: str, wanted: list[str], name: str, words: list[str], team: list[str]) -> int | None:
        if name.startswith(typed):
            return 0
        if _all_begin(wanted, words):
            return 1
        if _all_begin(wanted, words + team):
            return 2
        return 3 if typed in name else None


def _key(*names: str | None) -> tuple[str, ...]:
    return tuple(" ".join(fold(name or "").split()) for name in names)


def _all_begin(wanted: list[str], words: list[str]) -> bool:
    return all(any(word.startswith(part) for word in words) for part in wanted)


class Similar:
    """The open questions of a board, by the groups of three letters in them; rare ones count more than common ones. Needs no
    dictionary, and no spaces between words. All work is bounded: it is done on the event loop, for anybody who asks."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[int, frozenset[str]]] = {}
        self._holders: Counter[str] = Counter()

    def follow(self, questions: Iterable[Post], most: int | None = None) -> bool:
        """Takes in what has changed since the last time; what is unchanged costs a comparison. False: `most` were read, there
        are others; call again."""
        gone = set(self._known)
        read = 0
        for post in questions:
            gone.discard(post.id)
            known = self._known.get(post.id)
            if known is not None and known[0] == post.content_seq:
                continue
            if read == most:
                return False
            read += 1
            self._drop(post.id)
            grams = _grams(post.text, GRAMS_KEPT)
            self._known[post.id] = (post.content_seq, grams)
            self._holders.update(grams)
        for post_id in gone:
            self._drop(post_id)
        return True

    def _drop(self, post_id: str) -> None:
        _, grams = self._known.pop(post_id, (0, frozenset()))
        for gram in grams:
            self._holders[gram] -= 1
            if not self._holders[gram]:
                del self._holders[gram]

    def find(self, typed: str) -> list[str]:
        """Ids of those that are alike, the most alike first."""
        grams = _grams(typed[:LOOKED_UP_CODE_POINTS], GRAMS_LOOKED_UP)
        if len(grams) < LEAST_GRAMS:
            return []
        weights = self._weights(grams)
        typed_weight = sum(weights.values())
        found = []
        for post_id, there in self._candidates(grams):
            weight = sum(weights[gram] for gram in grams & there)
            if weight / typed_weight >= ALIKE and weight / sum(self._weights(there).values()) >= ALIKE_BACK:
                found.append((weight / typed_weight, post_id))
        return [post_id for _, post_id in sorted(found, reverse=True)]

    def _candidates(self, grams: frozenset[str]) -> list[tuple[str, frozenset[str]]]:
        """Those that share the most, whatever each is worth: counting is quick, weighing is not."""
        shared = [(len(grams & there), post_id, there) for post_id, (_, there) in self._known.items()]
        least = SHARED * len(grams)
        best = heapq.nlargest(CANDIDATES, (one for one in shared if one[0] >= least), key=itemgetter(0))
        return [(post_id, there) for _, post_id, there in best]

    def _weights(self, grams: Iterable[str]) -> dict[str, float]:
        holders, every = self._holders, len(self._known) + 1
        return {gram: math.log(1 + every / (holders[gram] + 1)) for gram in grams}


def _grams(text: str, most: int) -> frozenset[str]:
    """The first ones of the text, so that no text costs more than an ordinary one; what is cut off is not folded either."""
    words = _WORD.findall(fold(text[:FOLDED_CODE_POINTS]))
    every = (padded[at : at + 3] for word in words for padded in (f" {word} ",) for at in range(len(padded) - 2))
    return frozenset(islice(every, most))

"""One person becomes "somebody": which names are meant, and texts without them. Pure.

A name is meant if it is the same as people compare names (`folding`), as whole words: "Li" is not meant in "Lima".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

import msgspec
import regex

from board.model.erased import plain
from board.model.folding import fold
from board.model.models import Person, Post, Recipient
from board.model.renaming import nobody as nobody

_ARROW = " → "
_TEXTS = ("text", "answer", "reason", "set_aside")
_LETTER = r"[\p{L}\p{N}\p{M}]"
_WITHOUT_SPACES = regex.compile(r"[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Han}\p{Hiragana}\p{Katakana}]")
_GRAPHEME = regex.compile(r"\X")
_TEAM = regex.compile(r"^(?P<name>.*?)(?: \([^()]*\))?(?:, posts: \d+)?$", regex.S)


class Who(NamedTuple):
    """The person to erase. `names`: folded, with earlier names. `teams`: folded; None: nobody else on the roster has the
    name, so the team does not matter. `phones`: participants that write under the name. `word`: what is stored in its place
    on posts, with its mark (`erased`); elsewhere it stands without."""

    person: str | None
    names: frozenset[str]
    teams: frozenset[str] | None
    phones: frozenset[str]
    word: str

    def is_called(self, name: str | None, team: str | None = None) -> bool:
        if name is None or fold(name) not in self.names:
            return False
        return self.teams is None or fold(team or "") in self.teams

    def is_named_in(self, text: str | None) -> bool:
        return bool(text) and any(True for _ in _spans(fold(text or ""), self.names))


def who(person: Person | None, called: str, namesakes: Sequence[Person], phones: Iterable[str], word: str) -> Who:
    """`namesakes`: others of the roster with the same name: then only this person's team is meant."""
    teams = frozenset({fold(person.team or "")}) if person and namesakes else None
    return Who(person.id if person else None, frozenset({fold(called)}), teams, frozenset(phones), word)


def lines_about(who: Who, changes: Sequence[str]) -> set[str]:
    """Lines of the audit trail that lead to the name: "Old → New (Team), posts: 3", then also "Oldest → Old"."""
    names, found = set(who.names), set[str]()
    pairs = [(line, *_pair(line)) for line in changes if _ARROW in line]
    while more := [(line, was) for line, was, now in pairs if line not in found and (now in names or was in names)]:
        found |= {line for line, _ in more}
        names |= {was for _, was in more}
    return found


def _pair(line: str) -> tuple[str, str]:
    was, _, now = line.partition(_ARROW)
    return fold(_TEAM.sub(r"\g<name>", was)), fold(_TEAM.sub(r"\g<name>", now))


def is_author(who: Who, post: Post) -> bool:
    """Also of what the phone wrote before it had a name. Under another name it was somebody else's then."""
    if post.participant in who.phones:
        return post.author_name is None or fold(post.author_name) in who.names
    return who.is_called(post.author_name, post.author_team)


def to_somebody(who: Who, to: Sequence[Recipient]) -> list[Recipient]:
    """Nobody is on a card twice, and somebody neither."""
    changed = [Recipient(who.word) if _is_meant(who, one) else one for one in to]
    return list(dict.fromkeys(changed))


def is_to_alone(who: Who, post: Post) -> bool:
    """A card about the person and nobody else."""
    return bool(post.to) and all(_is_meant(who, one) for one in post.to)


def _is_meant(who: Who, one: Recipient) -> bool:
    return one.person == who.person if one.person and who.person else who.is_called(one.name, one.team)


def mentions(who: Who, post: Post) -> bool:
    texts = [getattr(post, name) for name in _TEXTS]
    return any(who.is_named_in(text) for text in (*texts, *post.answer_translations.values()))


def without_names(who: Who, text: str) -> str:
    """The text with the word in the place of each name. It is found as names are compared, character by character."""
    pieces: list[str] = _GRAPHEME.findall(text)
    parts = [" " if one.isspace() else fold(one) for one in pieces]
    owners, folded = list[int](), ""
    for index, part in enumerate(parts):
        if part == " " and (not folded or folded.endswith(" ")):
            continue
        folded += part
        owners += [index] * len(part)
    for start, end in sorted(_spans(folded, who.names), reverse=True):
        first, last = owners[start], owners[end - 1]
        pieces[first : last + 1] = [plain(who.word)]
    return "".join(pieces)


def _spans(folded: str, names: Iterable[str]) -> Iterable[tuple[int, int]]:
    some = [_as_word(name) for name in sorted(names, key=len, reverse=True) if name]
    for found in regex.finditer("|".join(some), folded) if some else ():
        yield found.span()


def _as_word(name: str) -> str:
    """Thai, Khmer, Chinese and others write without spaces: there a name stands among other letters."""
    escaped = regex.escape(name, special_only=True)
    return escaped if _WITHOUT_SPACES.search(name) else rf"(?<!{_LETTER}){escaped}(?!{_LETTER})"


def rest_of(who: Who, post: Post, *, texts: bool) -> dict[str, object]:
    """What changes of a post that is not the person's own."""
    changes: dict[str, object] = {"to": to_somebody(who, post.to)}
    if post.moderated_by is not None and fold(post.moderated_by) in who.names:
        changes["moderated_by"] = plain(who.word)
    if post.owner_person == who.person if post.owner_person and who.person else who.is_called(post.owner):
        changes |= {"owner": plain(who.word), "owner_person": None}
    said = {phone: key for phone, key in post.thanks.items() if phone not in who.phones and not who.is_named_in(key)}
    changes["thanks"] = {phone: key for phone, key in said.items() if key != who.person}
    if post.merged_was and who.is_named_in(post.merged_was):  # who had moderated it before it was joined
        was = msgspec.json.decode(post.merged_was) | {"moderated_by": plain(who.word)}
        changes["merged_was"] = msgspec.json.encode(was).decode()
    if texts:
        for name in _TEXTS:
            if who.is_named_in(value := getattr(post, name)):
                changes[name] = without_names(who, value)
        changes["answer_translations"] = {tag: without_names(who, text) for tag, text in post.answer_translations.items()}
    return {name: value for name, value in changes.items() if getattr(post, name) != value}


def speakers_without(who: Who, speakers: Sequence[str]) -> list[str]:
    return [one for one in speakers if not who.is_called(one) and fold(one) not in who.names]


class EraseMe(msgspec.Struct, forbid_unknown_fields=True):
    """`texts`: "keep" leaves what the phone wrote, under "somebody"."""

    texts: Literal["keep", "erase"] = "erase"


class Erased(msgspec.Struct, frozen=True):
    """What was done: posts that changed, and how many texts of others still have the name."""

    posts: int
    mentions: int

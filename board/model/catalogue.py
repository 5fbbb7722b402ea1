"""The words of the product: each text has a key, and each language has a catalogue of them (Project Fluent). Pure.

The code names a key and values; a sentence is made at the edge, in the language of its reader. Python reads the catalogue with
`fluent.runtime`, the browser with `@fluent/bundle`; `tests/vectors/catalogue.json` holds both to one output.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from fluent.syntax import FluentParser, FluentSerializer, ast
from fluent.syntax.visitor import Visitor

from board.model.fluent import FluentBundle
from board.model.models import BoardError, Message
from board.model.parsed import Parsed, parsed

Value = str | int | float

log = logging.getLogger(__name__)

ISOLATE, POP_ISOLATE = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
# Letters of scripts that run from right to left, and marks that turn a line round (UAX 9). As in static/js/shared/words.js.
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


class Catalogue:
    """The texts of one language.

    `language` is a BCP 47 tag, `direction` is "ltr" or "rtl", `number_language` the one whose rules hold for plurals and
    numbers, `source` the messages in the syntax of Fluent. A missing text is taken from `otherwise`, and is never blank.
    """

    def __init__(
        self,
        language: str,
        source: str,
        *,
        direction: str = "ltr",
        number_language: str | None = None,
        otherwise: Catalogue | None = None,
    ) -> None:
        self.language, self.direction = language, direction
        self.number_language = number_language or language
        self._otherwise = otherwise
        self._resource = _read(source)
        self._entries = {_key(entry): entry for entry in _entries(self._resource)}
        self._bundle = FluentBundle([self.number_language], use_isolating=False)
        self._bundle.add_resource(self._resource)

    @property
    def keys(self) -> set[str]:
        """Of messages; terms (whose keys begin with a hyphen) are for messages alone."""
        return {key for key in self._entries if not key.startswith("-")}

    @property
    def faults(self) -> list[str]:
        """What the parser could not read, each with its place: nothing in a catalogue that is in order."""
        junk = [entry for entry in self._resource.body or () if isinstance(entry, ast.Junk)]
        return [f"{note.message}: {entry.content!r:.80}" for entry in junk for note in entry.annotations]

    def say(self, key: str, /, **values: Value) -> str:
        """The text of this key with the values in it. A value whose script runs against the sentence is isolated (UAX 9)."""
        if not self._bundle.has_message(key):
            if self._otherwise is not None:
                return self._otherwise.say(key, **values)
            log.error("there is no text %r", key)
            return key
        pattern = self._bundle.get_message(key).value
        if pattern is None:  # a message of attributes alone; none of our catalogues has one
            return key
        text, errors = self._bundle.format_pattern(pattern, {name: self._value(value) for name, value in values.items()})
        if errors:
            log.error("the text %r lacks a value: %s", key, errors[0])
        return str(text)

    def text(self, message: Message) -> str:
        return self.say(message.key, **message.values)

    def refusal(self, error: BoardError) -> str:
        """The text of a refusal for its reader."""
        return self.text(error.message)

    def headline(self, error: BoardError) -> str:
        """Of a page that says no more than this refusal."""
        own = f"{error.key}-title"
        return self.say(own if own in self.english_keys else f"problem-{error.slug}")

    @property
    def english_keys(self) -> set[str]:
        return self._otherwise.keys if self._otherwise is not None else self.keys

    def messages_of(self, keys: Iterable[str]) -> dict[str, Parsed]:
        """These messages and the terms that they use, for the browser; a missing one is taken from the other catalogue."""
        wanted = {key for key in keys if key in self._entries}
        missing = [key for key in keys if key not in wanted]
        terms = sorted({f"-{term}" for key in wanted for term in _terms(self._entries[key])})
        found = {key: parsed(self._entries[key]) for key in [*terms, *sorted(wanted)] if key in self._entries}
        return found | (self._otherwise.messages_of(missing) if self._otherwise is not None and missing else {})

    def _value(self, value: Value) -> Value:
        if not isinstance(value, str) or not value:
            return value
        runs_against = self.direction == "rtl" or _RIGHT_TO_LEFT.search(value) is not None
        return f"{ISOLATE}{value}{POP_ISOLATE}" if runs_against else value


@lru_cache(maxsize=8)
def _read(source: str) -> ast.Resource:
    """Nobody changes what is read, so that all catalogues of a process share it: it takes a tenth of a second."""
    return FluentParser().parse(source)


def _entries(resource: ast.Resource) -> Iterator[Any]:
    return (entry for entry in resource.body or () if isinstance(entry, ast.Message | ast.Term))


def _key(entry: Any) -> str:
    return f"-{entry.id.name}" if isinstance(entry, ast.Term) else str(entry.id.name)


def _terms(entry: Any) -> set[str]:
    found: set[str] = set()

    class Terms(Visitor):
        def visit_TermReference(self, node: ast.TermReference) -> None:
            found.add(node.id.name)

    Terms().visit(entry)
    return found


# -- pseudo-locales --------------------------------------------------------------------------------------------------

_ACCENTED = str.maketrans("AEIOUYaeiouycnsz", "ÅÉÎÖÛÝåéîöûýçñšž")
_PADDING = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_LONGER = 0.4  # German, Finnish and Vietnamese are up to so much longer than English


def accented(source: str) -> str:
    """A pseudo-locale: English with accents, two fifths longer. A text without accents is missing in the catalogue; the length
    shows where a page cuts a text off."""
    return _changed(source, _accent)


def mirrored(source: str) -> str:
    """English that runs from right to left: each word in the marks of an override (UAX 9)."""
    return _changed(source, lambda text: f"\N{RIGHT-TO-LEFT OVERRIDE}{text}\N{POP DIRECTIONAL FORMATTING}")


def _accent(text: str) -> str:
    words, missing = list[str](), round(len(text.strip()) * _LONGER)
    while missing > 0:
        words.append(_PADDING[len(words) % len(_PADDING)])
        missing -= len(words[-1]) + 1
    return (text + "".join(f" {word}" for word in words if len(text.strip()) > 1)).translate(_ACCENTED)


def _changed(source: str, change: Any) -> str:
    resource = FluentParser().parse(source)

    class Texts(Visitor):
        def visit_TextElement(self, node: ast.TextElement) -> None:
            inner = node.value.strip()
            if inner:
                begin, _, end = node.value.partition(inner)
                node.value = f"{begin}{change(inner)}{end}"

    for entry in _entries(resource):
        Texts().visit(entry)
    return FluentSerializer().serialize(resource)

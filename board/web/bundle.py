"""A module of the pages and all that it imports as one file, so that a phone on a slow line asks once, not for each module.

Each imported module becomes a function that is called once and returns what it exports, under short names; the module that
was asked for stays one. Our modules are written alike, one `import` or `export` at the beginning of a line, and
`tests/test_pages.py` holds them to it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from string import ascii_lowercase
from typing import NamedTuple

from board.model.catalogue import Catalogue

_IMPORT = re.compile(r'^import \{([^}]*)\} from "([^"]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.MULTILINE)
_EXPORTS = re.compile(r"\bexport ?\{([^}]*)\};?\s*$")  # all at once, at the end of a module from elsewhere
_EXPORTING = re.compile(r"^export\b", re.MULTILINE)
# Whole lines of comment, a fifth of what our scripts weigh, and comments after code. None of our texts has a line that begins
# so, or goes on so after a bracket, a comma or a semicolon. A comment with a quotation mark stays: it might end a text.
_COMMENT = re.compile(
    r"""^[ \t]*(?:/\*(?:(?!\*/).)*\*/[ \t]*|//[^\n]*)\n|(?<=[;,{(\[])[ ]//[ ][^\n"'`]*$""", re.MULTILINE | re.DOTALL
)
_INDENTED = re.compile(r"\n[ \t]+")  # no minifier may touch a template; in markup one blank is as good as many
# A text that may be a key of the catalogue, and the two lines of messages.js that the server fills.
_KEY = re.compile(r"""["'`]([a-z][a-z0-9]*(?:-[a-z0-9]+)+)["'`]""")
# A call that says a text, by each name that `say` has in our scripts.
_SAID = re.compile(r"""(?<![\w$.])((?:say|tell)\()"([a-z][a-z0-9]*(?:-[a-z0-9]+)+)"(?=[,)])""")
_MESSAGES, _LANGUAGE = "MESSAGES = {};", 'LANGUAGE = "en";'


class _Part(NamedTuple):
    """A module as a function. `given` has the short name of each name that it exports."""

    name: str
    given: dict[str, str]
    text: str


class Bundle(NamedTuple):
    """One script in two pieces. `theirs`: modules from elsewhere, small already, to be left alone; `ours` comes after it."""

    theirs: str
    ours: str


def bundled(entry: Path) -> Bundle:
    """The module at this path, without its comments, and before it all that it needs. Raises `KeyError` for a name that is
    imported and not exported."""
    parts: dict[Path, _Part] = {}
    text = _linked(entry.resolve(), parts)
    theirs = "".join(part.text for file, part in parts.items() if _is_theirs(file))
    ours = "".join([*(part.text for file, part in parts.items() if not _is_theirs(file)), text])
    return Bundle(theirs, ours if _EXPORTING.search(text) else f"{{\n{ours}}}\n")  # in a block all names may be shortened


def with_words(script: str, catalogue: Catalogue) -> str:
    """The script with the messages that it names, and only those (static/js/shared/messages.js is where they go)."""
    found = catalogue.messages_of(sorted(catalogue.english_keys.intersection(_KEY.findall(script))))
    short = _short_keys(script, found)
    script = _SAID.sub(lambda call: f'{call[1]}"{short.get(call[2], call[2])}"', script)
    messages = json.dumps({short.get(key, key): message for key, message in found.items()}, ensure_ascii=False)
    language = json.dumps(catalogue.number_language)
    return script.replace(_MESSAGES, f"MESSAGES = {messages};", 1).replace(_LANGUAGE, f"LANGUAGE = {language};", 1)


def _short_keys(script: str, found: Iterable[str]) -> dict[str, str]:
    """A short name, without a hyphen, for each key that the script only names in a call that says it. Keys are a fiftieth of
    what a phone loads first. One that stands elsewhere, too, keeps its name: it may be the id of an element."""
    said = Counter(key for _, key in _SAID.findall(script))
    named = Counter(_KEY.findall(script))
    keys = sorted(key for key in found if 0 < named[key] == said[key])
    return {key: _short(number) for number, key in enumerate(keys)}


def _linked(file: Path, parts: dict[Path, _Part]) -> str:
    """The module with its imports taken from functions, which are put into `parts`, each after those that it needs."""

    def taken(line: re.Match[str]) -> str:
        names, path = line.groups()
        part = _part(file.parent.joinpath(path).resolve(), parts)
        pairs = [(name, own or name) for name, _, own in (name.strip().partition(" as ") for name in names.split(",")) if name]
        return f"const {{ {', '.join(f'{part.given[name]}: {own}' for name, own in pairs)} }} = {part.name};"

    text = file.read_text(encoding="utf-8")
    return _IMPORT.sub(taken, text if _is_theirs(file) else _INDENTED.sub("\n", _COMMENT.sub("", text)))


def _is_theirs(file: Path) -> bool:
    return file.parent.name == "vendor"


def _part(file: Path, parts: dict[Path, _Part]) -> _Part:
    if file not in parts:
        text = _linked(file, parts)
        exported = {name: name for name in _EXPORT.findall(text)}
        for listed in _EXPORTS.findall(text):
            exported |= {own or name: name for name, _, own in (pair.strip().partition(" as ") for pair in listed.split(","))}
        text = _EXPORTS.sub("", _EXPORT.sub("", text))
        given = {name: _short(number) for number, name in enumerate(exported)}
        returned = ", ".join(f"{given[name]}: {own}" for name, own in exported.items())
        name = f"${len(parts)}"
        parts[file] = _Part(name, given, f"const {name} = (() => {{\n{text}\nreturn {{ {returned} }};\n}})();\n")
    return parts[file]


def _short(number: int) -> str:
    """a, b, … z, aa, ab, …: a minifier may not shorten what looks like a property."""
    before, letter = divmod(number, len(ascii_lowercase))
    return (_short(before - 1) if before else "") + ascii_lowercase[letter]

"""Modules of the pages as functions that stand one after the other in one script (`bundle.py`). Pure, but for reading files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from string import ascii_lowercase
from typing import NamedTuple

_IMPORT = re.compile(r'^import \{([^}]*)\} from "([^"]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.MULTILINE)
_EXPORTS = re.compile(r"\bexport ?\{([^}]*)\};?\s*$")  # all at once, at the end of a module from elsewhere
# Whole lines of comment, a fifth of what our scripts weigh, and comments after code. None of our texts has a line that begins
# so, or goes on so after a bracket, a comma or a semicolon. A comment with a quotation mark stays: it might end a text.
_COMMENT = re.compile(
    r"""^[ \t]*(?:/\*(?:(?!\*/).)*\*/[ \t]*|//[^\n]*)\n|(?<=[;,{(\[])[ ]//[ ][^\n"'`]*$""", re.MULTILINE | re.DOTALL
)
_INDENTED = re.compile(r"\n[ \t]+")  # no minifier may touch a template; in markup one blank is as good as many


class Part(NamedTuple):
    """A module as a function. `given` has the short name of each name that it exports."""

    name: str
    given: dict[str, str]
    text: str


class Linking:
    """The parts of one script. `there`: those that another script holds and hands over; `handed`: the ones that are used."""

    def __init__(self, there: Mapping[Path, Part] | None = None, numbered_from: int = 0) -> None:
        self.parts: dict[Path, Part] = {}
        self.handed: dict[Path, Part] = {}
        self._there = there or {}
        self._numbered_from = numbered_from

    def linked(self, file: Path) -> str:
        """The module with its imports taken from functions, which are put into `parts`, each after those that it needs."""

        def taken(line: re.Match[str]) -> str:
            names, path = line.groups()
            part = self._part(file.parent.joinpath(path).resolve())
            pairs = [
                (name, own or name) for name, _, own in (name.strip().partition(" as ") for name in names.split(",")) if name
            ]
            return f"const {{ {', '.join(f'{part.given[name]}: {own}' for name, own in pairs)} }} = {part.name};"

        text = file.read_text(encoding="utf-8")
        return _IMPORT.sub(taken, text if _is_theirs(file) else _INDENTED.sub("\n", _COMMENT.sub("", text)))

    def _part(self, file: Path) -> Part:
        if file in self._there:
            return self.handed.setdefault(file, self._there[file])
        if file not in self.parts:
            text = self.linked(file)
            exported = {name: name for name in _EXPORT.findall(text)}
            for listed in _EXPORTS.findall(text):
                exported |= {
                    own or name: name for name, _, own in (pair.strip().partition(" as ") for pair in listed.split(","))
                }
            text = _EXPORTS.sub("", without_exports(text))
            given = {name: short(number) for number, name in enumerate(exported)}
            returned = ", ".join(f"{given[name]}: {own}" for name, own in exported.items())
            name = f"${self._numbered_from + len(self.parts)}"
            text = f"const {name} = (() => {{\n{text}\nreturn {{ {returned} }};\n}})();\n"
            self.parts[file] = Part(name, given, text)
        return self.parts[file]

    @property
    def theirs(self) -> str:
        """The text of third-party modules."""
        return "".join(part.text for file, part in self.parts.items() if _is_theirs(file))

    @property
    def ours(self) -> str:
        return "".join(part.text for file, part in self.parts.items() if not _is_theirs(file))


def without_exports(text: str) -> str:
    return _EXPORT.sub("", text)


def _is_theirs(file: Path) -> bool:
    return file.parent.name == "vendor"


def short(number: int) -> str:
    """a, b, … z, aa, ab, …: a minifier may not shorten what looks like a property."""
    before, letter = divmod(number, len(ascii_lowercase))
    return (short(before - 1) if before else "") + ascii_lowercase[letter]

"""A module of the pages and all that it imports as one file, so that a phone on a slow line asks once, not for each module.

Each imported module becomes a function that is called once and returns what it exports; the module that was asked for stays
one. Ours are written alike, one `import` or `export` at the beginning of a line, and `tests/test_pages.py` holds them to it.
"""

from __future__ import annotations

import re
from pathlib import Path

_IMPORT = re.compile(r'^import \{([^}]*)\} from "([^"]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.MULTILINE)
_EXPORTS = re.compile(r"\bexport ?\{([^}]*)\};?\s*$")  # all at once, at the end of a module from elsewhere
# Whole lines of comment, a fifth of what our scripts weigh, and comments after code. None of our texts has a line that begins
# so, or goes on so after a bracket, a comma or a semicolon. A comment with a quotation mark stays: it might end a text.
_COMMENT = re.compile(
    r"""^[ \t]*(?:/\*(?:(?!\*/).)*\*/[ \t]*|//[^\n]*)\n|(?<=[;,{(\[])[ ]//[ ][^\n"'`]*$""", re.MULTILINE | re.DOTALL
)


def bundled(entry: Path) -> str:
    """The module at this path, without its comments, and before it all that it needs."""
    functions: dict[Path, str] = {}
    text = _linked(entry.resolve(), functions)
    return "".join([*functions.values(), text])


def uncommented(text: str) -> str:
    return _COMMENT.sub("", text)


def _linked(file: Path, functions: dict[Path, str]) -> str:
    """The module with its imports taken from functions, which are put into `functions`, each after those that it needs."""

    def taken(line: re.Match[str]) -> str:
        names, path = line.groups()
        return f"const {{{names.replace(' as ', ': ')}}} = {_function(file.parent.joinpath(path).resolve(), functions)};"

    text = file.read_text(encoding="utf-8")
    return _IMPORT.sub(taken, text if file.parent.name == "vendor" else uncommented(text))  # theirs begins with the licence


def _function(file: Path, functions: dict[Path, str]) -> str:
    name = "$" + re.sub(r"\W", "_", f"{file.parent.name}/{file.stem}")
    if file not in functions:
        text = _linked(file, functions)
        exported = _EXPORT.findall(text)
        for listed in _EXPORTS.findall(text):
            exported += [": ".join(reversed(pair.split(" as "))) for pair in listed.split(",")]
        text = _EXPORTS.sub("", _EXPORT.sub("", text))
        functions[file] = f"const {name} = (() => {{\n{text}\nreturn {{ {', '.join(exported)} }};\n}})();\n"
    return name

"""A module of the pages and all that it imports as one file, so that a phone on a slow line asks once, not for each module.

Each imported module becomes a function that is called once and returns what it exports, under short names; the module that
was asked for stays one (`linking.py`). Our modules are written alike, one `import` or `export` at the beginning of a line, and
`tests/test_pages.py` holds them to it.

A page may have a second script, for what its first sight does not need. It holds only what the first has not: modules that
both need are handed over, so that state and templates exist once. Two that were not made together would not fit, so they
carry a key: the server may have been replaced between them.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from board.model.catalogue import Catalogue
from board.web.linking import Linking, short, without_exports

SECOND = {
    "phone/phone.js": "phone/later.js",
    "desk/moderate.js": "desk/later.js",
    "screen/screen.js": "screen/later.js",
}
"""Below `js/`: scripts, and the one that comes after each. It exports one function, named as in `_SECOND`."""
_SECOND = "createLater"
_HANDED = "HANDED = () => [];"  # in shared/coming.js: the server fills it
# Each script has its own messages; what is given a key must look in those of the script that names it.
_OF_EACH_SCRIPT = ("shared/words.js", "shared/messages.js", "shared/sentence.js")

_EXPORTING = re.compile(r"^export\b", re.MULTILINE)
# A text that may be a key of the catalogue, and the two lines of messages.js that the server fills.
_KEY = re.compile(r"""["'`]([a-z][a-z0-9]*(?:-[a-z0-9]+)+)["'`]""")
# A call that says a text, by each name that `say` has in our scripts.
_SAID = re.compile(r"""(?<![\w$.])((?:say|tell)\()"([a-z][a-z0-9]*(?:-[a-z0-9]+)+)"(?=[,)])""")
_MESSAGES, _LANGUAGE = "MESSAGES = {};", 'LANGUAGE = "en";'


class Bundle(NamedTuple):
    """One script in two pieces. `theirs`: modules from elsewhere, small already, to be left alone; `ours` comes after it."""

    theirs: str
    ours: str


def bundled(entry: Path) -> Bundle:
    """The module at this path, without its comments, and before it all that it needs. Raises `KeyError` for a name that is
    imported and not exported."""
    entry = entry.resolve()
    for names in SECOND.items():
        first, second = (entry.parents[1] / name for name in names)
        if entry in (first, second):
            return _pair(first, second)[entry == second]
    linking = Linking()
    text = linking.linked(entry)
    return Bundle(linking.theirs, _script(linking.ours, text))


def _pair(first: Path, second: Path) -> tuple[Bundle, Bundle]:
    one = Linking()
    first_text = one.linked(first)
    there = {file: part for file, part in one.parts.items() if "/".join(file.parts[-2:]) not in _OF_EACH_SCRIPT}
    two = Linking(there, len(one.parts))
    second_text = without_exports(two.linked(second))
    key = hashlib.sha256("".join((one.theirs, one.ours, first_text, two.ours, second_text)).encode()).hexdigest()[:8]
    handed = ", ".join((f'"{key}"', *(part.name for part in two.handed.values())))
    taken = ", ".join(("$key", *(part.name for part in two.handed.values())))
    later = (
        f"export const {_SECOND} = ($first) => {{\nconst [{taken}] = $first.handed;\n"
        f'if ($key !== "{key}") throw new Error("another version");\n'
        f"{two.ours}{second_text}\nreturn {_SECOND}($first);\n}};\n"
    )
    ours = one.ours.replace(_HANDED, f"HANDED = () => [{handed}];", 1)
    return Bundle(one.theirs, _script(ours, first_text)), Bundle(two.theirs, later)


def _script(parts: str, text: str) -> str:
    return parts + text if _EXPORTING.search(text) else f"{{\n{parts}{text}}}\n"  # in a block all names may be shortened


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
    return {key: short(number) for number, key in enumerate(keys)}

"""Messages that the server parses for the pages are what the library of the pages would make of them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from board.model.catalogue import Catalogue, accented, mirrored
from board.process import locales
from tests.test_catalogue import VECTORS

ROOT = Path(__file__).resolve().parent.parent
NODE = Path(sys.executable).with_name("node")
# Each thing that Fluent's syntax has.
ALL = r"""
one-line = A text with "quotes", { "a \"literal\" \\ \u00E9 \U01F600" } and { 3 } or { 3.10 } or { -0.5 }
long =
    First line
      indented line

    after an empty one { $name }
    last line
only-placeable = { $name }
call = { NUMBER($n, minimumFractionDigits: 2, style: "percent") } { DATETIME($day) }
other = { one-line } { call.title } { -brand } { -brand(case: "genitive") } { { $nested } }
call-of-many = { $n ->
    [0] none
    [1.5] one and a half
    [one] { $n ->
        [a] deep
       *[b] deeper
    }
   *[other] { $n } of { -brand }
}
-brand = { $case ->
   *[nominative] Board
    [genitive] Board's
}
    .gender = neuter
title = Words
    .title = Of { $n }
    .label = More
"""
# By name, how each is made: the pseudo-locales take a second, and every test process reads this module.
SOURCES: dict[str, Callable[[], str]] = {
    **{language: partial(str, source) for language, source in locales.read().items()},
    "accented": lambda: accented(locales.read()["en"]),
    "mirrored": lambda: mirrored(locales.read()["en"]),
    **{f"vector-{language}": partial(str, source) for language, source in VECTORS["source"].items()},
    "all": lambda: ALL,
}
READ = """
const { FluentResource } = await import(process.argv[1]);
let source = "";
process.stdin.setEncoding("utf8"); // or a letter that two chunks share becomes two marks of a fault
for await (const chunk of process.stdin) source += chunk;
process.stdout.write(JSON.stringify(new FluentResource(source).body));
"""


def plain(node: Any) -> Any:
    """The library cuts a text at its line breaks and writes that there is no attribute: both say nothing."""
    if isinstance(node, dict):
        return {name: plain(value) for name, value in node.items() if (name, value) != ("attr", None)}
    if not isinstance(node, list):
        return node
    joined = list[Any]()
    for one in map(plain, node):
        if isinstance(one, str) and joined and isinstance(joined[-1], str):
            joined[-1] += one
        else:
            joined.append(one)
    return joined[0] if len(joined) == 1 and isinstance(joined[0], str) else joined


@pytest.mark.parametrize("name", SOURCES)
def test_the_server_parses_messages_like_the_library_of_the_pages(name: str) -> None:
    source = SOURCES[name]()
    read = subprocess.run(
        [NODE, "--input-type=module", "-e", READ, ROOT / "tests/vendor/fluent-parser.js"],
        input=source,
        capture_output=True,
        check=True,
        text=True,
    )
    theirs = {entry["id"]: plain({name: entry[name] for name in ("value", "attributes")}) for entry in json.loads(read.stdout)}
    catalogue = Catalogue("en", source)
    ours = json.loads(json.dumps(catalogue.messages_of(sorted(catalogue.keys))))
    assert len(theirs) >= len(ours) > 0
    for key, found in ours.items():
        entry = found if isinstance(found, dict) else {"value": found, "attributes": {}}
        assert plain(entry) == theirs[key], key
    assert {key for key in theirs if not key.startswith("-")} == catalogue.keys

"""What is served is smaller than what is written, and means the same; without the library it is served as it is written."""

from __future__ import annotations

import asyncio
import gzip
import json
import logging
import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from board.web import assets, minifying
from board.web.assets import Files
from board.web.bundle import bundled, with_words
from board.web.minifying import Minifier
from tests.sentences import ENGLISH

NODE = Path(sys.executable).with_name("node")
# All that our modules lean on and a minifier could change. It prints what it made of it.
WRITTEN = r"""
/*! a licence that stays */
const tag = (strings, ...values) => strings.raw.join("|") + values.join(",");
const inner = "in  two";
class Problem extends Error {
  static #count = 0;
  #own = 7;
  constructor(words) { super(words); this.name = "Problem"; Problem.#count += 1; }
  get count() { return [Problem.#count, this.#own]; }
}
// a comment that goes
function chosen(value, { deep = [] } = {}) {
  if (value === null || value === undefined) return "none";
  if (typeof value === "string") return `text ${value}`;
  return deep.length ? deep : value;
}
const longName = new Problem("of  a kind");
const long = { longName, "two words": 1, default: undefined };
console.log(JSON.stringify([
  tag`<p class="a">  ${1 + 1}
     ${`<i>  ${inner}</i>`} </p>\n`,
  String.raw`\u{41}\d ${inner}`,
  "Ab ç 9".match(/[\p{L}--[A-Z]]+/v)[0], "Ab ç".match(/\p{L}+/gu), "1999".match(/(?<year>\d{4})/d).groups.year,
  longName.name, longName.message, longName.count, longName instanceof Problem,
  chosen(null), chosen(undefined), chosen(0), chosen(""), chosen(1, { deep: [2] }),
  Object.keys(long), long.default ?? "nothing", 1e21, 0.1 + 0.2, -0, 1_000_000,
  typeof import.meta.url, await import("node:path").then((path) => path.posix.sep),
  [1, 2, 3].map((one) => { if (one === 2) return; return one; }), "</script>", "\u2028", "👩🏽‍🏫",
]));
"""


def said(script: str) -> str:
    """What the script prints as a module in Node."""
    return subprocess.run([NODE, "--input-type=module"], input=script, capture_output=True, check=True, text=True).stdout


def test_a_minified_script_is_smaller_and_means_the_same() -> None:
    served = Minifier().script(WRITTEN)
    assert len(served) < 0.75 * len(WRITTEN)
    assert "a licence that stays" in served
    assert "a comment that goes" not in served
    assert said(served) == said(WRITTEN) != ""


@pytest.mark.parametrize(
    "written",
    [  # what versions of the library have made wrong
        "function q() { g(); const a = h(); const c = k(); const { b } = f({ c }); return a + b + c; }",
        "function q() { g(); const a = h(), c = k(); const [b] = f(); return a + b + c; }",
        "function q() { const a = h(); const { b, c } = a; const d = a['e-f']; return b + c + d; }",
        "function q() { var foo = h(); var baz = foo.g, quz = foo.k; return baz + quz; }",
    ],
)
def test_minifying_keeps_the_order_of_declarations(written: str) -> None:
    served = Minifier().script(written)
    asked = re.findall(r"\b[fghk]\b", re.sub(r"\{[\w:,]*\}=", "", served))
    assert asked == re.findall(r"\b[fghk]\b", written)


def test_minifying_does_not_introduce_newer_syntax() -> None:
    """No newer syntax than our modules have themselves: a phone that is too old for it would show nothing."""
    served = Minifier().script("export const f = (o) => { if (!o.a) o.a = 1; o.b = o.b || 2; };")
    assert not any(newer in served for newer in ("||=", "&&=", "??="))
    old = (assets.STATIC / "js/shared/old.js").read_text(encoding="utf-8")
    served = Minifier().script(old)
    assert "function" in served
    assert not any(newer in served for newer in ("=>", "let ", "const ", "?.", "??", "`"))


def differences(pairs: list[tuple[str, str]]) -> list[list[str]]:
    """For each pair, written and served: what the two scripts do not both do, as the parser of TypeScript finds it
    (tests/leaves.mjs)."""
    root = Path(__file__).parents[1]
    output = subprocess.run(
        [NODE, root / "tests/leaves.mjs", root / ".venv/js"],
        input=json.dumps([{"written": written, "served": served} for written, served in pairs]),
        capture_output=True,
        check=True,
        text=True,
    )
    found: list[list[str]] = json.loads(output.stdout)
    return found


SCRIPTS = [
    "phone/phone",
    "phone/later",
    "screen/screen",
    "screen/later",
    "screen/picture",
    "desk/moderate",
    "organise/start",
    "organise/new",
    "shared/retry",
    "shared/old",
]
GALLERY = ["gallery/phone", "gallery/screen", "gallery/desk"]


def test_minified_scripts_behave_like_their_sources(caplog: pytest.LogCaptureFixture) -> None:
    """The library has left out code without a word, and put declarations in another order. Its version is pinned, so what is
    compared here is what is served. Where this fails, write the module's line in another way."""
    pairs = {}
    for script in [*SCRIPTS, *GALLERY]:
        text = with_words(bundled(assets.STATIC / f"js/{script}.js").ours, ENGLISH)
        pairs[script] = (text, Minifier().script(text))
    assert [script for script, (text, served) in pairs.items() if not 0 < len(served) < len(text)] == []
    assert not caplog.records
    found = zip(pairs, differences(list(pairs.values())), strict=True)
    wrong = [f"{script}: {line}" for script, lines in found for line in lines]
    assert not wrong, "\n".join(wrong)


# Each of them was made so by a version of the library: written, served, and what the comparison says.
FAULTS = [
    ("const vote = (a) => void (a.has || a.send());", "const vote=e=>{}", ".send: 1 became 0"),
    ("const a = f(); const { b } = g(a.x);", "const{b}=g(a.x),a=f()", "declared in another order"),
    ("const a = f(); const { b } = g(a.x);", "const{b}=g(a.x),a=f()", "used before its declaration"),
    ("say('words of  it');", "say('words of it')", 'text " ": 3 became 2'),
]


def test_the_comparison_finds_known_minifier_faults() -> None:
    found = zip(FAULTS, differences([(written, served) for written, served, _ in FAULTS]), strict=True)
    assert [(fault, lines) for fault, lines in found if not any(fault[2] in line for line in lines)] == []


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        ([sys.executable, "-c", "import no_such_library"], "No module named"),
        ([sys.executable, minifying.__file__], "unexpected"),  # this very text is no script
        (["/nowhere/python"], "No such file"),
        ([sys.executable, "-c", "import sys; sys.stdout.buffer.write(b'\\xff')"], "decode"),
        ([sys.executable, "-c", "import os; os.abort()"], "SIGABRT"),
    ],
)
def test_a_script_that_cannot_be_minified_is_served_unchanged_with_one_log_line(
    command: list[str], reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert Minifier(command).script("const a = ;") == "const a = ;"
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert reason in caplog.text


@pytest.mark.parametrize("version", [None, "2.24.12"])
def test_without_a_tested_minifier_the_source_is_served(
    version: str | None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def found(library: str) -> str:
        if version is None:
            raise PackageNotFoundError(library)
        return version

    monkeypatch.setattr(minifying.importlib.metadata, "version", found)
    with caplog.at_level(logging.INFO):
        minifier = Minifier()
        assert minifier.script("const  a = 1;") == "const  a = 1;"
        assert minifier.style("a { b: c }") == ("a { b: c }" if version is None else "a{b:c}")
        assert gzip.decompress(minifier.compressed(b"abc" * 99)) == b"abc" * 99
    assert len(caplog.records) == (3 if version is None else 1)


def test_compressed_scripts_are_gzip_and_smaller_than_by_zlib() -> None:
    text = "".join(bundled(assets.STATIC / "js/phone/phone.js")).encode()
    packed = Minifier().compressed(text)
    assert gzip.decompress(packed) == text
    assert len(packed) < 0.98 * len(gzip.compress(text, 9))


def test_a_text_that_would_not_become_smaller_stays_uncompressed(tmp_path: Path) -> None:
    for answer in ("", "longer than it was"):
        command = [sys.executable, "-c", f"print({answer!r}, end='')"]
        assert Minifier(command).script("a=1") == "a=1"


async def test_simultaneous_requests_wait_for_one_file_that_is_built_once(tmp_path: Path) -> None:
    calls = tmp_path / "calls"
    command = [sys.executable, "-c", f"open({str(calls)!r}, 'a').write('x')"]
    files = Files(Minifier(command))
    first = asyncio.ensure_future(files.response("js/shared/old.js", "gzip", ENGLISH))
    await asyncio.sleep(0)
    first.cancel()  # who goes away while it is made takes it from nobody
    answers = await asyncio.gather(*(files.response("js/shared/old.js", "gzip", ENGLISH) for _ in range(20)))
    assert {answer.status_code for answer in answers if answer} == {200}
    assert await files.response("js/none.js", "gzip", ENGLISH) is None
    assert calls.read_text() == "x"

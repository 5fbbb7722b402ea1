"""The catalogue of texts: a language for each reader, nothing blank, nothing unused."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from board.model.catalogue import Catalogue, accented, mirrored
from board.model.languages import Languages, asked
from board.model.models import BoardError
from board.process import locales
from tests.sentences import ENGLISH

ROOT = Path(__file__).resolve().parent.parent
VECTORS = json.loads((Path(__file__).parent / "vectors" / "catalogue.json").read_text(encoding="utf-8"))
# Keys are made of words and hyphens. These stand for a family: the last part comes from a value that the code checks.
FAMILIES = ("problem-", "line-")


def catalogues() -> dict[str, Catalogue]:
    english = Catalogue("en", VECTORS["source"]["en"])
    return {"en": english, "ar": Catalogue("ar", VECTORS["source"]["ar"], direction="rtl", otherwise=english)}


@pytest.mark.parametrize(("language", "direction", "key", "values", "wanted"), VECTORS["cases"])
def test_a_text_contains_its_values(language: str, direction: str, key: str, values: dict[str, Any], wanted: str) -> None:
    catalogue = catalogues()[language]
    assert (catalogue.direction, catalogue.say(key, **values)) == (direction, wanted)


def test_every_catalogue_is_in_order() -> None:
    for language, catalogue in Languages(locales.read(), pseudo=True).catalogues.items():
        assert catalogue.faults == [], language
        assert catalogue.keys <= ENGLISH.keys, f"{language} has texts that English lacks"


def test_people_read_behind_and_no_connection_where_the_wire_says_stale_and_lost() -> None:
    """At the desk, on the organiser's page: one name for one thing."""
    for key in ENGLISH.keys:
        text = ENGLISH.say(key, live=1, stale=2, lost=3)
        assert "stale" not in text, key
        assert "behind" in text or "-stale" not in key, key
        if key.startswith("desk-screen"):
            assert " lost" not in text, key
            assert "connection" in text or "-lost" not in key, key


def test_no_key_appears_twice() -> None:
    for language, source in locales.read().items():
        keys = re.findall(r"(?m)^(-?[a-z][\w-]*) =", source)
        assert sorted(keys) == sorted(set(keys)), language


def test_a_missing_translation_is_shown_in_english() -> None:
    french = Catalogue("fr", "text-missing = Rien", otherwise=ENGLISH)
    assert (french.say("text-missing"), french.say("one-line-only")) == ("Rien", ENGLISH.say("one-line-only"))
    assert french.say("no-such-key") == "no-such-key"
    assert french.messages_of(["text-missing", "one-line-only"]) == {
        "text-missing": "Rien",
        "one-line-only": ENGLISH.say("one-line-only"),
    }


def files(*suffixes: str) -> dict[Path, str]:
    folders = [ROOT / "board", ROOT / "static" / "js", ROOT / "templates"]
    found = (path for folder in folders for path in folder.rglob("*") if path.suffix in suffixes)
    return {path: path.read_text(encoding="utf-8") for path in found}


def test_every_text_is_used_and_every_key_has_a_text() -> None:
    code = "\n".join(files(".py", ".js", ".html").values())
    named = set(re.findall(r"""["'`]([a-z][a-z0-9]*(?:-[a-z0-9]+)+)["'`]""", code))
    unused = {key for key in ENGLISH.keys - named if not key.startswith(FAMILIES) and not key.endswith("-title")}
    assert unused == set()
    for path, text in files(".js", ".html").items():
        for key in re.findall(r"""\bsay\(\s*["'`]([^"'`$]+)["'`]""", text):
            assert key in ENGLISH.keys, f"{path.name}: {key}"


def family(error: type[BoardError] = BoardError) -> Iterator[type[BoardError]]:
    yield error
    for kind in error.__subclasses__():
        yield from family(kind)


def test_every_refusal_has_a_text() -> None:
    for path, text in files(".py").items():
        raised = (
            r"(?:BoardError|NotJson|Forbidden|NoCookie|NotFound|WrongMethod|Conflict|TooLarge|WrongType|Invalid|Closed|TooFast)"
        )
        for key in re.findall(rf"\b{raised}\(\s*[\"']([^\"']*)[\"']", text):
            assert key in ENGLISH.keys, f"{path.name}: {key}"


# -- which language ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("", []),
        ("fr", ["fr"]),
        ("fr-CA, fr;q=0.8, en;q=0.5", ["fr-CA", "fr", "en"]),
        ("en;q=0.1,ar;q=0.9", ["ar", "en"]),
        ("fr;q=0, en", ["en"]),
        ("fr;q=x, en;q=nan, ar;q=1e400", ["ar"]),
        (";q=1,,", []),
        ("a," * 1000 + "ar", ["a"] * 10),
    ],
)
def test_the_languages_of_a_browser_are_taken_in_its_order(header: str, wanted: list[str]) -> None:
    assert asked(header) == wanted


def test_a_reader_gets_the_language_of_the_address_then_the_choice_then_the_browser() -> None:
    sources = {"en": "a = A", "fr": "a = B", "ar": "a = C"}
    languages = Languages(sources)
    assert languages.best("ar", "fr", accept_language="en").language == "ar"
    assert languages.best("", "fr", accept_language="ar").language == "fr"
    assert languages.best("", "", accept_language="xx, ar;q=0.5").language == "ar"
    assert languages.best("fr-CA").language == "fr"
    assert languages.best("FR").language == "fr"
    assert languages.best("tlh", accept_language="*").language == "en"
    assert (languages.best("ar").direction, languages.best("fr").direction) == ("rtl", "ltr")


# -- pseudo-locales ------------------------------------------------------------------------------------------------


def test_a_pseudo_locale_changes_the_words_and_keeps_inserted_values() -> None:
    source = "greeting = Hello { $name }, you have { $n ->\n    [one] one card\n   *[other] { $n } cards\n}."
    for change in (accented, mirrored):
        said = Catalogue("en", change(source)).say("greeting", name="Nadia", n=3)
        assert "Nadia" in said, said
        assert "3" in said, said
        assert not said.startswith("Hello"), said
    plain, long = Catalogue("en", source), Catalogue("en", accented(source))
    assert len(long.say("greeting", name="", n=3)) >= 1.3 * len(plain.say("greeting", name="", n=3))


def test_every_action_of_the_audit_trail_has_a_text() -> None:
    """An entry without one shows its name in the code."""
    calls = (
        node
        for path in (ROOT / "board").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    )
    recorded = (call.args[1] for call in calls if getattr(call.func, "attr", "") == "record" and len(call.args) > 1)
    actions = {leaf.value for node in recorded for leaf in ast.walk(node) if isinstance(leaf, ast.Constant)}
    assert len(actions) > 10
    known = re.findall(
        r'^  "?([a-z_ -]+)"?: \[?"desk-audit-',
        (ROOT / "static" / "js" / "desk" / "audit.js").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    assert {str(action) for action in actions if not str(action).startswith("-") and str(action)[-1] not in "- "} <= set(known)

"""An answer to a question in other languages, as somebody at the desk writes it beside the answer itself. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from board.model import requests
from board.model.models import Invalid, Post

MOST_TRANSLATIONS = 12
"""Of one answer: as many languages as the largest gathering known to us has."""
# A language as browsers write it (BCP 47): km, pt-BR, zh-Hant. `languages` of a board are written so, too.
LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?", re.IGNORECASE)


def changes(post: Post, request: requests.Moderation) -> dict[str, Any]:
    """What the request changes of a question's answer and of its translations. Languages that the request does not name stay
    as they are, unless the answer is another one now: then they translate words that nobody said. Raises `Invalid`.
    """
    if request.answer is msgspec.UNSET and request.answer_translations is msgspec.UNSET:
        return {}
    answer = post.answer if request.answer is msgspec.UNSET else requests.answer(request.answer)
    there = dict(post.answer_translations) if answer == post.answer else {}
    if request.answer_translations is not msgspec.UNSET:
        there = _merged(there, request.answer_translations or {}, answer)
    return {"answer": answer, "answer_translations": there if answer else {}}


def _merged(there: Mapping[str, str], said: Mapping[str, str | None], answer: str | None) -> dict[str, str]:
    texts = {tag(language): requests.answer(text, "answer_translations") for language, text in said.items()}
    if any(texts.values()) and not answer:
        raise Invalid("translation-needs-answer", field="answer_translations")
    found = {language: text for language, text in (dict(there) | texts).items() if text}
    if len(found) > MOST_TRANSLATIONS:
        raise Invalid("translations-too-many", field="answer_translations", most=MOST_TRANSLATIONS)
    return dict(sorted(found.items()))


def tag(language: str) -> str:
    """As it is stored: each language once, however it is written. Raises `Invalid`."""
    if not LANGUAGE.fullmatch(language):
        raise Invalid("language-wrong", field="answer_translations", language=language[:40])
    first, *parts = language.lower().split("-")
    return "-".join([first, *(part.title() if len(part) == 4 else part.upper() for part in parts)])


def arrived(said: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Those of a board that comes from another server: language and text. Raises `Invalid`."""
    return _merged({}, dict(said), "there is one")


def touched(was: Mapping[str, str], now: Mapping[str, str]) -> str:
    """For the audit trail: the languages that differ. Their texts stand with the answer."""
    return ", ".join(sorted(language for language in {*was, *now} if was.get(language) != now.get(language)))


def lines(post: Post) -> str:
    """For one cell of a table: a line for each language."""
    return "\n".join(f"{language}: {text}" for language, text in post.answer_translations.items())

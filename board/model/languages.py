"""Which language a reader gets: what the address says, what was chosen before, what the browser asks for. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from board.model.catalogue import Catalogue, accented, mirrored
from board.model.erased import marked

FALLBACK = "en"
# Names of pseudo-locales as elsewhere in the field (CLDR keeps XA and XB for private use).
ACCENTED, MIRRORED = "en-XA", "ar-XB"
RIGHT_TO_LEFT = {"ar", "fa", "he", "ps", "ur"}
MAX_HEADER_CHARACTERS = 200
MAX_ASKED = 10


class Languages:
    """All catalogues. `sources` has for each language its messages in the syntax of Fluent; `pseudo` adds two for tests."""

    def __init__(self, sources: Mapping[str, str], pseudo: bool = False) -> None:
        self.english = Catalogue(FALLBACK, sources[FALLBACK])
        self.catalogues = {FALLBACK: self.english}
        for language, source in sources.items():
            if language != FALLBACK:
                direction = "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"
                self.catalogues[language] = Catalogue(language, source, direction=direction, otherwise=self.english)
        if pseudo:
            for language, change, direction in ((ACCENTED, accented, "ltr"), (MIRRORED, mirrored, "rtl")):
                text = change(sources[FALLBACK])
                self.catalogues[language] = Catalogue(language, text, direction=direction, number_language=FALLBACK)

    def best(self, *wanted: str, accept_language: str = "") -> Catalogue:
        """The first of these tags that there is a catalogue for, else the best that `Accept-Language` names, else English."""
        for tag in [*wanted, *asked(accept_language)]:
            if found := self._named(tag):
                return found
        return self.english

    def known(self, tag: str) -> str:
        """The language of the catalogue that this tag leads to, or "" where it leads to none."""
        found = self._named(tag) if tag else None
        return found.language if found else ""

    def somebody(self, languages: Sequence[str]) -> str:
        """What is stored in the place of the name of somebody who was erased, on a board with these languages."""
        return marked(self.best(*languages).say("erased-person"))

    def _named(self, tag: str) -> Catalogue | None:
        """`fr-CA` gets `fr` where there is no other."""
        known = {language.lower(): catalogue for language, catalogue in self.catalogues.items()}
        parts = tag.lower().split("-")
        return next((known[name] for end in range(len(parts), 0, -1) if (name := "-".join(parts[:end])) in known), None)


def asked(accept_language: str) -> list[str]:
    """The tags of an `Accept-Language` header (RFC 9110, 12.5.4), the most wanted first; an unreadable weight counts as 0."""
    weighted: list[tuple[float, int, str]] = []
    for place, part in enumerate(accept_language[:MAX_HEADER_CHARACTERS].split(",")[:MAX_ASKED]):
        tag, _, parameter = part.strip().partition(";")
        weight = _weight(parameter)
        if tag and weight > 0:
            weighted.append((-weight, place, tag.strip()))
    return [tag for _, _, tag in sorted(weighted)]


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if not parameter.strip():
        return 1.0
    try:
        return min(float(value), 1.0) if name.strip() == "q" and value.isascii() else 0.0
    except ValueError:
        return 0.0

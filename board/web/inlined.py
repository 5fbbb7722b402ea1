"""Style sheets and letters inside a page, so that it is whole without a server: as a file, years later."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import lru_cache

from markupsafe import Markup

from board.web import assets
from board.web.minifying import Minifier

_FACE = re.compile(r"@font-face\s*\{.*?\}", re.DOTALL)
_RANGE = re.compile(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?")
_FILE = re.compile(r'url\("\.\./fonts/([\w-]+\.woff2)"\)')
LETTERS = "@letters@"
"""Where a template wants the fonts of its page."""


@lru_cache(maxsize=8)
def style(*files: str) -> Markup:
    """Our own style sheets as text for a page that is whole without a server."""
    minifier = Minifier()
    sheets = (assets.with_imports(assets.STATIC / "css" / file) for file in files)
    return Markup("".join(minifier.style(sheet) for sheet in sheets))  # noqa: S704 (our own files)


def whole(html: str) -> str:
    """The page with its fonts in it. The mark stands in the head, before anything that people wrote."""
    return html.replace(LETTERS, letters(html), 1)


def letters(text: str) -> Markup:
    """The fonts that this text needs, inside the page, so that a script that a computer does not know is read in ten years."""
    points = {ord(character) for character in set(text)}
    faces = [face for face, ranges in _faces() if not ranges or any(a <= point <= b for a, b in ranges for point in points)]
    return Markup("".join(_inside(face) for face in faces))  # noqa: S704 (our own files)


@lru_cache(maxsize=1)
def _faces() -> list[tuple[str, tuple[tuple[int, int], ...]]]:
    sheet = (assets.STATIC / "css" / "fonts.css").read_text(encoding="utf-8")
    return [(face, tuple((int(a, 16), int(b or a, 16)) for a, b in _RANGE.findall(face))) for face in _FACE.findall(sheet)]


@lru_cache(maxsize=64)
def _inside(face: str) -> str:
    def data(found: re.Match[str]) -> str:
        font = b64encode((assets.STATIC / "fonts" / found[1]).read_bytes()).decode()
        return f'url("data:font/woff2;base64,{font}")'

    return _FILE.sub(data, face)

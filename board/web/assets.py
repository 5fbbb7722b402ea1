"""Templates and static files: in the repository at the top level, in an installed package inside it."""

from __future__ import annotations

import asyncio
import hashlib
import mimetypes
import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from starlette.responses import Response

from board.model.catalogue import Catalogue
from board.process.locales import LOCALES
from board.web.bundle import bundled, with_words
from board.web.minifying import Minifier
from board.web.reading import takes_gzip

_PACKAGE = Path(__file__).parents[1]
_ROOT = _PACKAGE / "_assets" if (_PACKAGE / "_assets").is_dir() else _PACKAGE.parent
TEMPLATES = _ROOT / "templates"
STATIC = _ROOT / "static"

mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("text/javascript", ".js")

# A file's address holds the version, so it never changes under its address.
_FOR_EVER = "public, max-age=31536000, immutable"
_IMPORT = re.compile(r'^@import "([\w-]+\.css)";\n', re.MULTILINE)  # as our own style sheets write it
_COMPRESSED = ("text/", "application/json", "image/svg")


@lru_cache
def version() -> str:
    """Changes whenever any static file or any text of a catalogue does."""
    sums = hashlib.sha256()
    for folder in (STATIC, LOCALES):
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            sums.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return sums.hexdigest()[:12]


def url(path: str) -> str:
    return f"/static/{version()}/{path}"


def script_url(path: str, language: str) -> str:
    """The address of a script with its texts in this language."""
    return f"{url(path)}?lang={language}"


class Made(NamedTuple):
    """A file as it is sent. `compressed` is None where that would not help."""

    plain: bytes
    compressed: bytes | None
    media_type: str


class Files:
    """The static files, each made when it is first asked for: once, and beside the event loop."""

    def __init__(self, minifier: Minifier | None = None) -> None:
        self._minifier = minifier or Minifier()
        self._making: dict[tuple[Path, str], asyncio.Future[Made]] = {}

    async def response(self, path: str, accept_encoding: str, catalogue: Catalogue) -> Response | None:
        """The static file at this path, compressed where that helps; a script with its words. None: no such file."""
        file = _existing(path)
        if file is None:
            return None
        plain, compressed, media_type = await self._made(file, catalogue if file.suffix == ".js" else None)
        headers = {"Cache-Control": _FOR_EVER, "Vary": "Accept-Encoding"}
        if compressed is not None and takes_gzip(accept_encoding):
            return Response(compressed, media_type=media_type, headers=headers | {"Content-Encoding": "gzip"})
        return Response(plain, media_type=media_type, headers=headers)

    async def _made(self, file: Path, catalogue: Catalogue | None) -> Made:
        """Requests at the same time wait for one result; a client that goes away meanwhile does not cancel it for the
        others."""
        asked = file, catalogue.language if catalogue else ""
        making = self._making.get(asked)
        if making is None or (making.done() and (making.cancelled() or making.exception())):
            making = self._making[asked] = asyncio.ensure_future(asyncio.to_thread(self._make, file, catalogue))
        return await asyncio.shield(making)

    def _make(self, file: Path, catalogue: Catalogue | None) -> Made:
        media_type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        plain = self._read(file, catalogue)
        compress = media_type.startswith(_COMPRESSED) and len(plain) > 200
        return Made(plain, self._minifier.compressed(plain) if compress else None, media_type)

    def _read(self, file: Path, catalogue: Catalogue | None) -> bytes:
        if catalogue is not None:
            bundle = bundled(file)
            return (bundle.theirs + self._minifier.script(with_words(bundle.ours, catalogue))).encode()
        if file.suffix == ".css":
            return self._minifier.style(with_imports(file)).encode()
        return file.read_bytes()


def with_imports(style: Path) -> str:
    """A style sheet with those of its folder that it imports: two that are compressed as one are a tenth smaller."""
    return _IMPORT.sub(lambda line: (style.parent / line[1]).read_text(encoding="utf-8"), style.read_text(encoding="utf-8"))


@lru_cache(maxsize=512)
def _existing(path: str) -> Path | None:
    try:
        file = (STATIC / path).resolve()
        return file if file.is_relative_to(STATIC.resolve()) and file.is_file() else None
    except (ValueError, OSError):  # U+0000, or longer than any name can be
        return None

"""Templates and static files: in the repository at the top level, in an installed package inside it."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from functools import lru_cache
from pathlib import Path

from starlette.responses import Response

from board.web.bundle import bundled, uncommented
from board.web.reading import takes_gzip

_PACKAGE = Path(__file__).parents[1]
_ROOT = _PACKAGE / "_assets" if (_PACKAGE / "_assets").is_dir() else _PACKAGE.parent
TEMPLATES = _ROOT / "templates"
STATIC = _ROOT / "static"

mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("text/javascript", ".js")

# A file's address holds the version, so it never changes under its address.
_FOR_EVER = "public, max-age=31536000, immutable"
_COMPRESSED = ("text/", "application/json", "image/svg")


@lru_cache
def version() -> str:
    """Changes whenever any static file does."""
    sums = hashlib.sha256()
    for path in sorted(path for path in STATIC.rglob("*") if path.is_file()):
        sums.update(path.relative_to(STATIC).as_posix().encode() + path.read_bytes())
    return sums.hexdigest()[:12]


def url(path: str) -> str:
    return f"/static/{version()}/{path}"


def response(path: str, accept_encoding: str) -> Response | None:
    """The static file at this path, compressed where that helps. None: no such file."""
    found = _file(path)
    if found is None:
        return None
    plain, compressed, media_type = found
    headers = {"Cache-Control": _FOR_EVER, "Vary": "Accept-Encoding"}
    if compressed is not None and takes_gzip(accept_encoding):
        return Response(compressed, media_type=media_type, headers=headers | {"Content-Encoding": "gzip"})
    return Response(plain, media_type=media_type, headers=headers)


@lru_cache(maxsize=512)
def _file(path: str) -> tuple[bytes, bytes | None, str] | None:
    try:
        file = (STATIC / path).resolve()
        if not file.is_relative_to(STATIC.resolve()) or not file.is_file():
            return None
    except (ValueError, OSError):  # U+0000, or longer than any name can be
        return None
    media_type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    plain = _read(file)
    compress = media_type.startswith(_COMPRESSED) and len(plain) > 500
    return plain, gzip.compress(plain, 9, mtime=0) if compress else None, media_type


def _read(file: Path) -> bytes:
    if file.suffix == ".js":
        return bundled(file).encode()
    if file.suffix == ".css":
        return uncommented(file.read_text(encoding="utf-8")).encode()
    return file.read_bytes()

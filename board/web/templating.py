"""Pages from templates: the words of their reader, a nonce for their scripts, QR codes. All values are escaped."""

from __future__ import annotations

import gzip
import secrets
from collections.abc import Sequence
from functools import lru_cache, partial
from itertools import groupby
from typing import NamedTuple

import jinja2
import segno
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import Response

from board.model.catalogue import Catalogue
from board.model.erased import called
from board.model.models import Recipient
from board.model.text import language_of, tall
from board.web import assets
from board.web.context import context_of
from board.web.dates import language_name
from board.web.page_limits import limits_of
from board.web.reading import in_language, takes_gzip

COMPRESSED = frozenset({"join.html", "phone.html", "screen.html", "picture.html", "moderate.html", "answers.html"})
"""What everybody loads. A secret and what somebody typed may not stand in one compressed page: its length would reveal
the secret, a letter at a time (BREACH). No secret stands in these. Badges and printed sheets hold some, so they are left
out."""
PAGE_GZIP_LEVEL = 6
QR_CODES_KEPT = 64
ANY_MASK = 3


def page(request: Request, template: str, status_code: int = 200, **values: object) -> Response:
    """The template with these values, in the language of the reader."""
    html, headers = drawn(request, template, **values).encode(), dict[str, str]()
    if template in COMPRESSED:
        headers["Vary"] = "Accept-Encoding"
        if takes_gzip(request.headers.get("accept-encoding", "")):
            html = gzip.compress(html, PAGE_GZIP_LEVEL, mtime=0)
            headers["Content-Encoding"] = "gzip"
    return Response(html, status_code, headers, media_type="text/html")


def drawn(request: Request, template: str, **values: object) -> str:
    """The text of a page. One that is long is made beside the event loop (`asyncio.to_thread`)."""
    request.state.nonce = secrets.token_urlsafe(16)  # names this page's scripts to the browser
    context = context_of(request)
    lang = context.language_asked(request)
    ways = {"lang": lang, "way": partial(in_language, tag=lang)}
    return filled(template, context.catalogue(request), nonce=request.state.nonce, **ways | values)


def filled(template: str, catalogue: Catalogue, **values: object) -> str:
    """The same for no request in particular, as for a file. `nonce` is empty there: nothing names a script to anybody. `way`
    gives the address of another page for this reader: it asks for the language that the address of this page asks for."""
    values = {
        "nonce": "",
        "way": str,
        "language": catalogue.language,
        "direction": catalogue.direction,
        "say": catalogue.say,
        "called": partial(_called, word=catalogue.say("erased-person")),
        "called_all": partial(_called_all, word=catalogue.say("erased-person")),
        "limits": limits_of(template),
        "script": partial(assets.script_url, language=catalogue.language),
        **values,
    }
    return _environment.get_template(template).render(values)


def _called(name: str | None, word: str) -> str:
    return called(name or "", word)


def _called_all(to: Sequence[Recipient], word: str) -> str:
    return ", ".join(called(one.name, word) for one in to)


class Dots(NamedTuple):
    """A QR code without its margin: how many dots it has on a side, and the dark ones as an SVG path."""

    size: int
    path: str


def qr_dots(address: str, mask: int | None = None) -> Dots:
    rows = [list(row) for row in segno.make(address, error="m", micro=False, mask=mask).matrix]
    return Dots(len(rows), "".join(f"M{x} {y}h{width}v1h-{width}z" for y, row in enumerate(rows) for x, width in _runs(row)))


@lru_cache(maxsize=QR_CODES_KEPT)
def qr(address: str, label: str) -> Markup:
    """As an SVG path in `currentColor`, no background, sized by the page's style sheet. Kept: many pages show the same one."""
    return _qr(address, label, None)


def qr_of_many(address: str, label: str) -> Markup:
    """One of two hundred on a page. The mask is always the same: looking for the best of eight takes ten times as long, and
    every reader reads all of them."""
    return _qr(address, label, ANY_MASK)


def _qr(address: str, label: str, mask: int | None) -> Markup:
    size, dots = qr_dots(address, mask)
    return Markup(  # noqa: S704 (numbers only)
        f'<svg class="qr" viewBox="0 0 {size} {size}" shape-rendering="crispEdges" role="img" aria-label="{escape(label)}">'
        f'<path fill="currentColor" d="{dots}"/></svg>'
    )


def _runs(row: Sequence[int]) -> list[tuple[int, int]]:
    """Where dark dots begin that lie side by side, and how many they are: two hundred badges are one page."""
    found, x = list[tuple[int, int]](), 0
    for dark, dots in groupby(row):
        width = len(list(dots))
        if dark:
            found.append((x, width))
        x += width
    return found


_environment = jinja2.Environment(
    loader=jinja2.FileSystemLoader(assets.TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined
)
_environment.globals |= {"asset": assets.url, "qr": qr, "qr_of_many": qr_of_many, "tall": tall, "language_of": language_of}
_environment.globals["language_name"] = language_name


def compile_all() -> None:
    """All templates, before anybody asks for a page: each takes up to 40 ms of the event loop the first time."""
    for name in _environment.list_templates():
        _environment.get_template(name)

"""HTML pages, staff links, and what operators ask for: health, readiness, metrics."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from enum import StrEnum
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from board import __version__
from board.actions.hosts import find_host
from board.actions.staff_links import find_link
from board.data import logos
from board.model.models import Board, BoardError, Forbidden, Link, NotFound, Role
from board.model.showing import find_screen
from board.model.text import beginning
from board.model.views import board_view, logo_address
from board.web import assets, metrics
from board.web.api.hosts import maker_of
from board.web.context import Context, context_of
from board.web.reading import keeping_language, language_asked, room_asked, with_query
from board.web.templating import page, qr_dots


class Framing(StrEnum):
    """Which pages may stand within which: pictures of large screens within pages of staff, nothing else."""

    NONE = "frame-ancestors 'none'"
    AROUND = "frame-src 'self'; frame-ancestors 'none'"
    WITHIN = "frame-ancestors 'self'"


_PAGE_OF = {
    Role.MODERATOR: "/moderate",
    Role.ORGANISER: "/organise",
    Role.SCREEN: "/screen",
    Role.KIOSK: "/kiosk",
    Role.STAGE: "/stage",
}
# What the gallery shows, each with the style sheets of its page.
_GALLERY = {"phone": ("phone.css", "later.css"), "screen": ("screen.css",), "desk": ("moderate.css",)}
SHORT_NAME_GRAPHEMES = 12
_TYPED = re.compile(r"/(?:b/)?(?P<code>[^/]+?)(?P<page>/(?:screen|stage|moderate|organise|recap|answers|who))?/*")


async def home(request: Request) -> Response:
    """Join by code."""
    typed = request.query_params.get("code", "").strip()
    language = language_asked(request.query_params)
    if not typed:
        return page(request, "join.html", error="", code="", lang=language, config={})
    meant = await context_of(request).meant_code(request, typed)
    if meant is not None:
        return onward(request, f"/b/{meant}")
    try:  # the same refusal as for the address of a board, and the same answer to somebody who guesses
        request.path_params["code"] = typed
        code = await context_of(request).board_id(request)
    except NotFound as error:
        refusal = context_of(request).catalogue(request).refusal(error)
        return page(request, "join.html", 404, error=refusal, code=typed[:20], lang=language, config={})
    return onward(request, f"/b/{code}")


def onward(request: Request, path: str, **own: str) -> RedirectResponse:
    """A redirect to another page of this server that keeps the query: a page opened with `?lang=` stays in its language."""
    return RedirectResponse(with_query(path, request.query_params, **own), 303)


async def elsewhere(request: Request) -> Response | None:
    """One redirect to the board whose code was typed in another form: /LAB-23, /lab 23, /b/LAB23/, /LAB-23."""
    found = _TYPED.fullmatch(request.url.path) if request.method in ("GET", "HEAD") else None
    if found is None:
        return None
    try:
        code = await context_of(request).meant_code(request, unquote(found["code"]))
    except BoardError:
        return None
    address = f"/b/{code}{found['page'] or ''}"
    return onward(request, address) if code and address != request.url.path else None


async def new(request: Request) -> Response:
    """The page for a new board, for hosts."""
    context = context_of(request)
    await maker_of(context, request)
    context.give_cookie(request)
    return page(request, "new.html", config={"api": "/api/boards", "lang": keeping_language("", request.query_params)})


async def phone(request: Request) -> Response:
    context = context_of(request)
    feed = (await context.channel(request)).feed
    glance = Markup(feed.glance().decode())  # noqa: S704 (JSON, escaped)
    return _board_page(context, request, feed.board, "phone.html", glance=glance)


async def manifest(request: Request) -> Response:
    """So that a phone can keep the board beside its other applications."""
    _, board = await _board(request)
    icons = [
        {"src": assets.url("img/icon.svg"), "sizes": "any", "type": "image/svg+xml"},
        {"src": assets.url("img/icon-192.png"), "sizes": "192x192", "type": "image/png"},
        {"src": assets.url("img/icon-512.png"), "sizes": "512x512", "type": "image/png"},
        {"src": assets.url("img/icon-maskable.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
    ]
    address = f"/b/{board.code}"
    contents = {
        "id": address,
        "start_url": address,
        "scope": address,
        "name": board.title,
        "short_name": beginning(board.title, SHORT_NAME_GRAPHEMES),
    }
    look = {"display": "standalone", "background_color": "#14163a", "theme_color": "#14163a", "icons": icons}
    return JSONResponse(contents | look, media_type="application/manifest+json")


async def logo(request: Request) -> Response:
    """The picture of a board. Its address has its digest: another picture has another one."""
    context, board = await _board(request)
    found = await context.store.read(lambda connection: logos.find(connection, board.id, request.path_params["digest"]))
    if found is None:
        raise NotFound("file-unknown")
    media_type, content = found
    headers = {"Cache-Control": "private, max-age=31536000, immutable"}
    headers["Content-Security-Policy"] = "default-src 'none'; sandbox"  # should it be more than a picture, it may do nothing
    return Response(content, media_type=media_type, headers=headers)


async def screen(request: Request) -> Response:
    context, board = await _board(request)
    found = context.access.at_screen(request, board)
    if found is None:
        raise Forbidden("screen-needs-link")
    actor, shown = found
    own = {"id": shown.id, "name": shown.name, "room": shown.room, "several": len(board.screens) > 1}
    return _board_page(context, request, board, "screen.html", name=actor.name, screen=own)


async def picture(request: Request) -> Response:
    """A large screen as a small picture within a page of staff; that page hands over what is shown."""
    context, board = await _board(request)
    if context.access.actor(request, board, Role.MODERATOR) is None:
        raise Forbidden("desk-needs-link")
    request.state.framing = Framing.WITHIN
    return _board_page(context, request, board, "picture.html")


async def stage(request: Request) -> Response:
    """The stage page: for the speaker, in the room that the address names."""
    context, board = await _board(request)
    actor = context.access.actor(request, board, Role.STAGE)
    if actor is None:
        raise Forbidden("stage-needs-link")
    return _board_page(context, request, board, "stage.html", name=actor.name, room=room_asked(request))


async def moderate(request: Request) -> Response:
    context, board = await _board(request)
    actor = context.access.actor(request, board, Role.MODERATOR)
    if actor is None:
        raise Forbidden("desk-needs-link")
    request.state.framing = Framing.AROUND
    address = f"/b/{board.code}"
    pages = {"phone": address, "screen": f"{address}/screen", "picture": f"{address}/picture"}
    return _board_page(context, request, board, "moderate.html", name=actor.name, links=_ways(request, pages))


async def kiosk(request: Request) -> Response:
    """The page of a shared tablet: each person writes there, and it forgets after each post."""
    context, board = await _board(request)
    actor = context.access.at_kiosk(request, board)
    if actor is None:
        raise Forbidden("kiosk-needs-link")
    return _board_page(context, request, board, "kiosk.html", name=actor.name)


async def organise(request: Request) -> Response:
    context, board = await _board(request)
    actor = context.access.actor(request, board, Role.ORGANISER)
    if actor is None:
        raise Forbidden("organiser-needs-link")
    request.state.framing = Framing.AROUND
    address = f"/b/{board.code}"
    pages = {"phone": address, "desk": f"{address}/moderate", "screen": f"{address}/screen", "picture": f"{address}/picture"}
    pages |= {"recap": f"{address}/recap", "who": f"{address}/who", "keepsakes": f"{address}/keepsakes.csv"}
    server = context.access.shown_url(request)
    shown = {"host": urlsplit(server).netloc, "sign": assets.url("img/icon.svg"), "qr": qr_dots(server + address)._asdict()}
    ways = _ways(request, pages) | {"print": f"{address}/print"}
    more: dict[str, Any] = {"name": actor.name, "links": ways, "lang": keeping_language("", request.query_params)} | shown
    return _board_page(context, request, board, "organise.html", **more)


def _ways(request: Request, pages: Mapping[str, str]) -> dict[str, str]:
    """The links of a page of staff to other pages: they keep the language that this page was opened in with `?lang=`."""
    return {name: keeping_language(address, request.query_params) for name, address in pages.items()}


async def staff_link(request: Request) -> Response:
    """Exchanges the token for a cookie and redirects to the page; the token leaves the address bar."""
    context, token = context_of(request), request.path_params["token"]
    found = await context.store.read(lambda connection: find_link(connection, token))
    if found is None:
        return await _host_link(request, token)
    board_id, link = found
    if link.role not in _PAGE_OF:  # made by a later version
        raise NotFound("link-of-later-version")
    channel = await context.hub.open(board_id)
    if find_screen(channel.feed.board, link.screen) is None:  # made a moment ago by another process
        await context.hub.checked(board_id)
        channel = await context.hub.open(board_id)
    board = channel.feed.board
    response = onward(request, f"/b/{board.code}{_PAGE_OF[link.role]}", **_which(board, link))
    context.access.set_staff(request, response, board, link)
    context.give_cookie(request)
    return response


def _which(board: Board, link: Link) -> dict[str, str]:
    """Where a board has several screens, the address of their page says which one it is."""
    screen = find_screen(board, link.screen) if link.role is Role.SCREEN and len(board.screens) > 1 else None
    return {"screen": screen.id} if screen else {}


async def _host_link(request: Request, token: str) -> Response:
    context = context_of(request)
    host = await context.store.read(lambda connection: find_host(connection, token))
    if host is None:
        raise NotFound("link-unknown")
    response = onward(request, "/new")
    context.access.set_host(request, response, host)
    context.give_cookie(request)
    return response


async def static(request: Request) -> Response:
    """An old page may ask for an old version's file: it gets today's, not to be kept under that name."""
    context = context_of(request)
    catalogue = context.languages.best(language_asked(request.query_params))
    found = await context.files.response(request.path_params["path"], request.headers.get("accept-encoding", ""), catalogue)
    if found is None:
        raise NotFound("file-unknown")
    if request.path_params["version"] != assets.version():
        found.headers["Cache-Control"] = "no-cache"
    return found


async def icon(request: Request) -> Response:
    return RedirectResponse(assets.url("img/icon.svg"), 307)


async def gallery(request: Request) -> Response:
    """Every part of the pages in every state, for those who work on the look; there only where a setting says so."""
    part = request.path_params.get("part", "phone")
    if part not in _GALLERY:
        raise NotFound("gallery-unknown")
    asked = request.query_params.get("dir")
    direction = asked if asked in ("ltr", "rtl") else context_of(request).catalogue(request).direction
    return page(request, "gallery.html", part=part, parts=_GALLERY, styles=_GALLERY[part], direction=direction, config={})


async def healthz(request: Request) -> Response:
    return JSONResponse({"status": "ok", "version": __version__})


async def readyz(request: Request) -> Response:
    """Whether the database and the bus answer, and which endless task died lately. Without the bus the board goes on: that is
    reported as degraded, not as a failure."""
    context = context_of(request)
    found = await context.readiness.found()
    database, bus = found.database, "ok" if context.hub.bus.healthy else "down"
    ill = context.supervisor.ill
    status = (
        "down" if database == "down" else "degraded" if ill or (database, bus, found.has_room) != ("ok", "ok", True) else "ok"
    )
    body: dict[str, Any] = {"status": status, "database": database, "bus": bus}
    if found.reads and not found.writes:
        body["writes"] = "down"
    if not found.has_room:
        body["disk"] = "full"
    if ill:
        body["tasks"] = ill
    return JSONResponse(body, 503 if database == "down" else 200)


async def prometheus(request: Request) -> Response:
    context = context_of(request)
    if not context.access.may_watch(request):
        raise Forbidden("metrics-not-allowed")
    body, media_type = metrics.exposition(context.hub.counts, context.hub.bus.healthy)
    return Response(body, headers={"Content-Type": media_type})


_PAGES: list[tuple[str, Callable[[Request], Awaitable[Response]]]] = [
    ("/", home),
    ("/new", new),
    ("/b/{code}", phone),
    ("/b/{code}/manifest.webmanifest", manifest),
    ("/b/{code}/logo/{digest}", logo),
    ("/b/{code}/screen", screen),
    ("/b/{code}/picture", picture),
    ("/b/{code}/stage", stage),
    ("/b/{code}/moderate", moderate),
    ("/b/{code}/organise", organise),
    ("/b/{code}/kiosk", kiosk),
    ("/l/{token}", staff_link),
    ("/static/{version}/{path:path}", static),
    ("/favicon.ico", icon),
    ("/healthz", healthz),
    ("/readyz", readyz),
    ("/metrics", prometheus),
]
routes = [Route(path, endpoint, methods=["GET"]) for path, endpoint in _PAGES]
gallery_routes = [Route(path, gallery, methods=["GET"]) for path in ("/gallery", "/gallery/{part}")]


def problem_page(request: Request, error: BoardError) -> Response:
    catalogue = context_of(request).catalogue(request)
    title, detail = catalogue.headline(error), catalogue.refusal(error)
    # A page of this very board that needs another link: the way to the page that is for everybody.
    code = request.path_params.get("code") if isinstance(error, Forbidden) else None
    words = {"title": title, "detail": detail, "board_path": f"/b/{quote(code)}" if code else ""}
    found = page(request, "problem.html", error.status, status=error.status, config={}, **words)
    if error.retry_after:
        found.headers["Retry-After"] = str(max(1, round(error.retry_after)))
    return found


def _board_page(
    context: Context, request: Request, board: Board, template: str, glance: Markup | None = None, **more: object
) -> Response:
    join_url = f"{context.access.shown_url(request)}/b/{board.code}"
    view = board_view(board)
    config = {
        "code": board.code,
        "title": board.title,
        "api": f"/api/b/{board.code}",
        "join_url": join_url,
        "names": board.names,
        "lease": board.lease_seconds,
        "server": assets.version(),
        **more,
    }
    parts = urlsplit(join_url)
    values: dict[str, Any] = {
        "board": view,
        "logo": logo_address(board),
        "rehearsal": board.rehearsal_of is not None,
        "config": config,
        "join_url": join_url,
        "join_host": parts.netloc,
        "glance": glance,
    }
    context.give_cookie(request)
    return page(request, template, **values)


async def _board(request: Request) -> tuple[Context, Board]:
    context = context_of(request)
    return context, (await context.channel(request)).feed.board

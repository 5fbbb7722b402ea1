"""The only place where things are put together."""

from __future__ import annotations

import gc
import importlib
import logging
import math
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Match, WebSocketRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from board.data.known import Known
from board.data.readiness import Readiness
from board.data.rosters import Rosters
from board.data.store import Store
from board.live.bus import Bus, LocalBus, RedisBus
from board.live.hub import Hub
from board.live.presence import SOCKETS_OF_A_PHONE
from board.model import messages, views
from board.model.languages import Languages
from board.model.models import BoardError, NotFound, TooLarge, WrongMethod
from board.process import locales
from board.process.clock import Clock
from board.process.settings import Settings, load
from board.process.supervisor import Supervisor
from board.server.watchdog import Watchdog
from board.transfer.imports.kept import Imports
from board.web import answers, assets, badges, keepsakes, metrics, pages, printing, privacy, recap, tasks, templating, who
from board.web.access import Access
from board.web.api import routes
from board.web.assets import Files
from board.web.context import Context, context_of
from board.web.exporting import Exporting
from board.web.gathering import Afterwards
from board.web.limits import Limiter, Limits
from board.web.sockets import live
from board.web.uses import Uses

log = logging.getLogger(__name__)


SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), screen-wake-lock=(self), fullscreen=(self)",
}
_SECURITY_HEADERS_RAW = [(name.lower().encode(), value.encode()) for name, value in SECURITY_HEADERS.items()]
# Scripts are those that the page itself names, and what they import; styles are files of this server; nothing inline, nothing
# from other servers, no strings turned into markup. `'self'` is for browsers that do not know 'strict-dynamic', which the
# others heed.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'nonce-{nonce}' 'strict-dynamic' 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self' {socket}",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "{framing}",
        "require-trusted-types-for 'script'",
        "trusted-types lit-html",
    )
)

_PAGES = [*answers.routes, *badges.routes, *printing.routes, *privacy.routes, *keepsakes.routes, *recap.routes, *who.routes]


def from_environment() -> Starlette:
    """For `uvicorn --factory`: a process of its own."""
    warm_up()
    collect_seldom()
    return create_app(load())


def warm_up() -> None:
    """What would otherwise be made on the event loop for the first reader, while all others wait: some 0.2 s in all."""
    assets.version()
    templating.compile_all()
    with suppress(
        ImportError
    ):  # a private name of anyio (tested: 4.16), by which starlette streams; without it the first waits
        importlib.import_module("anyio._backends._asyncio")


def collect_seldom() -> None:
    """What is loaded by now stays for ever, and connections stay long: a look for cycles through all of it, every few hundred
    objects, would cost a fifth of each connection and hold up frames."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def create_app(settings: Settings, clock: Clock | None = None) -> Starlette:
    """`clock`: for tests that move it."""
    clock = clock or Clock()
    store = Store(settings.database_url, clock)
    supervisor = Supervisor()
    bus: Bus = RedisBus(settings.redis_url, settings.secret_key, supervisor) if settings.redis_url else LocalBus()
    hub = Hub(store, bus, sockets_of_a_phone=SOCKETS_OF_A_PHONE if settings.limits else None, supervisor=supervisor)
    uses = Uses(clock.steady, store.now)
    limits = Limits(Limiter(settings.limits, clock.steady))
    context = Context(
        settings,
        store,
        hub,
        Access(settings, clock, uses.note),
        limits,
        clock,
        supervisor,
        Readiness(store),
        Files(),
        Known(store),
        Rosters(store, clock.steady),
        Languages(locales.read(), settings.pseudo_locales),
        Imports(store),
        Afterwards(store),
        Exporting(),
    )

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        store.migrate()
        store.start()
        store.listeners.append(hub.committed)
        hub.on_roster = context.forget_people
        await hub.start()
        tasks.run(context, uses)
        watchdog = Watchdog()
        try:
            yield
        finally:
            watchdog.stop()
            await tasks.stop(context)
            await hub.stop()
            await store.stop()
            await supervisor.stop()

    shown = [*pages.routes, *(pages.gallery_routes if settings.gallery else [])]
    app = Board(
        routes=[WebSocketRoute("/api/b/{code}/live", live), *routes.routes, *_PAGES, *shown],
        exception_handlers={
            BoardError: _refused,
            HTTPException: _refused_by_router,
            ClientDisconnect: _gone,
            Exception: _failed,
        },
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    app.state.context = context
    return app


class Board(Starlette):
    """The application, with `Edge` around everything: answers to failures pass through it, too."""

    def build_middleware_stack(self) -> ASGIApp:
        return Edge(super().build_middleware_stack())


class Edge:
    """Adds to every answer: security headers, a cookie for a new device; and counts it in the metrics."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and (refusal := _refused_host(WebSocket(scope, receive, send))) is not None:
            await WebSocket(scope, receive, send).send_denial_response(refusal)
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        request = Request(scope)
        app = _refused_host(request) or self._app

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                _add_headers(request, headers)
                method = request.method if request.method in ("GET", "POST", "PUT", "PATCH", "DELETE") else "other"
                metrics.requests.labels(method, str(message["status"])).inc()
                metrics.seconds.labels(method).observe(time.perf_counter() - began)
            await send(message)

        await app(scope, receive, send_with_headers)


# It is written into pages and headers, as part of the board's address.
_HOST = re.compile(r"[A-Za-z0-9._~-]*(:[0-9]*)?|\[[0-9A-Fa-f:.]+\](:[0-9]*)?")
_NO_HOST = PlainTextResponse("This request has no usable Host header.", 400)
_ANOTHER_HOST = PlainTextResponse("This server does not answer under this name. Please check the address.", 421)


def _refused_host(connection: HTTPConnection) -> Response | None:
    given = connection.headers.getlist("host")
    if not given and connection.scope.get("http_version") == "1.1":  # RFC 9112, 3.2
        return _NO_HOST
    if given and not (len(given) == 1 and _HOST.fullmatch(given[0])):
        return _NO_HOST
    return None if context_of(connection).access.answers_to(connection) else _ANOTHER_HOST


def _add_headers(request: Request, headers: MutableHeaders) -> None:
    access = context_of(request).access
    headers.raw.extend(_SECURITY_HEADERS_RAW)
    headers.setdefault("Cache-Control", "no-store")
    if headers.get("content-type", "").startswith("text/html") and "Content-Security-Policy" not in headers:
        socket = access.base_url(request).replace("http", "ws", 1)
        framing = getattr(request.state, "framing", pages.Framing.NONE)
        policy = CONTENT_SECURITY_POLICY.format(socket=socket, nonce=request.state.nonce, framing=framing)
        headers["Content-Security-Policy"] = policy
    if access.secure(request):
        headers["Cross-Origin-Opener-Policy"] = "same-origin"  # over plain http browsers ignore it, with a complaint
        headers["Strict-Transport-Security"] = "max-age=31536000"
    if (device := getattr(request.state, "new_device", None)) is not None:
        cookie = Response()
        access.set_device(request, cookie, device)
        headers.append("Set-Cookie", cookie.headers["set-cookie"])


async def _refused(request: Request, error: Exception) -> Response:
    """A refusal: as a problem to programs, as a page to people."""
    assert isinstance(error, BoardError)
    if not request.url.path.startswith("/api/"):
        found = await pages.elsewhere(request) if isinstance(error, NotFound) else None
        return found or pages.problem_page(request, error)
    headers = {}
    if error.retry_after is not None:
        headers["Retry-After"] = str(math.ceil(error.retry_after))
    body = views.encode(messages.problem(error, context_of(request).catalogue(request)))
    return Response(body, error.status, headers, media_type="application/problem+json")


async def _refused_by_router(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 413:
        return await _refused(request, TooLarge("request-much-too-large"))
    if error.status_code == 404 and (found := await pages.elsewhere(request)) is not None:
        return found
    refusal = NotFound("page-unknown")
    if error.status_code == 405:
        refusal = WrongMethod("method-unknown")
    response = await _refused(request, refusal)
    response.headers.update(error.headers or {})
    if error.status_code == 405:  # the router names the methods of one route alone; an address has several
        routes = [route for route in request.app.routes if route.matches(request.scope)[0] is not Match.NONE]
        response.headers["Allow"] = ", ".join(sorted({method for route in routes for method in route.methods}))
    return response


async def _gone(request: Request, error: Exception) -> Response:
    """The client closed the connection in the middle of its request: no answer can be sent, and no fault is logged."""
    return Response(status_code=400)


async def _failed(request: Request, error: Exception) -> Response:
    """Answers a request that failed by a fault of ours: people get a sentence, Starlette logs the traceback."""
    return await _refused(request, BoardError("server-failed"))

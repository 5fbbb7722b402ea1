"""Identity and permissions: device and staff cookies, links, Origin."""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol
from urllib.parse import urlsplit

from itsdangerous import BadSignature, Signer
from starlette.requests import HTTPConnection
from starlette.responses import Response

from board.model.models import Actor, Board, Forbidden, Link, NoCookie, NotFound, Role
from board.model.organising import Host
from board.model.roles import allowed_by
from board.model.showing import LargeScreen, find_screen, is_screen_id
from board.process.clock import Clock
from board.process.settings import Settings
from board.web import reach
from board.web.limits import Phone
from board.web.reading import network, origin

log = logging.getLogger(__name__)
# The most wrong Origins that are logged: strangers can send as many different ones as they like.
MAX_WARNED = 100
DEVICE_COOKIE = "bb-device"
STAFF_COOKIE = "bb-staff"
HOST_COOKIE = "bb-host"
# All cookies are signed alike. What names a host begins with what no other value begins with.
HOST_VALUE = "host."
COOKIE_SECONDS = 60 * 24 * 3600
# Workers' clocks differ by no more than this.
AHEAD_SECONDS = 60
# The role that may do least first.
RANK = {Role.KIOSK: -1, Role.SCREEN: 0, Role.STAGE: 1, Role.MODERATOR: 2, Role.ORGANISER: 3}
KIOSKS = (Role.KIOSK, Role.MODERATOR, Role.ORGANISER)
# Asked for by machines that know an address and no name.
OPERATORS_PAGES = ("/healthz", "/readyz", "/metrics")


class Asked(Protocol):
    """The part of a board that identifies a person: an open board, or the address of a write."""

    @property
    def id(self) -> int: ...
    @property
    def code(self) -> str: ...
    @property
    def links(self) -> Sequence[Link]: ...


class Access:
    """Signs and reads cookies with the one secret key."""

    def __init__(
        self, settings: Settings, clock: Clock | None = None, used: Callable[[int, str], object] | None = None
    ) -> None:
        """`used` hears the board's id and the link's, each time that somebody comes by a staff link."""
        self._settings, self._used = settings, used
        self._warned: set[str] = set()
        self._clock = clock or Clock()
        # Browsers give cookies to every port of a host: a rehearsal beside the live server must not take its names.
        self._ours = hmac.new(settings.secret_key.encode(), b"names of cookies", "sha256").hexdigest()[:8]
        self._signer = Signer(settings.secret_key, salt="brilliance-board-cookie", digest_method=hashlib.sha256)

    # -- participants ------------------------------------------------------------------------------------------

    def device(self, connection: HTTPConnection) -> str | None:
        """The device's id, if it brought a cookie that we signed."""
        return self._value(connection, DEVICE_COOKIE)

    def require_device(self, connection: HTTPConnection) -> str:
        """Raises `NoCookie` if no cookie came back: a browser that blocks cookies would be a new participant with each
        request."""
        device = self.device(connection)
        if device is None:
            raise NoCookie("cookies-blocked")
        return device

    def new_device(self, crowd: str = "") -> str:
        """An id with the time of its making and, for a phone of a crowd (see `limits`), the crowd's name."""
        made = f"{int(self._clock.now()):x}.{secrets.token_urlsafe(16)}"
        return f"{made}.{crowd}" if crowd else made

    def came_at(self, device: str) -> int:
        """When the device got its id, in seconds since 1970. 0: an older id, without a time."""
        made, dot, _ = device.partition(".")
        return int(made, 16) if dot else 0

    def phone(self, device: str, board: Asked) -> Phone:
        """The device as limits see it."""
        crowd, came_at = device.split(".")[2:], self.came_at(device)
        # From before the clock was set back and the server started again: so not new.
        age = self._clock.since(came_at) if came_at < self._clock.now() + AHEAD_SECONDS else float("inf")
        return Phone(self.participant(device, board), age, crowd[0] if crowd else "")

    def crowd(self, place: str) -> str:
        """A name for the phones that come from this address; it does not reveal the address."""
        return hmac.new(self._settings.secret_key.encode(), f"crowd\n{place}".encode(), "sha256").hexdigest()[:12]

    def has_old_name(self, connection: HTTPConnection, name: str = DEVICE_COOKIE) -> bool:
        """Whether the cookie has the name of older versions, which did not distinguish servers."""
        return self._unsigned(connection.cookies.get(self._cookie(connection, name))) is None

    def set_device(self, connection: HTTPConnection, response: Response, device: str) -> None:
        self._set_cookie(connection, response, DEVICE_COOKIE, device)

    def participant(self, device: str, board: Asked, *, anonymous: bool = False) -> str:
        """A device is a different participant on each board, and another one where it posts without a name: without the
        secret key nobody can find out that they belong together."""
        purpose = "anonymous" if anonymous else "named"
        key = self._settings.secret_key.encode()
        return hmac.new(key, f"{purpose}\n{board.id}\n{device}".encode(), "sha256").hexdigest()[:32]

    # -- staff -------------------------------------------------------------------------------------------------

    def set_staff(self, connection: HTTPConnection, response: Response, board: Board, link: Link) -> None:
        """One cookie for each role; of screens one more for each, so that two windows of one computer keep theirs."""
        name, value = f"{STAFF_COOKIE}-{board.code}-{link.role}", f"{board.id}.{link.id}"
        self._set_cookie(connection, response, name, value)
        screen = find_screen(board, link.screen) if link.role is Role.SCREEN else None
        if screen is not None:
            self._set_cookie(connection, response, f"{name}-{screen.id}", value)

    def actor(self, connection: HTTPConnection, board: Asked, role: Role) -> Actor | None:
        """The staff member, by a link that allows what `role` may do and was not taken back. None: there is no such link."""
        link = next((one for one in self._held(connection, board) if role in allowed_by(one.role)), None)
        return self._came_by(board, link) if link else None

    def at_kiosk(self, connection: HTTPConnection, board: Asked) -> Actor | None:
        """The actor at this kiosk: a tablet with its link, or a moderator who tries it out; never a large screen."""
        link = next((one for one in self._held(connection, board) if one.role in KIOSKS), None)
        return self._came_by(board, link) if link else None

    def _held(self, connection: HTTPConnection, board: Asked) -> Iterator[Link]:
        """The links of this board that the connection's cookies name and that hold, the role that may do least first."""
        for held, value in self._staff(connection, board):
            yield from (link for link in board.links if value == f"{board.id}.{link.id}" and link.role is held)

    def _came_by(self, board: Asked, link: Link) -> Actor:
        if self._used:
            self._used(board.id, link.id)
        return Actor(link.id, link.role, link.name)

    def at_screen(self, connection: HTTPConnection, board: Board) -> tuple[Actor, LargeScreen] | None:
        """The large screen that the address names (`screen`), and the staff member by whose link it opens. A screen's link
        opens its own alone, a moderator's any. Without a name in the address it is the one of the link that came last.
        Raises `NotFound` where a moderator names one that is not there."""
        wanted = connection.query_params.get("screen", "")
        for link in self._held(connection, board):
            if Role.SCREEN not in allowed_by(link.role):
                continue
            screen = find_screen(board, link.screen if link.role is Role.SCREEN else wanted or None)
            if screen is None and link.role is not Role.SCREEN:
                raise NotFound("screen-unknown")
            if screen is not None and wanted in ("", screen.id):
                return self._came_by(board, link), screen
        return None

    def require_screen(self, connection: HTTPConnection, board: Board) -> tuple[Actor, LargeScreen]:
        """As `at_screen`. Raises `Forbidden`."""
        found = self.at_screen(connection, board)
        if found is None:
            raise (Forbidden if connection.cookies else NoCookie)("role-needed", role=Role.SCREEN.value)
        return found

    def names_new_link(self, connection: HTTPConnection, board: Asked) -> bool:
        """Whether somebody came by a link of this board that we don't know: one made a moment ago by another process, or one
        that was taken back."""
        named = [value for _, value in self._staff(connection, board)]
        return bool(named) and not {f"{board.id}.{link.id}" for link in board.links}.issuperset(named)

    def named_links(self, connection: HTTPConnection, board: Asked) -> set[str]:
        """The ids of the links of this board that the connection's cookies name. They may have been taken back since."""
        named = (value.partition(".") for _, value in self._staff(connection, board))
        return {link_id for board_id, _, link_id in named if board_id == str(board.id)}

    def _staff(self, connection: HTTPConnection, board: Asked) -> list[tuple[Role, str]]:
        """What the connection's staff cookies for this board say, the role that may do least first, and before all the screen
        that the address names."""
        if not any(STAFF_COOKIE in name for name in connection.cookies):
            return []  # nearly everybody
        start, screen = f"{STAFF_COOKIE}-{board.code}", connection.query_params.get("screen", "")
        named = [(Role.SCREEN, f"{Role.SCREEN}-{screen}")] if is_screen_id(screen) else []
        names = [*named, *((role, str(role)) for role in sorted(RANK, key=lambda role: RANK[role]))]
        values = [(role, self._value(connection, f"{start}-{name}")) for role, name in names]
        return [(role, value) for role, value in values if value is not None]

    def require(self, connection: HTTPConnection, board: Asked, role: Role) -> Actor:
        actor = self.actor(connection, board, role)
        if actor is None:
            refusal = Forbidden if connection.cookies else NoCookie
            raise refusal("role-needed", role=role.value)
        return actor

    # -- hosts -------------------------------------------------------------------------------------------------

    def set_host(self, connection: HTTPConnection, response: Response, host: Host) -> None:
        self._set_cookie(connection, response, HOST_COOKIE, f"{HOST_VALUE}{host.id}")

    def host_id(self, connection: HTTPConnection) -> str | None:
        """The id of the host's link in this cookie. The link may have been taken back since."""
        value = self._value(connection, HOST_COOKIE) or ""
        return value.removeprefix(HOST_VALUE) if value.startswith(HOST_VALUE) else None

    # -- origin ------------------------------------------------------------------------------------------------

    def same_origin(self, connection: HTTPConnection) -> bool:
        """Whether a browser that says where its page came from came from here. Anything but a browser says nothing."""
        given = connection.headers.get("origin")
        expected = self.base_url(connection)
        if given is None or given.lower() == expected:
            return True
        self._warn(given, expected)
        return False

    def _warn(self, given: str, expected: str) -> None:
        """Once for each wrong Origin: mostly it is a proxy that says too little, and then every post is refused."""
        if given not in self._warned and len(self._warned) < MAX_WARNED:
            self._warned.add(given)
            log.warning(
                "refused what comes from the Origin %.200r: expected %.200r. If people use the first address, set PUBLIC_URL "
                "to it, or let the proxy pass Host and X-Forwarded-Proto on.",
                given,
                expected,
            )

    def answers_to(self, connection: HTTPConnection) -> bool:
        """Whether pages may be given under the Host of this request: with PUBLIC_URL under no other, or a copy of the board
        would stand at an address of somebody else's choice. This machine may always look at itself."""
        if not self._settings.public_url or connection.url.path in OPERATORS_PAGES:
            return True
        host = connection.headers.get("host", "")
        scheme = urlsplit(self._settings.public_url).scheme
        hostname = urlsplit(f"//{host}").hostname or ""
        return origin(scheme, host) == self._settings.public_url or reach.is_local(hostname)

    def may_watch(self, connection: HTTPConnection) -> bool:
        """Whether this connection may read the metrics. Behind a proxy `client` is the proxy's client."""
        if token := self._settings.metrics_token:
            given = connection.headers.get("authorization", "").encode()
            return hmac.compare_digest(given, f"Bearer {token}".encode())
        return connection.client is not None and reach.is_local(connection.client.host)

    def base_url(self, connection: HTTPConnection) -> str:
        """Where people reach this server: PUBLIC_URL, or the way this request came in."""
        if self._settings.public_url:
            return self._settings.public_url
        scheme = {"ws": "http", "wss": "https"}.get(connection.scope["scheme"], connection.scope["scheme"])
        return origin(str(scheme), connection.headers.get("host") or "localhost")

    def shown_url(self, connection: HTTPConnection) -> str:
        """The same for others and for QR codes: a screen opened at `localhost` must not send phones to themselves."""
        base = self.base_url(connection)
        parts = urlsplit(base)
        if not reach.listens_everywhere() or not reach.is_local(parts.hostname or ""):
            return base
        host = reach.own_address()
        return base if host is None else f"{parts.scheme}://{host}{f':{parts.port}' if parts.port else ''}"

    @staticmethod
    def place(connection: HTTPConnection) -> str:
        """Where a connection comes from: an IPv4 address, or the network of an IPv6 one. Kept in memory while it lasts."""
        return network(connection.client.host if connection.client else "")

    # -- cookies -----------------------------------------------------------------------------------------------

    def secure(self, connection: HTTPConnection) -> bool:
        return self.base_url(connection).startswith("https:")

    def _cookie(self, connection: HTTPConnection, name: str) -> str:
        return f"{self._old_cookie(connection, name)}-{self._ours}"

    def _old_cookie(self, connection: HTTPConnection, name: str) -> str:
        """`__Host-` makes browsers refuse the cookie from anyone but this host over https; plain http does not have it."""
        return f"__Host-{name}" if self.secure(connection) else name

    def _value(self, connection: HTTPConnection, name: str) -> str | None:
        """Under today's name or, until the last of those is 60 days old, under the one that older versions gave."""
        value = self._unsigned(connection.cookies.get(self._cookie(connection, name)))
        if value is None:
            value = self._unsigned(connection.cookies.get(self._old_cookie(connection, name)))
        return value

    def _set_cookie(self, connection: HTTPConnection, response: Response, name: str, value: str) -> None:
        response.set_cookie(
            self._cookie(connection, name),
            self._signer.sign(value).decode(),
            max_age=COOKIE_SECONDS,
            path="/",
            secure=self.secure(connection),
            httponly=True,
            samesite="lax",
        )

    def _unsigned(self, value: str | None) -> str | None:
        try:
            return self._signer.unsign(value).decode() if value else None
        except (BadSignature, UnicodeError):
            return None

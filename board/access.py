"""Who somebody is and what they may do: device and staff cookies, links, Origin, rate limits."""

from __future__ import annotations

import hashlib
import hmac
import math
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from itsdangerous import BadSignature, Signer
from starlette.requests import HTTPConnection
from starlette.responses import Response

from board.models import Actor, Board, Forbidden, Link, Role, TooFast
from board.settings import Settings

DEVICE_COOKIE = "bb-device"
STAFF_COOKIE = "bb-staff"
COOKIE_SECONDS = 60 * 24 * 3600
TOKEN_BYTES = 24
# An organiser may do all that a moderator may, a moderator all that a screen may.
RANK = {Role.SCREEN: 0, Role.MODERATOR: 1, Role.ORGANISER: 2}


@dataclass(frozen=True)
class Rate:
    """So many at once, then so many a second."""

    burst: float
    per_second: float


# Per participant and per board, never per address: a whole room sits behind one.
PARTICIPANT_POSTS = Rate(5, 1 / 5)
PARTICIPANT_MARKS = Rate(30, 1)
BOARD_POSTS = Rate(200, 50)
BOARD_MARKS = Rate(2_000, 500)
# Look-ups while typing: names, similar questions.
PARTICIPANT_LOOKUPS = Rate(30, 3)
BOARD_LOOKUPS = Rate(600, 200)
# Votes on one board by phones that came less than a minute ago: who wants to vote often must make many and wait.
NEW_PHONE_SECONDS = 60
NEW_PHONES_VOTES = Rate(300, 10)
# Wrong codes from one address. A room that mistypes does not get there; a program that tries them all does.
WRONG_CODES = Rate(300, 10)


class Access:
    """Signs and reads cookies with the one secret key."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._signer = Signer(settings.secret_key, salt="brilliance-board-cookie", digest_method=hashlib.sha256)

    # -- participants ------------------------------------------------------------------------------------------

    def device(self, connection: HTTPConnection) -> str | None:
        """The device's id, if it brought a cookie that we signed."""
        return self._unsigned(connection.cookies.get(self._cookie(connection, DEVICE_COOKIE)))

    def new_device(self) -> str:
        """An id that says when it was made."""
        return f"{int(time.time()):x}.{secrets.token_urlsafe(16)}"

    def came_at(self, device: str) -> int:
        """When the device got its id, in seconds since 1970. 0: before ids said so."""
        made, dot, _ = device.partition(".")
        return int(made, 16) if dot else 0

    def set_device(self, connection: HTTPConnection, response: Response, device: str) -> None:
        self._set_cookie(connection, response, DEVICE_COOKIE, device)

    def participant(self, device: str, board: Board, *, anonymous: bool = False) -> str:
        """A device is a different participant on each board, and another one where it posts without a name: without the
        secret key nobody can tell that they belong together."""
        purpose = "anonymous" if anonymous else "named"
        key = self._settings.secret_key.encode()
        return hmac.new(key, f"{purpose}\n{board.id}\n{device}".encode(), "sha256").hexdigest()[:32]

    # -- staff -------------------------------------------------------------------------------------------------

    def set_staff(self, connection: HTTPConnection, response: Response, board: Board, link: Link) -> None:
        self._set_cookie(connection, response, f"{STAFF_COOKIE}-{board.code}-{link.role}", f"{board.id}.{link.id}")

    def actor(self, connection: HTTPConnection, board: Board, role: Role) -> Actor | None:
        """Who came by a link that allows what `role` may do, and that nobody has taken back."""
        for held, value in self._staff(connection, board).items():
            if RANK[held] < RANK[role]:
                continue
            for link in board.links:
                if value == f"{board.id}.{link.id}" and link.role is held:
                    return Actor(link.id, link.role, link.name)
        return None

    def names_new_link(self, connection: HTTPConnection, board: Board) -> bool:
        """Whether somebody came by a link of this board that we don't know: one made a moment ago by another process, or one
        that was taken back."""
        named = self._staff(connection, board).values()
        return bool(named) and not {f"{board.id}.{link.id}" for link in board.links}.issuperset(named)

    def _staff(self, connection: HTTPConnection, board: Board) -> dict[Role, str]:
        """What the connection's staff cookies for this board say, the role that may do least first."""
        if not any(STAFF_COOKIE in name for name in connection.cookies):
            return {}  # nearly everybody
        values = {
            role: self._unsigned(connection.cookies.get(self._cookie(connection, f"{STAFF_COOKIE}-{board.code}-{role}")))
            for role in sorted(RANK, key=lambda role: RANK[role])
        }
        return {role: value for role, value in values.items() if value is not None}

    def require(self, connection: HTTPConnection, board: Board, role: Role) -> Actor:
        actor = self.actor(connection, board, role)
        if actor is None:
            raise Forbidden(f"Only a {role} may do this. Open the board with your {role} link first.")
        return actor

    # -- origin ------------------------------------------------------------------------------------------------

    def same_origin(self, connection: HTTPConnection) -> bool:
        """Whether a browser that says where its page came from came from here. Anything but a browser says nothing."""
        origin = connection.headers.get("origin")
        if origin is None:
            return True
        return origin.lower() == self.base_url(connection).lower()

    def base_url(self, connection: HTTPConnection) -> str:
        """Where people reach this server: PUBLIC_URL, or the way this request came in."""
        if self._settings.public_url:
            return self._settings.public_url
        scheme = {"ws": "http", "wss": "https"}.get(connection.scope["scheme"], connection.scope["scheme"])
        return f"{scheme}://{connection.headers.get('host') or 'localhost'}"

    @staticmethod
    def place(connection: HTTPConnection) -> str:
        """Where a connection comes from: an IPv4 address, or the network of an IPv6 one. Kept in memory while it lasts."""
        host = connection.client.host if connection.client else ""
        return ":".join(host.split(":")[:4]) if ":" in host and "." not in host else host

    # -- cookies -----------------------------------------------------------------------------------------------

    def secure(self, connection: HTTPConnection) -> bool:
        return self.base_url(connection).startswith("https:")

    def _cookie(self, connection: HTTPConnection, name: str) -> str:
        """`__Host-` makes browsers refuse the cookie from anyone but this host over https; plain http does not have it."""
        return f"__Host-{name}" if self.secure(connection) else name

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


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> str:
    """What is stored of a link. The token has 192 bits of chance, so one round of SHA-256 is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


FULL_AGAIN_SECONDS = 600.0


class Limiter:
    """Token buckets in this worker's memory. Raises `TooFast` with the time to wait."""

    def __init__(self, enabled: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self._enabled = enabled
        self._clock = clock
        self._buckets: dict[tuple[str, str], tuple[float, float]] = {}

    def spend(self, what: str, who: str, rate: Rate) -> None:
        if not self._enabled:
            return
        now = self._clock()
        tokens, then = self._buckets.pop((what, who), (rate.burst, now))
        tokens = min(rate.burst, tokens + (now - then) * rate.per_second)
        self._buckets[what, who] = (tokens - 1 if tokens >= 1 else tokens, now)  # last touched, last in the dict
        self._forget(now)
        if tokens < 1:
            wait = (1 - tokens) / rate.per_second
            raise TooFast(f"That was fast. Please wait {math.ceil(wait)} s and try again.", retry_after=wait)

    def spent(self, what: str, who: str, rate: Rate) -> bool:
        """Whether the next `spend` would be refused. Costs nothing."""
        tokens, then = self._buckets.get((what, who), (rate.burst, 0.0))
        return self._enabled and tokens + (self._clock() - then) * rate.per_second < 1

    def _forget(self, now: float) -> None:
        """A bucket that nobody touched for so long is full again."""
        while now - next(iter(self._buckets.values()))[1] > FULL_AGAIN_SECONDS:
            del self._buckets[next(iter(self._buckets))]

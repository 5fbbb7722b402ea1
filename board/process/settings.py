"""Every setting, once: its name, default and help. `Settings` is read from the environment and never changes afterwards."""

from __future__ import annotations

import os
import re
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, fields
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit

import redis.asyncio as redis
from redis.exceptions import RedisError
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError


class SettingsError(Exception):
    """A sentence that says what is wrong with the settings and what to do."""


@dataclass(frozen=True)
class Setting:
    name: str
    default: str
    help: str
    secret: bool = False


SETTINGS: tuple[Setting, ...] = (
    Setting("DATABASE_URL", "", "`sqlite:///FILE` or `postgresql://…`; empty: SQLite under BOARD_DATA_DIR", secret=True),
    Setting("REDIS_URL", "", "`redis://…` joins several workers; empty: one worker", secret=True),
    Setting("PORT", "8000", "port to listen on"),
    Setting("WEB_CONCURRENCY", "1", "number of workers; more than one needs REDIS_URL"),
    Setting("PUBLIC_URL", "", "address that people type, as `https://board.example.org`; empty: as the request came in"),
    Setting(
        "SECRET_KEY",
        "",
        "signs cookies, at least 32 characters; empty: made once, kept in the data directory",
        secret=True,
    ),
    Setting("FORWARDED_ALLOW_IPS", "127.0.0.1,::1", "proxies whose X-Forwarded-* headers are believed"),
    Setting("BOARD_DATA_DIR", "./data", "where the SQLite file and the secret key live"),
    Setting(
        "BOARD_CREATE", "link", "who makes boards in the browser: `link` (with a host's link), `open` (everybody) or `off`"
    ),
    Setting("BOARD_LIMITS", "on", "`off` takes the rate limits away, for load tests and rehearsals"),
    Setting(
        "BOARD_GALLERY", "off", "`on` shows every part of the pages in every state at /gallery, for those who work on the look"
    ),
    Setting(
        "BOARD_PSEUDO_LOCALES",
        "off",
        "`on` adds two languages for tests: `?lang=en-XA` (accents, longer) and `?lang=ar-XB` (right to left)",
    ),
    Setting(
        "BOARD_METRICS_TOKEN",
        "",
        "requests for /metrics must send it as `Authorization: Bearer …`; empty: only this machine may ask",
        secret=True,
    ),
    Setting(
        "BOARD_WEBHOOK_NETWORKS",
        "",
        "networks beside the internet to which webhooks may be sent, as `10.1.0.0/16,127.0.0.0/8`; empty: none",
    ),
    Setting("BOARD_LOG_LEVEL", "info", "`debug`, `info`, `warning` or `error`"),
)
_ADDRESS = re.compile(
    r"(postgres|postgresql|postgresql\+psycopg|rediss?|unix)://([^/?#]*@)?"
    r"((?:[\w.-]*|\[[\da-fA-F:.]+\])(?::\d+)?)(?:[/?#][^@]*)?"
)
_PUBLIC = re.compile(r"(https?)://([a-z0-9._-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?/*")
_SERVICE_LINK = re.compile(r"BOARD_(\w+_)?(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)")
_SECRET_FILE = "secret-key"  # noqa: S105 (a file name)
_SECRET_LENGTH = 32


@dataclass(frozen=True)
class Settings:
    """What the rest of the program reads. Addresses are complete, numbers are checked."""

    database_url: str
    redis_url: str
    port: int
    workers: int
    public_url: str
    secret_key: str
    forwarded_allow_ips: str
    data_dir: Path
    create: str
    limits: bool
    gallery: bool
    pseudo_locales: bool
    metrics_token: str
    webhook_networks: tuple[IPv4Network | IPv6Network, ...]
    log_level: str

    @property
    def database_place(self) -> str:
        """Which database this is, for people; never its password."""
        if self.database_url.startswith("sqlite:///"):
            return str(Path(self.database_url.removeprefix("sqlite:///").split("?")[0]).absolute())
        return _masked(self.database_url)

    def __repr__(self) -> str:
        shown = ", ".join(f"{f.name}=…" if f.name in _HIDDEN else f"{f.name}={getattr(self, f.name)!r}" for f in fields(self))
        return f"Settings({shown})"


_HIDDEN = {"database_url", "redis_url", "secret_key", "metrics_token"}


def load(environ: Mapping[str, str] = os.environ, *, workers: int | None = None) -> Settings:
    """Settings from the environment; `workers` overrides WEB_CONCURRENCY.

    Raises `SettingsError` for an unknown BOARD_* name, a value that cannot be, or a pair that cannot work together.
    Makes the data directory and the secret key where they are needed and missing.
    """
    _refuse_unknown(environ)
    values = {setting.name: environ.get(setting.name, "").strip() or setting.default for setting in SETTINGS}
    data_dir = Path(values["BOARD_DATA_DIR"])
    database_url = _database_url(values["DATABASE_URL"], data_dir)
    count = workers if workers is not None else _whole(values, "WEB_CONCURRENCY", 1, 256)
    if count < 1:
        raise SettingsError("The number of workers must be at least 1.")
    if count > 1 and not values["REDIS_URL"]:
        raise SettingsError(
            f"{count} workers need REDIS_URL: without Redis they cannot tell each other what was posted. "
            "Set REDIS_URL, or start one worker (--workers 1, and no WEB_CONCURRENCY)."
        )
    if database_url.startswith("postgresql") and not values["SECRET_KEY"]:
        raise SettingsError(
            "PostgreSQL needs SECRET_KEY: several machines must sign cookies with the same key. "
            'Make one with: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    return Settings(
        database_url=database_url,
        redis_url=_redis_url(values["REDIS_URL"]),
        port=_whole(values, "PORT", 0, 65535),
        workers=count,
        public_url=_public_url(values["PUBLIC_URL"]),
        secret_key=_secret_key(values["SECRET_KEY"], data_dir),
        forwarded_allow_ips=values["FORWARDED_ALLOW_IPS"],
        data_dir=data_dir,
        create=_choice(values, "BOARD_CREATE", ("link", "open", "off")),
        limits=_choice(values, "BOARD_LIMITS", ("on", "off")) == "on",
        gallery=_choice(values, "BOARD_GALLERY", ("on", "off")) == "on",
        pseudo_locales=_choice(values, "BOARD_PSEUDO_LOCALES", ("on", "off")) == "on",
        metrics_token=values["BOARD_METRICS_TOKEN"],
        webhook_networks=_networks(values["BOARD_WEBHOOK_NETWORKS"]),
        log_level=_choice(values, "BOARD_LOG_LEVEL", ("debug", "info", "warning", "error")),
    )


def described(environ: Mapping[str, str] = os.environ) -> list[tuple[Setting, str, str]]:
    """Each setting, its value (secrets masked) and where it came from, for `brilliance-board settings`."""
    rows = []
    for setting in SETTINGS:
        given = environ.get(setting.name, "").strip()
        value = given or setting.default
        if setting.secret and value:
            value = _masked(value)
        rows.append((setting, value or "(none)", "environment" if given else "default"))
    return rows


def _masked(value: str) -> str:
    """Kind and place only, and not even these where a password might pass for the place."""
    if value.startswith("sqlite:"):
        return value.split("?")[0]
    if (address := _ADDRESS.fullmatch(value)) is None:
        return "…"
    kind, credentials, place = address.groups()
    return f"{kind}://{'…@' if credentials else ''}{place}"


def _refuse_unknown(environ: Mapping[str, str]) -> None:
    known = {setting.name for setting in SETTINGS}
    for name in environ:
        if name.startswith("BOARD_") and name not in known and not _is_service_link(name, environ[name]):
            choices = ", ".join(sorted(n for n in known if n.startswith("BOARD_")))
            raise SettingsError(f"There is no setting {name}. The BOARD_ settings are: {choices}.")


def _is_service_link(name: str, value: str) -> bool:
    """What Kubernetes puts into the environment beside a service named `board` or `board-…`."""
    return _SERVICE_LINK.fullmatch(name) is not None or (name.endswith("_PORT") and "://" in value)


def _whole(values: Mapping[str, str], name: str, least: int, most: int) -> int:
    text = values[name]
    if not (re.fullmatch(r"[0-9]{1,9}", text) and least <= int(text) <= most):
        raise SettingsError(f"{name} must be a whole number from {least} to {most}, not {text!r}.")
    return int(text)


def _choice(values: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    value = values[name].lower()
    if value not in choices:
        raise SettingsError(f"{name} must be one of {', '.join(choices)}, not {values[name]!r}.")
    return value


def _networks(written: str) -> tuple[IPv4Network | IPv6Network, ...]:
    try:
        return tuple(ip_network(one.strip()) for one in written.split(",") if one.strip())
    except ValueError as error:
        raise SettingsError(f"BOARD_WEBHOOK_NETWORKS names networks as 10.1.0.0/16, with commas between: {error}.") from None


def _database_url(url: str, data_dir: Path) -> str:
    if not url:
        _make_data_dir(data_dir)
        return f"sqlite:///{(data_dir / 'board.db').resolve()}"
    if url.startswith("sqlite:///"):
        parts = make_url(url)
        if parts.database in ("", ":memory:", None) or parts.query:
            raise SettingsError("DATABASE_URL must name a file and no options, as sqlite:////srv/board/board.db.")
        return url
    for prefix in ("postgres://", "postgresql://", "postgresql+psycopg://"):
        if url.startswith(prefix):
            return _readable("postgresql+psycopg://" + url.removeprefix(prefix))
    raise SettingsError("DATABASE_URL must begin with sqlite:/// or postgresql://.")


def _readable(url: str) -> str:
    try:
        make_url(url)
    except (ValueError, ArgumentError):
        raise SettingsError(
            "DATABASE_URL cannot be read. Write it as postgresql://USER:PASSWORD@HOST:PORT/NAME, and in the password "
            "%40 for @, %2F for /, %3A for :."
        ) from None
    return url


def _redis_url(url: str) -> str:
    """Read here as redis-py will read it, so that a wrong one stops the start and does not end a background task."""
    if not url:
        return ""
    if not url.startswith(("redis://", "rediss://", "unix://")):
        raise SettingsError("REDIS_URL must begin with redis://, rediss:// or unix://.")
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises for what is no port
        # The library takes an unescaped # or / as the end of the place, and connects to somewhere else.
        odd = parts.fragment or "#" in url or "@" in parts.path or parts.netloc.count("@") > 1 or parts.port == 0
        if not url.startswith("unix://"):
            odd = odd or not parts.hostname or re.fullmatch(r"(/[0-9]*)?", parts.path) is None
        if odd:
            raise ValueError
        redis.from_url(url).connection_pool.make_connection()  # type: ignore[no-untyped-call]  # sends nothing yet
    except (ValueError, TypeError, RedisError):
        raise SettingsError(
            "REDIS_URL cannot be read. Write it as redis://:PASSWORD@HOST:PORT/0, an IPv6 address in brackets, and in the "
            "password %23 for #, %2F for /, %3A for :, %40 for @ and %25 for %."
        ) from None
    return url


def _public_url(url: str) -> str:
    if not url:
        return ""
    if (parts := _PUBLIC.fullmatch(url.lower())) is None:
        raise SettingsError("PUBLIC_URL must be an address without a path, as https://board.example.org.")
    scheme, host, port = parts.groups()
    # Browsers leave the usual port out of Origin, to which this is compared.
    return f"{scheme}://{host}" + ("" if port in (None, {"http": ":80", "https": ":443"}[scheme]) else port)


def _secret_key(given: str, data_dir: Path) -> str:
    if given:
        if len(given) < _SECRET_LENGTH:
            raise SettingsError(f"SECRET_KEY must have at least {_SECRET_LENGTH} characters.")
        return given
    _make_data_dir(data_dir)
    path = data_dir / _SECRET_FILE
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
    for _ in range(10):
        key = path.read_text(encoding="ascii", errors="ignore").strip()
        if len(key) >= _SECRET_LENGTH:
            return key
        time.sleep(0.05)  # another process, started at the same moment, has made the file and is about to write the key
    raise SettingsError(f"{path} holds no usable key. Delete it, and a new one is made (everybody gets a new cookie).")


def _make_data_dir(data_dir: Path) -> None:
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)  # other users of this machine may not read what people wrote
    except OSError as error:
        raise SettingsError(f"The data directory {data_dir} cannot be made ({error.strerror}). Set BOARD_DATA_DIR.") from error

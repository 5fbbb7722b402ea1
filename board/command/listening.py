"""The socket that a server listens on, the same for any number of workers, and which of uvicorn's parts it uses."""

from __future__ import annotations

import logging
import socket
import sys
from contextlib import suppress

import uvicorn
from uvicorn.supervisors import Multiprocess

from board.process.settings import SettingsError

log = logging.getLogger(__name__)

# `guard` and `wire` lean on private names of uvicorn; these are the versions that their tests have seen.
TESTED = "0.54."
# As uvicorn's own command ends where it could not start.
START_FAILED = 3


def protocols(version: str = uvicorn.__version__) -> tuple[str, str]:
    """Import strings or names of the HTTP and the WebSocket class. A uvicorn that was not tested, as one with a security fix,
    runs with its own: without our bounds on requests and connections, and with more memory for each socket."""
    if version.startswith(TESTED):
        return "board.server.guard:GuardedHttp", "board.server.wire:WireProtocol"
    log.warning("uvicorn %s was not tested (%sx was): its own classes serve, without our bounds on requests", version, TESTED)
    return "httptools", "websockets-sansio"


def listening(host: str, port: int) -> list[socket.socket]:
    """Bound sockets. For `::` two, as one for both would show IPv4 clients, and a proxy that is trusted, as `::ffff:…`.
    Raises `SettingsError` where nobody can listen."""
    taken: list[socket.socket] = []
    try:
        for address in ("::", "0.0.0.0") if host == "::" else (host,):  # noqa: S104 (what was asked for)
            taken.append(_bound(address, port))
    except OSError as error:
        for one in taken:
            one.close()
        raise SettingsError(
            f"Port {port} on {host} cannot be used ({error.strerror}). Choose another one with --port."
        ) from None
    return taken


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # By its protocol asyncio knows what was accepted as TCP, and sends at once (TCP_NODELAY). Without it each answer of two
    # writes waits for the client's delayed acknowledgement: 44 ms instead of 1.
    one = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family is socket.AF_INET6:  # systems differ in what is usual
            one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        one.bind((host, port))
    except OSError:
        one.close()
        raise
    one.set_inheritable(True)
    return one


def require_free(host: str, port: int) -> None:
    """Raises `SettingsError` where nobody can listen."""
    for one in listening(host, port):
        one.close()


def serve(config: uvicorn.Config, sockets: list[socket.socket]) -> None:
    """Serves until a signal, by as many workers as the configuration has."""
    if config.workers > 1:
        Multiprocess(config, sockets=sockets).run()
        return
    server = uvicorn.Server(config)
    with suppress(KeyboardInterrupt):
        server.run(sockets=sockets)
    if not server.started:
        sys.exit(START_FAILED)

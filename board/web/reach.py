"""The address at which other devices reach this computer, for the terminal and for QR codes."""

from __future__ import annotations

import ipaddress
import os
import socket

# Nothing is sent there (RFC 5737, RFC 3849): a UDP socket with an address only picks a route.
_SOMEWHERE = {socket.AF_INET: "192.0.2.1", socket.AF_INET6: "2001:db8::1"}
# To an address of its own a computer connects at once.
ANSWER_SECONDS = 0.5
# By this variable `serve` gives its workers their address. Not a setting: nobody else sets it.
LISTENS_ON = "BRILLIANCE_BOARD_LISTENS_ON"
ALL_ADDRESSES = ("0.0.0.0", "::")  # noqa: S104 (only compared)


def reachable(host: str) -> str:
    """The host that other devices on the network use for a server that listens on `host`; `localhost` where they cannot."""
    if is_local(host):
        return "localhost"
    return bracketed(host) if host not in ALL_ADDRESSES else own_address() or "localhost"


def listens_everywhere() -> bool:
    """Whether this worker's server listens on all addresses of the computer."""
    return os.environ.get(LISTENS_ON) in ALL_ADDRESSES


def own_address() -> str | None:
    """This computer's address in its network. None: it has no network."""
    for family, somewhere in _SOMEWHERE.items():
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as probe:
                probe.connect((somewhere, 9))
                host = str(probe.getsockname()[0])
        except OSError:
            continue
        if not is_local(host):
            return bracketed(host)
    return None


def address_for_people(port: int) -> str:
    """The address to print for a server that may or may not run yet: this computer's in its network, so that phones reach it;
    `localhost` where the server that runs listens to this computer alone, or where there is no network."""
    host = own_address()
    if host is None or (answers("127.0.0.1", port) and not answers(host, port)):
        host = "localhost"
    return f"http://{host}:{port}"


def address_for_programs(port: int) -> str:
    """The same for a program on this computer: `localhost` as long as no server is known to listen to others."""
    host = own_address()
    return f"http://{host if host and answers(host, port) else 'localhost'}:{port}"


def answers(host: str, port: int) -> bool:
    """Whether somebody listens there, on this computer."""
    try:
        with socket.create_connection((host.strip("[]"), port), timeout=ANSWER_SECONDS):
            return True
    except OSError:
        return False


def is_local(host: str) -> bool:
    """Whether a host name or address leads a device to itself."""
    if host.lower().rstrip(".") in ("localhost", "") or host.lower().endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host

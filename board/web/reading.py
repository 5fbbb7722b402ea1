"""What comes in headers and addresses, read with bounds. Pure."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlencode

from starlette.datastructures import QueryParams
from starlette.requests import HTTPConnection

# A number in an address: our own have fewer digits, and thousands of digits cost time to read.
MAX_DIGITS = 9
# The network that one household or one phone has of IPv6.
IPV6_NETWORK_BITS = 64
MAX_TAG_CHARACTERS = 35  # BCP 47, 4.4.1
USUAL_PORTS = {"http": ":80", "https": ":443"}


def whole(value: str, least: int, most: int) -> int | None:
    """A whole number from `least` to `most`, or None. The length is looked at first, then the number."""
    if not (len(value) <= MAX_DIGITS and value.isascii() and value.isdigit()):
        return None
    number = int(value)
    return number if least <= number <= most else None


def network(address: str) -> str:
    """What limits go by: an IPv4 address, or the /64 of an IPv6 one, however it is written. Anything else stays as it is."""
    try:
        read = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(read, ipaddress.IPv4Address):
        return str(read)
    if read.ipv4_mapped is not None:
        return str(read.ipv4_mapped)
    return str(ipaddress.ip_network((read, IPV6_NETWORK_BITS), strict=False).network_address)


def origin(scheme: str, host: str) -> str:
    """As browsers write it: in lower case, without the usual port."""
    return f"{scheme}://{host.removesuffix(USUAL_PORTS.get(scheme, ' '))}".lower()


def with_query(path: str, query: QueryParams, **own: str) -> str:
    """The path with the parameters of this query, as `lang`; without `code`, which led to the path. `own`: the path's own."""
    kept = [(name, value) for name, value in query.multi_items() if name != "code" and name not in own] + [*own.items()]
    return f"{path}?{urlencode(kept)}" if kept else path


def language_asked(query: QueryParams) -> str:
    """The `lang` of an address, or "" if it is missing or longer than any language tag."""
    tag = query.get("lang", "")
    return tag if len(tag) <= MAX_TAG_CHARACTERS else ""


def keeping_language(path: str, query: QueryParams) -> str:
    """The address of another page for the same reader: it asks for the language that the address of this page asks for. Links
    that a reader hands to somebody else do not go through here: the other browser asks for its own language."""
    return in_language(path, language_asked(query))


def in_language(address: str, tag: str) -> str:
    """The address with `lang`; without a tag as it is."""
    return f"{address}{'&' if '?' in address else '?'}{urlencode({'lang': tag})}" if tag else address


ROOM_CODE_POINTS = 100


def room_asked(connection: HTTPConnection, name: str = "room") -> str:
    """The room that the address names, as the agenda has it; "": none, or what can be none. A feed of the stage names it as
    `screen`."""
    room = connection.query_params.get(name, "")
    return room if len(room) <= ROOM_CODE_POINTS else ""


def takes_gzip(accept_encoding: str) -> bool:
    """Whether an Accept-Encoding allows gzip (RFC 9110, 12.5.3): by name, else by `*`; `q=0` forbids."""
    allowed = {"gzip": False}
    for part in accept_encoding.lower().split(","):
        name, _, parameter = part.partition(";")
        quality = parameter.replace(" ", "").removeprefix("q=")
        allowed[{"x-gzip": "gzip"}.get(name.strip(), name.strip())] = not parameter or quality.strip("0.") != ""
    named = any(part.partition(";")[0].strip() in ("gzip", "x-gzip") for part in accept_encoding.lower().split(","))
    return allowed["gzip"] if named else allowed.get("*", False)

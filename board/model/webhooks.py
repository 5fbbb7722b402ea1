"""Webhooks: which events other programs can ask for, what they are sent, when it is tried again, and which addresses may be
reached. After the Standard Webhooks specification. Pure.

A message names a post by its id and holds no text and no name: what somebody wrote leaves the server only where somebody asks
for it and may read it at that moment, and nothing of it waits here to be erased.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Iterator, Sequence
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import urlsplit

import msgspec

from board.model.models import Invalid, Kind, Post, State

MAX_WEBHOOKS = 10
"""Of one board."""
MOST_WAITING = 5_000
"""Messages for one webhook; while so many wait, newer ones are left out."""
URL_CHARACTERS = 500
# Pauses of the specification; after the last one the webhook is switched off. Three days and a half in all.
PAUSES_SECONDS = (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
LONGEST_PAUSE_SECONDS = 86_400
GONE = 410
"""The receiver wants no more (HTTP)."""
_URL = re.compile(r"https?://[A-Za-z0-9._\[\]:-]+(/[!-~]*|\?[!-~]*)?")
_NAT64 = IPv6Network("64:ff9b::/96")
Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


class Event(StrEnum):
    CARD_VISIBLE = "card.visible"
    QUESTION_VISIBLE = "question.visible"
    QUESTION_ANSWERED = "question.answered"
    POST_HIDDEN = "post.hidden"
    BOARD_ARCHIVED = "board.archived"
    BOARD_EXPIRES = "board.expires"


class NewWebhook(msgspec.Struct, forbid_unknown_fields=True):
    url: str
    events: list[Event]


def wanted(request: NewWebhook, networks: Sequence[Network]) -> NewWebhook:
    """As it is stored. Raises `Invalid`. Where a name leads is looked at when something is sent: it may change."""
    url = request.url.strip()
    if len(url) > URL_CHARACTERS or not _URL.fullmatch(url):
        raise Invalid("webhook-address-wrong", field="url", most=URL_CHARACTERS)
    try:
        host, _ = urlsplit(url).hostname, urlsplit(url).port
    except ValueError:
        raise Invalid("webhook-address-wrong", field="url", most=URL_CHARACTERS) from None
    if not host:
        raise Invalid("webhook-address-wrong", field="url", most=URL_CHARACTERS)
    if (literal := _literal(host)) and not may_reach(literal, networks):
        raise Invalid("webhook-address-private", field="url")
    if not request.events:
        raise Invalid("webhook-without-events", field="events")
    return NewWebhook(url, sorted(set(request.events)))


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def may_reach(address: Address, networks: Sequence[Network]) -> bool:
    """Whether messages may go there: to the open internet, and to networks that the operator names. Otherwise an organiser
    could make the server talk to machines that only it can reach (SSRF). An IPv4 address inside an IPv6 one counts."""
    inner = _inner(address)
    if any(one.version == inner.version and inner in one for one in networks):
        return True
    return inner.is_global and not inner.is_multicast and not inner.is_reserved


def _inner(address: Address) -> Address:
    if isinstance(address, IPv6Address):
        found = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if found is None and address in _NAT64:
            found = IPv4Address(int(address) & 0xFFFF_FFFF)
        return found or address
    return address


def of_change(before: Post | None, after: Post) -> Iterator[Event]:
    """What a change of a post means for others. `before`: as it was stored; None: it is new."""
    was, now = before is not None and before.state is State.VISIBLE, after.state is State.VISIBLE
    if now and not was:
        yield Event.CARD_VISIBLE if after.kind is Kind.CARD else Event.QUESTION_VISIBLE
    if was and not now:  # also one that its author took back: who shows it elsewhere must hear of it
        yield Event.POST_HIDDEN
    if now and after.answered and not (before is not None and before.answered):
        yield Event.QUESTION_ANSWERED


def about(post: Post) -> dict[str, Any]:
    return {"post": {"id": post.id, "kind": post.kind} | ({"session": post.session} if post.session else {})}


def message_id(seq: int, place: int) -> str:
    """The same at each try, so that a receiver knows it again. In the order of events, by the board's number of the change: a
    clock may jump back."""
    return f"msg_{seq:014x}{place:04x}{secrets.token_hex(5)}"


def secret(secret_key: str, webhook: str) -> str:
    """What the receiver checks signatures with. It is made from the server's key each time and stored nowhere."""
    key = hmac.new(secret_key.encode(), f"webhook\n{webhook}".encode(), hashlib.sha256).digest()
    return f"whsec_{base64.b64encode(key).decode()}"


def signature(secret_text: str, message: str, at: int, body: bytes) -> str:
    """`at`: seconds since 1970."""
    key = base64.b64decode(secret_text.removeprefix("whsec_"))
    digest = hmac.new(key, f"{message}.{at}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def pause_seconds(tries: int, asked_for: float, jitter: float) -> float | None:
    """How long after the failure number `tries` (from 1) it is tried again; None: no more. `asked_for`: by Retry-After;
    `jitter`: 0 to 1. A tenth more or less, so that receivers are not met by all senders at once."""
    if tries > len(PAUSES_SECONDS):
        return None
    pause = PAUSES_SECONDS[tries - 1] * (0.9 + 0.2 * jitter)
    return max(pause, min(asked_for, LONGEST_PAUSE_SECONDS))

"""Secrets of links and cookies: made, and kept as a digest. Pure."""

from __future__ import annotations

import hashlib
import secrets

TOKEN_BYTES = 24


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> str:
    """What is stored of a link. The token has 192 bits of chance, so one round of SHA-256 is enough."""
    return hashlib.sha256(token.encode()).hexdigest()

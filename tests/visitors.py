"""Browsers that open links and ask by HTTP, one after the other, and are closed after the test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import httpx

from tests import servers
from tests.servers import Server

ROLES = ("screen", "moderate", "organise")


class Visitors:
    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack

    def stranger(self, server: Server, **options: object) -> httpx.Client:
        """A browser that was never here: it has no cookie."""
        client = httpx.Client(base_url=server.url, timeout=servers.ANSWER_SECONDS, verify=servers.TLS, **options)  # type: ignore[arg-type]
        return self._stack.enter_context(client)

    def attendee(self, server: Server) -> httpx.Client:
        """A browser that opened the first page."""
        client = self.stranger(server)
        client.get("/")
        return client

    def by_link(self, server: Server, link: str) -> httpx.Client:
        """A browser in which this link was opened."""
        client = self.stranger(server)
        client.get(httpx.URL(link).path)
        return client

    def host(self, server: Server, name: str = "host") -> httpx.Client:
        """A browser in which a fresh host's link was opened."""
        client, link = self.stranger(server), server.run("host-link", "--name", name).stdout.strip()
        opened = client.get(httpx.URL(link).path)
        assert (opened.status_code, opened.headers["location"]) == (303, "/new")
        return client

    def everybody(self, server: Server, board: dict[str, str]) -> dict[str, httpx.Client]:
        """A browser of each role: nobody has no cookie, an attendee one of a phone."""
        attendee = self.stranger(server)
        attendee.get(f"/b/{board['code']}")
        staff = {role: self.by_link(server, board[f"{role}_url"]) for role in ROLES}
        return {"nobody": self.stranger(server), "attendee": attendee, "host": self.host(server)} | staff


@contextmanager
def visiting() -> Iterator[Visitors]:
    with ExitStack() as stack:
        yield Visitors(stack)

"""Servers that one test may hurt, and the figures that its promises came out with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests import servers
from tests.browser.conftest import browser, pages  # noqa: F401 (fixtures)
from tests.room import SECRET
from tests.servers import Server

BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"

_found: list[tuple[str, str, str, str]] = []


@pytest.fixture
def postgres() -> Iterator[servers.Postgres]:
    with servers.directory() as path:
        postgres = servers.Postgres(path)
        postgres.start()
        yield postgres
        with suppress(RuntimeError):  # it is stopped already
            postgres.stop()


@pytest.fixture
def redis() -> Iterator[servers.Redis]:
    with servers.directory() as path:
        redis = servers.Redis(path)
        redis.start()
        yield redis
        redis.stop()


@pytest.fixture
def own_workers(redis_server: servers.Redis, postgres_server: servers.Postgres) -> Iterator[Server]:
    """Two workers; the database and the bus are shared with other tests."""
    settings = SECRET | {"DATABASE_URL": postgres_server.new_database(), "REDIS_URL": redis_server.url}
    with servers.serving(workers=2, BOARD_LIMITS="off", **settings) as server:
        yield server


@pytest.fixture
def long(request: pytest.FixtureRequest) -> bool:
    """Whether there is time: `make faults`."""
    return bool(request.config.getoption("--long"))


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[[str, str, str], None]:
    """Records what was measured for a promise, so that docs/reliability.md can tell."""

    def record(promise: str, what: str, value: str) -> None:
        _found.append((promise, what, value, request.node.name))

    return record


def pytest_sessionfinish(session: pytest.Session) -> None:
    page = session.config.getoption("--figures")
    if not _found or not page:
        return
    lines = [f"| {promise} | {what} | {value} | `{test}` |" for promise, what, value, test in sorted(_found)]
    table = "\n".join([BEGIN, "| Promise | Measured | Figure | Test |", "|---|---|---|---|", *lines, END])
    text = Path(page).read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    Path(page).write_text(before + table + rest.partition(END)[2], encoding="utf-8")

"""Servers that one test may hurt."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest

from tests import servers
from tests.browser.conftest import browser, contexts, pages  # noqa: F401 (fixtures)
from tests.room import SECRET
from tests.servers import Server


@pytest.fixture
def postgres() -> Iterator[servers.Postgres]:
    with servers.directory() as path:
        postgres = servers.Postgres(path)
        postgres.start()
        yield postgres
        with suppress(RuntimeError):  # it is stopped already
            postgres.stop()


@pytest.fixture
def own_workers(redis_server: servers.Redis, postgres_server: servers.Postgres) -> Iterator[Server]:
    """Two workers; the database and the bus are shared with other tests."""
    with servers.serving(workers=2, **_shared(redis_server, postgres_server)) as server:
        yield server


@pytest.fixture
def spawned_workers(redis_server: servers.Redis, postgres_server: servers.Postgres) -> Iterator[Server]:
    """The same, as users have it: Python starts anew for each worker, which takes a second."""
    with servers.directory() as path:
        server = Server(path, workers=2, **_shared(redis_server, postgres_server))
        server.prefix = ["env"]
        try:
            server.start()
            yield server
        finally:
            if server.running:
                server.stop()


def _shared(redis: servers.Redis, postgres: servers.Postgres) -> dict[str, str]:
    return SECRET | {"DATABASE_URL": postgres.new_board_database(), "REDIS_URL": redis.url, "BOARD_LIMITS": "off"}

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
    settings = SECRET | {"DATABASE_URL": postgres_server.new_database(), "REDIS_URL": redis_server.url}
    with servers.serving(workers=2, BOARD_LIMITS="off", **settings) as server:
        yield server

"""Fixtures: the real servers that tests share, and attendees and moderators as outsiders see the board."""

from __future__ import annotations

import functools
import importlib.util
import os
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from httpx._transports import default as transports

from board.data.store import Store
from tests import commands, servers
from tests.compiled import share_statements
from tests.hubs import carrier, exits, place, played  # noqa: F401 (fixtures)
from tests.people import Attendee, Moderator
from tests.visitors import Visitors, visiting

MEMORY = Path("/dev/shm")  # noqa: S108 (below, names are made as safely as in any directory for temporary files)
NEEDED_BYTES = 4 * 2**30


def pytest_configure(config: pytest.Config) -> None:
    """What tests write is thrown away. In memory no commit waits for a disk, on which other programs are busy, too. Where there
    is too little memory, or another place was chosen, it stays as it is."""
    usable = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > NEEDED_BYTES
    if usable and "TMPDIR" not in os.environ:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None  # it is looked for once
    share_statements()
    # Each client of httpx (tested: 0.28) would read the list of authorities, which takes longer than what it asks.
    transports.create_ssl_context = functools.cache(transports.create_ssl_context)  # type: ignore[attr-defined]
    if importlib.util.find_spec("sniffio") is None:  # httpcore looks for it several times in each request
        sys.modules["sniffio"] = None  # type: ignore[assignment]
    if not hasattr(config, "workerinput"):  # the one process that starts the others, where there are others
        made = tempfile.TemporaryDirectory(prefix="board-made-")
        config.add_cleanup(made.cleanup)
        os.environ[commands.MADE] = made.name


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="faults last as long as they do in life (`make faults`)")
    parser.addoption("--quick", action="store_true", help="only what needs no browser and no server of its own (`make check`)")
    parser.addoption("--accept", action="store_true", help="keep the gallery's pictures as they are now (`make gallery`)")
    parser.addoption("--figures", metavar="FILE", help="write what the fault suite measured into this page")


# Fixtures that start something, and pages of tests that start their servers themselves.
SERVERS = {"server", "either", "two_workers", "postgres_server", "redis_server", "redis", "browser", "page"}
START_THEIR_OWN = (
    "browser/",
    "engines/",
    "faults/",
    "test_abuse",
    "test_backup",
    "test_cli",
    "test_listening",
    "test_pooling",
    "test_proxies",
    "test_read_only",
    "test_tls",
    "test_conformance",
    "test_demo",
    "test_walk",
    "test_watchdog",
    "test_wire",
    "test_writers",
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """`--quick` leaves out what takes long; the report names what it leaves out, and never counts it as passed. Tests of faults
    come first: they mostly wait, which costs nothing while others work, and all of it at the end."""
    items.sort(key=lambda item: not item.nodeid.startswith("tests/faults/"))
    if not config.getoption("--long"):
        for item in items:
            if item.get_closest_marker("lengthy"):
                item.add_marker(pytest.mark.skip(reason="takes long: `make faults` runs this"))
    if config.getoption("--quick"):
        slow = [item for item in items if _is_slow(item)]
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if item not in set(slow)]


def _is_slow(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    parameters = getattr(item, "callspec", None)
    on_postgresql = parameters is not None and "postgresql" in parameters.params.values()
    elsewhere = any(f"tests/{name}" in item.nodeid for name in START_THEIR_OWN)
    return bool(names & SERVERS) or on_postgresql or elsewhere


@pytest.fixture(scope="session")
def redis_server() -> Iterator[servers.Redis]:
    """A Redis server for all tests; a test that stops or fills Redis starts its own."""
    with servers.directory() as path:
        redis = servers.Redis(path)
        redis.start()
        yield redis
        redis.stop()


@pytest.fixture
def redis() -> Iterator[servers.Redis]:
    """For one test, which may hurt it."""
    with servers.directory() as path:
        redis = servers.Redis(path)
        redis.start()
        yield redis
        redis.stop()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[servers.Postgres]:
    with servers.directory() as path:
        postgres = servers.Postgres(path)
        postgres.start()
        yield postgres
        postgres.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A new database of either kind, without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'board.db'}"
    else:
        postgres: servers.Postgres = request.getfixturevalue("postgres_server")
        yield from borrowed(postgres, postgres.new_database())


def borrowed(postgres: servers.Postgres, url: str) -> Iterator[str]:
    yield url.replace("postgresql:", "postgresql+psycopg:")
    postgres.done_with(url)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A new SQLite database, with our tables and nothing in them."""
    shutil.copyfile(servers.sqlite_model(), tmp_path / "board.db")
    return f"sqlite:///{tmp_path / 'board.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The same of either kind."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
    else:
        postgres: servers.Postgres = request.getfixturevalue("postgres_server")
        yield from borrowed(postgres, postgres.new_board_database())


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    store = Store(database_url)
    store.start()
    yield store
    await store.stop()


@pytest.fixture(scope="session")
def server() -> Iterator[servers.Server]:
    """One worker, SQLite, no limits; shared by tests that make boards of their own."""
    with servers.serving(BOARD_LIMITS="off") as server:
        yield server


@pytest.fixture(scope="session")
def two_workers(redis_server: servers.Redis, postgres_server: servers.Postgres) -> Iterator[servers.Server]:
    """Two workers, PostgreSQL, Redis."""
    settings = {"DATABASE_URL": postgres_server.new_database(), "REDIS_URL": redis_server.url, "SECRET_KEY": "k" * 40}
    with servers.serving(workers=2, BOARD_LIMITS="off", **settings) as server:
        yield server


class People:
    """Makes attendees and moderators of one board, and sends them home after the test."""

    def __init__(self, server: servers.Server, board: dict[str, str], stack: AsyncExitStack) -> None:
        self._server, self._board, self._stack = server, board, stack
        self.code = board["code"]

    async def attendee(self, name: str | None = None, team: str | None = None) -> Attendee:
        attendee = await self._stack.enter_async_context(Attendee(self._server.url, self._board["code"]))
        if name:
            await attendee.join(name, team)
        return attendee

    async def moderator(self) -> Moderator:
        return await self._stack.enter_async_context(
            Moderator(self._server.url, self._board["code"], self._board["moderate_url"])
        )

    async def organiser(self) -> Moderator:
        """A client with a moderator's link."""
        return await self._stack.enter_async_context(
            Moderator(self._server.url, self._board["code"], self._board["organise_url"])
        )


@pytest.fixture
async def people() -> AsyncIterator[Callable[[servers.Server, dict[str, str]], People]]:
    async with AsyncExitStack() as stack:

        def of(server: servers.Server, board: dict[str, str]) -> People:
            return People(server, board, stack)

        yield of


# -- the fault suite -----------------------------------------------------------------------------------------------

BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"

_found: list[tuple[str, str, str, str]] = []


@pytest.fixture(params=["server", "two_workers"])
def either(request: pytest.FixtureRequest) -> servers.Server:
    """On each database, with one worker and with two."""
    server: servers.Server = request.getfixturevalue(request.param)
    return server


@pytest.fixture
def visit() -> Iterator[Visitors]:
    with visiting() as visitors:
        yield visitors


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
    before, _, rest = Path(page).read_text(encoding="utf-8").partition(BEGIN)
    old, _, after = rest.partition(END)
    measured_again = {f"`{test}` |" for *_, test in _found}
    lines = [f"| {promise} | {what} | {value} | `{test}` |" for promise, what, value, test in _found]
    lines += [
        line for line in old.splitlines() if line.startswith("| G") and not any(line.endswith(test) for test in measured_again)
    ]
    lines.sort(key=lambda line: (int(line[3 : line.index(" ", 3)]), line))
    table = "\n".join([BEGIN, "", "| Promise | Measured | Figure | Test |", "|---|---|---|---|", *lines, "", END])
    Path(page).write_text(before + table + after, encoding="utf-8")

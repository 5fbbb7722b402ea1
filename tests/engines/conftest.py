"""The three engines behind one interface, and a board with a roster for them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.engines.chromium import Chromium
from tests.engines.firefox import Firefox
from tests.engines.webkit import WebKit
from tests.engines.window import Engine, Hand
from tests.servers import Server

PHONE = (390, 844)
STAGE = (1920, 1042)
LAPTOP = (1280, 800)
ENGINES: dict[str, Callable[[], Engine]] = {"chromium": Chromium, "firefox": Firefox, "webkit": WebKit}
ROSTER = "name,team\nNadia Haque,Bangladesh\nSokha Chan,Cambodia\nOmar Haddad,Jordan\n"

Open = Callable[[str, tuple[int, int]], Awaitable[Hand]]


@pytest.fixture(scope="session")
def at_length(request: pytest.FixtureRequest) -> None:
    """For what takes long in three engines: it runs with the faults."""
    if not request.config.getoption("--long"):
        pytest.skip("three engines take long: `make faults` runs this")


OTHERS = [pytest.param(name, marks=pytest.mark.lengthy) for name in ENGINES if name != "chromium"]


@pytest.fixture(scope="session", params=["chromium", *OTHERS])
async def engine(request: pytest.FixtureRequest) -> AsyncIterator[Engine]:
    """Fails, and says which package is missing, where the engine is not installed. Chromium with its windows, as people have
    it, takes longer than without them: it runs with the others."""
    make = ENGINES[request.param]
    engine = make() if request.config.getoption("--long") else Chromium("chromium-headless-shell")
    await engine.start()
    yield engine
    await engine.stop()


@pytest.fixture
async def open_page(engine: Engine) -> AsyncIterator[Open]:
    """Opens an address in a new window, which is closed after the test."""
    async with AsyncExitStack() as stack:

        async def open_page(url: str, size: tuple[int, int]) -> Hand:
            window = await engine.window(*size)
            stack.push_async_callback(window.close)
            await window.go(url)
            return Hand(window)

        yield open_page


@pytest.fixture
def board(server: Server, tmp_path: Path) -> dict[str, str]:
    made = server.create("Innovation Lab", "--theme", "Training", "--team", "Cambodia", "--team", "Jordan")
    people = tmp_path / "people.csv"
    people.write_text(ROSTER, encoding="utf-8")
    server.run("import-people", made["code"], str(people))
    return made

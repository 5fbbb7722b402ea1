"""Bombadil (by Antithesis, MIT) taps and types at random: no uncaught error, no console error, no answer of 400 or more."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser import scenery
from tests.servers import tool

PACKAGE = "@antithesishq/bombadil@0.7.0"
WALK_SECONDS = 15 * 60
FETCH_SECONDS = 5 * 60
SPECIFICATIONS = {"screen": [str(Path(__file__).with_name("screen.spec.ts"))]}
PAGES = {"phone": (390, 844), "screen": (1920, 1080), "desk": (1280, 800)}


@pytest.fixture
def demo(at_length: None) -> Iterator[scenery.Demo]:
    with scenery.demo() as server:
        yield server


@pytest.mark.parametrize("page", PAGES)
def test_a_random_walk_breaks_no_property(page: str, demo: scenery.Demo, tmp_path: Path) -> None:
    tool("chromium", "chromium")
    width, height = PAGES[page]
    url = f"{demo.url}{urlsplit(getattr(demo.board(), page)).path}"
    options = ["--headless", "--no-sandbox", "--exit-on-violation", "--output-path", str(tmp_path / "walk")]
    options += ["--time-limit", f"{WALK_SECONDS}s", "--width", str(width), "--height", str(height)]
    program = [tool("npx", "npm"), "--yes", PACKAGE, "browser", "test", *options, url, *SPECIFICATIONS.get(page, [])]
    done = subprocess.run(program, capture_output=True, text=True, timeout=WALK_SECONDS + FETCH_SECONDS)
    assert done.returncode == 0, done.stdout[-5_000:] + done.stderr[-5_000:]
    assert "violation" not in (done.stdout + done.stderr).lower(), done.stdout[-5_000:]

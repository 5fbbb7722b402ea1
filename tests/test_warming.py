"""A worker that serves has made its pages before the first reader comes: nothing long is left for the event loop."""

from __future__ import annotations

import jinja2
import pytest

from board import app
from board.web import assets, templating
from board.web.api import organisers


def test_templates_are_ready_before_the_first_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    app.warm_up()

    def compiled(*_: object, **__: object) -> None:
        raise AssertionError("a template is compiled while readers wait")

    monkeypatch.setattr(jinja2.Environment, "compile", compiled)
    known = assets.version.cache_info().misses
    for path in assets.TEMPLATES.iterdir():
        templating._environment.get_template(path.name)
    assert assets.url("css/base.css").startswith("/static/")
    assert assets.version.cache_info().misses == known


async def test_a_long_file_is_sent_in_small_parts() -> None:
    data = bytes(range(256)) * 1024 + b"the end"
    parts = [part async for part in organisers.in_parts(data)]
    assert b"".join(parts) == data
    assert max(map(len, parts)) <= organisers.PART_BYTES < len(data)

"""The end of the example gathering on paper: after four days the organiser prints keepsakes; who left is on none of them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import Pages
from tests.browser.test_print import OUT_OF_PLACE, opened, printed
from tests.gathering import DAYS, PERSON, WORD, Gathering
from tests.inprocess import ServerByClock, by_clock
from tests.visitors import Visitors

PEOPLE = 3
A5_POINTS = (420, 595)


@pytest.fixture
def server() -> Iterator[ServerByClock]:
    with by_clock(BOARD_LIMITS="off") as server:
        yield server


@pytest.mark.lengthy
async def test_three_keepsakes_fill_their_sheets_and_contain_no_word_of_an_erased_person(
    pages: Pages, server: ServerByClock, visit: Visitors, tmp_path: Path
) -> None:
    here = await asyncio.to_thread(Gathering, server, visit, PEOPLE)
    await asyncio.to_thread(here.go_through)
    here.close()
    here.answer_ten()
    names = list(here.phones)
    page = await opened(pages, server, here.links | {"code": here.code}, "keepsakes?size=a4")
    _, size, text = await printed(page, tmp_path)
    assert size == A5_POINTS
    assert all(name in text for name in names)
    here.done(here.leaver, "DELETE", "/me")
    here.done(here.organiser, "POST", f"/people/{here.roster[PERSON]['id']}/erase", {"texts": True})
    await page.reload()
    await page.wait_for_selector("html[data-ready]", state="attached")
    assert await page.evaluate(OUT_OF_PLACE) == []
    _, size, text = await printed(page, tmp_path)
    sheets = text.split("\f")[:-1]
    assert size == A5_POINTS
    assert PEOPLE <= len(sheets) <= 2 * PEOPLE
    assert all(not sheet.strip().startswith("The code opens this page") for sheet in sheets), "no code stands alone on a sheet"
    assert all(text.count(name) >= DAYS for name in names[: PEOPLE - 1])
    assert PERSON not in text
    assert WORD not in text

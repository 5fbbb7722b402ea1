"""The morning of two rooms, from before it begins to lunch (tests/browser/morning.py)."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Pages
from tests.browser.morning import Morning
from tests.inprocess import by_clock


@pytest.mark.lengthy
async def test_a_complete_morning_works_with_two_rooms_a_delay_a_lost_screen_and_new_moderators(pages: Pages) -> None:
    with by_clock(BOARD_LIMITS="off") as server:
        await Morning(pages, server).run()

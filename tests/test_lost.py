"""A large screen that was lost stays listed for one lease, and a hide says how long it may still show what was hidden."""

from __future__ import annotations

from collections.abc import Callable

from board.live.lost import LOST_AT_MOST, WITHOUT_LEASE_SECONDS, LostScreens, still_shown
from tests.conftest import People
from tests.people import Moderator
from tests.servers import Server

HALL = {"name": "Hall", "seq": 7, "state": "live"}


def _names(lost: LostScreens, now: float = 0) -> list[object]:
    return [entry["name"] for entry in lost.listed(now)]


def test_a_lost_screen_is_listed_for_one_lease() -> None:
    lost = LostScreens()
    lost.lose("Hall", 7, now=100, lease_seconds=15)
    assert lost.listed(100) == [{"name": "Hall", "seq": 7, "state": "lost", "seconds": 15}]
    assert still_shown([HALL, *lost.listed(114.5)]) == [{"name": "Hall", "seconds": 1}]
    assert lost.listed(115) == []
    lost.lose("Hall", 7, now=200, lease_seconds=15, screen="orchid")  # of several large screens, which one
    assert still_shown(lost.listed(200)) == [{"name": "Hall", "seconds": 15, "screen": "orchid"}]


def test_a_screen_that_returns_leaves_the_list_of_lost_screens_and_others_stay() -> None:
    lost = LostScreens()
    for name in ("Hall", "Hall", "Foyer"):
        lost.lose(name, 7, now=0, lease_seconds=15)
    lost.back("Hall")
    lost.back("Stage")
    assert _names(lost) == ["Hall", "Foyer"]


def test_a_screen_that_returns_on_another_worker_is_no_longer_lost() -> None:
    lost = LostScreens()
    lost.lose("Hall", 7, now=0, lease_seconds=15)
    lost.back_elsewhere([HALL], [HALL | {"seq": 8}])
    assert _names(lost) == ["Hall"], "that one was there before"
    lost.back_elsewhere([], [HALL | {"state": "lost", "seconds": 3}])
    assert _names(lost) == ["Hall"]
    lost.back_elsewhere([HALL], [HALL, HALL])
    assert _names(lost) == []


def test_screens_that_come_and_go_do_not_grow_memory() -> None:
    lost = LostScreens()
    for number in range(3 * LOST_AT_MOST):
        lost.lose(str(number), 0, now=0, lease_seconds=0)
    assert _names(lost) == [str(number) for number in range(2 * LOST_AT_MOST, 3 * LOST_AT_MOST)]
    assert _names(lost, WITHOUT_LEASE_SECONDS) == []


async def test_a_hide_says_how_long_a_lost_screen_may_still_show_it(
    server: Server, people: Callable[[Server, dict[str, str]], People]
) -> None:
    board = server.create()
    here = people(server, board)
    attendee, moderator = await here.attendee("Omar"), await here.moderator()
    post, other = await attendee.ask(), await attendee.ask("And this one?")
    desk = await moderator.live(feed="moderate")
    async with Moderator(server.url, board["code"], board["screen_url"]) as browser:
        hall = await browser.live(feed="screen")
        await desk.until(lambda frame: frame.get("screens"))
        hall.socket.transport.abort()  # the cable is pulled
        received = await desk.until(lambda frame: frame.get("screens") and "seconds" in frame["screens"][0])
        assert 0 < received["screens"][0]["seconds"] <= 15
        (shown,) = (await moderator.moderate(post, state="hidden")).json()["still_shown"]
        assert shown["name"] == received["screens"][0]["connections"][0]["name"]
        assert 0 < shown["seconds"] <= 15
        bulk = await moderator.send("POST", "/posts/bulk", {"ids": [other["id"]], "state": "hidden"})
        assert [one["name"] for one in bulk.json()["still_shown"]] == [shown["name"]]
        await browser.live(feed="screen")
        await desk.until(lambda frame: [one["state"] for one in frame.get("screens", ())] == ["live"])
        assert "still_shown" not in (await moderator.moderate(await attendee.ask("A third?"), state="hidden")).json()

"""The walk, from outside: phone, any worker, screen."""

from __future__ import annotations

from collections.abc import Callable

from tests.conftest import People
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]


async def test_a_card_posted_to_one_worker_reaches_viewers_of_both(two_workers: Server, people: Of) -> None:
    here = people(two_workers, two_workers.create())
    author = await here.attendee("Asha", "Bangladesh")
    viewers = [await (await here.attendee()).live() for _ in range(8)]
    for viewer in viewers:
        assert (await viewer.next())["type"] == "snapshot"
    card = await author.celebrate("You taught me to listen before I advise.")
    for viewer in viewers:
        frame = await viewer.until(lambda frame: frame["type"] == "changes" and frame["posts"])
        assert [post["id"] for post in frame["posts"]] == [card["id"]]

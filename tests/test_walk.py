"""The walk, from outside: phone, any worker, screen. Two workers, PostgreSQL, Redis."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import httpx
import pytest

from board.model.models import Close
from tests.conftest import People
from tests.people import Attendee, Json, Moderator, Person
from tests.room import Of, at, closed, new_link, shows, takes_away, tells_author, viewers
from tests.servers import Server


@pytest.fixture(scope="module")
def board(two_workers: Server) -> dict[str, str]:
    """One board for several tests: each looks only at its own posts."""
    return two_workers.create()


@pytest.fixture
def here(two_workers: Server, board: dict[str, str], people: Of) -> People:
    return people(two_workers, board)


async def shown(person: Person, **query: str) -> dict[str, Json]:
    return {post["id"]: post for post in (await person.snapshot(**query))["posts"]}


async def shown_by_each(server: Server, code: str) -> list[dict[str, Json]]:
    """The fresh snapshot of each worker."""
    found = []
    for number in (0, 1):
        with at(server, number):
            async with Attendee(server.url, code) as visitor:
                found.append(await shown(visitor))
    return found


# -- posts go everywhere -------------------------------------------------------------------------------------------


async def test_both_workers_can_be_reached(two_workers: Server, here: People) -> None:
    """Or nothing below says anything about two."""
    assert len(two_workers.worker_pids()) == 2
    phones = [await here.attendee() for _ in range(2)]
    for number, phone in enumerate(phones):
        with at(two_workers, number):
            assert (await phone.get()).status_code == 200
    stopped = max(two_workers.worker_pids())  # number 1
    os.kill(stopped, signal.SIGSTOP)
    try:
        assert (await phones[0].get()).status_code == 200
        with pytest.raises(httpx.ReadTimeout):
            await phones[1].http.get(phones[1].api, timeout=0.5)
    finally:
        os.kill(stopped, signal.SIGCONT)


@pytest.mark.parametrize("number", [0, 1])
async def test_a_card_posted_to_one_worker_reaches_viewers_of_both(
    two_workers: Server, here: People, people: Of, number: int
) -> None:
    author = await here.attendee()
    both = await viewers(two_workers, await here.attendee())
    stranger = await people(two_workers, two_workers.create()).attendee()
    elsewhere = await viewers(two_workers, stranger)
    with at(two_workers, number):
        await author.join("Asha", "Bangladesh")
        card = await author.celebrate("You taught me to listen before I advise.")
    for viewer in both:
        frame = await viewer.until(shows(card))
        assert [post["text"] for post in frame["posts"]] == ["You taught me to listen before I advise."]
    for found in await shown_by_each(two_workers, author.code):
        assert found[card["id"]]["author"] == {"name": "Asha", "team": "Bangladesh"}
    later = await stranger.ask("Does anybody hear of the other board?")
    for viewer in elsewhere:
        await viewer.until(shows(later))
        assert card["id"] not in json.dumps(viewer.frames)


async def test_posts_through_both_workers_reach_all_viewers_in_one_order(two_workers: Server, here: People) -> None:
    authors = []
    for number in (0, 1):
        with at(two_workers, number):
            authors.append(await here.attendee(f"Author {number}"))
    both = await viewers(two_workers, await here.attendee())
    posts = await asyncio.gather(*(authors[n % 2].ask(f"Question number {n}?") for n in range(30)))
    wanted = [post["id"] for post in sorted(posts, key=lambda post: post["seq"])]
    assert len({post["seq"] for post in posts}) == 30
    for viewer in both:
        heard: list[str] = []
        cursor = viewer.frames[0]["seq"]
        while len(heard) < 30:
            frame = await viewer.until(lambda frame: frame["type"] == "changes")
            assert frame["after"] == cursor
            cursor = frame["to"]
            heard += [post["id"] for post in frame["posts"]]
        assert heard == wanted


async def test_votes_through_both_workers_are_added_up(two_workers: Server, here: People) -> None:
    asked = await (await here.attendee()).ask()
    both = await viewers(two_workers, await here.attendee())
    for number in (0, 1):
        with at(two_workers, number):
            voter = await here.attendee()
            for _ in range(2):
                assert (await voter.send("PUT", f"/posts/{asked['id']}/vote")).json()["votes"] == number + 1
    for viewer in both:
        await viewer.until(lambda frame: any(p["id"] == asked["id"] and p["votes"] == 2 for p in frame.get("posts", [])))


async def test_events_on_one_worker_and_a_socket_on_the_other_get_the_same_frames(two_workers: Server, here: People) -> None:
    listener, looker, author = await here.attendee(), await here.attendee(), await here.attendee("Asha")
    with at(two_workers, 1):
        socket = await looker.live()
        snapshot = await socket.next()
    with at(two_workers, 0):
        stream = await listener.http.send(listener.http.build_request("GET", f"{listener.api}/events"), stream=True)
        events = _events(stream)
        first = await anext(events)
    try:
        assert first[1] | {"now": snapshot["now"]} == snapshot, "the same, but for the time"
        assert first[0] == snapshot["seq"]
        card = await author.celebrate()
        heard = await socket.until(shows(card))
        async with asyncio.timeout(10):
            assert await anext(events) == (heard["to"], heard)
    finally:
        await stream.aclose()
    resumed = listener.http.build_request(
        "GET", f"{listener.api}/events", headers={"Last-Event-ID": f"{snapshot['seq']}.{snapshot['epoch']}"}
    )
    stream = await listener.http.send(resumed, stream=True)
    try:
        _, event = await anext(_events(stream))
    finally:
        await stream.aclose()
    assert (event["type"], event["after"]) == ("changes", snapshot["seq"])
    assert shows(card)(event)


async def _events(stream: httpx.Response) -> AsyncIterator[tuple[int | None, Json]]:
    """Id and frame of each event but those that nobody misses."""
    number = None
    async for line in stream.aiter_lines():
        if line.startswith("id: "):
            number = int(line.removeprefix("id: ").partition(".")[0])
        elif line.startswith("data: "):
            frame = json.loads(line.removeprefix("data: "))
            if frame["type"] in ("snapshot", "changes"):
                yield number, frame
            number = None


# -- and leave everywhere ------------------------------------------------------------------------------------------


async def test_a_hidden_post_disappears_for_everybody_except_moderators(
    two_workers: Server, board: dict[str, str], here: People
) -> None:
    """Live, for those who come back, and for those who come new; on both workers."""
    author, phone, moderator = await here.attendee("Asha"), await here.attendee(), await here.moderator()
    before = await phone.snapshot()
    card = await author.celebrate("This names somebody who would rather not be named.")
    kept = await author.ask("Does this one stay?")
    both, desks = await viewers(two_workers, phone), await viewers(two_workers, moderator, feed="moderate")
    had_it = await phone.snapshot()
    assert card["id"] in [post["id"] for post in had_it["posts"]]
    with at(two_workers, 0):
        async with Moderator(two_workers.url, author.code, board["moderate_url"]) as there:
            assert (await there.moderate(card, state="hidden", expect="visible")).status_code == 200
    for viewer in both:
        frame = await viewer.until(takes_away(card))
        assert not shows(card)(frame)
    for desk in desks:
        frame = await desk.until(lambda frame: frame["type"] == "changes" and shows(card)(frame))
        assert [post["state"] for post in frame["posts"] if post["id"] == card["id"]] == ["hidden"]
    for seen in (before, had_it):  # it appeared after the first; both must remove it
        for viewer in [await phone.live(after=seen["seq"], epoch=seen["epoch"]) for _ in range(4)]:
            frame = await viewer.next()
            assert frame["type"] == "changes"
            assert not shows(card)(frame)
            assert takes_away(card)(frame)
    for found in await shown_by_each(two_workers, author.code):
        assert card["id"] not in found
        assert kept["id"] in found
    older = (await phone.get("/posts")).json()["posts"]
    assert card["id"] not in [post["id"] for post in older]
    assert (await shown(moderator, feed="moderate"))[card["id"]]["text"] == card["text"]


async def test_a_waiting_post_appears_after_approval_and_its_author_gets_a_message(two_workers: Server, people: Of) -> None:
    here = people(two_workers, two_workers.create())
    author, other, moderator = await here.attendee("Asha"), await here.attendee("Leo"), await here.moderator()
    assert (await moderator.send("PATCH", "", {"premoderate": {"question": True}})).status_code == 200
    authors, others = await viewers(two_workers, author), await viewers(two_workers, other)
    desks = await viewers(two_workers, moderator, feed="moderate")
    asked = await author.ask("May this be asked?")
    assert asked["state"] == "pending"
    for desk in desks:
        await desk.until(shows(asked))
    for live in authors:
        await live.until(tells_author(id=asked["id"], state="pending"))
    card = await author.celebrate()
    for live in others:
        await live.until(shows(card))
        assert asked["id"] not in json.dumps(live.frames)
    for found in await shown_by_each(two_workers, author.code):
        assert list(found) == [card["id"]]
    assert (await moderator.moderate(asked, state="visible", expect="pending")).status_code == 200
    for live in authors:
        await live.until(tells_author(id=asked["id"], state="visible"))
    for live in others:
        frame = await live.until(shows(asked))
        assert "state" not in frame["posts"][0]
        assert all(frame["type"] != "mine" for frame in live.frames)


async def test_only_the_author_gets_the_rejection_of_a_post_with_its_reason(two_workers: Server, people: Of) -> None:
    here = people(two_workers, two_workers.create())
    author, other, moderator = await here.attendee("Asha"), await here.attendee("Leo"), await here.moderator()
    await moderator.send("PATCH", "", {"frozen": True})
    authors, others = await viewers(two_workers, author), await viewers(two_workers, other)
    asked = await author.ask("May this be asked?", anonymous=True)
    await moderator.moderate(asked, state="rejected", reason="Please be kind.")
    for live in authors:
        await live.until(tells_author(id=asked["id"], state="rejected", reason="Please be kind."))
    await moderator.send("PATCH", "", {"frozen": False})
    for live in others:
        await live.until(lambda frame: frame.get("board", {}).get("frozen") is False)
        assert asked["id"] not in json.dumps(live.frames)
    assert (await author.get("/mine")).json()["posts"][0]["reason"] == "Please be kind."


async def test_the_second_of_two_moderators_on_two_workers_gets_a_conflict(two_workers: Server, people: Of) -> None:
    board = two_workers.create()
    async with AsyncExitStack() as stack:
        mira, noor = [
            Moderator(two_workers.url, board["code"], new_link(two_workers, board, name)) for name in ("Mira", "Noor")
        ]
        for number, moderator in enumerate((mira, noor)):
            with at(two_workers, number):
                await stack.enter_async_context(moderator)
        author = await people(two_workers, board).attendee("Asha")
        await mira.send("PATCH", "", {"premoderate": {"question": True}})
        for _ in range(5):
            asked = await author.ask()
            answers = await asyncio.gather(
                mira.moderate(asked, state="visible", expect="pending"),
                noor.moderate(asked, state="rejected", expect="pending"),
            )
            assert sorted(answer.status_code for answer in answers) == [200, 409]
            done, late = sorted(answers, key=lambda answer: answer.status_code)
            first = "Mira" if done is answers[0] else "Noor"
            assert late.json()["post"] == done.json()["post"]
            assert late.json()["post"]["moderated_by"] == first
            assert first in late.json()["detail"]
            assert (asked["id"] in await shown(author)) == (first == "Mira")


async def test_a_revoked_link_closes_its_connections_on_both_workers(two_workers: Server, people: Of) -> None:
    board = two_workers.create()
    here = people(two_workers, board)
    moderator, phone = await here.moderator(), await here.attendee()
    desks, phones = await viewers(two_workers, moderator, feed="moderate"), await viewers(two_workers, phone)
    async with Moderator(two_workers.url, board["code"], board["screen_url"]) as screen:
        walls = await viewers(two_workers, screen, feed="screen")
        two_workers.run("link", board["code"], "moderator", "--revoke")
        for desk in desks:
            assert await closed(desk) == Close.NOT_ALLOWED
        for number in (0, 1):
            with at(two_workers, number):
                assert await closed(await moderator.live(feed="moderate")) == Close.NOT_ALLOWED
        card = await phone.celebrate()
        for live in (*phones, *walls):  # all other sockets stay open
            await live.until(shows(card))


async def test_a_new_link_opens_its_page_and_feed_on_every_worker(two_workers: Server) -> None:
    board = two_workers.create()
    page = f"/b/{board['code']}/moderate"
    for number in (0, 1):
        with at(two_workers, number):
            async with Attendee(two_workers.url, board["code"]) as attendee:
                assert (await attendee.http.get(page)).status_code == 403  # and now the board is open here
    link = two_workers.run("link", board["code"], "moderator", "--name", "Mira").stdout.split()[-1]
    async with Moderator(two_workers.url, board["code"], link.replace("localhost", "127.0.0.1")) as mira:
        for number in (0, 1):
            with at(two_workers, number):
                async with httpx.AsyncClient(base_url=two_workers.url, cookies=mira.http.cookies) as browser:
                    assert (await browser.get(page)).status_code == 200
                assert (await (await mira.live(feed="moderate")).next())["type"] == "snapshot"

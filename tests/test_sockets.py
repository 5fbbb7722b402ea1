"""The feeds `/live` and `/events`: both give the same viewer the same frames, from any cursor."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, aclosing
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from board.model.models import Close
from tests import servers
from tests.conftest import People
from tests.people import FRAME_SECONDS, Attendee, Json, Live, Moderator, Person
from tests.room import closed, shows, takes_away, tells_author
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]


class Ended(Exception):
    """The stream of events came to its end."""


class Events(Live):
    """The same as a socket, by Server-Sent Events."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self.frames: list[Json] = []
        self.ids: list[int | None] = []
        self._lines = response.aiter_lines()

    async def next(self, seconds: float = FRAME_SECONDS) -> Json:
        number = None
        async with asyncio.timeout(seconds):
            async for line in self._lines:
                if line.startswith("id: "):
                    number = int(line.removeprefix("id: ").partition(".")[0])
                elif line.startswith("data: "):
                    self.ids.append(number)
                    self.frames.append(json.loads(line.removeprefix("data: ")))
                    return self.frames[-1]
        raise Ended


Open = Callable[..., Awaitable[Live]]


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


@pytest.fixture
def open_events(stack: AsyncExitStack) -> Callable[..., Awaitable[Events]]:
    async def open(person: Person, last_event_id: str | None = None, **query: str | int) -> Events:
        headers = {} if last_event_id is None else {"Last-Event-ID": last_event_id}
        request = person.http.build_request("GET", f"{person.api}/events", params=query, headers=headers)
        response = await person.http.send(request, stream=True)
        await stack.enter_async_context(aclosing(response))
        return Events(response)

    return open


@pytest.fixture(params=["live", "events"])
def look(request: pytest.FixtureRequest, open_events: Open) -> Open:
    """Opens the feed for a person; the first frame is still to come."""

    async def live(person: Person, **query: str | int) -> Live:
        return await person.live(**query)

    return live if request.param == "live" else open_events


async def refusal(live: Live) -> tuple[int, str]:
    """Close code or status, and the words."""
    if isinstance(live, Events):
        assert live.response.is_error, "a stream that opens has no end to be read to"
        problem = json.loads(await live.response.aread())
        assert live.response.headers["content-type"] == "application/problem+json"
        return live.response.status_code, problem["detail"]
    with pytest.raises(ConnectionClosed) as ended:
        await live.next()
    assert ended.value.rcvd is not None
    return ended.value.rcvd.code, ended.value.rcvd.reason


async def ends(live: Live) -> int | None:
    """The close code; a stream of events has none."""
    if not isinstance(live, Events):
        return await closed(live)
    with pytest.raises((Ended, httpx.RemoteProtocolError)):
        await live.until(lambda frame: False)
    return None


@pytest.fixture(scope="module")
def board(server: Server) -> dict[str, str]:
    """Shared by tests that look at their own posts alone."""
    return server.create()


@pytest.fixture
def here(server: Server, board: dict[str, str], people: Of) -> People:
    return people(server, board)


# -- from which point ----------------------------------------------------------------------------------------------


async def test_a_client_without_a_cursor_gets_a_snapshot_first(here: People, look: Open) -> None:
    author, visitor = await here.attendee("Asha"), await here.attendee()
    card = await author.celebrate()
    snapshot = await (await look(visitor)).next()
    assert snapshot == {"type": "snapshot"} | await visitor.snapshot() | {"now": snapshot["now"]}
    assert snapshot["posts"][0]["id"] == card["id"]


async def test_a_client_with_a_cursor_gets_only_later_changes(here: People, look: Open) -> None:
    author, visitor = await here.attendee("Asha"), await here.attendee()
    before = await author.ask("Was this before?")
    known = await visitor.snapshot()
    missed = [await author.ask("Was this missed?"), await author.celebrate()]
    live = await look(visitor, after=known["seq"], epoch=known["epoch"])
    frame = await live.next()
    assert (frame["type"], frame["after"], frame["to"]) == ("changes", known["seq"], missed[-1]["seq"])
    assert [post["id"] for post in frame["posts"]] == [post["id"] for post in missed]
    assert before["id"] not in json.dumps(live.frames)
    up_to_date = await (await look(visitor, after=frame["to"], epoch=known["epoch"])).next()
    assert up_to_date == {"type": "changes", "after": frame["to"], "to": frame["to"], "posts": [], "gone": []}


async def test_a_cursor_of_another_history_or_from_the_future_gets_a_snapshot(here: People, look: Open) -> None:
    visitor = await here.attendee()
    known = await visitor.snapshot()
    for cursor in ({"after": known["seq"], "epoch": "another"}, {"after": known["seq"] + 1, "epoch": known["epoch"]}):
        assert (await (await look(visitor, **cursor)).next())["type"] == "snapshot"


@pytest.mark.parametrize(
    "query",
    [
        {"after": "1"},
        {"epoch": "somebody's"},
        {"after": "", "epoch": "e"},
        {"after": "-1", "epoch": "e"},
        {"after": "1.5", "epoch": "e"},
        {"after": "one", "epoch": "e"},
        {"after": "%D9%A3", "epoch": "e"},
        {"after": "9" * 16, "epoch": "e"},
        {"after": "1", "epoch": "e" * 65},
        {"feed": "everything"},
        {"feed": "moderator"},
    ],
)
async def test_an_invalid_cursor_or_feed_is_refused(here: People, open_events: Open, query: dict[str, str]) -> None:
    attendee = await here.attendee()
    code, words = await refusal(await attendee.live(**query))
    assert code == Close.BAD_REQUEST
    assert words
    if "%" not in query.get("after", ""):
        assert (await refusal(await open_events(attendee, **query)))[0] == 422


# -- permissions ---------------------------------------------------------------------------------------------------


async def test_feeds_of_moderators_and_screens_need_their_links(
    server: Server, board: dict[str, str], here: People, people: Of, look: Open
) -> None:
    refused = (Close.NOT_ALLOWED, 403)
    elsewhere = server.create()
    async with Moderator(server.url, board["code"], board["screen_url"]) as screen:
        for person in (await here.attendee(), screen):
            code, words = await refusal(await look(person, feed="moderate"))
            assert code in refused
            assert "moderator" in words
        assert (await (await look(screen, feed="screen")).next())["type"] == "snapshot"
    async with Moderator(server.url, board["code"], elsewhere["moderate_url"]) as stranger:
        for feed in ("moderate", "screen"):
            assert (await refusal(await look(stranger, feed=feed)))[0] in refused
    assert (await refusal(await look(await here.attendee(), feed="screen")))[0] in refused
    moderator = await here.moderator()
    for feed in ("moderate", "screen"):
        assert (await (await look(moderator, feed=feed)).next())["type"] == "snapshot"


async def test_a_code_without_a_board_opens_no_feed(server: Server, look: Open, stack: AsyncExitStack) -> None:
    for code in ("NO-SUCH", "x", "WAY-TOO-LONG-FOR-A-CODE", "%C3%9C1234"):
        person = await stack.enter_async_context(Attendee(server.url, code))
        assert (await refusal(await look(person)))[0] in (Close.NO_BOARD, 404)


async def test_a_page_of_another_origin_cannot_open_a_feed(server: Server, here: People) -> None:
    attendee = await here.attendee()
    path = attendee.api
    for origin in ("https://evil.example", "null", f"{server.url}.evil.example"):
        with pytest.raises(InvalidStatus) as refused:
            await connect(server.url.replace("http", "ws", 1) + path + "/live", origin=origin, proxy=None)
        assert refused.value.response.status_code == 403
        response = await attendee.http.get(path + "/events", headers={"Origin": origin})
        assert response.status_code == 403
    async with connect(server.url.replace("http", "ws", 1) + path + "/live", origin=server.url, proxy=None) as live:
        assert json.loads(await live.recv())["type"] == "snapshot"


async def test_only_moderators_see_waiting_posts(server: Server, people: Of, look: Open) -> None:
    here = people(server, server.create())
    author, other, moderator = await here.attendee("Asha"), await here.attendee(), await here.moderator()
    await moderator.send("PATCH", "", {"premoderate": {"question": True}})
    desk, public = await look(moderator, feed="moderate"), await look(other)
    waiting = await author.ask("May this be asked?")
    frame = await desk.until(shows(waiting))
    assert (frame["posts"][0]["state"], len(frame["posts"][0]["participant"])) == ("pending", 32)
    card = await author.celebrate()
    frame = await public.until(shows(card))
    assert not frame["posts"][0].keys() & {"state", "participant"}
    assert waiting["id"] not in json.dumps(public.frames)
    assert "May this be asked?" not in json.dumps(public.frames)


async def test_revoking_a_link_closes_only_its_own_connections(server: Server, people: Of, look: Open) -> None:
    board = server.create()
    here = people(server, board)
    other_link = server.run("link", board["code"], "moderator", "--name", "Noor").stdout.split()[-1]
    async with Moderator(server.url, board["code"], other_link.replace("localhost", "127.0.0.1")) as noor:
        moderator, attendee = await here.moderator(), await here.attendee()
        desk, kept, phone = await look(moderator, feed="moderate"), await look(noor, feed="moderate"), await look(attendee)
        await desk.next()
        server.run("link", board["code"], "moderator", "--revoke")
        assert await ends(desk) in (Close.NOT_ALLOWED, None)
        assert (await refusal(await look(moderator, feed="moderate")))[0] in (Close.NOT_ALLOWED, 403)
        card = await attendee.celebrate()
        for live in (kept, phone):
            await live.until(shows(card))
        assert card["id"] not in json.dumps(desk.frames)


# -- what is for whom ----------------------------------------------------------------------------------------------


async def test_only_the_author_gets_the_state_of_a_post_on_every_page(server: Server, people: Of, look: Open) -> None:
    here = people(server, server.create())
    author, other, moderator = await here.attendee("Asha"), await here.attendee("Leo"), await here.moderator()
    await moderator.send("PATCH", "", {"frozen": True})
    pages = [await look(author), await look(author)]
    strangers = [await look(other), await look(moderator, feed="moderate"), await look(await here.attendee())]
    asked, unnamed = await author.ask("Is it me?"), await author.ask("Is it me, unnamed?", anonymous=True)
    for post in (asked, unnamed):
        await moderator.moderate(post, state="rejected", reason="Please be kind.")
    for page in pages:
        for post in (asked, unnamed):
            await page.until(tells_author(id=post["id"], state="rejected", reason="Please be kind."))
    await moderator.send("PATCH", "", {"frozen": False})
    last = await other.celebrate()
    for stranger in strangers:
        await stranger.until(shows(last))
    received = [frame["posts"] for frame in strangers[0].frames if frame["type"] == "mine"]
    assert received == [[{"id": last["id"], "state": "visible"}]]
    for stranger in strangers[1:]:
        assert all(frame["type"] != "mine" for frame in stranger.frames)
    for stranger in (strangers[0], strangers[2]):
        assert not {asked["id"], unnamed["id"]} & set(json.dumps(stranger.frames).split('"'))


async def test_a_hide_removes_the_post_from_viewers_and_from_viewers_that_resume(here: People, look: Open) -> None:
    author, moderator, visitor = await here.attendee("Asha"), await here.moderator(), await here.attendee()
    card = await author.celebrate("This names somebody.")
    live, desk = await look(visitor), await look(moderator, feed="moderate")
    known = await live.next()
    assert (await moderator.moderate(card, state="hidden")).status_code == 200
    await live.until(takes_away(card))
    back = await (await look(visitor, after=known["seq"], epoch=known["epoch"])).next()
    assert takes_away(card)(back)
    assert not shows(card)(back)
    frame = await desk.until(lambda frame: frame["type"] == "changes" and shows(card)(frame))
    assert [post["state"] for post in frame["posts"] if post["id"] == card["id"]] == ["hidden"]
    assert "This names somebody." not in json.dumps(await (await look(visitor)).next())


VOTERS = 40


async def test_votes_are_combined_into_at_most_four_frames_a_second(server: Server, people: Of, look: Open) -> None:
    here = people(server, server.create())
    author, visitor = await here.attendee("Asha"), await here.attendee()
    asked = await author.ask()
    live = await look(visitor)
    await live.next()
    voters = [await here.attendee() for _ in range(VOTERS)]
    frames: list[tuple[float, Json]] = []

    async def follow() -> None:
        while not frames or frames[-1][1]["posts"][0]["votes"] < VOTERS:
            frame = await live.until(lambda frame: frame["type"] == "changes", 30)
            frames.append((time.monotonic(), frame))

    following = asyncio.create_task(follow())
    for voter in voters:
        assert (await voter.send("PUT", f"/posts/{asked['id']}/vote")).status_code == 200
        await asyncio.sleep(0.03)
    await following
    took = frames[-1][0] - frames[0][0]
    assert len(frames) <= 4 * took + 2
    for _, frame in frames:
        assert [post.keys() for post in frame["posts"]] == [{"id", "seq", "votes"}]
    counts = [frame["posts"][0]["votes"] for _, frame in frames]
    assert counts == sorted(counts)


async def test_a_post_does_not_wait_for_the_combining_of_votes(here: People, look: Open) -> None:
    author = await here.attendee("Asha")
    asked = await author.ask()
    live = await look(await here.attendee())
    await live.next()
    await author.send("PUT", f"/posts/{asked['id']}/vote")
    card = await author.celebrate()
    frame = await live.until(shows(card))
    votes = [post["votes"] for f in live.frames for post in f.get("posts", []) if post["id"] == asked["id"]]
    assert votes[-1] == 1
    assert frame["to"] == card["seq"]


# -- presence and beats --------------------------------------------------------------------------------------------


async def test_everybody_gets_the_number_of_phones_and_only_moderators_the_screens(
    server: Server, people: Of, open_events: Open
) -> None:
    board = server.create()
    here = people(server, board)
    attendee = await here.attendee()
    phones = [await attendee.live(), await (await here.attendee()).live(), await open_events(await here.attendee())]
    desk = await (await here.moderator()).live(feed="moderate")
    async with Moderator(server.url, board["code"], board["screen_url"]) as browser:
        screen = await browser.live(feed="screen")

        def says(online: int) -> Callable[[Json], bool]:
            return lambda frame: frame["type"] == "presence" and frame["online"] == online

        for live in (*phones, screen):
            assert (await live.until(says(3))).keys() == {"type", "online"}
        received = await desk.until(lambda frame: says(3)(frame) and frame["screens"])
        assert [entry["name"] for entry in received["screens"]] == ["screen"]
        await phones[1].socket.close()
        for live in (phones[0], phones[2], screen, desk):
            await live.until(says(2))
        assert not any(frame["type"] == "presence" and frame["online"] > 3 for frame in desk.frames)


async def test_a_quiet_board_sends_beats_often_to_screens_and_moderators_and_seldom_to_phones(
    server: Server, people: Of
) -> None:
    here = people(server, server.create())
    moderator, phone = await here.moderator(), await (await here.attendee()).live()
    desk, wall = await moderator.live(feed="moderate"), await moderator.live(feed="screen")
    snapshot = await desk.next()

    def is_beat(frame: Json) -> bool:
        return frame["type"] == "beat" and frame["seq"] == snapshot["seq"]

    for live in (phone, desk, wall):
        await live.until(is_beat, 30)  # when it became quiet
    heard_before = len(phone.frames)
    for _ in range(2):
        for live in (desk, wall):
            await live.until(is_beat)
    assert not any(frame["type"] == "beat" for frame in await phone.drain(0.1))
    assert all(frame["type"] == "presence" for frame in phone.frames[heard_before:])


# -- Server-Sent Events --------------------------------------------------------------------------------------------


async def test_only_events_that_move_the_cursor_have_an_id(here: People, open_events: Open) -> None:
    author = await here.attendee("Asha")
    events = await open_events(author)
    assert events.response.headers["content-type"].split(";")[0] == "text/event-stream"
    assert events.response.headers["cache-control"] == "no-store"
    assert events.response.headers["x-accel-buffering"] == "no"
    await events.until(lambda frame: frame["type"] == "presence")
    card = await author.celebrate()
    await events.until(shows(card))
    for number, frame in zip(events.ids, events.frames, strict=True):
        assert number == {"snapshot": frame.get("seq"), "changes": frame.get("to")}.get(frame["type"])


async def test_last_event_id_resumes_and_overrides_the_query(here: People, open_events: Open) -> None:
    author, visitor = await here.attendee("Asha"), await here.attendee()
    known = await visitor.snapshot()
    card = await author.celebrate()
    number = str(known["seq"])
    whole = f"{number}.{known['epoch']}"
    ways = ((number, {}), (whole, {}), (whole, {"after": 0, "epoch": "another"}), (number, {"epoch": known["epoch"]}))
    for last, query in ways:
        frame = await (await open_events(visitor, last, **query)).next()
        assert (frame["type"], frame["after"]) == ("changes", known["seq"])
        assert [post["id"] for post in frame["posts"]] == [card["id"]]
    # Of another history the same number is another moment.
    for last, query in ((f"{number}.another", {}), (number, {"after": 0, "epoch": "another"})):
        assert (await (await open_events(visitor, last, **query)).next())["type"] == "snapshot"
    for nonsense in ("x", "-1", "1e3", "9" * 16):
        assert (await refusal(await open_events(visitor, nonsense)))[0] == 422


async def test_after_a_restore_a_seq_without_its_epoch_gets_a_snapshot(people: Of, open_events: Open, tmp_path: Path) -> None:
    """After a restore a seq means another moment: a client with an old seq would miss posts, and keep removed ones."""
    with servers.serving(BOARD_LIMITS="off") as server:
        board = server.create()
        here = people(server, board)
        author, visitor = await here.attendee("Asha"), await here.attendee()
        await author.ask("Before the backup")
        server.run("backup", str(tmp_path / "copy.db"))
        await author.ask("After the backup")
        old = str((await visitor.snapshot())["seq"])
        server.run("restore", str(tmp_path / "copy.db"), "--replace")
        await author.ask("After the restore")
        again = await open_events(visitor, old)
        snapshot = await again.until(lambda frame: frame["type"] == "snapshot" and frame["epoch"].startswith("r"))
        assert [post["text"] for post in snapshot["posts"]] == ["After the restore", "Before the backup"]
        card = await author.celebrate()
        resumed = await (await open_events(visitor, f"{snapshot['seq']}.{snapshot['epoch']}")).next()
        assert [post["id"] for post in resumed["posts"]] == [card["id"]]


# -- a restart -----------------------------------------------------------------------------------------------------


async def test_clients_hear_of_a_restart_then_resume_or_get_a_snapshot_if_too_far_behind(people: Of, open_events: Open) -> None:
    with servers.serving(BOARD_LIMITS="off") as server:
        board = server.create()
        here = people(server, board)
        author, visitor, moderator = await here.attendee("Asha"), await here.attendee(), await here.moderator()
        opened = [await visitor.live(), await open_events(visitor), await moderator.live(feed="moderate")]
        start = await opened[0].next()
        posts = await asyncio.gather(*(author.ask(f"Is it number {number}?") for number in range(100)))
        for state in ("hidden", "visible", "hidden", "visible", "hidden", "visible"):  # a hundred changes each
            bulk = {"ids": [post["id"] for post in posts], "state": state}
            assert (await moderator.send("POST", "/posts/bulk", bulk)).status_code == 200
        known = await visitor.snapshot()
        # A client that reads gets the close code; the server does not wait for one that does not read.
        received = asyncio.gather(*(ends(live) for live in opened))
        assert await asyncio.to_thread(server.stop) == 0
        assert await received == [Close.RESTART, None, Close.RESTART]
        server.start()
        missed = await author.ask("Was this missed?")
        for open in (visitor.live, lambda **query: open_events(visitor, **query)):
            frame = await (await open(after=known["seq"], epoch=known["epoch"])).next()
            assert (frame["type"], frame["after"]) == ("changes", known["seq"])
            assert [post["id"] for post in frame["posts"]] == [missed["id"]]
            frame = await (await open(after=start["seq"], epoch=start["epoch"])).next()
            assert (frame["type"], frame["seq"], len(frame["posts"])) == ("snapshot", missed["seq"], 101)

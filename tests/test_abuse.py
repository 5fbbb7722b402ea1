"""Somebody in the room, or far away, who means no good: guesses codes, votes as many, floods. And who else notices."""

from __future__ import annotations

import asyncio
import secrets
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from board.live.presence import SOCKETS_OF_A_PHONE, VOTERS_WITHOUT_PHONE
from board.model.codes import CODE_ALPHABET
from board.model.models import EDIT_SECONDS
from board.web.limits import CROWD_POSTS, NEW_PHONE_SECONDS, NEW_PHONES_VOTES, ORDINARY_COOKIES, PARTICIPANT_POSTS, WRONG_CODES
from tests.conftest import People
from tests.inprocess import ServerByClock, by_clock
from tests.lines import Lines, lines
from tests.people import Json, question
from tests.room import closed
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]


@pytest.fixture
def limited() -> Iterator[ServerByClock]:
    """With limits, as in earnest, and time that stands still unless a test moves it; its own, because limits are used up."""
    with by_clock() as server:
        yield server


@asynccontextmanager
async def from_address(server: Server, address: str) -> AsyncIterator[httpx.AsyncClient]:
    async with AsyncExitStack() as stack:
        transport = httpx.AsyncHTTPTransport(local_address=address)
        yield await stack.enter_async_context(httpx.AsyncClient(base_url=server.url, transport=transport, timeout=30))


def guess() -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(6))


async def exhaust(guesser: httpx.AsyncClient) -> Counter[int]:
    """Tries until refused."""
    statuses: Counter[int] = Counter()
    while statuses[429] < 20:
        for answer in await asyncio.gather(*(guesser.get(f"/api/b/{guess()}") for _ in range(20))):
            statuses[answer.status_code] += 1
    return statuses


# -- guessing codes ------------------------------------------------------------------------------------------------


async def test_a_client_that_guesses_codes_is_limited_and_the_room_is_not(limited: ServerByClock, people: Of) -> None:
    mine, other = limited.create("This room"), limited.create("Another room")
    async with from_address(limited, "127.0.0.7") as guesser, from_address(limited, "127.0.0.8") as elsewhere:
        phone = people(limited, mine)
        await (await (await phone.attendee()).live()).next()  # the room's own phones are at 127.0.0.1
        statuses = await exhaust(guesser)
        assert set(statuses) == {404, 429}
        assert statuses[404] == WRONG_CODES.burst
        for path in ("/api/b/{}", "/b/{}", "/?code={}"):
            for code in (mine["code"], other["code"], guess()):
                answer = await guesser.get(path.format(code))
                assert answer.status_code == 429, "right or wrong, the same answer"
                assert int(answer.headers["retry-after"]) >= 1
        assert (await elsewhere.get(f"/b/{mine['code']}")).status_code == 200
        limited.clock.move(1)
        assert (await exhaust(guesser))[404] == WRONG_CODES.per_second


async def test_phones_that_share_an_address_with_a_guesser_still_get_in(limited: ServerByClock, people: Of) -> None:
    mine, other = limited.create("This room"), limited.create("Another room")
    await (await (await people(limited, mine).attendee()).live()).next()
    async with from_address(limited, "127.0.0.1") as guesser:
        await exhaust(guesser)
        assert (await guesser.get(f"/api/b/{other['code']}")).status_code == 429
    newcomer = await people(limited, mine).attendee("Nadia")
    assert (await newcomer.http.get(f"/b/{mine['code']}")).status_code == 200
    assert (await newcomer.ask())["text"]


# -- stuffing votes ------------------------------------------------------------------------------------------------


async def stuff(server: Server, code: str, post: Json, votes: int) -> Counter[int]:
    """A program that is a new phone each time."""
    statuses: Counter[int] = Counter()

    async def vote(stuffer: Lines) -> None:
        cookie = (await stuffer.ask("GET", f"/api/b/{code}/mine")).cookie
        assert cookie
        statuses[(await stuffer.ask("PUT", f"/api/b/{code}/posts/{post['id']}/vote", cookie=cookie)).status] += 1

    async with lines(server) as stuffer:
        for start in range(0, votes, 50):
            await asyncio.gather(*(vote(stuffer) for _ in range(min(50, votes - start))))
    return statuses


async def test_votes_of_many_new_phones_are_limited_shown_to_moderators_and_removable(
    limited: ServerByClock, people: Of
) -> None:
    board = limited.create()
    here = people(limited, board)
    asha, moderator = await here.attendee("Asha"), await here.moderator()
    phone, desk = await asha.live(), await moderator.live(feed="moderate")
    wanted = await asha.ask("Who pays for the training?")
    pushed = await asha.ask("Should we all go home?")
    assert (await asha.send("PUT", f"/posts/{wanted['id']}/vote")).status_code == 200
    limited.clock.move(NEW_PHONE_SECONDS)
    began = datetime.fromtimestamp(limited.clock.now(), UTC)
    statuses = await stuff(limited, board["code"], pushed, int(NEW_PHONES_VOTES.burst) + 100)
    assert statuses == {200: NEW_PHONES_VOTES.burst, 429: 100}, "new phones have one measure for all of them"
    assert (await asha.send("PUT", f"/posts/{pushed['id']}/vote")).status_code == 200, "who came before has an own one"
    limited.clock.move(2)
    assert await stuff(limited, board["code"], pushed, 30) == {200: 2 * NEW_PHONES_VOTES.per_second, 429: 10}

    alarm = await desk.until(lambda frame: frame.get("voters"))
    assert alarm["voters"] > alarm["online"] + VOTERS_WITHOUT_PHONE
    assert "voters" not in await phone.until(lambda frame: frame["type"] == "presence")

    query = "?since=" + (began - timedelta(seconds=1)).isoformat().replace("+00:00", "Z")
    assert (await asha.send("DELETE", f"/votes{query}")).status_code == 403
    answer = await moderator.send("DELETE", f"/votes{query}")
    assert answer.status_code == 200, answer.text
    assert [post["id"] for post in answer.json()["posts"]] == [pushed["id"]]
    counts = {post["id"]: post["votes"] for post in (await asha.snapshot())["posts"]}
    assert counts == {wanted["id"]: 1, pushed["id"]: 1}, "who came before keeps the vote"
    entry = (await moderator.get("/audit")).json()["entries"][0]
    assert entry["action"] == "take-back-votes"
    doctor = limited.run("doctor")
    assert doctor.returncode == 0, doctor.stdout


async def test_votes_of_a_whole_room_at_once_are_not_taken_for_a_flood(limited: ServerByClock, people: Of) -> None:
    board = limited.create()
    here = people(limited, board)
    asked = await (await here.attendee("Asha")).ask()
    desk = await (await here.moderator()).live(feed="moderate")
    phones = [await here.attendee() for _ in range(VOTERS_WITHOUT_PHONE + 20)]
    for phone in phones:
        await phone.http.get(f"/b/{board['code']}")
    opened = [await phone.live() for phone in phones]
    assert {(await phone.send("PUT", f"/posts/{asked['id']}/vote")).status_code for phone in phones} == {200}
    await desk.until(lambda frame: any(post.get("votes") == len(phones) for post in frame.get("posts", [])))
    for live in opened[: len(opened) // 2]:
        await live.socket.close()  # half of them lock their phones again
    await desk.until(lambda frame: frame.get("online") == len(phones) - len(phones) // 2)
    for _ in range(2):
        await desk.until(lambda frame: frame["type"] == "beat")
    assert not any("voters" in frame for frame in desk.frames)


# -- one who floods ------------------------------------------------------------------------------------------------


async def test_limits_refuse_a_phone_that_floods_and_no_other_phone_behind_its_address(
    limited: ServerByClock, people: Of
) -> None:
    here = people(limited, limited.create())
    abuser, others = await here.attendee("Loud"), [await here.attendee(f"Guest {number}") for number in range(40)]
    statuses: Counter[int] = Counter()
    for other in others:
        for answer in await asyncio.gather(*(abuser.send("POST", "/posts", question()) for _ in range(10))):
            statuses[answer.status_code] += 1
        await other.ask("May I ask something?")
        limited.clock.move(0.5)
    assert statuses[201] == PARTICIPANT_POSTS.burst + int((len(others) - 1) * 0.5 * PARTICIPANT_POSTS.per_second)
    assert statuses[429] == 400 - statuses[201]


# -- one who is many -----------------------------------------------------------------------------------------------


async def test_endless_new_phones_do_not_keep_others_from_posting_voting_and_searching(
    limited: ServerByClock, people: Of
) -> None:
    board = limited.create()
    here = people(limited, board)
    asha = await here.attendee("Asha")
    asked = await asha.ask()
    guests = [await here.attendee(f"Guest {number}") for number in range(10)]
    limited.clock.move(NEW_PHONE_SECONDS)
    statuses: Counter[int] = Counter()

    api = f"/api/b/{board['code']}"

    async def once(client: Lines) -> None:
        cookie = (await client.ask("GET", f"{api}/mine")).cookie
        assert cookie
        statuses[(await client.ask("POST", f"{api}/posts", question(), cookie)).status] += 1
        await client.ask("PUT", f"{api}/posts/{asked['id']}/vote", cookie=cookie)
        await client.ask("GET", f"{api}/people?q=a", cookie=cookie)

    async with lines(limited) as flooder:
        for guest in guests:
            await asyncio.gather(*(once(flooder) for _ in range(40)))
            await guest.ask("May I ask something?")
            assert (await guest.send("PUT", f"/posts/{asked['id']}/vote")).status_code in (
                200,
                429,
            )  # new ones have one measure
            assert (await guest.get("/people", q="na")).status_code == 200
    taken = ORDINARY_COOKIES.burst + CROWD_POSTS.burst
    assert statuses == {201: taken, 429: 400 - taken}


async def test_a_thousand_phones_behind_one_address_can_join_and_write_at_once(limited: ServerByClock, people: Of) -> None:
    """The whole way, over loopback: page, name, and a first card within a minute."""
    board = limited.create()
    api = f"/api/b/{board['code']}"
    statuses: Counter[int] = Counter()

    async def arrive(client: Lines, number: int) -> str:
        cookie = (await client.ask("GET", f"{api}/mine")).cookie
        statuses[(await client.ask("POST", f"{api}/join", {"name": f"Guest {number}"}, cookie)).status] += 1
        return cookie

    async with lines(limited) as hall:
        phones: list[str] = []
        for start in range(0, 1_000, 50):
            phones += await asyncio.gather(*(arrive(hall, number) for number in range(start, start + 50)))
        for start in range(0, 1_000, 50):
            limited.clock.move(3)
            answers = [hall.ask("POST", f"{api}/posts", question(), cookie) for cookie in phones[start : start + 50]]
            statuses.update(answer.status for answer in await asyncio.gather(*answers))
    assert statuses == {200: 1_000, 201: 1_000}
    assert len(set(phones)) == 1_000


async def test_many_windows_of_a_phone_count_once_and_the_oldest_close(limited: ServerByClock, people: Of) -> None:
    here = people(limited, limited.create())
    asha, desk = await here.attendee("Asha"), await (await here.moderator()).live(feed="moderate")
    windows = [await asha.live() for _ in range(SOCKETS_OF_A_PHONE + 8)]
    for window in windows[:8]:
        assert await closed(window) == 4408
    leo = await (await here.attendee("Leo")).live()
    await desk.until(lambda frame: frame.get("online") == 2)
    assert max(frame["online"] for frame in desk.frames if "online" in frame) == 2
    for window in (windows[-1], leo):
        await window.until(lambda frame: frame.get("online") == 2)


# -- a clock that jumps --------------------------------------------------------------------------------------------


async def test_a_clock_change_does_not_affect_votes_or_their_time_window(limited: ServerByClock, people: Of) -> None:
    """Set by an hour back, right, an hour forward; the time that goes by in truth is what counts."""
    board = limited.create()
    here = people(limited, board)
    voters = [await here.attendee(f"Guest {number}") for number in range(20)]
    limited.clock.move(NEW_PHONE_SECONDS)
    asha = voters[0]
    early = await asha.ask()
    for jump in (-3_600, 3_600, 3_600):
        limited.clock.set(jump)
        for voter in voters:
            for method in ("PUT", "DELETE"):
                assert (await voter.send(method, f"/posts/{early['id']}/vote")).status_code == 200
        limited.clock.move(100)
    assert (await asha.send("PATCH", f"/posts/{early['id']}", {"text": "Who pays after 300 seconds?"})).status_code == 200
    limited.clock.set(-3_600)
    late = await asha.ask()
    assert late["created_at"] > early["created_at"]
    limited.clock.move(EDIT_SECONDS - 300)
    assert (await asha.send("PATCH", f"/posts/{early['id']}", {"text": "Who pays at last?"})).status_code == 200
    limited.clock.move(1)
    assert (await asha.send("PATCH", f"/posts/{early['id']}", {"text": "Who pays too late?"})).status_code == 423
    assert (await asha.send("PATCH", f"/posts/{late['id']}", {"text": "And who pays later?"})).status_code == 200
    limited.clock.move(300)
    assert (await asha.send("PATCH", f"/posts/{late['id']}", {"text": "And who pays too late?"})).status_code == 423

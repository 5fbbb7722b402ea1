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

from board.hub import VOTERS_WITHOUT_PHONE
from board.limits import NEW_PHONES_VOTES, PARTICIPANT_POSTS, WRONG_CODES
from board.models import CODE_ALPHABET
from tests import servers
from tests.conftest import People
from tests.people import JSON, Json, question
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]


@pytest.fixture
def limited() -> Iterator[Server]:
    """With limits, as in earnest; its own, because they are used up."""
    with servers.serving() as server:
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
    told: Counter[int] = Counter()
    while told[429] < 20:
        for answer in await asyncio.gather(*(guesser.get(f"/api/b/{guess()}") for _ in range(20))):
            told[answer.status_code] += 1
    return told


async def refused(guesser: httpx.AsyncClient, path: str) -> httpx.Response:
    """The answer to a guesser without guesses left. Ten a second come back, so on a busy machine it may take several tries."""
    for _ in range(10):
        await exhaust(guesser)
        answer = await guesser.get(path)
        if answer.status_code == 429:
            break
    return answer


# -- guessing codes ------------------------------------------------------------------------------------------------


async def test_who_tries_many_codes_is_slowed_down_and_learns_nothing_and_the_room_is_not(limited: Server, people: Of) -> None:
    mine, other = limited.create("This room"), limited.create("Another room")
    async with from_address(limited, "127.0.0.7") as guesser, from_address(limited, "127.0.0.8") as elsewhere:
        phone = people(limited, mine)
        await (await (await phone.attendee()).live()).next()  # the room's own phones are at 127.0.0.1
        told = await exhaust(guesser)
        assert set(told) == {404, 429}
        assert WRONG_CODES.burst <= told[404] < 2 * WRONG_CODES.burst
        for path in ("/api/b/{}", "/b/{}", "/?code={}"):
            for code in (mine["code"], other["code"], guess()):
                answer = await refused(guesser, path.format(code))
                assert answer.status_code == 429, "right or wrong, the same answer"
                assert int(answer.headers["retry-after"]) >= 1
        assert (await elsewhere.get(f"/b/{mine['code']}")).status_code == 200


async def test_a_room_that_shares_its_address_with_a_guesser_still_gets_in(limited: Server, people: Of) -> None:
    mine, other = limited.create("This room"), limited.create("Another room")
    await (await (await people(limited, mine).attendee()).live()).next()
    async with from_address(limited, "127.0.0.1") as guesser:
        assert (await refused(guesser, f"/api/b/{other['code']}")).status_code == 429
    newcomer = await people(limited, mine).attendee("Nadia")
    assert (await newcomer.http.get(f"/b/{mine['code']}")).status_code == 200
    assert (await newcomer.ask())["text"]


# -- stuffing votes ------------------------------------------------------------------------------------------------


async def stuff(server: Server, code: str, post: Json, votes: int) -> Counter[int]:
    """A program that is a new phone each time."""
    told: Counter[int] = Counter()

    async def vote(stuffer: httpx.AsyncClient) -> None:
        page = await stuffer.get(f"/api/b/{code}/mine", headers={"Cookie": ""})
        cookie = page.headers["set-cookie"].split(";")[0]
        answer = await stuffer.put(f"/api/b/{code}/posts/{post['id']}/vote", headers=JSON | {"Cookie": cookie})
        told[answer.status_code] += 1

    async with httpx.AsyncClient(base_url=server.url, timeout=30) as stuffer:
        for start in range(0, votes, 50):
            await asyncio.gather(*(vote(stuffer) for _ in range(min(50, votes - start))))
    return told


async def test_votes_by_many_new_phones_are_slowed_shown_to_moderators_and_can_be_taken_back(
    limited: Server, people: Of
) -> None:
    board = limited.create()
    here = people(limited, board)
    asha, moderator = await here.attendee("Asha"), await here.moderator()
    phone, desk = await asha.live(), await moderator.live(feed="moderate")
    wanted = await asha.ask("Who pays for the training?")
    pushed = await asha.ask("Should we all go home?")
    assert (await asha.send("PUT", f"/posts/{wanted['id']}/vote")).status_code == 200
    await asyncio.sleep(1.1)  # ids of phones tell the second in which they were made
    began = datetime.now(UTC)
    told = await stuff(limited, board["code"], pushed, int(NEW_PHONES_VOTES.burst) + 100)
    assert told[429] >= 20, "new phones have one measure for all of them"
    assert (await asha.send("PUT", f"/posts/{pushed['id']}/vote")).status_code in (200, 429)

    alarm = await desk.until(lambda frame: frame.get("voters"))
    assert alarm["voters"] > alarm["online"] + VOTERS_WITHOUT_PHONE
    assert "voters" not in await phone.until(lambda frame: frame["type"] == "presence")

    query = "?since=" + (began - timedelta(seconds=1)).isoformat().replace("+00:00", "Z")
    assert (await asha.send("DELETE", f"/votes{query}")).status_code == 403
    answer = await moderator.send("DELETE", f"/votes{query}")
    assert answer.status_code == 200, answer.text
    assert [post["id"] for post in answer.json()["posts"]] == [pushed["id"]]
    counts = {post["id"]: post["votes"] for post in (await asha.snapshot())["posts"]}
    assert counts[wanted["id"]] == 1, "who came before keeps the vote"
    assert counts[pushed["id"]] <= 1
    entry = (await moderator.get("/audit")).json()["entries"][0]
    assert entry["action"] == "take-back-votes"
    doctor = limited.run("doctor")
    assert doctor.returncode == 0, doctor.stdout


async def test_a_room_that_votes_all_at_once_is_no_flood(limited: Server, people: Of) -> None:
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


async def test_one_who_posts_without_end_is_refused_and_nobody_else_behind_the_same_address_is(
    limited: Server, people: Of
) -> None:
    here = people(limited, limited.create())
    abuser, others = await here.attendee("Loud"), [await here.attendee(f"Guest {number}") for number in range(40)]
    told: Counter[int] = Counter()
    done = asyncio.Event()

    async def flood() -> None:
        while not done.is_set():
            for answer in await asyncio.gather(*(abuser.send("POST", "/posts", question()) for _ in range(20))):
                told[answer.status_code] += 1

    flooding = asyncio.create_task(flood())
    for other in others:
        await other.ask("May I ask something?")
    done.set()
    await flooding
    assert told[201] <= PARTICIPANT_POSTS.burst + 10
    assert told[429] > 20

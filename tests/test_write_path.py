"""A write starts in the data half: on a worker where nobody looks it opens no board, and asks the database nothing before its
transaction. What is remembered of a board is looked at again in the transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import select, update

from board.actions import lifecycle
from board.data import schema
from board.data.known import LINKS_KEPT, Known
from board.data.store import Connection, Store
from board.live.voters import BOARDS_KEPT, VOTERS_SECONDS, Unwatched, Voters
from board.web.context import Context
from tests import boards, servers
from tests.boards import opened
from tests.inprocess import ServerByClock, by_clock
from tests.people import Attendee, Moderator, card, question
from tests.room import SECRET, until


class Two:
    """Two workers of one board: `seen`, where people look, and `blind`, where only writes come in."""

    def __init__(self, seen: ServerByClock, blind: ServerByClock) -> None:
        self.seen, self.blind = seen, blind
        self.made = seen.create()
        self.code = self.made["code"]

    @property
    def context(self) -> Context:
        context: Context = self.blind.application.state.context
        return context

    @property
    def opened(self) -> list[int]:
        return list(self.context.hub._boards) + list(self.context.hub._opening)

    def attendee(self) -> Attendee:
        return Attendee(self.seen.url, self.code)

    async def at_blind(self, person: Attendee | Moderator) -> Attendee:
        """The same browser at the other worker. Its cookie came from the first: reading would open the board."""
        await person.get("/mine")
        there = Attendee(self.blind.url, self.code)
        there.http.cookies = person.http.cookies
        return there

    def link(self, role: str = "moderator", *arguments: str) -> str:
        return self.seen.run("link", self.code, role, *arguments).stdout.strip().rpartition("/l/")[2]

    async def moderator(self, name: str = "mira") -> Attendee:
        link = f"{self.seen.url}/l/{self.link('moderator', '--name', name)}"
        async with Moderator(self.seen.url, self.code, link) as moderator:
            return await self.at_blind(moderator)

    def by_sql(self, work: Callable[[Connection], Any]) -> Any:
        """As another process does it."""

        async def there() -> Any:
            async with opened(self.context.settings.database_url) as store:
                return await store.write_any(work)

        return asyncio.run(there())


@pytest.fixture(scope="module")
def two(redis_server: servers.Redis) -> Iterator[Two]:
    with servers.directory() as path:
        settings = SECRET | {"DATABASE_URL": f"sqlite:///{path / 'board.db'}", "REDIS_URL": redis_server.url}
        with by_clock(BOARD_LIMITS="off", **settings) as seen, by_clock(BOARD_LIMITS="off", **settings) as blind:
            yield Two(seen, blind)


async def test_a_write_on_a_worker_without_viewers_opens_no_board_and_reaches_viewers_elsewhere(two: Two) -> None:
    async with two.attendee() as reader, await two.at_blind(reader) as writer:
        live = await reader.live()
        await live.next()
        await writer.join("Asha", "Jordan")
        post, asked = await writer.celebrate(), await writer.ask()
        for method, path, body in [
            ("PATCH", f"/posts/{post['id']}", {"text": "You taught me how to measure light."}),
            ("PUT", f"/posts/{asked['id']}/vote", None),
            ("PUT", f"/posts/{post['id']}/reactions/heart", None),
        ]:
            answer = await writer.send(method, path, body)
            assert answer.status_code == 200, answer.text
        await live.until(lambda frame: asked["id"] in str(frame))
        assert two.opened == []


async def test_moderators_and_refused_writes_open_no_board(two: Two) -> None:
    async with two.attendee() as reader, await two.at_blind(reader) as writer, await two.moderator() as moderator:
        asked = await writer.ask()
        for method, path, body, status in [
            ("PATCH", f"/posts/{asked['id']}", {"answered": True}, 200),
            ("PATCH", "", {"cards_open": True}, 200),
            ("PUT", "/screen", {"scene": "cards"}, 200),
            ("DELETE", "/votes?minutes=1", None, 200),
            ("PUT", "/participants/" + "0" * 32 + "/mute", None, 200),
            ("PATCH", "/sessions/none", {"questions": "open"}, 404),
            ("DELETE", "/people/none/holder", None, 404),
        ]:
            answer = await moderator.send(method, path, body)
            assert answer.status_code == status, (path, answer.text)
            if status == 200:
                assert (await writer.send(method, path, body)).status_code == 403
        assert two.opened == []


async def test_a_hide_opens_the_board_for_the_screens_of_other_workers(two: Two) -> None:
    """The one write that does, after its commit: only an open board hears what other workers say of their screens."""
    async with two.attendee() as reader, await two.at_blind(reader) as writer, await two.moderator("hides") as moderator:
        asked = await writer.ask()
        assert two.opened == []
        assert (await moderator.send("PATCH", f"/posts/{asked['id']}", {"state": "hidden"})).status_code == 200
        assert len(two.opened) == 1
        two.context.hub._forget(await two.context.hub.open(two.opened[0]))


async def test_a_post_reads_no_database_before_its_transaction(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    async with two.attendee() as reader, await two.at_blind(reader) as writer, await two.moderator("asks") as moderator:
        await writer.celebrate()
        asked = await writer.ask()
        await moderator.send("PATCH", f"/posts/{asked['id']}", {"pinned": False})

        async def read(*_: object) -> None:
            raise AssertionError("a read before the write")

        monkeypatch.setattr(two.context.store, "read", read)
        await writer.celebrate()
        await writer.ask()
        assert (await writer.send("PUT", f"/posts/{asked['id']}/vote")).status_code == 200
        assert (await moderator.send("PATCH", f"/posts/{asked['id']}", {"answered": True})).status_code == 200


async def test_a_revoked_link_stops_at_once_and_a_new_one_works_at_once(two: Two) -> None:
    async with two.attendee() as reader, await two.at_blind(reader) as writer, await two.moderator("leaves") as moderator:
        asked = await writer.ask()
        assert (await moderator.send("PATCH", f"/posts/{asked['id']}", {"answered": True})).status_code == 200
        await asyncio.to_thread(two.seen.run, "link", two.code, "moderator", "--name", "leaves", "--revoke")
        refused = await moderator.send("PATCH", f"/posts/{asked['id']}", {"answered": False})
        assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
        own = await moderator.celebrate()  # the same phone goes on as an attendee, and corrects an own card as its author
        assert (await moderator.send("PATCH", f"/posts/{own['id']}", {"to": [{"name": "Noor"}]})).status_code == 200
        async with await two.moderator("comes") as another:
            assert (await another.send("PATCH", f"/posts/{asked['id']}", {"answered": False})).status_code == 200


async def test_a_screens_link_has_no_moderator_permissions(two: Two) -> None:
    """Under the name of a moderator's cookie, too: the database decides what a link allows, not the cookie."""
    token = await asyncio.to_thread(two.link, "screen", "--name", "hall")
    async with Moderator(two.seen.url, two.code, f"{two.seen.url}/l/{token}") as screen, await two.at_blind(screen) as there:
        for cookie in list(screen.http.cookies.jar):
            there.http.cookies.set(cookie.name.replace("-screen", "-moderator"), cookie.value or "", domain=cookie.domain)
        assert (await there.send("PUT", "/screen", {"scene": "cards"})).status_code == 403


async def test_a_code_that_moved_to_another_board_leads_there_at_once(two: Two) -> None:
    made = await asyncio.to_thread(two.seen.create, "Old", "--code", "MOVED-1")
    there = Two.__new__(Two)
    there.seen, there.blind, there.made, there.code = two.seen, two.blind, made, "MOVED-1"
    async with there.attendee() as reader, await there.at_blind(reader) as writer:
        await writer.ask()
        old = await two.context.store.board_id("MOVED-1")
        await asyncio.to_thread(two.by_sql, lambda connection: lifecycle.purge(connection, old))
        await asyncio.to_thread(two.seen.create, "New", "--code", "MOVED-1")
        assert (await writer.send("POST", "/posts", question())).status_code == 201
        assert await two.context.store.board_id("MOVED-1") > old
        new = await two.context.store.board_id("MOVED-1")
        await asyncio.to_thread(two.by_sql, lambda connection: lifecycle.purge(connection, new))
        assert (await writer.send("POST", "/posts", question())).status_code == 404
        assert two.opened == []


async def test_a_cached_board_id_of_another_code_gets_no_post(two: Two) -> None:
    """As a restore of another database may leave it: the id is kept in memory, the row has another code by now."""
    made = await asyncio.to_thread(two.seen.create, "One", "--code", "SWAP-1")
    there = Two.__new__(Two)
    there.seen, there.blind, there.made, there.code = two.seen, two.blind, made, "SWAP-1"
    async with there.attendee() as reader, await there.at_blind(reader) as writer:
        await writer.ask()
        board_id = await two.context.store.board_id("SWAP-1")
        change = update(schema.boards).where(schema.boards.c.id == board_id).values(code="SWAP-2", epoch="r1")
        await asyncio.to_thread(two.by_sql, lambda connection: connection.execute(change))
        before = await two.context.store.read(lambda connection: connection.execute(_seq(board_id)).scalar_one())
        assert (await writer.send("POST", "/posts", card())).status_code == 404
        assert (await reader.get()).status_code == 404, "nor is it read under the old code"
        assert (await two.context.store.read(lambda connection: connection.execute(_seq(board_id)).scalar_one())) == before


def _seq(board_id: int) -> Any:
    return select(schema.boards.c.seq).where(schema.boards.c.id == board_id)


async def test_moderators_get_votes_from_a_worker_without_viewers(two: Two) -> None:
    """Or a program would send its votes there."""
    async with two.attendee() as reader, await two.at_blind(reader) as writer:
        asked, board_id = await writer.ask(), await two.context.store.board_id(two.code)
        live = await reader.live()
        await live.next()
        assert (await writer.send("PUT", f"/posts/{asked['id']}/vote")).status_code == 200
        assert [one for one, _, voters in two.context.hub._unwatched.counted() if voters] == [board_id]
        seen: Context = two.seen.application.state.context

        def heard() -> bool:
            presence = seen.hub.presence(board_id)
            return presence is not None and any(said.voters for said, _ in presence._others.values())

        await until(heard, 10, "the other worker has not heard")


def test_voters_of_the_last_minute_count_and_their_boards_are_bounded() -> None:
    now = 0.0
    voters, unwatched = Voters(lambda: now), Unwatched(lambda: now)
    voters.voted("asha")
    now = VOTERS_SECONDS / 2
    voters.voted("leo")
    voters.voted("leo")
    assert len(voters) == 2
    now = VOTERS_SECONDS + 1
    assert len(voters) == 1
    for board_id in range(BOARDS_KEPT + 5):
        unwatched.committed(board_id, "e")
        unwatched.voted(board_id, "asha")
    assert len(unwatched.counted()) == BOARDS_KEPT
    assert len(unwatched.opened(BOARDS_KEPT)) == 1
    assert BOARDS_KEPT not in [board_id for board_id, _, _ in unwatched.counted()]
    unwatched.committed(BOARDS_KEPT + 1, "another")
    assert BOARDS_KEPT + 1 not in [board_id for board_id, _, _ in unwatched.counted()], "of another history"
    now += VOTERS_SECONDS + 1
    assert unwatched.counted() == []


async def test_the_number_of_cached_links_is_bounded(store: Store) -> None:
    board_id = await boards.new_board(store)
    actor, known = await boards.new_actor(store, board_id), Known(store)
    assert [link.id for link in await known.links(board_id, [actor.link_id, "another"])] == [actor.link_id]
    link = (await known.links(board_id, [actor.link_id]))[0]
    for number in range(LINKS_KEPT + 5):
        known._links[board_id, str(number)] = link
    await known.links(board_id, [actor.link_id])
    assert len(known._links) == LINKS_KEPT
    assert await known.links(board_id + 1, [actor.link_id]) == []

"""Staff links as organisers hand them out: made, shown once, renewed, taken back, and when they were used."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import httpx
import msgspec
import pytest
from websockets.exceptions import ConnectionClosed

from board.actions import handing
from board.actions.staff_links import find_link, new_link
from board.data import links, rows
from board.data.store import Store
from board.model import linking, roles
from board.model.linking import NewLink
from board.model.models import Actor, Board, Conflict, Forbidden, Invalid, Link, NotFound, Role
from board.web.uses import WRITTEN_SECONDS, Uses
from tests import boards
from tests.boards import in_one_batch, opened
from tests.clocks import MovedClock
from tests.conftest import People
from tests.people import JSON
from tests.servers import Server, wait_until
from tests.test_actions import Here, make
from tests.test_contract_schemas import Witness, answers
from tests.test_organise_agenda import sent
from tests.visitors import Visitors

SHIFT = NewLink(Role.MODERATOR, "Late shift")


@pytest.fixture
async def here(store: Store) -> Here:
    """Mira is an organiser."""
    found = await make(store)
    return Here(found.store, found.board_id, await found.link("Mira the organiser", Role.ORGANISER))


async def _held(here: Here) -> list[links.StaffLink]:
    return await here.store.read(lambda connection: links.listed(connection, here.board_id))


async def _find(here: Here, token: str) -> Link | None:
    found = await here.store.read(lambda connection: find_link(connection, token))
    return found[1] if found else None


async def test_a_link_with_an_unknown_role_opens_nothing_and_the_board_still_loads(here: Here) -> None:
    """Workers are replaced one by one: a newer one has made a link that this one does not know."""
    token = await here.store.write(here.board_id, lambda transaction: new_link(transaction, Role("usher"), "Door"))
    assert "usher" not in [*Role], "it is no role here"
    board = await here.store.read(lambda connection: rows.read_board(connection, here.board_id))
    assert board is not None
    [link] = [one for one in board.links if one.role == "usher"]
    received = msgspec.msgpack.decode(msgspec.msgpack.encode(board), type=Board)  # as workers tell each other
    assert received.links == board.links
    assert await _find(here, token) == link
    assert "usher" in [one.role for one in await _held(here)]
    assert roles.allowed_by(link.role) == frozenset()
    with pytest.raises(Invalid):
        await handing.make_link(here.store, here.board_id, here.mira, NewLink(link.role, "Another"))
    await handing.revoke_link(here.store, here.board_id, here.mira, link.id)


async def test_a_link_is_created_with_its_token_and_opens_until_it_is_revoked(here: Here) -> None:
    link, token = await handing.make_link(here.store, here.board_id, here.mira, SHIFT)
    assert await _find(here, token) == Link(link.id, Role.MODERATOR, "Late shift")
    assert link in await _held(here)
    await handing.revoke_link(here.store, here.board_id, here.mira, link.id)
    assert await _find(here, token) is None
    assert link.id not in [one.id for one in await _held(here)]
    with pytest.raises(NotFound):
        await handing.revoke_link(here.store, here.board_id, here.mira, link.id)
    assert [line[1:] for line in await here.audit()] == [("revoke", None, "moderator Late shift")]


async def test_a_renewed_link_replaces_the_old_one(here: Here) -> None:
    old, token = await handing.make_link(here.store, here.board_id, here.mira, SHIFT)
    new, fresh = await handing.renew_link(here.store, here.board_id, here.mira, old.id)
    assert (new.role, new.name) == (old.role, old.name)
    assert (await _find(here, token), (await _find(here, fresh))) == (None, Link(new.id, new.role, new.name))
    with pytest.raises(NotFound):
        await handing.renew_link(here.store, here.board_id, here.mira, old.id)


async def test_the_last_organisers_link_stays_and_its_owner_may_renew_it(here: Here) -> None:
    with pytest.raises(Conflict, match="link-last-organiser"):
        await handing.revoke_link(here.store, here.board_id, here.mira, here.mira.link_id)
    other, _ = await handing.make_link(here.store, here.board_id, here.mira, NewLink(Role.ORGANISER, "Leo"))
    leo = Actor(other.id, Role.ORGANISER, "Leo")
    done = await in_one_batch(  # each takes the other's back: one comes first
        here.store,
        handing.revoke_link(here.store, here.board_id, here.mira, leo.link_id),
        handing.revoke_link(here.store, here.board_id, leo, here.mira.link_id),
    )
    assert isinstance(done[1], Forbidden)
    await handing.renew_link(here.store, here.board_id, here.mira, here.mira.link_id)
    assert [one.name for one in await _held(here) if one.role is Role.ORGANISER] == ["Mira the organiser"]
    with pytest.raises(Forbidden):
        await handing.make_link(here.store, here.board_id, here.mira, SHIFT)


async def test_the_number_of_links_is_bounded(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linking, "MAX_LINKS", len(await _held(here)))
    with pytest.raises(Invalid, match="links-too-many"):
        await handing.make_link(here.store, here.board_id, here.mira, SHIFT)
    for name in (" ", "x" * 61):
        with pytest.raises(Invalid):
            linking.link(NewLink(Role.SCREEN, name))


# -- when they were used -------------------------------------------------------------------------------------------


async def test_all_processes_together_store_a_use_at_most_once_a_minute(database_url: str) -> None:
    clock = MovedClock(wall=1_800_000_000.0)
    async with opened(database_url, clock=clock) as one, opened(database_url, clock=clock) as two:
        one.migrate()
        board_id = await boards.new_board(one)
        actor = await boards.new_actor(one, board_id)
        ours, theirs = Uses(clock.steady, one.now), Uses(clock.steady, two.now)

        async def use(uses: Uses, store: Store, seconds: float) -> float | None:
            clock.move(seconds)
            uses.note(board_id, actor.link_id)
            await uses.write(store)
            link = (await one.read(lambda connection: links.listed(connection, board_id)))[0]
            return None if link.used_at is None else link.used_at / 1_000_000 - 1_800_000_000

        assert await use(ours, one, 1) == 1
        assert await use(ours, one, WRITTEN_SECONDS - 2) == 1
        assert await use(theirs, two, 1) == 1
        assert await use(ours, one, 1) == WRITTEN_SECONDS + 1
        board = await one.read(lambda connection: rows.read_board(connection, board_id))
        assert isinstance(board, Board)
        assert board.seq == 1, "nobody hears of it"


# -- by HTTP -------------------------------------------------------------------------------------------------------


def test_only_organisers_create_and_revoke_links(either: Server, visit: Visitors) -> None:
    board = either.create()
    api, everybody = f"/api/b/{board['code']}", visit.everybody(either, board)
    organiser = everybody["organise"]
    made = sent(organiser, "POST", f"{api}/links", {"role": "screen", "name": "Hall A"})
    assert made.status_code == 201, made.text
    link = f"{api}/links/{made.json()['link']['id']}"
    others = [client for role, client in everybody.items() if role != "organise"]
    others.append(visit.by_link(either, either.create()["organise_url"]))
    for client in others:
        for method, address, body in (
            ("GET", f"{api}/links", None),
            ("POST", f"{api}/links", {"role": "organiser", "name": "Me"}),
            ("POST", f"{link}/renew", {}),
            ("DELETE", link, {}),
        ):
            assert sent(client, method, address, body).status_code == 403, (method, address)
    listed = sent(organiser, "GET", f"{api}/links")
    assert {one["name"] for one in listed.json()["links"]} == {"moderator", "organiser", "screen", "Hall A"}
    token = made.json()["url"].rsplit("/", 1)[1]
    assert token not in listed.text
    assert token not in organiser.get(f"{api}/audit").text
    screen = visit.by_link(either, made.json()["url"])
    assert screen.get(f"/b/{board['code']}/screen").status_code == 200
    assert sent(organiser, "DELETE", link).status_code == 200
    wait_until(lambda: screen.get(f"/b/{board['code']}/screen").status_code == 403, "the other worker hears of it")
    assert visit.attendee(either).get(httpx.URL(made.json()["url"]).path).status_code == 404


async def test_open_connections_of_a_link_are_counted_and_close_with_it(either: Server, people: Callable[..., People]) -> None:
    board = either.create()
    here = people(either, board)
    organiser, moderator = await here.organiser(), await here.moderator()

    async def link() -> dict[str, object]:
        found = (await organiser.get("/links")).json()["links"]
        return next(one for one in found if one["name"] == "moderator")

    lines = [await moderator.live(feed="moderate") for _ in range(2)]
    for line in lines:
        await line.next()
    async with asyncio.timeout(20):
        while (await link())["open"] != 2:
            await lines[0].next()  # a beat: workers tell each other of their viewers
    renewed = await organiser.send("POST", f"/links/{(await link())['id']}/renew")
    assert renewed.status_code == 201
    for line in lines:
        with pytest.raises(ConnectionClosed) as closed:
            await line.until(lambda _: False)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4401
    assert (await moderator.send("PATCH", "", {"frozen": True})).status_code == 403


async def test_every_documented_answer_about_links_is_given(server: Server, people: Callable[..., People]) -> None:
    here, witness = people(server, server.create()), Witness()
    organiser, asha = await here.organiser(), await here.attendee()
    witness.watch(organiser.http, asha.http)
    made = (await organiser.send("POST", "/links", {"role": "moderator", "name": "Late shift"})).json()["link"]
    fresh = (await organiser.send("POST", f"/links/{made['id']}/renew")).json()["link"]
    await organiser.send("DELETE", f"/links/{fresh['id']}")
    own = next(one for one in (await organiser.get("/links")).json()["links"] if one["role"] == "organiser")
    await organiser.send("DELETE", f"/links/{own['id']}")
    for content in (b"{", b"x" * 20_000, b'{"nonsense": 1}'):
        await organiser.http.post(f"{organiser.api}/links", content=content, headers=JSON)
    for method, path in (("GET", "/links"), ("POST", "/links"), ("DELETE", "/links/x"), ("POST", "/links/x/renew")):
        await asha.send(method, path, {"role": "moderator", "name": "Me"})
        await organiser.send(method, path, {"role": "moderator", "name": "Me"})
        await organiser.http.request(method, organiser.api + path, content=b"{}")
        await organiser.http.request(method, f"/api/b/NOWHERE{path}", content=b"{}", headers=JSON)
    missing = {answer for answer in answers(lambda tags: "organise" in tags) - witness.seen if "Link" in answer[0]}
    assert missing == set()

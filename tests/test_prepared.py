"""Questions that nobody sees until they are added; posts on behalf of people without a phone, at the desk and at a kiosk."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from board.actions import attendees, behalf, joining, prepared, setup
from board.actions.recipients import nobody_called
from board.data import prepared as stored
from board.data.queries import load
from board.data.store import Store
from board.live.feed import Feed
from board.model import requests
from board.model.models import Actor, Audience, Closed, Conflict, Forbidden, Invalid, NotFound, Questions, Role, State
from board.model.prepared import PREPARED_A_SESSION, NewPrepared, PreparedList
from tests import boards
from tests.conftest import People
from tests.inprocess import by_clock
from tests.people import Attendee, Json, Moderator
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]
SECRET = "canary: who wrote the budget?"


def some(number: int = 1, session: str | None = None, text: str = SECRET) -> PreparedList:
    return PreparedList([NewPrepared(uuid.uuid4(), text) for _ in range(number)], session)


def asked(text: str = "Who pays?", name: str | None = None, **fields: Any) -> requests.QuestionFor:
    author = requests.Writer(name) if name else None
    return requests.QuestionFor(**{"id": uuid.uuid4(), "text": text, "author": author} | fields)


async def desk_of(store: Store, role: Role = Role.MODERATOR) -> tuple[int, Actor]:
    board_id = await boards.new_board(store)
    return board_id, await boards.new_actor(store, board_id, role=role)


async def at(
    place: behalf.Place, store: Store, board_id: int, actor: Actor, wanted: behalf.BehalfRequest, *alike: str
) -> State:
    post, _ = await behalf.submit(store, board_id, actor, wanted, nobody_called, place, alike)
    return post.state


# -- prepared ------------------------------------------------------------------------------------------------------


async def test_nobody_sees_a_prepared_question_before_it_is_added(store: Store) -> None:
    board_id, actor = await desk_of(store)
    wanted = some()
    await prepared.prepare(store, board_id, actor, wanted)
    await prepared.prepare(store, board_id, actor, wanted)  # its answer was lost
    assert len(await store.read(lambda connection: stored.listed(connection, board_id))) == 1
    loaded = await store.read(lambda connection: load(connection, board_id))
    assert loaded is not None
    feed = Feed(loaded)
    for audience in Audience:
        assert b"canary" not in feed.snapshot(audience)
    prepared_id = str(wanted.questions[0].id)
    with pytest.raises(NotFound):
        await joining.join(store, board_id, actor, prepared_id, prepared_id)
    post, new = await prepared.add(store, board_id, actor, prepared_id)
    assert (post.id, post.text, post.state, new) == (prepared_id, SECRET, State.VISIBLE, True)
    assert await prepared.add(store, board_id, actor, prepared_id) == (post, False)
    listed = await store.read(lambda connection: stored.listed(connection, board_id))
    assert [one.added_at is not None for one in listed] == [True]


async def test_a_session_has_at_most_a_hundred_prepared_questions(store: Store) -> None:
    board_id, actor = await desk_of(store)
    await boards.new_session(store, board_id, "heat")
    await prepared.prepare(store, board_id, actor, some(PREPARED_A_SESSION, "heat"))
    with pytest.raises(Invalid):
        await prepared.prepare(store, board_id, actor, some(1, "heat"))
    await prepared.prepare(store, board_id, actor, some(1))  # of no session
    first = (await store.read(lambda connection: stored.listed(connection, board_id, "heat")))[0]
    await prepared.remove(store, board_id, actor, first.id)
    await prepared.prepare(store, board_id, actor, some(1, "heat"))


async def test_a_prepared_question_waits_while_the_board_is_frozen(store: Store) -> None:
    board_id, actor = await desk_of(store)
    wanted = some()
    await prepared.prepare(store, board_id, actor, wanted)
    await setup.change_board(store, board_id, actor, requests.BoardChange(frozen=True))
    post, _ = await prepared.add(store, board_id, actor, str(wanted.questions[0].id))
    assert (post.state, post.published) == (State.PENDING, False)


# -- on behalf -----------------------------------------------------------------------------------------------------


async def test_each_post_on_behalf_has_a_separate_author_and_is_stored_once(store: Store) -> None:
    board_id, actor = await desk_of(store)
    first, second = asked(name="Asha"), asked(name="Asha")
    nobody = nobody_called
    post, new = await behalf.submit(store, board_id, actor, first, nobody, behalf.DESK)
    assert (post.author_name, post.state, new) == ("Asha", State.VISIBLE, True)
    assert await behalf.submit(store, board_id, actor, first, nobody, behalf.DESK) == (post, False)
    other, _ = await behalf.submit(store, board_id, actor, second, nobody, behalf.DESK)
    assert other.participant != post.participant
    changed = asked(text="Something else", id=first.id)
    with pytest.raises(Conflict):
        await behalf.submit(store, board_id, actor, changed, nobody, behalf.DESK)


async def test_posts_from_a_kiosk_wait_for_approval_and_posts_from_the_desk_do_not(store: Store) -> None:
    board_id, actor = await desk_of(store)
    wait = requests.BoardChange(premoderate=requests.Premoderate(question=True))
    await setup.change_board(store, board_id, actor, wait)
    assert await at(behalf.DESK, store, board_id, actor, asked()) is State.VISIBLE
    assert await at(behalf.KIOSK, store, board_id, actor, asked()) is State.PENDING
    await setup.change_board(store, board_id, actor, requests.BoardChange(frozen=True))
    assert await at(behalf.DESK, store, board_id, actor, asked()) is State.PENDING


async def test_a_closed_session_accepts_questions_from_the_desk_and_not_from_a_kiosk(store: Store) -> None:
    board_id, actor = await desk_of(store)
    await boards.new_session(store, board_id, "heat", questions=Questions.CLOSED)
    assert await at(behalf.DESK, store, board_id, actor, asked(session="heat")) is State.VISIBLE
    with pytest.raises(Closed):
        await at(behalf.KIOSK, store, board_id, actor, asked(session="heat"))


async def test_a_kiosk_post_under_the_name_of_a_connected_person_waits_for_a_moderator(store: Store) -> None:
    board_id, actor = await desk_of(store, Role.KIOSK)
    await boards.new_person(store, board_id, "nadia", "Nadia")
    assert await at(behalf.KIOSK, store, board_id, actor, asked(name="Nadia"), "nadia") is State.VISIBLE
    await attendees.join(store, board_id, boards.participant(), requests.Join(person="nadia"), ["nadia"])
    assert await at(behalf.KIOSK, store, board_id, actor, asked(name="Nadia"), "nadia") is State.PENDING
    person = await store.write(board_id, lambda transaction: transaction.person("nadia"))
    assert person is not None
    assert person.holder == boards.participant(), "a kiosk takes no name"


async def test_a_tablet_with_a_revoked_link_cannot_write(store: Store) -> None:
    board_id, _ = await desk_of(store)
    with pytest.raises(Forbidden):
        await at(behalf.KIOSK, store, board_id, Actor("0" * 16, Role.KIOSK, "Entrance"), asked())


# -- by HTTP -------------------------------------------------------------------------------------------------------


def question_for(**fields: Any) -> Json:
    return {"kind": "question", "id": str(uuid.uuid4()), "text": "Who pays for it?"} | fields


async def test_a_kiosk_can_only_write(server: Server, people: Of) -> None:
    board = server.create()
    here = people(server, board)
    moderator, stranger = await here.moderator(), await here.attendee()
    made = (await moderator.send("POST", "/kiosks", {"name": "Entrance"})).json()
    async with Moderator(server.url, board["code"], made["url"]) as tablet:
        assert (await tablet.http.get(f"/b/{board['code']}/kiosk")).status_code == 200
        body = question_for()
        answers = [await tablet.send("POST", "/kiosk/posts", body) for _ in range(2)]
        assert [one.status_code for one in answers] == [201, 200]
        assert answers[0].json()["post"].keys() == {"id", "state"}
        assert (await tablet.get("/mine")).json()["posts"] == [], "the next person finds nothing of it"
        taken_back = await tablet.send("PATCH", f"/posts/{body['id']}", {"state": "withdrawn"})
        assert taken_back.status_code == 403
        for method, path, wanted in (
            ("PATCH", f"/posts/{body['id']}", {"state": "hidden"}),
            ("GET", "/prepared", None),
            ("GET", "/audit", None),
            ("POST", "/behalf", question_for()),
            ("POST", "/kiosks", {"name": "Another"}),
            ("PUT", "/screen", {"scene": "cards"}),
        ):
            assert (await tablet.send(method, path, wanted)).status_code == 403, path
        assert (await tablet.get(feed="moderate")).status_code == 403
        await moderator.send("DELETE", f"/kiosks/{made['kiosk']['id']}")
        assert (await tablet.send("POST", "/kiosk/posts", question_for())).status_code == 403
    await _nobody_else_may(server, board, stranger, body)


async def _nobody_else_may(server: Server, board: dict[str, str], stranger: Attendee, body: Json) -> None:
    assert (await stranger.http.get(f"/b/{board['code']}/kiosk")).status_code == 403
    async with Moderator(server.url, board["code"], board["screen_url"]) as screen:
        for who in (stranger, screen):
            for path in ("/kiosk/posts", "/behalf", "/prepared", "/kiosks", f"/posts/{body['id']}/join"):
                method = "PUT" if path.endswith("join") else "POST"
                wanted = {"into": body["id"]} if method == "PUT" else body
                assert (await who.send(method, path, wanted)).status_code in (403, 404, 422)
            for path in ("/prepared", "/kiosks"):
                assert (await who.get(path)).status_code == 403


async def test_all_people_at_a_tablet_share_one_limit(people: Of) -> None:
    with by_clock() as server:
        board = server.create()
        moderator = await people(server, board).moderator()
        made = (await moderator.send("POST", "/kiosks", {"name": "Entrance"})).json()
        async with Moderator(server.url, board["code"], made["url"]) as tablet:
            answers = [(await tablet.send("POST", "/kiosk/posts", question_for())).status_code for _ in range(7)]
    assert answers == [201] * 5 + [429] * 2

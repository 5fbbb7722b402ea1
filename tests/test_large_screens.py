"""Several large screens of a board: each has a room, a scene and a link of its own, and a hide leaves all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from board.actions import agenda, handing, screens
from board.data import copies, links, rows
from board.data.store import Store
from board.live.hub import FORM, _whole
from board.live.standing import UNSEEN, standing, standings
from board.model import requests, screening, showing, views
from board.model.arranging import SessionRemoval
from board.model.linking import NewLink
from board.model.models import Board, Changes, Conflict, Invalid, Kind, NotFound, Post, Role, Scene, Screen, State
from board.model.showing import FIRST, LargeScreen
from tests import boards
from tests.conftest import People
from tests.people import JSON, Json
from tests.servers import Server, wait_until
from tests.test_actions import Here, make
from tests.test_contract_schemas import Witness, answers
from tests.test_organise_agenda import sent
from tests.visitors import Visitors

ROOMS = [LargeScreen("lotus", "Lotus, left", "Lotus Hall"), LargeScreen("orchid", "Orchid", "Orchid Room")]


# -- how each is doing, pure ---------------------------------------------------------------------------------------


def _connection(screen: str, seq: int = 7, state: str = "live", **more: int) -> dict[str, Any]:
    return {"name": f"link of {screen}", "seq": seq, "state": state, "screen": screen} | more


def test_a_screen_is_live_only_while_all_of_its_connections_are() -> None:
    live = _connection("lotus", 9)
    assert standing([live, _connection("orchid", 3, "stale")], "lotus")["state"] == "live"
    behind = standing([live, _connection("lotus", 4, "stale")], "lotus")
    assert (behind["state"], behind["applied"]) == ("stale", 4)
    lost = standing([live, _connection("lotus", 5, "lost", seconds=12)], "lotus")
    assert (lost["state"], lost["applied"], lost["seconds"]) == ("stale", 5, 12)
    assert standing([], "lotus") == UNSEEN


def test_a_connection_without_a_screen_name_belongs_to_the_first_screen() -> None:
    """As a worker of an older version tells of it."""
    found = standings([{"name": "Hall", "seq": 7, "state": "live"}], ["first", "lotus"])
    assert [one["state"] for one in found.values()] == ["live", "safe"]


def test_board_changes_of_an_older_worker_are_read_from_the_store() -> None:
    """While workers are replaced: it knows of one screen, and the others would be gone until the next change."""
    board = Board(1, "LAB", "epoch", 8, 8, "Lab")
    changes = Changes(1, "epoch", 7, 8, board=board)
    assert _whole(changes, FORM) is changes
    assert _whole(changes, 0) == Changes(1, "epoch", 8, 8)
    nothing = Changes(1, "epoch", 7, 8)
    assert _whole(nothing, 0) is nothing


def test_post_changes_of_a_worker_without_stored_totals_are_read_from_the_store() -> None:
    """It does not say how the totals moved."""
    post = Post("p", Kind.QUESTION, State.VISIBLE, 8, 8, 8, "phone", "Why?")
    changes = Changes(1, "epoch", 7, 8, [post])
    assert _whole(changes, FORM) is changes
    assert _whole(changes, FORM - 1) == Changes(1, "epoch", 8, 8)


# -- in the store --------------------------------------------------------------------------------------------------


@pytest.fixture
async def here(store: Store) -> Here:
    """Mira is an organiser of a board with three screens."""
    found = await make(store)
    await store.write(found.board_id, lambda transaction: transaction.change_board(**showing.kept([FIRST, *ROOMS])))
    return Here(found.store, found.board_id, await found.link("Mira the organiser", Role.ORGANISER))


async def _shown(here: Here) -> dict[str, Screen]:
    return {one.id: one.shows for one in showing.all_screens(await here.board())}


async def _many(here: Here, ids: list[str] | None, scene: Scene, **fields: Any) -> list[LargeScreen]:
    wanted = screening.ManyScreens(scene, ids=ids, all=ids is None, **fields)
    return await screens.present_on(here.store, here.board_id, here.mira, wanted)


async def test_a_board_from_before_several_screens_has_one_screen(store: Store) -> None:
    found = await make(store)
    await found.present(Scene.MAP)
    board = await found.board()
    assert board.screens == [], "nothing is written that an older version would not understand"
    assert showing.all_screens(board) == [LargeScreen("first", "screen", None, Screen(Scene.MAP))]


async def test_each_screen_shows_its_own_scene(here: Here) -> None:
    await here.present(Scene.JOIN)
    await _many(here, ["orchid"], Scene.MAP)
    assert {one: screen.scene for one, screen in (await _shown(here)).items()} == {
        "first": Scene.JOIN, "lotus": Scene.CARDS, "orchid": Scene.MAP,
    }  # fmt: skip
    assert [one.id for one in await _many(here, None, Scene.RECAP)] == ["first", "lotus", "orchid"]
    assert {screen.scene for screen in (await _shown(here)).values()} == {Scene.RECAP}
    seq = (await here.board()).seq
    await _many(here, None, Scene.RECAP)
    assert (await here.board()).seq == seq, "it is shown already"


async def test_a_hide_clears_the_spotlight_of_every_screen_in_one_commit(here: Here) -> None:
    post, other = await here.celebrate(), await here.ask()
    await _many(here, ["lotus"], Scene.QUESTIONS)
    await _many(here, None, Scene.SPOTLIGHT, post=post.id)
    await _many(here, ["orchid"], Scene.SPOTLIGHT, post=other.id)
    commits: list[Changes] = []
    here.store.listeners.append(commits.append)
    await here.moderate(post, state=State.HIDDEN)
    (commit,) = commits
    assert isinstance(commit.board, Board)
    shown = {one.id: one.shows for one in showing.all_screens(commit.board)}
    assert [(one.scene, one.post) for one in shown.values()] == [
        (Scene.CARDS, None), (Scene.QUESTIONS, None), (Scene.SPOTLIGHT, other.id),
    ]  # fmt: skip
    assert other.id in [one.id for one in commit.posts], "the commit has the post that a screen shows, however old it is"
    await here.moderate(other, answered=True)
    assert (await _shown(here))["orchid"].post is None


async def test_an_approval_cannot_be_undone_once_any_screen_shows_the_post(here: Here) -> None:
    await here.switch(premoderate=requests.Premoderate(question=True))
    asked = await here.ask()
    await here.moderate(asked, state=State.VISIBLE)
    await _many(here, ["orchid"], Scene.SPOTLIGHT, post=asked.id)
    with pytest.raises(Conflict):
        await here.moderate(asked, state=State.PENDING)


async def test_a_session_that_is_removed_leaves_every_screen(here: Here) -> None:
    for session in ("heat", "dust"):
        await boards.new_session(here.store, here.board_id, session)
    await _many(here, ["lotus", "orchid"], Scene.QUESTIONS, session="heat")
    await _many(here, ["orchid"], Scene.BLANK)
    await agenda.remove_session(here.store, here.board_id, here.mira, "heat", SessionRemoval("dust"))
    shown = await _shown(here)
    assert shown["lotus"].session == "dust"
    assert shown["orchid"].before == showing.SceneBefore(Scene.QUESTIONS, "dust")


async def test_phones_get_the_session_that_a_moderator_shows_on_a_rooms_screen(here: Here) -> None:
    await boards.new_session(here.store, here.board_id, "heat")
    assert "led" not in views.board_view(await here.board())
    await _many(here, ["orchid"], Scene.QUESTIONS, session="heat")
    assert views.board_view(await here.board())["led"] == [{"room": "Orchid Room", "session": "heat"}]
    assert "led" not in views.settings_view(await here.board(), 0)


async def test_unknown_screens_are_refused_and_change_nothing(here: Here) -> None:
    for wanted, refusal in (
        (screening.ManyScreens(Scene.MAP, ids=["lotus", "nowhere"]), NotFound),
        (screening.ManyScreens(Scene.MAP, ids=[]), Invalid),
        (screening.ManyScreens(Scene.MAP), Invalid),
        (screening.ManyScreens(Scene.MAP, ids=["lotus"], all=True), Invalid),
    ):
        with pytest.raises(refusal):
            await screens.present_on(here.store, here.board_id, here.mira, wanted)
    with pytest.raises(NotFound):
        await handing.make_link(here.store, here.board_id, here.mira, NewLink(Role.SCREEN, "Hall", "nowhere"))
    with pytest.raises(Invalid):
        await handing.make_link(here.store, here.board_id, here.mira, NewLink(Role.MODERATOR, "Leo", "lotus"))
    assert {screen.scene for screen in (await _shown(here)).values()} == {Scene.CARDS}


async def test_a_screen_is_added_renamed_and_removed_with_its_links(here: Here) -> None:
    new = screening.NewLargeScreen("Foyer", " Ground floor ")
    screen, _ = await screens.add(here.store, here.board_id, here.mira, new)
    again, _ = await handing.make_link(here.store, here.board_id, here.mira, NewLink(Role.SCREEN, "Spare", screen.id))
    held = [one for one in await here.store.read(lambda connection: links.listed(connection, here.board_id)) if one.screen]
    assert [(one.name, one.screen) for one in held] == [("Foyer", screen.id), ("Spare", screen.id)]
    renewed, _ = await handing.renew_link(here.store, here.board_id, here.mira, again.id)
    assert renewed.screen == screen.id
    change = screening.LargeScreenChange(name="Lobby", room=None, scene=Scene.JOIN)
    changed = await screens.change(here.store, here.board_id, here.mira, screen.id, change)
    assert changed == LargeScreen(screen.id, "Lobby", None, Screen(Scene.JOIN))
    assert await screens.remove(here.store, here.board_id, here.mira, screen.id) == changed
    assert not [one for one in await here.store.read(lambda c: links.listed(c, here.board_id)) if one.screen]
    for one in ("first", "lotus"):
        await screens.remove(here.store, here.board_id, here.mira, one)
    board = await here.board()
    assert [one.id for one in showing.all_screens(board)] == ["orchid"], "the next one is the first one then"
    assert await here.present(Scene.MAP) == Screen(Scene.MAP)
    with pytest.raises(Conflict, match="screen-last"):
        await screens.remove(here.store, here.board_id, here.mira, "orchid")


async def test_a_copy_has_the_screens_without_their_content(here: Here) -> None:
    post = await here.celebrate()
    await _many(here, None, Scene.SPOTLIGHT, post=post.id)
    made = await here.store.write_any(lambda connection: copies.copy(connection, here.board_id, "COPY", 0))
    board = await here.store.read(lambda connection: rows.read_board(connection, made))
    assert board is not None
    assert showing.all_screens(board) == [FIRST, *ROOMS]


def test_imported_screens_are_adapted_or_refused() -> None:
    shown = LargeScreen("lotus", " Lotus ", "Lotus Hall", Screen(Scene.SPOTLIGHT, None, "a post"))
    assert screening.arrived([FIRST, shown], ["a post"])[1] == LargeScreen("lotus", "Lotus", "Lotus Hall", shown.shows)
    assert screening.arrived([shown], ["another"])[0].shows == Screen()
    many = [LargeScreen(f"s{number}", "Hall") for number in range(showing.MAX_SCREENS + 1)]
    for wrong in (many, [shown, shown], [LargeScreen("../lotus", "Lotus")]):
        with pytest.raises(Invalid):
            screening.arrived(wrong, [])


# -- by HTTP -------------------------------------------------------------------------------------------------------


def test_each_role_has_its_own_permissions_for_screens(either: Server, visit: Visitors) -> None:
    board = either.create()
    code, everybody = board["code"], visit.everybody(either, board)
    api = f"/api/b/{code}/screens"
    made = sent(everybody["organise"], "POST", api, {"name": "Lotus", "room": "Lotus Hall"})
    assert made.status_code == 201, made.text
    screen, own = made.json()["screen"], visit.by_link(either, made.json()["url"])
    assert (screen["name"], screen["room"]) == ("Lotus", "Lotus Hall")
    one = f"{api}/{screen['id']}"
    moderators, organisers = {"moderate", "organise"}, {"organise"}
    calls: list[tuple[str, str, object, set[str]]] = [
        ("GET", api, None, moderators),
        ("PUT", api, {"all": True, "scene": "join"}, moderators),
        ("PUT", one, {"scene": "questions"}, moderators),
        ("PUT", one, {"room": "Orchid Room"}, organisers),
        ("PUT", one, {"name": "Me", "scene": "map"}, organisers),
        ("POST", api, {"name": "Mine"}, organisers),
    ]
    for method, address, body, may in calls:
        for role, client in everybody.items() | {("own", own)}:
            assert (sent(client, method, address, body).status_code < 300) == (role in may), (role, method, body)
    for role, client in everybody.items():
        if role != "organise":
            assert sent(client, "DELETE", one, {}).status_code == 403, role
    page = f"/b/{code}/screen"
    wait_until(lambda: own.get(page).status_code == 200, "the other worker hears of it")
    assert everybody["moderate"].get(f"{page}?screen={screen['id']}").status_code == 200
    assert own.get(f"{page}?screen=first").status_code == 403, "a screen's link opens its own alone"
    assert everybody["screen"].get(f"{page}?screen={screen['id']}").status_code == 403
    assert sent(everybody["organise"], "DELETE", one, {}).status_code == 200
    wait_until(lambda: own.get(page).status_code == 403, "the other worker hears of that, too")
    assert everybody["moderate"].get(f"{page}?screen={screen['id']}").status_code == 404


async def test_two_windows_of_a_computer_keep_their_screens_and_scenes(either: Server, people: Callable[..., People]) -> None:
    board = either.create()
    here = people(either, board)
    organiser, computer, phone = await here.organiser(), await here.attendee(), await here.attendee()
    made = (await organiser.send("POST", "/screens", {"name": "Lotus", "room": "Lotus Hall"})).json()
    lotus = made["screen"]["id"]
    first = await computer.http.get(board["screen_url"])
    opened = await computer.http.get(made["url"])
    assert [answer.headers["location"].partition("?")[2] for answer in (first, opened)] == ["screen=first", f"screen={lotus}"]
    await organiser.send("PUT", "/screen", {"scene": "join"})
    await organiser.send("PUT", f"/screens/{lotus}", {"scene": "map"})

    lines = {one: await computer.live(feed="screen", screen=one) for one in ("first", lotus)}
    last_opened, hers = await computer.live(feed="screen"), await phone.live()

    async def shows(line: Any, scene: str) -> Json:
        frame = await line.until(lambda frame: frame.get("screen", {}).get("scene") == scene)
        found: Json = frame["screen"]
        return found

    assert (await shows(lines["first"], "join"))["id"] == "first"
    drawn = await shows(lines[lotus], "map")
    assert drawn == {"id": lotus, "name": "Lotus", "room": "Lotus Hall", "scene": "map", "session": None, "post": None}
    assert (await shows(last_opened, "map"))["id"] == lotus
    assert await shows(hers, "join") == {"scene": "join", "session": None, "post": None}, "phones have the first one's"
    assert (await computer.snapshot(feed="screen", screen="first"))["screen"]["scene"] == "join"
    assert (await computer.snapshot(feed="screen", screen=lotus))["screen"]["scene"] == "map"
    assert (await phone.get(feed="screen", screen=lotus)).status_code == 403

    shown = await phone.celebrate()
    await organiser.send("PUT", "/screens", {"all": True, "scene": "spotlight", "post": shown["id"]})
    for line in (*lines.values(), last_opened, hers):
        await shows(line, "spotlight")
    await organiser.moderate(shown, state="hidden")
    await shows(lines["first"], "join")
    await shows(lines[lotus], "map")

    assert (await organiser.send("DELETE", f"/screens/{lotus}")).status_code == 200
    with pytest.raises(ConnectionClosed) as closed:
        await lines[lotus].until(lambda _: False)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4401
    await organiser.send("PUT", "/screen", {"scene": "recap"})
    await shows(lines["first"], "recap")


async def test_moderators_see_the_state_of_each_screen(server: Server, people: Callable[..., People]) -> None:
    board = server.create()
    here = people(server, board)
    organiser, computer = await here.organiser(), await here.attendee()
    made = (await organiser.send("POST", "/screens", {"name": "Lotus", "room": "Lotus Hall"})).json()
    lotus = made["screen"]["id"]
    await computer.http.get(made["url"])
    desk = await organiser.live(feed="moderate")
    (_, before) = (await desk.until(lambda frame: frame["type"] == "snapshot"))["screens"]
    assert (before["id"], before["room"], before["state"], before["applied"]) == (lotus, "Lotus Hall", "safe", -1)

    async def received(state: str) -> Json:
        def is_so(frame: Json) -> bool:
            return [one["state"] for one in frame.get("screens", []) if one["id"] == lotus] == [state]

        (found,) = [one for one in (await desk.until(is_so))["screens"] if one["id"] == lotus]
        return dict(found)

    line = await computer.live(feed="screen")
    seq = (await line.next())["seq"]
    await line.socket.send(f'{{"type":"applied","seq":{seq}}}')
    while (await received("live"))["applied"] != seq:
        pass
    line.socket.transport.abort()  # the cable is pulled
    lost = await received("stale")
    assert 0 < lost["seconds"] <= 15
    listed = (await organiser.get("/screens")).json()["screens"]
    assert [one["state"] for one in listed] == ["safe", "stale"]
    assert (await organiser.snapshot(feed="moderate"))["screens"][1]["state"] == "stale", "a desk that only asks sees it, too"


async def test_every_documented_answer_about_screens_is_given(server: Server, people: Callable[..., People]) -> None:
    board = server.create()
    here, witness = people(server, board), Witness()
    organiser, asha = await here.organiser(), await here.attendee()
    await organiser.get("/screens")
    await organiser.send("DELETE", "/screens/first")
    made = (await organiser.send("POST", "/screens", {"name": "Lotus"})).json()["screen"]
    witness.watch(organiser.http, asha.http)
    await organiser.get("/screens")
    await asha.get("/screens")
    await organiser.http.get("/api/b/NOWHERE/screens")
    await organiser.send("POST", "/screens", {"name": "Orchid", "room": "Orchid Room"})
    await organiser.send("PUT", "/screens", {"ids": [made["id"]], "scene": "join"})
    await organiser.send("PUT", f"/screens/{made['id']}", {"name": "Lotus, left", "scene": "blank"})
    for method, path in (
        ("POST", "/screens"),
        ("PUT", "/screens"),
        ("PUT", f"/screens/{made['id']}"),
        ("DELETE", "/screens/x"),
    ):
        for content, headers in ((b"{", JSON), (b"x" * 20_000, JSON), (b'{"name": ""}', JSON), (b'{"name": "x"}', {})):
            await organiser.http.request(method, organiser.api + path, content=content, headers=headers)
        await asha.http.request(method, asha.api + path, content=b"{}", headers=JSON)
        await organiser.http.request(method, f"/api/b/NOWHERE{path}", content=b"{}", headers=JSON)
    assert (await organiser.send("PUT", f"/screens/{made['id']}", {"session": "heat"})).status_code == 422
    for one in (await organiser.get("/screens")).json()["screens"]:
        await organiser.send("DELETE", f"/screens/{one['id']}")
    missing = {answer for answer in answers(lambda tags: "organise" in tags) - witness.seen if "Screen" in answer[0]}
    assert missing == set()

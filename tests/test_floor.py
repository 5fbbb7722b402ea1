"""The microphone and the stage: who comes next, one place a phone, and a note that the public never sees."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from board.actions import asking, notes, setup
from board.data import copies, rows
from board.data.everything import everything
from board.data.store import Store
from board.model import floor, noting, requests, views
from board.model.floor import MAX_WAITING, Floor
from board.model.models import Audience, Closed, Conflict, Invalid, Kind, NotFound, Post, Questions, Scene, State
from board.transfer import moved
from tests import boards
from tests.conftest import People
from tests.people import question
from tests.sentences import refused
from tests.servers import Server
from tests.test_actions import Here, make

VECTORS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "vectors" / "floor.json").read_text(encoding="utf-8"))


# -- who comes next, pure ------------------------------------------------------------------------------------------


def _question(one: dict[str, Any]) -> Post:
    post = Post(one["id"], Kind.QUESTION, State.VISIBLE, 1, 1, one["at"], "phone", "Why?", author_team=one.get("team"))
    marks = {"votes": one.get("votes", 0), "pinned": "pinned" in one, "answered": "answered" in one}
    times = {"taken_at": 1 if "now" in one else None, "later_at": one.get("later")}
    times |= {"owner": one.get("owner"), "set_aside": one.get("set_aside")}
    return Post(**{name: getattr(post, name) for name in post.__struct_fields__} | marks | times)


@pytest.mark.parametrize("example", VECTORS, ids=[example["name"] for example in VECTORS])
def test_the_rule_orders_the_questions_at_the_microphone(example: dict[str, Any]) -> None:
    questions = [_question(one) for one in example["questions"]]
    rule = [Floor(example["rule"])] if example["rule"] else []
    assert floor.in_turn(questions, *rule) == example["order"]
    assert floor.taken(questions) == example["now"]


# -- in the store --------------------------------------------------------------------------------------------------


@pytest.fixture
async def here(store: Store) -> Here:
    """A session with a microphone."""
    found = await make(store)
    await boards.new_session(store, found.board_id, "heat", room="Hall")
    await set_floor(found, Floor.FIRST)
    return found


async def set_floor(here: Here, rule: Floor | None) -> None:
    await setup.change_floor(here.store, here.board_id, here.mira, "heat", requests.FloorChange(rule))


async def raise_hand(here: Here, who: int, **fields: Any) -> Post:
    return await here.ask("About the thermometer", who, session="heat", voice=True, **fields)


async def go_on(here: Here, post: Post | None, left: tuple[Post, str] | None = None) -> Post | None:
    wanted = requests.NextQuestion(post.id if post else None, requests.Left(left[0].id, left[1]) if left else None)  # type: ignore[arg-type]
    return await asking.take_up(here.store, here.board_id, here.mira, "heat", wanted)


async def test_a_phone_has_one_place_in_the_queue_under_both_of_its_ids(here: Here) -> None:
    """Or somebody comes up twice by hiding the name."""
    post = await raise_hand(here, 1)
    assert (post.voice, post.state) == (True, State.VISIBLE)
    for anonymous in (False, True):
        with refused(Conflict, "already have a place"):
            await raise_hand(here, 1, anonymous=anonymous)
    await here.withdraw(post, 1)
    again = await raise_hand(here, 1, anonymous=True)
    assert again.author_name is None
    await go_on(here, None, (again, "answered"))
    assert (await raise_hand(here, 1)).voice, "after speaking, a phone may ask again"


async def test_only_phones_that_may_ask_can_take_the_microphone(here: Here) -> None:
    await here.mute(boards.participant(2))
    with refused(Closed, "paused posting|may not post|cannot post|muted|read and vote"):
        await raise_hand(here, 2)
    with refused(Invalid, "Choose a session"):
        await here.ask(voice=True)
    await here.set_session("heat", Questions.CLOSED)
    with refused(Closed):
        await raise_hand(here, 1)
    await here.set_session("heat", Questions.OPEN)
    await set_floor(here, None)
    with refused(Closed, "Nobody can ask for the microphone"):
        await raise_hand(here, 1)
    assert (await here.ask(session="heat")).voice is False
    assert [detail for _, action, _, detail in await here.audit() if action.startswith("microphone")] == ["About heat"] * 2


async def test_the_microphone_queue_is_bounded_also_within_one_batch(here: Here) -> None:
    wanted = [boards.question(session="heat", voice=True) for _ in range(MAX_WAITING + 1)]
    asked = [boards.submit(here.store, here.board_id, one, who) for who, one in enumerate(wanted)]
    twice = boards.submit(here.store, here.board_id, boards.question(session="heat", voice=True), 0)
    found = await asyncio.gather(*asked, twice, return_exceptions=True)
    assert [type(one) for one in found[-2:]] == [Closed, Conflict]
    assert all(isinstance(one, Post) for one in found[:-2])


async def test_answered_and_next_is_one_step_and_the_screens_follow(here: Here) -> None:
    first, second, third = await raise_hand(here, 1), await here.ask(who=2, session="heat"), await raise_hand(here, 3)
    await here.present(Scene.QUESTIONS)
    await go_on(here, first)
    await here.present(Scene.SPOTLIGHT, post=first.id)
    taken = await go_on(here, second, (first, "answered"))
    assert taken is not None
    assert taken.taken_at is not None
    done = await here.stored(first)
    assert (done.answered, done.taken_at, done.moderated_by) == (True, None, "Mira")
    assert (await here.board()).screen.post == second.id
    seq = (await here.board()).seq
    await go_on(here, second, (first, "answered"))
    assert (await here.board()).seq == seq, "the same once more changes nothing"
    await go_on(here, third, (second, "later"))
    later = await here.stored(second)
    assert (later.answered, later.taken_at, later.later_at is not None) == (False, None, True)
    assert floor.in_turn((await here.everything()).posts) == [second.id]
    await go_on(here, first, (third, "later"))
    assert (await here.stored(first)).answered is False, "the way back from a wrong tap"
    await go_on(here, None, (first, "answered"))
    assert (await here.board()).screen.scene is Scene.QUESTIONS, "nothing is next: back to where it was"
    assert sum(post.answered for post in (await here.everything()).posts) == 1, (
        "a phone that has spoken counts as asked and answered"
    )


@pytest.mark.parametrize("how", ["hidden", "answered", "withdrawn", "moved"])
async def test_a_question_that_left_its_session_returns_without_the_answering_mark(here: Here, how: str) -> None:
    post, other = await raise_hand(here, 1), await raise_hand(here, 2)
    await go_on(here, post)
    if how == "withdrawn":
        await here.withdraw(post, 1)
    elif how == "moved":
        await here.moderate(post, session=None)
    else:
        await here.moderate(post, **({"answered": True} if how == "answered" else {"state": State(how)}))
    assert (await here.stored(post)).taken_at is None
    assert await go_on(here, await here.stored(post)) is not None if how in ("answered", "moved") else True
    if how in ("hidden", "withdrawn"):
        assert await go_on(here, post) is None, "only what all may see is taken up"
        assert await go_on(here, other) is not None


async def test_a_new_note_replaces_its_rooms_older_one_and_is_not_public_or_copied(here: Here) -> None:
    note = await notes.write_note(here.store, here.board_id, here.mira, noting.NewNote("Please repeat each question.", "Hall"))
    everywhere = await notes.write_note(here.store, here.board_id, here.mira, noting.NewNote("Ten minutes left."))
    stored = (await here.board()).notes
    assert noting.for_room(stored, "Hall") == everywhere, "the newer one"
    assert noting.for_room(stored, "Attic") == everywhere
    again = await notes.write_note(here.store, here.board_id, here.mira, noting.NewNote("Louder.", "Hall"))
    stored = (await here.board()).notes
    assert [one.id for one in stored] == [everywhere.id, again.id], f"{note.id} was replaced"
    seen = await notes.see(here.store, here.board_id, here.mira, again.id)
    assert seen.seen_at is not None
    assert await notes.see(here.store, here.board_id, here.mira, again.id) == seen, "the first time counts"
    board = await here.board()
    assert "notes" not in views.board_view(board, Audience.PUBLIC)
    assert [one["text"] for one in views.board_view(board, Audience.MODERATORS)["notes"]] == ["Ten minutes left.", "Louder."]
    copy = await here.store.read(lambda connection: rows.read_board(connection, here.board_id))
    assert copy is not None
    assert copies._fresh(copy, "OTHER", True).notes == []
    await notes.take_back(here.store, here.board_id, here.mira, again.id)
    with refused(NotFound, "not there any more"):
        await notes.see(here.store, here.board_id, here.mira, again.id)


def test_a_room_has_one_note_and_a_board_has_few() -> None:
    kept: list[noting.Note] = []
    for number in range(noting.MAX_NOTES + 5):
        kept = noting.with_note(kept, noting.Note(f"{number}", f"Room {number}", "Hi", "Mira", number))
    assert [one.id for one in kept[:1] + kept[-1:]] == ["5", str(noting.MAX_NOTES + 4)]


async def test_a_queue_place_moves_with_its_board_and_the_running_answer_does_not(here: Here) -> None:
    post = await raise_hand(here, 1)
    await go_on(here, post)
    found = await here.store.read(lambda connection: everything(connection, here.board_id))
    assert found is not None
    arrived = moved.read(views.encode(moved.view(found))).arrived
    assert [(one.voice, one.taken_at) for one in arrived.posts] == [(True, None)]
    assert [one.floor for one in arrived.sessions] == [Floor.FIRST]


# -- by HTTP and on the wire ---------------------------------------------------------------------------------------


async def test_the_stages_link_gives_only_the_permissions_of_the_stage(either: Server, people: Callable[..., People]) -> None:
    board = either.create()
    here = people(either, board)
    organiser, speaker, phone = await here.organiser(), await here.attendee(), await here.attendee()
    made = (await organiser.send("POST", "/sessions", {"title": "Heat", "room": "Lotus Hall"})).json()["session"]["id"]
    assert (await organiser.send("PATCH", f"/sessions/{made}", {"floor": "teams"})).json()["session"]["floor"] == "teams"
    link = (await organiser.send("POST", "/links", {"role": "stage", "name": "Lectern"})).json()
    opened = await speaker.http.get(f"{link['url']}?room=Lotus+Hall")
    assert opened.headers["location"].endswith("/stage?room=Lotus+Hall")
    for feed in ("stage", "moderate", "screen"):
        assert (await phone.get(feed=feed)).status_code == (200 if feed == "screen" else 403)
        assert (await speaker.get(feed=feed)).status_code == (403 if feed == "moderate" else 200)

    line, hers, hall = (
        await speaker.live(feed="stage", screen="Lotus%20Hall"),
        await phone.live(),
        await speaker.live(feed="stage"),
    )
    assert (await line.next())["note"] is None
    note = (await organiser.send("PUT", "/notes", {"text": "Louder, please.", "room": "Lotus Hall"})).json()["note"]
    assert (await line.until(lambda frame: frame.get("note")))["note"]["text"] == "Louder, please."
    frame = await hers.until(lambda frame: frame.get("board") and frame["type"] == "changes")
    assert "Louder" not in json.dumps(frame), "the public never sees it"
    assert (await hall.until(lambda frame: frame["type"] == "changes"))["note"] is None, "it is for another room"
    assert (await speaker.snapshot(feed="stage", screen="Lotus Hall"))["note"]["id"] == note["id"]
    assert "Louder" not in (await phone.get()).text

    assert (await phone.send("PUT", f"/notes/{note['id']}/seen", {})).status_code == 403
    desk = await organiser.live(feed="moderate")
    assert (await speaker.send("PUT", f"/notes/{note['id']}/seen", {})).status_code == 200
    seen = await desk.until(lambda frame: (frame.get("board") or {}).get("notes", [{}])[0].get("seen_at"))
    assert seen["board"]["notes"][0]["by"] == "organiser"

    hand = (await phone.send("POST", "/posts", question(session=made, voice=True))).json()["post"]
    assert hand["voice"] is True
    taken = {"post": hand["id"]}
    assert (await phone.send("PUT", f"/sessions/{made}/floor", taken)).status_code == 403
    assert (await speaker.send("PUT", f"/sessions/{made}/floor", taken)).json()["post"]["now"] is True
    for method, path, body in (
        ("PUT", "/notes", {"text": "Mine"}),
        ("DELETE", f"/notes/{note['id']}", {}),
        ("PUT", "/screen", {"scene": "map"}),
        ("PATCH", f"/posts/{hand['id']}", {"state": "hidden"}),
        ("PATCH", f"/sessions/{made}", {"floor": None}),
    ):
        assert (await speaker.send(method, path, body)).status_code == 403, path
    assert (await speaker.http.get(f"/b/{board['code']}/screen")).status_code == 403, "a stage is no large screen"

    assert (await organiser.send("DELETE", f"/links/{link['link']['id']}")).status_code == 200
    with pytest.raises(ConnectionClosed) as closed:
        await line.until(lambda _: False)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4401
    assert (await speaker.send("PUT", f"/sessions/{made}/floor", taken)).status_code == 403

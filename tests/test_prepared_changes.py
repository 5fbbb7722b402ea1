"""Prepared questions are changed and put in order: by whom, beside somebody else, and never once they are on the board."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from board.actions import agenda, prepared
from board.data import copies, schema
from board.data import prepared as stored
from board.data.store import Store
from board.model.arranging import SessionRemoval
from board.model.models import BODY_BYTES, Actor, Conflict, Forbidden, Invalid, NotFound
from board.model.prepared import NewPrepared, PreparedAddition, PreparedEdit, PreparedList, PreparedSeen
from tests import boards
from tests.boards import in_one_batch
from tests.conftest import People
from tests.people import JSON, Json
from tests.servers import Server
from tests.test_contract_schemas import Witness, answers
from tests.visitors import Visitors

Of = Callable[[Server, dict[str, str]], People]
WORDS = ("heat", "dust", "noise", "light")
IN_ORDER = [f"What about {word}?" for word in WORDS]
FROM_FIRST = [IN_ORDER[at] for at in (1, 2, 0, 3)]


class Desk:
    """A board with two sessions, and Mira, who prepares questions. They are called by their words."""

    def __init__(self, store: Store, board_id: int, mira: Actor) -> None:
        self.store, self.board_id, self.mira = store, board_id, mira
        self.ids: dict[str, uuid.UUID] = {}

    async def prepare(self, session: str | None, *words: str) -> None:
        new = [NewPrepared(uuid.uuid4(), f"What about {word}?") for word in words]
        self.ids |= {word: one.id for word, one in zip(words, new, strict=True)}
        await prepared.prepare(self.store, self.board_id, self.mira, PreparedList(new, session))

    async def edit(self, word: str, *, by: Actor | None = None, seen: str | None = None, **changes: Any) -> str:
        """`before`: a word, or None. Gives its text."""
        if changes.get("before"):
            changes["before"] = self.ids[changes["before"]]
        expect = PreparedSeen(seen) if seen is not None else msgspec.UNSET
        wanted = PreparedEdit(expect=expect, **changes)
        return (await prepared.edit(self.store, self.board_id, by or self.mira, str(self.ids[word]), wanted)).text

    async def texts(self, session: str | None) -> list[str]:
        """In their order, which is also that of their numbers."""
        found = await self.store.read(lambda connection: stored.listed(connection, self.board_id))
        these = [one for one in found if one.session == session]
        assert [one.position for one in these] == sorted({one.position for one in these})
        return [one.text for one in these]

    async def audit(self) -> list[str]:
        mine = select(schema.audit.c.action).where(schema.audit.c.board_id == self.board_id).order_by(schema.audit.c.id)
        return list(await self.store.read(lambda connection: connection.scalars(mine).all()))


@pytest.fixture
async def desk(store: Store) -> Desk:
    board_id = await boards.new_board(store)
    for session in ("osh", "pay"):
        await boards.new_session(store, board_id, session)
    desk = Desk(store, board_id, await boards.new_actor(store, board_id))
    await desk.prepare("osh", *WORDS)
    await desk.prepare(None, "lunch", "tea")
    return desk


# -- the order -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "before", "order"),
    [
        ("noise", "heat", (2, 0, 1, 3)),
        ("heat", "light", (1, 2, 0, 3)),
        ("heat", None, (1, 2, 3, 0)),
        ("light", "noise", (0, 1, 3, 2)),
        ("light", None, (0, 1, 2, 3)),
        ("heat", "dust", (0, 1, 2, 3)),
    ],
)
async def test_a_prepared_question_moves_before_another_or_to_the_end(
    desk: Desk, word: str, before: str | None, order: tuple[int, ...]
) -> None:
    lines = await desk.audit()
    await desk.edit(word, before=before)
    await desk.edit(word, before=before)  # the answer was lost
    assert await desk.texts("osh") == [IN_ORDER[at] for at in order]
    moved = order != (0, 1, 2, 3)
    assert await desk.audit() == lines + ["reorder-prepared"] * moved, "where nothing moves there is nothing to record"


async def test_prepared_questions_without_a_session_have_an_order_and_sessions_are_independent(desk: Desk) -> None:
    await desk.edit("tea", before="lunch")
    assert await desk.texts(None) == ["What about tea?", "What about lunch?"]
    await desk.edit("tea", before=None)
    assert await desk.texts(None) == ["What about lunch?", "What about tea?"]
    await desk.edit("heat", before="light")
    await desk.prepare("osh", "air")
    await desk.prepare(None, "rice")
    assert await desk.texts("osh") == [*FROM_FIRST, "What about air?"]
    assert await desk.texts(None) == ["What about lunch?", "What about tea?", "What about rice?"]


@pytest.mark.parametrize("before", ["lunch", "dust", "gone", "elsewhere"])
async def test_a_move_before_a_question_of_another_place_changes_nothing(desk: Desk, before: str) -> None:
    """Of another session, itself, none at all, of another board."""
    await desk.edit("dust", before="heat")
    there, lines = await desk.texts("osh"), await desk.audit()
    other = await boards.new_board(desk.store)
    mira, new = await boards.new_actor(desk.store, other), NewPrepared(uuid.uuid4(), "What about us?")
    await prepared.prepare(desk.store, other, mira, PreparedList([new]))
    desk.ids |= {"gone": uuid.uuid4(), "elsewhere": new.id}
    with pytest.raises(Invalid) as refused:
        await desk.edit("dust", before=before, text="Who sweeps?")
    assert (refused.value.key, refused.value.field) == ("prepared-before-unknown", "before")
    assert (await desk.texts("osh"), await desk.audit()) == (there, lines)


async def test_questions_of_a_removed_session_follow_those_of_the_other_in_order(desk: Desk) -> None:
    await desk.prepare("pay", "wages", "hours")
    await desk.edit("hours", before="wages")
    await agenda.remove_session(desk.store, desk.board_id, desk.mira, "pay", SessionRemoval("osh"))
    assert await desk.texts("osh") == [*IN_ORDER, "What about hours?", "What about wages?"]
    await agenda.remove_session(desk.store, desk.board_id, desk.mira, "osh", SessionRemoval(None))
    assert (await desk.texts(None))[:3] == ["What about lunch?", "What about tea?", "What about heat?"]
    await desk.edit("wages", before="tea")
    assert (await desk.texts(None))[1] == "What about wages?"


# -- the text ------------------------------------------------------------------------------------------------------


async def test_a_new_text_is_cleaned_as_a_new_question_is_and_comes_onto_the_board(desk: Desk) -> None:
    assert await desk.edit("dust", text="  Who sweeps\r\nhere?\u0301 ", before="heat") == "Who sweeps\nhere?\u0301"
    assert await desk.texts("osh") == ["Who sweeps\nhere?\u0301", IN_ORDER[0], *IN_ORDER[2:]]
    assert (await desk.audit())[-2:] == ["reword-prepared", "reorder-prepared"]
    post, _ = await prepared.add(desk.store, desk.board_id, desk.mira, str(desk.ids["dust"]))
    assert post.text == "Who sweeps\nhere?\u0301"


@pytest.mark.parametrize("text", ["", " \n ", "ab", "x" * 301, "a\0bc"])
async def test_an_invalid_text_of_a_prepared_question_is_refused(desk: Desk, text: str) -> None:
    with pytest.raises(Invalid) as refused:
        await desk.edit("dust", text=text, before="heat")
    assert refused.value.field == "text"
    assert await desk.texts("osh") == IN_ORDER


async def test_an_edit_does_not_overwrite_a_colleagues_newer_text(desk: Desk) -> None:
    theirs = await desk.edit("dust", seen=IN_ORDER[1], text="Who sweeps?")
    with pytest.raises(Conflict) as refused:
        await desk.edit("dust", seen=IN_ORDER[1], text="Who cleans?")
    assert refused.value.members["present"] == {
        "id": str(desk.ids["dust"]),
        "session": "osh",
        "text": theirs,
        "author": None,
    }
    with pytest.raises(Conflict):
        await desk.edit("dust", seen=IN_ORDER[1], before="heat")
    assert await desk.edit("dust", seen=IN_ORDER[1], text="Who sweeps?") == theirs, "asked again: the answer was lost"
    assert await desk.edit("dust", seen=theirs, text="Who cleans?") == "Who cleans?"
    assert (await desk.audit()).count("reword-prepared") == 2


async def test_a_text_that_a_moderator_has_not_read_does_not_come_onto_the_board(desk: Desk) -> None:
    one, seen = str(desk.ids["dust"]), PreparedAddition(PreparedSeen(IN_ORDER[1]))
    await desk.edit("dust", text="Who sweeps?")
    with pytest.raises(Conflict) as refused:
        await prepared.add(desk.store, desk.board_id, desk.mira, one, seen)
    assert refused.value.members["present"]["text"] == "Who sweeps?"
    read = PreparedAddition(PreparedSeen("Who sweeps?"))
    post, new = await prepared.add(desk.store, desk.board_id, desk.mira, one, read)
    assert (post.text, new) == ("Who sweeps?", True)
    assert await prepared.add(desk.store, desk.board_id, desk.mira, one, seen) == (post, False), "it is there"


async def test_of_two_simultaneous_edits_one_text_and_the_last_order_stay(desk: Desk) -> None:
    leo = await boards.new_actor(desk.store, desk.board_id, "Leo")
    first, second, up, down = await in_one_batch(
        desk.store,
        desk.edit("heat", seen=IN_ORDER[0], text="How hot is it?"),
        desk.edit("heat", by=leo, seen=IN_ORDER[0], text="How warm is it?"),
        desk.edit("light", before="heat"),
        desk.edit("heat", by=leo, before="noise"),
    )
    assert (first, up, down) == ("How hot is it?", IN_ORDER[3], "How hot is it?")
    assert isinstance(second, Conflict)
    assert await desk.texts("osh") == [IN_ORDER[3], IN_ORDER[1], "How hot is it?", IN_ORDER[2]]


# -- what may not be changed, and by whom --------------------------------------------------------------------------


@pytest.mark.parametrize("changes", [{"text": "Who sweeps?"}, {"before": "heat"}, {"before": None}, {}])
async def test_a_prepared_question_on_the_board_cannot_be_changed_or_moved(desk: Desk, changes: dict[str, Any]) -> None:
    await prepared.add(desk.store, desk.board_id, desk.mira, str(desk.ids["dust"]))
    lines = await desk.audit()
    with pytest.raises(Conflict) as refused:
        await desk.edit("dust", **changes)
    assert refused.value.key == "prepared-added"
    assert (await desk.texts("osh"), await desk.audit()) == (IN_ORDER, lines)
    await desk.edit("light", before="dust")  # beside it others move on
    assert await desk.texts("osh") == [IN_ORDER[at] for at in (0, 3, 1, 2)]


async def test_a_removed_prepared_question_cannot_be_changed(desk: Desk) -> None:
    await prepared.remove(desk.store, desk.board_id, desk.mira, str(desk.ids["dust"]))
    with pytest.raises(NotFound):
        await desk.edit("dust", text="Who sweeps?")
    other = await boards.new_board(desk.store)
    mira = await boards.new_actor(desk.store, other)
    with pytest.raises(NotFound):
        await prepared.edit(desk.store, other, mira, str(desk.ids["heat"]), PreparedEdit(text="Not mine to change."))
    assert (await desk.texts("osh"))[0] == IN_ORDER[0]


async def test_a_copy_keeps_the_ids_of_prepared_questions_and_changes_independently(desk: Desk) -> None:
    made = await desk.store.write_any(lambda connection: copies.copy(connection, desk.board_id, "LAB-29", 0))
    twin = Desk(desk.store, made, await boards.new_actor(desk.store, made))
    twin.ids = desk.ids
    await twin.edit("light", before="heat", text="Who sweeps?")
    assert await twin.texts("osh") == ["Who sweeps?", *IN_ORDER[:3]]
    assert await desk.texts("osh") == IN_ORDER


async def test_a_link_revoked_a_moment_ago_cannot_change_prepared_questions(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        await desk.edit("heat", by=msgspec.structs.replace(desk.mira, link_id="0" * 16), text="Mine now?")
    assert await desk.texts("osh") == IN_ORDER


# -- by HTTP -------------------------------------------------------------------------------------------------------


def test_only_moderators_and_organisers_change_prepared_questions(either: Server, visit: Visitors) -> None:
    board = either.create()
    api, one = f"/api/b/{board['code']}/prepared", str(uuid.uuid4())
    everybody = visit.everybody(either, board)
    made = {"questions": [{"id": one, "text": IN_ORDER[0]}]}
    assert everybody["moderate"].post(api, json=made, headers=JSON).status_code == 201
    answered = {
        who: client.patch(f"{api}/{one}", json={"text": f"What does {who} say?", "before": None}, headers=JSON).status_code
        for who, client in everybody.items()
    }
    assert answered == {who: 200 if who in ("moderate", "organise") else 403 for who in everybody}
    [found] = everybody["moderate"].get(api).json()["questions"]
    assert found["text"] in ("What does moderate say?", "What does organise say?")


async def test_every_answer_is_as_documented_and_each_refusal_says_why(either: Server, people: Of) -> None:
    board = either.create()
    here, witness = people(either, board), Witness()
    moderator, stranger = await here.moderator(), await here.attendee()
    witness.watch(moderator.http, stranger.http)
    first, second = [{"id": str(uuid.uuid4()), "text": text} for text in IN_ORDER[:2]]
    await moderator.send("POST", "/prepared", {"questions": [first, second]})

    async def change(body: object, one: Json = second) -> Json:
        answer: Json = (await moderator.send("PATCH", f"/prepared/{one['id']}", body)).json()
        return answer

    done = await change({"text": "Who sweeps?", "expect": {"text": second["text"]}, "before": first["id"].upper()})
    assert done["question"] == {"id": second["id"], "session": None, "text": "Who sweeps?", "author": None}
    assert [one["id"] for one in (await moderator.get("/prepared")).json()["questions"]] == [second["id"], first["id"]]
    late = await change({"text": "Who cleans?", "expect": {"text": second["text"]}})
    assert (late["status"], late["present"]) == (409, done["question"])
    assert "Somebody else changed this question" in late["detail"]
    assert (await change({})) == done
    wrong = await change({"before": str(uuid.uuid4())})
    assert (wrong["status"], wrong["field"]) == (422, "before")
    assert "another one of the same session" in wrong["detail"]
    for body, field in (({"text": None}, "text"), ({"before": "x"}, "before"), ({"position": 1}, "position")):
        refused = await change(body)
        assert (refused["status"], refused["field"]) == (422, field)
    for nothing in ("nothing", str(uuid.uuid4())):
        gone = await change({"text": "Who sweeps?"}, {"id": nothing})
        assert (gone["status"], gone["detail"]) == (404, "There is no such prepared question any more.")
    add = f"/prepared/{second['id']}/add"
    unread = (await moderator.send("POST", add, {"expect": {"text": second["text"]}})).json()
    assert (unread["status"], unread["present"]) == (409, done["question"])
    for body in ({"expect": {"text": "Who sweeps?"}}, None):  # again: without a word
        assert (await moderator.send("POST", add, body)).json()["post"]["text"] == "Who sweeps?"
    added = await change({"before": None})
    assert added["status"] == 409
    assert added["present"]["added_at"]
    assert "on the board already" in added["detail"]
    widest = ["👩🏽‍❤️‍👨🏽" * 300, "👩🏽‍❤️‍👩🏽" * 300]
    assert len("".join(widest).encode()) > BODY_BYTES
    assert (await change({"text": widest[0]}, first))["question"]["text"] == widest[0]
    assert (await change({"text": widest[1], "expect": {"text": widest[0]}}, first))["question"]["text"] == widest[1]
    for method, path in (("PATCH", f"/prepared/{first['id']}"), ("POST", add)):
        for content in (b"{", b'{"nonsense": 1}', b'{"text": "' + b"x" * 40_000 + b'"}'):
            await moderator.http.request(method, moderator.api + path, headers=JSON, content=content)
        await moderator.http.request(method, moderator.api + path, headers={"Content-Type": "text/plain"}, content=b"{}")
        await stranger.send(method, path, {})
        await moderator.send(method, path.replace(first["id"], str(uuid.uuid4())).replace(second["id"], str(uuid.uuid4())), {})
    documented = {answer for answer in answers(lambda tags: "desk" in tags) if answer[0] in ("changePrepared", "addPrepared")}
    assert documented - witness.seen == set()

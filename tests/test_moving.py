"""A board moves to another server by its own export: all of it, or nothing, with a sentence that says why."""

from __future__ import annotations

import base64
import json
import uuid
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, update

from board.actions import attendees, forgetting, joining, lifecycle, moderators, people, prepared, screens, thanks, whole
from board.data import boards as codes
from board.data import copies, doctor, moving, schema
from board.data import prepared as stored
from board.data.store import Connection, Store
from board.model import requests
from board.model.archiving import Archived
from board.model.erased import marked
from board.model.models import Forbidden, Invalid, Reaction, Scene, State, Team, Theme
from board.model.prepared import NewPrepared, PreparedList
from board.transfer import exports, moved
from tests import boards
from tests.sentences import sentence
from tests.servers import Postgres
from tests.test_cli import Here
from tests.test_organise import png

SETTINGS: dict[str, Any] = {
    "subtitle": "Bangkok",
    "starts_on": "2026-05-04",
    "ends_on": "2026-05-07",
    "time_zone": "Asia/Bangkok",
    "anonymous": False,
    "premoderate_question": True,
    "stage": "light",
    "themes": [Theme("osh", "Safety and health", "OSH", 3)],
    "teams": [Team("Cambodia"), Team("Jordan")],
}


async def export(store: Store, board_id: int) -> dict[str, Any]:
    data = await store.read(lambda connection: exports.export(connection, board_id, "json", "somebody"))
    whole: dict[str, Any] = json.loads(data)
    return whole


async def bring(store: Store, whole: dict[str, Any], code: str) -> int:
    found = moved.read(json.dumps(whole).encode())

    def put(connection: Connection) -> int:
        made, _ = lifecycle.new_prepared_board(connection, store.now(), found.title, code, "command line", **found.settings)
        moving.fill(connection, made.id, found.arrived, store.now(), "command line")
        return made.id

    return await store.write_any(put)


@pytest.fixture
async def filled(store: Store) -> int:
    """A board with every kind of row that a board can have."""
    board_id = await boards.new_board(store, code="LAB-26", **SETTINGS)
    mira = await boards.new_actor(store, board_id)
    times = {"starts_at": "2026-05-04T02:30:00Z", "ends_at": "2026-05-04T03:30:00Z"}
    await boards.new_session(store, board_id, "osh-1", room="Hall A", speakers=["Nadia Rahman"], **times)
    await boards.new_person(store, board_id, "nadia", "Nadia Rahman", "Cambodia")
    await attendees.join(store, board_id, boards.participant(1), requests.Join(person="nadia"))
    await attendees.join(store, board_id, boards.participant(2), requests.Join("Leo Tan", "Jordan"))
    card = await boards.submit(
        store, board_id, boards.card("Thank\nyou 👩🏽‍🔬", theme="osh", to=[requests.To(person="nadia")]), 2
    )
    await thanks.thank(store, board_id, boards.participant(1), card.id, True)
    await attendees.react(store, board_id, boards.participant(2), card.id, Reaction.CLAP, True)
    await attendees.react(store, board_id, boards.participant(3), card.id, Reaction.CLAP, True)
    await attendees.react(store, board_id, boards.participant(3), card.id, Reaction.HEART, True)
    for who, state in enumerate((State.VISIBLE, State.REJECTED, State.HIDDEN, State.PENDING, State.WITHDRAWN)):
        asked = await boards.submit(store, board_id, boards.question(f"{state}?", session="osh-1"), who)
        if state in (State.VISIBLE, State.HIDDEN):
            await moderators.moderate(store, board_id, mira, asked.id, requests.Moderation(state=State.VISIBLE, pinned=True))
            await attendees.vote(store, board_id, boards.participant(7), asked.id, True)
            await attendees.vote(store, board_id, boards.participant(8), asked.id, True)
        if state in (State.REJECTED, State.HIDDEN):
            change = requests.Moderation(state=state, reason="Not now.")
            await moderators.moderate(store, board_id, mira, asked.id, change)
        if state is State.VISIBLE:
            given = requests.Moderation(owner="nadia", due="2026-05-20", answered=True, answer="Yes.\nSoon.")
            given.answer_translations = {"fr": "Oui.\nBientôt.", "pt-BR": "Sim."}
            await moderators.moderate(store, board_id, mira, asked.id, given)
        if state is State.PENDING:
            await moderators.moderate(store, board_id, mira, asked.id, requests.Moderation(set_aside="Not here.\nAsk them."))
        if state is State.WITHDRAWN:
            edit = requests.Edit(state=State.WITHDRAWN)
            await attendees.edit(store, board_id, [boards.participant(who), boards.pseudonym(who)], asked.id, edit)
    goes, stays = [await boards.submit(store, board_id, boards.question(f"Who pays {n}?", session="osh-1"), n) for n in (4, 5)]
    for post, phones in ((stays, (3, 4)), (goes, (1, 2, 3))):
        await moderators.moderate(store, board_id, mira, post.id, requests.Moderation(state=State.VISIBLE))
        for phone in phones:
            await attendees.vote(store, board_id, boards.participant(phone), post.id, True)
    await joining.join(store, board_id, mira, goes.id, stays.id)
    wanted = PreparedList([NewPrepared(uuid.uuid4(), f"What about {what}?", "Asha") for what in ("heat", "dust")], "osh-1")
    await prepared.prepare(store, board_id, mira, wanted)
    await prepared.add(store, board_id, mira, str(wanted.questions[0].id))
    await store.write_any(lambda connection: _put_logo(connection, board_id))
    await people.mute(store, board_id, mira, boards.participant(1), True)
    await screens.present(store, board_id, mira, requests.NewScreen(scene=Scene.SPOTLIGHT, post=card.id))
    return board_id


PICTURE = png()
DIGEST = "0123456789abcdef"


def _put_logo(connection: Connection, board_id: int) -> None:
    values = {"board_id": board_id, "digest": DIGEST, "media_type": "image/png", "bytes": PICTURE}
    connection.execute(insert(schema.logos).values(**values))
    connection.execute(update(schema.boards).where(schema.boards.c.id == board_id).values(logo=DIGEST))


MOVES = ("prepared", "settings", "themes", "teams", "sessions", "people", "muted_phones", "logo", "format")


def comparable(whole: dict[str, Any], code: str = "") -> dict[str, Any]:
    """What must be the same on both servers. A post's seq is a number of one board's history."""
    posts = [{name: value for name, value in post.items() if name != "seq"} for post in whole["posts"]]
    audit = [line for line in whole["audit"] if line["action"] not in ("link", "import")]
    logo = str(whole["board"].get("logo", "")).rpartition("/")[2]  # before it stands the address of the board
    board = whole["board"] | {"code": code, "logo": logo}
    return {name: whole[name] for name in MOVES} | {"posts": posts, "audit": audit, "board": board}


async def test_an_erased_person_moves_as_erased_and_a_typed_somebody_does_not(store: Store, filled: int) -> None:
    for name in ("nadia", "Leo Tan"):
        await forgetting.erase_person(store, filled, "command line", name, marked("somebody"), texts=False)
    before = await export(store, filled)
    assert before["posts"][0]["to"] == [{"name": "somebody", "erased": True}]
    assert before["posts"][0]["author"] == {"name": "somebody", "team": None, "erased": True}
    again = await export(store, await bring(store, before, "LAB-27"))
    assert comparable(again) == comparable(before)
    typed = before | {"posts": [before["posts"][0] | {"to": [{"name": marked("Omar")}]}]}
    again = await export(store, await bring(store, typed, "LAB-28"))
    assert again["posts"][0]["to"] == [{"name": "Omar"}]


async def test_an_exported_board_is_imported_without_a_difference(store: Store, filled: int) -> None:
    before = await export(store, filled)
    again = await bring(store, before, "LAB-27")
    assert comparable(await export(store, again)) == comparable(before)
    assert before["settings"]["logo"] == DIGEST
    assert base64.b64decode(before["logo"]["base64"]) == PICTURE
    assert [post["state"] for post in before["posts"]][1:6] == ["visible", "rejected", "hidden", "pending", "withdrawn"]
    assert before["posts"][0]["thanked"] == [0]
    assert await store.read(doctor.examine) == []


async def test_joined_questions_can_be_parted_after_a_move(store: Store, filled: int) -> None:
    whole = await export(store, filled)
    again = await bring(store, whole, "LAB-27")
    [gone] = [post for post in whole["posts"] if "merged" in post]
    mira = await boards.new_actor(store, again)
    done = await joining.part(store, again, mira, gone["id"])
    assert (done.goes.state, done.goes.votes, done.stays.votes, done.stays.joined) == (State.VISIBLE, 3, 2, 0)
    assert await store.read(doctor.examine) == []
    whole["posts"] = [post for post in whole["posts"] if post["id"] != gone["merged"]["into"]]
    whole["settings"] = whole["settings"] | {"title": "Without the one that stays"}
    third = await bring(store, whole, "LAB-28")
    assert [post for post in (await export(store, third))["posts"] if "merged" in post] == []


async def test_a_copy_has_the_prepared_questions_and_adds_none_to_the_board(store: Store, filled: int) -> None:
    made = await store.write_any(lambda connection: copies.copy(connection, filled, "LAB-29", 0))
    found = await store.read(lambda connection: stored.listed(connection, made))
    assert [(one.text, one.session, one.added_at) for one in found] == [
        ("What about heat?", "osh-1", None),
        ("What about dust?", "osh-1", None),
    ]


async def test_an_archived_board_is_archived_on_the_other_server(store: Store, filled: int) -> None:
    await whole.archive(store, filled, "command line", True)
    before = await export(store, filled)
    again = await bring(store, before, "LAB-27")
    after = await export(store, again)
    assert after["settings"]["archived_at"] == before["settings"]["archived_at"] > 0
    with pytest.raises(Archived):
        await boards.submit(store, again, boards.question("And now?"), 4)
    await whole.archive(store, again, "command line", False)
    assert await boards.submit(store, again, boards.question("And now?"), 4)


async def test_links_and_phones_of_the_old_server_open_nothing_on_the_new_one(store: Store, filled: int) -> None:
    before = await export(store, filled)
    text = json.dumps(before)
    for secret in (boards.participant(2), boards.participant(7), boards.pseudonym(0), 'digest":', "token", "epoch", "holder"):
        assert secret not in text, secret
    again = await bring(store, before, "LAB-27")
    mine = [post for post in (await export(store, again))["posts"] if post["author"]]
    assert mine
    assert await attendees.join(store, again, boards.participant(9), requests.Join(person="nadia"))  # the name is free
    post = before["posts"][1]["id"]
    edit = requests.Edit(state=State.WITHDRAWN)
    for who in (0, 1):  # its author there is unknown here
        with pytest.raises(Forbidden):
            await attendees.edit(store, again, [boards.participant(who), boards.pseudonym(who)], post, edit)


async def test_a_moved_board_accepts_new_posts_and_votes(store: Store, filled: int) -> None:
    again = await bring(store, await export(store, filled), "LAB-27")
    mira = await boards.new_actor(store, again)
    asked = await boards.submit(store, again, boards.question("And now?"), 4)
    whole = await export(store, again)
    assert whole["posts"][-1]["id"] == asked.id
    voted = next(post for post in whole["posts"] if post.get("votes"))
    assert (await attendees.vote(store, again, boards.participant(7), voted["id"], True)).votes == voted["votes"] + 1
    await moderators.moderate(store, again, mira, asked.id, requests.Moderation(state=State.VISIBLE))
    assert await store.read(doctor.examine) == []


WRONG: list[tuple[str, Any]] = [
    ("is no export of a board", b"\xff\xfe"),
    ("is no export of a board", b"[]"),
    ("is no export of a board", b'{"title": "x"}'),
    ("is no export of a board", {"format": {"name": "another", "version": 1}}),
    ("older version", {"format": None}),
    ("newer version", {"format": {"name": "brilliance-board", "version": 99}}),
    ("time zone", {"settings": {"time_zone": "Mars/Olympus"}}),
    ("two posts have one id", {"posts": "twice"}),
    ("is no time", {"posts": {"created_at": "yesterday"}}),
    ("Post 1", {"posts": {"text": "x" * 5_000}}),
    ("Post 1", {"posts": {"text": "a\x00b"}}),
    ("state", {"posts": {"state": "nonsense"}}),
    ("votes", {"posts": {"votes": -1}}),
    ("to", {"posts": {"to": [{"name": "x"}] * 6}}),
    ("more votes", {"posts": {"reactions": {"clap": 2_000_000, "heart": 2}}}),
    ("logo", {"logo": {"media_type": "image/png", "base64": "PHN2Zz4="}}),
    ("logo", {"logo": {"media_type": "image/png", "base64": "%%%"}}),
    ("logo", {"logo": {"media_type": "image/png", "base64": base64.b64encode(png(9_000, 9_000)).decode()}}),
    ("logo", {"logo": {"media_type": "image/png", "base64": base64.b64encode(png(8, 8, (b"acTL", b"moves"))).decode()}}),
    ("archived", {"settings": {"archived_at": 2**63}}),
    ("cannot be taken in", {"logo": {"media_type": "image/svg+xml", "base64": "PHN2Zz4="}}),
    ("people", {"people": [{"id": "../x", "name": "x"}]}),
    ("accent", {"settings": {"accent": "red;}"}}),
    ("cannot be taken in", {"settings": {"title": 5}}),
    ("too long", {"settings": {"title": "x" * 5_000}}),
]


@pytest.mark.parametrize(("words", "change"), WRONG)
async def test_an_invalid_export_file_is_refused_in_words(store: Store, filled: int, words: str, change: Any) -> None:
    whole = await export(store, filled)
    if isinstance(change, dict):
        for name, value in change.items():
            if value == "twice":
                whole[name] = [*whole[name], whole[name][0]]
            elif name == "posts":
                whole["posts"][0] |= value
            elif isinstance(value, dict):
                whole[name] |= value
            else:
                whole[name] = value
    with pytest.raises(Invalid) as refused:
        moved.read(change if isinstance(change, bytes) else json.dumps(whole).encode())
    assert words in sentence(refused.value)


async def test_an_import_that_fails_leaves_nothing_of_the_board(store: Store, filled: int) -> None:
    whole = await export(store, filled)
    found = moved.read(json.dumps(whole).encode())
    repeated = found.arrived.sessions * 2  # what no check finds, the database refuses

    def put(connection: Connection) -> None:
        made, _ = lifecycle.new_prepared_board(connection, store.now(), found.title, "LAB-27", "command line", **found.settings)
        arrived = moving.Arrived(found.arrived.posts, repeated, {}, set(), [], None)
        moving.fill(connection, made.id, arrived, store.now(), "command line")

    with pytest.raises(Exception, match=r"UNIQUE|unique|storage"):
        await store.write_any(put)
    assert await store.read(lambda connection: codes.find_board(connection, "LAB-27")) is None


# -- the commands --------------------------------------------------------------------------------------------------


async def test_a_board_moves_by_two_commands_between_sqlite_and_postgresql(tmp_path: Path, postgres_server: Postgres) -> None:
    there = Here(tmp_path / "there")
    here = Here(tmp_path / "here", DATABASE_URL=postgres_server.new_database(), SECRET_KEY="k" * 40)
    made = there.create("Innovation Lab", "--code", "LAB-26", "--theme", "OSH", "--team", "Jordan")
    await there.ask("LAB-26", "Who pays?")
    file, back = tmp_path / "lab.json", tmp_path / "back.json"
    there.run("export", "LAB-26", "-o", str(file))
    output = here.run("import", str(file))
    assert "with the code LAB-26, 1 posts" in output
    assert made["organise_url"].rpartition("/")[2] not in output
    assert "organise " in output
    assert "There is already a board" in here.refused("import", str(file)) or "taken" in here.refused("import", str(file))
    here.run("export", "LAB-26", "-o", str(back))
    there.run("import", str(back), "--code", "lab-27")
    first, last = there.exported("LAB-26"), there.exported("LAB-27")
    assert comparable(first) == comparable(last)


def test_the_command_refuses_an_invalid_file(tmp_path: Path) -> None:
    here = Here(tmp_path)
    file = tmp_path / "x.json"
    file.write_text("title,team\n")
    assert "is no export of a board" in here.refused("import", str(file))
    assert "No such file" in here.refused("import", str(tmp_path / "none.json"))

"""The agenda as organisers change it: made, changed, moved, removed; by whom; and what follows it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import msgspec
import pytest

from board.actions import agenda
from board.data.store import Store
from board.model import arranging
from board.model.arranging import NewSession, SessionEdit, SessionRemoval, SessionSeen, Shift
from board.model.models import Actor, Board, Conflict, Forbidden, Invalid, NotFound, Questions, Role, Scene, Session
from tests.boards import in_one_batch
from tests.conftest import People
from tests.people import JSON, Json, question
from tests.servers import Server
from tests.test_actions import Here, make
from tests.test_contract_schemas import Witness, answers
from tests.visitors import Visitors

BANGKOK = "Asia/Bangkok"


# -- the rules -----------------------------------------------------------------------------------------------------


def at(session_id: str, start: str | None, end: str | None = None, **fields: Any) -> Session:
    return Session(
        session_id, session_id, f"2026-05-{start}:00Z" if start else None, f"2026-05-{end}:00Z" if end else None, **fields
    )


def ids(sessions: list[Session]) -> list[str]:
    return [session.id for session in sessions]


@pytest.mark.parametrize(
    ("typed", "zone", "stored"),
    [
        ("2026-05-04T09:30", BANGKOK, "2026-05-04T02:30:00Z"),
        ("2026-05-04T09:30:15", BANGKOK, "2026-05-04T02:30:15Z"),
        ("2026-05-04T09:30Z", BANGKOK, "2026-05-04T09:30:00Z"),
        ("2026-05-04T09:30+05:30", BANGKOK, "2026-05-04T04:00:00Z"),
        ("2026-07-01T09:30", "Europe/Berlin", "2026-07-01T07:30:00Z"),
        ("2026-10-25T02:30", "Europe/Berlin", "2026-10-25T00:30:00Z"),
    ],
)
def test_a_time_is_in_the_boards_zone_unless_it_has_an_offset(typed: str, zone: str, stored: str) -> None:
    assert arranging.moment(typed, zone, "starts_at") == stored


@pytest.mark.parametrize(
    "typed",
    [
        *("9:30", "2026-05-04", "2026-05-04 09:30", "2026-13-04T09:30", "2026-05-04T24:30", "٢٠٢٦-05-04T09:30", "x" * 9999),
        *("0001-01-01T00:00", "9999-12-31T23:59-12:00", "2026-05-04T09:30+99:00", "2026-05-04T09:30[Asia/Bangkok]"),
    ],
)
def test_an_invalid_time_of_a_session_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as refusal:
        arranging.moment(typed, BANGKOK, "starts_at")
    assert refusal.value.field == "starts_at"


def test_a_time_skipped_by_summer_time_is_refused() -> None:
    with pytest.raises(Invalid, match="left-out"):
        arranging.moment("2026-03-29T02:30", "Europe/Berlin", "starts_at")


def test_the_agenda_is_ordered_by_time_and_simultaneous_sessions_by_hand() -> None:
    sessions = [at("a", "04T02:00"), at("b", "04T03:00"), at("c", "04T03:00"), at("z", None)]
    assert ids(arranging.placed(sessions, at("n", "04T03:00"))) == ["a", "b", "c", "n", "z"]
    assert ids(arranging.placed(sessions, at("n", "04T03:00"), "b")) == ["a", "n", "b", "c", "z"]
    assert ids(arranging.placed(sessions, at("b", "04T03:00"), None)) == ["a", "c", "b", "z"]
    assert ids(arranging.placed(sessions, at("c", "04T03:00"), "b")) == ["a", "c", "b", "z"]
    assert ids(arranging.placed(sessions, at("c", "04T03:00"), "c")) == ["a", "b", "c", "z"]
    assert ids(arranging.placed(sessions, at("c", "04T01:00"))) == ["c", "a", "b", "z"]
    assert ids(arranging.placed(sessions, at("n", None))) == ["a", "b", "c", "z", "n"]
    with pytest.raises(Invalid):
        arranging.placed(sessions, at("n", "04T03:00"), "a")
    with pytest.raises(NotFound):
        arranging.placed(sessions, at("n", "04T03:00"), "nothing")


# 02:00 in UTC is 9 o'clock in Bangkok; 18:00 is one o'clock at night.
DAY = [
    at("early", "04T02:00", "04T03:00"),
    at("noon", "04T05:00", "04T06:00"),
    at("hall-b", "04T05:00"),
    at("party", "04T18:00", "04T19:00"),
    at("next", "05T02:00", "05T03:00"),
    at("open", None),
]


def test_a_shift_moves_later_sessions_of_that_day_and_not_the_next_day() -> None:
    after, moved = arranging.shifted(DAY, Shift("noon", 15), BANGKOK)
    assert ids(moved) == ["noon", "hall-b", "party"]
    assert [(one.starts_at, one.ends_at) for one in moved[:2]] == [
        ("2026-05-04T05:15:00Z", "2026-05-04T06:15:00Z"),
        ("2026-05-04T05:15:00Z", None),
    ]
    assert [one for one in after if one.id in ("early", "next", "open")] == [DAY[0], DAY[4], DAY[5]]
    assert ids(arranging.shifted(DAY, Shift("2026-05-04T11:59", 15), BANGKOK)[1]) == ["noon", "hall-b", "party"]


@pytest.mark.parametrize("minutes", [-600, -180, -15, 0, 15, 600])
def test_a_shift_can_be_undone_even_across_other_sessions(minutes: int) -> None:
    after, moved = arranging.shifted(DAY, Shift("noon", minutes), BANGKOK)
    again, _ = arranging.shifted(after, Shift("noon", -minutes, ids(moved)), BANGKOK)
    assert again == DAY


def test_a_shift_from_an_unknown_session_is_refused() -> None:
    with pytest.raises(NotFound):
        arranging.shifted(DAY, Shift("nothing", 15), BANGKOK)
    with pytest.raises(Invalid):
        arranging.shifted(DAY, Shift("open", 15), BANGKOK)
    with pytest.raises(Invalid):
        arranging.shifted([Session("last", "x", "9999-12-31T23:59:00Z")], Shift("last", 600), "UTC")


def test_times_outside_the_boards_days_are_reported_and_not_refused() -> None:
    board = Board(1, "LAB", "e", 0, 0, "Lab", starts_on="2026-05-04", ends_on="2026-05-05", time_zone=BANGKOK)
    assert arranging.outside(at("in", "03T17:30", "04T01:00"), board) == []
    assert arranging.outside(at("before", "03T16:30", "03T17:30"), board) == ["starts_at"]
    assert arranging.outside(at("behind", "05T16:30", "05T17:30"), board) == ["ends_at"]
    assert arranging.outside(at("never", None), board) == []


# -- in the store, on both databases -------------------------------------------------------------------------------


@pytest.fixture
async def here(store: Store) -> Here:
    return await make(store, time_zone=BANGKOK)


async def _agenda(here: Here) -> list[Session]:
    return (await here.everything()).sessions or []


async def _add(here: Here, title: str, start: str | None = None, **fields: Any) -> Session:
    wanted = NewSession(title, f"2026-05-{start}" if start else None, **fields)
    session, _ = await agenda.add_session(here.store, here.board_id, here.mira, wanted)
    return session


async def _edit(here: Here, session: Session, **fields: Any) -> Session:
    changed, _ = await agenda.edit_session(here.store, here.board_id, here.mira, session.id, SessionEdit(**fields))
    return changed


async def _remove(here: Here, session: Session, *to: str | None) -> int:
    wanted = SessionRemoval(*to)
    return (await agenda.remove_session(here.store, here.board_id, here.mira, session.id, wanted))[1]


async def test_sessions_are_made_changed_and_keep_their_ids(here: Here) -> None:
    heat = await _add(here, "Heat at work", "04T09:30", ends_at="2026-05-04T10:30", room="Hall A", speakers=["Nadia"])
    tea = await _add(here, "Tea", "04T09:00", kind="break")
    assert (heat.questions, tea.questions, tea.kind) == (Questions.OPEN, Questions.CLOSED, "break")
    assert await _agenda(here) == [tea, heat]
    changed = await _edit(here, heat, title="Heat", starts_at="2026-05-04T08:00", speakers=[], room="")
    assert (changed.id, changed.title, changed.starts_at) == (heat.id, "Heat", "2026-05-04T01:00:00Z")
    assert (changed.ends_at, changed.speakers, changed.room) == (heat.ends_at, [], "")
    assert await _agenda(here) == [changed, tea]
    ordinary = await _edit(here, tea, kind="session", questions=Questions.OPEN)
    assert (ordinary.kind, ordinary.questions) == (msgspec.UNSET, Questions.OPEN)
    assert [line[1:] for line in await here.audit()] == [
        ("session-added", None, "Heat at work"),
        ("session-added", None, "Tea"),
        ("session-changed", None, "Heat at work → Heat: title, starts_at, room, speakers"),
        ("session-changed", None, "Tea: questions, kind"),
    ]


async def test_an_edit_without_a_difference_leaves_no_audit_line(here: Here) -> None:
    heat = await _add(here, "Heat at work", "04T09:30")
    before, lines = await here.everything(), await here.audit()
    await _edit(here, heat, title="Heat at work")
    assert (await here.everything(), await here.audit()) == (before, lines)


async def test_an_edit_of_an_outdated_session_gets_the_present_one(here: Here) -> None:
    heat = await _add(here, "Heat at work", "04T09:30")
    seen = SessionSeen(title=heat.title, starts_at=heat.starts_at)
    changed = await _edit(here, heat, title="Heat", expect=seen)
    with pytest.raises(Conflict) as refusal:
        await _edit(here, heat, room="Hall B", expect=seen)
    assert refusal.value.members == {"present": changed}
    assert await _agenda(here) == [changed]
    assert (await _edit(here, heat, room="Hall B", expect=SessionSeen(starts_at="2026-05-04T09:30"))).room == "Hall B"


async def test_one_of_two_simultaneous_edits_wins_and_the_other_gets_a_conflict(here: Here) -> None:
    heat = await _add(here, "Heat at work")
    edits = [_edit(here, heat, title=title, expect=SessionSeen(title="Heat at work")) for title in ("One", "Two")]
    first, second = await in_one_batch(here.store, *edits)
    assert first.title == "One"
    assert isinstance(second, Conflict)
    assert second.members["present"] == first


@pytest.mark.parametrize(
    "fields",
    [
        {"ends_at": "2026-05-04T09:00"},
        {"starts_at": None},
        {"title": " "},
        {"title": "x" * 301},
        {"room": "x" * 61},
        {"speakers": ["x"] * 21},
        {"speakers": ["x" * 61]},
    ],
)
async def test_an_invalid_session_is_refused_and_changes_nothing(here: Here, fields: Json) -> None:
    heat = await _add(here, "Heat at work", "04T09:30", ends_at="2026-05-04T10:30")
    with pytest.raises(Invalid):
        await _edit(here, heat, **fields)
    assert await _agenda(here) == [heat]


async def test_the_size_of_an_agenda_is_bounded(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arranging, "MAX_SESSIONS", 2)
    for title in ("One", "Two"):
        await _add(here, title)
    with pytest.raises(Invalid, match="too-many"):
        await _add(here, "Three")


async def test_removing_a_session_with_questions_needs_a_place_for_them(here: Here) -> None:
    heat, other = await _add(here, "Heat at work"), await _add(here, "Other")
    posts = [await here.ask(session=heat.id) for _ in range(3)]
    await here.withdraw(posts[2])
    with pytest.raises(Conflict) as refusal:
        await _remove(here, heat)
    assert refusal.value.members == {"questions": 2}
    for nowhere in ("nothing", heat.id):
        with pytest.raises(Invalid):
            await _remove(here, heat, nowhere)
    assert await _remove(here, heat, other.id) == 2
    assert {post.session for post in (await here.everything()).posts} == {other.id}
    assert await _remove(here, other, None) == 2
    assert {post.session for post in (await here.everything()).posts} == {None}
    assert await _agenda(here) == []
    await here.vote(posts[0], who=3)


async def test_a_session_without_open_questions_is_removed_at_once(here: Here) -> None:
    heat = await _add(here, "Heat at work")
    await here.withdraw(await here.ask(session=heat.id))
    assert await _remove(here, heat) == 0
    assert [post.session for post in (await here.everything()).posts] == [None]


async def test_questions_changed_in_the_same_batch_follow_a_removed_session(here: Here) -> None:
    heat, other = await _add(here, "Heat at work"), await _add(here, "Other")
    post = await here.ask(session=heat.id)
    done = await in_one_batch(
        here.store,
        here.vote(post, who=2),
        here.ask("Asked a moment before it went", session=heat.id),
        _remove(here, heat, other.id),
        here.ask("Asked a moment too late", session=heat.id),
        here.vote(post, who=3),
    )
    assert done[2] == 2
    assert isinstance(done[3], Invalid)
    stored = (await here.everything()).posts
    assert [(one.session, one.votes) for one in sorted(stored, key=lambda one: one.created_at)] == [
        (other.id, 2),
        (other.id, 0),
    ]


async def test_a_refused_removal_leaves_everything_as_it_was(here: Here) -> None:
    heat = await _add(here, "Heat at work")
    post = await here.ask(session=heat.id)
    done = await in_one_batch(here.store, here.vote(post, who=2), _remove(here, heat), here.vote(post, who=3))
    assert isinstance(done[1], Conflict)
    assert ((await here.stored(post)).session, (await here.stored(post)).votes) == (heat.id, 2)


async def test_a_screen_follows_the_questions_of_a_removed_session(here: Here) -> None:
    heat, other = await _add(here, "Heat at work"), await _add(here, "Other")
    await here.present(Scene.QUESTIONS, session=heat.id)
    await here.present(Scene.BLANK)
    await _remove(here, heat, other.id)
    screen = (await here.board()).screen
    assert screen.before.session == other.id  # type: ignore[union-attr]
    await here.present(Scene.QUESTIONS, session=other.id)
    await _remove(here, other)
    assert (await here.board()).screen.session is None


async def test_a_shift_is_one_change_and_so_is_its_undo(here: Here) -> None:
    made = [await _add(here, title, start) for title, start in (("One", "04T09:00"), ("Two", "04T10:00"), ("Next", "05T09:00"))]
    seq = (await here.board()).seq
    moved = await agenda.shift(here.store, here.board_id, here.mira, Shift(made[1].id, 15))
    assert ids(moved) == [made[1].id]
    assert (await here.board()).seq == seq + 1
    await agenda.shift(here.store, here.board_id, here.mira, Shift(made[1].id, -15, ids(moved)))
    assert await _agenda(here) == made
    assert ("Mira", "shift", None, "15 minutes, 1 sessions: Two") in await here.audit()


async def test_a_revoked_link_cannot_change_the_agenda(here: Here) -> None:
    gone = Actor("nothing", Role.ORGANISER, "Nobody")
    heat = await _add(here, "Heat at work", "04T09:00")
    for act in (
        agenda.add_session(here.store, here.board_id, gone, NewSession("Mine")),
        agenda.edit_session(here.store, here.board_id, gone, heat.id, SessionEdit(title="Mine")),
        agenda.remove_session(here.store, here.board_id, gone, heat.id, SessionRemoval()),
        agenda.shift(here.store, here.board_id, gone, Shift(heat.id, 15)),
    ):
        with pytest.raises(Forbidden):
            await act
    assert await _agenda(here) == [heat]


# -- by HTTP -------------------------------------------------------------------------------------------------------


def sent(client: httpx.Client, method: str, address: str, body: object = None) -> httpx.Response:
    return client.request(method, address, content=b"" if body is None else json.dumps(body), headers=JSON)


def test_each_role_has_its_own_permissions_for_the_agenda(either: Server, visit: Visitors) -> None:
    board = either.create()
    api, everybody = f"/api/b/{board['code']}", visit.everybody(either, board)
    organiser = everybody["organise"]
    made = sent(organiser, "POST", f"{api}/sessions", {"title": "Heat", "starts_at": "2026-05-04T09:00"})
    assert made.status_code == 201, made.text
    session = f"{api}/sessions/{made.json()['session']['id']}"
    shift = {"from": "2026-05-04T00:00", "minutes": 0}
    calls: list[tuple[str, str, object, set[str], int]] = [
        ("POST", f"{api}/sessions", {"title": "Mine"}, {"organise"}, 201),
        ("PATCH", session, {"title": "Heat at work"}, {"organise"}, 200),
        ("PATCH", session, {"questions": "open", "title": "Heat at work"}, {"organise"}, 200),
        ("PATCH", session, {"questions": "paused"}, {"organise", "moderate"}, 200),
        ("POST", f"{api}/sessions/shift", shift, {"organise", "moderate"}, 200),
        ("DELETE", session, {}, {"organise"}, 200),
    ]
    for method, address, body, allowed, status in calls:
        for role, client in sorted(everybody.items(), key=lambda one: one[0] in allowed):  # those who may come last
            answer = sent(client, method, address, body)
            if role not in allowed:
                assert answer.status_code == 403, (role, method, address, answer.text)
            elif method != "DELETE" or role == "organise":
                assert answer.status_code == status, (role, method, address, answer.text)
    other = either.create()
    assert sent(visit.by_link(either, other["organise_url"]), "POST", f"{api}/sessions", {"title": "Mine"}).status_code == 403


async def test_everybody_sees_the_agenda_change_and_questions_move(either: Server, people: Callable[..., People]) -> None:
    board = either.create()
    here = people(either, board)
    asha, organiser = await here.attendee(), await here.organiser()
    sessions = [(await organiser.send("POST", "/sessions", {"title": title})).json()["session"] for title in ("One", "Two")]
    asked = await asha.ask(session=sessions[0]["id"])
    live = await asha.live()
    await live.next()
    refused = await organiser.send("DELETE", f"/sessions/{sessions[0]['id']}")
    assert (refused.status_code, refused.json()["questions"]) == (409, 1)
    done = await organiser.send("DELETE", f"/sessions/{sessions[0]['id']}", {"questions_to": sessions[1]["id"]})
    assert done.json() == {"session": sessions[0], "questions": 1}
    frame = await live.until(lambda frame: frame.get("sessions") == [sessions[1]])
    assert [(post["id"], post["session"]) for post in frame["posts"]] == [(asked["id"], sessions[1]["id"])]


async def test_every_documented_answer_about_the_agenda_is_given(server: Server, people: Callable[..., People]) -> None:
    board = server.create("Lab", "--starts-on", "2026-05-04", "--ends-on", "2026-05-05")
    here, witness = people(server, board), Witness()
    organiser, moderator, asha = await here.organiser(), await here.moderator(), await here.attendee()
    witness.watch(organiser.http, moderator.http, asha.http)
    wanted = {"title": "Heat", "starts_at": "2026-06-04T09:00", "kind": "break", "questions": "open"}
    made = (await organiser.send("POST", "/sessions", wanted)).json()
    assert [warning["field"] for warning in made["warnings"]] == ["starts_at"]
    session = made["session"]["id"]
    late = await organiser.send("PATCH", f"/sessions/{session}", {"title": "Mine", "expect": {"title": "Older"}})
    assert late.json()["present"] == made["session"]
    await organiser.send("PATCH", f"/sessions/{session}", {"starts_at": "2026-05-04T09:00", "expect": {"title": "Heat"}})
    await moderator.send("PATCH", f"/sessions/{session}", {"questions": "open"})
    await asha.send("POST", "/posts", question(session=session))
    await organiser.send("POST", "/sessions/shift", {"from": session, "minutes": 5})
    await organiser.send("DELETE", f"/sessions/{session}")
    for method, path in (
        ("POST", "/sessions"),
        ("POST", "/sessions/shift"),
        ("PATCH", "/sessions/x"),
        ("DELETE", "/sessions/x"),
    ):
        await _wrong(organiser, asha, board["code"], method, path)
    await organiser.send("DELETE", f"/sessions/{session}", {"questions_to": None})
    missing = {answer for answer in answers(lambda tags: "organise" in tags) - witness.seen if "ession" in answer[0]}
    assert missing == set()


async def _wrong(organiser: Any, stranger: Any, code: str, method: str, path: str) -> None:
    """What can be wrong with a request whatever it is for."""
    address, http = f"/api/b/{code}{path}", organiser.http
    for content in (b"{", b"x" * 20_000, b'{"nonsense": 1}', b'{"questions": "open"}'):
        await http.request(method, address, content=content, headers=JSON)
    await http.request(method, address, content=b"{}")
    await stranger.http.request(method, address, content=b"{}", headers=JSON)
    await http.request(method, address.replace(code, "NOWHERE"), content=b"{}", headers=JSON)

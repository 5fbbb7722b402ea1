"""A file meets what a board has: known again, moved, renamed, gone, and undone."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest

from board.actions import agenda, attendees
from board.data import imports, rows
from board.data.store import Store
from board.model import requests
from board.model.arranging import SessionEdit
from board.model.models import Changes, Post, Role, Session
from board.transfer.imports import applying, bringing
from board.transfer.imports.applying import Undo
from board.transfer.imports.found import Given, Kind, Reading
from board.transfer.imports.plans import Plan
from tests import boards
from tests.imports.cases import CASES, data_of, local, right, sorted_rows
from tests.test_cli import Here as Commands


@dataclass
class Board:
    """The board of the cases: in Bangkok, from the 4th to the 7th of May."""

    store: Store
    id: int

    async def bring(self, kind: Kind, data: bytes | str, **answers: str) -> tuple[Reading, Plan[Any], Undo]:
        file = bringing.File(kind, data.encode() if isinstance(data, str) else data)
        return await bringing.bring(self.store, self.id, self.id, file, Given(choices=answers), "Mira")

    async def undo(self, done: Undo) -> list[str]:
        return await self.store.write(self.id, lambda transaction: applying.undo(transaction, done, "Mira"))

    async def sessions(self) -> dict[str, Session]:
        found = await self.store.read(lambda connection: rows.read_sessions(connection, self.id))
        return {session.id: session for session in found}

    async def people(self) -> dict[str, tuple[str, str | None]]:
        state = await self.store.read(lambda connection: imports.read_state(connection, self.id))
        return state.people

    async def teams(self) -> list[str]:
        found = await self.store.read(lambda connection: rows.read_board(connection, self.id))
        assert found is not None
        return [team.name for team in found.teams]

    async def rows(self, kind: Kind) -> list[Any]:
        if kind == "people":
            return sorted_rows([name, team] for name, team in (await self.people()).values())
        return sorted_rows(
            [one.title, local(one.starts_at), local(one.ends_at), one.room, one.speakers]
            for one in (await self.sessions()).values()
        )


@pytest.fixture
async def board(store: Store) -> Board:
    made = await boards.new_board(store, time_zone="Asia/Bangkok", starts_on="2026-05-04", ends_on="2026-05-07")
    return Board(store, made)


@pytest.mark.parametrize("file", CASES)
async def test_an_import_fills_the_board_correctly_and_a_second_one_changes_nothing(board: Board, file: str) -> None:
    case = CASES[file]
    if "after" in case:
        await board.bring(case["kind"], data_of(case["after"]))
    await board.bring(case["kind"], data_of(file))
    assert await board.rows(case["kind"]) in right(case), case["why"]
    commits: list[Changes] = []
    board.store.listeners[:] = [commits.append]
    before = await board.rows(case["kind"])
    _, plan, _ = await board.bring(case["kind"], data_of(file))
    assert (plan.added, plan.changed, plan.moved, commits) == ([], [], [], [])
    assert await board.rows(case["kind"]) == before


async def test_an_import_distinguishes_moved_renamed_and_missing_sessions_and_questions_stay(board: Board) -> None:
    await board.bring("agenda", data_of("a23a-first.csv"))
    ids = {session.title: session.id for session in (await board.sessions()).values()}
    for title in ("Opening", "Panel", "Lunch"):
        await boards.submit(board.store, board.id, boards.question(f"On {title}?", session=ids[title]))
    _, plan, _ = await board.bring("agenda", data_of("a23b-moved.csv"), gone="remove")
    (moved,), (renamed,), (gone,) = plan.moved, plan.changed, plan.gone
    assert (moved["title"], moved["from"], moved["to"]) == (
        "Opening",
        {"starts_at": "2026-05-04T09:00", "ends_at": "2026-05-04T10:00"},
        {"starts_at": "2026-05-04T09:15", "ends_at": "2026-05-04T10:15"},
    )
    assert (renamed["id"], renamed["from"], renamed["to"]) == (ids["Panel"], {"title": "Panel"}, {"title": "Panel on safety"})
    assert (gone["title"], gone["asked"], gone["stays"]) == ("Lunch", 1, True), "it has a question"
    assert set(await board.sessions()) == set(ids.values())


async def test_an_import_keeps_the_manual_order_of_simultaneous_sessions(board: Board) -> None:
    """The order of three sessions at nine is the organiser's, not the file's: also when the file changes one, brings one and
    removes one, and when all that is undone."""
    start, mira = "day,start,title,room\n", await boards.new_actor(board.store, board.id, "Mira", Role.ORGANISER)
    lines = {title: f"2026-05-04,09:00,{title},Lotus\n" for title in ("Aa", "Bb", "Cc")}
    await board.bring("agenda", start + "".join(lines.values()))
    ids = {session.title: session.id for session in (await board.sessions()).values()}
    await agenda.edit_session(board.store, board.id, mira, ids["Cc"], SessionEdit(before=ids["Aa"]))
    _, _, done = await board.bring(
        "agenda", start + lines["Aa"].replace("Lotus", "Jade") + lines["Cc"] + "2026-05-04,09:00,Ab,Jade\n", gone="remove"
    )
    assert [one.title for one in (await board.sessions()).values()] == ["Cc", "Aa", "Ab"]
    assert await board.undo(done) == []
    assert [one.title for one in (await board.sessions()).values()] == ["Cc", "Aa", "Bb"]


async def test_an_import_removes_missing_sessions_on_request_if_nothing_uses_them(board: Board) -> None:
    await board.bring("agenda", data_of("a23a-first.csv"))
    _, plan, done = await board.bring("agenda", data_of("a23b-moved.csv"), gone="remove")
    assert [one["stays"] for one in plan.gone] == [False]
    assert sorted(one.title for one in (await board.sessions()).values()) == ["Opening", "Panel on safety"]
    assert await board.undo(done) == []
    assert await board.rows("agenda") == right(CASES["a23a-first.csv"])[0]


async def test_an_import_never_removes_a_person_with_a_card(board: Board) -> None:
    await board.bring("people", "name\nMira Sok\nLan Pham\n")
    ids = {name: one for one, (name, _) in (await board.people()).items()}
    await boards.submit(board.store, board.id, boards.card(to=[requests.To(person=ids["Lan Pham"])]))
    await board.bring("people", "name\nOmar Haddad\n", gone="remove")
    assert sorted(name for name, _ in (await board.people()).values()) == ["Lan Pham", "Omar Haddad"]


async def test_an_imported_new_name_also_changes_cards_and_the_undo_reverts_both(board: Board) -> None:
    await board.bring("people", "id,name,team\nmira,Mira Sok,X\n")
    to = [requests.To(person="mira"), requests.To(name="Leo")]
    post = await boards.submit(board.store, board.id, boards.card(to=to))
    commits: list[Changes] = []
    board.store.listeners[:] = [commits.append]
    _, _, done = await board.bring("people", "id,name,team\nmira,Mira Haddad,X\n")
    (changed,) = commits[-1].posts
    assert (changed.id, [one.name for one in changed.to]) == (post.id, ["Mira Haddad", "Leo"]), "and all pages get the change"
    assert await board.undo(done) == []
    assert [one.name for one in commits[-1].posts[0].to] == ["Mira Sok", "Leo"]


async def test_an_imported_new_name_has_the_same_effects_as_one_by_an_organiser(board: Board) -> None:
    """Where it was typed, on what its phone wrote, and at the phone; not where two were called so, nor for who took it over."""
    await board.bring("people", "id,name\nmira,Mira Sok\nomar,Omar Ali\nother,Omar Ali\nlan,Lan Pham\n")
    await attendees.join(board.store, board.id, boards.participant(1), requests.Join(person="mira"))
    own = await boards.submit(board.store, board.id, boards.question(), 1)
    typed = await boards.submit(
        board.store, board.id, boards.card(to=[requests.To(name="Mira Sok"), requests.To(name="Omar Ali")]), 2
    )
    linked = await boards.submit(board.store, board.id, boards.card(to=[requests.To(person="lan")]), 2)
    _, _, done = await board.bring("people", "id,name\nmira,Lan Pham\nlan,Mira Sok\nomar,Omar Haddad\n", gone="keep")

    async def names(post: Post) -> list[str | None]:
        found = await board.store.write(board.id, lambda transaction: transaction.post(post.id))
        assert found is not None
        return [found.author_name, *(one.name for one in found.to)]

    assert await names(own) == ["Lan Pham"]
    assert await names(typed) == [None, "Lan Pham", "Omar Ali"]
    assert await names(linked) == [None, "Mira Sok"]
    phone = await board.store.write(board.id, lambda transaction: transaction.participant(boards.participant(1)))
    assert (phone.name, phone.person) == ("Lan Pham", "mira")
    assert await board.undo(done) == []
    assert (await names(own), await names(linked)) == (["Mira Sok"], [None, "Lan Pham"])


async def test_imported_teams_become_teams_of_the_board_and_an_undo_removes_new_ones(board: Board) -> None:
    """A phone offers the board's teams: after two files there must be nothing left to type."""
    await board.bring("people", "name,team\nSokha Chan,Cambodia\n")
    assert await board.teams() == ["Cambodia"]
    _, _, done = await board.bring("people", "name,team\nOmar Haddad,Jordan\nHana Tadesse,Ethiopia\nSokha Chan,Cambodia\n")
    assert await board.teams() == ["Cambodia", "Ethiopia", "Jordan"]
    assert await board.undo(done) == []
    assert await board.teams() == ["Cambodia"]


async def test_an_imported_better_spelling_of_a_team_replaces_the_boards_and_an_undo_restores_it(
    board: Board,
) -> None:
    await board.bring("people", "name,team\nPhạm Thị Lan,Việt Nam\nOmar Haddad,Jordan\n")
    _, _, done = await board.bring("people", "name,team\nPhạm Thị Lan,Viet Nam\n")
    assert await board.teams() == ["Jordan", "Viet Nam"]
    assert await board.undo(done) == []
    assert await board.teams() == ["Jordan", "Việt Nam"]
    assert await board.rows("people") == sorted_rows([["Phạm Thị Lan", "Việt Nam"], ["Omar Haddad", "Jordan"]])


@pytest.mark.parametrize("kind", ["agenda", "people"])
async def test_an_import_is_undone_whole_or_not_at_all(board: Board, kind: Kind) -> None:
    first, second = {
        "agenda": ("title,room\nHeat,A\nLunch,B\n", "title,room\nHeat,C\nWages,B\n"),
        "people": ("id,name,team\n1,Mira,X\n2,Lan,Y\n", "id,name,team\n3,Omar,X\n1,Mira Sok,Z\n"),
    }[kind]
    await board.bring(kind, first)
    before = await board.rows(kind)
    _, _, done = await board.bring(kind, second)
    stored = msgspec.json.decode(msgspec.json.encode(done), type=Undo)
    changed = await board.rows(kind)
    assert changed != before
    _, _, later = await board.bring(kind, second.replace("C", "D").replace("Omar,X", "Omar,W"))
    in_the_way = await board.undo(stored)
    assert in_the_way == [{"agenda": "Heat", "people": "Omar"}[kind]]
    assert await board.undo(later) == []
    assert await board.rows(kind) == changed
    assert await board.undo(stored) == []
    assert await board.rows(kind) == before


async def test_an_undo_keeps_a_session_that_has_questions_now(board: Board) -> None:
    _, _, done = await board.bring("agenda", "title\nHeat\n")
    (session,) = await board.sessions()
    await boards.submit(board.store, board.id, boards.question(session=session))
    assert await board.undo(done) == ["Heat"]
    assert list(await board.sessions()) == [session]


async def test_an_outdated_plan_is_computed_again(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else's import lands between looking and writing: neither is lost."""
    look: Callable[..., Any] = bringing.look
    others = ["title\nWages\n"]

    async def interrupted(*arguments: Any) -> Any:
        found = await look(*arguments)
        if others:
            await board.bring("agenda", others.pop())
        return found

    monkeypatch.setattr(bringing, "look", interrupted)
    await board.bring("agenda", "title\nHeat\n")
    assert sorted(one.title for one in (await board.sessions()).values()) == ["Heat", "Wages"]


# -- the command line ----------------------------------------------------------------------------------------------


def test_a_dry_run_changes_nothing_and_prints_everything_as_json(tmp_path: Path) -> None:
    here = Commands(tmp_path)
    here.create(
        "Lab", "--code", "LAB-26", "--time-zone", "Asia/Bangkok", "--starts-on", "2026-05-04", "--ends-on", "2026-05-07"
    )
    file = tmp_path / "agenda.csv"
    file.write_text("Was,Beginn\nEröffnung,9 Uhr\n")
    shown = json.loads(here.run("import-agenda", "LAB-26", str(file), "--dry-run", "--json", "--map", "title=Was"))
    assert {"id", "kind", "format", "encoding", "columns", "added", "changed", "moved", "gone", "same", "warnings", "asks"} <= {
        *shown
    }
    assert [(one["row"], one["title"], one["starts_at"]) for one in shown["added"]] == [(2, "Eröffnung", "2026-05-04T09:00")]
    assert [(ask["key"], ask["choices"][0], ask["chosen"]) for ask in shown["asks"]] == [("day", "2026-05-04", "2026-05-04")]
    assert here.exported("LAB-26")["sessions"] == []
    output = here.run("import-agenda", "LAB-26", str(file), "--map", "title=Was", "--day", "2026-05-06")
    assert "line 2: added: Eröffnung" in output
    assert [one["starts_at"] for one in here.exported("LAB-26")["sessions"]] == ["2026-05-06T02:00:00Z"]
    assert "There is no field “titel”" in here.refused("import-agenda", "LAB-26", str(file), "--map", "titel=Was")


def test_import_people_prints_removed_people_and_ignored_columns(tmp_path: Path) -> None:
    here = Commands(tmp_path)
    here.create("Lab", "--code", "LAB-26")
    file = tmp_path / "people.csv"
    file.write_text("Name,Diet\nMira Sok,none\nLan Pham,\n")
    here.run("import-people", "LAB-26", str(file))
    file.write_text("Name,Diet\nMira Sok,none\n")
    assert here.run("import-people", "LAB-26", str(file)).splitlines() == [
        "not in the file, stays: Lan Pham",
        "Columns that were left out: Diet.",
        "0 added, 0 changed, 1 gone but kept, 1 as they were, 0 refused.",
    ]
    here.run("import-people", "LAB-26", str(file), "--answer", "gone=remove")
    assert [one["name"] for one in here.exported("LAB-26")["people"]] == ["Mira Sok"]

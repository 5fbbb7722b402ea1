"""Exports for people: titles beside ids, the board's own time; and an agenda's sheet that comes in again."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from board.actions import attendees, moderators
from board.data.store import Store
from board.model import requests
from board.model.local import local_text
from board.model.models import Conflict, Questions, Reaction, Theme
from board.transfer import exports
from board.web.exporting import MOST_AT_ONCE, Exporting
from tests import boards, servers
from tests.inprocess import by_clock
from tests.test_cli import Here
from tests.test_transfer import sheets
from tests.visitors import Visitors


async def lines_of(store: Store, board_id: int) -> list[dict[str, str]]:
    data = await store.read(lambda connection: exports.export(connection, board_id, "csv", "somebody"))
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


async def test_exports_have_titles_beside_ids_and_the_number_of_each_reaction(store: Store) -> None:
    theme = Theme("osh", "=Safety and health", "OSH", 3)
    board_id = await boards.new_board(store, time_zone="Asia/Bangkok", themes=[theme])
    mira = await boards.new_actor(store, board_id)
    await boards.new_session(store, board_id, "osh-1", questions=Questions.OPEN)
    card = await boards.submit(store, board_id, boards.card(theme="osh"))
    asked = await boards.submit(store, board_id, boards.question(session="osh-1"))
    for who, reaction in enumerate((Reaction.CLAP, Reaction.CLAP, Reaction.ME_TOO)):
        await attendees.react(store, board_id, boards.participant(who), card.id, reaction, True)
    await moderators.moderate(store, board_id, mira, asked.id, requests.Moderation(pinned=True))
    of_card, of_question = await lines_of(store, board_id)
    assert (of_card["theme"], of_card["theme name"]) == ("osh", "'=Safety and health")
    assert (of_question["session"], of_question["session title"]) == ("osh-1", "About osh-1")
    assert [of_card[name] for name in ("reactions", "clap", "heart", "bulb", "me-too")] == ["3", "2", "0", "0", "1"]
    assert (of_card["pinned"], of_question["pinned"]) == ("", "yes")
    assert of_card["local time"] == local_text(of_card["created_at"][:19] + "Z", ZoneInfo("Asia/Bangkok"))


@pytest.mark.parametrize(
    ("moment", "zone", "text"),
    [
        ("2026-05-04T02:30:00Z", "Asia/Bangkok", "2026-05-04 09:30"),
        ("2026-05-04T20:00:00Z", "Asia/Dhaka", "2026-05-05 02:00"),
        ("2026-05-04T02:30:07Z", "UTC", "2026-05-04 02:30:07"),
        ("2026-10-25T00:30:00Z", "Europe/Zurich", "2026-10-25 02:30+02:00"),  # comes twice that night
        ("2026-10-25T01:30:00Z", "Europe/Zurich", "2026-10-25 02:30+01:00"),
        ("2026-10-25T02:30:00Z", "Europe/Zurich", "2026-10-25 03:30"),
        ("2026-03-29T01:30:00Z", "Europe/Zurich", "2026-03-29 03:30"),  # the hour before was left out
    ],
)
def test_times_are_in_the_boards_zone_and_a_doubled_hour_is_marked(moment: str, zone: str, text: str) -> None:
    assert local_text(moment, ZoneInfo(zone)) == text


AGENDA = """id,title,starts_at,ends_at,room,speakers,questions
a1,=Heat; and health,2026-10-25 02:30+02:00,2026-10-25 02:30+01:00,+Hall,Nadia Rahman; Leo Tan,paused
a2,Opening,2026-10-24 09:00,2026-10-24 10:30,,,open
a3,Opening,2026-10-24 09:00,2026-10-24 10:30,Hall B,,open
a4,Night,2026-10-24 22:00,2026-10-26 02:00,,,closed
a5,Without a time,,,,,open
"""


async def test_an_exported_workbook_can_be_imported_and_its_cards_are_not_read_as_sessions(tmp_path: Path) -> None:
    here = Here(tmp_path / "data")
    here.create("Lab", "--code", "LAB-26", "--time-zone", "Europe/Zurich")
    agenda, people, book = tmp_path / "agenda.csv", tmp_path / "people.csv", tmp_path / "lab.xlsx"
    agenda.write_text(AGENDA, encoding="utf-8")
    people.write_text("id,name,team\n7,Dara Sok,Cambodia\n,Dara Sok,Laos\n,=Nadia,\n", encoding="utf-8")
    here.attempt("import-agenda", "LAB-26", str(agenda))
    here.run("import-people", "LAB-26", str(people))
    for number in range(10):
        await here.ask("LAB-26", f"Question {number}?")
    before = here.exported("LAB-26")
    here.run("export", "LAB-26", "--format", "xlsx", "-o", str(book))
    for kind in ("agenda", "people"):
        here.attempt(f"import-{kind}", "LAB-26", str(book))
    after = here.exported("LAB-26")
    assert [after[name] for name in ("sessions", "people", "posts")] == [
        before[name] for name in ("sessions", "people", "posts")
    ]


def agenda_of(here: Here) -> Any:
    return here.exported("LAB-26")["sessions"]


def test_an_exported_agenda_imports_again_without_duplicates_or_changes(tmp_path: Path) -> None:
    here = Here(tmp_path / "data")
    here.create("Lab", "--code", "LAB-26", "--time-zone", "Europe/Zurich")
    agenda, book, again = tmp_path / "agenda.csv", tmp_path / "lab.xlsx", tmp_path / "again.csv"
    agenda.write_text(AGENDA, encoding="utf-8")
    here.attempt("import-agenda", "LAB-26", str(agenda))
    before = agenda_of(here)
    assert sorted(session["id"] for session in before) == ["a1", "a2", "a3", "a4", "a5"]
    here.run("export", "LAB-26", "--format", "xlsx", "-o", str(book))
    with again.open("w", encoding="utf-8", newline="") as file:  # as a spreadsheet saves that sheet
        csv.writer(file).writerows(sheets(book.read_bytes())["Agenda"])
    here.attempt("import-agenda", "LAB-26", str(again))
    assert json.dumps(agenda_of(here)) == json.dumps(before)


def test_a_session_that_was_renamed_and_moved_in_the_sheet_is_still_the_same(tmp_path: Path) -> None:
    here = Here(tmp_path / "data")
    here.create("Lab", "--code", "LAB-26", "--time-zone", "Europe/Zurich")
    agenda, book, again = tmp_path / "agenda.csv", tmp_path / "lab.xlsx", tmp_path / "again.csv"
    agenda.write_text("title,starts_at,room\nOpening,2026-10-24 09:00,Hall\nClosing,2026-10-24 17:00,Hall\n", encoding="utf-8")
    here.run("import-agenda", "LAB-26", str(agenda))
    before = agenda_of(here)
    here.run("export", "LAB-26", "--format", "xlsx", "-o", str(book))
    head, first, last = sheets(book.read_bytes())["Agenda"]
    first[head.index("title")], first[head.index("starts_at")] = "Welcome", "2026-10-24 11:15"
    with again.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, first, last])
    here.attempt("import-agenda", "LAB-26", str(again))
    after = agenda_of(here)
    assert [session["id"] for session in after] == [session["id"] for session in before]
    assert [session["title"] for session in after] == ["Welcome", "Closing"]


def test_a_third_export_of_a_board_at_once_is_refused_and_others_are_not(visit: Visitors) -> None:
    with by_clock(BOARD_LIMITS="off") as server:
        one, other = server.create("One"), server.create("Other")
        clients = {board["code"]: visit.by_link(server, board["organise_url"]) for board in (one, other)}
        exporting = server.application.state.context.exporting

        def answer(board: dict[str, str], shape: str) -> httpx.Response:
            return clients[board["code"]].get(f"/api/b/{board['code']}/export", params={"format": shape})

        for shape in ("json", "csv", "xlsx", "html"):
            assert answer(one, shape).status_code == 200
            servers.wait_until(lambda: not exporting._under_way, "the export to be over")
            with ExitStack() as under_way:
                for _ in range(MOST_AT_ONCE):
                    under_way.enter_context(exporting.one(1))
                refused = answer(one, shape)
                assert (refused.status_code, refused.json()["detail"][:22]) == (409, "2 exports of this boar"), shape
                assert answer(other, shape).status_code == 200
            assert answer(one, shape).status_code == 200


def test_an_export_whose_reader_leaves_is_over(visit: Visitors) -> None:
    with by_clock(BOARD_LIMITS="off") as server:
        board = server.create("One")
        organiser = visit.by_link(server, board["organise_url"])
        exporting = server.application.state.context.exporting
        for shape in ("json", "html"):
            with organiser.stream("GET", f"/api/b/{board['code']}/export", params={"format": shape}) as response:
                next(response.iter_raw())
            servers.wait_until(lambda: not exporting._under_way, "the export to be over")


async def test_what_is_being_sent_counts_until_it_is_over_or_given_up() -> None:
    exporting = Exporting()

    async def parts() -> AsyncIterator[bytes]:
        yield b"one"
        yield b"two"

    sending = [exporting.sending(7, parts()) for _ in range(MOST_AT_ONCE)]
    for one in sending:
        assert await anext(one) == b"one"
    with pytest.raises(Conflict, match="exports-under-way"), exporting.one(7):
        pass
    assert [part async for part in sending[0]] == [b"two"]
    await sending[1].aclose()  # type: ignore[attr-defined]
    with exporting.one(7):
        assert exporting._under_way == {7: 1}
    assert not exporting._under_way

"""Agenda and people come in from files as organisers have them; everything goes out, and nothing in it is run."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any
from xml.etree import ElementTree

import pytest
from sqlalchemy import event, select

from board.actions import attendees, lifecycle, moderators, setup
from board.data import imports, rows, schema
from board.data.store import Store
from board.data.transaction import Transaction
from board.model import requests
from board.model.models import Actor, Changes, Invalid, NotFound, Questions, Reaction, Session, State
from board.transfer import exports
from board.transfer.imports import applying, bringing
from board.transfer.imports.found import Given
from board.transfer.imports.reading import read
from tests import boards, importing
from tests.importing import Report, lines
from tests.sentences import sentence

AGENDA = """title,date,start,end,room,speakers,questions
Heat and health,2026-05-04,09:00,10:30,Hall A,Nadia Rahman; Leo Tan,
"Safe sites, safe people",2026-05-04,11:00,12:00,Hall B,,paused
Closing,,,,,,
"""
PEOPLE = """id,name,team
nadia,Nadia Rahman,Bangladesh
,Leo Tan,Viet Nam
,Leo Tan,Nepal
,Guest,
"""


@dataclass
class Here:
    """A board in Dhaka, six hours ahead of UTC."""

    store: Store
    board_id: int

    async def agenda(self, content: str | bytes) -> Report:
        return await self.store.write(self.board_id, importing.command("agenda", content))

    async def people(self, content: str | bytes) -> Report:
        return await self.store.write(self.board_id, importing.command("people", content))

    async def sessions(self) -> list[Session]:
        return await self.store.read(lambda connection: rows.read_sessions(connection, self.board_id))

    async def roster(self) -> dict[str, tuple[str, str | None]]:
        table = schema.people
        found = await self.store.read(lambda connection: connection.execute(select(table)).all())
        return {row.id: (row.name, row.team) for row in found if row.board_id == self.board_id}

    async def export(self, shape: str) -> bytes:
        return await self.store.read(lambda connection: exports.export(connection, self.board_id, shape, "somebody"))

    async def audit(self) -> list[tuple[str, str, str]]:
        lines = json.loads(await self.export("json"))["audit"]
        return [(line["actor"], line["action"], line["detail"]) for line in lines if line["action"].startswith("import")]


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


@pytest.fixture
async def here(store: Store) -> Here:
    return Here(store, await boards.new_board(store, time_zone="Asia/Dhaka"))


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.same, report.refused


# -- files as people have them -------------------------------------------------------------------------------------


def people_in(content: str | bytes) -> list[tuple[int, dict[str, str | None]]]:
    return [(one.row, {"name": one.name, "team": one.team}) for one in read("people", _bytes(content), Given()).people]


WANTED = [(2, {"name": "Nadia", "team": "Jordan"}), (3, {"name": "Zoë", "team": "Viet Nam"})]


@pytest.mark.parametrize(
    "content",
    [
        "name,team\nNadia,Jordan\nZoë,Viet Nam\n",
        "name,team\r\nNadia,Jordan\r\nZoë,Viet Nam",  # Excel; no end of the last line
        "\ufeffname,team\nNadia,Jordan\nZoë,Viet Nam\n",  # Excel's “CSV UTF-8”
        "name;team\nNadia;Jordan\nZoë;Viet Nam\n",  # Excel where the comma is in numbers
        "name\tteam\nNadia\tJordan\nZoë\tViet Nam\n",  # pasted from a spreadsheet
        " Name , TEAM \n Nadia , Jordan \n Zoë , Viet Nam \n",
        "name,team,,\nNadia,Jordan,,\nZoë,Viet Nam,,\n",  # empty columns at the end
        '"name","team"\n"Nadia","Jordan"\n"Zoë","Viet Nam"\n',
        b"name,team\nNadia,Jordan\nZo\xeb,Viet Nam\n",  # Excel on Windows, west of Vienna
        "name,country\nNadia,Jordan\nZoë,Viet Nam\n",
        "name,,team\nNadia,,Jordan\nZoë,,Viet Nam\n",
        "name,team,Name\nNadia,Jordan,Nad\nZoë,Viet Nam,Z\n",
    ],
)
def test_csv_of_any_spreadsheet_is_read(content: str | bytes) -> None:
    assert people_in(content) == WANTED


def test_line_numbers_match_those_of_an_editor() -> None:
    assert people_in('name,team\n\nNadia,"Jordan\nand others"\n,\nZoë,Viet Nam\n') == [
        (4, {"name": "Nadia", "team": "Jordan and others"}),
        (6, {"name": "Zoë", "team": "Viet Nam"}),
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "There is nothing in this file."),
        ("\n  \n,,\n", "There is nothing in this file."),
        ('name,team\nZoë,Jordan\n"Nadia,Jordan\nLeo,Nepal\n', "Line 3 is not CSV"),
        ('name,team\nZoë,Jordan\n"Nadia" Rahman,Jordan\n', "Line 3 is not CSV"),
        ('"name,team\nZoë,Jordan\n', "Line 1 is not CSV"),
        ("name\n" + "Nadia\n" * 10_001, "at most 10,000 rows"),
        (b"name\n" + b"x" * (10 * 1024 * 1024), "too large: 10 MiB"),
    ],
)
def test_an_unusable_file_is_refused_completely_and_in_words(content: str | bytes, words: str) -> None:
    with pytest.raises(Invalid) as refusal:
        people_in(content)
    assert words in sentence(refusal.value)


async def test_a_completely_refused_file_changes_nothing(here: Here) -> None:
    commits: list[Changes] = []
    here.store.listeners[:] = [commits.append]
    for run in (here.agenda, here.people):
        with pytest.raises(Invalid):
            await run('title,name\n"Nadia,Jordan\n')
    assert (await here.sessions(), await here.roster(), await here.audit(), commits) == ([], {}, [], [])


# -- the agenda ----------------------------------------------------------------------------------------------------


async def test_an_agenda_is_added_in_the_order_of_time_with_times_in_the_boards_own_zone(here: Here) -> None:
    heading, first, second, last = AGENDA.splitlines()
    report = await here.agenda("\n".join((heading, last, second, first)))
    assert counts(report) == (3, 0, 0, 0)
    assert lines(report) == [
        "line 2: added: Closing",
        "line 3: added: Safe sites, safe people",
        "line 4: added: Heat and health",
    ]
    sessions = await here.sessions()
    assert [(s.title, s.starts_at, s.ends_at, s.room, s.speakers, s.questions) for s in sessions] == [
        ("Heat and health", "2026-05-04T03:00:00Z", "2026-05-04T04:30:00Z", "Hall A", ["Nadia Rahman", "Leo Tan"], "open"),
        ("Safe sites, safe people", "2026-05-04T05:00:00Z", "2026-05-04T06:00:00Z", "Hall B", [], "paused"),
        ("Closing", None, None, "", [], "open"),
    ]
    assert await here.audit() == [("command line", "import-agenda", "3 added, 0 changed")]


async def test_the_same_agenda_again_changes_nothing_and_sends_no_frame(here: Here) -> None:
    await here.agenda(AGENDA)
    sessions = await here.sessions()
    commits: list[Changes] = []
    here.store.listeners[:] = [commits.append]
    report = await here.agenda(AGENDA)
    assert (counts(report), lines(report)) == ((0, 0, 3, 0), [])
    assert (await here.sessions(), commits, len(await here.audit())) == (sessions, [], 1)


async def test_a_session_is_changed_under_its_id_and_others_stay(here: Here) -> None:
    await here.agenda("id,title,starts_at,room\nheat,Heat,2026-05-04T09:00,Hall A\nsites,Sites,2026-05-04T11:00,Hall B\n")
    before = {session.id: session for session in await here.sessions()}
    commits: list[Changes] = []
    here.store.listeners[:] = [commits.append]
    report = await here.agenda(
        "id,title,starts_at,room\nheat,Heat and health,2026-05-04T14:00,Hall C\nlate,Late,2026-05-04T12:00,\n"
    )
    assert lines(report) == ["line 2: changed: Heat and health", "line 3: added: Late", "not in the file, stays: Sites"]
    assert [session.id for session in await here.sessions()] == ["sites", "late", "heat"], "and comes later in the day now"
    after = {session.id: session for session in await here.sessions()}
    assert after["sites"] == before["sites"]
    assert (after["heat"].title, after["heat"].starts_at, after["heat"].room) == (
        "Heat and health",
        "2026-05-04T08:00:00Z",
        "Hall C",
    )
    assert [changes.sessions for changes in commits] == [list(await here.sessions())], "phones get the change at once"


async def test_a_file_without_the_column_questions_keeps_closed_sessions_closed(here: Here) -> None:
    await here.agenda("id,title\nheat,Heat\n")
    mira = await boards.new_actor(here.store, here.board_id)
    await setup.change_session(here.store, here.board_id, mira, "heat", requests.SessionChange(Questions.CLOSED))
    await here.agenda("id,title\nheat,Heat and health\n")
    assert (await here.sessions())[0].questions is Questions.CLOSED
    await here.agenda("id,title,questions\nheat,Heat and health,Open\n")
    assert (await here.sessions())[0].questions is Questions.OPEN


@pytest.mark.parametrize(
    ("cells", "stored"),
    [
        ({"starts_at": "2026-05-04T09:30"}, "2026-05-04T03:30:00Z"),
        ({"starts_at": "2026-05-04 09:30:15"}, "2026-05-04T03:30:15Z"),
        ({"starts_at": "2026-05-04T09:30Z"}, "2026-05-04T09:30:00Z"),
        ({"starts_at": "2026-05-04T09:30+07:00"}, "2026-05-04T02:30:00Z"),
        ({"date": "2026-05-04", "start": "09:30"}, "2026-05-04T03:30:00Z"),
        ({"date": "2026-05-04", "start": "09:30", "starts_at": "2026-05-05T09:30"}, "2026-05-05T03:30:00Z"),
        ({"date": "2026-05-04", "start": "9.30"}, "2026-05-04T03:30:00Z"),
        ({"date": "2026-05-04", "start": '"09,30"'}, "2026-05-04T03:30:00Z"),
        ({"date": "2026-05-04", "start": "9:30 PM"}, "2026-05-04T15:30:00Z"),
        ({"date": "2026-05-04", "start": "09:00-10:30"}, "2026-05-04T03:00:00Z"),
        ({"date": "2026-05-04"}, None),
    ],
)
async def test_times_can_have_several_formats(here: Here, cells: dict[str, str], stored: str | None) -> None:
    await here.agenda(f"title,{','.join(cells)}\nHeat,{','.join(cells.values())}\n")
    assert (await here.sessions())[0].starts_at == stored


async def test_a_wrong_line_is_refused_with_its_reason_and_the_others_are_imported(here: Here) -> None:
    await here.agenda("title\nFirst\nLast\n")
    columns = ("title", "id", "date", "start", "end", "starts_at", "ends_at", "room", "speakers", "questions")
    for cells, why in (
        ({"title": " ", "room": "Hall A", "id": "x"}, "This row has neither a title nor a time."),
        ({"title": " ", "start": "09:30"}, "There is a time, but no title."),
        ({"start": "09:30"}, "There is a time, but no date."),
        ({"date": "2026-05-04", "start": "9.3"}, "column “start”, “9.3”: This is not a time of day."),
        ({"date": "2026-05-04", "start": "25:00"}, "This is not a time of day."),
        ({"date": "2026-05-04", "start": "09:00-10:30", "end": "11:00"}, "There are two ends"),
        ({"date": "2026-02-30", "start": "09:30"}, "This is not a day."),
        ({"starts_at": "0001-01-01T00:00+14:00"}, "There is no such day."),  # in UTC it is before there were years
        ({"starts_at": "tomorrow"}, "column “starts_at”, “tomorrow”: This is not a time of day."),
        ({"starts_at": "2026-05-04T09:30+06:00", "ends_at": "2026-05-04T09:00+07:00"}, "It ends before it starts."),
    ):
        row = {"title": "Heat"} | cells
        report = await here.agenda(f"{','.join(columns)}\n{','.join(row.get(name, '') for name in columns)}\n")
        assert counts(report) == (0, 0, 0, 1), cells
        assert lines(report)[0].startswith("line 2: refused: "), cells
        assert why in lines(report)[0], cells
    assert [session.title for session in await here.sessions()] == ["First", "Last"]
    assert len(await here.audit()) == 1


async def test_a_row_with_a_correctable_cell_is_taken_with_a_note(here: Here) -> None:
    """A row is never lost for a cell that is too long, nor for a choice that there is not."""
    columns = ("title", "date", "start", "room", "speakers", "questions")
    for cells, why in (
        ({"title": "x" * 301}, "It was too long, and is cut to 300 characters."),
        ({"room": "x" * 61}, "It was too long, and is cut to 60 characters."),
        ({"speakers": f"Nadia; {'x' * 61}"}, "It was too long, and is cut to 60 characters."),
        ({"questions": "perhaps"}, "column “questions”, “perhaps”: It is one of open, paused, closed."),
        ({"date": "2026-05-04", "start": "9"}, "A number without minutes was read as an hour."),
    ):
        there = Here(here.store, await boards.new_board(here.store))
        row = {"title": "Heat"} | cells
        report = await there.agenda(f"{','.join(columns)}\n{','.join(row.get(name, '') for name in columns)}\n")
        assert (counts(report), report.doubts) == ((1, 0, 0, 0), 1), cells
        assert why in lines(report)[1], cells
    await here.agenda("title\nHeat\x07\n")
    assert [session.title for session in await here.sessions()] == ["Heat"]


async def test_an_end_before_its_start_is_on_the_next_day(here: Here) -> None:
    """A dinner ends after midnight; two cells that changed places look the same, so a long one is asked about."""
    head = "title,date,start,end\n"
    report = await here.agenda(
        f"{head}Dinner,2026-05-04,19:00,00:30\nNight,2026-05-04,22:00,24:00\n"
        "Mixed up,2026-05-04,10:00,09:00\nDot,2026-05-04,9:00,9:00\n"
    )
    ends = {session.title: session.ends_at for session in await here.sessions()}
    assert ends == {
        "Dinner": "2026-05-04T18:30:00Z",
        "Night": "2026-05-04T18:00:00Z",
        "Mixed up": "2026-05-05T03:00:00Z",
        "Dot": None,
    }
    assert counts(report) == (4, 0, 0, 0)
    assert [line for line in lines(report) if "check" in line] == [
        "line 4: please check: column “end”, “09:00”: It ends before it starts: taken as ending on the next day.",
        "line 5: please check: column “end”, “9:00”: It ends when it starts: taken as having no end.",
    ]


async def test_a_date_without_a_start_leaves_the_session_without_a_time_and_is_reported(here: Here) -> None:
    report = await here.agenda("title,date,start\nHeat,2026-05-04,\n")
    assert (report.added, report.doubts) == (1, 1)
    assert lines(report)[1] == (
        "line 2: please check: column “date”, “2026-05-04”: There is a date, but no start: the session has no time."
    )


async def test_all_errors_of_a_line_are_reported_with_column_and_value(here: Here) -> None:
    report = await here.agenda("title,date,start,end\nHeat,some day,half past,later\n")
    assert counts(report) == (0, 0, 0, 1)
    assert [line.split(": ")[2] for line in lines(report)] == [
        "column “date”, “some day”",
        "column “start”, “half past”",
        "column “end”, “later”",
    ]
    report = await here.people(f"name,team,id\n{'n' * 61},{'t' * 61},a b\n")
    assert [line.split(": ")[2] for line in lines(report)] == [f"column “name”, “{'n' * 59}…”"]
    assert report.refused == 1


async def test_a_missing_column_keeps_the_stored_values(here: Here) -> None:
    await here.agenda("title,starts_at,ends_at,room,speakers\nHeat,2026-05-04T09:00,2026-05-04T10:30,Hall A,Nadia\n")
    (before,) = await here.sessions()
    assert counts(await here.agenda("title\nHeat\n")) == (0, 0, 1, 0)
    assert await here.sessions() == [before]
    await here.agenda("title,starts_at\nHeat,2026-05-04T11:00\n")
    (moved,) = await here.sessions()
    assert (moved.id, moved.starts_at, moved.ends_at, moved.room, moved.speakers) == (
        before.id,
        "2026-05-04T05:00:00Z",
        "2026-05-04T06:30:00Z",
        "Hall A",
        ["Nadia"],
    ), "known by its title, and as long as it was"
    await here.agenda("title,room\nHeat,\n")
    assert (await here.sessions())[0].room == "", "a cell that is there and empty is another thing"
    await here.people("id,name,team\nnadia,Nadia Rahman,Jordan\n")
    assert counts(await here.people("name\nNadia Rahman\n")) == (0, 0, 1, 0)
    await here.people("id,name\nnadia,Nadia Islam\n")
    assert await here.roster() == {"nadia": ("Nadia Islam", "Jordan")}


async def test_an_id_that_several_people_share_is_not_used(here: Here) -> None:
    """Or the second would overwrite the first, and cards to the first would be the second's."""
    family = "id,name,team\n77,Mira Sok,Cambodia\n77,Lan Pham,Viet Nam\n78,Omar Haddad,Jordan\n"
    report = await here.people(family)
    assert counts(report) == (3, 0, 0, 0)
    assert report.doubts == 2
    assert sorted((await here.roster()).values()) == [
        ("Lan Pham", "Viet Nam"),
        ("Mira Sok", "Cambodia"),
        ("Omar Haddad", "Jordan"),
    ]
    before = await here.roster()
    assert counts(await here.people(family)) == (0, 0, 3, 0)
    assert await here.roster() == before


async def test_one_name_twice_in_a_team_is_asked_about(here: Here) -> None:
    report = await here.people("name,team\nAnna Müller,Jordan\nLeo,Nepal\nAnna Müller,Jordan\n")
    assert counts(report) == (2, 0, 1, 0)
    assert lines(report)[-1] == (
        "line 4: please check: column “name”, “Anna Müller”: The same name and team as in line 2: taken once. "
        "If they are two people, give each an id."
    )
    report = await here.people("id,name,team\nanna-1,Anna Müller,Jordan\nanna-2,Anna Müller,Jordan\n")
    assert [name for name, _ in (await here.roster()).values()].count("Anna Müller") == 2


async def test_a_person_stays_the_same_if_a_file_adds_ids_or_spells_otherwise(here: Here) -> None:
    await here.people("name,team\nPhạm Thị Lan,Việt Nam\n")
    (person_id,) = await here.roster()
    await here.people("id,name,team\np-1,Phạm Thị Lan,Việt Nam\n")
    assert list(await here.roster()) == [person_id]
    await here.people("name,team\nPham Thi Lan,Viet Nam\n")
    assert await here.roster() == {person_id: ("Pham Thi Lan", "Viet Nam")}


async def test_ten_thousand_names_without_latin_letters_need_few_statements(here: Here) -> None:
    """The lock on the database is held meanwhile, and all boards' posts wait: no statement a row, and no counting up."""
    khmer = [f"សុខ {''.join(chr(0x1780 + int(digit)) for digit in str(number))}" for number in range(10_000)]
    file = bringing.File("people", ("name\n" + "\n".join(khmer)).encode())
    state = await here.store.read(lambda connection: imports.read_state(connection, here.board_id))
    reading, plan = bringing.planned(file, Given(), state, here.store.now())
    statements = []

    def add(transaction: Transaction) -> Report:
        listen = lambda *arguments: statements.append(arguments[2])  # noqa: E731
        event.listen(transaction.connection, "before_cursor_execute", listen)
        try:
            applying.apply(transaction, "people", plan, "command line")
            return Report(reading, plan)
        finally:
            event.remove(transaction.connection, "before_cursor_execute", listen)

    report = await here.store.write(here.board_id, add)
    assert counts(report) == (10_000, 0, 0, 0)
    assert len(await here.roster()) == 10_000
    assert len(statements) < 100, "not one for each person"


async def test_a_comma_that_shifts_the_columns_is_noticed(here: Here) -> None:
    report = await here.agenda("title,room\nHeat, health and work,Hall A\n")
    assert lines(report) == [
        'line 2: refused: There are more cells than columns. A text with a comma in it needs quotes: "A, B".'
    ]


async def test_a_repeated_session_is_imported_once_and_a_shared_id_is_not_used(here: Here) -> None:
    content = "id,title\nheat,Heat\n,Sites\nheat,Heat again\n,Sites\n"
    report = await here.agenda(content)
    assert counts(report) == (3, 0, 1, 0)
    assert [line for line in lines(report) if "check" in line] == [
        "line 2: please check: column “id”, “heat”: Several sessions have this id, so it tells none apart: "
        "they are known by title and time.",
        "line 4: please check: column “id”, “heat”: Several sessions have this id, so it tells none apart: "
        "they are known by title and time.",
        "line 5: please check: column “title”, “Sites”: It is the same session as in line 3: taken once.",
    ]
    assert [session.title for session in await here.sessions()] == ["Heat", "Heat again", "Sites"]
    assert counts(await here.agenda(content)) == (0, 0, 4, 0)


async def test_sessions_without_an_id_get_a_stable_and_unique_one(here: Here) -> None:
    """Titles in other scripts leave no letter in an id, long ones begin alike, and breaks come every day."""
    long = "Community health workers as the first to notice heat stress"
    titles = ["গরম ও স্বাস্থ্য", "নিরাপদ কর্মস্থল", "ความร้อน", "🔥", f"{long}: morning", f"{long}: evening"]
    lines = [f"{title},2026-05-04T09:00" for title in titles] + ["Break,2026-05-04T10:00", "Break,2026-05-05T10:00"]
    report = await here.agenda("title,starts_at\n" + "\n".join(lines))
    assert counts(report) == (8, 0, 0, 0)
    ids = {(session.title, session.starts_at): session.id for session in await here.sessions()}
    assert len(set(ids.values())) == 8
    assert all(session_id.isascii() and len(session_id) <= 60 for session_id in ids.values())
    there = Here(here.store, await boards.new_board(here.store, time_zone="Asia/Dhaka"))
    await there.agenda("starts_at,title\n" + "\n".join(",".join(reversed(line.split(","))) for line in reversed(lines)))
    assert {(session.title, session.starts_at): session.id for session in await there.sessions()} == ids
    assert counts(await here.agenda("title,starts_at\n" + "\n".join(reversed(lines)))) == (0, 0, 8, 0)


# -- people --------------------------------------------------------------------------------------------------------


async def test_people_are_added_and_a_name_in_two_teams_is_two_people(here: Here) -> None:
    report = await here.people(PEOPLE)
    assert lines(report) == [
        "line 2: added: Nadia Rahman",
        "line 3: added: Leo Tan",
        "line 4: added: Leo Tan",
        "line 5: added: Guest",
    ]
    assert await here.roster() == {
        "nadia": ("Nadia Rahman", "Bangladesh"),
        "leo-tan-viet-nam": ("Leo Tan", "Viet Nam"),
        "leo-tan-nepal": ("Leo Tan", "Nepal"),
        "guest": ("Guest", None),
    }
    assert await here.audit() == [("command line", "import-people", "4 added, 0 changed")]


async def test_the_same_people_again_change_nothing_and_people_with_an_id_can_change(here: Here) -> None:
    await here.people(PEOPLE)
    before = await here.roster()
    report = await here.people(PEOPLE)
    assert (counts(report), lines(report)) == ((0, 0, 4, 0), [])
    assert await here.roster() == before
    report = await here.people("id,name,team\nnadia,Nadia Islam,Jordan\n,Guest,\n")
    stays = ["not in the file, stays: Leo Tan"] * 2
    assert (counts(report), lines(report)) == ((0, 1, 1, 0), ["line 2: changed: Nadia Islam", *stays])
    assert await here.roster() == before | {"nadia": ("Nadia Islam", "Jordan")}
    assert len(await here.audit()) == 2


async def test_names_in_any_script_keep_their_ids(here: Here) -> None:
    names = ["নাদিয়া রহমান", "สมชาย ใจดี", "Nguyễn Thị Hoa", "Nguyên Thi Hoa", "ನಾಗರಾಜ"]
    await here.people("name\n" + "\n".join(names))
    before = await here.roster()
    assert {name for name, _ in before.values()} == set(names)
    assert len(before) == len(names)
    assert counts(await here.people("name\n" + "\n".join(reversed(names)))) == (0, 0, 5, 0)
    assert await here.roster() == before


async def test_a_wrong_person_is_refused_and_the_others_are_imported(here: Here) -> None:
    """A team that is too long is cut, and any id is one: neither is worth a person."""
    report = await here.people(
        f"id,name,team\n,Nadia,\n,,Jordan\n,{'x' * 61},\na b,Zoë,\n,Leo,{'x' * 61}\n,Mai, Lin,Viet Nam\n,Ann,"
    )
    assert [line.split(":")[0] for line in lines(report) if "refused" in line] == ["line 3", "line 4", "line 7"]
    assert (counts(report), report.doubts) == ((4, 0, 0, 3), 1)
    assert {name for name, _ in (await here.roster()).values()} == {"Nadia", "Zoë", "Leo", "Ann"}


async def test_people_of_one_board_do_not_appear_on_another(here: Here) -> None:
    await here.people(PEOPLE)
    there = Here(here.store, await boards.new_board(here.store))
    assert counts(await there.people(PEOPLE)) == (4, 0, 0, 0)
    await there.people("id,name\nnadia,Somebody else\n")
    assert (await here.roster())["nadia"] == ("Nadia Rahman", "Bangladesh")


# -- out -----------------------------------------------------------------------------------------------------------

# What a spreadsheet would run, were it a cell's beginning; and what it might take for a link or a number.
FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "＝1+1",
    "{=1+1}",
    '=HYPERLINK("https://evil.example")',
    "https://a.example",
    "0123",
]


@pytest.fixture
async def filled(here: Here) -> Here:
    """Cards and questions in every state, with all that a post can have, some of it made to be run."""
    await here.agenda("id,title,starts_at,room,speakers\nheat,=Heat,2026-05-04T09:00,+Hall,-Nadia;@Leo\n")
    await here.people("id,name,team\nnadia,=Nadia,+Jordan\n")
    mira = await boards.new_actor(here.store, here.board_id)
    await attendees.join(here.store, here.board_id, boards.participant(), requests.Join("=Asha", "@Nepal"))
    to = [requests.To(person="nadia"), requests.To(name='Zoë; "the boss"')]
    for state in State:
        await switch(here, mira, frozen=state in (State.PENDING, State.REJECTED))
        for request in (
            boards.card(f"={state}: thank\nyou, Zoë 👩🏽‍🔬", to=to, theme="care"),
            boards.question(f"-{state}: why?", session="heat"),
        ):
            post = await boards.submit(here.store, here.board_id, request)
            if state is State.WITHDRAWN:
                edit = requests.Edit(state=State.WITHDRAWN)
                await attendees.edit(here.store, here.board_id, [boards.participant()], post.id, edit)
            elif state in (State.HIDDEN, State.REJECTED):
                await moderate(here, mira, post.id, state=state, reason="+Twice")
    await switch(here, mira, frozen=False)
    for formula in FORMULAS:
        await boards.submit(here.store, here.board_id, boards.question(formula, anonymous=True))
    voted = await boards.submit(here.store, here.board_id, boards.question("Voted for?"), who=1)
    for who in range(3):
        await attendees.vote(here.store, here.board_id, boards.participant(who), voted.id, True)
    await moderate(here, mira, voted.id, answered=True, answer="=Yes", answer_translations={"km": "បាទ", "fr": "=Oui"})
    loved = await boards.submit(here.store, here.board_id, boards.card("Loved"), who=1)
    for who, reaction in enumerate((Reaction.CLAP, Reaction.CLAP, Reaction.HEART)):
        await attendees.react(here.store, here.board_id, boards.participant(who), loved.id, reaction, True)
    await boards.submit(here.store, await boards.new_board(here.store), boards.question("Of another board"))
    return here


async def switch(here: Here, actor: Actor, **changes: Any) -> None:
    await setup.change_board(here.store, here.board_id, actor, requests.BoardChange(**changes))


async def moderate(here: Here, actor: Actor, post_id: str, **changes: Any) -> None:
    await moderators.moderate(here.store, here.board_id, actor, post_id, requests.Moderation(**changes))


POSTS = 2 * len(State) + len(FORMULAS) + 2


async def test_the_json_export_has_everything_and_identifies_no_phone(filled: Here) -> None:
    data = await filled.export("json")
    whole = json.loads(data)
    for_people = {"board", "themes", "teams", "sessions", "people", "posts", "audit"}
    assert set(whole) == for_people | {"format", "settings", "logo", "muted_phones", "consents", "prepared"}
    assert whole["board"]["title"] == "Innovation Lab"
    assert whole["people"] == [{"id": "nadia", "name": "=Nadia", "team": "+Jordan"}]
    assert [session["title"] for session in whole["sessions"]] == ["=Heat"]
    assert len(whole["posts"]) == POSTS
    assert [post["created_at"] for post in whole["posts"]] == sorted(post["created_at"] for post in whole["posts"])
    for kind in ("card", "question"):
        of_asha = [
            post["state"]
            for post in whole["posts"]
            if post["kind"] == kind and post["author"] == {"name": "=Asha", "team": "@Nepal"}
        ]
        assert of_asha == list(State)
    texts = [post["text"] for post in whole["posts"]]
    assert set(FORMULAS) < set(texts), "as they were written: JSON runs nothing"
    assert texts[0] == "=pending: thank\nyou, Zoë 👩🏽‍🔬"
    hidden = next(post for post in whole["posts"] if post["state"] == "hidden")
    assert hidden["reason"] == "+Twice"
    assert hidden["to"] == [{"name": "=Nadia", "team": "+Jordan", "person": "nadia"}, {"name": 'Zoë; "the boss"'}]
    voted, loved = whole["posts"][-2:]
    assert (voted["votes"], voted["answer"], loved["reactions"]) == (3, "=Yes", {"clap": 2, "heart": 1})
    assert {line["action"] for line in whole["audit"]} >= {"hidden", "rejected", "answer", "import-agenda", "link"}
    for secret in (boards.participant(), boards.pseudonym(), "digest", "token"):
        assert secret.encode() not in data


async def test_the_csv_export_has_every_post_and_no_formula(filled: Here) -> None:
    data = await filled.export("csv")
    assert data.startswith(b"\xef\xbb\xbf"), "or Excel reads it as something else than UTF-8"
    lines = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    whole = json.loads(await filled.export("json"))
    assert [line["id"] for line in lines] == [post["id"] for post in whole["posts"]]
    assert [line["state"] for line in lines] == [post["state"] for post in whole["posts"]]
    cells = [cell for line in lines for cell in line.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))]
    plain = {"{=1+1}", "https://a.example", "0123"}
    texts = [line["text"] for line in lines]
    assert texts[2 * len(State) : -2] == [text if text in plain else f"'{text}" for text in FORMULAS]
    assert {name: value for name, value in lines[0].items() if name not in ("id", "created_at", "local time")} == {
        "kind": "card",
        "state": "pending",
        "from": "'=Asha",
        "from team": "'@Nepal",
        "to": '\'=Nadia; Zoë; "the boss"',
        "to team": "'+Jordan; ",
        "theme": "care",
        "theme name": "Care for others",
        "session": "",
        "session title": "",
        "text": "'=pending: thank\nyou, Zoë 👩🏽‍🔬",
        "votes": "0",
        "reactions": "0",
        "clap": "0",
        "heart": "0",
        "bulb": "0",
        "me-too": "0",
        "pinned": "",
        "answered": "",
        "answer": "",
        "reason": "",
        "owner": "",
        "due": "",
        "set aside": "",
        "may be shown: recap": "yes",
        "may be shown: outside": "",
        "may be shown: directory": "",
        "answer in other languages": "",
    }
    voted, loved = lines[-2:]
    assert (voted["votes"], voted["answered"], voted["answer"], loved["reactions"]) == ("3", "yes", "'=Yes", "3")
    assert voted["answer in other languages"] == "fr: =Oui\nkm: បាទ"


_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheets(data: bytes) -> dict[str, list[list[str]]]:
    """Every sheet of a workbook as rows of what is shown; that nothing is run is held to on the way."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert book.testzip() is None
        assert not [part for part in book.namelist() if "external" in part.lower() or "vba" in part.lower()]
        strings = ["".join(item.itertext()) for item in _parts(book, "sharedStrings", "si")]
        names = [sheet.get("name", "") for sheet in _parts(book, "workbook", "sheet")]
        return {name: _lines(book, f"worksheets/sheet{number}", strings) for number, name in enumerate(names, 1)}


def _parts(book: zipfile.ZipFile, file: str, tag: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(book.read(f"xl/{file}.xml")).iter(f"{_SHEET}{tag}"))  # noqa: S314 (we made it)


def _lines(book: zipfile.ZipFile, sheet: str, strings: list[str]) -> list[list[str]]:
    assert _parts(book, sheet, "f") == [], "a formula"
    assert _parts(book, sheet, "hyperlink") == []
    lines = []
    for row in _parts(book, sheet, "row"):
        cells = {cell.get("r", "").rstrip("0123456789"): cell for cell in row}
        lines.append([_shown(cells.get(column), strings) for column in ascii_uppercase])
    width = max(number for line in lines for number, shown in enumerate(line, 1) if shown)
    return [line[:width] for line in lines]


def _shown(cell: ElementTree.Element | None, strings: list[str]) -> str:
    value = cell.findtext(f"{_SHEET}v", "") if cell is not None else ""
    return strings[int(value)] if cell is not None and cell.get("t") == "s" else value


async def test_a_workbook_has_posts_agenda_and_people_as_written_and_no_formula(filled: Here) -> None:
    book = sheets(await filled.export("xlsx"))
    assert list(book) == ["Cards", "Questions", "Agenda", "People", "Board"]
    whole = json.loads(await filled.export("json"))
    for name, kind in (("Cards", "card"), ("Questions", "question")):
        heading, *lines = book[name]
        column = heading.index
        posts = [post for post in whole["posts"] if post["kind"] == kind]
        assert [(line[column("id")], line[column("state")]) for line in lines] == [
            (post["id"], post["state"]) for post in posts
        ]
        assert [line[column("text")] for line in lines] == [post["text"] for post in posts]
    assert book["Cards"][-1][book["Cards"][0].index("reactions")] == "3"
    assert book["Agenda"][1] == ["heat", "=Heat", "2026-05-04 09:00", "", "+Hall", "-Nadia; @Leo", "open"]
    assert book["People"] == [["id", "name", "team"], ["nadia", "=Nadia", "+Jordan"]]


@pytest.mark.parametrize("shape", ["json", "csv", "xlsx"])
async def test_an_empty_board_can_be_exported_and_an_erased_one_cannot(here: Here, shape: str) -> None:
    assert await here.export(shape)
    await here.store.write_any(lambda connection: lifecycle.purge(connection, here.board_id))
    with pytest.raises(NotFound):
        await here.export(shape)

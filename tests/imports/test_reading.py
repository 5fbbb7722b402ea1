"""Files are read as they come, and what is not sure is asked."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest

from board.model.models import Invalid
from board.transfer.imports.decode import decode
from board.transfer.imports.found import Given, Kind, Reading
from board.transfer.imports.reading import read
from tests.imports.cases import CASES, GIVEN, data_of, right, rows_of
from tests.sentences import ENGLISH, sentence


def reading_of(content: str | bytes, kind: Kind = "agenda", given: Given = GIVEN, name: str = "") -> Reading:
    return read(kind, content.encode() if isinstance(content, str) else content, given, name)


def starts(content: str | bytes, given: Given = GIVEN) -> list[tuple[str, str | None]]:
    return [(row[0], row[1]) for row in rows_of(reading_of(content, given=given))]


def doubts(reading: Reading) -> list[tuple[int, str, str]]:
    return [(doubt.row, doubt.column, doubt.what.key) for doubt in reading.warnings]


@pytest.mark.parametrize("file", [file for file, case in CASES.items() if "after" not in case])
def test_a_real_file_is_read_correctly(file: str) -> None:
    case = CASES[file]
    reading = read(case["kind"], data_of(file), GIVEN, file)
    assert rows_of(reading) in right(case), case["why"]
    if "ask" in case:
        assert reading.asks, case["ask"]


@pytest.mark.parametrize("file", CASES)
def test_every_doubt_and_every_question_has_words(file: str) -> None:
    reading = read(CASES[file]["kind"], data_of(file), GIVEN, file)
    for message in [doubt.what for doubt in reading.warnings] + [ask.detail for ask in reading.asks]:
        words = ENGLISH.text(message)
        assert words != message.key
        assert "{" not in words


def test_the_first_line_of_excel_says_which_sign_parts_the_cells() -> None:
    """The signs of most lines alone would say the comma."""
    people = "sep=;\r\nFamily name, given name;Team\r\nRahman, Nadia;Bangladesh, Dhaka\r\nHaddad, Omar;Jordan, Amman\r\n"
    reading = reading_of(people, "people")
    assert [column.name for column in reading.columns] == ["Family name, given name", "Team"]
    assert {row[1] for row in rows_of(reading)} == {"Bangladesh, Dhaka", "Jordan, Amman"}


# -- what is left out, and what is never stored --------------------------------------------------------------------


def test_unknown_columns_are_reported_as_left_out() -> None:
    reading = read("people", data_of("r06-google-form.csv"), GIVEN)
    assert reading.left_out == ["Timestamp", "Dietary needs"]
    assert [column.field for column in reading.columns] == [None, "email", "name", "team", None]


def test_two_people_who_share_an_id_or_a_name_are_reported() -> None:
    reading = read("people", data_of("r11-same-id-twice.csv"), GIVEN)
    assert doubts(reading) == [(2, "id", "cell-id-shared"), (3, "id", "cell-id-shared")]


def test_a_form_sent_twice_raises_a_doubt_only_from_two_addresses() -> None:
    head = "Email Address,Full Name,Country\n"
    once = reading_of(head + "m@example.org,Mira Sok,Cambodia\nM@example.org,Mira  Sok,Cambodia\n", "people")
    assert (len(once.people), once.warnings) == (1, [])
    two = reading_of(head + "m@example.org,Mira Sok,Cambodia\nn@example.org,Mira Sok,Cambodia\n", "people")
    assert doubts(two) == [(3, "name", "cell-person-again")]


# -- questions, and their answers ----------------------------------------------------------------------------------


def test_an_ambiguous_date_is_asked_with_its_row_and_column() -> None:
    long = Given("Asia/Bangkok", date(2026, 4, 1), date(2026, 6, 30), date(2026, 4, 1))
    content = "title,date,start\nOpening,04/05/2026,09:00\nClosing,05/06/2026,09:00\n"
    (ask,) = reading_of(content, given=long).asks
    assert (ask.key, ask.row, ask.column, ask.choices) == ("date-order", 2, "date", ("day-first", "month-first"))
    assert ENGLISH.text(ask.detail) == "Is 04/05/2026 the day 2026-05-04, or 2026-04-05?"
    assert starts(content, long) == [("Closing", "2026-06-05 09:00"), ("Opening", "2026-05-04 09:00")]
    answered = Given(long.time_zone, long.starts_on, long.ends_on, long.today, choices={"date-order": "month-first"})
    assert starts(content, answered) == [("Closing", "2026-05-06 09:00"), ("Opening", "2026-04-05 09:00")]


def test_one_unambiguous_date_decides_the_others() -> None:
    long = Given("Asia/Bangkok", date(2026, 4, 1), date(2026, 6, 30), date(2026, 4, 1))
    content = "title,date,start\nOpening,04/05/2026,09:00\nClosing,05/13/2026,09:00\n"
    assert reading_of(content, given=long).asks == []
    assert starts(content, long) == [("Closing", "2026-05-13 09:00"), ("Opening", "2026-04-05 09:00")]


def test_the_import_asks_for_the_day_of_times_without_a_date() -> None:
    content = "title,start\nOpening,09:00\n"
    reading = reading_of(content)
    assert [(ask.key, ask.row, ask.chosen) for ask in reading.asks] == [("day", 2, "2026-05-04")]
    given = Given(GIVEN.time_zone, GIVEN.starts_on, GIVEN.ends_on, GIVEN.today, day=date(2026, 5, 6))
    assert starts(content, given) == [("Opening", "2026-05-06 09:00")]


def test_a_board_without_days_refuses_a_time_without_a_date_with_row_and_column() -> None:
    reading = reading_of("title,start\nOpening,09:00\n", given=Given("Asia/Bangkok"))
    assert reading.sessions == []
    assert doubts(reading) == [(2, "start", "cell-time-without-date")]


def test_columns_are_mapped_by_hand_by_name_or_number() -> None:
    content = "Was da los ist,Datum,Beginn\nEröffnung,04.05.2026,9:00\n"
    for column in ("Was da los ist", "was da los ist", "1"):
        given = Given(GIVEN.time_zone, GIVEN.starts_on, GIVEN.ends_on, GIVEN.today, map={"title": column})
        assert starts(content, given) == [("Eröffnung", "2026-05-04 09:00")]
    with pytest.raises(Invalid):
        reading_of(content, given=Given(map={"titel": "1"}))


def test_a_table_without_headings_asks_which_column_is_the_name() -> None:
    given = Given(GIVEN.time_zone, choices={"name-column": "2"})
    reading = read("people", data_of("r08-no-heading.csv"), given)
    assert [person.name for person in reading.people] == ["Božena S.", "Ctirad Ž.", "Lan P."]
    assert reading.asks[0].choices[0] == "1"


def test_names_with_the_surname_first_can_be_turned_round() -> None:
    given = Given(choices={"names-turned": "turn"})
    reading = read("people", data_of("r04-surname-comma-given.csv"), given)
    assert rows_of(reading) == right({"rows": CASES["r04-surname-comma-given.csv"]["rows"]})[0]


def test_the_boards_spelling_of_a_team_wins_unless_the_organiser_keeps_all() -> None:
    content = data_of("r13-country-spellings.csv")
    own = read("people", content, Given(teams=("Vietnam",)))
    assert {person.team for person in own.people} == {"Vietnam", "Côte d’Ivoire"}
    kept = read("people", content, Given(choices={"team:vietnam": "keep"}))
    assert {person.team for person in kept.people} == {"Viet Nam", "Vietnam", "VIETNAM", "Côte d’Ivoire"}


# -- agendas in other shapes ---------------------------------------------------------------------------------------


def test_rooms_can_be_columns() -> None:
    content = "Time,Hall A,Hall B\n9:00-10:00,Opening,-\n10:30-12:00,Heat,Wages\n"
    reading = reading_of(content)
    assert rows_of(reading) == [
        ["Heat", "2026-05-04 10:30", "2026-05-04 12:00", "Hall A", []],
        ["Opening", "2026-05-04 09:00", "2026-05-04 10:00", "Hall A", []],
        ["Wages", "2026-05-04 10:30", "2026-05-04 12:00", "Hall B", []],
    ]
    assert [ask.key for ask in reading.asks] == ["rooms-as-columns", "day"]


def test_a_row_with_a_date_can_stand_above_its_sessions() -> None:
    content = "Time,Session,Room\nMonday 4 May,,\n9:00,Opening,A\nDay 2 - Tuesday,,\n9:00,Heat,A\n,Tired footnote,\n"
    assert starts(content) == [
        ("Heat", "2026-05-05 09:00"),
        ("Opening", "2026-05-04 09:00"),
        ("Tired footnote", None),
    ]


def test_a_wrong_weekday_and_a_day_outside_the_gathering_are_reported() -> None:
    reading = reading_of("title,date,start\nA,Tue 4 May 2026,9:00\nB,2026-06-04,9:00\n")
    assert doubts(reading) == [(2, "date", "cell-other-weekday"), (3, "date", "cell-day-outside")]


def test_a_session_with_an_undecided_time_is_imported() -> None:
    reading = reading_of("title,date,start\nA,2026-05-04,TBA\n")
    assert [session.title for session in reading.sessions] == ["A"]
    assert (2, "start", "cell-time-undecided") in doubts(reading)


def test_an_unreadable_row_is_left_out_and_its_cell_is_named() -> None:
    reading = reading_of("title,date,start\nA,2026-05-04,half past nine\nB,2026-05-04,9:00\n")
    assert [session.title for session in reading.sessions] == ["B"]
    assert [(doubt.row, doubt.column, doubt.value, doubt.refuses) for doubt in reading.warnings] == [
        (2, "start", "half past nine", True)
    ]


# -- workbooks -----------------------------------------------------------------------------------------------------


def workbook(**sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_sheet_for_each_day_gives_its_sessions_their_day() -> None:
    rows: list[list[object]] = [["Time", "Session"], [time(9, 0), "Opening"]]
    later: list[list[object]] = [["Time", "Session"], [time(10, 30), "Heat"]]
    reading = reading_of(workbook(**{"Monday 4 May": rows, "Day 2": later}))
    assert [(row[0], row[1]) for row in rows_of(reading)] == [("Heat", "2026-05-05 10:30"), ("Opening", "2026-05-04 09:00")]


def test_cells_with_dates_and_times_keep_their_type() -> None:
    rows: list[list[object]] = [
        ["Title", "Start", "End"],
        ["Opening", datetime(2026, 5, 4, 9), datetime(2026, 5, 4, 10, 30)],
        ["Heat", "2026-05-05 09:00", "10:30"],
    ]
    assert rows_of(reading_of(workbook(Agenda=rows))) == [
        ["Heat", "2026-05-05 09:00", "2026-05-05 10:30", "", []],
        ["Opening", "2026-05-04 09:00", "2026-05-04 10:30", "", []],
    ]


def test_sheets_that_are_left_out_are_named() -> None:
    people: list[list[object]] = [["Name", "Country"], ["Mira Sok", "Cambodia"], ["Lan Pham", "Viet Nam"]]
    reading = reading_of(workbook(Guests=people, Old=[["Name"], ["Somebody Else"]]), "people")
    assert [person.name for person in reading.people] == ["Mira Sok", "Lan Pham"]
    assert doubts(reading) == [(0, "", "sheets-left-out")]


def test_a_workbook_that_would_fill_the_memory_is_refused_before_it_is_opened() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (30 * 1024 * 1024))
    assert len(out.getvalue()) < 100_000
    with pytest.raises(Invalid) as refusal:
        reading_of(out.getvalue())
    assert "unpacks to more than" in sentence(refusal.value)


def test_a_workbook_with_a_cell_in_its_last_row_and_column_is_read_in_a_moment() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["A2"], sheet["XFD1048576"] = "name", "Mira Sok", "far"
    out = io.BytesIO()
    book.save(out)
    assert [person.name for person in reading_of(out.getvalue(), "people").people] == ["Mira Sok"]


def test_a_workbook_with_entities_is_refused() -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(A=[["name"], ["Mira Sok"]]))) as source, zipfile.ZipFile(whole, "w") as target:
        for part in source.infolist():
            content = source.read(part)
            if part.filename.startswith("xl/worksheets/"):
                content = content.replace(b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet', 1)
            target.writestr(part, content)
    with pytest.raises(Invalid):
        reading_of(whole.getvalue(), "people")


# -- calendars -----------------------------------------------------------------------------------------------------


def event(*lines: str, before: str = "") -> str:
    body = "\r\n".join(("BEGIN:VEVENT", "SUMMARY:Walk", *lines, "END:VEVENT"))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{before}{body}\r\nEND:VCALENDAR\r\n"


def test_an_unknown_zone_is_reported_and_replaced_by_the_boards() -> None:
    reading = reading_of(event("DTSTART;TZID=Narnia:20260504T090000"))
    assert [(row[0], row[1]) for row in rows_of(reading)] == [("Walk", "2026-05-04 09:00")]
    assert doubts(reading) == [(3, "DTSTART", "zone-unknown")]


def test_a_wrong_description_of_a_known_zone_is_ignored_and_affects_no_other_calendar() -> None:
    lie = (
        "BEGIN:VTIMEZONE\r\nTZID:Asia/Bangkok\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\n"
        "TZOFFSETFROM:-0500\r\nTZOFFSETTO:-0500\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    for before in (lie, ""):
        assert starts(event("DTSTART;TZID=Asia/Bangkok:20260504T090000", before=before)) == [("Walk", "2026-05-04 09:00")]


def test_a_zone_of_the_calendars_own_is_read_from_its_description() -> None:
    own = (
        "BEGIN:VTIMEZONE\r\nTZID:Ours\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\n"
        "TZOFFSETFROM:+0545\r\nTZOFFSETTO:+0545\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    assert starts(event("DTSTART;TZID=Ours:20260504T090000", before=own)) == [("Walk", "2026-05-04 10:15")]


def test_an_endless_recurrence_stops_at_the_end_of_the_gathering() -> None:
    assert starts(event("DTSTART:20260504T070000", "RRULE:FREQ=DAILY")) == [
        ("Walk", f"2026-05-0{day} 07:00") for day in range(4, 8)
    ]
    none = Given("Asia/Bangkok")
    reading = reading_of(event("DTSTART:20260504T070000", "RRULE:FREQ=DAILY"), given=none)
    assert len(reading.sessions) == 100
    assert doubts(reading) == [(3, "RRULE", "rule-cut")]


@pytest.mark.parametrize(
    "rule",
    ["FREQ=SECONDLY", "FREQ=DAILY;BYHOUR=1,2,x", "FREQ=DAILY;INTERVAL=0", "nonsense", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31"],
)
def test_an_invalid_recurrence_rule_adds_at_most_one_session(rule: str) -> None:
    reading = reading_of(event("DTSTART:20260504T070000", f"RRULE:{rule}"))
    assert len(reading.sessions) <= 1


def test_a_moved_occurrence_appears_once() -> None:
    content = event("UID:w", "DTSTART:20260504T070000", "RRULE:FREQ=DAILY;COUNT=2").replace(
        "END:VCALENDAR",
        "BEGIN:VEVENT\r\nUID:w\r\nSUMMARY:Walk\r\nRECURRENCE-ID:20260505T070000\r\nDTSTART:20260505T080000\r\nEND:VEVENT\r\nEND:VCALENDAR",
    )
    assert starts(content) == [("Walk", "2026-05-04 07:00"), ("Walk", "2026-05-05 08:00")]


# -- conference tools ----------------------------------------------------------------------------------------------


def test_pretalx_has_titles_in_languages_rooms_and_speakers_by_their_ids() -> None:
    whole = {
        "talks": [
            {"code": "AB", "title": {"en": "Heat", "de": "Hitze"}, "room": 3, "speakers": ["X1"], "state": "confirmed"}
            | {"start": "2026-05-04T09:00:00+07:00", "end": "2026-05-04T10:00:00+07:00"},
            {"code": "AC", "title": "Lunch", "start": "2026-05-04T12:00:00+07:00", "duration": 45, "room": None},
        ],
        "rooms": [{"id": 3, "name": {"en": "Hall A"}}],
        "speakers": [{"code": "X1", "name": "Mira Sok"}],
    }
    assert rows_of(reading_of(json.dumps(whole))) == [
        ["Heat", "2026-05-04 09:00", "2026-05-04 10:00", "Hall A", ["Mira Sok"]],
        ["Lunch", "2026-05-04 12:00", "2026-05-04 12:45", "", []],
    ]


@pytest.mark.parametrize(
    "content",
    [
        '<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "b">]><schedule><day><room name="&a;"/></day></schedule>',
        '<!DOCTYPE schedule SYSTEM "http://127.0.0.1/x"><schedule></schedule>',
        "<schedule><day></schedule>",
        "<schedule></schedule>",
        "{" * 100_000,
        "[" * 100_000,
        '{"a": 1}',
        "%PDF-1.4",
        "\0\0\0",
        "",
        "\n\n\n",
    ],
)
def test_a_file_without_an_agenda_is_refused_in_words(content: str) -> None:
    with pytest.raises(Invalid) as refusal:
        reading_of(content)
    assert sentence(refusal.value).endswith(".")


def test_a_calendar_is_refused_as_a_list_of_people() -> None:
    with pytest.raises(Invalid):
        reading_of(event("DTSTART:20260504T070000"), "people")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_recognised_without_a_byte_order_mark(encoding: str) -> None:
    text = "Name,Team\nZoë Müller,Jordan\nOmar Haddad,Cambodia\n"
    found = decode(text.encode(encoding))
    assert (found.content, found.encoding) == (text, encoding)

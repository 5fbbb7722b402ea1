"""More shapes that agendas and rosters come in, each as short as it can be."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from board.transfer.imports.reading import read
from tests.imports.cases import GIVEN, rows_of
from tests.imports.test_reading import doubts, workbook

HEAT = ["Heat", "2026-05-04 09:00", "2026-05-04 10:30", "A", []]

AGENDAS = {
    "a weekday above its rows": "Uhrzeit;Programmpunkt;Ort\nMontag, 4. Mai;;\n9 - 10:30 Uhr;Heat;A\n",
    "French": "Date;Heure de début;Heure de fin;Titre;Salle\nlundi 4 mai 2026;9h00;10h30;Heat;A\n",
    "Arabic": "التاريخ,الوقت,العنوان,القاعة\n٤ مايو ٢٠٢٦,٩:٠٠ - ١٠:٣٠,Heat,A\n",
    "Thai, in the years of the Buddha": "วันที่,เวลา,หัวข้อ,ห้อง\n4 พ.ค. 2569,09.00 น. - 10.30 น.,Heat,A\n",
    "Vietnamese": "Ngày,Thời gian,Nội dung,Phòng\n04/05/2026,9h00 - 10h30,Heat,A\n",
    "Japanese": "日付,開始,終了,タイトル,会場\n5月4日(月),9:00,10時30分,Heat,A\n",
    "two moments in one cell": "title,when,room\nHeat,2026-05-04 09:00 - 2026-05-04 10:30,A\n",
    "a length": "title,start,duration,room\nHeat,4 May 09:00,1:30,A\n",
    "a calendar's CSV": "Subject,Start Date,Start Time,End Date,End Time,Location\n"
    "Heat,05/04/2026,09:00 AM,05/04/2026,10:30 AM,A\n",
    "headings after headings": "Agenda;;;\n;;;\nDate;Time;Topic;Room\nDate;Time;Topic;Room\n4 May;09:00-10:30;Heat;A\n",
    "a workbook with a moment": workbook(
        S=[["Topic", "Begin", "Finish", "Venue"], ["Heat", datetime(2026, 5, 4, 9), time(10, 30), "A"]]
    ),
    "a workbook with numbers": workbook(S=[["Title", "Date", "Start", "End", "Room"], ["Heat", 46146, 0.375, 0.4375, "A"]]),
    "a workbook's days as columns": workbook(
        S=[["Time", datetime(2026, 5, 4), datetime(2026, 5, 5)], ["9.00-10.30", "Heat", ""]]
    ),
    "rooms as columns under a day": "Monday 4 May,A,B\n9:00-10:30,Heat,\n",
    "no headings at all": "2026-05-04,09:00,10:30,Heat\n",
}


@pytest.mark.parametrize("shape", AGENDAS)
def test_an_agenda_of_this_shape_is_read(shape: str) -> None:
    content = AGENDAS[shape]
    (row,) = rows_of(read("agenda", content if isinstance(content, bytes) else content.encode(), GIVEN))
    room = "" if shape in ("a workbook's days as columns", "no headings at all") else "A"
    assert row == [*HEAT[:3], room, []]


def test_the_import_leaves_out_rejected_sessions_and_asks() -> None:
    content = "ID,Proposal title,Session state,Start\nAB,Heat,confirmed,2026-05-04T09:00:00+07:00\nAC,No,rejected,\n"
    reading = read("agenda", content.encode(), GIVEN)
    assert [session.title for session in reading.sessions] == ["Heat"]
    assert (doubts(reading), reading.asks[0].choices) == ([(3, "Session state", "session-not-accepted")], ("leave out", "take"))


def test_speakers_can_have_separate_columns() -> None:
    reading = read("agenda", b"title,Speaker 1,Speaker 2\nHeat,Mira Sok,Lan Pham\n", GIVEN)
    assert (rows_of(reading)[0][4], reading.left_out) == (["Mira Sok", "Lan Pham"], [])


ROSTERS = {
    "Eventbrite": "Order #,Order Date,First Name,Last Name,Email,Company\n1,2026-04-01,Mira,Sok,m@example.org,ILO\n",
    "a form's questions": "Timestamp,What is your full name?,Which country programme do you work for?\n2026,Mira Sok,ILO\n",
    "surnames first": "Nachname;Vorname;Land\nSok;Mira;ILO\n",
    "Spanish": "Nombre;Apellidos;País\nMira;Sok;ILO\n",
    "an address beside the name": 'Name,Team\n"Mira Sok <mira@example.org>",ILO\n',
    "a running number": "No.;Full name;Office\n1;Mira Sok;ILO\n",
    "a guest": "Name,Country\nMira Sok (Guest),ILO\n",
}


@pytest.mark.parametrize("shape", ROSTERS)
def test_a_roster_of_this_shape_is_read(shape: str) -> None:
    assert rows_of(read("people", ROSTERS[shape].encode(), GIVEN)) == [["Mira Sok", "ILO"]]


def test_a_meeting_report_gives_each_person_once_and_no_address_in_any_id() -> None:
    report = (
        "1. Summary\nMeeting title\tLab\n\n2. Participants\nName\tFirst Join\tEmail\tParticipant ID (UPN)\tRole\n"
        "Mira Sok\t5/4/26, 9:00:00 AM\tm@example.org\tm@example.org\tOrganizer\n"
        "Lan Pham (Guest)\t5/4/26, 9:00:00 AM\t\t\tAttendee\n\n"
        "3. In-Meeting Activities\nName\tJoin Time\tLeave Time\tEmail\tRole\n"
        "Mira Sok\t5/4/26\t5/4/26\tm@example.org\tOrganizer\n"
    )
    people = read("people", report.encode("utf-16"), GIVEN).people
    assert [(person.name, person.uid) for person in people] == [("Mira Sok", ""), ("Lan Pham", "")]

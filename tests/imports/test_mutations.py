"""One agenda and one roster, written in every way that spreadsheets know: always read as the same."""

from __future__ import annotations

import contextlib
import csv
import io
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from board.model.models import Invalid
from board.transfer.imports.aliases import NAMES, field_of
from board.transfer.imports.found import Kind
from board.transfer.imports.reading import read
from tests.imports.cases import GIVEN, rows_of

ENCODINGS = {"utf-8": "utf-8", "utf-8-sig": "utf-8", "utf-16": "utf-16-le", "cp1252": "windows-1252", "mac_roman": "mac-roman"}
NATURAL = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SESSIONS = [
    ("Prüfung – was nun?", date(2026, 5, 4), 9 * 60, 10 * 60 + 30, "Hörsaal 1", "Zoë Müller"),
    ("Café, Wasser & Brot", date(2026, 5, 4), 13 * 60, 13 * 60 + 45, "Salle “B”", ""),
    ("Où sont les données ?", date(2026, 5, 6), 20 * 60, 21 * 60, "Hörsaal 1", "Aïcha N’Guessan"),
]
PEOPLE = [("Zoë", "Lefèvre", "Haïti"), ("Aïcha", "N’Guessan", "Côte d’Ivoire"), ("João", "Conceição", "Timor-Leste")]
DATES = {
    "iso": lambda day: day.isoformat(),
    "dots": lambda day: day.strftime("%d.%m.%Y"),
    "slashes": lambda day: f"{day.day}/{day.month}/{day.year}",
    "american": lambda day: f"{day.month}/{day.day}/{day.year % 100}",
    "english": lambda day: day.strftime("%A, %B %d, %Y"),
    "german": lambda day: f"{['Mo', 'Di', 'Mi', 'Do'][day.weekday()]}, {day.day}. Mai",
    "french": lambda day: f"{['lundi', 'mardi', 'mercredi', 'jeudi'][day.weekday()]} {day.day} mai 2026",
    "weekday": lambda day: day.strftime("%A"),
    "number": lambda day: str(day.day - 3),
    "day": lambda day: f"Day {day.day - 3}",
    "serial": lambda day: str((day - date(1899, 12, 30)).days),
}
TIMES = {
    "plain": lambda minutes: f"{minutes // 60:02}:{minutes % 60:02}",
    "short": lambda minutes: f"{minutes // 60}.{minutes % 60:02}",
    "french": lambda minutes: f"{minutes // 60}h{minutes % 60:02}",
    "german": lambda minutes: f"{minutes // 60}:{minutes % 60:02} Uhr",
    "english": lambda minutes: f"{minutes // 60 % 12 or 12}:{minutes % 60:02} {'AM' if minutes < 720 else 'PM'}",
}


def names_of(kind: Kind, field: str) -> list[str]:
    names = NAMES[kind][field]
    return [name for name in names if (found := field_of(kind, name)) and found[0] == field and encodable(name)]


def encodable(text: str) -> bool:
    return all(try_encode(text, encoding) is not None for encoding in ENCODINGS)


def try_encode(text: str, encoding: str) -> bytes | None:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return None


@st.composite
def files(draw: st.DrawFn, kind: Kind, columns: dict[str, list[str]]) -> tuple[bytes, str]:
    """The columns under names that somebody gives them, in any order, in any make of CSV."""
    order = draw(st.permutations(list(columns)))
    headings = {field: draw(st.sampled_from(names_of(kind, field))) for field in order}
    styled = {field: draw(st.sampled_from([str, str.title, str.upper]))(name) for field, name in headings.items()}
    length = len(next(iter(columns.values())))
    out = io.StringIO()
    delimiter = draw(st.sampled_from([",", ";", "\t", "|"]))
    writer = csv.writer(
        out, delimiter=delimiter, quoting=draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])), lineterminator="\n"
    )
    for _ in range(draw(st.integers(0, 2))):
        writer.writerow(["", "Innovation Lab"] + [""] * (len(order) - 1))
    writer.writerow([styled[field] for field in order] + [""] * draw(st.integers(0, 2)))
    for number in range(length):
        writer.writerow([columns[field][number] for field in order])
    text = draw(st.sampled_from(["", "", f"sep={delimiter}\n"])) + out.getvalue()
    encoding = draw(st.sampled_from(list(ENCODINGS)))
    ending = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    return text.replace("\n", ending).encode(encoding), ENCODINGS[encoding]


@st.composite
def agendas(draw: st.DrawFn) -> tuple[bytes, str]:
    as_date, as_time = DATES[draw(st.sampled_from(list(DATES)))], TIMES[draw(st.sampled_from(list(TIMES)))]
    columns = {
        "title": [session[0] for session in SESSIONS],
        "room": [session[4] for session in SESSIONS],
        "speakers": [session[5] for session in SESSIONS],
    }
    days, begins, ends = [as_date(s[1]) for s in SESSIONS], [as_time(s[2]) for s in SESSIONS], [as_time(s[3]) for s in SESSIONS]
    shape = draw(st.sampled_from(["apart", "range", "together"]))
    if shape == "apart":
        columns |= {"date": days, "start": begins, "end": ends}
    elif shape == "range":
        columns |= {"date": days, "start": [f"{begin} – {end}" for begin, end in zip(begins, ends, strict=True)]}
    else:
        if as_date is DATES["number"]:
            days = [DATES["iso"](session[1]) for session in SESSIONS]
        columns |= {"start": [f"{day} {begin}" for day, begin in zip(days, begins, strict=True)], "end": ends}
    return draw(files("agenda", columns))


@st.composite
def rosters(draw: st.DrawFn) -> tuple[bytes, str]:
    columns = {"team": [person[2] for person in PEOPLE]}
    if draw(st.booleans()):
        columns |= {"first_name": [person[0] for person in PEOPLE], "last_name": [person[1] for person in PEOPLE]}
    else:
        columns |= {"name": [f"{person[0]} {person[1]}" for person in PEOPLE]}
    return draw(files("people", columns))


@NATURAL
@given(agendas())
def test_the_same_agenda_in_different_formats_is_read_the_same(file: tuple[bytes, str]) -> None:
    data, encoding = file
    reading = read("agenda", data, GIVEN)
    assert [row[:1] + row[3:] for row in rows_of(reading)] == sorted([s[0], s[4], [s[5]] if s[5] else []] for s in SESSIONS)
    wanted = {s[0]: (f"{s[1]} {s[2] // 60:02}:{s[2] % 60:02}", f"{s[1]} {s[3] // 60:02}:{s[3] % 60:02}") for s in SESSIONS}
    assert {row[0]: (row[1], row[2]) for row in rows_of(reading)} == wanted
    assert (reading.encoding, reading.refused) == (encoding, 0)


@NATURAL
@given(rosters())
def test_the_same_roster_in_different_formats_is_read_the_same(file: tuple[bytes, str]) -> None:
    data, encoding = file
    reading = read("people", data, GIVEN)
    assert sorted(rows_of(reading)) == sorted([f"{first} {last}", team] for first, last, team in PEOPLE)
    assert (reading.encoding, reading.refused) == (encoding, 0)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["agenda", "people"]))
def test_any_bytes_are_read_or_refused(data: bytes, kind: Kind) -> None:
    with contextlib.suppress(Invalid):
        read(kind, data, GIVEN)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), max_size=5), max_size=6), st.sampled_from(["agenda", "people"]))
def test_any_cells_are_read_or_refused(rows: list[list[str]], kind: Kind) -> None:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["title", "date", "start", "end", "speakers"] if kind == "agenda" else ["name", "team", "id", "email", "x"])
    for row in rows:
        writer.writerow([cell.replace("\0", "") for cell in row])
    with contextlib.suppress(Invalid):
        read(kind, out.getvalue().encode("utf-8", "replace"), GIVEN)

"""Times as people write them are read as they are meant, or not at all."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.transfer import times


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("09:30", 34_200),
        ("9:30", 34_200),
        ("9.30", 34_200),  # Indonesia, Finland, Italy
        ("09,30", 34_200),
        ("0930", 34_200),
        ("930", 34_200),
        ("9h30", 34_200),
        ("9h", 32_400),
        ("09:30:15", 34_215),
        ("9:30 AM", 34_200),
        ("9:30am", 34_200),
        ("9.30 a.m.", 34_200),
        ("9:30\u202fPM", 77_400),  # browsers put a narrow space there
        ("3pm", 54_000),
        ("12 AM", 0),
        ("12:15 pm", 44_100),
        ("00:00", 0),
        ("24:00", 86_400),
        ("٠٩:٣٠", 34_200),
        ("０９：３０", 34_200),
    ],
)
def test_a_time_of_day_is_read_correctly(written: str, seconds: int) -> None:
    assert times.clock(written) == seconds


@pytest.mark.parametrize(
    "written",
    ["", "9", "25:00", "24:01", "9:60", "09:30:60", "13 pm", "0 pm", "half past nine", "9:3", "9-30", "09:30+07:00", "१" * 61],
)
def test_an_invalid_time_of_day_is_refused(written: str) -> None:
    with pytest.raises(times.NotATime):
        times.clock(written)


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("09:00-10:30", "09:00", "10:30"),
        ("09:00 – 10:30", "09:00", "10:30"),
        ("9.00—10.30", "09:00", "10:30"),
        ("9:00 to 10:30", "09:00", "10:30"),
        ("9h30 à 10h30", "09:30", "10:30"),
        ("9 – 10:30 am", "09:00", "10:30"),
        ("11:30-1:00 PM", "11:30", "13:00"),
        ("11 am - 1 pm", "11:00", "13:00"),
        ("19:00-00:30", "19:00", "00:30"),
        ("09:00", "09:00", None),
    ],
)
def test_a_range_is_read_as_two_times_and_never_as_an_offset(written: str, start: str, end: str | None) -> None:
    assert times.span(written) == (times.clock(start), None if end is None else times.clock(end))


def test_three_times_are_refused_as_a_range() -> None:
    with pytest.raises(times.NotATime):
        times.span("9:00-10:00-11:00")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-05-04T09:30", datetime(2026, 5, 4, 9, 30)),
        ("2026-05-04 9.30", datetime(2026, 5, 4, 9, 30)),
        ("2026-05-04 09:30:15", datetime(2026, 5, 4, 9, 30, 15)),
        ("2026-05-04T24:00", datetime(2026, 5, 5)),
        ("2026-05-04T09:30Z", datetime(2026, 5, 4, 9, 30, tzinfo=UTC)),
        ("2026-05-04T09:30+07:00", datetime(2026, 5, 4, 9, 30, tzinfo=timezone(timedelta(hours=7)))),
        ("2026-05-04T09:30+0545", datetime(2026, 5, 4, 9, 30, tzinfo=timezone(timedelta(minutes=345)))),
    ],
)
def test_a_moment_needs_a_day_and_a_time(written: str, read: datetime) -> None:
    assert times.moment(written) == read


@pytest.mark.parametrize(
    "written", ["2026-05-04", "2026-02-30T09:00", "20260504T0930", "2026-W19-1", "2026-05-04T09:00-10:30", "tomorrow"]
)
def test_an_invalid_date_and_time_is_refused(written: str) -> None:
    with pytest.raises(times.NotATime):
        times.moment(written)


def test_a_negative_offset_that_can_be_the_end_of_a_range_is_detected() -> None:
    assert times.has_negative_offset("2026-05-04T09:00-10:00")
    assert not times.has_negative_offset("2026-05-04T09:00+10:00")
    assert not times.has_negative_offset("2026-05-04T09:00")


def test_a_date_needs_its_year_first() -> None:
    assert times.day("2026-5-4") == date(2026, 5, 4)
    for written in ("04/05/2026", "2026-13-01", "4 May", ""):
        with pytest.raises(times.NotATime):
            times.day(written)


@given(st.text(max_size=80))
def test_any_text_is_read_as_a_time_or_refused(written: str) -> None:
    for read in (times.clock, times.span, times.moment, times.day):
        try:
            read(written)  # type: ignore[operator]
        except times.NotATime:
            continue

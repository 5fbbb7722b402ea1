"""What is due, as an iCalendar file (RFC 5545) that calendars subscribe to: a day for each question that somebody owns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from board.model.models import Post

REFRESHED_AFTER = timedelta(hours=1)


def written(title: str, address: str, posts: Iterable[Post]) -> bytes:
    """`title`: of the calendar; `address`: of the page that the entries lead to."""
    calendar = Calendar()
    calendar.add("prodid", "-//Brilliance Board//Answers//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    calendar.add("refresh-interval", REFRESHED_AFTER, parameters={"VALUE": "DURATION"})
    for post in posts:
        if post.due:
            calendar.add_component(_event(post, date.fromisoformat(post.due), address))
    return bytes(calendar.to_ical())


def _event(post: Post, day: date, address: str) -> Event:
    """The id is that of the question: a calendar that asks again moves the entry, and makes no second one."""
    event = Event()
    event.add("uid", f"{post.id}@brilliance-board")
    event.add("dtstamp", datetime.fromtimestamp((post.moderated_at or post.created_at) / 1_000_000, UTC))
    event.add("sequence", post.content_seq % 2**31)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", f"{post.owner}: {post.text}".replace("\n", " "))
    event.add("url", address)
    event.add("transp", "TRANSPARENT")  # nobody is busy all day
    return event

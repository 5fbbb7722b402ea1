"""The example gathering to its end: closed, answered, exported; then a person leaves, and no word of theirs is left."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import httpx
import pytest

from board.actions import retention
from tests import gathering, remains, servers
from tests.gathering import ANSWERS, DAY_SECONDS, PERSON, WORD, Gathering, Log
from tests.inprocess import ServerByClock, by_clock
from tests.people import question
from tests.remains import has
from tests.servers import serving
from tests.visitors import Visitors

SHAPES = ("json", "csv", "xlsx", "html")
WORDS = (PERSON, WORD)


@pytest.fixture
def log() -> Iterator[Log]:
    """Of this process, in which the server runs."""
    kept, loggers = Log(), [logging.getLogger(name) for name in ("board", "uvicorn", "asyncio", "alembic")]
    before = [logger.level for logger in loggers]
    logging.getLogger().addHandler(kept)
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    yield kept
    logging.getLogger().removeHandler(kept)
    for logger, level in zip(loggers, before, strict=True):
        logger.setLevel(level)


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest, log: Log) -> Iterator[ServerByClock]:
    settings = {"BOARD_LIMITS": "off", "BOARD_PSEUDO_LOCALES": "on"}
    if request.param == "postgresql":
        postgres: servers.Postgres = request.getfixturevalue("postgres_server")
        url = postgres.new_board_database()
        with by_clock(DATABASE_URL=url, SECRET_KEY="k" * 40, **settings) as server:
            yield server
        postgres.done_with(url)
    else:
        with by_clock(**settings) as server:
            yield server


def everywhere(here: Gathering) -> set[str]:
    """All places where a word of this person is."""
    found = gathering.in_exports({shape: here.export(shape) for shape in SHAPES}, WORDS)
    found |= gathering.in_exports(pages(here), WORDS)
    found |= gathering.in_memory(here.context, WORDS)
    found |= gathering.in_files(here.server.directory, WORDS)
    return found | gathering.in_database(here.url, WORDS)


def kinds(found: set[str]) -> set[str]:
    return {part.partition(" ")[0] for part in found}


def postgresql(here: Gathering) -> bool:
    return here.url.startswith("postgresql")


def with_samples(here: Gathering) -> None:
    """Of columns: PostgreSQL takes them by itself when enough is new."""
    if postgresql(here):
        remains.sample(here.url)


def pages(here: Gathering) -> dict[str, bytes]:
    """What readers and staff are sent: pages and answers of the API."""
    addresses = [here.page + path for path in ("", "/recap", "/answers", "/answers.ics", "/who", "/who.csv", "/who.vcf")]
    addresses += [here.api + path for path in ("", "/posts", "/answers", "/totals", "/mine", "/people?q=a")]
    staff = [here.api + path for path in ("", "/posts?state=withdrawn", "/audit", "/coverage", "/mirror", "/links")]
    staff += [
        here.page + path
        for path in ("/keepsakes.csv", "/print/keepsakes", "/print/team-posters", "/print/badges", "/print/morning?asked=all")
    ]
    found = {path: here.reader.get(path).content for path in addresses}
    return found | {f"staff {path}": here.organiser.get(path).content for path in staff}


@pytest.mark.parametrize("people", [3, pytest.param(24, marks=pytest.mark.lengthy)])
def test_four_days_end_with_correct_totals_and_no_word_of_an_erased_person(
    server: ServerByClock, visit: Visitors, log: Log, people: int
) -> None:
    here = Gathering(server, visit, people)
    here.go_through()
    here.close()
    answers = here.answer_ten()
    counts = here.reader.get(f"{here.api}/totals").json()["totals"]
    assert (counts["answered"], counts["asked"]) == (ANSWERS, len(here.questions))
    assert counts["asked"] == sum(counts[name] for name in ("answered", "owned", "set_aside", "open"))
    recap, ledger = (here.reader.get(here.page + path).text for path in ("/recap", "/answers"))
    assert all(answer in recap and answer in ledger for answer in answers)
    assert here.organiser.get(f"{here.page}/print/keepsakes").text.count("<section") >= people
    with_samples(here)
    before = everywhere(here)
    assert {f"export {shape}: " for shape in ("json", "csv")} < before, "or the search finds nothing at all"
    assert {"table posts.text", "table people.name", "table sessions.speakers", "table audit.detail"} < before
    assert kinds(before) == {"export", "memory", "table", "version" if postgresql(here) else "file"}
    here.done(here.leaver, "DELETE", "/me")
    here.done(here.organiser, "POST", f"/people/{here.roster[PERSON]['id']}/erase", {"texts": True})
    if postgresql(here):
        assert kinds(everywhere(here)) == {"version"}, "nobody can read them any more: its next VACUUM frees them"
        remains.vacuum(here.url)
    assert everywhere(here) == set()
    counts = here.reader.get(f"{here.api}/totals").json()["totals"]
    assert counts["asked"] == sum(counts[name] for name in ("answered", "owned", "set_aside", "open"))
    word = here.context.languages.catalogues["en-XA"].say("erased-person")
    answered = [post["answer"] for post in here.reader.get(f"{here.api}/answers").json()["questions"] if "answer" in post]
    assert all(f"and {word} says" in answer for answer in answered), "in the board's own language, for all its readers"
    assert answered
    until_it_goes(here)
    assert log.lines
    assert [line for line in log.lines if has(line, WORDS)] == []


def until_it_goes(here: Gathering) -> None:
    """The end of the board: archived, two warnings, erased by the server on the day that its page names."""
    words = (here.title, *here.roster)
    here.done(here.organiser, "PATCH", "", {"retention_days": 7})
    here.done(here.organiser, "POST", "/archive")
    shown = here.reader.get(f"{here.page}/privacy").text
    (day,) = re.findall(r'<time datetime="([\d-]+)"', shown)
    assert here.reader.get(f"{here.api}/me/consent").json()["kept_until"] == day, "phones say it in Me"
    for page in ("", "/recap", "/answers", "/answers.ics", "/who", "/who.csv", "/who.vcf", "/privacy", "/me"):
        assert here.reader.get(here.page + page).status_code == 200, "pages stay when nothing can be written any more"
    for _ in range(30):
        here.in_loop(lambda context: retention.look(context.store, context.languages.somebody))
        exported = here.organiser.get(f"{here.api}/export", params={"format": "json"})
        if exported.status_code == 404:
            break
        assert gathering.in_exports({"json": exported.content}, words), (
            "after the warning an organiser can still export everything"
        )
        warned = [line["action"] for line in here.organiser.get(f"{here.api}/audit").json()["entries"]]
        here.server.clock.move(DAY_SECONDS)
    assert f"{datetime.fromtimestamp(here.server.clock.wall, ZoneInfo('Asia/Bangkok')):%F}" == day
    assert {"retention-first", "retention-last"} <= set(warned)
    if postgresql(here):
        assert kinds(gathering.in_database(here.url, words)) == {"version"}
        remains.vacuum(here.url)
    assert gathering.in_files(here.server.directory, words) == set()
    assert gathering.in_database(here.url, words) == set()


def test_the_most_detailed_log_contains_no_word_of_a_request(visit: Visitors) -> None:
    with serving(BOARD_LIMITS="off", BOARD_LOG_LEVEL="debug") as server:
        board = server.create()
        api, phone = f"/api/b/{board['code']}", visit.attendee(server)
        phone.get(f"/b/{board['code']}", params={"lang": WORD})
        phone.post(f"{api}/join", json={"name": PERSON})
        phone.post(f"{api}/posts", json=question(f"Where is {WORD}?"))
        for answer in gathering.refused(phone, api):
            assert 400 <= answer.status_code < 500
        gathering.looked_up(phone, api)
        written = server.log.read_text()
    assert "startup complete" in written
    assert not has(written, WORDS)
    assert httpx.URL(board["join_url"]).path not in written

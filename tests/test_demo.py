"""`demo`: the example board, made new beside the real ones, and a room of simulated attendees unless `--no-traffic` is set."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from board.command import demo, demo_agenda, demo_board, demo_room
from board.model.models import Reaction, State
from tests import commands, servers
from tests.people import Attendee, Json, Moderator
from tests.servers import COMMAND, free_port, wait_until

EXAMPLE: Json = json.loads(demo.EXAMPLE.read_text(encoding="utf-8"))
CODE: str = EXAMPLE["board"]["code"]
# A simulated room does something every few seconds.
ROOM_SECONDS = 30.0
QUIET_SECONDS = 4.0


class Demo(servers.Server):
    """As people start it, with settings of a real server around."""

    def __init__(self, directory: Path, *arguments: str) -> None:
        nowhere = f"127.0.0.1:{free_port()}"
        real = {
            "DATABASE_URL": f"postgresql://board@{nowhere}/board",
            "REDIS_URL": f"redis://{nowhere}",
            "WEB_CONCURRENCY": "4",
        }
        super().__init__(directory, **real)
        self.arguments = ["demo", "--port", str(self.port), *arguments]
        self.command = [*COMMAND, *self.arguments]

    def start(self, anew: bool = False) -> None:
        """Python itself starts anew for one of them."""
        with self.log.open("wb") as log:
            if not anew:
                self._process = commands.forked_server(*self.arguments, workers=1, environment=self.environment, log=log)
            if self._process is None:
                self._process = subprocess.Popen(
                    self.command, env=self.environment, stdout=log, stderr=log, start_new_session=True
                )
        wait_until(self._answers, f"the demo (see {self.log})")

    @property
    def links(self) -> dict[str, str]:
        """What it prints, by name."""
        return dict(re.findall(r"^  (\w+) +(http\S+)$", self.log.read_text(), re.MULTILINE))

    def stored(self, file: str = "demo.db") -> Json:
        """All that is on the board."""
        database = {"DATABASE_URL": f"sqlite:///{self.directory / file}"}
        done = servers.prepared("export", CODE, environment=self.environment | database | {"WEB_CONCURRENCY": "1"})
        whole: Json = json.loads(done.stdout)
        return whole


@pytest.fixture(scope="module")
def quiet() -> Iterator[Demo]:
    with servers.directory() as path:
        quiet = Demo(path, "--no-traffic")
        quiet.start(anew=True)
        try:
            yield quiet
        finally:
            assert quiet.stop() == 0


@pytest.fixture(scope="module")
def stored(quiet: Demo) -> Json:
    return quiet.stored()


# -- what it prints ------------------------------------------------------------------------------------------------


async def test_the_links_that_are_printed_open_phone_screen_and_moderators_page(quiet: Demo) -> None:
    assert list(quiet.links) == ["Phone", "Screen", "Moderator", "Organiser"]
    assert quiet.links["Phone"] == f"http://localhost:{quiet.port}/b/{CODE}"
    for name, page in (("Screen", "screen"), ("Moderator", "moderate")):
        async with Moderator(quiet.url, CODE, quiet.links[name].replace("localhost", "127.0.0.1")) as staff:
            assert (await staff.http.get(f"/b/{CODE}/{page}")).status_code == 200
    async with Attendee(quiet.url, CODE) as anyone:
        assert (await anyone.http.get(f"/b/{CODE}")).status_code == 200
        assert (await anyone.http.get(f"/b/{CODE}/moderate")).status_code == 403
    assert "made anew at each start" in quiet.log.read_text()
    assert "This computer only" in quiet.log.read_text()


# -- what is on the board ------------------------------------------------------------------------------------------


async def test_phones_find_the_example_board(quiet: Demo) -> None:
    async with Attendee(quiet.url, CODE) as phone:
        snapshot = await phone.snapshot()
        assert snapshot["board"]["title"] == EXAMPLE["board"]["title"]
        assert [theme["id"] for theme in snapshot["themes"]] == [theme["id"] for theme in EXAMPLE["themes"]]
        assert len(snapshot["teams"]) == len(EXAMPLE["teams"])
        assert [session["id"] for session in snapshot["sessions"]] == [session["id"] for session in EXAMPLE["sessions"]]
        assert snapshot["screen"]["scene"] == "cards"
        asked = await phone.ask()
        assert asked["id"] in [post["id"] for post in (await phone.snapshot())["posts"]], "and may join in"
        assert (await phone.send("PATCH", f"/posts/{asked['id']}", {"state": "withdrawn"})).status_code == 200


def test_the_demo_contains_every_example_post_with_author_and_votes(stored: Json) -> None:
    posts = [post for post in stored["posts"] if post["state"] != State.WITHDRAWN]
    assert {post["state"] for post in posts} == {State.VISIBLE}
    names = {person["id"]: person["name"] for person in EXAMPLE["people"]}
    assert {person["id"]: person["name"] for person in stored["people"]} == names
    for kind, wanted in (("card", EXAMPLE["cards"]), ("question", EXAMPLE["questions"])):
        there = {post["text"]: post for post in posts if post["kind"] == kind}
        assert sorted(post["text"] for post in posts if post["kind"] == kind) == sorted(
            example["text"].strip() for example in wanted
        )
        for example in wanted:
            post = there[example["text"].strip()]
            assert (post["author"] or {}).get("name") == names.get(example.get("from"))
            assert post["pinned"] == bool(example.get("pinned"))
            if kind == "card":
                assert post["reactions"] == {key: count for key, count in (example.get("reactions") or {}).items() if count}
                assert set(post["reactions"]) <= set(Reaction)
            else:
                assert post["votes"] == min(example.get("votes", 0), len(names))
                assert post["answered"] == bool(example.get("answered"))
    times = [post["created_at"] for post in posts]
    assert max(times) < datetime.now(UTC).isoformat(), "nothing comes from the future"


def test_one_session_of_the_agenda_runs_now(stored: Json) -> None:
    now = datetime.now(UTC)
    running = [
        session["id"]
        for session in stored["sessions"]
        if datetime.fromisoformat(session["starts_at"]) <= now < datetime.fromisoformat(session["ends_at"])
    ]
    assert EXAMPLE["sessions"][demo_agenda.RUNNING_SESSION]["id"] in running


# -- who is in the room --------------------------------------------------------------------------------------------


async def test_without_traffic_the_demo_has_no_simulated_people(quiet: Demo) -> None:
    async with Attendee(quiet.url, CODE) as phone:
        live = await phone.live()
        assert (await live.next())["type"] == "snapshot"
        with pytest.raises(TimeoutError):
            await live.until(lambda frame: frame["type"] == "changes", QUIET_SECONDS)
        assert max(frame["online"] for frame in live.frames if frame["type"] == "presence") == 1


async def test_with_traffic_simulated_people_join_and_act() -> None:
    with servers.directory() as path:
        busy = Demo(path)
        busy.start()
        try:
            async with Attendee(busy.url, CODE) as phone:
                live = await phone.live()
                first = await live.next()
                await live.until(lambda frame: frame["type"] == "presence" and frame["online"] > 3, ROOM_SECONDS)
                await live.until(lambda frame: frame["type"] == "changes" and frame["posts"], ROOM_SECONDS)
                assert (await phone.snapshot())["seq"] > first["seq"]
        finally:
            assert busy.stop() == 0
        assert "Traceback" not in busy.log.read_text()


# -- beside a real server ------------------------------------------------------------------------------------------


async def test_each_start_of_the_demo_recreates_its_board_and_keeps_real_boards() -> None:
    with servers.directory() as path:
        again = Demo(path, "--no-traffic")
        real = {name: value for name, value in again.environment.items() if name not in ("DATABASE_URL", "REDIS_URL")}
        real["WEB_CONCURRENCY"] = "1"
        servers.prepared("create", "A real gathering", "--code", CODE, environment=real)
        epochs, links = set(), []
        for _ in range(2):
            again.start()
            async with Attendee(again.url, CODE) as phone:
                epochs.add((await phone.snapshot())["epoch"])
                await phone.ask("Will this question be here tomorrow?")
                links.append(again.links["Moderator"].replace("localhost", "127.0.0.1"))
                opened = [(await phone.http.get(link)).status_code for link in links]
            assert again.stop() == 0
        assert opened == [404, 303], "the link of the first start opens nothing in the second"
        assert len(epochs) == 2, "or a page still open would mix the two"
        asked = [post["text"] for post in again.stored()["posts"]].count("Will this question be here tomorrow?")
        assert asked == 1
        untouched = json.loads(servers.prepared("export", CODE, environment=real).stdout)
        assert (untouched["board"]["title"], untouched["posts"]) == ("A real gathering", [])


def test_a_second_start_on_the_same_port_does_not_touch_the_first_database(quiet: Demo) -> None:
    before = (quiet.directory / "demo.db").stat().st_ino
    done = subprocess.run(quiet.command, env=quiet.environment, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"brilliance-board: Port {quiet.port} on 127.0.0.1 cannot be used (Address already in use). "
        "Choose another one with --port.\n"
    )
    assert (quiet.directory / "demo.db").stat().st_ino == before


# -- for hours -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hour", range(24))
def test_the_demo_always_shows_a_working_day(hour: int) -> None:
    now = datetime(2026, 11, 25, hour, 17, tzinfo=UTC)
    zone = demo_agenda.daytime_zone(now)
    local = [
        datetime.fromisoformat(s.starts_at or "").astimezone(ZoneInfo(zone)) for s in demo_agenda.shifted(EXAMPLE, zone, now)
    ]
    assert all(6 <= moment.hour <= 18 for moment in local)


def test_at_each_hour_a_session_runs_or_comes_soon() -> None:
    now = datetime(2026, 11, 25, 8, 17, tzinfo=UTC)
    sessions = demo_agenda.shifted(EXAMPLE, demo_agenda.daytime_zone(now), now)
    for _ in range(5 * 24 * 4):
        now += timedelta(minutes=15)
        moved = {session.id: session for session in demo_agenda.went_on(sessions, now)}
        sessions = [moved.get(session.id, session) for session in sessions]
        soon = demo_agenda.iso(now + timedelta(minutes=demo_agenda.BREAK_MINUTES))
        assert any((s.starts_at or "") <= soon and (s.ends_at or "") > demo_agenda.iso(now) for s in sessions), now
        assert len({session.starts_at for session in sessions}) == len(sessions), "and no two at once"


def test_the_simulated_room_never_runs_out_of_words() -> None:
    room = demo_room._Room(EXAMPLE, 1, "")
    for kind in ("card", "question"):
        room._left[kind] = []
        room._begin_again(kind)
        assert len(room._left[kind]) == len(EXAMPLE[f"{kind}s"]) + len(EXAMPLE[f"extra_{kind}s"])
        for post in room._left[kind][:20]:
            assert demo_board.post_body(kind, post)["text"]

"""A gathering of four days on a real server, by a clock that the test moves; and where a word can still be found."""

from __future__ import annotations

import asyncio
import gc
import io
import json
import logging
import types
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import create_engine, select

from board.data import schema
from board.web.context import Context
from tests import remains
from tests.inprocess import ServerByClock
from tests.people import Json, card, question
from tests.remains import has
from tests.visitors import Visitors

DAYS = 4
DAY_SECONDS = 24 * 3600
ANSWERS = 10
PERSON, WORD = "Zephyrine Quillon", "zephyrword"
"""The person who is erased at the end, and a word that only this person types."""

EXAMPLE: Json = json.loads(Path("board/command/example.json").read_text(encoding="utf-8"))


class Gathering:
    """The board, its staff, and a phone for each person. `people`: so many of the example, besides the one who leaves."""

    def __init__(self, server: ServerByClock, visit: Visitors, people: int, asked: int = ANSWERS) -> None:
        self.server, self.visit, self.asked = server, visit, asked
        first = datetime.fromtimestamp(server.clock.wall, UTC)
        last = datetime.fromtimestamp(server.clock.wall + (DAYS - 1) * DAY_SECONDS, UTC)
        self.title = EXAMPLE["board"]["title"]
        values = {"title": self.title, "code": "LAB-27", "time_zone": "Asia/Bangkok", "languages": ["en-XA", "en"]}
        made = visit.host(server).post(
            "/api/boards", json=values | {"starts_on": f"{first:%F}", "ends_on": f"{last:%F}", "teams": _teams()}
        )
        assert made.status_code == 201, made.text
        self.links = {name: value for name, value in made.json().items() if name.endswith("_url")}
        self.code, self.page, self.api = "LAB-27", "/b/LAB-27", "/api/b/LAB-27"
        self.organiser = visit.by_link(server, self.links["organise_url"])
        self.moderator = visit.by_link(server, self.links["moderate_url"])
        self.reader = visit.stranger(server)
        self.reader.get(self.page)
        self.roster: dict[str, Json] = {}
        self.phones: dict[str, httpx.Client] = {}
        for name, team in [(one["name"], one["team"]) for one in EXAMPLE["people"][:people]] + [(PERSON, "Jordan")]:
            self._come(name, team)
        self.session = self.done(self.organiser, "POST", "/sessions", {"title": "Heat", "speakers": [PERSON]})["session"]["id"]
        self.done(self.organiser, "PATCH", f"/sessions/{self.session}", {"questions": "open"})
        self.cards: list[Json] = []
        self.questions: list[Json] = []

    def _come(self, name: str, team: str) -> None:
        person = self.done(self.organiser, "POST", "/people", {"name": name, "team": team})["person"]
        phone = self.visit.stranger(self.server)
        phone.get(self.page)
        self.done(phone, "POST", "/join", {"person": person["id"]})
        self.roster[name], self.phones[name] = person, phone

    def done(self, who: httpx.Client, method: str, path: str, body: object = None) -> Json:
        answer = who.request(method, self.api + path, json={} if body is None else body)
        assert answer.is_success, f"{method} {path}: {answer.text}"
        found: Json = answer.json()
        return found

    @property
    def leaver(self) -> httpx.Client:
        return self.phones[PERSON]

    # -- four days -----------------------------------------------------------------------------------------------

    def go_through(self) -> None:
        """Everybody celebrates and asks on each day; a night goes by after it."""
        names = list(self.phones)
        for day in range(DAYS):
            for at, name in enumerate(names):
                other = names[(at + 1 + day % (len(names) - 1)) % len(names)]
                self._celebrate(name, other, EXAMPLE["cards"][(at * DAYS + day) % 150]["text"])
            for number in range(-(-self.asked // DAYS)):
                self._ask(names[number % (len(names) - 1)], EXAMPLE["questions"][(day * 9 + number) % 60]["text"])
            self._leave_words(day)
            self.server.clock.move(DAY_SECONDS)

    def _celebrate(self, by: str, to: str, text: str) -> Json:
        wanted = card(text, to=[{"person": self.roster[to]["id"]}])
        post: Json = self.done(self.phones[by], "POST", "/posts", wanted)["post"]
        self.cards.append(post)
        for name in list(self.phones)[:3]:
            self.done(self.phones[name], "PUT", f"/posts/{post['id']}/reactions/heart")
        return post

    def _ask(self, by: str, text: str) -> Json:
        post: Json = self.done(self.phones[by], "POST", "/posts", question(text, session=self.session))["post"]
        self.questions.append(post)
        return post

    def _leave_words(self, day: int) -> None:
        """The person who leaves says a word wherever there is a place for it, also where it is refused."""
        first, phone = next(iter(self.phones)), self.leaver
        self._celebrate(PERSON, first, f"You showed me {WORD} on day {day}.")
        self._celebrate(first, PERSON, f"{PERSON}, thank you for {WORD}.")
        asked = self._ask(PERSON, f"Where is {WORD} on day {day}?")
        back = self.done(phone, "POST", "/posts", question(f"I take {WORD} back"))["post"]
        self.done(phone, "PATCH", f"/posts/{back['id']}", {"state": "withdrawn"})
        self.done(phone, "PUT", f"/posts/{self.questions[0]['id']}/vote")
        owned = {"owner": {"person": self.roster[PERSON]["id"]}, "due": "2027-06-01"}
        self.done(self.moderator, "PATCH", f"/posts/{asked['id']}", owned)
        looked_up(phone, self.api)
        looked_up(self.moderator, self.api)
        assert not [answer for answer in refused(phone, self.api) if answer.status_code >= 500]

    # -- afterwards ----------------------------------------------------------------------------------------------

    def close(self) -> None:
        """No cards, no questions any more; the recap, the answers and who can help are open to everybody."""
        self.done(self.organiser, "PATCH", f"/sessions/{self.session}", {"questions": "closed"})
        opened = {"recap": True, "answers": True, "who": True}
        self.done(self.organiser, "PATCH", "", {"cards_open": False, "public": opened})

    def answer_ten(self) -> list[str]:
        """The oldest ones, in writing."""
        answers = [f"Answer {number}: the ministry pays, and {PERSON} says so." for number in range(ANSWERS)]
        for post, answer in zip(self.questions[:ANSWERS], answers, strict=True):
            self.done(self.moderator, "PATCH", f"/posts/{post['id']}", {"answered": True, "answer": answer})
        return answers

    def export(self, shape: str) -> bytes:
        answer = self.organiser.get(f"{self.api}/export", params={"format": shape})
        assert answer.status_code == 200, answer.text
        return answer.content

    def in_loop(self, make: Callable[[Context], Any]) -> None:
        """What a task of the server does once an hour, done now."""
        loop = self.server._uvicorn.servers[0].get_loop()
        asyncio.run_coroutine_threadsafe(make(self.context), loop).result(30)

    @property
    def url(self) -> str:
        """Of the database."""
        return self.context.settings.database_url

    @property
    def context(self) -> Context:
        found: Context = self.server.application.state.context
        return found


def looked_up(who: httpx.Client, api: str) -> None:
    """What stands in an address."""
    who.get(f"{api}/people", params={"q": WORD})
    who.get(f"{api}/similar", params={"text": f"Where is {WORD}?"})
    who.get(f"{api}/posts", params={"q": WORD})


def refused(who: httpx.Client, api: str) -> list[httpx.Response]:
    """Requests that are wrong, with the word in each part of them."""
    return [
        who.get(f"/{WORD}"),
        who.get(f"/b/{WORD}", headers={"User-Agent": WORD}),
        who.get(f"{api}/posts", params={"before": WORD}),
        who.get(f"{api}/{WORD}", headers={"Cookie": f"bb-device-x={WORD}", "Referer": f"http://{WORD}/"}),
        who.post(f"{api}/posts", json={"id": WORD, "kind": WORD, "text": WORD}),
        who.post(f"{api}/posts", content=f"{{ {WORD}", headers={"Content-Type": "application/json"}),
        who.request(WORD.upper(), api),
    ]


def _teams() -> list[str]:
    return [team if isinstance(team, str) else team["name"] for team in EXAMPLE["teams"]]


# -- where a word is -----------------------------------------------------------------------------------------------


def in_exports(found: dict[str, bytes], words: Sequence[str]) -> set[str]:
    """`found`: exports by their form. Files in a ZIP are unpacked."""
    return {f"export {shape}: {name}" for shape, content in found.items() for name, part in _parts(content) if has(part, words)}


def _parts(content: bytes) -> Iterator[tuple[str, bytes]]:
    if not content.startswith(b"PK"):
        yield "", content
        return
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for name in packed.namelist():
            yield name, name.encode() + packed.read(name)


def in_files(directory: Path, words: Sequence[str]) -> set[str]:
    """The database with its log, and whatever else the server writes, byte by byte."""
    return {f"file {path.name}" for path in directory.rglob("*") if path.is_file() and has(path.read_bytes(), words)}


def in_database(url: str, words: Sequence[str]) -> set[str]:
    if not url.startswith("sqlite"):
        return remains.in_postgresql(url, words)
    found = set[str]()
    engine = create_engine(url)
    with engine.connect() as connection:
        for name, table in schema.metadata.tables.items():
            for row in connection.execute(select(table)):
                found |= {f"table {name}.{column}" for column, value in row._mapping.items() if has(value, words)}
    engine.dispose()
    return found


def in_memory(root: object, words: Sequence[str]) -> set[str]:
    """All that is reachable from here, also what is packed: snapshots, frames, rows."""
    found, seen, waiting = set[str](), set[int](), [(type(root).__name__, root)]
    while waiting:
        path, one = waiting.pop()
        if id(one) in seen or isinstance(one, _NO_DATA):
            continue
        seen.add(id(one))
        if isinstance(one, str | bytes | bytearray | memoryview):
            if has(one, words) or (isinstance(one, bytes) and has(_unpacked(one), words)):
                found.add(f"memory {path}")
            continue
        for inner in gc.get_referents(one):
            waiting.append((f"{path}.{type(one).__name__}"[-200:], inner))
    return found


# Code, and what leads out of the server into the test.
_NO_DATA = (
    types.ModuleType,
    types.FunctionType,
    types.CodeType,
    types.FrameType,
    types.CoroutineType,
    types.BuiltinFunctionType,
    type,
    # Of a connection that is kept open its last request is there until the next one comes.
    asyncio.AbstractEventLoop,
    asyncio.BaseProtocol,
    asyncio.BaseTransport,
    logging.Logger,
    logging.Handler,
)


def _unpacked(content: bytes) -> bytes:
    for window in (31, -15):  # gzip, and messages of a socket
        try:
            return zlib.decompressobj(window).decompress(content)
        except zlib.error:
            continue
    return b""


class Log(logging.Handler):
    """All lines of all loggers, as a server writes them that logs as much as it can."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if not record.name.startswith(("httpx", "httpcore")):  # of the test itself
            self.lines.append(self.format(record))

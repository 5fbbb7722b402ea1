"""Whatever comes in, by whichever door: it is kept as it is, or refused in words. No door breaks, and nothing behind it."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import random
import re
import socket
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.async_api import expect
from starlette.requests import Request

from board.live.hub import Envelope
from board.model import requests
from board.model.models import BoardError
from board.process.settings import load
from board.transfer.imports.found import Given
from board.transfer.imports.reading import read
from board.web.access import Access
from tests import servers
from tests.beyond import OFF_THE_STAGE, OUTSIDE, SETTLED
from tests.browser.conftest import LAPTOP, PHONE, STAGE, Pages, browser, contexts, pages  # noqa: F401 (fixtures)
from tests.conftest import People
from tests.corpus import KEPT, TEXTS, Naughty
from tests.people import JSON, Attendee, card, encoded, question
from tests.room import Of, shows
from tests.servers import Server
from tests.test_cli import Here

FUZZ_SECONDS = (4.0, 600.0)
ANY = settings(deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(autouse=True)
def _server_is_well_afterwards(server: Server) -> Iterator[None]:
    """No door may break what is behind it."""
    before = len(server.log.read_text())
    yield
    assert httpx.get(f"{server.url}/readyz", timeout=servers.ANSWER_SECONDS).status_code == 200
    said = server.log.read_text()[before:]
    assert "Traceback" not in said
    assert "ERROR" not in said


@pytest.fixture(scope="module")
def board(server: Server) -> dict[str, str]:
    """One for all who come and go here."""
    return server.create()


@pytest.fixture
def here(server: Server, board: dict[str, str], people: Of) -> People:
    return people(server, board)


async def send(person: Attendee, method: str, path: str, value: object) -> httpx.Response:
    response = await person.http.request(method, person.api + path, content=encoded(value), headers=JSON)
    assert response.status_code < 500, response.text
    if response.status_code >= 400:
        problem = response.json()
        assert response.headers["content-type"] == "application/problem+json"
        assert len(problem["detail"]) > 10
    return response


# -- texts, by every door that takes one ---------------------------------------------------------------------------


@pytest.mark.parametrize("naughty", TEXTS.values(), ids=TEXTS)
async def test_a_text_is_stored_unchanged_or_refused_in_words(naughty: Naughty, here: People) -> None:
    author, reader = await here.attendee("Asha"), await here.attendee()
    live = await reader.live()
    await live.next()
    response = await send(author, "POST", "/posts", card(naughty.typed))
    if naughty.stored is None:
        assert response.status_code in (400, 413, 422)
        return
    assert response.status_code == 201, response.text
    post = response.json()["post"]
    assert post["text"] == naughty.stored
    heard = await live.until(shows(post))
    assert [shown["text"] for shown in heard["posts"]] == [naughty.stored]
    assert (await reader.get("/posts", kind="card")).json()["posts"][0]["text"] == naughty.stored


@pytest.mark.parametrize("naughty", TEXTS.values(), ids=TEXTS)
async def test_other_addresses_accept_the_text_or_explain_the_refusal(naughty: Naughty, here: People) -> None:
    typed = naughty.typed
    author, moderator = await here.attendee("Asha"), await here.moderator()
    asked = await author.ask()
    for method, path, value in (
        ("POST", "/join", {"name": typed, "team": typed}),
        ("POST", "/posts", question(typed)),
        ("POST", "/posts", card(to=[{"name": typed, "team": typed}])),
        ("POST", "/posts", card(to=[{"person": typed}])),
        ("POST", "/posts", card(theme=typed)),
        ("POST", "/posts", question(session=typed)),
        ("POST", "/posts", question(id=typed)),
        ("PATCH", f"/posts/{asked['id']}", {"text": typed}),
        ("PATCH", f"/posts/{asked['id']}", {"state": typed}),
    ):
        await send(author, method, path, value)
    for method, path, value in (
        ("PATCH", f"/posts/{asked['id']}", {"answer": typed, "reason": typed}),
        ("PATCH", f"/posts/{asked['id']}", {"session": typed}),
        ("POST", "/posts/bulk", {"ids": [typed], "state": "hidden"}),
        ("PUT", "/screen", {"scene": typed}),
        ("PUT", "/screen", {"scene": "spotlight", "post": typed}),
        ("PATCH", "", {"premoderate": typed}),
        ("POST", "/prepared", {"questions": [{"id": asked["id"], "text": "Who pays?"}]}),
        ("PATCH", f"/prepared/{asked['id']}", {"text": typed}),
        ("PATCH", f"/prepared/{asked['id']}", {"before": typed, "expect": {"text": typed}}),
        ("POST", f"/prepared/{asked['id']}/add", {"expect": {"text": typed}}),
        ("DELETE", f"/prepared/{asked['id']}", {}),
    ):
        await send(moderator, method, path, value)  # type: ignore[arg-type]
    printable = typed.encode("utf-8", "replace").decode()[:2000]
    part = quote(printable[:500], safe="")
    for query in ({"q": printable}, {"kind": printable}, {"before": printable}, {"author": printable}, {"session": printable}):
        assert (await moderator.http.get(f"{moderator.api}/posts", params=query)).status_code < 500
    for address in (f"/api/b/{part}", f"/b/{part}", f"/l/{part}", f"/static/x/{part}", f"/{part}"):
        answer = await author.http.get(address)
        assert answer.status_code in (200, 303, 404, 414, 400)


async def test_all_bad_texts_come_in_by_files_and_commands_and_out_again(here: People, tmp_path: Path) -> None:
    """In one file each, for a command takes a second to begin."""
    at = Here(tmp_path)
    code = at.create()["code"]
    people_file, agenda_file = tmp_path / "people.csv", tmp_path / "agenda.csv"
    typed = [naughty.typed.encode("utf-8", "ignore").decode() for naughty in TEXTS.values()]
    for file, columns, rows in (
        (people_file, ["name", "team"], [[text, text[:20]] for text in typed]),
        (agenda_file, ["title", "date", "start", "end"], [[text, "2026-11-23", "09:00", "10:00"] for text in typed]),
    ):
        with file.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows([columns, *rows])
    for command, file in (("import-people", people_file), ("import-agenda", agenda_file)):
        done = at.attempt(command, code, str(file))
        assert done.returncode in (0, 1), done.stderr
        assert "Traceback" not in done.stderr
    for shape in ("json", "csv", "xlsx", "html"):
        done = at.attempt("export", code, "--format", shape, "-o", str(tmp_path / f"out.{shape}"))
        assert done.returncode == 0, done.stderr
    for text in ("../../etc/passwd", 'a"; filename="x', "<script>", "\u202eboard", "=1+1", "", "x" * 5000):
        done = at.attempt("create", text)
        assert done.returncode in (0, 1, 2)
        assert "Traceback" not in done.stderr


async def test_exports_have_the_stored_texts_and_spreadsheets_run_no_formula_in_them(server: Server, people: Of) -> None:
    author = await people(server, server.create()).attendee("=HYPERLINK(1)")
    for naughty in KEPT.values():
        await author.celebrate(naughty.typed)
    exported = json.loads(server.run("export", author.code).stdout)
    assert {post["text"] for post in exported["posts"]} == {naughty.stored for naughty in KEPT.values()}
    cells = [
        cell for row in csv.reader(io.StringIO(server.run("export", author.code, "--format", "csv").stdout)) for cell in row
    ]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


# -- requests that are none ----------------------------------------------------------------------------------------

UUID = "0b8f8f52-6d0c-4a6b-8c5b-0e1c1d6f3a11"
Q = f'"id":"{UUID}","kind":"question"'

BODIES: dict[str, bytes] = {
    "nothing": b"",
    "a list": b"[]",
    "a string": b'"text"',
    "null": b"null",
    "lists in lists": b"[" * 8000,
    "objects in objects": b'{"a":' * 3000,
    "deep text": b"{" + Q.encode() + b',"text":' + b"[" * 500 + b"]" * 500 + b"}",
    "number of 4,301 digits": b"{" + Q.encode() + b',"text":' + b"9" * 4301 + b"}",
    "infinity": b"{" + Q.encode() + b',"text":Infinity}',
    "not a number": b"{" + Q.encode() + b',"text":NaN}',
    "1e400": b"{" + Q.encode() + b',"text":1e400}',
    "two documents": b"{" + Q.encode() + b',"text":"Is it one?"}{}',
    "a comment": b"{" + Q.encode() + b',"text":"Is it one?"/* no */}',
    "single quotes": b"{'kind':'question'}",
    "a byte order mark": b"\xef\xbb\xbf{" + Q.encode() + b',"text":"Is it one?"}',
    "UTF-16": ("{" + Q + ',"text":"Is it one?"}').encode("utf-16"),
    "overlong slash": b"{" + Q.encode() + b',"text":"abc \xc0\xaf def"}',
    "a surrogate in UTF-8": b"{" + Q.encode() + b',"text":"abc \xed\xa0\x80 def"}',
    "half a character": b"{" + Q.encode() + b',"text":"abc \xf0\x9f\x98',
    "a list for a text": b"{" + Q.encode() + b',"text":["Is it one?"]}',
    "null for a text": b"{" + Q.encode() + b',"text":null}',
    "true for a text": b"{" + Q.encode() + b',"text":true}',
    "an object for an id": b'{"id":{},"kind":"question","text":"Is it one?"}',
    "a number for an id": b'{"id":1,"kind":"question","text":"Is it one?"}',
    "no id": b'{"kind":"question","text":"Is it one?"}',
    "an empty id": b'{"id":"","kind":"question","text":"Is it one?"}',
    "10 KB of id": b'{"id":"' + b"a" * 10_000 + b'","kind":"question","text":"Is it one?"}',
    "an unknown kind": b'{"id":"' + UUID.encode() + b'","kind":"order","text":"Is it one?"}',
    "a role": b"{" + Q.encode() + b',"text":"Is it one?","role":"moderator"}',
    "a state": b"{" + Q.encode() + b',"text":"Is it one?","state":"visible"}',
    "votes": b"{" + Q.encode() + b',"text":"Is it one?","votes":99}',
    "a seq": b"{" + Q.encode() + b',"text":"Is it one?","seq":9223372036854775808}',
    "pinned": b"{" + Q.encode() + b',"text":"Is it one?","pinned":true}',
    "__proto__": b"{" + Q.encode() + b',"text":"Is it one?","__proto__":{"admin":true}}',
    "17 KB": b"{" + Q.encode() + b',"text":"' + b"x" * 17_000 + b'"}',
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
async def test_an_invalid_post_gets_a_refusal_in_words_and_is_not_stored(body: bytes, here: People) -> None:
    author = await here.attendee("Asha")
    before = (await author.snapshot())["seq"]
    for path in ("/posts", "/join"):
        response = await author.http.post(author.api + path, content=body, headers=JSON)
        assert response.status_code in (400, 413, 422), response.text
        assert response.headers["content-type"] == "application/problem+json"
    assert (await author.snapshot())["seq"] == before


async def test_the_last_of_two_values_for_one_name_counts(here: People) -> None:
    """There is one reader of JSON here, so nobody can be told apart by it."""
    author = await here.attendee("Asha")
    body = b"{" + Q.encode() + b',"text":"The first?","text":"The last?"}'
    response = await author.http.post(f"{author.api}/posts", content=body, headers=JSON)
    assert response.status_code == 201
    assert response.json()["post"]["text"] == "The last?"


REQUESTS: dict[str, tuple[str, set[int]]] = {
    "origin null": ("POST {api}/join HTTP/1.1\r\nHost: {host}\r\nOrigin: null\r\n{json}", {403}),
    "origin elsewhere": ("POST {api}/join HTTP/1.1\r\nHost: {host}\r\nOrigin: https://evil.example\r\n{json}", {403}),
    "origin that begins like ours": ("POST {api}/join HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}.evil\r\n{json}", {403}),
    "origin of another port": ("POST {api}/join HTTP/1.1\r\nHost: {host}\r\nOrigin: http://127.0.0.1:1\r\n{json}", {403}),
    "no host": ("GET /b/{code} HTTP/1.1\r\n\r\n", {400}),
    "an empty host": ("GET /b/{code} HTTP/1.1\r\nHost: \r\n\r\n", {200, 400}),
    "two hosts": ("GET /b/{code} HTTP/1.1\r\nHost: {host}\r\nHost: evil.example\r\n\r\n", {400}),
    "a host with a user": ("GET /b/{code} HTTP/1.1\r\nHost: a@evil.example\r\n\r\n", {400}),
    "a host with markup": ('GET /b/{code} HTTP/1.1\r\nHost: x"><script>alert(1)</script>\r\n\r\n', {400}),
    "a host with a policy": ("GET /b/{code} HTTP/1.1\r\nHost: x; script-src *\r\n\r\n", {400}),
    "a cookie of 8 KB": ("GET {api} HTTP/1.1\r\nHost: {host}\r\nCookie: bb-device=" + "x" * 8000 + "\r\n\r\n", {200, 431}),
    "200 cookies": ("GET {api} HTTP/1.1\r\nHost: {host}\r\nCookie: " + "a=b; " * 200 + "\r\n\r\n", {200, 400}),
    "a cookie of bytes": ("GET {api} HTTP/1.1\r\nHost: {host}\r\nCookie: \xff\xfe=\x80; =; ;;\r\n\r\n", {200, 400}),
    "2,000 headers": ("GET {api} HTTP/1.1\r\nHost: {host}\r\n" + "X: y\r\n" * 2000 + "\r\n", {200, 400, 431}),
    "10,000 ranges": (
        "GET /static/x/css/base.css HTTP/1.1\r\nHost: {host}\r\nRange: bytes=" + ",".join(["0-1"] * 1500) + "\r\n\r\n",
        {200, 206, 400, 416, 431},
    ),
    "a path upwards": ("GET /static/x/../../pyproject.toml HTTP/1.1\r\nHost: {host}\r\n\r\n", {404}),
    "an encoded path upwards": ("GET /static/x/%2e%2e/%2e%2e/pyproject.toml HTTP/1.1\r\nHost: {host}\r\n\r\n", {404}),
    "a path to nobody": ("GET //evil.example/ HTTP/1.1\r\nHost: {host}\r\n\r\n", {404}),
    "nul in a path": ("GET /b/%00 HTTP/1.1\r\nHost: {host}\r\n\r\n", {404}),
    "bytes in a path": ("GET /b/%ff%fe%c0%af HTTP/1.1\r\nHost: {host}\r\n\r\n", {404}),
    "8 KB of path": ("GET /b/" + "a" * 8000 + " HTTP/1.1\r\nHost: {host}\r\n\r\n", {404, 414}),
    "an absolute address": ("GET http://evil.example/b/{code} HTTP/1.1\r\nHost: {host}\r\n\r\n", {200, 400, 404}),
    "multipart": (
        "POST {api}/join HTTP/1.1\r\nHost: {host}\r\nContent-Type: multipart/form-data; boundary=x\r\n"
        "Content-Length: 5\r\n\r\n--x--",
        {415},
    ),
    "1 GB promised": (
        "POST {api}/join HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: 1073741824\r\n\r\n{{",
        {413},
    ),
    "a negative length": ("POST {api}/join HTTP/1.1\r\nHost: {host}\r\nContent-Length: -1\r\n\r\n", {400}),
    "two lengths": (
        "POST {api}/join HTTP/1.1\r\nHost: {host}\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{{}}",
        {400, 415},
    ),
    "a length and chunks": (
        "POST {api}/join HTTP/1.1\r\nHost: {host}\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        {400, 415},
    ),
    "a chunk of 4 GB": (
        "POST {api}/join HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
        "Transfer-Encoding: chunked\r\n\r\nffffffff\r\n" + "x" * 20_000,
        {413},
    ),
    "HTTP/1.0": ("GET /healthz HTTP/1.0\r\n\r\n", {200}),
    "HTTP/9.9": ("GET /healthz HTTP/9.9\r\n\r\n", {200, 400, 505}),
    "no such method": ("BREW /healthz HTTP/1.1\r\nHost: {host}\r\n\r\n", {400, 405}),
    "a change by GET": ("GET {api}/join HTTP/1.1\r\nHost: {host}\r\n\r\n", {405}),
    "another method by header": (
        "GET {api} HTTP/1.1\r\nHost: {host}\r\nX-HTTP-Method-Override: DELETE\r\n\r\n",
        {200},
    ),
    "forwarded for": ("GET {api} HTTP/1.1\r\nHost: {host}\r\nX-Forwarded-For: 1.2.3.4, ::1, x\r\n\r\n", {200}),
}


@pytest.mark.parametrize(("head", "expected"), REQUESTS.values(), ids=REQUESTS)
async def test_a_malformed_request_gets_an_ordinary_answer(head: str, expected: set[int], server: Server, here: People) -> None:
    author = await here.attendee()
    host = f"{server.host}:{server.port}"
    filled = (
        head.replace("{{", "{")
        .replace("}}", "}")
        .replace("{api}", author.api)
        .replace("{code}", author.code)
        .replace("{host}", host)
        .replace("{json}", "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")
    )
    answer = await asyncio.to_thread(raw, server, filled.encode("latin-1"))
    status = int(answer.split(b" ", 2)[1])
    assert status in expected, answer[:300]
    assert b"evil.example" not in answer.replace(b"ws://a@evil.example", b"") or status == 200
    assert not re.search(rb"(?i)^location: *(//|https?://evil)", answer, re.M)
    if b"content-type: text/html" in answer:
        assert b"<script>alert" not in answer


def raw(server: Server, request: bytes, seconds: float = 3.0) -> bytes:
    """What comes back until it is quiet."""
    with socket.create_connection((server.host, server.port), seconds) as connection:
        connection.settimeout(seconds)
        received = b""
        try:
            connection.sendall(request)
            while b"\r\n\r\n" not in received:
                if not (data := connection.recv(65_536)):
                    break
                received += data
        except (TimeoutError, ConnectionError):
            pass
        return received


# -- parsers -------------------------------------------------------------------------------------------------------


def values(numbers: st.SearchStrategy[int], words: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    return st.recursive(
        st.none() | st.booleans() | numbers | st.floats() | words,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
        max_leaves=12,
    )


JSON_VALUES = values(st.integers(), st.text(max_size=20))
PACKABLE = values(st.integers(-(2**63), 2**64 - 1), st.text(st.characters(codec="utf-8"), max_size=20))
SHAPES: list[Any] = [
    requests.Join,
    requests.Edit,
    requests.Moderation,
    requests.Bulk,
    requests.NewScreen,
    requests.BoardChange,
    requests.SessionChange,
    requests.Applied,
]
FIELDS = st.sampled_from(
    sorted({field for shape in SHAPES for field in shape.__struct_fields__} | {"id", "kind", "to", "text"})
)


def only_refuses(parse: Callable[[], object]) -> None:
    try:
        parse()
    except BoardError as refusal:
        if refusal.status >= 500:
            raise


@ANY
@given(st.binary(max_size=300) | JSON_VALUES.map(encoded) | st.dictionaries(FIELDS, JSON_VALUES, max_size=5).map(encoded))
def test_any_body_is_parsed_or_refused(body: bytes) -> None:
    only_refuses(lambda: requests.parse_post(body))
    for shape in SHAPES:
        only_refuses(lambda shape=shape: requests.parse(body, shape))  # type: ignore[misc]


@ANY
@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_file_is_read_as_a_table_or_refused(data: bytes) -> None:
    for kind in ("people", "agenda"):
        only_refuses(lambda kind=kind: read(kind, data, Given()))  # type: ignore[misc]
        only_refuses(lambda kind=kind: read(kind, b"name,title\n" + data, Given()))  # type: ignore[misc]


@ANY
@given(st.binary(max_size=200) | PACKABLE.map(msgspec.msgpack.encode))
def test_any_message_of_the_bus_is_parsed_or_refused(data: bytes) -> None:
    with suppress(msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        msgspec.msgpack.decode(data, type=Envelope)


@ANY
@given(value=st.text(st.characters(codec="latin-1"), max_size=100))
def test_a_random_cookie_identifies_no_phone(tmp_path_factory: pytest.TempPathFactory, value: str) -> None:
    access = _access(tmp_path_factory)
    scope = {"type": "http", "method": "GET", "path": "/", "headers": [(b"cookie", f"bb-device={value}".encode("latin-1"))]}
    assert access.device(Request(scope | {"scheme": "http", "server": ("x", 80), "query_string": b""})) is None


_made: list[Access] = []


def _access(paths: pytest.TempPathFactory) -> Access:
    if not _made:
        _made.append(Access(load({"BOARD_DATA_DIR": str(paths.mktemp("access"))})))
    return _made[0]


@ANY
@given(st.text(max_size=60), st.sampled_from([requests.post_id, lambda value: requests.microseconds(value, "since")]))
def test_any_id_or_time_is_parsed_or_refused(value: str, parse: Callable[[str], object]) -> None:
    only_refuses(lambda: parse(value))


# -- mutations -----------------------------------------------------------------------------------------------------


def test_requests_and_frames_with_changed_bytes_break_nothing(server: Server, long: bool) -> None:
    """From a seed that is printed with a failure: change, cut, double, swap bytes of what is right."""
    seed = random.randrange(10**9)
    dice = random.Random(seed)
    code = server.create()["code"]
    cookie = httpx.get(f"{server.url}/b/{code}").headers["set-cookie"].split(";")[0]
    host = f"{server.host}:{server.port}"
    seeds = [request.encode() for request in right_requests(code, cookie, host)]
    end, sent = time.monotonic() + FUZZ_SECONDS[long], 0
    while time.monotonic() < end:
        wrong = dice.choice(seeds)
        for _ in range(dice.choice((1, 1, 2, 4, 16))):
            wrong = mutated(dice, wrong, seeds)
        answer = raw(server, wrong, 0.05)
        assert not answer.startswith(b"HTTP/1.1 5"), (seed, sent, wrong, answer)
        sent += 1
        if sent % 200 == 0:
            assert httpx.get(f"{server.url}/healthz", timeout=servers.ANSWER_SECONDS).status_code == 200, (seed, sent, wrong)
    assert sent > 20


def right_requests(code: str, cookie: str, host: str) -> Iterator[str]:
    post = json.dumps(question(text="Is this right?"))
    for method, path, body in (
        ("GET", "", ""),
        ("POST", "/join", '{"name":"Asha","team":null}'),
        ("POST", "/posts", post),
        ("POST", "/posts", json.dumps(card())),
        ("PUT", f"/posts/{uuid.uuid4()}/vote", ""),
        ("GET", "/posts?kind=question&limit=5", ""),
        ("GET", "/mine", ""),
        ("GET", "/events?after=0&epoch=x", ""),
    ):
        yield (
            f"{method} /api/b/{code}{path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nOrigin: http://{host}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        )
    upgrade = (
        f"GET /api/b/{code}/live?after=0 HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    yield upgrade
    yield upgrade + "\x01\x05\x00\x00\x00\x00hello" + "\x09\x00"


def mutated(dice: random.Random, right: bytes, others: list[bytes]) -> bytes:
    at = dice.randrange(len(right) + 1)
    span = right[at : at + dice.randint(1, 30)]
    kind = dice.randrange(6)
    if kind == 0:
        return right[:at] + bytes([dice.randrange(256)]) + right[at + 1 :]
    if kind == 1:
        return right[:at] + right[at + len(span) :]
    if kind == 2:
        return right[:at] + span * dice.choice((2, 3, 50)) + right[at:]
    if kind == 3:
        return (
            right[:at] + dice.choice((b"\r\n", b"\x00", b"\xff" * 8, b"%00", b'"', b"{", b"[" * 100, b"9" * 400)) + right[at:]
        )
    if kind == 4:
        other = dice.choice(others)
        return right[:at] + other[dice.randrange(len(other)) :]
    return right[:at]


# -- all of them on the screen at once -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
async def crowded(server: Server) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """A board with all texts as cards, and the questions among them."""
    board = server.create("<b>Lab</b> \u202e{{7*7}} ﷽")
    async with Attendee(server.url, board["code"]) as author:
        await author.join("Аdmin <i>\u0301", "=1+1")
        wanted = [naughty for naughty in KEPT.values() if naughty.stored and len(naughty.stored) < 3000]
        for naughty in wanted:
            await author.celebrate(naughty.typed, to=[{"name": (naughty.stored or "").split("\n")[0][:40] or "x"}])
        return board, [await author.ask(naughty.typed) for naughty in wanted if len(naughty.typed) <= 280]


@pytest.mark.parametrize(
    ("page_of", "viewport", "names"),
    [
        ("screen_url", STAGE, ".wall [data-id], .questions [data-id]"),
        ("join_url", PHONE, ".card, .question"),
        ("moderate_url", LAPTOP, ".row"),
    ],
    ids=["screen", "phone", "desk"],
)
async def test_a_page_with_all_bad_texts_keeps_its_layout(
    page_of: str,
    viewport: dict[str, int],
    names: str,
    server: Server,
    pages: Pages,  # noqa: F811
    people: Of,
    crowded: tuple[dict[str, str], list[dict[str, Any]]],
) -> None:
    board, asked = crowded
    moderator = await people(server, board).moderator()
    await moderator.send("PUT", "/screen", {"scene": "cards"})
    page = await pages.open(board[page_of], viewport)
    if page_of == "moderate_url":
        await page.locator('[data-tab="board"]:visible').first.click()
    await page.locator(names).first.wait_for()
    await page.wait_for_function(SETTLED, polling=50)
    assert await page.evaluate(OUTSIDE, names) == []
    if page_of == "screen_url":
        await moderator.send("PUT", "/screen", {"scene": "questions"})
        await page.locator(".questions [data-id]:visible").first.wait_for()
        await page.wait_for_function(SETTLED, polling=50)
        assert await page.evaluate(OUTSIDE, names) == []
        for post in asked[::6]:
            await moderator.send("PUT", "/screen", {"scene": "spotlight", "post": post["id"]})
            await page.locator(f'.spotlight [data-id="{post["id"]}"]').wait_for()
            await page.wait_for_function(SETTLED, polling=50)
            assert not await page.evaluate(OFF_THE_STAGE, post["id"]), post["text"]
    assert (
        await page.evaluate(
            "() => document.querySelectorAll('script:not([src]):not([type]), iframe:not(.shot-in), [onerror]').length"
        )
        == 0
    )
    assert await page.evaluate("() => window.__proto__.admin") is None


@pytest.mark.parametrize("half", [0, 1])
async def test_the_words_on_the_phone_are_the_words_that_were_sent(
    half: int,
    server: Server,
    pages: Pages,  # noqa: F811
    people: Of,
) -> None:
    board = server.create()
    author = await people(server, board).attendee("Asha")
    wanted = [naughty.stored for naughty in KEPT.values() if naughty.stored and len(naughty.stored) < 300][half::2]
    for text in wanted:
        await author.ask(text)
    page = await pages.open(board["join_url"])
    await page.get_by_role("tab", name="Ask").or_(page.get_by_role("button", name="Ask")).first.click()
    await expect(page.locator("[data-id]")).to_have_count(len(wanted))
    shown = await page.evaluate("() => [...document.querySelectorAll('[data-id]')].map((row) => row.textContent)")
    assert [text for text in wanted if not any(text in row for row in shown)] == []

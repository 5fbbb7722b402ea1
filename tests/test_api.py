"""HTTP as an outsider calls it: every call, every refusal, on a real server."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
import sqlite3
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from board.actions import lifecycle, staff_links
from tests import boards
from tests.conftest import People
from tests.inprocess import ServerByClock, by_clock
from tests.people import JSON, Attendee, Json, Moderator, Person, card, question
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]

PUBLIC_FIELDS = {"id", "kind", "seq", "created_at", "author", "text", "pinned"}
CARD_FIELDS = PUBLIC_FIELDS | {"to", "reactions"}
QUESTION_FIELDS = PUBLIC_FIELDS | {"votes", "answered"}
NOBODY = "0" * 32


async def new_board(server: Server, **fields: Any) -> dict[str, str]:
    """A board with two sessions and a person on the roster, and its links. Much faster than by command line."""
    async with boards.opened(f"sqlite:///{server.directory / 'board.db'}") as store:
        board_id, code = await store.write_any(
            lambda connection: lifecycle.new_board(connection, store.now(), "Innovation Lab", **fields)
        )
        for session in ("osh-1", "osh-2"):
            await boards.new_session(store, board_id, session)
        await boards.new_person(store, board_id, "nadia", "Nadia Rahman", "Bangladesh")
        tokens = await store.write(board_id, staff_links.new_links)
    return {"code": code} | {f"{role}_url": f"{server.url}/l/{token}" for role, token in tokens.items()}


@pytest.fixture
async def board(server: Server) -> dict[str, str]:
    board = await new_board(server)
    return board | {"moderate_url": board["moderator_url"]}


@pytest.fixture
def here(server: Server, board: dict[str, str], people: Of) -> People:
    return people(server, board)


@pytest.fixture
async def asha(here: People) -> Attendee:
    return await here.attendee("Asha", "Sri Lanka")


@pytest.fixture
async def leo(here: People) -> Attendee:
    return await here.attendee("Leo", "Jordan")


@pytest.fixture
async def mira(here: People) -> Moderator:
    return await here.moderator()


def refusal(response: httpx.Response, status: int, field: str | None = None) -> Json:
    """The answer is this refusal, in the form of RFC 9457 and in words that people can read."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    problem: Json = response.json()
    assert problem["status"] == status
    assert problem["type"].startswith("urn:brilliance-board:")
    assert problem["title"]
    assert re.fullmatch(r"[^$`{}]{10,}[.?]", problem["detail"]), problem["detail"]
    assert problem.get("field") == field
    return problem


def ids(posts: list[Json]) -> list[str]:
    return [post["id"] for post in posts]


async def shown(person: Person) -> dict[str, Json]:
    """The posts of a fresh snapshot, by id."""
    return {post["id"]: post for post in (await person.snapshot())["posts"]}


async def own(person: Person) -> list[Json]:
    posts: list[Json] = (await person.get("/mine")).json()["posts"]
    return posts


# -- the snapshot --------------------------------------------------------------------------------------------------


async def test_the_snapshot_is_the_whole_board(asha: Attendee, board: dict[str, str]) -> None:
    celebrated, asked = await asha.celebrate(theme="Training"), await asha.ask(session="osh-1")
    snapshot = await asha.snapshot()
    names = {"now", "epoch", "seq", "board", "sessions", "themes", "teams", "screen", "totals", "posts", "more"}
    assert set(snapshot) == names
    assert snapshot["board"]["code"] == board["code"]
    assert ids(snapshot["posts"]) == [asked["id"], celebrated["id"]]
    assert [session["id"] for session in snapshot["sessions"]] == ["osh-1", "osh-2"]
    assert snapshot["screen"]["scene"] == "cards"
    assert snapshot["more"] is False
    assert snapshot["seq"] == max(post["seq"] for post in snapshot["posts"])


async def test_everybody_sees_the_public_fields_of_a_post_and_moderators_its_state(asha: Attendee, mira: Moderator) -> None:
    await asha.celebrate(theme="Training")
    await asha.ask(session="osh-1", anonymous=True)
    asked, celebrated = (await asha.snapshot())["posts"]
    assert set(celebrated) == CARD_FIELDS | {"theme"}
    assert set(asked) == QUESTION_FIELDS | {"session"}
    assert celebrated["author"] == {"name": "Asha", "team": "Sri Lanka"}
    assert asked["author"] is None
    for public, moderators in zip((asked, celebrated), (await mira.snapshot(feed="moderate"))["posts"], strict=True):
        assert moderators.pop("state") == "visible"
        assert re.fullmatch("[0-9a-f]{32}", moderators.pop("participant"))
        assert moderators == public


async def test_moderators_cannot_see_the_author_of_an_anonymous_post(asha: Attendee, mira: Moderator) -> None:
    await asha.ask(anonymous=True)
    await asha.ask()
    named, anonymous = (await mira.snapshot(feed="moderate"))["posts"]
    assert named["participant"] != anonymous["participant"]
    assert anonymous["author"] is None


async def test_an_unchanged_snapshot_is_not_sent_again(asha: Attendee, mira: Moderator) -> None:
    first = await asha.get()
    tag = {"If-None-Match": first.headers["etag"]}
    same = await asha.http.get(asha.api, headers=tag)
    assert (same.status_code, same.content) == (304, b"")
    assert same.headers["etag"] == first.headers["etag"]
    moderators = await mira.http.get(mira.api, params={"feed": "moderate"}, headers=tag)
    assert moderators.status_code == 200  # one audience's tag says nothing of the other's
    posted = await asha.ask()
    changed = await asha.http.get(asha.api, headers=tag)
    assert changed.status_code == 200
    assert ids(changed.json()["posts"]) == [posted["id"]]
    assert changed.headers["etag"] != first.headers["etag"]


async def test_the_snapshot_is_compressed_for_clients_that_accept_it(asha: Attendee) -> None:
    for number in range(5):
        await asha.ask(f"Who pays for training number {number}?")
    request = asha.http.build_request("GET", asha.api, headers={"Accept-Encoding": "br, gzip"})
    packed = await asha.http.send(request, stream=True)
    raw = b"".join([chunk async for chunk in packed.aiter_raw()])
    assert packed.headers["content-encoding"] == "gzip"
    plain = await asha.http.get(asha.api, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(raw) == plain.content
    assert len(raw) < len(plain.content) / 2
    for response in (packed, plain):
        assert {"Accept-Encoding", "Cookie"} <= set(re.split(", *", response.headers["vary"]))
        assert response.headers["cache-control"] == "no-store"


async def test_a_board_code_works_in_upper_and_lower_case(asha: Attendee, server: Server, board: dict[str, str]) -> None:
    posted = await asha.ask()
    response = await asha.http.get(f"/api/b/{board['code'].lower()}")
    assert ids(response.json()["posts"]) == [posted["id"]]


async def test_reading_a_board_creates_no_participant(here: People) -> None:
    visitor = await here.attendee()
    for path in ("", "/posts", "/mine"):
        response = await visitor.get(path)
        assert response.status_code == 200
    mine = (await visitor.get("/mine")).json()
    assert mine == {
        "cookie": True, "roster": True, "muted": False, "participant": None, "posts": [], "votes": [], "reactions": {}
    }  # fmt: skip


# -- participants --------------------------------------------------------------------------------------------------


async def test_joining_names_the_participant_of_a_signed_cookie(here: People) -> None:
    phone = await here.attendee()
    cookie = (await phone.get()).headers["set-cookie"].lower()
    response = await phone.send("POST", "/join", {"name": "  Asha  ", "team": "Sri Lanka"})
    participant = response.json()["participant"]
    assert response.status_code == 200
    assert "set-cookie" not in response.headers
    assert (participant["name"], participant["team"]) == ("Asha", "Sri Lanka")
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    again = await phone.join("Asha Perera")
    assert again == {"id": participant["id"], "name": "Asha Perera", "team": None}
    assert (await phone.get("/mine")).json()["participant"] == again


@pytest.mark.parametrize("path", ["", "/posts", "/mine", "/people?q=a", "/similar?text=Who"])
async def test_every_reading_call_sets_a_missing_cookie_and_keeps_an_existing_one(here: People, path: str) -> None:
    phone = await here.attendee()
    assert "bb-device-" in (await phone.http.get(phone.api + path)).headers["set-cookie"]
    assert "set-cookie" not in (await phone.http.get(phone.api + path)).headers


async def test_a_client_without_its_cookie_writes_nothing_and_the_refusal_says_what_to_do(
    asha: Attendee, here: People, server: Server
) -> None:
    asked, thanked = await asha.ask(), await asha.celebrate()
    writes: list[tuple[str, str, object]] = [
        ("POST", "/join", {"name": "Dara"}),
        ("POST", "/posts", card()),
        ("POST", "/posts", question()),
        ("PATCH", f"/posts/{asked['id']}", {"text": "Who pays now?"}),
        ("PATCH", f"/posts/{asked['id']}", {"state": "withdrawn"}),
        ("PATCH", f"/posts/{asked['id']}", {"state": "hidden"}),
        *((method, f"/posts/{asked['id']}/vote", {}) for method in ("PUT", "DELETE")),
        *((method, f"/posts/{thanked['id']}/reactions/clap", {}) for method in ("PUT", "DELETE")),
        ("PUT", "/screen", {"scene": "cards"}),
        ("PATCH", "", {"frozen": True}),
        ("POST", "/posts/bulk", {"ids": [asked["id"]], "state": "hidden"}),
        ("PUT", f"/participants/{'0' * 32}/mute", {}),
    ]
    before = await asha.snapshot()
    async with httpx.AsyncClient(base_url=server.url) as nobody:
        for method, path, body in writes:
            problem = refusal(await nobody.request(method, asha.api + path, json=body), 403)
            assert problem["code"] == "no-cookie", (method, path)
            nobody.cookies.clear()
        assert "Allow cookies for this site" in refusal(await nobody.post(f"{asha.api}/posts", json=card()), 403)["detail"]
    after = await asha.snapshot()
    assert (after["seq"], after["posts"]) == (before["seq"], before["posts"])
    assert "set-cookie" not in (await asha.send("PUT", f"/posts/{asked['id']}/vote")).headers


async def test_a_moderator_with_only_the_staff_cookie_can_moderate(mira: Moderator, asha: Attendee) -> None:
    asked = await asha.ask()
    for name in [name for name in mira.http.cookies if "device" in name]:
        mira.http.cookies.delete(name)
    assert (await mira.moderate(asked, state="hidden")).status_code == 200
    assert refusal(await mira.send("PATCH", f"/posts/{asked['id']}", {"text": "Mine now"}), 403)["code"] == "no-cookie"


async def test_a_forged_cookie_identifies_nobody(asha: Attendee, here: People) -> None:
    posted = await asha.ask()
    thief = await here.attendee()
    name, value = asha.cookie.split("=", 1)
    thief.http.cookies.set(name, value[:-3] + ("aaa" if not value.endswith("aaa") else "bbb"))
    assert (await thief.get("/mine")).json()["participant"] is None
    refusal(await thief.send("PATCH", f"/posts/{posted['id']}", {"state": "withdrawn"}), 403)


async def test_a_phone_has_different_participant_ids_on_two_boards(asha: Attendee, server: Server, people: Of) -> None:
    """Or two boards could be laid side by side."""
    other = await people(server, await new_board(server)).attendee()
    other.http.cookies = asha.http.cookies
    here = (await asha.join("Asha"))["id"]
    assert (await other.get("/mine")).json()["participant"] is None
    assert (await other.join("Asha"))["id"] != here


# -- posting -------------------------------------------------------------------------------------------------------


async def test_a_new_post_is_answered_with_the_post_and_its_state(asha: Attendee) -> None:
    wanted = card("  You taught me to measure heat.  ", to=[{"person": "nadia"}, {"name": "Omar"}], theme="Teamwork")
    response = await asha.send("POST", "/posts", wanted)
    post = response.json()["post"]
    assert response.status_code == 201
    assert set(post) == CARD_FIELDS | {"theme", "state"}
    assert (post["id"], post["state"], post["text"]) == (wanted["id"], "visible", "You taught me to measure heat.")
    assert post["to"] == [{"name": "Nadia Rahman", "team": "Bangladesh", "person": "nadia"}, {"name": "Omar"}]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", post["created_at"])


async def test_the_same_post_sent_twice_is_stored_once(asha: Attendee) -> None:
    wanted = card()
    first, second = await asha.send("POST", "/posts", wanted), await asha.send("POST", "/posts", wanted)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    snapshot = await asha.snapshot()
    assert ids(snapshot["posts"]) == ids(await own(asha)) == [wanted["id"]]
    assert snapshot["seq"] == first.json()["post"]["seq"]


async def test_the_same_post_sent_many_times_at_once_is_stored_once(asha: Attendee) -> None:
    wanted = question()
    answers = await asyncio.gather(*(asha.send("POST", "/posts", wanted) for _ in range(10)))
    assert sorted(answer.status_code for answer in answers) == [200] * 9 + [201]
    assert ids((await asha.snapshot())["posts"]) == [wanted["id"]]


async def test_an_id_in_use_is_refused_for_other_content_and_to_other_people(asha: Attendee, leo: Attendee) -> None:
    wanted = question()
    await asha.send("POST", "/posts", wanted)
    for body in (wanted | {"text": "Something else?"}, wanted | {"session": "osh-1"}, card(id=wanted["id"])):
        refusal(await asha.send("POST", "/posts", body), 409)
    stranger = refusal(await leo.send("POST", "/posts", wanted), 409)
    assert "post" not in stranger
    assert (await shown(leo))[wanted["id"]]["text"] == wanted["text"]
    assert await own(leo) == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": " \n "}, "text"),
        ({"text": "ab"}, "text"),
        ({"text": "x" * 281}, "text"),
        ({"text": "a\u0000b c"}, "text"),
        ({"text": "bell \u0007 rings"}, "text"),
        ({"text": "half a pair \ud83d"}, "text"),
        ({"text": 12345}, "text"),
        ({"text": None}, "text"),
        ({"text": ["thank you"]}, "text"),
        ({"id": "1"}, "id"),
        ({"id": 1}, "id"),
        ({"kind": "song"}, "kind"),
        ({"anonymous": "false"}, "anonymous"),
        ({"anonymous": 0}, "anonymous"),
        ({"anonymous": None}, "anonymous"),
        ({"to": []}, "to"),
        ({"to": [{"name": f"Guest {number}"} for number in range(6)]}, "to"),
        ({"to": [{"name": "x" * 61}]}, "to"),
        ({"to": [{"team": "Jordan"}]}, "to"),
        ({"to": [{"person": "nobody"}]}, "to"),
        ({"to": [{"person": "nadia", "name": "Nadia"}]}, "to"),
        ({"to": [{"name": "Nadia", "phone": "123"}]}, "to"),
        ({"to": "Nadia"}, "to"),
        ({"to": [{"name": "asha", "team": "Sri Lanka"}]}, "to"),
        ({"theme": "Astrology"}, "theme"),
        ({"theme": 1}, "theme"),
        ({"session": "osh-1"}, "session"),
        ({"state": "visible"}, "state"),
        ({"participant": NOBODY}, "participant"),
        ({"votes": 100}, "votes"),
    ],
    ids=lambda value: json.dumps(value)[:40] if isinstance(value, dict) else "",
)
async def test_a_card_with_one_wrong_field_is_refused_by_its_name(asha: Attendee, change: Json, field: str) -> None:
    refusal(await asha.send("POST", "/posts", card() | change), 422, field)
    assert (await asha.snapshot())["posts"] == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": "x" * 301}, "text"),
        ({"session": "lunch"}, "session"),
        ({"session": 1}, "session"),
        ({"to": [{"name": "Nadia"}]}, "to"),
        ({"theme": "Training"}, "theme"),
    ],
    ids=lambda value: json.dumps(value)[:40] if isinstance(value, dict) else "",
)
async def test_a_question_with_one_wrong_field_is_refused_by_its_name(asha: Attendee, change: Json, field: str) -> None:
    refusal(await asha.send("POST", "/posts", question() | change), 422, field)
    assert (await asha.snapshot())["posts"] == []


@pytest.mark.parametrize("field", ["id", "kind", "to", "text"])
async def test_a_card_without_a_field_it_needs_is_refused_by_its_name(asha: Attendee, field: str) -> None:
    wanted = card()
    del wanted[field]
    refusal(await asha.send("POST", "/posts", wanted), 422, field)


async def test_length_is_counted_as_people_see_it(asha: Attendee) -> None:
    async def send(text: str) -> httpx.Response:
        content = json.dumps(card(text), ensure_ascii=False).encode()
        return await asha.http.post(f"{asha.api}/posts", content=content, headers=JSON)

    family = "👩‍👩‍👧‍👦"
    most = await send(family * 280)
    assert most.status_code == 201
    assert most.json()["post"]["text"] == family * 280
    assert "281" in refusal(await send(family * 281), 422, "text")["detail"]


async def test_a_board_can_require_names(server: Server, people: Of) -> None:
    board = await new_board(server, names="required", anonymous=False)
    phone = await people(server, board).attendee()
    refusal(await phone.send("POST", "/join", {}), 422, "name")
    refusal(await phone.send("POST", "/posts", question()), 422, "name")
    await phone.join("Asha")
    refusal(await phone.send("POST", "/posts", question(anonymous=True)), 422, "anonymous")
    assert (await phone.ask())["author"] == {"name": "Asha", "team": None}


# -- what is refused whatever it is for ----------------------------------------------------------------------------


@pytest.mark.parametrize("body", [b"", b"{", b"thank you", b"\xff\xfe", b'{"id": 1} {}', b"[" * 5000])
async def test_a_body_that_is_not_json_is_refused(asha: Attendee, body: bytes) -> None:
    refusal(await asha.http.post(f"{asha.api}/posts", content=body, headers=JSON), 400)


@pytest.mark.parametrize("body", [b"[]", b"null", b'"text"', b"1"])
async def test_json_of_another_shape_is_refused(asha: Attendee, body: bytes) -> None:
    refusal(await asha.http.post(f"{asha.api}/posts", content=body, headers=JSON), 422)


@pytest.mark.parametrize("content_type", [None, "text/plain", "application/x-www-form-urlencoded", "application/jsonp"])
async def test_only_json_is_taken(asha: Attendee, content_type: str | None) -> None:
    """A form on any page of the web can send the others, with the cookie."""
    headers = {"Content-Type": content_type} if content_type else {}
    content = json.dumps(question()).encode()
    refusal(await asha.http.post(f"{asha.api}/posts", content=content, headers=headers), 415)
    assert (await asha.snapshot())["posts"] == []


async def test_json_may_declare_its_character_set(asha: Attendee) -> None:
    headers = {"Content-Type": "Application/JSON; charset=utf-8"}
    response = await asha.http.post(f"{asha.api}/posts", content=json.dumps(question()).encode(), headers=headers)
    assert response.status_code == 201


async def test_a_request_has_at_most_16_kib(asha: Attendee) -> None:
    async def send(size: int, chunked: bool = False) -> httpx.Response:
        body = json.dumps(question()).encode().ljust(size)

        async def chunks() -> AsyncIterator[bytes]:
            for start in range(0, size, 4096):
                yield body[start : start + 4096]

        return await asha.http.post(f"{asha.api}/posts", content=chunks() if chunked else body, headers=JSON)

    for chunked in (False, True):
        assert (await send(16 * 1024, chunked)).status_code == 201
        refusal(await send(16 * 1024 + 1, chunked), 413)
    assert len((await asha.snapshot())["posts"]) == 2


@pytest.mark.parametrize(
    "origin", ["https://elsewhere.example", "null", "http://127.0.0.1:1", "https://{host}", "http://{host}.evil.example"]
)
async def test_a_page_of_another_origin_cannot_write(asha: Attendee, mira: Moderator, server: Server, origin: str) -> None:
    headers = JSON | {"Origin": origin.format(host=f"127.0.0.1:{server.port}")}
    asked = await asha.ask()
    refusal(await asha.http.post(f"{asha.api}/posts", content=json.dumps(question()), headers=headers), 403)
    refusal(await asha.http.put(f"{asha.api}/posts/{asked['id']}/vote", headers=headers), 403)
    hide = json.dumps({"state": "hidden"})
    refusal(await mira.http.patch(f"{mira.api}/posts/{asked['id']}", content=hide, headers=headers), 403)
    assert [post["votes"] for post in (await shown(asha)).values()] == [0]


async def test_a_page_of_this_origin_can_write(asha: Attendee, server: Server) -> None:
    headers = JSON | {"Origin": server.url}
    response = await asha.http.post(f"{asha.api}/posts", content=json.dumps(question()), headers=headers)
    assert response.status_code == 201


@pytest.mark.parametrize("code", ["NOWHERE", "abc", "THIRTEEN-CHAR", "%00%00%00%00", "LAB_23", "ＬＡＢ２３"])
async def test_a_code_without_a_board_is_not_found(asha: Attendee, code: str) -> None:
    refusal(await asha.http.get(f"/api/b/{code}"), 404)
    refusal(await asha.http.post(f"/api/b/{code}/posts", content=json.dumps(question()), headers=JSON), 404)


@pytest.mark.parametrize("post", ["nothing", "00000000-0000-4000-8000-000000000000"])
async def test_an_unknown_post_cannot_be_changed(asha: Attendee, mira: Moderator, post: str) -> None:
    for method, path, body in (("PUT", "/vote", None), ("DELETE", "/reactions/clap", None), ("PATCH", "", {"text": "Mine?"})):
        refusal(await asha.send(method, f"/posts/{post}{path}", body), 404)
    refusal(await mira.send("PATCH", f"/posts/{post}", {"state": "hidden"}), 404)


async def test_a_post_of_another_board_is_not_found(asha: Attendee, server: Server, people: Of) -> None:
    elsewhere = await people(server, await new_board(server)).attendee()
    asked = await elsewhere.ask()
    refusal(await asha.send("PUT", f"/posts/{asked['id']}/vote"), 404)
    refusal(await asha.get("/posts", before=asked["id"]), 404)
    assert (await shown(elsewhere))[asked["id"]]["votes"] == 0


async def test_a_wrong_method_gets_the_allowed_methods_and_an_unknown_address_a_404(asha: Attendee) -> None:
    response = await asha.send("DELETE", "/posts")
    refusal(response, 405)
    assert {"GET", "POST"} <= set(re.split(", *", response.headers["allow"]))
    refusal(await asha.send("POST", "/nothing"), 404)


STAFF_CALLS: list[tuple[str, str, Json]] = [
    ("PATCH", "", {"frozen": True}),
    ("PATCH", "/sessions/osh-1", {"questions": "closed"}),
    ("PUT", "/screen", {"scene": "blank"}),
    ("POST", "/posts/bulk", {"ids": ["{post}"], "state": "hidden"}),
    ("PATCH", "/posts/{post}", {"pinned": True}),
    ("PATCH", "/posts/{post}", {"expect": "visible", "answered": True}),
    ("PUT", f"/participants/{NOBODY}/mute", {}),
    ("DELETE", f"/participants/{NOBODY}/mute", {}),
    ("DELETE", "/people/nadia/holder", {}),
]


@pytest.mark.parametrize("who", ["attendee", "screen", "moderator of another board", "moderator whose link was taken back"])
async def test_only_this_boards_moderators_moderate(server: Server, board: dict[str, str], asha: Attendee, who: str) -> None:
    asked = await asha.ask()
    before = await asha.snapshot()
    async with stranger(server, board, who) as person:
        for method, path, body in STAFF_CALLS:
            wanted = json.loads(json.dumps(body).replace("{post}", asked["id"]))
            refusal(await person.send(method, path.format(post=asked["id"]), wanted), 403)
        for path, feed in (("", "moderate"), ("/posts", "moderate"), ("/events", "moderate"), ("/audit", "")):
            refusal(await person.get(path, feed=feed), 403)
    after = await asha.snapshot()
    unchanged = ("posts", "screen", "sessions", "board")
    assert {name: after[name] for name in unchanged} == {name: before[name] for name in unchanged}


@asynccontextmanager
async def stranger(server: Server, board: dict[str, str], who: str) -> AsyncIterator[Person]:
    if who == "attendee":
        async with Attendee(server.url, board["code"]) as person:
            yield person
        return
    link = board["screen_url" if who == "screen" else "moderator_url"]
    if who == "moderator of another board":
        link = (await new_board(server))["moderator_url"]
    async with Moderator(server.url, board["code"], link) as person:
        if who == "moderator whose link was taken back":
            server.run("link", board["code"], "moderator", "--revoke")
            for _ in range(200):  # the server hears of another process's change within a second
                if (await person.get("/audit")).status_code != 200:
                    break
                await asyncio.sleep(0.05)
        yield person


async def test_an_organiser_may_do_what_a_moderator_may(server: Server, board: dict[str, str], asha: Attendee) -> None:
    asked = await asha.ask()
    async with Moderator(server.url, board["code"], board["organiser_url"]) as organiser:
        assert (await organiser.moderate(asked, state="hidden")).status_code == 200
    assert await shown(asha) == {}


MODERATORS_MISTAKES: list[tuple[str, str, Json, str]] = [
    ("PATCH", "", {"nonsense": 1}, "nonsense"),
    ("PATCH", "", {"frozen": "yes"}, "frozen"),
    ("PATCH", "", {"frozen": 1}, "frozen"),
    ("PATCH", "", {"cards_open": "false"}, "cards_open"),
    ("PATCH", "", {"premoderate": True}, "premoderate"),
    ("PATCH", "", {"premoderate": {"song": True}}, "premoderate"),
    ("PATCH", "", {"epoch": "x"}, "epoch"),
    ("PATCH", "/sessions/osh-1", {"questions": "maybe"}, "questions"),
    ("PATCH", "/sessions/osh-1", {}, "questions"),
    ("PUT", "/screen", {"scene": "cinema"}, "scene"),
    ("PUT", "/screen", {}, "scene"),
    ("PUT", "/screen", {"scene": "cards", "nonsense": 1}, "nonsense"),
    ("PUT", "/screen", {"scene": "questions", "session": "lunch"}, "session"),
    ("PUT", "/screen", {"scene": "spotlight"}, "post"),
    ("PUT", "/screen", {"scene": "cards", "post": "{post}"}, "post"),
    ("POST", "/posts/bulk", {"ids": [], "state": "hidden"}, "ids"),
    ("POST", "/posts/bulk", {"ids": ["{post}"] * 201, "state": "hidden"}, "ids"),
    ("POST", "/posts/bulk", {"ids": ["{post}"], "state": "gone"}, "state"),
    ("POST", "/posts/bulk", {"ids": ["{post}"], "state": "hidden", "pinned": True}, "pinned"),
    ("PATCH", "/posts/{post}", {"state": "gone"}, "state"),
    ("PATCH", "/posts/{post}", {"expect": "here", "state": "hidden"}, "expect"),
    ("PATCH", "/posts/{post}", {"pinned": "true"}, "pinned"),
    ("PATCH", "/posts/{post}", {"state": "hidden", "votes": 7}, "votes"),
    ("PATCH", "/posts/{post}", {"state": "hidden", "reason": "x" * 201}, "reason"),
    ("PATCH", "/posts/{post}", {"session": "lunch"}, "session"),
    ("PATCH", "/posts/{post}", {"state": "hidden", "session": "lunch"}, "session"),  # refused in part is refused whole
]


def at_rest(snapshot: Json) -> Json:
    """All but the server's clock, which goes on."""
    return {name: value for name, value in snapshot.items() if name != "now"}


@pytest.mark.parametrize(("method", "path", "body", "field"), MODERATORS_MISTAKES)
async def test_a_moderators_invalid_request_is_explained_and_changes_nothing(
    asha: Attendee, mira: Moderator, method: str, path: str, body: Json, field: str
) -> None:
    asked = await asha.ask()
    before = at_rest(await mira.snapshot(feed="moderate"))
    wanted = json.loads(json.dumps(body).replace("{post}", asked["id"]))
    refusal(await mira.send(method, path.format(post=asked["id"]), wanted), 422, field)
    assert at_rest(await mira.snapshot(feed="moderate")) == before


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/join", {"name": 1}, "name"),
        ("/join", {"name": "x" * 61}, "name"),
        ("/join", {"name": "two\nlines"}, "name"),
        ("/join", {"name": "Asha", "team": ["Jordan"]}, "team"),
        ("/join", {"name": "Asha", "role": "moderator"}, "role"),
        ("/posts/{post}", {"text": 1}, "text"),
        ("/posts/{post}", {"text": "Is this better?", "votes": 9}, "votes"),
        ("/posts/{post}", {"state": "withdrawn", "text": "Is this better?"}, "state"),
        ("/posts/{post}", {"to": [{"name": "Omar"}]}, "to"),
    ],
)
async def test_an_attendees_invalid_request_is_explained_and_changes_nothing(
    asha: Attendee, path: str, body: Json, field: str
) -> None:
    asked = await asha.ask()
    before = at_rest(await asha.snapshot())
    method = "POST" if path == "/join" else "PATCH"
    refusal(await asha.send(method, path.format(post=asked["id"]), body), 422, field)
    assert at_rest(await asha.snapshot()) == before
    assert (await asha.get("/mine")).json()["participant"]["name"] == "Asha"


# -- edits and withdrawals -----------------------------------------------------------------------------------------


async def test_an_author_edits_an_own_post(asha: Attendee, leo: Attendee) -> None:
    posted = await asha.celebrate()
    change = {"text": "You taught me to listen.", "to": [{"person": "nadia"}], "theme": "Training"}
    response = await asha.send("PATCH", f"/posts/{posted['id']}", change)
    edited = response.json()["post"]
    assert response.status_code == 200
    assert (edited["text"], edited["theme"]) == ("You taught me to listen.", "training")
    assert edited["to"] == [{"name": "Nadia Rahman", "team": "Bangladesh", "person": "nadia"}]
    assert edited["seq"] > posted["seq"]
    assert edited["created_at"] == posted["created_at"]
    edited.pop("state")
    assert (await shown(leo))[posted["id"]] == edited
    without = (await asha.send("PATCH", f"/posts/{posted['id']}", {"theme": None})).json()["post"]
    assert "theme" not in without


async def test_only_the_author_can_edit_or_withdraw_a_post(asha: Attendee, leo: Attendee, mira: Moderator) -> None:
    posted = await asha.ask()
    for person in (leo, mira):
        for change in ({"text": "Something else?"}, {"state": "withdrawn"}):
            refusal(await person.send("PATCH", f"/posts/{posted['id']}", change), 403)
    refusal(await leo.send("PATCH", f"/posts/{posted['id']}", {"state": "hidden"}), 403)
    assert (await shown(leo))[posted["id"]]["text"] == posted["text"]


async def test_only_the_author_can_notice_that_a_hidden_post_exists(asha: Attendee, leo: Attendee, mira: Moderator) -> None:
    posted = await asha.ask()
    await mira.moderate(posted, state="hidden")
    refusal(await leo.send("PATCH", f"/posts/{posted['id']}", {"text": "Is it there?"}), 404)
    refusal(await leo.send("PUT", f"/posts/{posted['id']}/vote"), 404)
    unknown = refusal(await leo.get("/posts", before=str(uuid.uuid4())), 404)
    assert refusal(await leo.get("/posts", before=posted["id"]), 404) == unknown, "hidden or unknown, in the same words"
    assert (await mira.get("/posts", feed="moderate", before=posted["id"])).status_code == 200
    refusal(await asha.send("PATCH", f"/posts/{posted['id']}", {"text": "Is it there?"}), 423)


async def test_the_text_may_be_edited_for_ten_minutes(asha: Attendee, server: Server) -> None:
    younger, older = await asha.ask(), await asha.ask("And who pays for the trainers?")
    with closing(sqlite3.connect(server.directory / "board.db", timeout=10)) as database, database:
        for post, seconds in ((younger, 590), (older, 601)):
            made_earlier = "UPDATE posts SET created_at = created_at - ? WHERE id = ?"
            database.execute(made_earlier, (seconds * 1_000_000, post["id"]))
    change = {"text": "Is it too late?"}
    assert (await asha.send("PATCH", f"/posts/{younger['id']}", change)).status_code == 200
    refusal(await asha.send("PATCH", f"/posts/{older['id']}", change), 423)
    assert (await asha.send("PATCH", f"/posts/{older['id']}", {"state": "withdrawn"})).status_code == 200


async def test_an_author_takes_a_post_back_for_good(asha: Attendee, leo: Attendee, mira: Moderator) -> None:
    posted, other = await asha.ask(), await leo.ask("And who pays for the trainers?")
    for _ in range(2):
        response = await asha.send("PATCH", f"/posts/{posted['id']}", {"state": "withdrawn"})
        assert response.status_code == 200
        assert response.json()["post"]["state"] == "withdrawn"
    assert list(await shown(leo)) == [other["id"]]
    assert ids((await leo.get("/posts")).json()["posts"]) == [other["id"]]
    assert [(post["id"], post["state"]) for post in await own(asha)] == [(posted["id"], "withdrawn")]
    refusal(await mira.moderate(posted, state="visible"), 409)
    refusal(await asha.send("PATCH", f"/posts/{posted['id']}", {"text": "Back again?"}), 423)
    refusal(await asha.send("PATCH", f"/posts/{posted['id']}", {"state": "visible"}), 403)
    assert list(await shown(leo)) == [other["id"]]


# -- votes and reactions -------------------------------------------------------------------------------------------


async def test_a_participant_has_one_vote_a_question(asha: Attendee, leo: Attendee) -> None:
    vote = f"/posts/{(await asha.ask())['id']}/vote"
    seqs = []
    for method, votes, voted in (("PUT", 1, True), ("PUT", 1, True), ("DELETE", 0, False), ("DELETE", 0, False)):
        response = await leo.send(method, vote)
        assert (response.status_code, response.json()) == (200, {"votes": votes, "voted": voted})
        seqs.append((await leo.snapshot())["seq"])
    assert seqs[0] == seqs[1] < seqs[2] == seqs[3]
    assert (await asha.send("PUT", vote)).json() == {"votes": 1, "voted": True}
    assert (await leo.send("PUT", vote)).json() == {"votes": 2, "voted": True}


async def test_simultaneous_votes_each_count_once(here: People, asha: Attendee) -> None:
    vote = f"/posts/{(await asha.ask())['id']}/vote"
    voters = [await here.attendee(f"Guest {number}") for number in range(8)]
    await asyncio.gather(*(voter.send("PUT", vote) for voter in voters for _ in range(3)))
    assert [post["votes"] for post in (await shown(asha)).values()] == [8]


async def test_a_participant_has_each_reaction_once_a_card(asha: Attendee, leo: Attendee) -> None:
    address = f"/posts/{(await asha.celebrate())['id']}/reactions"
    for key in ("clap", "clap", "heart", "bulb", "me-too"):
        response = await leo.send("PUT", f"{address}/{key}")
        assert response.status_code == 200
    assert response.json() == {
        "reactions": {"clap": 1, "heart": 1, "bulb": 1, "me-too": 1},
        "mine": ["clap", "heart", "bulb", "me-too"],
    }
    assert (await asha.send("PUT", f"{address}/clap")).json()["reactions"]["clap"] == 2
    for _ in range(2):
        response = await leo.send("DELETE", f"{address}/clap")
        assert (response.json()["reactions"]["clap"], response.json()["mine"]) == (1, ["heart", "bulb", "me-too"])
    for key in ("thumbs-down", "CLAP", "vote"):
        refusal(await leo.send("PUT", f"{address}/{key}"), 404)


async def test_votes_are_for_questions_and_reactions_for_cards(asha: Attendee) -> None:
    celebrated, asked = await asha.celebrate(), await asha.ask()
    refusal(await asha.send("PUT", f"/posts/{celebrated['id']}/vote"), 422)
    refusal(await asha.send("PUT", f"/posts/{asked['id']}/reactions/clap"), 422)


async def test_only_the_own_phone_sees_its_votes_and_reactions(asha: Attendee, leo: Attendee) -> None:
    asked, celebrated = await asha.ask(), await asha.celebrate()
    await leo.send("PUT", f"/posts/{asked['id']}/vote")
    await leo.send("PUT", f"/posts/{celebrated['id']}/reactions/heart")
    mine, others = (await leo.get("/mine")).json(), (await asha.get("/mine")).json()
    assert (mine["votes"], mine["reactions"]) == ([asked["id"]], {celebrated["id"]: ["heart"]})
    assert (others["votes"], others["reactions"]) == ([], {})


# -- own posts -----------------------------------------------------------------------------------------------------


async def test_an_author_gets_the_state_of_a_post_and_the_reason(asha: Attendee, leo: Attendee, mira: Moderator) -> None:
    named, anonymous = await asha.ask(), await asha.ask("May I ask this without my name?", anonymous=True)
    for post in (named, anonymous):
        await mira.moderate(post, state="hidden", reason="Please leave out the name.")
    for post in await own(asha):
        assert (post["state"], post["reason"]) == ("hidden", "Please leave out the name.")
    assert ids(await own(asha)) == [anonymous["id"], named["id"]]
    assert await own(leo) == []
    await mira.moderate(named, state="visible")
    back = next(post for post in await own(asha) if post["id"] == named["id"])
    assert back["state"] == "visible"
    assert "reason" not in back


# -- older posts ---------------------------------------------------------------------------------------------------


async def test_older_posts_come_in_pages_from_the_newest_back(asha: Attendee) -> None:
    posted = [(await asha.ask(f"Question number {number}?"))["id"] for number in range(7)]
    found: list[str] = []
    query: dict[str, str | int] = {"limit": 3}
    sizes = []
    while True:
        page = (await asha.get("/posts", **query)).json()
        sizes.append(len(page["posts"]))
        found += ids(page["posts"])
        if not page["more"]:
            break
        query["before"] = found[-1]
    assert found == posted[::-1]
    assert sizes == [3, 3, 1]


async def test_older_posts_can_be_filtered_by_kind_session_or_person(asha: Attendee) -> None:
    first, second = await asha.ask(session="osh-1"), await asha.ask(session="osh-2")
    for_nadia = await asha.celebrate(to=[{"name": "Omar"}, {"person": "nadia"}])
    # A name that looks like a piece of the stored form is not taken for an entry of the roster.
    for_another = await asha.celebrate(to=[{"name": '"person":"nadia"', "team": "na%dia"}])

    async def found(**query: str) -> list[str]:
        return ids((await asha.get("/posts", **query)).json()["posts"])

    assert await found(kind="card") == [for_another["id"], for_nadia["id"]]
    assert await found(kind="question") == [second["id"], first["id"]]
    assert await found(session="osh-1") == [first["id"]]
    assert await found(session="lunch") == []
    assert await found(person="nadia") == [for_nadia["id"]]
    assert await found(person="n%") == await found(person='nadia"') == await found(person="nad") == []
    assert await found(kind="question", session="osh-2", before=for_nadia["id"]) == [second["id"]]


async def test_older_posts_include_only_permitted_ones(asha: Attendee, mira: Moderator) -> None:
    held, kept = await asha.ask(), await asha.ask("And who pays for the trainers?")
    await mira.moderate(held, state="hidden")
    for query in ({}, {"state": "hidden"}, {"feed": "screen"}):
        posts = (await asha.get("/posts", **query)).json()["posts"]
        assert ids(posts) == [kept["id"]]
        assert set(posts[0]) == QUESTION_FIELDS
    assert ids((await mira.get("/posts")).json()["posts"]) == [kept["id"]]
    moderators = (await mira.get("/posts", feed="moderate")).json()["posts"]
    assert [(post["id"], post["state"]) for post in moderators] == [(kept["id"], "visible"), (held["id"], "hidden")]
    assert ids((await mira.get("/posts", feed="moderate", state="hidden")).json()["posts"]) == [held["id"]]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"limit": "0"}, "limit"),
        ({"limit": "101"}, "limit"),
        ({"limit": "-1"}, "limit"),
        ({"limit": "ten"}, "limit"),
        ({"limit": "1" * 100}, "limit"),
        ({"limit": "١"}, "limit"),
        ({"limit": ""}, "limit"),
        ({"kind": "song"}, "kind"),
        ({"feed": "everything"}, "feed"),
    ],
)
async def test_an_invalid_query_is_refused(asha: Attendee, query: dict[str, str], field: str) -> None:
    refusal(await asha.get("/posts", **query), 422, field)


async def test_a_page_of_posts_continues_only_from_an_existing_post(asha: Attendee) -> None:
    for before in ("nothing", str(uuid.uuid4()), "\u0000", "' OR 1=1 --"):
        refusal(await asha.get("/posts", before=before), 404)


# -- moderating ----------------------------------------------------------------------------------------------------


async def test_a_moderator_hides_a_post_and_brings_it_back(asha: Attendee, leo: Attendee, mira: Moderator) -> None:
    asked = await asha.ask()
    await leo.send("PUT", f"/posts/{asked['id']}/vote")
    hidden = await mira.moderate(asked, state="hidden", reason="Off topic.", expect="visible")
    assert hidden.status_code == 200
    post = hidden.json()["post"]
    assert (post["state"], post["reason"], post["moderated_by"]) == ("hidden", "Off topic.", "moderator")
    assert await shown(leo) == {}
    assert (await mira.moderate(asked, state="visible", expect="hidden")).status_code == 200
    assert (await shown(leo))[asked["id"]]["votes"] == 1


async def test_the_slower_of_two_moderators_gets_the_present_post(asha: Attendee, mira: Moderator, here: People) -> None:
    asked = await asha.ask()
    await mira.moderate(asked, state="hidden", reason="Off topic.", expect="visible")
    slower = await here.moderator()
    answer = refusal(await slower.moderate(asked, pinned=True, expect="visible"), 409)
    assert answer["post"] == (await mira.snapshot(feed="moderate"))["posts"][0]
    assert (answer["post"]["state"], answer["post"]["reason"], answer["post"]["pinned"]) == ("hidden", "Off topic.", False)


async def test_an_impossible_state_change_is_refused_with_the_present_post(asha: Attendee, mira: Moderator) -> None:
    asked = await asha.ask()
    for state in ("rejected", "pending", "withdrawn"):
        answer = refusal(await mira.moderate(asked, state=state, reason="Off topic."), 409 if state != "withdrawn" else 403)
        assert state == "withdrawn" or answer["post"]["state"] == "visible"
    assert list(await shown(asha)) == [asked["id"]]


async def test_a_moderator_pins_answers_and_moves_a_question(asha: Attendee, mira: Moderator) -> None:
    asked = await asha.ask(session="osh-1")
    changes = {"pinned": True, "answered": True, "answer": "The ministry does.", "session": "osh-2"}
    assert (await mira.moderate(asked, **changes)).status_code == 200
    post = (await shown(asha))[asked["id"]]
    assert {name: post[name] for name in changes} == changes
    assert (await mira.moderate(asked, answered=False, answer=None, session=None, pinned=False)).status_code == 200
    assert set((await shown(asha))[asked["id"]]) == QUESTION_FIELDS
    celebrated = await asha.celebrate()
    refusal(await mira.moderate(celebrated, answered=True), 422)


async def test_many_posts_change_state_in_one_transaction(asha: Attendee, leo: Attendee, mira: Moderator) -> None:
    posts = [await asha.ask(f"Question number {number}?") for number in range(5)]
    stays = await asha.ask("Does this one stay?")
    await asha.send("PATCH", f"/posts/{posts[0]['id']}", {"state": "withdrawn"})
    viewer = await leo.live()
    seen = (await viewer.next())["seq"]
    bulk = {"ids": ids(posts), "state": "hidden", "reason": "Asked before."}
    response = await mira.send("POST", "/posts/bulk", bulk)
    assert response.status_code == 200
    assert response.json()["refused"] == [{"id": posts[0]["id"], "state": "withdrawn"}]
    assert ids(response.json()["posts"]) == ids(posts[1:])
    frame = await viewer.until(lambda frame: frame["type"] == "changes")
    assert (frame["after"], frame["to"]) == (seen, seen + 4)
    assert sorted(frame["gone"]) == sorted(ids(posts[1:]))
    assert list(await shown(leo)) == [stays["id"]]


async def test_one_unknown_post_among_many_stops_the_whole_change(asha: Attendee, mira: Moderator) -> None:
    posts = [await asha.ask(f"Question number {number}?") for number in range(3)]
    before = at_rest(await mira.snapshot(feed="moderate"))
    bulk = {"ids": [*ids(posts), str(uuid.uuid4())], "state": "hidden"}
    refusal(await mira.send("POST", "/posts/bulk", bulk), 404)
    refusal(await mira.send("POST", "/posts/bulk", bulk | {"ids": [*ids(posts), "nothing"]}), 422, "id")
    assert at_rest(await mira.snapshot(feed="moderate")) == before


@pytest.mark.parametrize("scene", ["join", "cards", "questions", "map", "recap", "blank"])
async def test_a_moderator_chooses_the_scene(asha: Attendee, mira: Moderator, scene: str) -> None:
    response = await mira.send("PUT", "/screen", {"scene": scene, "session": "osh-1"})
    assert response.status_code == 200
    screen = {"scene": scene, "session": "osh-1", "post": None}
    assert response.json() == {"screen": screen}
    assert (await asha.snapshot())["screen"] == screen


async def test_a_spotlight_stays_on_a_post_until_it_leaves_the_board(asha: Attendee, mira: Moderator) -> None:
    asked, hidden = await asha.ask(), await asha.ask("And who pays for the trainers?")
    await mira.moderate(hidden, state="hidden")
    for post in (hidden["id"], str(uuid.uuid4())):
        refusal(await mira.send("PUT", "/screen", {"scene": "spotlight", "post": post}), 404)
    assert (await mira.send("PUT", "/screen", {"scene": "spotlight", "post": asked["id"]})).status_code == 200
    assert (await asha.snapshot())["screen"] == {"scene": "spotlight", "session": None, "post": asked["id"]}
    await mira.moderate(asked, state="hidden")
    assert (await asha.snapshot())["screen"] == {"scene": "cards", "session": None, "post": None}


async def test_a_frozen_board_accepts_posts_and_lets_them_wait(asha: Attendee, leo: Attendee, mira: Moderator) -> None:
    before = await asha.ask()
    response = await mira.send("PATCH", "", {"frozen": True})
    assert response.status_code == 200
    assert response.json()["board"]["frozen"] is True
    for post in (await asha.celebrate(), await asha.ask("And who pays for the trainers?")):
        assert post["state"] == "pending"
    refusal(await asha.send("PATCH", f"/posts/{before['id']}", {"text": "May I change it?"}), 423)
    assert (await leo.send("PUT", f"/posts/{before['id']}/vote")).status_code == 200
    assert list(await shown(leo)) == [before["id"]]
    await mira.send("PATCH", "", {"frozen": False})
    assert list(await shown(leo)) == [before["id"]]  # what waits goes on waiting for a moderator
    assert (await asha.ask("Is it open again?"))["state"] == "visible"


async def test_approval_is_set_for_each_kind_separately(asha: Attendee, leo: Attendee, mira: Moderator) -> None:
    response = await mira.send("PATCH", "", {"premoderate": {"question": True}})
    assert response.json()["board"]["premoderate"] == {"card": False, "question": True}
    celebrated, asked = await asha.celebrate(), await asha.ask()
    assert (celebrated["state"], asked["state"]) == ("visible", "pending")
    assert list(await shown(leo)) == [celebrated["id"]]
    refusal(await leo.send("PUT", f"/posts/{asked['id']}/vote"), 404)
    assert [post["id"] for post in (await mira.snapshot(feed="moderate"))["posts"]] == [asked["id"], celebrated["id"]]
    assert (await mira.moderate(asked, state="visible", expect="pending")).status_code == 200
    assert list(await shown(leo)) == [asked["id"], celebrated["id"]]


async def test_a_rejected_post_stays_invisible_until_a_moderator_approves_it(
    asha: Attendee, leo: Attendee, mira: Moderator
) -> None:
    await mira.send("PATCH", "", {"premoderate": {"card": True}})
    celebrated = await asha.celebrate()
    assert (await mira.moderate(celebrated, state="rejected", reason="Please be kind.")).status_code == 200
    assert [(post["state"], post["reason"]) for post in await own(asha)] == [("rejected", "Please be kind.")]
    assert await shown(leo) == {}
    assert (await mira.moderate(celebrated, state="visible")).status_code == 200
    assert list(await shown(leo)) == [celebrated["id"]]


async def test_closed_cards_leave_questions_open(asha: Attendee, mira: Moderator) -> None:
    await mira.send("PATCH", "", {"cards_open": False})
    refusal(await asha.send("POST", "/posts", card()), 423)
    asked = await asha.ask()
    assert list(await shown(asha)) == [asked["id"]]
    await mira.send("PATCH", "", {"cards_open": True})
    await asha.celebrate()


async def test_a_paused_session_takes_votes_and_a_closed_one_nothing(asha: Attendee, leo: Attendee, mira: Moderator) -> None:
    asked = await asha.ask(session="osh-1")
    vote = f"/posts/{asked['id']}/vote"
    paused = await mira.send("PATCH", "/sessions/osh-1", {"questions": "paused"})
    assert paused.status_code == 200
    assert paused.json()["session"]["questions"] == "paused"
    refusal(await asha.send("POST", "/posts", question(session="osh-1")), 423)
    await asha.ask("Does the other session go on?", session="osh-2")
    await asha.ask("And what has no session?")
    assert (await leo.send("PUT", vote)).status_code == 200
    await mira.send("PATCH", "/sessions/osh-1", {"questions": "closed"})
    refusal(await asha.send("POST", "/posts", question(session="osh-1")), 423)
    refusal(await asha.send("PUT", vote), 423)
    assert (await shown(leo))[asked["id"]]["votes"] == 1
    assert [session["questions"] for session in (await leo.snapshot())["sessions"]] == ["closed", "open"]
    refusal(await mira.send("PATCH", "/sessions/lunch", {"questions": "open"}), 404)


async def test_a_muted_phone_reads_and_votes_and_does_not_post(asha: Attendee, leo: Attendee, mira: Moderator) -> None:
    asked = await leo.ask()
    participant = (await asha.join("Asha"))["id"]
    mute = f"/participants/{participant}/mute"
    for _ in range(2):
        response = await mira.send("PUT", mute)
        assert (response.status_code, response.json()) == (200, {"participant": participant, "muted": True})
    for post in (card(), question(), question(anonymous=True)):
        refusal(await asha.send("POST", "/posts", post), 423)
    assert [(await who.get("/mine")).json()["muted"] for who in (asha, leo)] == [True, False], "the page knows before"
    assert (await asha.send("PUT", f"/posts/{asked['id']}/vote")).status_code == 200
    assert list(await shown(asha)) == [asked["id"]]
    await leo.ask("May everybody else go on?")
    assert (await mira.snapshot(feed="moderate"))["board"]["muted"] == [participant]
    assert "muted" not in (await leo.snapshot())["board"]
    assert (await mira.send("DELETE", mute)).json()["muted"] is False
    await asha.ask("Am I back?")
    for nobody in ("nobody", NOBODY[:-1], NOBODY + "0"):
        refusal(await mira.send("PUT", f"/participants/{nobody}/mute"), 404)


async def test_the_audit_trail_lists_each_act_newest_first(asha: Attendee, mira: Moderator) -> None:
    asked = await asha.ask()
    await mira.moderate(asked, state="hidden", reason="Off topic.")
    await mira.moderate(asked, state="hidden")  # it is already: nothing was done
    await mira.send("PATCH", "", {"frozen": True})
    await mira.send("PUT", "/screen", {"scene": "blank"})
    refusal(await mira.moderate(asked, state="rejected"), 409)
    response = await mira.get("/audit")
    assert response.status_code == 200
    entries = [entry for entry in response.json()["entries"] if entry["action"] != "link"]
    assert [(entry["actor"], entry["action"], entry["post"], entry["detail"]) for entry in entries] == [
        ("moderator", "present", None, "blank"),
        ("moderator", "frozen", None, "on"),
        ("moderator", "hidden", asked["id"], "Off topic."),
    ]
    assert [entry["at"] for entry in entries] == sorted((entry["at"] for entry in entries), reverse=True)


# -- limits --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def limited() -> Iterator[ServerByClock]:
    """A server as a real gathering has it, but for time, which the tests move."""
    with by_clock() as server:
        yield server


async def test_a_too_fast_participant_gets_the_time_to_wait(limited: ServerByClock, people: Of) -> None:
    here = people(limited, await new_board(limited))
    asha, leo = await here.attendee("Asha"), await here.attendee("Leo")
    taken = []
    while (response := await asha.send("POST", "/posts", question())).status_code == 201:
        taken.append(response.json()["post"]["id"])
        assert len(taken) < 50
    refusal(response, 429)
    assert re.fullmatch("[1-9][0-9]?", response.headers["retry-after"])
    assert len(taken) == 5  # a few at once are no haste
    assert sorted(await shown(leo)) == sorted(taken)
    await leo.ask()  # the limit of one phone does not slow down others
    assert (await asha.get()).status_code == 200


async def test_a_request_works_after_the_time_to_wait(limited: ServerByClock, people: Of) -> None:
    here = people(limited, await new_board(limited))
    asha = await here.attendee("Asha")
    vote = f"/posts/{(await asha.ask())['id']}/vote"
    for number in range(200):
        response = await asha.send("DELETE" if number % 2 else "PUT", vote)
        if response.status_code == 429:
            break
    refusal(response, 429)
    limited.clock.move(int(response.headers["retry-after"]))
    assert (await asha.send("PUT", vote)).json() == {"votes": 1, "voted": True}


async def test_a_room_full_of_phones_behind_one_address_can_post(limited: ServerByClock, people: Of) -> None:
    """A hall's network shows a single address to the server."""
    here = people(limited, await new_board(limited))
    phones = [await here.attendee() for _ in range(40)]
    posts = [(phone, question(f"Question number {number}?")) for number, phone in enumerate(phones * 4)]
    answers = await asyncio.gather(*(phone.send("POST", "/posts", body) for phone, body in posts))
    assert {answer.status_code for answer in answers} == {201}
    assert sorted(await shown(phones[0])) == sorted(body["id"] for _, body in posts)


async def test_a_moderator_removes_votes_of_the_last_minutes_by_the_servers_clock(here: People) -> None:
    asha, mira = await here.attendee("Asha"), await here.moderator()
    asked = await asha.ask()
    assert (await asha.send("PUT", f"/posts/{asked['id']}/vote")).status_code == 200
    for wrong in ("0", "-5", "1.5", "٥", "10081", "9" * 5000, ""):
        refusal(await mira.send("DELETE", f"/votes?minutes={wrong}"), 422, "minutes")
    answer = await mira.send("DELETE", "/votes?minutes=5")
    assert answer.json()["votes"] == 1
    assert [post["id"] for post in answer.json()["posts"]] == [asked["id"]]
    assert (await mira.send("DELETE", "/votes?minutes=5")).json() == {"posts": [], "votes": 0}


async def test_a_snapshot_contains_the_time_and_keeps_its_etag(here: People) -> None:
    asha = await here.attendee("Asha")
    first = await asha.get()
    received = [datetime.fromisoformat(first.json()["now"])]
    await asyncio.sleep(0.6)
    second = await asha.get()
    received.append(datetime.fromisoformat(second.json()["now"]))
    assert first.headers["etag"] == second.headers["etag"]
    assert (
        received[0] < received[1] <= datetime.now(UTC) + timedelta(milliseconds=100)
    )  # rounded; and it follows the system's in small steps
    assert datetime.now(UTC) - received[1] < timedelta(seconds=30)
    live = await asha.live(after=first.json()["seq"], epoch=first.json()["epoch"])
    beat = await live.until(lambda frame: frame["type"] == "beat", 5)  # long before the first one that is due
    assert beat["seq"] == first.json()["seq"]
    assert datetime.fromisoformat(beat["now"]) >= received[1]

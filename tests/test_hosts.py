"""Boards made in the browser: by whom, with what, how many, and the link that a server without boards prints."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest

from tests import servers
from tests.inprocess import by_clock
from tests.people import JSON, Json
from tests.servers import Server
from tests.test_contract_schemas import Witness, answers
from tests.visitors import Visitors

WANTED: Json = {"title": "Innovation Lab", "time_zone": "Asia/Bangkok"}
FOUR_LINKS = {"join_url", "screen_url", "moderate_url", "organise_url"}
PRINTED = re.compile(r"http://\S+/l/(\S+)")


def made(client: httpx.Client, **fields: object) -> httpx.Response:
    return client.post("/api/boards", json=WANTED | fields)


# -- who -----------------------------------------------------------------------------------------------------------


def test_a_host_makes_a_board_and_gets_its_four_links_once(either: Server, visit: Visitors) -> None:
    client = visit.host(either)
    assert client.get("/new").status_code == 200
    answer = made(client, starts_on="2026-05-04", ends_on="2026-05-08", languages=["en", "pt-BR"], teams=["Jordan"])
    assert answer.status_code == 201, answer.text
    whole = answer.json()
    board = whole["board"]
    assert (board["title"], board["time_zone"]) == ("Innovation Lab", "Asia/Bangkok")
    assert (board["starts_on"], board["ends_on"]) == ("2026-05-04", "2026-05-08")
    assert whole.keys() == {"board"} | FOUR_LINKS
    assert whole["join_url"] == f"{either.url}/b/{board['code']}"
    for name in ("screen", "moderate", "organise"):
        assert visit.attendee(either).get(httpx.URL(whole[f"{name}_url"]).path).status_code == 303, name
    assert [team["name"] for team in client.get(f"/api/b/{board['code']}").json()["teams"]] == ["Jordan"]
    listed = client.get("/api/boards").json()["boards"][0]
    assert (listed["code"], listed["title"], listed["cards"], listed["questions"]) == (board["code"], "Innovation Lab", 0, 0)
    assert not FOUR_LINKS & listed.keys()
    audit = visit.by_link(either, whole["organise_url"]).get(f"/api/b/{board['code']}/audit").json()["entries"]
    assert {line["actor"] for line in audit} == {"host"}


def test_only_hosts_create_boards_and_see_the_list(either: Server, visit: Visitors) -> None:
    board = either.create()
    others = {"nobody": visit.attendee(either)}
    others |= {name: visit.by_link(either, board[f"{name}_url"]) for name in ("join", "screen", "moderate", "organise")}
    for name, client in others.items():
        for answer in (made(client), client.get("/api/boards"), client.get("/new")):
            assert answer.status_code == 403, name
    without_cookies = visit.stranger(either).post("/api/boards", json=WANTED)
    assert (without_cookies.status_code, without_cookies.json()["code"]) == (403, "no-cookie")


def test_a_revoked_hosts_link_opens_nothing_and_ends_its_access(either: Server, visit: Visitors) -> None:
    client = visit.host(either, "Nadia")
    assert made(client).status_code == 201
    link = either.run("host-link", "--name", "Nadia").stdout.strip()
    either.run("host-link", "--name", "Nadia", "--revoke")
    assert made(client).status_code == 403
    assert client.get("/api/boards").status_code == 403
    assert visit.attendee(either).get(httpx.URL(link).path).status_code == 404
    again = either.run("host-link", "--name", "Nadia", "--revoke", check=False)
    assert (again.returncode, again.stdout) == (1, "")
    assert "no host's link named “Nadia”" in again.stderr


def test_a_hosts_link_opens_no_board_and_a_boards_link_creates_no_board(server: Server, visit: Visitors) -> None:
    """All cookies are signed with one key; none may pass for another."""
    board, client = server.create(), visit.host(server)
    for path in ("/moderate", "/screen"):
        assert client.get(f"/b/{board['code']}{path}").status_code == 403
    assert client.get(f"/api/b/{board['code']}/audit").status_code == 403
    staff = visit.by_link(server, board["organise_url"])
    name = next(name for name in client.cookies if "host" in name)
    for value in [value for cookie, value in staff.cookies.items() if "host" not in cookie]:
        forged = visit.stranger(server, cookies={name: value})
        assert made(forged).status_code == 403


def test_another_site_cannot_create_a_board_with_a_hosts_cookie(server: Server, visit: Visitors) -> None:
    client = visit.host(server)
    assert client.post("/api/boards", json=WANTED, headers={"Origin": "http://evil.example"}).status_code == 403
    assert client.post("/api/boards", data={"title": "x"}).status_code == 415
    assert client.post("/api/boards", content=b"x" * 20_000, headers=JSON).status_code == 413
    assert client.post("/api/boards", content=b"{", headers=JSON).status_code == 400


# -- what ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 61}, "title"),
        ({"time_zone": "Atlantis/Capital"}, "time_zone"),
        ({"time_zone": "../../etc/passwd"}, "time_zone"),
        ({"time_zone": "x" * 5000}, "time_zone"),
        ({"time_zone": None}, "time_zone"),
        ({"code": "A"}, "code"),
        ({"code": "LAB 26"}, "code"),
        ({"starts_on": "4 May"}, "starts_on"),
        ({"starts_on": "2026-02-30"}, "starts_on"),
        ({"starts_on": "2026-05-08", "ends_on": "2026-05-04"}, "ends_on"),
        ({"languages": ["English"]}, "languages"),
        ({"languages": ["en"] * 21}, "languages"),
        ({"teams": ["Jordan", "jordan"]}, "teams"),
        ({"teams": [f"Team {number}" for number in range(301)]}, "teams"),
        ({"themes": [f"Theme {number}" for number in range(9)]}, "themes"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_an_invalid_new_board_is_refused_with_its_field(server: Server, fields: Json, field: str, visit: Visitors) -> None:
    client = visit.host(server)
    before = len(client.get("/api/boards").json()["boards"])
    answer = made(client, **fields)
    assert answer.status_code == 422, answer.text
    assert answer.json()["field"] == field
    assert len(client.get("/api/boards").json()["boards"]) == before


def test_a_taken_code_is_refused_and_a_free_one_is_used(either: Server, visit: Visitors) -> None:
    client, code = visit.host(either), f"HOST-{either.port % 100000}"
    assert made(client, code=code.lower()).json()["board"]["code"] == code
    again = made(client, code=code)
    assert (again.status_code, again.json()["code"]) == (409, "conflict")


# -- BOARD_CREATE --------------------------------------------------------------------------------------------------


def test_with_creation_off_nobody_creates_a_board_in_the_browser(visit: Visitors) -> None:
    with servers.serving(BOARD_CREATE="off") as server:
        assert "/l/" not in server.log.read_text()
        client = visit.attendee(server)
        assert client.get("/new").status_code == 403
        assert made(client).status_code == 403
        refused = server.run("host-link", check=False)
        assert refused.returncode == 1
        assert "BOARD_CREATE=off" in refused.stderr


def test_with_open_creation_each_address_has_a_limit_that_spares_others_and_hosts(visit: Visitors) -> None:
    with by_clock(BOARD_CREATE="open", FORWARDED_ALLOW_IPS="127.0.0.1") as server:
        server.create()
        anybody = visit.attendee(server)
        assert anybody.get("/new").status_code == 200
        assert anybody.get("/api/boards").status_code == 403, "the list is for hosts"
        assert made(visit.stranger(server)).json()["code"] == "no-cookie"
        assert made(anybody).status_code == 201
        newcomers = [visit.stranger(server) for _ in range(8)]  # a new cookie each time buys nothing
        assert {newcomer.get("/new").status_code for newcomer in newcomers} == {200}
        answers = [made(newcomer) for newcomer in newcomers]
        assert [answer.status_code for answer in answers] == [201] * 4 + [429] * 4
        assert int(answers[-1].headers["retry-after"]) > 1
        assert made(visit.host(server)).status_code == 201, "a host's measure is another one"


# -- the first link ------------------------------------------------------------------------------------------------


@pytest.fixture
def fresh() -> Iterator[Server]:
    with servers.serving() as server:
        yield server


def printed(server: Server) -> list[str]:
    return PRINTED.findall(server.log.read_text())


def test_a_server_without_boards_prints_a_link_to_create_the_first_one(fresh: Server, visit: Visitors) -> None:
    (token,) = printed(fresh)
    client = visit.attendee(fresh)
    assert client.get(f"/l/{token}").headers["location"] == "/new"
    assert made(client).status_code == 201
    assert visit.attendee(fresh).get(f"/l/{token}").status_code == 404, "what stands in a log opens nothing any more"
    assert made(client).status_code == 201, "a browser that opened it in time goes on"
    fresh.stop()
    fresh.start()
    assert printed(fresh) == [token], "a server with boards prints none"


def test_a_second_start_without_boards_revokes_the_first_link(fresh: Server, visit: Visitors) -> None:
    fresh.stop()
    fresh.start()
    first, second = printed(fresh)
    assert visit.attendee(fresh).get(f"/l/{first}").status_code == 404
    assert visit.attendee(fresh).get(f"/l/{second}").status_code == 303


# -- as documented -------------------------------------------------------------------------------------------------


async def test_each_answer_to_a_host_is_as_documented(server: Server) -> None:
    witness, link = Witness(), server.run("host-link").stdout.strip()
    async with httpx.AsyncClient(base_url=server.url, timeout=20, verify=servers.TLS) as client:
        witness.watch(client)
        for path in ("/api/boards", "/new"):
            assert (await client.get(path)).status_code == 403
        assert (await client.post("/api/boards", json=WANTED)).status_code == 403
        assert (await client.get(httpx.URL(link).path)).status_code == 303
        board = (await client.post("/api/boards", json=WANTED)).json()["board"]
        await client.get("/api/boards")
        for body in (WANTED | {"code": board["code"]}, WANTED | {"title": ""}):
            await client.post("/api/boards", json=body)
        for content, headers in ((b"{", JSON), (b"x" * 20_000, JSON), (b"{}", {})):
            await client.post("/api/boards", content=content, headers=headers)
        assert (await client.get("/new")).status_code == 200
    documented = answers(lambda tags: "host" in tags)
    assert documented - witness.seen == set()

"""A board as a whole: archived, duplicated, rehearsed, exported, erased; by whom, and what stays."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable

import httpx
import openpyxl

from tests import servers
from tests.conftest import People
from tests.people import JSON, Json, Moderator, question
from tests.servers import Server
from tests.test_contract_schemas import Witness, answers
from tests.test_organise import CHANGES, HELD, organiser
from tests.visitors import Visitors

Of = Callable[[Server, dict[str, str]], People]
CALLS = [
    ("POST", "/archive"),
    ("DELETE", "/archive"),
    ("POST", "/duplicate"),
    ("POST", "/rehearsal"),
    ("DELETE", "/rehearsal"),
    ("GET", "/rehearsal"),
    ("PUT", "/rehearsal/attendees"),
    ("DELETE", "/rehearsal/attendees"),
    ("POST", "/purge"),
    ("GET", "/export"),
]


def prepared(server: Server) -> dict[str, str]:
    """A board with an agenda and a roster."""
    board = server.create("Innovation Lab", "--team", "Jordan", "--starts-on", "2026-05-04")
    agenda, roster = "title,date,start,end\nHeat,2026-05-04,09:00,10:00\n", "name,team\nNadia,Jordan\n"
    for kind, text in (("agenda", agenda), ("people", roster)):
        file = server.directory / f"{kind}-{board['code']}.csv"
        file.write_text(text)
        server.run(f"import-{kind}", board["code"], str(file))
    return board


def exported(server: Server, code: str) -> Json:
    found: Json = json.loads(server.run("export", code).stdout)
    return found


def test_only_organisers_archive_copy_rehearse_and_erase_a_board(either: Server, visit: Visitors) -> None:
    board = either.create()
    everybody = visit.everybody(either, board)
    for role in HELD:
        for method, path in CALLS:
            body = {"code": board["code"]} if path == "/purge" else {}
            content = json.dumps(body).encode() if method != "GET" else None
            answer = everybody[role].request(method, f"/api/b/{board['code']}{path}", content=content, headers=JSON)
            assert answer.status_code == 403, (role, method, path)
    assert exported(either, board["code"])["board"]["title"] == "Innovation Lab"
    other = organiser(visit, either, either.create())
    assert other.client.post(f"/api/b/{board['code']}/purge", json={"code": board["code"]}).status_code == 403


async def test_an_archived_board_can_be_read_and_nothing_is_added(either: Server, people: Of, visit: Visitors) -> None:
    board = either.create()
    here, crowd = organiser(visit, either, board), people(either, board)
    asha, moderator = await crowd.attendee("Asha"), await crowd.moderator()
    asked = await asha.ask()
    live = await asha.live()
    await live.next()
    for _ in range(2):
        answer = here.client.post(f"{here.api}/archive", headers=JSON)
        assert answer.json()["board"]["archived"] is True
    frame = await live.until(lambda frame: frame["type"] == "changes" and "board" in frame)
    assert frame["board"]["archived"] is True
    for person, method, path, body in (
        (asha, "POST", "/posts", question()),
        (asha, "PATCH", f"/posts/{asked['id']}", {"state": "withdrawn"}),
        (asha, "PUT", f"/posts/{asked['id']}/vote", None),
        (asha, "POST", "/join", {"name": "Leo"}),
        (moderator, "PATCH", f"/posts/{asked['id']}", {"state": "hidden"}),
        (moderator, "PUT", "/screen", {"scene": "cards"}),
        (moderator, "PATCH", "", {"frozen": True}),
    ):
        refused = await person.send(method, path, body)
        assert (refused.status_code, refused.json()["code"]) == (423, "archived"), (method, path)
    assert here.patch(title="Another").json()["code"] == "archived"
    assert here.patch(title="Another", retention_days=400).json()["code"] == "archived"
    assert here.patch(retention_days=400).status_code == 200, "its end comes when it is archived"
    assert here.client.post(f"{here.api}/rehearsal", headers=JSON).json()["code"] == "archived"
    assert here.client.get(f"{here.api}/export").status_code == 200
    folder = here.client.get(f"{here.api}/export?format=html")
    assert (folder.status_code, folder.headers["content-type"]) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(folder.content)) as archive:
        assert archive.testzip() is None
        assert asked["text"] in archive.read(f"{asha.code}/questions.html").decode()
        assert folder.headers["board-pages"] == str(sum(name.endswith(".html") for name in archive.namelist()))
    assert here.client.post(f"{here.api}/duplicate", headers=JSON).status_code == 201, "for the next year"
    assert "archived" not in here.client.request("DELETE", f"{here.api}/archive", headers=JSON).json()["board"]
    assert (await asha.send("PUT", f"/posts/{asked['id']}/vote")).status_code == 200


async def test_a_copy_has_settings_agenda_and_roster_and_no_posts(either: Server, people: Of, visit: Visitors) -> None:
    board = prepared(either)
    here = organiser(visit, either, board)
    here.change(**CHANGES | {"names": "optional"})
    await (await people(either, board).attendee("Asha")).ask()
    answer = here.client.post(f"{here.api}/duplicate", json={}).json()
    code = answer["board"]["code"]
    there = organiser(visit, either, answer | {"code": code})
    found, before = there.settings, here.settings
    kept = found.keys() - {"code", "created_at", "logo"}
    assert {name: found[name] for name in kept} == {name: before[name] for name in kept}
    assert visit.stranger(either).get(found["logo"]).status_code == 200
    copy, original = exported(either, code), exported(either, board["code"])
    assert (copy["posts"], len(original["posts"])) == ([], 1)
    assert [session["title"] for session in copy["sessions"]] == ["Heat"]
    assert [person["name"] for person in copy["people"]] == ["Nadia"]
    assert visit.by_link(either, board["moderate_url"]).get(f"/b/{code}/moderate").status_code == 403, "links are its own"
    taken = here.client.post(f"{here.api}/duplicate", json={"code": code})
    assert taken.status_code == 409


async def test_a_rehearsal_is_a_copy_and_does_not_change_the_live_board(either: Server, people: Of, visit: Visitors) -> None:
    board = prepared(either)
    here = organiser(visit, either, board)
    before = exported(either, board["code"])["posts"]
    made = here.client.post(f"{here.api}/rehearsal", headers=JSON)
    assert made.status_code == 201, made.text
    twin = made.json() | {"code": made.json()["board"]["code"]}
    assert made.json()["board"]["rehearsal"] is True
    there = organiser(visit, either, twin)
    assert there.snapshot["board"]["rehearsal"] is True
    assert "rehearsal" not in here.snapshot["board"]
    for address in ("", "/screen", "/moderate", "/organise", "/print/poster"):
        pages = [one.client.get(f"/b/{its['code']}{address}").text for one, its in ((there, twin), (here, board))]
        assert [page.count('class="rehearsal"') for page in pages] == [1, 0], f"each page is marked: {address}"
    await (await people(either, twin).attendee("Asha")).ask("Only a rehearsal")
    for one in (here, there):
        assert one.client.post(f"{one.api}/rehearsal", headers=JSON).status_code == 409
    assert next(i for i in here.client.get(f"{here.api}/checklist").json()["items"] if i["key"] == "rehearsal")["done"]
    wiped = there.client.request("DELETE", f"{there.api}/rehearsal", headers=JSON)
    assert wiped.json() == {"erased": [twin["code"]]}
    assert either.run("export", twin["code"], check=False).returncode == 1
    assert exported(either, board["code"])["posts"] == before
    again = here.client.post(f"{here.api}/rehearsal", headers=JSON).json()["board"]["code"]
    assert here.client.request("DELETE", f"{here.api}/rehearsal", headers=JSON).json() == {"erased": [again]}
    assert here.client.request("DELETE", f"{here.api}/rehearsal", headers=JSON).json() == {"erased": []}
    assert here.client.get(f"{here.api}/settings").status_code == 200


def test_only_the_typed_code_erases_a_board_and_its_rehearsal(either: Server, visit: Visitors) -> None:
    board, other = either.create(), either.create("Another")
    here = organiser(visit, either, board)
    twin = here.client.post(f"{here.api}/rehearsal", headers=JSON).json()["board"]["code"]
    wrong = here.client.post(f"{here.api}/purge", json={"code": other["code"]})
    assert (wrong.status_code, wrong.json()["field"]) == (422, "code")
    assert exported(either, board["code"])
    assert here.client.post(f"{here.api}/purge", json={"code": board["code"].lower()}).json() == {"erased": [board["code"]]}
    for code in (board["code"], twin):
        assert either.run("export", code, check=False).returncode == 1
    assert exported(either, other["code"])


async def test_an_export_is_what_the_command_line_writes(either: Server, people: Of, visit: Visitors) -> None:
    board = either.create()
    here = organiser(visit, either, board)
    await (await people(either, board).attendee("Asha")).ask("Who pays?")
    whole = here.client.get(f"{here.api}/export", params={"format": "json"})
    assert whole.headers["content-disposition"] == f'attachment; filename="{board["code"]}.json"'
    assert whole.json()["posts"] == exported(either, board["code"])["posts"]
    assert "Who pays?" in here.client.get(f"{here.api}/export", params={"format": "csv"}).text
    sheet = openpyxl.load_workbook(io.BytesIO(here.client.get(f"{here.api}/export", params={"format": "xlsx"}).content))
    assert "Questions" in sheet.sheetnames
    assert here.client.get(f"{here.api}/export", params={"format": "exe"}).json()["field"] == "format"


# -- the command line ----------------------------------------------------------------------------------------------


def test_the_command_line_archives_copies_and_erases_boards(server: Server, visit: Visitors) -> None:
    board = prepared(server)
    output = server.run("duplicate", board["code"].lower(), "--code", f"CP-{board['code']}").stdout
    assert f"CP-{board['code']}" in output
    assert output.count("/l/") == 3
    assert [session["title"] for session in exported(server, f"CP-{board['code']}")["sessions"]] == ["Heat"]
    assert "rehearsal" in server.run("duplicate", board["code"], "--rehearsal").stdout
    for wrong in (
        ("duplicate", board["code"], "--rehearsal"),
        ("duplicate", board["code"], "--code", board["code"]),
        ("duplicate", "NOWHERE"),
        ("archive", "NOWHERE"),
        ("purge", board["code"], "--yes", "--export", str(server.directory / "no" / "where.json")),
    ):
        refused = server.run(*wrong, check=False)
        assert refused.returncode == 1, wrong
        assert len(refused.stderr.strip().splitlines()) == 1
    assert "read-only" in server.run("archive", board["code"]).stdout
    assert organiser(visit, server, board).snapshot["board"]["archived"] is True
    file = server.directory / "everything.json"
    server.run("purge", board["code"], "--yes", "--export", str(file))
    assert json.loads(file.read_text())["board"]["code"] == board["code"]
    assert file.stat().st_mode & 0o777 == 0o600
    assert server.run("export", board["code"], check=False).returncode == 1


# -- as documented -------------------------------------------------------------------------------------------------


async def test_each_answer_about_a_board_as_a_whole_is_as_documented(server: Server) -> None:
    ours = {"archive", "unarchive", "duplicateBoard", "beginRehearsal", "endRehearsal", "purgeBoard", "exportBoard"}
    ours |= {"readRehearsal", "startSimulated", "stopSimulated"}
    witness, board = Witness(), server.create()
    api = f"/api/b/{board['code']}"
    async with (
        httpx.AsyncClient(base_url=server.url, timeout=servers.ANSWER_SECONDS, verify=servers.TLS) as stranger,
        Moderator(server.url, board["code"], board["organise_url"]) as mira,
    ):
        client = mira.http
        witness.watch(client, stranger)
        for method, path in CALLS:
            if method == "GET":
                assert (await stranger.get(api + path)).status_code == 403
                assert (await client.get(f"/api/b/NOWHERE{path}")).status_code == 404
                if path == "/export":
                    assert (await client.get(f"{api}{path}?format=exe")).status_code == 422
                assert (await client.get(api + path)).status_code == 200
                continue
            assert (await stranger.request(method, api + path, headers=JSON)).status_code == 403
            assert (await client.request(method, f"/api/b/NOWHERE{path}", headers=JSON)).status_code == 404
            assert (await client.request(method, api + path)).status_code == 415
            if (method, path) in (("POST", "/duplicate"), ("POST", "/purge"), ("POST", "/rehearsal")):
                for content, status in ((b"{", 400), (b"x" * 20_000, 413), (b'{"nonsense": 1}', 422)):
                    assert (await client.request(method, api + path, content=content, headers=JSON)).status_code == status
        assert (await client.post(f"{api}/duplicate", json={"code": board["code"]})).status_code == 409
        assert (await client.post(f"{api}/duplicate", json={})).status_code == 201
        for method in ("PUT", "DELETE"):
            assert (await client.request(method, f"{api}/rehearsal/attendees", headers=JSON)).status_code == 409
        assert (await client.post(f"{api}/rehearsal", headers=JSON)).status_code == 201
        assert (await client.post(f"{api}/rehearsal", headers=JSON)).status_code == 409
        for method in ("PUT", "DELETE"):
            assert (await client.request(method, f"{api}/rehearsal/attendees", headers=JSON)).status_code == 200
        assert (await client.get(f"{api}/rehearsal")).status_code == 200
        assert (await client.post(f"{api}/archive", headers=JSON)).status_code == 200
        assert (await client.put(f"{api}/rehearsal/attendees", headers=JSON)).status_code == 423
        assert (await client.request("DELETE", f"{api}/rehearsal", headers=JSON)).status_code == 200
        assert (await client.post(f"{api}/rehearsal", headers=JSON)).status_code == 423
        assert (await client.request("DELETE", f"{api}/archive", headers=JSON)).status_code == 200
        assert (await client.post(f"{api}/purge", json={"code": board["code"]})).status_code == 200
    documented = {answer for answer in answers(lambda tags: "organise" in tags) if answer[0] in ours}
    assert {operation for operation, _ in documented} == ours
    assert documented - witness.seen == {("exportBoard", "409")}, "which needs several at once: tests/test_exports.py"

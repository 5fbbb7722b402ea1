"""Imports in the browser: permissions, previews, and that all workers have the same."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from board.data import import_files, imports
from board.data.address import Address
from board.data.store import Store
from board.model.importing import FILE_BYTES, ImportChange
from board.model.models import Actor, Conflict, Forbidden, NotFound
from board.server import guard
from board.transfer.imports.bringing import File
from board.transfer.imports.kept import Imports
from tests import boards
from tests.boards import opened
from tests.clocks import MovedClock
from tests.conftest import People
from tests.imports.cases import data_of
from tests.people import JSON, Moderator
from tests.sentences import ENGLISH
from tests.servers import Server
from tests.test_contract_schemas import Witness, answers
from tests.visitors import Visitors

Of = Callable[..., People]
FILE = {"Content-Type": "application/octet-stream"}
NOTHING = "00000000-0000-0000-0000-000000000000"


async def bring(organiser: Moderator, data: bytes, kind: str = "agenda", name: str = "a.csv") -> httpx.Response:
    return await organiser.http.post(
        f"{organiser.api}/imports", params={"kind": kind, "name": name}, content=data, headers=FILE
    )


async def titles(organiser: Moderator) -> list[str]:
    return sorted(session["title"] for session in (await organiser.get()).json()["sessions"])


def test_each_role_has_its_own_permissions_for_imports(either: Server, visit: Visitors) -> None:
    board = either.create()
    api, everybody = f"/api/b/{board['code']}", visit.everybody(either, board)
    address = f"{api}/imports?kind=agenda&name=a.csv"
    made = everybody["organise"].post(address, content=b"title\nHeat\n", headers=FILE)
    assert made.status_code == 201, made.text
    one = f"{api}/imports/{made.json()['import']['id']}"
    for method, place, content, headers, status in (
        ("POST", address, b"title\nHeat\n", FILE, 201),
        ("PATCH", one, b'{"day": "2026-05-04"}', JSON, 200),
        ("POST", f"{one}/apply", b"", JSON, 200),
        ("POST", f"{one}/undo", b"", JSON, 200),
    ):
        for role, client in sorted(everybody.items(), key=lambda found: found[0] == "organise"):  # the role that may comes last
            answer = client.request(method, place, content=content, headers=headers)
            assert answer.status_code == (status if role == "organise" else 403), (method, place, role, answer.text)


async def test_a_file_is_previewed_answered_applied_and_undone(either: Server, people: Of) -> None:
    """Each request may come to another worker."""
    board = either.create("Lab", "--time-zone", "Asia/Bangkok", "--starts-on", "2026-05-04", "--ends-on", "2026-05-07")
    organiser = await people(either, board).organiser()
    made = await bring(organiser, data_of("a09-no-date.csv"), name="予定.csv")
    assert made.status_code == 201, made.text
    shown = made.json()["import"]
    assert (shown["kind"], shown["format"], shown["encoding"], shown["state"]) == ("agenda", "csv", "utf-8", "open")
    assert [column["field"] for column in shown["columns"]] == ["start", "end", "title", None, "room"]
    assert (len(shown["added"]), shown["same"], shown["left_out"]) == (4, 0, ["desc"])
    assert shown["added"][0]["starts_at"] == "2026-05-04T13:00", "in the board's own time"
    (ask,) = shown["asks"]
    assert (ask["key"], ask["detail"], ask["chosen"]) == ("day", "The times have no date. On which day are they?", "2026-05-04")
    assert await titles(organiser) == []
    one = f"/imports/{shown['id']}"
    changed = (await organiser.send("PATCH", one, {"choices": {"day": "2026-05-06"}, "map": {"type": "desc"}})).json()["import"]
    assert (changed["id"], changed["added"][0]["starts_at"], changed["left_out"]) == (shown["id"], "2026-05-06T13:00", [])
    done = (await organiser.send("POST", f"{one}/apply")).json()["import"]
    assert (done["state"], len(done["added"])) == ("applied", 4)
    assert len(await titles(organiser)) == 4
    again = await organiser.send("POST", f"{one}/apply")
    assert (again.status_code, again.json()["import"]["state"], len(await titles(organiser))) == (200, "applied", 4)
    assert (await organiser.send("PATCH", one, {"day": "2026-05-04"})).status_code == 409
    undone = await organiser.send("POST", f"{one}/undo")
    assert (undone.status_code, undone.json()["import"]["state"], await titles(organiser)) == (200, "undone", [])
    assert (await organiser.send("POST", f"{one}/undo")).json() == undone.json()
    trail = [line["action"] for line in (await organiser.get("/audit")).json()["entries"]]
    assert trail[:2] == ["import-agenda-undone", "import-agenda"]


async def test_workbooks_and_calendars_are_imported_the_same_way(server: Server, people: Of) -> None:
    board = server.create("Lab", "--time-zone", "Asia/Bangkok", "--starts-on", "2026-05-04", "--ends-on", "2026-05-07")
    organiser = await people(server, board).organiser()
    for file, kind, form, added in (
        ("w01-fecha-hora.xlsx", "agenda", "xlsx", 3),
        ("i01-tzid-folded-escaped.ics", "agenda", "icalendar", 2),
        ("x01-frab.xml", "agenda", "xml", 2),
        ("j01-sessionize.json", "agenda", "json", 2),
        ("r07-teams-utf16.csv", "people", "csv", 2),
    ):
        shown = (await bring(organiser, data_of(file), kind, file)).json()["import"]
        assert (shown["format"], len(shown["added"])) == (form, added)


async def test_a_wrong_file_is_refused_in_words_and_not_stored(server: Server, people: Of) -> None:
    organiser = await people(server, server.create()).organiser()
    for data, status, words in (
        (b"", 422, "There is nothing in this file."),
        (b"PK\x03\x04 no workbook", 422, "This workbook cannot be opened."),
        (b"%PDF-1.7", 422, "This file holds no table."),
        (b"x" * (FILE_BYTES + 1), 413, ""),
    ):
        answer = await bring(organiser, data)
        assert answer.status_code == status
        assert words in answer.json()["detail"]
    assert (await bring(organiser, b"title\nHeat\n", "posts")).json()["field"] == "kind"
    largest = b"title,room\n" + b"Heat,A\n" * 100
    assert (await bring(organiser, largest + b"\n" * (FILE_BYTES - len(largest)))).status_code == 201


async def test_every_documented_answer_about_imports_is_given(people: Of, server: Server) -> None:
    here, witness = people(server, server.create()), Witness()
    organiser, asha = await here.organiser(), await here.attendee()
    witness.watch(organiser.http, asha.http)
    made = await bring(organiser, b"title\nHeat\n")
    one = f"/imports/{made.json()['import']['id']}"
    await organiser.send("POST", f"{one}/undo")  # not done yet
    await organiser.send("PATCH", one, {"map": {"title": "1"}})
    await organiser.send("PATCH", one, {"encoding": "klingon"})
    await organiser.send("PATCH", one, {"day": "tomorrow"})
    await organiser.send("POST", f"{one}/apply")
    await organiser.send("PATCH", one, {"day": ""})
    await organiser.send("POST", f"{one}/undo")
    for content in (b"{", b"x" * 20_000):
        await organiser.http.patch(organiser.api + one, content=content, headers=JSON)
    await bring(organiser, b"x" * (FILE_BYTES + 1))
    await bring(organiser, b"")
    other = f"/imports/{NOTHING}"
    calls = (
        ("POST", "/imports?kind=agenda", FILE),
        ("PATCH", other, JSON),
        ("POST", f"{other}/apply", JSON),
        ("POST", f"{other}/undo", JSON),
    )
    for method, path, headers in calls:
        for who in (organiser, asha):
            await who.http.request(method, who.api + path, content=b"{}", headers=headers)
        await organiser.http.request(method, organiser.api + path, content=b"{}", headers={"Content-Type": "text/plain"})
        await organiser.http.request(method, f"/api/b/NOWHERE{path}", content=b"{}", headers=headers)
    missing = {answer for answer in answers(lambda tags: "organise" in tags) - witness.seen if "Import" in answer[0]}
    assert missing == set()


def test_only_an_uploaded_file_gets_the_longer_time_for_a_weak_wifi() -> None:
    def seconds(kind: bytes, length: bytes) -> float | None:
        return guard.upload_seconds({b"content-type": kind, b"content-length": length})

    largest = seconds(b"application/octet-stream", str(FILE_BYTES).encode())
    assert largest == guard.LONGEST_UPLOAD_SECONDS == guard.REQUEST_SECONDS + FILE_BYTES / guard.UPLOAD_BYTES_PER_SECOND
    assert seconds(b"application/octet-stream", b"99999999") == largest
    for kind, length in (
        (b"application/json", b"9999"),
        (b"application/octet-stream", b"-1"),
        (b"application/octet-stream", b"9" * 9),
    ):
        assert seconds(kind, length) is None
    assert guard.upload_seconds({b"content-type": b"application/octet-stream"}) is None


# -- what is kept, and for how long --------------------------------------------------------------------------------


class Kept:
    """Imports of one board as its workers have them."""

    def __init__(self, store: Store, board: Address, actor: Actor) -> None:
        self.store, self.board, self.actor = store, board, actor
        self.imports = Imports(store)

    async def make(self, content: bytes = b"title\nHeat\n") -> str:
        shown = await self.imports.make(self.board, self.actor, File("agenda", content), ENGLISH)
        return str(json.loads(shown)["import"]["id"])

    async def apply(self, import_id: str) -> bytes:
        return await self.imports.apply(self.board, self.actor, import_id, ENGLISH)

    async def count(self) -> int:
        return await self.store.read(lambda connection: connection.execute(import_files._table.select()).all().__len__())


async def kept(store: Store) -> Kept:
    board_id = await boards.new_board(store)
    state = await store.read(lambda connection: imports.read_state(connection, board_id))
    return Kept(store, Address(board_id, state.board.code), await boards.new_actor(store, board_id))


async def test_an_uploaded_file_is_erased_after_an_hour(database_url: str) -> None:
    clock = MovedClock(wall=1_800_000_000.0)
    async with opened(database_url, clock=clock) as store:
        store.migrate()
        here = await kept(store)
        first = await here.make()
        clock.move(import_files.KEPT_SECONDS - 1)
        await here.imports.change(here.board, here.actor, first, ImportChange(day="2026-05-04"), ENGLISH)
        await here.imports.sweep()
        assert await here.count() == 1
        clock.move(2)
        with pytest.raises(NotFound):
            await here.apply(first)
        await here.imports.sweep()
        assert await here.count() == 0


async def test_a_board_keeps_few_uploaded_files_and_no_applied_one(store: Store) -> None:
    here = await kept(store)
    made = [await here.make(f"title\nHeat {number}\n".encode()) for number in range(import_files.MOST_KEPT + 2)]
    assert await here.count() == import_files.MOST_KEPT
    with pytest.raises(NotFound):
        await here.apply(made[0])
    await here.apply(made[-1])
    rows: list[Any] = await store.read(lambda connection: list(connection.execute(import_files._table.select())))
    (done,) = [row for row in rows if row.id == made[-1]]
    assert (done.data, bool(done.done)) == (None, True)


async def test_an_import_that_two_organisers_apply_at_once_runs_once(store: Store) -> None:
    here = await kept(store)
    one = await here.make()
    there = Kept(store, here.board, here.actor)
    done = await asyncio.gather(here.apply(one), there.apply(one))
    assert all(b'"state":"applied"' in answer for answer in done)
    state = await store.read(lambda connection: imports.read_state(connection, here.board.id))
    assert [session.title for session in state.sessions] == ["Heat"]


async def test_an_import_of_one_board_is_not_found_on_another(store: Store) -> None:
    here, there = await kept(store), await kept(store)
    one = await here.make()
    with pytest.raises(NotFound):
        await there.apply(one)


async def test_a_link_revoked_meanwhile_imports_nothing(store: Store) -> None:
    here = await kept(store)
    one = await here.make()
    here.actor = Actor("gone", here.actor.role, here.actor.name)
    with pytest.raises(Forbidden):
        await here.apply(one)
    with pytest.raises(Forbidden):
        await here.make()
    state = await store.read(lambda connection: imports.read_state(connection, here.board.id))
    assert state.sessions == []


async def test_an_import_changed_since_is_not_undone_and_the_changes_are_named(store: Store) -> None:
    here = await kept(store)
    one = await here.make(b"title,room\nHeat,A\nWages,B\n")
    await here.apply(one)
    await here.apply(await here.make(b"title,room\nHeat,C\n"))
    with pytest.raises(Conflict) as conflict:
        await here.imports.undo(here.board, here.actor, one)
    assert ENGLISH.refusal(conflict.value) == "Somebody has changed or used this since: “Heat”. Nothing was undone."

"""The rosters that each worker keeps for a moment: which of two workers finds somebody by which name, and since when."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import httpx

from board.actions.staff_links import new_link
from board.data.rosters import FRESH_SECONDS
from board.model.models import Role
from tests import boards, servers
from tests.imports.test_http import FILE
from tests.inprocess import by_clock
from tests.visitors import Visitors


async def test_each_worker_finds_people_by_names_that_another_just_committed(
    tmp_path: Path, redis_server: servers.Redis, visit: Visitors
) -> None:
    """The clock stands still: a new result comes from a message, not from a reload after some seconds."""
    shared = {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'board.db'}",
        "SECRET_KEY": "k" * 40,
        "REDIS_URL": redis_server.url,
        "BOARD_LIMITS": "off",
    }
    with by_clock(**shared) as here, by_clock(**shared) as there:
        for server in (here, there):
            servers.wait_until(lambda server=server: httpx.get(f"{server.url}/readyz").status_code == 200, "the bus")
        async with boards.opened(shared["DATABASE_URL"]) as command_line:
            board_id = await boards.new_board(command_line, code="LAB7")
            link = await command_line.write(board_id, lambda transaction: new_link(transaction, Role.ORGANISER, "Mira"))
        api, file = "/api/b/LAB7", b"name,team\nNadia Aziz,Amman\n"
        organiser, found = visit.by_link(here, f"/l/{link}"), _finder(visit.by_link(there, "/b/LAB7"), api)
        organiser.patch(api, json={"teams": [{"name": "Jordan"}]})
        assert found() == []
        person = organiser.post(f"{api}/people", json={"name": "Nadia Raman", "team": "Jordan"}).json()["person"]
        servers.wait_until(lambda: found() == [("Nadia Raman", "Jordan")], "somebody who was added")
        organiser.patch(f"{api}/people/{person['id']}", json={"name": "Nadia Rahman"})
        servers.wait_until(lambda: found() == [("Nadia Rahman", "Jordan")], "a corrected name")
        organiser.patch(api, json={"teams": [{"name": "Amman", "was": "Jordan"}]})
        servers.wait_until(lambda: found() == [("Nadia Rahman", "Amman")], "a renamed team")
        looked = organiser.post(f"{api}/imports?kind=people&name=a.csv", content=file, headers=FILE).json()["import"]
        organiser.post(f"{api}/imports/{looked['id']}/apply", json={})
        servers.wait_until(lambda: len(found()) == 2, "an import")
        organiser.post(f"{api}/imports/{looked['id']}/undo", json={})
        servers.wait_until(lambda: len(found()) == 1, "an import that was undone")
        organiser.request("DELETE", f"{api}/people/{person['id']}", json={})
        servers.wait_until(lambda: found() == [], "somebody who was removed")
        async with boards.opened(shared["DATABASE_URL"]) as command_line:
            await boards.new_person(command_line, board_id, "quist", "Nadia Quist")
        assert found() == [], "the command line tells nobody"
        there.clock.move(FRESH_SECONDS + 1)
        assert found() == [("Nadia Quist", None)]


def _finder(client: httpx.Client, api: str) -> Callable[[], list[tuple[str, str | None]]]:
    def found() -> list[tuple[str, str | None]]:
        people = client.get(f"{api}/people", params={"q": "nadia"}).json()["people"]
        return [(person["name"], person["team"]) for person in people]

    return found

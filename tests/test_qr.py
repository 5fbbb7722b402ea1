"""A link that was just made becomes a QR code: for organisers, and of this server's addresses alone."""

from __future__ import annotations

from collections.abc import Callable

from board.web.templating import qr_dots
from tests.conftest import People
from tests.people import JSON
from tests.servers import Server
from tests.test_contract_schemas import Witness

Of = Callable[[Server, dict[str, str]], People]


async def test_an_organiser_gets_qr_codes_only_for_addresses_of_this_server(server: Server, people: Of) -> None:
    board, witness = server.create(), Witness()
    here = people(server, board)
    organiser, moderator, anyone = await here.organiser(), await here.moderator(), await here.attendee()
    witness.watch(organiser.http, moderator.http, anyone.http)
    url = f"{server.url}/l/abc"
    answer = await organiser.send("POST", "/qr", {"url": url})
    assert answer.status_code == 200, answer.text
    assert answer.json() == {"qr": {"size": qr_dots(url).size, "path": qr_dots(url).path}}
    for elsewhere in ("https://elsewhere.example/l/abc", f"{server.url}.elsewhere.example/", url + "x" * 300, ""):
        refused = await organiser.send("POST", "/qr", {"url": elsewhere})
        assert (refused.status_code, refused.json()["field"]) == (422, "url"), elsewhere
    for other in (moderator, anyone):
        assert (await other.send("POST", "/qr", {"url": url})).status_code == 403
    assert (await organiser.http.post("/api/b/NOWHERE/qr", headers=JSON, content=b"{}")).status_code == 404
    assert (await organiser.http.post(f"{organiser.api}/qr", content=b"{}")).status_code == 415
    assert (await organiser.http.post(f"{organiser.api}/qr", headers=JSON, content=b"{")).status_code == 400
    too_large = b'{"url": "' + b"x" * 20_000 + b'"}'
    assert (await organiser.http.post(f"{organiser.api}/qr", headers=JSON, content=too_large)).status_code == 413
    assert "/l/abc" not in server.log.read_text()

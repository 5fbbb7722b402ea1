"""The logo of a board where people see it: on the large screen, on printed sheets, where a badge is read."""

from __future__ import annotations

from tests.badges import address_of
from tests.servers import Server
from tests.test_organise import data_url, organiser, png
from tests.test_whole import prepared
from tests.visitors import Visitors


def test_sheets_and_badge_pages_show_the_logo_and_phones_do_not_load_it(server: Server, visit: Visitors) -> None:
    board = prepared(server)
    here, code = organiser(visit, server, board), board["code"]
    person = here.client.get(f"{here.api}/roster").json()["people"][0]["id"]
    pages = [f"/b/{code}/print/{sheet}" for sheet in ("poster", "tables", "badges", "fallback")]
    pages += [f"/b/{code}/screen", address_of(server, board, person)]
    for page in pages:
        without = here.client.get(page)
        assert (without.status_code, "/logo/" in without.text) == (200, False), page
    here.change(logo=data_url(png()))
    address = here.snapshot["board"]["logo"]
    for page in pages:
        assert f'src="{address}"' in here.client.get(page).text, page
    assert "<img" not in here.client.get(f"/b/{code}").text, "a phone's first load is counted in bytes"
    assert "immutable" in here.client.get(address).headers["cache-control"], "another picture has another address"

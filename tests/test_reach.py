"""Addresses that are printed are ones that the device which gets them can reach."""

from __future__ import annotations

import socket

import httpx
import pytest

from board.web import reach
from tests import servers


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST", "localhost.", "board.localhost", "127.0.0.1", "127.8.9.1", "::1", "[::1]", ""]
)
def test_local_addresses_are_recognised(host: str) -> None:
    assert reach.is_local(host)
    assert reach.reachable(host) == "localhost"


@pytest.mark.parametrize("host", ["192.0.2.7", "board.example.org", "2001:db8::7", "local", "10.0.0.1"])
def test_any_other_host_is_printed_unchanged(host: str) -> None:
    assert not reach.is_local(host)
    assert reach.reachable(host) == (f"[{host}]" if ":" in host else host)


@pytest.mark.parametrize("host", list(reach.ALL_ADDRESSES))
def test_links_of_a_server_on_all_addresses_use_this_computers_address(host: str) -> None:
    assert reach.reachable(host) == (reach.own_address() or "localhost")


def test_people_get_the_network_address_and_programs_a_local_one() -> None:
    own = reach.own_address()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        assert reach.address_for_people(port) == f"http://{own or 'localhost'}:{port}", "not started yet"
        assert reach.address_for_programs(port) == f"http://localhost:{port}"
        probe.listen()
        assert reach.address_for_people(port) == f"http://localhost:{port}", "it listens to this computer alone"
    if own is None:
        return
    with socket.create_server((reach.ALL_ADDRESSES[0], 0)) as everywhere:
        port = everywhere.getsockname()[1]
        assert reach.address_for_people(port) == reach.address_for_programs(port) == f"http://{own}:{port}"


async def test_a_screen_at_localhost_shows_phones_the_network_address() -> None:
    with servers.serving(host=reach.ALL_ADDRESSES[0]) as server:
        board = server.create()
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{server.port}") as browser:
            page = (await browser.get(f"/b/{board['code']}", headers={"Host": f"localhost:{server.port}"})).text
    own = reach.own_address() or "localhost"
    assert f'"join_url": "http://{own}:{server.port}/b/{board["code"]}"' in page


async def test_a_local_server_uses_the_address_of_the_request_in_links(server: servers.Server) -> None:
    board = server.create()
    async with httpx.AsyncClient(base_url=server.url) as browser:
        page = (await browser.get(f"/b/{board['code']}")).text
    assert f'"join_url": "{server.url}/b/{board["code"]}"' in page

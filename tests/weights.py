"""How much each page weighs on first load: the page, its scripts and style sheets as they are sent (gzip), without fonts."""

from __future__ import annotations

import re

import httpx

from tests.servers import Server

BUDGETS_KIB = {
    "join": 10,
    "phone": 45,
    "large screen": 56,
    "moderator": 70,
    "organiser": 70,
    "new board": 30,
    "poster": 20,
}
_FILE = re.compile(r'(?:src|href)="(/static/[^"]+\.(?:js|css|svg)(?:\?lang=\w+)?)"')


async def first_loads_kib(server: Server) -> dict[str, float]:
    """Opens every page of a new board, each as a browser with an empty cache."""
    made = server.create("Weights")
    addresses = {
        "join": server.url,
        "phone": made["join_url"],
        "large screen": made["screen_url"],
        "moderator": made["moderate_url"],
        "organiser": made["organise_url"],
        "new board": server.run("host-link").stdout.split()[-1],
        "poster": f"{server.url}/b/{made['code']}/print/poster",
    }
    gzip = {"Accept-Encoding": "gzip"}
    async with httpx.AsyncClient(base_url=server.url, follow_redirects=True, headers=gzip, timeout=60) as browser:
        kib = {}
        for name, address in addresses.items():
            page = await browser.get(address)
            files = [await browser.get(path) for path in set(_FILE.findall(page.text))]
            kib[name] = sum(int(answer.headers["content-length"]) for answer in (page, *files)) / 1024
    return kib

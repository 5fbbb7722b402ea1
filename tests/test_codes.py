"""A code is read from a wall and typed on a phone: it leads to its board however it is typed."""

from __future__ import annotations

from urllib.parse import quote

import httpx
import pytest

from board.model import codes
from tests.servers import Server


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("LAB-23", "LAB-23"),
        ("lab-23", "LAB-23"),
        (" LAB 23 ", "LAB-23"),
        ("LAB–23", "LAB-23"),
        ("LAB—23", "LAB-23"),
        ("LAB−23", "LAB-23"),
        ("LAB-23.", "LAB-23"),
        ("LAB-23/", "LAB-23"),
        ("LAB_23", "LAB-23"),
        ("ＬＡＢ－２３", "LAB-23"),
        ("LAB-٢٣", "LAB-23"),
        ("lab-২৩", "LAB-23"),
        ("LAB23", "LAB23"),
    ],
)
def test_a_typed_code_has_these_candidates(typed: str, first: str) -> None:
    assert codes.candidates(typed)[0] == first


@pytest.mark.parametrize("typed", ["", "ab", "favicon.ico.png.txt", "LAB\x0023", "<script>", "x" * 41, "½½½½", "ⅣⅣⅣ?"])
def test_codes_that_cannot_exist_have_no_candidates(typed: str) -> None:
    assert codes.candidates(typed) == []


TYPED = [
    "{}",
    "{}/",
    "b/{}/",
    "b/{}.",
    "{low}",
    "{spaced}",
    "{bare}",
    "b/{bare}",
    "b/{spaced}/",
    "{dash}",
    "{arabic}",
    "b/{wide}",
]


@pytest.mark.parametrize("typed", TYPED)
async def test_one_redirect_leads_to_the_board(server: Server, board_with_dash: dict[str, str], typed: str) -> None:
    code = board_with_dash["code"]
    arabic = "".join(chr(0x660 + int(char)) if char.isdigit() else char for char in code)
    wide = "".join(chr(ord(char) + 0xFEE0) if char.isalnum() else char for char in code)
    forms = {
        "low": code.lower(),
        "spaced": code.replace("-", " "),
        "bare": code.replace("-", ""),
        "dash": code.replace("-", "–"),
    }
    path = quote(typed.format(code, arabic=arabic, wide=wide, **forms))
    async with httpx.AsyncClient(base_url=server.url) as visitor:
        answer = await visitor.get(f"/{path}")
        assert answer.status_code == 303
        assert answer.headers["location"] == f"/b/{code}"
        assert (await visitor.get("/", params={"code": forms["bare"]})).headers["location"] == f"/b/{code}"


async def test_the_screens_address_accepts_the_same_codes_and_needs_its_link(
    server: Server, board_with_dash: dict[str, str]
) -> None:
    code = board_with_dash["code"]
    async with httpx.AsyncClient(base_url=server.url) as visitor:
        answer = await visitor.get(f"/b/{code.replace('-', '')}/screen")
        assert (answer.status_code, answer.headers["location"]) == (303, f"/b/{code}/screen")


async def test_a_code_that_fits_two_boards_is_not_guessed(server: Server) -> None:
    for code in ("DASH-2345", "DASH2-345"):
        server.create("Lab", "--code", code)
    async with httpx.AsyncClient(base_url=server.url) as visitor:
        assert (await visitor.get("/DASH2345")).status_code == 404
        assert (await visitor.get("/dash-2345")).headers["location"] == "/b/DASH-2345"


@pytest.mark.parametrize("path", ["/NOWHERE", "/b/NOWHERE", "/favicon.png", "/api/b/NOWHERE", "/wp-login.php", "/%00%00%00%00"])
async def test_any_other_address_is_not_found(server: Server, path: str) -> None:
    async with httpx.AsyncClient(base_url=server.url) as visitor:
        assert (await visitor.get(path)).status_code == 404
        assert (await visitor.post(path, json={})).status_code in (404, 405)


@pytest.fixture(scope="module")
def board_with_dash(server: Server) -> dict[str, str]:
    return server.create("Innovation Lab", "--code", "WALL-2345")

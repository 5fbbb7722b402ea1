"""Sheets for a printer, and badges that sign their owner in: for whom they are, what they show, what a badge opens."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path

import httpx
import pytest
import segno
from sqlalchemy import Connection, delete

from board.actions import attendees, badges, people
from board.data import badges as stored
from board.data import schema
from board.data.store import Store
from board.model import requests
from board.model.called import called
from board.model.models import Closed, Forbidden, NotFound, State
from board.web.badges import person_of, proof, signed
from board.web.printing import BADGES_A_PAGE, PAPER_CARDS_MOST, SHEETS
from tests import boards
from tests.badges import address_of
from tests.boards import participant
from tests.conftest import People
from tests.people import JSON
from tests.servers import Server
from tests.test_actions import Here, make

Of = Callable[[Server, dict[str, str]], People]
NAMES = [sheet.name for sheet in SHEETS]
ROLES = ("nobody", "attendee", "screen", "moderator", "organiser of another board")
KEY = "k" * 40


@contextmanager
def visiting(server: Server, *links: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=30) as visitor:
        for link in links:
            visitor.get(link)
        yield visitor


@pytest.fixture(scope="module")
def board(server: Server) -> dict[str, str]:
    return server.create("Innovation <Lab>", "--starts-on", "2026-05-04", "--ends-on", "2026-05-07")


def with_people(server: Server, tmp_path: Path, *names: str) -> dict[str, str]:
    board = server.create("Innovation Lab")
    file = tmp_path / "people.csv"
    file.write_text("\n".join(["id,name,team", *(f"p{at},{name},Cambodia" for at, name in enumerate(names))]), encoding="utf-8")
    server.run("import-people", board["code"], str(file))
    return board


# -- for whom ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sheet", NAMES)
def test_each_sheet_opens_to_the_organiser(server: Server, board: dict[str, str], sheet: str) -> None:
    with visiting(server, board["organise_url"]) as organiser:
        answer = organiser.get(f"/b/{board['code']}/print/{sheet}")
    assert answer.status_code == 200
    assert "Innovation &lt;Lab&gt;" in answer.text
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("who", ROLES)
@pytest.mark.parametrize("sheet", NAMES)
def test_only_the_organiser_can_open_each_sheet(server: Server, board: dict[str, str], sheet: str, who: str) -> None:
    links = {
        "nobody": [],
        "attendee": [f"/b/{board['code']}"],
        "screen": [board["screen_url"]],
        "moderator": [board["moderate_url"]],
        "organiser of another board": [server.create("Elsewhere")["organise_url"]],
    }
    with visiting(server, *links[who]) as visitor:
        answer = visitor.get(f"/b/{board['code']}/print/{sheet}")
    assert answer.status_code == 403
    assert "organiser's link" in unescape(answer.text)


def test_an_unknown_sheet_or_board_is_not_found(server: Server, board: dict[str, str]) -> None:
    with visiting(server, board["organise_url"]) as organiser:
        assert organiser.get(f"/b/{board['code']}/print/money").status_code == 404
        assert organiser.get("/b/NO-SUCH/print/poster").status_code == 404


# -- what sheets show ----------------------------------------------------------------------------------------------


def test_options_of_a_sheet_are_shown_as_text_and_kept_in_links_to_other_sheets(server: Server, board: dict[str, str]) -> None:
    typed = {"headline": "<b>Hello</b>", "second": "احتفِ بزميل", "network": "Lotus & Guest", "password": '"><script>'}
    with visiting(server, board["organise_url"]) as organiser:
        page = organiser.get(f"/b/{board['code']}/print/poster", params=typed).text
        assert "<b>Hello" not in page
        assert '"><script>' not in page
        for words in typed.values():
            assert words in unescape(page)
        other = next(address for address in re.findall(r'href="([^"]+/print/tables\?[^"]+)"', page))
        again = unescape(organiser.get(unescape(other)).text)
    assert all(words in again for words in typed.values())


def test_links_of_a_sheet_keep_its_language_and_its_qr_codes_have_none(
    server: Server, board: dict[str, str], tmp_path: Path
) -> None:
    """The organiser reads on in this language. A phone that scans the code has a language of its own."""
    people = with_people(server, tmp_path, "Sokha Chan")
    with visiting(server, people["organise_url"]) as organiser:
        for sheet in NAMES:
            answer = organiser.get(f"/b/{people['code']}/print/{sheet}", params={"lang": "ar"})
            ways = [unescape(way) for way in re.findall(r'<a [^>]*?href="([^"]+)"', answer.text)]
            assert {way.partition("?")[2].partition("#")[0].split("&")[-1] for way in ways} == {"lang=ar"}, sheet
            assert '<input type="hidden" name="lang" value="ar">' in answer.text
            assert len(ways) > len(NAMES)
        badges = organiser.get(f"/b/{people['code']}/print/badges", params={"lang": "ar"}).text
        plain = organiser.get(f"/b/{people['code']}/print/badges").text
        codes = [re.findall(r'class="qr".*?d="([^"]+)"', page, re.DOTALL) for page in (badges, plain)]
        assert codes[0] == codes[1] != []
        assert "lang" not in "".join(unescape(way) for way in re.findall(r'href="(/b/[^"]+)"', plain))


@pytest.mark.parametrize("field", ["headline", "second", "network", "password", "q", "team"])
def test_options_of_a_sheet_are_bounded(server: Server, board: dict[str, str], field: str) -> None:
    with visiting(server, board["organise_url"]) as organiser:
        for value in ("x" * 2000, "x\x00y"):
            assert organiser.get(f"/b/{board['code']}/print/badges", params={field: value}).status_code == 422


@pytest.mark.parametrize("size", ["letter", "a4", "A0", ""])
def test_sheets_are_a4_or_letter(server: Server, board: dict[str, str], size: str) -> None:
    with visiting(server, board["organise_url"]) as organiser:
        page = organiser.get(f"/b/{board['code']}/print/poster", params={"size": size}).text
    assert f"css/print-{'letter' if size == 'letter' else 'a4'}.css" in page


def test_paper_cards_are_numbered_from_a_chosen_number_and_bounded(server: Server, board: dict[str, str]) -> None:
    def numbers(**asked: str) -> list[str]:
        return re.findall(r'class="slip-number">(\d+)<', organiser.get(address, params=asked).text)

    address = f"/b/{board['code']}/print/paper"
    with visiting(server, board["organise_url"]) as organiser:
        assert numbers(**{"from": "98", "count": "4"}) == ["098", "099", "100", "101"]
        assert len(numbers(count="1000000")) == len(numbers(count="x")) == 24
        assert len(numbers(count=str(PAPER_CARDS_MOST))) == PAPER_CARDS_MOST
        assert numbers(**{"from": "9998", "count": "4"}) == ["9998", "9999"]


def test_the_morning_sheet_shows_one_day_in_the_boards_zone(server: Server, tmp_path: Path) -> None:
    board = server.create("Lab", "--time-zone", "Asia/Bangkok")
    file = tmp_path / "agenda.csv"
    rows = [
        "title,date,start,end,room",
        "Early,2026-05-04,00:30,01:00,Hall",
        "Late,2026-05-04,23:30,23:45,",
        "Next,2026-05-05,09:00,,",
    ]
    file.write_text("\n".join(rows), encoding="utf-8")
    server.run("import-agenda", board["code"], str(file))
    with visiting(server, board["organise_url"]) as organiser:
        first = organiser.get(f"/b/{board['code']}/print/fallback", params={"day": "2026-05-04"}).text
        second = organiser.get(f"/b/{board['code']}/print/fallback", params={"day": "2026-05-05"}).text
        unknown = organiser.get(f"/b/{board['code']}/print/fallback", params={"day": "x"})
    shown = [re.findall(r'agenda-title" dir="auto">(\w+)<', page) for page in (first, second)]
    assert shown == [["Early", "Late"], ["Next"]]
    assert "00:30 – 01:00" in first
    assert "Monday, 4 May 2026" in first or "Monday 4 May 2026" in first
    assert unknown.status_code == 200


def test_a_long_roster_is_printed_in_parts_and_filtered(server: Server, tmp_path: Path) -> None:
    board = with_people(server, tmp_path, *(f"Person {at:03d}" for at in range(BADGES_A_PAGE + 5)), "Zoë Sok")

    def shown(**asked: str) -> int:
        return organiser.get(f"/b/{board['code']}/print/badges", params=asked).text.count('class="badge theme-')

    with visiting(server, board["organise_url"]) as organiser:
        assert [shown(), shown(part="2"), shown(part="3"), shown(part="-1")] == [BADGES_A_PAGE, 6, BADGES_A_PAGE, BADGES_A_PAGE]
        assert [shown(q="zoe"), shown(q="nobody"), shown(team="Nowhere"), shown(team="Cambodia", part="2")] == [1, 0, 0, 6]


@pytest.mark.parametrize(
    ("name", "large", "below"),
    [
        ("Nadia", "Nadia", ""),
        ("Nadia Rahman", "Nadia", "Rahman"),
        ("Dr. K. Sivakumar", "Sivakumar", "Dr. K. Sivakumar"),
        ("Md. Karim Uddin", "Karim", "Md. Karim Uddin"),
        ("Md Karim", "Md", "Karim"),
        ("Dr.", "Dr.", ""),
        ("J. R.", "J.", "R."),
        ("ចាន់ សុភា", "សុភា", "ចាន់ សុភា"),
        ("منى عبد الله", "منى", "عبد الله"),
        ("李小龍", "李小龍", ""),
    ],
)
def test_a_badge_shows_the_given_name_large_and_the_rest_below(name: str, large: str, below: str) -> None:
    assert called(name) == (large, below)


# -- what a badge opens --------------------------------------------------------------------------------------------


@pytest.fixture
async def here(store: Store) -> Here:
    here = await make(store)
    await boards.new_person(store, here.board_id, "nadia", "Nadia Islam", "Bangladesh")
    await boards.new_person(store, here.board_id, "dara", "Dara Sok", "Cambodia")
    return here


async def badge_of(here: Here, person: str = "nadia", board_id: int | None = None) -> str:
    found = await here.store.read(lambda connection: stored.one(connection, here.board_id, person))
    assert found is not None
    return signed(KEY, here.board_id if board_id is None else board_id, person, found.seal)


async def enter(here: Here, who: int, token: str) -> None:
    proves = proof(KEY, here.board_id, token)
    await badges.enter(here.store, here.board_id, participant(who), person_of(token), proves)


async def holder(here: Here, person: str = "nadia") -> str | None:
    found = await here.store.write(here.board_id, lambda transaction: transaction.person(person))
    assert found is not None
    return found.holder


async def test_a_badge_gives_its_name_to_the_phone_that_reads_it(here: Here) -> None:
    token = await badge_of(here)
    await enter(here, 3, token)
    await enter(here, 3, token)
    assert await holder(here) == participant(3)
    card = await here.celebrate(who=3)
    assert ((await here.stored(card)).author_name, (await here.stored(card)).author_team) == ("Nadia Islam", "Bangladesh")


async def test_a_badge_moves_the_name_to_a_second_phone_and_posts_stay(here: Here) -> None:
    await attendees.join(here.store, here.board_id, participant(0), requests.Join(person="nadia"))
    question = await here.ask(who=0)
    await enter(here, 1, await badge_of(here))
    assert await holder(here) == participant(1)
    with pytest.raises(Forbidden):
        await here.withdraw(question, who=1)
    assert (await here.withdraw(question, who=0)).state is State.WITHDRAWN
    assert [line[1:] for line in await here.audit()] == [("badge-moved", None, "Nadia Islam")]
    await enter(here, 0, await badge_of(here))  # and back
    assert await holder(here) == participant(0)


async def test_a_mute_moves_with_the_name(here: Here) -> None:
    token = await badge_of(here)
    await enter(here, 0, token)
    await people.mute(here.store, here.board_id, here.mira, participant(0), True)
    await enter(here, 1, token)
    with pytest.raises(Closed):
        await here.ask(who=1)


async def test_a_badge_releases_the_former_name_of_the_phone(here: Here) -> None:
    await enter(here, 0, await badge_of(here, "dara"))
    await enter(here, 0, await badge_of(here, "nadia"))
    assert [await holder(here, person) for person in ("dara", "nadia")] == [None, participant(0)]


async def test_a_badge_opens_only_the_person_and_board_of_its_signature(here: Here) -> None:
    token = await badge_of(here)
    person, _, signature = token.rpartition(".")
    others = [
        f"dara.{signature}",
        f"{person}.",
        f"{person}.{'A' * len(signature)}",
        token + "A",
        token[:-1],
        "nobody.x",
        "",
        "x" * 10_000,
        f"{person}.é",
        await badge_of(here, board_id=here.board_id + 1),
        signed("s" * 40, here.board_id, "nadia", ""),
    ]
    for other in others:
        with pytest.raises(NotFound):
            await enter(here, 1, other)
    assert [await holder(here, person) for person in ("dara", "nadia")] == [None, None]


async def test_releasing_a_name_ends_its_badge_even_if_no_phone_held_the_name(here: Here) -> None:
    for held in (True, False):
        token = await badge_of(here)
        if held:
            await enter(here, 0, token)
        await people.free_name(here.store, here.board_id, here.mira, "nadia")
        with pytest.raises(NotFound):
            await enter(here, 1, token)
        await enter(here, 1, await badge_of(here))  # one that is printed now
        await people.free_name(here.store, here.board_id, here.mira, "nadia")


async def test_a_person_removed_and_added_again_needs_a_new_badge(here: Here) -> None:
    token = await badge_of(here)
    await here.store.write_any(lambda connection: _remove(connection, here.board_id))
    with pytest.raises(NotFound):
        await enter(here, 1, token)
    await boards.new_person(here.store, here.board_id, "nadia", "Nadia Islam", "Bangladesh")
    with pytest.raises(NotFound):
        await enter(here, 1, token)
    await enter(here, 1, await badge_of(here))


def _remove(connection: Connection, board_id: int) -> None:
    connection.execute(delete(schema.people).where(schema.people.c.board_id == board_id, schema.people.c.id == "nadia"))


# -- by HTTP -------------------------------------------------------------------------------------------------------


def printed(server: Server, board: dict[str, str]) -> dict[str, str]:
    """By the large name of each badge, its QR code."""
    with visiting(server, board["organise_url"]) as organiser:
        page = organiser.get(f"/b/{board['code']}/print/badges").text
    found = {}
    for article in page.split('<article class="badge')[1:]:
        (name,) = re.findall(r"badge-large[^>]*>([^<]+)<", article)
        ((size, dots),) = re.findall(r'viewBox="0 0 (\d+) \d+".*?<path fill="currentColor" d="([^"]+)"', article)
        found[name] = f"{size}:{dots}"
    return found


def drawn(address: str) -> str:
    rows = [list(row) for row in segno.make(address, error="m", micro=False, mask=3).matrix]
    dots = ""
    for y, row in enumerate(rows):
        for run in re.finditer("1+", "".join(str(int(dot)) for dot in row)):
            dots += f"M{run.start()} {y}h{len(run[0])}v1h-{len(run[0])}z"
    return f"{len(rows)}:{dots}"


async def test_a_phone_takes_the_name_of_a_badge_only_after_a_yes(server: Server, tmp_path: Path, people: Of) -> None:
    board = with_people(server, tmp_path, "Dara Sok")
    address = address_of(server, board, "p0")
    assert printed(server, board)["Dara"] == drawn(server.url + address)
    asha = await people(server, board).attendee()
    page = await asha.http.get(address)
    assert page.status_code == 200
    assert "Are you Dara Sok?" in page.text
    assert (await asha.get("/mine")).json()["participant"] is None  # nothing was taken by looking
    answer = await asha.send("POST", "/badge", {"badge": address.rpartition("/")[2]})
    assert answer.status_code == 200, answer.text
    assert (await asha.get("/mine")).json()["participant"]["name"] == "Dara Sok"
    (found,) = (await asha.get("/people", q="dara")).json()["people"]
    assert "taken" not in found
    ben = await people(server, board).attendee()
    (found,) = (await ben.get("/people", q="dara")).json()["people"]
    assert found["taken"]
    assert (await ben.send("POST", "/badge", {"badge": address.rpartition("/")[2]})).status_code == 200
    assert (await asha.get("/mine")).json()["participant"]["name"] is None
    moderator = await people(server, board).moderator()
    assert (await moderator.send("DELETE", "/people/p0/holder", {})).status_code == 200
    assert (await asha.http.get(address)).status_code == 404
    assert (await asha.send("POST", "/badge", {"badge": address.rpartition("/")[2]})).status_code == 404


async def test_only_our_own_pages_can_use_a_badge(server: Server, tmp_path: Path, people: Of) -> None:
    board = with_people(server, tmp_path, "Dara Sok")
    badge = {"badge": address_of(server, board, "p0").rpartition("/")[2]}
    path, asha = f"/api/b/{board['code']}/badge", await people(server, board).attendee()
    assert (await asha.http.post(path, json=badge)).status_code == 403  # without a cookie that came back
    await asha.get("/mine")
    assert (await asha.http.post(path, json=badge, headers={"Origin": "https://elsewhere.example"})).status_code == 403
    assert (await asha.http.post(path, data=badge)).status_code == 415
    assert (await asha.http.get(path)).status_code == 405
    for wrong in ({}, {"badge": 1}, {"badge": "x", "name": "y"}):
        assert (await asha.http.post(path, json=wrong, headers=JSON)).status_code == 422
    assert (await asha.get("/mine")).json()["participant"] is None

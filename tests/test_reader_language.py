"""Pages for readers keep the language that their address asks for, also where one page is kept for all who ask for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from board.model.languages import ACCENTED, MIRRORED, Languages
from board.process import locales
from board.web.reading import in_language
from tests import servers
from tests.conftest import People
from tests.people import question
from tests.servers import Server
from tests.visitors import Visitors

Of = Callable[[Server, dict[str, str]], People]
PAGES = ("recap", "who", "privacy", "me")
ASKED = ("", f"?lang={ACCENTED}", f"?lang={MIRRORED}", "?lang=zz", "?lang=EN-xa")
IN = {"": ("en", ""), f"?lang={ACCENTED}": (ACCENTED, ACCENTED), f"?lang={MIRRORED}": (MIRRORED, MIRRORED)}
IN |= {"?lang=zz": ("en", ""), "?lang=EN-xa": (ACCENTED, ACCENTED)}


@pytest.fixture(scope="module")
def pseudo() -> Iterator[Server]:
    with servers.serving(BOARD_PSEUDO_LOCALES="on", BOARD_LIMITS="off") as server:
        yield server


@pytest.fixture
async def board(pseudo: Server, people: Of, visit: Visitors) -> dict[str, str]:
    board = pseudo.create("Innovation Lab")
    asha = await people(pseudo, board).attendee("Asha")
    for number in range(3):
        await asha.celebrate(f"You taught me {number}.", to=[{"name": "Nadia"}])
    organiser = visit.by_link(pseudo, board["organise_url"])
    opened = organiser.patch(f"/api/b/{board['code']}", json={"public": {"recap": True, "who": True}})
    assert opened.status_code == 200
    return board


def read(client: httpx.Client, address: str, **headers: str) -> tuple[str, set[str]]:
    """The language of a page, and the language that its links to other pages of the board ask for."""
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, address
    (language,) = re.findall(r'<html lang="([^"]+)"', answer.text)
    ways = re.findall(r'<(?:a|form)\b[^>]*(?:href|action)="([^"#]+)"', answer.text)
    split = [urlsplit(way.replace("&amp;", "&")) for way in ways]
    pages = [way for way in split if re.fullmatch(r"/b/[^/]+(/(?:recap|who|me|privacy))?", way.path)]
    return language, {parse_qs(way.query).get("lang", [""])[0] for way in pages}


def test_links_of_a_page_keep_the_language_of_its_address(pseudo: Server, board: dict[str, str], visit: Visitors) -> None:
    client = visit.attendee(pseudo)
    client.get(f"/b/{board['code']}")
    posted = client.post(f"/api/b/{board['code']}/posts", json=question(anonymous=True))
    assert posted.status_code == 201, "or there is nothing to erase on its own page, and no form"
    for page in PAGES:
        for _ in range(2):  # the recap is kept: the second time it comes from memory
            for asked in ASKED:
                language, kept = IN[asked]
                ways = {kept} if page != "who" else set()
                assert read(client, f"/b/{board['code']}/{page}{asked}") == (language, ways), (page, asked)


def test_a_browsers_own_language_stands_in_no_link(pseudo: Server, board: dict[str, str], visit: Visitors) -> None:
    client, recap = visit.stranger(pseudo), f"/b/{board['code']}/recap"
    own = {"Accept-Language": MIRRORED}
    assert read(client, recap) == ("en", {""})
    assert read(client, f"{recap}?lang={MIRRORED}") == (MIRRORED, {MIRRORED})
    assert read(client, recap, **own) == (MIRRORED, {""}), "this reader was given no page of somebody else's address"
    assert read(client, f"{recap}?lang={ACCENTED}", **own) == (ACCENTED, {ACCENTED})


def test_a_search_for_help_keeps_the_language(pseudo: Server, board: dict[str, str], visit: Visitors) -> None:
    client, who = visit.stranger(pseudo), f"/b/{board['code']}/who"
    assert f'type="hidden" name="lang" value="{ACCENTED}"' in client.get(f"{who}?lang={ACCENTED}").text
    assert 'name="lang"' not in client.get(f"{who}?lang=zz").text
    language, ways = read(client, f"{who}?q=nothing&lang={ACCENTED}")
    assert (language, ways) == (ACCENTED, {ACCENTED}), "back to everybody"


def test_a_page_is_kept_for_one_of_few_languages_however_many_are_asked_for() -> None:
    languages = Languages(locales.read(), pseudo=True)
    tags = ["", "zz", "en", "EN-gb", "en-xa", ACCENTED, "x" * 35, "../en", *(f"q{number}" for number in range(100))]
    assert {languages.known(tag) for tag in tags} == {"", "en", ACCENTED}


def test_an_address_with_a_question_takes_the_language_behind_it() -> None:
    assert in_language("/who?q=a&page=2", "ar") == "/who?q=a&page=2&lang=ar"
    assert (in_language("/who", "ar"), in_language("/who?q=a", "")) == ("/who?lang=ar", "/who?q=a")

"""The ending as an SVG file: who gets it, that no text of people becomes markup, that it is bounded and has its letters."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from xml.etree import ElementTree

import pytest

from board.data.afterwards import Gathered, Names, Version
from board.model.consent import Decisions
from board.model.models import Recipient
from board.model.poster import HEIGHT, WIDTH, width_of
from board.web.ending import svg
from tests.browser.test_print import BOARD, ENGLISH, NAMES, card
from tests.conftest import People
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]
SVG = "{http://www.w3.org/2000/svg}"
MOST_BYTES = 4_000_000
HOSTILE = ['<script>alert("x")</script>', "]]></style><script/>", "&amp; & < > \" '", "a\ufffeb\uffffc"]


def drawing(names: list[str], cards: int, ground: str = "night") -> bytes:
    made = [
        card(at, to=[Recipient(names[at % len(names)], "Jordan")], author=None, author_team="Jordan") for at in range(cards)
    ]
    return svg(Gathered(Version(BOARD.id, BOARD.epoch, BOARD.seq), BOARD, made, Names([]), Decisions([])), ENGLISH, ground)


def texts(picture: bytes) -> list[ElementTree.Element]:
    return list(read(picture).iter(f"{SVG}text"))


def read(picture: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(picture)  # noqa: S314 (our own drawing)


def test_texts_in_the_drawing_stay_text() -> None:
    picture = drawing(HOSTILE, len(HOSTILE))
    found = [element.text for element in texts(picture)]
    for name in HOSTILE[:3]:
        assert name in found
    assert "abc" in found, "what XML does not allow is left out"
    tags = {element.tag.removeprefix(SVG) for element in read(picture).iter()}
    assert tags <= {"svg", "title", "style", "rect", "g", "path", "text"}


@pytest.mark.parametrize(("cards", "people"), [(1, 1), (150, 120), (5_000, 2_000)])
def test_the_drawing_names_everybody_once_and_is_bounded(cards: int, people: int) -> None:
    names = [f"{NAMES[at % len(NAMES)][:24]} {at}" for at in range(people)]
    picture = drawing(names, cards)
    assert len(picture) < MOST_BYTES
    found = [element.text for element in texts(picture)]
    assert sorted(name for name in found if name in set(names)) == sorted(names[:cards])
    for element in texts(picture):
        half = width_of(element.text or "") * float(element.get("font-size", "")) / 2
        assert half <= float(element.get("x", "")) <= WIDTH - half
        assert 0 < float(element.get("y", "")) < HEIGHT
    paths = re.findall(rb'd="([^"]+)"', picture)
    assert sum(path.count(b"M") for path in paths[:-1]) == max(48, cards)


def test_the_drawing_contains_only_the_letters_of_its_scripts() -> None:
    plain, khmer = drawing(["Omar"], 1).decode(), drawing(["ចាន់ សុភា"], 1).decode()
    assert "U+1780" not in plain
    assert "U+1780" in khmer
    assert "data:font/woff2" in plain
    assert "fonts/" not in plain, "no address that only this server knows"


async def test_only_the_organiser_gets_the_drawing_and_a_refusal_holds(server: Server, people: Of) -> None:
    board = server.create("Innovation <Lab>", "--team", "Jordan")
    here = people(server, board)
    omar, organiser, moderator = await here.attendee("Omar", "Jordan"), await here.organiser(), await here.moderator()
    await omar.celebrate("You taught me to measure heat.", to=[{"name": "Nadia", "team": "Jordan"}])
    address = f"/b/{board['code']}/print/ending.svg"
    for person in (omar, moderator):
        assert (await person.http.get(address)).status_code == 403
    page = (await organiser.http.get(f"/b/{board['code']}/print/ending?ground=night&lang=en")).text
    (link,) = re.findall(r'href="([^"]+ending\.svg[^"]*)" download', page)
    assert unescape(link) == f"{address}?ground=night&lang=en", "it stays in the language of the page"
    answer = await organiser.http.get(unescape(link))
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["cache-control"] == "no-store"
    assert texts(answer.content)[0].text == "Innovation <Lab>"
    assert "Omar" in answer.text
    await omar.send("PUT", "/me/consent", {"recap": False})
    assert "Omar" not in (await organiser.http.get(address)).text

"""The folder to take home: pages that are read without a server, and nobody in them who said no."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Any

import pytest

from board.data.afterwards import Gathered, Version
from board.data.folder import Taken
from board.model.consent import Consent, Decided, Decisions
from board.model.keepsakes import Names
from board.model.models import Kind, Participant, Person, Post, Recipient, Session, State
from board.transfer.zipped import File, zipped
from board.web import folder as folder_module
from board.web.folder import Folder
from tests.sentences import ENGLISH
from tests.test_afterwards import BEGAN, BOARD, NADIA, card

KHMER, ARABIC = Person("sokha", "សុខា ចាន់", "Cambodia"), Person("layla", "ليلى حداد", "Jordan")
TRICKY = '<script>alert("x")</script> & {{ 7 * 7 }}'
PEOPLE = [NADIA, KHMER, ARABIC]
CATALOGUE = ENGLISH


def question(number: int, text: str, **more: Any) -> Post:
    values: dict[str, Any] = {"state": State.VISIBLE, "author_name": "Omar", "participant": "o"} | more
    state, by = values.pop("state"), values.pop("participant")
    return Post(str(number), Kind.QUESTION, state, number, number, BEGAN + number, by, text, **values)


POSTS = [
    card(1, "You taught me.", to=[Recipient("Nadia", "Jordan", "nadia"), Recipient(KHMER.name, "Cambodia", "sokha")]),
    card(2, "أنت رائعة.", to=[Recipient(ARABIC.name, "Jordan", "layla")], author=TRICKY, author_team=TRICKY, session="s1"),
    question(3, TRICKY, session="s1", answered=True, answer="ចម្លើយ", answered_at=BEGAN),
    question(4, "Promised?", owner="Nadia", due="2026-06-01"),
    question(5, "Aside?", set_aside="Of another gathering."),
    card(6, "canary of a hidden one", state=State.HIDDEN),
    card(7, "canary taken back", state=State.WITHDRAWN),
    question(8, "canary that waits", state=State.PENDING),
]


def taken(posts: Sequence[Post] = POSTS, decided: Sequence[Decided] = ()) -> Taken:
    names = Names(PEOPLE, [Participant("x", "Omar", "Cambodia")])
    found = Gathered(Version(1, "e", 9), BOARD, list(posts), names, Decisions(decided))
    return Taken(found, [Session("s1", "Session <one>")], ("image/png", b"png"))


def made(whole: Taken) -> dict[str, str]:
    found = {file.path: file.content for file in Folder(whole, CATALOGUE, BEGAN).files()}
    return {path: content.decode("utf-8", "replace") for path, content in found.items()}


class Addresses(HTMLParser):
    """Whatever a page leads to or loads, what it is called inside, and its scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found, self.ids, self.tags = list[str](), set[str](), set[str]()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name in ("href", "src", "srcset", "action", "data", "poster", "xlink:href"):
                self.found.append(value or "")
            if name == "id":
                self.ids.add(value or "")
            assert not name.startswith("on"), f"{name} is a script"


def missing(files: dict[str, str]) -> list[tuple[str, str]]:
    """Pages with an address that leads to nothing in the folder."""
    pages = {path: Addresses(html) for path, html in files.items() if path.endswith(".html")}
    lost = []
    for path, page in pages.items():
        for address in page.found:
            to, _, place = address.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), to)) if to else path
            if target not in files or (place and place not in pages[target].ids):
                lost.append((path, address))
    return lost


def test_every_link_leads_to_a_file_of_the_folder_and_nothing_loads_from_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    for most in ("CARDS_A_PAGE", "QUESTIONS_A_PAGE", "HELPERS_A_PAGE"):
        monkeypatch.setattr(folder_module, most, 1)
    yes = [Decided("o", Consent(directory=True)), Decided("n", Consent(directory=True), holds="nadia")]
    theirs = Decided("k", Consent(directory=True), holds="sokha")
    files = made(taken(decided=[*yes, theirs]))
    assert {"index.html", "recap.html", "cards-2.html", "questions-3.html", "who-2.html", "people/3.html"} <= files.keys()
    assert missing(files) == []
    linked = {
        posixpath.normpath(posixpath.join(posixpath.dirname(path), address.partition("#")[0]))
        for path, html in files.items()
        if path.endswith(".html")
        for address in Addresses(html).found
    }
    assert {path for path in files if path.endswith(".html")} <= linked, "each page can be reached"
    for path, content in files.items():
        if path.endswith((".html", ".css")):
            assert not re.search(r"(?i)(?:https?:)?//[a-z0-9]|@import|url\((?![\"']?(?:data:|#))", strip(content)), path
        if path.endswith(".html"):
            assert "script" not in Addresses(content).tags, "readable without one, also in ten years"


def strip(content: str) -> str:
    """Without fonts and names of vocabularies: nothing is loaded from those."""
    content = re.sub(r"data:[\w/+-]+;base64,[\w+/=]+", "data:", content)
    return content.replace('xmlns="http://www.w3.org/2000/svg"', "")


def test_no_file_contains_a_hidden_or_withdrawn_post() -> None:
    assert [path for path, content in made(taken()).items() if "canary" in content] == []


@pytest.mark.parametrize("layer", ["recap", "outside"])
@pytest.mark.parametrize("who", ["author", "recipient", "asker", "first holder"])
def test_people_who_refused_are_in_no_file_and_people_without_a_decision_are(layer: str, who: str) -> None:
    secret = Person("secret", "Canary Name", "Haiti", holder="holder")
    posts = [
        card(11, "canary text", by="author", author="Canary Author", to=[Recipient(secret.name, "Haiti", "secret")]),
        question(12, "canary question", participant="asker", author_name="Canary Asker"),
    ]
    whole = taken([*POSTS[:5], *posts])
    whole = whole._replace(found=whole.found._replace(names=Names([*PEOPLE, secret])))
    files = made(whole)
    assert "canary text" in files["cards.html"]
    assert "canary question" in files["questions.html"]
    no = Consent(**{layer: False, "directory": True})
    decided = {
        "author": Decided("author", no),
        "recipient": Decided("holder", no, holds="secret"),
        "asker": Decided("asker", no),
        "first holder": Decided("other", no, person="secret"),
    }[who]
    files = made(whole._replace(found=whole.found._replace(decisions=Decisions([decided]))))
    words = ["canary question", "Canary Asker"] if who == "asker" else ["canary text", "Canary Author", "Canary Name"]
    assert [(path, word) for path, content in files.items() for word in words if word in content] == []
    assert "You taught me." in files["cards.html"], "others are there"


def test_the_folder_has_the_letters_of_any_script_and_no_text_becomes_markup() -> None:
    files = made(taken())
    people = re.findall(r'href="(people/\d\.html)"><bdi>([^<]+)', files["index.html"])
    for person in (KHMER, ARABIC):
        path = next(path for path, name in people if name == person.name)
        assert person.name in files[path]
        assert f'{path}"><bdi>{person.name}' in files["cards.html"], "a card leads to whom it celebrates"
    fonts = files["css/fonts.css"]
    assert all(there in fonts for there in ("U+1780", "U+0600", "data:font/woff2")), "Khmer and Arabic"
    assert "U+0E01" not in fonts, "there is no Thai"
    whole = "".join(content for path, content in files.items() if path.endswith(".html"))
    assert "<script" not in whole
    assert "&lt;script&gt;alert" in whole
    assert "{{ 7 * 7 }}" in whole
    assert "Session &lt;one&gt;" in files["cards.html"]
    assert "10:00" in files["cards.html"]


def test_the_folder_shows_each_questions_outcome_and_complete_counts() -> None:
    page = made(taken(decided=[Decided("o", Consent(recap=False))]))["questions.html"]
    assert "Promised?" not in page
    for words in ("1 answered", "1 promised", "1 set aside", "3 questions are counted and not shown"):
        assert words in page
    page = made(taken())["questions.html"]
    for words in ("Promised?", "by 1 June", "Of another gathering.", "ចម្លើយ"):
        assert words in page


def test_an_archive_is_sent_while_it_is_written() -> None:
    made_at = Folder(taken(), CATALOGUE, BEGAN).made
    asked = list[str]()

    def files() -> Any:
        for number in range(3):
            asked.append(str(number))
            yield File(f"{number}.html", b"text" * 1_000)

    parts = zipped(files(), "LAB-26", made_at)
    first = next(parts)
    assert asked == ["0"], "the next page is made when the first one is sent"
    with zipfile.ZipFile(io.BytesIO(first + b"".join(parts))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["LAB-26/0.html", "LAB-26/1.html", "LAB-26/2.html"]
        assert archive.infolist()[0].date_time[:3] == (2026, 5, 4)


def counted(archive: bytes) -> list[str]:
    """The files in their order, read from the front alone, as `organise/counting.js` does."""
    names, at = list[str](), 0
    while archive[at : at + 4] == b"PK\3\4":
        flags, packed, name, extra = *struct.unpack_from("<6xH", archive, at), *struct.unpack_from("<18xI4xHH", archive, at)
        assert not flags & 8, "the length stands before the file, not behind it"
        names.append(archive[at + 30 : at + 30 + name].decode())
        at += 30 + name + extra + packed
    return names


def test_a_streaming_reader_of_the_archive_knows_where_each_file_ends() -> None:
    folder = Folder(taken(), CATALOGUE, BEGAN)
    archive = b"".join(zipped([*folder.files(), File("empty.txt", b"")], "LAB-26", folder.made))
    with zipfile.ZipFile(io.BytesIO(archive)) as read:
        assert read.testzip() is None
        assert counted(archive) == read.namelist()
    assert all(name.endswith(".html") for name in counted(archive)[: folder.count]), "pages come first"
    assert sum(name.endswith(".html") for name in counted(archive)) == folder.count

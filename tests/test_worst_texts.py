"""The heaviest texts that are allowed, and names that look like others: what they may cost, and whom they may deceive."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest

from board.model import lookup, messages, views
from board.model.lookup import FOLDED_CODE_POINTS, LOOKED_UP_WORDS, Roster, Similar
from board.model.models import Kind, Person, Post, State
from tests.conftest import People
from tests.inprocess import by_clock
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]

SYLLABLES_OF_ALL_LETTERS = "\u1112\u1112\u1112\u1161\u1161\u1161\u11ab\u11ab" * 290  # eight code points are one character
WORST = {
    "hangul": SYLLABLES_OF_ALL_LETTERS,
    "marks": ("a" + "\u0323" * 7) * 290,
    "families": "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466" * 280,
    "isolates": "\u2067\u05d0\u2069" * 96,
}
INVISIBLE = ["\u200b", "\u2060", "\u00ad", "\u200d", "\ufe0f", "\u2066", "\u2067", "\u2068", "\u2069"]


def question(text: str, number: int) -> Post:
    return Post(
        id=str(number),
        kind=Kind.QUESTION,
        state=State.VISIBLE,
        seq=1,
        content_seq=1,
        created_at=number,
        participant="p",
        text=text,
    )


@pytest.mark.parametrize("text", WORST.values(), ids=WORST)
def test_only_the_length_of_an_ordinary_question_is_folded(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted in code points, not in seconds: folding is what a look-up pays for, on the event loop."""
    folded: list[int] = []
    fold = lookup.fold
    monkeypatch.setattr(lookup, "fold", lambda part: (folded.append(len(part)), fold(part))[1])
    similar = Similar()
    similar.follow([question(text, number) for number in range(5)])
    similar.find(text)
    assert len(folded) == 6
    assert max(folded) <= FOLDED_CODE_POINTS


def test_a_name_with_hundreds_of_words_is_found_by_its_first_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []
    begin = lookup._all_begin
    monkeypatch.setattr(lookup, "_all_begin", lambda wanted, words: (compared.append(len(wanted)), begin(wanted, words))[1])
    Roster([Person("1", "Nadia Haque", "Bangladesh")]).find("n " * 290)
    assert compared
    assert max(compared) <= LOOKED_UP_WORDS


async def test_a_look_up_in_the_roster_does_not_run_on_the_event_loop(people: Of, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[str] = []
    find = Roster.find

    def noting(roster: Roster, typed: str) -> list[Person]:
        threads.append(threading.current_thread().name)
        return find(roster, typed)

    monkeypatch.setattr(Roster, "find", noting)
    with by_clock() as server:
        reader = await people(server, server.create()).attendee("Asha")
        assert (await reader.get("/people", q="nadia")).status_code == 200
        assert threads
        assert server._thread.name not in threads


def test_a_page_is_bounded_in_bytes_and_never_empty() -> None:
    shown = [{"text": "x" * 90} for _ in range(10)]
    one = len(views.encode(shown[0])) + 1
    assert len(messages.fitting(shown, 4 * one)) == 4
    assert len(messages.fitting(shown, 4 * one - 1)) == 3
    assert len(messages.fitting(shown, 1)) == 1
    assert msgspec.json.decode(views.encode(messages.fitting(shown))) == shown


async def test_pages_of_the_heaviest_texts_continue_without_a_gap(server: Server, people: Of) -> None:
    here = people(server, server.create())
    author = await here.attendee("Asha")
    asked = [(await author.ask(text))["id"] for text in WORST.values()]
    calls: list[tuple[str, dict[str, str]]] = [("", {}), ("/mine", {}), ("/posts", {}), ("/people", {"q": "a"})]
    for path, values in [*calls, ("/similar", {"text": WORST["hangul"][:600]})]:
        answer = await author.get(path, **values)
        assert answer.status_code == 200, path
        assert len(answer.content) <= messages.PAGE_BYTES, path
    first = (await author.get("/posts", limit="2")).json()
    rest = (await author.get("/posts", before=first["posts"][-1]["id"])).json()
    assert [post["id"] for post in first["posts"] + rest["posts"]] == asked[::-1]
    assert (first["more"], rest["more"]) == (True, False)


# Longer than any of them can be, and still inside the bound of a whole request.
LONG_CHARACTERS = 12_000
# No name, question or id is so long. Searching is for moderators.
READ_WITH = {
    ("/people", "q"): 422,
    ("/posts", "q"): 403,
    ("/posts", "session"): 422,
    ("/posts", "person"): 422,
    ("/posts", "before"): 422,
    ("/similar", "session"): 422,
    ("/similar", "text"): 422,
}


@pytest.mark.parametrize("letter", ["a", "0", "%", " "])
async def test_a_too_long_query_value_causes_no_server_error(server: Server, people: Of, letter: str) -> None:
    here = people(server, server.create())
    reader, moderator = await here.attendee("Asha"), await here.moderator()
    value = letter * (LONG_CHARACTERS // (1 if letter.isalnum() else 3))
    for (path, name), status in READ_WITH.items():
        answer = await reader.get(path, **{name: value})
        assert (answer.status_code, answer.json()["field"] if status == 422 else name) == (status, name), path
    for name in ("q", "author"):
        assert (await moderator.get("/posts", feed="moderate", **{name: value})).status_code == 422, name


async def test_the_longest_valid_name_team_and_question_can_be_looked_up(server: Server, people: Of) -> None:
    reader = await people(server, server.create()).attendee("Asha")
    for path, name, most in (("/people", "q", (60 + 1 + 60) * 8), ("/similar", "text", 300 * 8)):
        statuses = [(await reader.get(path, **{name: "a" * length})).status_code for length in (most, most + 1)]
        assert statuses == [200, 422], path


# -- names ---------------------------------------------------------------------------------------------------------


async def test_invisible_letters_do_not_allow_a_taken_roster_name(server: Server, people: Of, tmp_path: Path) -> None:
    here = people(server, server.create())
    _import(server, here.code, tmp_path)
    first, second = await here.attendee(), await here.attendee()
    assert (await first.send("POST", "/join", {"name": "Nadia Haque", "team": "Bangladesh"})).status_code == 200
    for letter in INVISIBLE:
        for name in (f"Na{letter}dia Haque", f"{letter}Nadia Haque", f"Nadia Haque{letter}", f"Nadia{letter} Haque"):
            refused = await second.send("POST", "/join", {"name": name, "team": "Bangladesh"})
            assert (refused.status_code, refused.json()["field"]) == (409, "name"), ascii(name)


async def test_invisible_letters_do_not_allow_a_card_to_oneself(server: Server, people: Of, tmp_path: Path) -> None:
    here = people(server, server.create())
    omar = await here.attendee("Omar", "Jordan")
    for letter in INVISIBLE:
        card = {"id": str(uuid4()), "kind": "card", "to": [{"name": f"Om{letter}ar"}], "text": "Thank you!"}
        refused = await omar.send("POST", "/posts", card)
        assert (refused.status_code, refused.json()["field"]) == (422, "to"), ascii(letter)


async def test_a_full_typed_name_is_linked_to_its_only_person(server: Server, people: Of, tmp_path: Path) -> None:
    here = people(server, server.create())
    _import(server, here.code, tmp_path)
    author = await here.attendee("Omar", "Jordan")
    (nadia,) = (await author.get("/people", q="nadia")).json()["people"]
    linked = {"name": "Nadia Haque", "team": "Bangladesh", "person": nadia["id"]}
    for to in ({"name": "NADIA  haque"}, {"name": "nadia haque", "team": "bangladesh"}):
        assert (await author.celebrate(to=[to]))["to"] == [linked]
    card = await author.celebrate(to=[{"name": "nadia haque"}, {"person": nadia["id"]}, {"name": "Li Na"}])
    assert card["to"] == [linked, {"name": "Li Na"}], "two are called Li Na"
    edited = await author.send("PATCH", f"/posts/{card['id']}", {"to": [{"name": "Nadia Haque"}]})
    assert edited.json()["post"]["to"] == [linked]


async def test_a_persons_cards_include_those_to_the_team(server: Server, people: Of, tmp_path: Path) -> None:
    here = people(server, server.create())
    _import(server, here.code, tmp_path)
    author = await here.attendee("Omar", "Jordan")
    (nadia,) = (await author.get("/people", q="nadia")).json()["people"]
    team = {"name": "The Bangladesh team", "team": "Bangladesh"}
    cards = [(await author.celebrate(to=[to]))["id"] for to in (team, {"name": "Bangladesh"}, {"person": nadia["id"]})]
    await author.celebrate(to=[{"name": "The Nepal team", "team": "Nepal"}])
    found = (await author.get("/posts", person=nadia["id"])).json()["posts"]
    assert [post["id"] for post in found] == cards[::-1]


def _import(server: Server, code: str, tmp_path: Path) -> None:
    roster = tmp_path / "people.csv"
    roster.write_text("name,team\nNadia Haque,Bangladesh\nLi Na,Nepal\nLi Na,Peru\n", encoding="utf-8")
    server.run("import-people", code, str(roster))

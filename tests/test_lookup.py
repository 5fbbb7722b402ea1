"""What is found while somebody types: people, and questions that were asked already."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from board.model.folding import fold
from board.model.lookup import CANDIDATES, GRAMS_KEPT, PEOPLE_FOUND, SIMILAR_FOUND, Roster, Similar
from board.model.models import Kind, Person, Post, State
from board.web.limits import PARTICIPANT_LOOKUPS
from tests.conftest import People
from tests.inprocess import by_clock
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]

PEOPLE = [
    ("Nadia Haque", "Bangladesh"),
    ("Bùi Thị Nga", "Viet Nam"),
    ("José Álvarez", "Peru"),
    ("សុខា ចាន់", "Cambodia"),
    ("ณัฐวุฒิสมบูรณ์", "Thailand"),
    ("Ana Nadolny", "Poland"),
    ("Karim Nasser", "Jordan"),
    ("Li Na", None),
]
ROSTER = Roster([Person(str(number), name, team) for number, (name, team) in enumerate(PEOPLE)])


def names(typed: str) -> list[str]:
    return [person.name for person in ROSTER.find(typed)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("na", ["Nadia Haque", "Ana Nadolny", "Karim Nasser", "Li Na", "Bùi Thị Nga"]),
        ("NADIA", ["Nadia Haque"]),
        ("nadia h", ["Nadia Haque"]),
        ("haq nad", ["Nadia Haque"]),
        ("bui thi", ["Bùi Thị Nga"]),
        ("alvarez", ["José Álvarez"]),
        ("nga viet", ["Bùi Thị Nga"]),
        ("jordan", ["Karim Nasser"]),
        ("សុខា", ["សុខា ចាន់"]),
        ("สมบูรณ์", ["ณัฐวุฒิสมบูรณ์"]),
        ("ｎａｄｉａ", ["Nadia Haque"]),
        ("zz", []),
        ("", []),
        ("   ", []),
        (".*", []),
    ],
)
def test_two_letters_find_a_person(typed: str, found: list[str]) -> None:
    assert names(typed) == found


def test_a_look_up_returns_at_most_a_short_list() -> None:
    roster = Roster([Person(str(number), f"Nadia {number}") for number in range(50)])
    assert len(roster.find("na")) == PEOPLE_FOUND


def question(text: str, number: int = 0, content_seq: int = 1) -> Post:
    return Post(
        id=str(number), kind=Kind.QUESTION, state=State.VISIBLE, seq=content_seq, content_seq=content_seq, created_at=number,
        participant="p", text=text,
    )  # fmt: skip


ASKED = [
    "Who pays for the training of delegates?",
    "How do you measure heat in a factory without instruments?",
    "What happens to workers in the informal economy?",
    "Can we get the slides afterwards?",
    "How many labour inspectors does your country have?",
    "Who pays for lunch?",
    "តើអ្នកណាបង់ប្រាក់សម្រាប់ការបណ្តុះបណ្តាល?",
    "من يدفع تكاليف تدريب المندوبين؟",
    "Ai trả tiền cho việc đào tạo đại biểu?",
]


def asked(texts: list[str]) -> Similar:
    similar = Similar()
    similar.follow([question(text, number) for number, text in enumerate(texts)])
    return similar


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("Who is paying for training the delegates", 0),
        ("who pays the delegates' training", 0),
        ("WHO PAYS FOR THE TRAINING", 0),
        ("How can heat be measured in a factory?", 1),
        ("What about the informal economy workers", 2),
        ("Will we get the slides?", 3),
        ("How many inspectors do you have in your country", 4),
        ("អ្នកណាបង់ប្រាក់សម្រាប់ការបណ្តុះបណ្តាល", 6),
        ("من يدفع تدريب المندوبين", 7),
        ("ai tra tien cho viec dao tao", 8),
    ],
)
def test_a_similar_question_in_other_words_is_found_first(typed: str, wanted: int) -> None:
    assert asked(ASKED).find(typed)[:1] == [str(wanted)]


@pytest.mark.parametrize(
    "typed",
    ["", "Who", "Who?", "When does the bus leave for the hotel?", "Is childcare part of gender equality?", "?!", "🙂" * 50],
)
def test_a_search_for_unasked_words_finds_nothing(typed: str) -> None:
    assert asked(ASKED).find(typed) == []


def test_similar_questions_follow_edits_answers_and_hides() -> None:
    similar = asked(ASKED)
    assert similar.find(ASKED[0])[0] == "0"
    similar.follow([question("Something else altogether, about bridges", 0, content_seq=2)])
    assert similar.find(ASKED[0]) == []
    assert similar.find("bridges, something about them") == ["0"]
    similar.follow([question(text, number) for number, text in enumerate(ASKED) if number > 1])
    assert similar.find(ASKED[1]) == [], "answered, while others stay"
    assert similar.find(ASKED[2]) == ["2"]
    similar.follow([])
    assert similar.find("bridges, something about them") == []
    assert similar._holders == {}, "nothing is left behind"


def test_the_search_for_similar_questions_does_bounded_work() -> None:
    """Counted in groups of letters and steps, not in seconds: what one attendee writes may not cost the others their board."""
    worst = [
        question("".join(chr(0xAC00 + (number * 977 + at * 31) % 11_000) for at in range(2_400)), number) for number in range(9)
    ]
    similar = Similar()
    steps = 1
    while not similar.follow(worst, 2):
        steps += 1
        assert len(similar._known) <= 2 * steps
    assert steps == 5
    assert all(len(grams) <= GRAMS_KEPT for _, grams in similar._known.values())
    assert len(similar._candidates(frozenset(similar._holders))) <= CANDIDATES
    assert similar.find(worst[4].text)[0] == "4"


def test_a_look_up_ignores_accents_and_width_but_not_vowel_signs() -> None:
    assert fold("Đào Tạo ＡＢＣ Straße") == "dao tao abc strasse"
    assert fold("कि") != fold("क")


# -- over HTTP -----------------------------------------------------------------------------------------------------


async def test_only_phones_of_the_board_can_search_its_roster(server: Server, people: Of, tmp_path: Path) -> None:
    board, other = server.create(), server.create()
    roster = tmp_path / "people.csv"
    roster.write_text("name,team\n" + "".join(f"{name},{team or ''}\n" for name, team in PEOPLE), encoding="utf-8")
    server.run("import-people", board["code"], str(roster))
    phone = await people(server, board).attendee("Asha")
    found = (await phone.get("/people", q="nadia")).json()["people"]
    assert [(person["name"], person["team"]) for person in found] == [("Nadia Haque", "Bangladesh")]
    sent = await phone.send(
        "POST",
        "/posts",
        {
            "id": "6f1f0e5c-8f0e-4f43-9a6f-5a3b4f5f0d11",
            "kind": "card",
            "to": [{"person": found[0]["id"]}],
            "text": "Thank you!",
        },
    )
    assert sent.json()["post"]["to"] == [{"name": "Nadia Haque", "team": "Bangladesh", "person": found[0]["id"]}]
    assert (await people(server, other).attendee()).code != phone.code
    assert (await (await people(server, other).attendee()).get("/people", q="nadia")).json() == {"people": []}


def test_a_full_name_selects_its_only_person_if_the_team_fits() -> None:
    roster = Roster([Person("1", "Nadia  Haque", "Bangladesh"), Person("2", "Li Na"), Person("3", "Omar"), Person("4", "omar")])
    found = [
        roster.called(*who)
        for who in (
            ("nadia haque ", "bangladesh"),
            ("Nadia Haque", None),
            ("Nadia Haque", "Nepal"),
            ("LI NA", None),
            ("Omar", ""),
        )
    ]
    assert [person and person.id for person in found] == ["1", "1", None, "2", None]


async def test_a_phone_learns_that_a_name_is_taken_and_a_moderator_can_release_it(
    server: Server, people: Of, tmp_path: Path
) -> None:
    here = people(server, server.create())
    roster = tmp_path / "people.csv"
    roster.write_text("name,team\nNadia Haque,Bangladesh\n", encoding="utf-8")
    server.run("import-people", here.code, str(roster))
    first, second, moderator = await here.attendee(), await here.attendee(), await here.moderator()
    (nadia,) = (await second.get("/people", q="nadia")).json()["people"]
    assert "taken" not in nadia
    taken = (await first.send("POST", "/join", {"name": "nadia haque", "team": "Bangladesh"})).json()["participant"]
    assert (taken["name"], taken["person"]) == ("Nadia Haque", nadia["id"])
    for other in ({"person": nadia["id"]}, *({"name": "NADIA  HAQUE", "team": team} for team in (None, "", "Nepal"))):
        refused = await second.send("POST", "/join", other)
        assert (refused.status_code, refused.json()["field"]) == (409, "name"), other
    assert (await second.send("POST", "/join", {"name": "Nadia Haque, nurse"})).status_code == 200
    for who, is_taken in ((first, False), (second, True)):
        (found,) = (await who.get("/people", q="nadia")).json()["people"]
        assert found.get("taken", False) == is_taken
    for who, status in ((second, 403), (moderator, 200), (moderator, 200)):
        assert (await who.send("DELETE", f"/people/{nadia['id']}/holder")).status_code == status
    assert (await moderator.send("DELETE", "/people/nobody/holder")).status_code == 404
    assert (await second.send("POST", "/join", {"person": nadia["id"]})).status_code == 200
    assert (await first.get("/mine")).json()["participant"]["name"] is None


async def test_cards_for_a_person_are_found_with_picked_and_typed_names(server: Server, people: Of, tmp_path: Path) -> None:
    here = people(server, server.create())
    roster = tmp_path / "people.csv"
    roster.write_text("name,team\nNadia Haque,Bangladesh\n", encoding="utf-8")
    server.run("import-people", here.code, str(roster))
    author = await here.attendee("Omar", "Jordan")
    (nadia,) = (await author.get("/people", q="nadia")).json()["people"]
    picked = await author.celebrate(to=[{"person": nadia["id"]}])
    typed = await author.celebrate(to=[{"name": "Nadia Haque", "team": "Bangladesh"}])
    await author.celebrate(to=[{"name": "Nadia Haque", "team": "Nepal"}, {"name": "Nadia"}])
    posts = (await author.get("/posts", person=nadia["id"])).json()["posts"]
    assert [post["id"] for post in posts] == [typed["id"], picked["id"]]


async def test_similar_questions_include_only_public_ones(server: Server, people: Of) -> None:
    here = people(server, server.create())
    author, moderator = await here.attendee("Asha"), await here.moderator()
    shown = await author.ask("Who pays for the training of delegates?")
    hidden = await author.ask("Who pays for the training of the delegates of ministries?")
    answered = await author.ask("Who pays for the training of delegates next year?")
    await moderator.moderate(hidden, state="hidden")
    await moderator.moderate(answered, answered=True)
    await moderator.send("PATCH", "", {"premoderate": {"question": True}})
    await author.ask("Who pays for training delegates?")
    for who in (author, moderator):
        found = (await who.get("/similar", text="who pays for the training of delegates")).json()["posts"]
        assert [post["id"] for post in found] == [shown["id"]]
        assert "state" not in found[0]
    assert "ministries" not in json.dumps(found)
    for session, count in (("", 1), ("nothing", 0)):
        found = (await author.get("/similar", text="who pays for the training of delegates", session=session)).json()["posts"]
        assert len(found) == count
    await moderator.send("PATCH", "", {"premoderate": {"question": False}})
    for number in range(5):
        await author.ask(f"Who pays for the training of delegates, number {number}?")
    assert len((await author.get("/similar", text="who pays for the training of delegates")).json()["posts"]) == SIMILAR_FOUND


async def test_only_the_phone_that_floods_look_ups_is_limited(people: Of) -> None:
    with by_clock() as limited:
        here = people(limited, limited.create())
        reader, other = await here.attendee(), await here.attendee()
        for phone in (reader, other):
            await phone.http.get(f"/b/{phone.code}")  # the page brings the cookie
        statuses: list[int] = []
        for _ in range(int(PARTICIPANT_LOOKUPS.burst) + 1):
            answer: httpx.Response = await reader.get("/people", q="na")
            statuses.append(answer.status_code)
        assert statuses == [200] * int(PARTICIPANT_LOOKUPS.burst) + [429]
        assert (await other.get("/people", q="na")).status_code == 200

"""Afterwards: keepsakes, the recap and who can help, as those who open them see them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from board.model import brilliant, keepsakes, recap
from board.model.consent import Consent, Decided, Decisions, Layer
from board.model.directory import Field, Helper, Vouched, fields, matching
from board.model.keepsakes import Names
from board.model.models import Board, Kind, Participant, Person, Post, Reaction, Recipient, State, Team, Theme
from board.model.renaming import nobody
from board.model.story import beyond_the_room, story
from board.web import inlined
from board.web.keepsakes import POLICY, length
from board.web.who import CSV_HEAD, part, sheet, vcards
from tests.badges import address_of
from tests.conftest import People
from tests.people import Attendee, Moderator
from tests.servers import Server

DAY = 24 * 3600 * 1_000_000
BEGAN = 1_777_888_800_000_000  # 4 May 2026, 10:00 UTC
THEMES = [Theme("osh", "Safety and health", "OSH", 3), Theme("care", "Care", "Care", 6)]
BOARD = Board(1, "LAB-26", "e", 9, 9, "Innovation Lab", themes=THEMES, teams=[Team("Jordan"), Team("Cambodia")])
NADIA = Person("nadia", "Nadia", "Jordan", holder="n")
Of = Callable[[Server, dict[str, str]], People]


def card(number: int, text: str = "You taught me.", by: str = "o", author: str | None = "Omar", **more: Any) -> Post:
    values: dict[str, Any] = {"to": [Recipient("Nadia", "Jordan", "nadia")], "theme": "osh", "author_team": "Cambodia"} | more
    state = values.pop("state", State.VISIBLE)
    day = values.pop("day", 0)
    made = BEGAN + day * DAY + number
    return Post(str(number), Kind.CARD, state, number, number, made, by, text, author_name=author, **values)


def kept_of(cards: Sequence[Post], names: Names | None = None) -> keepsakes.Keepsake:
    return keepsakes.keepsakes(cards, names or Names([NADIA]))["", "nadia"]


# -- keepsakes -----------------------------------------------------------------------------------------------------


def test_a_keepsake_counts_authors_and_their_teams() -> None:
    cards = [
        card(1, "One. And more."),
        card(2, by="a", author=None, author_team=None, theme=None),
        card(3, by="l", author="Leo", author_team="Jordan"),
        card(4, by="n", author="Nadia", author_team="Jordan", to=[Recipient("Omar", "Cambodia"), Recipient("Leo", "Jordan")]),
    ]
    kept = kept_of(cards)
    assert [post.id for post in kept.got] == ["3", "2", "1"]
    assert [post.id for post in kept.gave] == ["4"]
    assert (kept.people, kept.teams, kept.given_to, kept.themes) == (3, ["Cambodia"], ["Cambodia"], [("osh", 2)])


@pytest.mark.parametrize("state", [State.PENDING, State.REJECTED, State.HIDDEN, State.WITHDRAWN])
def test_only_visible_cards_are_in_a_keepsake(state: State) -> None:
    assert keepsakes.keepsakes([card(1, state=state)], Names([NADIA])) == {}


def test_a_keepsake_does_not_reveal_anonymous_authors() -> None:
    found = keepsakes.keepsakes([card(1, by="n", author=None, to=[Recipient("Leo")])], Names([NADIA]))
    assert list(found) == [("leo", "")], "the phone is Nadia's, the card says nothing of her"


def test_different_spellings_of_a_name_are_one_person() -> None:
    typed = Recipient("NADIA", None)
    names = Names([NADIA], [Participant("x", "Leo", "Jordan")])
    assert names.recipient(typed) == ("", "nadia"), "the list has one Nadia"
    assert names.recipient(Recipient("Nadia", "Cambodia")) == ("nadia", "cambodia"), "the one of another team"
    assert Names([NADIA, Person("n2", "Nadia", "Haiti")]).recipient(typed) == ("nadia", ""), "it has two"
    assert names.author(card(1, by=nobody("nadia"), author="Nadia")) == ("", "nadia"), "she wrote it on another phone"
    assert list(names.typed) == [("leo", "jordan")]


def test_the_large_sentence_is_from_the_card_with_most_applause_and_ends_at_a_word() -> None:
    cards = [card(1, "Short."), card(2, "You listened. Then you acted!", reactions={Reaction.CLAP: 2})]
    assert keepsakes.large(cards) == "You listened."
    assert keepsakes.large([card(1, "你教会了我倾听。谢谢")]) == "你教会了我倾听。"
    assert keepsakes.large([card(1, "no end at all")]) == "no end at all"
    long = keepsakes.large([card(1, "heat " * 50)])
    assert long.endswith("heat…")
    assert len(long) <= keepsakes.LARGE_GRAPHEMES + 1
    assert keepsakes.large([]) == ""


@pytest.mark.parametrize(("name", "size"), [("Nadia", "short"), ("សុខា ចាន់", "short"), ("N" * 60, "endless")])
def test_a_name_is_as_large_as_its_letters_allow(name: str, size: str) -> None:
    assert length(name) == size


@pytest.mark.parametrize("number", [0, 1, 7, 30, 150, 5_000])
def test_a_stone_has_a_facet_for_each_card_within_bounds(number: int) -> None:
    picture = str(brilliant.stone([at % 9 for at in range(number)]))
    assert picture.count('<path fill="#') == min(brilliant.FACETS_MOST, max(48, number))
    assert picture == str(brilliant.stone([at % 9 for at in range(number)])), "the same cards, the same stone"
    assert "nan" not in picture
    assert len(picture) < 60_000


def test_a_stone_has_only_the_colours_of_its_cards() -> None:
    one, two = (set(re.findall(r'fill="(#\w+)"', brilliant.stone(colours))) for colours in ([3], [3, 3, 3, 5]))
    assert len(one) <= 10 < len(two) <= 20, "five tones of a colour on the crown, five on the table"


@pytest.mark.parametrize("number", [0, 3, 48, 150, 5_000])
def test_the_stone_of_a_poster_has_exactly_one_coloured_facet_for_each_card(number: int) -> None:
    coloured = "|".join(one for one in re.findall(r'fill="(#\w+)"[^>]*', str(brilliant.large_stone([], ""))))
    picture = str(brilliant.large_stone([at % 8 + 1 for at in range(number)], "stone"))
    grey = sum(drawn.count("M") for drawn in re.findall(rf'<path fill="(?:{coloured})" stroke="#\w+" d="([^"]*)"', picture))
    every = sum(drawn.count("M") for drawn in re.findall(r'<path fill="#\w+" stroke="#\w+" d="([^"]*)"', picture))
    assert (every, every - grey) == (max(48, number), number)
    assert len(picture) < 250_000


def test_the_poster_counts_every_card_and_names_only_people_in_the_recap() -> None:
    no = Decided("n", Consent(recap=False), holds="nadia", name="Nadia", team="Jordan")
    theirs = card(3, to=[Recipient("Leo", "Jordan")], by="n", author="Nadia", author_team="Jordan")
    cards = [card(1), card(2, state=State.HIDDEN), theirs]
    result = story(beyond_the_room(cards, Decisions([no])), {"osh": 3}, [])
    assert (result["cards"], result["people"]) == ("33", ["Leo", "Omar"])
    assert story(beyond_the_room(cards, Decisions([])), {}, [])["people"] == ["Leo", "Nadia", "Omar"]


def test_a_saved_page_contains_the_fonts_of_its_letters_and_no_others() -> None:
    latin, khmer = inlined.letters("Nadia"), inlined.letters("សុខា")
    assert "data:font/woff2;base64," in latin
    assert 'url("../' not in latin + khmer
    assert "U+1780" in khmer
    assert "U+1780" not in latin


# -- recap ---------------------------------------------------------------------------------------------------------


def test_the_recap_counts_all_cards_and_shows_those_without_a_refusal() -> None:
    cards = [
        card(1, "First of all."),
        card(2, "Loved by all.", reactions={Reaction.HEART: 9}, by="refuses"),
        card(3, "Liked.", reactions={Reaction.CLAP: 2}, day=1),
        card(4, "Third.", day=1, to=[Recipient("Leo", "Haiti")]),
    ]
    asked = Post("5", Kind.QUESTION, State.VISIBLE, 5, 5, BEGAN + 5, "refuses", "Who pays?", answered=True, answer="We.")
    decisions = Decisions([Decided("refuses", Consent(recap=False))])
    found = recap.recap(BOARD, [*cards, asked], decisions)
    assert (found.totals["cards"], found.totals["answered"], found.totals["pairs"]) == (4, 1, 2)
    assert [post.text for post in found.moments if post] == ["First of all.", "Liked.", "Third."]
    assert list(found.questions) == []
    assert [(day.date, day.cards, day.pairs) for day in found.days] == [("2026-05-04", 2, 1), ("2026-05-05", 2, 2)]
    assert [(one.giver, one.receiver, one.cards, one.day) for one in found.bridges] == [
        ("Cambodia", "Jordan", 3, 0),
        ("Cambodia", "Haiti", 1, 1),
    ]
    assert list(recap.recap(BOARD, [asked], Decisions([])).questions) == [asked]


def test_the_card_of_the_farthest_bridge_is_the_most_applauded_that_may_be_shown_and_is_shown_nowhere_else() -> None:
    back = [Recipient("Omar", "Cambodia")]
    cards = [
        card(1, "First."),
        card(2, "Most.", reactions={Reaction.CLAP: 9}),
        card(3, "Third."),
        card(4, "Refused.", reactions={Reaction.CLAP: 7}, by="refuses"),
        card(5, "Back.", reactions={Reaction.CLAP: 5}, author_team="Jordan", to=back),
        card(6, "There.", reactions={Reaction.CLAP: 3}),
        card(7, "Hidden.", reactions={Reaction.CLAP: 8}, state=State.HIDDEN),
        card(8, "Elsewhere.", reactions={Reaction.CLAP: 8}, author_team="Haiti"),
    ]
    decisions = Decisions([Decided("refuses", Consent(recap=False))])

    def found(posts: Sequence[Post]) -> str | None:
        moments = recap.recap(BOARD, posts, decisions).moments
        letter = recap.letter(posts, decisions, Layer.RECAP, ("Cambodia", "Jordan"), moments)
        return letter and letter.text

    assert found(cards) == "Back."
    assert found(cards[:4]) is None


def test_the_recap_of_an_empty_board_is_empty() -> None:
    found = recap.recap(BOARD, [], Decisions([]))
    assert (found.moments, list(found.days), list(found.bridges)) == (recap.Moments(None, None, None), [], [])


# -- who can help --------------------------------------------------------------------------------------------------

YES = Consent(directory=True)


def listed(cards: Sequence[Post], *decided: Decided) -> list[Field]:
    return fields(BOARD, cards, Names([NADIA]), Decisions(decided))


def test_the_directory_lists_people_who_agreed_with_sentences_whose_authors_agreed() -> None:
    nadia = Decided("n", YES, person="nadia", name="Nadia", team="Jordan", holds="nadia")
    cards = [card(1, "Mine."), card(2, "Theirs.", by="l"), card(3, "Not mine to quote.", by="no"), card(4, theme="care")]
    assert listed(cards) == []
    found = listed(cards, nadia, Decided("l", YES), Decided("no", Consent(directory=False)))
    assert [(field.theme, [(one.name, one.cards) for one in field.helpers]) for field in found] == [
        ("osh", [("Nadia", 2)]),
        ("care", [("Nadia", 1)]),
    ]
    assert [said.text for field in found for one in field.helpers for said in one.sentences] == ["Theirs."]


def some(*names: str) -> list[Field]:
    helpers = [Helper(name, "Jordan", 1, [Vouched("She measured the heat.", None, None)]) for name in names]
    return [Field("osh", "Safety and health", 3, 3, helpers), Field("", "", 0, 0, helpers)]


@pytest.mark.parametrize("typed", ["nadia", "NÁDIA", "jordan heat", "ਨਾਦੀਆ"])
def test_a_search_finds_names_teams_themes_and_words_in_any_script(typed: str) -> None:
    found = matching(some("Nádia", "ਨਾਦੀਆ"), typed)
    assert found
    assert all(field.helpers for field in found)
    assert matching(some("Nádia"), f"{typed} nobody") == []


def test_pages_of_helpers_are_bounded_and_together_complete() -> None:
    everybody = some(*(f"Person {at}" for at in range(7)))
    shown = [part(everybody, start, 4) for start in range(0, 14, 4)]
    assert [sum(len(field.helpers) for field in page) for page in shown] == [4, 4, 4, 2]
    assert [one.name for page in shown for field in page for one in field.helpers] == [f"Person {at}" for at in range(7)] * 2


def test_exports_of_helpers_contain_only_text() -> None:
    rows = list(csv.reader(io.StringIO(sheet(some("=HYPERLINK(1)")).decode("utf-8-sig"))))
    assert rows[0] == list(CSV_HEAD)
    assert rows[1][1] == "'=HYPERLINK(1)"
    cards = vcards(some("Nadia; Rahman\nEND:VCARD", "សុខា" * 30), "Lab, 2026").decode()
    assert cards.count("\r\nEND:VCARD\r\n") == 2
    assert "FN:Nadia\\; Rahman\\nEND:VCARD\r\n" in cards
    assert all(len(line.encode()) <= 75 for line in cards.split("\r\n"))
    assert "CATEGORIES:Safety and health\r\n" in cards.replace("\r\n ", "")
    assert "NOTE:Lab\\, 2026\\nShe" in cards


# -- the pages -----------------------------------------------------------------------------------------------------


async def opened(organiser: Moderator, **parts: bool) -> None:
    assert (await organiser.send("PATCH", "", {"public": {"recap": False, "answers": False, "who": False} | parts})).is_success


async def text_of(person: Attendee | Moderator, path: str, status: int = 200) -> str:
    response = await person.http.get(f"/b/{person.code}{path}")
    assert response.status_code == status, response.text
    assert response.headers["cache-control"] == "no-store"
    return response.text


async def test_the_recap_shows_the_farthest_bridge_on_the_globe_and_a_card_that_went_over_it(
    server: Server, people: Of
) -> None:
    here = people(server, server.create("Innovation Lab", "--team", "Jordan", "--team", "Cambodia"))
    omar, sokha, organiser = (
        await here.attendee("Omar", "Jordan"),
        await here.attendee("Sokha", "Cambodia"),
        await here.organiser(),
    )
    texts = ["You asked first.", "You taught <b>me</b>.", "You waited.", "You stayed late."]
    for text in texts:
        await sokha.celebrate(text, to=[{"name": "Omar", "team": "Jordan"}])
    assert 'class="far' not in await text_of(organiser, "/recap"), "one way is no bridge"
    await omar.celebrate("And back.", to=[{"name": "Sokha", "team": "Cambodia"}])
    page = await text_of(organiser, "/recap")
    assert 'aria-label="The farthest bridge: Jordan and Cambodia, about 7,400 km apart, celebrated each other."' in page
    assert '<path class="far-arc" pathLength="1" d="M-1000 0L' in page
    assert page.index(">Jordan</bdi> <bdi") < page.index(">Cambodia</bdi> </p>"), "west is at the left"
    assert "Over this bridge" in page
    for person in (omar, sokha):
        await person.send("PUT", "/me/consent", {"recap": False})
    page = await text_of(organiser, "/recap")
    assert "The farthest bridge" in page, "it names nobody"
    assert "Over this bridge" not in page


async def test_the_organiser_opens_the_recap_and_a_refusal_holds_at_once(server: Server, people: Of) -> None:
    here = people(server, server.create("Innovation Lab", "--team", "Jordan", "--team", "Cambodia"))
    omar, reader, organiser = await here.attendee("Omar", "Cambodia"), await here.attendee(), await here.organiser()
    sent = await omar.celebrate("You taught <b>me</b> to measure heat.", to=[{"name": "Nadia", "team": "Jordan"}])
    assert "not opened the recap" in await text_of(reader, "/recap", 404)
    assert "Only organisers see this page" in await text_of(organiser, "/recap")
    await opened(organiser, recap=True)
    page = await text_of(reader, "/recap")
    assert "You taught &lt;b&gt;me&lt;/b&gt; to measure heat." in page
    assert re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", page) == [
        ("card", "1"),
        ("person celebrated", "1"),
        ("pair of teams that met", "1"),
    ], "what there is none of is not said"
    assert "Only organisers" not in page
    previews = " ".join(re.findall(r"<meta property[^>]*>", page))
    assert "Innovation Lab" in previews
    assert "heat" not in previews
    assert "Omar" not in previews
    assert "Nadia" not in previews
    assert "<script" not in page.replace('<script type="application/json"', ""), "it needs none"
    assert await text_of(reader, "/recap") == page
    assert "<bdi>Omar</bdi>" in await text_of(organiser, "/print/ending")
    await omar.send("PUT", "/me/consent", {"recap": False})
    assert "measure heat" not in await text_of(reader, "/recap")
    poster = await text_of(organiser, "/print/ending?ground=night")
    assert "<bdi>Omar</bdi>" not in poster
    assert "<bdi>Nadia</bdi>" in poster
    assert "One card" in poster
    nadia = await here.attendee("Nadia", "Jordan")
    await omar.send("PUT", "/me/consent", {"recap": True})
    assert "measure heat" in await text_of(reader, "/recap")
    await nadia.send("PUT", "/me/consent", {"recap": False})
    assert "measure heat" not in await text_of(reader, "/recap"), "the recipient decides, too"
    await nadia.send("PUT", "/me/consent", {"recap": True})
    await organiser.moderate(sent, state="hidden")
    assert "measure heat" not in await text_of(reader, "/recap")
    await opened(organiser)
    await text_of(reader, "/recap", 404)


async def test_the_directory_page_is_open_while_the_organiser_and_all_people_concerned_agree(
    server: Server, people: Of
) -> None:
    here = people(server, server.create("Innovation Lab", "--theme", "OSH"))
    omar, nadia, organiser = await here.attendee("Omar"), await here.attendee("Nadia", "Jordan"), await here.organiser()
    await omar.celebrate("She measures heat.", to=[{"name": "Nadia", "team": "Jordan"}], theme="OSH")
    for page in ("/who", "/who.csv", "/who.vcf"):
        await text_of(omar, page, 404)
    await opened(organiser, who=True)
    assert "Nadia" not in await text_of(omar, "/who")
    await nadia.send("PUT", "/me/consent", {"directory": True})
    page = await text_of(omar, "/who")
    assert "Nadia" in page
    assert "She measures heat." not in page
    await omar.send("PUT", "/me/consent", {"directory": True})
    for page in ("/who", "/who.csv", "/who.vcf", "/who?q=n%C3%81dia", "/who?page=99"):
        assert "She measures heat." in await text_of(nadia, page)
    assert "Nobody is listed" in await text_of(nadia, "/who?q=water")
    await nadia.send("PUT", "/me/consent", {"directory": False})
    for page in ("/who", "/who.csv", "/who.vcf"):
        assert "Nadia" not in await text_of(omar, page)


async def test_a_keepsake_needs_its_key_and_its_file_works_without_a_server(server: Server, people: Of) -> None:
    here = people(server, server.create("Innovation Lab"))
    omar, nadia, organiser = await here.attendee("Omar"), await here.attendee("Nadia", "Jordan"), await here.organiser()
    sent = await omar.celebrate("You <i>measure</i> heat. សូមអរគុណ", to=[{"name": "Nadia", "team": "Jordan"}])
    assert (await (await here.attendee()).get("/me/keepsake")).json()["detail"].startswith("Your keepsake needs your name")
    url = (await nadia.get("/me/keepsake")).json()["url"]
    page = await nadia.http.get(url)
    assert page.status_code == 200
    assert "You &lt;i&gt;measure&lt;/i&gt; heat." in page.text
    assert page.headers["content-security-policy"].startswith(POLICY[:30])
    saved = (await nadia.http.get(f"{url}&save=1")).text
    assert "<script" not in saved
    assert "U+1780" in saved
    assert re.findall(r'(?:src|href)="[^"]*"|url\("(?!data:)[^"]*"\)|@import', saved) == [], (
        "nothing is loaded, nothing is linked"
    )
    theirs = (await omar.get("/me/keepsake")).json()["url"]
    for wrong in (
        url[:-1] + ("A" if url[-1] != "A" else "B"),
        url.partition("?")[0],
        theirs.partition("?")[0] + "?" + url.partition("?")[2],
    ):
        assert (await nadia.http.get(wrong)).status_code == 404
    assert (await organiser.http.get(url.partition("?")[0])).status_code == 200
    printed = (await organiser.http.get(f"/b/{here.code}/print/keepsakes")).text
    assert printed.count("keep-print-foot") == 2
    listed = await organiser.http.get(f"/b/{here.code}/keepsakes.csv")
    rows = list(csv.reader(io.StringIO(listed.content.decode("utf-8-sig"))))
    assert rows[1:] == [
        ["Nadia", "Jordan", "1", "0", f"{server.url}{url}"],
        ["Omar", "", "0", "1", f"{server.url}{theirs}"],
    ]
    assert listed.headers["cache-control"] == "no-store"
    for person in (nadia, await here.moderator()):
        assert (await person.http.get(f"/b/{here.code}/keepsakes.csv")).status_code == 403
    assert "measure" in (await organiser.http.get(f"/b/{here.code}/print/team-posters")).text
    await organiser.moderate(sent, state="hidden")
    assert "measure" not in (await nadia.http.get(url)).text
    assert "measure" not in (await organiser.http.get(f"/b/{here.code}/print/keepsakes")).text


async def test_a_keepsake_link_ends_when_the_name_is_released(server: Server, people: Of) -> None:
    here = people(server, server.create("Innovation Lab"))
    nadia, organiser = await here.attendee(), await here.organiser()
    person = (await organiser.send("POST", "/people", {"name": "Nadia", "team": "Jordan"})).json()["person"]["id"]
    await nadia.send("POST", "/join", {"person": person})
    url = (await nadia.get("/me/keepsake")).json()["url"]
    assert f"/people/{person}?key=" in url
    assert "You were there" in (await nadia.http.get(url)).text, "nobody wrote a card yet: a kind sentence"
    await organiser.send("DELETE", f"/people/{person}/holder")
    assert (await nadia.http.get(url)).status_code == 404


async def test_a_badge_opens_the_keepsake_once_the_board_is_archived(server: Server, people: Of) -> None:
    board = server.create("Innovation Lab")
    here = people(server, board)
    reader, organiser = await here.attendee(), await here.organiser()
    person = (await organiser.send("POST", "/people", {"name": "Nadia", "team": "Jordan"})).json()["person"]["id"]
    badge = address_of(server, board, person)
    assert "Are you Nadia?" in (await reader.http.get(badge)).text
    await organiser.send("POST", "/archive", {})
    found = await reader.http.get(badge, follow_redirects=True)
    assert (found.status_code, "/people/" in str(found.url), "You were there" in found.text) == (200, True, True)

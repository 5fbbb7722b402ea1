"""The roster as organisers change it, and what follows: cards, phones, searches; and the quiet list."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.actions import attendees, people, roster
from board.data import following, rows
from board.data import roster as stored
from board.data.older import Wanted, older
from board.data.queries import load
from board.data.store import Store
from board.live.bus import LocalBus
from board.live.feed import Feed
from board.live.hub import Hub
from board.live.parts import POSTS_A_MESSAGE, announced
from board.model import coverage, requests, rostering
from board.model.models import (
    Actor,
    Audience,
    Changes,
    Conflict,
    Forbidden,
    Invalid,
    Kind,
    NotFound,
    Person,
    Post,
    Recipient,
    Role,
    State,
)
from board.model.renaming import nobody
from board.model.rostering import NewPerson, PersonEdit, PersonSeen
from tests import boards
from tests.boards import card, in_one_batch, participant
from tests.conftest import People
from tests.people import JSON, Json
from tests.people import card as wanted_card
from tests.servers import Server
from tests.test_actions import Here, make
from tests.test_contract_schemas import Witness, answers
from tests.test_organise_agenda import sent
from tests.visitors import Visitors

NADIA, RAHMAN = Recipient("Nadia Raman", "Bangladesh", "nadia"), Recipient("Nadia Rahman", "Bangladesh", "nadia")
TYPED = requests.To(name="Nadia Raman", team="Bangladesh")


@pytest.fixture(params=[None, 0], ids=["few", "many"])
def follows(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Posts follow a name one by one, or by one SQL statement: both ways must give the same result."""
    if request.param is not None:
        monkeypatch.setattr(following, "POSTS_A_MESSAGE", 0)
        monkeypatch.setattr(following, "POSTS_AT_ONCE", 2)
        monkeypatch.setattr(following, "PEOPLE_LOOKED_FOR", 0)


@pytest.fixture
async def here(store: Store) -> Here:
    """A board with Nadia, whose name is wrong, and Leo; phone 0 is Nadia's."""
    here = await make(store)
    await boards.new_person(store, here.board_id, "nadia", "Nadia Raman", "Bangladesh")
    await boards.new_person(store, here.board_id, "leo", "Leo Tan", "Singapore")
    await attendees.join(store, here.board_id, participant(0), requests.Join(person="nadia"))
    return here


async def _to(here: Here, *to: requests.To, who: int = 5, **fields: Any) -> Any:
    return await here.submit(card(to=list(to), **fields), who)


async def _edit(here: Here, person: str, *namesakes: str, **fields: Any) -> tuple[Person, int]:
    return (await roster.edit_person(here.store, here.board_id, here.mira, person, PersonEdit(**fields), namesakes))[:2]


async def _merge(here: Here, person: str, into: str) -> tuple[Person, int]:
    return (await roster.merge_people(here.store, here.board_id, here.mira, person, into))[:2]


async def _people(here: Here) -> dict[str, Person]:
    found = await here.store.read(lambda connection: rows.roster(connection, here.board_id))
    return {person.id: person for person in found}


async def _finds(here: Here, *words: str) -> int:
    wanted = Wanted(Audience.MODERATORS, words=words)
    return len(await here.store.read(lambda connection: older(connection, here.board_id, 100, None, wanted)))


# -- somebody is called otherwise ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("follows")
async def test_a_corrected_name_stands_on_all_cards_to_and_by_the_person(here: Here) -> None:
    linked = await _to(here, requests.To(person="nadia"), requests.To(person="leo"))
    typed, alike = await _to(here, TYPED), await _to(here, requests.To(name="Nadia Raman"))
    own, unsigned = await here.ask(who=0), await here.ask(who=0, anonymous=True)
    hidden = await here.moderate(await _to(here, requests.To(person="nadia")), state="hidden")
    before = (await here.board()).seq
    now, posts = await _edit(here, "nadia", name="Nadia Rahman")
    assert (now, posts) == (Person("nadia", "Nadia Rahman", "Bangladesh", participant(0)), 4)
    assert (await here.stored(linked)).to == [RAHMAN, Recipient("Leo Tan", "Singapore", "leo")]
    assert (await here.stored(typed)).to == [RAHMAN]
    assert (await here.stored(hidden)).to == [RAHMAN]
    assert (await here.stored(alike)).to == alike.to, "a name without a team is perhaps somebody else"
    assert ((await here.stored(own)).author_name, (await here.stored(unsigned)).author_name) == ("Nadia Rahman", None)
    assert (await here.board()).seq == before + 4
    assert (await _people(here))["nadia"] == now
    assert (await _finds(here, "rahman"), await _finds(here, "raman")) == (4, 1), "a search follows"
    assert (await here.ask(who=0)).author_name == "Nadia Rahman", "the phone that has the name follows"
    assert (
        "Mira",
        "person-changed",
        None,
        "Nadia Raman (Bangladesh) → Nadia Rahman (Bangladesh), posts: 4",
    ) in await here.audit()


async def test_cards_also_follow_a_change_of_team(here: Here) -> None:
    post, own = await _to(here, requests.To(person="nadia")), await here.ask(who=0)
    await _edit(here, "nadia", team="Jordan")
    assert (await here.stored(post)).to == [Recipient("Nadia Raman", "Jordan", "nadia")]
    assert (await here.stored(own)).author_team == "Jordan"
    await _edit(here, "nadia", team=None)
    assert (await here.stored(post)).to == [Recipient("Nadia Raman", None, "nadia")]


@pytest.mark.usefixtures("follows")
async def test_renaming_one_of_two_namesakes_changes_only_linked_cards(here: Here) -> None:
    await boards.new_person(here.store, here.board_id, "other", "NADIA RAMAN", "bangladesh")
    typed, linked = await _to(here, TYPED), await _to(here, requests.To(person="nadia"))
    await _edit(here, "nadia", "nadia", "other", name="Nadia Rahman")
    assert ((await here.stored(typed)).to, (await here.stored(linked)).to) == (
        [Recipient("Nadia Raman", "Bangladesh")],
        [RAHMAN],
    )


@pytest.mark.usefixtures("follows")
async def test_posts_of_a_released_name_follow_a_new_name_and_wait_for_the_next_phone(here: Here) -> None:
    own = await here.ask(who=0)
    await people.free_name(here.store, here.board_id, here.mira, "nadia", True)
    await _edit(here, "nadia", name="Nadia Rahman")
    await attendees.join(here.store, here.board_id, participant(1), requests.Join(person="nadia"))
    found = await here.stored(own)
    assert (found.author_name, found.participant) == ("Nadia Rahman", participant(1))


async def test_an_edit_of_an_outdated_entry_gets_the_present_one(here: Here) -> None:
    await _edit(here, "nadia", name="Nadia Rahman", expect=PersonSeen(name="Nadia Raman"))
    with pytest.raises(Conflict) as refusal:
        await _edit(here, "nadia", team="Jordan", expect=PersonSeen(name="Nadia Raman"))
    present = {"id": "nadia", "name": "Nadia Rahman", "team": "Bangladesh", "claimed": True}
    assert refusal.value.members == {"present": present}


async def test_a_name_already_in_the_team_is_refused(here: Here) -> None:
    for act in (
        _edit(here, "leo", "nadia", name="nadia raman", team="Bangladesh"),
        roster.add_person(here.store, here.board_id, here.mira, NewPerson("Nadia  Raman", "Bangladesh")),
    ):
        with pytest.raises(Conflict, match="person-listed-already"):
            await act
    for name in (" ", "x" * 61):
        with pytest.raises(Invalid):
            await _edit(here, "leo", name=name)
    assert (await _edit(here, "nadia", "nadia", name="NADIA RAMAN"))[0].name == "NADIA RAMAN", "one's own name is no other's"
    assert len(await _people(here)) == 2


async def test_a_person_is_added_once_and_the_roster_is_bounded(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    asha = await roster.add_person(here.store, here.board_id, here.mira, NewPerson(" Asha  Perera ", None))
    assert (asha.name, asha.team) == ("Asha Perera", None)
    assert (await _to(here, requests.To(person=asha.id))).to == [Recipient("Asha Perera", None, asha.id)]
    monkeypatch.setattr(rostering, "MAX_PEOPLE", 3)
    with pytest.raises(Invalid, match="roster-full"):
        await roster.add_person(here.store, here.board_id, here.mira, NewPerson("One more"))


# -- two entries of one person, and one that left ------------------------------------------------------------------


@pytest.mark.usefixtures("follows")
async def test_a_merged_entry_has_the_cards_of_both(here: Here) -> None:
    await boards.new_person(here.store, here.board_id, "twice", "N. Rahman")
    both = await _to(here, requests.To(person="nadia"), requests.To(person="twice"))
    one, typed = await _to(here, requests.To(person="twice")), await _to(here, requests.To(name="N. Rahman"))
    assert await _merge(here, "twice", "nadia") == (Person("nadia", "Nadia Raman", "Bangladesh", participant(0)), 3)
    assert [(await here.stored(post)).to for post in (both, one, typed)] == [[NADIA]] * 3
    assert set(await _people(here)) == {"nadia", "leo"}
    for person, into, refusal in (("twice", "nadia", NotFound), ("nadia", "twice", NotFound), ("nadia", "nadia", Invalid)):
        with pytest.raises(refusal):
            await _merge(here, person, into)


async def test_the_phone_of_a_merged_entry_gets_the_entry_that_stays(here: Here) -> None:
    own = await here.ask(who=0)
    assert (await _merge(here, "nadia", "leo"))[0].holder == participant(0)
    assert ((await here.stored(own)).author_name, (await here.ask(who=0)).author_name) == ("Leo Tan", "Leo Tan")
    with pytest.raises(Conflict):
        await attendees.join(here.store, here.board_id, participant(1), requests.Join(person="leo"))


async def test_the_phone_of_the_entry_that_stays_keeps_the_name(here: Here) -> None:
    await attendees.join(here.store, here.board_id, participant(1), requests.Join(person="leo"))
    own = await here.ask(who=0)
    assert (await _merge(here, "nadia", "leo"))[0].holder == participant(1)
    assert (await here.stored(own)).author_name == "Leo Tan"
    assert ((await here.ask(who=0)).author_name, (await here.ask(who=1)).author_name) == (None, "Leo Tan")


async def test_posts_that_wait_for_a_merged_name_wait_for_the_one_that_stays(here: Here) -> None:
    own = await here.ask(who=0)
    await people.free_name(here.store, here.board_id, here.mira, "nadia", True)
    await _merge(here, "nadia", "leo")
    assert (await here.stored(own)).participant == nobody("leo")
    await attendees.join(here.store, here.board_id, participant(3), requests.Join(person="leo"))
    assert (await here.stored(own)).participant == participant(3)


@pytest.mark.usefixtures("follows")
async def test_a_removed_person_stays_on_cards_as_text(here: Here) -> None:
    post, own = await _to(here, requests.To(person="nadia")), await here.ask(who=0)
    person, posts, _ = await roster.remove_person(here.store, here.board_id, here.mira, "nadia")
    assert (person.id, posts) == ("nadia", 1)
    assert (await here.stored(post)).to == [Recipient("Nadia Raman", "Bangladesh")]
    assert (await here.stored(own)).author_name == "Nadia Raman"
    assert (await here.ask(who=0)).author_name == "Nadia Raman"
    assert set(await _people(here)) == {"leo"}
    with pytest.raises(NotFound):
        await roster.remove_person(here.store, here.board_id, here.mira, "nadia")


@pytest.mark.usefixtures("follows")
async def test_a_rename_includes_cards_of_the_same_batch_and_a_refused_one_changes_nothing(here: Here) -> None:
    done = await in_one_batch(
        here.store,
        _to(here, requests.To(person="nadia"), text="A moment before"),
        _edit(here, "nadia", name="Nadia Rahman"),
        _to(here, requests.To(person="nadia"), text="A moment after"),
        _edit(here, "nadia", "leo", name="Leo Tan", team="Singapore"),
        _to(here, requests.To(person="nadia"), text="Later still"),
    )
    assert isinstance(done[3], Conflict)
    assert {one.to[0] for one in (await here.everything()).posts} == {RAHMAN}


async def test_a_revoked_link_cannot_change_the_roster(here: Here) -> None:
    gone, before = Actor("nothing", Role.ORGANISER, "Nobody"), await here.everything()
    for act in (
        roster.add_person(here.store, here.board_id, gone, NewPerson("Me")),
        roster.edit_person(here.store, here.board_id, gone, "nadia", PersonEdit(name="Me")),
        roster.merge_people(here.store, here.board_id, gone, "nadia", "leo"),
        roster.remove_person(here.store, here.board_id, gone, "nadia"),
    ):
        with pytest.raises(Forbidden):
            await act
    assert (await here.everything()) == before
    assert set(await _people(here)) == {"nadia", "leo"}


# -- a person with very many cards ---------------------------------------------------------------------------------


def test_workers_send_each_other_only_the_number_of_very_many_changes() -> None:
    posts = [Post(f"post-{seq}", Kind.CARD, State.VISIBLE, seq, seq, seq, participant(), "Thanks") for seq in range(3, 253)]
    whole = Changes(1, "e", 2, 255, posts, sessions=[])
    assert announced(whole) is whole
    many = Changes(1, "e", 2, 9_999, posts * (POSTS_A_MESSAGE // len(posts) + 1))
    assert announced(many) == Changes(1, "e", 9_999, 9_999)


async def test_a_person_with_very_many_cards_is_renamed_on_all_pages(here: Here) -> None:
    """Too many for one message: this worker and another one read them from the store."""
    number = following.POSTS_A_MESSAGE + 20
    await asyncio.gather(*(_to(here, requests.To(person="nadia"), who=who) for who in range(5, 5 + number)))
    async with worked(here.store) as hub:
        channel = await hub.open(here.board_id)
        _, posts = await _edit(here, "nadia", name="Nadia Rahman")
        assert posts == number
        await hub.checked(here.board_id)
        assert {post.to[0] for post in channel.feed.posts.values()} == {RAHMAN}
        loaded = await here.store.read(lambda connection: load(connection, here.board_id))
        assert loaded is not None
        fresh = json.loads(Feed(loaded, lambda: 0).snapshot(Audience.PUBLIC))
        assert json.loads(channel.feed.snapshot(Audience.PUBLIC)) | {"now": ""} == fresh | {"now": ""}


@asynccontextmanager
async def worked(store: Store) -> AsyncIterator[Hub]:
    hub = Hub(store, LocalBus())
    store.listeners.append(hub.committed)
    await hub.start()
    try:
        yield hub
    finally:
        store.listeners.remove(hub.committed)
        await hub.stop()


# -- the quiet list ------------------------------------------------------------------------------------------------


def _card(*to: Recipient, by: str | None = None, team: str | None = None, phone: str = "") -> stored.Card:
    return stored.Card(to, phone, by, team)


TEAM = [Person(f"p{number}", f"Person {number}", "Jordan", f"phone {number}") for number in range(6)]
SMALL = [Person(f"s{number}", f"Somebody {number}", "Chad") for number in range(2)]


def test_cards_count_for_their_recipients_and_anonymous_ones_for_no_author() -> None:
    twins = [Person("t1", "Twin"), Person("t2", "twin", "Jordan")]
    cards = [
        _card(Recipient("Whatever", None, "p0"), Recipient("person  1"), by="Person 2", team="Jordan"),
        _card(Recipient("Person 1", "Jordan"), Recipient("Person 1", "Chad"), phone="phone 3"),
        _card(Recipient("Twin"), Recipient("Twin", "Jordan"), by="An old name", phone="phone 4"),
        _card(Recipient("The Jordan team", "Jordan"), by="Twin"),
    ]
    counted = coverage.tally([*TEAM, *twins], cards)
    assert counted.to == {"p0": 1, "p1": 2, "t2": 1}
    assert counted.by == {"p2": 1, "p4": 1}


@given(silences=st.lists(st.tuples(st.integers(1, 9), st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=5))
def test_the_number_of_authors_reveals_no_hidden_number_of_a_team(silences: list[tuple[int, int, int]]) -> None:
    """Of two boards that differ in hidden numbers alone it is the same."""
    numbers = []
    for which in (1, 2):
        people, by = [], Counter[str]()
        for team, (size, *silent) in enumerate(silences):
            members = [Person(f"{team}-{number}", f"P {team} {number}", f"Team {team}") for number in range(size)]
            by.update(person.id for person in members[min(silent[which - 1], size) :])
            people += members
        whole = coverage.coverage(people, coverage.Tally(by=by))
        numbers.append((whole["teams"], whole["given"]))
        assert not isinstance(whole["given"], int) or whole["given"] <= len(by)
    assert numbers[0][0] != numbers[1][0] or numbers[0][1] == numbers[1][1]


def test_numbers_and_names_of_small_groups_are_hidden() -> None:
    counted = coverage.tally([*TEAM, *SMALL], [_card(Recipient("x", None, "p0"), by="Person 0", team="Jordan")])
    whole = coverage.coverage([*TEAM, *SMALL], counted)
    assert (whole["people"], whole["celebrated"], whole["given"]) == (8, 1, "fewer than 5")
    assert whole["teams"] == [
        {"team": "Chad", "people": "fewer than 5", "not_celebrated": "fewer than 5", "not_given": "fewer than 5"},
        {"team": "Jordan", "people": 6, "not_celebrated": 5, "not_given": 5},
    ]
    assert [one["id"] for one in whole["not_celebrated"]] == ["s0", "s1", "p1", "p2", "p3", "p4", "p5"]
    assert [one["id"] for one in whole["not_given"]] == ["p1", "p2", "p3", "p4", "p5"]
    assert not whole["more"]
    everybody = coverage.coverage([], coverage.tally([], []))
    assert (everybody["people"], everybody["teams"]) == (0, [])


def test_a_roster_is_read_page_by_page() -> None:
    names = ["Zoé", "asha", "Émile", "Bo", "李雷"]
    crowd = [Person(name, name, "Côte d’Ivoire" if name == "Bo" else None) for name in names]
    first, total, more = coverage.page(crowd, "", None, 3)
    assert ([one.name for one in first], total, more) == (["asha", "Bo", "Émile"], 5, True)
    rest, total, more = coverage.page(crowd, "", first[-1].id, 3)
    assert ([one.name for one in rest], total, more) == (["Zoé", "李雷"], 5, False)
    assert [one.name for one in coverage.page(crowd, "  EMILE", None, 3)[0]] == ["Émile"]
    assert [one.name for one in coverage.page(crowd, "ivoire bo", None, 3)[0]] == ["Bo"]
    assert coverage.page(crowd, "nobody", "gone", 3) == ([], 0, False)


async def test_only_visible_cards_count_for_the_quiet_list(here: Here) -> None:
    await _to(here, requests.To(person="nadia"))
    await here.moderate(await _to(here, requests.To(person="leo")), state="hidden")
    await here.withdraw(await _to(here, requests.To(person="leo")), who=5)
    cards = await here.store.read(lambda connection: list(stored.cards(connection, here.board_id)))
    assert coverage.tally((await _people(here)).values(), cards).to == {"nadia": 1}


# -- by HTTP -------------------------------------------------------------------------------------------------------


def test_only_organisers_see_and_change_the_roster(either: Server, visit: Visitors) -> None:
    board = either.create()
    api, everybody = f"/api/b/{board['code']}", visit.everybody(either, board)
    organiser = everybody["organise"]
    made = [sent(organiser, "POST", f"{api}/people", {"name": name}).json()["person"]["id"] for name in ("Nadia", "Leo")]
    others = {role: client for role, client in everybody.items() if role != "organise"}
    others["organiser elsewhere"] = visit.by_link(either, either.create()["organise_url"])
    calls: list[tuple[str, str, Json | None]] = [
        ("GET", "/roster", None),
        ("GET", "/coverage", None),
        ("POST", "/people", {"name": "Asha"}),
        ("PATCH", f"/people/{made[0]}", {"name": "Nadia R."}),
        ("POST", f"/people/{made[0]}/merge", {"into": made[1]}),
        ("DELETE", f"/people/{made[1]}", {}),
    ]
    for method, path, body in calls:
        for role, client in others.items():
            assert sent(client, method, api + path, body).status_code == 403, (role, method, path)
        assert sent(organiser, method, api + path, body).status_code in (200, 201), (method, path)
    people = sent(organiser, "GET", f"{api}/roster").json()
    assert [one["name"] for one in people["people"]] == ["Asha"]
    assert people["total"] == 1
    assert "not_given" not in everybody["attendee"].get(api).text


async def test_everybody_sees_a_corrected_name(either: Server, people: Callable[..., People]) -> None:
    here = people(either, either.create())
    asha, organiser = await here.attendee("Asha", "Jordan"), await here.organiser()
    nadia = (await organiser.send("POST", "/people", {"name": "Nadia Raman"})).json()["person"]["id"]
    posted = await asha.celebrate(to=[{"person": nadia}])
    live = await asha.live()
    await live.next()
    done = await organiser.send("PATCH", f"/people/{nadia}", {"name": "Nadia Rahman"})
    answer = done.json()
    assert answer.pop("undo")
    assert answer == {"person": {"id": nadia, "name": "Nadia Rahman", "team": None, "claimed": False}, "posts": 1}
    frame = await live.until(lambda frame: any("to" in post for post in frame.get("posts", [])))
    assert [(post["id"], post["to"][0]["name"]) for post in frame["posts"]] == [(posted["id"], "Nadia Rahman")]
    entry = (await organiser.get("/roster", q="nadia")).json()["people"][0]
    assert (entry["cards_to"], entry["cards_from"]) == (1, 0)
    assert (await organiser.get("/coverage")).json()["celebrated"] == 1


async def test_every_documented_answer_about_the_roster_is_given(server: Server, people: Callable[..., People]) -> None:
    here, witness = people(server, server.create()), Witness()
    organiser, asha = await here.organiser(), await here.attendee()
    witness.watch(organiser.http, asha.http)
    made = [(await organiser.send("POST", "/people", {"name": name})).json()["person"]["id"] for name in ("Nadia", "Leo", "Bo")]
    await organiser.send("POST", "/people", {"name": "Nadia"})
    await asha.send("POST", "/posts", wanted_card(to=[{"person": made[0]}]))
    await organiser.send("PATCH", f"/people/{made[0]}", {"name": "Nadia R.", "expect": {"name": "Nadia", "team": None}})
    late = await organiser.send("PATCH", f"/people/{made[0]}", {"name": "N. R.", "expect": {"name": "Nadia"}})
    assert late.json()["present"]["name"] == "Nadia R."
    await organiser.send("POST", f"/people/{made[1]}/merge", {"into": made[0]})
    await organiser.send("DELETE", f"/people/{made[2]}")
    assert (await organiser.send("POST", f"/people/{made[0]}/erase", {"texts": True})).status_code == 200
    own = (await organiser.send("POST", "/people", {"name": "organiser"})).json()["person"]["id"]
    assert (await organiser.send("POST", f"/people/{own}/erase", {})).status_code == 409, "as the own link is called"
    for path in ("/roster", "/coverage"):
        assert (await organiser.get(path)).status_code == 200
        await asha.get(path)
        await organiser.http.get(f"/api/b/NOWHERE{path}")
    assert (await organiser.get("/roster", limit=0)).status_code == 422
    writes = ("POST /people", "PATCH /people/x", "POST /people/x/merge", "DELETE /people/x", "POST /people/x/erase")
    for method, path in map(str.split, writes):
        address = organiser.api + path
        for content in (b"{", b"x" * 20_000, b'{"nonsense": 1}', b'{"into": "y"}', b'{"name": "Somebody"}'):
            await organiser.http.request(method, address, content=content, headers=JSON)
        await organiser.http.request(method, address, content=b"{}")
        await asha.send(method, path, {"name": "Me", "into": "me"} if "merge" not in path else {"into": "me"})
        await asha.http.request(method, address, content=b'{"name": "Me"}', headers=JSON)
        await organiser.http.request(method, f"/api/b/NOWHERE{path}", content=b"{}", headers=JSON)
    about = ("Person", "People", "Roster", "Coverage")
    missing = {answer for answer in answers(lambda tags: "organise" in tags) - witness.seen if answer[0].endswith(about)}
    assert missing == set()

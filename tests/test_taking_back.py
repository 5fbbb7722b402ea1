"""A change of organisers taken back: the roster, cards, phones, badges, mutes and links are exactly as they were."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, func, select

from board.actions import attendees, handing, people, roster, undoing
from board.data import schema, undos
from board.data.store import Store
from board.model import requests
from board.model import undoing as model
from board.model.linking import NewLink
from board.model.models import Actor, Closed, Conflict, Forbidden, Kind, NotFound, Post, Recipient, Role, State
from board.model.renaming import Names
from board.model.rostering import NewPerson, PersonEdit
from board.model.undoing import Fields, PostChange, Undone
from tests import boards
from tests.boards import card, opened, participant
from tests.clocks import MovedClock
from tests.conftest import People
from tests.servers import Server, wait_until
from tests.test_actions import Here, make
from tests.test_contract_schemas import Witness, answers
from tests.test_organise_agenda import sent
from tests.visitors import Visitors

Rows = dict[str, set[tuple[Any, ...]]]
# What counts changes, when, and what tells of it may differ.
_MOVES = {"seq", "content_seq"}


@pytest.fixture
async def here(store: Store) -> Here:
    """Nadia has phone 0, Leo none, and there are cards of every sort; Mira is an organiser."""
    here = await make(store)
    here = Here(here.store, here.board_id, await here.link("Mira the organiser", Role.ORGANISER))
    await boards.new_person(store, here.board_id, "nadia", "Nadia Raman", "Bangladesh")
    await boards.new_person(store, here.board_id, "leo", "Leo Tan", "Singapore")
    await attendees.join(store, here.board_id, participant(0), requests.Join(person="nadia"))
    await _to(here, requests.To(person="nadia"), requests.To(person="leo"))
    await _to(here, requests.To(name="Nadia Raman", team="Bangladesh"))
    await here.moderate(await _to(here, requests.To(person="nadia")), state="hidden")
    await _to(here, requests.To(person="leo"))
    await here.ask(who=0)
    await here.ask(who=0, anonymous=True)
    await here.vote(await here.ask(who=6), 0)
    return here


async def _to(here: Here, *to: requests.To, who: int = 5) -> Post:
    post: Post = await here.submit(card(to=list(to)), who)
    return post


async def _edit(here: Here, **fields: Any) -> str | None:
    return (await roster.edit_person(here.store, here.board_id, here.mira, "nadia", PersonEdit(**fields), ["nadia"])).undo


async def _merge(here: Here) -> str | None:
    return (await roster.merge_people(here.store, here.board_id, here.mira, "nadia", "leo")).undo


async def _remove(here: Here) -> str | None:
    return (await roster.remove_person(here.store, here.board_id, here.mira, "nadia")).undo


async def _revoke(here: Here) -> str | None:
    late, _ = await handing.make_link(here.store, here.board_id, here.mira, NewLink(Role.MODERATOR, "Late shift"))
    return (await handing.revoke_link(here.store, here.board_id, here.mira, late.id))[1]


async def _back(here: Here, undo_id: str | None, *namesakes: str, by: Actor | None = None) -> Undone:
    assert undo_id
    undo, at = await undoing.kept(here.store, here.board_id, undo_id)
    return await undoing.take_back(here.store, here.board_id, by or here.mira, undo_id, undo, at, namesakes)


async def _rows(here: Here) -> Rows:
    """All that is stored of people, phones, posts and links. A phone that is known by nothing is none."""

    def read(connection: Connection) -> Rows:
        found: Rows = {}
        for table in (schema.people, schema.posts, schema.participants, schema.links, schema.votes, schema.reactions):
            columns = [column for column in table.c if column.name not in _MOVES]
            rows = connection.execute(select(*columns).where(table.c.board_id == here.board_id))
            found[table.name] = {tuple(row) for row in rows if table.name != "participants" or row.name or row.muted}
        return found

    return await here.store.read(read)


async def _entry(here: Here, person_id: str) -> tuple[str, str | None] | None:
    person = await here.store.write(here.board_id, lambda transaction: transaction.person(person_id))
    return (person.name, person.holder) if person else None


ACTS: dict[str, Callable[[Here], Any]] = {
    "corrected": lambda here: _edit(here, name="Nadia Rahman", team="Jordan"),
    "merged": _merge,
    "removed": _remove,
}
WHOSE_PHONE = ["hers", "both have one", "freed and muted"]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("phone", WHOSE_PHONE)
async def test_an_undo_restores_every_row(here: Here, act: str, phone: str) -> None:
    if phone == "both have one":
        await attendees.join(here.store, here.board_id, participant(1), requests.Join(person="leo"))
        await here.ask(who=1)
    if phone == "freed and muted":
        await here.mute(participant(0))
        await people.free_name(here.store, here.board_id, here.mira, "nadia", True)
    before = await _rows(here)
    undo = await ACTS[act](here)
    assert await _rows(here) != before
    assert await _back(here, undo) == Undone("person", "nadia")
    assert await _rows(here) == before
    assert await _back(here, undo) == Undone("person", "nadia"), "asked again, as after a lost answer"
    assert await _rows(here) == before
    assert (await here.audit())[-1][:2] == ("Mira the organiser", "person-undone")


async def test_an_undo_makes_a_revoked_link_open_again(here: Here) -> None:
    link, _ = await handing.make_link(here.store, here.board_id, here.mira, NewLink(Role.MODERATOR, "Late shift"))
    before = await _rows(here)
    _, undo = await handing.revoke_link(here.store, here.board_id, here.mira, link.id)
    with pytest.raises(Forbidden):
        await people.mute(here.store, here.board_id, Actor(link.id, Role.MODERATOR, "Late shift"), participant(0), True)
    assert await _back(here, undo) == Undone("link", link.id)
    assert await _rows(here) == before
    await people.mute(here.store, here.board_id, Actor(link.id, Role.MODERATOR, "Late shift"), participant(0), True)


async def test_cards_and_posts_sent_before_an_undo_follow_the_right_person(here: Here) -> None:
    """Cards to the new name show the old one; those to the entry that stayed stay its; what the phone wrote goes with it."""
    undo = await _edit(here, name="Nadia Rahman")
    to_new, own = await _to(here, requests.To(person="nadia")), await here.ask(who=0)
    await _back(here, undo)
    assert (await here.stored(to_new)).to == [Recipient("Nadia Raman", "Bangladesh", "nadia")]
    assert ((await here.stored(own)).author_name, (await here.ask(who=0)).author_name) == ("Nadia Raman", "Nadia Raman")
    undo = await _merge(here)
    to_leo, own = await _to(here, requests.To(person="leo")), await here.ask(who=0)
    assert own.author_name == "Leo Tan"
    await _back(here, undo)
    assert (await here.stored(to_leo)).to == [Recipient("Leo Tan", "Singapore", "leo")]
    assert (await here.stored(own)).author_name == "Nadia Raman"
    assert (await _entry(here, "nadia"), await _entry(here, "leo")) == (("Nadia Raman", participant(0)), ("Leo Tan", None))


async def test_an_undo_leaves_a_phone_its_newer_name(here: Here) -> None:
    undo = await _remove(here)
    await here.join("Somebody else", who=0)
    await _back(here, undo)
    assert await _entry(here, "nadia") == ("Nadia Raman", None)
    assert (await here.ask(who=0)).author_name == "Somebody else"


async def test_an_undo_keeps_later_changes_of_a_card(here: Here) -> None:
    one = await _to(here, requests.To(person="nadia"))
    undo = await _remove(here)
    await here.edit(one, 5, to=[requests.To(person="leo")])
    await _back(here, undo)
    assert (await here.stored(one)).to == [Recipient("Leo Tan", "Singapore", "leo")]


@pytest.mark.parametrize("act", ACTS)
async def test_an_entry_changed_since_is_not_undone(here: Here, act: str) -> None:
    undo = await ACTS[act](here)
    edit, namesakes = roster.edit_person, list[str]()
    match act:
        case "corrected":
            await edit(here.store, here.board_id, here.mira, "nadia", PersonEdit(team=None))
        case "merged":
            await edit(here.store, here.board_id, here.mira, "leo", PersonEdit(name="Leo Tang"))
        case _:
            new = NewPerson("nadia raman", "Bangladesh")
            namesakes.append((await roster.add_person(here.store, here.board_id, here.mira, new)).id)
    before = await _rows(here)
    with pytest.raises(Conflict):
        await _back(here, undo, *namesakes)
    assert await _rows(here) == before


async def test_a_mute_of_a_released_name_follows_its_merge(here: Here) -> None:
    await here.mute(participant(0))
    await people.free_name(here.store, here.board_id, here.mira, "nadia", True)
    await _merge(here)
    await attendees.join(here.store, here.board_id, participant(3), requests.Join(person="leo"))
    with pytest.raises(Closed, match="posting-muted"):
        await here.ask(who=3)


async def test_the_newest_twenty_undos_are_kept_for_ten_minutes(database_url: str) -> None:
    clock = MovedClock()
    async with opened(database_url, clock=clock) as store:
        store.migrate()
        here = await make(store)
        here = Here(store, here.board_id, await here.link("Mira", Role.ORGANISER))
        first = await _revoke(here)
        newest = list[str | None]()
        for _ in range(undos.MOST_KEPT):
            clock.move(1)
            newest.append(await _revoke(here))
        with pytest.raises(NotFound):
            await _back(here, first)
        await _back(here, newest[0])
        clock.move(undos.KEPT_SECONDS)
        with pytest.raises(NotFound):
            await _back(here, newest[-1])
        await undos.sweep(store)
        count = select(func.count()).select_from(schema.undos)
        assert await store.read(lambda connection: connection.execute(count).scalar_one()) == 0


async def test_a_revoked_link_cannot_undo(here: Here) -> None:
    undo = await _remove(here)
    before = await _rows(here)
    with pytest.raises(Forbidden):
        await _back(here, undo, by=Actor("nothing", Role.ORGANISER, "Nobody"))
    assert await _rows(here) == before


def test_an_undo_stores_little_and_too_large_changes_have_none() -> None:
    post = Post("a", Kind.CARD, State.VISIBLE, 1, 1, 1, "phone", "Thanks", to=[Recipient("Nadia")])
    to = [Recipient("Nadia", None, "n")]
    change = model.renamed(post.id, Names(post.to, None, None), Names(to, None, None))
    assert change == PostChange("a", Fields(to=[Recipient("Nadia")]), Fields(to=to))
    was = model.Entry("n", "Nadia", None, "seal")
    assert model.decode(model.encode(model.PersonUndo(was, None, None, [change])) or "").posts == [change]  # type: ignore[union-attr]
    assert model.encode(model.PersonUndo(was, None, None, [change] * 20_000)) is None


# -- by HTTP -------------------------------------------------------------------------------------------------------


def test_only_organisers_of_the_board_can_undo(either: Server, visit: Visitors) -> None:
    board = either.create()
    api, everybody = f"/api/b/{board['code']}", visit.everybody(either, board)
    organiser = everybody["organise"]
    person = sent(organiser, "POST", f"{api}/people", {"name": "Nadia"}).json()["person"]["id"]
    undo = sent(organiser, "DELETE", f"{api}/people/{person}", {}).json()["undo"]
    made = sent(organiser, "POST", f"{api}/links", {"role": "screen", "name": "Hall A"}).json()
    screen, path = visit.by_link(either, made["url"]), f"/b/{board['code']}/screen"
    revoked = sent(organiser, "DELETE", f"{api}/links/{made['link']['id']}", {}).json()["undo"]
    wait_until(lambda: screen.get(path).status_code == 403, "the other worker hears of it")
    others = {role: client for role, client in everybody.items() if role != "organise"}
    others["organiser elsewhere"] = visit.by_link(either, either.create()["organise_url"])
    for undo_id in (undo, revoked):
        for role, client in others.items():
            assert sent(client, "POST", f"{api}/undos/{undo_id}", {}).status_code == 403, role
    elsewhere = either.create()
    there = visit.by_link(either, elsewhere["organise_url"])
    assert sent(there, "POST", f"/api/b/{elsewhere['code']}/undos/{undo}", {}).status_code == 404
    for undo_id, kind, about in ((undo, "person", person), (revoked, "link", made["link"]["id"])):
        done = sent(organiser, "POST", f"{api}/undos/{undo_id}", {})
        assert (done.status_code, done.json()) == (200, {"undone": {"kind": kind, "id": about}})
    wait_until(lambda: screen.get(path).status_code == 200, "the link opens again what it opened")


async def test_every_documented_answer_about_undoing_is_given(server: Server, people: Callable[..., People]) -> None:
    here, witness = people(server, server.create()), Witness()
    organiser, asha = await here.organiser(), await here.attendee()
    witness.watch(organiser.http, asha.http)
    person = (await organiser.send("POST", "/people", {"name": "Nadia"})).json()["person"]["id"]
    corrected = (await organiser.send("PATCH", f"/people/{person}", {"name": "Nadia R."})).json()["undo"]
    await organiser.send("PATCH", f"/people/{person}", {"name": "N. R."})
    assert (await organiser.send("POST", f"/undos/{corrected}")).status_code == 409
    removed = (await organiser.send("DELETE", f"/people/{person}")).json()["undo"]
    assert (await organiser.send("POST", f"/undos/{removed}")).status_code == 200
    made = (await organiser.send("POST", "/links", {"role": "screen", "name": "One"})).json()["link"]
    revoked = (await organiser.send("DELETE", f"/links/{made['id']}")).json()["undo"]
    for number in range(197):
        await organiser.send("POST", "/links", {"role": "screen", "name": f"Screen {number}"})
    assert (await organiser.send("POST", f"/undos/{revoked}")).status_code == 422
    assert (await organiser.send("POST", "/undos/none")).status_code == 404
    await asha.send("POST", f"/undos/{removed}")
    await organiser.http.post(f"{organiser.api}/undos/{removed}", content=b"{}")
    assert {answer for answer in answers(lambda tags: "organise" in tags) - witness.seen if answer[0] == "takeBack"} == set()

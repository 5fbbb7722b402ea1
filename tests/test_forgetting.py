"""Somebody is forgotten: their words are in no table, no file of the database, no export and no frame; others' words stay."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select

from board.actions import attendees, forgetting, moderators, roster, thanks
from board.actions.people import mute
from board.data import forgetting as stored
from board.data import personal, schema
from board.data.queries import load
from board.data.store import Store
from board.model import forgetting as rules
from board.model import requests, rostering
from board.model.erased import marked
from board.model.models import Actor, Conflict, Kind, NotFound, Person, Reaction, Role, State
from board.transfer import exports
from tests import boards
from tests.boards import participant, pseudonym
from tests.people import card, question
from tests.servers import Server
from tests.visitors import Visitors

NAME, FORMER, TEXT = "Nadia Kanariyah", "Nadja Canarova", "canarytext"
SOMEBODY = marked("somebody")
WHO = rules.who(Person("nadia", NAME, "Jordan"), NAME, [], (), SOMEBODY)


# -- the list ------------------------------------------------------------------------------------------------------


def test_the_list_describes_the_personal_data_of_every_column() -> None:
    there = {f"{name}.{column.name}" for name, table in schema.metadata.tables.items() for column in table.c}
    listed = {f"{name}.{column}" for name, columns in personal.COLUMNS.items() for column in columns}
    missing = sorted(there - listed)
    assert not missing, (
        f"Say in board/data/personal.py what {', '.join(missing)} hold of people. Then they are erased with a person or a "
        "phone, and `GET /me/data` shows them."
    )
    assert listed == there, "of columns that there are not any more"


# -- names in texts ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("Thank you, Nadia Kanariyah!", "Thank you, somebody!"),
        ("NADIA  KANARIYAH and nadia\nkanariyah", "somebody and somebody"),
        ("Nádia Kanariyáh", "somebody"),
        ("Nadia Kanariyahs idea", "Nadia Kanariyahs idea"),
        ("Nadia helped", "Nadia helped"),
    ],
)
def test_a_name_is_found_as_whole_words_in_any_spelling(text: str, without: str) -> None:
    assert rules.without_names(WHO, text) == without
    assert WHO.is_named_in(text) == (text != without)


def test_a_name_is_found_in_scripts_without_spaces() -> None:
    khmer = rules.who(None, "សុខា", [], (), SOMEBODY)
    assert rules.without_names(khmer, "អរគុណសុខាណាស់") == "អរគុណsomebodyណាស់"


def test_lines_about_earlier_names_count_as_lines_about_the_person() -> None:
    lines = ["A (X) → B (X), posts: 1", "B → Nadia Kanariyah (Jordan), posts: 2", "C → D, posts: 0"]
    assert rules.lines_about(WHO, lines) == set(lines[:2])


# -- a person ------------------------------------------------------------------------------------------------------


class Place:
    """A board on which Nadia stands everywhere where a name can stand."""

    def __init__(self, store: Store, board_id: int, mira: Actor, olga: Actor) -> None:
        self.store, self.board_id, self.mira, self.olga = store, board_id, mira, olga

    async def fill(self) -> None:
        await boards.new_person(self.store, self.board_id, "nadia", FORMER, "Jordan")
        await boards.new_person(self.store, self.board_id, "omar", "Omar", "Jordan")
        await roster.edit_person(self.store, self.board_id, self.olga, "nadia", rostering.PersonEdit(name=NAME))
        await boards.new_session(self.store, self.board_id, "heat", speakers=[NAME, "Omar"])
        await attendees.join(self.store, self.board_id, participant(1), requests.Join(person="nadia"), ["nadia"])
        self.own = await self.card(f"I thank Omar {TEXT}", who=1, to=[requests.To(person="omar")])
        self.asked = await boards.submit(self.store, self.board_id, boards.question(f"What is {TEXT}?"), 1)
        both = [requests.To(person="nadia"), requests.To(person="omar")]
        self.to_both = await self.card(f"Both of you, {NAME}", to=both)
        self.to_her = await self.card("You taught me to listen", to=[requests.To(person="nadia")])
        self.typed = await self.card("Thank you", to=[requests.To(name=NAME.upper(), team="Jordan")])
        self.of_others = await boards.submit(self.store, self.board_id, boards.question("Who pays?"))
        answer = requests.Moderation(answered=True, answer=f"{NAME} will", answer_translations={"fr": f"{NAME} va"})
        await moderators.moderate(self.store, self.board_id, self.mira, self.of_others.id, answer)
        nadias = await boards.new_actor(self.store, self.board_id, name=NAME)
        hide = requests.Moderation(state=State.HIDDEN, reason=f"{NAME} asked for it")
        await moderators.moderate(self.store, self.board_id, nadias, self.to_her.id, hide)
        uploaded = {"board_id": self.board_id, "id": "a", "kind": "people", "name": "a.csv", "answers": "{}", "created_at": 1}
        await self.write(insert(schema.imports).values(uploaded | {"data": NAME.encode()}))
        await self.write(insert(schema.undos).values(board_id=self.board_id, id="u", done=json.dumps(NAME), created_at=1))
        prepared = {"board_id": self.board_id, "id": "a", "position": 1, "text": "Who?", "created_at": 1}
        await self.write(insert(schema.prepared).values(prepared | {"author_name": NAME}))
        consent = {"board_id": self.board_id, "participant": participant(1), "person": "nadia", "recap": True}
        await self.write(insert(schema.consents).values(consent))

    async def card(self, text: str, who: int = 0, **fields: Any) -> Any:
        return await boards.submit(self.store, self.board_id, boards.card(text, **fields), who)

    async def write(self, statement: Any) -> None:
        await self.store.write_any(lambda connection: connection.execute(statement))

    async def found(self, *words: str) -> set[str]:
        """Where one of these words still stands: table and column, export, or what a feed begins with."""

        def look(connection: Connection) -> set[str]:
            places = set[str]()
            for name, table in schema.metadata.tables.items():
                for row in connection.execute(select(table)):
                    for column, value in row._mapping.items():
                        text = bytes(value).decode("utf-8", "replace") if isinstance(value, bytes | memoryview) else str(value)
                        if any(word.casefold() in text.casefold() for word in words):
                            places.add(f"{name}.{column}")
            for shape in ("json", "csv"):
                text = exports.export(connection, self.board_id, shape, "somebody").decode()
                places |= {shape for word in words if word.casefold() in text.casefold()}
            feed = repr(load(connection, self.board_id))
            return places | {"feed" for word in words if word.casefold() in feed.casefold()}

        return await self.store.read(look)

    async def post(self, post_id: str) -> Any:
        table = schema.posts
        return await self.store.read(lambda connection: connection.execute(select(table).where(table.c.id == post_id)).one())


@pytest.fixture
async def place(store: Store) -> Place:
    board_id = await boards.new_board(store, code="LAB-26")
    mira = await boards.new_actor(store, board_id)
    return Place(store, board_id, mira, await boards.new_actor(store, board_id, "Olga", Role.ORGANISER))


async def erased(place: Place, *, texts: bool, wanted: str = "nadia") -> rules.Erased:
    return await forgetting.erase_person(place.store, place.board_id, place.olga, wanted, SOMEBODY, texts=texts)


async def test_erasing_a_person_with_texts_leaves_no_word_anywhere(place: Place) -> None:
    await place.fill()
    there = {f"{table.name}.{column.name}" for table, column in personal.columns(personal.Holds.NAME)}
    assert {"posts.text", "posts.to", "audit.detail", "imports.data", "undos.done", "sessions.speakers"} <= await place.found(
        NAME
    )
    assert await place.found(NAME, FORMER) >= there - {"posts.author_team", "participants.team", "people.team", "posts.owner"}
    done = await erased(place, texts=True)
    assert done == rules.Erased(posts=6, mentions=0)
    assert await place.found(NAME, FORMER, TEXT) == set()
    assert (await place.post(place.own.id)).state == "withdrawn"
    assert (await place.post(place.to_her.id)).text == ""
    both = await place.post(place.to_both.id)
    assert (both.text, json.loads(both.to)[0]) == ("Both of you, somebody", {"name": SOMEBODY})
    answered = await place.post(place.of_others.id)
    assert (answered.answer, json.loads(answered.answer_translations)) == ("somebody will", {"fr": "somebody va"})
    assert await erased_again(place)


async def erased_again(place: Place) -> bool:
    with pytest.raises(NotFound):
        await erased(place, texts=True)
    return True


async def test_erasing_a_person_without_texts_keeps_cards_under_somebody_and_counts_mentions(place: Place) -> None:
    await place.fill()
    done = await erased(place, texts=False, wanted=NAME.lower())
    own, typed = await place.post(place.own.id), await place.post(place.typed.id)
    assert (own.text, own.author_name, own.author_team, own.state) == (f"I thank Omar {TEXT}", SOMEBODY, None, "visible")
    assert own.participant != participant(1), "nothing leads to the phone"
    assert json.loads(typed.to) == [{"name": SOMEBODY}]
    assert done.mentions == 3
    assert await place.found(NAME, FORMER) == {
        "posts.text",
        "posts.folded",
        "posts.answer",
        "posts.answer_translations",
        "posts.reason",
        "json",
        "csv",
        "feed",
    }
    speakers = await place.store.read(lambda connection: connection.scalar(select(schema.sessions.c.speakers)))
    assert json.loads(str(speakers)) == ["Omar"]


async def test_erasing_spares_namesakes_and_the_own_link_of_the_organiser(place: Place) -> None:
    for person_id, team in (("one", "Jordan"), ("two", "Laos")):
        await boards.new_person(place.store, place.board_id, person_id, "Somchai Lee", team)
    cards = [await place.card("Thank you", to=[requests.To(person=one)]) for one in ("one", "two")]
    with pytest.raises(Conflict, match=r"one .Somchai Lee, Jordan., two"):
        await erased(place, texts=False, wanted="somchai lee")
    await erased(place, texts=False, wanted="one")
    assert [json.loads((await place.post(card.id)).to)[0]["name"] for card in cards] == [SOMEBODY, "Somchai Lee"]
    await boards.new_person(place.store, place.board_id, "olga", "Olga")
    with pytest.raises(Conflict, match="erase-own-link"):
        await erased(place, texts=False, wanted="olga")
    with pytest.raises(NotFound):
        await erased(place, texts=False, wanted="Nobody")


# -- a phone -------------------------------------------------------------------------------------------------------


async def phone(place: Place, *, texts: bool) -> int:
    ids = (participant(1), pseudonym(1))
    return await forgetting.erase_phone(place.store, place.board_id, ids, SOMEBODY, texts=texts)


async def test_a_phone_erases_all_that_is_stored_of_it(place: Place) -> None:
    await place.fill()
    unnamed = await place.card(f"{TEXT} without a name", who=1, anonymous=True)
    await attendees.vote(place.store, place.board_id, participant(1), place.of_others.id, True)
    await attendees.react(place.store, place.board_id, participant(1), place.typed.id, Reaction.CLAP, True)
    await thanks.thank(place.store, place.board_id, participant(1), place.to_both.id, True)
    ids = (participant(1), pseudonym(1))
    before = await place.store.read(lambda connection: stored.rows_of_phone(connection, place.board_id, ids))
    assert {name for name, rows in before.items() if rows} == {
        "posts",
        "votes",
        "reactions",
        "participants",
        "consents",
        "people",
        "thanks",
    }
    assert before["thanks"] == [{"post": place.to_both.id, "to": "nadia"}]
    assert await phone(place, texts=True) == 3
    assert await place.found(TEXT, participant(1), pseudonym(1)) == set()
    assert (await place.post(unnamed.id)).state == "withdrawn"
    assert (await place.post(place.of_others.id)).votes == 0, "or it could vote again and again"
    assert json.loads((await place.post(place.typed.id)).reactions) == {}
    assert "people.name" in await place.found(NAME), "the roster is the organiser's"
    assert await phone(place, texts=True) == 0


async def test_a_phone_leaves_its_texts_under_somebody_and_stays_muted(place: Place) -> None:
    await place.fill()
    await mute(place.store, place.board_id, place.mira, participant(1), True)
    assert await phone(place, texts=False) == 2
    asked = await place.post(place.asked.id)
    assert (asked.text, asked.author_name, asked.kind, asked.state) == (
        f"What is {TEXT}?",
        SOMEBODY,
        Kind.QUESTION,
        "visible",
    )
    assert await place.found(participant(1)) == {"participants.id", "feed"}, "the mute alone"


async def test_the_database_file_contains_no_erased_word(tmp_path: Path, sqlite_url: str) -> None:
    async with boards.opened(sqlite_url) as store:
        board_id = await boards.new_board(store, code="LAB-26")
        for number in range(30):
            await boards.submit(store, board_id, boards.question(f"{TEXT} {'x' * 200} {number}"), 1)
        await forgetting.erase_phone(store, board_id, (participant(1), pseudonym(1)), "somebody", texts=True)
        file = Path(sqlite_url.removeprefix("sqlite:///"))
        there = [part.name for part in file.parent.glob(f"{file.name}*") if TEXT.encode() in part.read_bytes()]
    assert there == [], "neither in pages that are free now, nor in the log"


# -- over HTTP -----------------------------------------------------------------------------------------------------


def test_the_page_shows_what_is_stored_and_its_form_erases_it_without_a_script(server: Server, visit: Visitors) -> None:
    board = server.create()
    asha, page, api = visit.attendee(server), f"/b/{board['code']}/me", f"/api/b/{board['code']}"
    asha.get(page)
    assert asha.get(f"{api}/me/data").json()["stored"]["posts"] == []
    asha.post(f"{api}/join", json={"name": "Asha Canary"})
    asha.post(f"{api}/posts", json=question("Who pays the canary?"))
    mine = asha.get(f"{api}/me/data").json()["stored"]
    assert (mine["participants"][0]["name"], mine["posts"][0]["text"]) == ("Asha Canary", "Who pays the canary?")
    shown = asha.get(page).text
    assert "Asha Canary" in shown
    assert '<meta name="referrer" content="same-origin">' in shown, "or browsers say that the form comes from nowhere"
    for fields, origin, end in (
        ({}, server.url, "unsure=1"),
        ({"sure": "yes"}, "null", None),
        ({"sure": "yes"}, None, "done=1"),
    ):
        answer = asha.post(page, data=fields, headers={"Origin": origin} if origin else {})
        assert (answer.status_code, answer.headers.get("location", "").rpartition("?")[2] or None) == (303 if end else 403, end)
    assert "anary" not in asha.get(page).text + asha.get(f"{api}/me/data").text + server.run("export", board["code"]).stdout
    assert asha.get(api).json()["posts"] == []


def test_an_organiser_and_the_command_line_erase_a_person(server: Server, visit: Visitors) -> None:
    board = server.create()
    file = server.directory / f"roster-{board['code']}.csv"
    file.write_text("id,name\nnadia,Nadia\nomar,Omar\n")
    server.run("import-people", board["code"], str(file))
    organiser, api = visit.by_link(server, board["organise_url"]), f"/api/b/{board['code']}"
    organiser.post(f"{api}/posts", json=card(text="Nadia, thank you", to=[{"person": "nadia"}, {"person": "omar"}]))
    assert visit.by_link(server, board["moderate_url"]).post(f"{api}/people/nadia/erase", json={}).status_code == 403
    answer = organiser.post(f"{api}/people/nadia/erase", json={"texts": False})
    assert answer.json() == {"posts": 1, "mentions": 1}
    assert organiser.post(f"{api}/people/nadia/erase", json={}).status_code == 404
    (post,) = organiser.get(api).json()["posts"]
    assert [one["name"] for one in post["to"]] == ["somebody", "Omar"]
    assert [one.get("erased") for one in post["to"]] == [True, None]
    assert "Posts that changed: 1" in server.run("erase", board["code"].lower(), "OMAR", "--texts").stdout
    assert "Omar" not in server.run("export", board["code"]).stdout
    refused = server.run("erase", board["code"], "Omar", check=False)
    assert (refused.returncode, refused.stderr) == (1, "brilliance-board: Nobody on this board has this name or id.\n")

"""A moderator's search over all posts of a board: what is found, by whom, page after page, and what keeping it costs."""

from __future__ import annotations

import itertools
import json
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, event, select, text, update
from sqlalchemy.engine import Engine

from board.actions import attendees, moderators
from board.data import schema, search
from board.data.migrations.versions import m0005_searched_text as migration
from board.data.queries import page
from board.data.store import Store
from board.model import requests
from board.model.models import Invalid, Kind, Post, Reaction, Recipient, State
from tests import boards, servers
from tests.conftest import People
from tests.people import Attendee, Json, Moderator
from tests.servers import Server
from tests.test_api import ids, refusal
from tests.test_worst_texts import WORST

Of = Callable[[Server, dict[str, str]], People]
VECTORS: list[Json] = json.loads((Path(__file__).parent / "vectors/search.json").read_text(encoding="utf-8"))


def stored(example: Json) -> Post:
    """A post of the examples."""
    author = example.get("author") or {}
    return Post(
        id=str(uuid.uuid4()),
        kind=Kind.CARD,
        state=State.VISIBLE,
        seq=1,
        content_seq=1,
        created_at=1,
        participant="p",
        text=example["text"],
        author_name=author.get("name"),
        author_team=author.get("team"),
        to=[Recipient(one["name"], one.get("team")) for one in example.get("to", ())],
        answer=example.get("answer"),
        answer_translations={one["lang"]: one["text"] for one in example.get("answer_translations", ())},
        reason=example.get("reason"),
    )


NAMES = ["Nadia", "ΝΙΚΟΣ", "Đỗ\u200d Thị", "ญิ่ง", "' ´", "\u2067א\u2069", "ﷺ" * 60, "각"]


@pytest.mark.parametrize("text", ["Thanks for the map", "ΟΔΟΣ", "ᄒ" * 2_400, "ﷺ" * 280, *WORST.values()])
@pytest.mark.parametrize("answer", [None, "Σ"])
def test_a_changed_name_does_not_need_folding_of_the_text_again(text: str, answer: str | None) -> None:
    """If the names were cut off, the function gives None: the caller must fold the text again."""
    for was, now in itertools.product([None, *NAMES], repeat=2):
        before, after = (
            search.Searched(text, name, None, [Recipient(name or "Leo", "Nepal")] * 2 if name else [], answer, None)
            for name in (was, now)
        )
        result = search.refolded(search.folded(before), before, after)
        assert result == search.folded(after) or (result is None and len(search.folded(before)) == search.FOLDED_CODE_POINTS)
    assert search.refolded(None, before, after) is None
    assert search.refolded("written by another version", before, after) is None


async def add(store: Store, board_id: int, post: Post) -> Post:
    return await store.write(board_id, lambda transaction: transaction.add_post(post))


async def found(store: Store, board_id: int, typed: str) -> list[str]:
    conditions = search.finds(search.words(typed))
    return [post.id for post in await store.read(lambda connection: page(connection, board_id, 100, None, *conditions))]


@pytest.mark.parametrize("example", VECTORS, ids=lambda example: example["post"]["text"])
async def test_a_search_ignores_accents_and_case(store: Store, example: Json) -> None:
    board_id = await boards.new_board(store)
    post = await add(store, board_id, stored(example["post"]))
    for typed in example["found"]:
        assert await found(store, board_id, typed) == [post.id], typed
    for typed in example["not"]:
        assert await found(store, board_id, typed) == [], typed


async def test_a_search_stays_on_its_board(store: Store) -> None:
    here, elsewhere = await boards.new_board(store), await boards.new_board(store)
    await boards.submit(store, elsewhere, boards.question("Who pays for the training?"))
    assert await found(store, here, "training") == []


async def test_a_search_finds_a_changed_post_only_by_its_new_words(store: Store) -> None:
    board_id, who = await boards.new_board(store), boards.participant()
    actor = await boards.new_actor(store, board_id)
    post = await boards.submit(store, board_id, boards.question("Who pays for the training?"))
    edit = requests.Edit(text="Who pays for the helmets?")
    await attendees.edit(store, board_id, (who, boards.pseudonym()), post.id, edit, lambda name, team: None)
    assert await found(store, board_id, "training") == []
    assert await found(store, board_id, "helmets") == [post.id]
    await moderators.moderate(store, board_id, actor, post.id, requests.Moderation(answer="The ministry."))
    assert await found(store, board_id, "ministry helmets") == [post.id]
    await moderators.moderate(store, board_id, actor, post.id, requests.Moderation(answer=""))
    assert await found(store, board_id, "ministry") == []


async def test_votes_and_reactions_do_not_write_the_searched_text_again(store: Store) -> None:
    board_id = await boards.new_board(store)
    actor = await boards.new_actor(store, board_id)
    question = await boards.submit(store, board_id, boards.question("Who pays for the training?"))
    card = await boards.submit(store, board_id, boards.card("You taught me to listen."))
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        await attendees.vote(store, board_id, boards.participant(1), question.id, on=True)
        await attendees.react(store, board_id, boards.participant(1), card.id, Reaction.CLAP, True)
        await moderators.moderate(store, board_id, actor, card.id, requests.Moderation(pinned=True))
        assert any("UPDATE posts" in statement for statement in statements)
        assert not any("folded" in statement for statement in statements)
        await moderators.moderate(store, board_id, actor, question.id, requests.Moderation(answer="The ministry."))
        assert any("folded" in statement for statement in statements)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert await found(store, board_id, "training") == [question.id]


# -- databases that were there before ------------------------------------------------------------------------------


async def test_existing_posts_are_found_after_the_migration(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    board_id = await boards.new_board(store)
    older = [
        example["post"] for example in VECTORS if "answer_translations" not in example["post"]
    ]  # came with a later migration
    posts = [await add(store, board_id, stored(one)) for one in older]
    monkeypatch.setattr(migration, "POSTS_AT_ONCE", 2)

    def before_it(connection: Connection) -> None:
        connection.execute(text("DROP INDEX IF EXISTS posts_searched"))
        connection.execute(text("ALTER TABLE posts DROP COLUMN folded"))
        with Operations.context(MigrationContext.configure(connection)):
            migration.upgrade()

    await store.write_any(before_it)
    table = schema.posts
    stored_rows = await store.read(lambda connection: connection.execute(select(table.c.id, table.c.folded)).all())
    values = {row.id: row.folded for row in stored_rows}
    assert values == {post.id: search.folded(search.searched(post)) for post in posts}


async def test_a_post_of_an_older_worker_is_found_by_its_text(store: Store) -> None:
    """Workers of both versions serve while they are exchanged; the older one does not know the column."""
    board_id = await boards.new_board(store)
    post = await boards.submit(store, board_id, boards.question("Who pays for the training?"))
    await store.write_any(lambda connection: connection.execute(update(schema.posts).values(folded=None)))
    assert await found(store, board_id, "TRAINING") == [post.id]


def test_the_size_of_the_searched_text_is_bounded() -> None:
    worst = search.searched(stored({"text": "\ufdfa" * 300, "answer": "\ufdfa" * 1000}))
    assert len(search.folded(worst)) == search.FOLDED_CODE_POINTS


@pytest.mark.parametrize("typed", ["a" * (search.QUERY_CODE_POINTS + 1), " ".join(map(str, range(search.QUERY_WORDS + 1)))])
def test_a_search_that_is_too_long_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        search.words(typed)
    assert refused.value.field == "q"


def test_repeated_words_are_searched_once_and_empty_words_ignored() -> None:
    assert search.words("Duc ĐỨC duc") == ["duc"]
    assert search.words(" \u200b ' \x00") == []
    assert search.words("a\x00b") == ["a", "b"]


# -- over HTTP -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def served(request: pytest.FixtureRequest, server: Server) -> Iterator[Server]:
    if request.param == "sqlite":
        yield server
        return
    postgres: servers.Postgres = request.getfixturevalue("postgres_server")
    with servers.serving(BOARD_LIMITS="off", DATABASE_URL=postgres.new_database(), SECRET_KEY="k" * 40) as server:
        yield server


@pytest.fixture
def here(served: Server, people: Of) -> People:
    return people(served, served.create("Innovation Lab", "--team", "Viet Nam"))


async def searched(who: Attendee | Moderator, typed: str, **query: str | int) -> list[str]:
    answer = await who.get("/posts", q=typed, **query)
    assert answer.status_code == 200, answer.text
    return ids(answer.json()["posts"])


async def test_a_moderator_finds_posts_in_every_state(here: People) -> None:
    author, moderator = await here.attendee("Nguyễn Văn Đức", "Viet Nam"), await here.moderator()
    shown, hidden, taken = [await author.ask(f"Who pays for {what}?") for what in ("shoes", "masks", "gloves")]
    assert (await moderator.moderate(hidden, state="hidden", reason="Asked already")).status_code == 200
    assert (await author.send("PATCH", f"/posts/{taken['id']}", {"state": "withdrawn"})).status_code == 200
    assert await searched(moderator, "duc nguyen") == [taken["id"], hidden["id"], shown["id"]]
    assert await searched(moderator, "duc", state="hidden") == [hidden["id"]]
    assert await searched(moderator, "already") == [hidden["id"]]
    assert await searched(moderator, "duc", state="withdrawn", kind="question") == [taken["id"]]
    assert await searched(moderator, "duc", kind="card") == []
    answer = (await moderator.get("/posts", q="masks")).json()
    assert (answer["posts"][0]["state"], answer["posts"][0]["reason"], answer["more"]) == ("hidden", "Asked already", False)
    assert ids((await moderator.get("/posts", state="hidden")).json()["posts"]) == [hidden["id"]], "the cookie is enough"


async def test_only_moderators_search(here: People, served: Server) -> None:
    author, moderator = await here.attendee("Asha"), await here.moderator()
    hidden = await author.ask("Who pays for the training?")
    await moderator.moderate(hidden, state="hidden")
    for query in ({"q": "training"}, {"q": ""}, {"q": "training", "state": "hidden"}, {"q": "a", "feed": "screen"}):
        refusal(await author.get("/posts", **query), 403)
    refusal(await author.get("/posts", q="a", feed="moderate"), 403)
    elsewhere = People(served, served.create("Another"), here._stack)
    other = await elsewhere.moderator()
    other.api = author.api
    refusal(await other.get("/posts", q="training"), 403)
    public = (await author.get("/posts", author=(await searched_post(moderator, "training"))["participant"])).json()
    assert public["posts"] == [], "only moderators may search by author"


async def searched_post(moderator: Moderator, typed: str) -> Json:
    [post] = (await moderator.get("/posts", q=typed)).json()["posts"]
    return dict(post)


async def test_all_posts_of_one_author_are_found(here: People) -> None:
    asha, leo, moderator = await here.attendee("Asha"), await here.attendee("Leo"), await here.moderator()
    own = await asha.ask("Who pays for the training?")
    await leo.ask("Who pays for the shoes?")
    author = (await searched_post(moderator, "training"))["participant"]
    assert ids((await moderator.get("/posts", feed="moderate", author=author)).json()["posts"]) == [own["id"]]
    assert await searched(moderator, "shoes", author=author) == []


async def test_search_results_come_in_pages_without_other_posts_between(here: People) -> None:
    author, moderator = await here.attendee("Asha"), await here.moderator()
    posted = []
    for number in range(7):
        posted.append((await author.ask(f"Helmet number {number}?"))["id"])
        await author.ask(f"Something else, {number}?")
    got: list[str] = []
    sizes = []
    query: dict[str, str | int] = {"q": "helmet", "limit": 3}
    while True:
        answer = (await moderator.get("/posts", **query)).json()
        sizes.append(len(answer["posts"]))
        got += ids(answer["posts"])
        if not answer["more"]:
            break
        query["before"] = got[-1]
    assert (got, sizes) == (posted[::-1], [3, 3, 1])


async def test_an_invalid_search_is_refused_in_words(here: People) -> None:
    moderator = await here.moderator()
    refusal(await moderator.get("/posts", q="a" * 401), 422, "q")
    refusal(await moderator.get("/posts", q="a b " * 100 + "c"), 422, "q")
    assert await searched(moderator, "\x00") == []
    refusal(await moderator.get("/posts", q="a", feed="everything"), 422, "feed")

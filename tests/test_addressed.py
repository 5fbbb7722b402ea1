"""Pages of cards to one person: all of them, in their order, however they are addressed. How they are looked for, and in which
order indexes give them, is in `test_plans`; here every page is compared with a look at all posts."""

from __future__ import annotations

import random
import uuid
from typing import Any

import pytest
from sqlalchemy import Connection, event, update
from sqlalchemy.engine import Engine

from board.actions import attendees, moderators
from board.data import rows, schema
from board.data.older import Wanted, older
from board.data.store import Store
from board.data.transaction import Transaction
from board.model import requests
from board.model.models import MAX_RECIPIENTS, NAME_GRAPHEMES, Audience, Kind, Person, Post, Reaction, Recipient, State
from board.model.text import MARKS_PER_BASE
from tests import boards

NADIA = Person("nadia", "Nadia Rahman", "Bangladesh")
NAMESAKE = Person("nadia-2", "Nadia Rahman", "Bangladesh")
ALONE = Person("leo", "Leo", None)
RECIPIENTS = [
    Recipient("Nadia Rahman", "Bangladesh", "nadia"),
    Recipient("Nadia Rahman", "Bangladesh", "nadia-2"),
    Recipient("Nadia Rahman", "Bangladesh"),
    Recipient("Nadia Rahman"),
    Recipient("Nadia Rahman", "Nepal"),
    Recipient("The Bangladesh team", "Bangladesh"),
    Recipient("The Bangladesh team"),
    Recipient("Bangladesh"),
    Recipient("Bangladesh", "Bangladesh"),
    Recipient("Leo", None, "leo"),
    Recipient("Leo"),
    Recipient("leo"),
    Recipient("nadia"),
    Recipient('"person":"nadia"', "Bang%desh"),
    Recipient("Zo\\u0065 \"' ☃", "Bangladesh"),
]


def goes_to(post: Post, person_id: str, person: Person | None) -> bool:
    """The rule, said once more in other words."""
    typed: list[tuple[str, str | None]] = []
    if person:
        typed.append((person.name, person.team))
        if person.team:
            whole = f"The {person.team} team"
            typed += [(whole, person.team), (whole, None), (person.team, None)]
    return any(one.person == person_id or (one.person is None and (one.name, one.team) in typed) for one in post.to)


async def filled(store: Store) -> tuple[int, list[Post]]:
    """A board with posts of all sorts, some of them to several people; the newest first."""
    chance, board_id = random.Random(3), await boards.new_board(store)
    made: list[Post] = []

    def post(number: int) -> Post:
        card = number % 4 > 0
        return Post(
            id=str(uuid.UUID(int=chance.getrandbits(128), version=4)),
            kind=Kind.CARD if card else Kind.QUESTION,
            state=chance.choice([State.VISIBLE, State.VISIBLE, State.PENDING, State.HIDDEN]),
            seq=0,
            content_seq=0,
            created_at=0,
            participant=chance.choice(["a" * 32, "b" * 32]),
            text=chance.choice(["Heat", "Wages"]),
            to=chance.sample(RECIPIENTS, chance.randint(1, MAX_RECIPIENTS)) if card else [],
            published=True,
        )

    for number in range(120):
        made.append(await store.write(board_id, lambda transaction: transaction.add_post(post(number))))  # noqa: B023
    return board_id, made[::-1]


async def read(store: Store, board_id: int, wanted: Wanted, limit: int = 7) -> list[str]:
    """Page after page."""
    found: list[str] = []
    while True:
        before = found[-1] if found else None
        page = await store.read(lambda connection: older(connection, board_id, limit, before, wanted))  # noqa: B023
        found += [post.id for post in page]
        if len(page) < limit:
            return found


async def test_pages_of_a_person_have_every_card_to_the_person_once_in_its_order(store: Store) -> None:
    board_id, posts = await filled(store)
    elsewhere = await boards.new_board(store)
    await boards.submit(store, elsewhere, boards.card(to=[requests.To(name="Nadia Rahman", team="Bangladesh")]))
    people = [("nadia", NADIA), ("nadia-2", NAMESAKE), ("leo", ALONE), ("nadia", None), ("nobody", None)]
    for person_id, person in people:
        all_of_them = [post for post in posts if goes_to(post, person_id, person)]
        assert len(all_of_them) > 10 or person_id == "nobody"
        for state, author, words in [
            (None, None, []),
            (State.HIDDEN, None, []),
            (None, "a" * 32, ["heat"]),
            (State.VISIBLE, "b" * 32, ["wages", "ag"]),
        ]:
            wanted = Wanted(Audience.MODERATORS, state, None, author=author, person=person_id, named=person, words=words)
            expected = [
                post.id
                for post in all_of_them
                if state in (None, post.state)
                and author in (None, post.participant)
                and all(word in post.text.lower() for word in words)
            ]
            assert await read(store, board_id, wanted) == expected
        public = Wanted(Audience.PUBLIC, kind=Kind.CARD, person=person_id, named=person)
        assert await read(store, board_id, public) == [post.id for post in all_of_them if post.state is State.VISIBLE]


async def to_nadia(store: Store, board_id: int) -> list[str]:
    return await read(store, board_id, Wanted(Audience.MODERATORS, person="nadia"))


async def readdress(store: Store, board_id: int, card: Post, to: list[Recipient]) -> None:
    def command(transaction: Transaction) -> None:
        stored = transaction.post(card.id)
        assert stored
        transaction.change_post(stored, to=to)

    await store.write(board_id, command)


async def test_a_card_is_found_by_its_present_recipients(store: Store) -> None:
    board_id = await boards.new_board(store)
    await boards.new_person(store, board_id, "nadia", "Nadia", None)
    await boards.new_person(store, board_id, "omar", "Omar", None)
    who = boards.participant()
    card = await boards.submit(store, board_id, boards.card(to=[requests.To(person="omar")]))
    assert await to_nadia(store, board_id) == []
    for person, found in (("nadia", [card.id]), ("omar", [])):
        edit = requests.Edit(to=[requests.To(name="Zoe"), requests.To(person=person)])
        await attendees.edit(store, board_id, (who, boards.pseudonym()), card.id, edit, lambda name, team: None)
        assert await to_nadia(store, board_id) == found


async def test_a_recipient_that_is_only_linked_to_the_roster_is_stored(store: Store) -> None:
    """Same name and team, so the words that a search finds are the same."""
    board_id = await boards.new_board(store)
    card = await boards.submit(store, board_id, boards.card(to=[requests.To(name="Nadia")]))
    await readdress(store, board_id, card, [Recipient("Nadia", None, "nadia")])
    assert await to_nadia(store, board_id) == [card.id]


async def test_posts_written_by_an_older_worker_are_found(store: Store) -> None:
    """It knows nothing of these indexes, and writes the whole row each time."""
    board_id = await boards.new_board(store)
    card = await boards.submit(store, board_id, boards.card(to=[requests.To(name="Omar")]))

    def older_worker(connection: Connection) -> None:
        to = rows.to_json([Recipient("Omar"), Recipient("Nadia", None, "nadia")])
        connection.execute(update(schema.posts).where(schema.posts.c.id == card.id).values(to=to))

    await store.write_any(older_worker)
    assert await to_nadia(store, board_id) == [card.id]


async def test_votes_and_reactions_do_not_write_the_recipients_again(store: Store) -> None:
    """Or the database would make their entries in the indexes anew with every clap."""
    board_id = await boards.new_board(store)
    actor = await boards.new_actor(store, board_id)
    card = await boards.submit(store, board_id, boards.card())
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        await attendees.react(store, board_id, boards.participant(1), card.id, Reaction.CLAP, True)
        await moderators.moderate(store, board_id, actor, card.id, requests.Moderation(pinned=True))
        updates = [statement for statement in statements if "UPDATE posts" in statement]
        assert updates
        assert not any('"to"' in statement for statement in updates)
    finally:
        event.remove(Engine, "before_cursor_execute", note)


# Marks that stand on the letter before them, of four bytes each.
MARKS = [
    chr(one) for one in (*range(0x1E000, 0x1E007), *range(0x1E008, 0x1E019), *range(0x16AF0, 0x16AF5), *range(0x11C92, 0x11CA8))
]


@pytest.mark.parametrize("marks", range(MARKS_PER_BASE + 1))
async def test_people_with_the_longest_names_can_thank(store: Store, marks: int) -> None:
    """An entry of PostgreSQL's indexes is bounded."""
    chance = random.Random(marks)
    letters = ("".join((chance.choice("𐌰𐌱𐌲𐌳𐌴𐌵𐌶𐌷"), *chance.choices(MARKS, k=marks))) for _ in range(2 * NAME_GRAPHEMES[1]))
    name, team = ("".join(next(letters) for _ in range(NAME_GRAPHEMES[1])) for _ in "ab")
    board_id = await boards.new_board(store)
    card = await boards.submit(store, board_id, boards.card(to=[requests.To(name=name, team=team)]))
    wanted = Wanted(Audience.PUBLIC, person="one", named=Person("one", card.to[0].name, card.to[0].team))
    assert await read(store, board_id, wanted) == [card.id]

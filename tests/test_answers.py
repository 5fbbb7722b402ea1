"""No question is left behind: it is answered, owned by somebody until a day, or set aside with a reason. The counts say so."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from board.actions import moderators
from board.actions import roster as acts
from board.data import schema
from board.data.queries import changes_after, load
from board.data.store import Store
from board.model import ledger, requests, rostering, views
from board.model.models import Actor, BoardError, Conflict, Invalid, Kind, Person, Post, Role, State
from board.model.totals import Counted, Fate, Totals, fate
from tests import boards
from tests.tallied import Tallied

VECTORS = Path(__file__).parent / "vectors"


# -- the rule ------------------------------------------------------------------------------------------------------


def test_each_question_has_one_outcome_by_the_rule_that_pages_share() -> None:
    for case in json.loads((VECTORS / "fate.json").read_text()):
        post = case["post"]
        found = fate(answered=post.get("answered", False), set_aside=post.get("set_aside"), owner=post.get("owner"))
        assert found == case["fate"], case


questions = st.builds(
    Counted,
    id=st.sampled_from("abcdefgh"),
    kind=st.just(Kind.QUESTION),
    state=st.sampled_from(State),
    fate=st.sampled_from(Fate),
    author_team=st.none(),
    to=st.just(()),
    session=st.sampled_from(["heat", "osh", None]),
    reason=st.sampled_from(["Kindly.", None]),
)


@given(st.lists(questions, max_size=40))
def test_asked_equals_answered_owned_set_aside_and_open_together_after_any_changes(changes: list[Counted]) -> None:
    tallied = Tallied()
    for post in changes:
        tallied.change(post)
        totals, now = tallied.totals, tallied.now
        whole = totals.view()
        found = totals.by_session()
        assert found == Totals.of(now.values()).by_session()
        for session, one in found.items():
            counts = one.counts
            assert counts["asked"] == sum(counts[each] for each in Fate)
            held = [
                post
                for post in now.values()
                if post.state in (State.HIDDEN, State.REJECTED) and (post.session or "") == session and not post.merged
            ]
            assert one.reasons == Counter(post.reason or "" for post in held)
        assert whole["questions"] == sum(one.counts["asked"] for one in found.values())
        assert all(
            whole[each] == sum(one.counts[each] for one in found.values()) for each in ("answered", "owned", "set_aside")
        )


@pytest.mark.parametrize(
    "day", ["", "4 May", "2026-02-30", "2026-5-4", "20260504", "20226-05-04", "1826-05-04", "2026-05-04T10:00"]
)
def test_an_invalid_day_is_refused(day: str) -> None:
    with pytest.raises(Invalid):
        ledger.due(day)


# -- what moderators do --------------------------------------------------------------------------------------------


@dataclass
class Here:
    """A board with Nadia on its roster, and Mira, who moderates it."""

    store: Store
    board_id: int
    mira: Actor

    async def ask(self, text: str = "Who pays for the training?", **fields: Any) -> Post:
        return await boards.submit(self.store, self.board_id, boards.question(text, **fields))

    async def say(self, post: Post, **said: Any) -> Post:
        wanted = requests.Moderation(**said)
        return await moderators.moderate(self.store, self.board_id, self.mira, post.id, wanted, self.called)

    def called(self, name: str, team: str | None) -> Person | None:
        return Person("nadia", "Nadia Rahman", "Bangladesh") if name.casefold() == "nadia rahman" else None

    async def stored(self, post: Post) -> Post:
        changes = await self.store.read(lambda connection: changes_after(connection, self.board_id, 0))
        assert changes is not None
        return next(one for one in changes.posts if one.id == post.id)

    async def audit(self) -> list[tuple[str, str | None]]:
        table = schema.audit
        wanted = select(table.c.action, table.c.detail).where(table.c.board_id == self.board_id, table.c.post_id.is_not(None))
        return [
            tuple(row) for row in await self.store.read(lambda database: database.execute(wanted.order_by(table.c.id)).all())
        ]

    async def totals(self) -> dict[str, int]:
        loaded = await self.store.read(lambda connection: load(connection, self.board_id))
        assert loaded is not None
        return loaded.totals.view()


@pytest.fixture
async def here(store: Store) -> Here:
    board_id = await boards.new_board(store)
    await boards.new_person(store, board_id, "nadia", "Nadia Rahman", "Bangladesh")
    return Here(store, board_id, await boards.new_actor(store, board_id))


async def test_a_question_gets_an_owner_and_a_day_and_each_is_recorded(here: Here) -> None:
    post = await here.ask()
    owned = await here.say(post, owner="nadia rahman", due="2026-05-20", expect=State.VISIBLE)
    assert (owned.owner, owned.owner_person, owned.due) == ("Nadia Rahman", "nadia", "2026-05-20")
    assert await here.stored(post) == owned
    assert await here.say(post, owner=requests.To(person="nadia")) == owned, "nothing new, no new number"
    assert (await here.say(post, owner="nadia")).owner_person == "nadia", "by the id"
    word = await here.say(post, owner=" the secretariat ")
    assert (word.owner, word.owner_person, word.due) == ("the secretariat", None, "2026-05-20")
    gone = await here.say(post, owner=None)
    assert (gone.owner, gone.due) == (None, None), "without an owner there is nothing due"
    assert await here.audit() == [
        ("owner", "Nadia Rahman"), ("due", "2026-05-20"), ("owner", "the secretariat"), ("due", None), ("owner", None),
    ]  # fmt: skip


async def test_the_last_of_owner_reason_and_answer_holds_and_can_be_undone(here: Here) -> None:
    post = await here.ask()
    aside = await here.say(post, set_aside=" It belongs to the budget talks. ")
    assert aside.set_aside == "It belongs to the budget talks."
    owned = await here.say(post, owner="Leo", due="2026-05-20")
    assert (owned.set_aside, owned.owner) == (None, "Leo")
    answered = await here.say(post, answered=True, answer="The ministry does.")
    assert (answered.answered, answered.owner, answered.due) == (True, "Leo", "2026-05-20"), "the owner has answered"
    assert answered.answered_at is not None
    back = await here.say(post, set_aside="It was another question.")
    assert (back.answered, back.answered_at, back.answer) == (False, None, "The ministry does.")
    undone = await here.say(post, set_aside=None, answered=True)
    assert (undone.answered, undone.set_aside) == (True, None)
    assert (await here.say(post, set_aside="")).answered, "an empty reason sets nothing aside"


async def test_totals_count_owned_and_set_aside_questions(here: Here) -> None:
    posts = [await here.ask(f"Question number {number}?") for number in range(4)]
    await here.say(posts[0], owner="Leo")
    await here.say(posts[1], set_aside="Not here.")
    await here.say(posts[2], answered=True)
    found = await here.totals()
    assert [found[each] for each in ("questions", "answered", "owned", "set_aside", "held")] == [4, 1, 1, 1, 0]


REFUSED: list[tuple[dict[str, Any], type[BoardError], str]] = [
    ({"due": "2026-05-20"}, Conflict, "due-needs-owner"),
    ({"owner": "Leo", "due": "20 May"}, Invalid, "due-wrong"),
    ({"owner": "x" * 61}, Invalid, "text-too-long"),
    ({"owner": "a\x00b"}, Invalid, "character-not-shown"),
    ({"owner": requests.To(person="nobody")}, Invalid, "person-not-listed-type-name"),
    ({"set_aside": "x" * 201}, Invalid, "text-too-long"),
    ({"answered": True, "set_aside": "Why?"}, Invalid, "answered-or-set-aside"),
]


@pytest.mark.parametrize(("said", "kind", "key"), REFUSED)
async def test_an_invalid_owner_day_or_reason_is_refused_and_changes_nothing(
    here: Here, said: Any, kind: type[BoardError], key: str
) -> None:
    post = await here.ask()
    with pytest.raises(kind) as refused:
        await here.say(post, **said)
    assert refused.value.key == key
    assert await here.stored(post) == post


async def test_only_questions_have_owners(here: Here) -> None:
    card = await boards.submit(here.store, here.board_id, boards.card())
    for said in ({"owner": "Leo"}, {"set_aside": "Not here."}, {"owner": None}):
        with pytest.raises(Invalid):
            await here.say(card, **said)


async def test_a_question_follows_its_owner_to_another_name_and_keeps_the_name_when_the_entry_goes(here: Here) -> None:
    post = await here.ask()
    await here.say(post, owner="nadia", due="2026-05-20")
    anna = await boards.new_actor(here.store, here.board_id, "Anna", Role.ORGANISER)
    await acts.edit_person(here.store, here.board_id, anna, "nadia", rostering.PersonEdit(name="Nadia R. Khan"), [])
    assert ((renamed := await here.stored(post)).owner, renamed.owner_person) == ("Nadia R. Khan", "nadia")
    await acts.remove_person(here.store, here.board_id, anna, "nadia")
    assert ((left := await here.stored(post)).owner, left.owner_person) == ("Nadia R. Khan", None)


# -- an answer in other languages ----------------------------------------------------------------------------------


async def test_an_answer_has_translations_by_language_and_each_is_changed_alone(here: Here) -> None:
    post = await here.ask()
    told = await here.say(post, answer="The ministry.", answer_translations={"km": " ក្រសួង ", "FR": "Le ministère."})
    assert told.answer_translations == {"fr": "Le ministère.", "km": "ក្រសួង"}
    assert await here.stored(post) == told
    assert await here.say(post, answer_translations={"fr": "Le ministère."}) == told, "nothing new, no new number"
    more = await here.say(post, answer_translations={"pt-br": "O ministério.", "km": None, "vi": None})
    assert more.answer_translations == {"fr": "Le ministère.", "pt-BR": "O ministério."}
    assert views.post_view(more)["answer_translations"] == [
        {"lang": "fr", "text": "Le ministère."}, {"lang": "pt-BR", "text": "O ministério."},
    ]  # fmt: skip
    assert (await here.say(post, answered=True, pinned=True)).answer_translations == more.answer_translations
    assert await here.audit() == [
        ("answer", "The ministry."), ("answer_translations", "fr, km"), ("answer_translations", "km, pt-BR"),
        ("pinned", "on"), ("answered", "on"),
    ]  # fmt: skip


async def test_translations_go_with_the_words_that_they_translate(here: Here) -> None:
    post = await here.ask()
    await here.say(post, answer="The ministry.", answer_translations={"fr": "Le ministère.", "km": "ក្រសួង"})
    other = await here.say(post, answer="The employer.", answer_translations={"fr": "L’employeur."})
    assert other.answer_translations == {"fr": "L’employeur."}, "the Khmer one says what nobody says any more"
    back = await here.say(post, answer="The ministry.", answer_translations={"fr": "Le ministère.", "km": "ក្រសួង"})
    assert list(back.answer_translations) == ["fr", "km"]
    assert (await here.say(post, answer="The ministry.")).answer_translations == back.answer_translations, "sent again"
    assert (await here.say(post, answer=None)).answer_translations == {}
    assert "answer_translations" not in views.post_view(await here.stored(post))


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ({"answer_translations": {"fr": "Oui."}}, "translation-needs-answer"),
        ({"answer": None, "answer_translations": {"fr": "Oui."}}, "translation-needs-answer"),
        ({"answer": "Yes.", "answer_translations": {"french": "Oui."}}, "language-wrong"),
        ({"answer": "Yes.", "answer_translations": {"": "Oui."}}, "language-wrong"),
        ({"answer": "Yes.", "answer_translations": {"fr": "x" * 1_001}}, "text-too-long"),
        (
            {"answer": "Yes.", "answer_translations": {f"a{one}": "Oui." for one in "abcdefghijklm"}},
            "translations-too-many",
        ),
    ],
)
async def test_a_wrong_translation_is_refused_and_changes_nothing(here: Here, said: dict[str, Any], key: str) -> None:
    post = await here.ask()
    with pytest.raises(Invalid) as refused:
        await here.say(post, **said)
    assert refused.value.message.key == key
    assert await here.stored(post) == post
    card = await boards.submit(here.store, here.board_id, boards.card("Thank you"))
    with pytest.raises(Invalid, match="answer-needs-question"):
        await here.say(card, answer_translations={"fr": "Oui."})

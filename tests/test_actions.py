"""Each action on a post, over SQLite and PostgreSQL: permissions, and what the store keeps."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Connection, func, insert, inspect, select, table

from board.actions import attendees, hosts, lifecycle, moderators, people, screens, setup, staff_links
from board.data import logos, schema
from board.data.queries import changes_after
from board.data.rows import read_board
from board.data.store import Store
from board.model import requests
from board.model.codes import CODE_ALPHABET
from board.model.models import (
    Actor,
    Board,
    Changes,
    Closed,
    Conflict,
    Forbidden,
    Invalid,
    Names,
    NotFound,
    Participant,
    Post,
    Questions,
    Reaction,
    Recipient,
    Role,
    Scene,
    SceneBefore,
    Screen,
    State,
    Theme,
    Turn,
)
from tests import boards
from tests.boards import in_one_batch, opened, participant, pseudonym
from tests.clocks import MovedClock
from tests.sentences import refused, sentence

PENDING, VISIBLE, REJECTED, HIDDEN, WITHDRAWN = State.PENDING, State.VISIBLE, State.REJECTED, State.HIDDEN, State.WITHDRAWN


@dataclass
class Here:
    """A board, and Mira, who moderates it. Attendees are numbers."""

    store: Store
    board_id: int
    mira: Actor

    async def submit(self, request: requests.NewCard | requests.NewQuestion, who: int = 0) -> Post:
        return await boards.submit(self.store, self.board_id, request, who)

    async def ask(self, text: str = "Who pays for the training?", who: int = 0, **fields: Any) -> Post:
        return await self.submit(boards.question(text, **fields), who)

    async def celebrate(self, text: str = "You taught me to listen.", who: int = 0, **fields: Any) -> Post:
        return await self.submit(boards.card(text, **fields), who)

    async def join(self, name: str | None, team: str | None = None, who: int = 0) -> None:
        await attendees.join(self.store, self.board_id, participant(who), requests.Join(name, team))

    async def edit(self, post: Post, who: int = 0, **changes: Any) -> Post:
        ids = (participant(who), pseudonym(who))
        return await attendees.edit(self.store, self.board_id, ids, post.id, requests.Edit(**changes))

    async def withdraw(self, post: Post, who: int = 0) -> Post:
        return await self.edit(post, who, state=WITHDRAWN)

    async def vote(self, post: Post, who: int = 0, on: bool = True) -> Post:
        return await attendees.vote(self.store, self.board_id, participant(who), post.id, on)

    async def react(self, post: Post, reaction: Reaction, who: int = 0, on: bool = True) -> tuple[Post, list[Reaction]]:
        return await attendees.react(self.store, self.board_id, participant(who), post.id, reaction, on)

    async def moderate(self, post: Post, actor: Actor | None = None, **changes: Any) -> Post:
        wanted = requests.Moderation(**changes)
        return await moderators.moderate(self.store, self.board_id, actor or self.mira, post.id, wanted)

    async def bulk(self, posts: list[Post], state: State) -> tuple[list[Post], list[Post]]:
        wanted = requests.Bulk([post.id for post in posts], state)
        return await moderators.moderate_all(self.store, self.board_id, self.mira, wanted)

    async def present(self, scene: Scene, **fields: Any) -> Screen:
        return await screens.present(self.store, self.board_id, self.mira, requests.NewScreen(scene, **fields))

    async def switch(self, **changes: Any) -> Board:
        return await setup.change_board(self.store, self.board_id, self.mira, requests.BoardChange(**changes))

    async def set_session(self, session_id: str, questions: Questions) -> None:
        change = requests.SessionChange(questions)
        await setup.change_session(self.store, self.board_id, self.mira, session_id, change)

    async def mute(self, who: str, muted: bool = True) -> None:
        await people.mute(self.store, self.board_id, self.mira, who, muted)

    async def link(self, name: str, role: Role = Role.MODERATOR) -> Actor:
        return await boards.new_actor(self.store, self.board_id, name, role)

    async def everything(self) -> Changes:
        """The whole board as it is stored."""
        changes = await self.store.read(lambda connection: changes_after(connection, self.board_id, 0))
        assert changes is not None
        return changes

    async def stored(self, post: Post) -> Post:
        return next(found for found in (await self.everything()).posts if found.id == post.id)

    async def board(self) -> Board:
        board = await self.store.read(lambda connection: read_board(connection, self.board_id))
        assert board is not None
        return board

    async def audit(self) -> list[tuple[str, str, str | None, str | None]]:
        """Who did what to which post, and how; but not that links were made."""
        table = schema.audit
        wanted = select(table.c.actor, table.c.action, table.c.post_id, table.c.detail).where(
            table.c.board_id == self.board_id, table.c.action != "link"
        )
        found = await self.store.read(lambda connection: connection.execute(wanted.order_by(table.c.id)).all())
        return [(row.actor, row.action, row.post_id, row.detail) for row in found]

    async def in_state(self, state: State, request: requests.NewCard | requests.NewQuestion | None = None) -> Post:
        """A post in this state, which it reached by the ordinary actions."""
        waits = state in (PENDING, REJECTED)
        await self.switch(frozen=waits)
        post = await self.submit(request or boards.question())
        await self.switch(frozen=False)
        if state in (REJECTED, HIDDEN):
            return await self.moderate(post, state=state)
        return await self.withdraw(post) if state is WITHDRAWN else post


@pytest.fixture
async def here(store: Store) -> Here:
    return await make(store)


async def make(store: Store, **fields: Any) -> Here:
    board_id = await boards.new_board(store, **fields)
    return Here(store, board_id, await boards.new_actor(store, board_id))


# -- from state to state -------------------------------------------------------------------------------------------

# Of the contract, written out: what a moderator may do. All else is refused.
MODERATORS_MOVES = {
    (PENDING, VISIBLE),
    (PENDING, REJECTED),
    (VISIBLE, HIDDEN),
    (HIDDEN, VISIBLE),
    (REJECTED, VISIBLE),
}


@pytest.mark.parametrize("before", State)
async def test_a_moderator_can_make_exactly_the_state_changes_of_the_contract(here: Here, before: State) -> None:
    for after in State:
        post, lines = await here.in_state(before), await here.audit()
        if after is before:
            assert await here.moderate(post, state=after) == post
            assert await here.audit() == lines, "nothing happened, so there is nothing to record"
        elif (before, after) in MODERATORS_MOVES:
            moved = await here.moderate(post, state=after, expect=before)
            assert (moved.state, moved.moderated_by) == (after, "Mira")
            assert moved.seq > post.seq
            assert await here.stored(post) == moved
            assert await here.audit() == [*lines, ("Mira", after, post.id, None)]
        else:
            with pytest.raises(Conflict) as refusal:
                await here.moderate(post, state=after)
            assert refusal.value.post == post
            assert await here.stored(post) == post
            assert await here.audit() == lines


@pytest.mark.parametrize("before", State)
async def test_an_author_can_withdraw_an_own_post_from_any_state_and_make_no_other_change(here: Here, before: State) -> None:
    post = await here.in_state(before)
    for after in set(State) - {WITHDRAWN}:
        with pytest.raises(Forbidden):
            await here.edit(post, state=after)
    assert await here.stored(post) == post
    withdrawn = await here.withdraw(post)
    assert withdrawn.state is WITHDRAWN
    assert await here.withdraw(post) == withdrawn, "a second time changes nothing"


async def test_only_posts_that_were_on_the_board_count_as_published(here: Here) -> None:
    held = await here.in_state(REJECTED)
    assert not held.published
    assert (await here.moderate(held, state=VISIBLE)).published
    assert (await here.in_state(HIDDEN)).published


async def test_a_held_post_keeps_its_reason_until_it_is_shown_again(here: Here) -> None:
    post = await here.moderate(await here.ask(), state=HIDDEN, reason="  Names a patient ")
    assert (post.reason, (await here.audit())[-1][3]) == ("Names a patient", "Names a patient")
    assert (await here.moderate(post, state=VISIBLE, reason="Sorry")).reason is None


# -- two moderators ------------------------------------------------------------------------------------------------


async def test_the_second_of_two_moderators_gets_the_change_by_the_first(here: Here) -> None:
    tom = await here.link("Tom")
    post = await here.in_state(PENDING)
    approved, refusal = await in_one_batch(
        here.store,
        here.moderate(post, state=VISIBLE, expect=PENDING),
        here.moderate(post, tom, state=REJECTED, expect=PENDING),
    )
    assert isinstance(refusal, Conflict)
    assert refusal.post == approved
    assert sentence(refusal) == "Mira has approved this post meanwhile."
    assert await here.stored(post) == approved
    assert [line[:2] for line in await here.audit() if line[2]] == [("Mira", "visible")]


async def test_a_repeated_act_changes_nothing(here: Here) -> None:
    post = await here.in_state(PENDING)
    approved = await here.moderate(post, state=VISIBLE, expect=PENDING)
    lines = await here.audit()
    assert await here.moderate(post, state=VISIBLE, expect=PENDING) == approved
    assert await here.audit() == lines
    with pytest.raises(Conflict):  # but it is not somebody else's act
        await here.moderate(post, await here.link("Tom"), state=VISIBLE, expect=PENDING)


async def test_expect_also_protects_other_changes(here: Here) -> None:
    post = await here.in_state(HIDDEN)
    with refused(Conflict, match="Mira has hidden"):
        await here.moderate(post, answered=True, expect=VISIBLE)
    withdrawn = await here.in_state(WITHDRAWN)
    with refused(Conflict, match="author has taken this post back"):
        await here.moderate(withdrawn, answered=True, expect=VISIBLE)


async def test_a_request_with_one_refused_part_changes_nothing(here: Here) -> None:
    post = await here.ask()
    with refused(Conflict, match="pinned"):
        await here.moderate(post, state=HIDDEN, pinned=True)
    assert await here.stored(post) == post


# -- moderators' other changes -------------------------------------------------------------------------------------


async def test_a_moderator_pins_answers_and_moves_a_question_and_each_is_recorded(here: Here) -> None:
    await boards.new_session(here.store, here.board_id, "heat")
    post = await here.ask()
    changed = await here.moderate(post, pinned=True, answered=True, answer=" The ministry. ", session="heat")
    assert (changed.pinned, changed.answered, changed.answer, changed.session) == (True, True, "The ministry.", "heat")
    assert await here.moderate(post, pinned=True, answer="The ministry.") == changed, "nothing new, no new number"
    cleared = await here.moderate(post, answer=None, session=None)
    assert (cleared.pinned, cleared.answer, cleared.session) == (True, None, None)
    assert await here.audit() == [
        ("Mira", "pinned", post.id, "on"),
        ("Mira", "answered", post.id, "on"),
        ("Mira", "answer", post.id, "The ministry."),
        ("Mira", "session", post.id, "heat"),
        ("Mira", "answer", post.id, None),
        ("Mira", "session", post.id, None),
    ]


async def test_cards_cannot_be_answered_and_hidden_posts_cannot_be_pinned(here: Here) -> None:
    card, hidden = await here.celebrate(), await here.in_state(HIDDEN)
    for changes in ({"answered": True}, {"answer": "Yes"}, {"session": "heat"}):
        with pytest.raises(Invalid):
            await here.moderate(card, **changes)
    with refused(Invalid, match="agenda"):
        await here.moderate(await here.ask(), session="no such session")
    with pytest.raises(Conflict):
        await here.moderate(hidden, pinned=True)
    pinned = await here.moderate(card, pinned=True)
    assert not (await here.moderate(pinned, state=HIDDEN)).pinned


async def test_many_posts_change_state_in_one_commit_and_impossible_ones_are_named(here: Here) -> None:
    waiting = [await here.in_state(PENDING) for _ in range(3)]
    withdrawn, hidden = await here.in_state(WITHDRAWN), await here.in_state(HIDDEN)
    shown = await here.ask()
    commits: list[Changes] = []
    here.store.listeners[:] = [commits.append]
    moved, refused = await here.bulk([*waiting, withdrawn, hidden, shown, waiting[0]], VISIBLE)
    assert refused == [withdrawn]
    assert [(post.id, post.state) for post in moved] == [(post.id, VISIBLE) for post in (*waiting, hidden, shown)]
    assert [{post.id for post in changes.posts} for changes in commits] == [{post.id for post in (*waiting, hidden)}]
    assert [line[2] for line in await here.audit() if line[1] == "visible"] == [post.id for post in (*waiting, hidden)]


async def test_one_unknown_post_among_many_stops_the_whole_change(here: Here) -> None:
    elsewhere = await (await make(here.store)).ask()
    post = await here.ask()
    with pytest.raises(NotFound):
        await here.bulk([post, elsewhere], HIDDEN)
    assert await here.stored(post) == post
    with pytest.raises(Invalid):
        await here.bulk([], HIDDEN)
    with pytest.raises(Invalid):
        await here.bulk([post] * 201, HIDDEN)


# -- the screen ----------------------------------------------------------------------------------------------------


async def test_the_screen_shows_a_scene_or_one_post_that_is_on_the_board(here: Here) -> None:
    await boards.new_session(here.store, here.board_id, "heat")
    post, hidden = await here.ask(), await here.in_state(HIDDEN)
    assert await here.present(Scene.QUESTIONS, session="heat") == Screen(Scene.QUESTIONS, "heat")
    before = SceneBefore(Scene.QUESTIONS, "heat")
    assert await here.present(Scene.SPOTLIGHT, post=post.id) == Screen(Scene.SPOTLIGHT, None, post.id, before=before)
    number, lines = (await here.board()).seq, len(await here.audit())
    await here.present(Scene.SPOTLIGHT, post=post.id)
    assert ((await here.board()).seq, len(await here.audit())) == (number, lines), "the same again is nothing new"
    for scene, fields, refusal in (
        (Scene.SPOTLIGHT, {"post": hidden.id}, NotFound),
        (Scene.SPOTLIGHT, {}, Invalid),
        (Scene.SPOTLIGHT, {"post": "no id"}, Invalid),
        (Scene.CARDS, {"post": post.id}, Invalid),
        (Scene.QUESTIONS, {"session": "no such session"}, Invalid),
    ):
        with pytest.raises(refusal):
            await here.present(scene, **fields)
    assert (await here.board()).screen == Screen(Scene.SPOTLIGHT, None, post.id, before=before)
    assert [line[1:] for line in await here.audit() if line[1] == "present"] == [
        ("present", None, "questions"),
        ("present", None, "spotlight"),
    ]


@pytest.mark.parametrize("way", ["hidden", "withdrawn", "many"])
async def test_a_post_that_leaves_the_board_leaves_the_screen_in_the_same_commit(here: Here, way: str) -> None:
    await boards.new_session(here.store, here.board_id, "heat")
    spotlit, other = await here.ask(), await here.ask()
    await here.present(Scene.SPOTLIGHT, post=spotlit.id, session="heat")
    commits: list[Changes] = []
    here.store.listeners[:] = [commits.append]
    leave: dict[str, Callable[[Post], Awaitable[object]]] = {
        "hidden": lambda post: here.moderate(post, state=HIDDEN),
        "withdrawn": here.withdraw,
        "many": lambda post: here.bulk([post], HIDDEN),
    }
    await leave[way](other)
    assert commits[0].board is None, "another post changes nothing on the screen"
    await leave[way](spotlit)
    assert len(commits) == 2
    assert commits[1].board is not None
    assert commits[1].board.screen == Screen(Scene.CARDS, "heat")
    assert [post.id for post in commits[1].posts] == [spotlit.id]


# -- sending twice -------------------------------------------------------------------------------------------------


async def test_the_same_post_sent_again_is_stored_once(here: Here) -> None:
    for request in (boards.question(), boards.card(theme="care"), boards.question(anonymous=True)):
        ids = (here.store, here.board_id, participant(), pseudonym(), request)
        first, second = await in_one_batch(here.store, attendees.submit(*ids), attendees.submit(*ids))
        assert (first[1], second[1]) == (True, False)
        assert second[0] == first[0]
        assert await attendees.submit(*ids) == (first[0], False)
    assert len((await here.everything()).posts) == 3


async def test_a_used_id_is_refused_for_other_content_and_other_people(here: Here) -> None:
    request = boards.question()
    post = await here.submit(request)
    for other in (
        boards.question("Who else pays?", id=request.id),
        boards.question(id=request.id, anonymous=True),
        boards.card(request.text, id=request.id),
    ):
        with pytest.raises(Conflict):
            await here.submit(other)
    with pytest.raises(Conflict):
        await here.submit(request, who=1)
    assert (await here.everything()).posts == [post]


async def test_a_repeated_post_returns_the_stored_post_even_after_changes(here: Here) -> None:
    """A phone that lost the answer asks again, whatever happened to its post, its board or itself."""
    request = boards.question()
    post = await here.submit(request)
    edited = await here.edit(post, text="Who pays for the second training?")
    await here.mute(participant())
    await here.switch(frozen=True)
    assert await here.submit(request) == edited
    assert await here.submit(request) != post


async def test_the_same_id_on_another_board_is_another_post(here: Here) -> None:
    there, request = await make(here.store), boards.question()
    await here.submit(request)
    assert (await there.submit(request, who=1)).seq == (await there.board()).seq


# -- editing -------------------------------------------------------------------------------------------------------


async def test_an_author_edits_text_recipients_and_theme(here: Here) -> None:
    card = await here.celebrate(theme="care")
    edited = await here.edit(card, text="  You taught me to see. ", to=[requests.To(name="Bina", team="Nepal")], theme="ideas")
    assert (edited.text, edited.to, edited.theme) == ("You taught me to see.", [Recipient("Bina", "Nepal")], "ideas")
    assert edited.seq == edited.content_seq > card.seq
    assert (await here.edit(card, theme=None)).theme is None
    number = (await here.board()).seq
    await here.edit(card, text="You taught me to see.")
    assert (await here.board()).seq == number, "the same text is no change"


async def test_an_edit_follows_the_rules_of_a_new_post(here: Here) -> None:
    card, question = await here.celebrate(), await here.ask()
    for post, changes in (
        (card, {"text": "x" * 281}),
        (card, {"text": " "}),
        (card, {"theme": "no such theme"}),
        (card, {"to": []}),
        (card, {"text": "Fine by itself", "state": WITHDRAWN}),
        (question, {"to": [requests.To(name="Nadia")]}),
        (question, {"theme": "care"}),
    ):
        with pytest.raises(Invalid):
            await here.edit(post, **changes)
        assert await here.stored(post) == post
    assert (await here.edit(question, text="x" * 300)).text == "x" * 300


async def test_the_text_may_be_edited_for_ten_minutes(here: Here, database_url: str) -> None:
    clock = MovedClock()
    async with opened(database_url, clock=clock) as store:
        here.store = store
        post = await here.ask()
        clock.move(600)
        assert (await here.edit(post, text="Who pays in the end?")).text == "Who pays in the end?"
        clock.move(1)
        with refused(Closed, match="10 minutes"):
            await here.edit(post, text="Who pays after all?")
        assert (await here.withdraw(post)).state is WITHDRAWN, "taking back is always possible"


async def test_an_author_cannot_replace_an_approved_text(here: Here) -> None:
    for switches in ({"frozen": True}, {"premoderate": requests.Premoderate(question=True)}):
        await here.switch(**switches)
        post = await here.ask()
        assert (await here.edit(post, text="Better put, and still waiting")).state is PENDING
        await here.moderate(post, state=VISIBLE)
        with refused(Closed, match="approved"):
            await here.edit(post, text="Something that nobody approved")
        await here.switch(frozen=False, premoderate=requests.Premoderate(question=False))
    assert (await here.edit(post, text="Approval has been switched off")).text == "Approval has been switched off"


async def test_a_held_rejected_or_withdrawn_post_cannot_be_edited(here: Here) -> None:
    for state in (HIDDEN, REJECTED, WITHDRAWN):
        post = await here.in_state(state)
        with pytest.raises(Closed):
            await here.edit(post, text="Once more, differently")


async def test_only_the_author_edits_and_others_do_not_notice_hidden_posts(here: Here) -> None:
    for state in State:
        post = await here.in_state(state)
        for changes in ({"text": "Not mine to say"}, {"state": WITHDRAWN}):
            with pytest.raises(Forbidden if state is VISIBLE else NotFound):
                await here.edit(post, who=1, **changes)
        assert await here.stored(post) == post
    anonymous = await here.ask(anonymous=True)
    assert (await here.edit(anonymous, text="Still nobody's name")).author_name is None


# -- switches ------------------------------------------------------------------------------------------------------


async def test_a_frozen_board_accepts_posts_and_lets_them_wait(here: Here) -> None:
    await here.switch(frozen=True)
    posts = [await here.ask(), await here.celebrate()]
    assert [(post.state, post.published) for post in posts] == [(PENDING, False)] * 2
    await here.switch(frozen=False)
    assert (await here.stored(posts[0])).state is PENDING, "thawing approves nothing"
    assert (await here.ask()).state is VISIBLE


async def test_approval_is_set_for_each_kind_separately(here: Here) -> None:
    for cards, questions in ((True, False), (False, True), (True, True), (False, False)):
        await here.switch(premoderate=requests.Premoderate(card=cards, question=questions))
        assert (await here.celebrate()).state is (PENDING if cards else VISIBLE)
        assert (await here.ask()).state is (PENDING if questions else VISIBLE)


async def test_switches_are_recorded_and_a_repeated_one_is_not(here: Here) -> None:
    for _ in range(2):
        board = await here.switch(frozen=True, cards_open=False, premoderate=requests.Premoderate(card=True))
    assert (board.frozen, board.cards_open, board.premoderate_card, board.premoderate_question) == (True, False, True, False)
    assert await here.audit() == [
        ("Mira", "cards_open", None, "off"),
        ("Mira", "frozen", None, "on"),
        ("Mira", "premoderate_card", None, "on"),
    ]


async def test_closed_cards_leave_questions_open(here: Here) -> None:
    await here.switch(cards_open=False)
    with pytest.raises(Closed):
        await here.celebrate()
    assert (await here.ask()).state is VISIBLE


async def test_a_session_takes_questions_and_votes_while_it_is_open(here: Here) -> None:
    await boards.new_session(here.store, here.board_id, "heat")
    post = await here.ask(session="heat")
    assert post.session == "heat"
    await here.vote(post, who=1)
    for questions, voting in ((Questions.PAUSED, True), (Questions.CLOSED, False)):
        await here.set_session("heat", questions)
        with pytest.raises(Closed):
            await here.ask(session="heat")
        assert (await here.ask()).session is None, "questions to no session go on"
        if voting:
            assert (await here.vote(post, who=2)).votes == 2
        else:
            with pytest.raises(Closed):
                await here.vote(post, who=3)
            assert (await here.vote(post, who=2, on=False)).votes == 1, "a vote can always be taken back"
    await here.set_session("heat", Questions.OPEN)
    assert (await here.ask(session="heat")).session == "heat"
    assert [line[1:] for line in await here.audit()] == [
        (f"questions {now}", None, "About heat") for now in ("paused", "closed", "open")
    ]
    with pytest.raises(Invalid):
        await here.ask(session="no such session")
    with pytest.raises(NotFound):
        await here.set_session("no such session", Questions.CLOSED)


# -- muting --------------------------------------------------------------------------------------------------------


async def test_a_muted_phone_reads_and_votes_and_does_not_post_under_any_name(here: Here) -> None:
    mine, other, card = await here.ask(), await here.ask(who=1), await here.celebrate(who=1)
    await here.mute(participant())
    for request in (boards.question(), boards.card(), boards.question(anonymous=True)):
        with refused(Closed, match="paused posting"):
            await here.submit(request)
    with refused(Closed, match="paused posting"):
        await here.edit(mine, text="Or an old post would carry the new text")
    assert (await here.vote(other)).votes == 1
    assert (await here.react(card, Reaction.HEART))[0].reactions == {Reaction.HEART: 1}
    assert (await here.withdraw(mine)).state is WITHDRAWN
    assert (await here.ask(who=1)).state is VISIBLE, "nobody else is muted"
    await here.join("A new name")
    with pytest.raises(Closed):  # which does not help
        await here.ask()
    assert (await here.board()).muted == [participant()]
    await here.mute(participant(), muted=False)
    assert (await here.ask()).author_name == "A new name"


async def test_a_phone_muted_under_one_id_cannot_post_under_its_other_id(here: Here) -> None:
    """Staff see the pseudonym alone, and muting it must not tell whose it is."""
    anonymous = await here.ask(anonymous=True)
    await here.mute(anonymous.participant)
    with refused(Closed, match="paused posting"):
        await here.ask(anonymous=True)
    with refused(Closed, match="paused posting"):
        await here.edit(anonymous, text="Or an old post would carry the new text")
    with refused(Closed, match="paused posting"):
        await here.ask()  # muted is the phone
    named = await here.ask(who=1)
    assert (await here.board()).muted == [anonymous.participant], "nobody learns of the other id"
    await here.mute(anonymous.participant, muted=False)
    assert (await here.ask()).state is (await here.ask(anonymous=True)).state is VISIBLE
    await here.mute(named.participant)
    for as_nobody in (False, True):
        with refused(Closed, match="paused posting"):
            await here.ask(who=1, anonymous=as_nobody)


async def test_muting_is_recorded_once_and_refused_for_an_unknown_participant(here: Here) -> None:
    for muted in (True, True, False, False):
        await here.mute(participant(), muted)
    assert [line[1:] for line in await here.audit()] == [("mute", None, participant()), ("unmute", None, participant())]
    for nobody in ("", "Asha", participant().upper() + "0", participant(0xABC).upper()):
        with pytest.raises(NotFound):
            await here.mute(nobody)


# -- votes and reactions -------------------------------------------------------------------------------------------


async def test_a_participant_has_one_vote_a_question(here: Here) -> None:
    post = await here.ask()
    assert [(await here.vote(post, who)).votes for who in (0, 0, 1)] == [1, 1, 2]
    assert [(await here.vote(post, who, on=False)).votes for who in (0, 0, 2)] == [1, 1, 1]
    assert (await here.stored(post)).votes == 1
    with pytest.raises(Invalid):
        await here.vote(await here.celebrate())


async def test_a_participant_has_each_reaction_once_a_card(here: Here) -> None:
    card = await here.celebrate()
    await here.react(card, Reaction.CLAP, who=1)
    await here.react(card, Reaction.HEART)
    post, mine = await here.react(card, Reaction.CLAP)
    assert (post.reactions, mine) == ({Reaction.CLAP: 2, Reaction.HEART: 1}, [Reaction.CLAP, Reaction.HEART])
    assert (await here.react(card, Reaction.CLAP))[0] == post
    post, mine = await here.react(card, Reaction.HEART, on=False)
    assert (post.reactions, mine) == ({Reaction.CLAP: 2}, [Reaction.CLAP])
    assert await here.stored(card) == post
    with pytest.raises(Invalid):
        await here.react(await here.ask(), Reaction.CLAP)


async def test_votes_and_reactions_do_not_change_the_age_of_the_content(here: Here) -> None:
    """Viewers get only the new numbers, so that the text of a busy question is not sent again and again."""
    post = await here.ask()
    voted = await here.vote(post)
    assert (voted.seq, voted.content_seq) == (post.seq + 1, post.content_seq)


@pytest.mark.parametrize("state", sorted(set(State) - {VISIBLE}))
async def test_posts_that_are_not_on_the_board_take_no_votes_or_reactions(here: Here, state: State) -> None:
    question, card = await here.in_state(state), await here.in_state(state, boards.card())
    with pytest.raises(NotFound):
        await here.vote(question, who=1)
    with pytest.raises(NotFound):
        await here.react(card, Reaction.CLAP, who=1)


# -- names ---------------------------------------------------------------------------------------------------------


async def test_a_post_keeps_the_name_that_its_author_had_then(here: Here) -> None:
    await here.join("  Asha ", "Bangladesh")
    post = await here.ask()
    assert (post.participant, post.author_name, post.author_team) == (participant(), "Asha", "Bangladesh")
    await here.join(None)
    assert (await here.ask()).author_name is None
    assert (await here.stored(post)).author_name == "Asha"


async def test_an_anonymous_post_does_not_reveal_its_author(here: Here) -> None:
    await here.join("Asha Rahman", "Bangladesh")
    for request in (boards.question(anonymous=True), boards.card(anonymous=True)):
        post = await here.submit(request)
        assert (post.participant, post.author_name, post.author_team) == (pseudonym(), None, None)
        row = await here.store.read(
            lambda connection, post=post: connection.execute(select(schema.posts).where(schema.posts.c.id == post.id)).one()
        )
        assert not [value for value in row if value == participant() or "Asha" in str(value) or "Bangladesh" in str(value)]
    with pytest.raises(Conflict):  # nor can anybody claim it by posting it again
        await here.submit(request, who=1)


async def test_a_board_can_require_names(store: Store) -> None:
    here = await make(store, names=Names.REQUIRED, anonymous=False)
    with pytest.raises(Invalid) as refusal:
        await here.ask()
    assert refusal.value.field == "name"
    with pytest.raises(Invalid) as refusal:
        await here.join(None)
    assert refusal.value.field == "name"
    await here.join("Asha")
    assert (await here.ask()).author_name == "Asha"
    with pytest.raises(Invalid) as refusal:
        await here.ask(anonymous=True)
    assert refusal.value.field == "anonymous"


async def test_scenes_rotate_until_a_moderator_chooses_another(here: Here) -> None:
    turns = [Turn(Scene.MAP, 20), Turn(Scene.RECAP, 60)]
    assert await here.present(Scene.CARDS, turns=turns) == Screen(Scene.MAP, None, None, turns)
    # What is only for the moment interrupts them.
    assert (await here.present(Scene.BLANK)).turns == turns
    post = await here.celebrate()
    assert (await here.present(Scene.SPOTLIGHT, post=post.id)).turns == turns
    await here.moderate(post, state=HIDDEN)
    assert (await here.board()).screen == Screen(Scene.MAP, None, None, turns)
    assert await here.present(Scene.CARDS) == Screen(Scene.CARDS)
    assert await here.present(Scene.BLANK) == Screen(Scene.BLANK)


@pytest.mark.parametrize(
    "turns",
    [
        [],
        [Turn(Scene.MAP, 20)],
        [Turn(Scene.MAP, 20), Turn(Scene.SPOTLIGHT, 20)],
        [Turn(Scene.BLANK, 20), Turn(Scene.MAP, 20)],
        [Turn(Scene.MAP, 4), Turn(Scene.CARDS, 20)],
        [Turn(Scene.MAP, 20), Turn(Scene.CARDS, 3601)],
        [Turn(Scene.MAP, 20)] * 13,
    ],
)
async def test_invalid_turns_of_scenes_are_refused(here: Here, turns: list[Turn]) -> None:
    with pytest.raises(Invalid) as refusal:
        await here.present(Scene.CARDS, turns=turns)
    assert refusal.value.field == "turns"


async def test_a_card_goes_to_people_of_the_roster_or_to_names(here: Here) -> None:
    await boards.new_person(here.store, here.board_id, "nadia", "Nadia Islam", "Bangladesh")
    there = await make(here.store)
    await boards.new_person(here.store, there.board_id, "tom", "Tom")
    nadia, team = requests.To(person="nadia"), requests.To(name=" The drivers ")
    card = await here.celebrate(to=[nadia, team, nadia, team])
    assert card.to == [Recipient("Nadia Islam", "Bangladesh", "nadia"), Recipient("The drivers")]
    for wrong in (
        [],
        [requests.To()],
        [requests.To(person="tom")],  # of another board
        [requests.To(person="no such person")],
        [requests.To(person="\0")],
        [requests.To(person="nadia", name="Nadia")],
        [requests.To(name=f"Person {number}") for number in range(6)],
    ):
        with pytest.raises(Invalid):
            await here.celebrate(to=wrong)


async def test_a_name_of_the_roster_belongs_to_the_first_phone_that_takes_it(here: Here) -> None:
    await boards.new_person(here.store, here.board_id, "nadia", "Nadia Islam", "Bangladesh")
    await boards.new_person(here.store, here.board_id, "omar", "Omar", "Jordan")

    async def claim(person: str, who: int = 0) -> Participant:
        return await attendees.join(here.store, here.board_id, participant(who), requests.Join(person=person))

    for _ in range(2):
        assert await claim("nadia") == Participant(participant(0), "Nadia Islam", "Bangladesh", person="nadia")
    for typed in (requests.Join(person="nadia"), requests.Join("nadia  islam", "Bangladesh")):
        with refused(Conflict, match=r"Nadia Islam \(Bangladesh\) is in use on another phone") as refusal:
            await attendees.join(here.store, here.board_id, participant(1), typed, namesakes=["nadia"])
        assert refusal.value.field == "name"
    assert (await here.ask(who=1)).author_name is None
    # Another name gives the first one back; so does a typed one.
    await claim("omar")
    await claim("nadia", who=1)
    await here.join("Somebody else", who=1)
    assert (await claim("nadia", who=2)).name == "Nadia Islam"
    with refused(Invalid, match="not on the list any more"):
        await claim("nobody")
    with refused(Invalid, match="not both"):
        await attendees.join(here.store, here.board_id, participant(3), requests.Join("Omar", person="omar"))


async def test_namesakes_in_a_team_each_get_an_entry_even_at_the_same_time(here: Here) -> None:
    twins = ["dara-1", "dara-2"]
    for twin in twins:
        await boards.new_person(here.store, here.board_id, twin, "Dara Joseph", "Chad")
    typed, picked = requests.Join("dara joseph", "Chad"), requests.Join(person="dara-1")
    wanted = [
        attendees.join(here.store, here.board_id, participant(who), request, twins)
        for who, request in enumerate((picked, typed, picked, typed))
    ]
    joined = await in_one_batch(here.store, *wanted)
    assert [getattr(one, "person", type(one)) for one in joined] == ["dara-1", "dara-2", Conflict, Conflict]
    assert "Add a word that tells you apart" in sentence(joined[2])


async def test_one_of_the_phones_that_take_a_name_at_once_gets_it(here: Here) -> None:
    await boards.new_person(here.store, here.board_id, "nadia", "Nadia Islam", "Bangladesh")
    wanted = [attendees.join(here.store, here.board_id, participant(who), requests.Join(person="nadia")) for who in range(8)]
    answers = await asyncio.gather(*wanted, return_exceptions=True)
    assert sum(isinstance(answer, Participant) for answer in answers) == 1
    assert sum(isinstance(answer, Conflict) for answer in answers) == 7


async def test_a_released_name_goes_to_another_phone_and_its_posts_stay(here: Here) -> None:
    await boards.new_person(here.store, here.board_id, "nadia", "Nadia Islam", "Bangladesh")
    await attendees.join(here.store, here.board_id, participant(0), requests.Join(person="nadia"))
    post = await here.ask()
    for _ in range(2):
        await people.free_name(here.store, here.board_id, here.mira, "nadia")
    assert (await attendees.join(here.store, here.board_id, participant(1), requests.Join(person="nadia"))).person == "nadia"
    assert (await here.stored(post)).author_name == "Nadia Islam"
    assert (await here.ask()).author_name is None
    assert await here.audit() == [("Mira", "free-name", None, "Nadia Islam")]
    with pytest.raises(NotFound):
        await people.free_name(here.store, here.board_id, here.mira, "nobody")


async def test_a_card_to_oneself_under_a_roster_name_is_refused(here: Here) -> None:
    await boards.new_person(here.store, here.board_id, "nadia", "Nadia Islam", "Bangladesh")
    await attendees.join(here.store, here.board_id, participant(0), requests.Join(person="nadia"))
    with pytest.raises(Invalid):
        await here.celebrate(to=[requests.To(person="nadia")])


@pytest.mark.parametrize("anonymous", [False, True])
async def test_a_card_to_oneself_is_refused(here: Here, anonymous: bool) -> None:
    await here.join("Asha", "Bangladesh")
    await boards.new_person(here.store, here.board_id, "asha", "asha", "Bangladesh")
    own = [requests.To(name="Asha"), requests.To(name="ASHA", team="Bangladesh"), requests.To(person="asha")]
    namesake = requests.To(name="Asha", team="Nepal")
    card = await here.celebrate(to=[namesake], anonymous=anonymous)
    for to in own:
        with pytest.raises(Invalid) as refusal:
            await here.celebrate(to=[namesake, to], anonymous=anonymous)
        assert refusal.value.field == "to"
        with pytest.raises(Invalid):
            await here.edit(card, to=[to])
    assert (await here.celebrate(to=own[:1], who=1)).to == [Recipient("Asha")]


async def test_a_theme_is_found_by_id_name_or_short_name(store: Store) -> None:
    here = await make(store, themes=[Theme("theme-1", "Occupational safety and health", "OSH", 1)])
    for wanted in ("theme-1", "osh", "OCCUPATIONAL SAFETY AND HEALTH"):
        assert (await here.celebrate(theme=wanted)).theme == "theme-1"
    for unknown in ("theme-2", "", "Occupational"):
        with pytest.raises(Invalid) as refusal:
            await here.celebrate(theme=unknown)
        assert refusal.value.field == "theme"


# -- links ---------------------------------------------------------------------------------------------------------


async def test_every_act_with_a_revoked_link_is_refused(here: Here) -> None:
    await boards.new_session(here.store, here.board_id, "heat")
    post = await here.ask()
    acts: list[Callable[[], Awaitable[object]]] = [
        lambda: here.moderate(post, state=HIDDEN),
        lambda: here.bulk([post], HIDDEN),
        lambda: here.present(Scene.BLANK),
        lambda: here.switch(frozen=True),
        lambda: here.set_session("heat", Questions.CLOSED),
        lambda: here.mute(participant()),
    ]
    revoke = here.store.write(here.board_id, lambda transaction: staff_links.revoke_link(transaction, Role.MODERATOR, " Mira "))
    revoked, refusal = await in_one_batch(here.store, revoke, acts[0]())  # type: ignore[arg-type]  # it is a coroutine
    assert revoked == 1
    assert isinstance(refusal, Forbidden), "also in the batch in which it was taken back"
    before = await here.everything()
    for act in acts:
        with pytest.raises(Forbidden):
            await act()
    assert await here.everything() == before
    assert [line[:2] for line in await here.audit()] == [("command line", "revoke")]


async def test_a_link_of_another_board_opens_nothing_here(here: Here) -> None:
    stranger = (await make(here.store)).mira
    post = await here.ask()
    with pytest.raises(Forbidden):
        await here.moderate(post, stranger, state=HIDDEN)


async def test_a_token_opens_its_link_until_it_is_revoked_and_is_not_stored(here: Here) -> None:
    def find(token: str) -> Awaitable[Any]:
        return here.store.read(lambda connection: staff_links.find_link(connection, token))

    tokens = [
        await here.store.write(here.board_id, lambda transaction: staff_links.new_link(transaction, Role.SCREEN, "Hall"))
        for _ in range(2)
    ]
    opened_links = [await find(token) for token in tokens]
    assert [(board_id, link.role, link.name) for board_id, link in opened_links] == [(here.board_id, Role.SCREEN, "Hall")] * 2
    assert {link.id for _, link in opened_links} <= {link.id for link in (await here.board()).links}
    assert await find("no such token") is None
    kept = await here.store.read(lambda connection: [str(row) for row in connection.execute(select(schema.links))])
    assert not [row for row in kept if any(token in row for token in tokens)]

    async def revoke(role: Role, name: str) -> int:
        return await here.store.write(here.board_id, lambda transaction: staff_links.revoke_link(transaction, role, name))

    assert await revoke(Role.MODERATOR, "Hall") == 0
    assert await revoke(Role.SCREEN, "Hall") == 2
    assert [await find(token) for token in tokens] == [None, None]
    assert [link.name for link in (await here.board()).links] == ["Mira"]


# -- making and erasing --------------------------------------------------------------------------------------------


async def test_a_board_code_is_upper_case_and_unique(store: Store) -> None:
    def new(code: str | None) -> Awaitable[tuple[int, str]]:
        return store.write_any(lambda connection: lifecycle.new_board(connection, store.now(), "Innovation Lab", code))

    assert (await new(" heat-26 "))[1] == "HEAT-26"
    with pytest.raises(Conflict):
        await new("HEAT-26")
    for wrong in ("ABC", "ABCDEFGHIJKLM", "HEAT 26", "HÉAT", ""):
        with pytest.raises(Invalid):
            await new(wrong)
    made = [(await new(None))[1] for _ in range(50)]
    assert len(set(made)) == 50
    assert set("".join(made)) <= set(CODE_ALPHABET)
    assert not set("0O1IL") & set(CODE_ALPHABET), "which are mistaken for each other on a wall"


async def test_erasing_leaves_no_row_of_the_board_and_every_row_of_others(here: Here) -> None:
    def rows(connection: Connection) -> dict[str, int]:
        counted = {
            name: connection.execute(select(func.count()).select_from(table(name))).scalar_one()
            for name in inspect(connection).get_table_names()  # those that there are, not those that we remember
        }
        del counted["alembic_version"]
        return counted

    async def fill(place: Here) -> None:
        await boards.new_session(place.store, place.board_id, "heat")
        await boards.new_person(place.store, place.board_id, "nadia", "Nadia")
        await place.join("Asha")
        await place.vote(await place.ask())
        await place.react(await place.celebrate(), Reaction.CLAP)
        await place.mute(participant(1))
        await place.store.write(place.board_id, lambda transaction: logos.put(transaction, "digest", "image/png", b"picture"))
        uploaded = {"board_id": place.board_id, "id": "a", "kind": "people", "name": "a.csv", "answers": "{}", "created_at": 1}
        await place.store.write_any(lambda connection: connection.execute(insert(schema.imports).values(uploaded)))
        undo = {"board_id": place.board_id, "id": "a", "done": "{}", "created_at": 1}
        await place.store.write_any(lambda connection: connection.execute(insert(schema.undos).values(undo)))
        simulated = {"board_id": place.board_id, "until": 1, "acts": 0, "holder": "", "held_until": 0}
        await place.store.write_any(lambda connection: connection.execute(insert(schema.simulations).values(simulated)))
        decided = {"board_id": place.board_id, "participant": participant(1), "recap": False}
        await place.store.write_any(lambda connection: connection.execute(insert(schema.consents).values(decided)))
        asked = {"board_id": place.board_id, "id": "a", "position": 1, "text": "Who pays?", "created_at": 1}
        await place.store.write_any(lambda connection: connection.execute(insert(schema.prepared).values(asked)))
        hook = {"board_id": place.board_id, "id": "a", "url": "https://example.org/", "events": "[]", "created_at": 1}
        await place.store.write_any(lambda connection: connection.execute(insert(schema.webhooks).values(hook)))
        message = {"board_id": place.board_id, "id": "a", "webhook": "a", "body": "{}"}
        await place.store.write_any(lambda connection: connection.execute(insert(schema.messages).values(message)))
        warning = {"board_id": place.board_id, "first_at": 1}
        await place.store.write_any(lambda connection: connection.execute(insert(schema.warnings).values(warning)))

    await fill(here)
    await here.store.write_any(lambda connection: hosts.new_host_link(connection, 1, "Nadia"))
    receipt = {"board": "digest", "subject": "digest", "at": 1, "layers": "{}"}
    await here.store.write_any(lambda connection: connection.execute(insert(schema.receipts).values(receipt)))
    before = await here.store.read(rows)
    assert all(before.values()), "or the test would not notice a forgotten table"
    there = await make(here.store)
    await fill(there)
    await here.store.write_any(lambda connection: lifecycle.purge(connection, there.board_id))
    assert await here.store.read(rows) == before
    await here.store.write_any(lambda connection: lifecycle.purge(connection, here.board_id))
    assert {name for name, number in (await here.store.read(rows)).items() if number} == {"hosts", "receipts"}, "the server's"
    with pytest.raises(NotFound):
        await here.ask()
    assert await boards.new_board(here.store) not in (here.board_id, there.board_id), "an old cookie opens no new board"

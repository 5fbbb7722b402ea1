"""A moderator corrects the recipients of a card: permissions, which cards, frames to each viewer, and the undo."""

from __future__ import annotations

from typing import Any

import pytest

from board.actions import attendees, forgetting, moderators, staff_links
from board.data.rows import roster
from board.data.store import Store
from board.model import corrections, requests
from board.model.erased import marked
from board.model.lookup import Roster
from board.model.models import Actor, Closed, Conflict, Forbidden, Invalid, Post, Recipient, Role, State
from tests import boards
from tests.boards import in_one_batch, opened, participant, pseudonym
from tests.clocks import MovedClock
from tests.sentences import refused
from tests.test_actions import Here, make

SOK = Recipient("Dara Sok", "Cambodia", "sok")
KIM = Recipient("Dara Kim", "Jordan", "kim")
DARA = Recipient("Dara")
TO_DARA = [requests.To(name="Dara")]
TO_SOK = [requests.To(person="sok")]
TO_KIM = [requests.To(person="kim")]


@pytest.fixture
async def here(store: Store) -> Here:
    """A board with two people called Dara on its roster."""
    here = await make(store)
    for person in (SOK, KIM):
        await boards.new_person(here.store, here.board_id, str(person.person), person.name, person.team)
    return here


async def _to_dara(here: Here, state: State = State.VISIBLE, **fields: Any) -> Post:
    return await here.in_state(state, boards.card(to=TO_DARA, **fields))


async def _correct(here: Here, post: Post, actor: Actor | None = None, own: tuple[str, ...] = (), **changes: Any) -> Post:
    """As the server does it, which knows the roster."""
    found = Roster(await here.store.read(lambda connection: roster(connection, here.board_id)))
    wanted = requests.Moderation(**changes)
    return await moderators.moderate(here.store, here.board_id, actor or here.mira, post.id, wanted, found.called, own)


# -- what it does ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [State.PENDING, State.VISIBLE, State.HIDDEN, State.REJECTED])
async def test_a_moderator_corrects_a_recipient_and_changes_nothing_else(here: Here, state: State) -> None:
    post = await _to_dara(here, state)
    corrected = await _correct(here, post, to=TO_SOK, expect=state)
    assert corrected.to == [SOK]
    kept = ("state", "text", "participant", "author_name", "reason", "published", "theme", "created_at")
    assert [getattr(corrected, name) for name in kept] == [getattr(post, name) for name in kept]
    assert corrected == await here.stored(post)
    assert corrected.content_seq > post.content_seq
    assert (await here.audit())[-1] == ("Mira", "to", post.id, "Dara → Dara Sok (Cambodia)")


async def test_a_correction_links_a_typed_name_to_the_roster_and_keeps_an_unknown_one(here: Here) -> None:
    post = await _to_dara(here)
    typed = [requests.To(name="dara sok"), requests.To(name="Somebody Else")]
    assert (await _correct(here, post, to=typed)).to == [SOK, Recipient("Somebody Else")]
    assert (await here.audit())[-1][3] == "Dara → Dara Sok (Cambodia), Somebody Else"


async def test_a_correction_does_not_change_the_moderator_who_held_the_card(here: Here) -> None:
    post, rin = await _to_dara(here, State.HIDDEN), await here.link("Rin")
    corrected = await _correct(here, post, rin, to=TO_SOK)
    assert (corrected.moderated_by, corrected.moderated_at) == ("Mira", post.moderated_at)
    shown = await _to_dara(here)
    assert (await _correct(here, shown, rin, to=TO_SOK)).moderated_by == "Rin"


async def test_a_correction_has_no_time_limit_and_needs_no_open_board(here: Here, database_url: str) -> None:
    clock = MovedClock()
    async with opened(database_url, clock=clock) as store:
        here.store = store
        post = await _to_dara(here)
        clock.move(86_400)
        await here.switch(frozen=True, cards_open=False)
        assert (await _correct(here, post, to=TO_SOK)).state is State.VISIBLE
        with pytest.raises(Closed):
            await here.edit(post, to=TO_KIM)


async def test_a_card_of_a_muted_author_can_be_corrected(here: Here) -> None:
    post = await _to_dara(here)
    await here.mute(participant())
    assert (await _correct(here, post, to=TO_SOK)).to == [SOK]


async def test_the_moderator_who_corrected_a_card_can_still_undo_the_approval(here: Here) -> None:
    post = await here.moderate(await _to_dara(here, State.PENDING), state=State.VISIBLE)
    await _correct(here, post, to=TO_SOK)
    assert (await here.moderate(post, state=State.PENDING)).to == [SOK]
    other = await here.moderate(await _to_dara(here, State.PENDING), state=State.VISIBLE)
    await _correct(here, other, await here.link("Rin"), to=TO_SOK)
    with pytest.raises(Conflict):
        await here.moderate(other, state=State.PENDING)


async def test_a_correction_and_an_approval_are_one_act(here: Here) -> None:
    post = await _to_dara(here, State.PENDING)
    with pytest.raises(Invalid):
        await _correct(here, post, to=[requests.To(person="gone")], state=State.VISIBLE)
    assert await here.stored(post) == post
    both = await _correct(here, post, to=TO_SOK, state=State.VISIBLE)
    assert (both.state, both.to) == (State.VISIBLE, [SOK])


# -- what is refused ---------------------------------------------------------------------------------------------


async def test_a_correction_to_a_removed_person_to_nobody_or_to_too_many_is_refused(here: Here) -> None:
    post = await _to_dara(here)
    wrong = ([requests.To(person="gone")], [], [requests.To(name=f"Guest {count}") for count in range(6)], [requests.To()])
    for to in wrong:
        with pytest.raises(Invalid) as refusal:
            await _correct(here, post, to=to)
        assert refusal.value.field == "to"
    assert await here.stored(post) == post
    assert await here.audit() == []


async def test_the_author_of_a_card_cannot_become_its_recipient(here: Here) -> None:
    await here.join("Dara Kim", "Jordan")
    post = await _to_dara(here)
    await here.join("Somebody New", "Jordan")
    for to in (TO_KIM, [requests.To(name="dara  kim")], [*TO_SOK, requests.To(name="Dara Kim", team="Jordan")]):
        with refused(Invalid, match="author"):
            await _correct(here, post, to=to)
    assert (await _correct(here, post, to=[requests.To(name="Dara Kim", team="Cambodia")])).to[0].team == "Cambodia"


async def test_a_correction_does_not_reveal_the_author_of_an_anonymous_card(here: Here) -> None:
    await here.join("Dara Kim", "Jordan")
    post = await _to_dara(here, anonymous=True)
    assert (await _correct(here, post, to=TO_KIM)).to == [KIM]


async def test_a_question_or_a_withdrawn_card_cannot_be_corrected(here: Here) -> None:
    with pytest.raises(Invalid) as refusal:
        await _correct(here, await here.ask(), to=TO_SOK)
    assert refusal.value.field == "to"
    withdrawn = await _to_dara(here, State.WITHDRAWN)
    with pytest.raises(Conflict) as conflict:
        await _correct(here, withdrawn, to=TO_SOK)
    assert conflict.value.post == withdrawn


async def test_a_correction_needs_a_link(here: Here) -> None:
    post = await _to_dara(here)
    with pytest.raises(Forbidden):
        await _correct(here, post, (await make(here.store)).mira, to=TO_SOK)
    revoke = here.store.write(here.board_id, lambda transaction: staff_links.revoke_link(transaction, Role.MODERATOR, "Mira"))
    _, refused = await in_one_batch(here.store, revoke, _correct(here, post, to=TO_SOK))
    assert isinstance(refused, Forbidden), "also in the batch in which it was taken back"
    assert await here.stored(post) == post


# -- two at once, and the way back ---------------------------------------------------------------------------------


async def test_the_second_of_two_simultaneous_corrections_gets_the_first(here: Here) -> None:
    post, rin = await _to_dara(here), await here.link("Rin")
    first = _correct(here, post, to=TO_SOK, expect_to=TO_DARA)
    second = _correct(here, post, rin, to=TO_KIM, expect_to=TO_DARA)
    done, refused = await in_one_batch(here.store, first, second)
    assert isinstance(refused, Conflict)
    assert refused.post == done == await here.stored(post)
    assert done.to == [SOK]
    assert (await _correct(here, post, rin, to=TO_KIM, expect_to=TO_SOK)).to == [KIM]


async def test_a_card_that_changed_state_meanwhile_is_not_corrected(here: Here) -> None:
    post = await _to_dara(here)
    held = await here.moderate(post, await here.link("Rin"), state=State.HIDDEN)
    with pytest.raises(Conflict) as conflict:
        await _correct(here, post, to=TO_SOK, expect=State.VISIBLE)
    assert conflict.value.post == held


async def test_a_correction_sent_twice_is_recorded_once_and_its_undo_restores_the_recipients(here: Here) -> None:
    post = await _to_dara(here)
    corrected = await _correct(here, post, to=TO_SOK, expect_to=TO_DARA)
    assert await _correct(here, post, to=TO_SOK, expect_to=TO_DARA) == corrected, "its answer was lost"
    assert (await _correct(here, post, to=TO_DARA, expect_to=TO_SOK)).to == [DARA]
    assert [line[3] for line in await here.audit()] == ["Dara → Dara Sok (Cambodia)", "Dara Sok (Cambodia) → Dara"]


async def test_an_undo_does_not_overwrite_a_later_correction(here: Here) -> None:
    post = await _to_dara(here)
    await _correct(here, post, to=TO_SOK)
    await _correct(here, post, await here.link("Rin"), to=TO_KIM)
    with pytest.raises(Conflict):
        await _correct(here, post, to=TO_DARA, expect_to=TO_SOK)


async def test_an_erased_recipient_stays_erased_when_other_recipients_change(here: Here) -> None:
    post = await here.in_state(State.VISIBLE, boards.card(to=[requests.To(name="Omar Canary"), *TO_DARA]))
    await forgetting.erase_person(here.store, here.board_id, "command line", "Omar Canary", marked("somebody"), texts=False)
    gone, seen = Recipient(marked("somebody")), [requests.To(name="somebody"), *TO_DARA]
    corrected = await _correct(here, post, to=[seen[0], *TO_SOK], expect_to=seen)
    assert corrected.to == [gone, SOK], "a page has the word, not the mark"
    assert (await here.audit())[-1][3] == "somebody, Dara → somebody, Dara Sok (Cambodia)"
    edit = requests.Edit(to=[seen[0], *TO_KIM])
    assert (await attendees.edit(here.store, here.board_id, [participant(), pseudonym()], post.id, edit)).to == [gone, KIM]


# -- a moderator who has written cards, too ------------------------------------------------------------------------


async def test_a_moderator_edits_an_own_card_as_its_author_unless_it_is_moderated(here: Here) -> None:
    mine = (participant(), pseudonym())
    post = await _to_dara(here)
    edited = await _correct(here, post, own=mine, to=TO_SOK)
    assert (edited.to, edited.moderated_by, await here.audit()) == ([SOK], None, [])
    await here.switch(premoderate=requests.Premoderate(card=True))
    with pytest.raises(Closed):
        await _correct(here, post, own=mine, to=TO_KIM)
    assert (await _correct(here, post, own=mine, to=TO_KIM, expect=State.VISIBLE)).moderated_by == "Mira"


def test_the_audit_line_names_people_with_their_teams() -> None:
    assert corrections.described([DARA, KIM], [SOK]) == "Dara, Dara Kim (Jordan) → Dara Sok (Cambodia)"

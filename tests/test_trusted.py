"""Whom a moderator trusts waits for no approval, but for blocked words and while the board is frozen. How words are found."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

import pytest

from board.actions import attendees, moderators, people, settings, setup
from board.data import rows
from board.data.store import Store
from board.model import blocking, preparing, requests, views
from board.model.models import Actor, Audience, Forbidden, Post, Role, State
from tests import boards

VECTORS = json.loads((Path(__file__).parent / "vectors/blocked.json").read_text(encoding="utf-8"))


async def waiting_board(store: Store) -> tuple[int, Actor]:
    """Where questions wait for approval, and a word is blocked."""
    board_id = await boards.new_board(store)
    organiser = await boards.new_actor(store, board_id, "Olga", Role.ORGANISER)
    wanted = preparing.Settings(premoderate=requests.Premoderate(question=True), blocked_words=["idiot"])
    await settings.change_settings(store, board_id, organiser, wanted)
    return board_id, await boards.new_actor(store, board_id)


async def ask(store: Store, board_id: int, text: str = "Who pays for it?", *, anonymous: bool = False) -> Post:
    return await boards.submit(store, board_id, requests.NewQuestion(uuid.uuid4(), text, anonymous=anonymous))


async def approve_and_trust(store: Store, board_id: int, actor: Actor, post: Post, trust: bool = True) -> None:
    wanted = requests.Moderation(state=State.VISIBLE if trust else State.PENDING, trust=trust)
    await moderators.moderate(store, board_id, actor, post.id, wanted)


async def test_approving_with_trust_approves_later_posts_and_the_undo_ends_it(store: Store) -> None:
    board_id, actor = await waiting_board(store)
    first = await ask(store, board_id)
    assert first.state is State.PENDING
    await approve_and_trust(store, board_id, actor, first)
    assert (await ask(store, board_id)).state is State.VISIBLE
    await approve_and_trust(store, board_id, actor, first, trust=False)  # the undo
    assert (await ask(store, board_id)).state is State.PENDING


async def test_trusted_posts_still_wait_for_blocked_words_and_on_a_frozen_board(store: Store) -> None:
    board_id, actor = await waiting_board(store)
    await people.trust(store, board_id, actor, boards.participant(), True)
    held = await ask(store, board_id, "Which IDI0T said that?")
    assert (held.state, held.blocked) == (State.PENDING, ["IDI0T"])
    await setup.change_board(store, board_id, actor, requests.BoardChange(frozen=True))
    assert (await ask(store, board_id)).state is State.PENDING


async def test_trust_of_a_name_does_not_cover_anonymous_posts(store: Store) -> None:
    """Or a moderator would learn whose they are: those of this phone alone would not wait."""
    board_id, actor = await waiting_board(store)
    await people.trust(store, board_id, actor, boards.participant(), True)
    assert (await ask(store, board_id, anonymous=True)).state is State.PENDING
    await people.trust(store, board_id, actor, boards.participant(), False)
    await people.trust(store, board_id, actor, boards.pseudonym(), True)
    assert (await ask(store, board_id)).state is State.PENDING


async def test_only_moderators_see_trusted_people(store: Store) -> None:
    board_id, actor = await waiting_board(store)
    await people.trust(store, board_id, actor, boards.participant(), True)
    board = await store.read(lambda connection: rows.read_board(connection, board_id))
    assert board is not None
    assert views.board_view(board, Audience.MODERATORS)["trusted"] == [boards.participant()]
    assert "trusted" not in views.board_view(board)


async def test_a_revoked_link_cannot_trust(store: Store) -> None:
    board_id, _ = await waiting_board(store)
    with pytest.raises(Forbidden):
        await people.trust(store, board_id, Actor("0" * 16, Role.MODERATOR, "Mo"), boards.participant(), True)


async def test_only_moderators_see_the_blocked_words_and_the_author_sees_a_waiting_post(store: Store) -> None:
    board_id, _ = await waiting_board(store)
    held = await ask(store, board_id, "Which i.d.i.o.t said that?")
    assert views.post_view(held, Audience.MODERATORS)["blocked"] == ["i.d.i.o.t"]
    assert views.own_view(held)["state"] == "pending"
    assert not {"blocked", "reason"} & views.own_view(held).keys()
    changed = await attendees.edit(store, board_id, [held.participant], held.id, requests.Edit(text="Who said that?"))
    assert changed.blocked == []


@pytest.mark.parametrize("example", VECTORS, ids=lambda example: example["text"][:30])
def test_a_blocked_word_is_found_in_any_disguise(example: dict[str, list[str]]) -> None:
    assert blocking.found(example["blocked"], [str(example["text"])]) == example["found"]


def test_a_long_list_and_the_worst_text_need_few_steps() -> None:
    """No pattern is made for a word of which the text does not have the letters, and none goes back and forth."""
    blocking._pattern.cache_clear()
    blocking.found([f"word{number} again" for number in range(300)], ["Thank you for the training of delegates. " * 7])
    assert blocking._pattern.cache_info().currsize == 0
    assert blocking.found(["a.a.a.a.a.ab"], ["a." * 150]) == []

"""The way back: the undo of an approval, and what the large screen shows when an interruption is over."""

from __future__ import annotations

from typing import Any

import pytest

from board.actions import screens
from board.model import requests, views
from board.model.models import Conflict, Invalid, Post, Scene, SceneBefore, Screen, State, Turn
from tests.boards import opened
from tests.clocks import MovedClock
from tests.sentences import refused
from tests.test_actions import Here, here

__all__ = ["here"]

TURNS = [Turn(Scene.CARDS, 60), Turn(Scene.MAP, 20)]


async def _waiting(here: Here) -> Post:
    return await here.in_state(State.PENDING)


async def test_a_post_waits_again_after_its_approval_is_undone(here: Here) -> None:
    post = await here.moderate(await _waiting(here), state=State.VISIBLE)
    undone = await here.moderate(post, state=State.PENDING, expect=State.VISIBLE)
    assert (undone.state, undone.reason) == (State.PENDING, None)
    assert views.mine_view(undone)["state"] == "pending", "its author sees that it waits, not that it is held"
    assert (await here.moderate(undone, state=State.VISIBLE)).state is State.VISIBLE


async def test_many_approvals_are_undone_together(here: Here) -> None:
    posts = [await _waiting(here) for _ in range(3)]
    moved, _ = await here.bulk(posts, State.VISIBLE)
    other = await here.ask()
    back, refused = await here.bulk([*moved, other], State.PENDING)
    assert ([post.state for post in back], [post.id for post in refused]) == ([State.PENDING] * 3, [other.id])


async def test_only_a_fresh_approval_is_undone(here: Here, database_url: str) -> None:
    clock = MovedClock()
    async with opened(database_url, clock=clock) as store:
        here.store = store
        for seconds, allowed in ((9, True), (11, False)):
            post = await here.moderate(await _waiting(here), state=State.VISIBLE)
            clock.move(seconds)
            if allowed:
                assert (await here.moderate(post, state=State.PENDING)).state is State.PENDING
            else:
                with refused(Conflict, match="Hide the post instead"):
                    await here.moderate(post, state=State.PENDING)


@pytest.mark.parametrize("act", ["pin", "spotlight", "withdraw", "never waited", "somebody else"])
async def test_an_approval_cannot_be_undone_after_another_moderators_act(here: Here, act: str) -> None:
    rin = await here.link("Rin")
    post = await (here.ask() if act == "never waited" else _waiting(here))
    if act != "never waited":
        post = await here.moderate(post, state=State.VISIBLE)
    if act == "pin":
        await here.moderate(post, rin, pinned=True)
    if act == "spotlight":
        wanted = requests.NewScreen(Scene.SPOTLIGHT, post=post.id)
        await screens.present(here.store, here.board_id, rin, wanted)
    if act == "withdraw":
        await here.withdraw(post)
    with pytest.raises(Conflict):
        await here.moderate(post, rin if act == "somebody else" else None, state=State.PENDING)


async def test_own_acts_and_votes_do_not_end_the_undo(here: Here) -> None:
    post = await here.moderate(await _waiting(here), state=State.VISIBLE)
    await here.vote(post, who=3)
    await here.moderate(post, pinned=True)
    await here.moderate(post, pinned=False)
    assert (await here.moderate(post, state=State.PENDING)).state is State.PENDING


@pytest.mark.parametrize("way", ["answered", "hidden", "withdrawn", "many"])
async def test_every_end_of_a_spotlight_returns_to_the_previous_scene(here: Here, way: str) -> None:
    ends: dict[str, Any] = {
        "answered": lambda post: here.moderate(post, answered=True),
        "hidden": lambda post: here.moderate(post, state=State.HIDDEN),
        "withdrawn": here.withdraw,
        "many": lambda post: here.bulk([post], State.HIDDEN),
    }
    for scene, turns in ((Scene.QUESTIONS, None), (Scene.MAP, None), (Scene.CARDS, TURNS)):
        before = await here.present(scene, turns=turns)
        first, post = await here.ask(), await here.ask()
        await here.present(Scene.SPOTLIGHT, post=first.id)
        await here.present(Scene.BLANK)
        shown = await here.present(Scene.SPOTLIGHT, post=post.id)
        assert shown.turns == before.turns
        await ends[way](post)
        assert (await here.board()).screen == before


async def test_a_scene_returns_unchanged_after_an_interruption(here: Here) -> None:
    await here.present(Scene.CARDS, turns=TURNS)
    post = await here.ask()
    shown = await here.present(Scene.SPOTLIGHT, post=post.id)
    await here.moderate(post, answered=True)
    await here.moderate(post, answered=False)
    await here.present(Scene.JOIN)
    again = await here.present(Scene.SPOTLIGHT, post=post.id, turns=TURNS, before=SceneBefore(Scene.CARDS))
    assert again == shown
    with pytest.raises(Invalid):
        await here.present(Scene.BLANK, before=SceneBefore(Scene.SPOTLIGHT))
    assert await here.present(Scene.CARDS) == Screen(Scene.CARDS)

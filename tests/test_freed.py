"""A freed name takes its posts along, if a moderator says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from board.actions import attendees, people
from board.data.store import Store
from board.model import requests
from board.model.models import Closed, Forbidden, NotFound, State
from board.model.renaming import nobody
from tests import boards
from tests.boards import in_one_batch, participant
from tests.conftest import People
from tests.servers import Server
from tests.test_actions import Here, make

NADIA = requests.Join(person="nadia")


async def _named(here: Here, who: int) -> None:
    await attendees.join(here.store, here.board_id, participant(who), NADIA)


async def _free(here: Here, with_posts: bool = True) -> None:
    await people.free_name(here.store, here.board_id, here.mira, "nadia", with_posts)


@pytest.fixture
async def here(store: Store) -> Here:
    """A board where phone 0 is Nadia of the roster."""
    here = await make(store)
    await boards.new_person(store, here.board_id, "nadia", "Nadia Islam", "Bangladesh")
    await _named(here, 0)
    return here


async def test_the_next_phone_of_a_released_name_gets_its_posts_and_the_former_loses_them(here: Here) -> None:
    question, card, unsigned = await here.ask(), await here.celebrate(), await here.ask(anonymous=True)
    await here.ask(who=5)
    await _free(here)
    own = await here.stored(question)
    assert own.participant == nobody("nadia")
    later = await here.ask()
    await _named(here, 1)
    posts = [await here.stored(post) for post in (question, card, unsigned, later)]
    assert [post.participant == participant(1) for post in posts] == [True, True, False, False]
    with pytest.raises(Forbidden):
        await here.withdraw(question)
    assert (await here.withdraw(question, who=1)).state is State.WITHDRAWN
    assert await here.audit() == [("Mira", "free-name", None, "Nadia Islam, with posts: 2")]


async def test_a_phone_that_takes_its_released_name_again_gets_its_posts_again(here: Here) -> None:
    question = await here.ask()
    await _free(here)
    await _named(here, 0)
    assert (await here.stored(question)).participant == participant(0)


async def test_posts_stay_with_the_former_phone_unless_a_moderator_moves_them(here: Here) -> None:
    question = await here.ask()
    await _free(here, with_posts=False)
    await _named(here, 1)
    assert (await here.stored(question)).participant == participant(0)


async def test_a_muted_person_stays_muted_on_the_next_phone(here: Here) -> None:
    await people.mute(here.store, here.board_id, here.mira, participant(0), True)
    await _free(here)
    await _named(here, 1)
    with pytest.raises(Closed):
        await here.ask(who=1)


async def test_an_approval_can_still_be_undone_after_its_post_moved(here: Here) -> None:
    post = await here.moderate(await here.in_state(State.PENDING), state=State.VISIBLE)
    await _free(here)
    await _named(here, 1)
    assert (await here.moderate(await here.stored(post), state=State.PENDING)).participant == participant(1)


async def test_a_name_released_and_taken_in_one_batch_takes_its_posts_along(here: Here) -> None:
    question = await here.ask()
    free = people.free_name(here.store, here.board_id, here.mira, "nadia", True)
    take = attendees.join(here.store, here.board_id, participant(1), NADIA)
    assert await in_one_batch(here.store, free, take)
    assert (await here.stored(question)).participant == participant(1)


async def test_releasing_an_unknown_or_unused_name_changes_nothing(here: Here) -> None:
    await _free(here)
    await _free(here)
    assert len(await here.audit()) == 1
    with pytest.raises(NotFound):
        await people.free_name(here.store, here.board_id, here.mira, "nobody", True)


async def test_the_posts_parameter_takes_only_known_values(
    server: Server, people: Callable[[Server, dict[str, str]], People]
) -> None:
    moderator = await people(server, server.create()).moderator()
    assert (await moderator.send("DELETE", "/people/nadia/holder?posts=perhaps")).json()["field"] == "posts"
    assert (await moderator.send("DELETE", "/people/nadia/holder?posts=along")).status_code == 404

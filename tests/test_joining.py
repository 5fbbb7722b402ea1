"""Two questions become one, and two again: one vote for each phone; the frames of each viewer; what no viewer may see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from board.actions import attendees, joining, moderators, setup
from board.data import schema
from board.data.doctor import examine
from board.data.older import Wanted, older
from board.data.queries import load
from board.data.store import Store
from board.live.feed import Cursor, Feed
from board.model import requests, views
from board.model.models import Actor, Audience, Conflict, Invalid, Kind, NotFound, Post, State
from tests import boards
from tests.conftest import People
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]


class Room:
    """A board with a moderator and two questions: `gone` has the votes of phones 1, 2, 3, `stays` those of 3 and 4."""

    def __init__(self, store: Store, board_id: int, actor: Actor, gone: Post, stays: Post) -> None:
        self.store, self.board_id, self.actor, self.gone, self.stays = store, board_id, actor, gone, stays

    @classmethod
    async def of(cls, store: Store) -> Room:
        board_id = await boards.new_board(store)
        actor = await boards.new_actor(store, board_id)
        gone = await boards.submit(store, board_id, boards.question("Who pays for training?"), 10)
        stays = await boards.submit(store, board_id, boards.question("Who will pay for the training?"), 11)
        room = cls(store, board_id, actor, gone, stays)
        await room.vote(gone, 1, 2, 3)
        await room.vote(stays, 3, 4)
        return room

    async def vote(self, post: Post, *phones: int, on: bool = True) -> None:
        for phone in phones:
            await attendees.vote(self.store, self.board_id, boards.participant(phone), post.id, on)

    async def join(self) -> joining.Joined:
        return await joining.join(self.store, self.board_id, self.actor, self.gone.id, self.stays.id)

    async def part(self) -> joining.Joined:
        return await joining.part(self.store, self.board_id, self.actor, self.gone.id)

    async def post(self, post: Post) -> Post:
        found = await self.store.write(self.board_id, lambda transaction: transaction.post(post.id))
        assert found is not None
        return found

    async def voters(self, post: Post) -> list[int]:
        table = schema.votes.c
        wanted = select(table.participant).where(table.board_id == self.board_id, table.post_id == post.id)
        found = await self.store.read(lambda connection: connection.execute(wanted).scalars().all())
        return sorted(int(one, 16) for one in found)

    async def feed(self) -> Feed:
        loaded = await self.store.read(lambda connection: load(connection, self.board_id))
        assert loaded is not None
        return Feed(loaded)


def as_it_was(post: Post) -> dict[str, Any]:
    """The fields of a post without `seq`, `content_seq` and `approved_at`, to compare before and after."""
    return {name: getattr(post, name) for name in post.__struct_fields__ if name not in ("seq", "content_seq", "approved_at")}


async def test_joining_unites_votes_one_per_phone_and_parting_restores_them_exactly(store: Store) -> None:
    room = await Room.of(store)
    before = [as_it_was(await room.post(post)) for post in (room.gone, room.stays)]
    goes, stays = await room.join()
    assert (goes.state, goes.merged_into, goes.votes) == (State.HIDDEN, room.stays.id, 3)
    assert (stays.state, stays.votes, stays.joined) == (State.VISIBLE, 4, 1)
    assert await room.voters(room.stays) == [1, 2, 3, 4]
    assert await room.join() == (goes, stays), "sent twice because its answer was lost"
    await room.part()
    assert [as_it_was(await room.post(post)) for post in (room.gone, room.stays)] == before
    assert await room.voters(room.gone) == [1, 2, 3]
    assert await room.voters(room.stays) == [3, 4]
    assert await store.read(examine) == []


async def test_a_vote_cast_while_questions_were_joined_stays_after_parting(store: Store) -> None:
    room = await Room.of(store)
    await room.join()
    await room.vote(room.stays, 5)
    await room.vote(room.stays, 1, on=False)  # came with the other question, and is taken back here
    await room.vote(room.stays, 2, on=False)
    await room.vote(room.stays, 2)  # a vote of its own now
    assert (await room.part()).stays.votes == 4
    assert await room.voters(room.stays) == [2, 3, 4, 5]
    assert await room.voters(room.gone) == [1, 2, 3]


async def test_a_joined_waiting_question_waits_again_after_parting_and_was_never_public(store: Store) -> None:
    room = await Room.of(store)
    held = requests.BoardChange(premoderate=requests.Premoderate(question=True))
    await setup.change_board(store, room.board_id, room.actor, held)
    room.gone = await boards.submit(store, room.board_id, boards.question("Is the training paid?"), 12)
    await room.join()
    back = await room.part()
    assert (back.goes.state, back.goes.published) == (State.PENDING, False)


async def test_a_joined_question_is_invisible_to_the_room_and_not_counted(store: Store) -> None:
    room = await Room.of(store)
    feed = await room.feed()
    behind = Cursor(feed.board.epoch, feed.board.seq)
    received = []
    store.listeners.append(received.append)
    await room.join()
    for changes in received:
        assert feed.apply(changes)
    for frame in (
        feed.after(behind, Audience.PUBLIC),
        feed.snapshot(Audience.PUBLIC),
        (await room.feed()).snapshot(Audience.PUBLIC),
    ):
        assert b"Who pays for training?" not in frame
    assert room.gone.id.encode() in feed.after(behind, Audience.PUBLIC), "it is gone"
    assert b"merged_into" in feed.snapshot(Audience.MODERATORS)
    for totals in (feed.totals, (await room.feed()).totals):
        assert (totals.view()["questions"], totals.view()["held"]) == (1, 0)
    pages = await store.read(lambda connection: older(connection, room.board_id, 9, None, Wanted(Audience.PUBLIC)))
    assert [post.id for post in pages] == [room.stays.id]


async def test_a_vote_for_a_joined_question_counts_for_the_one_that_stays(store: Store) -> None:
    room = await Room.of(store)
    third = await boards.submit(store, room.board_id, boards.question("Money for training?"), 13)
    await room.join()
    await joining.join(store, room.board_id, room.actor, room.stays.id, third.id)
    for _ in range(2):  # sent twice because its answer was lost
        has_it = await attendees.vote(store, room.board_id, boards.participant(6), room.gone.id, True)
        assert (has_it.id, has_it.votes) == (third.id, 5)
    assert await room.voters(room.gone) == [1, 2, 3]
    with pytest.raises(Conflict):
        await room.vote(room.gone, 1, on=False)


async def test_a_vote_reveals_no_question_that_was_never_public(store: Store) -> None:
    room = await Room.of(store)
    held = requests.BoardChange(premoderate=requests.Premoderate(question=True))
    await setup.change_board(store, room.board_id, room.actor, held)
    room.gone = await boards.submit(store, room.board_id, boards.question("Is the training paid?"), 12)
    await room.join()
    for on in (True, False):
        with pytest.raises(NotFound):
            await room.vote(room.gone, 6, on=on)


async def test_the_answer_to_a_vote_for_a_joined_question_names_the_one_that_has_it(server: Server, people: Of) -> None:
    here = people(server, server.create())
    moderator, asha, leo = await here.moderator(), await here.attendee("Asha"), await here.attendee("Leo")
    goes, stays = [(await asha.ask(text))["id"] for text in ("Who pays for it?", "Who will pay for it?")]
    assert (await moderator.send("PUT", f"/posts/{goes}/join", {"into": stays})).status_code == 200
    voted = await leo.send("PUT", f"/posts/{goes}/vote")
    assert voted.json() == {"votes": 1, "voted": True, "post": stays}
    assert (await leo.get("/mine")).json()["votes"] == [stays]
    refused = await leo.send("DELETE", f"/posts/{goes}/vote")
    assert refused.status_code == 409
    assert "Your vote counts there" in refused.json()["detail"]


async def test_both_authors_hear_that_their_questions_were_joined(store: Store) -> None:
    room = await Room.of(store)
    goes, stays = await room.join()
    assert views.mine_view(goes) == {"id": goes.id, "state": "hidden", "merged_into": stays.id}
    assert views.mine_view(stays) == {"id": stays.id, "state": "visible", "joined": 1}
    assert "merged_into" not in views.post_view(stays)


async def test_a_moderator_can_show_a_joined_question_only_by_parting(store: Store) -> None:
    room = await Room.of(store)
    await room.join()
    wanted = requests.Moderation(state=State.VISIBLE)
    with pytest.raises(Conflict) as refusal:
        await moderators.moderate(store, room.board_id, room.actor, room.gone.id, wanted)
    assert refusal.value.key == "post-joined"
    bulk = requests.Bulk([room.gone.id], State.VISIBLE)
    assert (await moderators.moderate_all(store, room.board_id, room.actor, bulk))[0] == []


async def test_withdrawing_the_remaining_question_brings_back_joined_ones_of_others(store: Store) -> None:
    room = await Room.of(store)
    await room.join()
    withdraw = requests.Edit(state=State.WITHDRAWN)
    await attendees.edit(store, room.board_id, [room.stays.participant], room.stays.id, withdraw)
    back = await room.post(room.gone)
    assert (back.state, back.votes, back.merged_into) == (State.VISIBLE, 3, None)


async def test_a_withdrawn_question_stays_withdrawn_after_joining(store: Store) -> None:
    room = await Room.of(store)
    await room.join()
    withdraw = requests.Edit(state=State.WITHDRAWN)
    await attendees.edit(store, room.board_id, [room.gone.participant], room.gone.id, withdraw)
    with pytest.raises(Conflict):
        await room.part()
    await attendees.edit(store, room.board_id, [room.stays.participant], room.stays.id, withdraw)
    assert (await room.post(room.gone)).state is State.WITHDRAWN


async def test_joined_questions_follow_their_question_into_a_third_one(store: Store) -> None:
    room = await Room.of(store)
    third = await boards.submit(store, room.board_id, boards.question("Money for training?"), 13)
    await room.join()
    done = await joining.join(store, room.board_id, room.actor, room.stays.id, third.id)
    assert (done.stays.votes, done.stays.joined) == (4, 2)
    back = await joining.part(store, room.board_id, room.actor, room.stays.id)
    assert (back.goes.votes, back.goes.joined, back.stays.votes, back.stays.joined) == (4, 1, 0, 0)
    await room.part()
    assert await room.voters(room.stays) == [3, 4]


@pytest.mark.parametrize("what", ["itself", "a card", "a held one", "with a held one"])
async def test_questions_that_cannot_be_joined_are_refused(store: Store, what: str) -> None:
    room = await Room.of(store)
    goes, stays = room.gone, room.stays
    if what == "itself":
        stays = goes
    elif what == "a card":
        goes = await boards.submit(store, room.board_id, boards.card(), 14)
        assert goes.kind is Kind.CARD
    else:
        held = goes if what == "a held one" else stays
        await moderators.moderate(store, room.board_id, room.actor, held.id, requests.Moderation(state=State.HIDDEN))
    with pytest.raises((Invalid, Conflict)):
        await joining.join(store, room.board_id, room.actor, goes.id, stays.id)

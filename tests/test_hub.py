"""Two workers on one store, whatever the bus between them does: the frames of each viewer, repair, and presence."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from sqlalchemy import update

from board.actions import attendees, lifecycle, staff_links
from board.data import schema
from board.live.bus import RedisBus
from board.live.channel import BEAT_SECONDS
from board.live.fanout import BUFFER_BYTES, STUCK_SECONDS, ViewerKind
from board.live.feed import Cursor
from board.live.frames import Frame
from board.live.hub import IDLE_SECONDS, TO_ALL
from board.live.presence import PRESENCE_KEPT_SECONDS, SCREEN_APPLIES_SECONDS
from board.model import requests
from board.model.models import Audience, Changes, Close, NotFound, Role, State
from tests import boards, servers
from tests.hubs import Carrier, Place, PlayedBus, Viewer, Worker, eventually, two_workers
from tests.people import Json

# -- who hears what, whatever the bus ------------------------------------------------------------------------------


async def test_viewers_of_both_workers_get_a_commit_and_viewers_of_another_board_do_not(place: Place) -> None:
    other_board = await boards.new_board(place.here.store)
    viewers = await place.look()
    strangers = [await worker.look(other_board) for worker in (place.here, place.there)]
    asked = [await place.ask("Is it one?"), await place.ask("Is it two?")]
    for viewer in viewers:
        await eventually(lambda viewer=viewer: list(viewer.posts) == [post.id for post in asked], "both questions")
    elsewhere = await place.here.ask(other_board, "Is it elsewhere?")
    for stranger in strangers:
        await eventually(lambda stranger=stranger: stranger.posts, "the question of the other board")
        assert list(stranger.posts) == [elsewhere.id]
    for viewer in viewers:
        assert elsewhere.id not in viewer.posts


async def test_a_hidden_post_leaves_viewers_of_both_workers_and_stays_for_moderators(place: Place) -> None:
    asked, kept = await place.ask(), await place.ask("Does this one stay?")
    viewers, moderators = await place.look(), await place.look(ViewerKind.MODERATOR)
    assert all(viewer.posts.keys() == {asked.id, kept.id} for viewer in viewers)
    await place.moderate(asked, state=State.HIDDEN)
    for viewer in viewers:
        await eventually(lambda viewer=viewer: viewer.posts.keys() == {kept.id}, "the end of the hidden one")
    for moderator in moderators:
        await eventually(lambda moderator=moderator: moderator.posts[asked.id]["state"] == "hidden", "its new state")


async def test_only_the_author_gets_the_state_of_a_post_on_either_worker(place: Place) -> None:
    await place.arrange(frozen=True)
    authors = await place.look(ViewerKind.PHONE, None, boards.participant(1), boards.pseudonym(1))
    others = await place.look(ViewerKind.PHONE, None, boards.participant(2), boards.pseudonym(2))
    moderators = await place.look(ViewerKind.MODERATOR)
    asked = await place.ask(who=1)
    for author in authors:
        await eventually(lambda author=author: author.received("mine"), "word to the author")
    await place.moderate(asked, state=State.REJECTED, reason="Please be kind.")
    received = [{"id": asked.id, "state": "pending"}, {"id": asked.id, "state": "rejected", "reason": "Please be kind."}]
    for author in authors:
        await eventually(lambda author=author: len(author.received("mine")) == 2, "the second word to the author")
        assert [frame["posts"] for frame in author.received("mine")] == [[line] for line in received]
        assert author.posts == {}
    for moderator in moderators:
        await eventually(lambda moderator=moderator: moderator.posts[asked.id]["state"] == "rejected", "its new state")
    for other in (*others, *moderators):
        assert other.received("mine") == []
    for viewer in (*authors, *others):
        assert asked.id not in json.dumps([frame for frame in viewer.frames if frame["type"] != "mine"])


async def test_a_client_that_resumes_gets_changes_and_one_of_another_history_a_snapshot(place: Place) -> None:
    await place.look()
    before = await place.ask("Was it before?")
    here, there = [(await worker.hub.open(place.board_id)).feed for worker in (place.here, place.there)]
    cursor = here.cursor
    after = await place.ask("Was it after?")
    await eventually(lambda: here.cursor == there.cursor != cursor, "the second question at both")
    for viewer in await place.look(ViewerKind.PHONE, cursor):
        assert viewer.frames[0]["type"] == "changes"
        assert viewer.posts.keys() == {after.id}
    for viewer in await place.look(ViewerKind.PHONE, Cursor("another", cursor.seq)):
        assert viewer.frames[0]["type"] == "snapshot"
        assert viewer.posts.keys() == {before.id, after.id}


async def test_revoking_a_link_closes_only_its_connections_on_both_workers(place: Place) -> None:
    other = await boards.new_actor(place.here.store, place.board_id, "Noor")
    await place.there.hub.fresh(place.board_id)
    theirs, others = await place.look(ViewerKind.MODERATOR), await place.look(ViewerKind.MODERATOR)
    phones = await place.look()
    for viewer in theirs:
        viewer.link_id = place.actor.link_id
    for viewer in others:
        viewer.link_id = other.link_id
    command = staff_links.revoke_link
    await place.here.store.write(place.board_id, lambda transaction: command(transaction, Role.MODERATOR, "Mira"))
    for viewer in theirs:
        await eventually(lambda viewer=viewer: viewer.closed == Close.NOT_ALLOWED, "the end of what the link opened")
    asked = await boards.submit(place.here.store, place.board_id, boards.question("Who is still here?"))
    for viewer in (*others, *phones):
        await eventually(lambda viewer=viewer: asked.id in viewer.posts, "the question")
        assert viewer.closed is None
    for viewer in theirs:
        assert asked.id not in viewer.posts


async def test_an_erased_board_disconnects_its_viewers_and_is_not_found(place: Place) -> None:
    kept = await boards.new_board(place.here.store)
    viewers = await place.look()
    others = [await worker.look(kept) for worker in (place.here, place.there)]
    await place.by_command_line(lambda connection: lifecycle.purge(connection, place.board_id))
    for viewer in viewers:
        await eventually(lambda viewer=viewer: viewer.closed == Close.NO_BOARD, "the end of the board")
    for worker in (place.here, place.there):
        with pytest.raises(NotFound):
            await worker.hub.open(place.board_id)
    asked = await place.here.ask(kept)
    for other in others:
        await eventually(lambda other=other: asked.id in other.posts, "the question of the other board")
        assert other.closed is None


async def test_after_a_restore_all_viewers_get_a_snapshot(place: Place) -> None:
    viewers = await place.look()
    table = schema.boards
    await place.by_command_line(
        lambda connection: connection.execute(
            update(table).where(table.c.id == place.board_id).values(epoch="restored", title="Restored")
        )
    )
    for viewer in viewers:
        await eventually(lambda viewer=viewer: len(viewer.received("snapshot")) == 2, "another snapshot")
        assert viewer.received("snapshot")[1]["epoch"] == "restored"
        assert viewer.received("snapshot")[1]["board"]["title"] == "Restored"


async def test_a_new_feed_contains_what_another_worker_just_committed(played: Place, carrier: Carrier) -> None:
    await played.look()
    asked = await played.ask()
    assert (await played.there.hub.open(played.board_id)).feed.posts == {}
    reads = played.there.store.times_read
    feeds = await asyncio.gather(*(played.there.hub.fresh(played.board_id) for _ in range(50)))
    assert all(asked.id in feed.posts for feed in feeds)
    assert played.there.store.times_read - reads <= 4  # two looks at most, however many ask, and what they found


async def test_a_client_authorised_before_its_link_was_revoked_cannot_join_after(played: Place, carrier: Carrier) -> None:
    channel = await played.here.hub.open(played.board_id)
    viewer = Viewer(ViewerKind.MODERATOR)
    viewer.link_id = played.actor.link_id  # authorised
    command = staff_links.revoke_link
    await played.here.store.write(played.board_id, lambda transaction: command(transaction, Role.MODERATOR, "Mira"))
    channel.join(viewer)
    assert (viewer.closed, viewer.frames, viewer.shard) == (Close.NOT_ALLOWED, [], None)
    channel.leave(viewer)


# -- presence ------------------------------------------------------------------------------------------------------


def last_online(viewer: Viewer) -> int | None:
    return viewer.received("presence")[-1]["online"] if viewer.received("presence") else None


async def test_phones_of_all_workers_count_and_screens_and_moderators_do_not(
    exits: AsyncExitStack, tmp_path: Path, redis_server: servers.Redis
) -> None:
    place = await two_workers(exits, tmp_path, RedisBus(redis_server.url, "k" * 40), RedisBus(redis_server.url, "k" * 40))
    phones = [*await place.look(), *await place.look()]
    screens, moderators = await place.look(ViewerKind.SCREEN), await place.look(ViewerKind.MODERATOR)
    other_board = await boards.new_board(place.here.store)
    stranger = await place.here.look(other_board)
    for viewer in (*phones, *screens, *moderators):
        await eventually(lambda viewer=viewer: last_online(viewer) == 4, "all phones")
    await place.there.leave(place.board_id, phones[1])
    for viewer in (phones[0], *phones[2:], *screens, *moderators):
        await eventually(lambda viewer=viewer: last_online(viewer) == 3, "the phones that are left")
    assert last_online(phones[1]) == 4
    assert [frame["online"] for frame in stranger.received("presence")] == [1]
    for viewer in (*phones, *screens):
        assert all(frame.keys() == {"type", "online"} for frame in viewer.received("presence"))


def _connections(moderator: Viewer) -> list[Json]:
    """Of the only large screen, as this moderator heard of them last."""
    received = moderator.received("presence")
    found: list[Json] = received[-1]["screens"][0]["connections"] if received else []
    return found


async def test_moderators_get_the_list_of_screens_and_what_they_show(played: Place, carrier: Carrier) -> None:
    (moderator, _), (screen, _) = await played.look(ViewerKind.MODERATOR), await played.look(ViewerKind.SCREEN)
    screen.name = "Hall"

    async def is_said_to_be(state: str, seq: int) -> None:
        said = {"name": "Hall", "seq": seq, "state": state}
        await eventually(lambda: _connections(moderator) == [said], state)

    await is_said_to_be("stale", -1)
    before = screen.applied = (await played.here.hub.open(played.board_id)).feed.board.seq
    await is_said_to_be("live", before)
    asked = await played.ask()
    played.here.clock.skip(SCREEN_APPLIES_SECONDS)
    await is_said_to_be("stale", before)
    screen.applied = asked.seq
    await is_said_to_be("live", asked.seq)


async def test_the_phones_of_a_silent_worker_leave_the_count(played: Place, carrier: Carrier) -> None:
    here, _ = await played.look()
    await eventually(lambda: len({Carrier.read(message).worker for message in carrier.received()}) == 2, "both workers' word")
    carrier.deliver(*carrier.received())
    await eventually(lambda: last_online(here) == 2, "both phones")
    played.here.clock.skip(PRESENCE_KEPT_SECONDS)
    await eventually(lambda: last_online(here) == 1, "the phone that is left")


async def test_a_worker_repeats_unchanged_presence_before_it_expires(played: Place, carrier: Carrier) -> None:
    """A large screen alone at one worker, for longer than a word about it is kept."""
    await played.here.look(played.board_id, ViewerKind.SCREEN)
    moderator = await played.there.look(played.board_id, ViewerKind.MODERATOR)
    received = 0
    for _ in range(4):
        for worker in (played.here, played.there):
            worker.clock.skip(PRESENCE_KEPT_SECONDS / 2)
        await eventually(carrier.received, "word of the screen")
        words, carrier.waiting = carrier.received(), []
        carrier.deliver(*words)
        received += len(words)
        played.there.hub.tick()
        assert len(_connections(moderator)) == 1
    assert received < 8, "and not every second"


async def test_two_installations_on_one_redis_do_not_see_each_other(
    exits: AsyncExitStack, tmp_path: Path, played: Place, carrier: Carrier
) -> None:
    (tmp_path / "other").mkdir()
    other = await two_workers(exits, tmp_path / "other", PlayedBus(carrier), PlayedBus(carrier))
    assert other.board_id == played.board_id
    (viewer, _), (stranger, _) = await played.look(), await other.look()
    asked = await played.ask("Is anybody listening?")
    await eventually(lambda: len({Carrier.read(message).worker for message in carrier.received()}) == 4, "all workers' word")
    carrier.deliver(*carrier.waiting)
    for worker in (played.here, other.here):  # one more each, so that there is something to tell
        await worker.look(played.board_id)
    await eventually(lambda: last_online(viewer) == 3, "the phones of this installation")
    await eventually(lambda: last_online(stranger) == 3, "the phones of the other one")
    assert asked.id in viewer.posts
    assert stranger.posts == {}
    assert max(frame["online"] for frame in (*viewer.received("presence"), *stranger.received("presence"))) == 3


# -- beats, slow viewers, idle boards ------------------------------------------------------------------------------


async def test_a_quiet_hub_sends_beats_often_to_screens_and_moderators_and_seldom_to_phones(
    played: Place, carrier: Carrier
) -> None:
    asked = await played.ask()
    (phone, _), (screen, _) = await played.look(), await played.look(ViewerKind.SCREEN)
    moderator, _ = await played.look(ViewerKind.MODERATOR)
    viewers = (phone, screen, moderator)
    await eventually(lambda: all(viewer.received("beat") for viewer in viewers), "the first beats")
    for viewer in (screen, moderator):
        count = len(viewer.received("beat"))
        played.here.clock.skip(BEAT_SECONDS["screen"])
        await eventually(lambda viewer=viewer, count=count: len(viewer.received("beat")) > count, "another beat")
    assert len(phone.received("beat")) == 1
    played.here.clock.skip(BEAT_SECONDS["phone"])
    await eventually(lambda: len(phone.received("beat")) == 2, "a phone's second beat")
    assert {frame["seq"] for viewer in (phone, screen, moderator) for frame in viewer.received("beat")} == {asked.seq}


async def test_a_viewer_that_reads_nothing_for_ten_seconds_is_closed_and_others_get_frames(
    played: Place, carrier: Carrier
) -> None:
    (slow, _), (quick, _) = await played.look(), await played.look()
    slow.buffered = BUFFER_BYTES + 1
    asked = await played.ask()
    await eventually(lambda: asked.id in quick.posts, "the question")
    assert slow.posts == {}
    async with asyncio.timeout(30):
        while slow.closed is None:
            played.here.clock.skip(STUCK_SECONDS / 4)
            await asyncio.sleep(0.1)
    assert (slow.closed, slow.shard) == (Close.TOO_SLOW, None)
    assert quick.closed is None


async def test_a_slow_viewer_gets_one_newer_frame_for_all_missed_ones(played: Place, carrier: Carrier) -> None:
    (slow, _), (quick, _) = await played.look(), await played.look()
    slow.buffered = BUFFER_BYTES + 1
    asked = await played.ask()
    for text in ("Is this better?", "Is this good?"):
        request = requests.Edit(text=text)
        await attendees.edit(played.here.store, played.board_id, [asked.participant], asked.id, request)
        await eventually(lambda text=text: quick.posts.get(asked.id, {}).get("text") == text, "the words")
    slow.buffered = 0
    await eventually(lambda: slow.posts == quick.posts, "what was missed")
    assert len(slow.received("changes")) == 1
    assert len(quick.received("changes")) > 1


async def test_shards_take_turns_and_each_viewer_gets_everything_in_order(
    played: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between two shards whatever else came in has its turn, and no second frame is begun while the first is under way."""
    monkeypatch.setattr("board.live.channel.SHARD_VIEWERS", 2)
    viewers = [await played.here.look(played.board_id) for _ in range(10)]
    channel = await played.here.hub.open(played.board_id)
    under_way: list[set[int]] = []
    longest = 0

    def watch() -> None:
        nonlocal longest
        have = {max(frame.get("to", 0) for frame in viewer.frames) for viewer in viewers}
        # Presence frames, one a second, wait for their turn in the same line.
        flushes = [part for part in channel.to_do if getattr(part, "func", None) == channel._flush_shard]
        longest = max(longest, len(flushes))
        if len(have) > 1:
            under_way.append(have)
        asyncio.get_running_loop().call_later(0.001, watch)  # between two shards, as each takes longer

    def push_slowly(viewer: Viewer, frame: Frame) -> None:
        viewer.frames.append(json.loads(frame.json))
        time.sleep(0.002)

    monkeypatch.setattr(Viewer, "push", push_slowly)
    watch()
    for number in range(10):
        await played.ask(f"Who pays for {number}?")
    await eventually(lambda: all(len(viewer.posts) == 10 for viewer in viewers), "all posts at all viewers")
    assert len(channel.shards[Audience.PUBLIC]) == 5
    assert under_way, "others had their turn while some viewers had a frame and some had not"
    assert longest <= 5, "frames do not pile up"


async def test_many_openings_at_once_read_a_board_once_and_a_missing_board_is_not_found(played: Place) -> None:
    reads = played.there.store.times_read
    channels = await asyncio.gather(*(played.there.hub.open(played.board_id) for _ in range(50)))
    assert len({id(channel) for channel in channels}) == 1
    assert played.there.store.times_read == reads + 1
    with pytest.raises(NotFound):
        await played.there.hub.open(played.board_id + 1)


async def test_a_board_without_viewers_is_closed_and_opened_again_on_request(played: Place, carrier: Carrier) -> None:
    looked_at = await boards.new_board(played.here.store)
    viewer = await played.here.look(looked_at)
    left, kept = [await played.here.hub.open(board_id) for board_id in (played.board_id, looked_at)]
    topics = carrier.buses[0].topics
    assert topics == {str(TO_ALL), str(played.board_id), str(looked_at)}
    played.here.clock.skip(IDLE_SECONDS + 1)
    carrier.buses[0].on_gap()
    await eventually(lambda: topics == {str(TO_ALL), str(looked_at)}, "the end of the board that nobody looks at")
    assert await played.here.hub.open(looked_at) is kept
    assert await played.here.hub.open(played.board_id) is not left
    again = await played.here.look(played.board_id)
    asked = [await played.there.ask(board_id) for board_id in (looked_at, played.board_id)]
    carrier.deliver(*carrier.taken())
    await eventually(lambda: (list(viewer.posts), list(again.posts)) == ([asked[0].id], [asked[1].id]), "the questions")


# -- the end -------------------------------------------------------------------------------------------------------


async def test_stop_leaves_no_tasks_whatever_is_under_way(exits: AsyncExitStack, tmp_path: Path) -> None:
    carrier = Carrier()
    place = await two_workers(exits, tmp_path, PlayedBus(carrier), PlayedBus(carrier))
    before = asyncio.all_tasks()
    async with Worker(place.here.url, PlayedBus(carrier)) as worker:
        viewer = await worker.look(place.board_id)
        await worker.ask(place.board_id)  # the message is about to go out
        await place.ask("Is this one repaired?")
        carrier.deliver(carrier.taken()[-1])
        opening = asyncio.create_task(worker.hub.open(await boards.new_board(place.here.store)))
        await asyncio.sleep(0)
        carrier.buses[2].on_gap()  # and at this very moment there is a reason to look
        await asyncio.wait_for(worker.hub.stop(), 30)
        frames = len(viewer.frames)
    assert len(viewer.frames) == frames
    with pytest.raises(asyncio.CancelledError):
        await opening
    assert asyncio.all_tasks() <= before


async def test_a_hub_retries_a_store_that_is_down(played: Place, carrier: Carrier, caplog: pytest.LogCaptureFixture) -> None:
    carrier.buses[1].healthy = False
    _, there = await played.look()
    played.there.store.down = True
    carrier.buses[1].on_gap()
    asked = await played.ask()
    carrier.taken()
    await eventually(lambda: "poll: " in caplog.text, "a look that failed")
    assert there.posts == {}
    played.there.store.down = False
    await eventually(lambda: asked.id in there.posts, "the question")


async def test_a_failing_commit_listener_does_not_delay_callers_or_other_listeners(
    played: Place, carrier: Carrier, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[Changes] = []

    def fail(changes: Changes) -> None:
        raise RuntimeError("nobody thought of this")

    played.here.store.listeners[:0] = [fail]
    played.here.store.listeners.append(heard.append)
    here, _ = await played.look()
    async with asyncio.timeout(30):
        asked = await asyncio.gather(*(played.ask(f"Is it number {number}?", who=number) for number in range(3)))
    await eventually(lambda: here.posts.keys() == {post.id for post in asked}, "the questions")
    assert heard
    assert "nobody thought of this" in caplog.text

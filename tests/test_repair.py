"""What keeps a feed equal to the store: messages lost, doubled, late, or untrue, boards opened and restored meanwhile."""

from __future__ import annotations

import asyncio
import random
import threading
import uuid
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest
from sqlalchemy import Connection, update

from board.actions import lifecycle
from board.data import queries, schema
from board.data.store import Store
from board.live import hub as hub_module
from board.live import repair as repair_module
from board.live.fanout import ViewerKind
from board.live.feed import Cursor, Feed
from board.live.hub import FORM, Envelope
from board.live.repair import Need
from board.model.models import Changes, Close, Kind, NotFound, Post, State
from tests import boards, servers
from tests.hubs import Carrier, Place, PlayedBus, Worker, eventually, repaired, two_workers

T = TypeVar("T")


# -- messages doubled, reordered, lost -----------------------------------------------------------------------------


async def test_messages_in_any_order_and_doubled_are_shown_once_and_in_one_order(played: Place, carrier: Carrier) -> None:
    here, there = await played.look()
    reads = played.there.store.times_read
    dice = random.Random(7)
    asked: list[Post] = []
    for _ in range(10):
        asked += [await played.ask(f"Is it number {number}?") for number in range(5)]
        on_their_way = carrier.taken() * 2
        assert len(on_their_way) == 10
        dice.shuffle(on_their_way)
        carrier.deliver(*on_their_way)
        last = asked[-1].id
        await eventually(lambda last=last: last in here.posts and last in there.posts, "the questions")
    assert there.posts == here.posts
    assert list(there.posts) == [post.id for post in asked]
    received = [post["id"] for frame in there.received("changes") for post in frame["posts"]]
    assert received == [post.id for post in asked]
    await asyncio.sleep(2 * repair_module.OVERTAKE_SECONDS)
    assert played.there.store.times_read == reads  # who was overtaken came, so nobody had to ask


async def test_the_next_message_makes_a_worker_read_a_lost_one_from_the_store(played: Place, carrier: Carrier) -> None:
    _, there = await played.look()
    lost, heard = await played.ask("Was it lost?"), await played.ask("Was it heard?")
    reads = played.there.store.times_read
    carrier.deliver(carrier.taken()[1])
    assert there.posts == {}
    await eventually(lambda: list(there.posts) == [lost.id, heard.id], "both questions")
    assert played.there.store.times_read == reads + 1


async def test_a_message_from_before_a_post_was_hidden_does_not_bring_it_back(played: Place, carrier: Carrier) -> None:
    _, there = await played.look()
    asked = await played.ask()
    await played.moderate(asked, state=State.HIDDEN)
    posted, hidden = carrier.taken()
    carrier.deliver(posted, hidden)
    await eventually(lambda: any(asked.id in frame["gone"] for frame in there.received("changes")), "the end of the hidden one")
    frames = len(there.received("changes"))
    carrier.deliver(posted, posted, hidden)
    last = await played.ask("Is this the last?")
    carrier.deliver(*carrier.taken())
    await eventually(lambda: there.posts.keys() == {last.id}, "the last question")
    assert len(there.received("changes")) == frames + 1


async def test_a_late_message_sends_the_author_no_outdated_state(played: Place, carrier: Carrier) -> None:
    author = await played.there.look(played.board_id, ViewerKind.PHONE, None, boards.participant(1))
    asked = await played.ask(who=1)
    await played.moderate(asked, state=State.HIDDEN)
    await played.moderate(asked, state=State.VISIBLE)
    posted, hidden, shown = carrier.taken()
    carrier.deliver(hidden)  # it waits for the one before it, and the store is read
    await eventually(lambda: author.received("mine"), "what became of it")
    carrier.deliver(posted, shown, hidden)
    await played.ask("Is this the last?")
    carrier.deliver(*carrier.taken())
    await eventually(lambda: len(author.posts) == 2, "both questions")
    assert [frame["posts"][0]["state"] for frame in author.received("mine")] == ["visible"]


async def test_an_author_gets_the_state_of_a_post_changed_before_a_repair(played: Place, carrier: Carrier) -> None:
    author = await played.there.look(played.board_id, ViewerKind.PHONE, None, boards.participant(1))
    asked = await played.ask(who=1)
    carrier.deliver(*carrier.taken())
    await played.moderate(asked, state=State.HIDDEN)
    repair = await repaired(played.there, played.board_id)
    repair.wish(Need.RELOAD)
    await eventually(lambda: author.received("mine")[-1]["posts"][0]["state"] == "hidden", "that it is hidden")


async def test_an_author_from_another_worker_gets_a_state_that_changed_twice_in_a_gap(played: Place, carrier: Carrier) -> None:
    asked = await played.ask(who=1)
    await played.moderate(asked, state=State.HIDDEN)
    await played.there.hub.open(played.board_id)
    carrier.taken()
    await played.moderate(asked, state=State.VISIBLE)
    author = await played.there.look(played.board_id, ViewerKind.PHONE, None, boards.participant(1))  # here it was visible
    await played.moderate(asked, state=State.HIDDEN)
    (await repaired(played.there, played.board_id)).wish(Need.CATCH_UP)
    await eventually(lambda: author.received("mine"), "that it is hidden")
    assert author.received("mine")[-1]["posts"][0]["state"] == "hidden"


def forged(played: Place, after: int, to: int, text: str = "Was this ever asked?") -> tuple[str, bytes]:
    """A message as another worker would send it, about something that nobody committed."""
    board = next(iter(played.there.hub._boards.values())).channel.feed.board
    post = Post(
        id=str(uuid.uuid4()), kind=Kind.QUESTION, state=State.VISIBLE, seq=to, content_seq=to, created_at=to,
        participant=boards.participant(9), text=text, published=True,
    )  # fmt: skip
    changes = Changes(played.board_id, board.epoch, after, to, [post])
    return str(played.board_id), msgspec.msgpack.encode(Envelope("stranger", board.epoch, changes, form=FORM))


async def test_messages_about_unknown_future_numbers_are_dropped(played: Place, carrier: Carrier) -> None:
    _, there = await played.look()
    repair = await repaired(played.there, played.board_id)
    asked = await played.ask()
    carrier.deliver(*carrier.taken(), *(forged(played, asked.seq + gap, asked.seq + gap + 1) for gap in range(1, 50)))
    assert len(repair.waiting) == 49
    await eventually(lambda: not repair.waiting, "the end of what was never true")
    later = [await played.ask(f"Is it number {number}?") for number in range(4)]  # up to where the first lie would fit
    carrier.deliver(*carrier.taken())
    await eventually(lambda: list(there.posts) == [asked.id, *(post.id for post in later)], "what was really asked")
    assert not any("ever asked" in post["text"] for frame in there.received("changes") for post in frame["posts"])


async def test_a_client_with_posts_that_the_store_lacks_gets_a_snapshot(
    played: Place, carrier: Carrier, caplog: pytest.LogCaptureFixture
) -> None:
    """A lie on the bus that fits, or a database that was put back to an earlier day behind our back."""
    _, there = await played.look()
    asked = await played.ask()
    carrier.deliver(*carrier.taken(), forged(played, asked.seq, asked.seq + 1))
    await eventually(lambda: len(there.posts) == 2, "the lie")
    await played.there.hub.checked(played.board_id)
    assert there.closed == Close.RESTART
    history = played.here.hub._boards[played.board_id].channel.feed.board.epoch
    again = await played.there.look(played.board_id, cursor=Cursor(history, asked.seq + 1))
    assert [frame["type"] for frame in again.frames if frame["type"] != "presence"] == ["snapshot"]
    assert again.posts.keys() == {asked.id}
    assert "begins again" in caplog.text


async def test_too_many_changes_come_as_a_snapshot(played: Place, carrier: Carrier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MAX_CHANGES", 5)
    monkeypatch.setattr(queries, "RECENT_LOADED", 5)
    here, there = await played.look()
    asked = [await played.ask(f"Is it number {number}?") for number in range(10)]
    carrier.deliver(carrier.taken()[-1])
    await eventually(lambda: there.posts.keys() == {post.id for post in asked}, "the questions")
    assert [frame["type"] for frame in there.frames if "posts" in frame] == ["snapshot", "snapshot"]
    assert len(here.received("snapshot")) == 1


@pytest.mark.parametrize("came_after_all", [0, 2, 5])
async def test_viewers_never_see_a_part_of_many_posts_in_a_gap(
    played: Place, carrier: Carrier, monkeypatch: pytest.MonkeyPatch, came_after_all: int
) -> None:
    """Also where messages of the gap, and of what comes after it, arrive while it is worked out."""
    monkeypatch.setattr(repair_module, "POSTS_A_STEP", 2)
    begun, go_on, apply = threading.Event(), threading.Event(), Feed.apply

    def slowly(feed: Feed, changes: Changes) -> bool:
        if threading.current_thread() is not threading.main_thread():
            begun.set()
            assert go_on.wait(servers.ANSWER_SECONDS)
        return apply(feed, changes)

    monkeypatch.setattr(Feed, "apply", slowly)
    _, there = await played.look()
    seq = (await played.there.hub.open(played.board_id)).feed.board.seq
    asked = [await played.ask(f"Is it number {number}?") for number in range(4)]
    messages = carrier.taken()
    carrier.buses[1].on_gap()
    await eventually(begun.is_set, "the reading of the gap")
    feed = (await repaired(played.there, played.board_id)).channel.feed
    assert (feed.posts, feed.board.seq, there.posts) == ({}, seq, {})
    asked.append(await played.ask("Is this the last?"))
    carrier.deliver(*(messages + carrier.taken())[:came_after_all])
    assert list(feed.posts) == [post.id for post in asked[:came_after_all]]
    go_on.set()
    await eventually(lambda: there.posts.keys() >= {post.id for post in asked[:4]}, "the questions of the gap")
    if came_after_all < len(asked):
        carrier.buses[1].on_gap()
    await eventually(lambda: list(there.posts) == [post.id for post in asked], "all questions")


async def test_a_reported_gap_makes_the_worker_read_the_store_at_once(played: Place, carrier: Carrier) -> None:
    _, there = await played.look()
    asked = await played.ask()
    carrier.taken()
    assert there.posts == {}
    carrier.buses[1].on_gap()
    await eventually(lambda: asked.id in there.posts, "the question")


async def test_a_degraded_bus_makes_workers_poll_the_store_more_often(
    exits: AsyncExitStack, tmp_path: Path, carrier: Carrier
) -> None:
    well, ill = PlayedBus(carrier), PlayedBus(carrier)
    ill.healthy = False
    place = await two_workers(exits, tmp_path, well, ill)
    _, there = await place.look()
    asked = await place.ask()
    await eventually(lambda: asked.id in there.posts, "the question")
    reads = place.here.store.times_read
    polled = place.there.store.times_read
    await eventually(lambda: place.there.store.times_read > polled + 2, "another look")
    assert place.here.store.times_read == reads


async def test_foreign_messages_on_the_bus_are_harmless(
    played: Place, carrier: Carrier, caplog: pytest.LogCaptureFixture
) -> None:
    _, there = await played.look()
    topic = str(played.board_id)
    await played.ask("Is this genuine?")
    (genuine,) = carrier.taken()
    changes = Carrier.read(genuine).changes
    assert changes is not None
    elsewhere = Envelope("a", changes.epoch, msgspec.structs.replace(changes, board_id=played.board_id + 1))
    other_history = Envelope("a", "another", msgspec.structs.replace(changes, epoch="another"))
    for data in (b"", b"\xc1", b"hello", b'{"worker":"a"}', genuine[1][:-1], *map(msgspec.msgpack.encode, (elsewhere,))):
        carrier.deliver((topic, data))
    carrier.buses[1].topics.add("no number")
    carrier.deliver(("no number", genuine[1]), (topic, msgspec.msgpack.encode(other_history)))
    assert caplog.text.count("a message of an unknown form") == 2 * 5 + 1
    assert there.posts == {}
    carrier.deliver(genuine)
    await eventually(lambda: len(there.posts) == 1, "the genuine one")


async def test_thousands_of_waiting_messages_are_applied_without_recursion(played: Place, carrier: Carrier) -> None:
    await played.look()
    repair = await repaired(played.there, played.board_id)
    channel = repair.channel
    seq = channel.feed.board.seq
    for gap in range(3_000, 0, -1):
        carrier.deliver(forged(played, seq + gap, seq + gap + 1))
    assert len(repair.waiting) == repair_module.MAX_WAITING_CHANGES
    repair.waiting = {seq + gap: Carrier.changes(forged(played, seq + gap, seq + gap + 1)) for gap in range(1, 3_000)}
    carrier.deliver(forged(played, seq, seq + 1))
    assert channel.feed.board.seq == seq + 3_000
    assert not repair.waiting


async def test_a_repair_requested_during_another_repair_is_not_lost(played: Place, carrier: Carrier) -> None:
    await played.look()
    hub, repair = played.there.hub, await repaired(played.there, played.board_id)
    loads, load, read = 0, repair.load, played.there.store.read
    reading, goes_on = asyncio.Event(), asyncio.Event()

    async def counted(board_id: int) -> Any:
        nonlocal loads
        loads += 1
        return await load(board_id)

    async def slow(query: Callable[[Connection], T]) -> T:
        found = await read(query)
        reading.set()
        await goes_on.wait()
        return found

    repair.load, played.there.store.read = counted, slow  # type: ignore[method-assign, assignment]
    repair.wish(Need.CATCH_UP)
    await reading.wait()
    repair.wish(Need.RELOAD)
    repair.wish(Need.CATCH_UP)  # a weaker wish does not replace the stronger one
    asked = await played.ask()  # after the reading that is under way
    fresh = asyncio.create_task(hub.fresh(played.board_id))
    await asyncio.sleep(0)
    goes_on.set()
    assert asked.id in (await fresh).posts, "never older than its request"
    await eventually(lambda: loads == 1, "the reading that was wished for")


# -- what is committed while a board is read -----------------------------------------------------------------------


class Held:
    """Reads of a store, whose answers wait until the test lets them go: what is committed meanwhile they lack."""

    def __init__(self, store: Store) -> None:
        self.read = asyncio.Event()
        self._goes_on = asyncio.Event()
        self._store, self._reads = store, store.read
        store.read = self._held  # type: ignore[method-assign]

    async def _held(self, query: Callable[[Connection], T]) -> T:
        found = await self._reads(query)
        self.read.set()
        await self._goes_on.wait()
        return found

    def let_go(self) -> None:
        self._store.read = self._reads  # type: ignore[method-assign]
        self._goes_on.set()


async def forget(worker: Worker, board_id: int) -> None:
    channel = await worker.hub.open(board_id)
    worker.hub._forget(channel)


@pytest.mark.parametrize("elsewhere", [False, True])
async def test_commits_during_the_opening_of_a_board_appear_at_once(played: Place, carrier: Carrier, elsewhere: bool) -> None:
    worker = played.there if elsewhere else played.here
    before = await played.ask("Was this before?")
    carrier.taken()
    await forget(worker, played.board_id)
    held = Held(worker.store)
    opening = asyncio.create_task(worker.hub.open(played.board_id))
    await held.read.wait()
    meanwhile = [await played.ask(f"Is this {number} meanwhile?") for number in range(3)]
    carrier.deliver(*reversed(carrier.taken()))
    held.let_go()
    assert list((await opening).feed.posts) == [before.id, *(post.id for post in meanwhile)]


async def test_too_many_commits_during_the_opening_of_a_board_make_it_read_the_store_again(
    played: Place, carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_module, "MAX_WAITING_CHANGES", 2)
    await forget(played.there, played.board_id)
    held = Held(played.there.store)
    opening = asyncio.create_task(played.there.hub.open(played.board_id))
    await held.read.wait()
    asked = [await played.ask(f"Is this number {number}?") for number in range(6)]
    carrier.deliver(*carrier.taken())
    held.let_go()
    channel = await opening
    await eventually(lambda: list(channel.feed.posts) == [post.id for post in asked], "all of them")


async def test_a_board_that_failed_to_open_is_unsubscribed_and_opens_later(
    played: Place, carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    await forget(played.there, played.board_id)

    async def fails(*_: object) -> None:
        raise RuntimeError("a fault of ours")

    with monkeypatch.context() as patched:
        patched.setattr(hub_module, "read_board", fails)
        with pytest.raises(RuntimeError):
            await played.there.hub.open(played.board_id)
    assert str(played.board_id) not in carrier.buses[1].topics
    await played.there.hub.open(played.board_id)
    assert str(played.board_id) in carrier.buses[1].topics


async def test_commits_while_all_viewers_get_new_snapshots_are_not_lost(played: Place, carrier: Carrier) -> None:
    repair = await repaired(played.there, played.board_id)
    asked = await played.ask()
    carrier.deliver(*carrier.taken(), forged(played, asked.seq, asked.seq + 1))
    held = Held(played.there.store)
    repair.wish(Need.BEGIN_AGAIN)
    await held.read.wait()
    meanwhile = await played.ask("Is this meanwhile?")  # has the number of the lie
    carrier.deliver(*carrier.taken())
    held.let_go()
    await eventually(lambda: list(repair.channel.feed.posts) == [asked.id, meanwhile.id], "both, and no lie")


# -- restores, erased boards, faults of one board ------------------------------------------------------------------


async def test_a_message_of_a_restored_board_counts_despite_its_low_number(played: Place, carrier: Carrier) -> None:
    _, there = await played.look()
    asked = [await played.ask(f"Is this number {number}?") for number in range(5)]
    carrier.deliver(*carrier.taken())
    await eventually(lambda: len(there.posts) == 5, "all questions")
    table, kept = schema.posts, asked[0]

    def restored(connection: Connection) -> None:
        connection.execute(table.delete().where(table.c.seq > kept.seq))
        connection.execute(update(schema.boards).values(epoch="r-restored", seq=kept.seq))

    await played.by_command_line(restored)
    await played.ask("Is this the first of the new history?")
    carrier.deliver(*carrier.taken())  # its number is 2; five were seen
    await eventually(lambda: len(there.posts) == 2, "what the restored board has")
    assert [frame["type"] for frame in there.frames if "posts" in frame][-1] == "snapshot"


async def test_a_late_message_from_before_a_restore_does_not_replace_a_valid_one(played: Place, carrier: Carrier) -> None:
    repair = await repaired(played.there, played.board_id)
    board = repair.channel.feed.board
    late = Changes(played.board_id, "another", board.seq + 1, board.seq + 2, [])
    asked = [await played.ask(f"Is this number {number}?") for number in range(2)]
    first, second = carrier.taken()
    message = str(played.board_id), msgspec.msgpack.encode(Envelope("stranger", "another", late))
    carrier.deliver(second, message, first)
    assert list(repair.channel.feed.posts) == [post.id for post in asked]


async def test_closing_an_erased_board_does_not_close_its_newly_opened_channel(played: Place, carrier: Carrier) -> None:
    old = await played.there.hub.open(played.board_id)
    await forget(played.there, played.board_id)
    new = await played.there.hub.open(played.board_id)
    played.there.hub._erased(old)
    assert await played.there.hub.open(played.board_id) is new
    assert str(played.board_id) in carrier.buses[1].topics


async def test_a_fresh_feed_of_a_board_that_was_erased_is_refused(played: Place, carrier: Carrier) -> None:
    await played.there.hub.open(played.board_id)
    await played.by_command_line(lambda connection: lifecycle.purge(connection, played.board_id))
    with pytest.raises(NotFound):
        await played.there.hub.fresh(played.board_id)


async def test_a_fault_of_one_board_does_not_stop_the_poll_of_others(
    played: Place, carrier: Carrier, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    other = await boards.new_board(played.here.store)
    first, second = await repaired(played.there, played.board_id), await repaired(played.there, other)

    def fails(*_: object) -> bool:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(first, "compare", fails)
    asked = await played.here.ask(other)
    carrier.taken()
    await played.there.hub.poll()
    await eventually(lambda: asked.id in second.channel.feed.posts, "the question of the other board")
    assert "comparing a board with the store" in caplog.text


async def test_a_fault_of_one_board_does_not_delay_presence_and_beats_of_others(
    played: Place, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    other = await boards.new_board(played.there.store)
    first = await repaired(played.there, played.board_id)
    screen = await played.there.look(other, ViewerKind.SCREEN)

    def fails(*_: object) -> None:
        raise RuntimeError("a fault of ours")

    for name in ("here", "_beat_frame", "all_shards"):
        monkeypatch.setattr(first.channel, name, fails)
    played.there.clock.skip(60)
    played.there.hub.tick()
    played.there.hub.catch_up()
    assert screen.received("presence")
    assert screen.received("beat")
    for received in ("hub: presence", "hub: beat", "hub: bringing slow viewers"):
        assert received in caplog.text


async def test_a_failed_repair_is_retried_and_its_callers_get_an_answer(
    played: Place, carrier: Carrier, caplog: pytest.LogCaptureFixture
) -> None:
    repair = await repaired(played.there, played.board_id)
    asked = await played.ask()
    carrier.taken()
    load, failures = played.there.store.read, 1

    async def fails_once(query: Callable[[Connection], T]) -> T:
        nonlocal failures
        if failures:
            failures -= 1
            raise RuntimeError("a fault of ours")
        return await load(query)

    played.there.store.read = fails_once  # type: ignore[method-assign]
    repair.wish(Need.CATCH_UP)
    assert repair.task is not None
    await repair.task
    assert repair.need is Need.CATCH_UP
    assert "a fault of ours" in caplog.text
    await played.there.hub.poll()
    await eventually(lambda: asked.id in repair.channel.feed.posts, "the question")

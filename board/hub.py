"""The boards that are open on this worker: hears the bus, repairs from the store, ticks, and knows who is looking."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import partial
from typing import cast

import msgspec

from board import messages, rows
from board.bus import Bus
from board.fanout import SHARD_VIEWERS, Shard, Viewer, ViewerKind
from board.feed import Cursor, Feed
from board.lookup import Roster, Similar
from board.lost import LostScreens, still_shown
from board.models import Audience, BoardError, Changes, Close, NotFound, Post, StorageDown
from board.presence import Phones
from board.store import Loaded, Store, changes_after, heads, load
from board.supervisor import Supervisor, guarded
from board.wire import Frame

log = logging.getLogger(__name__)

# An accepted post goes out at once when it is quiet; under load one frame carries all of this long.
GATHER_SECONDS = 0.005
# Votes and reactions: a viewer gets at most four frames a second.
GATHER_COUNTS_SECONDS = 0.25
BEAT_SECONDS = {"phone": 10.0, "screen": 2.0, "moderator": 2.0}
PRESENCE_SECONDS = 1.0
# A worker that died takes its phones off the count after this.
PRESENCE_KEPT_SECONDS = 5.0
POLL_SECONDS = 1.0
POLL_WHILE_ILL_SECONDS = 0.25
# Two workers' messages may overtake each other; so long we wait for the missing one before reading the store.
OVERTAKE_SECONDS = 0.03
CATCH_UP_SECONDS = 0.1
MAX_WAITING_CHANGES = 500
REPAIRS_WAITED_FOR = 3
IDLE_SECONDS = 120.0
ROSTER_SECONDS = 10.0
SCREEN_APPLIES_SECONDS = 2.0
# More people voted in this time than there are phones here, by so many: moderators are told.
VOTERS_SECONDS = 60.0
VOTERS_WITHOUT_PHONE = 20


class Need(IntEnum):
    """What a board's feed needs of the store, the strongest last."""

    NOTHING = 0
    CATCH_UP = 1
    RELOAD = 2
    BEGIN_AGAIN = 3


class Envelope(msgspec.Struct, omit_defaults=True):
    """What one worker tells the others of a board."""

    worker: str
    epoch: str
    changes: Changes | None = None
    online: int | None = None
    known: int = 0
    """Of those online, the ones that could vote."""
    screens: list[dict[str, str | int]] = []
    voters: int = 0


_envelopes = msgspec.msgpack.Decoder(Envelope)


@dataclass
class _Told:
    """What another worker said of its viewers, and when."""

    online: int
    known: int
    screens: list[dict[str, str | int]]
    voters: int
    at: float


@dataclass
class Channel:
    """One open board: its feed and its viewers."""

    feed: Feed
    sent: Cursor
    shards: dict[Audience, list[Shard]] = field(default_factory=lambda: {audience: [] for audience in Audience})
    counts: Counter[ViewerKind] = field(default_factory=Counter)
    phones: Phones = field(default_factory=Phones)
    large_screens: set[Viewer] = field(default_factory=set)
    lost: LostScreens = field(default_factory=LostScreens)
    authors: dict[str, list[Viewer]] = field(default_factory=dict)
    roster: tuple[float, Roster] | None = None
    """As read from the store, and when."""
    similar: Similar = field(default_factory=Similar)
    places: Counter[str] = field(default_factory=Counter)
    voted: dict[str, float] = field(default_factory=dict)
    """When each participant last voted here, the latest last."""
    waiting: dict[int, Changes] = field(default_factory=dict)
    told: dict[str, _Told] = field(default_factory=dict)
    said: tuple[int, int, list[dict[str, str | int]], int] = (0, 0, [], 0)
    """What the others were last told of the viewers here, and when."""
    said_at: float = 0.0
    online: int = -1
    screens: list[dict[str, str | int]] = field(default_factory=list)
    voters: int = 0
    """How many voted lately, where that is more than there can be."""
    most_known: tuple[int, float] = (0, 0.0)
    """The most phones lately that could vote, and when."""
    sent_at: dict[ViewerKind, float] = field(default_factory=dict)
    changed_at: float = 0.0
    flushed_at: float = 0.0
    counts_flushed_at: float = 0.0
    to_do: deque[Callable[[], None]] = field(default_factory=deque)
    """Writing to one shard each; the first is at work."""
    flush_at: float | None = None
    flush_timer: asyncio.TimerHandle | None = None
    used_at: float = 0.0
    repairing: asyncio.Task[None] | None = None
    need: Need = Need.NOTHING
    """What the repair has still to do."""
    overheard: list[Changes] | None = None
    """What was taken in while the board is read again."""

    def all_shards(self) -> list[Shard]:
        return [shard for shards in self.shards.values() for shard in shards]

    def viewers(self, audience: Audience | None = None) -> list[Viewer]:
        shards = self.all_shards() if audience is None else self.shards[audience]
        return [viewer for shard in shards for viewer in shard]

    @property
    def empty(self) -> bool:
        return not self.counts.total()


class Hub:
    """All channels of this worker."""

    def __init__(
        self,
        store: Store,
        bus: Bus,
        clock: Callable[[], float] = time.monotonic,
        sockets_of_a_phone: int | None = None,
        supervisor: Supervisor | None = None,
    ) -> None:
        """`sockets_of_a_phone`: no more of one phone stay open, the oldest gives way; None: no limit."""
        self._store = store
        self._supervisor = supervisor or Supervisor()
        self._bus = bus
        self._clock = clock
        self._sockets_of_a_phone = sockets_of_a_phone
        self._worker = secrets.token_hex(8)
        self._channels: dict[int, Channel] = {}
        self._opening: dict[int, asyncio.Task[Channel]] = {}
        self._gap = asyncio.Event()
        self._checks: dict[int, asyncio.Task[None]] = {}
        self._next_checks: dict[int, asyncio.Future[None]] = {}

    # -- life --------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        self._store.listeners.append(self.committed)
        await self._bus.start(self._heard, self._gap.set)
        self._supervisor.run("hub-poll", self._poll_for_ever)
        self._supervisor.run("hub-presence", self._presence_for_ever)
        self._supervisor.run("hub-catch-up", self._catch_up_for_ever)

    async def stop(self) -> None:
        tasks = [
            *self._checks.values(),
            *self._opening.values(),
            *(c.repairing for c in self._channels.values() if c.repairing),
        ]
        for task in tasks:
            task.cancel()
        await self._supervisor.stop("hub-poll", "hub-presence", "hub-catch-up")
        await asyncio.gather(*tasks, return_exceptions=True)
        for channel in self._channels.values():
            if channel.flush_timer:
                channel.flush_timer.cancel()
        await self._bus.stop()

    @property
    def bus_healthy(self) -> bool:
        return self._bus.healthy

    @property
    def counts(self) -> dict[ViewerKind, int]:
        """Viewers of this worker, by kind."""
        return {kind: sum(channel.counts[kind] for channel in self._channels.values()) for kind in ViewerKind}

    # -- opening -----------------------------------------------------------------------------------------------

    async def open(self, board_id: int) -> Channel:
        """The board's channel; one read of the store however many ask. Raises `NotFound`, `StorageDown`."""
        if board_id not in self._channels:
            if board_id not in self._opening:
                self._opening[board_id] = asyncio.create_task(self._open(board_id))
            await asyncio.shield(self._opening[board_id])
        channel = self._channels[board_id]
        channel.used_at = self._clock()
        return channel

    async def _open(self, board_id: int) -> Channel:
        try:
            # First listen, then read: what is committed in between is heard, and put in its place by its number.
            self._bus.subscribe(str(board_id))
            loaded = await self._load(board_id)
            feed = Feed(loaded, self._store.now)
            channel = Channel(feed, sent=feed.cursor, phones=Phones(self._sockets_of_a_phone), used_at=self._clock())
            self._channels[board_id] = channel
            return channel
        except BoardError:
            self._bus.unsubscribe(str(board_id))
            raise
        finally:
            del self._opening[board_id]

    async def _load(self, board_id: int) -> Loaded:
        loaded = await self._store.read(lambda connection: load(connection, board_id))
        if loaded is None:
            raise NotFound("This board is no longer here.")
        return loaded

    async def fresh(self, board_id: int) -> Feed:
        """The board's feed, no older than this call, even if another worker changed the board a moment ago."""
        channel = await self.open(board_id)
        if self._bus.shared:
            await self.checked(board_id)
            channel = self._channels.get(board_id, channel)
        return channel.feed

    async def checked(self, board_id: int) -> None:
        """One look at the board's head, shared by all who ask while it has not begun."""
        running = self._checks.get(board_id)
        if running is None:
            task = self._checks[board_id] = asyncio.create_task(self._check(board_id))
            await asyncio.shield(task)
            return
        # The running one may have looked before our caller came; the next one has not.
        following = self._next_checks.setdefault(board_id, asyncio.get_running_loop().create_future())
        await asyncio.shield(following)

    async def _check(self, board_id: int) -> None:
        try:
            await self._compare([board_id], wait=True)
        finally:
            del self._checks[board_id]
            following = self._next_checks.pop(board_id, None)
            if following is not None:
                task = self._checks[board_id] = asyncio.create_task(self._check(board_id))
                task.add_done_callback(lambda done: _settle(following, done))

    # -- viewers -----------------------------------------------------------------------------------------------

    def join(self, channel: Channel, viewer: Viewer) -> None:
        """Authorises a viewer, registers it and brings it up to date, in one step: nothing can happen in between. Since it was
        let in, its link may have been taken back, and its board closed."""
        board = channel.feed.board
        if self._channels.get(board.id) is not channel:
            viewer.close(Close.RESTART, "come back")
            return
        if viewer.link_id is not None and viewer.link_id not in {link.id for link in board.links}:
            viewer.close(Close.NOT_ALLOWED, "this link was taken back")
            return
        for participant in viewer.participants:
            channel.authors.setdefault(participant, []).append(viewer)
        channel.counts[viewer.kind] += 1
        channel.places[viewer.place] += 1
        if viewer.kind is ViewerKind.SCREEN:
            channel.large_screens.add(viewer)
            channel.lost.back(viewer.name)
        oldest = channel.phones.join(viewer) if viewer.kind is ViewerKind.PHONE else None
        resumes = viewer.cursor is not None and channel.feed.knows(viewer.cursor, viewer.audience)
        self._roomy_shard(channel, viewer.audience).join(viewer)
        if resumes:  # no snapshot that says what time it is, and its own clock may have slept
            viewer.push(self._beat_frame(channel))
        if channel.online >= 0:
            viewer.push(self._presence_frame(channel, viewer.audience))
        if oldest is not None:
            self._give_way(channel, cast(Viewer, oldest))

    def _give_way(self, channel: Channel, viewer: Viewer) -> None:
        self.leave(channel, viewer)
        viewer.close(Close.TOO_SLOW, "this phone has too many windows open")

    def _roomy_shard(self, channel: Channel, audience: Audience) -> Shard:
        shards = channel.shards[audience]
        for shard in shards:
            if len(shard) < SHARD_VIEWERS:
                return shard
        shards.append(Shard(channel.feed, audience))
        return shards[-1]

    def leave(self, channel: Channel, viewer: Viewer) -> None:
        if viewer.shard is None:
            return
        viewer.shard.leave(viewer)
        channel.counts[viewer.kind] -= 1
        channel.places[viewer.place] -= 1
        if not channel.places[viewer.place]:
            del channel.places[viewer.place]
        if viewer in channel.large_screens:
            channel.large_screens.remove(viewer)
            channel.lost.lose(viewer.name, viewer.applied, self._clock(), channel.feed.board.lease_seconds)
        channel.phones.leave(viewer)
        for participant in viewer.participants:
            channel.authors[participant].remove(viewer)
            if not channel.authors[participant]:
                del channel.authors[participant]
        channel.used_at = self._clock()

    def is_looked_at(self, board_id: int | None, place: str) -> bool:
        """Whether anybody here looks at this board from this place."""
        channel = self._channels.get(board_id or 0)
        return channel is not None and place in channel.places

    async def roster(self, channel: Channel) -> Roster:
        """Who was imported, as of some seconds ago."""
        if channel.roster is None or self._clock() - channel.roster[0] > ROSTER_SECONDS:
            board_id = channel.feed.board.id
            # Built in the reader's thread: folding ten thousand names takes longer than others may wait.
            roster = await self._store.read(lambda connection: Roster(rows.roster(connection, board_id)))
            channel.roster = self._clock(), roster
        return channel.roster[1]

    def voted(self, board_id: int, participant: str) -> None:
        channel = self._channels.get(board_id)
        if channel is not None:
            channel.voted.pop(participant, None)
            channel.voted[participant] = self._clock()

    def stalled(self, viewer: Viewer) -> None:
        """The viewer's connection did not take all that was written."""
        if viewer.shard is not None:
            viewer.shard.stalled(viewer, self._clock())

    # -- changes -----------------------------------------------------------------------------------------------

    def committed(self, changes: Changes) -> None:
        """This worker committed something: to its own viewers, and to the other workers."""
        if channel := self._channels.get(changes.board_id):
            self._take(channel, changes)
        self._publish(changes.board_id, Envelope(self._worker, changes.epoch, changes=changes))

    def _publish(self, board_id: int, envelope: Envelope) -> None:
        if self._bus.shared:
            self._bus.publish(str(board_id), msgspec.msgpack.encode(envelope))

    def _heard(self, topic: str, data: bytes) -> None:
        try:
            envelope = _envelopes.decode(data)
            channel = self._channels.get(int(topic))
        except (msgspec.MsgspecError, ValueError):
            log.warning("bus: a message that is none of ours, %d bytes", len(data))
            return
        if channel is None or envelope.worker == self._worker:
            return
        if envelope.changes is not None and envelope.changes.board_id == channel.feed.board.id:
            self._take(channel, envelope.changes)
        # Two installations may share one Redis; only the epoch tells their boards apart.
        if envelope.online is not None and envelope.epoch == channel.feed.board.epoch:
            before = channel.told.get(envelope.worker)
            channel.lost.back_elsewhere(before.screens if before else [], envelope.screens)
            channel.told[envelope.worker] = _Told(
                envelope.online, envelope.known, envelope.screens, envelope.voters, self._clock()
            )

    def _take(self, channel: Channel, changes: Changes) -> None:
        feed = channel.feed
        if changes.epoch == feed.board.epoch and changes.to <= feed.board.seq:
            return  # old news
        if not self._apply(channel, changes):
            if len(channel.waiting) < MAX_WAITING_CHANGES:  # beyond, the repair reads them all from the store
                channel.waiting[changes.after] = changes
            self._repair(channel, after=OVERTAKE_SECONDS)
            return
        for after in sorted(channel.waiting):  # a loop: thousands may wait
            if after > feed.board.seq:
                break
            self._apply(channel, channel.waiting.pop(after))
        self._changed(channel)
        if feed.running_low:
            self._repair(channel, after=0, reload=True)

    def _apply(self, channel: Channel, changes: Changes) -> bool:
        """False: there is a gap before these changes."""
        old = {post.id: channel.feed.posts.get(post.id) for post in changes.posts}
        if not channel.feed.apply(changes):
            return False
        if channel.overheard is not None:
            channel.overheard.append(changes)
        self._tell_authors(channel, changes.posts, old)
        if changes.board is not None:
            self._dismiss(channel)
        return True

    def _tell_authors(self, channel: Channel, posts: Iterable[Post], old: dict[str, Post | None]) -> None:
        for post in posts:
            viewers = channel.authors.get(post.participant)
            was = old.get(post.id)
            if viewers and (was is None or (was.state, was.reason) != (post.state, post.reason)):
                frame = Frame(messages.mine_frame([post]))
                for viewer in viewers:
                    viewer.push(frame)

    def _dismiss(self, channel: Channel) -> None:
        """A link was taken back: what was opened by it closes."""
        valid = {link.id for link in channel.feed.board.links}
        for viewer in channel.viewers():
            if viewer.link_id is not None and viewer.link_id not in valid:
                self.leave(channel, viewer)
                viewer.close(Close.NOT_ALLOWED, "this link was taken back")

    # -- repair ------------------------------------------------------------------------------------------------

    def _repair(self, channel: Channel, after: float, reload: bool = False, rewritten: bool = False) -> None:
        """Wishes that come while a repair is under way are kept, the strongest of them: a reload beats a catch-up."""
        need = Need.BEGIN_AGAIN if rewritten else Need.RELOAD if reload else Need.CATCH_UP
        channel.need = max(channel.need, need)
        if channel.repairing is None or channel.repairing.done():
            channel.repairing = asyncio.create_task(self._repair_soon(channel, after))

    async def _repair_soon(self, channel: Channel, after: float) -> None:
        await asyncio.sleep(after)
        feed = channel.feed
        if after and channel.need is Need.CATCH_UP and all(told.to <= feed.board.seq for told in channel.waiting.values()):
            channel.waiting.clear()  # the missing message came after all
            channel.need = Need.NOTHING
        try:
            while channel.need and self._channels.get(feed.board.id) is channel:
                need, channel.need = channel.need, Need.NOTHING
                try:
                    await self._mend(channel, need)
                except BaseException:
                    channel.need = max(channel.need, need)  # the poll asks again
                    raise
        except NotFound:
            self._erased(channel)
        except BoardError as error:
            log.warning("board %s: not repaired yet: %s", feed.board.code, error.detail)
        finally:
            channel.repairing = None

    async def _mend(self, channel: Channel, need: Need) -> None:
        feed = channel.feed
        board_id, seq = feed.board.id, feed.board.seq
        if need is Need.BEGIN_AGAIN:
            self._begin_again(channel, await self._load(board_id))
            return
        if need is Need.RELOAD:
            await self._reload(channel)
            return
        # Whoever tells something has committed it before: what this reading does not reach was never true.
        told = set(channel.waiting)
        changes = await self._store.read(lambda connection: changes_after(connection, board_id, seq))
        if changes is None or changes.epoch != feed.board.epoch:
            await self._reload(channel)
        else:
            self._take(channel, changes)
        for after in told.intersection(channel.waiting):
            del channel.waiting[after]

    async def _reload(self, channel: Channel) -> None:
        channel.overheard = []
        try:
            loaded = await self._load(channel.feed.board.id)
            self._reset(channel, loaded, channel.overheard)
        finally:
            channel.overheard = None

    def _reset(self, channel: Channel, loaded: Loaded, overheard: list[Changes]) -> None:
        """`overheard`: what was taken in while this was read; the reading may lack it."""
        feed = channel.feed
        incomplete = feed.incomplete
        feed.reset(loaded)
        for changes in overheard:
            feed.apply(changes)
        for audience in incomplete:
            feed.start_afresh(audience)
        channel.waiting.clear()
        self._dismiss(channel)
        self._changed(channel, at_once=bool(incomplete))

    def _begin_again(self, channel: Channel, loaded: Loaded) -> None:
        """What viewers have seen is not what the store says: they come back, and get a snapshot as their seq is too high."""
        log.error("board %s: the store is behind what was shown; everybody begins again", loaded.board.code)
        channel.feed.reset(loaded)
        channel.waiting.clear()
        for viewer in channel.viewers():
            self.leave(channel, viewer)
            viewer.close(Close.RESTART, "come back")

    def _erased(self, channel: Channel) -> None:
        board = channel.feed.board
        log.info("board %s was erased", board.code)
        self._store.forget(board.code)
        self._forget(board.id, channel)
        for viewer in channel.viewers():
            viewer.close(Close.NO_BOARD, "this board is no longer here")

    def _forget(self, board_id: int, channel: Channel) -> None:
        self._channels.pop(board_id, None)
        self._bus.unsubscribe(str(board_id))
        if channel.flush_timer:
            channel.flush_timer.cancel()

    async def _poll_for_ever(self) -> None:
        """Bounds what can be missed: looks at the heads of all open boards, more often while the bus is ill."""
        while True:
            pause = POLL_SECONDS if self._bus.healthy else POLL_WHILE_ILL_SECONDS
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._gap.wait()
            self._gap.clear()
            try:
                await self._compare(list(self._channels))
            except BoardError as error:
                log.warning("poll: %s", error.detail)
            for channel in self._channels.values():
                if channel.need:  # a wish that could not be met before
                    self._repair(channel, after=0)
            self._close_idle()

    async def _compare(self, board_ids: list[int], wait: bool = False) -> None:
        """Repairs the boards whose head in the store is not ours."""
        if not board_ids:
            return
        known = {board_id: self._channels[board_id].feed.cursor for board_id in board_ids if board_id in self._channels}
        there = await self._store.read(lambda connection: heads(connection, board_ids))
        for board_id in board_ids:
            channel = self._channels.get(board_id)
            if channel is None:
                continue
            head = there.get(board_id)
            if head is None:
                self._erased(channel)
                continue
            # What was known before the store was asked cannot be ahead of it, unless somebody told a lie on the bus, or the
            # database was put back to an earlier day behind our back.
            same = head[0] == channel.feed.board.epoch
            rewritten = same and known.get(board_id) == channel.feed.cursor and head[1] < channel.feed.board.seq
            if rewritten or not same or head[1] > channel.feed.board.seq:
                self._repair(channel, after=0, rewritten=rewritten)
                if wait:
                    await self._caught_up(channel, head)

    async def _caught_up(self, channel: Channel, head: tuple[str, int]) -> None:
        """Until the feed has what the store had. A repair under way may have read before that, so it is compared again."""
        for _ in range(REPAIRS_WAITED_FOR):
            if channel.repairing:
                await asyncio.shield(channel.repairing)
            board = channel.feed.board
            if self._channels.get(board.id) is not channel or (board.epoch == head[0] and board.seq >= head[1]):
                return
            self._repair(channel, after=0)
        raise StorageDown()

    def _close_idle(self) -> None:
        for board_id, channel in list(self._channels.items()):
            if channel.empty and self._clock() - channel.used_at > IDLE_SECONDS:
                self._forget(board_id, channel)

    # -- ticks -------------------------------------------------------------------------------------------------

    def _changed(self, channel: Channel, at_once: bool = False) -> None:
        """Sees to it that viewers hear: at once when it is quiet, gathered when it is not; counts more slowly."""
        now = channel.changed_at = self._clock()
        if at_once or channel.feed.content_changed_since(channel.sent.seq):
            due = max(now, channel.flushed_at + GATHER_SECONDS)
        else:
            due = max(now, channel.counts_flushed_at + GATHER_COUNTS_SECONDS)
        if channel.flush_at is not None and channel.flush_at <= due:
            return
        if channel.flush_timer:
            channel.flush_timer.cancel()
        channel.flush_at = due
        channel.flush_timer = asyncio.get_running_loop().call_later(due - now, self._flush, channel)

    def _flush(self, channel: Channel) -> None:
        if channel.to_do:  # some have not even got the last frame: gather a little longer
            channel.flush_timer = asyncio.get_running_loop().call_later(GATHER_SECONDS, self._flush, channel)
            return
        now = self._clock()
        channel.flush_at = channel.flush_timer = None
        channel.flushed_at = channel.counts_flushed_at = now
        channel.sent = channel.feed.cursor
        for kind in ViewerKind:
            channel.sent_at[kind] = now
        self._by_turns(channel, [partial(self._flush_shard, shard) for shard in channel.all_shards()])

    def _flush_shard(self, shard: Shard) -> None:
        shard.flush(self._clock())

    def _by_turns(self, channel: Channel, parts: Sequence[Callable[[], None]]) -> None:
        """Writes to one shard now, to the next when what came in meanwhile has had its turn; each is told in order."""
        idle = not channel.to_do
        channel.to_do.extend(parts)
        if idle and parts:
            self._next_turn(channel)

    def _next_turn(self, channel: Channel) -> None:
        try:
            channel.to_do[0]()
        finally:
            channel.to_do.popleft()
            if channel.to_do:
                asyncio.get_running_loop().call_soon(self._next_turn, channel)

    async def _catch_up_for_ever(self) -> None:
        catch_up = guarded("hub: bringing slow viewers up to date", self._catch_up)
        while True:
            await asyncio.sleep(CATCH_UP_SECONDS)
            for channel in list(self._channels.values()):
                catch_up(channel)

    def _catch_up(self, channel: Channel) -> None:
        for shard in channel.all_shards():
            shard.catch_up()
            for viewer in shard.stuck(self._clock()):
                self.leave(channel, viewer)
                viewer.close(Close.TOO_SLOW, "too slow, come back")

    # -- presence and beats ------------------------------------------------------------------------------------

    async def _presence_for_ever(self) -> None:
        presence, beat = guarded("hub: presence", self._presence), guarded("hub: beat", self._beat)
        while True:
            await asyncio.sleep(PRESENCE_SECONDS)
            for board_id, channel in list(self._channels.items()):  # one board's fault is not the others'
                presence(board_id, channel)
                beat(channel)

    def _presence(self, board_id: int, channel: Channel) -> None:
        own, known = channel.phones.people, channel.phones.known
        screens = self._screens(channel)
        voters = self._voters(channel)
        now = self._clock()
        if (own, known, screens, voters) != channel.said or (
            (own or screens or voters) and now - channel.said_at > PRESENCE_KEPT_SECONDS / 2
        ):
            self._publish(
                board_id,
                Envelope(self._worker, channel.feed.board.epoch, online=own, known=known, screens=screens, voters=voters),
            )
            channel.said, channel.said_at = (own, known, screens, voters), now
        channel.told = {worker: told for worker, told in channel.told.items() if now - told.at < PRESENCE_KEPT_SECONDS}
        online = own + sum(told.online for told in channel.told.values())
        screens = screens + [screen for told in channel.told.values() for screen in told.screens]
        voters += sum(told.voters for told in channel.told.values())
        known += sum(told.known for told in channel.told.values())
        if known >= channel.most_known[0] or now - channel.most_known[1] > VOTERS_SECONDS:
            channel.most_known = (known, now)
        voters = voters if voters > channel.most_known[0] + VOTERS_WITHOUT_PHONE else 0
        for_all, for_moderators = online != channel.online, (online, screens, voters) != (
            channel.online, channel.screens, channel.voters
        )  # fmt: skip
        channel.online, channel.screens, channel.voters = online, screens, voters
        if for_all:
            self._send(channel, Audience.PUBLIC, self._presence_frame(channel, Audience.PUBLIC))
        if for_moderators:
            self._send(channel, Audience.MODERATORS, self._presence_frame(channel, Audience.MODERATORS))

    def _voters(self, channel: Channel) -> int:
        """How many voted here lately."""
        since = self._clock() - VOTERS_SECONDS
        while channel.voted and next(iter(channel.voted.values())) < since:
            del channel.voted[next(iter(channel.voted))]
        return len(channel.voted)

    def _presence_frame(self, channel: Channel, audience: Audience) -> Frame:
        if audience is Audience.PUBLIC:
            return Frame(messages.presence_frame(channel.online))
        return Frame(messages.presence_frame(channel.online, channel.screens, channel.voters))

    def _screens(self, channel: Channel) -> list[dict[str, str | int]]:
        """The large screens of this worker, and whether each has drawn what it was sent."""
        seq, settled = channel.sent.seq, self._clock() - channel.changed_at < SCREEN_APPLIES_SECONDS
        screens: list[dict[str, str | int]] = [
            {"name": viewer.name, "seq": viewer.applied, "state": "live" if viewer.applied >= seq or settled else "stale"}
            for viewer in channel.large_screens
        ]
        return sorted(screens + channel.lost.listed(self._clock()), key=lambda screen: str(screen["name"]))

    def still_shown(self, channel: Channel) -> list[dict[str, str | int]]:
        """Screens, of all workers, that may go on showing what is hidden now: their names, and for how many seconds."""
        return still_shown(self._screens(channel) + [screen for told in channel.told.values() for screen in told.screens])

    def _send(self, channel: Channel, audience: Audience, frame: Frame) -> None:
        """A frame that nobody misses if it is lost."""
        self._by_turns(channel, [partial(shard.send, frame, self._clock()) for shard in channel.shards[audience]])

    def _beat(self, channel: Channel) -> None:
        now, frame = self._clock(), self._beat_frame(channel)
        due = {kind for kind in ViewerKind if now - channel.sent_at.get(kind, 0.0) >= BEAT_SECONDS[kind] - PRESENCE_SECONDS / 2}
        for kind in due:
            channel.sent_at[kind] = now
        if ViewerKind.PHONE in due:
            self._send(channel, Audience.PUBLIC, frame)
        elif ViewerKind.SCREEN in due:
            self._by_turns(channel, [partial(self._to_screens, channel, frame)])
        if ViewerKind.MODERATOR in due:
            self._send(channel, Audience.MODERATORS, frame)

    def _beat_frame(self, channel: Channel) -> Frame:
        return Frame(messages.beat_frame(channel.sent.seq, self._store.now()))

    def _to_screens(self, channel: Channel, frame: Frame) -> None:
        for screen in channel.large_screens:
            if not screen.buffered:
                screen.push(frame)


def _settle(future: asyncio.Future[None], done: asyncio.Task[None]) -> None:
    if future.done():
        done.exception()
    elif (error := done.exception()) is not None:
        future.set_exception(error)
    else:
        future.set_result(None)

"""The boards that are open on this worker: opens them, hears the bus, compares them with the store, and ticks."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import msgspec

from board.data.queries import heads
from board.data.store import Store
from board.live.bus import Bus
from board.live.channel import Channel
from board.live.checks import Checks
from board.live.fanout import ViewerKind
from board.live.feed import Cursor, Feed
from board.live.lost import Entry
from board.live.parts import announced
from board.live.presence import PRESENCE_SECONDS, Presence, Said
from board.live.repair import MAX_WAITING_CHANGES, Need, Repair, read_board
from board.live.voters import Unwatched
from board.model.models import BoardError, Changes, Close
from board.process.supervisor import Supervisor, every, guarded

log = logging.getLogger(__name__)

POLL_SECONDS = 1.0
POLL_WHILE_ILL_SECONDS = 0.25
CATCH_UP_SECONDS = 0.1
IDLE_SECONDS = 120.0
# No board has this id: what all workers hear, whichever boards are open there.
TO_ALL = 0
FORM = 2


class Envelope(msgspec.Struct, omit_defaults=True):
    """What one worker sends the others about a board: changes, or its viewers (`online` and what follows, as in `Said`).
    `roster`: the id of a board where names or teams of people changed; it is sent to all workers."""

    worker: str
    epoch: str
    changes: Changes | None = None
    online: int | None = None
    known: int = 0
    screens: list[Entry] = []
    voters: int = 0
    links: dict[str, int] = {}
    roster: int = 0
    form: int = 0
    """What its worker knows of boards: 0 that they have one large screen, 1 that they have several,
    `FORM` that their totals are stored."""


_envelopes = msgspec.msgpack.Decoder(Envelope)


@dataclass
class _Opening:
    """A board that is being read."""

    task: asyncio.Task[Repair]
    heard: list[Changes] = field(default_factory=list)
    """What is committed meanwhile: the reading may lack it. One more than allowed: some were dropped."""


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
        """`sockets_of_a_phone`: no more connections of one phone stay open, the oldest is closed; None: no limit."""
        self._store = store
        self._supervisor = supervisor or Supervisor()
        self.bus = bus
        self._clock = clock
        self._sockets_of_a_phone = sockets_of_a_phone
        self._worker = secrets.token_hex(8)
        self._boards: dict[int, Repair] = {}
        self._opening: dict[int, _Opening] = {}
        self._unwatched = Unwatched(clock)
        self.on_roster: Callable[[int], None] = lambda board_id: None  # another worker changed the roster of this board
        self._gap = asyncio.Event()
        self._checks = Checks(self._check)
        # One board's fault is not the others'.
        self._compare = guarded("hub: comparing a board with the store", self._compare_board)
        self._tell = guarded("hub: presence", self._tell_presence)
        self._beat = guarded("hub: beat", Channel.beat)
        self._catch_up = guarded("hub: bringing slow viewers up to date", Channel.catch_up)

    # -- life --------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        self.bus.subscribe(str(TO_ALL))
        await self.bus.start(self.heard, self._gap.set)
        self._supervisor.run("hub-poll", self._poll_for_ever)
        self._supervisor.run("hub-presence", partial(every, PRESENCE_SECONDS, self.tick))
        self._supervisor.run("hub-catch-up", partial(every, CATCH_UP_SECONDS, self.catch_up))

    async def stop(self) -> None:
        tasks = [*self._checks.tasks(), *(opening.task for opening in self._opening.values())]
        tasks += [board.task for board in self._boards.values() if board.task]
        for task in tasks:
            task.cancel()
        await self._supervisor.stop("hub-poll", "hub-presence", "hub-catch-up")
        await asyncio.gather(*tasks, return_exceptions=True)
        for board in self._boards.values():
            board.channel.close()
        await self.bus.stop()

    @property
    def counts(self) -> dict[ViewerKind, int]:
        """Viewers of this worker, by kind."""
        return {kind: sum(board.channel.presence.counts[kind] for board in self._boards.values()) for kind in ViewerKind}

    # -- opening -----------------------------------------------------------------------------------------------

    async def open(self, board_id: int) -> Channel:
        """The board's channel; one read of the store however many ask. Raises `NotFound`, `StorageDown`."""
        while (board := self._boards.get(board_id)) is None:
            opening = self._opening.get(board_id) or self._begin(board_id)
            await asyncio.shield(opening.task)
        board.channel.used_at = self._clock()
        return board.channel

    def _begin(self, board_id: int) -> _Opening:
        opening = self._opening[board_id] = _Opening(asyncio.create_task(self._open(board_id), name="open-board"))
        return opening

    async def _open(self, board_id: int) -> Repair:
        try:
            # First listen, then read: what is committed in between is kept, and put in its place by its number.
            self.bus.subscribe(str(board_id))
            loaded = await read_board(self._store, board_id)
            feed = await asyncio.to_thread(Feed, loaded, self._store.now)  # a full board takes 7 ms, and nobody else has it yet
            channel = Channel(feed, self._clock, self._store.now, self._sockets_of_a_phone)
            board = Repair(channel, self._store, lambda: self._erased(channel))
            heard = self._opening[board_id].heard
            for changes in heard:
                board.take(changes)
            if len(heard) > MAX_WAITING_CHANGES:
                board.wish(Need.CATCH_UP)
            channel.presence.voters = self._unwatched.opened(board_id)
            self._boards[board_id] = board
            return board
        except BaseException:
            self.bus.unsubscribe(str(board_id))
            raise
        finally:
            del self._opening[board_id]

    async def fresh(self, board_id: int) -> Feed:
        """The board's feed, no older than this call, even if another worker changed the board a moment ago. Raises `NotFound`,
        `StorageDown`."""
        channel = await self.open(board_id)
        if self.bus.shared:
            await self.checked(board_id)
            channel = await self.open(board_id)
        return channel.feed

    async def reaching(self, channel: Channel, cursor: Cursor | None) -> Channel:
        """The board's channel, no older than what a viewer has that comes from another worker: a snapshot of an earlier moment
        would show again what was hidden since. Raises `NotFound`, `StorageDown`."""
        board = channel.feed.board
        if cursor is not None and (cursor.epoch != board.epoch or cursor.seq > board.seq):
            await self.checked(board.id)
            channel = await self.open(board.id)
        return channel

    async def checked(self, board_id: int) -> None:
        """Compares the board with the store, and returns when its feed is no older than this call. Raises `StorageDown`."""
        await self._checks.checked(board_id)

    async def _check(self, board_id: int) -> None:
        known = self._cursors([board_id])
        there = await self._heads(known)
        board, head = self._boards.get(board_id), there.get(board_id)
        if board is not None and board_id in known and not board.compare(known[board_id], head) and head is not None:
            await board.caught_up(head)

    def presence(self, board_id: int | None) -> Presence | None:
        """The people that look at this board. None: it is not open here."""
        board = self._boards.get(board_id or 0)
        return board.channel.presence if board else None

    def voted(self, board_id: int, participant: str) -> None:
        """A vote that came to this worker was committed. Opens nothing."""
        if board := self._boards.get(board_id):
            board.channel.presence.voters.voted(participant)
        else:
            self._unwatched.voted(board_id, participant)

    # -- changes -----------------------------------------------------------------------------------------------

    def committed(self, changes: Changes) -> None:
        """This worker committed something: to its own viewers, and to the other workers."""
        self._take(changes := announced(changes))
        self._unwatched.committed(changes.board_id, changes.epoch)
        self._publish(changes.board_id, Envelope(self._worker, changes.epoch, changes, form=FORM))

    def roster_changed(self, board_id: int) -> None:
        """This worker committed other names or teams of people."""
        self._publish(TO_ALL, Envelope(self._worker, "", roster=board_id))

    def heard(self, topic: str, data: bytes) -> None:
        """A message of the bus."""
        try:
            envelope, board_id = _envelopes.decode(data), int(topic)
        except (msgspec.MsgspecError, ValueError):
            log.warning("bus: a message of an unknown form, %d bytes", len(data))
            return
        if envelope.worker == self._worker:
            return
        if envelope.roster:
            self.on_roster(envelope.roster)
        if envelope.changes is not None and envelope.changes.board_id == board_id:
            self._take(_whole(envelope.changes, envelope.form))
        board = self._boards.get(board_id)
        # Two installations may share one Redis; only the epoch distinguishes their boards.
        if board is not None and envelope.online is not None and envelope.epoch == board.channel.feed.board.epoch:
            said = Said(envelope.online, envelope.known, envelope.screens, envelope.voters, envelope.links)
            board.channel.presence.heard(envelope.worker, said)

    def _take(self, changes: Changes) -> None:
        if board := self._boards.get(changes.board_id):
            board.take(changes)
        elif (opening := self._opening.get(changes.board_id)) and len(opening.heard) <= MAX_WAITING_CHANGES:
            opening.heard.append(changes)

    def _publish(self, board_id: int, envelope: Envelope) -> None:
        if self.bus.shared:
            self.bus.publish(str(board_id), msgspec.msgpack.encode(envelope))

    # -- comparing with the store ------------------------------------------------------------------------------

    async def _poll_for_ever(self) -> None:
        while True:
            pause = POLL_SECONDS if self.bus.healthy else POLL_WHILE_ILL_SECONDS
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._gap.wait()
            self._gap.clear()
            await self.poll()

    async def poll(self) -> None:
        """Compares all open boards with the store, so that no missed message stays missed for long."""
        known = self._cursors(list(self._boards))
        try:
            there = await self._heads(known)
        except BoardError as error:
            log.warning("poll: %s", error)
        else:
            for board_id, cursor in known.items():
                self._compare(board_id, cursor, there.get(board_id))
        for board in list(self._boards.values()):
            if board.need:  # a repair that was not possible before
                board.wish(board.need)
        for board in list(self._boards.values()):
            if board.channel.empty and self._clock() - board.channel.used_at > IDLE_SECONDS:
                self._forget(board.channel)

    def _cursors(self, board_ids: list[int]) -> dict[int, Cursor]:
        return {board_id: self._boards[board_id].channel.feed.cursor for board_id in board_ids if board_id in self._boards}

    async def _heads(self, known: dict[int, Cursor]) -> dict[int, tuple[str, int]]:
        return await self._store.read(lambda connection: heads(connection, list(known))) if known else {}

    def _compare_board(self, board_id: int, known: Cursor, head: tuple[str, int] | None) -> None:
        if board := self._boards.get(board_id):
            board.compare(known, head)

    def _erased(self, channel: Channel) -> None:
        board = channel.feed.board
        log.info("board %s was erased", board.code)
        self._store.forget(board.code)
        self._forget(channel)
        channel.dismiss_all(Close.NO_BOARD, "this board is no longer here")

    def _forget(self, channel: Channel) -> None:
        channel.close()
        board_id = channel.feed.board.id
        board = self._boards.get(board_id)
        if board is not None and board.channel is channel:  # not a channel that was opened since
            del self._boards[board_id]
            self.bus.unsubscribe(str(board_id))
            self._unwatched.closed(board_id, channel.feed.board.epoch, channel.presence.voters)

    # -- ticks -------------------------------------------------------------------------------------------------

    def catch_up(self) -> None:
        """Brings slow viewers of all boards up to date."""
        for board in list(self._boards.values()):
            self._catch_up(board.channel)

    def tick(self) -> None:
        """Once a second: the number of people, screens, and beats of all boards."""
        for board_id, board in list(self._boards.items()):
            self._tell(board_id, board.channel)
            self._beat(board.channel)
        for board_id, epoch, voters in self._unwatched.counted():
            self._publish(board_id, Envelope(self._worker, epoch, online=0, voters=voters, form=FORM))

    def _tell_presence(self, board_id: int, channel: Channel) -> None:
        here = channel.here()
        if channel.presence.must_say(here):
            epoch = channel.feed.board.epoch
            self._publish(board_id, Envelope(self._worker, epoch, form=FORM, **msgspec.structs.asdict(here)))
        channel.tell_presence(here)


def _whole(changes: Changes, form: int) -> Changes:
    """While workers are replaced, one of an older version says of a board what it knows: that is a gap, to be read from the
    store."""
    if form >= FORM or (changes.board is None and not changes.posts):
        return changes
    return Changes(changes.board_id, changes.epoch, after=changes.to, to=changes.to)

"""Keeps the feed of one open board equal to the store: takes changes in their order, and reads what is missing.

A message of another worker may come late, twice, or never. Its numbers say which: next, old, or after a gap. A gap is waited
for, then read from the store. A need that cannot be met now is kept, and the hub's poll asks again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from enum import IntEnum

from board.data.queries import Loaded, changes_after, load
from board.data.store import Store
from board.live.channel import Channel
from board.live.feed import Cursor, Feed
from board.model.models import BoardError, Changes, NotFound, StorageDown

log = logging.getLogger(__name__)

# Two workers' messages may overtake each other; so long we wait for the missing one before reading the store.
OVERTAKE_SECONDS = 0.03
MAX_WAITING_CHANGES = 500
REPAIRS_WAITED_FOR = 3
# Taken in at once: some hundred microseconds of the event loop.
POSTS_A_STEP = 100


class Need(IntEnum):
    """What the feed needs of the store, the strongest last."""

    NOTHING = 0
    GAP = 1
    """As `CATCH_UP`, unless the missing message comes after all."""
    CATCH_UP = 2
    RELOAD = 3
    BEGIN_AGAIN = 4


class Repair:
    """`erased` is called when the board is no longer in the store."""

    def __init__(self, channel: Channel, store: Store, erased: Callable[[], None]) -> None:
        self.channel = channel
        self.need = Need.NOTHING
        self.waiting: dict[int, Changes] = {}
        """Changes of this epoch that come after a gap, by the seq before them."""
        self.task: asyncio.Task[None] | None = None
        self._store = store
        self._erased = erased
        self._overheard: list[Changes] | None = None
        """What came while the board is read again: the reading may lack it. One more than allowed: some were dropped."""

    # -- taking in ---------------------------------------------------------------------------------------------

    def take(self, changes: Changes, merged: bool = False) -> None:
        """Changes that this worker or another has committed, in any order. `merged`: of several commits, read at once."""
        feed = self.channel.feed
        if self._overheard is not None and len(self._overheard) <= MAX_WAITING_CHANGES:
            self._overheard.append(changes)
        if changes.epoch != feed.board.epoch:
            # Restored from a backup, or a late message of the history before that. The store knows.
            self.wish(Need.CATCH_UP, OVERTAKE_SECONDS)
            return
        if changes.to <= feed.board.seq:
            return  # old news
        if not self.channel.apply(changes, merged):
            roomy = len(self.waiting) < MAX_WAITING_CHANGES
            if roomy:
                self.waiting[changes.after] = changes
            self.wish(Need.GAP if roomy else Need.CATCH_UP, OVERTAKE_SECONDS)
            return
        self._go_on()

    def _go_on(self) -> None:
        """The feed has new changes: with them, perhaps, there is no gap before others any more."""
        feed = self.channel.feed
        for after in sorted(self.waiting):  # a loop: thousands may wait
            if after > feed.board.seq:
                break
            self.channel.apply(self.waiting.pop(after))
        self.channel.changed()
        if feed.running_low:
            self.wish(Need.RELOAD)

    # -- repairing ---------------------------------------------------------------------------------------------

    def wish(self, need: Need, after: float = 0.0) -> None:
        """Starts a repair after so many seconds. While one is running, the strongest of further requests is kept."""
        self.need = max(self.need, need)
        if self.task is None or self.task.done():
            self.task = asyncio.create_task(self._soon(after), name="repair")

    async def _soon(self, after: float) -> None:
        await asyncio.sleep(after)
        seq = self.channel.feed.board.seq
        if self.need is Need.GAP and all(announced.to <= seq for announced in self.waiting.values()):
            self.waiting.clear()  # the missing message came after all
            self.need = Need.NOTHING
        try:
            while self.need and not self.channel.closed:
                need, self.need = self.need, Need.NOTHING
                try:
                    await self._mend(need)
                except BaseException:
                    self.need = max(self.need, need)  # the poll asks again
                    raise
        except NotFound:
            self._erased()
        except BoardError as error:
            log.warning("board %s: not repaired yet: %s", self.channel.feed.board.code, error)
        except Exception:  # a fault in this code: the request is kept, and tasks that wait for this one go on
            log.exception("board %s: not repaired yet", self.channel.feed.board.code)
        finally:
            self.task = None

    async def _mend(self, need: Need) -> None:
        if need >= Need.RELOAD:
            await self._reload(begin_again=need is Need.BEGIN_AGAIN)
            return
        board = self.channel.feed.board
        # A message is sent after its commit: what this reading does not reach was never true.
        announced = set(self.waiting)
        changes = await self._store.read(lambda connection: changes_after(connection, board.id, board.seq))
        if changes is None or changes.epoch != board.epoch:
            await self._reload()
        else:
            await self._take_gap(changes)
        for after in announced.intersection(self.waiting):
            del self.waiting[after]

    async def _take_gap(self, changes: Changes) -> None:
        """All of it at once, as a page that is drawn from part of it would show what never was. Of many posts, what they come
        to is worked out beside the feed, in a thread, while others have their turn."""
        if len(changes.posts) <= POSTS_A_STEP:
            self.take(changes, merged=True)
            return
        feed = self.channel.feed
        fork = feed.forked()
        await asyncio.to_thread(fork.apply, changes)
        if fork.board.seq <= feed.board.seq:  # the messages came after all
            return
        old = {post.id: feed.posts.get(post.id) for post in changes.posts}
        feed.adopt(fork)
        self.channel.tell_authors(changes.posts, old, merged=True)
        if changes.board is not None:
            self.channel.dismiss_revoked()
        self._go_on()

    async def _reload(self, begin_again: bool = False) -> None:
        self._overheard = []
        try:
            loaded = await self.load(self.channel.feed.board.id)
            fresh = await asyncio.to_thread(Feed, loaded)  # a full board takes longer than others may wait
        finally:
            overheard, self._overheard = self._overheard, None
        if loaded.board.code != self.channel.feed.board.code:  # a restore gave the id to another board
            raise NotFound("board-gone")
        if len(overheard) > MAX_WAITING_CHANGES and not begin_again:
            # Some were dropped: with what was read the feed would go back, and show again what was hidden since.
            self.need = max(self.need, Need.RELOAD)
            return
        if begin_again:
            log.error("board %s: the store is behind what was shown; everybody begins again", loaded.board.code)
        self._reset(loaded, fresh, overheard, begin_again)

    async def load(self, board_id: int) -> Loaded:
        return await read_board(self._store, board_id)

    def _reset(self, loaded: Loaded, fresh: Feed, overheard: list[Changes], begin_again: bool) -> None:
        feed = self.channel.feed
        short, before, old = feed.short | feed.incomplete, feed.cursor, feed.posts
        feed.adopt(fresh)
        # What this reading has of a commit will not be sent again: the commit's message is old then, and dropped.
        restored = before.epoch != feed.board.epoch
        self.channel.tell_authors((post for post in loaded.posts if restored or post.seq > before.seq), old, merged=True)
        self.waiting.clear()
        if begin_again:
            self.channel.begin_again()
        for changes in overheard:
            self.take(changes)
        if len(overheard) > MAX_WAITING_CHANGES:
            self.wish(Need.CATCH_UP)
        for audience in short:
            feed.start_afresh(audience)
        self.channel.dismiss_revoked()
        self.channel.changed(at_once=bool(short))

    # -- comparing ---------------------------------------------------------------------------------------------

    def compare(self, known: Cursor, head: tuple[str, int] | None) -> bool:
        """Requests a repair if the head in the store differs from the feed's; returns whether they are equal.

        `known`: the feed's cursor before the store was asked. `head`: epoch and seq in the store; None: the board is not there.
        """
        if head is None:
            self._erased()
            return True
        feed = self.channel.feed
        same = head[0] == feed.board.epoch
        # What was known before the store was asked cannot be ahead of it, unless a message on the bus was forged, or the
        # database was restored while the server runs.
        if same and known == feed.cursor and head[1] < feed.board.seq:
            self.wish(Need.BEGIN_AGAIN)
            return False
        if not same or head[1] > feed.board.seq:
            self.wish(Need.CATCH_UP)
            return False
        return True

    async def caught_up(self, head: tuple[str, int]) -> None:
        """Until the feed has what the store had. A repair under way may have read before that, so it is compared again. Raises
        `StorageDown`."""
        for _ in range(REPAIRS_WAITED_FOR):
            if self.task is not None:
                await asyncio.shield(self.task)
            board = self.channel.feed.board
            if self.channel.closed or (board.epoch == head[0] and board.seq >= head[1]):
                return
            self.wish(Need.CATCH_UP)
        raise StorageDown()


async def read_board(store: Store, board_id: int) -> Loaded:
    """The board as a feed begins with it. Raises `NotFound`, `StorageDown`."""
    loaded = await store.read(lambda connection: load(connection, board_id))
    if loaded is None:
        raise NotFound("board-gone")
    return loaded

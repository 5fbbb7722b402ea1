"""One board on one worker: what is on it now, and the frame that takes a viewer from any cursor to now.

Open, resume and live are the same call, `Feed.after(cursor)`. Frames are made from rows as they are now, never kept as a log,
so no resume can show again what has been hidden.
"""

from __future__ import annotations

import asyncio
import copy
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import msgspec

from board.data.queries import Group, Loaded
from board.live.history import History
from board.live.made import Made
from board.live.scenes import Scenes
from board.live.stamp import deflated, gzipped, stamped
from board.live.standing import Standing
from board.live.window import Window
from board.model import messages, views
from board.model.epochs import SHORT
from board.model.models import Audience, Board, Changes, Kind, Post, State
from board.model.showing import spotlit

GLANCE_CARDS = 8
# When so few are left beyond those shown, older ones are read again.
RESERVE = 25
# So many rows beyond what the snapshots need are kept for those who resume; then the oldest are let go.
ROWS_KEPT = 1_000
# Further behind than this, a snapshot costs less, and no frame takes longer to make.
CHANGED_ROWS = 800
FRAME_BYTES = 512 * 1024
# A snapshot contains the present time; for so long the same bytes serve all requests.
NOW_KEPT_US = 500_000


@dataclass(frozen=True)
class Cursor:
    """How far a viewer has got."""

    epoch: str
    seq: int


def _clock() -> int:
    return time.time_ns() // 1_000


class Feed:
    """`now`: the server's clock in microseconds since 1970."""

    def __init__(self, loaded: Loaded, now: Callable[[], int] = _clock) -> None:
        self._now = now
        self._afresh: dict[Audience, int] = {}
        self.scenes = Scenes()
        self.reset(loaded)

    def reset(self, loaded: Loaded) -> None:
        """Starts again from the store: at first, after a restore, when there are too many changes, or when cards ran out."""
        self.board = loaded.board
        self.sessions = loaded.sessions
        self.sessions_seq = loaded.sessions_seq
        self.totals, self.totals_seq = loaded.totals, loaded.board.seq
        self.floor = loaded.floor
        # Kept: perhaps not everybody has got the snapshot. No later than now, or no cursor would be good enough for long.
        self._afresh = {audience: min(seq, loaded.board.seq + 1) for audience, seq in self._afresh.items()}
        self.posts: dict[str, Post] = {post.id: post for post in loaded.posts}
        self._shown = Window(loaded, self.posts)
        self._history = History(self.posts)
        self.short: set[Audience] = set()  # for whom posts have been missing since the store was read, if only for a moment
        self._kept_rows = len(self.posts)
        self._made = Made()
        self._fragments: dict[tuple[Audience, str], tuple[Post, msgspec.Raw]] = {}

    def forked(self) -> Feed:
        """Another feed, as this one is now: many changes are taken in there, in a thread, and come to be seen all at once."""
        fork = copy.copy(self)
        fork.posts, fork.totals, fork._fragments = self.posts.copy(), self.totals.forked(), self._fragments.copy()
        fork._shown, fork._history = self._shown.forked(fork.posts), self._history.forked(fork.posts)
        fork._made = Made()
        return fork

    def adopt(self, fresh: Feed) -> None:
        """Becomes as another feed, which was made in a thread. Nobody else uses that one."""
        kept = {"_now": self._now, "_afresh": {who: min(seq, fresh.board.seq + 1) for who, seq in self._afresh.items()}}
        vars(self).update(vars(fresh) | kept | {"scenes": self.scenes})

    def open_questions(self) -> list[Post]:
        """Those that the public sees and that wait for an answer."""
        return self._shown.of(Group.OPEN) + self._shown.of(Group.VOTED)

    # -- taking in what changed --------------------------------------------------------------------------------

    def apply(self, changes: Changes) -> bool:
        """Takes in the next changes. True: taken or old. False: there is a gap, read it from the store."""
        if changes.epoch != self.board.epoch or changes.after > self.board.seq:
            return False
        if changes.to <= self.board.seq:
            return True
        for post in changes.posts:
            known = self.posts.get(post.id)
            if known is None or post.seq >= known.seq:
                self.posts[post.id] = post
                if known is not None and post.content_seq > known.content_seq:
                    _unmake(self._fragments, post.id)
                self._shown.changed(known, post)
        counted = self.totals.take({tuple(key): count for key, count in changes.tallies}, whole=changes.recounted)
        # A gap that was read at once may hold there and back: no number differs, but some client has one from between.
        if counted or any(post.content_seq > self.board.seq for post in changes.posts):
            self.totals_seq = changes.to
        if changes.board:
            self.board = changes.board
        if changes.sessions is not None:
            self.sessions, self.sessions_seq = changes.sessions, changes.to
        self.board = msgspec.structs.replace(self.board, seq=changes.to)
        self._history.changed(changes.posts)
        self._made = Made()
        if self.running_low:
            self._begin_short(self.incomplete - self.short)
        if len(self.posts) > self._kept_rows + ROWS_KEPT:
            self._let_go()
        return True

    @property
    def running_low(self) -> bool:
        """So many posts left a group that older ones should be read before a snapshot misses them."""
        return self._shown.lacks(RESERVE)

    @property
    def incomplete(self) -> set[Audience]:
        """For whom it is too late for that: a snapshot made now has fewer posts than it should."""
        return {audience for audience in Audience if self._shown.lacks(0, audience)}

    def start_afresh(self, audience: Audience) -> None:
        """Makes all cursors of this audience too old: every viewer gets a snapshot."""
        self._afresh[audience] = self.board.seq + 1

    def afresh_from(self, audience: Audience) -> int:
        """A viewer with a cursor before this seq needs a snapshot."""
        return self._afresh.get(audience, 0)

    def _begin_short(self, audiences: set[Audience]) -> None:
        """A snapshot under a name that no other worker knows: there a viewer that leaves now would pass for up to date."""
        self.short |= audiences
        for audience in audiences:
            self._afresh[audience] = self.board.seq

    def epoch_for(self, audience: Audience) -> str:
        """The name of the history that its frames are of."""
        return self.board.epoch + SHORT if audience in self.short else self.board.epoch

    def _let_go(self) -> None:
        """Forgets the rows that no snapshot shows and that changed longest ago; a viewer that is further behind gets a
        snapshot."""
        shown = {post.id for post in self._window(Audience.MODERATORS)}
        rest = [post for post in self._history.after(-1) if post.id not in shown]
        for post in rest[: len(rest) - ROWS_KEPT // 2]:
            del self.posts[post.id]
            self._shown.forget(post)
            self.floor = max(self.floor, post.seq)
        self._fragments = {key: kept for key, kept in self._fragments.items() if key[1] in self.posts}
        self._history.sort()
        self._kept_rows = len(self.posts)

    def see(self, standings: dict[str, Standing]) -> None:
        """How the large screens are doing now."""
        if self.scenes.see(standings):
            self._made.forget(Audience.MODERATORS)

    # -- giving out --------------------------------------------------------------------------------------------

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.board.epoch, self.board.seq)

    def after(self, cursor: Cursor | None, audience: Audience, screen: str = "") -> bytes:
        """The frame that brings a viewer from `cursor` up to now: changes, or a snapshot where those won't do. `screen`:
        the id of the large screen whose scene it has; "": the first one's, as phones have it."""
        if cursor is None or not self.knows(cursor, audience):
            return self.snapshot(audience, screen)
        key = (audience, cursor.seq, screen if self.board.settings_seq > cursor.seq else "")  # else the same bytes for all
        if key not in self._made.frames:
            frame = self._changes(cursor.seq, audience, screen) if self._history.since(cursor.seq) <= CHANGED_ROWS else b""
            if not 0 < len(frame) <= FRAME_BYTES:
                return self.snapshot(audience, screen)
            self._made.keep(key, frame)
        return self._made.frames[key]

    def knows(self, cursor: Cursor, audience: Audience) -> bool:
        """Whether the feed still has the changes since this cursor."""
        floor = max(self.floor, self.afresh_from(audience))
        return cursor.epoch == self.board.epoch and floor <= cursor.seq <= self.board.seq

    def snapshot(self, audience: Audience, screen: str = "") -> bytes:
        now = self._now()
        if screen:  # made for each: kept, those of all screens would take many times the memory of the board
            return stamped(messages.SNAPSHOT_START, self._content(audience, screen), now)
        made_at, frame = self._made.snapshots.get(audience, (now + 1, b""))
        if not 0 <= now - made_at < NOW_KEPT_US:
            frame = stamped(messages.SNAPSHOT_START, self._content(audience), now)
            self._made.snapshots[audience] = now, frame
        return frame

    async def body(self, audience: Audience, screen: str = "") -> tuple[bytes, bytes]:
        """The snapshot as HTTP answers it, plain and compressed. Its contents are compressed once, until something changes, and
        in a thread: compressing a full board takes many times as long as others may wait."""
        if screen:
            content = self._content(audience, screen)
            compressed, now = await asyncio.to_thread(deflated, content), self._now()
            return stamped(b"{", content, now), gzipped(b"{", content, compressed, now)
        bodies, content = self._made.bodies, self._content(audience)
        if audience not in self._made.packing:
            self._made.packing[audience] = asyncio.create_task(asyncio.to_thread(deflated, content), name="pack-snapshot")
        compressed = await asyncio.shield(self._made.packing[audience])
        now = self._now()
        made_at, body = bodies.get(audience, (now + 1, (b"", b"")))
        if not 0 <= now - made_at < NOW_KEPT_US:
            body = stamped(b"{", content, now), gzipped(b"{", content, compressed, now)
            bodies[audience] = now, body
        return body

    def _content(self, audience: Audience, screen: str = "") -> bytes:
        """A snapshot but for its beginning, where `now` stands."""
        if audience in self._made.contents and not screen:
            return self._made.contents[audience]
        posts = [self._fragment(post, audience) for post in self._window(audience)]
        totals, more, scenes = self.totals.view(), self._shown.more, self.scenes.parts(self.board, audience, screen)
        board = msgspec.structs.replace(self.board, epoch=self.epoch_for(audience))
        frame = messages.snapshot_frame(board, self.sessions, totals, posts, more, audience, **scenes)
        content = frame.removeprefix(messages.SNAPSHOT_START)
        return content if screen else self._made.contents.setdefault(audience, content)

    def glance(self) -> bytes:
        """What a phone's page paints before it has the snapshot: the newest cards. No snapshot, so it has no seq."""
        if not self._made.glance:
            newest = self._shown.of(Group.CARDS)[: -GLANCE_CARDS - 1 : -1]
            posts = [self._fragment(post, Audience.PUBLIC) for post in newest]
            self._made.glance = messages.glance(self.board, self.sessions, posts)
        return self._made.glance

    def content_changed_since(self, seq: int) -> bool:
        """Whether anything but votes and reactions changed after `seq`."""
        settings = max(self.board.settings_seq, self.sessions_seq) > seq
        return settings or any(post.content_seq > seq for post in self._history.after(seq))

    def _changes(self, after: int, audience: Audience, screen: str) -> bytes:
        posts: dict[str, msgspec.Raw] = {}
        gone: list[str] = []
        left: list[Post] = []
        fallen: list[Post] = []  # questions that may have been among those with the most votes
        risen = {
            post.id for post in self._shown.of(Group.VOTED)
        }  # by votes alone a question can come into sight that no viewer has
        for post in self._history.after(after):
            if risen and post.kind is Kind.QUESTION and post.id not in risen:
                fallen.append(post)
            if not _may_see(post, audience):
                if post.published and post.content_seq > after:
                    gone.append(post.id)
                    left.append(post)
            elif post.content_seq > after:
                posts[post.id] = self._fragment(post, audience)
                left.append(post)
            elif post.id in risen:
                posts[post.id] = self._fragment(post, audience)
            else:
                posts[post.id] = msgspec.Raw(views.encode(views.counts_view(post)))
        for post in (*self._shown.uncovered(left, audience), *self._shown.next_voted(fallen, posts)):
            posts[post.id] = self._fragment(post, audience)
        rest: dict[str, object] = {}
        if self.board.settings_seq > after:
            rest["board"] = views.board_view(self.board, audience)
            rest |= self.scenes.parts(self.board, audience, screen)
            rest["themes"], rest["teams"] = self.board.themes, self.board.teams
            for post in _spotlit(self.board, self.posts, audience):
                posts[post.id] = self._fragment(post, audience)
        if self.sessions_seq > after:
            rest["sessions"] = self.sessions
        if self.totals_seq > after:
            rest["totals"] = self.totals.view()
        return messages.changes_frame(after, self.board.seq, list(posts.values()), gone, **rest)

    def _fragment(self, post: Post, audience: Audience) -> msgspec.Raw:
        """The post as this audience sees it, encoded once for all frames."""
        key = (audience, post.id)
        known = self._fragments.get(key)
        if known is None or known[0] is not post:
            known = self._fragments[key] = (post, msgspec.Raw(views.encode(views.post_view(post, audience))))
        return known[1]

    # -- what a snapshot shows ---------------------------------------------------------------------------------

    def _window(self, audience: Audience) -> list[Post]:
        """Newest first. The whole of each group, or its newest posts where the group has a limit."""
        shown = self._shown.entries(audience)
        shown |= {(post.created_at, post.id) for post in _spotlit(self.board, self.posts, audience)}
        return [self.posts[post_id] for _, post_id in sorted(shown, reverse=True)]


def _unmake(fragments: dict[tuple[Audience, str], tuple[Post, msgspec.Raw]], post_id: str) -> None:
    """Without viewers the feed makes no new frames, so it must drop the old ones."""
    for audience in Audience:
        fragments.pop((audience, post_id), None)


def _spotlit(board: Board, posts: Mapping[str, Post], audience: Audience) -> list[Post]:
    """What stands on any large screen: a viewer must be able to draw it, however old it is."""
    there = (posts.get(post_id) for post_id in spotlit(board))
    return [post for post in there if post is not None and _may_see(post, audience)]


def _may_see(post: Post, audience: Audience) -> bool:
    return audience is Audience.MODERATORS or post.state is State.VISIBLE

"""One open board on this worker: its feed, the viewers that are kept up to date from it, and when they hear of what."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import cast

from board.live.fanout import SHARD_VIEWERS, Shard, Viewer, ViewerKind
from board.live.feed import Feed
from board.live.frames import Frame
from board.live.presence import PRESENCE_SECONDS, SCREEN_APPLIES_SECONDS, Presence, Said
from board.model import messages
from board.model.lookup import Similar
from board.model.models import Audience, Changes, Close, Post
from board.model.showing import all_screens
from board.process.supervisor import guarded

# An accepted post goes out at once when it is quiet; under load one frame carries all of this long.
GATHER_SECONDS = 0.005
# Votes and reactions: a viewer gets at most four frames a second.
GATHER_COUNTS_SECONDS = 0.25
BEAT_SECONDS = {ViewerKind.PHONE: 10.0, ViewerKind.SCREEN: 2.0, ViewerKind.STAGE: 2.0, ViewerKind.MODERATOR: 2.0}


class Channel:
    """`clock` counts seconds and never goes back; `now` is the server's time in microseconds since 1970. `sockets_of_a_phone`:
    no more of one phone stay open, the oldest gives way; None: no limit."""

    def __init__(
        self, feed: Feed, clock: Callable[[], float], now: Callable[[], int], sockets_of_a_phone: int | None = None
    ) -> None:
        self.feed = feed
        self.sent = feed.cursor
        """The cursor up to which viewers got frames."""
        self.shards: dict[Audience, list[Shard]] = {audience: [] for audience in Audience}
        self.presence = Presence(clock, sockets_of_a_phone)
        self.similar = Similar()
        self.used_at = clock()
        self.closed = False
        """True: the hub has another channel for this board, or no channel."""
        self._clock, self._now = clock, now
        self._authors: dict[str, list[Viewer]] = {}
        self._sent_at: dict[ViewerKind, float] = {}
        self._changed_at = self._flushed_at = self._counts_flushed_at = 0.0
        self._flush_at: float | None = None
        self._flush_timer: asyncio.TimerHandle | None = None
        self.to_do: deque[Callable[[], None]] = deque()
        """Writing to one shard each; the first is at work."""

    def all_shards(self) -> list[Shard]:
        return [shard for shards in self.shards.values() for shard in shards]

    def viewers(self) -> list[Viewer]:
        return [viewer for shard in self.all_shards() for viewer in shard]

    @property
    def empty(self) -> bool:
        return not self.presence.counts.total()

    # -- viewers -----------------------------------------------------------------------------------------------

    def join(self, viewer: Viewer) -> None:
        """Authorises a viewer, registers it and brings it up to date, in one step: nothing can happen in between. Since it was
        let in, its link may have been taken back, and its board closed."""
        if self.closed:
            viewer.close(Close.RESTART, "come back")
            return
        if viewer.link_id is not None and viewer.link_id not in {link.id for link in self.feed.board.links}:
            viewer.close(Close.NOT_ALLOWED, "this link was taken back")
            return
        for participant in viewer.participants:
            self._authors.setdefault(participant, []).append(viewer)
        oldest = self.presence.join(viewer)
        resumes = viewer.cursor is not None and self.feed.knows(viewer.cursor, viewer.audience)
        self._roomy_shard(viewer.audience, viewer.screen).join(viewer)
        if resumes:  # no snapshot that says what time it is, and its own clock may have slept
            viewer.push(self._beat_frame())
        if self.presence.shown is not None:
            viewer.push(self._presence_frame(self.presence.shown, viewer.audience))
        if oldest is not None:
            self._dismiss(cast(Viewer, oldest), Close.TOO_SLOW, "this phone has too many windows open")

    def _roomy_shard(self, audience: Audience, screen: str) -> Shard:
        shards = self.shards[audience]
        for shard in shards:
            if shard.screen == screen and len(shard) < SHARD_VIEWERS:
                return shard
        new = Shard(self.feed, audience, screen)
        # Large screens first: a room waits for them, and a thousand phones take several milliseconds.
        shards.insert(0 if screen else len(shards), new)
        return new

    def leave(self, viewer: Viewer) -> None:
        if viewer.shard is None:
            return
        shard = viewer.shard
        shard.leave(viewer)
        if shard.screen and not len(shard):  # screens are made and removed while the board runs
            self.shards[shard.audience].remove(shard)
        self.presence.leave(viewer, self.feed.board.lease_seconds)
        for participant in viewer.participants:
            self._authors[participant].remove(viewer)
            if not self._authors[participant]:
                del self._authors[participant]
        self.used_at = self._clock()

    def stalled(self, viewer: Viewer) -> None:
        """The viewer's connection did not take all that was written."""
        if viewer.shard is not None:
            viewer.shard.stalled(viewer, self._clock())

    def _dismiss(self, viewer: Viewer, code: int, reason: str) -> None:
        self.leave(viewer)
        viewer.close(code, reason)

    def dismiss_all(self, code: int, reason: str) -> None:
        """Closes every connection. If one fails to close, the others still close."""
        dismiss = guarded("channel: closing a connection", self._dismiss)
        for viewer in self.viewers():
            dismiss(viewer, code, reason)

    def dismiss_revoked(self) -> None:
        """Links were taken back: what was opened by them closes."""
        valid = {link.id for link in self.feed.board.links}
        for viewer in self.viewers():
            if viewer.link_id is not None and viewer.link_id not in valid:
                self._dismiss(viewer, Close.NOT_ALLOWED, "this link was taken back")

    def close(self) -> None:
        """The hub keeps this channel no more."""
        self.closed = True
        self._stop_timer()

    # -- changes -----------------------------------------------------------------------------------------------

    def apply(self, changes: Changes, merged: bool = False) -> bool:
        """Takes in the next changes. False: they are of another epoch, or there is a gap before them. `merged`: of several
        commits, read at once."""
        old = {post.id: self.feed.posts.get(post.id) for post in changes.posts}
        if not self.feed.apply(changes):
            return False
        self.tell_authors(changes.posts, old, merged)
        if changes.board is not None:
            self.dismiss_revoked()
        return True

    def tell_authors(self, posts: Iterable[Post], old: Mapping[str, Post | None], merged: bool) -> None:
        """What became of their posts, where that is not as it was. `old`: the posts as they were known."""
        for post in posts:
            if self.feed.posts.get(post.id) is not post:
                continue  # a late message: the feed has the post as it is after that
            viewers = self._authors.get(post.participant)
            if viewers and _is_news(old.get(post.id), post, merged):
                frame = Frame(messages.mine_frame([post]))
                for viewer in viewers:
                    viewer.push(frame)

    def changed(self, at_once: bool = False) -> None:
        """Sees to it that viewers hear: at once when it is quiet, gathered when it is not; counts more slowly."""
        now = self._changed_at = self._clock()
        if at_once or self.feed.content_changed_since(self.sent.seq):
            due = max(now, self._flushed_at + GATHER_SECONDS)
        else:
            due = max(now, self._counts_flushed_at + GATHER_COUNTS_SECONDS)
        if self._flush_at is not None and self._flush_at <= due:
            return
        self._stop_timer()
        self._flush_at = due
        self._flush_timer = asyncio.get_running_loop().call_later(due - now, self._flush)

    def begin_again(self) -> None:
        """What viewers have seen is not what the store says: they come back, and get a snapshot as their seq is too high."""
        self.dismiss_all(Close.RESTART, "come back")
        self._stop_timer()
        self.sent = self.feed.cursor

    def _stop_timer(self) -> None:
        if self._flush_timer:
            self._flush_timer.cancel()
        self._flush_at = self._flush_timer = None

    def _flush(self) -> None:
        if self.to_do:  # some have not even got the last frame: gather a little longer
            self._flush_timer = asyncio.get_running_loop().call_later(GATHER_SECONDS, self._flush)
            return
        now = self._clock()
        self._flush_at = self._flush_timer = None
        self._flushed_at = self._counts_flushed_at = now
        self.sent = self.feed.cursor
        for kind in ViewerKind:
            self._sent_at[kind] = now
        self._by_turns([partial(self._flush_shard, shard) for shard in self.all_shards()])

    def _flush_shard(self, shard: Shard) -> None:
        shard.flush(self._clock())

    def _by_turns(self, parts: Sequence[Callable[[], None]]) -> None:
        """Writes to one shard now, and to the next after the event loop has done other work; each shard gets frames in
        order."""
        idle = not self.to_do
        self.to_do.extend(parts)
        if idle and parts:
            self._next_turn()

    def _next_turn(self) -> None:
        try:
            self.to_do[0]()
        finally:
            self.to_do.popleft()
            if self.to_do:
                asyncio.get_running_loop().call_soon(self._next_turn)

    def catch_up(self) -> None:
        """Brings slow viewers up to date, and closes those that have taken nothing for too long."""
        for shard in self.all_shards():
            shard.catch_up()
            for viewer in shard.stuck(self._clock()):
                self._dismiss(viewer, Close.TOO_SLOW, "too slow, come back")

    # -- presence and beats ------------------------------------------------------------------------------------

    def tell_presence(self, here: Said) -> None:
        """Sends viewers the number of phones, if it changed, and moderators the state of screens and voters."""
        for_all, for_moderators = self.presence.must_tell(here)
        shown = self.presence.shown
        assert shown is not None
        if for_all:
            self._send(Audience.PUBLIC, self._presence_frame(shown, Audience.PUBLIC))
        ids = [screen.id for screen in all_screens(self.feed.board)]
        self.feed.see(self.presence.standings(ids))
        if for_moderators:
            self._send(Audience.MODERATORS, self._presence_frame(shown, Audience.MODERATORS))

    def here(self) -> Said:
        """What this worker says of its viewers now."""
        return self.presence.here(self.sent.seq, self._clock() - self._changed_at < SCREEN_APPLIES_SECONDS)

    def _presence_frame(self, shown: Said, audience: Audience) -> Frame:
        if audience is Audience.PUBLIC:
            return Frame(messages.presence_frame(shown.online))
        screens = [{"id": one.id, "name": one.name} | self.feed.scenes.standing(one) for one in all_screens(self.feed.board)]
        return Frame(messages.presence_frame(shown.online, screens, shown.voters))

    def beat(self) -> None:
        """Sends a beat to viewers that got no frame for their time."""
        now, frame = self._clock(), self._beat_frame()
        due = {kind for kind in ViewerKind if now - self._sent_at.get(kind, 0.0) >= BEAT_SECONDS[kind] - PRESENCE_SECONDS / 2}
        for kind in due:
            self._sent_at[kind] = now
        if ViewerKind.PHONE in due:
            self._send(Audience.PUBLIC, frame)
        elif due & {ViewerKind.SCREEN, ViewerKind.STAGE}:
            self._by_turns([partial(self._to_screens, frame)])
        if ViewerKind.MODERATOR in due:
            self._send(Audience.MODERATORS, frame)

    def _send(self, audience: Audience, frame: Frame) -> None:
        """A frame that may be lost without harm."""
        self._by_turns([partial(shard.send, frame, self._clock()) for shard in self.shards[audience]])

    def _beat_frame(self) -> Frame:
        return Frame(messages.beat_frame(self.sent.seq, self._now()))

    def _to_screens(self, frame: Frame) -> None:
        for screen in self.presence.screens + self.presence.stages:
            if not screen.buffered:
                screen.push(frame)


def _is_news(was: Post | None, post: Post, merged: bool) -> bool:
    """Whether its author must hear of it. Several commits may hold there and back, and an author who came by another worker
    knows the state from between."""
    if was is None or _described(was) != _described(post):
        return True
    if (was.merged_into, was.joined) != (post.merged_into, post.joined):
        return True
    return merged and post.content_seq > was.content_seq


def _described(post: Post) -> tuple[object, ...]:
    """The message to the author of a post: its new state, and its answer. The channel sends it at once, also if
    the page does not show the post."""
    told = (post.state, post.reason, post.to, post.thanks, post.answered, post.answer, post.answer_translations)
    return told, post.owner, post.due, post.set_aside

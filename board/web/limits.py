"""Rate limits, and which clients share one. In this worker's memory; nothing is stored."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple

from board.model.models import BoardError, TooFast


@dataclass(frozen=True)
class Rate:
    """So many at once, then so many a second."""

    burst: float
    per_second: float


class Bucket(NamedTuple):
    """One measure: of what, whose, how much."""

    what: str
    who: str
    rate: Rate


# An attendee's own measures.
PARTICIPANT_POSTS = Rate(5, 1 / 5)
PARTICIPANT_MARKS = Rate(30, 1)
PARTICIPANT_LOOKUPS = Rate(30, 3)
# A cookie costs nothing, so an own measure would cost nothing either. The first phones of an address are taken at their word;
# those that come faster than this belong to a crowd: for an hour they share the crowd's measures, beside their own ones.
# A hall behind one address does not notice, a program that is a new phone each time does.
ORDINARY_COOKIES = Rate(60, 0.5)
CROWD_SECONDS = 3_600
CROWD_POSTS = Rate(200, 30)
CROWD_MARKS = Rate(1_500, 300)
CROWD_LOOKUPS = Rate(500, 60)
# For all of a board: more than the crowd and the ordinary phones of one address can spend, so that they never stop others.
BOARD_POSTS = Rate(600, 60)
BOARD_MARKS = Rate(4_000, 500)
BOARD_LOOKUPS = Rate(2_500, 300)
# Look-ups without a cookie: of one address together.
STRANGERS_LOOKUPS = Rate(30, 3)
# Votes on one board by phones that came less than a minute ago: to vote often, somebody must make many phones and wait.
NEW_PHONE_SECONDS = 60
NEW_PHONES_VOTES = Rate(300, 10)
# Wrong codes from one address. A room that mistypes does not get there; a program that tries them all does.
WRONG_CODES = Rate(300, 10)

# New boards in the browser. Where everybody may make them, an address has its own measure, and all of them together have more
# than one address can spend. A host's link has one as well: it may have fallen into wrong hands.
ADDRESS_BOARDS = Rate(5, 0.01)
SERVER_BOARDS = Rate(100, 0.2)
HOST_BOARDS = Rate(30, 0.1)
# Files that the holder of one organiser's link has read: each takes up to seconds of a processor.
LINK_FILES = Rate(60, 0.5)

FULL_AGAIN_SECONDS = 600.0
# Of one kind. To push old buckets out gains nothing: a phone with a new bucket is also limited by its crowd's bucket.
MAX_BUCKETS = 20_000


@dataclass(frozen=True)
class Phone:
    """What limits need to know of a phone whose cookie came back."""

    participant: str
    age_seconds: float
    crowd: str = ""
    """What the phones have in common that came too fast from one address; empty for an ordinary one."""

    @property
    def is_new(self) -> bool:
        return self.age_seconds < NEW_PHONE_SECONDS

    @property
    def in_crowd(self) -> bool:
        return bool(self.crowd) and self.age_seconds < CROWD_SECONDS


class Limiter:
    """Token buckets, bounded in number: the one unused for longest is forgotten first."""

    def __init__(self, enabled: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self._enabled = enabled
        self._clock = clock
        self._buckets: dict[str, dict[str, tuple[float, float]]] = {}

    def spend(self, *buckets: Bucket) -> None:
        """Takes one token of each bucket, or of no bucket. Raises `TooFast` with the time to wait."""
        if not self._enabled:
            return
        now = self._clock()
        left = [(bucket, self._tokens(bucket, now)) for bucket in buckets]
        wait = max((1 - tokens) / bucket.rate.per_second for bucket, tokens in left)
        if wait > 0:
            raise TooFast("too-fast", retry_after=wait, seconds=math.ceil(wait))
        for bucket, tokens in left:
            self._put(bucket, tokens - 1, now)

    def give_back(self, *buckets: Bucket) -> None:
        """Gives back what a refused request has spent."""
        if self._enabled:
            now = self._clock()
            for bucket in buckets:
                self._put(bucket, min(bucket.rate.burst, self._tokens(bucket, now) + 1), now)

    def spent(self, bucket: Bucket) -> bool:
        """Whether the next `spend` would be refused. Costs nothing."""
        return self._enabled and self._tokens(bucket, self._clock()) < 1

    def __len__(self) -> int:
        return sum(map(len, self._buckets.values()))

    def _tokens(self, bucket: Bucket, now: float) -> float:
        tokens, then = self._buckets.get(bucket.what, {}).get(bucket.who, (bucket.rate.burst, now))
        return min(bucket.rate.burst, tokens + (now - then) * bucket.rate.per_second)

    def _put(self, bucket: Bucket, tokens: float, now: float) -> None:
        same = self._buckets.setdefault(bucket.what, {})
        same.pop(bucket.who, None)
        same[bucket.who] = (tokens, now)  # last touched, last in the dict
        for buckets in self._buckets.values():  # what nobody touched for so long is full again
            while buckets and now - next(iter(buckets.values()))[1] > FULL_AGAIN_SECONDS:
                del buckets[next(iter(buckets))]
        if len(same) > MAX_BUCKETS:
            del same[next(iter(same))]


class Limits:
    """The rules. Raise `TooFast`; to be asked when everything else has been checked."""

    def __init__(self, limiter: Limiter) -> None:
        self._limiter = limiter

    @contextmanager
    def post(self, phone: Phone, board_id: int) -> Iterator[None]:
        """Around storing a post: what others share is given back where the board refuses it."""
        own = Bucket("post", phone.participant, PARTICIPANT_POSTS)
        with self._spending(own, *self._shared("posts", phone, board_id, CROWD_POSTS, BOARD_POSTS)):
            yield

    @contextmanager
    def mark(self, phone: Phone, board_id: int, *, votes: bool = False) -> Iterator[None]:
        """Around a vote, a reaction, a name, a change of an own post."""
        own = Bucket("mark", phone.participant, PARTICIPANT_MARKS)
        shared = self._shared("marks", phone, board_id, CROWD_MARKS, BOARD_MARKS)
        if votes and phone.is_new:
            shared.append(Bucket("new phones' votes", str(board_id), NEW_PHONES_VOTES))
        with self._spending(own, *shared):
            yield

    def look_up(self, phone: Phone | None, place: str, board_id: int) -> None:
        """Names and similar questions while somebody types. Without a phone: somebody whose cookie did not come back."""
        if phone is None:
            self._limiter.spend(Bucket("strangers' look-ups", place, STRANGERS_LOOKUPS))
            return
        own = Bucket("look-up", phone.participant, PARTICIPANT_LOOKUPS)
        self._limiter.spend(own, *self._shared("look-ups", phone, board_id, CROWD_LOOKUPS, BOARD_LOOKUPS))

    def is_crowded(self, place: str) -> bool:
        """Whether one more phone from this address is one too many to have measures of its own alone."""
        try:
            self._limiter.spend(Bucket("cookie", place, ORDINARY_COOKIES))
        except TooFast:
            return True
        return False

    def is_guessing(self, place: str) -> bool:
        """Whether too many wrong codes came from this address."""
        return self._limiter.spent(Bucket("code", place, WRONG_CODES))

    def guess(self, place: str) -> None:
        """A wrong code came from this address."""
        self._limiter.spend(Bucket("code", place, WRONG_CODES))

    @contextmanager
    def open_board(self, place: str) -> Iterator[None]:
        """Around making a board where everybody may: what addresses share is given back where it is refused."""
        own = Bucket("board", place, ADDRESS_BOARDS)
        with self._spending(own, Bucket("boards", "", SERVER_BOARDS)):
            yield

    def host_board(self, host_id: str) -> None:
        """A board that a host makes."""
        self._limiter.spend(Bucket("host's board", host_id, HOST_BOARDS))

    def read_file(self, link_id: str) -> None:
        """A file of an organiser, read or read again."""
        self._limiter.spend(Bucket("files", link_id, LINK_FILES))

    @staticmethod
    def _shared(what: str, phone: Phone, board_id: int, crowd: Rate, board: Rate) -> list[Bucket]:
        shared = [Bucket(what, str(board_id), board)]
        if phone.in_crowd:
            shared.append(Bucket(f"crowd's {what}", f"{board_id} {phone.crowd}", crowd))
        return shared

    @contextmanager
    def _spending(self, own: Bucket, *shared: Bucket) -> Iterator[None]:
        self._limiter.spend(own, *shared)
        try:
            yield
        except BoardError:
            self._limiter.give_back(*shared)
            raise

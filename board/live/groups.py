"""Which posts of a board a snapshot shows: the newest of each sort, in number and in bytes, and of the older open questions
those with the most votes. Pure."""

from __future__ import annotations

import copy
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from functools import cache
from typing import Self

from board.data.queries import Group, Loaded, Rank, rank
from board.model import views
from board.model.models import Audience, Kind, Post, State

# What a snapshot shows of each group at the most: so many, and so many bytes. All of it is under 1 MiB.
CARDS_SHOWN = 200
PINNED_SHOWN = 100
# Together 500: the newest questions, and of those before them the ones that the room wants most. By time alone, somebody
# with many phones could push the question with a hundred votes off all pages.
OPEN_SHOWN = 450
VOTED_SHOWN = 50
WAITING_SHOWN = 500
ANSWERED_SHOWN = 100
HELD_SHOWN = 200
WITHDRAWN_SHOWN = 100
GROUP_KIB = {
    Group.CARDS: 340,
    Group.PINNED: 48,
    Group.OPEN: 270,
    Group.VOTED: 30,
    Group.ANSWERED: 56,
    Group.WAITING: 96,
    Group.HELD: 48,
    Group.WITHDRAWN: 32,
}
# What a post weighs beyond its words: ids, times, counts, the names of fields.
POST_BYTES = 380


def groups_of(post: Post) -> frozenset[Group]:
    return _groups_of(post.kind, post.state, post.pinned, post.answered)


@cache
def _groups_of(kind: Kind, state: State, pinned: bool, answered: bool) -> frozenset[Group]:
    """Two hundred posts are taken in at once, and the answers are few."""
    match state:
        case State.PENDING:
            return frozenset({Group.WAITING})
        case State.HIDDEN | State.REJECTED:
            return frozenset({Group.HELD})
        case State.WITHDRAWN:
            return frozenset({Group.WITHDRAWN})
    if kind is Kind.CARD:
        return frozenset({Group.CARDS, Group.PINNED} if pinned else {Group.CARDS})
    return frozenset({Group.ANSWERED} if answered else {Group.OPEN, Group.VOTED})


GROUPS_SEEN = {
    Audience.PUBLIC: (Group.CARDS, Group.PINNED, Group.OPEN, Group.VOTED, Group.ANSWERED),
    Audience.MODERATORS: tuple(Group),
}


class Members:
    """The posts of one group from some time on, oldest first, in a bounded number of bytes: beyond it the oldest are let go as
    if they had not been loaded. A snapshot shows the newest `limit` of them."""

    def __init__(self, limit: int, budget: int, since: int) -> None:
        self.limit = limit
        self.since = since
        self._budget = budget
        self._bytes = 0
        self._sizes: dict[str, int] = {}
        self._order: list[tuple[int, str]] = []

    def forked(self) -> Self:
        """A copy with the present contents."""
        fork = copy.copy(self)
        fork._sizes, fork._order = self._sizes.copy(), self._order.copy()
        return fork

    def __len__(self) -> int:
        return len(self._order)

    @property
    def shown(self) -> list[tuple[int, str]]:
        """Time and id of each, oldest first."""
        return self._order[-self.limit :]

    def add(self, post: Post) -> None:
        if post.created_at >= self.since:  # between older ones there may be some that we don't have
            insort(self._order, (post.created_at, post.id))
            self._weigh(post)

    def change(self, post: Post) -> None:
        """It was here and stays; its words may be others."""
        if post.id in self._sizes:
            self._bytes -= self._sizes.pop(post.id)
            self._weigh(post)

    def _weigh(self, post: Post) -> None:
        self._sizes[post.id] = size = _size(post)
        self._bytes += size
        while self._bytes > self._budget and self._order:
            created_at, post_id = self._order.pop(0)
            self._bytes -= self._sizes.pop(post_id)
            self.since = max(self.since, created_at + 1)

    def remove(self, post: Post) -> None:
        at = bisect_left(self._order, (post.created_at, post.id))
        if self._order[at : at + 1] == [(post.created_at, post.id)]:
            del self._order[at]
            self._bytes -= self._sizes.pop(post.id)

    def forget(self, post: Post) -> None:
        """The post still belongs here, but we won't have it any more; nor those older than it, or there would be a hole before
        them, and they would be shown in its place."""
        self.since = max(self.since, post.created_at + 1)
        older = bisect_left(self._order, (self.since, ""))
        for _, post_id in self._order[:older]:
            self._bytes -= self._sizes.pop(post_id)
        del self._order[:older]

    def lacks(self, reserve: int) -> bool:
        """Whether fewer than these are left beyond those shown, though there are older ones, and room for them."""
        return self.since > 0 and len(self._order) < self.limit + reserve and self._bytes < self._budget * 3 // 4

    @property
    def more(self) -> bool:
        """Whether there are others than those shown."""
        return self.since > 0 or len(self._order) > self.limit


class MostVoted(Members):
    """The open questions that are ranked above some place, by votes. A snapshot shows the first `limit` of those that are
    not among the newest, in a bounded number of bytes."""

    def __init__(self, limit: int, budget: int, above: Rank | tuple[()], newest: Members) -> None:
        super().__init__(limit, budget, 0)
        self._above: Rank | tuple[()] = above
        self._newest = newest
        self._ranks: dict[str, Rank] = {}
        self._ranking: list[Rank] = []

    def beside(self, newest: Members) -> MostVoted:
        """As `forked`, with another group of the newest."""
        fork = self.forked()
        fork._newest, fork._ranks, fork._ranking = newest, self._ranks.copy(), self._ranking.copy()
        return fork

    def __len__(self) -> int:
        return len(self._ranking)

    @property
    def shown(self) -> list[tuple[int, str]]:
        """Time and id of each, the one with the fewest votes first."""
        taken: list[tuple[int, str]] = []
        bytes_left = self._budget
        for entry in self._older():
            bytes_left -= self._sizes[entry[1]]
            if len(taken) == self.limit or bytes_left < 0:
                break
            taken.append(entry)
        return taken[::-1]

    def _older(self) -> Iterator[tuple[int, str]]:
        """Those that are not among the newest, the one with the most votes first."""
        newest = self._newest.shown
        if not self._above and len(newest) == len(self._ranking):
            return  # they are all among the newest: every board but the largest
        within = set(newest)
        for _, created_at, post_id in reversed(self._ranking):
            if (created_at, post_id) not in within:
                yield created_at, post_id

    def add(self, post: Post) -> None:
        place = rank(post)
        if place > self._above:  # among those below there may be some that we don't have
            insort(self._ranking, place)
            self._ranks[post.id] = place
            self._sizes[post.id] = _size(post)

    def change(self, post: Post) -> None:
        self.remove(post)
        self.add(post)

    def remove(self, post: Post) -> None:
        place = self._ranks.pop(post.id, None)
        if place is not None:
            del self._ranking[bisect_left(self._ranking, place)]
            del self._sizes[post.id]

    def forget(self, post: Post) -> None:
        """Nor have we those with fewer votes any more: they would be shown in its place."""
        if rank(post) > self._above:
            self._above = rank(post)
        below = bisect_right(self._ranking, self._above)
        for _, _, post_id in self._ranking[:below]:
            del self._ranks[post_id], self._sizes[post_id]
        del self._ranking[:below]

    def lacks(self, reserve: int) -> bool:
        if not self._above:
            return False
        bytes_left, wanted = self._budget, self.limit + reserve
        for _, post_id in self._older():
            bytes_left -= self._sizes[post_id]
            wanted -= 1
            if bytes_left < 0 or not wanted:
                return False
        return True

    @property
    def more(self) -> bool:
        return bool(self._above) or sum(1 for _ in self._older()) > len(self.shown)


def _size(post: Post) -> int:
    """About the bytes of a post in a frame for moderators, who see the most of it; never fewer."""
    words = (post.text, post.answer, post.reason, post.author_name, post.author_team, post.to, post.moderated_by, post.session)
    return len(views.encode((words, post.answer_translations))) + 16 * len(post.to) + POST_BYTES


def empty_groups(loaded: Loaded) -> dict[Group, Members]:
    """A place for the posts of each sort, as large as a snapshot may show."""
    limits = {
        Group.CARDS: CARDS_SHOWN,
        Group.PINNED: PINNED_SHOWN,
        Group.OPEN: OPEN_SHOWN,
        Group.WAITING: WAITING_SHOWN,
        Group.ANSWERED: ANSWERED_SHOWN,
        Group.HELD: HELD_SHOWN,
        Group.WITHDRAWN: WITHDRAWN_SHOWN,
    }
    groups = {group: Members(limit, GROUP_KIB[group] * 1024, loaded.since[group]) for group, limit in limits.items()}
    voted_bytes = GROUP_KIB[Group.VOTED] * 1024
    return groups | {Group.VOTED: MostVoted(VOTED_SHOWN, voted_bytes, loaded.voted_above, groups[Group.OPEN])}


def forked(groups: dict[Group, Members]) -> dict[Group, Members]:
    """All of them once more, as they are now."""
    forks = {group: members.forked() for group, members in groups.items()}
    voted = groups[Group.VOTED]
    assert isinstance(voted, MostVoted)
    return forks | {Group.VOTED: voted.beside(forks[Group.OPEN])}

"""All groups of a board: what a snapshot shows of each, and what comes into sight where posts leave. Pure."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from itertools import islice

from board.data.queries import Group, Loaded
from board.live.groups import GROUPS_SEEN, empty_groups, forked, groups_of
from board.model.models import Audience, Post

_NOWHERE: frozenset[Group] = frozenset()


class Window:
    """`posts` belongs to the feed, by id. The feed calls `changed` for each post that changed, `forget` for each that it lets
    go."""

    def __init__(self, loaded: Loaded, posts: Mapping[str, Post]) -> None:
        self._posts = posts
        self._groups = empty_groups(loaded)
        for post in posts.values():
            self.changed(None, post)

    # -- taking in what changed --------------------------------------------------------------------------------

    def changed(self, was: Post | None, now: Post) -> None:
        belonged, belongs = groups_of(was) if was is not None else _NOWHERE, groups_of(now)
        for group in belonged - belongs:
            self._groups[group].remove(now)
        for group in belongs - belonged:
            self._groups[group].add(now)
        if was is not now:
            for group in belongs & belonged:
                self._groups[group].change(now)

    def forget(self, post: Post) -> None:
        """The post itself has not changed, but the feed no longer holds it."""
        for group in groups_of(post):
            self._groups[group].forget(post)

    def forked(self, posts: Mapping[str, Post]) -> Window:
        """Another one, as this is now, of a feed with these posts."""
        fork = copy.copy(self)
        fork._posts, fork._groups = posts, forked(self._groups)
        return fork

    def lacks(self, reserve: int, audience: Audience = Audience.MODERATORS) -> bool:
        """Whether a group of this audience holds fewer than so many spare posts, although the store has older ones."""
        return any(self._groups[group].lacks(reserve) for group in GROUPS_SEEN[audience])

    # -- giving out --------------------------------------------------------------------------------------------

    def of(self, group: Group) -> list[Post]:
        """What is shown of it: oldest first, or fewest votes first."""
        return [self._posts[post_id] for _, post_id in self._groups[group].shown]

    def entries(self, audience: Audience) -> set[tuple[int, str]]:
        """Time and id of all shown posts."""
        return {entry for group in GROUPS_SEEN[audience] for entry in self._groups[group].shown}

    @property
    def more(self) -> bool:
        """Whether there are cards or open questions that are not shown."""
        return self._groups[Group.CARDS].more or self._groups[Group.VOTED].more

    def uncovered(self, left: list[Post], audience: Audience) -> Iterable[Post]:
        """When posts leave a full group, older ones come into sight: they are older than the cursor, so no row says so.
        At most as many came as left; to send a viewer a post that it has already changes nothing."""
        for group in GROUPS_SEEN[audience]:
            members = self._groups[group]
            if group is Group.VOTED or len(members) + len(left) <= members.limit:
                continue
            shown = members.shown
            within = set(shown)
            uncovered = len(shown) + sum((post.created_at, post.id) not in within for post in left) - members.limit
            for _, post_id in shown[: max(0, uncovered)]:
                yield self._posts[post_id]

    def next_voted(self, fallen: list[Post], sent: Mapping[str, object]) -> list[Post]:
        """`fallen`: questions that changed and are not (now) among those with the most votes. For each of them that was,
        another one came into sight: one with fewer votes than the rest, or one that changed itself and is in the frame
        already."""
        if not fallen:
            return []
        newest = set(self._groups[Group.OPEN].shown)
        places = sum((post.created_at, post.id) not in newest for post in fallen)
        unsent = (post for post in self.of(Group.VOTED) if post.id not in sent)
        return list(islice(unsent, places))

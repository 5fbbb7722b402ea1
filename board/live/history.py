"""The posts of one board in the order in which they changed last. Pure."""

from __future__ import annotations

import copy
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import islice

from board.model.models import Post

# Entries of rows that changed again since; they are thrown out when there are so many more than posts.
OLD_ENTRIES = 1_000


class History:
    """`posts` belongs to the feed, by id; the feed calls `changed` for each post that changed."""

    def __init__(self, posts: dict[str, Post]) -> None:
        self._posts = posts
        self.sort()

    def sort(self) -> None:
        """Begins again from the posts as they are."""
        self._by_seq = sorted((post.seq, post.id) for post in self._posts.values())

    def forked(self, posts: dict[str, Post]) -> History:
        """Another one, as this is now, of a feed with these posts."""
        fork = copy.copy(self)
        fork._posts, fork._by_seq = posts, self._by_seq.copy()
        return fork

    def changed(self, posts: Iterable[Post]) -> None:
        for post in posts:
            entry = (post.seq, post.id)
            if not self._by_seq or entry > self._by_seq[-1]:
                self._by_seq.append(entry)
        if len(self._by_seq) > 2 * len(self._posts) + OLD_ENTRIES:
            self._by_seq = [entry for entry in self._by_seq if self._is_latest(entry)]

    def since(self, seq: int) -> int:
        """How many posts at the most changed after it."""
        return len(self._by_seq) - bisect_right(self._by_seq, (seq, "\uffff"))

    def after(self, seq: int) -> Iterator[Post]:
        """The posts that changed after it, the latest last."""
        start = bisect_right(self._by_seq, (seq, "\uffff"))
        return (self._posts[entry[1]] for entry in islice(self._by_seq, start, None) if self._is_latest(entry))

    def _is_latest(self, entry: tuple[int, str]) -> bool:
        post = self._posts.get(entry[1])
        return post is not None and post.seq == entry[0]

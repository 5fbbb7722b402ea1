"""Totals as the store keeps them, without a database: each change moves them, and nothing is counted again."""

from __future__ import annotations

from board.model.totals import Counted, Key, Moves, Totals, distinct


class Tallied:
    """`totals`: the counts that a page gets."""

    def __init__(self) -> None:
        self.now: dict[str, Counted] = {}
        self.totals = Totals({})
        self.counts: dict[Key, int] = {}

    def change(self, *posts: Counted) -> None:
        """In one transaction."""
        moves = Moves()
        for post in posts:
            if post.id in self.now:
                moves.go(self.now[post.id])
            moves.come(post)
            self.now[post.id] = post
        made = moves.made()
        moved = self._moved(made)
        moved |= self._moved(distinct(made, moved))
        self.counts = {key: count for key, count in (self.counts | moved).items() if count}
        self.totals.take(moved)

    def _moved(self, moves: dict[Key, int]) -> dict[Key, int]:
        return {key: self.counts.get(key, 0) + move for key, move in moves.items()}

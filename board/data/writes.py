"""The changes of the commands of one batch, and the SQL that writes them: one statement for each kind of row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, delete, insert, tuple_, update

from board.data import rows, schema, search
from board.data.outbox import Outbox
from board.data.reads import VOTE, Mark, Stored
from board.data.tallies import Tallying
from board.model.models import Participant, Post
from board.model.totals import Counted, counted

_advance_board = (
    update(schema.boards)
    .where(schema.boards.c.id == bindparam("b"))
    .values({name: bindparam(name) for name in ("seq", "last_post_at", "tallied_seq")})
)
_insert_posts = insert(schema.posts)
# Recipients and `folded` change seldom and have a statement of their own: votes and reactions are many, and would write both,
# and their indexes, again each time.
_UNCHANGED = ("board_id", "id", "kind", "created_at", "to", "folded")
_update_posts = (
    update(schema.posts)
    .where(schema.posts.c.board_id == bindparam("b"), schema.posts.c.id == bindparam("i"))
    .values({c.name: bindparam(c.name) for c in schema.posts.columns if c.name not in _UNCHANGED})
)
_update_searched = (
    update(schema.posts)
    .where(schema.posts.c.board_id == bindparam("b"), schema.posts.c.id == bindparam("i"))
    .values(to=bindparam("t"), folded=bindparam("f"))
)
_delete_votes = delete(schema.votes).where(
    schema.votes.c.board_id == bindparam("b"),
    schema.votes.c.post_id == bindparam("p"),
    schema.votes.c.participant == bindparam("w"),
)
_delete_reactions = delete(schema.reactions).where(
    schema.reactions.c.board_id == bindparam("b"),
    schema.reactions.c.post_id == bindparam("p"),
    schema.reactions.c.participant == bindparam("w"),
    schema.reactions.c.key == bindparam("k"),
)


class Overlay:
    """Changes of one command, or of all accepted ones."""

    def __init__(self, seq: int, last_post_at: int) -> None:
        self.seq = seq
        self.last_post_at = last_post_at
        self.posts: dict[str, Post] = {}
        self.participants: dict[str, Participant] = {}
        self.marks: dict[Mark, bool] = {}
        self.came_at: dict[str, int] = {}
        self.audit: list[dict[str, Any]] = []
        self.settings: dict[str, Any] = {}
        self.settings_changed = False
        self.sessions: dict[str, dict[str, Any]] = {}
        self.sessions_changed = False
        self.numbered: dict[str, Counted] = {}
        """Posts that were changed by SQL, as they were counted before."""
        self.is_gap = False
        """SQL changed posts: the message about the commit leaves them out, so that workers see a gap."""

    def take(self, own: Overlay) -> None:
        """Takes over the changes of an accepted command."""
        self.seq, self.last_post_at = own.seq, own.last_post_at
        self.posts |= own.posts
        self.participants |= own.participants
        self.marks |= own.marks
        self.came_at |= own.came_at
        self.audit += own.audit
        self.settings |= own.settings
        self.settings_changed |= own.settings_changed
        for session_id, changes in own.sessions.items():
            self.sessions[session_id] = self.sessions.get(session_id, {}) | changes
        self.sessions_changed |= own.sessions_changed
        self.numbered = own.numbered | self.numbered
        self.is_gap |= own.is_gap


class Writer:
    """Writes to one board. Whether a row is inserted or updated depends on what is stored."""

    def __init__(self, connection: Connection, board_id: int, stored: Stored, tallying: Tallying, outbox: Outbox) -> None:
        self._connection = connection
        self.tallying, self._outbox = tallying, outbox
        self._board_id = board_id
        self._stored = stored

    def write(self, base: Overlay, before: int) -> None:
        """Writes what the accepted commands did, each change once: SQL of a later command has the last word.
        The posts stay, to be published at the end. `before`: the seq in the database when the batch began."""
        if base.numbered:  # before other commands change them once more
            self._tally_numbered(base.numbered)
        self._write_posts([post for post in base.posts.values() if self._stored.posts.get(post.id) is not post])
        self._stored.posts |= base.posts
        self._write_marks(base.marks, base.came_at)
        self._stored.marks |= base.marks
        self._write_participants(list(base.participants.values()))
        self._stored.participants |= base.participants
        if base.audit:
            self._connection.execute(insert(schema.audit), base.audit)
        if base.seq != before:
            self._write_board(base)
        if base.sessions:
            self._stored.sessions = None
        base.marks, base.came_at, base.participants, base.audit, base.settings, base.sessions = {}, {}, {}, [], {}, {}
        base.numbered = {}

    def number(self, own: Overlay, posts: Sequence[str]) -> None:
        """A command changes these posts by SQL of its own: how they were counted before is kept, and they are read again."""
        self._stored.drop(posts)
        own.numbered = self.tallying.read(posts) | own.numbered

    def finish(self, base: Overlay, before: int) -> None:
        """Writes what is left, and the totals of all that the batch wrote."""
        self.write(base, before)
        if base.seq != before:
            self.tallying.settle()
            self._outbox.settle(base.seq)

    def _tally_numbered(self, was: dict[str, Counted]) -> None:
        for post_id, now in self.tallying.read(was).items():
            self.tallying.change(was.get(post_id), now)

    def _write_posts(self, posts: Sequence[Post]) -> None:
        new, old, searched = [], [], []
        for post in posts:
            values, stored = rows.post_values(self._board_id, post), self._stored.posts.get(post.id)
            self.tallying.change(counted(stored) if stored else None, counted(post))
            self._outbox.post(stored, post)
            if stored is None:
                new.append(values | {"folded": search.folded(search.searched(post))})
                continue
            old.append(values)
            if (words := search.searched(post)) != search.searched(stored):
                searched.append({"b": self._board_id, "i": post.id, "t": values["to"], "f": search.folded(words)})
        if new:
            self._connection.execute(_insert_posts, new)
        if searched:
            self._connection.execute(_update_searched, searched)
        if old:
            for values in old:
                values["b"], values["i"] = values.pop("board_id"), values.pop("id")
                del values["kind"], values["created_at"], values["to"]
            self._connection.execute(_update_posts, old)

    def _write_marks(self, marks: dict[Mark, bool], came_at: dict[str, int]) -> None:
        changed = {mark: on for mark, on in marks.items() if on != self._stored.marks.get(mark, False)}
        added: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
        taken: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
        for (post_id, participant, key), on in changed.items():
            if on:
                row = {"board_id": self._board_id, "post_id": post_id, "participant": participant}
                added[key == VOTE].append(row | ({"came_at": came_at.get(participant, 0)} if key == VOTE else {"key": key}))
            else:
                row = {"b": self._board_id, "p": post_id, "w": participant}
                taken[key == VOTE].append(row if key == VOTE else row | {"k": key})
        for is_vote, table, delete_rows in ((True, schema.votes, _delete_votes), (False, schema.reactions, _delete_reactions)):
            if added[is_vote]:
                self._connection.execute(insert(table), added[is_vote])
            if taken[is_vote]:
                self._connection.execute(delete_rows, taken[is_vote])

    def _write_participants(self, participants: Sequence[Participant]) -> None:
        if not participants:
            return
        table = schema.participants
        keys = [(self._board_id, participant.id) for participant in participants]
        self._connection.execute(delete(table).where(tuple_(table.c.board_id, table.c.id).in_(keys)))
        self._connection.execute(
            insert(table),
            [msgspec.structs.asdict(participant) | {"board_id": self._board_id} for participant in participants],
        )

    def _write_board(self, base: Overlay) -> None:
        head = {"seq": base.seq, "last_post_at": base.last_post_at, "tallied_seq": base.seq}
        self._connection.execute(_advance_board, {"b": self._board_id, **head})
        values: dict[str, Any] = rows.board_values(**base.settings)
        if base.settings_changed:
            values["settings_seq"] = base.seq
        if base.sessions_changed:
            values["sessions_seq"] = base.seq
        if values:
            self._connection.execute(update(schema.boards).where(schema.boards.c.id == self._board_id).values(**values))
        table = schema.sessions
        for session_id, changes in base.sessions.items():
            self._connection.execute(
                update(table)
                .where(table.c.board_id == self._board_id, table.c.id == session_id)
                .values(**rows.session_changes(changes))
            )

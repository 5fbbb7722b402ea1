"""What commands of one batch did to one board, kept in memory until the batch is written.

A command reads through the transaction and changes models here; the database is touched once per batch. A command that is
refused has changed nothing, because its changes go to an overlay that is dropped. That does the work of a savepoint per
command at a fraction of its price (docs/architecture.md, "Group commit"). Only a command with SQL of its own gets one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, NestedTransaction, bindparam

from board.data import rows, schema
from board.data.address import Outdated
from board.data.outbox import Outbox
from board.data.reads import VOTE, Mark, Reads, Stored
from board.data.tallies import Tallying
from board.data.writes import Overlay, Writer
from board.model.models import Actor, Board, Changes, Forbidden, NotFound, Participant, Person, Post, Reaction, Session
from board.model.showing import spotlit

_lock_board = rows.select_boards.where(schema.boards.c.id == bindparam("board_id")).with_for_update()


class Transaction:
    """One board, locked, in one database transaction.

    `now` is microseconds since 1970, the same for the whole batch, for what is shown. `seconds_since(then)` decides
    whether a time is over: a system clock that jumps does not change it (see `clock`).
    """

    def __init__(self, connection: Connection, board_id: int, now: int, seconds_since: Callable[[int], float]) -> None:
        row = connection.execute(_lock_board, {"board_id": board_id}).one_or_none()
        if row is None:
            raise NotFound("board-gone") from Outdated()
        self._connection = connection
        self._savepoint: NestedTransaction | None = None
        self.now = now
        self.seconds_since = seconds_since
        self.board = rows.board_from(row)
        self._before = self.board.seq
        self._base = Overlay(row.seq, row.last_post_at)
        self._own = self._base
        self._stored = Stored(connection, board_id)
        self.outbox = Outbox(connection, board_id, self.board.code, now, row.hooked)
        tallying = Tallying(connection, board_id, true=row.tallied_seq == row.seq)
        self._writer = Writer(connection, board_id, self._stored, tallying, self.outbox)

    # -- one command -------------------------------------------------------------------------------------------

    def begin(self) -> None:
        self._own = Overlay(self._base.seq, self._base.last_post_at)

    @property
    def connection(self) -> Connection:
        """For SQL that a command runs itself, on rows that the transaction does not keep: links, the roster, the agenda.

        The first use in a command writes what the commands before it did, so that the SQL sees that, and then sets a savepoint,
        because an overlay cannot drop what SQL did. A command that does not use it pays for neither.
        """
        if self._savepoint is None:
            self._writer.write(self._base, self._before)
            self._savepoint = self._connection.begin_nested()
        return self._connection

    def refuse(self) -> None:
        """Nothing of the command stays."""
        self._own = self._base
        if self._savepoint is not None:
            self._savepoint.rollback()
            self._savepoint = None
            self._stored.forget(self._base.posts, self._base.marks)

    def accept(self) -> None:
        own = self._own
        self._base.take(own)
        if own.settings:
            self.board = msgspec.structs.replace(self.board, **own.settings)
        if self._savepoint is not None:
            self._savepoint.commit()
            self._savepoint = None
            self._stored.forget(self._base.posts, self._base.marks)

    # -- reading -----------------------------------------------------------------------------------------------

    def read_ahead(self, wanted: Iterable[Reads]) -> None:
        """Reads what these commands will ask for, each table once."""
        self._stored.read_ahead(wanted)

    def post(self, post_id: str) -> Post | None:
        """The post as this transaction sees it."""
        for posts in (self._own.posts, self._base.posts):
            if post_id in posts:
                return posts[post_id]
        if post_id not in self._stored.posts:
            self._stored.read_posts({post_id})
        return self._stored.posts[post_id]

    def is_to_be_written(self, post_id: str) -> bool:
        """Whether a command of this batch changes the post by the transaction: by SQL it would not be changed for good."""
        return post_id in self._own.posts or post_id in self._base.posts

    def posts_of(self, participant_id: str, at_most: int) -> list[Post]:
        """The posts of one participant, newest first, as this transaction sees them."""
        stored = self._stored.newest_of(participant_id, at_most)
        changed = self._base.posts | self._own.posts
        self._stored.read_posts(stored - self._stored.posts.keys())
        posts = [post for post_id in stored | changed.keys() if (post := self.post(post_id))]
        own_posts = [post for post in posts if post.participant == participant_id]
        return sorted(own_posts, key=lambda post: (post.created_at, post.id), reverse=True)[:at_most]

    def participant(self, participant_id: str) -> Participant:
        """The participant, known or not yet."""
        for known in (self._own.participants, self._base.participants):
            if participant_id in known:
                return known[participant_id]
        if participant_id not in self._stored.participants:
            self._stored.read_participants({participant_id})
        return self._stored.participants[participant_id]

    def person(self, person_id: str) -> Person | None:
        """A person of the roster, with the phone that holds the name by now."""
        return next(iter(self.people(person_id)), None)

    def people(self, *ids: str) -> list[Person]:
        """The people of the roster with these ids, in this order, each with the phone that holds the name by now."""
        changed = self._base.participants | self._own.participants
        holders = {participant.person: participant.id for participant in changed.values() if participant.person}
        found = {person.id: person for person in rows.roster(self._connection, self.board.id, *ids)} if ids else {}
        for person in found.values():
            holder = holders.get(person.id, None if person.holder in changed else person.holder)
            found[person.id] = msgspec.structs.replace(person, holder=holder)
        return [found[person_id] for person_id in dict.fromkeys(ids) if person_id in found]

    @property
    def settings(self) -> Board:
        """The board with what this command has just changed of it."""
        return msgspec.structs.replace(self.board, **self._own.settings) if self._own.settings else self.board

    def session(self, session_id: str) -> Session | None:
        session = self._stored.session(session_id)
        if session is None:
            return None
        changed = self._base.sessions.get(session_id, {}) | self._own.sessions.get(session_id, {})
        return msgspec.structs.replace(session, **changed) if changed else session

    def marked(self, mark: Mark) -> bool:
        """Whether this participant has this vote or reaction on this post."""
        for marks in (self._own.marks, self._base.marks):
            if mark in marks:
                return marks[mark]
        if mark not in self._stored.marks:
            self._stored.read_marks({mark})
        return self._stored.marks[mark]

    def require_link(self, actor: Actor) -> None:
        """Roles are checked again where it counts: a link may have been taken back a moment ago."""
        if not self._stored.has_link(actor.link_id):
            raise Forbidden("link-revoked") from Outdated()

    # -- changing ----------------------------------------------------------------------------------------------

    def add_post(self, post: Post) -> Post:
        """Stores a new post; its seq and time are given here, so that their order is the order of commits."""
        self._own.seq += 1
        # A clock that jumps back must not put a new post below older ones.
        self._own.last_post_at = max(self.now, self._own.last_post_at + 1)
        post = msgspec.structs.replace(post, seq=self._own.seq, content_seq=self._own.seq, created_at=self._own.last_post_at)
        self._own.posts[post.id] = post
        return post

    def change_post(self, post: Post, **changes: Any) -> Post:
        """Changes what people read or see of a post. Its approval can then be undone no more, unless `changes` says so."""
        seq = self._stamp(post)
        changed = msgspec.structs.replace(post, **{"seq": seq, "content_seq": seq, "approved_at": None} | changes)
        self._own.posts[post.id] = changed
        return changed

    def vote(self, post: Post, participant: str, on: bool, came_at: int = 0) -> Post:
        """Sets or takes back a vote. `came_at`: when the participant's phone first came, in microseconds since 1970."""
        self._own.came_at[participant] = came_at
        return self.mark(post, participant, VOTE, on)

    def take_back_votes(self, since: int) -> tuple[list[Post], int]:
        """All votes of phones that came at `since` or later. Gives the posts that lost any, and how many votes they were."""
        self._writer.write(self._base, self._before)  # votes of this batch are votes, too
        votes = self._stored.votes_since(since)
        self._stored.read_posts({post_id for post_id, _, _ in votes} - self._stored.posts.keys())
        posts: dict[str, Post] = {}
        for post_id, participant, key in votes:
            post = self.post(post_id)
            assert post is not None
            posts[post_id] = self.mark(post, participant, key, False)
        return list(posts.values()), len(votes)

    def mark(self, post: Post, participant: str, key: str, on: bool) -> Post:
        """Sets or takes back a vote or a reaction. Repeating changes nothing, not even the seq."""
        mark = (post.id, participant, key)
        if self.marked(mark) == on:
            return post
        self._own.marks[mark] = on
        step = 1 if on else -1
        if key == VOTE:
            changed = msgspec.structs.replace(post, seq=self._stamp(post), votes=post.votes + step)
        else:
            reaction = Reaction(key)
            counts = post.reactions | {reaction: post.reactions.get(reaction, 0) + step}
            counts = {name: count for name, count in counts.items() if count > 0}
            changed = msgspec.structs.replace(post, seq=self._stamp(post), reactions=counts)
        self._own.posts[post.id] = changed
        return changed

    def thank(self, post: Post, thanks: dict[str, str]) -> None:
        """What everyone reads of the card stays as it is: it is numbered as by a reaction."""
        self._own.posts[post.id] = msgspec.structs.replace(post, seq=self._stamp(post), thanks=thanks)

    def number(self, posts: Sequence[str]) -> int:
        """The first of the seqs of these posts, which a command changes by SQL. They are too many for one message, so the
        message has a gap, and each worker reads the posts from the store."""
        self._writer.number(self._own, posts)
        self._own.seq += len(posts)
        self._own.is_gap |= bool(posts)
        return self._own.seq - len(posts) + 1

    def _stamp(self, post: Post) -> int:
        """A row that this batch has stamped already keeps its number: nobody can see the state in between, and so a
        thousand votes on one question cost one seq per commit."""
        if post.seq > self._before:
            return post.seq
        self._own.seq += 1
        return self._own.seq

    def put_participant(self, participant: Participant) -> None:
        self._own.participants[participant.id] = participant

    def change_board(self, **changes: Any) -> Board:
        """Changes settings or what screens show."""
        self._own.settings |= changes
        self.touch_board()
        return self.settings

    def touch_board(self) -> None:
        """Something that belongs to the board's settings changed elsewhere: a link, a muted participant."""
        if not (self._base.settings_changed or self._own.settings_changed):
            self._own.seq += 1
        self._own.settings_changed = True

    def change_session(self, session: Session, **changes: Any) -> Session:
        self._stamp_sessions()
        self._own.sessions[session.id] = self._own.sessions.get(session.id, {}) | changes
        return msgspec.structs.replace(session, **changes)

    def touch_sessions(self) -> None:
        """The agenda was changed elsewhere: by SQL."""
        self._stored.sessions = None
        self._stamp_sessions()

    def _stamp_sessions(self) -> None:
        if not (self._base.sessions_changed or self._own.sessions_changed):
            self._own.seq += 1
        self._own.sessions_changed = True

    def record(self, actor: str, action: str, post: Post | None = None, detail: str | None = None) -> None:
        """Writes a line of the audit trail, in the same transaction as the change."""
        line = {"board_id": self.board.id, "at": self.now, "actor": actor, "action": action}
        self._own.audit.append(line | {"post_id": post.id if post else None, "detail": detail})

    # -- writing -----------------------------------------------------------------------------------------------

    def flush(self) -> Changes | None:
        """Writes what the accepted commands did; the caller commits. None: nothing changed."""
        self._own = self._base
        self._writer.finish(self._base, self._before)
        return _changes(self, self._before, self._base) if self._base.seq != self._before else None


def _changes(transaction: Transaction, after: int, base: Overlay) -> Changes:
    """The message about a commit that follows `after`."""
    board, connection = transaction.board, transaction._connection
    if base.is_gap:
        return Changes(board.id, board.epoch, after=base.seq, to=base.seq)
    posts = dict(base.posts)
    full = rows.read_board(connection, board.id) if base.settings_changed else None
    for shown in spotlit(full) if full else ():
        # A viewer must be able to draw what a screen points at, however old it is.
        if post := transaction.post(shown):
            posts.setdefault(post.id, post)
    return Changes(
        board_id=board.id,
        epoch=board.epoch,
        after=after,
        to=base.seq,
        posts=sorted(posts.values(), key=lambda post: post.seq),
        board=full,
        sessions=rows.read_sessions(connection, board.id) if base.sessions_changed else None,
        tallies=transaction._writer.tallying.moved,
        recounted=transaction._writer.tallying.recounted,
    )

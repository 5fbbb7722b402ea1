"""What commands of one batch did to one board, kept in memory until the batch is written.

A command reads through the transaction and changes models here; the database is touched once per batch. A command that is
refused has changed nothing, because its changes go to an overlay that is dropped. That does the work of a savepoint per
command at a fraction of its price (docs/architecture.md, "Group commit"). Only a command that runs SQL itself gets one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, NestedTransaction, bindparam, delete, insert, select, tuple_, update

from board import rows, schema, search
from board.models import Actor, Board, Changes, Forbidden, NotFound, Participant, Person, Post, Reaction, Screen, Session

_lock_board = select(schema.boards).where(schema.boards.c.id == bindparam("board_id")).with_for_update()
_advance_board = (
    update(schema.boards)
    .where(schema.boards.c.id == bindparam("b"))
    .values(seq=bindparam("seq"), last_post_at=bindparam("last_post_at"))
)
_select_posts = rows.select_posts.where(
    schema.posts.c.board_id == bindparam("board_id"), schema.posts.c.id.in_(bindparam("ids", expanding=True))
)
_select_participants = select(schema.participants).where(
    schema.participants.c.board_id == bindparam("board_id"), schema.participants.c.id.in_(bindparam("ids", expanding=True))
)
_insert_posts = insert(schema.posts)
# `folded` changes seldom and has a statement of its own: votes are many, and would write it again each time.
_UNCHANGED = ("board_id", "id", "kind", "created_at", "folded")
_update_posts = (
    update(schema.posts)
    .where(schema.posts.c.board_id == bindparam("b"), schema.posts.c.id == bindparam("i"))
    .values({c.name: bindparam(c.name) for c in schema.posts.columns if c.name not in _UNCHANGED})
)
_update_folded = (
    update(schema.posts)
    .where(schema.posts.c.board_id == bindparam("b"), schema.posts.c.id == bindparam("i"))
    .values(folded=bindparam("f"))
)
_select_votes = select(schema.votes.c.post_id, schema.votes.c.participant).where(
    schema.votes.c.board_id == bindparam("board_id"),
    tuple_(schema.votes.c.post_id, schema.votes.c.participant).in_(bindparam("pairs", expanding=True)),
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
_select_reactions = select(schema.reactions.c.post_id, schema.reactions.c.participant, schema.reactions.c.key).where(
    schema.reactions.c.board_id == bindparam("board_id"),
    tuple_(schema.reactions.c.post_id, schema.reactions.c.participant).in_(bindparam("pairs", expanding=True)),
)

Mark = tuple[str, str, str]
"""Post id, participant id, and the reaction's key; a vote has the key `VOTE`."""
VOTE = "vote"


@dataclass(frozen=True)
class Reads:
    """What a command will ask for. Told beforehand, it is read for the whole batch at once."""

    posts: Sequence[str] = ()
    participants: Sequence[str] = ()
    marks: Sequence[Mark] = ()


NOTHING = Reads()


class _Overlay:
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


class Transaction:
    """One board, locked, in one database transaction.

    `now` is microseconds since 1970, the same for the whole batch, for what is shown. Whether a time is over is said by
    `seconds_since(then)`, which a clock that jumps does not move (see `clock`).
    """

    def __init__(self, connection: Connection, board_id: int, now: int, seconds_since: Callable[[int], float]) -> None:
        row = connection.execute(_lock_board, {"board_id": board_id}).one_or_none()
        if row is None:
            raise NotFound("This board is no longer here.")
        self._connection = connection
        self._savepoint: NestedTransaction | None = None
        self.now = now
        self.seconds_since = seconds_since
        self.board = rows.board_from(row)
        self._before = self.board.seq
        self._base = _Overlay(row.seq, row.last_post_at)
        self._own = self._base
        self._stored: dict[str, Post | None] = {}
        self._stored_participants: dict[str, Participant] = {}
        self._sessions: dict[str, Session] | None = None
        self._stored_marks: dict[Mark, bool] = {}

    # -- one command -------------------------------------------------------------------------------------------

    def begin(self) -> None:
        self._own = _Overlay(self._base.seq, self._base.last_post_at)

    @property
    def connection(self) -> Connection:
        """For SQL that a command runs itself, on rows that the transaction does not keep: links, the roster, the agenda.

        The first use in a command writes what the commands before it did, so that the SQL sees that, and then sets a savepoint,
        because an overlay cannot drop what SQL did. A command that does not use it pays for neither.
        """
        if self._savepoint is None:
            self._write()
            self._savepoint = self._connection.begin_nested()
        return self._connection

    def refuse(self) -> None:
        """Nothing of the command stays."""
        self._own = self._base
        if self._savepoint is not None:
            self._savepoint.rollback()
            self._forget()

    def accept(self) -> None:
        base, own = self._base, self._own
        base.seq, base.last_post_at = own.seq, own.last_post_at
        base.posts |= own.posts
        base.participants |= own.participants
        base.marks |= own.marks
        base.came_at |= own.came_at
        base.audit += own.audit
        base.settings |= own.settings
        base.settings_changed |= own.settings_changed
        for session_id, changes in own.sessions.items():
            base.sessions[session_id] = base.sessions.get(session_id, {}) | changes
        base.sessions_changed |= own.sessions_changed
        if own.settings:
            self.board = msgspec.structs.replace(self.board, **own.settings)
        if self._savepoint is not None:
            self._savepoint.commit()
            self._forget()

    def _forget(self) -> None:
        """Read again: what is known may be older than the command's SQL, or of rows that went with the savepoint. Of rows that
        are still to be written it stays known whether they are stored: the command's SQL does not touch them."""
        self._savepoint = None
        self._stored = {post_id: self._stored.get(post_id) for post_id in self._base.posts}
        self._stored_marks = {mark: self._stored_marks[mark] for mark in self._base.marks}
        self._stored_participants = {}
        self._sessions = None

    # -- reading -----------------------------------------------------------------------------------------------

    def read_ahead(self, wanted: Iterable[Reads]) -> None:
        """Reads what these commands will ask for, each table once."""
        posts: set[str] = set()
        participants: set[str] = set()
        marks: set[Mark] = set()
        for reads in wanted:
            posts.update(reads.posts)
            participants.update(reads.participants)
            marks.update(reads.marks)
        self._read_posts(posts)
        self._read_participants(participants)
        self._read_marks(marks)

    def post(self, post_id: str) -> Post | None:
        """The post as this transaction sees it."""
        for posts in (self._own.posts, self._base.posts):
            if post_id in posts:
                return posts[post_id]
        if post_id not in self._stored:
            self._read_posts({post_id})
        return self._stored[post_id]

    def posts_of(self, participant_id: str, at_most: int) -> list[Post]:
        """The posts of one participant, newest first, as this transaction sees them."""
        table = schema.posts
        own = select(table.c.id).where(table.c.board_id == self.board.id, table.c.participant == participant_id)
        stored = set(self._connection.execute(own.order_by(table.c.created_at.desc()).limit(at_most)).scalars())
        changed = self._base.posts | self._own.posts
        self._read_posts(stored - self._stored.keys())
        posts = [post for post_id in stored | changed.keys() if (post := self.post(post_id))]
        own_posts = [post for post in posts if post.participant == participant_id]
        return sorted(own_posts, key=lambda post: (post.created_at, post.id), reverse=True)[:at_most]

    def _read_posts(self, ids: set[str]) -> None:
        if not ids:
            return
        self._stored |= dict.fromkeys(ids)
        for row in self._connection.execute(_select_posts, {"board_id": self.board.id, "ids": list(ids)}):
            self._stored[row.id] = rows.post_from(row)

    def participant(self, participant_id: str) -> Participant:
        """The participant, known or not yet."""
        for known in (self._own.participants, self._base.participants):
            if participant_id in known:
                return known[participant_id]
        if participant_id not in self._stored_participants:
            self._read_participants({participant_id})
        return self._stored_participants[participant_id]

    def _read_participants(self, ids: set[str]) -> None:
        if not ids:
            return
        self._stored_participants |= {participant_id: Participant(participant_id) for participant_id in ids}
        for row in self._connection.execute(_select_participants, {"board_id": self.board.id, "ids": list(ids)}):
            self._stored_participants[row.id] = rows.participant_from(row)

    def person(self, person_id: str) -> Person | None:
        """Somebody of the roster, with who holds the name by now."""
        return next(iter(self.people(person_id)), None)

    def people(self, *ids: str) -> list[Person]:
        """Those of the roster with these ids, in this order, with who holds each name by now."""
        changed = self._base.participants | self._own.participants
        holders = {participant.person: participant.id for participant in changed.values() if participant.person}
        found = {person.id: person for person in rows.roster(self._connection, self.board.id, *ids)} if ids else {}
        for person in found.values():
            holder = holders.get(person.id, None if person.holder in changed else person.holder)
            found[person.id] = msgspec.structs.replace(person, holder=holder)
        return [found[person_id] for person_id in dict.fromkeys(ids) if person_id in found]

    @property
    def screen(self) -> Screen:
        """What the screen shows, also if this command has just changed it."""
        screen: Screen = self._own.settings.get("screen", self.board.screen)
        return screen

    def session(self, session_id: str) -> Session | None:
        if self._sessions is None:
            self._sessions = {session.id: session for session in rows.read_sessions(self._connection, self.board.id)}
        session = self._sessions.get(session_id)
        if session is None:
            return None
        changed = self._base.sessions.get(session_id, {}) | self._own.sessions.get(session_id, {})
        return msgspec.structs.replace(session, **changed) if changed else session

    def marked(self, mark: Mark) -> bool:
        """Whether this participant has this vote or reaction on this post."""
        for marks in (self._own.marks, self._base.marks):
            if mark in marks:
                return marks[mark]
        if mark not in self._stored_marks:
            self._read_marks({mark})
        return self._stored_marks[mark]

    def _read_marks(self, marks: set[Mark]) -> None:
        self._stored_marks |= dict.fromkeys(marks, False)
        votes = [(post_id, participant) for post_id, participant, key in marks if key == VOTE]
        if votes:
            for vote in self._connection.execute(_select_votes, {"board_id": self.board.id, "pairs": votes}):
                self._stored_marks[vote.post_id, vote.participant, VOTE] = True
        reactions = {(post_id, participant) for post_id, participant, key in marks if key != VOTE}
        if reactions:
            self._stored_marks |= {(*pair, key): False for pair in reactions for key in Reaction}
            for found in self._connection.execute(_select_reactions, {"board_id": self.board.id, "pairs": list(reactions)}):
                self._stored_marks[found.post_id, found.participant, found.key] = True

    def require_link(self, actor: Actor) -> None:
        """Roles are checked again where it counts: a link may have been taken back a moment ago."""
        table = schema.links
        found = self._connection.execute(
            select(table.c.id).where(
                table.c.board_id == self.board.id, table.c.id == actor.link_id, table.c.revoked_at.is_(None)
            )
        ).one_or_none()
        if found is None:
            raise Forbidden("This link has been taken back. Ask the organiser for a new one.")

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
        self._write()  # votes of this batch are votes, too
        table = schema.votes
        found = self._connection.execute(
            select(table.c.post_id, table.c.participant).where(table.c.board_id == self.board.id, table.c.came_at >= since)
        )
        votes = [(vote.post_id, vote.participant, VOTE) for vote in found]
        self._stored_marks |= dict.fromkeys(votes, True)
        self._read_posts({post_id for post_id, _, _ in votes} - self._stored.keys())
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
        """Changes settings or the screen."""
        self._own.settings |= changes
        self.touch_board()
        return msgspec.structs.replace(self.board, **self._own.settings)

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
        self._sessions = None
        self._stamp_sessions()

    def _stamp_sessions(self) -> None:
        if not (self._base.sessions_changed or self._own.sessions_changed):
            self._own.seq += 1
        self._own.sessions_changed = True

    def record(self, actor: str, action: str, post: Post | None = None, detail: str | None = None) -> None:
        """A line of the audit trail, in the same transaction as what it tells of."""
        line = {"board_id": self.board.id, "at": self.now, "actor": actor, "action": action}
        self._own.audit.append(line | {"post_id": post.id if post else None, "detail": detail})

    # -- writing -----------------------------------------------------------------------------------------------

    def flush(self) -> Changes | None:
        """Writes what the accepted commands did; the caller commits. None: nothing changed."""
        self._own = self._base
        self._write()
        return self._changes() if self._base.seq != self._before else None

    def _write(self) -> None:
        """Writes what the accepted commands did, each change once: SQL of a later command has the last word.
        The posts stay, to be told at the end."""
        base = self._base
        self._write_posts([post for post in base.posts.values() if self._stored.get(post.id) is not post])
        self._stored |= base.posts
        self._write_marks(base.marks, base.came_at)
        self._stored_marks |= base.marks
        self._write_participants(list(base.participants.values()))
        self._stored_participants |= base.participants
        if base.audit:
            self._connection.execute(insert(schema.audit), base.audit)
        if base.seq != self._before:
            self._write_board()
        if base.sessions:
            self._sessions = None
        base.marks, base.came_at, base.participants, base.audit, base.settings, base.sessions = {}, {}, {}, [], {}, {}

    def _write_posts(self, posts: Sequence[Post]) -> None:
        new, old, searched = [], [], []
        for post in posts:
            values, stored = rows.post_values(self.board.id, post), self._stored.get(post.id)
            if stored is None:
                new.append(values | {"folded": search.folded(search.searched(post))})
                continue
            old.append(values)
            if (words := search.searched(post)) != search.searched(stored):
                searched.append({"b": self.board.id, "i": post.id, "f": search.folded(words)})
        if new:
            self._connection.execute(_insert_posts, new)
        if searched:
            self._connection.execute(_update_folded, searched)
        if old:
            for values in old:
                values["b"], values["i"] = values.pop("board_id"), values.pop("id")
                del values["kind"], values["created_at"]
            self._connection.execute(_update_posts, old)

    def _write_marks(self, marks: dict[Mark, bool], came_at: dict[str, int]) -> None:
        changed = {mark: on for mark, on in marks.items() if on != self._stored_marks.get(mark, False)}
        added: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
        taken: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
        for (post_id, participant, key), on in changed.items():
            if on:
                row = {"board_id": self.board.id, "post_id": post_id, "participant": participant}
                added[key == VOTE].append(row | ({"came_at": came_at.get(participant, 0)} if key == VOTE else {"key": key}))
            else:
                row = {"b": self.board.id, "p": post_id, "w": participant}
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
        keys = [(self.board.id, participant.id) for participant in participants]
        self._connection.execute(delete(table).where(tuple_(table.c.board_id, table.c.id).in_(keys)))
        self._connection.execute(
            insert(table),
            [msgspec.structs.asdict(participant) | {"board_id": self.board.id} for participant in participants],
        )

    def _write_board(self) -> None:
        base = self._base
        self._connection.execute(_advance_board, {"b": self.board.id, "seq": base.seq, "last_post_at": base.last_post_at})
        values: dict[str, Any] = rows.board_values(**base.settings)
        if base.settings_changed:
            values["settings_seq"] = base.seq
        if base.sessions_changed:
            values["sessions_seq"] = base.seq
        if values:
            self._connection.execute(update(schema.boards).where(schema.boards.c.id == self.board.id).values(**values))
        table = schema.sessions
        for session_id, changes in base.sessions.items():
            self._connection.execute(
                update(table).where(table.c.board_id == self.board.id, table.c.id == session_id).values(**changes)
            )

    def _changes(self) -> Changes:
        base, board = self._base, self.board
        posts = dict(base.posts)
        full = rows.read_board(self._connection, board.id) if base.settings_changed else None
        if full and full.screen.post and (spotlit := self.post(full.screen.post)):
            # A viewer must be able to draw what the screen points at, however old it is.
            posts.setdefault(spotlit.id, spotlit)
        return Changes(
            board_id=board.id,
            epoch=board.epoch,
            after=self._before,
            to=base.seq,
            posts=sorted(posts.values(), key=lambda post: post.seq),
            board=full,
            sessions=rows.read_sessions(self._connection, board.id) if base.sessions_changed else None,
        )

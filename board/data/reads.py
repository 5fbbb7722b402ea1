"""What a command will ask for, and what is read of one board in one transaction, each row once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select, tuple_

from board.data import rows, schema
from board.model.models import Participant, Post, Reaction, Session

_select_posts = rows.select_posts.where(
    schema.posts.c.board_id == bindparam("board_id"), schema.posts.c.id.in_(bindparam("ids", expanding=True))
)
_select_participants = select(schema.participants).where(
    schema.participants.c.board_id == bindparam("board_id"), schema.participants.c.id.in_(bindparam("ids", expanding=True))
)
_select_votes = select(schema.votes.c.post_id, schema.votes.c.participant).where(
    schema.votes.c.board_id == bindparam("board_id"),
    tuple_(schema.votes.c.post_id, schema.votes.c.participant).in_(bindparam("pairs", expanding=True)),
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
    """What a command will ask for. Known beforehand, it is read for the whole batch at once."""

    posts: Sequence[str] = ()
    participants: Sequence[str] = ()
    marks: Sequence[Mark] = ()


NOTHING = Reads()


class Stored:
    """Rows of one board as they are in the database, as far as they are known."""

    def __init__(self, connection: Connection, board_id: int) -> None:
        self._connection = connection
        self._board_id = board_id
        self.posts: dict[str, Post | None] = {}
        self.participants: dict[str, Participant] = {}
        self.marks: dict[Mark, bool] = {}
        self.sessions: dict[str, Session] | None = None

    def read_ahead(self, wanted: Iterable[Reads]) -> None:
        """Reads what these commands will ask for, each table once."""
        posts: set[str] = set()
        participants: set[str] = set()
        marks: set[Mark] = set()
        for reads in wanted:
            posts.update(reads.posts)
            participants.update(reads.participants)
            marks.update(reads.marks)
        self.read_posts(posts)
        self.read_participants(participants)
        self.read_marks(marks)

    def read_posts(self, ids: set[str]) -> None:
        if not ids:
            return
        self.posts |= dict.fromkeys(ids)
        for row in self._connection.execute(_select_posts, {"board_id": self._board_id, "ids": list(ids)}):
            self.posts[row.id] = rows.post_from(row)

    def read_participants(self, ids: set[str]) -> None:
        if not ids:
            return
        self.participants |= {participant_id: Participant(participant_id) for participant_id in ids}
        for row in self._connection.execute(_select_participants, {"board_id": self._board_id, "ids": list(ids)}):
            self.participants[row.id] = rows.participant_from(row)

    def read_marks(self, marks: set[Mark]) -> None:
        self.marks |= dict.fromkeys(marks, False)
        votes = [(post_id, participant) for post_id, participant, key in marks if key == VOTE]
        if votes:
            for vote in self._connection.execute(_select_votes, {"board_id": self._board_id, "pairs": votes}):
                self.marks[vote.post_id, vote.participant, VOTE] = True
        reactions = {(post_id, participant) for post_id, participant, key in marks if key != VOTE}
        if reactions:
            self.marks |= {(*pair, key): False for pair in reactions for key in Reaction}
            for found in self._connection.execute(_select_reactions, {"board_id": self._board_id, "pairs": list(reactions)}):
                self.marks[found.post_id, found.participant, found.key] = True

    def newest_of(self, participant_id: str, at_most: int) -> set[str]:
        """The ids of the newest posts of one participant."""
        table = schema.posts
        own = select(table.c.id).where(table.c.board_id == self._board_id, table.c.participant == participant_id)
        return set(self._connection.execute(own.order_by(table.c.created_at.desc()).limit(at_most)).scalars())

    def session(self, session_id: str) -> Session | None:
        if self.sessions is None:
            self.sessions = {session.id: session for session in rows.read_sessions(self._connection, self._board_id)}
        return self.sessions.get(session_id)

    def votes_since(self, since: int) -> list[Mark]:
        """The votes of phones that came at `since` (microseconds since 1970) or later."""
        table = schema.votes
        found = self._connection.execute(
            select(table.c.post_id, table.c.participant).where(table.c.board_id == self._board_id, table.c.came_at >= since)
        )
        votes = [(vote.post_id, vote.participant, VOTE) for vote in found]
        self.marks |= dict.fromkeys(votes, True)
        return votes

    def has_link(self, link_id: str) -> bool:
        """Read each time."""
        table = schema.links
        found = self._connection.execute(
            select(table.c.id).where(table.c.board_id == self._board_id, table.c.id == link_id, table.c.revoked_at.is_(None))
        ).one_or_none()
        return found is not None

    def drop(self, posts: Iterable[str]) -> None:
        """A command changes these posts by SQL: they are read again."""
        for post_id in posts:
            self.posts.pop(post_id, None)

    def forget(self, posts: Iterable[str], marks: Iterable[Mark]) -> None:
        """Read again: what is known may be older than a command's SQL, or of rows that went with its savepoint. Of these, which
        are still to be written, it stays known whether they are stored: the command's SQL does not touch them."""
        self.posts = {post_id: self.posts.get(post_id) for post_id in posts}
        self.marks = {mark: self.marks[mark] for mark in marks}
        self.participants = {}
        self.sessions = None

"""The tables: one schema for SQLite and PostgreSQL. How they came to be is in `migrations/`."""

from __future__ import annotations

from functools import partial
from secrets import token_hex
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    false,
    literal_column,
)

from board.data import addressed

metadata = MetaData()
BADGE_BYTES = 4

# SQLite gives an automatic id only to a column of exactly this type.
_Id = BigInteger().with_variant(Integer, "sqlite")


def _board_id() -> Column[int]:
    return Column("board_id", _Id, ForeignKey("boards.id", ondelete="CASCADE"), primary_key=True)


def _only(condition: ColumnElement[bool]) -> dict[str, Any]:
    """Of a partial index: which rows it has."""
    return {"sqlite_where": condition, "postgresql_where": condition}


def _in(index: Index, dialect: str) -> None:
    """Only one of the two databases has it."""
    index.ddl_if(dialect=dialect)
    index.info["dialect"] = dialect


boards = Table(
    "boards",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("code", Text, nullable=False, unique=True),
    Column("epoch", Text, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("settings_seq", BigInteger, nullable=False),
    Column("sessions_seq", BigInteger, nullable=False),
    Column("last_post_at", BigInteger, nullable=False),
    Column("title", Text, nullable=False),
    Column("subtitle", Text, nullable=False),
    Column("starts_on", Text),
    Column("ends_on", Text),
    Column("time_zone", Text, nullable=False),
    Column("names", Text, nullable=False),
    Column("anonymous", Boolean, nullable=False),
    Column("cards_open", Boolean, nullable=False),
    Column("frozen", Boolean, nullable=False),
    Column("premoderate_card", Boolean, nullable=False),
    Column("premoderate_question", Boolean, nullable=False),
    Column("lease_seconds", Integer, nullable=False),
    Column("stage", Text, nullable=False),
    Column("themes", Text, nullable=False),
    Column("teams", Text, nullable=False),
    Column("screen", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("accent", Text),
    Column("logo", Text),
    Column("languages", Text, nullable=False, server_default="[]"),
    Column("blocked_words", Text, nullable=False, server_default="[]"),
    Column("retention_days", Integer),
    Column("public", Text, nullable=False, server_default="{}"),
    Column("archived_at", BigInteger),
    Column("rehearsal_of", BigInteger),
    Column("screens", Text, nullable=False, server_default="[]"),
    Column("erased_at", BigInteger),  # since then its rows are being erased: for everybody it is gone
    Column("notes", Text, nullable=False, server_default="[]"),
    Column("tallied_seq", BigInteger, nullable=False, server_default="-1"),  # `tallies` are true where it is the board's seq
    Column("hooked", Boolean, nullable=False, server_default=false()),  # it has a webhook
    sqlite_autoincrement=True,  # the number of an erased board is never given again
)

sessions = Table(
    "sessions",
    metadata,
    _board_id(),
    Column("id", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("starts_at", Text),
    Column("ends_at", Text),
    Column("room", Text, nullable=False),
    Column("speakers", Text, nullable=False),
    Column("questions", Text, nullable=False),
    Column("kind", Text),  # none: an ordinary session
    Column("floor", Text),  # none: nobody can ask for the microphone
)

posts = Table(
    "posts",
    metadata,
    _board_id(),
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("content_seq", BigInteger, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("participant", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("author_name", Text),
    Column("author_team", Text),
    Column("to", Text, nullable=False),
    Column("theme", Text),
    Column("session", Text),
    Column("votes", Integer, nullable=False),
    Column("reactions", Text, nullable=False),
    Column("pinned", Boolean, nullable=False),
    Column("answered", Boolean, nullable=False),
    Column("answer", Text),
    Column("reason", Text),
    Column("published", Boolean, nullable=False),
    Column("moderated_by", Text),
    Column("moderated_at", BigInteger),
    Column("digest", Text, nullable=False),
    Column("approved_at", BigInteger),
    Column("voice", Boolean, nullable=False, server_default=false()),
    Column("taken_at", BigInteger),
    Column("later_at", BigInteger),
    Column("thanks", Text),
    Column("folded", Text),  # what a search looks at; no part of what is read as a post
    Column("blocked", Text, nullable=False, server_default="[]"),  # the words for which it waits, as they stand in it
    Column("merged_into", Text),  # the question that it was joined with
    Column("merged_was", Text),  # how it was before that
    Column("joined", Integer, nullable=False, server_default="0"),  # so many questions were joined with it
    Column("owner", Text),
    Column("owner_person", Text),
    Column("due", Text),
    Column("set_aside", Text),
    Column("answered_at", BigInteger),
    Column("answer_translations", Text),  # JSON by language; none: there are none
    Column("withdrawn_at", BigInteger),  # none any more once its text is gone
    Index("posts_by_seq", "board_id", "seq"),
    Index("posts_by_time", "board_id", "kind", "state", "created_at"),
    Index("posts_by_state", "board_id", "state", "created_at"),
    Index("posts_by_participant", "board_id", "participant", "created_at"),
)
# Most posts have none of these: an index of the few that do costs nothing.
_posts = posts.c
Index("posts_by_session", _posts.board_id, _posts.session, _posts.created_at, **_only(_posts.session.is_not(None)))
Index("posts_merged", _posts.board_id, _posts.merged_into, **_only(_posts.merged_into.is_not(None)))
Index("posts_owned", _posts.board_id, _posts.owner_person, **_only(_posts.owner_person.is_not(None)))
Index("posts_by_withdrawal", _posts.withdrawn_at, **_only(_posts.withdrawn_at.is_not(None)))
Index("posts_pinned", _posts.board_id, _posts.kind, _posts.state, _posts.created_at, **_only(_posts.pinned))
# Of very many open questions those with the most votes. In words of its own, or SQLite would take another index and sort what
# it finds there; a query has to say the same.
OPEN = literal_column("CASE WHEN kind = 'question' AND state = 'visible' AND NOT answered THEN 1 END") == literal_column("1")
Index("posts_voted", _posts.board_id, _posts.votes, _posts.created_at, _posts.id, **_only(OPEN))
Index("posts_at_floor", _posts.board_id, _posts.session, **_only(_posts.voice))
Index("posts_taken", _posts.board_id, _posts.session, **_only(_posts.taken_at.is_not(None)))
for _place in addressed.PLACES:
    _there = _only(addressed.reaches(_posts.to, _place))
    Index(f"posts_to_{_place}", _posts.board_id, addressed.key_at(_posts.to, _place), _posts.created_at, **_there)
# A search looks at every post of a board. SQLite reads the words in the index, and not whole rows; PostgreSQL's indexes hold no
# text that is so long.
_in(Index("posts_by_age", _posts.board_id, _posts.created_at), "postgresql")
_in(Index("posts_searched", _posts.board_id, _posts.created_at, _posts.id, _posts.folded), "sqlite")

# How often each key of `model.totals` is there, over all posts of a board.
tallies = Table(
    "tallies",
    metadata,
    _board_id(),
    Column("part", Text, primary_key=True),
    Column("key", Text, primary_key=True),  # JSON
    Column("number", Integer, nullable=False),
)

prepared = Table(
    "prepared",
    metadata,
    _board_id(),
    Column("id", Text, primary_key=True),  # of the question that it becomes
    Column("session", Text),
    Column("position", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("author_name", Text),
    Column("created_at", BigInteger, nullable=False),
    Column("added_at", BigInteger),
    Index("prepared_by_session", "board_id", "session"),
)

votes = Table(
    "votes",
    metadata,
    _board_id(),
    Column("post_id", Text, primary_key=True),
    Column("participant", Text, primary_key=True),
    Column("came_at", BigInteger, nullable=False, server_default="0"),
    Column("merged_from", Text),  # the question for which it was given, and which was joined with this one
    Index("votes_by_participant", "board_id", "participant"),
)

reactions = Table(
    "reactions",
    metadata,
    _board_id(),
    Column("post_id", Text, primary_key=True),
    Column("participant", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Index("reactions_by_participant", "board_id", "participant"),
)

participants = Table(
    "participants",
    metadata,
    _board_id(),
    Column("id", Text, primary_key=True),
    Column("name", Text),
    Column("team", Text),
    Column("muted", Boolean, nullable=False),
    Column("person", Text),
    Column("trusted", Boolean, nullable=False, server_default=false()),
    Index("participants_by_person", "board_id", "person", unique=True),
)

people = Table(
    "people",
    metadata,
    _board_id(),
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("team", Text),
    # New for each entry of the roster, also under an id that was there before: an old badge opens nothing.
    Column("badge", Text, nullable=False, default=partial(token_hex, BADGE_BYTES), server_default=""),
)

links = Table(
    "links",
    metadata,
    _board_id(),
    Column("id", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("digest", Text, nullable=False, unique=True),
    Column("created_at", BigInteger, nullable=False),
    Column("revoked_at", BigInteger),
    Column("used_at", BigInteger),
    Column("screen", Text),  # the large screen that it opens; none: the first one
)

logos = Table(
    "logos",
    metadata,
    _board_id(),
    Column("digest", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
)

imports = Table(
    "imports",
    metadata,
    _board_id(),
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("data", LargeBinary),
    Column("answers", Text, nullable=False),
    Column("done", Text),  # what undoes it
    Column("created_at", BigInteger, nullable=False),
    Column("applied_at", BigInteger),
    Column("undone_at", BigInteger),
    Index("imports_by_age", "created_at"),
)

undos = Table(
    "undos",
    metadata,
    _board_id(),
    Column("id", Text, primary_key=True),
    Column("done", Text, nullable=False),  # what undoes it
    Column("created_at", BigInteger, nullable=False),
    Column("undone_at", BigInteger),
    Index("undos_by_age", "created_at"),
)

webhooks = Table(
    "webhooks",
    metadata,
    _board_id(),
    Column("id", Text, primary_key=True),
    Column("url", Text, nullable=False),
    Column("events", Text, nullable=False),  # JSON
    Column("created_at", BigInteger, nullable=False),
    Column("failed", Integer, nullable=False, server_default="0"),  # so many tries in a row
    Column("paused_until", BigInteger, nullable=False, server_default="0"),
    Column("held_until", BigInteger, nullable=False, server_default="0"),  # a worker sends to it
    Column("status", Integer),  # of the last try; 0: no answer
    Column("tried_at", BigInteger),
    Column("disabled_at", BigInteger),
)

# What webhooks are sent. It names posts by their ids, and holds no text and no name.
messages = Table(
    "messages",
    metadata,
    _board_id(),
    Column("id", Text, primary_key=True),  # in the order of events
    Column("webhook", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index("messages_by_webhook", "board_id", "webhook", "id"),
)

hosts = Table(
    "hosts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("digest", Text, nullable=False, unique=True),
    Column("created_at", BigInteger, nullable=False),
    Column("revoked_at", BigInteger),
    Column("first_only", Boolean, nullable=False),  # it opens nothing once there is a board
)

simulations = Table(
    "simulations",
    metadata,
    _board_id(),
    Column("until", BigInteger, nullable=False),
    Column("acts", Integer, nullable=False),
    Column("holder", Text, nullable=False),  # the worker that acts for them
    Column("held_until", BigInteger, nullable=False),
)

# What somebody decided about the cards that they wrote and got. Nothing says when, and rows do not stand in the order in which
# they came: a phone has one under its name and one under its pseudonym, and nobody shall see that they belong together.
consents = Table(
    "consents",
    metadata,
    _board_id(),
    Column("participant", Text, primary_key=True),
    Column("person", Text),  # whom of the roster the phone was when it decided
    Column("recap", Boolean),
    Column("outside", Boolean),
    Column("directory", Boolean),
    Index("consents_by_person", "board_id", "person"),
    sqlite_with_rowid=False,
)

# Evidence of decisions that outlives its board: keyed digests, which name nobody without the secret key and the phone's cookie.
receipts = Table(
    "receipts",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("board", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("layers", Text, nullable=False),
    Index("receipts_by_subject", "board", "subject"),
    Index("receipts_by_age", "at"),
)

warnings = Table(  # that a board will be erased
    "warnings",
    metadata,
    _board_id(),
    Column("first_at", BigInteger, nullable=False),
    Column("last_at", BigInteger),
)

audit = Table(
    "audit",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("board_id", _Id, ForeignKey("boards.id", ondelete="CASCADE"), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("post_id", Text),
    Column("detail", Text),
    Index("audit_by_board", "board_id", "id"),
)

"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# SQLite gives an automatic id only to a column of exactly this type.
ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    _boards()
    _audit()
    _links()
    _participants()
    _people()
    _posts()
    _reactions()
    _sessions()
    _votes()


def _boards() -> None:
    op.create_table(
        "boards",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("code", sa.Text(), nullable=False, unique=True),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("settings_seq", sa.BigInteger(), nullable=False),
        sa.Column("sessions_seq", sa.BigInteger(), nullable=False),
        sa.Column("last_post_at", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("subtitle", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Text()),
        sa.Column("ends_on", sa.Text()),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("cards_open", sa.Boolean(), nullable=False),
        sa.Column("frozen", sa.Boolean(), nullable=False),
        sa.Column("premoderate_card", sa.Boolean(), nullable=False),
        sa.Column("premoderate_question", sa.Boolean(), nullable=False),
        sa.Column("lease_seconds", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("themes", sa.Text(), nullable=False),
        sa.Column("teams", sa.Text(), nullable=False),
        sa.Column("screen", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sqlite_autoincrement=True,
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("board_id", ID, sa.ForeignKey("boards.id", ondelete="CASCADE"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("post_id", sa.Text()),
        sa.Column("detail", sa.Text()),
    )
    op.create_index("audit_by_board", "audit", ["board_id", "id"])


def _links() -> None:
    op.create_table(
        "links",
        sa.Column("board_id", ID, sa.ForeignKey("boards.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False, unique=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger()),
    )


def _participants() -> None:
    op.create_table(
        "participants",
        sa.Column("board_id", ID, sa.ForeignKey("boards.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("name", sa.Text()),
        sa.Column("team", sa.Text()),
        sa.Column("muted", sa.Boolean(), nullable=False),
    )


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("board_id", ID, sa.ForeignKey("boards.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("team", sa.Text()),
    )


def _posts() -> None:
    op.create_table(
        "posts",
        sa.Column("board_id", ID, sa.ForeignKey("boards.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("content_seq", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("participant", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author_name", sa.Text()),
        sa.Column("author_team", sa.Text()),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("theme", sa.Text()),
        sa.Column("session", sa.Text()),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.Column("reactions", sa.Text(), nullable=False),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("answer", sa.Text()),
        sa.Column("reason", sa.Text()),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("moderated_by", sa.Text()),
        sa.Column("moderated_at", sa.BigInteger()),
        sa.Column("digest", sa.Text(), nullable=False),
    )
    op.create_index("posts_by_participant", "posts", ["board_id", "participant"])
    op.create_index("posts_by_seq", "posts", ["board_id", "seq"])
    op.create_index("posts_by_time", "posts", ["board_id", "kind", "state", "created_at"])


def _reactions() -> None:
    op.create_table(
        "reactions",
        sa.Column("board_id", ID, sa.ForeignKey("boards.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("post_id", sa.Text(), primary_key=True),
        sa.Column("participant", sa.Text(), primary_key=True),
        sa.Column("key", sa.Text(), primary_key=True),
    )
    op.create_index("reactions_by_participant", "reactions", ["board_id", "participant"])


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("board_id", ID, sa.ForeignKey("boards.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.Text()),
        sa.Column("ends_at", sa.Text()),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("speakers", sa.Text(), nullable=False),
        sa.Column("questions", sa.Text(), nullable=False),
    )


def _votes() -> None:
    op.create_table(
        "votes",
        sa.Column("board_id", ID, sa.ForeignKey("boards.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("post_id", sa.Text(), primary_key=True),
        sa.Column("participant", sa.Text(), primary_key=True),
    )
    op.create_index("votes_by_participant", "votes", ["board_id", "participant"])

"""Questions joined with others, trusted people, the words for which a post waits, prepared questions; and indexes: with them a
page of a million posts takes as long as one of a hundred."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Rows that a worker of the version before writes meanwhile have the defaults.
    op.add_column("posts", sa.Column("blocked", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("posts", sa.Column("merged_into", sa.Text()))
    op.add_column("posts", sa.Column("merged_was", sa.Text()))
    op.add_column("posts", sa.Column("joined", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("votes", sa.Column("merged_from", sa.Text()))
    op.add_column("participants", sa.Column("trusted", sa.Boolean(), nullable=False, server_default=sa.false()))
    _prepared()
    _indexes()


def _prepared() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "prepared",
        sa.Column("board_id", number, sa.ForeignKey("boards.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("session", sa.Text()),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author_name", sa.Text()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sa.BigInteger()),
    )
    op.create_index("prepared_by_session", "prepared", ["board_id", "session"])


def _indexes() -> None:
    op.create_index("posts_by_state", "posts", ["board_id", "state", "created_at"])
    op.drop_index("posts_by_participant", "posts")
    op.create_index("posts_by_participant", "posts", ["board_id", "participant", "created_at"])
    some = {
        "posts_by_session": (["board_id", "session", "created_at"], "session IS NOT NULL"),
        "posts_merged": (["board_id", "merged_into"], "merged_into IS NOT NULL"),
        "posts_pinned": (["board_id", "kind", "state", "created_at"], "pinned"),
    }
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    for name, (columns, condition) in some.items():
        in_sqlite = "pinned = 1" if condition == "pinned" else condition  # as statements have it, or the index is not used
        op.create_index(name, "posts", columns, sqlite_where=sa.text(in_sqlite), postgresql_where=sa.text(condition))
    if on_postgresql:
        op.create_index("posts_by_age", "posts", ["board_id", "created_at"])
    else:
        op.create_index("posts_searched", "posts", ["board_id", "created_at", "id", "folded"])
